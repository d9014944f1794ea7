"""Answer what was asked while nobody listened: before a start, and between two sessions.

In: the guilds of a shard that has a new session. Out: each question of the last minutes that nobody
answered goes the way of a live one, once; an answer whose question was edited or deleted meanwhile
follows it.
Only channels that hold something newer than what was heard last are read, the newest first, a few
at a time; of each, the last 50 messages. What is older than ten minutes is left: its author has
gone on.

A live question goes first: a missed one is handed over only while nothing waits, and only when its
author and guild are within their limits, so that none is refused for having waited for the bot.
Where a cooldown lasts until it would be left, its author is told how long to wait.
Where a channel may not be read now, it is read in the next session. Where Discord did not take an
answer, or give a history, at any try, it is read again every half minute.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import discord

from bot.chat import failures
from bot.chat.channels import GuildChannel, list_channels, may_read_history
from bot.chat.commands.turn_reader import recall_turn
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.answer_search import is_own_answer, read_asked
from bot.chat.handlers.deletions import find_orphaned_threads, follow_deletion
from bot.chat.handlers.edits import follow_edit
from bot.chat.handlers.message_questions import answer_message, find_cooldown
from bot.chat.handlers.missed_questions import MissedQuestion, find_missed
from bot.chat.retry import Undelivered, send_with_retries
from bot.chat.state.answer_links import SentMessage
from bot.chat.state.cooldowns import Cooldown
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.state.ids import id_at
from bot.chat.state.last_heard import LastHeard
from bot.chat.work_queue import BusyError, EndingError
from bot.sharding import FIRST_SHARD

T = TypeVar("T")

_log = logging.getLogger(__name__)

# A question that is older is left.
_MOST_AGE_S = 600.0
# So many of a channel's last messages are read, in one request.
_MOST_MESSAGES = 50
# So many channels are read after a session began.
_MOST_CHANNELS = 200
# So many are read at once, each with a pause behind it: Discord takes fifty requests a second, and
# most are for those who ask now.
_READERS = 3
_READER_PAUSE_S = 0.1
# So long a history is tried, and one request of it.
_READ_DEADLINE_S = 30.0
_READ_TRY_S = 10.0
# So many missed questions are being answered at once.
_AT_ONCE = 4
# What has no room yet is looked at again after so long.
_NO_ROOM_PAUSE_S = 0.25
# To have its turn after a cooldown, a question needs so long before it is left.
_TURN_S = 5.0
# Where no try has worked is looked at again after so long.
_AGAIN_S = 30.0
# An answer in a thread is among the first messages there.
_THREAD_START = 10


@dataclass(frozen=True, slots=True)
class _Place:
    """A channel to be read, and the id behind which messages may have been missed."""

    channel_id: int
    since_id: int
    last_id: int
    # What its shard has heard.
    heard: LastHeard
    # None for a direct conversation, which is fetched first.
    channel: GuildChannel | None


class CatchUp:
    """Looks for what was missed, for one client."""

    def __init__(self, dispatcher: Dispatcher, client: discord.Client) -> None:
        """Look nowhere yet."""
        self._dispatcher = dispatcher
        self._client = client
        # The shards whose guilds are looked into.
        self._ready_shards: set[int] = set()
        self._is_over = False
        self._reading = asyncio.Semaphore(_READERS)
        self._answering = asyncio.Semaphore(_AT_ONCE)
        # What is being looked at, by the task that does.
        self._looks: dict[asyncio.Task[None], _Place] = {}
        self._looking_again: asyncio.Task[None] | None = None
        # The ids of messages that were deleted while this looks.
        self._deleted: set[int] = set()

    def begin_session(self, shard_id: int) -> None:
        """Freeze what a shard heard last: it has a new session."""
        self._ready_shards.discard(shard_id)
        self._dispatcher.last_heard.of_shard(shard_id).begin_session()

    def look_everywhere(self, shard_id: int) -> None:
        """Look for missed questions in all guilds of a shard, and in recent direct conversations.

        These are with the first shard.
        """
        self._ready_shards.add(shard_id)
        self._look(self._find_all_places(shard_id))
        self._dispatcher.last_heard.of_shard(shard_id).end_first_look()
        if self._looking_again is None:
            self._looking_again = asyncio.create_task(self._look_again())

    def look_into(self, guild: discord.Guild) -> None:
        """Look for missed questions in a guild, unless it is going to be looked into anyway."""
        if guild.shard_id in self._ready_shards:
            self._look(self._find_places([guild]))

    def note_deletion(self, message_ids: Iterable[int]) -> None:
        """Leave questions that are gone by now."""
        if self._looks:
            self._deleted.update(message_ids)

    def end(self) -> None:
        """Begin nothing more: what is not done now is looked at in the next session.

        It is put back at once, because that session may begin before a request has failed here.
        """
        self._is_over = True
        if self._looking_again is not None:
            self._looking_again.cancel()
        for place in self._looks.values():
            _put_back(place)

    async def _look_again(self) -> None:
        """Look every half minute where something could not be done, until this is cancelled."""
        while True:
            await asyncio.sleep(_AGAIN_S)
            # The others' new sessions look everywhere.
            for shard_id in self._ready_shards:
                due = self._dispatcher.last_heard.of_shard(shard_id).take_due()
                self._look(self._find_all_places(shard_id, due))

    def _find_all_places(self, shard_id: int, among: Collection[int] | None = None) -> list[_Place]:
        if among is not None and not among:
            return []
        guilds = [guild for guild in self._client.guilds if guild.shard_id == shard_id]
        direct = self._find_direct(among) if shard_id == FIRST_SHARD else []
        return self._find_places(guilds, among) + direct

    def _find_places(
        self, guilds: Iterable[discord.Guild], among: Collection[int] | None = None
    ) -> list[_Place]:
        """Find the channels that hold something new and can be read, the newest first.

        Where ``among`` is given, others than these are passed over.
        """
        places = []
        for guild in guilds:
            heard = self._dispatcher.last_heard.of_guild(guild.id)
            for channel in list_channels(guild):
                if among is not None and channel.id not in among:
                    continue
                since_id = _find_start(heard, channel.id)
                last_id = channel.last_message_id or 0
                if last_id > since_id and may_read_history(channel):
                    places.append(_Place(channel.id, since_id, last_id, heard, channel))
        places.sort(key=lambda place: place.last_id, reverse=True)
        left_out = places[_MOST_CHANNELS:]
        if left_out:
            _log.warning("channels with new messages that are not read now: %d", len(left_out))
        for place in left_out:
            _put_back(place)
            place.heard.look_again(place.channel_id)
        return places[:_MOST_CHANNELS]

    def _find_direct(self, among: Collection[int] | None) -> list[_Place]:
        earliest_id = id_at(DISCORD_TIME.now_s() - _MOST_AGE_S)
        heard = self._dispatcher.last_heard.direct
        channel_ids = heard.recent_direct(earliest_id)
        if among is not None:
            channel_ids = [one for one in channel_ids if one in among]
        return [_Place(one, _find_start(heard, one), 0, heard, None) for one in channel_ids]

    def _look(self, places: Iterable[_Place]) -> None:
        for place in places:
            place.heard.begin_look(place.since_id)
            task = asyncio.create_task(self._look_at(place))
            self._looks[task] = place
            task.add_done_callback(self._finish)

    def _finish(self, task: "asyncio.Task[None]") -> None:
        place = self._looks.pop(task)
        place.heard.end_look(place.since_id)
        if not self._looks:
            self._deleted.clear()

    async def _look_at(self, place: _Place) -> None:
        """Read a channel and answer what was missed there; where that fails, put it back."""
        is_done = False
        try:
            is_done = await self._catch_up_in(place)
        except Exception as error:  # noqa: BLE001 (other channels go on)
            failures.record_kind(error, "answering what was missed")
        finally:
            if not is_done:
                _put_back(place)

    async def _catch_up_in(self, place: _Place) -> bool:
        """Catch up in one channel; say whether that is done."""
        async with self._reading:
            if self._is_over:
                return False
            messages = await _try_to_read(partial(self._read, place))
            # Other processes, which may look back as well, share in these fifty.
            await asyncio.sleep(_READER_PAUSE_S * self._dispatcher.sharding.processes)
        if isinstance(messages, Undelivered):
            # Nothing may come between this and putting the channel back.
            if messages.is_late:
                place.heard.look_again(place.channel_id)
            return False
        bot_user = self._client.user
        if bot_user is None:
            return False
        is_all = len(messages) < _MOST_MESSAGES
        complete_from_id = 0 if is_all else messages[0].id
        missed = find_missed(self._dispatcher, bot_user, messages, place.since_id, complete_from_id)
        for message, answer in missed.edited:
            self._link(message.id, answer)
            await follow_edit(self._dispatcher, self._client, message)
        for question_id, answer in missed.orphaned.items():
            self._link(question_id, answer)
        message_ids = {message.id for message in messages}
        thread_ids = find_orphaned_threads(place.channel, message_ids, complete_from_id)
        gone_ids = [*missed.orphaned, *thread_ids]
        await follow_deletion(self._dispatcher, self._client, place.channel_id, gone_ids)
        return await self._answer_all(missed.unanswered)

    def _link(self, question_id: int, answer: discord.Message) -> None:
        """Remember which message answers which, where that is not known."""
        answer_links = self._dispatcher.answer_links
        if answer_links.find(question_id) is None:
            sent = SentMessage(answer.channel.id, answer.id)
            answer_links.remember(question_id, sent, read_asked(answer), time.monotonic())

    async def _read(self, place: _Place) -> list[discord.Message]:
        """Read the last messages of a channel, the oldest first."""
        channel: discord.abc.Messageable | None = place.channel
        if channel is None:
            fetched = await self._client.fetch_channel(place.channel_id)
            if not isinstance(fetched, discord.DMChannel):
                return []
            channel = fetched
        messages = [message async for message in channel.history(limit=_MOST_MESSAGES)]
        messages.reverse()
        return messages

    async def _answer_all(self, questions: list[MissedQuestion]) -> bool:
        """Answer questions in order, each when there is room; say whether all are done."""
        waiting = [one for one in questions if not await self._is_answered_in_thread(one.message)]
        answered = 0
        while waiting:
            later = []
            for question in waiting:
                if self._is_over or self._dispatcher.in_flight.is_closing:
                    return False
                if self._is_to_be_left(question.message.id):
                    continue
                async with self._answering:
                    if await self._answer(question):
                        answered += 1
                    else:
                        later.append(question)
            waiting = later
            if waiting:
                await asyncio.sleep(_NO_ROOM_PAUSE_S)
        if answered:
            _log.info("questions that were asked meanwhile and are answered now: %d", answered)
        return True

    def _is_to_be_left(self, message_id: int) -> bool:
        return message_id in self._deleted or (DISCORD_TIME.age_s(message_id) > _MOST_AGE_S)

    async def _answer(self, question: MissedQuestion) -> bool:
        """Answer a question the way of a live one; say whether there was room for it."""
        message = question.message
        # Most that wait have no room yet: nothing is read again and again for them.
        if not self._has_turn(message):
            return False
        try:
            await self._recall_conversation(question)
        except (BusyError, EndingError):
            return False
        # Nothing may come between the look and the question's admission.
        if not self._has_turn(message):
            return False
        await answer_message(self._dispatcher, self._client, message)
        return True

    def _has_turn(self, message: discord.Message) -> bool:
        """Say whether there is room for a question now, or will be none before it is left."""
        dispatcher = self._dispatcher
        guild_id = message.guild.id if message.guild else None
        who = message.author.id, guild_id, message.channel.id
        cooldown = find_cooldown(dispatcher.channel_settings.find(message.channel).values)
        return dispatcher.admission.has_room(*who, cooldown) or self._is_in_vain(message, cooldown)

    def _is_in_vain(self, message: discord.Message, cooldown: Cooldown) -> bool:
        """Say whether a question would be left before its cooldown ends: it is told so now."""
        who = message.author.id, message.channel.id
        refusal = self._dispatcher.admission.cooldowns.refuse(time.monotonic(), *who, cooldown)
        left_s = _MOST_AGE_S - _TURN_S - DISCORD_TIME.age_s(message.id)
        return refusal is not None and refusal.wait_s > left_s

    async def _is_answered_in_thread(self, message: discord.Message) -> bool:
        """Say whether a question was answered in a thread of its own.

        Where the thread can't be read, it is taken to be.
        """
        if not message.flags.has_thread:
            return False
        is_answered = await _try_to_read(partial(self._find_answer_in_thread, message.id))
        return isinstance(is_answered, Undelivered) or is_answered

    async def _find_answer_in_thread(self, thread_id: int) -> bool:
        thread = self._client.get_partial_messageable(thread_id)
        async for one in thread.history(limit=_THREAD_START, oldest_first=True):
            if one.author == self._client.user and is_own_answer(one):
                return True
        return False

    async def _recall_conversation(self, question: MissedQuestion) -> None:
        """Let a question follow up the last answer before it, if nothing else is remembered."""
        message = question.message
        key = message.channel.id, message.author.id, False
        now_s = time.monotonic()
        conversations = self._dispatcher.conversations
        if conversations.recall(key, now_s) is not None:
            return
        readers = await self._dispatcher.find_readers_of(message)
        reader = readers.everybody
        turn = await recall_turn(self._dispatcher, reader, question.last_answer)
        if turn is not None:
            conversations.remember(key, turn, now_s)


def _find_start(heard: LastHeard, channel_id: int) -> int:
    """Find the id behind which messages of a channel may have been missed."""
    earliest_id = id_at(DISCORD_TIME.now_s() - _MOST_AGE_S)
    return max(heard.take(channel_id), earliest_id)


def _put_back(place: _Place) -> None:
    """Let a channel be read in the next session."""
    place.heard.put_back(place.channel_id, place.since_id)


async def _try_to_read(read: Callable[[], Awaitable[T]]) -> T | Undelivered:
    """Read something of a history with the patience that it is worth."""
    return await send_with_retries(
        read, deadline_s=_READ_DEADLINE_S, try_s=_READ_TRY_S, what="a history"
    )
