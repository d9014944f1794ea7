"""The editor's own list of folders that not everybody may read, which lies among the articles.

In: the text of ``audience.yaml``, a folder and the ids of roles in each line::

    staff: 123456789012345678
    council/minutes: [123456789012345678, 223456789012345678]

Out: restrictions by folder, and what is wrong with the file. A reader needs one of the roles. "."
is the whole folder; of folders inside each other the inner one counts, and the header of an article
before any. A single file can stand in the place of a folder. What can't be read restricts to
nobody: a folder, or all of them. So does such a file under another name, or in a sub-folder, where
it is not read.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bot.articles.library import Library
from bot.articles.listing import fold_name
from bot.articles.model import Problem
from bot.articles.problems import keep_gravest, make_error, make_warning
from bot.articles.restrictions import NOBODY, read_roles
from bot.editor_files import EditorFile, find_misnamed
from bot.strict_yaml import Mapping as YamlMapping
from bot.strict_yaml import Node, Scalar, YamlError, read_yaml
from bot.strict_yaml import Sequence as YamlSequence
from bot.texts import problems as texts

# Its name in the folder of the articles.
AUDIENCES = "audience.yaml"
# The folder of the articles itself.
_WHOLE = "."


class FolderAudience(NamedTuple):
    """A folder, as a posix path, and the ids of roles one of which its readers need."""

    folder: str
    roles: tuple[int, ...]
    line: int = 1
    column: int = 0


_NOBODY_AT_ALL = FolderAudience(_WHOLE, NOBODY)


def parse_audiences(text: str) -> tuple[Sequence[FolderAudience], Sequence[Problem]]:
    """Give the restrictions of a file, and what is wrong with it."""
    try:
        root = read_yaml(text)
    except YamlError as error:
        fault = make_error(
            texts.AUDIENCES_UNREADABLE, AUDIENCES, error.line, error.column, fault=error.what
        )
        return (_NOBODY_AT_ALL,), (fault,)
    if not isinstance(root, YamlMapping):
        fault = make_error(
            texts.AUDIENCES_UNREADABLE, AUDIENCES, root.line, root.column, fault=texts.NO_FOLDERS
        )
        return (_NOBODY_AT_ALL,), (fault,)
    audiences: dict[str, FolderAudience] = {}
    problems = []
    for name, (key, value) in root.entries.items():
        folder, place = _clean(name), (key.line, key.column)
        roles = read_roles(_list_texts(value))
        if roles is None:
            problems.append(make_error(texts.AUDIENCES_ROLES, AUDIENCES, *place, folder=name))
        first = audiences.get(folder)
        if first is not None:
            # It was written in two ways, such as with a slash behind it.
            fault = make_error(
                texts.AUDIENCES_TWICE, AUDIENCES, *place, folder=name, first_line=first.line
            )
            problems.append(fault)
            roles = NOBODY
        audiences[folder] = FolderAudience(folder, roles or NOBODY, *place)
    return tuple(audiences.values()), problems


def find_unread(
    library: Library, folder: Path, file: EditorFile[FolderAudience]
) -> tuple[Sequence[FolderAudience], Sequence[Problem]]:
    """Find files that are meant to restrict and are not read; give what they hide, and say so.

    ``file`` is what was read. Such a file restricts to nobody: who wrote it takes what it names for
    hidden.
    """
    hidden = []
    problems = []
    if not file.entries and not file.problems:
        for name in find_misnamed(folder, AUDIENCES):
            hidden.append(_NOBODY_AT_ALL)
            problems.append(make_error(texts.AUDIENCES_MISNAMED, name, name=AUDIENCES))
    parents = {parent for one in library.articles for parent in PurePosixPath(one.file).parents}
    for parent in sorted(map(str, parents.difference([PurePosixPath(_WHOLE)]))):
        name = f"{parent}/{AUDIENCES}"
        if os.path.lexists(folder / name):
            hidden.append(FolderAudience(parent, NOBODY))
            problems.append(make_error(texts.AUDIENCES_MISPLACED, name, name=AUDIENCES))
    return hidden, problems


def find_restricted(
    library: Library, file: EditorFile[FolderAudience], unread: Sequence[FolderAudience] = ()
) -> Mapping[str, tuple[int, ...]]:
    """Give the roles of each article of a library that not everybody may read, by its file.

    Where the file of restrictions is there and can't be read now, nobody may read what has no
    header of its own: an earlier version of that file may have restricted less. What is ``unread``
    counts where the file says nothing.
    """
    is_lost = file.kept is not None or (not file.entries and bool(file.problems))
    entries = [_NOBODY_AT_ALL] if is_lost else [*unread, *file.entries]
    audiences = _Audiences(entries)
    restricted = {}
    for article in library.articles:
        roles = article.roles
        if roles is None and entries:
            roles = audiences.find(article.file)
        if roles is not None:
            restricted[article.file] = roles
    return restricted


def find_unused(library: Library, entries: Sequence[FolderAudience]) -> list[Problem]:
    """Tell of each folder that is restricted and holds no article: its name may be misspelt."""
    forms = {fold_name(name) for one in library.articles for name in _list_places(one.file)}
    missing = [entry for entry in entries if fold_name(entry.folder) not in forms]
    warnings = [
        make_warning(texts.AUDIENCES_NO_FOLDER, AUDIENCES, one.line, one.column, folder=one.folder)
        for one in missing
    ]
    return keep_gravest(warnings)


class _Audiences:
    """Roles by folder.

    A folder's name is what it looks like: capitals and the form in which accents are stored don't
    tell names apart, because on some systems they change by themselves.
    """

    def __init__(self, entries: Iterable[FolderAudience]) -> None:
        self._by_name: dict[str, tuple[int, ...]] = {}
        self._by_form: dict[str, tuple[int, ...]] = {}
        for entry in entries:
            self._by_name[entry.folder] = entry.roles
        for name, roles in self._by_name.items():
            # Of two folders that look alike, none is named for certain.
            form = fold_name(name)
            self._by_form[form] = NOBODY if form in self._by_form else roles

    def find(self, file: str) -> tuple[int, ...] | None:
        """Give the roles of the innermost folder of a file that has some; None if none has."""
        for name in _list_places(file):
            roles = self._by_name.get(name)
            if roles is None:
                roles = self._by_form.get(fold_name(name))
            if roles is not None:
                return roles
        return None


def _list_places(file: str) -> list[str]:
    """Give a file and the folders that it lies in, from the inside to the whole folder."""
    return [file, *map(str, PurePosixPath(file).parents)]


def _list_texts(value: Node) -> list[str]:
    """Give the texts of one value or of a list; what is neither is no role."""
    items = value.items if isinstance(value, YamlSequence) else (value,)
    return [item.text.strip() if isinstance(item, Scalar) else "" for item in items]


def _clean(folder: str) -> str:
    return str(PurePosixPath(folder.strip().strip("/") or _WHOLE))
