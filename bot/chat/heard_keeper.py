"""Keep over a restart up to when the bot has missed nothing, and of whom it heard directly.

In: what was heard last, and its file. Out: the file, every few seconds in which something came. A
file that can't be written is told once; then more is read after a restart, and direct messages that
came meanwhile are not found.
"""

import asyncio
import contextlib
import logging

from bot.chat.state.ids import id_at, time_of
from bot.chat.state.last_heard import HeardByShard
from bot.records.heard import Heard, HeardFile

_log = logging.getLogger(__name__)

# What came within these seconds before a kill is looked at again.
_EVERY_S = 5.0
# Who wrote directly so long before that may write again while there is no bot.
_DIRECT_S = 600.0


class HeardKeeper:
    """Reads the file at the start of the program, and writes it until its end."""

    def __init__(self, last_heard: HeardByShard, file: HeardFile) -> None:
        """Write nothing yet."""
        self._last_heard = last_heard
        self._file = file
        # What the file says, as far as it was written here: nothing was heard.
        self._written: Heard = time_of(0), []
        self._is_told = False

    async def restore(self) -> None:
        """Take over what an earlier run of the program had heard."""
        time_s, direct = await asyncio.to_thread(self._file.read)
        self._last_heard.restore(time_s, direct)

    async def keep(self) -> None:
        """Write down what is heard, until this is cancelled; then once more."""
        try:
            while True:
                direct = self._last_heard.direct
                # A conversation that is new must not be lost.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_EVERY_S):
                        await direct.has_new_direct.wait()
                await self._write()
        finally:
            await self._write()

    async def _write(self) -> None:
        direct = self._last_heard.direct
        direct.has_new_direct.clear()
        complete_s = time_of(self._last_heard.complete_to)
        heard = complete_s, direct.recent_direct(id_at(complete_s - _DIRECT_S))
        if heard == self._written:
            return
        try:
            await asyncio.to_thread(self._file.write, *heard)
        except OSError as error:
            if not self._is_told:
                _log.warning("what was heard last can't be kept: %s", error.strerror)
            self._is_told = True
        else:
            self._written = heard
