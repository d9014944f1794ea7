"""Whether the confidence of answers can be trusted.

In: the confidence of each answer, and whether it was right. Out: a reliability table of ten bins of
equal width, and the expected calibration error (Guo, Pleiss, Sun and Weinberger, ICML 2017).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The confidence of an answer, 0 to 1, and whether it was right.
RatedAnswer = tuple[float, bool]

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


def measure_calibration(answers: Iterable[RatedAnswer]) -> Calibration:
    """Compare confidences with whether the answer was right."""
    by_bin: dict[int, list[RatedAnswer]] = {}
    for answer in answers:
        confidence, _ = answer
        number = min(int(confidence * _BINS), _BINS - 1)
        by_bin.setdefault(number, []).append(answer)
    bins = tuple(_make_bin(number, by_bin[number]) for number in sorted(by_bin))
    return Calibration(bins, _calibration_error(bins))


def _make_bin(number: int, answers: Sequence[RatedAnswer]) -> CalibrationBin:
    count = len(answers)
    low = number / _BINS
    high = (number + 1) / _BINS
    total_confidence = sum(confidence for confidence, _ in answers)
    total_right = sum(is_right for _, is_right in answers)
    confidence = total_confidence / count
    right = total_right / count
    return CalibrationBin(low, high, count, confidence, right)


def _calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """Give the mean gap between confidence and share of right answers, weighed by the answers."""
    if not bins:
        return None
    count = sum(one.count for one in bins)
    gaps = [one.count * abs(one.right - one.confidence) for one in bins]
    return sum(gaps) / count
