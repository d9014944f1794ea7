"""Inline markup that CommonMark does not have, for markdown-it-py.

In: a parser. Out: the same parser, which also knows the marks of Obsidian, of site generators and
of Discord. A mark becomes a token "unread", whose ``markup`` is what is passed over; ``info`` names
what is missing then, if anything. What is read otherwise than it is written becomes "text_special",
and "kept" is read exactly as it is written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

# What is missing where it was passed over: keys of the notes about it.
EMBED = "embed"
EXPRESSION = "expression"

_HIGHLIGHT = "=="
# [[page]], [[page|words]], [[page#heading]], [[page#^block]]; groups: page and its parts, words.
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]*+)(?:\|([^\[\]\n]*+))?\]\]")
_COMPUTED_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,300}"
    r"(?:\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\})[^()\n]{0,300}\)"
)
_EMBED = re.compile(r"!\[\[[^\[\]\n]*+\]\]")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\]")
_TASK_MARK = re.compile(r"\[[ xX/>?!*-]\](?=[ \t])")
_BLOCK_ID = re.compile(r"\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{2,}[ \t]*(?=\n|$)")
_EMOJI = re.compile(r":(?:[a-z][a-z0-9_+-]*[a-z0-9]|\+1|-1):(?![\w:])")
_CUSTOM_EMOJI = re.compile(r"<a?:\w{2,32}:\d{15,21}>")
_CHANNEL = re.compile(r"<#\d{15,21}>")
_LINE_BREAK = re.compile(r"<br(?=[\s/>])[^<>]{0,300}>|</br\s{0,9}>", re.IGNORECASE)
# Between dollars stands mathematics where no blank follows the first or comes before the last.
_MATHS = re.compile(r"\$(?![\s$])[^$\n]{0,299}?[^$\s\\]\$(?!\w)")
# `= this.due` and `$= dv.current()`: what a plugin computes.
_COMPUTED = re.compile(r"`\$?= ?(?:this|dv|date|link|choice|round|length|contains)\b[^`\n]*+`")
# The id, class or other attributes of what stands before them.
_ATTRIBUTES = re.compile(r"\{(?::[^{}\n]*+|[ \t]*[#.][A-Za-z][\w:.-]*+(?:[ \t]+[^{}\n]*+)?)\}")
# Those of an image, a link or code: ![a](b){width=300}
_ATTRIBUTES_BEHIND = re.compile(r"\{[ \t]*[\w-]+=[^{}\n]*+\}")
_BEFORE_ATTRIBUTES = (")", "]", "`")
# How far its end may be from the beginning of a mark, in characters.
_LONGEST_MARK = 2_000
_PAIRS = (("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{#", "#}"))
_SUBHEADING = " > "


class Piece(NamedTuple):
    """A token to come: its type, what stands in the source, what is read of it, what is missing."""

    kind: str
    markup: str
    content: str = ""
    info: str = ""


class Found(NamedTuple):
    """Where a mark ends, and the pieces that it consists of."""

    end: int
    pieces: Sequence[Piece]


Finder = Callable[[str, int], Found | None]


def read_spans(parser: MarkdownIt, *tables: Mapping[str, Sequence[Finder]]) -> None:
    """Add the rules; a table has finders by the character that their marks begin with."""
    finders: dict[str, tuple[Finder, ...]] = {}
    for table in tables:
        for character, more in table.items():
            finders[character] = (*finders.get(character, ()), *more)

    def find_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001, called so
        for finder in finders.get(state.src[state.pos], ()):
            found = finder(state.src, state.pos)
            if found is None or found.end > state.posMax:
                continue
            if not silent:
                _push(state, found.pieces)
            state.pos = found.end
            return True
        return False

    parser.inline.ruler.before("backticks", "spans", find_span)
    parser.inline.ruler.before("emphasis", "highlight", _push_highlight)
    parser.inline.ruler2.after("balance_pairs", "highlight", _match_highlights)


def _push(state: StateInline, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        token = state.push(piece.kind, "", 0)
        token.markup = piece.markup
        token.content = piece.content
        token.info = piece.info


def unread(source: str, start: int, end: int, info: str = "") -> Found:
    """Pass over ``source[start:end]``; ``info`` names what is missing then."""
    return Found(end, [Piece("unread", source[start:end], info=info)])


def _pass(pattern: re.Pattern[str], info: str = "") -> Finder:
    def find(source: str, start: int) -> Found | None:
        mark = pattern.match(source, start)
        return unread(source, start, mark.end(), info) if mark else None

    return find


def _keep(pattern: re.Pattern[str], kind: str = "kept") -> Finder:
    def find(source: str, start: int) -> Found | None:
        mark = pattern.match(source, start)
        return Found(mark.end(), [Piece(kind, "", mark[0])]) if mark else None

    return find


def _find_wiki_link(source: str, start: int) -> Found | None:
    link = _WIKI_LINK.match(source, start)
    if link is None:
        return None
    page, words = link[1], link[2]
    if words and words.strip():
        before = source[start : link.start(2)]
        pieces = [Piece("unread", before), Piece("kept", "", words), Piece("unread", "]]")]
        return Found(link.end(), pieces)
    pieces = [Piece("unread", "[[")]
    parts = page.split("#")
    for number, part in enumerate(parts):
        is_block = part.startswith("^")
        if number:
            follows_text = bool(parts[0]) and bool(part) and not is_block
            sign = Piece("text_special", "#", _SUBHEADING) if follows_text else Piece("unread", "#")
            pieces.append(sign)
        if part:
            pieces.append(Piece("unread", part) if is_block else Piece("kept", "", part))
    rest = source[link.end(1) : link.end()]
    pieces.append(Piece("unread", rest))
    return Found(link.end(), pieces)


def _find_computed_link(source: str, start: int) -> Found | None:
    """Find ``[words]({{< ref "page" >}})``: a link whose address a template computes."""
    link = _COMPUTED_LINK.match(source, start)
    if link is None:
        return None
    tail = source[link.end(1) : link.end()]
    return Found(
        link.end(), [Piece("unread", "["), Piece("kept", "", link[1]), Piece("unread", tail)]
    )


def _find_task_mark(source: str, start: int) -> Found | None:
    return _pass(_TASK_MARK)(source, start) if start == 0 else None


def _find_block_id(source: str, start: int) -> Found | None:
    if start and not source[start - 1].isspace():
        return None
    return _pass(_BLOCK_ID)(source, start)


def _find_emoji(source: str, start: int) -> Found | None:
    before = source[start - 1] if start else " "
    if before.isalnum() or before in "_:":
        return None
    return _pass(_EMOJI)(source, start)


def _find_maths(source: str, start: int) -> Found | None:
    if not source.startswith("$$", start):
        return _keep(_MATHS)(source, start)
    end = source.find("$$", start + 2, start + _LONGEST_MARK)
    if end < 0:
        return None
    return Found(end + 2, [Piece("kept", "", source[start : end + 2])])


def _find_comment(source: str, start: int) -> Found | None:
    """Find ``%%what nobody reads%%``."""
    if not source.startswith("%%", start):
        return None
    end = source.find("%%", start + 2)
    return unread(source, start, end + 2) if end >= 0 else None


def _find_shortcode(source: str, start: int) -> Found | None:
    end = end_of_shortcode(source, start)
    if end is not None:
        return unread(source, start, end)
    if not source.startswith("{{", start):
        return None
    end = source.find("}}", start, start + _LONGEST_MARK)
    return unread(source, start, end + 2, EXPRESSION) if end >= 0 else None


def end_of_shortcode(source: str, start: int) -> int | None:
    """Give where ``{{< x >}}``, ``{{% x %}}`` or ``{% x %}`` ends that begins at ``start``."""
    for opening, closing in _PAIRS:
        if source.startswith(opening, start):
            end = source.find(closing, start + len(opening), start + _LONGEST_MARK)
            if end >= 0:
                return end + len(closing)
    return None


def _find_attributes(source: str, start: int) -> Found | None:
    found = _pass(_ATTRIBUTES)(source, start)
    if found is None and start and source[start - 1] in _BEFORE_ATTRIBUTES:
        found = _pass(_ATTRIBUTES_BEHIND)(source, start)
    return found


def _find_template(source: str, start: int) -> Found | None:
    """Find ``<% what a template computes %>``."""
    if not source.startswith("<%", start):
        return None
    end = source.find("%>", start, start + _LONGEST_MARK)
    return unread(source, start, end + 2, EXPRESSION) if end >= 0 else None


def _find_line_break(source: str, start: int) -> Found | None:
    mark = _LINE_BREAK.match(source, start)
    return Found(mark.end(), [Piece("text_special", mark[0], " ")]) if mark else None


SPAN_FINDERS: dict[str, Sequence[Finder]] = {
    "[": (_find_wiki_link, _pass(_FOOTNOTE_MARK), _find_task_mark, _find_computed_link),
    "!": (_pass(_EMBED, EMBED),),
    "<": (_find_line_break, _keep(_CHANNEL, "channel"), _pass(_CUSTOM_EMOJI), _find_template),
    "{": (_find_attributes, _find_shortcode),
    "%": (_find_comment,),
    "^": (_find_block_id,),
    ":": (_find_emoji,),
    "$": (_find_maths,),
    "`": (_pass(_COMPUTED, EXPRESSION),),
}


def _push_highlight(state: StateInline, silent: bool) -> bool:  # noqa: FBT001, called so
    """Take ``==`` for a mark that may begin or end a highlight."""
    if silent or not state.src.startswith(_HIGHLIGHT, state.pos):
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=True)
    if scanned.length != len(_HIGHLIGHT):
        state.pending += "=" * scanned.length
        state.pos += scanned.length
        return True
    token = state.push("text", "", 0)
    token.content = _HIGHLIGHT
    delimiter = Delimiter(
        marker=ord("="),
        length=0,
        token=len(state.tokens) - 1,
        end=-1,
        open=scanned.can_open,
        close=scanned.can_close,
    )
    state.delimiters.append(delimiter)
    state.pos += scanned.length
    return True


def _match_highlights(state: StateInline) -> None:
    """Pass over the marks of which each found its other."""
    inner = [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in (state.delimiters, *inner):
        for opening in delimiters:
            if opening.marker != ord("=") or opening.end < 0:
                continue
            closing = delimiters[opening.end]
            for token in (state.tokens[opening.token], state.tokens[closing.token]):
                token.type = "unread"
                token.markup = _HIGHLIGHT
                token.content = ""
