"""The second pass: the best passages by BM25 are read again, and scored by more signals.

In: a parsed query and some twenty passages. Out: the same passages with scores, best first. A
passage's score is a weighted sum over ``SIGNALS``: of the passage, and of its best unit (a sentence
or a line of its title). Which passages are candidates, and whether a score is enough for an answer,
is decided elsewhere.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.arrays import FloatArray, Int64Array
from bot.search.bm25 import BM25Index
from bot.search.candidates import Candidates
from bot.search.meaning import Cosines
from bot.search.query import ParsedQuery
from bot.search.sentence_scorer import SentenceScorer
from bot.search.signals import (
    ABSENT,
    BY_LEVEL,
    MEANING_BOUND,
    Features,
    Level,
    Scale,
    compute_features,
    find_word_scale,
)
from bot.search.units import PassageUnits, find_length_norms

# The least total weight that is divided by: a query may consist of unknown frame words.
_LEAST_WEIGHT = 1e-9
# So many hits are quoted, by default; of these the key sentence is told.
_MOST_KEYS = 3


class Hit(NamedTuple):
    """A passage that was found: its number and score, and what speaks for and against it.

    ``matched_concepts`` counts the concepts that it holds. ``missing_name_share`` is the share, 0
    to 1, of the query's weight that are names which it does not hold. ``has_answer_type`` says
    whether something of the answer's type stands in it, as far as that can be told; it is true
    where the question does not say a type. The best unit of the passage is meant by the next
    two: ``subject_share`` is the share, 0 to 1, of whom the question is about that the unit is
    about, or whose stance it tells, where that is asked for; ``is_about_other`` says that it is
    about another party alone. Where the question asks nothing of the kind, they are 1 and false.

    ``strengths`` say by which share, 0 to 1, it holds each concept. ``best_sentence`` is the
    sentence, from 0, that holds the most of the query's weight, and ``concepts_in_sentence`` counts
    the concepts in it. ``adjacent_weight`` is the weight of the concepts side by side in one unit,
    in nats.

    ``cosine``, 0 to 1, says how near the passage is to the question in meaning: the mean of its
    three cosines by their weights. It is None where passages are found by words alone.
    ``meaning_score`` is the part of ``score`` that comes of it. ``key_sentence`` is the sentence,
    from 0, that answers best (``sentence_scorer``); only the first hits by words alone tell it.
    """

    passage: int
    score: float
    matched_concepts: int
    missing_name_share: float
    has_answer_type: bool
    subject_share: float = 1.0
    is_about_other: bool = False
    strengths: Sequence[float] = ()
    best_sentence: int = 0
    concepts_in_sentence: int = 0
    adjacent_weight: float = 0.0
    cosine: float | None = None
    meaning_score: float = 0.0
    key_sentence: int | None = None

    def without_meaning(self) -> "Hit":
        """Give a hit as it is by words alone; its score is 0 if it has none of them."""
        if self.cosine is None:
            return self
        word_score = self.score - self.meaning_score if self.matched_concepts else 0.0
        return self._replace(score=word_score, cosine=None, meaning_score=0.0)

    def score_like(self, other: "Hit", share: float) -> "Hit":
        """Give the hit with a share of another one's score."""
        cosine = None if other.cosine is None else share * other.cosine
        meaning_score = share * other.meaning_score
        return self._replace(score=share * other.score, cosine=cosine, meaning_score=meaning_score)


def _score_passages(
    best_scores: FloatArray, features: Features, candidates: Candidates
) -> FloatArray:
    """Score passages by their own signals of words, and by the scores of their best units.

    The latter count for the ``unit_share`` of the query.
    """
    first, *others = BY_LEVEL[Level.CONCEPT_IN_PASSAGE]
    by_concept = first.weight * features[first.name]  # float64, (passages, concepts)
    for signal in others:
        by_concept = by_concept + signal.weight * features[signal.name]
    scores: FloatArray = by_concept @ candidates.concept_weights
    for signal in BY_LEVEL[Level.PASSAGE]:
        if features[signal.name] is not ABSENT:
            scores += signal.weight * features[signal.name]
    scores += candidates.query.unit_share * best_scores
    return scores


def _combine_meaning(features: Features, candidates: Candidates) -> FloatArray:
    """Score passages by the signals of their meaning: float64, (passages,)."""
    scores: FloatArray = np.zeros(len(candidates.is_held))
    for signal in BY_LEVEL[Level.MEANING]:
        scores += signal.weight * features[signal.name]
    scores *= find_word_scale(candidates.query)
    return scores


