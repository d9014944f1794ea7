"""Tell whether the tests are steady: run all of them again and again, alone and beside busy
processors.

    python tests/steady.py [--alone N] [--busy N] [arguments of pytest ...]

First N times (10) with nothing else going on, then N times (5) beside an endless loop for each
processor; each time in another order. After each run comes one line: the seed of its order, how it
went, how long it took, and what failed. ``python -m pytest --randomly-seed=SEED`` has the same
order again. Exits with 1 if a run failed.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


@contextmanager
def busy_processors(count: int) -> Iterator[None]:
    """Keep so many processors busy."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def run_all(seed: int, arguments: Sequence[str]) -> tuple[bool, str]:
    """Run the tests in the order of a seed; tell whether all passed, and the summary with what
    failed.
    """
    command = [sys.executable, "-m", "pytest", "-q", f"--randomly-seed={seed}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if re.match(r"FAILED|ERROR", line)]
    last = done.stdout.strip().rpartition("\n")[2] or done.stderr.strip()
    return done.returncode == 0, "\n    ".join([last, *lines])


def main() -> int:
    """Run what was asked for, and print a line for each run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--alone", type=int, default=10, metavar="N")
    parser.add_argument("--busy", type=int, default=5, metavar="N")
    options, arguments = parser.parse_known_args()
    failed = 0
    for number in range(options.alone + options.busy):
        loops = 0 if number < options.alone else os.cpu_count() or 1
        seed = random.SystemRandom().randrange(2**32)
        began_s = time.monotonic()
        with busy_processors(loops):
            passed, summary = run_all(seed, arguments)
        failed += not passed
        beside = f"beside {loops} loops" if loops else "alone"
        took = f"{time.monotonic() - began_s:.0f} s"
        print(
            (
                f"{number + 1}. seed {seed}, {beside}, {took}: "
                f"{'passed' if passed else 'FAILED'}: {summary}"
            ),
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
