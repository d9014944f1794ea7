"""How far a long reading has come, for who waits for it: one line on a terminal that is overwritten, or lines of a log.

In: how many files are read, of how many, after each. Out: nothing in the first half second, nothing where standard
error is no terminal, and no trace once all is read. It knows neither articles nor Discord.
"""

import sys
import time
from collections.abc import Callable
from types import TracebackType

_CLEAR = "\r\x1b[K"
# Less than that nobody notices; more often nobody can read; so often a log is looked at.
_PATIENCE_S, _STEP_S, _LOGGED_S = 0.5, 0.1, 10.0


class TerminalProgress:
    """A line on standard error while files are read, if that is a terminal."""

    def __init__(self) -> None:
        """Begin to wait."""
        self._stream = sys.stderr if sys.stderr.isatty() else None
        self._next_s = time.monotonic() + _PATIENCE_S
        self._is_shown = False

    def __call__(self, done: int, everything: int) -> None:
        """Show how many files are read, of how many."""
        if self._stream is None or time.monotonic() < self._next_s:
            return
        self._next_s = time.monotonic() + _STEP_S
        self._is_shown = True
        what = f"Reading {done:,} of {everything:,} files" if done < everything else "Making the index"
        self._stream.write(f"{_CLEAR}{what} …")
        self._stream.flush()

    def __enter__(self) -> "TerminalProgress":
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._stream is not None and self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


class LoggedProgress:
    """A line in the log when files begin to be read, and one every ten seconds."""

    def __init__(self, log: Callable[[str], None]) -> None:
        """Take what logs a line."""
        self._log = log
        self._next_s = 0.0

    def __call__(self, done: int, everything: int) -> None:
        """Log how many files are read, of how many."""
        if not self._next_s:
            self._log(f"reading {everything:,} file{'' if everything == 1 else 's'} …")
        elif time.monotonic() >= self._next_s:
            self._log(f"{done:,} of {everything:,} files are read")
        else:
            return
        self._next_s = time.monotonic() + _LOGGED_S
