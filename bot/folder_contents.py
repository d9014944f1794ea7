"""What a folder holds, before it is indexed: articles, the editor's own files, what is wrong.

In: a folder, and what was read of it before. Out: values that are still the very same objects where
nothing has changed. What of this is served, and when, is the business of the knowledge base.
"""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.answers.links import Link
from bot.articles.folder import FolderLimits
from bot.articles.incidents import Report
from bot.articles.kept import LastGood
from bot.articles.library import Library, Progress, build
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.articles.problems import make_warning, sort_problems
from bot.editor_audiences import (
    AUDIENCES,
    FolderAudience,
    find_restricted,
    find_unread,
    find_unused,
    parse_audiences,
)
from bot.editor_files import (
    QUESTIONS,
    EditorFile,
    FileSource,
    find_misnamed,
    read_editor_file,
    take_whole,
)
from bot.editor_links import LINKS, LinkEntry, locate_links, parse_links
from bot.editor_synonyms import SYNONYMS, parse_synonyms
from bot.search.analysis.synonyms import SynonymGroup
from bot.texts import problems as texts

EDITOR_FILE_NAMES = SYNONYMS, LINKS, QUESTIONS, AUDIENCES


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What a folder holds.

    Attributes:
        library: The articles.
        problems: What is wrong with the folder, by file and place.
        synonyms: The editor's own thesaurus.
        link_file: The editor's own links of questions, as they are written.
        links: The same, with the sections that they were found to mean.
        questions: The editor's own questions.
        audiences: For whom parts of the folder are.
        restricted: The roles of each article that not everybody may read, by its file.

    """

    library: Library
    problems: tuple[Problem, ...] = ()
    synonyms: EditorFile[SynonymGroup] = field(default_factory=EditorFile)
    link_file: EditorFile[LinkEntry] = field(default_factory=EditorFile)
    links: tuple[Link, ...] = ()
    questions: EditorFile[str] = field(default_factory=EditorFile)
    audiences: EditorFile[FolderAudience] = field(default_factory=EditorFile)
    restricted: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def list_editor_files(self) -> Iterator[tuple[str, EditorFile[Any]]]:
        """Give the files that are no articles, by name."""
        yield SYNONYMS, self.synonyms
        yield LINKS, self.link_file
        yield QUESTIONS, self.questions
        yield AUDIENCES, self.audiences

    def has_same_index(self, other: "FolderContents") -> bool:
        """Say whether the index of these is that of the others."""
        has_same_groups = self.synonyms.entries == other.synonyms.entries
        return has_same_groups and _has_same_articles(self.library, other.library)


def _has_same_articles(library: Library, other: Library) -> bool:
    """Say whether the articles of two libraries are the very same objects, in the same order."""
    if len(library.articles) != len(other.articles):
        return False
    return all(map(operator.is_, library.articles, other.articles))


class FolderReader:
    """Reads one folder again and again.

    ``last_good`` gives the last good version of what can't be served. ``report`` is called with
    each fault of the program.
    """

    def __init__(
        self, folder: Path, limits: FolderLimits, last_good: LastGood, report: Report
    ) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._limits = limits
        self._last_good = last_good
        self._report = report

    def read(
        self,
        before: FolderContents,
        progress: Progress | None = None,
        overlay: Overlay | None = None,
    ) -> FolderContents:
        """Read the folder, with everything of ``before`` that is still the same.

        ``progress`` is called after each file. It is read as though the files of ``overlay`` lay
        in it.
        """
        library, problems = build(
            self._folder,
            self._limits,
            progress,
            before.library,
            self._report,
            last_good=self._last_good,
            overlay=overlay,
        )
        source = FileSource(
            self._folder, self._last_good, self._report, library.is_of_folder, overlay
        )
        synonyms = read_editor_file(source, SYNONYMS, parse_synonyms, before.synonyms)
        link_file = read_editor_file(source, LINKS, parse_links, before.link_file)
        questions = read_editor_file(source, QUESTIONS, take_whole, before.questions)
        audiences = read_editor_file(source, AUDIENCES, parse_audiences, before.audiences)
        links, link_problems = locate_links(link_file.entries, library)
        problems += link_problems
        problems += find_unused(library, audiences.entries)
        unread, unread_problems = find_unread(library, self._folder, audiences)
        problems += unread_problems
        problems += _find_misnamed(self._folder, overlay)
        for file in (synonyms, link_file, questions, audiences):
            problems += file.problems
        return FolderContents(
            library=library,
            problems=tuple(sort_problems(problems)),
            synonyms=synonyms,
            link_file=link_file,
            links=links,
            questions=questions,
            audiences=audiences,
            restricted=find_restricted(library, audiences, unread),
        )


def _find_misnamed(folder: Path, overlay: Overlay | None) -> list[Problem]:
    """Tell of files that are meant as an editor's own, and are called otherwise."""
    handed_in = overlay.files if overlay else {}
    return [
        make_warning(texts.EDITOR_FILE_MISNAMED, file, name=name)
        for name in (SYNONYMS, LINKS, QUESTIONS)
        if name not in handed_in
        for file in find_misnamed(folder, name)
    ]
