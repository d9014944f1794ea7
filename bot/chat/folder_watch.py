"""Watch the folder of articles, and serve what changes in it by the rules of /kb reload.

In: signs that something has changed. Out: reloads, told in the log channel. What would serve far
less than before waits there for a press. The bot's own changes are served already when they are
seen here, and nothing comes of them.

So are the folders of servers in it, where they were read already, and told in the log channels of
these servers; without names where some of their articles are not for everybody, or were not before.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from functools import partial
from pathlib import Path, PurePath

import discord

from bot.articles.ignoring import SERVERS
from bot.chat import delivery, failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reader_language import language_of_guild
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_watch_report
from bot.knowledge_base import KnowledgeBase
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

_ID = re.compile("[1-9][0-9]{0,19}")

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


def find_servers(folder: Path, sign: object) -> set[int] | None:
    """Find the servers in whose folders something has changed, by what a watch gave.

    That is pairs of a change and a path. None: it may be any, as where their folders were exchanged
    as a whole.
    """
    found: set[int] = set()
    for _, path in sign if isinstance(sign, set) else ((None, folder),):
        inside = PurePath(path)
        parts = inside.relative_to(folder).parts if inside.is_relative_to(folder) else ()
        if parts in ((), (SERVERS,)):
            return None
        if parts[0] == SERVERS and _ID.fullmatch(parts[1]):
            found.add(int(parts[1]))
    return found


async def _reload_in_turn(base: KnowledgeBase) -> Reload | None:
    """Reload, however long another reload takes; None where nothing has changed."""
    while True:
        try:
            return await run_in_thread(partial(_reload, base))
        except ReloadRunningError:
            # It may have read the folder before the change, of which there is no other sign.
            continue
        except NothingChangedError:
            return None


def _reload(base: KnowledgeBase) -> Reload | None:
    """Reload when no other thread reads the folder; None where it is as it is served."""
    with base.reading_alone(_PATIENCE_S):
        return base.reload() if base.has_changed() else None


def _name_server(guild_id: int) -> dict[str, object]:
    """Name a server in the log; nothing for the common folder."""
    return {"fields": {"guild_id": guild_id}} if guild_id else {}


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
        self._bases = dispatcher.bases
        self._channel_settings = dispatcher.channel_settings
        self._log_channel = dispatcher.settings.log_channel
        self._is_partial = dispatcher.sharding.is_partial
        self._client = client
        self._watch = watch
        self._sleep = sleep
        # What was told last of a folder that is not served, by its server; 0: the common one.
        self._told: dict[int, tuple[object, ...]] = {}

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
            await self._serve_all(None)
            sign = await first
            if sign is _NO_MORE:
                return
        finally:
            first.cancel()
        await self._serve_sign(sign)
        async for sign in changes:
            await self._serve_sign(sign)

    async def _serve_sign(self, sign: object) -> None:
        """Serve what has changed in the common folder, and in those of servers that are named."""
        folder = self._knowledge_base.folder.resolve()
        await self._serve_all(find_servers(folder, sign))

    async def _serve_all(self, guild_ids: Collection[int] | None) -> None:
        """Serve what has changed in the common folder, and in those of some servers.

        None: of all that were read already. A fault in one of them keeps none of the others back.
        """
        faults: list[Exception] = []
        for guild_id, base in [(0, self._knowledge_base), *self._bases.list_loaded()]:
            if guild_id and guild_ids is not None and guild_id not in guild_ids:
                continue
            try:
                await self._serve(guild_id, base)
            except Exception as error:  # noqa: BLE001 (it is raised when the others are served)
                faults.append(error)
        if faults:
            raise faults[0]

    async def _serve(self, guild_id: int, base: KnowledgeBase) -> None:
        """Reload if a folder has changed, and tell of it; 0 is the common one's server."""
        had_restricted = base.has_restricted
        reload = await _reload_in_turn(base)
        if reload is None:
            return
        facts = (reload.refusal, reload.confirmation, reload.problems)
        is_known = not reload.is_served and facts == self._told.pop(guild_id, ())
        if not reload.is_served:
            self._told[guild_id] = facts
        if is_known:
            return
        served = texts.WATCH_SERVED if reload.is_served else texts.WATCH_NOT_SERVED
        _log.info("%s", served(len(reload.library.articles)), extra=_name_server(guild_id))
        if guild_id:
            names_files = not (had_restricted or base.has_restricted)
            log_channel = self._channel_settings.find_log_channel(guild_id)
            await self._write(reload, log_channel, names_files=names_files)
        else:
            await self._tell(reload)

    async def _tell(self, reload: Reload) -> None:
        number = self._knowledge_base.versions.history.last_number
        if await self._write(reload, self._log_channel):
            await asyncio.to_thread(self._knowledge_base.versions.note_told, number)

    async def _write(self, reload: Reload, log_channel: int, *, names_files: bool = True) -> bool:
        """Write to a log channel; say whether it was told, or this process need not tell it."""
        if not log_channel:
            return True
        # Several processes serve it, and the one that sees the channel tells it.
        seen = self._client.get_channel(log_channel)
        if self._is_partial and seen is None:
            return True
        make_report = partial(make_watch_report, reload, names_files=names_files)
        with speaking(language_of_guild(getattr(seen, "guild", None))):
            card = await asyncio.to_thread(make_report)
        channel = self._client.get_partial_messageable(log_channel)
        sent = await delivery.announce(channel, Reply(card=card), secrets.token_hex(8), None)
        return sent is not None
