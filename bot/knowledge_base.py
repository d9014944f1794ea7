"""What is served: one immutable snapshot of a folder, replaced as a whole by a reload.

In: a folder of articles. Out: answers, checks of quotations, and what is wrong with the folder.
Everybody who answers asks the knowledge base, and nobody else holds articles. It is the one mutable
object: a reload builds a new snapshot aside, checks it, and replaces the old one in a single
assignment. So every answer comes from one snapshot. If nothing can be served from the new one, the
old one stays. What has not changed in the folder is taken over from the old snapshot. Nothing here
knows Discord.

A large library has millions of objects. While one is built or freed, other threads go on: nothing
here holds them up for long.
"""

import gc
import logging
import operator
import os
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.model import Answer, Policy
from bot.array_file import ArrayFileError
from bot.articles.changes import Changes, compare
from bot.articles.files import read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.incidents import Incident, contain
from bot.articles.library import Library, Progress, build
from bot.articles.model import Problem
from bot.articles.problems import keep_gravest, make_error, sort_problems
from bot.index_cache import IndexCache, is_worth_caching
from bot.memory import give_back
from bot.search.analysis.synonyms import SynonymGroup, read_groups
from bot.texts import problems as texts

if TYPE_CHECKING:
    from bot.embedding_worker import EmbeddingWorker, EncoderLoader
    from bot.quotations.checker import QuotationChecker
    from bot.quotations.model import QuotationCheck

_log = logging.getLogger(__name__)
# The editor's own thesaurus, in the folder of the articles.
SYNONYMS = "synonyms.yaml"
# As a threshold of the garbage collector: it is never reached.
_NEVER = 2**31 - 1
# A reload waits no longer than this for the answers that are still made from the old snapshot.
_MAX_WAIT_S = 2.0
# How often it looks whether they have ended.
_POLL_S = 0.01


@contextmanager
def without_long_collections() -> Iterator[None]:
    """Let the garbage collector look at young objects only, and never at what is made meanwhile.

    To go through a large library again and again would take a tenth of the time that reading it
    takes, and each time no other thread could do anything for tenths of a second. Only one thread
    at a time may do this, because it is set for the whole process.
    """
    thresholds = gc.get_threshold()
    young_thresholds = thresholds[:2]
    gc.set_threshold(*young_thresholds, _NEVER)
    try:
        yield
    finally:
        gc.collect(1)
        gc.freeze()
        gc.set_threshold(*thresholds)


