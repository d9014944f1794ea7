"""Laws hold for as many examples as several runs of the fast suite draw together."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_laws_hold_for_many_examples() -> None:
    """Every test that draws its examples, but for those that say themselves how many."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "hypothesis and not slow"]
    done = subprocess.run(
        [*command, "--hypothesis-profile=thorough", "tests"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-20_000:]
