"""What is being done now, in one line that is overwritten.

It is written only where somebody is looking at a terminal.
"""

from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

_CLEAR = "\r\x1b[K"
_STEP = 50

Item = TypeVar("Item")


class Progress:
    """A line on a terminal; silent on anything else."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``, usually standard error."""
        self._stream = stream if stream.isatty() else None

    def say(self, text: str = "") -> None:
        """Show ``text`` in place of what was shown before."""
        if self._stream is not None:
            self._stream.write(_CLEAR + text)
            self._stream.flush()

    def through(self, items: Sequence[Item], text: str) -> Iterator[Item]:
        """Give the items in order, showing how many of them are done."""
        for done, item in enumerate(items):
            if done % _STEP == 0:
                self.say(f"{text} {done}/{len(items)}")
            yield item
