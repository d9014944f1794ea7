"""CommonMark (with tables) into blocks.

markdown-it-py finds the blocks and the inline markup; what is added here is the way back: where each
character of the text as it reads stands in the file.

Link addresses, images' addresses and HTML are no text. Code is kept line by line. A footnote's or a
reference's definition is no text either. Nothing is rendered.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.articles.blocks import Block, Draft
from bot.articles.lines import Lines
from bot.articles.model import Problem

_PARSER = MarkdownIt("commonmark").enable("table").disable("text_join")
_LINK_TAIL = re.compile(
    r"\](?:\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\[\]]*\])?"
)


def read_markdown(file: str, lines: Lines, body_line: int) -> Draft:
    """Read the body that begins in ``body_line``; headings keep their level, problems their line."""
    draft = Draft()
    begin = lines.span(body_line)[0] if body_line <= len(lines) else len(lines.text)
    begin += lines.text.startswith("\ufeff", begin)
    reader = _Reader(file, lines, body_line, _PARSER.parse(lines.text[begin:].replace("\0", "\ufffd")))
    draft.blocks.extend(block for block in reader.blocks() if block.plain.strip())
    draft.problems.extend(reader.problems)
    return draft


class _Reader:
    def __init__(self, file: str, lines: Lines, body_line: int, tokens: Sequence[Token]) -> None:
        self._file, self._lines, self._body_line, self._tokens = file, lines, body_line, tokens
        self.problems: list[Problem] = []

    def blocks(self) -> Iterator[Block]:
        level = 0
        for position, token in enumerate(self._tokens):
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "tr_open":
                yield from self._row(token)
            elif token.type == "inline" and self._tokens[position - 1].type not in ("th_open", "td_open"):
                yield self._inline(token, level)
            elif token.type in ("fence", "code_block"):
                yield from self._code(token)

    def _numbers(self, token: Token) -> range:
        first, last = token.map or (0, 0)
        return range(self._body_line + first, self._body_line + last)

    def _row(self, token: Token) -> Iterator[Block]:
        for number in self._numbers(token):
            yield self._whole_line(number, re.compile(r"[\s|]*\|[\s|]*"))

    def _code(self, token: Token) -> Iterator[Block]:
        numbers = self._numbers(token)
        if token.type == "fence":
            last = self._lines.line(numbers[-1]).strip(" >\t")
            if len(numbers) < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
                what = "the code that begins here is never closed; all below it is read as code"
                self.problems.append(
                    Problem(self._file, numbers[0], 1, "warning", what, f"close it with {token.markup}")
                )
                numbers = numbers[1:]
            else:
                numbers = numbers[1:-1]
        for number in numbers:
            if self._lines.line(number).strip():
                yield self._whole_line(number, None)

    def _whole_line(self, number: int, separator: re.Pattern[str] | None) -> Block:
        start, end = self._lines.span(number)
        line = self._lines.line(number)
        start += len(line) - len(line.lstrip(" \t|"))
        end -= len(line) - len(line.rstrip(" \t|"))
        plain = self._lines.text[start:end]
        if separator is not None:
            plain = separator.sub(lambda match: "·".center(len(match[0])), plain)
        return Block(start, max(start, end), plain, is_whole=True)

    def _inline(self, token: Token, level: int) -> Block:
        source, offsets = self._locate(token)
        plain, kept = _Walker(source, token.children or []).walk()
        self._check_links(token)
        places = [offsets[index] for index in kept]
        start, end = (offsets[0], offsets[-1] + 1) if offsets else (0, 0)
        return Block(start, end, plain, level, places)

    def _locate(self, token: Token) -> tuple[str, list[int]]:
        """Find where each character of the token's content stands in the file."""
        offsets: list[int] = []
        for number, line in zip(self._numbers(token), token.content.split("\n"), strict=False):
            start, _ = self._lines.span(number)
            raw = self._lines.line(number)
            wanted = line.strip()
            at = start + max(raw.rfind(wanted), 0)
            indent = len(line) - len(line.lstrip())
            offsets.extend([at] * indent)
            offsets.extend(range(at, at + len(line) - indent))
            offsets.append(start + len(raw))
        return token.content, offsets[: len(token.content)]

    def _check_links(self, token: Token) -> None:
        children = token.children or []
        for link, text in pairwise(children):
            if link.type != "link_open" or text.type != "text" or link.info == "auto":
                continue
            shown = re.match(r"\s*(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?:[/:?#]|\s*$)", text.content)
            target = urlsplit(str(link.attrs.get("href", ""))).hostname or ""
            if shown and target and shown[1].lower().removeprefix("www.") != target.removeprefix("www."):
                what = f"a link that reads {shown[1]} leads to {target}"
                self.problems.append(
                    Problem(self._file, self._numbers(token)[0], 0, "warning", what, "let it say where it leads")
                )


class _Walker:
    """Follow the inline tokens through their source, keeping the characters that are read."""

    def __init__(self, source: str, tokens: Sequence[Token]) -> None:
        self._source, self._tokens = source, tokens
        self._at = 0
        self._plain: list[str] = []
        self._kept: list[int] = []

    def walk(self) -> tuple[str, list[int]]:
        """Give the text as it reads and the index in the source of each of its characters."""
        self._follow(self._tokens)
        return "".join(self._plain), self._kept

    def _follow(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
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
                case "link_open" if token.markup == "autolink":
                    self._skip_over("<")
                case "link_open":
                    self._skip_over("[")
                case "link_close" if token.markup == "autolink":
                    self._at = self._source.find(">", self._at) + 1 or self._at
                case "link_close":
                    self._skip_link_tail()
                case "image":
                    self._skip_over("![")
                    self._follow(token.children or [])
                    self._skip_link_tail()
                case _:
                    self._skip_over(token.markup)

    def _keep(self, character: str, index: int) -> None:
        self._plain.append(character)
        self._kept.append(index)

    def _keep_verbatim(self, content: str) -> None:
        if content and not self._source.startswith(content, self._at):
            found = self._source.find(content, self._at)
            if found < 0:
                return
            self._at = found
        for character in content:
            self._keep(" " if character.isspace() else character, self._at)
            self._at += 1

    def _keep_as(self, content: str, markup: str) -> None:
        self._skip_to(markup)
        for character in content:
            self._keep(character, self._at)
        self._at += len(markup)

    def _keep_code(self, content: str) -> None:
        if not self._source.startswith(content.replace("\n", " "), self._at):
            self._at += self._source.startswith((" ", "\n"), self._at)
        for _ in content:
            character = self._source[self._at]
            self._keep(" " if character.isspace() else character, self._at)
            self._at += 1
        self._at += self._source.startswith((" ", "\n"), self._at)

    def _keep_newline(self) -> None:
        newline = self._source.find("\n", self._at)
        if newline >= 0:
            self._keep(" ", newline)
            self._at = newline + 1
            while self._source.startswith((" ", "\t"), self._at):
                self._at += 1

    def _skip_to(self, text: str) -> None:
        found = self._source.find(text, self._at)
        self._at = found if found >= 0 else self._at

    def _skip_over(self, markup: str) -> None:
        if markup:
            self._skip_to(markup)
            self._at += len(markup) * self._source.startswith(markup, self._at)

    def _skip_link_tail(self) -> None:
        tail = _LINK_TAIL.match(self._source, self._at)
        if tail is not None:
            self._at = tail.end()
