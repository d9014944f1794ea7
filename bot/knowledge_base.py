"""What is served: one immutable snapshot of a folder, replaced as a whole by a reload.

In: a folder of articles. Out: answers, checks of quotations, and what is wrong with the folder.
Everybody who answers asks the knowledge base, and nobody else holds articles. It is the one mutable
object: a reload builds a new snapshot aside, checks it, and replaces the old one in a single
assignment. So every answer comes from one snapshot. If nothing can be served from the new one, or
far less than before, the old one stays. What has not changed in the folder is taken over from the
old snapshot; where a file can't be served, its last good version is. Nothing here knows Discord.

A large library has millions of objects. While one is built or freed, other threads go on: nothing
here holds them up for long.
"""

import logging
import math
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.links import Link
from bot.answers.model import Answer, Policy
from bot.array_file import ArrayFileError
from bot.articles.changes import compare
from bot.articles.chosen import list_choices
from bot.articles.folder import FolderLimits
from bot.articles.glance import Glance, glance_at
from bot.articles.incidents import Incident
from bot.articles.library import Library, Progress
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.folder_contents import EDITOR_FILE_NAMES, FolderContents, FolderReader
from bot.index_cache import IndexCache, is_worth_caching
from bot.memory import give_back, without_long_collections
from bot.reloading import (
    Draft,
    FailedReload,
    NothingChangedError,
    Refusal,
    Reload,
    ReloadRunningError,
    Served,
)
from bot.texts.versions import NOT_KEPT
from bot.versions.keeper import ServedRecord, VersionKeeper
from bot.view import LazyChecker, Source, View

if TYPE_CHECKING:
    from bot.embedding_worker import EmbeddingWorker, EncoderLoader
    from bot.quotations.model import QuotationCheck

