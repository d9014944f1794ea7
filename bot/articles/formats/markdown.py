"""CommonMark (with tables) into blocks.

In: the lines of a file. Out: headings, paragraphs, items of lists, rows of tables and lines of
code, each with its place. markdown-it-py finds the blocks and the inline markup; what is added
here is the way back: where each character of the text as it reads stands in the file.

Addresses of links and images, HTML, footnotes and definitions of references are no text. Code is
kept line by line. Nothing is rendered.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.formats.markdown_footnotes import pass_footnotes
from bot.articles.formats.markdown_inline import UNREAD_PATTERN, InlineText, read_inline
from bot.articles.formats.markdown_links import check_links
from bot.articles.formats.markdown_source import MarkdownSource
from bot.articles.formats.markdown_tables import parse_table
from bot.articles.lines import Lines
from bot.articles.model import PARAGRAPH, BlockForm, Problem
from bot.articles.problems import make_warning
from bot.texts import problems as texts

# Blanks before an item for each list around its own.
_INDENTATION = "  "
_BULLET = "• "
_TAB_STOPS = 4
_LIST_OPENS = ("bullet_list_open", "ordered_list_open")
_LIST_CLOSES = ("bullet_list_close", "ordered_list_close")
_CODE_BLOCKS = ("fence", "code_block")

# Escapes and entities stay tokens of their own, so that each can be traced to its source.
_PARSER = MarkdownIt("commonmark").enable("table").disable("text_join").use(pass_footnotes)


def parse_markdown(file: str, lines: Lines, body_line: int) -> Draft:
    """Parse the body that begins in ``body_line`` (1-based); headings keep their level."""
    draft = Draft()
    has_body = body_line <= len(lines)
    start = lines.span(body_line)[0] if has_body else len(lines.text)
    body = lines.text[start:].removeprefix("\ufeff")
    tokens = _PARSER.parse(body)
    source = MarkdownSource(file, lines, body_line)
    parser = _BlockParser(source, draft.problems)
    for block in parser.parse(tokens):
        if block.plain.strip():
            draft.blocks.append(block)
    return draft


class _BlockParser:
    def __init__(self, source: MarkdownSource, problems: list[Problem]) -> None:
        self._source = source
        self._problems = problems
        self._heading_level = 0  # 0 outside of headings
        self._list_depth = 0
        self._list_line = 0  # in which the outermost list begins, 0 outside of lists
        self._item_mark = ""  # of an item whose first block has not come yet

    def parse(self, tokens: Sequence[Token]) -> Iterator[Block]:
        remaining = iter(tokens)
        for token in remaining:
            if token.type == "heading_open":
                self._heading_level = int(token.tag[1:])
            elif token.type == "heading_close":
                self._heading_level = 0
            elif token.type in _LIST_OPENS:
                self._list_line = self._group(token)
                self._list_depth += 1
            elif token.type in _LIST_CLOSES:
                self._leave_list()
            elif token.type == "list_item_open":
                self._item_mark = self._make_item_mark(token)
            elif token.type == "table_open":
                inside = takewhile(lambda part: part.type != "table_close", remaining)
                group = self._group(token)
                yield from parse_table(inside, self._source, group, self._problems)
            elif token.type == "inline":
                yield self._parse_inline(token)
            elif token.type in _CODE_BLOCKS:
                yield from self._parse_code(token)

    def _group(self, token: Token) -> int:
        """Give the line in which the outermost list, or else the block itself, begins."""
        return self._list_line or self._source.line_numbers(token)[0]

    def _leave_list(self) -> None:
        self._list_depth -= 1
        if self._list_depth == 0:
            self._list_line = 0

    def _make_item_mark(self, token: Token) -> str:
        """Give what stands before an item: blanks, and its bullet or number (``token.info``)."""
        lists_around = self._list_depth - 1
        indentation = _INDENTATION * lists_around
        if token.info:
            return f"{indentation}{token.info}{token.markup} "
        return indentation + _BULLET

    def _parse_inline(self, token: Token) -> Block:
        first_line = self._source.line_numbers(token)[0]
        problems = check_links(self._source.file, first_line, token)
        self._problems.extend(problems)
        offsets = self._source.locate(token)
        text = read_inline(token)
        places = _trace(text, offsets)
        level = self._heading_level
        form = PARAGRAPH if level else self._take_form()
        return Block(offsets[0], offsets[-1], text.plain, level, places, form=form)

    def _take_form(self) -> BlockForm:
        """Say how a paragraph stands on its page.

        In a list it stands behind its item's mark; further paragraphs of the item below the first.
        """
        if self._list_depth == 0:
            return PARAGRAPH
        mark = self._item_mark or _INDENTATION * self._list_depth
        self._item_mark = ""
        return BlockForm("item", self._list_line, mark)

    def _parse_code(self, token: Token) -> Iterator[Block]:
        """Give a block for each line of code that is not empty."""
        numbers = self._source.line_numbers(token)
        if token.type == "fence":
            self._check_fence(token, numbers)
            numbers = numbers[1:]
        group = self._group(token)
        lines = self._source.lines
        for number, code in zip(numbers, token.content.split("\n"), strict=False):
            plain = code.strip()
            if not plain:
                continue
            line_start, _ = lines.span(number)
            start = line_start + lines.line(number).rfind(plain)
            end = start + len(plain)
            shown = code.expandtabs(_TAB_STOPS).rstrip()
            form = BlockForm("code", group, shown=shown)
            yield Block(start, end, plain, is_whole=True, form=form)

    def _check_fence(self, token: Token, numbers: range) -> None:
        """Warn of code whose last line is no fence as long as the first one."""
        fence = token.markup
        last_line = self._source.lines.line(numbers[-1]).strip(" >\t")
        is_fence = len(last_line) >= len(fence) and not last_line.strip(fence[0])
        if is_fence and len(numbers) > 1:
            return
        file = self._source.file
        warning = make_warning(texts.CODE_NOT_CLOSED, file, numbers[0], 1, fence=fence)
        self._problems.append(warning)


def _trace(text: InlineText, offsets: Sequence[int]) -> list[tuple[int, int]] | None:
    """Carry the places of a text from the token's content to the file.

    ``offsets[i]`` is where character ``i`` of the content stands, the last where the content ends.
    None where everything is read as it stands: then there are as many characters.
    """
    last = len(offsets) - 1
    length_in_file = offsets[-1] - offsets[0]
    if len(text.plain) == last == length_in_file:
        return None
    places = text.places
    if places and places[-1][1] > last:
        places = [(min(start, last), min(end, last)) for start, end in places]
    return [(offsets[start], offsets[end]) for start, end in places]


MARKDOWN = Format(
    name="Markdown",
    suffixes=(".md", ".markdown"),
    parse=parse_markdown,
    unread_markup=(
        "addresses and titles of links and images",
        "tags and comments of HTML",
        "marks and texts of footnotes",
        "definitions of link references",
    ),
    unread_pattern=UNREAD_PATTERN,
    packages=("markdown-it-py",),
)
