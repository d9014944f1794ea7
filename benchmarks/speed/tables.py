"""Figures to Markdown: a table for each size.

It has the medians of all rounds, and ratios to chosen engines.

A ratio is taken within each round, whose engines ran one after another; shown is the median of the
rounds' ratios.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.speed.measure import Figures

Measured = Mapping[str, Sequence[Figures]]
"""The figures of each engine by its name, one for each round."""
Value = Callable[[Figures], float]

LEGEND = """\
median, 99 %: milliseconds from a question's words to the numbers and scores of its ten passages, of
each question the median of its three times; a whole answer quotes from three passages at most and
names six more. ÷: divided by what the named engine took in the same round. build: seconds from the
texts to an index, terms included. peak: the most that the process took while building, above what
it takes without a collection, with the texts where an engine needs them all at once. at rest: what
it still takes when the index is built and the texts are gone, or are the articles that are quoted
from. found: share of questions with the passage they were made of among the ten; it tells whether
the same work was done, not how well."""

TIMES: dict[str, tuple[Value, str]] = {
    "median, ms": (lambda figures: figures.median_ms, ".3f"),
    "99 %, ms": (lambda figures: figures.p99_ms, ".3f"),
    "build, s": (lambda figures: figures.build_s, ".2f"),
}
_SIZES: dict[str, Callable[[Figures], int | None]] = {
    "peak": lambda figures: figures.peak_bytes,
    "at rest": lambda figures: figures.rest_bytes,
}


def find_median(rounds: Sequence[Figures], value: Value) -> float:
    """Give the median of a figure over all rounds."""
    return median(map(value, rounds))


def find_ratio(rounds: Sequence[Figures], others: Sequence[Figures], value: Value) -> float:
    """Give the median of a figure's ratios to another engine's in the same rounds."""
    return median(value(one) / value(other) for one, other in zip(rounds, others, strict=True))


def render_table(measured: Measured, against: Sequence[str]) -> str:
    """Render a heading and the table of one size.

    It has ratios to the engines of ``against`` that were measured.
    """
    some = next(iter(measured.values()))[0]
    rows = [dict(_cells(rounds, measured, against)) for rounds in measured.values()]
    heads = list(rows[0])
    lines = [
        f"## {some.passages:,} passages, {some.text_bytes / 1e6:,.1f} MB",
        "",
        f"| {' | '.join(heads)} |",
        f"| --- |{' ---: |' * (len(heads) - 1)}",
        *(f"| {' | '.join(row.values())} |" for row in rows),
    ]
    return "\n".join(lines)


def _cells(
    rounds: Sequence[Figures], measured: Measured, against: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Give the head and the content of each cell of a row."""
    yield "engine", rounds[0].engine
    for head, (value, form) in TIMES.items():
        yield head, f"{find_median(rounds, value):,{form}}"
        for name in against:
            if name in measured:
                what = head.partition(",")[0]
                yield f"{what} ÷ {name}", f"{find_ratio(rounds, measured[name], value):,.2f}"
    for head, size in _SIZES.items():
        sizes = [found for figures in rounds if (found := size(figures)) is not None]
        yield f"{head}, MB", f"{median(sizes) / 1e6:,.0f}" if sizes else "–"
        yield f"{head} ÷ texts", f"{median(sizes) / rounds[0].text_bytes:,.2f}" if sizes else "–"
    yield "found", f"{find_median(rounds, lambda figures: figures.found):.2f}"