_log = logging.getLogger(__name__)
# A reload waits no longer than this for the answers that are still made from the old snapshot.
_MAX_WAIT_S = 2.0
# How often it looks whether they have ended.
_POLL_S = 0.01
# A reload that would serve a smaller share of the passages than this has to be confirmed.
_LEAST_SHARE = 0.8
# After a reload, a folder that looks the same is not read again for so long.
_PAUSE_S = 30.0
# Of the digest by which a reload is confirmed: twelve hexadecimal digits.
_CONFIRMATION_BYTES = 6


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All that is served at one time, and whether it should be saved for the next start."""

    contents: FolderContents
    answerer: Answerer
    checker: LazyChecker
    # The files and folders that can be chosen of what is served.
    choices: frozenset[str]
    has_new_parsed_files: bool = False
    has_new_index: bool = False

    @property
    def library(self) -> Library:
        """The articles that are served."""
        return self.contents.library


class KnowledgeBase:
    """Answers from what is served now. One thread may ask while another reloads.

    Attributes:
        folder: The folder of articles.
        limits: What of it is read.
        versions: What was served well, and what became of the folder.
        why_unsaved: Why nothing could be saved for the next start; empty if nothing failed.
        failed_reload: The last reload, if it failed; None if it did not, or there was none.
        served_at_s: When what is served was read (``time.monotonic``).
        served_since: The same, by the clock that people read; aware.

    """

    def __init__(  # noqa: PLR0913 (most have defaults that say it)
        self,
        folder: Path,
        policy: Policy,
        progress: Progress | None = None,
        saved: Path | None = None,
        ignore: Sequence[str] = (),
        *,
        versions: VersionKeeper | None = None,
        may_be_missing: bool = False,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read a folder and index it. Never raises for what is in it: see ``problems``.

        ``progress`` is called after each file with how many are read, of how many. What comes of a
        large folder is saved for the next start in the folder ``saved``, if one is given.
        ``ignore`` are patterns, as in a .gitignore, of names that are no articles. Raises
        ValueError for one that is none. ``versions`` knows what was served well last.
        ``may_be_missing``: where there is no folder yet, that is as if it were empty.
        """
        self.folder = folder
        self.limits = FolderLimits(ignore=tuple(ignore), may_be_missing=may_be_missing)
        self._policy = policy
        self._index_cache = IndexCache(saved, folder) if saved else None
        self.why_unsaved = ""
        self.failed_reload: FailedReload | None = None
        self.versions = versions or VersionKeeper()
        # Makes the folder a copy of what was published; says why not, "" where it is. None where
        # the folder is from nowhere else.
        self.fetch: Callable[[], str] | None = None
        # Is given what confirmed a reload that changed what is served, in the thread of that.
        self.when_changed: Callable[[str], None] | None = None
        self._monotonic_s = monotonic_s
        # How the folder looked just before what is served was read.
        self._glance = self._glance_now()
        self._served = self._build(None, progress)
        self._note_time()
        self._save()
        self._record()
        give_back()
        # Who changes the folder and reads it then holds it twice.
        self._reload_lock = threading.RLock()
        self._reload_began_s = 0.0
        self._reload_ended_s = -math.inf
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
    def choices(self) -> frozenset[str]:
        """The files and folders of which the articles alone may be shown somewhere."""
        return self._served.choices

    @property
    def answerer(self) -> Answerer:
        """The answerer of what is served now, for several answers from the same snapshot."""
        return self._served.answerer

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the folder when what is served was read, by file and place."""
        return self._served.contents.problems

    @property
    def embedding(self) -> "EmbeddingWorker | None":
        """What embeds in the background; None without a model."""
        return self._embedding

    @property
    def synonym_count(self) -> int:
        """How many groups the editor's own thesaurus has."""
        return len(self._served.contents.synonyms.entries)

    @property
    def links(self) -> tuple[Link, ...]:
        """The editor's own links of questions to sections."""
        return self._served.contents.links

    @property
    def questions(self) -> str:
        """The editor's own questions, as ``questions.yaml`` has them; "" for none."""
        return "".join(self._served.contents.questions.entries)

    def give(self) -> tuple[Source, View]:
        """Give what views of the folder are made of, and the view of all of it: of one snapshot."""
        served = self._served
        contents = served.contents
        synonyms = contents.synonyms.entries
        source = Source(contents.library, synonyms, contents.links, contents.restricted)
        return source, View(served.library, served.answerer, served.checker)

    @property
    def view(self) -> View:
        """What is shown to those who may read everything in the folder."""
        return self.give()[1]

    @property
    def serves_anything(self) -> bool:
        """Whether there is anything in the folder that answers, or helps to."""
        contents = self._served.contents
        return bool(contents.library.articles or contents.synonyms.entries or contents.links)

    @property
    def has_restricted(self) -> bool:
        """Whether any article is for some members only."""
        return bool(self._served.contents.restricted)

    @property
    def policy(self) -> Policy:
        """How sure answers are, and how long."""
        return self._policy

    @property
    def why_unkept(self) -> str:
        """Why a restart might not find all that is served; empty if nothing failed."""
        return self.versions.why_unkept

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question, from one article alone if its id is given; never raises.

        ``before`` is the turn of the conversation before, to which the question may refer.
        """
        return self._served.answerer.answer(question, article, before)

    def check_quotation(self, claim: str) -> "QuotationCheck":
        """Say whether a text occurs in what is served now, word for word."""
        return self._served.checker.check(claim)

    def reload(self, confirmation: str = "", *, is_changed: bool = False) -> Reload:
        """Read the folder again and serve it, unless nothing can be served from it.

        Nor is it served if far less would be than before, unless ``confirmation`` is what the
        Reload of exactly this folder asked for. Raises ReloadRunningError while another reload
        runs, and NothingChangedError soon after one if the folder looks the same, unless
        ``is_changed`` says that it is another one.
        """
        with self.reading_alone():
            try:
                reload, unserved = self._reload(confirmation, is_changed=is_changed)
            except NothingChangedError:
                raise
            except Exception:
                self.failed_reload = FailedReload(datetime.now(UTC), "fault")
                raise
        if reload.is_served and reload.has_changed and self.when_changed is not None:
            self.when_changed(confirmation)
        self._embed()
        _free(unserved)
        give_back()
        return replace(reload, why_unkept=self.why_unkept)

    def draft(self, overlay: Overlay) -> Draft:
        """Read the folder as though the files of ``overlay`` lay in it, and serve nothing of that.

        Raises ReloadRunningError while a reload or another draft is made.
        """
        with self.reading_alone(), without_long_collections():
            served = self._served
            drafted = self._build(served, overlay=overlay)
            refusal, needed = _find_refusal(served, drafted)
        old, new = served.contents, drafted.contents
        return Draft(
            overlay=overlay,
            changes=compare(old.library, new.library),
            synonym_count=_count_new(new.synonyms.entries, old.synonyms.entries),
            link_count=_count_new(new.links, old.links),
            has_new_questions=new.questions.entries != old.questions.entries,
            questions="".join(new.questions.entries),
            restricted=new.restricted,
            problems=new.problems,
            library=new.library,
            synonyms=new.synonyms.entries,
            links=new.links,
            answerer=drafted.answerer,
            refusal=refusal,
            before=_count(old.library),
            confirmation=needed,
        )

    @contextmanager
    def reading_alone(self, wait_s: float = 0.0) -> Iterator[None]:
        """Let no other thread read the folder meanwhile.

        Raises ReloadRunningError if one does, and has not ended after ``wait_s`` seconds.
        """
        if not self._reload_lock.acquire(timeout=wait_s):
            since_s = self._monotonic_s() - self._reload_began_s
            raise ReloadRunningError(since_s)
        try:
            self._reload_began_s = self._monotonic_s()
            yield
        finally:
            self._reload_lock.release()

    def _reload(self, confirmation: str, *, is_changed: bool) -> tuple[Reload, list[_Snapshot]]:
        """Reload, and remember what a restart needs, or why nothing new is served.

        Gives the same as ``_replace``.
        """
        glance = self._glance_now()
        if not confirmation and not is_changed:
            self._refuse_unchanged(glance)
        with without_long_collections():
            reload, unserved = self._replace(confirmation)
            if unserved and reload.is_served:
                self._save()
        self._reload_ended_s = self._monotonic_s()
        if reload.is_served:
            self._glance = glance
            self.failed_reload = None
            self._record()
            self.log_kept()
        else:
            at_restart = self._count_at_restart(reload.library)
            now = datetime.now(UTC)
            self.failed_reload = FailedReload(now, reload.refusal, reload.problems, at_restart)
        return reload, unserved

    def has_changed(self) -> bool:
        """Say whether the folder looks otherwise than when what is served was read."""
        return self._glance.entries != self._glance_now().entries

    def _glance_now(self) -> Glance:
        return glance_at(self.folder, self.limits, *EDITOR_FILE_NAMES)

    def _note_time(self) -> None:
        self.served_at_s = time.monotonic()
        self.served_since = datetime.now(UTC)

    def _refuse_unchanged(self, glance: Glance) -> None:
        """Raise NothingChangedError if the last reload was just now and found the same folder."""
        if self.failed_reload is not None or not self._glance.is_certainly_same(glance):
            return
        since_s = self._monotonic_s() - self._reload_ended_s
        if since_s < _PAUSE_S:
            raise NothingChangedError(since_s, _PAUSE_S - since_s)

    def _count_at_restart(self, library: Library) -> Served:
        """Count what a start would serve where a reload has found this library."""
        is_stored = self.versions.is_stored
        kept = library.kept
        articles = [
            article
            for article in library.articles
            if article.file not in kept or is_stored(article.file, article.sha256)
        ]
        return _count(Library(tuple(articles)))

    def _record(self) -> None:
        """Take what is served for what served well last."""
        library = self._served.library
        files = {article.file: article.sha256 for article in library.articles}
        kept = {name: one.version for name, one in library.kept.items()}
        unfound = set(library.unfound)
        for name, file in self._served.contents.list_editor_files():
            if file.sha256:
                files[name] = file.sha256
            if file.kept:
                kept[name] = file.kept
            if file.is_unfound:
                unfound.add(name)
        record = ServedRecord(
            files=files,
            kept=kept,
            unfound=unfound,
            passages={
                article.file: sum(len(section.passages) for section in article.sections)
                for article in library.articles
            },
            problems=Counter(problem.file for problem in self._served.contents.problems),
        )
        self.versions.record(self.folder, self.limits, record)
        if self.why_unkept:
            _log.warning("%s", NOT_KEPT(reason=self.why_unkept))

    def log_kept(self) -> None:
        """Log how many earlier versions are served, if any is, and the first of them."""
        kept = self._served.library.kept
        if kept:
            first = next(iter(kept))
            _log.warning("served in earlier versions: %d, the first is %s", len(kept), first)

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

    def _replace(self, confirmation: str) -> tuple[Reload, list[_Snapshot]]:
        """Build a new snapshot and serve it if that can be done.

        Gives what was done, and the snapshot that is no longer served, or not at all, if there is
        one.
        """
        old = self._served
        new = self._build(old)
        has_new_answerer = new.answerer is not old.answerer
        refusal, needed = _find_refusal(old, new, confirmation)
        is_served = not refusal
        if is_served:
            with self._swap_lock:
                # It may have been embedded since the build began.
                old, self._served = self._served, new
            self._note_time()
        before, after = old.contents, new.contents
        reload = Reload(
            is_served=is_served,
            changes=compare(before.library, after.library),
            synonym_count=_count_new(after.synonyms.entries, before.synonyms.entries),
            link_count=_count_new(after.links, before.links),
            has_new_questions=after.questions.entries != before.questions.entries,
            problems=after.problems,
            library=after.library,
            took_s=self._monotonic_s() - self._reload_began_s,
            refusal=refusal,
            before=_count(before.library),
            confirmation=needed,
        )
        if not has_new_answerer:
            return reload, []
        return reload, [old if is_served else new]

    def _build(
        self,
        old: _Snapshot | None,
        progress: Progress | None = None,
        overlay: Overlay | None = None,
    ) -> _Snapshot:
        """Build a snapshot of the folder, with everything of the old one that is still the same.

        With an ``overlay`` it is one of a draft.
        """
        before = FolderContents(self._load_library()) if old is None else old.contents
        reader = FolderReader(self.folder, self.limits, self.versions, _log_incident)
        contents = reader.read(before, progress, overlay)
        if old is None or not contents.has_same_index(before):
            return self._index(contents, before.library, is_draft=bool(overlay))
        answerer = old.answerer
        if contents.links != before.links:
            answerer = answerer.with_links(contents.links)
        choices = _list_choices(contents.library)
        return replace(old, contents=contents, answerer=answerer, choices=choices)

    def _index(self, contents: FolderContents, before: Library, *, is_draft: bool) -> _Snapshot:
        """Index what was read of a folder; ``before`` is what was known of its files."""
        library, groups = contents.library, contents.synonyms.entries
        make_answerer = partial(Answerer, library, self._policy, groups, links=contents.links)
        checker = LazyChecker(library)
        choices = _list_choices(library)
        if is_draft or self._index_cache is None or not is_worth_caching(library):
            return _Snapshot(contents, make_answerer(), checker, choices)
        saved = self._index_cache.load_index(library, groups, make_answerer)
        return _Snapshot(
            contents,
            answerer=make_answerer() if saved is None else saved,
            checker=checker,
            choices=choices,
            has_new_parsed_files=library.parsed_files != before.parsed_files,
            has_new_index=saved is None,
        )

    def _load_library(self) -> Library:
        """Give what came of the files at the last start, as a library without articles."""
        if self._index_cache is None:
            return Library()
        return Library(parsed_files=self._index_cache.load_parsed_files())

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
    contents = snapshot.contents
    if snapshot.has_new_parsed_files:
        cache.save_parsed_files(contents.library)
    if snapshot.has_new_index:
        cache.save_index(contents.library, contents.synonyms.entries, snapshot.answerer)


def _count_new(new: Sequence[object], old: Sequence[object]) -> int | None:
    """Count what there is now; None where it is as before."""
    return len(new) if new != old else None


def _count(library: Library) -> Served:
    return Served(len(library.articles), library.count_passages())


def _find_refusal(old: _Snapshot, new: _Snapshot, confirmation: str = "") -> tuple[Refusal, str]:
    """Say why a new snapshot is not served in the place of the old one, and what confirms it.

    Both are "" where it is served; the second is where nothing helps.
    """
    needed = _find_confirmation(_count(old.library), new.library)
    if not new.library.is_of_folder:
        return "nothing", ""
    if needed not in ("", confirmation):
        return "fewer", needed
    if new.answerer is not old.answerer and not new.answerer.is_sound():
        return "unsound", ""
    return "", ""


def _find_confirmation(before: Served, library: Library) -> str:
    """Give what has to confirm that a library is served; "" where that need not be confirmed."""
    if library.count_passages() >= _LEAST_SHARE * before.passages:
        return ""
    digest = blake2b(digest_size=_CONFIRMATION_BYTES)
    for article in library.articles:
        facts = (article.file, article.sha256)
        digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


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


def _log_incident(incident: Incident) -> None:
    _log.error("%s", incident)


def _list_choices(library: Library) -> frozenset[str]:
    return list_choices(article.file for article in library.articles)
