"""What is set for servers and their channels: kept in memory, and in the records.

In: a channel of Discord. Out: the settings that hold there, at once. What another process has set
is known within moments where the records tell of it. As long as the records can't be read, what
was read before holds, else the file of settings.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

import discord

from bot.chat.channel_settings import (
    AUTO,
    KEYS,
    SERVER,
    ChannelSettings,
    Effective,
    PlaceIds,
    SettingChange,
    Stored,
    Value,
    find_effective,
    is_valid,
    read_stored,
)
from bot.records.channel_settings import ChannelSetting
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.settings import Settings

# From what holds somewhere to what is to be set there; None: nothing any more.
Choose = Callable[[Value], Value | None]

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
        self._reading = asyncio.Lock()
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

    def list_own(self, guild_id: int) -> dict[int, Mapping[str, Value]]:
        """List what is set in a guild, by channel; damaged values are left out."""
        return _read_own(self._stored.get(guild_id, {}))

    def compare(
        self, guild_id: int, new: Mapping[int, Mapping[str, Value]], places: Iterable[PlaceIds]
    ) -> list[SettingChange]:
        """List what would be set otherwise on a guild if ``new`` were all that is set there.

        ``places`` are its channels and categories.
        """
        old = self.list_own(guild_id)
        known = {place.channel_id: place for place in places}
        changes = []
        for channel_id in sorted(old.keys() | new.keys()):
            place = known.get(channel_id, PlaceIds(guild_id, channel_id))
            defaults = self._make_defaults(channel_id)
            before, after = [find_effective(one, place, defaults).values for one in (old, new)]
            olds, news = old.get(channel_id, {}), new.get(channel_id, {})
            for key in KEYS:
                if olds.get(key) != news.get(key):
                    held = getattr(before, key), getattr(after, key)
                    changes.append(SettingChange(channel_id, key, news.get(key), *held))
        return changes

    async def change(self, place: PlaceIds, key: str, choose: Choose) -> SettingChange | None:
        """Set what is chosen in the place of what holds; give what that changed.

        Nobody sets anything in between. None: it takes no such value, and nothing is changed.
        Raises RecordsError.
        """
        changes: list[SettingChange] = []
        defaults = self._make_defaults(place.channel_id)

        def find_value(stored: Mapping[int, Stored]) -> Value:
            value: Value = getattr(find_effective(stored, place, defaults).values, key)
            return value

        def revise(stored: Mapping[int, Stored]) -> list[ChannelSetting]:
            before = find_value(stored)
            value = choose(before)
            if value is not None and not is_valid(key, value):
                return []
            own = {**stored.get(place.channel_id, {}), key: value}
            after = find_value({**stored, place.channel_id: own})
            changes.append(SettingChange(place.channel_id, key, value, before, after))
            return [ChannelSetting(place.guild_id, place.channel_id, key, value)]

        await self._revise(place.guild_id, revise)
        return changes[0] if changes else None

    async def change_all(
        self, guild_id: int, before: Mapping[int, Stored], changes: Collection[SettingChange]
    ) -> bool:
        """Set several things of a guild, if ``before`` is all that is set there.

        Say whether they are set: all, or none of them. Raises RecordsError.
        """
        unchanged: list[bool] = []

        def revise(stored: Mapping[int, Stored]) -> list[ChannelSetting]:
            unchanged.append(_read_own(stored) == before)
            made = [ChannelSetting(guild_id, one.channel_id, one.key, one.value) for one in changes]
            return made if unchanged[0] else []

        await self._revise(guild_id, revise)
        return all(unchanged)

    async def _revise(
        self, guild_id: int, revise: Callable[[Mapping[int, Stored]], list[ChannelSetting]]
    ) -> None:
        """Set what ``revise`` makes of what is set in a guild, which nobody else sets meanwhile."""
        if self._records is not None:
            await self._records.revise_settings(guild_id, lambda read: revise(_group_one(read)))
            await self._read(guild_id)

    async def forget(self, guild_id: int) -> None:
        """Delete what is set in a guild that the bot has left, and what was asked there.

        Raises RecordsError; nothing is set there any more all the same, until it is read again.
        """
        self._stored.pop(guild_id, None)
        if self._records is not None:
            await self._records.forget_server(guild_id)
            await self._read(guild_id)

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
        # One after another, so that what was read first does not take the place of what was last.
        async with self._reading:
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


def _group_one(settings: Iterable[ChannelSetting]) -> dict[int, Stored]:
    """Group what is set in one guild by channel."""
    grouped: dict[int, dict[str, object]] = defaultdict(dict)
    for one in settings:
        grouped[one.channel_id][one.key] = one.value
    return dict(grouped)


def _read_own(stored: Mapping[int, Stored]) -> dict[int, Mapping[str, Value]]:
    """Read what is set in a guild, by channel, without damaged values."""
    found: dict[int, Mapping[str, Value]] = {}
    for channel_id, kept in sorted(stored.items()):
        own = {
            key: value for key, one in kept.items() if (value := read_stored(key, one)) is not None
        }
        if own:
            found[channel_id] = own
    return found


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
