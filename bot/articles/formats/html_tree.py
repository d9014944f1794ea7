"""Tokens of HTML into elements: which element holds what, also where end tags are missing.

In: a text. Out: its events in order: an element opens, a text, an element closes. Each event of
opening has its event of closing. Where tags are missing or stand in the wrong place, elements end
where they do in a browser (section 13.2.6 of the HTML standard), as far as that decides what is
read together. ``html``, ``head`` and ``body`` are no elements here; their attributes are kept.

Nothing is recursive, and time grows with the length of the text and no faster.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.articles.formats.html_tokens import FOREIGN_ELEMENTS, HtmlToken, tokenize

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# An element takes some forty microseconds. Hardly a page of a mebibyte has as many.
_MOST_ELEMENTS = 40_000
_OUTER = frozenset(("html", "head", "body"))
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source"
    " track wbr".split()
)
# Elements that end an open paragraph.
_ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search"
    " section summary table ul xmp".split()
) | frozenset(HEADINGS)
_TABLE_PARTS = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
# Elements around which a text cannot run on; the standard calls them special.
BLOCKS = (_ENDS_PARAGRAPH | _TABLE_PARTS | {"legend", "optgroup", "option"}) - {"col", "colgroup"}
_SPECIAL = (
    BLOCKS
    | _VOID
    | {"applet", "button", "iframe", "marquee", "object", "script", "select", "style", "template"}
)
# Elements out of which no end tag reaches.
_SCOPES = frozenset("applet button caption marquee object table td template th".split())
_TABLE_SCOPES = frozenset(("table", "template"))
# An item does not end one that lies outside of these.
_ITEM_SCOPES = _SPECIAL - {"address", "div", "p", "li", "dd", "dt"} - _VOID
# What a part of a table ends: the others up to its own table.
_CELL_ENDS = ("caption", "td", "th")
_ROW_ENDS = (*_CELL_ENDS, "tr")
_ENDED_IN_TABLE: Mapping[str, tuple[str, ...]] = {
    "td": _CELL_ENDS,
    "th": _CELL_ENDS,
    "tr": _ROW_ENDS,
    "tbody": (*_ROW_ENDS, "tbody", "thead", "tfoot"),
    "thead": (*_ROW_ENDS, "tbody", "thead", "tfoot"),
    "tfoot": (*_ROW_ENDS, "tbody", "thead", "tfoot"),
    "caption": _CELL_ENDS,
}
_ENDED_BY_ITEM: Mapping[str, tuple[str, ...]] = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
}
_ENDS_SELECT = ("input", "select", "textarea")
_EMPTY: Mapping[str, str] = {}

_Scope = Literal["(scope)", "(table)", "(item)", "(special)"]


@dataclass(slots=True, eq=False)
class Element:
    """An element, open from the event ``first`` to the event ``last``.

    Its start tag begins at ``start``, its end tag at ``end``; events between may lie behind that,
    where tags are nested wrongly. ``parent`` is None for the outermost.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    first: int
    parent: "Element | None"
    last: int = -1
    end: int = -1

    def get(self, attribute: str) -> str:
        """Give the value of an attribute, "" where there is none."""
        return self.attributes.get(attribute, "")


class Event(NamedTuple):
    """What happens at ``source[start:end]``; a text or a comment lies in ``element``."""

    kind: Literal["open", "close", "text", "comment"]
    element: Element
    start: int
    end: int
    is_raw: bool = False


@dataclass(slots=True)
class Tree:
    """The events of a text; ``outer`` are the attributes of html, head and body."""

    source: str
    root: Element
    events: list[Event] = field(default_factory=list)
    outer: dict[str, dict[str, str]] = field(default_factory=dict)
    # What is open at the end, and the names of end tags that ended nothing.
    unclosed: list[Element] = field(default_factory=list)
    stray_ends: list[str] = field(default_factory=list)
    # Where the elements become too many, -1 where they do not: nothing behind it is read.
    cut_at: int = -1

    def elements(self) -> list[Element]:
        """Give all elements in the order of their start tags, without the outermost."""
        return [event.element for event in self.events[1:] if event.kind == "open"]


def build_tree(source: str, start: int = 0, *, is_xml: bool = False) -> Tree:
    """Build the tree of ``source[start:]``."""
    builder = _Builder(source, start)
    elements = 0
    for token in tokenize(source, start, is_xml=is_xml):
        elements += token.kind == "start"
        if elements > _MOST_ELEMENTS:
            return builder.finish(cut_at=token.start)
        builder.add(token)
    return builder.finish()


