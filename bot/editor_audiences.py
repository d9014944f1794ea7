"""The editor's own list of folders that not everybody may read, which lies among the articles.

In: the text of ``audience.yaml``, a folder and the ids of roles in each line::

    staff: 123456789012345678
    council/minutes: [123456789012345678, 223456789012345678]

Out: restrictions by folder, and what is wrong with the file. A reader needs one of the roles. "."
is the whole folder; of folders inside each other the inner one counts, and the header of an article
before any. What can't be read restricts to nobody: a folder, or all of them.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.articles.library import Library
from bot.articles.model import Problem
from bot.articles.problems import make_error, make_warning
from bot.articles.restrictions import NOBODY, read_roles
from bot.editor_files import EditorFile
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
    audiences = []
    problems = []
    for name, (key, value) in root.entries.items():
        roles = read_roles(_list_texts(value))
        if roles is None:
            fault = make_error(texts.AUDIENCES_ROLES, AUDIENCES, key.line, key.column, folder=name)
            problems.append(fault)
        audiences.append(FolderAudience(_clean(name), roles or NOBODY))
    return audiences, problems


def find_restricted(
    library: Library, file: EditorFile[FolderAudience]
) -> Mapping[str, tuple[int, ...]]:
    """Give the roles of each article of a library that not everybody may read, by its file.

    Where the file of restrictions is there and can't be read now, nobody may read what has no
    header of its own: an earlier version of that file may have restricted less.
    """
    is_lost = file.kept is not None or (not file.entries and bool(file.problems))
    audiences = {_WHOLE: NOBODY} if is_lost else dict(file.entries)
    restricted = {}
    for article in library.articles:
        roles = article.roles
        if roles is None and audiences:
            roles = _find_roles(article.file, audiences)
        if roles is not None:
            restricted[article.file] = roles
    return restricted


def find_unused(library: Library, entries: Sequence[FolderAudience]) -> list[Problem]:
    """Tell of each folder that is restricted and holds no article: its name may be misspelt."""
    folders = {str(one) for name in library.articles for one in PurePosixPath(name.file).parents}
    missing = [entry.folder for entry in entries if entry.folder not in folders]
    return [make_warning(texts.AUDIENCES_NO_FOLDER, AUDIENCES, folder=one) for one in missing]


def _find_roles(file: str, audiences: Mapping[str, tuple[int, ...]]) -> tuple[int, ...] | None:
    """Give the roles of the innermost folder of a file that has some; None where none has."""
    for folder in PurePosixPath(file).parents:
        roles = audiences.get(str(folder))
        if roles is not None:
            return roles
    return None


def _list_texts(value: Node) -> list[str]:
    """Give the texts of one value or of a list; what is neither is no role."""
    items = value.items if isinstance(value, YamlSequence) else (value,)
    return [item.text.strip() if isinstance(item, Scalar) else "" for item in items]


def _clean(folder: str) -> str:
    return str(PurePosixPath(folder.strip().strip("/") or _WHOLE))
