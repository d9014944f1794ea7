"""The command: collections in, a Markdown table of figures out."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading.collection import find_collections, read_collection
from benchmarks.reading.measure import Answering, Reading, measure_answering, measure_reading

_HEAD = (
    "| collection | words read | titles | sentences with markup | cut | first | three | answered "
    "| refused | quotes with markup |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
_LEGEND = """\
words read: share of the words that readers see. titles: share that is as a person would give it.
cut: sentences that end inside a word or behind an abbreviation. first, three: share of the
questions that the articles answer for which the first quotation, or one of three, holds the
expected sentence. refused: share of the other questions."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Gives 0, or 2 for a folder that is no collection."""
    options = _parser().parse_args(arguments)
    print(_HEAD)
    details: list[str] = []
    for folder in options.folders or find_collections():
        try:
            collection = read_collection(folder)
        except (OSError, ValueError, KeyError) as error:
            print(f"benchmarks.reading: {folder} is no collection: {error}", file=sys.stderr)
            return 2
        reading = measure_reading(collection)
        answering = measure_answering(collection)
        print(_render_row(collection.name, reading, answering), flush=True)
        details += _list_details(collection.name, reading, answering)
    print(f"\n{_LEGEND}")
    if options.details:
        print("\n".join(["", *details]))
    return 0


def _render_row(name: str, reading: Reading, answering: Answering) -> str:
    cells = [
        name,
        f"{reading.read_words / reading.visible_words:.4f} of {reading.visible_words:,}",
        f"{reading.right_titles} of {reading.titles}",
        f"{reading.sentences_with_markup} of {reading.sentences:,}",
        str(reading.cut_sentences),
        f"{answering.first:.3f}",
        f"{answering.three:.3f}",
        f"{answering.answered:.3f} of {answering.questions}",
        f"{answering.refused:.3f} of {answering.unanswerable}",
        f"{answering.quotes_with_markup} of {answering.quotes}",
    ]
    return f"| {' | '.join(cells)} |"


def _list_details(name: str, reading: Reading, answering: Answering) -> list[str]:
    """List what is missing or wrong, a line each."""
    lines = [f"{name}: not read: {file}: {words}" for file, words in reading.missing]
    lines += [f"{name}: title: {file}: {what}" for file, what in reading.wrong_titles]
    lines += [
        f"{name}: {question!r}: expected {expected!r}, got {given!r}"
        for question, expected, given in answering.wrong
    ]
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.reading", description=__doc__)
    about = "a collection; by default the repository's own"
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help=about)
    parser.add_argument("--details", action="store_true", help="list what is missing or wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())
