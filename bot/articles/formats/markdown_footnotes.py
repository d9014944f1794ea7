"""Footnotes are no text: rules for markdown-it-py that pass their marks and definitions.

In: a parser. Out: the same parser, for which ``[^1]`` is markup, and ``[^1]: ...`` is nothing. The
syntax is that of GitHub and Pandoc, which CommonMark does not have.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_MARK = re.compile(r"\[\^[^\[\]\s]+\]")
# After a blank line a definition goes on in what is indented as deep as a block of code.
_INDENTATION = 4


def pass_footnotes(parser: MarkdownIt) -> None:
    """Add the rules; ``MarkdownIt.use`` takes this function."""
    parser.inline.ruler.before("link", "footnote_mark", _pass_mark)
    # A definition may follow a paragraph or a reference without a blank line.
    parser.block.ruler.before(
        "reference", "footnote_text", _pass_definition, {"alt": ["paragraph", "reference"]}
    )


def _pass_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001, the parser calls it so
    mark = _MARK.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.markup = mark[0]
    state.pos = mark.end()
    return True


def _pass_definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass a definition: to the next blank line, and what is indented below it."""
    if not _begins_definition(state, line):
        return False
    if not silent:
        last = _last_line_of_definition(state, line, end)
        state.line = last + 1
    return True


def _begins_definition(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    mark = _MARK.match(state.src, start, state.eMarks[line])
    if mark is None or state.is_code_block(line):
        return False
    return state.src.startswith(":", mark.end())


def _last_line_of_definition(state: StateBlock, first: int, end: int) -> int:
    """Give the last line that is not empty, below which another block begins."""
    interrupting_rules = state.md.block.ruler.getRules("paragraph")
    last = first
    is_after_blank = False
    for line in range(first + 1, end):
        is_blank = state.isEmpty(line)
        if not is_blank:
            least_indentation = _INDENTATION if is_after_blank else 0
            indentation = state.sCount[line] - state.blkIndent
            if indentation < least_indentation:
                break
            if any(rule(state, line, end, True) for rule in interrupting_rules):  # noqa: FBT003
                break
            last = line
        is_after_blank = is_blank
    return last
