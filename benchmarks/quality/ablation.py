"""What each signal of ranking brings: the same questions with the signal taken out.

In: asked sets. Out: first and three of all questions with an answer, nothing refused, at all
signals and at all but each.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from benchmarks.quality.asked_sets import AskedSet
from benchmarks.quality.asking import Case, ask_sets
from bot.search.signals import BY_LEVEL, SIGNALS, Signal

_EVERYTHING = "all signals"


@dataclass(frozen=True, slots=True)
class AblationRow:
    """First and three without a signal, from 0 to 1, and how many first answers change.

    ``won`` are right first without it alone, ``lost`` with it alone.
    """

    name: str
    first: float
    three: float
    won: int
    lost: int


def measure_ablation(sets: Sequence[AskedSet]) -> list[AblationRow]:
    """Ask all questions that have an answer with all signals, and without each in turn."""
    sets = list(_keep_answerable(sets))
    whole = _ask(sets)
    rows = [_compare(_EVERYTHING, whole, whole)]
    for signal in SIGNALS:
        with _without(signal):
            rows.append(_compare(f"without {signal.name}", _ask(sets), whole))
    return rows


def _keep_answerable(sets: Sequence[AskedSet]) -> Iterator[AskedSet]:
    """Keep the questions that have an answer, where it was not taken out."""
    for one in sets:
        kept = [question for question in one.questions if question.answers is not None]
        if kept and not one.is_taken_out:
            yield replace(one, questions=kept)


def _ask(sets: Sequence[AskedSet]) -> list[Case]:
    return [case for case in ask_sets(sets) if case.is_covered]


def _compare(name: str, cases: Sequence[Case], whole: Sequence[Case]) -> AblationRow:
    pairs = [(one.is_right, other.is_right) for one, other in zip(cases, whole, strict=True)]
    return AblationRow(
        name=name,
        first=sum(case.is_right for case in cases) / len(cases),
        three=sum(case.in_three for case in cases) / len(cases),
        won=sum(one and not other for one, other in pairs),
        lost=sum(other and not one for one, other in pairs),
    )


@contextmanager
def _without(signal: Signal) -> Iterator[None]:
    """Let a signal weigh nothing, as long as it lasts."""
    in_code = BY_LEVEL[signal.level]
    BY_LEVEL[signal.level] = tuple(
        replace(one, weight=0.0) if one is signal else one for one in in_code
    )
    try:
        yield
    finally:
        BY_LEVEL[signal.level] = in_code


def render_ablation(rows: Sequence[AblationRow]) -> str:
    """Render a row a signal."""
    lines = ["| | first | three | won | lost |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {one.name} | {one.first:.3f} | {one.three:.3f} | {one.won} | {one.lost} |"
        for one in rows
    ]
    return "\n".join(lines)