class ReloadRunningError(RuntimeError):
    """Another reload has not ended yet.

    Attributes:
        since_s: How many seconds ago that one began.

    """

    def __init__(self, since_s: float) -> None:
        """Keep how long the other one has been running."""
        super().__init__(f"a reload has been running for {since_s:.0f} s")
        self.since_s = since_s


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did.

    Attributes:
        is_served: Whether the new snapshot is served; if not, the old one still is.
        changes: How the articles of the new snapshot differ from those of the old one.
        synonym_count: How many groups the editor's own thesaurus has; None if it is unchanged.
        problems: What is wrong with the folder.
        library: The articles of the new snapshot.
        took_s: How many seconds it took.

    """

    is_served: bool
    changes: Changes
    synonym_count: int | None
    problems: tuple[Problem, ...]
    library: Library
    took_s: float


class _LazyChecker:
    """Checks quotations of a library; the index for that is made at the first claim."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._checker: QuotationChecker | None = None

    def check(self, claim: str) -> "QuotationCheck":
        """Check a claim; the first one waits until the checker is made, as do others meanwhile."""
        if self._checker is None:
            # No other command needs it.
            from bot.quotations.checker import QuotationChecker  # noqa: PLC0415

            with self._lock:
                if self._checker is None:
                    self._checker = QuotationChecker(self._library)
        return self._checker.check(claim)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All that is served at one time, and whether it should be saved for the next start."""

    library: Library
    answerer: Answerer
    checker: _LazyChecker
    problems: tuple[Problem, ...]
    synonyms: tuple[SynonymGroup, ...]
    has_new_parsed_files: bool = False
    has_new_index: bool = False


class KnowledgeBase:
    """Answers from what is served now. One thread may ask while another reloads.

    Attributes:
        why_unsaved: Why nothing could be saved for the next start; empty if nothing failed.
        served_at_s: When what is served was read (``time.monotonic``).

    """

    def __init__(
        self,
        folder: Path,
        policy: Policy,
        progress: Progress | None = None,
        saved: Path | None = None,
        ignore: Sequence[str] = (),
    ) -> None:
        """Read a folder and index it. Never raises for what is in it: see ``problems``.

        ``progress`` is called after each file with how many are read, of how many. What comes of a
        large folder is saved for the next start in the folder ``saved``, if one is given.
        ``ignore`` are patterns, as in a .gitignore, of names that are no articles. Raises
        ValueError for one that is none.
        """
        self._folder = folder
        self._limits = FolderLimits(ignore=tuple(ignore))
        self._policy = policy
        self._index_cache = IndexCache(saved, folder) if saved else None
        self.why_unsaved = ""
        self._served = self._build(None, progress)
        self.served_at_s = time.monotonic()
        self._save()
        give_back()
        self._reload_lock = threading.Lock()
        self._reload_began_s = 0.0
        # Held for as long as it takes to put one snapshot in the place of another.
        self._swap_lock = threading.Lock()
        # What embeds in the background; None without a model.
        self._embedding: EmbeddingWorker | None = None

    def embed_with(self, model: Path, load: "EncoderLoader | None" = None) -> "EmbeddingWorker":
        """Have what is served found by its meaning too, by the model in a folder.

        ``load`` loads it; by default as a folder in the form of sentence-transformers.

        A thread in the background embeds what is served now, and whatever a reload will serve.
        Until that is done, questions are answered by words. Gives what tells how far it has come.
        """
        # Who has no model does not wait for what embeds.
        from bot import embedding_worker  # noqa: PLC0415
        from bot.embeddings.onnx_encoder import load_encoder  # noqa: PLC0415

        load = load or load_encoder
        worker = embedding_worker.EmbeddingWorker(model, self._index_cache, load)
        self._embedding = worker
        self._embed()
        return worker

    @property
    def library(self) -> Library:
        """The articles that are served."""
        return self._served.library

    @property
    def answerer(self) -> Answerer:
        """The answerer of what is served now, for several answers from the same snapshot."""
        return self._served.answerer

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the folder when what is served was read, by file and place."""
        return self._served.problems

    @property
    def embedding(self) -> "EmbeddingWorker | None":
        """What embeds in the background; None without a model."""
        return self._embedding

    @property
    def synonym_count(self) -> int:
        """How many groups the editor's own thesaurus has."""
        return len(self._served.synonyms)

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question, from one article alone if its id is given; never raises.

        ``before`` is the turn of the conversation before, to which the question may refer.
        """
        return self._served.answerer.answer(question, article, before)

    def check_quotation(self, claim: str) -> "QuotationCheck":
        """Say whether a text occurs in what is served now, word for word."""
        return self._served.checker.check(claim)

    def reload(self) -> Reload:
        """Read the folder again and serve it, unless nothing can be served from it.

        Raises ReloadRunningError while another reload runs.
        """
        if not self._reload_lock.acquire(blocking=False):
            since_s = time.monotonic() - self._reload_began_s
            raise ReloadRunningError(since_s)
        try:
            self._reload_began_s = time.monotonic()
            with without_long_collections():
                reload, unserved = self._replace()
                if unserved and reload.is_served:
                    self._save()
        finally:
            self._reload_lock.release()
        self._embed()
        _free(unserved)
        give_back()
        return reload

    def _embed(self) -> None:
        """Have what is served embedded, unless it is, or there is no model."""
        answerer = self._served.answerer
        if self._embedding is not None and not answerer.has_meaning:
            self._embedding.embed(answerer, self._serve_embedded)

    def _serve_embedded(self, answerer: Answerer, embedded: Answerer) -> None:
        """Serve an answerer that was embedded in the place of itself, if it is still served."""
        with self._swap_lock:
            if self._served.answerer is answerer:
                self._served = replace(self._served, answerer=embedded)

    def _replace(self) -> tuple[Reload, list[_Snapshot]]:
        """Build a new snapshot and serve it if that can be done.

        Gives what was done, and the snapshot that is no longer served, or not at all, if there is
        one.
        """
        old = self._served
        new = self._build(old)
        has_new_answerer = new.answerer is not old.answerer
        is_sound = not has_new_answerer or new.answerer.is_sound()
        is_served = bool(new.library.articles) and is_sound
        if is_served:
            with self._swap_lock:
                # It may have been embedded since the build began.
                old, self._served = self._served, new
            self.served_at_s = time.monotonic()
        has_new_synonyms = new.synonyms != old.synonyms
        reload = Reload(
            is_served=is_served,
            changes=compare(old.library, new.library),
            synonym_count=len(new.synonyms) if has_new_synonyms else None,
            problems=new.problems,
            library=new.library,
            took_s=time.monotonic() - self._reload_began_s,
        )
        if not has_new_answerer:
            return reload, []
        return reload, [old if is_served else new]

    def _build(self, old: _Snapshot | None, progress: Progress | None = None) -> _Snapshot:
        """Build a snapshot of the folder, with everything of the old one that is still the same."""
        known = self._load_library() if old is None else old.library
        library, file_problems = build(self._folder, self._limits, progress, known, _log_incident)
        synonyms, synonym_problems = self._read_synonyms()
        problems = tuple(sort_problems([*file_problems, *synonym_problems]))
        if old and synonyms == old.synonyms and _has_same_articles(library, old.library):
            return replace(old, library=library, problems=problems)
        checker = _LazyChecker(library)
        make_answerer = partial(Answerer, library, self._policy, synonyms)
        if self._index_cache is None or not is_worth_caching(library):
            return _Snapshot(library, make_answerer(), checker, problems, synonyms)
        saved = self._index_cache.load_index(library, synonyms, make_answerer)
        has_new_parsed_files = known is None or library.parsed_files != known.parsed_files
        return _Snapshot(
            library,
            make_answerer() if saved is None else saved,
            checker,
            problems,
            synonyms,
            has_new_parsed_files=has_new_parsed_files,
            has_new_index=saved is None,
        )

    def _load_library(self) -> Library | None:
        """Give what came of the files at the last start, as a library without articles."""
        if self._index_cache is None:
            return None
        parsed_files = self._index_cache.load_parsed_files()
        return Library(parsed_files=parsed_files)

    def _read_synonyms(self) -> tuple[tuple[SynonymGroup, ...], Sequence[Problem]]:
        """Read the editor's own thesaurus; a fault of the program costs that alone."""
        read = contain(SYNONYMS, partial(_read_synonyms, self._folder))
        if isinstance(read, Incident):
            _log_incident(read)
            return (), [read.problem]
        return read

    def _save(self) -> None:
        """Save for the next start what is served and new, if it is a large library."""
        snapshot = self._served
        is_new = snapshot.has_new_parsed_files or snapshot.has_new_index
        if self._index_cache is None or not is_new:
            return
        try:
            _save_snapshot(self._index_cache, snapshot)
        except ArrayFileError as error:
            self.why_unsaved = str(error)
        else:
            self.why_unsaved = ""


