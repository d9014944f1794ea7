"""What else a word is called: groups of words that may stand for one another, read from YAML.

In: the files in ``thesaurus/`` and, from the served folder, the editor's own ``synonyms.yaml``. Each has up
to four sections, one group a line:

    forms: |      the same word in other shapes: they become one term
      sink, sank, sunk
    same: |       may stand for one another nearly everywhere
      envoy, emissary, special representative
    close: |      often mean the same
      envoy, diplomat
    kinds: |      asked for the first, any of the others is found; not the other way round
      leader: president, prime minister

Groups are not joined to chains: a word's variants are those of its own lines.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.visible import keep_visible

SECTIONS = ("forms", "same", "close", "kinds")
_MAX_BYTES = 1 << 20
_SECTION = re.compile(r"^(\w+): \|\n((?:  .*\n)+)", re.MULTILINE)


class SynonymGroup(NamedTuple):
    """Words or phrases that belong together. In ``kinds`` the first is the general one."""

    section: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThesaurusFault:
    """What is wrong with a thesaurus, where (1-based), and how to mend it."""

    line: int
    column: int
    what: str
    hint: str


def read_groups(text: str) -> tuple[tuple[SynonymGroup, ...], tuple[ThesaurusFault, ...]]:
    """Read the groups of a thesaurus, and what is wrong with it; a line that is wrong is left out."""
    try:
        node = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        return (), (ThesaurusFault(error.line, error.column, error.what, error.hint),)
    if not isinstance(node, Mapping):
        return (), (
            ThesaurusFault(
                node.line, node.column, "sections are wanted", f"begin with one of {_listed()}"
            ),
        )
    groups: list[SynonymGroup] = []
    faults: list[ThesaurusFault] = []
    for name, (key, value) in node.entries.items():
        if name not in SECTIONS:
            faults.append(
                ThesaurusFault(
                    key.line,
                    key.column,
                    f'"{keep_visible(name)}" is no section',
                    f"there are {_listed()}",
                )
            )
            continue
        for line in _lines(value):
            group = _group(name, line.text)
            if group is None:
                faults.append(
                    ThesaurusFault(
                        line.line, line.column, f'"{line.text[:60]}" is no group', _shape(name)
                    )
                )
            else:
                groups.append(group)
    return tuple(groups), tuple(faults)


def _listed() -> str:
    return ", ".join(f"{name}:" for name in SECTIONS)


def _shape(section: str) -> str:
    return (
        "write general: special, special"
        if section == "kinds"
        else "write two words or more, with commas between"
    )


def _lines(node: Node) -> Iterator[Scalar]:
    """Give the groups of a section as written: lines of a text, items of a list, or pairs of a mapping."""
    if isinstance(node, Scalar):
        for number, line in enumerate(node.text.splitlines(), node.line + ("\n" in node.text)):
            if line.strip() and not line.lstrip().startswith("#"):
                yield Scalar(number, 1, line.strip())
    elif isinstance(node, Sequence):
        for item in node.items:
            yield item if isinstance(item, Scalar) else Scalar(item.line, item.column, "")
    else:
        for key, value in node.entries.values():
            yield Scalar(
                key.line,
                key.column,
                f"{key.text}: {value.text if isinstance(value, Scalar) else ''}",
            )


def _group(section: str, text: str) -> SynonymGroup | None:
    general, colon, special = text.partition(":")
    if bool(colon) != (section == "kinds"):
        return None
    words = [general, *special.split(",")] if colon else text.split(",")
    words = [" ".join(word.split()) for word in words]
    return (
        SynonymGroup(section, tuple(dict.fromkeys(words)))
        if all(words) and len(set(words)) > 1
        else None
    )


class Thesaurus(NamedTuple):
    """Groups in a row: a section's name and its groups, one a line, with commas between their words; any number of it.

    It stays text: of thousands of groups few are ever asked for.
    """

    sections: tuple[tuple[str, str], ...]

    def groups(self, only: str = "") -> Iterator[SynonymGroup]:
        """Give the groups one by one, of all sections or of one."""
        for section, text in self.sections:
            if not only or section == only:
                for line in text.split("\n")[:-1]:
                    yield SynonymGroup(section, tuple(line.split(",")))


def lay_out(groups: Iterable[SynonymGroup]) -> Thesaurus:
    """Put groups in a row."""
    sections = groupby(groups, lambda group: group.section)
    return Thesaurus(
        tuple(
            (name, "".join(f"{','.join(group.words)}\n" for group in of_section))
            for name, of_section in sections
        )
    )


def read_builtin_groups(language: str) -> tuple[SynonymGroup, ...]:
    """Read the groups that come with the program; none but for English."""
    return tuple(read_builtin_thesaurus(language).groups())


def read_builtin_thesaurus(language: str) -> Thesaurus:
    """Read what comes with the program; nothing but for English.

    The files are in order (a test sees to it): a section's name with ": |", then its lines, indented by two blanks,
    with ", " between their words and ": " after the general one. So they are not parsed as YAML.
    """
    files = sorted(Path(__file__).with_name("thesaurus").glob("*.yaml")) if language == "en" else []
    return Thesaurus(
        tuple(
            (name, lines[2:].replace("\n  ", "\n").replace(", ", ",").replace(": ", ","))
            for file in files
            for name, lines in _SECTION.findall(file.read_text(encoding="utf-8"))
        )
    )
