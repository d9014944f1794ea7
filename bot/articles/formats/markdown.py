"""CommonMark (with tables) into blocks.

markdown-it-py finds the blocks and the inline markup; what is added here is the way back: where each
character of the text as it reads stands in the file.

Link addresses, images' addresses and HTML are no text. Code is kept line by line, a table row by row,
its header together with the first row.
A footnote's mark or definition and a reference's definition are no text either. Nothing is rendered.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.articles.addresses import split_address
from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.lines import Lines
from bot.articles.model import PARAGRAPH, BlockForm, Problem

_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_LISTS = frozenset(
    f"{kind}_list_{end}" for kind in ("bullet", "ordered") for end in ("open", "close")
)
_BLANK = re.compile(r"\s")
_LABEL = re.compile(r"\[(?:\\.|[^\[\]\\])*\]", re.DOTALL)


def _footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001, the parser calls it so
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("footnote_mark", "", 0).markup = found[0]
    state.pos = found.end()
    return True


def _footnote_text(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass a definition: to the next blank line, and what is indented below it."""
    start = state.bMarks[line] + state.tShift[line]
    found = _FOOTNOTE.match(state.src, start, state.eMarks[line])
    if found is None or state.is_code_block(line) or not state.src.startswith(":", found.end()):
        return False
    if silent:
        return True
    others = state.md.block.ruler.getRules("paragraph")
    last = line
    is_after_blank = False
    for number in range(line + 1, end):
        if not state.isEmpty(number):
            is_inside = state.sCount[number] - state.blkIndent >= (4 if is_after_blank else 0)
            if not is_inside or any(rule(state, number, end, True) for rule in others):  # noqa: FBT003
                break
            last = number
        is_after_blank = state.isEmpty(number)
    state.line = last + 1
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    parser.block.ruler.before(
        "reference", "footnote_text", _footnote_text, {"alt": ["paragraph", "reference"]}
    )
    return parser


_PARSER = _parser()


def parse_markdown(file: str, lines: Lines, body_line: int) -> Draft:
    """Read the body that begins in ``body_line``; headings keep their level, problems their line."""
    draft = Draft()
    begin = lines.span(body_line)[0] if body_line <= len(lines) else len(lines.text)
    begin += lines.text.startswith("\ufeff", begin)
    reader = _Reader(
        file, lines, body_line, _PARSER.parse(lines.text[begin:].replace("\0", "\ufffd"))
    )
    draft.blocks.extend(block for block in reader.blocks() if block.plain.strip())
    draft.problems.extend(reader.problems)
    return draft


