"""Which files of a folder are articles.

In: a folder, and the limits within which it is read. Out: the names of the articles relative to it,
Problems of what is passed over, and how much is ignored. Nothing is opened but the folders
themselves, and no link is entered.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.articles.folder import Entry, Folder, FolderLimits
from bot.articles.formats import ARTICLE_SUFFIXES, describe_suffixes
from bot.articles.ignoring import IgnoredNames
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
# Unicode's categories of controls, format characters, surrogates and separators of lines.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds.

    ``names`` are the articles, as sorted posix paths relative to the folder. ``ignored`` says of
    each pattern how many folders and articles it left out; what lies in such a folder is not
    counted. ``unread`` are files and folders that are there and are not read because of what they
    are, or how many there are; "" is the folder itself.
    """

    names: list[str]
    problems: list[Problem]
    ignored: Mapping[str, int]
    unread: tuple[str, ...] = ()


def find_files(folder: Folder, limits: FolderLimits) -> Listing:
    """List the articles of a folder and its sub-folders. Raises ValueError for a wrong pattern.

    A folder that is missing, unless it may be, or can't be listed is a Problem with the folder's
    name as its file.
    """
    walk = _Walk(folder, IgnoredNames(limits.ignore), may_be_missing=limits.may_be_missing)
    names = sorted(walk.find_articles("", limits.depth))
    problems = [*walk.problems, *_note_documents(walk.documents), *_note_alike(names)]
    if len(names) > limits.files:
        first_left_out = names[limits.files]
        problem = make_error(texts.TOO_MANY_FILES, first_left_out, limit=limits.files)
        problems.append(problem)
    unread = (*walk.unread, *names[limits.files :])
    return Listing(names[: limits.files], problems, walk.ignored, unread)


def find_hidden(names: Iterable[str], listing: Listing, limits: FolderLimits) -> list[str]:
    """Give those of some names that are not listed, and yet can't be taken for deleted.

    They are not read, or lie below what is not; or nothing at all is listed, as where a disk is
    missing. Names that are ignored now are not among them.
    """
    unlisted = set(names).difference(listing.names)
    unread = set(listing.unread if listing.names else [""])
    hidden = [name for name in unlisted if not unread.isdisjoint(_list_parents(name))]
    if not hidden:
        return []
    ignored_names = IgnoredNames(limits.ignore)
    return sorted(name for name in hidden if not _is_left_out(name, ignored_names))


def fold_name(name: str) -> str:
    """Give what names have in common that some file system takes for the same.

    Capitals, and the form in which accents are stored, don't tell them apart there.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded)


def _list_parents(name: str) -> list[str]:
    """Give a name, the folders that it lies in, and "" for the folder itself."""
    folders = PurePosixPath(name).parents[:-1]
    return [name, *map(str, folders), ""]


def _is_left_out(name: str, ignored_names: IgnoredNames) -> bool:
    """Say whether a file is ignored, or a folder that it lies in."""
    if ignored_names.find_pattern(name, is_folder=False):
        return True
    folders = PurePosixPath(name).parents[:-1]
    return any(ignored_names.find_pattern(str(one), is_folder=True) for one in folders)


class _Walk:
    """A walk through a folder, and what it finds besides articles."""

    def __init__(
        self, folder: Folder, ignored_names: IgnoredNames, *, may_be_missing: bool
    ) -> None:
        self._folder = folder
        self._may_be_missing = may_be_missing
        self._ignored_names = ignored_names
        self.problems: list[Problem] = []
        self.documents: list[str] = []
        self.ignored: Counter[str] = Counter()
        self.unread: list[str] = []

    def find_articles(self, sub_folder: str, depth: int) -> Iterator[str]:
        """Give the articles of a sub-folder and below it; ``depth`` levels may be entered."""
        try:
            entries = self._folder.scan(sub_folder)
        except OSError as error:
            is_missing = isinstance(error, FileNotFoundError) and not sub_folder
            if is_missing and self._may_be_missing:
                return
            problem = _unreadable_folder(self._folder, sub_folder, error)
            self.problems.append(problem)
            self.unread.append(sub_folder)
            return
        for entry in entries:
            name = f"{sub_folder}/{entry.name}" if sub_folder else entry.name
            if self._is_ignored(entry, name):
                continue
            problem_of_entry = _find_entry_problem(entry, name, depth)
            if problem_of_entry is not None:
                self.problems.append(problem_of_entry)
                self.unread.append(name)
            elif entry.kind == "folder":
                yield from self.find_articles(name, depth - 1)
            elif _is_article(name):
                yield name
            elif name.lower().endswith(_DOCUMENT_SUFFIXES):
                self.documents.append(name)

    def _is_ignored(self, entry: Entry, name: str) -> bool:
        is_folder = entry.kind != "file"
        pattern = self._ignored_names.find_pattern(name, is_folder=is_folder)
        if pattern and (is_folder or _is_article(name)):
            self.ignored[pattern] += 1
        return bool(pattern)


def _note_documents(names: list[str]) -> Iterator[Problem]:
    """Give a note of each kind of documents, where the first of them stands."""
    suffixes = [PurePosixPath(name).suffix.lower() for name in names]
    for suffix, count in Counter(suffixes).items():
        first = names[suffixes.index(suffix)]
        read = describe_suffixes()
        yield make_note(texts.OTHER_DOCUMENT, first, count=count, suffix=suffix, suffixes=read)


def _note_alike(names: list[str]) -> Iterator[Problem]:
    """Note each article that some system takes for one before it: there, one would be lost."""
    firsts: dict[str, str] = {}
    for name in names:
        first = firsts.setdefault(fold_name(name), name)
        if first != name:
            yield make_note(texts.NAME_ALIKE, name, other=first)


def _unreadable_folder(folder: Folder, sub_folder: str, error: OSError) -> Problem:
    name = sub_folder or folder.path.name or str(folder.path)
    return make_error(
        texts.FOLDER_UNREADABLE,
        _escape_invisible(name),
        reason=error.strerror,
        suffixes=describe_suffixes(),
    )


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
    return None


def _has_invisible(name: str) -> bool:
    categories = map(unicodedata.category, name)
    return not _INVISIBLE.isdisjoint(categories)


def _escape_invisible(name: str) -> str:
    r"""Spell out what can't be seen, as in ``a\u202eb.md``."""
    if not _has_invisible(name):
        return name
    return name.encode("unicode_escape", "surrogateescape").decode()
