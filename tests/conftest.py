"""What all tests share."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from postgres_server import PostgresServer, running_server, why_missing

# Hundreds of bots are started: without this, each would compile the program anew, and each run its
# tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# What `bot.cli` sets before it imports NumPy; it also holds where that is imported first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Some tests import onnxruntime before the program does, which switches this off.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# No test depends on how fast a machine is. Twenty-five examples, other ones in each run, find in some
# runs what a hundred find in one.
settings.register_profile(
    "any machine",
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)
# Many, and the same in each run, for tests/test_laws.py: who repeats the proof sees the same.
settings.register_profile(
    "thorough", settings.get_profile("any machine"), max_examples=150, derandomize=True
)
# The examples alone, for scripts/room_coverage.py.
settings.register_profile("examples", phases=[Phase.explicit], deadline=None)
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Keep thousands of collected tests out of every later collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for all tests that need one."""
    why = why_missing()
    if why:
        pytest.skip(why)
    with running_server() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """Run a server that only this test uses, and may end."""
    why = why_missing()
    if why:
        pytest.skip(why)
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Say where records are kept: in a folder, or at the address of a new PostgreSQL database."""
    if request.param == "sqlite":
        return tmp_path
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.make_database()
