"""HTML inside Markdown into blocks: what stands between its tags is text of the article.

In: tokens of HTML as markdown-it-py finds them. Out: blocks with places in the file. HTML that
begins in one token may end in a later one: what stands between the two tags of ``<details>``
belongs together, whatever it is written in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.token import Token

from bot.articles.blocks import Block
from bot.articles.formats.html_blocks import BlockReader, Part
from bot.articles.formats.html_boilerplate import LeftOut, Page
from bot.articles.formats.html_tree import Tree, build_tree
from bot.articles.formats.html_unclosed import find_unclosed, tell_unclosed
from bot.articles.formats.markdown_source import MarkdownSource

if TYPE_CHECKING:
    from bot.articles.model import Problem

_COLLAPSED = "details"


class _Collapsed(NamedTuple):
    """A <details> that is open: its line, and how deep the token of its tag lies."""

    line: int
    level: int


class HtmlReader:
    """Reads the HTML of one file, token by token.

    ``left_out`` says what was not read, ``problems`` what takes in all that stands behind it.
    """

    def __init__(self, source: MarkdownSource) -> None:
        """Read HTML of the file of ``source``."""
        self.left_out: dict[LeftOut, Part] = {}
        self.problems: list[Problem] = []
        self._source = source
        self._open: list[_Collapsed] = []
        self._ends = 0  # of <details>, in the tokens to come

    @property
    def group(self) -> int:
        """The line of the <details> that is open, 0 outside of any."""
        return self._open[-1].line if self._open else 0

    def expect(self, tokens: Sequence[Token]) -> None:
        """Take the tokens of the file: a <details> that is never closed holds nothing together."""
        self._ends = sum(_count_ends(token) for token in tokens)

    def read(self, token: Token, group: int) -> Iterator[Block]:
        """Give the blocks of a token; ``group`` is the line of the unit around it, 0 for none."""
        self._ends -= _count_ends(token)
        while self._open and self._open[-1].level > token.level:
            self._open.pop()
        offsets = self._source.locate(token)
        lines = self._source.lines
        tree = build_tree(token.content)
        is_end = token.content.lstrip().startswith("</")
        number_closed = tree.stray_ends.count(_COLLAPSED)
        if is_end:
            self._close(number_closed)
        page = Page(tree, is_fragment=True)
        group = self.group or group
        reader = BlockReader(page, lambda offset: lines.number(offsets[offset]), group)
        for block in reader.read():
            yield _move(block, offsets)
        if not is_end:
            self._close(number_closed)
        for element in tree.unclosed:
            if element.name == _COLLAPSED and self._ends > len(self._open):
                line = lines.number(offsets[element.start])
                self._open.append(_Collapsed(line, token.level))
        self._keep_left_out(reader.left_out)
        if not self.problems:
            self._check(tree, offsets)

    def _check(self, tree: Tree, offsets: Sequence[int]) -> None:
        """Warn of what is never closed; of the first in a file alone."""
        unclosed = find_unclosed(tree)
        if unclosed is None:
            return
        lines = self._source.lines
        end = len(tree.source.rstrip()) - 1
        behind = lines.text[offsets[end] :].lower()
        if unclosed.closing not in behind:
            problem = tell_unclosed(
                unclosed, self._source.file, lines, lambda offset: offsets[offset], end
            )
            self.problems.append(problem)

    def _close(self, number: int) -> None:
        """End so many <details>, as far as there are any."""
        remaining = max(0, len(self._open) - number)
        del self._open[remaining:]

    def _keep_left_out(self, left_out: dict[LeftOut, Part]) -> None:
        for kind, part in left_out.items():
            kept = self.left_out.setdefault(kind, Part(line=part.line))
            kept.parts += part.parts
            kept.words += part.words


def _count_ends(token: Token) -> int:
    return token.content.lower().count("</details") if token.type == "html_block" else 0


def _move(block: Block, offsets: Sequence[int]) -> Block:
    """Carry a block from a token's content to the file."""
    places = block.places
    if places is None:
        starts = range(block.start, block.start + len(block.plain))
        places = [(start, start + 1) for start in starts]
    moved = [(offsets[start], offsets[end - 1] + 1) for start, end in places]
    start = moved[0][0]
    end = moved[-1][1]
    is_verbatim = end - start == len(moved)
    return replace(block, start=start, end=end, places=None if is_verbatim else moved)
