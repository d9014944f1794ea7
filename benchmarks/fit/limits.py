"""Where answers begin, and from which confidence on they are called sure.

In: cases with their confidences and coverages. Out: two limits, each by a criterion that is
written down here. SQuAD's cases do not count: its questions were written to the passages.

- The threshold is the highest coverage at which 88 % of the questions with an answer are answered,
  the sets counting alike. So it refuses as many of the others as it can meanwhile.
- Sure is to have at most 12 % wrong answers on the golden sets and at most 20 % on CLAP NQ, and at
  least half of the right first quotations of each, those that are refused included. It is the
  confidence that comes nearest: where the share of wrong ones as a part of what is allowed, and
  half as a part of the share of right ones, are at most what they must be somewhere.

What is called likely is not fitted: it is likelier right than wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.cases import CLAPNQ, GOLDEN, SQUAD, weigh_cases
from benchmarks.fit.logistic import Floats, Integers, resample
from benchmarks.quality.asking import Case

ANSWERED = 0.88
MOST_WRONG_OF_SURE: Mapping[str, float] = {GOLDEN: 0.12, CLAPNQ: 0.2}
LEAST_SURE_OF_RIGHT = 0.5
_RESAMPLES = 200
# Nothing is divided by 0.
_LEAST_SHARE = 1e-9
# The limits that are tried: a hundredth is as exact as people read them.
_GRID = np.linspace(0.01, 0.99, 99)


@dataclass(frozen=True, slots=True)
class Limits:
    """A threshold, and from which confidence on an answer is sure."""

    threshold: float
    sure: float


class _Judged:
    """Cases as arrays: (cases,), and on the grid: bool, (limits, cases)."""

    def __init__(self, cases: Sequence[Case], scores: Floats, counts: Floats) -> None:
        """Take cases with what is compared with limits: confidences or coverages."""
        self.scores = scores
        self.weights = weigh_cases(cases) * counts
        self.is_right = np.array([case.is_right for case in cases])
        self.is_covered = np.array([case.is_covered for case in cases])
        self.sources = np.array([case.source for case in cases])
        self.reaches = scores >= _GRID[:, np.newaxis]

    def share(self, what: NDArray[np.bool_], among: NDArray[np.bool_]) -> Floats:
        """Give the weighted share of ``what`` among some cases at each limit; 0 among none."""
        counted = among * self.weights
        sums = counted.sum(axis=-1)
        shares: Floats = (counted * what).sum(axis=-1) / np.maximum(sums, 1e-12)
        return shares


def find_limits(
    cases: Sequence[Case],
    confidences: Floats,
    coverages: Floats,
    counts: Floats | None = None,
) -> Limits:
    """Find the limits of cases at their confidences and coverages, float64, (cases,).

    ``counts`` say how often each case counts, (cases,), by default once.
    """
    ones = np.ones(len(cases)) if counts is None else counts
    is_typed = np.array([case.source != SQUAD for case in cases])
    threshold = _find_threshold(_choose(cases, coverages, ones, is_typed))
    is_answered = coverages >= threshold
    # What is refused or doubtful is not sure, however likely it is right.
    is_doubtful = np.array([case.is_doubtful for case in cases])
    shown = np.where(is_answered & ~is_doubtful, confidences, 0.0)
    return Limits(threshold, _find_sure(_choose(cases, shown, ones, is_typed)))


def _choose(
    cases: Sequence[Case], scores: Floats, counts: Floats, is_chosen: NDArray[np.bool_]
) -> _Judged:
    """Judge some of the cases."""
    chosen = [case for case, is_one in zip(cases, is_chosen.tolist(), strict=True) if is_one]
    return _Judged(chosen, scores[is_chosen], counts[is_chosen])


def _find_threshold(judged: _Judged) -> float:
    covered = np.broadcast_to(judged.is_covered, judged.reaches.shape)
    enough = judged.share(judged.reaches, covered) >= ANSWERED
    return float(_GRID[enough][-1]) if enough.any() else float(_GRID[0])


def _find_sure(judged: _Judged) -> float:
    worst = np.zeros(len(_GRID))
    for source, most_wrong in MOST_WRONG_OF_SURE.items():
        mine = judged.sources == source
        if not mine.any():
            continue
        wrong = judged.share(~judged.is_right, judged.reaches & mine)
        right = np.broadcast_to(judged.is_right & mine, judged.reaches.shape)
        is_sure = judged.share(judged.reaches, right)
        missed = LEAST_SURE_OF_RIGHT / np.maximum(is_sure, _LEAST_SHARE)
        worst = np.maximum.reduce([worst, wrong / most_wrong, missed])
    return float(_GRID[worst.argmin()])


def find_limit_errors(
    cases: Sequence[Case],
    confidences: Floats,
    coverages: Floats,
    questions: Integers,
    seed: int,
) -> Limits:
    """Give the standard errors of the limits, by bootstrap samples of the questions."""
    clusters = int(questions.max()) + 1
    drawn = [
        astuple(find_limits(cases, confidences, coverages, counts[questions]))
        for counts in resample(clusters, _RESAMPLES, seed)
    ]
    threshold, sure = np.std(drawn, axis=0, ddof=1).tolist()
    return Limits(threshold, sure)
