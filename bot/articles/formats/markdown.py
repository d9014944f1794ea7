"""Markdown into blocks: CommonMark with tables, and what people's tools add to it.

In: the lines of a file. Out: headings, paragraphs, items of lists, rows of tables, lines of code
and titles of admonitions, each with its place. markdown-it-py finds the blocks and the inline
markup; what is added here is the way back: where each character of the text as it reads stands in
the file.

Addresses of links and images, tags of HTML, marks of any tool and definitions of references are no
text.
Code is kept line by line. Nothing is rendered.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from markdown_it.token import Token

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.formats.html_page import tell_left_out
from bot.articles.formats.markdown_html import HtmlReader
from bot.articles.formats.markdown_inline import UNREAD_PATTERN, InlineText, read_inline
from bot.articles.formats.markdown_links import check_links
from bot.articles.formats.markdown_parser import parse_tokens
from bot.articles.formats.markdown_source import MarkdownSource
from bot.articles.formats.markdown_spans import EMBED, EXPRESSION
from bot.articles.formats.markdown_tables import parse_table
from bot.articles.formats.markdown_units import mark_units
from bot.articles.lines import Lines
from bot.articles.model import PARAGRAPH, BlockForm, Problem
from bot.articles.problems import make_note, make_warning
from bot.texts import problems as texts

# Blanks before an item for each list around its own.
_INDENTATION = "  "
_BULLET = "• "
_TAB_STOPS = 4
_LIST_OPENS = ("bullet_list_open", "ordered_list_open")
_LIST_CLOSES = ("bullet_list_close", "ordered_list_close")
_CODE_BLOCKS = ("fence", "code_block")
# Code that a plugin runs: what it shows stands in no file.
_QUERIES = ("dataview", "dataviewjs", "tasks", "query", "templater", "meta-bind", "button")
# What may stand beside the pictures of a paragraph that is nothing but pictures.
_BESIDE_PICTURES = ("link_open", "link_close", "softbreak", "hardbreak", "unread", "html_inline")
# "#tag #another/tag", perhaps with the word before it.
_TAGS = re.compile(r"(?:tags?:{1,2}\s*)?(?:#[\w/-]+[,\s]*)+", re.IGNORECASE)
_TAG = re.compile(r"#([\w/-]*[^\W\d][\w/-]*)")
# ```yaml title="compose.yaml", as site generators show it above the code.
_FENCE_TITLE = re.compile(r"\b(?:title|filename|file)=([\"'])(.{1,200}?)\1")
_LONGEST_SETTINGS = 1_000
# Behind what is parsed, so many characters and the rest of their line are one block.
_RUNNING_CHARACTERS = 4_000
_WHITESPACE = re.compile(r"\s")
_LEFT_OUT = {EMBED: texts.EMBEDS_LEFT_OUT, EXPRESSION: texts.EXPRESSIONS_LEFT_OUT}


def parse_markdown(file: str, lines: Lines, body_line: int) -> Draft:
    """Parse the body that begins in ``body_line`` (1-based); headings keep their level."""
    draft = Draft()
    has_body = body_line <= len(lines)
    start = lines.span(body_line)[0] if has_body else len(lines.text)
    body = lines.text[start:].removeprefix("\ufeff")
    parsed = parse_tokens(file, body)
    mark_units(parsed.tokens)
    source = MarkdownSource(file, lines, body_line)
    parser = _BlockParser(source, draft.problems)
    blocks = [block for block in parser.parse(parsed.tokens) if block.plain.strip()]
    blocks = _pass_pictures_above_title(blocks, parser.pictures)
    draft.blocks, draft.keywords = _take_tags(blocks)
    draft.problems += parser.tell_left_out()
    draft.problems += tell_left_out(file, parser.html.left_out)
    draft.problems += parser.html.problems
    if parsed.end is not None:
        first_line = body_line + parsed.end
        draft.blocks += _read_plain(lines, first_line)
        draft.problems.append(make_note(texts.TOO_MUCH_MARKDOWN, file, first_line))
    elif parsed.is_cut:
        draft.problems.append(make_note(texts.TOO_MUCH_MARKUP, file))
    return draft


def _read_plain(lines: Lines, first_line: int) -> Iterator[Block]:
    """Read what is too much for the parser: running text, in blocks of many lines."""
    text = lines.text
    begin, _ = lines.span(first_line)
    while begin < len(text):
        newline = text.find("\n", begin + _RUNNING_CHARACTERS)
        end = newline + 1 if newline >= 0 else len(text)
        plain = _WHITESPACE.sub(" ", text[begin:end])
        yield Block(begin, end, plain)
        begin = end


def _pass_pictures_above_title(blocks: list[Block], pictures: Sequence[Block]) -> list[Block]:
    """Pass badges and logos, if nothing else stands above the heading of the page."""
    title = next((number for number, block in enumerate(blocks) if block.level), 0)
    are_pictures = all(any(block is picture for picture in pictures) for block in blocks[:title])
    return blocks[title:] if title and blocks[title].level == 1 and are_pictures else blocks


def _take_tags(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Take paragraphs of nothing but tags out of the text.

    A single "#word" is one only where people put tags: at the top or at the end.
    """
    kept: list[Block] = []
    keywords: list[str] = []
    ends = (0, len(blocks) - 1)
    for number, block in enumerate(blocks):
        is_text = block.level == 0 and block.form.kind == "paragraph"
        if not is_text or "#" not in block.plain or not _TAGS.fullmatch(block.plain.strip()):
            kept.append(block)
            continue
        tags = _TAG.findall(block.plain)
        is_labelled = not block.plain.lstrip().startswith("#")
        if len(tags) > 1 or is_labelled or number in ends:
            keywords += tags
        else:
            kept.append(block)
    return kept, keywords


