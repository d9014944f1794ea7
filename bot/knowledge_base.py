"""What is served now: one library with its librarian, and what was wrong with the folder.

Everybody who answers asks the desk; nobody else holds articles. It is the one mutable thing: a reload
builds the new library aside and puts it in the old one's place in a single assignment, so every answer
comes from one of the two and none from both. The new one is checked first; if nothing can be served from it, the
old one stays. What has not changed is taken from the old one.

Others go on while a library of millions of objects is made or let go: nothing here holds them up for long.
"""

import gc
import logging
import operator
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.answerer import Answer, Answerer, Policy
from bot.answers.conversation import Turn
from bot.array_file import ArrayFileError
from bot.articles.changes import Changes, compare
from bot.articles.files import Folder, FolderLimits, read_file
from bot.articles.incidents import Incident, contain
from bot.articles.library import Library, Progress, build
from bot.articles.model import Problem
from bot.articles.problems import keep_gravest
from bot.index_cache import IndexCache, is_worth_caching
from bot.memory import give_back
from bot.search.analysis.synonyms import SynonymGroup, read_groups

if TYPE_CHECKING:
    from bot.quotations.checker import QuotationChecker
    from bot.quotations.model import QuotationCheck

_log = logging.getLogger(__name__)
SYNONYMS = "synonyms.yaml"
_NEVER = 2**31 - 1
# How long, and how often, is looked whether somebody still answers from an old library before it is let go.
_PATIENCE_S, _LOOK_S = 2.0, 0.01


@contextmanager
def without_long_collections() -> Iterator[None]:
    """Let the garbage collector look at young objects only, and leave all that stays out of its sight for good.

    Going through a large library again and again would take a tenth of the time that it takes to read it, and each
    time nobody else could do anything for tenths of a second. One thread at a time: it is set for the whole program.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(*thresholds[:2], _NEVER)
    try:
        yield
    finally:
        gc.collect(1)
        gc.freeze()
        gc.set_threshold(*thresholds)


class ReloadRunningError(RuntimeError):
    """Another reload has not ended yet; ``since_s`` seconds ago it began."""

    def __init__(self, since_s: float) -> None:
        """Keep how long the other one has been running."""
        super().__init__(f"a reload has been running for {since_s:.0f} s")
        self.since_s = since_s


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did. ``is_served`` is false where nothing could be served and the old library stays.

    ``synonyms`` counts the groups of the editor's own thesaurus; None where it is as it was.
    """

    is_served: bool
    changes: Changes
    synonyms: int | None
    problems: tuple[Problem, ...]
    library: Library
    took_s: float


class _LateChecker:
    """Checks quotations; made ready at the first claim, for most who ask never claim anything."""

    def __init__(self, library: Library) -> None:
        """Keep the library."""
        self._library = library
        self._making = threading.Lock()
        self._checker: QuotationChecker | None = None

    def check(self, claim: str) -> "QuotationCheck":
        """Check a claim; the first one waits until all articles are laid out, and so do others that come meanwhile."""
        if self._checker is None:
            from bot.quotations.checker import QuotationChecker  # noqa: PLC0415 (no other command needs it)

            with self._making:
                if self._checker is None:
                    self._checker = QuotationChecker(self._library)
        return self._checker.check(claim)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    library: Library
    answerer: Answerer
    checker: _LateChecker
    problems: tuple[Problem, ...]
    synonyms: tuple[SynonymGroup, ...]
    has_new_readings: bool = False
    has_new_index: bool = False


