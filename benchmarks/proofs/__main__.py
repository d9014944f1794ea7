"""The command: scenarios and tests are run, and the page of proofs is written.

Seeds are printed; a scenario with the same seed asks the same questions and throws the same dice.
The page says by which command it was made; where counts were kept from run to run, by which ones.
"""

import argparse
import json
import os
import platform
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.proofs.document import group_outcomes, render
from benchmarks.proofs.hazards import HAZARDS
from benchmarks.proofs.outcomes import Outcome
from benchmarks.proofs.processes import KINDS, Kind
from benchmarks.proofs.row_tests import Results, read_reports, run_tests
from benchmarks.proofs.running import run
from benchmarks.proofs.scenario import SCALES, ScaleName
from benchmarks.proofs.scenarios import SCENARIOS

_HOW = """\
This page was written by

```sh
{commands}
```

with Python {python} on {system}, {cores} cores. The scale of each run, and its seeds, stand with
the scenarios; sizes are in `benchmarks/proofs/scenarios`."""
_COUNTED = ("asked", "lost", "doubled", "live", "leaked")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; give 0, or 1 if something of ours does not hold."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(arguments)
    kept = _read(options.results)
    kept.commands = [*kept.commands, _name_command(arguments)]
    for outcome in _play_all(options):
        kept.outcomes[_key(outcome)] = outcome
        _write(options.results, kept)
    for line in _tell_sums(list(kept.outcomes.values())):
        print(line, flush=True)
    if options.tests:
        names = (name for row in HAZARDS for name in row.tests)
        kept.results = run_tests(names, options.jobs)
    if options.reports:
        kept.results = read_reports(options.reports)
    if options.tests or options.reports:
        _write(options.results, kept)
    if options.markdown:
        page = render(list(kept.outcomes.values()), kept.results, _describe(kept.commands))
        options.markdown.write_text(page, encoding="utf-8")
    ours = [one for one in kept.outcomes.values() if one.kind == "ours"]
    return 0 if all(one.holds for one in ours) else 1


_Key = tuple[str, Kind, str, int]


@dataclass(slots=True)
class _Kept:
    """The commands by which everything was made, the outcomes, and what came of the tests."""

    commands: list[str] = field(default_factory=list)
    outcomes: dict[_Key, Outcome] = field(default_factory=dict)
    results: Results = field(default_factory=dict)


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(SCENARIOS)
    parser = argparse.ArgumentParser(
        "python -m benchmarks.proofs", description=__doc__, epilog=f"Scenarios: {names}"
    )
    parser.add_argument(
        "--scale",
        type=_scales,
        default=["short"],
        metavar="NAME,…",
        help="how large a run is: short (the default), long, or both",
    )
    parser.add_argument(
        "--only", type=_names, default=list(SCENARIOS), metavar="NAME,…", help="some scenarios"
    )
    parser.add_argument(
        "--without", type=_names, default=[], metavar="NAME,…", help="leave scenarios out"
    )
    parser.add_argument(
        "--bots", type=_kinds, default=list(KINDS), metavar="NAME,…", help="ours, plain or both"
    )
    seeds = parser.add_mutually_exclusive_group()
    seeds.add_argument(
        "--seeds", type=int, default=1, metavar="COUNT", help="one run for each seed from 1 on"
    )
    about = "these seeds alone, to repeat a run"
    seeds.add_argument("--seed", type=_numbers, metavar="N,…", help=about)
    about = "how many scenarios, or tests, are run at once (default: 1)"
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help=about)
    tests = parser.add_mutually_exclusive_group()
    tests.add_argument("--tests", action="store_true", help="run the tests of all rows, too")
    about = "take what came of the tests from reports of pytest (xunit1) instead"
    tests.add_argument("--reports", type=_paths, metavar="FILE,…", help=about)
    about = "keep the counts here, and add to those that are kept here"
    parser.add_argument("--results", type=Path, metavar="FILE", help=about)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the page")
    return parser


