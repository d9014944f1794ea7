"""Who has the records open, so that nobody exchanges them under a running bot.

In: the folder of the records. Out: a lock on the folder itself, shared by all bots that use them,
or held by one program alone. The system gives it back when a process ends, however it ends. Where
the system or the disk knows no such locks (Windows, some network disks), nothing is held.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from bot.records.model import RecordsError
from bot.texts import records as texts

try:
    import fcntl
except ImportError:  # Windows
    _IS_KNOWN = False
else:
    _IS_KNOWN = True


class SharedLock:
    """Tells other programs that the records are open, until it is closed."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises RecordsError where a program has the records for itself."""
        self._descriptor = _lock(folder, alone=False)

    def close(self) -> None:
        """Give the lock back; to close twice is to close once."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@contextlib.contextmanager
def hold_alone(folder: Path) -> Iterator[None]:
    """Have the records for oneself. Raises RecordsError where a bot has them open."""
    descriptor = _lock(folder, alone=True)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock(folder: Path, *, alone: bool) -> int | None:
    """Lock a folder and return its descriptor; None where that can't be done."""
    if not _IS_KNOWN:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise RecordsError(folder, texts.OPEN_ELSEWHERE, texts.OPEN_ELSEWHERE_HINT) from None
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
