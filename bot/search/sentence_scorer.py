"""Which sentence of a passage answers a question.

In: a parsed query and some passages. Out: a score for each of their sentences. A concept counts by
its weight times its weight among the passage's own sentences, as in tf-idf: what every sentence
repeats does not tell them apart. Which sentences are quoted is decided elsewhere.
"""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import chain, pairwise

import numpy as np

from bot.search.answer_type import AnswerType
from bot.search.arrays import BoolArray, FloatArray, Int64Array
from bot.search.candidates import Candidates
from bot.search.meaning import MeaningIndex
from bot.search.query import ParsedQuery
from bot.search.sentences import Sentences
from bot.search.topics import TopicMatches
from bot.search.units import PassageUnits

# A name counts for so much less (in nats): a passage about somebody names them in any sentence.
_NAME_DISCOUNT = 0.5
# Something of the answer's type adds this share of the weight of all concepts.
_ANSWER_TYPE_SHARE = 0.5
# So does whom the question is about as the subject of the sentence, and a definition.
_SUBJECT_SHARE = 0.2
_STANCE_SHARE = 2.0
_DEFINITION_SHARE = 0.5
# What a sentence's cosine counts for beside its words, as a share of what these can reach.
_COSINE_WEIGHT = 1.0
# A sentence defines a term, or is about it, with so much of it: a last name is enough of a name.
_PORTRAYED_SHARE = 0.6
# The least total weight that is divided by: a query may have no concept.
_LEAST_WEIGHT = 1e-9


class Portrayal(Enum):
    """What a sentence tells of what a question asks the meaning of."""

    UNASKED = auto()
    """The question asks the meaning of nothing."""
    DEFINED = auto()
    SUBJECT = auto()
    """The sentence is about it, and does not define it."""
    MENTIONED = auto()