class _Reader:
    def __init__(self, file: str, lines: Lines, body_line: int, tokens: Sequence[Token]) -> None:
        self._file, self._lines, self._body_line, self._tokens = file, lines, body_line, tokens
        self.problems: list[Problem] = []
        # How many lists lie around what is read, the line in which the outermost begins, and a mark not yet shown.
        self._depth, self._list, self._mark = 0, 0, ""

    def blocks(self) -> Iterator[Block]:
        level = 0
        tokens = iter(self._tokens)
        for token in tokens:
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = 0
            elif token.type in _LISTS:
                self._depth += token.nesting
                self._list = self._group(token) if self._depth else 0
            elif token.type == "list_item_open":
                self._mark = "  " * (self._depth - 1) + (
                    f"{token.info}{token.markup} " if token.info else "• "
                )
            elif token.type == "table_open":
                parts = takewhile(lambda part: part.type != "table_close", tokens)
                yield from self._table(parts, self._group(token))
            elif token.type == "inline":
                yield self._inline(token, level)
            elif token.type in ("fence", "code_block"):
                yield from self._code(token)

    def _numbers(self, token: Token) -> range:
        first, last = token.map or (0, 0)
        return range(self._body_line + first, self._body_line + last)

    def _group(self, token: Token) -> int:
        return self._list or self._numbers(token)[0]

    def _form(self) -> BlockForm:
        """Say how a paragraph stands: in a list behind its item's mark, the item's further ones below the first."""
        if not self._depth:
            return PARAGRAPH
        mark, self._mark = self._mark or "  " * self._depth, ""
        return BlockForm("item", self._list, mark)

    def _table(self, tokens: Iterator[Token], group: int) -> Iterator[Block]:
        header: Block | None = None
        headings: list[str] = []
        is_header = True
        for token in tokens:
            is_header &= token.type != "thead_close"
            if token.type != "tr_open":
                continue
            parts = takewhile(lambda part: part.type != "tr_close", tokens)
            number = self._numbers(token)[0]
            cells = [part for part in parts if part.type == "inline"]
            texts = [_Walker(cell.content, cell.children or []).walk()[0] for cell in cells]
            headings = texts if is_header else headings
            row = self._row(number, cells, texts)
            if row is None:
                continue
            row = replace(
                row,
                form=BlockForm(
                    "row", group, shown="" if is_header else _name_cells(headings, texts)
                ),
            )
            if is_header:
                header = row
            elif header is not None:
                yield replace(row, start=header.start, plain=f"{header.plain} · {row.plain}")
                header = None
            else:
                yield row
        if header is not None:
            yield header

    def _row(self, number: int, cells: Sequence[Token], texts: Sequence[str]) -> Block | None:
        for cell in cells:
            self._check_links(number, cell)
        # In its cell's content a bar has lost the backslash before it.
        written = [
            cell.content.strip().replace("|", "\\|") for cell in cells if cell.content.strip()
        ]
        if not written:
            return None
        line, (start, _) = self._lines.line(number), self._lines.span(number)
        end = start + line.rfind(written[-1]) + len(written[-1])
        return Block(
            start + line.find(written[0]), end, " · ".join(filter(str.strip, texts)), is_whole=True
        )

    def _code(self, token: Token) -> Iterator[Block]:
        numbers = self._numbers(token)
        if token.type == "fence":
            last = self._lines.line(numbers[-1]).strip(" >\t")
            if len(numbers) < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
                what = "the code that begins here is never closed; all below it is read as code"
                self.problems.append(
                    Problem(
                        self._file, numbers[0], 1, "warning", what, f"close it with {token.markup}"
                    )
                )
            numbers = numbers[1:]
        group = self._group(token)
        for number, code in zip(numbers, token.content.split("\n"), strict=False):
            if plain := code.strip():
                start = self._lines.span(number)[0] + self._lines.line(number).rfind(plain)
                form = BlockForm("code", group, shown=code.expandtabs(4).rstrip())
                yield Block(start, start + len(plain), plain, is_whole=True, form=form)

    def _inline(self, token: Token, level: int) -> Block:
        offsets = self._locate(token)
        plain, kept = _Walker(token.content, token.children or []).walk()
        self._check_links(self._numbers(token)[0], token)
        last = len(offsets) - 1
        places = None
        # Where everything is read as it stands, there are as many characters.
        if not len(plain) == last == offsets[-1] - offsets[0]:
            if kept and kept[-1][1] > last:
                kept = [(min(begin, last), min(end, last)) for begin, end in kept]
            places = [(offsets[begin], offsets[end]) for begin, end in kept]
        return Block(
            offsets[0], offsets[-1], plain, level, places, form=PARAGRAPH if level else self._form()
        )

    def _locate(self, token: Token) -> list[int]:
        """Find where each character of the token's content stands in the file, and where its last one ends."""
        offsets: list[int] = []
        numbers = iter(self._numbers(token))
        for line in token.content.split("\n"):
            wanted = line.strip()
            # The first lines are missing from the content where they hold only blanks that are not ASCII's.
            number = next(
                (number for number in numbers if wanted in self._lines.line(number)),
                self._numbers(token)[-1],
            )
            start = self._lines.span(number)[0]
            at = start + self._lines.line(number).rfind(wanted) - (len(line) - len(line.lstrip()))
            offsets += [start] * (start - at)
            offsets += range(max(start, at), at + len(line) + 1)
        return offsets

    def _check_links(self, number: int, token: Token) -> None:
        parts = iter(token.children or [])
        for link in parts:
            if link.type != "link_open" or link.info == "auto":
                continue
            inside = takewhile(lambda part: part.type != "link_close", parts)
            text = "".join(part.content for part in inside if part.type != "html_inline")
            shown = re.match(r"\s*(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?:[/:?#]|\s*$)", text)
            if shown is None:
                continue
            address = split_address(str(link.attrs.get("href", "")))
            target = (address.hostname or "") if address else "an address that can't be read"
            if target and shown[1].lower().removeprefix("www.") != target.removeprefix("www."):
                what = f"a link that reads {shown[1]} leads to {target}"
                self.problems.append(
                    Problem(self._file, number, 0, "warning", what, "let it say where it leads")
                )


