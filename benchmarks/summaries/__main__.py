"""The command: marked articles in, a Markdown table of figures for each half out."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from benchmarks.summaries.marks import OWN_FOLDERS, OWN_MARKS, MarkedSection, MarksError, read_marks
from benchmarks.summaries.measure import measure
from benchmarks.summaries.methods import find_methods

_LEGEND = """\
must: share of the chosen sentences that a reader must have. mark: their mean mark, 0 to 2. gain:
sum of their marks, of the highest that as many sentences can have. dangling: share not understood
without a sentence that was not chosen.
filler: share that tells nothing. sound: mean mark, what dangles or is filler counting as 0. Means
over sections."""
_HEAD = (
    "| method | must | mark | gain | dangling | filler | sound |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables. Gives 0, or 2 for marks that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        marked = read_marks(OWN_MARKS, OWN_FOLDERS) if not options.only else []
        for path in options.marks:
            marked += read_marks(path, [path.parent / "articles"])
    except MarksError as error:
        print(f"benchmarks.summaries: {error}", file=sys.stderr)
        return 2
    for half in dict.fromkeys(one.half for one in marked):
        print(
            render_table([one for one in marked if one.half == half], half, options.sentences),
            end="\n\n",
        )
    print(_LEGEND)
    return 0


def render_table(marked: Sequence[MarkedSection], half: str, sentences: int) -> str:
    """Render the figures of all methods for sections of one half."""
    articles = len({one.article.id for one in marked})
    what = (
        f"{articles} articles, {len(marked)} sections, "
        f"{sum(len(one.marks) for one in marked):,} sentences"
    )
    rows = []
    for name, method in find_methods().items():
        figures = astuple(measure(method, marked, sentences))
        rows.append(f"| {name} | {' | '.join(f'{value:.2f}' for value in figures)} |")
    return "\n".join(
        [f"### {half.replace('_', ' ')}: {what}; {sentences} a section", "", _HEAD, *rows]
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.summaries",
        description=__doc__,
        epilog="LexRank and TextRank: pip install -e '.[bench]'",
    )
    about = "further marks, of articles in the folder 'articles' beside the file (may be repeated)"
    parser.add_argument(
        "--marks", type=Path, action="append", default=[], metavar="FILE", help=about
    )
    parser.add_argument("--only", action="store_true", help="leave the repository's own marks out")
    parser.add_argument(
        "--sentences",
        type=int,
        choices=range(1, 10),
        default=3,
        metavar="N",
        help="1 to 9; default 3",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
