"""How far a long start has come: one line of a terminal that is overwritten, or lines of a log.

In: after each file, how many are read, of how many; and the end. Out: nothing in the first half
second, nothing where standard error is no terminal, and no trace on it in the end. After the last
file, until the end, the index is made, which does not report: a thread shows how long that has been
going on. Nothing here knows articles or Discord.
"""

import sys
import threading
import time
from collections.abc import Callable
from typing import Self

from bot.texts import progress as texts

# To the start of the line, and clear it to its end (ECMA-48).
_CLEAR = "\r\x1b[K"
# Nobody needs to be told about what takes less.
_PATIENCE_S = 0.5
# Nobody can read what changes more often.
_STEP_S = 0.1
# How often the time that the index takes is shown on a terminal.
_SECOND_S = 1.0
# How often a line is logged: a log is not watched, and kept.
_LOGGED_S = 10.0

Clock = Callable[[], float]


class _Ticker:
    """A thread that reports again and again how long something has been going on."""

    def __init__(self, interval_s: float, report: Callable[[float], None], clock: Clock) -> None:
        """Call ``report`` with the seconds since the start, at this interval, until the end."""
        self._interval_s = interval_s
        self._report = report
        self._clock = clock
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        start_s = self._clock()
        while not self._has_ended.wait(self._interval_s):
            elapsed_s = self._clock() - start_s
            self._report(elapsed_s)

    def start(self) -> None:
        """Start the thread; to be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until the thread has ended; does nothing if it was not started."""
        self._has_ended.set()
        if self._thread.is_alive():
            self._thread.join()


class TerminalProgress:
    """A line on standard error, if that is a terminal, while a folder is read and indexed."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Begin to wait; ``clock`` gives seconds, and never goes back."""
        self._clock = clock
        self._stream = sys.stderr if sys.stderr.isatty() else None
        self._next_s = clock() + _PATIENCE_S
        self._is_shown = False
        self._ticker = _Ticker(_SECOND_S, self._show_seconds, clock)

    def __call__(self, done: int, total: int) -> None:
        """Show how many files are read, of how many."""
        if self._stream is None:
            return
        is_last = done == total
        if self._clock() >= self._next_s:
            self._next_s = self._clock() + _STEP_S
            text = texts.MAKING_INDEX if is_last else texts.READING(done=done, total=total)
            self._show(text)
        if is_last:
            self._ticker.start()

    def _show_seconds(self, seconds: float) -> None:
        self._show(texts.MAKING_INDEX_FOR(seconds=seconds))

    def _show(self, text: str) -> None:
        if self._stream is None:
            return
        self._is_shown = True
        self._stream.write(f"{_CLEAR}{text} …")
        self._stream.flush()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        self._ticker.stop()
        if self._stream is not None and self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


class LoggedProgress:
    """A line in the log when files begin to be read, and one every ten seconds until the end."""

    def __init__(self, log: Callable[[str], None], clock: Clock = time.monotonic) -> None:
        """Take what logs a line; ``clock`` gives seconds, and never goes back."""
        self._log = log
        self._clock = clock
        self._next_s: float | None = None
        self._ticker = _Ticker(_LOGGED_S, self._log_seconds, clock)

    def __call__(self, done: int, total: int) -> None:
        """Log how many files are read, of how many."""
        if self._next_s is None:
            noun = "file" if total == 1 else "files"
            self._log_now(f"reading {total:,} {noun} …")
        elif self._clock() >= self._next_s:
            self._log_now(f"{done:,} of {total:,} files are read")
        if done == total:
            self._ticker.start()

    def _log_now(self, line: str) -> None:
        """Log a line, and the next one after the interval."""
        self._log(line)
        self._next_s = self._clock() + _LOGGED_S

    def _log_seconds(self, seconds: float) -> None:
        self._log(f"making the index, for {seconds:.0f} s so far")

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Log nothing more."""
        self._ticker.stop()


class EmbeddingProgress:
    """A line on standard error, if that is a terminal, while texts are embedded."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Begin to wait; ``clock`` gives seconds, and never goes back."""
        self._clock = clock
        self._stream = sys.stderr if sys.stderr.isatty() else None
        self._first_s = clock() + _PATIENCE_S
        self._is_shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show how many texts are embedded, of how many."""
        if self._stream is None or self._clock() < self._first_s:
            return
        self._is_shown = True
        text = texts.EMBEDDING(done=done, total=total) if total else texts.LOADING_MODEL
        self._stream.write(f"{_CLEAR}{text} …")
        self._stream.flush()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._stream is not None and self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
