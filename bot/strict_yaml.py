"""The one reader of YAML: text in, a tree of mappings, sequences and scalars with their lines out.

It works on PyYAML's event stream, so nothing is ever constructed: every scalar is text (``no``, ``010``
and ``12:30`` stay what was typed). Refused, with line and column: duplicate keys, aliases, anchors,
tags, several documents, more depth or size than allowed. It never raises anything but YamlError.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.visible import keep_visible

_NEWLINE = re.compile(r"\r\n|\r|\n")


class YamlError(ValueError):
    """What is wrong with a YAML text, where (1-based), and how to mend it.

    The texts are cut to what people read.
    """

    def __init__(self, line: int, column: int, what: str, hint: str = "") -> None:
        """Keep the facts as attributes; the message is ``line:column: what``."""
        self.line, self.column = line, column
        self.what, self.hint = keep_visible(what), keep_visible(hint)
        super().__init__(f"{line}:{column}: {self.what}")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text value and where it begins."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it begins."""

    line: int
    column: int
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Key and value pairs in the order of the text, and where they begin."""

    line: int
    column: int
    entries: "dict[str, tuple[Scalar, Node]]"


Node = Scalar | Sequence | Mapping


def read_yaml(
    text: str, *, first_line: int = 1, max_bytes: int = 65_536, max_depth: int = 4
) -> Node:
    """Read one YAML document.

    ``first_line`` is the number that the text's first line has in its file. An empty text gives an
    empty mapping. Raises YamlError for whatever is not plain, small, unambiguous YAML.
    """
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise YamlError(first_line, 1, f"larger than {max_bytes:,} bytes", "keep it short")
    places = _Places(text, first_line)
    try:
        return _Reader(text, places, max_depth).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "not YAML"
        raise YamlError(*places.of(mark.index if mark else 0), what, _hint(what)) from None
    except yaml.reader.ReaderError as error:
        what = f"the character U+{ord(text[error.position]):04X} is not allowed"
        raise YamlError(*places.of(error.position), what, "take it out") from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(
            first_line, 1, "an escape that is no character", "write the character itself"
        ) from None


def _hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return 'a value that contains a colon needs quotes, as in title: "One: Two"'
    if "'\\t'" in what:
        return "indent with spaces, not tabs"
    return "check the quotes, colons and indentation of this line"


class _Places:
    r"""Line and column of an index; YAML's own count takes U+0085 and U+2028 for the ends of lines too."""

    def __init__(self, text: str, first_line: int) -> None:
        self._first_line = first_line
        self._starts = [
            int(text.startswith("\ufeff")),
            *(newline.end() for newline in _NEWLINE.finditer(text)),
        ]

    def of(self, index: int) -> tuple[int, int]:
        line = max(0, bisect_right(self._starts, index) - 1)
        return self._first_line + line, max(0, index - self._starts[line]) + 1


class _Reader:
    def __init__(self, text: str, places: _Places, max_depth: int) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._places = places
        self._max_depth = max_depth

    def read(self) -> Node:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise self._error(
                        event, "a second document begins here", "keep one document, without ---"
                    )
                node = self._node(next(self._events), 1)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return Mapping(*self._places.of(0), {})
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(
                event, "anchors and aliases (& and *) are not read", "put the value in quotes"
            )
        if getattr(event, "tag", None):
            raise self._error(event, "tags (!) are not read", "put the value in quotes")
        line, column = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > self._max_depth:
            raise self._error(
                event, f"nested deeper than {self._max_depth} levels", "make it flatter"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(line, column, tuple(self._items(depth)))
        return Mapping(line, column, self._entries(depth))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> dict[str, tuple[Scalar, Node]]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._error(event, "a key must be a word", "put the key in quotes")
            if key.text == "<<":
                raise self._error(event, "merge keys (<<) are not read", "write the keys out")
            if key.text in entries:
                first = entries[key.text][0].line
                raise self._error(
                    event, f'duplicate key "{key.text}"', f"it stands in line {first} already"
                )
            entries[key.text] = key, self._node(next(self._events), depth + 1)
        return entries

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        try:
            event.value.encode("utf-8")
        except UnicodeEncodeError:
            raise self._error(
                event, "an escape that is no character", "write the character itself"
            ) from None
        return Scalar(*self._place(event), event.value)

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        return self._places.of(event.start_mark.index if event.start_mark else 0)

    def _error(self, event: yaml.Event, what: str, hint: str) -> YamlError:
        return YamlError(*self._place(event), what, hint)