def _save_snapshot(cache: IndexCache, snapshot: _Snapshot) -> None:
    if snapshot.has_new_parsed_files:
        cache.save_parsed_files(snapshot.library)
    if snapshot.has_new_index:
        cache.save_index(snapshot.library, snapshot.synonyms, snapshot.answerer)


def _free(snapshots: list[_Snapshot]) -> None:
    """Free snapshots piece by piece, because to free one at once would hold all threads up.

    A thread that still answers from one would free it as a whole when it ends, so that is waited
    for. The list is emptied: it would keep what is in it.
    """
    pieces: list[object] = []
    answerers = []
    while snapshots:
        snapshot = snapshots.pop()
        pieces += snapshot.library.parsed_files.values()
        pieces += [snapshot.library, snapshot.checker, *snapshot.answerer.indexes]
        answerers.append(weakref.ref(snapshot.answerer))
        del snapshot
    deadline_s = time.monotonic() + _MAX_WAIT_S
    while any(answerer() for answerer in answerers):
        if time.monotonic() >= deadline_s:
            break
        time.sleep(_POLL_S)
    while pieces:
        pieces.pop()


def _has_same_articles(library: Library, other: Library) -> bool:
    """Say whether the articles of two libraries are the very same objects, in the same order."""
    if len(library.articles) != len(other.articles):
        return False
    return all(map(operator.is_, library.articles, other.articles))


def _read_synonyms(folder: Path) -> tuple[tuple[SynonymGroup, ...], Sequence[Problem]]:
    """Read the editor's own thesaurus, if there is one, and give what is wrong with it."""
    if not os.path.lexists(folder / SYNONYMS):
        return (), []
    with Folder(folder) as opened:
        source = read_file(opened, SYNONYMS, FolderLimits())
    if isinstance(source, Problem):
        return (), [source]
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
    return groups, keep_gravest(problems)


def _log_incident(incident: Incident) -> None:
    _log.error("%s", incident)
