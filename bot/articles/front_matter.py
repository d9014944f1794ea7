"""The front matter of an article: what stands between two marks at its very top.

In: a file's lines. Out: what the front matter says, where the body begins, and problems. YAML
between ``---``, TOML between ``+++`` and JSON (bare, or between ``;;;``) are read. Keys that are
not known are passed over, whatever they hold. Front matter never keeps a file from being served:
what can't be read costs a warning. Editors are told of a "header", which is what they call it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.articles.addresses import split_address
from bot.articles.front_matter_entries import (
    Entry,
    Value,
    looks_like_yaml,
    read_json_entries,
    read_toml_entries,
    read_yaml_entries,
)
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.articles.problems import make_error, make_warning
from bot.articles.restrictions import (
    AUDIENCE,
    NOBODY,
    Roles,
    find_unread_audience,
    read_roles,
)
from bot.texts import problems as texts

_YAML_RULE = "---"
_YAML_ENDS = ("---", "...")
_TOML_RULE = "+++"
_JSON_RULE = ";;;"
# A rule further below is one between paragraphs. The longest headers in the wild list redirects.
_MAX_LINES = 2_000
# TOML and YAML readers take some microseconds for each character.
_MAX_CHARACTERS = 65_536
# What other programs call the same thing; the first that has a value counts.
_NAMES = {
    "title": ("title",),
    "author": ("author", "authors", "by"),
    "date": (
        "date",
        "lastmod",
        "updated",
        "last_updated",
        "modified",
        "created",
        "pubdate",
        "publishdate",
    ),
    "source": ("source",),
    "language": ("language", "lang", "locale"),
}
_ALIAS_NAMES = ("aliases", "alias")
_KEYWORD_NAMES = ("tags", "tag", "keywords", "categories", "description", "summary")
_TEXT_NAMES = ("description", "summary")
# Tables of TOML in which Zola and others keep the keys that are their users' own.
_INNER_TABLES = ("taxonomies", "extra", "params")
_TRUE = ("true", "yes", "on", "1")
# Keys under which a mapping says what it is: an author's name, a tag's.
_NAME_KEYS = ("name", "title", "label", "email")
# A year, a month, a day, or a point in time.
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ][0-9:.+Z -]+)?)?)?", re.ASCII)
# "en", "en-GB", "pt_BR", "zh-Hans-CN"; group 1 is the language.
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"]")
_AROUND_TAGS = " #'\""
_SEPARATORS = re.compile(r"[,;]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says, the lines of its keys, and the body's first line.

    ``values`` has "title", "author", "date", "source" and "language" where they are given. Lines
    are 1-based. ``aliases``, ``keywords`` and ``roles`` are as in an article.
    """

    body_line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    roles: Roles = None
    is_draft: bool = False


Result = tuple[FrontMatter, list[Problem]]
_Entries = Mapping[str, Entry]


def read_front_matter(file: str, lines: Lines) -> Result:
    """Read the front matter; without one the body begins in the first line.

    Two rules with prose between them are no front matter: the prose stays in the body, with a
    warning. An audience that can't be read restricts the article to nobody, with an error.
    """
    front_matter, problems = _read(file, lines)
    if front_matter.roles is None:
        line = find_unread_audience(lines, front_matter.body_line)
        if line:
            front_matter = replace(front_matter, roles=NOBODY)
            problems.append(make_error(texts.AUDIENCE_UNREAD, file, line, 1))
    return front_matter, problems


def _read(file: str, lines: Lines) -> Result:
    first = lines.line(1).removeprefix("\ufeff").rstrip()
    if first == _YAML_RULE:
        return _read_yaml(file, lines)
    if first == _TOML_RULE:
        return _read_toml(file, lines)
    if first == _JSON_RULE or first.startswith("{"):
        return _read_json(file, lines, is_bare=first != _JSON_RULE)
    return FrontMatter(1), []


def _read_yaml(file: str, lines: Lines) -> Result:
    closing_line = _find_closing_line(lines, _YAML_ENDS)
    end_line = closing_line or _first_line_of_text(lines)
    inner_lines = _lines_between(lines, end_line)
    known = _wanted_names()
    if not looks_like_yaml(inner_lines, known):
        is_rule = closing_line is None or not any(line.strip() for line in inner_lines)
        warnings = [] if is_rule else [make_warning(texts.HEADER_IS_PROSE, file, 1, 1)]
        return FrontMatter(1), warnings
    problems: list[Problem] = []
    if closing_line is None:
        problems.append(make_warning(texts.HEADER_NOT_CLOSED, file, 1, 1))
    entries = read_yaml_entries(file, inner_lines, known, problems)
    body_line = end_line if closing_line is None else closing_line + 1
    front_matter = _make_front_matter(file, entries, body_line, problems)
    return front_matter, problems


def _read_toml(file: str, lines: Lines) -> Result:
    closing_line = _find_closing_line(lines, (_TOML_RULE,))
    if closing_line is None:
        return FrontMatter(1), []
    inner_lines = _lines_between(lines, closing_line)
    if not any("=" in line for line in inner_lines):
        return FrontMatter(1), []
    problems: list[Problem] = []
    entries = read_toml_entries(file, inner_lines, problems)
    front_matter = _make_front_matter(file, _flatten(entries), closing_line + 1, problems)
    return front_matter, problems


