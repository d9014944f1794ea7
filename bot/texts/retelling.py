"""Translate what was said in English before it was known who would read it.

In: a text that an ``EnglishText`` made, such as what is wrong with a file. Out: the same in the
language of this moment; what no such text made, as it is. Problems of files are found when the
folder is read, faults are logged as well as told, and both may be kept for years: so they are kept
in English, and which text it was, and what it was filled in with, is read back from its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from string import Formatter
from types import ModuleType
from typing import Any, Final

from bot.texts import EnglishPlural, EnglishText, problems
from bot.texts.catalogues import find_plural, find_text
from bot.texts.filling import fill
from bot.texts.languages import ENGLISH, current_language

_MODULES: Final = [
    import_module(f"bot.texts.{name}")
    for name in (
        "common",
        "editing",
        "embeddings",
        "index_file",
        "links",
        "notices",
        "problems",
        "problems_yaml",
        "records",
        "versions",
    )
]
# What is filled in with another such text.
_NESTED: Final = frozenset(("fault", "kind", "parts", "reason", "remedy", "words"))
# A text with fewer letters of its own might be read into any other.
_FEWEST_LETTERS: Final = 5
# A number as a placeholder writes it, or the mark that stands for numbers that differ.
_NUMBER: Final = "[0-9A-Fa-f,.]+|…"
# Before what is wrong with a file stands its path, behind it in brackets how to mend it.
_PLACE: Final = re.compile(r"\S+: ")
_OR: Final = " or "


class _Verbatim(str):
    """A value that is shown as it stands, whatever its placeholder wants."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class _Template:
    """A text with placeholders: what it looks like filled in, and how each value is written."""

    one: str
    other: str
    pattern: re.Pattern[str]
    specs: dict[str, str]
    letters: int

    def retell(self, values: dict[str, str]) -> str:
        read: dict[str, Any] = {}
        for name, value in values.items():
            shown = retell(value) if name in _NESTED else value
            if name == "suffixes":
                shown = _retell_choice(value)
            read[name] = _read_number(shown, self.specs[name])
        count = read.get("count")
        if self.other and isinstance(count, int):
            return fill(find_plural(self.one, self.other, count, ""), read)
        return fill(find_text(self.one), read)


def retell(english: str) -> str:
    """Give a text that was made in English in the language of this moment."""
    if current_language() == ENGLISH:
        return english
    return _find_told(english) or _retell_fault(english)


def _find_told(english: str) -> str:
    """Find what a text is in the language of this moment; empty where no text of ours made it."""
    translated = find_text(english)
    if translated != english:
        return translated
    for template in _list_templates():
        found = template.pattern.fullmatch(english)
        if found is not None:
            return template.retell(found.groupdict())
    return ""


def _retell_choice(english: str) -> str:
    """Translate a list of several things of which one is chosen."""
    others, _, last = english.rpartition(_OR)
    template = find_text(problems.ALTERNATIVES)
    return fill(template, {"others": others, "last": last}) if others else last


def _retell_fault(english: str) -> str:
    """Translate what is wrong with a file, and the hint behind it, each by itself."""
    place = _PLACE.match(english)
    start = place.end() if place else 0
    what, begun, hint = english[start:].removesuffix(")").partition(" (")
    shown = english[:start] + (_find_told(what) or what)
    return f"{shown} ({_find_told(hint) or hint})" if begun else shown


@cache
def _list_templates() -> Sequence[_Template]:
    """List the texts with placeholders, the one that says most by itself first."""
    templates = [one for module in _MODULES for one in _find_templates(module)]
    told = [one for one in templates if one.letters >= _FEWEST_LETTERS]
    return sorted(told, key=lambda template: -template.letters)


def _find_templates(module: ModuleType) -> Iterator[_Template]:
    for value in vars(module).values():
        said = [value]
        if isinstance(value, problems.ProblemText):
            said = [value.what, value.hint]
        for one in said:
            if isinstance(one, EnglishPlural):
                yield _make_template(one.one, one.other, one.one)
                yield _make_template(one.one, one.other, one.other)
            elif isinstance(one, EnglishText) and "{" in one:
                yield _make_template(one, "", one)


def _make_template(one: str, other: str, shown: str) -> _Template:
    """Make a template of a text that looks like ``shown``."""
    parts: list[str] = []
    specs: dict[str, str] = {}
    letters = 0
    for literal, name, spec, _ in Formatter().parse(shown):
        parts.append(re.escape(literal))
        letters += len(literal)
        if name is not None:
            value = _NUMBER if spec or name == "count" else ".+?"
            parts.append(f"(?P={name})" if name in specs else f"(?P<{name}>{value})")
            specs[name] = spec or ""
    return _Template(one, other, re.compile("".join(parts), re.DOTALL), specs, letters)


def _read_number(value: str, spec: str) -> object:
    """Read back a number that a placeholder had written; what is none is shown as it stands."""
    try:
        if spec.endswith(("x", "X")):
            return int(value, 16)
        if spec == "," or str(int(value)) == value:
            return int(value.replace(",", ""))
    except ValueError:
        return _Verbatim(value)
    return _Verbatim(value)
