"""The figures of answering as Markdown: sets and kinds, dialogues, reliability, what is sure."""

from collections.abc import Sequence

from benchmarks.quality.answering import (
    AnswerFigures,
    DialogueFigures,
    SureFigures,
)
from benchmarks.quality.reliability import Reliability


def render_answers(figures: Sequence[AnswerFigures]) -> str:
    """Render a row a set or kind."""
    lines = [
        "| questions | with an answer | first | three | answered | without | refused |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in figures:
        cells = [str(one.covered), *map(show, (one.first, one.three, one.answered))]
        lines.append(f"| {one.name} | {' | '.join(cells)} | {one.others} | {show(one.refused)} |")
    return "\n".join(lines)


def render_dialogues(name: str, figures: DialogueFigures) -> str:
    """Render the dialogues of a set in a line."""
    return (
        f"{name}: of {figures.covered} with an answer, {show(figures.first)} first and "
        f"{show(figures.repeats)} with the quotation before again ({show(figures.unasked)} without "
        f"a new word that it holds); of {figures.others} others, "
        f"{show(figures.refused)} refused."
    )


def render_reliability(found: Reliability) -> str:
    """Render the bins, and the figures over all answers."""
    lines = ["| confidence | answers | mean | right |", "| --- | ---: | ---: | ---: |"]
    for one in found.bins:
        figures = f"{one.answers:,} | {one.confidence:.2f} | {one.right:.2f}"
        lines.append(f"| {one.low:.1f}–{one.high:.1f} | {figures} |")
    low, high = found.interval
    count = f"{found.answers:,} answers"
    brier = f"Brier score {found.brier:.3f} (95 % interval {low:.3f}–{high:.3f})"
    lines += ["", f"Calibration error {found.calibration_error:.3f} over {count}; {brier}."]
    return "\n".join(lines)


def render_sure(figures: Sequence[SureFigures], areas: Sequence[float | None]) -> str:
    """Render what is shown as sure, with the AUROC of right against wrong first quotations."""
    lines = [
        "| set | answers | sure | wrong among sure | sure among right | AUROC |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one, area in zip(figures, areas, strict=True):
        shares = " | ".join(map(show, (one.wrong, one.of_right, area)))
        lines.append(f"| {one.name} | {one.answers:,} | {one.sure:,} | {shares} |")
    return "\n".join(lines)


def show(share: float | None) -> str:
    """Show a share; a dash for none."""
    return "–" if share is None else f"{share:.3f}"
