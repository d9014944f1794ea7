"""The signals of all candidates of many questions as arrays, to be scored by any weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.data import build_index
from benchmarks.fit.logistic import Floats, Integers
from benchmarks.quality.sets import QuestionSet
from bot.search import PassageIndex
from bot.search.candidates import Candidates
from bot.search.query import ParsedQuery
from bot.search.signals import (
    SIGNALS,
    Features,
    Level,
    Scale,
    Signal,
    compute_features,
)

# The signals in the order of the columns: of the passage, of its units, and the factor of a unit.
OF_PASSAGE = tuple(one for one in SIGNALS if one.level in (Level.CONCEPT_IN_PASSAGE, Level.PASSAGE))
OF_UNIT = tuple(one for one in SIGNALS if one.level in (Level.CONCEPT_IN_UNIT, Level.UNIT))
FACTORS = tuple(one for one in SIGNALS if one.level is Level.UNIT_FACTOR)
COLUMNS = (*OF_PASSAGE, *OF_UNIT, *FACTORS)

_PASSAGE_COLUMNS = slice(0, len(OF_PASSAGE))
_UNIT_COLUMNS = slice(len(OF_PASSAGE), len(OF_PASSAGE) + len(OF_UNIT))
_FACTOR_COLUMNS = slice(len(OF_PASSAGE) + len(OF_UNIT), len(COLUMNS))


@dataclass(frozen=True, slots=True)
class CandidateSignals:
    """The candidates of several questions, one behind another, and their units likewise.

    ``passages``, ``units`` and ``factors`` are the values of the signals without their weights:
    float64, (candidates or units, signals). ``unit_begins`` are the first units of candidates;
    ``question_of`` and ``is_right`` say whose candidate each is, and whether it answers:
    (candidates,). ``cluster_of`` says which text answers a question: (questions,).
    """

    passages: Floats
    units: Floats
    factors: Floats
    unit_begins: Integers
    question_of: Integers
    is_right: NDArray[np.bool_]
    cluster_of: Integers

    def score(self, weights: Floats) -> tuple[Floats, Integers]:
        """Score candidates, and give the best unit of each: (candidates,).

        The weights are in the order of ``COLUMNS``.
        """
        of_units = (
            self.units
            @ weights[_UNIT_COLUMNS]
            * np.prod(1 + self.factors * weights[_FACTOR_COLUMNS], axis=1)
        )
        best = np.maximum.reduceat(of_units, self.unit_begins)
        lengths = np.diff(self.unit_begins, append=len(of_units))
        is_best = np.flatnonzero(of_units == best.repeat(lengths))
        best_units = is_best[is_best.searchsorted(self.unit_begins)]
        return self.passages @ weights[_PASSAGE_COLUMNS] + best, best_units

    def find_slopes(self, weights: Floats, best_units: Integers) -> Floats:
        """Give the slopes of the scores while the best units stay: (candidates, signals)."""
        units, factors = self.units[best_units], self.factors[best_units]
        raised = 1 + factors * weights[_FACTOR_COLUMNS]
        whole = np.prod(raised, axis=1)[:, np.newaxis]
        of_factors = (units @ weights[_UNIT_COLUMNS])[:, np.newaxis] * factors * whole / raised
        return np.hstack([self.passages, units * whole, of_factors])


class QuestionRow(NamedTuple):
    """The signals of the candidates of one question, as in ``CandidateSignals``."""

    passages: Floats
    units: Floats
    factors: Floats
    unit_begins: Integers
    is_right: NDArray[np.bool_]


def collect(sets: Iterable[QuestionSet]) -> CandidateSignals:
    """Compute the signals of the candidates of all questions of some sets."""
    rows: list[QuestionRow] = []
    clusters: dict[tuple[int, int], int] = {}
    cluster_of = []
    for place, one in enumerate(sets):
        index = build_index(one.texts)
        for question in one.questions:
            answering = np.array(list(question.gains))
            query = index.parse(question.words)
            if not len(query.encoded.term_ids):
                continue
            numbers, candidates = find_candidates(index, query)
            rows.append(make_row(candidates, np.isin(numbers, answering)))
            cluster_of.append(clusters.setdefault((place, min(question.gains)), len(clusters)))
    return stack_rows(rows, cluster_of)


def make_row(candidates: Candidates, is_right: NDArray[np.bool_]) -> QuestionRow:
    """Compute the signals of the candidates of a question; ``is_right`` says which answer."""
    return QuestionRow(*_find_columns(candidates), candidates.unit_begins, is_right)


def stack_rows(rows: Sequence[QuestionRow], cluster_of: Sequence[int]) -> CandidateSignals:
    """Put the candidates of several questions, of the clusters given, one behind another."""
    passages, units, factors, begins, is_right = zip(*rows, strict=True)
    unit_counts = np.cumsum([0, *map(len, units[:-1])])
    return CandidateSignals(
        passages=np.vstack(passages),
        units=np.vstack(units),
        factors=np.vstack(factors),
        unit_begins=np.concatenate(
            [first + mine for first, mine in zip(unit_counts, begins, strict=True)]
        ),
        question_of=np.repeat(np.arange(len(rows)), list(map(len, passages))),
        is_right=np.concatenate(is_right),
        cluster_of=np.array(cluster_of),
    )


def find_candidates(index: PassageIndex, query: ParsedQuery) -> tuple[Integers, Candidates]:
    """Retrieve as ``PassageIndex`` does, up to the second pass."""
    numbers = index._find_candidates(query, None)  # noqa: SLF001 (what is fitted is the inside of the index)
    return numbers, index._reranker.read(query, numbers)  # noqa: SLF001


def _find_columns(candidates: Candidates) -> tuple[Floats, Floats, Floats]:
    """Give the signals of passages, units and factors: (candidates or units, signals)."""
    features = compute_features(candidates)
    return (
        _stack([_sum_in_passage(one, features, candidates) for one in OF_PASSAGE]),
        _stack([_sum_in_unit(one, features, candidates) for one in OF_UNIT]),
        _stack(
            [np.broadcast_to(features[one.name], candidates.first_matches.shape) for one in FACTORS]
        ),
    )


def _stack(columns: list[Floats]) -> Floats:
    return np.stack(columns, axis=1).astype(np.float64)


def _sum_in_passage(signal: Signal, features: Features, candidates: Candidates) -> Floats:
    values = np.asarray(features[signal.name])
    if signal.level is Level.CONCEPT_IN_PASSAGE:
        return values @ candidates.concept_weights
    # One number for all passages where the question asks nothing such.
    return np.broadcast_to(values, len(candidates.passage_strengths))


def _sum_in_unit(signal: Signal, features: Features, candidates: Candidates) -> Floats:
    values = np.asarray(features[signal.name])
    if signal.level is Level.UNIT:
        # One number for all units where the question asks nothing such.
        return np.broadcast_to(values, candidates.first_matches.shape)
    if signal.scale is Scale.CONCEPT_WEIGHT:
        values = values * candidates.concept_weights
    sums: Floats = (candidates.unit_strengths * values).sum(axis=1)
    return sums
