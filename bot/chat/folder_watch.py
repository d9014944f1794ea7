"""Watch the folder of articles, and serve what changes in it by the rules of /kb reload.

In: signs that something has changed. Out: reloads, told in the log channel. What would serve far
less than before waits there for a press. The bot's own changes are served already when they are
seen here, and nothing comes of them.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path, PurePath

import discord

from bot.chat import delivery, failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reader_language import language_of_guild
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_watch_report
from bot.reloading import NothingChangedError, Reload, ReloadRunningError
from bot.texts import service as texts
from bot.texts.languages import speaking

_log = logging.getLogger(__name__)

# It is quiet for so long before what has changed is read: an editor saves, git pulls.
_QUIET_MS = 1_000
# What changes without end is read all the same.
_LONGEST_MS = 15_000
_POLL_MS = 2_000
# A reload waits so long for another one.
_PATIENCE_S = 60.0
# After a fault, such as a folder that has gone, it is tried again.
_PAUSE_S = 60.0

# In the place of a sign where there are no more.
_NO_MORE = object()

# Gives a value each time something in a folder has changed.
Watch = Callable[[Path], AsyncIterator[object]]


def watch_files(folder: Path, *, polls: bool) -> AsyncIterator[object]:
    """Watch a folder by what the system tells; or, where it tells nothing, look again and again."""
    # Who does not watch does not wait for it.
    import watchfiles  # noqa: PLC0415

    # What the system tells names files below the folder as it really lies.
    root = folder.resolve()
    changes: AsyncIterator[object] = watchfiles.awatch(
        root,
        watch_filter=partial(is_watched, root),
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        force_polling=polls,
        poll_delay_ms=_POLL_MS,
        ignore_permission_denied=True,
    )
    return changes


def is_watched(folder: Path, _: object, path: str) -> bool:
    """Say whether a file may be an article's: neither it nor a folder of it is hidden."""
    inside = PurePath(path)
    if inside.is_relative_to(folder):
        inside = inside.relative_to(folder)
    return not any(part.startswith(".") for part in inside.parts)


class FolderWatch:
    """Serves changes of the folder until it is cancelled."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        client: discord.Client,
        watch: Watch,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Tell changes by ``client`` in the log channel of the settings, if there is one."""
        self._knowledge_base = dispatcher.common
        self._log_channel = dispatcher.settings.log_channel
        self._is_partial = dispatcher.sharding.is_partial
        self._client = client
        self._watch = watch
        self._sleep = sleep
        # What was told last of a folder that is not served.
        self._told: tuple[object, ...] = ()

    async def run(self) -> None:
        """Serve what changes, and what has changed before."""
        while True:
            try:
                await self._follow(self._watch(self._knowledge_base.folder))
            except Exception as error:  # noqa: BLE001 (it goes on whatever happens)
                failures.record(error, "watching the folder")
            await self._sleep(_PAUSE_S)

    async def _follow(self, changes: AsyncIterator[object]) -> None:
        """Serve what has changed, and what changes until there are no more signs.

        The watch begins with its first step, before it is looked at what has changed already: what
        changes in between is not missed.
        """
        first = asyncio.ensure_future(anext(changes, _NO_MORE))
        try:
            await asyncio.sleep(0)
            await self._serve()
            if await first is _NO_MORE:
                return
        finally:
            first.cancel()
        await self._serve()
        async for _ in changes:
            await self._serve()

    async def _serve(self) -> None:
        """Reload if the folder has changed, and tell of it."""
        try:
            reload = await run_in_thread(self._reload)
        except (NothingChangedError, ReloadRunningError):
            return
        if reload is None:
            return
        facts = (reload.refusal, reload.confirmation, reload.problems)
        is_known = not reload.is_served and facts == self._told
        self._told = () if reload.is_served else facts
        if is_known:
            return
        served = texts.WATCH_SERVED if reload.is_served else texts.WATCH_NOT_SERVED
        _log.info("%s", served(len(reload.library.articles)))
        await self._tell(reload)

    def _reload(self) -> Reload | None:
        """Reload when no other thread reads the folder; None where it is as it is served."""
        with self._knowledge_base.reading_alone(_PATIENCE_S):
            if not self._knowledge_base.has_changed():
                return None
            return self._knowledge_base.reload()

    async def _tell(self, reload: Reload) -> None:
        number = self._knowledge_base.versions.history.last_number
        if await self._write(reload):
            await asyncio.to_thread(self._knowledge_base.versions.note_told, number)

    async def _write(self, reload: Reload) -> bool:
        """Write to the log channel; say whether it was told, or this process need not tell it."""
        if not self._log_channel:
            return True
        # Several processes serve it, and the one that sees the channel tells it.
        seen = self._client.get_channel(self._log_channel)
        if self._is_partial and seen is None:
            return True
        with speaking(language_of_guild(getattr(seen, "guild", None))):
            card = await asyncio.to_thread(make_watch_report, reload)
        channel = self._client.get_partial_messageable(self._log_channel)
        sent = await delivery.announce(channel, Reply(card=card), secrets.token_hex(8), None)
        return sent is not None
