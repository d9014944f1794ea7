"""What every format is read into: headings and blocks of text that know where each character stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.articles.model import PARAGRAPH, BlockForm, Problem


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (level 1 to 6) or one block of text (level 0).

    ``plain`` is how it reads, newlines as blanks. ``plain[i]`` stands in the decoded file from
    ``places[i][0]`` to ``places[i][1]``, ascending; None where it stands at ``start + i``. ``is_whole``
    marks what is one sentence by itself, such as a row of a table; ``form`` is how it stands on its page.
    """

    start: int
    end: int
    plain: str
    level: int = 0
    places: Sequence[tuple[int, int]] | None = None
    is_whole: bool = False
    form: BlockForm = PARAGRAPH

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Give where ``plain[start:end]`` stands in the file, with the markup that clings to its ends."""
        if self.is_whole:
            return self.start, self.end
        if self.places is None:
            return self.start + start, self.start + end
        first = self.places[start][0]
        if start == 0:
            first = self.start
        elif self.plain[start - 1].isspace():
            first = self.places[start - 1][1]
        return first, self.end if end == len(self.plain) else self.places[end][0]


@dataclass(slots=True)
class Draft:
    """A file's body as its format understood it; ``title`` and the like only where the body has them."""

    title: str = ""
    author: str = ""
    date: str = ""
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
