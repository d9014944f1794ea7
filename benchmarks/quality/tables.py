"""Figures to Markdown. A column that was not measured for any engine is left out."""

from collections.abc import Callable, Sequence

from benchmarks.quality.measure import Figures
from benchmarks.quality.sets import QuestionSet

_COLUMNS: dict[str, Callable[[Figures], float | None]] = {
    "R@1": lambda figures: figures.first,
    "± (s.e.)": lambda figures: figures.error,
    "R@3": lambda figures: figures.third,
    "MRR@10": lambda figures: figures.mrr,
    "nDCG@10": lambda figures: figures.ndcg,
    "sentence": lambda figures: figures.sentence,
    "refused": lambda figures: figures.refused,
    "AUROC": lambda figures: figures.auroc,
    "R@1 misspelt": lambda figures: figures.misspelt,
}

LEGEND = """\
R@1, R@3: share of questions with a text that answers among the first one, three; s.e.: standard
error of R@1.
sentence: the sentence that answers is chosen, the right text being given.
refused: of questions whose article is taken out (or that no text answers), those refused when one
threshold lets 95 % of the others be answered; AUROC of the same signal: the highest raw score, in
articlebot its share of the attainable.
R@1 misspelt: one content word in three misspelt by a letter."""


def render_table(questions: QuestionSet, measured: Sequence[Figures]) -> str:
    """Render a heading and a table, engines in the given order, the best of each column bold."""
    columns = {
        name: [value(figures) for figures in measured]
        for name, value in _COLUMNS.items()
        if any(value(figures) is not None for figures in measured)
    }
    cells = [_cells(column, is_error=name.startswith("±")) for name, column in columns.items()]
    rows = [
        [figures.engine, *(column[at] for column in cells)] for at, figures in enumerate(measured)
    ]
    uncovered = (
        f", {len(questions.uncovered):,} more that no text answers" if questions.uncovered else ""
    )
    lines = [
        (
            f"### {questions.name}: {len(questions.texts):,} texts, "
            f"{len(questions.questions):,} questions{uncovered}"
        ),
        "",
        f"| engine | {' | '.join(columns)} |",
        f"| --- |{' ---: |' * len(columns)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    return "\n".join(lines)


def _cells(values: Sequence[float | None], *, is_error: bool) -> list[str]:
    shown = ["–" if value is None else f"{value:.3f}" for value in values]
    best = max(text for text in shown if text != "–")
    return [f"**{text}**" if text == best and not is_error else text for text in shown]
