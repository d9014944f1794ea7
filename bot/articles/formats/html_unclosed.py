"""What is never closed in HTML, so that it takes in all that stands behind it.

In: a tree. Out: the comment, tag or element of which no end stands in the text. What ends by itself
(such as ``<p>``) is none.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.articles.formats.html_tree import Tree
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.articles.problems import make_warning
from bot.texts import problems as texts

_COMMENT = "<!--"
_COMMENT_ENDS = ("-->", "--!>")
# What is shown of the tag that never ends.
_LONGEST = 20
# What is read of these is no text, or no heading.
_TAKING_IN = frozenset(
    ("iframe", "noembed", "noframes", "pre", "script", "style", "template", "textarea", "title")
)


class Unclosed(NamedTuple):
    """What begins at ``start`` and should end with ``closing``."""

    opening: str
    closing: str
    start: int

    @property
    def is_read(self) -> bool:
        """Whether what it takes in is text all the same."""
        return self.opening == "<pre>"


def find_unclosed(tree: Tree) -> Unclosed | None:
    """Find the first that takes in anything; None where there is none."""
    for element in tree.unclosed:
        behind = tree.events[element.first].end
        if element.name in _TAKING_IN and tree.source[behind:].strip():
            return Unclosed(f"<{element.name}>", f"</{element.name}>", element.start)
    comments = [event for event in tree.events if event.kind == "comment"]
    if not comments or comments[-1].end < len(tree.source):
        return None
    start = comments[-1].start
    if tree.source.startswith(_COMMENT, start):
        is_closed = tree.source.endswith(_COMMENT_ENDS)
        return None if is_closed else Unclosed(_COMMENT, _COMMENT_ENDS[0], start)
    opening = tree.source[start:].split(maxsplit=1)[0]
    return None if tree.source.endswith(">") else Unclosed(opening[:_LONGEST], ">", start)


def tell_unclosed(
    unclosed: Unclosed, file: str, lines: Lines, place: Callable[[int], int], end: int
) -> Problem:
    """Warn from where to where a text is not read; ``place`` finds an offset in the file."""
    offset = place(unclosed.start)
    text = texts.HTML_NOT_CLOSED_READ if unclosed.is_read else texts.HTML_NOT_CLOSED
    return make_warning(
        text,
        file,
        lines.number(offset),
        lines.column(offset),
        opening=unclosed.opening,
        closing=unclosed.closing,
        last=lines.number(place(end)),
    )
