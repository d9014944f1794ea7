"""Tables of HTML into blocks: one a row, the names of its columns before each cell.

In: the rows of a table as they were read, cell by cell. Out: blocks that read "cell · cell" and are
shown as "heading: cell". The header stands together with the first row. A cell that reaches over
several rows is read once, and shown in each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from bot.articles.blocks import Block
from bot.articles.formats.html_boilerplate import Page
from bot.articles.formats.html_text import Run, join_runs
from bot.articles.formats.html_tree import Element
from bot.articles.model import BlockForm

_BETWEEN_CELLS = " · "
# Further columns have no names; so a table of a megabyte is no work of hours.
_MOST_COLUMNS = 100
# What is longer is no name of a column, and is not shown again in each row.
_MOST_REPEATED = 100
# A table that holds one of these, or a cell of more words than this, only arranges a page.
_ARRANGED = frozenset(("blockquote", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"))
_MOST_WORDS_IN_CELL = 150


@dataclass(slots=True)
class Cell:
    """A cell: its text, how it looks, and over how many columns and rows it reaches."""

    run: Run | None
    is_heading: bool
    is_bold: bool
    columns: int
    rows: int

    @property
    def text(self) -> str:
        """How the cell reads."""
        return self.run.plain if self.run else ""


@dataclass(slots=True)
class Row:
    """The cells of a row; ``is_header`` where they name columns."""

    cells: list[Cell] = field(default_factory=list)
    is_header: bool = False


@dataclass(slots=True)
class _Span:
    """A text that stands in a column in so many further rows."""

    text: str
    rows: int


def holds_data(page: Page, table: Element) -> bool:
    """Say whether a table holds rows and columns, and does not arrange parts of a page."""
    if table.get("role") in ("none", "presentation"):
        return False
    cells_in_row = most_cells = 0
    for index in range(table.first + 1, table.last):
        event = page.tree.events[index]
        if event.kind != "open":
            continue
        name = event.element.name
        if name == "table" or name in _ARRANGED:
            return False
        if name == "tr":
            cells_in_row = 0
        elif name in ("td", "th"):
            cells_in_row += 1
            most_cells = max(most_cells, cells_in_row)
            if page.words(event.element) > _MOST_WORDS_IN_CELL:
                return False
    return most_cells > 1


def make_rows(rows: Sequence[Row], group: int) -> Iterator[Block]:
    """Give a block for each row that is not empty; ``group`` is the line of the table."""
    header: list[Run] = []
    table = _Table()
    for row in rows:
        shown = table.add(row)
        runs = [cell.run for cell in row.cells if cell.run]
        if not runs:
            continue
        if row.is_header:
            header += runs
            continue
        yield _make_block([*header, *runs], group, shown)
        header = []
    if header:
        yield _make_block(header, group, "")


def find_headers(rows: Sequence[Row]) -> None:
    """Mark the rows at the top that name the columns: of headings, or else a first one in bold."""
    for row in rows:
        filled = [cell for cell in row.cells if cell.run]
        row.is_header = bool(filled) and all(cell.is_heading for cell in filled)
        if not row.is_header:
            break
    if len(rows) > 1 and not rows[0].is_header:
        first, second, *_ = rows
        is_bold = all(cell.is_bold for cell in first.cells if cell.run)
        first.is_header = is_bold and not all(cell.is_bold for cell in second.cells)


def _make_block(runs: Sequence[Run], group: int, shown: str) -> Block:
    run = join_runs(runs, _BETWEEN_CELLS)
    form = BlockForm("row", group, shown=shown)
    return Block(
        run.start, run.end, run.plain, places=run.places, is_whole=True, form=form, links=run.links
    )


class _Table:
    """The names of the columns, and the cells that reach into the next row."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._spans: dict[int, _Span] = {}

    def add(self, row: Row) -> str:
        """Add a row; give how it is shown, "" for a header."""
        cells = self._place(row)
        if row.is_header:
            self._add_names(cells)
            return ""
        shown = []
        for column, text in cells:
            name = self._names.get(column, "")
            is_named = name and len(cells) > 1
            shown.append(f"{name}: {text}" if is_named else text)
        first = row.cells[0]
        if first.is_heading and not self._names and len(shown) > 1:
            heading, *others = shown
            return f"{heading.rstrip(': ')}: {_BETWEEN_CELLS.join(others)}"
        return _BETWEEN_CELLS.join(shown)

    def _add_names(self, cells: Sequence[tuple[int, str]]) -> None:
        for column, text in cells:
            above = self._names.get(column, "")
            name = text.strip(": ")
            joined = f"{above} {name}".strip()
            if name != above and len(joined) <= _MOST_REPEATED:
                self._names[column] = joined

    def _place(self, row: Row) -> list[tuple[int, str]]:
        """Give column and text of the cells that are not empty, those from above among them."""
        placed: list[tuple[int, str]] = []
        column = 0
        for cell in row.cells:
            column = self._pass_spans(column, placed)
            width = min(cell.columns, max(1, _MOST_COLUMNS - column))
            columns = range(column, column + width)
            # A heading over several columns belongs to each; any other cell is shown once.
            shown_in = columns if row.is_header else columns[:1]
            if cell.text:
                placed += zip(shown_in, repeat(cell.text), strict=False)
            self._keep_spans(cell, columns)
            column += width
        self._pass_spans(column, placed)
        return placed

    def _pass_spans(self, column: int, placed: list[tuple[int, str]]) -> int:
        """Pass the columns that are taken by cells of rows above."""
        while column in self._spans:
            span = self._spans[column]
            if span.text:
                placed.append((column, span.text))
            span.rows -= 1
            if not span.rows:
                del self._spans[column]
            column += 1
        return column

    def _keep_spans(self, cell: Cell, columns: range) -> None:
        if cell.rows <= 1 or columns.start >= _MOST_COLUMNS:
            return
        text = cell.text if len(cell.text) <= _MOST_REPEATED else ""
        for column in columns:
            # The span of this very row is passed before it counts.
            self._spans[column] = _Span(text if column == columns.start else "", cell.rows - 1)
