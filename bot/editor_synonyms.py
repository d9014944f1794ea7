"""The editor's own thesaurus, which lies among the articles.

In: a folder. Out: groups of synonyms, and what is wrong with their file. What is wrong in a line
costs that line. Where the file is there and nothing in it can be read, its last good version
stands in for it, as with an article.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.articles.files import SourceFile, make_source, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.incidents import Incident, Report, contain
from bot.articles.kept import LastGood, LastVersion, describe_kept, describe_unfound
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.articles.problems import keep_gravest, make_error
from bot.search.analysis.synonyms import SynonymGroup, read_groups
from bot.texts import problems as texts

# Its name in the folder of the articles.
SYNONYMS = "synonyms.yaml"


@dataclass(frozen=True, slots=True)
class EditorSynonyms:
    """The groups of a thesaurus, and what is wrong with its file.

    ``sha256`` is that of the version that they are from, "" where there is none. ``kept`` is set
    where that is an earlier version than the file. ``is_unfound``: such a version was looked for in
    vain.
    """

    groups: tuple[SynonymGroup, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    kept: LastVersion | None = None
    is_unfound: bool = False


def read_synonyms(  # noqa: PLR0913 (most are named where it is called)
    folder: Path,
    last_good: LastGood,
    report: Report,
    *,
    before: EditorSynonyms,
    is_folder_read: bool,
    overlay: Overlay | None = None,
) -> EditorSynonyms:
    """Read the thesaurus of a folder; a fault of the program costs that alone, and is reported.

    ``before`` is what was read of it last. Unless ``is_folder_read``, a file that is missing is not
    taken for deleted. It is read as though the files of ``overlay`` lay in the folder.
    """
    files = overlay.files if overlay else {}
    content = files.get(SYNONYMS)
    is_there = content is not None
    if SYNONYMS not in files:
        is_there = os.path.lexists(folder / SYNONYMS)
    if not is_there and is_folder_read:
        return EditorSynonyms()
    found = EditorSynonyms()
    if content is not None:
        found = _contain(partial(_read_content, content), report)
    elif is_there:
        found = _contain(partial(_read_file, folder), report)
    if found.groups:
        return found
    kept = _find_kept(last_good, report, before)
    if kept.kept is None:
        return replace(
            found, is_unfound=kept.is_unfound, problems=(*found.problems, *kept.problems)
        )
    problem = describe_kept(SYNONYMS, kept.kept, has_error=bool(found.problems))
    return replace(kept, problems=(*found.problems, problem))


def _find_kept(last_good: LastGood, report: Report, before: EditorSynonyms) -> EditorSynonyms:
    """Give the last good version of the thesaurus; an empty one where there is none."""
    version = last_good.find(SYNONYMS)
    if version is None:
        return EditorSynonyms()
    if before.sha256 == version.sha256:
        return replace(before, kept=version)
    content = last_good.read(version.sha256)
    unfound = EditorSynonyms(problems=(describe_unfound(SYNONYMS, version),), is_unfound=True)
    if content is None:
        return unfound
    kept = _contain(partial(_read_content, content), report)
    return replace(kept, kept=version) if kept.groups else unfound


def _contain(read: Callable[[], EditorSynonyms], report: Report) -> EditorSynonyms:
    outcome = contain(SYNONYMS, read)
    if isinstance(outcome, Incident):
        report(outcome)
        return EditorSynonyms(problems=(outcome.problem,))
    return outcome


def _read_file(folder: Path) -> EditorSynonyms:
    with Folder(folder) as opened:
        return _parse(read_file(opened, SYNONYMS, FolderLimits()))


def _read_content(content: bytes) -> EditorSynonyms:
    return _parse(make_source(SYNONYMS, content, FolderLimits()))


def _parse(source: SourceFile | Problem) -> EditorSynonyms:
    if isinstance(source, Problem):
        return EditorSynonyms(problems=(source,))
    groups, faults = read_groups(source.text)
    problems = []
    for fault in faults:
        problem = make_error(
            texts.SYNONYMS,
            SYNONYMS,
            fault.line,
            fault.column,
            fault=fault.what,
            remedy=fault.hint,
        )
        problems.append(problem)
    return EditorSynonyms(groups, tuple(keep_gravest(problems)), source.sha256)