class SentenceScorer:
    """Scores the sentences of passages."""

    def __init__(self, units: PassageUnits, meaning: MeaningIndex | None = None) -> None:
        """Take the units of all passages, and their meaning where it counts too."""
        self._units = units
        self._meaning = meaning

    def score(self, passages: Sequence[int], query: ParsedQuery) -> list[FloatArray]:
        """Score the sentences of several passages: for each a float64 array, (sentences,).

        To score several at once hardly takes longer than to score one, and gives the same.
        """
        sentences = self._read(np.array(passages), query)
        if len(passages) > 1 and not _is_independent(sentences, query):
            return list(chain.from_iterable(self.score([one], query) for one in passages))
        scores = self._score_sentences(sentences, query)
        if self._meaning is not None:
            scores = _find_share(scores, sentences, query)
            scores += _COSINE_WEIGHT * self._meaning.compare_sentences(query.text, passages)
        ends = sentences.lengths.cumsum().tolist()
        borders = pairwise([0, *ends])
        return [scores[begin:end] for begin, end in borders]

    def find_keys(self, candidates: Candidates, best: Int64Array) -> dict[int, int]:
        """Give the position of the sentence that answers best in each of the ``best`` candidates.

        These are given by their places. The scores are those of ``score``, by words alone. There is
        none where a passage is empty or has to be scored by itself.
        """
        sentences = candidates.read_sentences(best)
        if not _is_independent(sentences, candidates.query):
            return {}
        scores = self._score_sentences(sentences, candidates.query)
        ends = sentences.lengths.cumsum().tolist()
        return {
            place: int(scores[begin:end].argmax())
            for place, (begin, end) in zip(best.tolist(), pairwise([0, *ends]), strict=True)
            if begin < end
        }

    def find_answer_types(self, passages: Sequence[int], query: ParsedQuery) -> list[BoolArray]:
        """Say which sentences of several passages hold something of the answer's type.

        Gives for each passage a bool array, (sentences,): all false where the query says no type. A
        number counts wherever it stands, also in a sentence that holds nothing of the query.
        """
        numbers = np.array(passages)
        begins = self._units.passage_begins[numbers]
        ends = self._units.sentence_ends[numbers]
        matches = self._units.match(begins, ends, query.encoded)
        matches = matches._replace(positions=matches.positions[:0])
        counted = matches.positions[:0]
        has_type = self._units.find_answer_type(query.answer_type, matches, counted)
        borders = (ends - begins).cumsum().tolist()
        return [has_type[begin:end] for begin, end in pairwise([0, *borders])]

    def find_portrayal(self, passage: int, sentence: int, query: ParsedQuery) -> Portrayal:
        """Say what a sentence of a passage, counted from 0, tells of what the query asks about."""
        unit = self._units.passage_begins[passage] + sentence
        topics = self._units.match_topics(np.array([unit]), query)
        if topics.definition_shares is None or topics.whole_shares is None:
            return Portrayal.UNASKED
        if topics.definition_shares[0] >= _PORTRAYED_SHARE:
            return Portrayal.DEFINED
        is_subject = topics.whole_shares[0] >= _PORTRAYED_SHARE
        return Portrayal.SUBJECT if is_subject else Portrayal.MENTIONED

    def _read(self, passages: Int64Array, query: ParsedQuery) -> Sentences:
        """Find what the sentences of passages hold of a query."""
        begins = self._units.passage_begins[passages]
        ends = self._units.sentence_ends[passages]
        matches = self._units.match(begins, ends, query.encoded)
        sentences = len(matches.units)
        strengths = np.zeros((sentences, len(query.concepts)))  # float64, (sentences, concepts)
        np.maximum.at(strengths, matches.unit_of, matches.shares)
        topics = self._units.match_topics(matches.units, query)
        has_type = self._units.find_word_type(query.answer_type, matches)
        return Sentences.read(ends - begins, strengths, topics, has_type)

    def _score_sentences(self, sentences: Sentences, query: ParsedQuery) -> FloatArray:
        """Score sentences: float64, (sentences,)."""
        weights = query.encoded.concept_weights
        lengths = sentences.lengths[:, np.newaxis]
        holders = np.maximum(sentences.holders, 1)
        # How much a concept tells one sentence of a passage from the others, in nats.
        specificity = np.log1p(lengths / holders)  # float64, (passages, concepts)
        if query.encoded.is_name is not None:
            specificity -= _NAME_DISCOUNT * query.encoded.is_name
        telling = weights * specificity
        by_concept = sentences.strengths * telling.take(sentences.passage_of, axis=0)
        scores: FloatArray = np.add.reduce(by_concept, axis=1)
        if sentences.has_type is not None:
            scores += _ANSWER_TYPE_SHARE * query.encoded.weight * sentences.has_type
        scores += query.encoded.weight * _score_topics(sentences.topics)
        return scores


def _score_topics(topics: TopicMatches) -> FloatArray | float:
    """Score sentences by what they are about, tell and define: float64, (sentences,), or 0."""
    scores: FloatArray | float = 0.0
    if topics.subject_shares is not None:
        scores = scores + _SUBJECT_SHARE * topics.subject_shares
    if topics.stance_shares is not None:
        scores = scores + _STANCE_SHARE * topics.stance_shares
    if topics.definition_shares is not None:
        scores = scores + _DEFINITION_SHARE * topics.definition_shares
    return scores


def _find_share(scores: FloatArray, sentences: Sentences, query: ParsedQuery) -> FloatArray:
    """Give scores as shares of what a sentence of their passage can reach, about 0 to 1."""
    weight = max(query.encoded.weight, _LEAST_WEIGHT)
    most = weight * np.log1p(sentences.lengths)  # float64, (passages,)
    shares: FloatArray = scores / most[sentences.passage_of]
    return shares


def _is_independent(sentences: Sentences, query: ParsedQuery) -> bool:
    """Say whether the passages may be scored at once.

    A number counts wherever it stands in a passage that holds no match, but only near to a match if
    another passage holds one.
    """
    if query.answer_type != AnswerType.NUMBER:
        return True
    return bool(sentences.holders.any(axis=1).all())
