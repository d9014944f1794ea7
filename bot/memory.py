"""How memory is managed while much of it is taken or freed, so that nothing stands still for long.

Freed memory goes back to the system where the C library would keep it (glibc does).
"""

import ctypes
import gc
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


@contextmanager
def without_long_collections() -> Iterator[None]:
    """Let the garbage collector look at young objects only, and never at what is made meanwhile.

    To go through a large library again and again would take a tenth of the time that reading it
    takes, and each time no other thread could do anything for tenths of a second. Only one thread
    at a time may do this, because it is set for the whole process.
    """
    thresholds = gc.get_threshold()
    young_thresholds = thresholds[:2]
    gc.set_threshold(*young_thresholds, _NEVER)
    try:
        yield
    finally:
        gc.collect(1)
        gc.freeze()
        gc.set_threshold(*thresholds)
