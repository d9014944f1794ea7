r"""What a folder of articles consists of: immutable values that know where they stand.

An offset counts code points in the decoded file, its byte order mark and newlines untouched, so
that ``decoded[start:end]`` is exactly what is quoted. How a file was decoded, its ``Decoding``
says: mostly as UTF-8. A line is 1-based and ends at ``\n``, ``\r\n`` or ``\r``. Nothing here reads
a file or decides anything.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from bot.visible import keep_visible

Severity = Literal["error", "warning", "note"]
FormKind = Literal["paragraph", "item", "row", "code", "title", "turn"]
PlaceKind = Literal["line", "page", "paragraph"]


def add_hint(what: str, hint: str) -> str:
    """Put a hint, if there is one, in brackets behind what is wrong."""
    return f"{what} ({hint})" if hint else what


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that its editor should know.

    error: the file is not served, and should be; warning: it is served, but something in it was
    passed over or guessed; note: what else is worth knowing, such as how something uncertain was
    read. ``column`` is 1-based, 0 where none can be named. Problems of one ``kind`` have one text
    but for what varies in it. The texts are cut to what people read: an article may hold a heading
    of a megabyte.
    """

    file: str
    line: int
    column: int
    severity: Severity
    what: str
    hint: str = ""
    kind: str = ""

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
        message = add_hint(self.what, self.hint)
        return f"{self.place}: {self.severity}: {message}"

    @property
    def place(self) -> str:
        """Render as ``file:line:column``, or ``file:line`` where there is no column."""
        place = f"{self.file}:{self.line}"
        return f"{place}:{self.column}" if self.column else place


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
    indentation. ``group`` is the line in which the whole list, table, code or admonition begins.
    A "title" is that of an admonition; a "turn" is what one speaker says, ``mark`` who it is.
    """

    kind: FormKind
    group: int = 0
    mark: str = ""
    shown: str = ""


PARAGRAPH = BlockForm("paragraph")


@dataclass(frozen=True, slots=True)
class Link:
    """Where ``plain[start:end]`` of a sentence or a block leads.

    ``address`` is as the article has it: a web address, or a mention of a channel ("<#123>").
    """

    start: int
    end: int
    address: str


def read_as_written(text: str) -> str:
    r"""Give how a sentence reads if nothing in it is markup: ``\n`` is a blank."""
    return text.replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Style:
    """How a sentence reads and stands on its page, where it is not just a part of a paragraph.

    ``reading`` is how it reads, None where that is as it is written (``read_as_written``).
    """

    reading: str | None = None
    form: BlockForm = PARAGRAPH
    links: tuple[Link, ...] = ()


_PLAIN = Style()
# More lines than any file has; with the offsets of 4 GB they fit two of Python's digits.
_LINE_BITS = 28
_LINE_MASK = (1 << _LINE_BITS) - 1


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Sentence:
    """One sentence, without blanks at its ends.

    ``document`` is the whole decoded file, which all its sentences share: a string for each
    sentence would take as much memory as the files again. There are more sentences than anything
    else, so each holds little: its line and its start in one number, its length, of which Python
    keeps small ones but once, and one ``style`` for all that most sentences have not.
    """

    file: str
    packed_place: int
    length: int
    document: str = field(repr=False)
    style: Style

    def __init__(  # noqa: PLR0913, PLR0917 (in the order of a Span, then what Style has)
        self,
        file: str,
        line: int,
        start: int,
        end: int,
        document: str,
        reading: str | None = None,
        form: BlockForm = PARAGRAPH,
        links: tuple[Link, ...] = (),
    ) -> None:
        """Take where the sentence stands, its document, and its style."""
        is_plain = reading is None and form is PARAGRAPH and not links
        style = _PLAIN if is_plain else Style(reading, form, links)
        object.__setattr__(self, "file", file)
        object.__setattr__(self, "packed_place", start << _LINE_BITS | line)
        object.__setattr__(self, "length", end - start)
        object.__setattr__(self, "document", document)
        object.__setattr__(self, "style", style)

    def __eq__(self, other: object) -> bool:
        """Say whether two sentences stand in one place, and are written and read alike.

        What else their documents hold does not matter.
        """
        if not isinstance(other, Sentence):
            return NotImplemented
        return self._place == other._place and self._content == other._content

    def __hash__(self) -> int:
        """Hash the place alone: what is there follows from it."""
        return hash(self._place)

    @property
    def _place(self) -> tuple[str, int, int]:
        return self.file, self.packed_place, self.length

    @property
    def _content(self) -> tuple[str, str, BlockForm, tuple[Link, ...]]:
        return self.text, self.plain, self.form, self.links

    @property
    def line(self) -> int:
        """The line in which the sentence begins."""
        return self.packed_place & _LINE_MASK

    @property
    def start(self) -> int:
        """The offset of the sentence."""
        return self.packed_place >> _LINE_BITS

    @property
    def end(self) -> int:
        """The offset behind the sentence."""
        return self.start + self.length

    @property
    def form(self) -> BlockForm:
        """How the block of the sentence stands on its page."""
        return self.style.form

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in the sentence as it reads."""
        return self.style.links

    @property
    def text(self) -> str:
        """The file's own characters."""
        start = self.start
        return self.document[start : start + self.length]

    @property
    def plain(self) -> str:
        """How the sentence reads: markup and newlines taken out."""
        reading = self.style.reading
        return read_as_written(self.text) if reading is None else reading

    @property
    def indexed(self) -> str:
        """What is found of the sentence: of a row, each cell with its column's heading."""
        is_row = self.form.kind == "row"
        return self.form.shown if is_row and self.form.shown else self.plain


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more sentences of one section, side by side: what is ranked.

    ``context`` is what its sentences are read under besides the headings, such as the sentence that
    announces a long list whose end this is. It is indexed with them and not quoted.
    """

    sentences: tuple[Sentence, ...]
    context: str = ""

    @property
    def file(self) -> str:
        """The file that the passage stands in."""
        return self.sentences[0].file

    @property
    def line(self) -> int:
        """The line in which the passage begins."""
        return self.sentences[0].line

    @property
    def start(self) -> int:
        """The offset of the passage."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """The offset behind the passage."""
        return self.sentences[-1].end

    @property
    def plain(self) -> str:
        """The passage as it reads."""
        return " ".join(sentence.plain for sentence in self.sentences)


# What knows where it stands.
Located = Span | Sentence | Passage


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
class Decoding:
    """How the text of a file was made of its bytes: what offsets count in.

    ``encoding`` is Python's name of it. ``extractor`` names what took the text out of a file that
    is no text ("pypdf 7.1.0"), else it is empty. People find a place by ``kind`` and number: by
    line, or by the page or paragraph that begins at ``starts[number - 1]``.
    """

    encoding: str = "utf-8"
    extractor: str = ""
    kind: PlaceKind = "line"
    starts: tuple[int, ...] = ()


UTF_8 = Decoding()


def possible_ids(file: str) -> tuple[str, str]:
    """Give a file's path without its ending and with it.

    The first is the article's id, unless another file has it already: of "faq.md" and "faq.txt",
    the second is "faq.txt".
    """
    without_ending, _, _ = file.rpartition(".")
    return without_ending or file, file


@dataclass(frozen=True, slots=True)
class Article(Span):
    """One file, understood. ``id`` is one of the ``possible_ids`` of its path in the folder.

    ``aliases`` are further names of the article, ``keywords`` what its front matter says that it is
    about (tags, a description): both help to find it and are not quoted. ``roles`` are the ids of
    roles, one of which a reader needs; None where everybody may read it.
    """

    id: str
    title: str
    author: str
    date: str
    source: str
    language: str
    sections: tuple[Section, ...]
    text: str
    sha256: str
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    roles: tuple[int, ...] | None = None
    decoding: Decoding = UTF_8

    def place_number(self, span: Located) -> int:
        """Give the number of the line, page or paragraph (``decoding.kind``) of a span."""
        if self.decoding.kind == "line":
            return span.line
        return bisect_right(self.decoding.starts, span.start)
