"""Chosen sentences against a reader's marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.summaries.marks import MarkedSection
from benchmarks.summaries.methods import Method


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over sections, all from 0 to 1 but ``mark`` and ``sound``, from 0 to 2.

    ``must``: share of the chosen with mark 2. ``mark``: their mean mark. ``gain``: sum of marks, of
    the highest that as many sentences can have. ``dangling``: share that needs a sentence which was
    not chosen. ``filler``: share that is filler. ``sound``: mean mark where one that dangles or is
    filler counts as 0.
    """

    must: float
    mark: float
    gain: float
    dangling: float
    filler: float
    sound: float


def measure(method: Method, sections: Sequence[MarkedSection], sentences: int) -> Figures:
    """Give the figures of a method that chooses at most ``sentences`` of every section."""
    rows = [_measure_one(one, method(one.article, one.section, sentences)) for one in sections]
    return Figures(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def _measure_one(one: MarkedSection, chosen: Sequence[int]) -> tuple[float, ...]:
    marks = [one.marks[at] for at in chosen]
    dangling = [mark.needs is not None and mark.needs not in chosen for mark in marks]
    sound = [
        mark.value * (not dangles and not mark.is_filler)
        for mark, dangles in zip(marks, dangling, strict=True)
    ]
    values = [mark.value for mark in marks]
    best = sorted((mark.value for mark in one.marks), reverse=True)[: len(marks)]
    shares = (
        values.count(2),
        sum(values),
        sum(dangling),
        sum(mark.is_filler for mark in marks),
        sum(sound),
    )
    must, mean, dangles, filler, sounds = (share / len(marks) for share in shares)
    return must, mean, sum(values) / max(1, sum(best)), dangles, filler, sounds
