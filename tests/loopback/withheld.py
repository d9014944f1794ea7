"""How much time the machine withholds from a bot and from this server.

On a busy machine a process may be ready to go on and get no processor, for seconds. Discord's three
seconds pass all the same, and nothing that a bot does helps. Linux tells of each thread how long it
has waited so; of this server it is told by how late it wakes up.
"""

import asyncio
import contextlib
from pathlib import Path

from loopback.clock import Clock

PROCESSES = Path("/proc")
_EVERY_S = 0.1
# To wake up so little later is usual.
_USUAL_S = 0.01


class Waits:
    """How long the threads of some processes have waited for a processor."""

    def __init__(self, processes: Path = PROCESSES) -> None:
        self._processes = processes
        self._ids: list[int] = []
        self._before: dict[Path, float] = {}

    def watch(self, process_id: int) -> None:
        """Watch one more process."""
        self._ids.append(process_id)
        self.take()

    def take(self) -> float:
        """Give how many seconds that thread has waited since the last time which waited longest.

        Where nothing tells, it is none.
        """
        now = {file: _read_wait(file) for one in self._ids for file in self._list(one)}
        longest = max((now[file] - self._before.get(file, 0.0) for file in now), default=0.0)
        self._before = now
        return longest

    def _list(self, process_id: int) -> list[Path]:
        tasks = self._processes / str(process_id) / "task"
        return list(tasks.glob("*/schedstat"))


def _read_wait(file: Path) -> float:
    """Read how many seconds a thread has waited in all: the second number, in nanoseconds."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(file.read_text("ascii").split()[1]) / 1e9
    return 0.0


async def measure(clock: Clock, waits: Waits) -> None:
    """Tell the clock what is withheld, until this is cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        began_s = loop.time()
        await asyncio.sleep(_EVERY_S)
        passed_s = loop.time() - began_s
        late_s = passed_s - _EVERY_S - _USUAL_S
        clock.withhold(min(passed_s, max(late_s, waits.take(), 0.0)))
