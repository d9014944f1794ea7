"""Whether a confidence is the share of answers that are right: a table and a diagram.

In: answered cases. Out: ten bins of equal width, the calibration error, Brier's score with its 95 %
interval, and an SVG. The diagram is that of DeGroot and Fienberg (1983): of each bin, the share
right against the mean confidence, the area of a point as the number of answers.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.quality.asking import Case
from benchmarks.quality.metrics import find_calibration_error

_BINS = 10
_RESAMPLES = 500

_SIZE, _LEFT, _TOP, _RIGHT, _BOTTOM = 300, 58, 34, 24, 52
# The largest point, in pixels.
_RADIUS = 14.0
_COLOUR = "#3b82d6"
# Readable on light and on dark.
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#7d8590}.title{font-weight:600}"
    ".axis{stroke:#7d8590;stroke-opacity:.35}.even{stroke:#7d8590;stroke-dasharray:4 4}"
)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with a confidence from ``low`` to ``high``: count, mean, and share right."""

    low: float
    high: float
    answers: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins that are not empty, and figures over all answers."""

    answers: int
    bins: tuple[Bin, ...]
    calibration_error: float
    brier: float
    interval: tuple[float, float]


def find_reliability(cases: Sequence[Case], seed: int = 1) -> Reliability:
    """Give the reliability of the confidences of some answers, at least one.

    The interval of Brier's score is from samples of the questions.
    """
    confidences = np.array([case.confidence for case in cases])
    is_right = np.array([float(case.is_right) for case in cases])
    bin_of = np.minimum((confidences * _BINS).astype(np.int64), _BINS - 1)
    bins = []
    for number in range(_BINS):
        mine = bin_of == number
        if mine.any():
            bins.append(
                Bin(
                    low=number / _BINS,
                    high=(number + 1) / _BINS,
                    answers=int(mine.sum()),
                    confidence=float(confidences[mine].mean()),
                    right=float(is_right[mine].mean()),
                )
            )
    losses = (confidences - is_right) ** 2
    return Reliability(
        answers=len(cases),
        bins=tuple(bins),
        calibration_error=find_calibration_error(confidences, is_right, _BINS),
        brier=float(losses.mean()),
        interval=_find_interval(losses, [case.question for case in cases], seed),
    )


def _find_interval(losses: np.ndarray, questions: Sequence[str], seed: int) -> tuple[float, float]:
    _, question_of = np.unique(questions, return_inverse=True)
    sums, counts = np.bincount(question_of, losses), np.bincount(question_of)
    chance = np.random.default_rng(seed)
    drawn = chance.integers(len(counts), size=(_RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975)).tolist()
    return low, high


def render_diagram(found: Reliability, title: str) -> str:
    """Draw the diagram as an SVG."""
    width, height = _LEFT + _SIZE + _RIGHT, _TOP + _SIZE + _BOTTOM
    parts = "\n".join(_draw(found, title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">\n<style>{_STYLE}</style>\n{parts}\n</svg>\n'
    )


def _draw(found: Reliability, title: str) -> Iterator[str]:
    right, bottom = _LEFT + _SIZE, _TOP + _SIZE
    yield f'<text class="title" x="{_LEFT}" y="20">{title}</text>'
    for tenth in range(0, 11, 2):
        down = _down(tenth / 10)
        across = _across(tenth / 10)
        yield f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{down:.1f}" y2="{down:.1f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{down + 4:.1f}" text-anchor="end">{tenth / 10:.1f}</text>'
        place = f'x="{across:.1f}" y="{bottom + 20}"'
        yield f'<text {place} text-anchor="middle">{tenth / 10:.1f}</text>'
    yield f'<line class="even" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{_TOP}"/>'
    middle = _LEFT + _SIZE / 2
    yield f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">confidence</text>'
    height = _TOP + _SIZE / 2
    turned = f"rotate(-90 14 {height})"
    yield f'<text x="14" y="{height}" text-anchor="middle" transform="{turned}">right</text>'
    most = max(one.answers for one in found.bins)
    for one in found.bins:
        radius = _RADIUS * math.sqrt(one.answers / most)
        yield (
            f'<circle cx="{_across(one.confidence):.1f}" cy="{_down(one.right):.1f}" '
            f'r="{max(radius, 2.0):.1f}" fill="{_COLOUR}" fill-opacity=".75">'
            f"<title>{one.answers} answers: confidence {one.confidence:.2f}, "
            f"right {one.right:.2f}</title></circle>"
        )


def _across(share: float) -> float:
    return _LEFT + _SIZE * share


def _down(share: float) -> float:
    return _TOP + _SIZE * (1 - share)
