"""How far a long start has come, for who waits for it: one line on a terminal that is overwritten, or lines of a log.

In: how many files are read, of how many, after each; the end. Out: nothing in the first half second, nothing where
standard error is no terminal, and no trace on it in the end. After the last file, until the end, the index is made,
which tells nothing of itself: a thread shows how long it has been going on. It knows neither articles nor Discord.
"""

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

_CLEAR = "\r\x1b[K"
# Less than that nobody notices; more often nobody can read; so often a second hand moves; so often a log is looked at.
_PATIENCE_S, _STEP_S, _SECOND_S, _LOGGED_S = 0.5, 0.1, 1.0, 10.0


class _Watch:
    """A thread that tells again and again how long something has been going on, from the start to the end."""

    def __init__(
        self, every_s: float, tell: Callable[[float], None], clock: Callable[[], float]
    ) -> None:
        """Take how often is told, what takes the seconds, and the clock that they are told by."""
        self._every_s = every_s
        self._tell = tell
        self._clock = clock
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        began_s = self._clock()
        while not self._has_ended.wait(self._every_s):
            self._tell(self._clock() - began_s)

    def start(self) -> None:
        """Begin; to be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more; if it was not begun, nothing happens."""
        self._has_ended.set()
        if self._thread.is_alive():
            self._thread.join()


class TerminalProgress:
    """A line on standard error while files are read and the index is made, if that is a terminal."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to wait; ``clock`` gives seconds, and never goes back."""
        self._clock = clock
        self._stream = sys.stderr if sys.stderr.isatty() else None
        self._next_s = clock() + _PATIENCE_S
        self._is_shown = False
        self._watch = _Watch(
            _SECOND_S, lambda seconds: self._show(f"Making the index, {seconds:.0f} s"), clock
        )

    def __call__(self, done: int, everything: int) -> None:
        """Show how many files are read, of how many."""
        if self._stream is None:
            return
        if self._clock() >= self._next_s:
            self._next_s = self._clock() + _STEP_S
            self._show(
                f"Reading {done:,} of {everything:,} files"
                if done < everything
                else "Making the index"
            )
        if done == everything:
            self._watch.start()

    def _show(self, what: str) -> None:
        if self._stream is not None:
            self._is_shown = True
            self._stream.write(f"{_CLEAR}{what} …")
            self._stream.flush()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._watch.stop()
        if self._stream is not None and self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


class LoggedProgress:
    """A line in the log when files begin to be read, and one every ten seconds until the index is made."""

    def __init__(
        self, log: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what logs a line; ``clock`` gives seconds, and never goes back."""
        self._log = log
        self._clock = clock
        self._next_s: float | None = None
        self._watch = _Watch(
            _LOGGED_S, lambda seconds: log(f"making the index, for {seconds:.0f} s so far"), clock
        )

    def __call__(self, done: int, everything: int) -> None:
        """Log how many files are read, of how many."""
        if self._next_s is None:
            self._log(f"reading {everything:,} file{'' if everything == 1 else 's'} …")
            self._next_s = self._clock() + _LOGGED_S
        elif self._clock() >= self._next_s:
            self._log(f"{done:,} of {everything:,} files are read")
            self._next_s = self._clock() + _LOGGED_S
        if done == everything:
            self._watch.start()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Log nothing more."""
        self._watch.stop()
