"""Elements of HTML into blocks: headings, paragraphs, items, rows and lines of code.

In: a page, its parts chosen. Out: blocks with places in the source, and what was left out. What a
browser shows in one line of text is one block: a block ends where an element begins or ends that
does not lie in a line, and at an empty line that two ``<br>`` make.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from bot.articles.addresses import choose_web_address
from bot.articles.blocks import Block
from bot.articles.formats.html_boilerplate import LeftOut, Page, class_words
from bot.articles.formats.html_tables import Cell, Row, find_headers, holds_data, make_rows
from bot.articles.formats.html_text import Run, TextBuffer, join_runs
from bot.articles.formats.html_tree import BLOCKS, HEADINGS, Element, Event
from bot.articles.model import PARAGRAPH, BlockForm

# Blanks before an item for each list around its own.
_INDENTATION = "  "
_BULLET = "• "
_TAB_STOPS = 4
_LISTS = ("ol", "ul", "menu", "dir")
_CODE = ("pre", "listing", "plaintext", "xmp")
_BOLD = ("b", "strong")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_TITLE_WORDS = frozenset(("heading", "title"))
_NOTES = ("aside", "div", "section")
_NOTE_WORDS = frozenset(
    "admonition alert callout caution danger hint important info note notice tip warning".split()
)
# What is called a note and is longer than this is a part of the page.
_MOST_WORDS_IN_NOTE = 200
# Word processors write an item as a paragraph of this style, and its mark as a text of the other.
_WORD_ITEM = re.compile(r"mso-list:\s*l\d+ level(?P<level>[1-9])", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Part:
    """How much of a page was left out as one kind."""

    parts: int = 0
    words: int = 0
    line: int = 1  # in which the first of them begins


@dataclass(slots=True)
class _List:
    """A list that is open: the number of its next item, and how it counts."""

    is_ordered: bool
    number: int
    step: int
    type: str


@dataclass(slots=True)
class _WordList:
    """Items of a word processor, which are paragraphs of a style.

    ``line`` is that of the first one, ``level`` that of the open one, 0 outside of items; ``mark``
    is what it has as its number, read while ``mark_element`` is open.
    """

    line: int = 0
    level: int = 0
    mark: str = ""
    mark_element: Element | None = None


@dataclass(slots=True)
class _TableState:
    """A table of data that is being read."""

    element: Element
    rows: list[Row] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)  # of the cell
    is_in_head: bool = False
    group: int = 0
    has_plain_text: bool = False  # whether the cell has text that is not bold


class BlockReader:
    """Reads the parts of a page; ``left_out`` says what was not read, by kind."""

    def __init__(self, page: Page, find_line: Callable[[int], int], group: int = 0) -> None:
        """Read ``page``; ``find_line`` gives the line of a place in its source.

        ``group`` is the line of the unit that the page lies in, 0 for none.
        """
        self.left_out: dict[LeftOut, Part] = {}
        self._page = page
        self._source = page.tree.source
        self._find_line = find_line
        self._buffer = TextBuffer(self._source)
        self._depth = 0  # of the parts that are read
        self._heading_level = 0
        self._code_depth = 0
        self._title_depth = 0
        self._bold_depth = 0
        self._lists: list[_List] = []
        self._list_line = 0
        self._item_mark = ""
        # The line of each group that is open, and whether the last thing in it was a <dt>.
        self._groups = [group]
        self._last_group = 0
        self._after_term = [False]
        self._word_list = _WordList()
        self._link: Element | None = None
        self._break_start = -1  # of a <br> with nothing behind it
        self._table: _TableState | None = None

    def read(self) -> Iterator[Block]:
        """Give the blocks in the order of the source."""
        events = self._page.tree.events
        parts = {part.first for part in self._page.parts}
        ends = {part.last for part in self._page.parts}
        index = 0
        while index < len(events):
            event = events[index]
            is_part = index in parts
            self._depth += is_part
            kind = None
            if event.kind == "open":
                kind = self._page.find_left_out(event.element)
            if kind is not None:
                yield from self._leave_out(event.element, kind)
                index = event.element.last + 1
                continue
            if self._depth:
                yield from self._read_event(event)
            elif event.kind == "text":
                self._count("outside", event.start, len(self._text_of(event).split()))
            self._depth -= index in ends
            index += 1
        yield from self._flush()

    def _text_of(self, event: Event) -> str:
        return self._source[event.start : event.end]

    def _read_event(self, event: Event) -> Iterator[Block]:
        if event.kind == "open":
            yield from self._open(event)
        elif event.kind == "close":
            yield from self._close(event)
        elif event.kind == "text":
            self._add_text(event)

    def _leave_out(self, element: Element, kind: LeftOut) -> Iterator[Block]:
        if element.name in BLOCKS and self._depth:
            yield from self._flush()
        self._count(kind, element.start, self._page.words(element), parts=1)

    def _count(self, kind: LeftOut, start: int, words: int, *, parts: int = 0) -> None:
        part = self.left_out.setdefault(kind, Part(line=self._find_line(start)))
        part.parts += parts
        part.words += words

    def _add_text(self, event: Event) -> None:
        text = self._text_of(event)
        if self._word_list.mark_element is not None:
            self._word_list.mark += unescape(text).strip()
            return
        if not text.strip() and self._break_start >= 0:
            return
        self._break_start = -1
        if self._link is not None and 0 <= self._link.end <= event.start:
            self._end_link()
        if self._table is not None and not self._bold_depth and text.strip():
            self._table.has_plain_text = True
        self._buffer.add(event.start, event.end, is_raw=event.is_raw, is_code=self._code_depth > 0)

    def _open(self, event: Event) -> Iterator[Block]:
        element = event.element
        name = element.name
        if self._stands_alone(element):
            yield from self._flush()
        if name == "br":
            yield from self._break_line(event)
        elif name in HEADINGS:
            self._heading_level = int(name[1])
        elif name == "a":
            self._link = element
            self._buffer.begin_link(choose_web_address(element.get("href")))
        elif name in _BOLD:
            self._bold_depth += 1
        elif name == "sup" and self._buffer.ends_word:
            # The mark of a note is no part of the word before it; a power is: "m2".
            self._buffer.add_blank(event.start, event.end)
        elif name in _CODE:
            self._code_depth += 1
        elif name in _LISTS:
            self._open_list(element)
        elif name == "li":
            self._item_mark = self._make_mark(element)
        elif self._table is not None:
            self._open_in_table(self._table, element)
        elif name == "table" and holds_data(self._page, element):
            self._table = _TableState(element)
        else:
            self._open_group(element)

    def _close(self, event: Event) -> Iterator[Block]:
        element = event.element
        name = element.name
        if self._stands_alone(element):
            yield from self._flush()
        if name in HEADINGS:
            self._heading_level = 0
        elif element is self._link:
            self._end_link()
        elif name in _BOLD:
            self._bold_depth -= 1
        elif name in _CODE:
            self._code_depth -= 1
        elif name in _LISTS:
            self._close_list()
        elif self._table is not None:
            yield from self._close_in_table(self._table, element)
        else:
            self._close_group(element)

    def _stands_alone(self, element: Element) -> bool:
        """Say whether no line of text runs on into an element, or out of it."""
        is_title = not self._heading_level and self._is_title(element)
        return element.name in BLOCKS or is_title

    def _end_link(self) -> None:
        self._link = None
        self._buffer.end_link()

    def _break_line(self, event: Event) -> Iterator[Block]:
        """Read a line break as a blank, and two of them as the end of a paragraph."""
        if self._code_depth:
            self._buffer.add_blank(event.start, event.end, "\n")
        elif self._break_start >= 0:
            yield from self._flush()
        else:
            self._buffer.add_blank(event.start, event.end)
            self._break_start = event.start

    def _begin_group(self, offset: int) -> int:
        """Give the line of a new group; of several in one line, each has a number of its own."""
        self._last_group = max(self._find_line(offset), self._last_group + 1)
        return self._last_group

    def _open_list(self, element: Element) -> None:
        if not self._lists:
            self._list_line = self._groups[-1] or self._begin_group(element.start)
        is_ordered = element.name == "ol"
        is_reversed = "reversed" in element.attributes
        number = _read_number(element.get("start"), 1)
        step = -1 if is_reversed else 1
        self._lists.append(_List(is_ordered, number, step, element.get("type")))

    def _close_list(self) -> None:
        self._lists.pop()
        self._item_mark = ""
        if not self._lists:
            self._list_line = 0

    def _make_mark(self, element: Element) -> str:
        """Give what stands before an item: blanks, and its bullet or number."""
        indentation = _INDENTATION * (len(self._lists) - 1)
        if not self._lists or not self._lists[-1].is_ordered:
            return indentation + _BULLET
        innermost = self._lists[-1]
        number = _read_number(element.get("value"), innermost.number)
        innermost.number = number + innermost.step
        return f"{indentation}{_write_number(number, innermost.type)}. "

    def _open_group(self, element: Element) -> None:
        """Begin what belongs together under a title, or the title itself."""
        if self._is_group(element):
            self._groups.append(self._find_group(element))
            self._after_term.append(False)
        elif element.name == "dt":
            if not self._after_term[-1]:
                self._groups[-1] = self._begin_group(element.start)
            self._after_term[-1] = True
        elif element.name == "dd":
            self._after_term[-1] = False
        self._title_depth += self._is_title(element)
        self._open_word_item(element)

    def _close_group(self, element: Element) -> None:
        if self._is_group(element):
            self._groups.pop()
            self._after_term.pop()
        self._title_depth -= self._is_title(element)
        if element.name == "p":
            self._word_list.level = 0
        if element is self._word_list.mark_element:
            self._word_list.mark_element = None

    def _is_group(self, element: Element) -> bool:
        return element.name in ("details", "dl") or self._is_note(element)

    def _find_group(self, element: Element) -> int:
        """Give the line of a group; in a list of terms each term begins one of its own."""
        return self._groups[-1] if element.name == "dl" else self._begin_group(element.start)

    def _is_note(self, element: Element) -> bool:
        """Say whether an element is a note to the text, such as a warning."""
        if element.name not in _NOTES or self._page.words(element) > _MOST_WORDS_IN_NOTE:
            return False
        return element.name == "aside" or not _NOTE_WORDS.isdisjoint(class_words(element))

    def _is_title(self, element: Element) -> bool:
        if element.name in ("summary", "dt", "button", "label", "caption"):
            return True
        parent = element.parent
        is_in_note = parent is not None and self._is_note(parent)
        return is_in_note and not _TITLE_WORDS.isdisjoint(class_words(element))

    def _open_word_item(self, element: Element) -> None:
        style = element.get("style")
        item = _WORD_ITEM.search(style) if element.name == "p" else None
        if item is not None:
            self._word_list.level = int(item["level"])
            self._word_list.mark = ""
        elif _WORD_MARK.search(style):
            self._word_list.mark_element = element

    def _open_in_table(self, table: _TableState, element: Element) -> None:
        if element.name == "tr":
            table.rows.append(Row())
        elif element.name == "thead":
            table.is_in_head = True
        elif element.name in ("td", "th"):
            table.runs = []
            table.has_plain_text = False
        elif element.name == "caption":
            self._title_depth += 1

    def _close_in_table(self, table: _TableState, element: Element) -> Iterator[Block]:
        group = self._groups[-1] or self._list_line or self._find_line(table.element.start)
        if element is table.element:
            self._table = None
            find_headers(table.rows)
            yield from make_rows(table.rows, group)
        elif element.name == "thead":
            table.is_in_head = False
        elif element.name in ("td", "th") and table.rows:
            table.rows[-1].cells.append(_make_cell(table, element))
            table.runs = []
        elif element.name == "caption":
            self._title_depth -= 1
            group = self._group_of_table(table)
            for run in table.runs:
                yield _make_block(run, BlockForm("title", group))
            table.runs = []

    def _group_of_table(self, table: _TableState) -> int:
        around = self._groups[-1] or self._list_line
        table.group = table.group or around or self._begin_group(table.element.start)
        return table.group

    def _flush(self) -> Iterator[Block]:
        """Give what was read since the last block."""
        self._break_start = -1
        run = self._buffer.take()
        if run is None:
            return
        if self._table is not None:
            self._table.runs.append(run)
        elif self._code_depth:
            yield from self._make_code(run)
        elif self._heading_level:
            yield _make_block(run, PARAGRAPH, self._heading_level)
        else:
            yield _make_block(run, self._take_form(run))

    def _take_form(self, run: Run) -> BlockForm:
        """Say how a paragraph stands on its page."""
        group = self._groups[-1]
        if self._title_depth:
            return BlockForm("title", group or self._begin_group(run.start))
        if self._lists:
            mark = self._item_mark or _INDENTATION * len(self._lists)
            self._item_mark = ""
            return BlockForm("item", self._list_line, mark)
        if self._word_list.level:
            return self._take_word_form(run)
        self._word_list.line = 0
        return BlockForm("paragraph", group) if group else PARAGRAPH

    def _take_word_form(self, run: Run) -> BlockForm:
        word_list = self._word_list
        word_list.line = word_list.line or self._groups[-1] or self._begin_group(run.start)
        indentation = _INDENTATION * (word_list.level - 1)
        has_number = any(map(str.isdigit, word_list.mark))
        mark = f"{word_list.mark} " if has_number else _BULLET
        return BlockForm("item", word_list.line, indentation + mark)

    def _make_code(self, run: Run) -> Iterator[Block]:
        """Give a block for each line of code that is not empty."""
        group = self._groups[-1] or self._list_line or self._find_line(run.start)
        for line in run.lines():
            stripped = line.strip()
            if stripped.plain:
                shown = line.plain.expandtabs(_TAB_STOPS).rstrip()
                form = BlockForm("code", group, shown=shown)
                yield _make_block(stripped, form, is_whole=True)


def _make_block(run: Run, form: BlockForm, level: int = 0, *, is_whole: bool = False) -> Block:
    length_in_source = run.end - run.start
    # As many characters as places in one row: everything is read as it stands.
    is_verbatim = len(run.plain) == length_in_source
    places = None if is_verbatim else run.places
    return Block(run.start, run.end, run.plain, level, places, is_whole, form, run.links)


def _make_cell(table: _TableState, element: Element) -> Cell:
    run = join_runs(table.runs, " ") if table.runs else None
    return Cell(
        run=run,
        is_heading=element.name == "th" or table.is_in_head,
        is_bold=run is not None and not table.has_plain_text,
        columns=max(1, _read_number(element.get("colspan"), 1)),
        rows=max(1, _read_number(element.get("rowspan"), 1)),
    )


def _read_number(written: str, default: int) -> int:
    found = _NUMBER.match(written.strip())
    return int(found[0]) if found else default


def _write_number(number: int, kind: str) -> str:
    """Write the number of an item: as a letter in a list of such, as far as they go."""
    if kind in ("a", "A") and 1 <= number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter if kind == "a" else letter.upper()
    return str(number)
