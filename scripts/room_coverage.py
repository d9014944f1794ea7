"""Run the tests of the pure rooms, and say which of their branches no test takes.

    python scripts/room_coverage.py [ARGS]

Beside the rooms of ``bot`` that know neither Discord nor an event loop, this is about what is sent
to Discord: escaping, delivery, limits. Every statement and every branch of these is taken by a test
of their own. Law tests, which draw at random, have their examples alone here, so that the result is
the same each time. ARGS go to pytest.

Exit codes are those of pytest: 0 where nothing is missing, 1 where a test fails or a branch is
missing. Without the packages of requirements-semantic.txt much of ``bot/embeddings`` is.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("answers", "articles", "embeddings", "evaluation", "quotations", "search", "texts")
MODULES = (
    "chat.delivery",
    "chat.request_gate",
    "chat.retry",
    "chat.state.channel_turns",
    "chat.state.discord_time",
    "chat.state.rate_limits",
    "chat.state.told_waits",
    "chat.ui.escape",
    "chat.ui.links",
)
TESTS = (
    *(f"tests/{room}" for room in ROOMS),
    "tests/editing",
    "tests/test_editor_links.py",
    "tests/chat/test_delivery.py",
    "tests/chat/test_request_gate.py",
    "tests/chat/test_retry.py",
    "tests/chat/state/test_channel_turns.py",
    "tests/chat/state/test_discord_time.py",
    "tests/chat/state/test_rate_limits.py",
    "tests/chat/state/test_told_waits.py",
    "tests/chat/ui",
)
# Tests of growth and of much of the same take long, and take no branch that others don't.
LONG = (
    "five_thousand",
    "grows",
    "hostile_texts",
    "hundred_thousand",
    "in_proportion",
    "inert",
    "linear",
    "long_run",
    "many_columns",
    "megabyte",
    "million_characters",
    "short_lines",
)


def main() -> int:
    """Run the tests under coverage; give pytest's exit code."""
    measured = [f"--cov=bot.{name}" for name in (*ROOMS, *MODULES)]
    chosen = " and ".join(f"not {words}" for words in LONG)
    command = [sys.executable, "-m", "pytest", *TESTS, *measured, "-k", chosen]
    command += ["--cov-report=term-missing:skip-covered", "--cov-fail-under=100"]
    command += ["--hypothesis-profile=examples", "-p", "no:randomly", "-q", *sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COVERAGE_FILE": f"{folder}/coverage"}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603 (ours)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
