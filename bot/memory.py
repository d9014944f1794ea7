"""Memory that was freed, back to the system, where the C library would keep it (glibc does)."""

import ctypes
from collections.abc import Callable

_trim: Callable[[int], int] | None
try:
    _trim = ctypes.CDLL(None).malloc_trim
except (AttributeError, OSError, TypeError):
    _trim = None


def give_back() -> None:
    """Give back what is free, within a few milliseconds; elsewhere than with glibc nothing is done."""
    if _trim is not None:
        _trim(0)
