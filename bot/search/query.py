"""What a question asks for: things with their weights, each under the terms by which a passage may hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.search.answer_type import AnswerType
from bot.search.bm25 import FloatArray, Int64Array


class EncodedQuery(NamedTuple):
    """The terms of what is asked for: their numbers, and what each adds to a passage's BM25 score.

    ``shares`` say what the terms count for, (1 + terms, concepts), row 0 for no term; ``concept_weights`` are the weights.
    """

    term_ids: Int64Array
    term_weights: FloatArray
    shares: FloatArray
    concept_weights: FloatArray


@dataclass(frozen=True, slots=True)
class QueryConcept:
    """One thing that is asked for.

    ``variants`` are the terms that the collection holds it under, each with the share (0 to 1) that it counts
    for: 1 for the word itself. ``weight`` is a BM25 weight, in nats.
    """

    word: str
    term: str
    weight: float
    is_name: bool
    variants: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question as an index understands it.

    ``unknown_words`` are the words that stand nowhere; ``corrections`` what words were taken for; ``max_score`` is
    the score of a passage, itself one sentence, that repeats everything without end; ``total_weight`` that of all
    that is asked for, ``missing_name_weight`` that of the names among the missing words; ``counted_terms`` are the terms
    of what "how many" asks the number of; ``encoded`` is what of the concepts the index compares.
    """

    concepts: tuple[QueryConcept, ...]
    unknown_words: tuple[str, ...]
    corrections: Mapping[str, str]
    answer_type: AnswerType
    max_score: float
    total_weight: float
    missing_name_weight: float
    counted_terms: frozenset[str]
    encoded: EncodedQuery = field(compare=False, repr=False)

    @property
    def term_weights(self) -> dict[str, float]:
        """Give every term that is looked for, with the share that it counts for."""
        weights: dict[str, float] = {}
        for concept in self.concepts:
            for term, share in concept.variants.items():
                weights[term] = max(share, weights.get(term, 0.0))
        return weights
