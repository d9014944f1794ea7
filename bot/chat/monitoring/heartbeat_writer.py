"""Write the heartbeat file every few seconds, for as long as the event loop comes round."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from bot.heartbeat import EVERY_S, Health, remove_heartbeat, write_heartbeat

# A disk that hangs is not waited for longer at the end.
_CLOSE_S = 1.0

_log = logging.getLogger(__name__)


class HeartbeatWriter:
    """Writes a file in a thread: a disk that hangs must not hold the event loop up."""

    def __init__(self, path: Path, describe: Callable[[], Health]) -> None:
        """Write to ``path`` what ``describe`` gives."""
        self._path = path
        self._describe = describe
        self._unwritten_s = EVERY_S
        self._writing: asyncio.Future[None] | None = None

    def beat(self, step_s: float) -> None:
        """Begin to write, if it is time and the last time is over; ``step_s`` since the last."""
        self._unwritten_s += step_s
        is_writing = self._writing is not None and not self._writing.done()
        if self._unwritten_s < EVERY_S or is_writing:
            return
        self._unwritten_s = 0.0
        health = self._describe()
        loop = asyncio.get_running_loop()
        self._writing = loop.run_in_executor(None, self._write, health)

    async def close(self) -> None:
        """Remove the file: the bot has ended."""
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=_CLOSE_S)
        remove_heartbeat(self._path)

    def _write(self, health: Health) -> None:
        try:
            write_heartbeat(self._path, health)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            _log.warning("the heartbeat file can't be written: %s", reason)
