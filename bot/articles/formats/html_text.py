"""Pieces of an HTML text into what is read, with the way back to the source.

In: texts, blanks and links in their order. Out: runs of text as a browser shows them: blanks are
one, references are decoded, and for each character it is known where it stands in the source.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.articles.formats.html_references import read_reference
from bot.articles.model import Link

# Characters that no browser shows: they say where a word may be divided, or nothing at all.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_PIECE = re.compile(rf"\s+|[^\s&{_UNSEEN}]+|&")
_NEWLINE = re.compile(r"\r\n|\r|\n")

# Units, after which a raised number is a power, have fewer.
_LETTERS_OF_WORD = 4

Place = tuple[int, int]


class Run(NamedTuple):
    """A text as it reads, without blanks at its ends: ``plain[i]`` stands at ``places[i]``."""

    plain: str
    places: Sequence[Place]
    links: tuple[Link, ...] = ()

    @property
    def start(self) -> int:
        """Where the text begins in the source."""
        return self.places[0][0]

    @property
    def end(self) -> int:
        """Where the text ends in the source."""
        return self.places[-1][1]

    def lines(self) -> Iterator["Run"]:
        """Give the lines of a text whose blanks were kept, with their blanks."""
        start = 0
        for newline in _NEWLINE.finditer(self.plain):
            yield Run(self.plain[start : newline.start()], self.places[start : newline.start()])
            start = newline.end()
        yield Run(self.plain[start:], self.places[start:])

    def strip(self) -> "Run":
        """Take blanks off both ends of a text without links."""
        start = len(self.plain) - len(self.plain.lstrip())
        end = len(self.plain.rstrip())
        return Run(self.plain[start:end], self.places[start:end])


class TextBuffer:
    """What was read since the last run was taken."""

    def __init__(self, source: str) -> None:
        """Read pieces of ``source``."""
        self._source = source
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._ends_blank = True  # a run does not begin with a blank
        self._links: list[Link] = []
        self._address = ""
        self._link_start = 0

    def add(self, start: int, end: int, *, is_raw: bool = False, is_code: bool = False) -> None:
        """Add ``source[start:end]``. Raw is what holds no references; code keeps its blanks."""
        position = start
        while True:
            piece = _PIECE.search(self._source, position, end)
            if piece is None:
                return
            position = piece.end()
            if piece[0] == "&":
                position = self._add_reference(piece.start(), end, is_raw=is_raw)
            elif is_code or not piece[0][0].isspace():
                self._keep(piece[0], piece.start())
            else:
                self.add_blank(piece.start(), position)

    def add_blank(self, start: int, end: int, blank: str = " ") -> None:
        """Add a blank or newline for ``source[start:end]``; of several blanks one is kept."""
        if blank == " " and self._ends_blank:
            return
        self._pieces.append(blank)
        self._places.append((start, end))
        self._ends_blank = True

    @property
    def ends_word(self) -> bool:
        """Whether what was added ends with a word of several letters."""
        tail = self._pieces[-1][-_LETTERS_OF_WORD:] if self._pieces else ""
        return len(tail) == _LETTERS_OF_WORD and tail.isalpha()

    def begin_link(self, address: str) -> None:
        """Begin a link, and end the one before; "" begins none."""
        self.end_link()
        self._address = address
        self._link_start = len(self._places)

    def end_link(self) -> None:
        """End the link, if there is one."""
        end = len(self._places)
        if self._address and end > self._link_start:
            self._links.append(Link(self._link_start, end, self._address))
        self._address = ""

    def take(self) -> Run | None:
        """Give what was added, and begin anew; None where nothing of it can be seen."""
        address = self._address
        self.end_link()
        run = self._make_run()
        self._pieces = []
        self._places = []
        self._links = []
        self._ends_blank = True
        self.begin_link(address)
        return run

    def _make_run(self) -> Run | None:
        plain = "".join(self._pieces)
        length = len(plain.rstrip())
        if not length:
            return None
        links = [
            Link(link.start, min(link.end, length), link.address)
            for link in self._links
            if link.start < length
        ]
        return Run(plain[:length], self._places[:length], tuple(links))

    def _keep(self, text: str, start: int) -> None:
        """Keep characters that stand in the source one after the other."""
        end = start + len(text)
        self._pieces.append(text)
        self._places += zip(range(start, end), range(start + 1, end + 1), strict=True)
        self._ends_blank = text[-1].isspace()

    def _add_reference(self, start: int, end: int, *, is_raw: bool) -> int:
        """Add the reference at ``start``, or the "&" alone; give where it ends."""
        reference = None if is_raw else read_reference(self._source, start, end)
        if reference is None:
            self._keep("&", start)
            return start + 1
        for character in reference.text:
            if character.isspace():
                self.add_blank(start, reference.end)
            elif character not in _UNSEEN:
                self._pieces.append(character)
                self._places.append((start, reference.end))
                self._ends_blank = False
        return reference.end


def join_runs(runs: Sequence[Run], between: str) -> Run:
    """Join texts; what is put between two stands in the source from one to the other."""
    pieces: list[str] = []
    places: list[Place] = []
    links: list[Link] = []
    for run in runs:
        if places:
            pieces.append(between)
            places += [(places[-1][1], run.start)] * len(between)
        shift = len(places)
        links += [Link(link.start + shift, link.end + shift, link.address) for link in run.links]
        pieces.append(run.plain)
        places += run.places
    return Run("".join(pieces), places, tuple(links))
