"""The parser of Markdown: markdown-it-py with the rules that people's files need.

In: the body of a file. Out: its tokens. CommonMark and its tables, and what Obsidian, MkDocs,
Docusaurus, Hugo, GitBook and MDX add to it. However deep or long something is, all of its text
comes out, and the time stays in proportion.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bot.articles.formats.markdown_containers import read_containers
from bot.articles.formats.markdown_footnotes import read_footnotes
from bot.articles.formats.markdown_mdx import (
    COMMENT_FINDERS,
    COMPONENT_FINDERS,
    EXPRESSION_FINDERS,
    is_mdx,
    read_components,
)
from bot.articles.formats.markdown_spans import SPAN_FINDERS, read_spans

# Lists and quotations in each other, two levels a list: what lies deeper is read as one paragraph.
_DEEPEST_LEVEL = 60
# Never reached, because that rule comes first. Emphasis and links keep the parser's own limit.
_MAX_NESTING = 2 * _DEEPEST_LEVEL
# Of a longer paragraph so much is read at once, in characters: pairs are looked for in all of it.
_LONGEST_PIECE = 10_000
# Such characters may be markup, and each takes some ten microseconds. So many are none in a
# mebibyte that people wrote; what comes after them in a file is read as it stands.
_MARKUP = re.compile(r"[\[\]!*_<{}&\\`~=$:^|%]")
_MOST_MARKUP = 60_000
# Lines that are not empty: a block of its own takes up to a hundred microseconds. A mebibyte that
# people wrote has fewer.
_MOST_LINES = 20_000
_NEWLINE = re.compile(r"\r\n|\r|\n")
_ENDS_OF_PIECES = (".\n", ". ", "\n", " ")


class Parsed(NamedTuple):
    """The tokens of a body, and the line (from 0) from which on it is too much for the parser.

    ``is_cut`` says that inline markup was too much for it somewhere.
    """

    tokens: list[Token]
    end: int | None
    is_cut: bool


def parse_tokens(name: str, body: str) -> Parsed:
    """Parse a body; a file's ``name`` may say that it is MDX."""
    end = _find_end(body)
    lines = body if end is None else "\n".join(_NEWLINE.split(body)[:end])
    parser = _MDX if is_mdx(name, lines) else _MARKDOWN
    env: dict[str, object] = {}
    tokens = parser.parse(lines, env)
    return Parsed(tokens, end, "is_cut" in env)


def _find_end(body: str) -> int | None:
    """Give the line behind the last one that is parsed, None where all are."""
    if body.count("\n") + body.count("\r") <= _MOST_LINES:
        return None
    lines = _NEWLINE.split(body)
    told = 0
    for number, line in enumerate(lines):
        told += bool(line.strip())
        if told > _MOST_LINES:
            return number
    return None


def _make_parser(*, is_mdx: bool) -> MarkdownIt:
    parser = _make_rules(is_mdx=is_mdx)
    parser.options["maxNesting"] = _MAX_NESTING
    inline_parser = _make_rules(is_mdx=is_mdx)
    parser.core.ruler.at("inline", partial(_read_inline, inline_parser))
    return parser


def _make_rules(*, is_mdx: bool) -> MarkdownIt:
    # Escapes and entities stay tokens of their own, so that each can be traced to its source.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    parser.block.ruler.before("table", "too_deep", _read_too_deep)
    parser.use(read_containers).use(read_footnotes)
    if is_mdx:
        parser.use(read_components)
        read_spans(parser, COMPONENT_FINDERS, SPAN_FINDERS, EXPRESSION_FINDERS)
        # What is indented in a component is no code.
        parser.disable("code")
    else:
        read_spans(parser, COMMENT_FINDERS, SPAN_FINDERS)
    # Addresses are told as they are written, and none is ever opened.
    parser.normalizeLink = str  # type: ignore[assignment,method-assign]
    parser.validateLink = bool  # type: ignore[assignment,method-assign]
    return parser


def _read_too_deep(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read what lies deeper than anybody writes as one paragraph, marks and all."""
    if silent or state.level < _DEEPEST_LEVEL:
        return False
    token = state.push("inline", "", 0)
    token.content = state.getLines(line, end, state.blkIndent, keepLastLF=False).strip()
    token.map = [line, end]
    token.children = []
    state.line = end
    return True


def _read_inline(parser: MarkdownIt, state: StateCore) -> None:
    """Read the text of each block; a very long one piece by piece."""
    markup = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        children: list[Token] = []
        for piece in _split(token.content):
            markup += len(_MARKUP.findall(piece))
            if markup > _MOST_MARKUP:
                children.append(Token("text", "", 0, content=piece))
                state.env["is_cut"] = True
            else:
                children += parser.inline.parse(piece, parser, state.env, [])
        token.children = children


def _split(content: str) -> Iterator[str]:
    """Cut a text into pieces, rather behind a sentence, a line or a word than inside."""
    start = 0
    while len(content) - start > _LONGEST_PIECE:
        end = start + _LONGEST_PIECE
        for mark in _ENDS_OF_PIECES:
            found = content.rfind(mark, start + 1, end)
            if found > 0:
                end = found + len(mark)
                break
        yield content[start:end]
        start = end
    yield content[start:]


_MARKDOWN = _make_parser(is_mdx=False)
_MDX = _make_parser(is_mdx=True)
