"""The header of an article: ``key: value`` lines between two ``---`` lines at its very top.

In: a file's lines. Out: what the header says, where the body begins, and problems. A header that is not
sound YAML makes the file unreadable (one error); what is merely odd is a warning.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from bot.articles.addresses import split_address
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml

_KEYS = ("title", "author", "date", "source", "language")
_MAX_LINES = 64
_MAX_BYTES = 8_192
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ][0-9:.+Z-]+)?)?)?")
_KEY_LINE = re.compile(r"(?:[A-Za-z_][\w-]*|<<)\s*:(\s|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says (empty where it says nothing), and the first line of the body."""

    body_line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_front_matter(file: str, lines: Lines) -> tuple[Header | None, list[Problem]]:
    """Read the header; (None, one error) where the file must not be served because of it.

    Two rules with prose between them are no header: the prose stays in the body, with a warning.
    """
    rule = lines.line(1).removeprefix("\ufeff").rstrip()
    if rule == "+++":
        return _pass_toml(file, lines)
    if rule != "---":
        return Header(1), []
    end = _closing_line(lines, "---", "...")
    if end is None:
        if len(lines) > 1 and _KEY_LINE.match(lines.line(2)):
            what = f"the header is not closed within {_MAX_LINES} lines"
            return None, [
                Problem(file, 1, 1, "error", what, "end it with a line of three dashes: ---")
            ]
        return Header(1), []
    text = "\n".join(lines.line(number) for number in range(2, end))
    try:
        node = read_yaml(text, first_line=2, max_bytes=_MAX_BYTES, max_depth=3)
    except YamlError as error:
        if not any(_KEY_LINE.match(lines.line(number)) for number in range(2, end)):
            return Header(1), [_not_a_header(file)]
        return None, [
            Problem(file, error.line, error.column, "error", f"header: {error.what}", error.hint)
        ]
    if isinstance(node, Scalar):
        return Header(1), [_not_a_header(file)]
    if not isinstance(node, Mapping):
        what = "the header is a list, not `key: value` lines"
        return None, [
            Problem(file, node.line, node.column, "error", what, "for example title: My article")
        ]
    return _check(file, node, end + 1)


def _pass_toml(file: str, lines: Lines) -> tuple[Header, list[Problem]]:
    end = _closing_line(lines, "+++")
    if end is None or not any("=" in lines.line(number) for number in range(2, end)):
        return Header(1), []
    what = "the header between +++ lines is left out: only one between --- lines is read"
    return Header(end + 1), [
        Problem(file, 1, 1, "warning", what, "write it as `key: value` lines between ---")
    ]


def _closing_line(lines: Lines, *rules: str) -> int | None:
    for number in range(2, min(len(lines), _MAX_LINES + 1) + 1):
        if lines.line(number).rstrip() in rules:
            return number
    return None


def _not_a_header(file: str) -> Problem:
    return Problem(
        file,
        1,
        1,
        "warning",
        "what stands between the first two rules is read as text",
        "a header has `key: value` lines",
    )


def _check(file: str, node: Mapping, body_line: int) -> tuple[Header | None, list[Problem]]:
    problems = []
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    for name, (key, given) in node.entries.items():
        value = given
        if name == "author" and (names := _texts(given)):
            value = Scalar(given.line, given.column, ", ".join(names))
            what = f'header: author is a list; it is read as "{value.text}"'
            problems.append(
                Problem(
                    file, given.line, given.column, "warning", what, "write the names in one text"
                )
            )
        if name not in _KEYS:
            what = f'the header\'s key "{name}" is not known'
            problems.append(
                Problem(
                    file, key.line, key.column, "warning", what, f"known are {', '.join(_KEYS)}"
                )
            )
        elif not isinstance(value, Scalar):
            return None, [
                Problem(
                    file,
                    value.line,
                    value.column,
                    "error",
                    f"header: {name} is not a text",
                    "put it in quotes",
                )
            ]
        elif (fault := _fault(name, value.text)) is not None:
            what, hint = fault
            problems.append(
                Problem(
                    file,
                    value.line,
                    value.column,
                    "warning",
                    f"header: {what}; it is left out",
                    hint,
                )
            )
        else:
            values[name] = " ".join(value.text.split())
            places[name] = key.line
    return Header(body_line, values, places), problems


def _texts(node: Node) -> list[str]:
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.text for item in items if isinstance(item, Scalar)]
    return texts if len(texts) == len(items) else []


def _fault(name: str, value: str) -> tuple[str, str] | None:
    if not value:
        return None
    if name == "date" and not _is_date(value):
        return f'"{value}" is not a date', "write it as 2026-11-22"
    if name == "language" and not re.fullmatch(r"[a-z]{2}", value):
        return f'"{value}" is not a language', "write two letters, such as en"
    if name == "source" and not _is_web_address(value):
        return f'"{value}" is not a web address', "write it in full, with https://"
    return None


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat((value[:10] + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_web_address(value: str) -> bool:
    address = split_address(value)
    if address is None or address.scheme not in ("https", "http") or not address.hostname:
        return False
    return not re.search(r"[\s<>\"]", value)