class _Builder:
    def __init__(self, source: str, start: int) -> None:
        root = Element("", _EMPTY, start, 0, None)
        self._tree = Tree(source, root)
        self._tree.events.append(Event("open", root, start, start))
        self._open = [root]
        # At which depths elements of a name, or of a scope, are open, outermost first.
        self._depths: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, token: HtmlToken) -> None:
        if token.kind == "start":
            self._add_start(token)
        elif token.kind == "end":
            self._add_end(token)
        else:
            event = Event(token.kind, self._open[-1], token.start, token.end, token.is_raw)
            self._tree.events.append(event)

    def finish(self, cut_at: int = -1) -> Tree:
        self._tree.cut_at = cut_at
        self._tree.unclosed = self._open[1:]
        self._close(0, len(self._tree.source))
        return self._tree

    def _add_start(self, token: HtmlToken) -> None:
        name = token.name
        if name in _OUTER:
            attributes = self._tree.outer.setdefault(name, {})
            for key, value in token.attributes.items():
                attributes.setdefault(key, value)
            return
        self._end_implied(name, token.start)
        if name in ("td", "th"):
            self._begin_row(token)
        element = self._push(name, token.attributes, token.start, token.end)
        is_stray = name in _TABLE_PARTS and not self._depths["table"]
        if token.is_closed or is_stray or name in _VOID:
            self._close(len(self._open) - 1, token.end)
            element.end = token.end

    def _add_end(self, token: HtmlToken) -> None:
        name = token.name
        if name in _OUTER:
            return
        if not self._depths[name]:
            self._tree.stray_ends.append(name)
        if name in ("br", "p") and not self._is_open(name, "(scope)"):
            # A browser makes an element of such a lonely end.
            self._push(name, _EMPTY, token.start, token.end)
            self._close(len(self._open) - 1, token.end)
            return
        if name in HEADINGS:
            name = self._innermost_of(HEADINGS) or name
        if name in _TABLE_PARTS or name == "table":
            self._end(name, "(table)", token.start)
        elif name in _SPECIAL or name in FOREIGN_ELEMENTS:
            self._end(name, "(scope)", token.start)
        else:
            self._end_inline(name, token.start)

    def _end_implied(self, name: str, offset: int) -> None:
        """End what a start tag ends without an end tag."""
        if name in _ENDS_PARAGRAPH:
            self._end("p", "(scope)", offset)
        for ended in _ENDED_BY_ITEM.get(name, ()):
            self._end(ended, "(item)", offset)
        for ended in _ENDED_IN_TABLE.get(name, ()):
            self._end(ended, "(table)", offset)
        innermost = self._open[-1].name
        if name in HEADINGS and innermost in HEADINGS:
            self._end(innermost, "(scope)", offset)
        elif name == "a":
            self._end_inline("a", offset)
        elif name == "button":
            self._end("button", "(scope)", offset)
        elif name in _ENDS_SELECT:
            self._end("select", "(scope)", offset)

    def _begin_row(self, token: HtmlToken) -> None:
        """Begin a row for a cell that stands in a table and in no row."""
        is_in_table = bool(self._depths["table"])
        if is_in_table and not self._is_open("tr", "(table)"):
            self._push("tr", _EMPTY, token.start, token.start)

    def _innermost_of(self, names: tuple[str, ...]) -> str:
        open_names = [name for name in names if self._depths[name]]
        return max(open_names, key=lambda name: self._depths[name][-1], default="")

    def _is_open(self, name: str, scope: _Scope) -> bool:
        """Say whether an element is open, and no element of the scope inside of it."""
        depths = self._depths[name]
        scope_depths = self._depths[scope]
        if not depths:
            return False
        return not scope_depths or depths[-1] >= scope_depths[-1]

    def _end(self, name: str, scope: _Scope, offset: int) -> None:
        """End the innermost element of a name, and all inside of it."""
        if self._is_open(name, scope):
            self._close(self._depths[name][-1], offset)

    def _end_inline(self, name: str, offset: int) -> None:
        """End an element that lies in a line of text; blocks inside of it stay open."""
        if self._is_open(name, "(special)"):
            self._close(self._depths[name][-1], offset)
        elif self._depths[name]:
            element = self._open[self._depths[name][-1]]
            if element.end < 0:
                element.end = offset

    def _push(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> Element:
        element = Element(name, attributes, start, len(self._tree.events), self._open[-1])
        self._tree.events.append(Event("open", element, start, end))
        for key in _keys(name):
            self._depths[key].append(len(self._open))
        self._open.append(element)
        return element

    def _close(self, depth: int, offset: int) -> None:
        """Close all that is open at ``depth`` and deeper."""
        while len(self._open) > depth:
            element = self._open.pop()
            for key in _keys(element.name):
                if self._open:
                    self._depths[key].pop()
            element.last = len(self._tree.events)
            if element.end < 0:
                element.end = offset
            self._tree.events.append(Event("close", element, offset, offset))


def _keys(name: str) -> tuple[str, ...]:
    """Give what the depth of an element is kept under: its name, and its scopes."""
    return _KEYS.get(name) or (name,)


def _find_keys(name: str) -> tuple[str, ...]:
    keys = [name, "(special)"]
    if name in _SCOPES:
        keys.append("(scope)")
    if name in _TABLE_SCOPES:
        keys.append("(table)")
    if name in _ITEM_SCOPES:
        keys.append("(item)")
    return tuple(keys)


_KEYS = {name: _find_keys(name) for name in _SPECIAL}
