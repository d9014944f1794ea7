"""Channels in which the bot is asked and may not write, or lacks articles: who learns of it.

In: a question there, and the permissions that are missing. Out: a mark on the question where the
bot may react, a line in the log that names the channel, and, once a day and channel, a message to
those who can mend it: where Discord sends moderators its notices, or else in the channel for
system messages. Nobody gets a direct message that they did not ask for. What was told is kept over
a restart, where anything is.
"""

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

import discord

from bot.chat import delivery
from bot.chat.kept_settings import find_place
from bot.chat.reader_language import language_of_guild
from bot.chat.reply import Reply
from bot.chat.state.discord_time import DISCORD_TIME
from bot.records.told import ToldFile
from bot.texts import common, notices
from bot.texts.languages import speaking

_log = logging.getLogger(__name__)

# What a question is marked with that can't be answered in its channel: a speaker that is muted.
MUTED = "\N{SPEAKER WITH CANCELLATION STROKE}"
# Those who can mend it are told once in so many seconds.
_SILENCE_S = 24 * 3600.0
# What Discord refuses though no permission seems to be missing is not tried again for so long.
_REFUSED_S = 20.0
# A bound on the memory, and on the notices that are kept.
_MOST_CHANNELS = 1_000
# How the permissions are called where they are given.
_NAMES = {
    "view_channel": notices.VIEW_CHANNEL,
    "send_messages": notices.SEND_MESSAGES,
    "send_messages_in_threads": notices.SEND_MESSAGES_IN_THREADS,
    "manage_threads": notices.MANAGE_THREADS,
    "create_public_threads": notices.CREATE_PUBLIC_THREADS,
}

K = TypeVar("K")
V = TypeVar("V")

# A channel or a thread of a guild.
GuildPlace = discord.abc.GuildChannel | discord.Thread


class BarredChannels:
    """The channels where the bot could not write since the start. Lives on the event loop."""

    def __init__(self) -> None:
        """Know of none."""
        # The ids of the channels, the latest last.
        self._barred: OrderedDict[int, None] = OrderedDict()
        # When each notice was told, the latest last.
        self._told_s: OrderedDict[str, float] = OrderedDict()
        # When Discord refused that something is written, by channel, the latest last.
        self._refused_s: OrderedDict[int, float] = OrderedDict()
        self._file: ToldFile | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._writing = asyncio.Lock()

    async def keep_in(self, file: ToldFile) -> None:
        """Take over what an earlier run of the program has told, and keep what is told now."""
        self._file = file
        self._told_s.update(await asyncio.to_thread(file.read))

    def list(self, guild: discord.Guild | None) -> list[tuple[GuildPlace, tuple[str, ...]]]:
        """List those of one guild, each with what is missing there now.

        Those where the bot may write by now are left out.
        """
        found: list[tuple[GuildPlace, tuple[str, ...]]] = []
        for channel_id in self._barred:
            channel = None if guild is None else guild.get_channel_or_thread(channel_id)
            missing = find_missing(channel)
            if channel is not None and missing:
                found.append((channel, missing))
        return found

    def note_refusal(self, channel_id: int) -> None:
        """Note that Discord lets nothing be written in a channel, whatever is known of it here."""
        _keep_last(self._refused_s, channel_id, time.monotonic())

    def is_refused(self, channel_id: int) -> bool:
        """Say whether Discord has refused that a moment ago, and so will again."""
        refused_s = self._refused_s.get(channel_id)
        return refused_s is not None and time.monotonic() - refused_s < _REFUSED_S

    async def tell(self, message: discord.Message, missing: tuple[str, ...]) -> None:
        """Mark a question that can't be answered where it stands, and tell of it.

        ``missing``: the permissions that the bot lacks, by discord.py's names.
        """
        channel, guild = message.channel, message.guild
        if guild is None:
            _log.warning("a reply was refused, channel_id=%d", channel.id)
            return
        _keep_last(self._barred, channel.id, None)
        is_new = self._is_to_be_told(channel.id, missing)
        if may_react(channel):
            await delivery.react(message, MUTED)
        if not is_new:
            return
        names = ", ".join(missing) or "a permission"
        _log.warning("the bot is asked and lacks %s, channel_id=%d", names, channel.id)
        with speaking(language_of_guild(guild)):
            permissions = name_permissions(missing)
            text = notices.CANNOT_WRITE(channel_id=channel.id, permissions=permissions)
        await self._announce(guild, text, f"b{channel.id}")

    async def tell_of_threads(self, channel: discord.TextChannel, missing: tuple[str, ...]) -> None:
        """Tell of a channel that is to be answered in threads where none can be begun."""
        if self._is_to_be_told(channel.id, ("threads", *missing)):
            with speaking(language_of_guild(channel.guild)):
                permissions = name_permissions(missing)
                text = notices.CANNOT_BEGIN_THREAD(channel_id=channel.id, permissions=permissions)
            await self._announce(channel.guild, text, f"t{channel.id}")

    def note_gone(self, channel: object, names: Sequence[str]) -> None:
        """Tell once that articles were chosen for a channel that are not there any more.

        How many, and not which: that may not be for all who read it.
        """
        place = find_place(channel)
        guild = getattr(channel, "guild", None)
        if place is None or not isinstance(guild, discord.Guild):
            return
        if self._is_to_be_told(guild.id, ("gone", *names), math.inf):
            with speaking(language_of_guild(guild)):
                text = notices.ARTICLES_GONE(len(names), channel_id=place.channel_id)
            task = asyncio.create_task(self._announce(guild, text, f"g{place.channel_id}"))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _announce(self, guild: discord.Guild, text: str, nonce: str) -> None:
        place = _find_place(guild)
        if place is not None:
            await delivery.announce(place, Reply(text), nonce, None)
        await self._save()

    def _is_to_be_told(
        self, id_: int, missing: tuple[str, ...], silence_s: float = _SILENCE_S
    ) -> bool:
        """Say whether it is to be told (again) what is missing somewhere; it is told then."""
        notice = " ".join((str(id_), *missing))
        if self._file is not None:
            notice = self._file.hide(notice)
        now_s = DISCORD_TIME.now_s()
        told_s = self._told_s.get(notice)
        # What seems to lie ahead was told by a clock that was wrong.
        if told_s is not None and 0 <= now_s - told_s < silence_s:
            return False
        _keep_last(self._told_s, notice, now_s)
        return True

    async def _save(self) -> None:
        if self._file is None:
            return
        try:
            async with self._writing:
                await asyncio.to_thread(self._file.write, dict(self._told_s))
        except OSError as error:
            _log.warning("what was told of missing permissions can't be kept: %s", error.strerror)


