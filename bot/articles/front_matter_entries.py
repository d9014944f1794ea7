"""The entries of a header, in whichever syntax it is written.

In: the lines of a header. Out: values by key, in small letters, with their places, and problems.
YAML is cut into its top-level entries line by line, and only the wanted ones are read, each by
itself: what stands in another, however deep or broken, costs nothing. A value that YAML refuses
is read as it stands.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

from bot.articles.model import Problem
from bot.articles.problems import make_note, make_warning
from bot.strict_yaml import Mapping, Node, Scalar, YamlError, read_yaml
from bot.texts import problems as texts

# A value is a text, a list of values, or values by key.
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

# Deeper than any value that is read; a fault below costs only the value.
_MAX_DEPTH = 8
# What begins an entry: group 1 is the key, and may hold colons that no blank follows.
_ENTRY_LINE = re.compile(r"([^\s#\-\[\]{}].*?):(?:\s+.*|)")
# A key as headers have them, and its value: groups 1 and 2.
_KEY_LINE = re.compile(r"(?:[\"']?)(<<|[^\W\d][\w.-]*(?: [\w.-]+){0,2})(?:[\"']?)\s*:(?:\s+(.*)|)")
_TOML_LINE = re.compile(r"\s*([A-Za-z_][\w-]*)\s*=\s*(.*)")
_QUOTES = "\"'"
_COMMENT = re.compile(r"\s#.*")
_ITEM = re.compile(r"\s*-\s+(.*)")
# With fewer words no value is a sentence.
_WORDS_OF_A_SENTENCE = 6


class Entry(NamedTuple):
    """The value of a key and where it begins, from 1."""

    line: int
    column: int
    value: Value


class _Chunk(NamedTuple):
    """A top-level key, the number of its line in the file, and all lines of its entry."""

    key: str
    line: int
    lines: list[str]


def looks_like_yaml(lines: Sequence[str], wanted: AbstractSet[str]) -> bool:
    """Say whether lines between two rules are a header: the first that says something has a key.

    Without a wanted key, lines that read like sentences are prose, colons or not.
    """
    telling = [line for line in lines if line.strip() and not line.startswith("#")]
    if not telling:
        return any(line.startswith("#") for line in lines)
    if telling[0].startswith("{"):
        return True
    first = telling[0].strip()
    if not first.startswith("? ") and not _ENTRY_LINE.fullmatch(first):
        return False
    entries = [match for line in telling if (match := _KEY_LINE.fullmatch(line.rstrip()))]
    if any(entry[1].lower() in wanted for entry in entries):
        return True
    unindented = [line for line in telling if not line[0].isspace() and line[0] not in "-]}"]
    is_prose = any(_is_sentence(entry[2] or "") for entry in entries)
    return not is_prose and len(entries) * 2 >= len(unindented)


def _is_sentence(value: str) -> bool:
    is_long = len(value.split()) >= _WORDS_OF_A_SENTENCE
    return is_long and value.endswith((".", "!", "?"))


def read_yaml_entries(
    file: str, lines: Sequence[str], wanted: AbstractSet[str], problems: list[Problem]
) -> dict[str, Entry]:
    """Read the wanted entries of YAML, whose first line is the second of the file."""
    text = "\n".join(lines)
    if text.lstrip().startswith("{"):
        return _read_flow_mapping(file, text, problems)
    entries: dict[str, Entry] = {}
    for chunk in _split_entries(lines):
        name = chunk.key.lower()
        if name not in wanted:
            continue
        if name in entries:
            # The first one counts: it stands where people look.
            first_line = entries[name].line
            values = {"key": chunk.key, "first_line": first_line}
            problems.append(make_warning(texts.KEY_TWICE, file, chunk.line, 1, **values))
            continue
        entries[name] = _read_chunk(file, chunk, problems)
    return entries


def _split_entries(lines: Sequence[str]) -> Iterator[_Chunk]:
    """Cut a header before each line that has a key and no indentation."""
    chunk: _Chunk | None = None
    for number, line in enumerate(lines, start=2):
        match = _ENTRY_LINE.fullmatch(line.rstrip())
        if match is not None:
            if chunk is not None:
                yield chunk
            chunk = _Chunk(match[1].strip(_QUOTES + " "), number, [line])
        elif chunk is not None:
            chunk.lines.append(line)
    if chunk is not None:
        yield chunk


def _read_chunk(file: str, chunk: _Chunk, problems: list[Problem]) -> Entry:
    """Read one entry as YAML, or else as it stands, with a note."""
    text = "\n".join(chunk.lines)
    try:
        node = read_yaml(text, first_line=chunk.line, max_depth=_MAX_DEPTH)
    except YamlError as fault:
        return _read_as_it_stands(file, chunk, fault, problems)
    if not isinstance(node, Mapping) or not node.entries:
        return Entry(chunk.line, 1, "")
    # A chunk may go on with an entry of a rarer shape, which is not wanted.
    _, value = next(iter(node.entries.values()))
    # ``title: [Half open]`` is a title that is written as people write titles.
    is_one_line = len(chunk.lines) == 1
    if chunk.key.lower() == "title" and is_one_line and not isinstance(value, Scalar):
        _, _, written = chunk.lines[0].partition(":")
        return Entry(value.line, value.column, written.strip())
    return Entry(value.line, value.column, _plain_value(value))


def _read_as_it_stands(
    file: str, chunk: _Chunk, fault: YamlError, problems: list[Problem]
) -> Entry:
    """Read what stands behind the colon, and the items below it, without knowing YAML."""
    _, _, written = chunk.lines[0].partition(":")
    text = _COMMENT.sub("", written).strip()
    is_reference = text.startswith(("*", "&", "!"))
    if is_reference:
        _, _, text = text.partition(" ")
    if text in ("|", ">", "|-", ">-"):
        text = ""
    text = text.strip().strip(_QUOTES)
    items = [match[1].strip(_QUOTES) for line in chunk.lines[1:] if (match := _ITEM.match(line))]
    values = [text, *items] if text else items
    joined = texts.SEPARATOR.join(values)
    told = {"key": chunk.key, "value": joined, "reason": fault.what}
    problem = texts.VALUE_READ_AS_IT_STANDS if joined else texts.VALUE_UNREADABLE
    make = make_note if joined else make_warning
    problems.append(make(problem, file, fault.line, fault.column, **told))
    value: Value = list(values) if items else joined
    return Entry(chunk.line, 1, value)


def _read_flow_mapping(file: str, text: str, problems: list[Problem]) -> dict[str, Entry]:
    try:
        node = read_yaml(text, first_line=2, max_depth=_MAX_DEPTH)
    except YamlError as fault:
        told = {"reason": fault.what}
        problems.append(make_warning(texts.HEADER_UNREADABLE, file, fault.line, 1, **told))
        return {}
    entries = node.entries if isinstance(node, Mapping) else {}
    return {
        name.lower(): Entry(value.line, value.column, _plain_value(value))
        for name, (_, value) in entries.items()
    }


def _plain_value(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {name: _plain_value(value) for name, (_, value) in node.entries.items()}
    return [_plain_value(item) for item in node.items]


def read_toml_entries(file: str, lines: Sequence[str], problems: list[Problem]) -> dict[str, Entry]:
    """Read TOML, whose first line is the second of the file; or its plain lines, with a warning."""
    written = [
        (match[1].lower(), number, match[2])
        for number, line in enumerate(lines, start=2)
        if (match := _TOML_LINE.fullmatch(line))
    ]
    key_lines = {key: number for key, number, _ in reversed(written)}
    try:
        read = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError) as fault:
        told = {"reason": str(fault)[:80]}
        problems.append(make_warning(texts.HEADER_UNREADABLE, file, 1, 1, **told))
        return {key: Entry(number, 1, text.strip(_QUOTES)) for key, number, text in written}
    return {
        key.lower(): Entry(key_lines.get(key.lower(), 2), 1, _value_of(value, _MAX_DEPTH))
        for key, value in read.items()
    }


def read_json_entries(text: str, line: int) -> tuple[dict[str, Entry], int] | None:
    """Read the object that a text begins with, and give its length; None where there is none."""
    try:
        read, length = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    entries = {key.lower(): Entry(line, 1, _value_of(read[key], _MAX_DEPTH)) for key in read}
    return entries, length


def _value_of(value: object, depth: int) -> Value:
    """Make texts of what a reader of TOML or JSON made; what lies too deep is nothing."""
    if value is None or depth == 0:
        return ""
    if isinstance(value, dict):
        return {str(key): _value_of(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_value_of(inner, depth - 1) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text.encode("utf-8", "replace").decode()
