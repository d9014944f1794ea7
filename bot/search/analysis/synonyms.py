"""The thesaurus: groups of words that may stand for one another, read from YAML.

In: the program's own files in ``thesaurus/`` and, from the served folder, the editor's
``synonyms.yaml``. Each has up to four sections, one group a line:

    forms: |      the same word in other forms: they become one term
      sink, sank, sunk
    same: |       may stand for one another nearly everywhere
      envoy, emissary, special representative
    close: |      often mean the same
      envoy, diplomat
    kinds: |      who asks for the first finds the others; not the other way round
      leader: president, prime minister

Out: the groups, and the problems of an editor's file. Groups are not joined to chains: the synonyms
of a word are those of its own lines. What a group does to terms is for ``analyzer`` and
``synonym_index``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.texts import problems_yaml as texts
from bot.visible import keep_visible

_FOLDER = Path(__file__).with_name("thesaurus")
SECTIONS = ("forms", "same", "close", "kinds")
# An editor's thesaurus may be as large as the program's own, and more.
_MAX_BYTES = 1 << 20
# So much of a line that is no group is shown: enough to find it.
_SHOWN_CHARACTERS = 60
# A section of the program's own files: its name, and its lines.
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
    """Read the groups of an editor's thesaurus, and what is wrong with it, in the text's order.

    A line or section that is wrong is left out; the others are read. Never raises.
    """
    try:
        node = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        return (), (ThesaurusFault(error.line, error.column, error.what, error.hint),)
    if not isinstance(node, Mapping):
        hint = texts.BEGIN_WITH_SECTION(sections=_list_sections())
        return (), (ThesaurusFault(node.line, node.column, texts.NO_SECTIONS, hint),)
    groups: list[SynonymGroup] = []
    faults: list[ThesaurusFault] = []
    for name, (key, value) in node.entries.items():
        if name not in SECTIONS:
            faults.append(_describe_unknown_section(key))
            continue
        for line in _read_lines(value):
            group = _parse_group(name, line.text)
            if group is None:
                faults.append(_describe_bad_group(name, line))
            else:
                groups.append(group)
    return tuple(groups), tuple(faults)


def _list_sections() -> str:
    return ", ".join(f"{name}:" for name in SECTIONS)


def _describe_unknown_section(key: Scalar) -> ThesaurusFault:
    name = keep_visible(key.text)
    what = texts.UNKNOWN_SECTION(name=name)
    hint = texts.SECTIONS_ARE(sections=_list_sections())
    return ThesaurusFault(key.line, key.column, what, hint)


def _describe_bad_group(section: str, line: Scalar) -> ThesaurusFault:
    shown = line.text[:_SHOWN_CHARACTERS]
    what = texts.NO_GROUP(line=shown)
    is_kinds = section == "kinds"
    hint = texts.WRITE_KINDS if is_kinds else texts.WRITE_GROUP
    return ThesaurusFault(line.line, line.column, what, hint)


def _read_lines(node: Node) -> Iterator[Scalar]:
    """Give the groups of a section as written, in a text, a list or a mapping."""
    if isinstance(node, Scalar):
        yield from _read_text_lines(node)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield Scalar(item.line, item.column, _text_of(item))
    else:
        for key, value in node.entries.values():
            special = _text_of(value)
            yield Scalar(key.line, key.column, f"{key.text}: {special}")


def _text_of(node: Node) -> str:
    """Give the text of a value; a list or mapping inside a section is no group, and has none."""
    return node.text if isinstance(node, Scalar) else ""


def _read_text_lines(text: Scalar) -> Iterator[Scalar]:
    """Give the lines of a text that are neither empty nor a comment."""
    # The text of a block ("|") begins in the line below the one where its scalar begins.
    is_block = "\n" in text.text
    first_line = text.line + is_block
    for number, line in enumerate(text.text.splitlines(), first_line):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield Scalar(number, 1, stripped)


def _parse_group(section: str, text: str) -> SynonymGroup | None:
    """Parse the line of a group; None where it is none."""
    general, colon, special = text.partition(":")
    is_kinds = section == "kinds"
    if bool(colon) != is_kinds:
        return None
    entries = text.split(",")
    if is_kinds:
        entries = [general, *special.split(",")]
    words = [" ".join(entry.split()) for entry in entries]
    distinct_words = tuple(dict.fromkeys(words))
    if not all(words) or len(distinct_words) < 2:
        return None
    return SynonymGroup(section, distinct_words)


class Thesaurus(NamedTuple):
    """Groups as text: of thousands of groups few are ever looked up, so no object is made for each.

    Attributes:
        sections: Names of sections with their groups. A group is a line with commas between its
            words. A name may occur several times.

    """

    sections: tuple[tuple[str, str], ...]

    @classmethod
    def from_groups(cls, groups: Iterable[SynonymGroup]) -> "Thesaurus":
        """Make a thesaurus of groups, in their order."""
        sections = []
        for name, groups_of_section in groupby(groups, attrgetter("section")):
            text = "".join(map(_format_group, groups_of_section))
            sections.append((name, text))
        return cls(tuple(sections))

    def groups(self, section: str = "") -> Iterator[SynonymGroup]:
        """Give the groups in order: all, or those of one section."""
        for name, text in self.sections:
            if section not in ("", name):
                continue
            for line in text.split("\n")[:-1]:
                words = line.split(",")
                yield SynonymGroup(name, tuple(words))


def _format_group(group: SynonymGroup) -> str:
    line = ",".join(group.words)
    return f"{line}\n"


def read_builtin_groups(language: str) -> tuple[SynonymGroup, ...]:
    """Read the groups that come with the program; none but for English."""
    return tuple(read_builtin_thesaurus(language).groups())


def read_builtin_thesaurus(language: str) -> Thesaurus:
    """Read the thesaurus that comes with the program; an empty one but for English.

    Its files are in order, which a test ensures: a section's name with ": |", then its lines,
    indented by two blanks, with ", " between words and ": " after the general one. So no YAML has
    to be parsed.
    """
    if language != "en":
        return Thesaurus(())
    sections = []
    for file in sorted(_FOLDER.glob("*.yaml")):
        content = file.read_text(encoding="utf-8")
        for name, block in _SECTION.findall(content):
            lines = block.removeprefix("  ").replace("\n  ", "\n")
            sections.append((name, lines.replace(", ", ",").replace(": ", ",")))
    return Thesaurus(tuple(sections))


def read_builtin_text(name: str) -> str:
    """Read a file of the program's own thesaurus as it is written, without its first comment."""
    _, _, groups = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8").partition("\n")
    return groups
