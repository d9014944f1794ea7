"""The command: question sets in, a Markdown table of figures for each out."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.quality.answers_report import put_into, report
from benchmarks.quality.engines import ENGINES, Engine
from benchmarks.quality.golden_sets import find_golden_sets, read_golden_set
from benchmarks.quality.measure import measure
from benchmarks.quality.progress import Progress
from benchmarks.quality.public_sets import read_public_set
from benchmarks.quality.sets import QuestionSet, SetError
from benchmarks.quality.tables import LEGEND, render_table

_EPILOGUE = """\
PATH is a SQuAD file (.json), a BEIR folder, a folder with cran.all.1400, cran.qry and cranqrel (or
their common beginning), or a golden set (.yaml). Without a PATH the repository's golden sets are
measured. bm25s and tantivy come with: pip install -e '.[bench]'"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables. Gives 0, or 2 for a path or an option that cannot be used."""
    options = _parser().parse_args(arguments)
    if options.answers:
        return _print_answers(options)
    try:
        whole = (
            [_read_set(path) for path in options.paths] if options.paths else _read_golden_sets()
        )
    except SetError as error:
        print(f"benchmarks.quality: {error}", file=sys.stderr)
        return 2
    sets = [part for one in whole for part in (one, *(one.halves() if options.halves else ()))]
    engines = _present(options.engines)
    progress = Progress(sys.stderr)
    for part in sets:
        questions = part.first(options.limit) if options.limit else part
        measured = [
            measure(engine, questions, progress, misspelt=options.misspelt) for engine in engines
        ]
        progress.say()
        print(render_table(questions, measured), end="\n\n", flush=True)
    print(LEGEND)
    return 0


def _print_answers(options: argparse.Namespace) -> int:
    """Print the report of answering. Gives 0, or 2 for a file that cannot be used."""
    parts = []
    try:
        for part in _report(options):
            print(part, end="\n\n", flush=True)
            parts.append(part)
        if options.document is not None:
            put_into(options.document, "\n\n".join(parts))
    except SetError as error:
        print(f"benchmarks.quality: {error}", file=sys.stderr)
        return 2
    return 0


def _report(options: argparse.Namespace) -> Iterator[str]:
    return report(options.clapnq, options.diagram, options.model, with_ablation=options.ablation)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.quality", description=__doc__, epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a question set")
    names = ",".join(ENGINES)
    parser.add_argument(
        "--engines", type=_engines, default=names, help=f"some of {names}", metavar="NAME,…"
    )
    parser.add_argument(
        "--halves", action="store_true", help="measure each half of a set's articles by itself too"
    )
    parser.add_argument("--misspelt", action="store_true", help="ask every question misspelt too")
    parser.add_argument(
        "--limit", type=_count, metavar="N", help="ask N questions of each set, evenly spread"
    )
    about = "how the product answers the repository's short questions, collections and golden sets"
    parser.add_argument("--answers", action="store_true", help=about)
    about = "with --answers: a CLAP NQ file, whose even questions are asked too"
    parser.add_argument("--clapnq", type=Path, metavar="PATH", help=about)
    about = "with --answers: a folder with a model of sentence embeddings, for a second column"
    parser.add_argument("--model", type=Path, metavar="PATH", help=about)
    about = "with --answers: where the reliability diagram is drawn (SVG)"
    parser.add_argument("--diagram", type=Path, metavar="PATH", help=about)
    about = "with --answers: a document that the report is put into, between the marks that it has"
    parser.add_argument("--document", type=Path, metavar="PATH", help=about)
    about = "with --answers: also without each signal of ranking"
    parser.add_argument("--ablation", action="store_true", help=about)
    return parser


def _engines(text: str) -> list[type[Engine]]:
    names = text.split(",")
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(
            f"there is no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}"
        )
    return [ENGINES[name] for name in names]


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of questions")
    return int(text)


def _present(engines: Sequence[type[Engine]]) -> list[type[Engine]]:
    """Give the engines that can run here; say on standard error what keeps the others from it."""
    for engine in engines:
        if missing := engine.find_missing():
            print(f"left out: {engine.label}: {missing}", file=sys.stderr)
    return [engine for engine in engines if not engine.find_missing()]


def _read_set(path: Path) -> QuestionSet:
    return read_golden_set(path) if path.suffix in (".yaml", ".yml") else read_public_set(path)


def _read_golden_sets() -> list[QuestionSet]:
    """Read the repository's golden sets.

    Says on standard error which cannot be read. Raises SetError if none can.
    """
    found: list[QuestionSet] = []
    errors: list[SetError] = []
    for path in find_golden_sets():
        try:
            found.append(read_golden_set(path))
        except SetError as error:
            errors.append(error)
    if not found:
        raise errors[-1] if errors else SetError(Path("tests", "golden"), "holds no golden set")
    for left_out in errors:
        print(f"left out: {left_out}", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