def _names(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    if unknown := [name for name in names if name not in SCENARIOS]:
        raise argparse.ArgumentTypeError(f"there is no scenario {', '.join(unknown)}")
    return names


def _kinds(text: str) -> list[Kind]:
    found = [kind for kind in KINDS if kind in text.split(",")]
    if not found:
        raise argparse.ArgumentTypeError(f"bots are {', '.join(KINDS)}")
    return found


def _scales(text: str) -> list[ScaleName]:
    found = [scale for scale in SCALES if scale in text.split(",")]
    if not found:
        raise argparse.ArgumentTypeError(f"scales are {', '.join(SCALES)}")
    return found


def _paths(text: str) -> list[Path]:
    return [Path(part) for part in text.split(",")]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _name_command(arguments: Sequence[str]) -> str:
    """Name the command with its arguments, but for where it keeps its counts."""
    named = list(arguments)
    if "--results" in named:
        place = named.index("--results")
        del named[place : place + 2]
    return shlex.join(["python", "-m", "benchmarks.proofs", *named])


def _play_all(options: argparse.Namespace) -> Iterator[Outcome]:
    """Run all scenarios that were asked for, some at once; print each outcome, and give it."""
    names = [name for name in options.only if name not in options.without]
    seeds = options.seed or range(1, options.seeds + 1)
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=1) as pool:
        runs = [
            pool.submit(run, name, kind, scale, seed)
            for name in names
            for scale in options.scale
            for seed in seeds
            for kind in options.bots
        ]
        for done in as_completed(runs):
            outcome = done.result()
            print(_tell(outcome), flush=True)
            yield outcome


def _tell(outcome: Outcome) -> str:
    """Tell an outcome in a line."""
    counts = _tell_counts([outcome])
    figures = "; ".join(f"{name}: {value}" for name, value in outcome.figures.items())
    faults = "; ".join([*(f"NOT SO: {claim}" for claim in outcome.broken), outcome.error])
    what = f"{outcome.scenario} · {outcome.kind} · {outcome.scale}"
    head = f"{what} · seed {outcome.seed} · {counts}"
    return " · ".join(part for part in (head, figures, faults) if part)


def _tell_counts(outcomes: Sequence[Outcome]) -> str:
    sums = {name: sum(getattr(one, name) for one in outcomes) for name in _COUNTED}
    return ", ".join(f"{count:,} {name}" for name, count in sums.items())


def _tell_sums(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Tell in a line each what the runs of a scenario with different seeds come to."""
    for (name, kind, scale), group in group_outcomes(outcomes).items():
        seeds = ", ".join(str(one.seed) for one in group)
        yield f"sum: {name} · {kind} · {scale} · seeds {seeds} · {_tell_counts(group)}"
    for kind in KINDS:
        of_kind = [one for one in outcomes if one.kind == kind]
        if of_kind:
            yield f"sum: {kind} · {len(of_kind)} runs · {_tell_counts(of_kind)}"


def _key(outcome: Outcome) -> _Key:
    return outcome.scenario, outcome.kind, outcome.scale, outcome.seed


def _read(file: Path | None) -> _Kept:
    """Read what was kept, or nothing."""
    if file is None or not file.exists():
        return _Kept()
    kept = json.loads(file.read_text(encoding="utf-8"))
    outcomes = [Outcome(**one) for one in kept["outcomes"]]
    results = {name: Counter(counts) for name, counts in kept["tests"].items()}
    return _Kept(kept["commands"], {_key(one): one for one in outcomes}, results)


def _write(file: Path | None, kept: _Kept) -> None:
    if file is not None:
        outcomes = [asdict(one) for one in kept.outcomes.values()]
        content = {"commands": kept.commands, "outcomes": outcomes, "tests": kept.results}
        file.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _describe(commands: Sequence[str]) -> str:
    return _HOW.format(
        commands="\n".join(dict.fromkeys(commands)),
        python=platform.python_version(),
        system=platform.system(),
        cores=os.cpu_count(),
    )


if __name__ == "__main__":
    sys.exit(main())
