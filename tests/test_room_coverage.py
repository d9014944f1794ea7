"""Every branch of the pure rooms, and of what is sent to Discord, is taken by a test."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from room_coverage import MODULES, ROOMS

ROOT = Path(__file__).parent.parent


def test_the_pure_rooms_are_all_measured() -> None:
    """Those that import-linter keeps pure, and the texts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (pure,) = [one for one in contracts if one["name"].endswith("are pure")]
    assert {f"bot.{room}" for room in ROOMS} == {*pure["source_modules"], "bot.texts"}
    for module in MODULES:
        assert (ROOT / "bot" / f"{module.replace('.', '/')}.py").is_file()


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_no_branch_is_missing() -> None:
    """What is missing stands in the output."""
    pytest.importorskip("onnxruntime", reason="requirements-semantic.txt is not installed")
    program = [sys.executable, "scripts/room_coverage.py"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:]
