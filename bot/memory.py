"""Memory that was freed goes back to the system, where the C library would keep it (glibc does)."""

import ctypes
from collections.abc import Callable

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
