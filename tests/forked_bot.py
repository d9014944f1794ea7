"""The program as a process of its own that does not import and read anew what all have in common.

That is most of what a start costs, and tests start hundreds of bots. One process (multiprocessing's
fork server) does it and nothing else; each bot is a fork of it.
"""

import asyncio
import atexit
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest.mock import patch

from bot.cli import main

# Beside this module: what the fork server imports.
_WARM = "warm_program"

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload([_WARM])


class ForkedBot:
    """A running command of the program: as much of ``asyncio.subprocess.Process`` as is used.

    Attributes:
        pid: The id of its process.
        stderr: What it writes to its standard error.
        returncode: Its exit code, or the negative number of the signal that ended it, or None.

    """

    def __init__(self, process: ForkServerProcess, stderr: asyncio.StreamReader) -> None:
        """Take a process that was started, and notice when it ends."""
        assert process.pid is not None
        self.pid = process.pid
        self.stderr = stderr
        self.returncode: int | None = None
        self._process = process
        self._has_ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._note_end)

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._has_ended.set()

    async def wait(self) -> int:
        """Wait until it has ended; give its exit code."""
        await self._has_ended.wait()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def _begin_server() -> None:
    """Start the fork server, unless it runs, where it finds the modules beside this one."""
    # Python 3.11 does not tell it where this process looks for modules.
    with patch.dict(os.environ, PYTHONPATH=str(Path(__file__).parent)):
        forkserver.ensure_running()


async def fork_bot(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> ForkedBot:
    """Start a command of the program in a folder, with these variables and no others."""
    _begin_server()
    reader, writer = _forking.Pipe(duplex=False)
    with reader, writer:
        process = _forking.Process(
            target=_run, args=(arguments, folder, dict(environment), writer), daemon=True
        )
        # The first start waits for the modules, while Discord's loopback has to answer others.
        await asyncio.to_thread(process.start)
        file = os.fdopen(os.dup(reader.fileno()), "rb")
    stderr = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stderr), file
    )
    return ForkedBot(process, stderr)


def _run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stderr: Connection
) -> None:
    """Be the program, in the new process."""
    with stderr:
        os.dup2(stderr.fileno(), 2)
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115 (it stays open)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    try:
        sys.exit(main(arguments))
    finally:
        # The fork server ends its processes without what is to be done at the exit.
        atexit._run_exitfuncs()  # noqa: SLF001 (nothing public does)
