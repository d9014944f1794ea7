"""Documents of Word into blocks: headings, paragraphs, items of lists and rows of tables.

In: the bytes of a file. Out: its text, one paragraph after the other, where each begins in it, and
the blocks. Headings and lists are known by their styles. Headers, footers, notes and comments are
not read. python-docx opens the file; it is an extra.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Union

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import (
    Extracted,
    Format,
    NotExtractedError,
    name_extractor,
)
from bot.articles.formats.plain_text import parse_plain_text
from bot.articles.model import PARAGRAPH, BlockForm, Decoding
from bot.texts import problems as texts

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_BETWEEN_PARAGRAPHS = "\n\n"
_BETWEEN_CELLS = " · "
_BULLET = "• "
_INDENTATION = "  "
# What the parts of a document may hold together when they are unpacked.
_MOST_BYTES = 67_108_864
_SIZE_FACTOR = 32
_DEEPEST_LIST = 8
_HEADING = re.compile(r"heading (?P<level>[1-9])", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph)", re.IGNORECASE)
# Characters that XML allows and no text has.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\u00ad]")


def extract_docx(content: bytes) -> Extracted:
    """Extract the text of a document; raises NotExtractedError where it can't be opened."""
    try:
        return _read_document(content)
    except (ImportError, NotExtractedError):
        raise
    except Exception as error:  # python-docx raises what it comes across in a damaged file
        raise NotExtractedError(texts.FILE_DAMAGED, kind="Word") from error


def _read_document(content: bytes) -> Extracted:
    import docx  # noqa: PLC0415 (an extra)

    _check_size(content)
    document = docx.Document(BytesIO(content))
    writer = _Writer()
    for part in document.iter_inner_content():
        writer.add(part)
    properties = document.core_properties
    title = writer.title or (properties.title or "").strip()
    author = (properties.author or "").strip()
    extractor = name_extractor("python-docx")
    decoding = Decoding("", extractor, "paragraph", tuple(writer.starts))
    draft = Draft(title=title, author=author, blocks=writer.blocks)
    return Extracted("".join(writer.pieces), decoding, draft)


def _check_size(content: bytes) -> None:
    # Only documents of Word need it.
    from zipfile import ZipFile  # noqa: PLC0415

    with ZipFile(BytesIO(content)) as parts:
        size_bytes = sum(part.file_size for part in parts.infolist())
    if size_bytes > _MOST_BYTES:
        raise NotExtractedError(texts.FILE_TOO_LARGE, limit=_MOST_BYTES)


class _Writer:
    """The text and the blocks of what was added."""

    def __init__(self) -> None:
        self.title = ""
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.blocks: list[Block] = []
        self._length = 0
        self._list_group = 0

    def add(self, part: Union["Paragraph", "Table"]) -> None:
        from docx.table import Table  # noqa: PLC0415 (an extra)

        if isinstance(part, Table):
            self._list_group = 0
            self._add_table(part)
        else:
            self._add_paragraph(part)

    def _add_paragraph(self, paragraph: "Paragraph") -> None:
        text = _clean(paragraph.text)
        if not text:
            return
        style = (paragraph.style.name if paragraph.style else "") or ""
        heading = _HEADING.fullmatch(style)
        if style.lower() == "title" and not self.title:
            self.title = " ".join(text.split())
            self._write(text)
            return
        depth = 0 if heading else _find_list_depth(paragraph, style)
        if not depth:
            self._list_group = 0
        start = self._write(text)
        level = min(int(heading["level"]), 6) if heading else 0
        form = PARAGRAPH if not depth else self._make_item(depth)
        plain = re.sub(r"\s", " ", text)
        self.blocks.append(Block(start, start + len(text), plain, level, form=form))

    def _make_item(self, depth: int) -> BlockForm:
        self._list_group = self._list_group or len(self.starts)
        return BlockForm("item", self._list_group, _INDENTATION * (depth - 1) + _BULLET)

    def _add_table(self, table: "Table") -> None:
        group = len(self.starts) + 1
        headings: list[str] = []
        header: Block | None = None
        for cells in _read_rows(table):
            if not any(cells):
                continue
            block = self._write_row(cells, headings, group)
            if not headings:
                headings = cells
                header = block
                continue
            if header is not None:
                # Alone, the names of the columns say nothing.
                plain = f"{header.plain}{_BETWEEN_CELLS}{block.plain}"
                block = replace(block, start=header.start, plain=plain)
                header = None
            self.blocks.append(block)
        if header is not None:
            self.blocks.append(header)

    def _write_row(self, cells: Sequence[str], headings: Sequence[str], group: int) -> Block:
        text = _BETWEEN_CELLS.join(cell for cell in cells if cell)
        named = zip_longest(headings, cells, fillvalue="")
        shown = [_name_cell(name, cell) for name, cell in named if cell] if headings else []
        start = self._write(text)
        form = BlockForm("row", group, shown=_BETWEEN_CELLS.join(shown))
        return Block(start, start + len(text), text, is_whole=True, form=form)

    def _write(self, text: str) -> int:
        """Add a paragraph to the text; give where it begins."""
        if self.pieces:
            self.pieces.append(_BETWEEN_PARAGRAPHS)
            self._length += len(_BETWEEN_PARAGRAPHS)
        start = self._length
        self.starts.append(start)
        self.pieces.append(text)
        self._length += len(text)
        return start


def _clean(text: str) -> str:
    without_unseen = _UNSEEN.sub("", text)
    return without_unseen.strip()


def _find_list_depth(paragraph: "Paragraph", style: str) -> int:
    """Say how deep an item lies, 1 in the outermost list; 0 where a paragraph is no item."""
    properties = paragraph._p.pPr  # noqa: SLF001 (python-docx has no other way to it)
    numbering = properties.numPr if properties is not None else None
    if numbering is None:
        found = _LIST.match(style)
        is_numbered = found is not None and "paragraph" not in style.lower()
        last = style.rpartition(" ")[2]
        depth = int(last) if last.isdecimal() else 1
        return min(depth, _DEEPEST_LIST) if is_numbered else 0
    level_element = getattr(numbering, "ilvl", None)
    level = 0 if level_element is None else level_element.val
    return min(max(level, 0), _DEEPEST_LIST - 1) + 1


def _read_rows(table: "Table") -> Iterator[list[str]]:
    """Give the texts of the cells of each row; a merged cell is one."""
    from docx.table import _Cell  # noqa: PLC0415 (an extra)

    for row in table._tbl.tr_lst:  # noqa: SLF001 (Table.rows repeats merged cells without end)
        cells = [_Cell(cell, table) for cell in row.tc_lst]
        texts_of_cells = [
            " ".join(paragraph.text for paragraph in cell.paragraphs) for cell in cells
        ]
        yield [" ".join(_clean(text).split()) for text in texts_of_cells]


def _name_cell(name: str, text: str) -> str:
    return f"{name.strip(': ')}: {text}" if name else text


WORD = Format(
    name="Word",
    suffixes=(".docx",),
    parse=parse_plain_text,
    packages=("python-docx",),
    extract=extract_docx,
    extra="docx",
    size_factor=_SIZE_FACTOR,
)
