"""Figures of merit.

They come from the gains of what was found, best first, or from signals of covered and other
questions.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def has_hit(gains: Sequence[float], k: int) -> bool:
    """Say whether one of the first ``k`` answers."""
    return any(gain > 0 for gain in gains[:k])


def find_reciprocal_rank(gains: Sequence[float]) -> float:
    """Give 1 ÷ rank of the first that answers, 0 where none does."""
    return next((1 / rank for rank, gain in enumerate(gains, 1) if gain > 0), 0.0)


def find_ndcg(gains: Sequence[float], possible: Iterable[float], k: int = 10) -> float:
    """Give the normalised discounted cumulative gain.

    The gains are linear, as in trec_eval's ``ndcg_cut``.
    """
    return _discounted(gains[:k]) / _discounted(sorted(possible, reverse=True)[:k])


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def find_standard_error(share: float, count: int) -> float:
    """Give the standard error of a share of ``count`` independent cases."""
    return math.sqrt(share * (1 - share) / count)


def find_auroc(covered: Sequence[float], others: Sequence[float]) -> float:
    """Give the probability that a covered question's signal is above another's.

    Ties count as half (Mann and Whitney).
    """
    below = np.sort(np.asarray(others, dtype=np.float64))
    wins = np.searchsorted(below, covered, "left") + np.searchsorted(below, covered, "right")
    return float(wins.mean()) / (2 * len(below))


def find_refused(
    covered: Sequence[float], others: Sequence[float], answered: float = 0.95
) -> float:
    """Give the share of ``others`` below a threshold.

    It is the highest one that at least ``answered`` of the covered reach.
    """
    threshold = sorted(covered)[math.floor(round((1 - answered) * len(covered), 9))]
    return float(np.mean(np.asarray(others) < threshold))


def find_calibration_error(
    confidences: Sequence[float] | NDArray[np.float64],
    is_right: Sequence[float] | NDArray[np.float64],
    bins: int = 10,
) -> float:
    """Give the mean distance of confidence and share right in bins of equal width; 0 for none."""
    probabilities = np.asarray(confidences, dtype=np.float64)
    if not len(probabilities):
        return 0.0
    bin_of = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    differences = probabilities - np.asarray(is_right, dtype=np.float64)
    distances = np.abs(np.bincount(bin_of, differences, bins))
    return float(distances.sum() / len(probabilities))
