"""Run a module unmodified, and write on demand what only its own process knows.

``python -m benchmarks.proofs.watched FILE MODULE [ARGUMENT …]``: at every SIGUSR1 the number of
tasks of the event loop is written into FILE.
"""

import asyncio
import contextlib
import os
import runpy
import signal
import sys
from pathlib import Path
from types import FrameType


def main() -> None:
    """Run the module that the command line names, as ``python -m`` does."""
    file = Path(sys.argv[1])

    def count_tasks(_: int, __: FrameType | None) -> None:
        # Between two loops, at the start and at the end, there is nothing to be counted.
        with contextlib.suppress(RuntimeError):
            aside = file.with_suffix(".new")
            aside.write_text(str(len(asyncio.all_tasks())), encoding="utf-8")
            os.replace(aside, file)  # noqa: PTH105 (as in a signal handler: plainly)

    signal.signal(signal.SIGUSR1, count_tasks)
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
