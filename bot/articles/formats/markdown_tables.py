"""Tables of Markdown into blocks: one a row, the header together with the first row.

In: the tokens of a table. Out: blocks that read "cell · cell", and are shown as "heading: cell".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from markdown_it.token import Token

from bot.articles.blocks import Block
from bot.articles.formats.markdown_inline import InlineText, read_inline
from bot.articles.formats.markdown_links import check_links
from bot.articles.formats.markdown_source import MarkdownSource
from bot.articles.model import BlockForm, Link, Problem

_BETWEEN_CELLS = " · "


class _Row(NamedTuple):
    """A row: the number of its line in the file, its cells, and each cell's text."""

    line: int
    cells: list[Token]
    read: list[InlineText]
    is_header: bool

    @property
    def texts(self) -> list[str]:
        """How each cell reads."""
        return [cell.plain for cell in self.read]


def parse_table(
    tokens: Iterator[Token], source: MarkdownSource, group: int, problems: list[Problem]
) -> Iterator[Block]:
    """Give a block for each row that is not empty.

    ``tokens`` are those inside the table, ``group`` is the line in which the table begins.
    """
    header: Block | None = None
    headings: list[str] = []
    for row in _split_rows(tokens, source):
        for cell in row.cells:
            problems.extend(check_links(source.file, row.line, cell))
        if row.is_header:
            headings = row.texts
        block = _make_block(row, source, headings, group)
        if block is None:
            continue
        if row.is_header:
            header = block
            continue
        if header is not None:
            block = _join(header, block)
            header = None
        yield block
    if header is not None:
        yield header


def _split_rows(tokens: Iterator[Token], source: MarkdownSource) -> Iterator[_Row]:
    is_header = True
    for token in tokens:
        if token.type == "thead_close":
            is_header = False
        if token.type != "tr_open":
            continue
        inside = takewhile(lambda part: part.type != "tr_close", tokens)
        cells = [part for part in inside if part.type == "inline"]
        read = [read_inline(cell) for cell in cells]
        line = source.line_numbers(token)[0]
        yield _Row(line, cells, read, is_header)


def _make_block(
    row: _Row, source: MarkdownSource, headings: Sequence[str], group: int
) -> Block | None:
    """Make the block of a row; None where all cells are empty."""
    span = _locate(row, source)
    if span is None:
        return None
    start, end = span
    plain = ""
    links: list[Link] = []
    for cell in row.read:
        if not cell.plain.strip():
            continue
        if plain:
            plain += _BETWEEN_CELLS
        links += _move(cell.links, len(plain))
        plain += cell.plain
    shown = "" if row.is_header else _name_cells(headings, row.texts)
    form = BlockForm("row", group, shown=shown)
    return Block(start, end, plain, is_whole=True, form=form, links=links)


def _locate(row: _Row, source: MarkdownSource) -> tuple[int, int] | None:
    """Give where a row's first cell with text begins and its last one ends; None without any.

    Cells are looked for from the right: there a cell ends right before a bar, or the line.
    """
    # In its cell's content a bar has lost the backslash before it.
    contents = [cell.content.strip().replace("|", "\\|") for cell in row.cells]
    # The parser has a mark in place of a zero.
    line = source.lines.line(row.line).replace("\0", "\ufffd")
    line_start, _ = source.lines.span(row.line)
    start = limit = len(line)
    end = 0
    for content in reversed(contents):
        if not content:
            continue
        start = limit = line.rindex(content, 0, limit)
        end = end or start + len(content)
    return (line_start + start, line_start + end) if end else None


def _move(links: Sequence[Link], by: int) -> list[Link]:
    return [Link(link.start + by, link.end + by, link.address) for link in links]


def _join(header: Block, row: Block) -> Block:
    """Put the header before the first row: alone it says nothing."""
    before = f"{header.plain}{_BETWEEN_CELLS}"
    links = [*header.links, *_move(row.links, len(before))]
    return replace(row, start=header.start, plain=before + row.plain, links=links)


def _name_cells(headings: Sequence[str], texts: Sequence[str]) -> str:
    """Put each cell that is not empty behind its column's heading."""
    named = []
    for heading, text in zip(headings, texts, strict=True):
        name = heading.strip(": ")
        if text.strip():
            named.append(f"{name}: {text}" if name else text)
    return _BETWEEN_CELLS.join(named)