def _read_json(file: str, lines: Lines, *, is_bare: bool) -> Result:
    """Read an object at the very top; what is none is text."""
    start = lines.text.find("{", 0, _MAX_CHARACTERS)
    if start < 0:
        return FrontMatter(1), []
    found = read_json_entries(lines.text[start : start + _MAX_CHARACTERS], lines.number(start))
    if found is None:
        return FrontMatter(1), []
    entries, length = found
    last_line = lines.number(start + length)
    _, end_of_line = lines.span(last_line)
    rest = lines.text[start + length : end_of_line].strip()
    if not is_bare:
        closing_line = _find_closing_line(lines, (_JSON_RULE,))
        last_line = closing_line or last_line
    elif rest:
        return FrontMatter(1), []
    problems: list[Problem] = []
    front_matter = _make_front_matter(file, _flatten(entries), last_line + 1, problems)
    return front_matter, problems


def _find_closing_line(lines: Lines, rules: tuple[str, ...]) -> int | None:
    last = min(len(lines), _MAX_LINES + 1)
    start, _ = lines.span(1)
    for number in range(2, last + 1):
        line_start, _ = lines.span(number)
        if line_start - start > _MAX_CHARACTERS:
            return None
        line = lines.line(number).rstrip()
        if line in rules:
            return number
    return None


def _first_line_of_text(lines: Lines) -> int:
    """Give the line in which a header ends that nothing closes: at a blank line or a heading."""
    last = min(len(lines), _MAX_LINES + 1)
    for number in range(2, last + 1):
        line = lines.line(number)
        if not line.strip() or line.startswith("# "):
            return number
    return last + 1


def _lines_between(lines: Lines, closing_line: int) -> list[str]:
    """Give the lines between the first line and the closing one."""
    return [lines.line(number) for number in range(2, closing_line)]


def _wanted_names() -> frozenset[str]:
    """Give the keys that are read, in small letters."""
    names = {name for group in _NAMES.values() for name in group}
    return frozenset(names.union(_ALIAS_NAMES, _KEYWORD_NAMES, ("draft", AUDIENCE)))


def _flatten(entries: _Entries) -> dict[str, Entry]:
    """Add what the tables hold in which site generators keep their users' keys."""
    flat: dict[str, Entry] = {}
    for name in _INNER_TABLES:
        table = entries.get(name)
        if table is None or not isinstance(table.value, dict):
            continue
        for key, value in table.value.items():
            flat[key.lower()] = Entry(table.line, table.column, value)
    flat.update(entries)
    return flat


def _make_front_matter(
    file: str, entries: _Entries, body_line: int, problems: list[Problem]
) -> FrontMatter:
    """Take the values of the known keys; a warning tells of each that is none."""
    values: dict[str, str] = {}
    value_lines: dict[str, int] = {}
    for name, keys in _NAMES.items():
        for key in keys:
            entry = entries.get(key)
            value = "" if entry is None else _read_value(file, name, entry, problems)
            if entry is None or not value:
                continue
            values[name] = value
            value_lines[name] = entry.line
            break
    aliases = [
        alias for alias in _collect(entries, _ALIAS_NAMES) if not alias.startswith(("/", "http"))
    ]
    keywords = _collect(entries, _KEYWORD_NAMES)
    draft = entries.get("draft")
    is_draft = draft is not None and _one_text(draft.value).lower() in _TRUE
    return FrontMatter(
        body_line,
        values,
        value_lines,
        tuple(aliases),
        tuple(keywords),
        _read_audience(file, entries, problems),
        is_draft=is_draft,
    )


def _read_audience(file: str, entries: _Entries, problems: list[Problem]) -> Roles:
    """Give the roles that may read the article; nobody's where they can't be told."""
    entry = entries.get(AUDIENCE)
    if entry is None:
        return None
    roles = read_roles(_collect(entries, (AUDIENCE,)))
    if roles is None:
        value = _one_text(entry.value)
        problems.append(
            make_error(texts.AUDIENCE_NOT_ROLES, file, entry.line, entry.column, value=value)
        )
        return NOBODY
    return roles


def _read_value(file: str, name: str, entry: Entry, problems: list[Problem]) -> str:
    """Give the value of a key, "" where it has none that can be read."""
    value = _one_text(entry.value)
    if not value:
        return ""
    if name == "language" and (language := _LANGUAGE.fullmatch(value)):
        return language[1].lower()
    fault = None
    if name == "date" and not _is_date(value):
        fault = texts.VALUE_NOT_A_DATE
    elif name == "language":
        fault = texts.VALUE_NOT_A_LANGUAGE
    elif name == "source" and not _is_web_address(value):
        fault = texts.VALUE_NOT_AN_ADDRESS
    if fault is None:
        return value
    problems.append(make_warning(fault, file, entry.line, entry.column, value=value))
    return ""


def _one_text(value: Value) -> str:
    """Read a value of any shape as one text: names of a list are joined."""
    return texts.SEPARATOR.join(_texts_of(value))


def _texts_of(value: Value) -> Iterator[str]:
    """Give the texts of a value: a text, those of a list, or the name that a mapping has."""
    if isinstance(value, str):
        text = " ".join(value.split())
        if text:
            yield text
    elif isinstance(value, dict):
        named = (value[key] for key in _NAME_KEYS if isinstance(value.get(key), str))
        yield from _texts_of(next(named, ""))
    else:
        for item in value:
            if not isinstance(item, list):
                yield from _texts_of(item)


def _collect(entries: _Entries, names: Sequence[str]) -> list[str]:
    """Give all texts under some keys, each once; a text may name several things, with commas."""
    found: dict[str, None] = {}
    for name in names:
        entry = entries.get(name)
        if entry is None:
            continue
        is_list = not isinstance(entry.value, str)
        for text in _texts_of(entry.value):
            is_whole = is_list or name in _TEXT_NAMES
            parts = [text] if is_whole else _SEPARATORS.split(text)
            found.update(
                (stripped, None) for part in parts if (stripped := part.strip(_AROUND_TAGS))
            )
    return list(found)


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