def score_units(features: Features, candidates: Candidates) -> FloatArray:
    """Score the units that hold a match: float64, (units,).

    A signal of a concept in a unit that has another scale than CONCEPT_WEIGHT has it already.
    """
    by_concept: Any = 0.0  # float64, (units, concepts) after the first signal
    for signal in BY_LEVEL[Level.CONCEPT_IN_UNIT]:
        values = signal.weight * features[signal.name]
        if signal.scale is Scale.CONCEPT_WEIGHT:
            values = values * candidates.concept_weights
        by_concept = by_concept + values
    scores: FloatArray = np.add.reduce(candidates.unit_strengths * by_concept, axis=1)
    for signal in BY_LEVEL[Level.UNIT]:
        if features[signal.name] is not ABSENT:
            scores += signal.weight * features[signal.name]
    for signal in BY_LEVEL[Level.UNIT_FACTOR]:
        if features[signal.name] is not ABSENT:
            scores *= 1 + signal.weight * features[signal.name]
    return scores


class Reranker:
    """Scores passages that BM25 has found, or that are near in meaning, by all signals."""

    def __init__(self, units: PassageUnits, index: BM25Index) -> None:
        """Take the units of all passages, and the BM25 index of the same passages."""
        self._units = units
        self._lengths = index.doc_len
        # All passages may be empty.
        self._norm_of_length = find_length_norms(index.doc_len, index.avgdl or 1.0)
        self._sentence_scorer = SentenceScorer(units)

    def read(
        self, query: ParsedQuery, passages: Int64Array, cosines: Cosines | None = None
    ) -> Candidates:
        """Read passages, given as by ``rerank``."""
        length_norms = self._norm_of_length[self._lengths[passages]]
        return Candidates(query, passages, self._units, length_norms, cosines)

    def rerank(
        self,
        query: ParsedQuery,
        passages: Int64Array,
        k: int,
        cosines: Cosines | None = None,
    ) -> list[Hit]:
        """Score passages, and give the ``k`` best of them, best first, ties by number.

        ``passages`` are ascending numbers, int64, at least one. ``cosines`` are theirs, or None
        where they are compared by words alone.
        """
        candidates = self.read(query, passages, cosines)
        features = compute_features(candidates)
        unit_scores = score_units(features, candidates)
        best_scores = candidates.reduce_units(np.maximum, unit_scores)  # float64, (passages,)
        scores = _score_passages(best_scores, features, candidates)
        best_units = candidates.find_best_units(unit_scores, best_scores)
        adjacency = np.asarray(features["adjacency"])  # float64, (units,)
        fields = [passages, scores, *_describe(candidates, best_units, adjacency)]
        if cosines is not None:
            by_meaning = _combine_meaning(features, candidates)
            scores += by_meaning
            mean_cosines = by_meaning / (MEANING_BOUND * find_word_scale(query))
            fields += [mean_cosines, by_meaning]
        best = (-scores).argsort(kind="stable")[:k]
        columns: list[list[Any]] = [values.tolist() for values in fields]
        if cosines is None:
            keys = dict.fromkeys(range(len(passages)))
            keys |= self._sentence_scorer.find_keys(candidates, best[:_MOST_KEYS])
            columns += [[None] * len(passages), [0.0] * len(passages), list(keys.values())]
        else:
            columns.append([None] * len(passages))
        rows = list(zip(*columns, strict=True))
        return [Hit._make(rows[place]) for place in best.tolist()]


def _describe(
    candidates: Candidates, best_units: Int64Array, adjacency: FloatArray
) -> tuple[NDArray[Any], ...]:
    """Give what a hit says of a passage behind its score, each an array: (passages,).

    ``best_units`` are those of the passages with a match. One without tells nothing of what is
    asked for.
    """
    asked = candidates.subject_shares
    if candidates.stance_shares is not None:
        asked = candidates.stance_shares
    of_subject = candidates.query.encoded.subject_shares
    if asked is None or of_subject is None:
        subject_shares = np.ones(len(candidates.is_held))  # float64, (passages,)
    else:
        subject_shares = candidates.spread(asked[best_units] / np.add.reduce(of_subject))
    return (
        np.add.reduce(candidates.is_held, axis=1),
        _find_missing_names(candidates),
        candidates.has_answer_type,
        subject_shares,
        candidates.spread(candidates.is_about_other[best_units]),
        candidates.passage_strengths,
        *candidates.find_best_sentences(),
        candidates.reduce_units(np.maximum, adjacency),
    )


def _find_missing_names(candidates: Candidates) -> FloatArray:
    """Give the share of the query's weight that are names which passages lack: (passages,)."""
    query = candidates.query
    total = max(query.total_weight, _LEAST_WEIGHT)
    if candidates.name_weights is None:
        return np.full(len(candidates.is_held), query.missing_name_weight / total)
    names = np.add.reduce(candidates.name_weights)
    missing = names - candidates.passage_strengths @ candidates.name_weights
    missing += query.missing_name_weight
    shares: FloatArray = missing / total
    return shares
