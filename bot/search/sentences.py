"""The sentences of some passages, and what they hold of a query.

In: where a query matches the units of the passages, and what these are about. Out: arrays by
sentence and by passage. What that is worth is decided in ``sentence_scorer``.
"""

from typing import NamedTuple

import numpy as np

from bot.search.arrays import BoolArray, FloatArray, Int64Array
from bot.search.topics import TopicMatches


class Sentences(NamedTuple):
    """The sentences of some passages, one behind another, and what they hold of a query.

    ``lengths`` count the sentences of each passage, int64, (passages,).
    ``passage_of`` is the passage of each sentence, int64, (sentences,). ``strengths`` are the
    shares by which sentences hold concepts, float64, (sentences, concepts), and ``holders`` how
    many sentences of a passage hold each concept, float64, (passages, concepts). ``topics`` say
    what the sentences are about. ``has_type`` says which hold a word of the answer's type, bool,
    (sentences,), or is None where the query says no type that words have.
    """

    lengths: Int64Array
    passage_of: Int64Array
    strengths: FloatArray
    holders: FloatArray
    topics: TopicMatches
    has_type: BoolArray | None

    @classmethod
    def read(
        cls,
        lengths: Int64Array,
        strengths: FloatArray,
        topics: TopicMatches,
        has_type: BoolArray | None,
    ) -> "Sentences":
        """Take the shares by which sentences hold concepts by their own words, and their topics."""
        if topics.held is not None:
            # What is about somebody holds them, under whatever name.
            np.maximum(strengths, topics.held, out=strengths)
        numbers = np.arange(len(lengths))
        passage_of = numbers.repeat(lengths)
        is_of_passage = numbers[:, np.newaxis] == passage_of  # bool, (passages, sentences)
        holders = is_of_passage @ np.sign(strengths)
        return cls(lengths, passage_of, strengths, holders, topics, has_type)
