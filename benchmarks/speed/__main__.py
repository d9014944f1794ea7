"""The command: sizes and engines in, a Markdown table for each size out.

A plot shows time against size.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from benchmarks.quality.progress import Progress
from benchmarks.speed.collection import write_collection
from benchmarks.speed.engines import ENGINES
from benchmarks.speed.measure import Figures, measure_apart
from benchmarks.speed.plot import render_plot
from benchmarks.speed.tables import LEGEND, TIMES, Measured, find_median, render_table

_EPILOGUE = "bm25s and tantivy come with: pip install -e '.[bench]'"
_PLOTTED = {"median, ms": "Milliseconds a question, median", "build, s": "Seconds to build"}
_DOCUMENT = """\
# Speed, measured

`python -m benchmarks.speed {arguments}` on {machine}.

Each engine indexes the same passages in a process of its own and is asked the same {questions}
questions three times, one at a time, for 20 seconds at most. The words are those of real English
with their frequencies, some of them of a passage's topic, so that the same words stand together as
in articles; questions take two to seven of a passage's words. All but “own terms” index the terms
of `bot.search.analysis.analyzer`; PassageIndex also mends spellings, adds synonyms and reads the
best passages again; whole answers come from it, with quotations cut from articles that the passages
were put into. With meaning, 2,000 of the passages' texts are embedded, and the others have one of
their vectors. Everything was measured {rounds}.

{picture}{tables}

{legend}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and write what was asked for.

    Gives 0, or 1 if nothing could be measured.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    engines = _present(options.engines)
    measured: dict[int, Measured] = {}
    for passages in options.sizes:
        if figures := _measure_size(passages, engines, options):
            measured[passages] = figures
            print(render_table(figures, options.against), end="\n\n", flush=True)
    if not measured:
        return 1
    print(LEGEND)
    if options.plot:
        options.plot.write_text(_plot(measured), encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(_describe(measured, options, arguments), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.speed", description=__doc__, epilog=_EPILOGUE
    )
    names = ",".join(ENGINES)
    sizes = "numbers of passages; by default 1000,10000,100000"
    parser.add_argument(
        "--sizes", type=_sizes, default="1000,10000,100000", help=sizes, metavar="N,…"
    )
    parser.add_argument(
        "--engines", type=_engines, default=names, help=f"some of {names}", metavar="NAME,…"
    )
    against = "the engines that ratios are to; by default tantivy,bm25s"
    parser.add_argument(
        "--against", type=_engines, default="tantivy,bm25s", help=against, metavar="NAME,…"
    )
    parser.add_argument(
        "--questions", type=_count, default="300", help="by default 300", metavar="N"
    )
    rounds = "measure everything N times and give the medians"
    parser.add_argument("--rounds", type=_count, default="1", help=rounds, metavar="N")
    parser.add_argument(
        "--markdown", type=_file, help="write the tables with an explanation", metavar="FILE"
    )
    parser.add_argument("--plot", type=_file, help="write a plot as SVG", metavar="FILE")
    return parser


def _engines(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(
            f"there is no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}"
        )
    return names


def _sizes(text: str) -> list[int]:
    return sorted({_count(part) for part in text.split(",")})


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _file(text: str) -> Path:
    """Find out before anything is measured whether a file can stand there."""
    if not Path(text).parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {Path(text).parent}")
    return Path(text)


def _present(names: Sequence[str]) -> list[str]:
    """Give the engines that can run here; say on standard error what keeps the others from it."""
    missing = {name: ENGINES[name].find_missing() for name in names}
    for name, reason in missing.items():
        if reason:
            print(f"left out: {name}: {reason}", file=sys.stderr)
    return [name for name, reason in missing.items() if not reason]


def _measure_size(passages: int, engines: Sequence[str], options: argparse.Namespace) -> Measured:
    """Measure all engines in turn, as often as is wanted.

    One that fails or takes too long is named and left out.
    """
    progress = Progress(sys.stderr)
    measured: dict[str, list[Figures]] = {}
    for name in engines:
        most = ENGINES[name].most
        if most is not None and passages > most:
            print(f"left out: {name}: more than {most:,} passages take too long", file=sys.stderr)
        else:
            measured[name] = []
    if not measured:
        return {}
    with write_collection(passages, options.questions, progress) as collection:
        for name in [name for _ in range(options.rounds) for name in measured]:
            if name in measured:
                progress.say(f"{name} · starting")
                try:
                    measured[name].append(measure_apart(name, collection))
                except BrokenProcessPool:
                    progress.say()
                    print(
                        f"left out: {name}: its process was killed at {passages:,} passages",
                        file=sys.stderr,
                    )
                    del measured[name]
    progress.say()
    return measured


def _plot(measured: dict[int, Measured]) -> str:
    names = list(dict.fromkeys(name for figures in measured.values() for name in figures))
    panels = {
        title: {
            ENGINES[name].label: [
                (passages, find_median(figures[name], TIMES[head][0]))
                for passages, figures in measured.items()
                if name in figures
            ]
            for name in names
        }
        for head, title in _PLOTTED.items()
    }
    return render_plot(panels, [engine.label for engine in ENGINES.values()])


def _describe(
    measured: dict[int, Measured], options: argparse.Namespace, arguments: Sequence[str]
) -> str:
    """Write the whole document.

    It says how it was measured, has the picture and the tables, and says what their columns mean.
    """
    tables = [render_table(figures, options.against) for figures in measured.values()]
    picture = (
        Path(os.path.relpath(options.plot, options.markdown.parent)).as_posix()
        if options.plot
        else ""
    )
    return _DOCUMENT.format(
        arguments=" ".join(arguments),
        machine=(
            f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python "
            f"{platform.python_version()}"
        ),
        questions=options.questions,
        rounds=f"{options.rounds} times, medians are shown" if options.rounds > 1 else "once",
        picture=f"![Time against the number of passages]({picture})\n\n" if picture else "",
        tables="\n\n".join(tables),
        legend=LEGEND,
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    sys.exit(main())
