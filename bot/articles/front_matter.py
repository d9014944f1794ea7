"""The front matter of an article: ``key: value`` lines between two ``---`` lines at its very top.

In: a file's lines. Out: what the front matter says, where the body begins, and problems. Front
matter that is not sound YAML makes the file unreadable (one error); what is merely odd is a
warning. Editors are told of a "header", which is what they call it.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from bot.articles.addresses import split_address
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.articles.problems import make_error, make_warning
from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.texts import problems as texts
from bot.texts.problems import ProblemText

_KEYS = ("title", "author", "date", "source", "language")
_RULE = "---"
_CLOSING_RULES = ("---", "...")
_TOML_RULE = "+++"
# Front matter is short: a rule further below is one between paragraphs.
_MAX_LINES = 64
# Many times the longest front matter that states nothing but the known keys.
_MAX_BYTES = 8_192
# The values are texts or lists of texts. One level more is parsed, so that its fault can be named.
_MAX_DEPTH = 3
# A year, a month, a day, or a point in time.
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ][0-9:.+Z-]+)?)?)?")
_KEY_LINE = re.compile(r"(?:[A-Za-z_][\w-]*|<<)\s*:(\s|$)")
_LANGUAGE = re.compile(r"[a-z]{2}")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the known keys that are there, their lines, and the body's first line.

    Lines are 1-based. A value may be empty.
    """

    body_line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


# Without front matter the body begins in the first line.
Result = tuple[FrontMatter | None, list[Problem]]


def read_front_matter(file: str, lines: Lines) -> Result:
    """Read the front matter; (None, one error) where the file must not be served because of it.

    Two rules with prose between them are no front matter: the prose stays in the body, with a
    warning.
    """
    rule = lines.line(1).removeprefix("\ufeff").rstrip()
    if rule == _TOML_RULE:
        return _pass_toml(file, lines)
    if rule != _RULE:
        return FrontMatter(1), []
    closing_line = _find_closing_line(lines, _CLOSING_RULES)
    if closing_line is None:
        return _refuse_unclosed(file, lines)
    return _read_between_rules(file, lines, closing_line)


def _pass_toml(file: str, lines: Lines) -> Result:
    """Pass what other programs take for their front matter."""
    closing_line = _find_closing_line(lines, (_TOML_RULE,))
    if closing_line is None:
        return FrontMatter(1), []
    inner_lines = _lines_between(lines, closing_line)
    has_assignment = any("=" in line for line in inner_lines)
    if not has_assignment:
        return FrontMatter(1), []
    warning = make_warning(texts.HEADER_IS_TOML, file, 1, 1)
    return FrontMatter(closing_line + 1), [warning]


def _find_closing_line(lines: Lines, rules: tuple[str, ...]) -> int | None:
    last = min(len(lines), _MAX_LINES + 1)
    for number in range(2, last + 1):
        line = lines.line(number).rstrip()
        if line in rules:
            return number
    return None


def _lines_between(lines: Lines, closing_line: int) -> list[str]:
    """Give the lines between the rule in the first line and the closing one."""
    return [lines.line(number) for number in range(2, closing_line)]


def _refuse_unclosed(file: str, lines: Lines) -> Result:
    """Refuse a rule with a key below it; any other rule is one of the body."""
    has_key = len(lines) > 1 and _KEY_LINE.match(lines.line(2))
    if not has_key:
        return FrontMatter(1), []
    error = make_error(texts.HEADER_NOT_CLOSED, file, 1, 1, limit=_MAX_LINES)
    return None, [error]


def _read_between_rules(file: str, lines: Lines, closing_line: int) -> Result:
    inner_lines = _lines_between(lines, closing_line)
    text = "\n".join(inner_lines)
    try:
        node = read_yaml(text, first_line=2, max_bytes=_MAX_BYTES, max_depth=_MAX_DEPTH)
    except YamlError as fault:
        has_key = any(map(_KEY_LINE.match, inner_lines))
        return _refuse_yaml(file, fault) if has_key else _pass_prose(file)
    if isinstance(node, Scalar):
        return _pass_prose(file)
    if isinstance(node, Sequence):
        error = make_error(texts.HEADER_IS_A_LIST, file, node.line, node.column)
        return None, [error]
    return _read_entries(file, node, closing_line + 1)


def _refuse_yaml(file: str, fault: YamlError) -> Result:
    error = make_error(
        texts.HEADER_NOT_YAML,
        file,
        fault.line,
        fault.column,
        reason=fault.what,
        reader_hint=fault.hint,
    )
    return None, [error]


def _pass_prose(file: str) -> Result:
    warning = make_warning(texts.HEADER_IS_PROSE, file, 1, 1)
    return FrontMatter(1), [warning]


def _read_entries(file: str, node: Mapping, body_line: int) -> Result:
    problems: list[Problem] = []
    front_matter = FrontMatter(body_line)
    for name, (key, given) in node.entries.items():
        value = _join_authors(file, given, problems) if name == "author" else given
        if name not in _KEYS:
            known = texts.SEPARATOR.join(_KEYS)
            problem = make_warning(
                texts.KEY_UNKNOWN, file, key.line, key.column, key=name, known=known
            )
            problems.append(problem)
            continue
        if not isinstance(value, Scalar):
            error = make_error(texts.VALUE_NOT_A_TEXT, file, value.line, value.column, key=name)
            return None, [error]
        fault = _find_fault(name, value.text)
        if fault is not None:
            problem = make_warning(fault, file, value.line, value.column, value=value.text)
            problems.append(problem)
            continue
        front_matter.values[name] = " ".join(value.text.split())
        front_matter.lines[name] = key.line
    return front_matter, problems


def _join_authors(file: str, node: Node, problems: list[Problem]) -> Node:
    """Make one text of a list of names, with a warning; give anything else as it is."""
    if not isinstance(node, Sequence):
        return node
    names = [item.text for item in node.items if isinstance(item, Scalar)]
    if not names or len(names) < len(node.items):
        return node
    joined = texts.SEPARATOR.join(names)
    problem = make_warning(texts.AUTHOR_IS_A_LIST, file, node.line, node.column, names=joined)
    problems.append(problem)
    return Scalar(node.line, node.column, joined)


def _find_fault(name: str, value: str) -> ProblemText | None:
    """Say what is wrong with the value of a key; an empty one says nothing, which is no fault."""
    if not value:
        return None
    if name == "date" and not _is_date(value):
        return texts.VALUE_NOT_A_DATE
    if name == "language" and not _LANGUAGE.fullmatch(value):
        return texts.VALUE_NOT_A_LANGUAGE
    if name == "source" and not _is_web_address(value):
        return texts.VALUE_NOT_AN_ADDRESS
    return None


def _is_date(value: str) -> bool:
    """Say whether a value is a date of the calendar; a year or a month alone is one too."""
    if not _DATE.fullmatch(value):
        return False
    first_day = (value[:10] + "-01-01")[:10]
    try:
        dt.date.fromisoformat(first_day)
    except ValueError:
        return False
    return True


def _is_web_address(value: str) -> bool:
    address = split_address(value)
    if address is None or not address.hostname:
        return False
    is_web = address.scheme in ("https", "http")
    return is_web and not _NOT_IN_ADDRESSES.search(value)
