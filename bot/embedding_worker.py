"""The thread that embeds what is served, in the background.

In: the folder of a model, and an answerer without meaning. Out: the same answerer with meaning, as
soon as all its texts have vectors; until then, questions are answered by words. A vector is made
once for each text and kept for the next start, so only what changed is embedded anew.

Nothing here is needed to serve. Whatever is wrong with the model, with its packages or with the
disk is told once, in the log and in ``status``, and questions are answered by words. Other threads
hardly notice: nearly all of the time is spent in code that does not hold them up.
"""

import atexit
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.answers.answerer import Answerer
from bot.array_file import ArrayFileError
from bot.embeddings.baseline import find_baseline
from bot.embeddings.encoder import Encoder, ModelError
from bot.embeddings.vector_store import VectorStore
from bot.index_cache import IndexCache
from bot.memory import give_back
from bot.texts import common
from bot.texts import embeddings as texts

_log = logging.getLogger(__name__)

# What is embedded is saved when it has grown by this share, and by so many texts: often enough that
# little is lost, and seldom enough that saving takes a small part of the time.
_SAVED_SHARE = 0.5
_SAVED_TEXTS = 2_000
# Other threads come first, where the system lets a thread say so (Linux).
_NICENESS = 10
# How often somebody who waits is told how far it has come, and how often they look.
_REPORT_S = 0.2
_POLL_S = 0.02

_Publish = Callable[[Answerer, Answerer], None]


class _Job(NamedTuple):
    answerer: Answerer
    publish: _Publish
    is_beside: bool = False


# Loads the model in a folder. Raises ModelError.
EncoderLoader = Callable[[Path], Encoder]


@dataclass(frozen=True, slots=True)
class EmbeddingStatus:
    """How far the embedding has come.

    Attributes:
        model: The name of the model's folder.
        done: How many texts have a vector, of those that are served.
        total: How many texts are served; 0 as long as they are not counted.
        is_used: Whether what is served is found by its meaning.
        reason: Why it can't be; empty if nothing is wrong.
        why_unsaved: Why vectors could not be saved; empty if nothing failed.

    """

    model: str
    done: int = 0
    total: int = 0
    is_used: bool = False
    reason: str = ""
    why_unsaved: str = ""

    @property
    def share(self) -> float:
        """The share of texts that have a vector, 0 to 1."""
        return self.done / self.total if self.total else 0.0

    def list_faults(self) -> list[str]:
        """Say what is wrong, in a sentence each."""
        faults = []
        if self.reason:
            faults.append(texts.BY_WORDS(name=self.model, reason=self.reason))
        if self.why_unsaved:
            faults.append(texts.NOT_SAVED(reason=self.why_unsaved))
        return faults

    def describe(self, passages: int) -> list[str]:
        """Say whether ``passages`` are found by meaning, and what is wrong, in a line each."""
        if self.is_used:
            counted = common.PASSAGES(passages)
            return [texts.MADE(name=self.model, passages=counted), *self.list_faults()]
        if self.reason:
            return self.list_faults()
        share = int(100 * self.share)
        return [texts.BEING_MADE(name=self.model, share=share), *self.list_faults()]