def find_missing(channel: object) -> tuple[str, ...]:
    """Find which permissions the bot lacks to write in a channel, by discord.py's names.

    Outside guilds, and where the channel is not known well, none is.
    """
    if not isinstance(channel, GuildPlace):
        return ()
    needed = ["view_channel", "send_messages"]
    if isinstance(channel, discord.Thread | discord.ForumChannel):
        needed[1] = "send_messages_in_threads"
    if isinstance(channel, discord.Thread) and channel.locked:
        needed.append("manage_threads")
    try:
        permissions = channel.permissions_for(channel.guild.me)
    except (discord.ClientException, AttributeError):
        # The parent of the thread, or the bot's own member, is not known.
        return ()
    return tuple(name for name in needed if not getattr(permissions, name))


def find_missing_for_threads(channel: discord.TextChannel) -> tuple[str, ...]:
    """Find which permissions the bot lacks to answer in threads, by discord.py's names."""
    permissions = channel.permissions_for(channel.guild.me)
    needed = ("create_public_threads", "send_messages_in_threads")
    return tuple(name for name in needed if not getattr(permissions, name))


def name_permissions(missing: tuple[str, ...]) -> str:
    """Name permissions as Discord's settings do."""
    names = [str(_NAMES[name]) for name in missing]
    return common.AND().join(names) or notices.SEND_MESSAGES()


def may_react(channel: object) -> bool:
    """Say whether the bot may mark messages in a channel of a guild with an emoji."""
    if not isinstance(channel, GuildPlace):
        return False
    try:
        permissions = channel.permissions_for(channel.guild.me)
    except (discord.ClientException, AttributeError):
        return False
    is_locked = isinstance(channel, discord.Thread) and channel.locked
    return permissions.add_reactions and permissions.read_message_history and not is_locked


def _find_place(guild: discord.Guild) -> discord.TextChannel | None:
    """Find where those who manage a guild read, and the bot may write; None where nowhere."""
    for channel in (guild.public_updates_channel, guild.system_channel):
        if channel is not None and not find_missing(channel):
            return channel
    return None


def _keep_last(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST_CHANNELS:
        kept.popitem(last=False)
