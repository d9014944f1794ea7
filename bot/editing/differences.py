"""How articles differ between two versions: by sections, and line by line.

In: the history, the versions of the files. Out: values for whoever shows them. Nothing is decided
and nothing written here.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.articles.changes import Changes, compare
from bot.articles.files import SourceFile, make_source
from bot.articles.folder import FolderLimits
from bot.articles.incidents import contain
from bot.articles.library import Library
from bot.articles.model import Article
from bot.articles.parser import read_article
from bot.texts import editing as texts
from bot.versions.history import FileChange, History, join_changes

# Gives the bytes of a version by their SHA-256; None where it is not kept.
ReadVersion = Callable[[str], bytes | None]
# To compare more lines than this takes long, as it grows with their square.
_MOST_LINES = 3_000


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of the folder between two revisions.

    Attributes:
        files: The SHA-256 of each file that differs, before and after.
        changes: The articles and sections that differ.
        lines: The same line by line, as ``diff -u`` writes it.

    """

    files: Mapping[str, FileChange]
    changes: Changes
    lines: str


def find_difference(
    history: History, earlier: int, later: int, read: ReadVersion, limits: FolderLimits
) -> Difference:
    """Find how a later revision differs from an earlier one, by their numbers.

    Of a version that is not kept any more nothing is told but its hash.
    """
    oldest_first = reversed(history.revisions)
    between = [one.files for one in oldest_first if earlier < one.number <= later]
    files = join_changes(between)
    parse = partial(_parse, read=read, limits=limits)
    old_articles: list[Article] = []
    new_articles: list[Article] = []
    lines: list[str] = []
    for name, change in files.items():
        before = parse(name, change.old_sha256)
        after = parse(name, change.new_sha256)
        old_articles += before.articles
        new_articles += after.articles
        lines += _compare_lines(name, before.text, after.text)
    changes = compare(Library(tuple(old_articles)), Library(tuple(new_articles)))
    return Difference(files, changes, "".join(lines))


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The text of a version, and the article that it is, if it is one."""

    text: str = ""
    articles: tuple[Article, ...] = ()


def _parse(name: str, sha256: str, *, read: ReadVersion, limits: FolderLimits) -> _Parsed:
    content = read(sha256) if sha256 else None
    if content is None:
        return _Parsed()
    source = make_source(name, content, limits)
    if not isinstance(source, SourceFile):
        return _Parsed()
    outcome = contain(name, lambda: read_article(source)[0])
    articles = (outcome,) if isinstance(outcome, Article) else ()
    return _Parsed(source.text, articles)


def _compare_lines(name: str, before: str, after: str) -> Iterator[str]:
    old = before.splitlines(keepends=True)
    new = after.splitlines(keepends=True)
    if len(old) + len(new) > _MOST_LINES:
        yield texts.TOO_LONG_TO_COMPARE(file=name, old=len(old), new=len(new))
        return
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"):
        yield line.rstrip("\n") + "\n"
