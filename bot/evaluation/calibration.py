"""Whether the confidence of answers can be trusted.

In: the confidence of each answer, and whether it was right. Out: a reliability table of ten bins of
equal width, and the expected calibration error (Guo, Pleiss, Sun and Weinberger, ICML 2017).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# As in the paper's diagrams; with a few hundred answers more bins would be nearly empty.
_BINS = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The answers whose confidence is from ``low`` to ``high``.

    ``count``: how many there are. ``confidence``: their mean confidence. ``right``: the share of
    them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether the confidence is the share of answers that are right.

    ``error`` is the expected calibration error, 0 to 1. Bins without an answer are left out;
    without any answer ``error`` is None.
    """

    bins: tuple[CalibrationBin, ...]
    error: float | None


def measure_calibration(answers: Iterable[tuple[float, bool]]) -> Calibration:
    """Compare confidences, 0 to 1, with whether the answer was right."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, is_right in answers:
        number = min(int(confidence * _BINS), _BINS - 1)
        members[number].append((confidence, is_right))
    bins = tuple(_make_bin(number, found) for number, found in enumerate(members) if found)
    return Calibration(bins, _calibration_error(bins))


def _make_bin(number: int, members: Sequence[tuple[float, bool]]) -> CalibrationBin:
    count = len(members)
    low = number / _BINS
    high = (number + 1) / _BINS
    confidence = sum(confidence for confidence, _ in members) / count
    right = sum(is_right for _, is_right in members) / count
    return CalibrationBin(low, high, count, confidence, right)


def _calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """Give the mean gap between confidence and share of right answers, weighed by the answers."""
    if not bins:
        return None
    count = sum(one.count for one in bins)
    gaps = sum(one.count * abs(one.right - one.confidence) for one in bins)
    return gaps / count
