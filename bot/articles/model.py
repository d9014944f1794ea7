r"""What a folder of articles consists of: immutable values that know where they stand.

An offset counts code points in the file decoded as UTF-8, its byte order mark and newlines
untouched, so that ``decoded[start:end]`` is exactly what is quoted. A line is 1-based and ends at
``\n``, ``\r\n`` or ``\r``. Nothing here reads a file or decides anything.
"""

from dataclasses import dataclass
from typing import Literal

from bot.visible import keep_visible

Severity = Literal["error", "warning", "note"]
FormKind = Literal["paragraph", "item", "row", "code"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that its editor should know.

    error: the file is not served; warning: it is served, but something in it was passed over or
    guessed; note: how something uncertain was read. ``column`` is 1-based, 0 where none can be
    named. The texts are cut to what people read: an article may hold a heading of a megabyte.
    """

    file: str
    line: int
    column: int
    severity: Severity
    what: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Keep of each text what can be seen, and not more than people read."""
        file = keep_visible(self.file, keep_end=True)
        what = keep_visible(self.what)
        hint = keep_visible(self.hint)
        object.__setattr__(self, "file", file)
        object.__setattr__(self, "what", what)
        object.__setattr__(self, "hint", hint)

    def __str__(self) -> str:
        """Render as ``file:line:column: severity: what (hint)``, which editors make clickable."""
        place = f"{self.file}:{self.line}:"
        if self.column:
            place += f"{self.column}:"
        message = f"{self.severity}: {self.what}"
        if self.hint:
            message += f" ({self.hint})"
        return f"{place} {message}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one file: ``decoded[start:end]``, which begins in ``line``."""

    file: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BlockForm:
    """How a block of text stands on its page; the sentences of one list item share one value.

    ``mark`` stands before an item: blanks, as deep as it lies, and its bullet or number.
    ``shown`` is a row with each cell behind its column's heading, or a line of code with its
    indentation. ``group`` is the line in which the whole list, table or code begins.
    """

    kind: FormKind
    group: int = 0
    mark: str = ""
    shown: str = ""


PARAGRAPH = BlockForm("paragraph")


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """One sentence, without blanks at its ends.

    ``text`` is the file's own characters; ``plain`` is how it reads: markup and newlines taken out.
    """

    text: str
    plain: str
    form: BlockForm = PARAGRAPH


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """A stretch of whole sentences of one section: what is ranked."""

    sentences: tuple[Sentence, ...]

    @property
    def plain(self) -> str:
        """The passage as it reads."""
        return " ".join(sentence.plain for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Section(Span):
    """A heading with the text below it; number 0 without a heading is the lead.

    ``parents`` are the headings that this one stands under, outermost first.
    """

    number: int
    heading: str
    parents: tuple[str, ...]
    passages: tuple[Passage, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the section, in the file's order."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)


@dataclass(frozen=True, slots=True)
class Article(Span):
    """One file, understood. ``id`` is its path in the folder without the ending."""

    id: str
    title: str
    author: str
    date: str
    source: str
    language: str
    sections: tuple[Section, ...]
    text: str
    sha256: str
