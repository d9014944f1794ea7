"""Pruned evaluation of BM25: the best documents of a large collection without scoring all of them.

In: terms with their weights, and the number k of documents that are wanted. Out: a few candidates
that the k best documents are among, and nearly their scores; whoever asks scores these exactly.

The method is MaxScore (Turtle and Flood 1995, "Query evaluation: strategies and optimizations").
Terms are taken in the order of the most that they can add to a score. Once the terms that remain
cannot lift a new document among the k best together, they are not essential: only documents that
have been met are looked up in their lists. A lower bound of the k-th best score is known before
from each term's 25th-highest impact, and is raised on the way.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.arrays import (
    Int32Array,
    Int64Array,
    ScratchArrays,
    find_kth_highest,
    find_run_starts,
)
from bot.search.postings import Postings

Float32Array = NDArray[np.float32]

# More documents than this are not pruned for: nearly all have to be scored then.
MAX_FOUND = 100
# Float32 sums of up to so many terms differ from float64 sums by less than the slack below.
MAX_TERMS = 1_000
# Every bound is lowered by this factor, because impacts and sums are rounded to 32 bits.
SLACK = 1 - 1e-4
# An accumulator is cleared as a whole where more than one document in so many was scored.
_CLEARED_WHOLE = 24


class PruningLimits(NamedTuple):
    """When a list is read, and how much is tried.

    Lists of at most ``short_list`` postings are read though they are not essential, because that is
    faster than to look documents up in them. ``trial_size`` of the best documents so far are scored
    to the end for a better bound.
    """

    short_list: int
    trial_size: int


class _RankedTerm(NamedTuple):
    """A term of a query; ``upper_bound`` is the most that it can add to a score."""

    upper_bound: float
    term_id: int
    weight: float


class _Candidates(NamedTuple):
    """Documents that may be among the best: int32, ascending; float32, their scores so far."""

    documents: Int32Array
    scores: Float32Array

    def keep_from(self, least: float) -> "_Candidates":
        """Give the candidates whose scores are at least ``least``."""
        is_kept = self.scores >= least
        return _Candidates(self.documents[is_kept], self.scores[is_kept])


class MaxScore:
    """Posting lists with the impact of each posting, ready for pruned evaluation."""

    def __init__(
        self,
        postings: Postings,
        impacts: NDArray[np.floating],
        limits: PruningLimits,
    ) -> None:
        """Take posting lists, and what each posting adds to a score: (postings,)."""
        self._postings = postings
        self._impacts = impacts
        self._max_impacts = _find_max_impacts(postings, impacts)
        self._limits = limits
        self._accumulators = ScratchArrays(postings.corpus_size, np.float32)

    def find_candidates(
        self, terms: Sequence[tuple[int, float]], bound: float, k: int
    ) -> tuple[Int32Array, Float32Array]:
        """Give documents that the ``k`` best are among, int32, ascending, and nearly their scores.

        ``terms`` are pairs of term id and weight, at least one. ``k`` documents are known to reach
        the score ``bound``.
        """
        ranked = self._rank_terms(terms)
        remaining = _sum_remaining(ranked)
        essential = _count_essential(remaining, bound)
        accumulator = self._accumulators.take()  # float32, (all documents,)
        lists = self._accumulate(ranked, essential, accumulator)
        looked_up = ranked[len(lists) :]
        remaining = remaining[len(lists) :]
        # Documents that hold an essential term; one that holds several stands there several times.
        documents = np.concatenate(lists[:essential]) if essential > 1 else lists[0]
        scores = accumulator.take(documents, mode="clip")
        if looked_up:
            sure = _select_distinct(documents, scores, bound, accumulator)
            bound = max(bound, self._find_bound_by_trial(sure, looked_up, k))
        candidates = _select_distinct(documents, scores, bound - remaining[0], accumulator)
        _clear(accumulator, lists)
        self._accumulators.give_back(accumulator)
        return self._add_looked_up(candidates, looked_up, remaining, bound, k)

    def _rank_terms(self, terms: Sequence[tuple[int, float]]) -> list[_RankedTerm]:
        """Order terms by the most that they can add to a score, the highest first."""
        ranked = []
        for term_id, weight in terms:
            upper_bound = self._max_impacts.item(term_id) * weight
            ranked.append(_RankedTerm(upper_bound, term_id, weight))
        ranked.sort(reverse=True)
        return ranked

    def _accumulate(
        self, ranked: Sequence[_RankedTerm], essential: int, accumulator: Float32Array
    ) -> list[Int32Array]:
        """Add up the essential terms, and behind them those with short lists.

        Gives the documents of each term that was added: the first terms of ``ranked``.
        """
        lists: list[Int32Array] = []
        for number, (_, term_id, weight) in enumerate(ranked):
            place = self._postings.find_list(term_id)
            if number >= essential and place.stop - place.start > self._limits.short_list:
                break
            documents = self._postings.doc_ids[place]
            impacts = self._impacts[place]
            if weight != 1:
                impacts = impacts * np.float32(weight)
            np.add.at(accumulator, documents, impacts)
            lists.append(documents)
        return lists

    def _find_bound_by_trial(
        self, sure: _Candidates, looked_up: Sequence[_RankedTerm], k: int
    ) -> float:
        """Score the best documents so far to the end; give a score that ``k`` of them reach.

        There are so many: those that reach the bound by one term alone, which is essential.
        """
        documents, scores = sure
        trial_size = self._limits.trial_size
        if len(documents) > trial_size:
            best = scores.argpartition(-trial_size)[-trial_size:]
            best.sort()
            documents = documents[best]
            scores = scores[best]
        for _, term_id, weight in looked_up:
            scores = scores + self._look_up_impacts(term_id, weight, documents)
        return SLACK * find_kth_highest(scores, k)

    def _add_looked_up(
        self,
        candidates: _Candidates,
        looked_up: Sequence[_RankedTerm],
        remaining: Sequence[float],
        bound: float,
        k: int,
    ) -> _Candidates:
        """Look candidates up in the lists that were not read, and drop those that fall behind."""
        for (_, term_id, weight), upper_bound in zip(looked_up, remaining, strict=False):
            if len(candidates.documents) > k:
                bound = max(bound, SLACK * find_kth_highest(candidates.scores, k))
                candidates = candidates.keep_from(bound - upper_bound)
            documents, scores = candidates
            added = self._look_up_impacts(term_id, weight, documents)
            candidates = _Candidates(documents, scores + added)
        if len(candidates.documents) > k:
            bound = SLACK * find_kth_highest(candidates.scores, k)
            candidates = candidates.keep_from(bound)
        return candidates

    def _look_up_impacts(self, term_id: int, weight: float, documents: Int32Array) -> Float32Array:
        """Give nearly what a term adds to the scores of documents: float32, (documents,)."""
        place = self._postings.find_list_with_sentinel(term_id)
        doc_ids = self._postings.doc_ids[place]
        nearest = doc_ids.searchsorted(documents)  # int64, (documents,)
        is_held = doc_ids.take(nearest) == documents
        impacts: Float32Array = self._impacts[place].take(nearest)
        impacts *= is_held
        impacts *= np.float32(weight)
        return impacts


def _find_max_impacts(postings: Postings, impacts: NDArray[np.floating]) -> NDArray[np.floating]:
    """Give the highest impact of each term: (terms,)."""
    list_begins = postings.offsets[:-1]
    if not len(list_begins):
        return impacts[:0]
    highest: NDArray[np.floating] = np.maximum.reduceat(impacts, list_begins)
    return highest


def _sum_remaining(ranked: Sequence[_RankedTerm]) -> list[float]:
    """Give the most that the terms from each one on can add together, and 0 behind the last."""
    upper_bounds = [term.upper_bound for term in reversed(ranked)]
    sums = [*accumulate(upper_bounds, initial=0.0)]
    sums.reverse()
    return sums


def _count_essential(remaining: Sequence[float], bound: float) -> int:
    """Count the first terms without which no document reaches the bound; one at least."""
    essential = len(remaining) - 1
    while essential > 1 and remaining[essential - 1] < bound:
        essential -= 1
    return essential


def _select_distinct(
    documents: Int32Array, scores: Float32Array, least: float, accumulator: Float32Array
) -> _Candidates:
    """Give the documents with a score of at least ``least``, ascending and each once."""
    found = documents.take(np.flatnonzero(scores >= least))
    found.sort()
    starts: Int64Array = find_run_starts(found)
    distinct = found.take(starts)
    return _Candidates(distinct, accumulator.take(distinct))


def _clear(accumulator: Float32Array, lists: Sequence[Int32Array]) -> None:
    """Set an accumulator to 0 again at the documents of ``lists``."""
    scored = sum(map(len, lists))
    if scored * _CLEARED_WHOLE > len(accumulator):
        accumulator.fill(0)
    else:
        for documents in lists:
            accumulator[documents] = 0
