"""The one reader of YAML: a text becomes mappings, sequences and scalars with their places.

In: one YAML document. Out: its nodes, each with line and column. Every scalar is text: ``no``,
``010`` and ``12:30`` stay as typed, because nodes are made of PyYAML's events and no value is
constructed. Refused, with line and column: duplicate keys, aliases, anchors, tags, several
documents, more depth or size than allowed. Nothing but YamlError is raised.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.texts import problems_yaml as texts
from bot.visible import keep_visible

_NEWLINE = re.compile(r"\r\n|\r|\n")


class YamlError(ValueError):
    """What is wrong with a YAML text, where, and how to mend it.

    Attributes:
        line: The line, from 1.
        column: The column, from 1.
        what: What is wrong.
        hint: How to mend it; may be empty.

    Both texts are cut to what people read (``keep_visible``).

    """

    def __init__(self, line: int, column: int, what: str, hint: str = "") -> None:
        """Keep the facts as attributes; the message is ``line:column: what``."""
        self.line = line
        self.column = column
        self.what = keep_visible(what)
        self.hint = keep_visible(hint)
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
    """Read one YAML document; an empty text gives an empty mapping.

    ``first_line`` is the number that the text's first line has in its file. ``max_depth`` is how
    deep mappings and sequences may be nested. Raises YamlError for whatever is not plain, small,
    unambiguous YAML.
    """
    size_bytes = len(text.encode("utf-8", "surrogatepass"))
    if size_bytes > max_bytes:
        what = texts.TOO_LARGE(max_bytes=max_bytes)
        raise YamlError(first_line, 1, what, texts.KEEP_IT_SHORT)
    locator = _Locator(text, first_line)
    try:
        return _Reader(text, locator, max_depth).read()
    except YamlError:
        raise
    except yaml.MarkedYAMLError as error:
        raise _describe_syntax_error(error, locator) from None
    except yaml.reader.ReaderError as error:
        raise _describe_character(text, error.position, locator) from None
    except (ValueError, OverflowError):
        # PyYAML makes a character of an escape without a check.
        raise YamlError(first_line, 1, texts.NO_CHARACTER, texts.WRITE_THE_CHARACTER) from None


def _describe_syntax_error(error: yaml.MarkedYAMLError, locator: "_Locator") -> YamlError:
    mark = error.problem_mark or error.context_mark
    what = error.problem or error.context or texts.NOT_YAML
    line, column = locator.locate(mark.index if mark else 0)
    return YamlError(line, column, what, _find_hint(what))


def _find_hint(what: str) -> str:
    """Give how to mend what PyYAML says is wrong."""
    if "mapping values are not allowed" in what:
        return texts.QUOTE_THE_COLON
    if "'\\t'" in what:
        return texts.INDENT_WITH_SPACES
    return texts.CHECK_THE_LINE


def _describe_character(text: str, index: int, locator: "_Locator") -> YamlError:
    what = texts.FORBIDDEN_CHARACTER(code=ord(text[index]))
    line, column = locator.locate(index)
    return YamlError(line, column, what, texts.TAKE_IT_OUT)


class _Locator:
    """Lines and columns of a text, from 1.

    PyYAML's own count takes U+0085 and U+2028 for the ends of lines too; editors do not.
    """

    def __init__(self, text: str, first_line: int) -> None:
        self._first_line = first_line
        # A byte order mark is no character of the first line.
        first_start = 1 if text.startswith("\ufeff") else 0
        other_starts = [newline.end() for newline in _NEWLINE.finditer(text)]
        self._line_starts = [first_start, *other_starts]

    def locate(self, index: int) -> tuple[int, int]:
        """Give line and column of an index of the text."""
        following_line = bisect_right(self._line_starts, index)
        line = max(0, following_line - 1)
        column = max(0, index - self._line_starts[line])
        return self._first_line + line, column + 1


class _Reader:
    """Makes nodes of the events of PyYAML's parser, by recursive descent."""

    def __init__(self, text: str, locator: _Locator, max_depth: int) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._locator = locator
        self._max_depth = max_depth

    def read(self) -> Node:
        node: Node | None = None
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if node is not None:
                raise self._error(event, texts.SECOND_DOCUMENT, texts.KEEP_ONE_DOCUMENT)
            node = self._read_node(next(self._events), 1)
        is_empty = isinstance(node, Scalar) and not node.text
        if node is None or is_empty:
            line, column = self._locator.locate(0)
            return Mapping(line, column, {})
        return node

    def _read_node(self, event: yaml.Event, depth: int) -> Node:
        has_anchor = bool(getattr(event, "anchor", None))
        if isinstance(event, yaml.AliasEvent) or has_anchor:
            raise self._error(event, texts.ANCHORS, texts.QUOTE_THE_VALUE)
        if getattr(event, "tag", None):
            raise self._error(event, texts.TAGS, texts.QUOTE_THE_VALUE)
        if isinstance(event, yaml.ScalarEvent):
            return self._read_scalar(event)
        if depth > self._max_depth:
            what = texts.TOO_DEEP(max_depth=self._max_depth)
            raise self._error(event, what, texts.MAKE_IT_FLATTER)
        line, column = self._locate(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(self._read_items(depth))
            return Sequence(line, column, items)
        entries = self._read_entries(depth)
        return Mapping(line, column, entries)

    def _read_scalar(self, event: yaml.ScalarEvent) -> Scalar:
        try:
            event.value.encode("utf-8")
        except UnicodeEncodeError:
            error = self._error(event, texts.NO_CHARACTER, texts.WRITE_THE_CHARACTER)
            raise error from None
        line, column = self._locate(event)
        return Scalar(line, column, event.value)

    def _read_items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._read_node(event, depth + 1)

    def _read_entries(self, depth: int) -> dict[str, tuple[Scalar, Node]]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._read_node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._error(event, texts.KEY_IS_NO_WORD, texts.QUOTE_THE_KEY)
            if key.text == "<<":
                raise self._error(event, texts.MERGE_KEYS, texts.WRITE_THE_KEYS_OUT)
            if key.text in entries:
                first_key, _ = entries[key.text]
                what = texts.DUPLICATE_KEY(key=key.text)
                raise self._error(event, what, texts.STANDS_ALREADY(line=first_key.line))
            value = self._read_node(next(self._events), depth + 1)
            entries[key.text] = (key, value)
        return entries

    def _locate(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return self._locator.locate(mark.index if mark else 0)

    def _error(self, event: yaml.Event, what: str, hint: str) -> YamlError:
        line, column = self._locate(event)
        return YamlError(line, column, what, hint)
