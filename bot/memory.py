"""How memory is managed while much of it is taken or freed, so that nothing stands still for long.

Freed memory goes back to the system where the C library would keep it (glibc does).
"""

import ctypes
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# As a threshold of the garbage collector: it is never reached.
_NEVER = 2**31 - 1
# glibc's malloc_trim(3); None with other C libraries.
_malloc_trim: Callable[[int], int] | None
try:
    _malloc_trim = ctypes.CDLL(None).malloc_trim
except (AttributeError, OSError, TypeError):
    _malloc_trim = None


def give_back() -> None:
    """Give free memory back to the system, within a few milliseconds; without glibc, do nothing."""
    if _malloc_trim is not None:
        _malloc_trim(0)


class _Collections:
    """The garbage collector's thresholds, which hold for the whole process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._thresholds = gc.get_threshold()

    def shorten(self) -> None:
        """Begin no long collection until ``lengthen`` was called as often as this."""
        with self._lock:
            if self._users == 0:
                self._thresholds = gc.get_threshold()
                young_thresholds = self._thresholds[:2]
                gc.set_threshold(*young_thresholds, _NEVER)
            self._users += 1

    def lengthen(self) -> None:
        """Let long collections begin again, unless others still want none."""
        with self._lock:
            self._users -= 1
            if self._users == 0:
                gc.set_threshold(*self._thresholds)


_COLLECTIONS = _Collections()


@contextmanager
def without_long_collections() -> Iterator[None]:
    """Let the garbage collector look at young objects only, and never at what is made meanwhile.

    To go through a large library again and again would take a tenth of the time that reading it
    takes, and each time no other thread could do anything for tenths of a second. Several threads
    may do this at a time: long collections begin again after the last of them.
    """
    _COLLECTIONS.shorten()
    try:
        yield
    finally:
        gc.collect(1)
        gc.freeze()
        _COLLECTIONS.lengthen()