class _BlockParser:
    def __init__(self, source: MarkdownSource, problems: list[Problem]) -> None:
        self.pictures: list[Block] = []
        self.html = HtmlReader(source)
        self._source = source
        self._problems = problems
        self._heading_level = 0  # 0 outside of headings
        self._is_title = False
        self._list_depth = 0
        self._unit_depth = 0
        self._unit_line = 0  # in which the outermost list or admonition begins, 0 outside
        self._item_mark = ""  # of an item whose first block has not come yet
        self._left_out: Counter[str] = Counter()
        self._first_left_out: dict[str, int] = {}

    def parse(self, tokens: Sequence[Token]) -> Iterator[Block]:
        self.html.expect(tokens)
        remaining = iter(tokens)
        for token in remaining:
            if token.type == "inline":
                yield self._parse_inline(token)
            elif token.type in _CODE_BLOCKS:
                yield from self._parse_code(token)
            elif token.type == "table_open":
                inside = takewhile(lambda part: part.type != "table_close", remaining)
                group = self._group(token)
                yield from parse_table(inside, self._source, group, self._problems)
            elif token.type == "html_block":
                yield from self.html.read(token, self._unit_line)
            else:
                self._follow(token)

    def tell_left_out(self) -> Iterator[Problem]:
        """Give a note for each kind of markup that stands for something which is not read."""
        for kind, number in self._left_out.items():
            line = self._first_left_out[kind]
            yield make_note(_LEFT_OUT[kind], self._source.file, line, number=number)

    def _follow(self, token: Token) -> None:
        """Keep in mind what opens and closes."""
        if token.type == "heading_open":
            self._heading_level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._heading_level = 0
        elif token.type in ("title_open", "title_close"):
            self._is_title = token.type == "title_open"
        elif token.type in _LIST_OPENS:
            self._list_depth += 1
            self._enter_unit(token)
        elif token.type in _LIST_CLOSES:
            self._list_depth -= 1
            self._leave_unit()
        elif token.type == "list_item_open":
            self._item_mark = self._make_item_mark(token)
        elif "unit" in token.meta:
            self._enter_unit(token) if token.meta["unit"] == "open" else self._leave_unit()

    def _enter_unit(self, token: Token) -> None:
        if self._unit_depth == 0:
            self._unit_line = self._source.line_numbers(token)[0]
        self._unit_depth += 1

    def _leave_unit(self) -> None:
        self._unit_depth -= 1
        if self._unit_depth == 0:
            self._unit_line = 0

    def _group(self, token: Token) -> int:
        """Give the line in which the outermost unit, or else the block itself, begins."""
        return self.html.group or self._unit_line or self._source.line_numbers(token)[0]

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
        self._count_left_out(token, first_line)
        offsets = self._source.locate(token)
        text = read_inline(token)
        places = _trace(text, offsets)
        level = self._heading_level
        form = PARAGRAPH if level else self._take_form(token)
        start, end = offsets[0], offsets[-1]
        block = Block(start, end, text.plain, level, places, form=form, links=text.links)
        if _is_picture(token):
            self.pictures.append(block)
        return block

    def _count_left_out(self, token: Token, line: int) -> None:
        for child in token.children or []:
            if child.type == "unread" and child.info:
                self._left_out[child.info] += 1
                self._first_left_out.setdefault(child.info, line)

    def _take_form(self, token: Token) -> BlockForm:
        """Say how a paragraph stands on its page.

        In a list it stands behind its item's mark; further paragraphs of the item below the first.
        """
        if self._is_title:
            return BlockForm("title", self._group(token))
        if self._list_depth == 0:
            group = self.html.group or self._unit_line
            return BlockForm("paragraph", group) if group else PARAGRAPH
        mark = self._item_mark or _INDENTATION * self._list_depth
        self._item_mark = ""
        return BlockForm("item", self.html.group or self._unit_line, mark)

    def _parse_code(self, token: Token) -> Iterator[Block]:
        """Give a block for each line of code that is not empty."""
        numbers = self._source.line_numbers(token)
        if token.type == "fence":
            language = token.info.strip("{} ").partition(" ")[0]
            if language.lower() in _QUERIES:
                self._left_out[EXPRESSION] += 1
                self._first_left_out.setdefault(EXPRESSION, numbers[0])
                return
            self._check_fence(token, numbers)
            title = self._find_fence_title(token, numbers[0])
            if title is not None:
                yield title
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

    def _find_fence_title(self, token: Token, number: int) -> Block | None:
        """Give the name of a file or the title that stands above code on its page."""
        found = _FENCE_TITLE.search(token.info, 0, _LONGEST_SETTINGS)
        if found is None or not found[2].strip():
            return None
        line_start, _ = self._source.lines.span(number)
        start = line_start + self._source.lines.line(number).rfind(found[2])
        end = start + len(found[2])
        form = BlockForm("title", self._group(token))
        return Block(start, end, found[2], is_whole=True, form=form)

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


def _is_picture(token: Token) -> bool:
    """Say whether a paragraph is nothing but pictures."""
    children = token.children or []
    others = [child for child in children if child.type != "image"]
    are_beside = all(
        child.type in _BESIDE_PICTURES or not child.content.strip() for child in others
    )
    return len(others) < len(children) and are_beside


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
    suffixes=(".md", ".markdown", ".mdx"),
    parse=parse_markdown,
    unread_markup=(
        "addresses and titles of links and images",
        "tags and comments of HTML, scripts and what is hidden",
        "marks of footnotes",
        "definitions of link references",
        "embedded notes and pictures of Obsidian",
        "comments of Obsidian and MDX",
        "names of blocks, classes and attributes",
        "shortcodes, template tags and queries",
        "imports, exports, components and expressions of MDX",
        "marks of admonitions and tabs",
        "short names of emoji",
        "pictures above the title",
    ),
    unread_pattern=UNREAD_PATTERN,
    packages=("markdown-it-py",),
)
