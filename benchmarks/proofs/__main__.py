"""The command: scenarios and tests are run, and the page of proofs is written.

Seeds are printed; a scenario with the same seed asks the same questions and throws the same dice.
"""

import argparse
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.proofs.document import render
from benchmarks.proofs.hazards import HAZARDS
from benchmarks.proofs.outcomes import Outcome
from benchmarks.proofs.processes import KINDS, Kind
from benchmarks.proofs.row_tests import Results, run_tests
from benchmarks.proofs.running import run
from benchmarks.proofs.scenario import SCALES
from benchmarks.proofs.scenarios import SCENARIOS

_HOW = """\
Written by `python -m benchmarks.proofs` (`--scale long --tests --markdown docs/proofs.md`),
with Python {python} on {system}, {cores} cores. The scale of each run, and its
seeds, stand with the scenarios; sizes are in `benchmarks/proofs/scenarios`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; give 0, or 1 if something of ours does not hold."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(arguments)
    kept = _read(options.results)
    outcomes = {_key(one): one for one in kept["outcomes"]}
    results: dict[str, Counter[str]] = kept["tests"]
    for outcome in _play_all(options):
        outcomes[_key(outcome)] = outcome
        _write(options.results, list(outcomes.values()), results)
    if options.tests:
        results = dict(run_tests((name for row in HAZARDS for name in row.tests), options.jobs))
        _write(options.results, list(outcomes.values()), results)
    if options.markdown:
        page = render(list(outcomes.values()), results, _describe())
        options.markdown.write_text(page, encoding="utf-8")
    ours = [one for one in outcomes.values() if one.kind == "ours"]
    return 0 if all(one.holds for one in ours) else 1


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(SCENARIOS)
    parser = argparse.ArgumentParser(
        "python -m benchmarks.proofs", description=__doc__, epilog=f"Scenarios: {names}"
    )
    parser.add_argument(
        "--scale", choices=SCALES, default="short", help="how large a run is (default: short)"
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
    parser.add_argument(
        "--seeds", type=_seeds, default=[1], metavar="N,…", help="one run for each (default: 1)"
    )
    about = "how many scenarios, or tests, are run at once (default: 1)"
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help=about)
    parser.add_argument("--tests", action="store_true", help="run the tests of all rows, too")
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


def _seeds(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _play_all(options: argparse.Namespace) -> Iterator[Outcome]:
    """Run all scenarios that were asked for, some at once; print each outcome, and give it."""
    names = [name for name in options.only if name not in options.without]
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=1) as pool:
        runs = [
            pool.submit(run, name, kind, options.scale, seed)
            for name in names
            for seed in options.seeds
            for kind in options.bots
        ]
        for done in as_completed(runs):
            outcome = done.result()
            print(_tell(outcome), flush=True)
            yield outcome


def _tell(outcome: Outcome) -> str:
    """Tell an outcome in a line."""
    counts = ", ".join(
        f"{getattr(outcome, name)} {name}"
        for name in ("asked", "lost", "doubled", "live", "leaked")
    )
    figures = "; ".join(f"{name}: {value}" for name, value in outcome.figures.items())
    faults = "; ".join([*(f"NOT SO: {claim}" for claim in outcome.broken), outcome.error])
    head = f"{outcome.scenario} · {outcome.kind} · seed {outcome.seed} · {counts}"
    return " · ".join(part for part in (head, figures, faults) if part)


def _key(outcome: Outcome) -> tuple[str, str, int]:
    return outcome.scenario, outcome.kind, outcome.seed


def _read(file: Path | None) -> dict[str, Any]:
    """Read what was kept, or nothing."""
    if file is None or not file.exists():
        return {"outcomes": [], "tests": {}}
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {
        "outcomes": [Outcome(**one) for one in kept["outcomes"]],
        "tests": {name: Counter(counts) for name, counts in kept["tests"].items()},
    }


def _write(file: Path | None, outcomes: Sequence[Outcome], results: Results) -> None:
    if file is not None:
        kept = {"outcomes": [asdict(one) for one in outcomes], "tests": results}
        file.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _describe() -> str:
    return _HOW.format(
        python=platform.python_version(),
        system=platform.system(),
        cores=os.cpu_count(),
    )


if __name__ == "__main__":
    sys.exit(main())