class KnowledgeBase:
    """Answers from what is served now. Safe to be asked by one thread while another reloads."""

    def __init__(
        self,
        folder: Path,
        policy: Policy,
        progress: Progress | None = None,
        saved: Path | None = None,
    ) -> None:
        """Read a folder and index it. Never raises for what lies in it: see ``problems``.

        ``progress`` is told after each file how many are read, of how many. What comes of a large folder is kept in the
        folder ``saved``, if one is given, for the next start; ``why_unsaved`` says why it can't be.
        """
        self._folder = folder
        self._policy = policy
        self._index_cache = IndexCache(saved, folder) if saved else None
        self.why_unsaved = ""
        self._served = self._build(None, progress)
        self._save()
        give_back()
        self._reloading = threading.Lock()
        self._began_s = 0.0

    def _build(self, old: _Snapshot | None, progress: Progress | None = None) -> _Snapshot:
        before = old.library if old else None
        if old is None and self._index_cache is not None:
            before = Library(parsed_files=self._index_cache.load_parsed_files())
        library, problems = build(self._folder, None, progress, before, _log_incident)
        read = contain(SYNONYMS, partial(_read_synonyms, self._folder))
        if isinstance(read, Incident):
            _log_incident(read)
            read = (), [read.problem]
        synonyms, faults = read
        problems = sorted(
            [*problems, *faults], key=lambda problem: (problem.file, problem.line, problem.column)
        )
        if old and synonyms == old.synonyms and _is_same(library, old.library):
            return replace(old, library=library, problems=tuple(problems))
        make = partial(Answerer, library, self._policy, synonyms)
        if self._index_cache is None or not is_worth_caching(library):
            return _Snapshot(library, make(), _LateChecker(library), tuple(problems), synonyms)
        found = self._index_cache.load_index(library, synonyms, make)
        return _Snapshot(
            library,
            found or make(),
            _LateChecker(library),
            tuple(problems),
            synonyms,
            has_new_readings=before is None or library.parsed_files != before.parsed_files,
            has_new_index=found is None,
        )

    def _save(self) -> None:
        """Keep what was made for the next start, if that took long; if it can't be, nothing else is lost."""
        served = self._served
        if self._index_cache is not None and (served.has_new_readings or served.has_new_index):
            try:
                if served.has_new_readings:
                    self._index_cache.keep_readings(served.library)
                if served.has_new_index:
                    self._index_cache.keep_index(
                        served.library, served.synonyms, served.answerer.index
                    )
            except ArrayFileError as error:
                self.why_unsaved = str(error)
            else:
                self.why_unsaved = ""

    @property
    def library(self) -> Library:
        """The articles that are served."""
        return self._served.library

    @property
    def synonym_count(self) -> int:
        """How many groups the editor's own thesaurus has."""
        return len(self._served.synonyms)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the folder when what is served was read."""
        return self._served.problems

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question, from one article alone if its id is given, after what was asked before; never raises."""
        return self._served.answerer.answer(question, article, before)

    @property
    def answerer(self) -> Answerer:
        """Who answers now; for what needs several answers from the same library."""
        return self._served.answerer

    def check_quotation(self, claim: str) -> "QuotationCheck":
        """Say whether a text stands in what is served now, word for word."""
        return self._served.checker.check(claim)

    def reload(self) -> Reload:
        """Read the folder again and serve it, unless nothing can be served from it.

        Raises ReloadRunningError while another reload runs.
        """
        if not self._reloading.acquire(blocking=False):
            raise ReloadRunningError(time.monotonic() - self._began_s)
        try:
            self._began_s = time.monotonic()
            with without_long_collections():
                done, unserved = self._replace()
                if unserved and done.is_served:
                    self._save()
        finally:
            self._reloading.release()
        _let_go(unserved)
        give_back()
        return done

    def _replace(self) -> tuple[Reload, list[_Snapshot]]:
        """Put a new library in the old one's place; give what is no longer served, or not, besides."""
        old = self._served
        new = self._build(old)
        is_other = new.answerer is not old.answerer
        is_served = bool(new.library.articles) and (not is_other or new.answerer.is_sound())
        if is_served:
            self._served = new
        done = Reload(
            is_served=is_served,
            changes=compare(old.library, new.library),
            synonyms=None if new.synonyms == old.synonyms else len(new.synonyms),
            problems=new.problems,
            library=new.library,
            took_s=time.monotonic() - self._began_s,
        )
        return done, [old if is_served else new] if is_other else []


def _let_go(unserved: list[_Snapshot]) -> None:
    """Free what is not served any more piece by piece: all of it at once would hold everybody up.

    Who still answers from it would free it all when he ends, so that is waited for.
    """
    pieces: list[object] = []
    answerers = []
    while unserved:
        served = unserved.pop()
        pieces += [
            *served.library.parsed_files.values(),
            served.library,
            served.checker,
            served.answerer.index,
        ]
        answerers.append(weakref.ref(served.answerer))
        del served
    give_up_s = time.monotonic() + _PATIENCE_S
    while any(answerer() for answerer in answerers) and time.monotonic() < give_up_s:
        time.sleep(_LOOK_S)
    while pieces:
        pieces.pop()


def _is_same(library: Library, other: Library) -> bool:
    return len(library.articles) == len(other.articles) and all(
        map(operator.is_, library.articles, other.articles)
    )


def _read_synonyms(folder: Path) -> tuple[tuple[SynonymGroup, ...], list[Problem]]:
    """Read the editor's own thesaurus, if there is one; what is wrong with it keeps nothing else from being served."""
    if not os.path.lexists(folder / SYNONYMS):
        return (), []
    with Folder(folder) as opened:
        source = read_file(opened, SYNONYMS, FolderLimits())
    if isinstance(source, Problem):
        return (), [source]
    groups, faults = read_groups(source.text)
    problems = [
        Problem(SYNONYMS, fault.line, fault.column, "error", fault.what, fault.hint)
        for fault in faults
    ]
    return groups, keep_gravest(problems)


def _log_incident(incident: Incident) -> None:
    _log.error("%s", incident)
