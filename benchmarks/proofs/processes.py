"""A bot as a process: started, sampled, ended in every way."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.proofs import ROOT

Kind = Literal["ours", "plain"]
KINDS: tuple[Kind, ...] = ("ours", "plain")

# More than is ever asked: limits are measured only where a scenario says so.
ROOMY = {
    "questions_per_person": 3_600,
    "questions_per_channel": 3_600,
    "questions_per_server": 3_600,
}
_TASKS_WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process takes up.

    Kilobytes of memory, open files, connections, threads, tasks of its event loop.
    """

    memory_kb: int
    files: int
    connections: int
    threads: int
    tasks: int


@dataclass(slots=True)
class BotProcess:
    """A bot of one kind, in a folder of its own below ``folder``."""

    kind: Kind
    articles: Path
    folder: Path
    settings: dict[str, object] = field(default_factory=lambda: dict(ROOMY))
    is_watched: bool = False
    log: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    _reading: "asyncio.Task[None] | None" = None

    @property
    def config(self) -> Path:
        """The file of settings of our bot."""
        return self.folder / "config.yaml"

    @property
    def is_running(self) -> bool:
        """Whether there is a process now."""
        return self.process is not None and self.process.returncode is None

    async def launch(self, environment: dict[str, str]) -> None:
        """Start the process."""
        module = self._module()
        if self.is_watched:
            module = ["benchmarks.proofs.watched", str(self._tasks_file), *module]
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module,
            cwd=ROOT, env={**os.environ, **environment},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read_log(self.process))

    def _module(self) -> list[str]:
        if self.kind == "plain":
            return ["benchmarks.proofs.plain_bot", str(self.articles)]
        settings = {
            "knowledge": self.articles,
            "records": self.folder / "records",
            "index": self.folder / "index",
            **self.settings,
        }
        lines = [f"{name}: {value}\n" for name, value in settings.items()]
        self.config.write_text("".join(lines), encoding="utf-8")
        return ["bot", "run", "--config", str(self.config)]

    async def _read_log(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is not None:
            async for line in process.stdout:
                self.log.append(line.decode(errors="replace"))

    async def end(self, number: signal.Signals, within_s: float = 60.0) -> tuple[int, float]:
        """Send a signal, and wait until the process has ended: exit code and seconds.

        One that does not end is killed; then the code is -9.
        """
        began_s = time.monotonic()
        if self.process is None:
            return 0, 0.0
        if self.is_running:
            self.process.send_signal(number)
        try:
            await asyncio.wait_for(self.process.wait(), within_s)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        took_s = time.monotonic() - began_s
        if self._reading is not None:
            await self._reading
        return self.process.returncode or 0, took_s

    async def end_well(self) -> None:
        """End the process as a service manager does, if it still runs."""
        await self.end(signal.SIGTERM)

    @property
    def _tasks_file(self) -> Path:
        return self.folder / "tasks"

    async def sample(self) -> Sample:
        """Look at what the process takes up; a process that is not watched has 0 tasks.

        Linux alone tells it; elsewhere an OSError is raised.
        """
        if self.process is None:
            return Sample(0, 0, 0, 0, 0)
        there = Path("/proc", str(self.process.pid))
        lines = (there / "status").read_text(encoding="utf-8").splitlines()
        values = dict(line.split(":", 1) for line in lines)
        open_now = _read_links(there / "fd")
        connections = sum(target.startswith("socket:") for target in open_now)
        return Sample(
            int(values["VmRSS"].split()[0]),
            len(open_now) - connections,
            connections,
            int(values["Threads"]),
            await self._count_tasks(),
        )

    async def _count_tasks(self) -> int:
        if not self.is_watched or self.process is None:
            return 0
        self._tasks_file.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(_TASKS_WAIT_S):
            while not self._tasks_file.exists():  # noqa: ASYNC110 (another process writes it)
                await asyncio.sleep(0.01)
        return int(self._tasks_file.read_text(encoding="utf-8"))


def _read_links(folder: Path) -> list[str]:
    """Give what the links in a folder lead to, but for those that go meanwhile."""
    found = []
    for link in folder.iterdir():
        with contextlib.suppress(OSError):
            found.append(str(link.readlink()))
    return found
