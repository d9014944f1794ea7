"""Which files of a folder are articles.

In: a folder. Out: their names relative to it, and Problems of what is passed over. Nothing is
opened but the folders themselves, and no link is entered.
"""

import unicodedata
from collections.abc import Iterator

from bot.articles.folder import Entry, Folder, FolderLimits
from bot.articles.formats import ARTICLE_SUFFIXES, describe_suffixes
from bot.articles.model import Problem
from bot.articles.problems import make_error, make_note, make_warning
from bot.texts import problems as texts

# Documents that their editor may expect to be read.
_DOCUMENT_SUFFIXES = (
    ".doc",
    ".odt",
    ".rtf",
    ".epub",
    ".rst",
    ".tex",
)
# Hidden files and what editors leave behind: ``.x``, ``x~``, ``#x#``.
_PASSED_OVER_PREFIXES = (".", "#")
_PASSED_OVER_SUFFIXES = ("~", "#")
# Unicode's categories of controls, format characters, surrogates and separators of lines.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def find_files(folder: Folder, limits: FolderLimits) -> tuple[list[str], list[Problem]]:
    """List the articles of a folder and its sub-folders, as sorted posix paths relative to it.

    Hidden files and what editors leave behind (``.x``, ``x~``, ``#x#``) are passed over. A folder
    that is missing or can't be listed is a Problem with the folder's name as its file.
    """
    problems: list[Problem] = []
    names = sorted(_walk(folder, "", limits.depth, problems))
    if len(names) > limits.files:
        first_left_out = names[limits.files]
        problem = make_error(texts.TOO_MANY_FILES, first_left_out, limit=limits.files)
        problems.append(problem)
    return names[: limits.files], problems


def _walk(folder: Folder, sub_folder: str, depth: int, problems: list[Problem]) -> Iterator[str]:
    """Give the names of the articles in a sub-folder and below; ``depth`` levels may be entered."""
    try:
        entries = folder.scan(sub_folder)
    except OSError as error:
        problem = _unreadable_folder(folder, sub_folder, error)
        problems.append(problem)
        return
    for entry in entries:
        if _is_passed_over(entry.name):
            continue
        name = f"{sub_folder}/{entry.name}" if sub_folder else entry.name
        problem_of_entry = _find_entry_problem(entry, name, depth)
        if problem_of_entry is not None:
            problems.append(problem_of_entry)
        elif entry.kind == "folder":
            yield from _walk(folder, name, depth - 1, problems)
        elif _is_article(name):
            yield name


def _unreadable_folder(folder: Folder, sub_folder: str, error: OSError) -> Problem:
    name = sub_folder or folder.path.name or str(folder.path)
    return make_error(
        texts.FOLDER_UNREADABLE,
        _escape_invisible(name),
        reason=error.strerror,
        suffixes=describe_suffixes(),
    )


def _is_passed_over(name: str) -> bool:
    return name.startswith(_PASSED_OVER_PREFIXES) or name.endswith(_PASSED_OVER_SUFFIXES)


def _is_article(name: str) -> bool:
    return name.lower().endswith(ARTICLE_SUFFIXES)


def _find_entry_problem(entry: Entry, name: str, depth: int) -> Problem | None:
    """Say why an entry is neither read nor entered; None where there is nothing to say."""
    if _has_invisible(entry.name):
        return make_error(texts.NAME_INVISIBLE, _escape_invisible(name))
    is_named_like_article = _is_article(entry.name)
    if entry.kind == "folder":
        if is_named_like_article:
            return make_error(texts.FOLDER_NAMED_LIKE_AN_ARTICLE, name)
        return make_error(texts.FOLDER_TOO_DEEP, name) if depth <= 1 else None
    if is_named_like_article:
        return None
    if entry.kind == "linked folder":
        return make_warning(texts.FOLDER_LINKED, name)
    if entry.name.lower().endswith(_DOCUMENT_SUFFIXES):
        return make_note(texts.OTHER_DOCUMENT, name, suffixes=describe_suffixes())
    return None


def _has_invisible(name: str) -> bool:
    categories = map(unicodedata.category, name)
    return not _INVISIBLE.isdisjoint(categories)


def _escape_invisible(name: str) -> str:
    r"""Spell out what can't be seen, as in ``a\u202eb.md``."""
    if not _has_invisible(name):
        return name
    return name.encode("unicode_escape", "surrogateescape").decode()
