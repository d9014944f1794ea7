"""What every format is parsed into: headings and blocks of text.

A block knows where each of its characters stands in the file. Nothing here knows a format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.articles.model import PARAGRAPH, BlockForm, Link, Problem


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (level 1 to 6) or one block of text (level 0).

    ``plain`` is how it reads, newlines as blanks. ``plain[i]`` stands in the decoded file from
    ``places[i][0]`` to ``places[i][1]``, ascending; None where it stands at ``start + i``.
    ``is_whole`` marks what is one sentence by itself, such as a row of a table; ``form`` is how
    it stands on its page. ``links`` do not overlap and come in the order of the text.
    """

    start: int
    end: int
    plain: str
    level: int = 0
    places: Sequence[tuple[int, int]] | None = None
    is_whole: bool = False
    form: BlockForm = PARAGRAPH
    links: Sequence[Link] = ()

    @property
    def has_text(self) -> bool:
        """Say whether it has a letter or a digit, or stands as a whole; a rule has neither."""
        return self.is_whole or any(map(str.isalnum, self.plain))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Give where ``plain[start:end]`` stands in the file.

        Markup next to the ends belongs to it, such as the asterisks around a bold sentence.
        """
        if self.is_whole:
            return self.start, self.end
        if self.places is None:
            return self.start + start, self.start + end
        source_start, _ = self.places[start]
        if start == 0:
            source_start = self.start
        elif self.plain[start - 1].isspace():
            _, source_start = self.places[start - 1]
        source_end = self.end
        if end < len(self.plain):
            source_end, _ = self.places[end]
        return source_start, source_end

    def cut(self, start: int, end: int) -> "Block":
        """Give the part of the block that reads ``plain[start:end]``, which is not empty."""
        source_start, source_end = self.source_span(start, end)
        places = self.places
        if places is not None:
            places = places[start:end]
        links = [
            Link(link.start - start, link.end - start, link.address)
            for link in self.links
            if start <= link.start and link.end <= end
        ]
        plain = self.plain[start:end]
        return replace(
            self, start=source_start, end=source_end, plain=plain, places=places, links=links
        )


@dataclass(slots=True)
class Draft:
    """A file's body as its format parsed it.

    ``title``, ``author``, ``date`` (ISO 8601), ``language`` (ISO 639-1), ``source`` (an address)
    and ``keywords`` are empty where the body does not state them; tags that stand alone are
    keywords. Blocks come in the file's order.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    source: str = ""
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
