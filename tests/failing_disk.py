"""A disk on which the N-th operation fails, once or from then on; or is the last of its process.

The functions of ``os`` by which the program reaches the disk are counted while a ``Disk`` is in
force. Nothing of the program is replaced.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

COUNTED = (
    "open", "fdopen", "stat", "lstat", "fstat", "scandir", "listdir", "mkdir", "replace", "unlink",
    "fsync", "sync",
)  # fmt: skip


class _File:
    """An open file whose reads and writes are counted too."""

    def __init__(self, file: Any, count: Callable[[], None]) -> None:
        self._file = file
        self._count = count

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, *arguments: int) -> Any:
        """Read, if the disk does."""
        self._count()
        return self._file.read(*arguments)

    def write(self, content: Any) -> Any:
        """Write, if the disk does; what fails leaves half of it there."""
        try:
            self._count()
        except Exception:
            self._file.write(content[: len(content) // 2])
            raise
        return self._file.write(content)


@dataclass
class Disk:
    """Counts operations; the ``failing``-th, counted from 1, raises what ``fault`` makes, and so do
    all after it if it is broken ``for_ever``.
    """

    failing: int = 0
    for_ever: bool = False
    fault: Callable[[], BaseException] = lambda: OSError(errno.EIO, os.strerror(errno.EIO))
    operations: int = 0

    def count(self) -> None:
        """Count an operation; raise where it fails."""
        self.operations += 1
        is_late = self.for_ever and 0 < self.failing < self.operations
        if self.operations == self.failing or is_late:
            raise self.fault()

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Let all operations be counted. What waits for the disk does not: that takes long."""
        with pytest.MonkeyPatch.context() as patch:
            for name in COUNTED:
                patch.setattr(os, name, self._counting(name, getattr(os, name)))
            yield

    def _counting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.count()
            if name in ("fsync", "sync"):
                return None
            result = function(*arguments, **named)
            return _File(result, self.count) if name == "fdopen" else result

        return call

    @property
    def has_failed(self) -> bool:
        """Whether the operation was reached."""
        return 0 < self.failing <= self.operations
