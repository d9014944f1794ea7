"""What is set for servers and their channels: kept in memory, and in the records.

In: a channel of Discord. Out: the settings that hold there, at once. What another process has set
is known within moments where the records tell of it. As long as the records can't be read, what
was read before holds, else the file of settings.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable

import discord

from bot.chat.channel_settings import (
    AUTO,
    SERVER,
    ChannelSettings,
    Effective,
    PlaceIds,
    Stored,
    Value,
    find_effective,
    is_valid,
)
from bot.records.channel_settings import ChannelSetting
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.settings import Settings

# Records that can't be read are tried again after so long.
_PAUSE_S = 5.0

_log = logging.getLogger(__name__)


class KeptSettings:
    """The settings of all servers. Lives on the event loop; what holds may be asked in a thread."""

    def __init__(self, records: Records | None, settings: Settings) -> None:
        """Know of nothing that is set; ``settings`` says what holds then."""
        self._records = records
        self._settings = settings
        # By guild and channel. What a guild has is replaced as a whole.
        self._stored: dict[int, dict[int, Stored]] = {}
        self._has_news = asyncio.Event()
        # The guilds to be read; None: all of them.
        self._unread: set[int] | None = None

    def find(self, channel: object) -> Effective:
        """Find what holds in a channel, or in the channel of a thread; outside guilds, nothing."""
        place = find_place(channel)
        return self.find_at(place) if place is not None else self.find_at(PlaceIds(0))

    def find_at(self, place: PlaceIds) -> Effective:
        """Find what holds in a place of a guild."""
        defaults = self._make_defaults(place.channel_id)
        return find_effective(self._stored.get(place.guild_id, {}), place, defaults)

    def _make_defaults(self, channel_id: int) -> ChannelSettings:
        is_in_thread = channel_id in self._settings.thread_channels
        return ChannelSettings(place="thread" if is_in_thread else "here")

    def find_upper(self, place: PlaceIds) -> Effective:
        """Find what would hold in a place if nothing were set for it itself."""
        stored = dict(self._stored.get(place.guild_id, {}))
        stored.pop(place.channel_id, None)
        return find_effective(stored, place, self._make_defaults(place.channel_id))

    def find_language(self, channel: object) -> str:
        """Find the language that was chosen for a channel; empty where none was."""
        language = self.find(channel).values.language
        return "" if language == AUTO else language

    def find_log_channel(self, guild_id: int) -> int:
        """Find the channel where what is set for a guild is told; 0: nowhere."""
        return self.find_at(PlaceIds(guild_id)).values.log_channel

    def list_own(self, guild_id: int) -> dict[int, Stored]:
        """List what is set in a guild, by channel; damaged values are left out."""
        found: dict[int, Stored] = {}
        for channel_id, stored in sorted(self._stored.get(guild_id, {}).items()):
            own = {key: value for key, value in stored.items() if is_valid(key, value)}
            if own:
                found[channel_id] = own
        return found

    async def change(self, guild_id: int, channel_id: int, key: str, value: Value | None) -> None:
        """Set something for a channel, or for the guild; None: nothing. Raises RecordsError."""
        if self._records is not None:
            setting = ChannelSetting(guild_id, channel_id, key, value)
            await self._records.set_for_channel(setting)
            await self._read(guild_id)

    async def forget(self, guild_id: int) -> None:
        """Delete what is set in a guild that the bot has left."""
        self._stored.pop(guild_id, None)
        if self._records is None:
            return
        try:
            await self._records.forget_channel_settings(guild_id)
        except RecordsError as error:
            _log.warning("what was set for a server that was left can't be deleted: %s", error)

    async def load(self) -> None:
        """Read what is set everywhere. Where that fails, ``follow`` tries it again."""
        if self._records is None:
            return
        self._records.announcements.listen("settings", self._hear)
        self._hear("")
        await self._read_news()

    async def follow(self) -> None:
        """Read what others have set, until this is cancelled."""
        while self._records is not None:
            await self._has_news.wait()
            if not await self._read_news():
                await asyncio.sleep(_PAUSE_S)

    def _hear(self, told: str) -> None:
        """Note which guild is to be read; all of them where something may have been missed."""
        if not told.isdecimal():
            self._unread = None
        elif self._unread is not None:
            self._unread.add(int(told))
        self._has_news.set()

    async def _read_news(self) -> bool:
        """Read what is to be read; say whether that succeeded."""
        unread, self._unread = self._unread, set()
        self._has_news.clear()
        guild_ids: Iterable[int | None] = [None] if unread is None else unread
        try:
            for guild_id in guild_ids:
                await self._read(guild_id)
        except RecordsError as error:
            _log.warning("what is set for servers can't be read: %s", error)
            self._hear("")
            return False
        return True

    async def _read(self, guild_id: int | None) -> None:
        """Read what is set in a guild, or in all of them. Raises RecordsError."""
        if self._records is None:
            return
        read = _group(await self._records.channel_settings(guild_id))
        if guild_id is None:
            self._stored = read
        else:
            self._stored[guild_id] = read.get(guild_id, {})


def _group(settings: Iterable[ChannelSetting]) -> dict[int, dict[int, Stored]]:
    grouped: dict[int, dict[int, dict[str, object]]] = defaultdict(lambda: defaultdict(dict))
    for one in settings:
        grouped[one.guild_id][one.channel_id][one.key] = one.value
        if not is_valid(one.key, one.value):
            _log.warning(
                "the setting %r is damaged and counts as not set, channel_id=%d",
                one.key,
                one.channel_id,
            )
    return {guild_id: dict(channels) for guild_id, channels in grouped.items()}


def find_place(channel: object) -> PlaceIds | None:
    """Find whose settings hold in a channel: its own, those of a thread's channel; None: nobody's.

    Of a channel that is not known well, those of its server.
    """
    if isinstance(channel, discord.Thread):
        parent = channel.parent
        category = parent.category_id if parent is not None else None
        return PlaceIds(channel.guild.id, channel.parent_id, category or 0)
    if isinstance(channel, discord.CategoryChannel):
        return PlaceIds(channel.guild.id, channel.id)
    if isinstance(channel, discord.abc.GuildChannel):
        return PlaceIds(channel.guild.id, channel.id, channel.category_id or 0)
    guild = getattr(channel, "guild", None)
    return PlaceIds(guild.id, SERVER) if guild is not None else None
