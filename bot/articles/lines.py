r"""Where the lines of a text begin and end.

A line ends at ``\n``, ``\r\n`` or ``\r`` and at nothing else.
"""

import re
from bisect import bisect_right

_NEWLINE = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a text, by 1-based number."""

    def __init__(self, text: str) -> None:
        """Find every line of ``text``; an empty text has one empty line."""
        self.text = text
        # Offsets in ``text``, one a line.
        self._starts = [0]
        self._ends = []
        for newline in _NEWLINE.finditer(text):
            self._ends.append(newline.start())
            self._starts.append(newline.end())
        self._ends.append(len(text))

    def __len__(self) -> int:
        """Count the lines."""
        return len(self._starts)

    def number(self, offset: int) -> int:
        """Give the number of the line that holds the character at ``offset``."""
        return bisect_right(self._starts, offset)

    def column(self, offset: int) -> int:
        """Give the 1-based column of ``offset`` in its line."""
        start, _ = self.span(self.number(offset))
        return offset - start + 1

    def span(self, number: int) -> tuple[int, int]:
        """Give start and end of a line, without its newline."""
        return self._starts[number - 1], self._ends[number - 1]

    def line(self, number: int) -> str:
        """Give the characters of a line, without its newline."""
        start, end = self.span(number)
        return self.text[start:end]
