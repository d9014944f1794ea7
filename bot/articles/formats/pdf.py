"""PDF files into text: what stands on their pages, as far as it is text and no picture.

In: the bytes of a file. Out: the text of its pages, their lines joined to paragraphs, and where
each page begins in it. Words that were divided at the end of a line are whole again. What stands at
the top or bottom of most pages is left out, and a note says so. pypdf reads the pages; it is an
extra. Sizes are bounded, so that no file is read for ever.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.articles.formats.format import (
    Extracted,
    Format,
    NotExtractedError,
    name_extractor,
)
from bot.articles.formats.plain_text import parse_plain_text
from bot.articles.model import Decoding
from bot.texts import problems as texts

if TYPE_CHECKING:
    from pypdf import PageObject

# More pages than a book has.
_MOST_PAGES = 2_000
# More than a book is drawn with: commands, and in hundreds the parts of what they are given.
_MOST_OPERATIONS = 2_000_000
_PARTS_AS_OPERATION = 100
# More than is written on one page, and on all of them.
_MOST_BYTES_OF_PAGE = 4_194_304
_MOST_BYTES = 67_108_864
# A file may be so many times as large as one of text, for its fonts and pictures.
_SIZE_FACTOR = 32
# So many lines at the top and the bottom of a page may be those of every page.
_MARGIN_LINES = 2
_FEWEST_PAGES_WITH_MARGINS = 3
_DIGITS = re.compile(r"\d+")
_DIVIDED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_ITEM = re.compile(r"(?:[•‣◦▪●·*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
# A line that is shorter than this share of the others ends its paragraph.
_SHORT_LINE = 0.75


def extract_pdf(content: bytes) -> Extracted:
    """Extract the text of a PDF; raises NotExtractedError where it has none that can be read."""
    try:
        pages, author = _read_pages(content)
    except (ImportError, NotExtractedError):
        raise
    except Exception as error:  # pypdf raises what it comes across in a damaged file
        raise NotExtractedError(texts.FILE_DAMAGED, kind="PDF") from error
    margins = _find_margins(pages)
    text, starts = _join_pages([_drop_margins(lines, margins) for lines in pages])
    decoding = Decoding("", name_extractor("pypdf"), "page", tuple(starts))
    notes = [(texts.MARGINS_LEFT_OUT, {"number": len(margins)})] if margins else []
    return Extracted(text, decoding, author=author, notes=notes)


def _read_pages(content: bytes) -> tuple[list[list[str]], str]:
    """Give the lines of each page, and the author."""
    from pypdf import PdfReader  # noqa: PLC0415 (an extra)

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotExtractedError(texts.PDF_ENCRYPTED)
    if len(reader.pages) > _MOST_PAGES:
        raise NotExtractedError(texts.PDF_TOO_LONG, limit=_MOST_PAGES)
    counter = _OperationCounter()
    pages = [counter.read_lines(page) for page in reader.pages]
    return pages, _read_author(reader.metadata)


class _OperationCounter:
    """Reads pages, and gives up where they are drawn by more commands than pages of text are."""

    def __init__(self) -> None:
        self._remaining = _MOST_OPERATIONS
        self._remaining_bytes = _MOST_BYTES

    def read_lines(self, page: "PageObject") -> list[str]:
        """Give the lines of a page; "" stands for an empty one."""
        contents = page.get_contents()
        if contents is None:
            return []
        size_bytes = len(contents.get_data())
        self._remaining_bytes -= size_bytes
        if size_bytes > _MOST_BYTES_OF_PAGE or self._remaining_bytes < 0:
            raise NotExtractedError(texts.PDF_TOO_COMPLEX)
        text = page.extract_text(visitor_operand_before=self._count)
        readable = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
        return [" ".join(line.split()) for line in readable.splitlines()]

    def _count(self, _operator: Any, operands: Any, *_matrices: Any) -> None:  # noqa: ANN401
        """Count one command; pypdf calls it before each."""
        parts = sum(len(operand) for operand in operands if isinstance(operand, list | str | bytes))
        self._remaining -= 1 + parts // _PARTS_AS_OPERATION
        if self._remaining < 0:
            raise NotExtractedError(texts.PDF_TOO_COMPLEX)


def _read_author(metadata: Any) -> str:  # noqa: ANN401 (pypdf's value may be of any type)
    author = metadata.author if metadata else ""
    return " ".join(author.split()) if isinstance(author, str) else ""


def _find_margins(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Find what stands at the top or bottom of most pages, whatever numbers are in it."""
    if len(pages) < _FEWEST_PAGES_WITH_MARGINS:
        return frozenset()
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_fold(line) for line in _margin_lines(lines)})
    return frozenset(line for line, count in counts.items() if 2 * count > len(pages))


def _margin_lines(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line]
    return [*filled[:_MARGIN_LINES], *filled[-_MARGIN_LINES:]]


def _drop_margins(lines: Sequence[str], margins: frozenset[str]) -> list[str]:
    if not margins:
        return list(lines)
    dropped = {line for line in _margin_lines(lines) if _fold(line) in margins}
    return [line for line in lines if line not in dropped]


def _fold(line: str) -> str:
    return _DIGITS.sub("#", line)


def _join_pages(pages: Sequence[Sequence[str]]) -> tuple[str, list[int]]:
    """Join the paragraphs of all pages; give the text, and where each page begins in it."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for lines in pages:
        paragraphs = list(_join_lines(lines))
        starts.append(length)
        for index, paragraph in enumerate(paragraphs):
            goes_on = index == 0 and bool(pieces) and _goes_on(pieces[-1], paragraph)
            between = " " if goes_on else "\n\n"
            if pieces:
                pieces.append(between)
                length += len(between)
            if index == 0:
                starts[-1] = length
            pieces.append(paragraph)
            length += len(paragraph)
    return "".join(pieces), starts


def _join_lines(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines of a page to paragraphs."""
    lengths = sorted(len(line) for line in lines if line)
    usual_length = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraph: list[str] = []
    last = ""
    for line in lines:
        if last and _begins_paragraph(last, line, usual_length):
            yield "".join(paragraph)
            paragraph = []
        if not line:
            last = ""
            continue
        if paragraph and _DIVIDED.search(paragraph[-1]) and line[0].islower():
            paragraph[-1] = paragraph[-1][:-1]
        elif paragraph:
            paragraph.append(" ")
        paragraph.append(line)
        last = line
    if paragraph:
        yield "".join(paragraph)


def _begins_paragraph(last: str, line: str, usual_length: int) -> bool:
    if not line or _ITEM.match(line):
        return True
    is_short = len(last) < usual_length * _SHORT_LINE
    return is_short and not _goes_on(last, line)


def _goes_on(last: str, following: str) -> bool:
    """Say whether a sentence goes on in what follows."""
    return following[0].islower() and not _SENTENCE_END.search(last)


PDF = Format(
    name="PDF",
    suffixes=(".pdf",),
    parse=parse_plain_text,
    unread_markup=(),
    packages=("pypdf",),
    no_text=texts.NO_TEXT_IN_PDF,
    extract=extract_pdf,
    extra="pdf",
    size_factor=_SIZE_FACTOR,
)
