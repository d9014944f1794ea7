"""Run the tests that the rows name, and count what passed."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.proofs import ROOT

# By file and function: how many passed, failed and were skipped.
Results = Mapping[str, "Counter[str]"]
_BAD = ("failure", "error")


def run_tests(names: Iterable[str], workers: int) -> Results:
    """Run tests, named by file below ``tests`` and function; the slow ones too."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable, "-m", "pytest", "-q", "-n", str(workers), "-m", "",
            "-o", "addopts=--strict-markers", "-o", "junit_family=xunit1",
            f"--junitxml={report}", f"--basetemp={folder}/tests",
            *sorted({f"tests/{name}" for name in names}),
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=False, stdout=sys.stderr)  # noqa: S603 (ours)
        if not report.exists():
            return {}
        return read_reports([report])


def read_reports(reports: Iterable[Path]) -> Results:
    """Read reports of pytest in the form of JUnit, each of other tests."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    trees = [ET.parse(report) for report in reports]  # noqa: S314 (pytest wrote them)
    for case in (case for tree in trees for case in tree.iter("testcase")):
        file = case.get("file", "").removeprefix("tests/")
        function = case.get("name", "").partition("[")[0]
        kinds = {part.tag for part in case}
        result = "passed"
        if kinds & set(_BAD):
            result = "failed"
        elif "skipped" in kinds:
            result = "skipped"
        found[f"{file}::{function}"][result] += 1
    return found


def count(results: Results, names: Iterable[str]) -> "Counter[str]":
    """Count what came of some tests; a name without a result counts as "missing"."""
    counts: Counter[str] = Counter()
    for name in names:
        fitting = [key for key in results if key == name or key.startswith(f"{name}::")]
        for key in fitting:
            counts += results[key]
        if not fitting:
            counts["missing"] += 1
    return counts