def _name_cells(headings: Sequence[str], texts: Sequence[str]) -> str:
    """Put each cell that is not empty behind its column's heading."""
    named = [
        (heading.strip(": "), text)
        for heading, text in zip(headings, texts, strict=True)
        if text.strip()
    ]
    return " · ".join(f"{heading}: {text}" if heading else text for heading, text in named)


class _Walker:
    """Follow the inline tokens through their source, keeping the characters that are read."""

    def __init__(self, source: str, tokens: Sequence[Token]) -> None:
        self._source, self._tokens = source, tokens
        self._at = 0
        self._plain: list[str] = []
        self._kept: list[tuple[int, int]] = []

    def walk(self) -> tuple[str, list[tuple[int, int]]]:
        """Give the text as it reads, and where in the source each of its characters begins and ends."""
        self._follow(self._tokens)
        return "".join(self._plain), self._kept

    def _follow(self, tokens: Sequence[Token]) -> None:
        is_address = False
        for token in tokens:
            match token.type:
                case "text" if is_address:
                    self._keep_verbatim(self._source[self._at : self._source.find(">", self._at)])
                case "text":
                    self._keep_verbatim(token.content)
                case "text_special":
                    self._keep_as(token.content, token.markup)
                case "code_inline":
                    self._skip_over(token.markup)
                    self._keep_code(token.content)
                    self._skip_over(token.markup)
                case "softbreak" | "hardbreak":
                    self._keep_newline()
                case "html_inline":
                    self._skip_over(token.content)
                case "link_open":
                    self._skip_over("<" if token.markup == "autolink" else "[")
                case "link_close" if token.markup == "autolink":
                    self._skip_over(">")
                case "link_close":
                    self._skip_link_tail()
                case "image":
                    self._skip_over("![")
                    self._follow(token.children or [])
                    self._skip_link_tail()
                case _:
                    self._skip_over(token.markup)
            is_address = token.type == "link_open" and token.markup == "autolink"

    def _keep(self, content: str, start: int, end: int) -> None:
        """Keep characters that all of one stretch of the source stands for."""
        self._plain.append(_BLANK.sub(" ", content))
        self._kept += [(start, end)] * len(content)

    def _keep_verbatim(self, content: str) -> None:
        if not self._source.startswith(content, self._at):
            self._skip_to(content)
        self._keep_as_it_stands(content)

    def _keep_as_it_stands(self, content: str) -> None:
        end = self._at + len(content)
        self._plain.append(_BLANK.sub(" ", content))
        self._kept += zip(range(self._at, end), range(self._at + 1, end + 1), strict=True)
        self._at = end

    def _keep_as(self, content: str, markup: str) -> None:
        if content == markup:  # a backslash that escapes nothing
            self._keep_verbatim(content)
            return
        self._skip_to(markup)
        self._keep(content, self._at, self._at + len(markup))
        self._at += len(markup)

    def _keep_code(self, content: str) -> None:
        is_padded = self._source[self._at : self._at + len(content)].replace("\n", " ") != content
        self._at += is_padded
        self._keep_as_it_stands(content)
        self._at += is_padded

    def _keep_newline(self) -> None:
        start = self._at
        self._skip_over("\n")
        while self._source.startswith((" ", "\t"), self._at):
            self._at += 1
        self._keep(" ", start, self._at)

    def _skip_to(self, text: str) -> None:
        found = self._source.find(text, self._at)
        self._at = found if found >= 0 else self._at

    def _skip_over(self, markup: str) -> None:
        if markup:
            self._skip_to(markup)
            self._at += len(markup) * self._source.startswith(markup, self._at)

    def _skip_link_tail(self) -> None:
        """Pass what ends a link: ``](address "title")``, ``][label]`` or a mere ``]``."""
        self._skip_over("]")
        if self._source.startswith("(", self._at):
            self._at = self._end_of_address(self._at + 1)
        elif (label := _LABEL.match(self._source, self._at)) is not None:
            self._at = label.end()

    def _end_of_address(self, at: int) -> int:
        """Give where the brackets around an address end, or where they begin where they hold none."""
        address = parseLinkDestination(self._source, self._after_blanks(at), len(self._source))
        end = self._after_blanks(address.pos if address.ok else at)
        title = parseLinkTitle(self._source, end, len(self._source))
        if title.ok:
            end = self._after_blanks(title.pos)
        return end + 1 if self._source.startswith(")", end) else at - 1

    def _after_blanks(self, at: int) -> int:
        while self._source.startswith((" ", "\t", "\n"), at):
            at += 1
        return at


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
    packages=("markdown-it-py",),
)