class EmbeddingWorker:
    """Embeds one answerer after another, in a thread that ends when there is nothing to do.

    Attributes:
        status: How far it has come; replaced as a whole.

    """

    def __init__(self, model: Path, cache: IndexCache | None, load: EncoderLoader) -> None:
        """Take the folder of a model, where vectors are kept, if they are, and what loads it."""
        self.status = EmbeddingStatus(model.resolve().name)
        self._model = model
        self._cache = cache
        self._load_encoder = load
        self._encoder: Encoder | None = None
        self._baseline = 0.0
        self._store = VectorStore(0)
        self._saved_texts = 0
        # What stands below is changed under the lock.
        self._lock = threading.Lock()
        self._waiting: _Job | None = None
        self._waiting_beside: deque[_Job] = deque()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def embed(self, answerer: Answerer, publish: _Publish) -> None:
        """Have an answerer embedded instead of the one that is being embedded.

        When that is done, ``publish`` is called in the thread with the answerer and the one that
        it became.
        """
        with self._lock:
            if self._is_closed:
                return
            self._waiting = _Job(answerer, publish)
            self._begin()

    def embed_beside(self, answerer: Answerer, publish: _Publish) -> None:
        """Have another answerer embedded when nothing else waits; ``publish`` is called as above.

        Most of its texts are those of the one that is served, so that this is not told of.
        """
        with self._lock:
            if self._is_closed:
                return
            self._waiting_beside.append(_Job(answerer, publish, is_beside=True))
            self._begin()

    def _begin(self) -> None:
        """Start the thread unless it runs; the lock is held."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)
            # A thread that goes on while a program ends would run into what is gone.
            atexit.register(self.close)
            self._thread.start()

    def wait(self, report: Callable[[EmbeddingStatus], None] | None = None) -> None:
        """Wait until everything is embedded, or can't be.

        ``report`` is called several times a second with how far it has come.
        """
        while thread := self._thread:
            thread.join(_REPORT_S)
            if report is not None:
                report(self.status)

    def wait_until_counted(self) -> None:
        """Wait until it is known how many texts have a vector, or why the model can't be used."""
        while self._thread is not None and not self.status.total:
            time.sleep(_POLL_S)

    def close(self) -> None:
        """End the thread after the text that it is at, and wait for that."""
        with self._lock:
            self._is_closed = True
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        """Embed what waits until nothing does; no error ends the program."""
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        while job := self._take_job():
            try:
                if job.is_beside:
                    self._embed_beside(job)
                else:
                    self._embed(job.answerer, job.publish)
                # To load a model takes far more memory than to have one.
                give_back()
            except ModelError as error:
                self._give_up(error.reason)
            except Exception as error:  # noqa: BLE001 (answers go on by words)
                self._give_up(texts.FAILS(kind=type(error).__name__))
        atexit.unregister(self.close)

    def _take_job(self) -> _Job | None:
        """Give what waits; None where nothing does, and the thread is to end."""
        with self._lock:
            job, self._waiting = self._waiting, None
            if job is None and self._waiting_beside:
                job = self._waiting_beside.popleft()
            if self._is_closed or job is None:
                self._thread = None
                return None
            return job

    @property
    def is_closed(self) -> bool:
        """Whether it was told to end."""
        return self._is_closed

    @property
    def _is_outdated(self) -> bool:
        """Whether what is being embedded is not wanted any more."""
        return self._is_closed or self._waiting is not None

    def _give_up(self, reason: str) -> None:
        """Tell why nothing is found by meaning, once for each reason."""
        if reason != self.status.reason:
            _log.warning("%s", texts.BY_WORDS(name=self.status.model, reason=reason))
        self.status = replace(self.status, is_used=False, reason=reason)

    def _embed(self, answerer: Answerer, publish: _Publish) -> None:
        """Embed an answerer, and publish what it became, unless it is outdated before."""
        encoder = self._encoder or self._load()
        wanted = dict.fromkeys(answerer.list_embedded_texts())
        missing = self._store.find_missing(wanted)
        total = len(wanted)
        done = total - len(missing)
        self.status = replace(self.status, done=done, total=total, is_used=False, reason="")
        for text in missing:
            if self._is_outdated:
                break
            self._store.add(text, encoder)
            self.status = replace(self.status, done=self.status.done + 1)
            if len(self._store) > self._find_next_save():
                self._save(encoder)
        if not self._is_outdated:
            publish(answerer, answerer.with_meaning(encoder, self._baseline, self._store))
            self.status = replace(self.status, is_used=True)
            self._store.keep_only(wanted)
        # Texts may have come, or gone, or both.
        if missing or len(self._store) != self._saved_texts:
            self._save(encoder)

    def _embed_beside(self, job: _Job) -> None:
        """Embed what is served beside; what is served itself comes before it.

        Where the model can't be used, that is known by then.
        """
        if self.status.reason:
            return
        encoder = self._encoder or self._load()
        for text in self._store.find_missing(dict.fromkeys(job.answerer.list_embedded_texts())):
            if self._is_outdated:
                self._waiting_beside.appendleft(job)
                return
            self._store.add(text, encoder)
        embedded = job.answerer.with_meaning(encoder, self._baseline, self._store)
        job.publish(job.answerer, embedded)

    def _load(self) -> Encoder:
        """Load the model, and the vectors that it gave before. Raises ModelError."""
        encoder = self._load_encoder(self._model)
        self._baseline = find_baseline(encoder)
        store = None
        if self._cache is not None:
            unpack = partial(VectorStore.unpack, dimensions=encoder.dimensions)
            store = self._cache.load_vectors(encoder.fingerprint, unpack)
        self._store = store or VectorStore(encoder.dimensions)
        self._saved_texts = len(self._store)
        self._encoder = encoder
        return encoder

    def _find_next_save(self) -> int:
        """Give the number of texts above which vectors are saved again."""
        growth = max(_SAVED_TEXTS, int(self._saved_texts * _SAVED_SHARE))
        return self._saved_texts + growth

    def _save(self, encoder: Encoder) -> None:
        """Save all vectors, if they are kept; tell once why that can't be done."""
        self._saved_texts = len(self._store)
        if self._cache is None:
            return
        try:
            self._cache.save_vectors(encoder.fingerprint, self._store)
        except ArrayFileError as error:
            if not self.status.why_unsaved:
                _log.warning("%s", texts.NOT_SAVED(reason=error))
            self.status = replace(self.status, why_unsaved=str(error))
        else:
            self.status = replace(self.status, why_unsaved="")
