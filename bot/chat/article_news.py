"""Serve what another process has found changed in the articles, and tell others what this one has.

In: reloads of this process, announcements of others. Out: announcements, reloads. All processes
read one folder, or each a copy of what was published: who changes it tells the others to look.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.chat import failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.knowledge_base import KnowledgeBase
from bot.records.announcements import Announcements
from bot.reloading import NothingChangedError, ReloadRunningError
from bot.texts import service as texts

_log = logging.getLogger(__name__)

# A reload waits so long for another one.
_PATIENCE_S = 60.0
# What can't be fetched is tried again after so long, and when the server is back.
_PAUSE_S = 60.0


@asynccontextmanager
async def sharing_articles(dispatcher: Dispatcher) -> AsyncIterator[None]:
    """Tell and hear of changes, where the records have others to tell."""
    if dispatcher.records is None:
        yield
        return
    news = ArticleNews(dispatcher.common, dispatcher.records.announcements)
    task = asyncio.create_task(news.follow())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


class ArticleNews:
    """The changes of one folder. Lives on the event loop."""

    def __init__(self, knowledge_base: KnowledgeBase, announcements: Announcements) -> None:
        """Tell what ``knowledge_base`` serves anew from now on."""
        self._knowledge_base = knowledge_base
        self._announcements = announcements
        self._loop = asyncio.get_running_loop()
        self._has_news = asyncio.Event()
        # What confirmed the reload of the other process.
        self._confirmation = ""
        # Whether what is served anew is what others have told of.
        self._is_following = False
        knowledge_base.when_changed = self._note_change
        announcements.listen("articles", self._hear)

    async def follow(self) -> None:
        """Serve what others tell of, until this is cancelled."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            try:
                await run_in_thread(partial(self._reload, self._confirmation))
            except NothingChangedError:
                continue
            except ReloadRunningError:
                # That one may have begun before what was told of.
                self._try_later()
            except Exception as error:  # noqa: BLE001 (it goes on whatever happens)
                failures.record(error, "serving what another process has changed")

    def _hear(self, confirmation: str) -> None:
        self._confirmation = confirmation
        self._has_news.set()

    def _try_later(self) -> None:
        self._loop.call_later(_PAUSE_S, self._has_news.set)

    def _reload(self, confirmation: str) -> None:
        with self._knowledge_base.reading_alone(_PATIENCE_S):
            fetch = self._knowledge_base.fetch
            fault = fetch() if fetch is not None else ""
            if fault:
                _log.warning("%s", texts.NOT_UP_TO_DATE(reason=fault))
                self._loop.call_soon_threadsafe(self._try_later)
            if not self._knowledge_base.has_changed():
                self._knowledge_base.versions.catch_up()
                return
            self._is_following = True
            try:
                reload = self._knowledge_base.reload(confirmation)
                if fetch is not None and reload.refusal == "fewer":
                    # Who has published it has said so.
                    reload = self._knowledge_base.reload(reload.confirmation)
            finally:
                self._is_following = False
        if reload.is_served:
            # Who changed it tells it.
            versions = self._knowledge_base.versions
            versions.note_told(versions.history.last_number)
            _log.info("%s", texts.TOLD_BY_OTHERS(len(reload.library.articles)))

    def _note_change(self, confirmation: str) -> None:
        """Tell the others, from whichever thread, what they have not told of themselves."""
        if not self._is_following:
            tell = self._announcements.tell
            self._loop.call_soon_threadsafe(tell, "articles", confirmation)
