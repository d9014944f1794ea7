"""A file of the editor's own that lies among the articles, and is none.

In: a folder, the file's name, and what reads its text. Out: its entries, and what is wrong with it.
What is wrong with an entry costs that entry. Where the file is there and nothing in it can be read,
its last good version stands in for it, as with an article.
"""

import os
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from bot.articles.files import SourceFile, make_source, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.incidents import Incident, Report, contain
from bot.articles.kept import LastGood, LastVersion, describe_kept, describe_unfound
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.articles.problems import keep_gravest

Entry = TypeVar("Entry")
# The name in the folder of the editor's own questions. Their form is that of a question set.
QUESTIONS = "questions.yaml"
# What such a file ends with by mistake; some systems hide the last ending of a name.
_WRONG_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
# Gives the entries of a text, and what is wrong with it.
Parser = Callable[[str], tuple[Sequence[Entry], Sequence[Problem]]]


@dataclass(frozen=True, slots=True)
class EditorFile(Generic[Entry]):
    """The entries of a file, and what is wrong with it.

    ``sha256`` is that of the version that they are from, "" where there is none. ``kept`` is set
    where that is an earlier version than the file. ``is_unfound``: such a version was looked for in
    vain.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    kept: LastVersion | None = None
    is_unfound: bool = False


class FileSource(NamedTuple):
    """Where a file of the editor's is read from.

    Unless ``is_folder_read``, a file that is missing is not taken for deleted. It is read as though
    the files of ``overlay`` lay in the folder.
    """

    folder: Path
    last_good: LastGood
    report: Report
    is_folder_read: bool
    overlay: Overlay | None = None


def read_editor_file(
    source: FileSource, name: str, parse: Parser[Entry], before: EditorFile[Entry]
) -> EditorFile[Entry]:
    """Read a file of a folder; a fault of the program costs that alone, and is reported.

    ``before`` is what was read of it last.
    """
    reader = _Reader(source, name, parse)
    files = source.overlay.files if source.overlay else {}
    content = files.get(name)
    is_there = content is not None
    if name not in files:
        is_there = os.path.lexists(source.folder / name)
    if not is_there and source.is_folder_read:
        return EditorFile()
    found: EditorFile[Entry] = EditorFile()
    if content is not None:
        found = reader.read_content(content)
    elif is_there:
        found = reader.read_file()
    if found.entries:
        return found
    kept = reader.find_kept(before)
    if kept.kept is None:
        return replace(
            found, is_unfound=kept.is_unfound, problems=(*found.problems, *kept.problems)
        )
    problem = describe_kept(name, kept.kept, has_error=bool(found.problems))
    return replace(kept, problems=(*found.problems, problem))


def find_misnamed(folder: Path, name: str) -> list[str]:
    """Find files that are meant as an editor's own file of a name, and are called otherwise.

    They have another ending, capitals, or one s too many or too few. Gives none where the file is
    there.
    """
    stem = name.removesuffix(".yaml")
    stems = {stem, stem.removesuffix("s"), f"{stem.removesuffix('s')}s"}
    meant = {one + ending for one in stems for ending in _WRONG_ENDINGS}
    entries: list[str] = []
    with Folder(folder) as opened, suppress(OSError):
        entries = [entry.name for entry in opened.scan("") if entry.kind == "file"]
    # A file system that takes capitals for small letters finds it under either name.
    if os.path.lexists(folder / name):
        return []
    return [one for one in entries if unicodedata.normalize("NFKC", one).casefold() in meant]


def take_whole(text: str) -> tuple[Sequence[str], Sequence[Problem]]:
    """Take a text as the only entry of its file, whatever stands in it."""
    return (text,), ()


class _Reader(Generic[Entry]):
    """Reads versions of one file."""

    def __init__(self, source: FileSource, name: str, parse: Parser[Entry]) -> None:
        self._source = source
        self._name = name
        self._parse_text = parse

    def read_content(self, content: bytes) -> EditorFile[Entry]:
        """Read the bytes of a version."""
        return self._contain(partial(make_source, self._name, content, FolderLimits()))

    def read_file(self) -> EditorFile[Entry]:
        """Read the version that lies in the folder."""
        return self._contain(self._open)

    def find_kept(self, before: EditorFile[Entry]) -> EditorFile[Entry]:
        """Give the last good version; an empty one where there is none."""
        last_good = self._source.last_good
        version = last_good.find(self._name)
        if version is None:
            return EditorFile()
        if before.sha256 == version.sha256:
            return replace(before, kept=version)
        content = last_good.read(version.sha256)
        problem = describe_unfound(self._name, version)
        unfound: EditorFile[Entry] = EditorFile(problems=(problem,), is_unfound=True)
        if content is None:
            return unfound
        kept = self.read_content(content)
        return replace(kept, kept=version) if kept.entries else unfound

    def _open(self) -> SourceFile | Problem:
        with Folder(self._source.folder) as opened:
            return read_file(opened, self._name, FolderLimits())

    def _contain(self, load: Callable[[], SourceFile | Problem]) -> EditorFile[Entry]:
        outcome = contain(self._name, lambda: self._parse(load()))
        if isinstance(outcome, Incident):
            self._source.report(outcome)
            return EditorFile(problems=(outcome.problem,))
        return outcome

    def _parse(self, source: SourceFile | Problem) -> EditorFile[Entry]:
        if isinstance(source, Problem):
            return EditorFile(problems=(source,))
        entries, problems = self._parse_text(source.text)
        return EditorFile(tuple(entries), tuple(keep_gravest(problems)), source.sha256)
