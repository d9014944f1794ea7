"""Footnotes: a rule for markdown-it-py that reads their texts where they stand.

In: a parser. Out: the same parser, for which ``[^1]: ...`` is a paragraph like any other, and what
is indented below it goes on with it. The syntax is that of GitHub and Pandoc, which CommonMark does
not have. The marks in the text are passed over elsewhere.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from bot.articles.formats.markdown_containers import read_behind_mark, text_of_line

_DEFINITION = re.compile(r"\[\^[^\[\]\s]+\]:")


def read_footnotes(parser: MarkdownIt) -> None:
    """Add the rule; ``MarkdownIt.use`` takes this function."""
    # A definition may follow a paragraph or a reference without a blank line.
    parser.block.ruler.before(
        "reference", "footnote", _read_footnote, {"alt": ["paragraph", "reference"]}
    )


def _read_footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    start, end_of_line = text_of_line(state, line)
    mark = _DEFINITION.match(state.src, start, end_of_line)
    if mark is None or state.is_code_block(line):
        return False
    if silent:
        return True
    if state.src[mark.end() : end_of_line].strip():
        read_behind_mark(state, line, end, mark.end())
    else:
        state.line = line + 1
    return True
