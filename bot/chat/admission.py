"""Decide which events are let in.

Each event is let in once. No user and no guild asks too often, and no channel holds more answers
than Discord lets through in time. While too much waits, no question is let in.

In: the ids of events, users, channels and guilds. Out: None, or a refusal that says how long to
wait. A refusal of a message is said once, and covers what is asked until its time is over.
"""

import time
from dataclasses import replace

from bot.chat.responses import BUSY
from bot.chat.state.cooldowns import Cooldown, Cooldowns
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.state.ids import id_at
from bot.chat.state.rate_limits import RateLimit, RateLimiter, Refusal
from bot.chat.state.seen_events import SeenEvents
from bot.chat.state.told_waits import ToldWait, ToldWaits, Waiting
from bot.chat.work_queue import WorkQueue
from bot.records.shared_limits import SharedLimits
from bot.settings import Settings

# A user may press so many buttons in so many seconds; turning pages quickly stays below it.
_PRESSES_PER_USER = 20
_PRESS_WINDOW_S = 20
# A guild's members together may press ten times as many.
_PRESSES_PER_GUILD = 10 * _PRESSES_PER_USER
# Who types fast is offered choices four times a second.
_OFFERS_PER_USER = 40
_OFFER_WINDOW_S = 10
_OFFERS_PER_GUILD = 10 * _OFFERS_PER_USER
# A human reads what is passed on: once a user in ten minutes, six times a guild.
_HUMAN_WINDOW_S = 600
_HUMANS = RateLimit(1, _HUMAN_WINDOW_S)
_HUMANS_PER_GUILD = 6
# What processes count together of one user: guilds and channels are each one process's own.
_QUESTION = "question"
_HUMAN = "human"
# Discord takes five messages in a channel in five seconds. So many of twenty are kept for refusals
# of single users; who comes after them is told with all others in the channel.
_REFUSALS_PER_CHANNEL = 4
# Nobody is told to wait more often than this.
_REFUSAL_WINDOW_S = 20.0
# More threads answer no more in the same time, for one runs at a time. A second one goes on where
# one takes long.
_WORKERS = 2
# So many questions take ten seconds or so where there are ten thousand passages.
_MOST_WAITING = 1_000


class Admission:
    """The events that were seen, the rate limits, and the queue of computations."""

    def __init__(self, settings: Settings, shared: SharedLimits | None = None) -> None:
        """Limit questions as the settings say; the other limits are fixed.

        ``shared`` counts what one user does in other processes, too, if there are any.
        """
        self._shared = shared
        self._questions_per_user = RateLimit(
            settings.questions_per_person, settings.questions_window_s
        )
        self.seen = SeenEvents()
        self.work = WorkQueue(_WORKERS, _MOST_WAITING)
        window_s = settings.questions_window_s
        self._question_limits = RateLimiter(
            per_user=self._questions_per_user,
            per_guild=RateLimit(settings.questions_per_server, window_s),
            per_channel=RateLimit(settings.questions_per_channel, window_s),
        )
        self._press_limits = RateLimiter(
            per_user=RateLimit(_PRESSES_PER_USER, _PRESS_WINDOW_S),
            per_guild=RateLimit(_PRESSES_PER_GUILD, _PRESS_WINDOW_S),
        )
        self._offer_limits = RateLimiter(
            per_user=RateLimit(_OFFERS_PER_USER, _OFFER_WINDOW_S),
            per_guild=RateLimit(_OFFERS_PER_GUILD, _OFFER_WINDOW_S),
        )
        self._human_limits = RateLimiter(
            per_user=_HUMANS,
            per_guild=RateLimit(_HUMANS_PER_GUILD, _HUMAN_WINDOW_S),
        )
        # Counts the refusals of single users, in each channel as if it were a user.
        self._refusal_limits = RateLimiter(
            per_user=RateLimit(_REFUSALS_PER_CHANNEL, _REFUSAL_WINDOW_S),
            per_guild=RateLimit(_REFUSALS_PER_CHANNEL, _REFUSAL_WINDOW_S),
        )
        self._told_waits = ToldWaits()
        # Of channels where some time lies between two answers.
        self.cooldowns = Cooldowns()

    async def refuse_question(
        self, user_id: int, guild_id: int | None, channel_id: int | None = None
    ) -> Refusal | None:
        """Let a question in (None), or say how long to wait.

        ``channel_id``: where it counts, too; None for an interaction's.
        """
        if self.work.is_full:
            return BUSY
        refusal = self._question_limits.take(time.monotonic(), user_id, guild_id, channel_id)
        if refusal is None:
            refusal = await self._refuse_elsewhere(_QUESTION, user_id, self._questions_per_user)
            if refusal is not None:
                self._question_limits.give_back(user_id, guild_id, channel_id)
        return refusal

    def has_room(
        self, user_id: int, guild_id: int | None, channel_id: int, cooldown: Cooldown
    ) -> bool:
        """Say whether a question in a message would be let in now, before any other that waits."""
        return len(self.work) == 0 and self.may_ask(user_id, guild_id, channel_id, cooldown)

    def may_ask(
        self,
        user_id: int,
        guild_id: int | None,
        channel_id: int,
        cooldown: Cooldown,
    ) -> bool:
        """Say whether a question in a message would be let in now."""
        now_s = time.monotonic()
        if self.work.is_full or self.cooldowns.refuse(now_s, user_id, channel_id, cooldown):
            return False
        message_id = id_at(DISCORD_TIME.now_s())
        if self._told_waits.find(message_id, self._list_waiting(user_id, channel_id, cooldown)):
            return False
        return self._question_limits.find_wait(now_s, user_id, guild_id, channel_id) <= 0

    async def is_told_to_wait(
        self, message_id: int, user_id: int, channel_id: int, cooldown: Cooldown
    ) -> bool:
        """Say whether a question is covered by a refusal that was said, or is being said now."""
        among = self._list_waiting(user_id, channel_id, cooldown)
        return await self._told_waits.is_told(message_id, among)

    async def refuse_message(
        self,
        message_id: int,
        user_id: int,
        guild_id: int | None,
        channel_id: int,
        cooldown: Cooldown,
    ) -> ToldWait | None:
        """Let a question in a message in (None), or give the refusal that is to be said now.

        It covers what the user, or everybody in the channel, asks until its time is over.
        """
        refusal = self.cooldowns.refuse(time.monotonic(), user_id, channel_id, cooldown)
        if refusal is None:
            refusal = await self.refuse_question(user_id, guild_id, channel_id)
            if refusal is None:
                return None
            refusal = self._limit_refusals(refusal, channel_id)
        waiting = _name_waiting(refusal, user_id, channel_id)
        again_at = DISCORD_TIME.second_after(refusal.wait_s)
        wait = ToldWait(refusal, waiting, message_id, again_at)
        self._told_waits.tell(wait)
        return wait

    def settle(self, wait: ToldWait, *, is_said: bool) -> None:
        """Let a refusal that could not be said in time cover nothing."""
        self._told_waits.settle(wait, is_said=is_said)

    def _list_waiting(self, user_id: int, channel_id: int, cooldown: Cooldown) -> list[Waiting]:
        """List for what a user may wait in a channel: a cooldown counts while it lasts."""
        waiting: list[Waiting] = [("user", user_id, 0), ("channel", 0, channel_id)]
        cooling = self.cooldowns.refuse(time.monotonic(), user_id, channel_id, cooldown)
        if cooling is not None:
            waiting.append(_name_waiting(cooling, user_id, channel_id))
        return waiting

    def _limit_refusals(self, refusal: Refusal, channel_id: int) -> Refusal:
        """Speak to all in the channel where many were refused there, and seldom to anybody."""
        is_of_user = refusal.cause in ("user", "busy")
        now_s = time.monotonic()
        if is_of_user and self._refusal_limits.take(now_s, channel_id, None) is not None:
            refusal = replace(refusal, cause="channel")
        return replace(refusal, wait_s=max(refusal.wait_s, _REFUSAL_WINDOW_S))

    def refuse_press(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a press of a button or an edit in (None), or say that it came too soon."""
        return self._press_limits.take(time.monotonic(), user_id, guild_id)

    def refuse_offer(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let an autocompletion in (None), or say that it came too soon."""
        return self._offer_limits.take(time.monotonic(), user_id, guild_id)

    async def refuse_human(self, user_id: int, guild_id: int) -> Refusal | None:
        """Let a question to a human in (None), or say that it came too soon."""
        refusal = self._human_limits.take(time.monotonic(), user_id, guild_id)
        if refusal is None:
            refusal = await self._refuse_elsewhere(_HUMAN, user_id, _HUMANS)
            if refusal is not None:
                self._human_limits.give_back(user_id, guild_id)
        return refusal

    async def refund_human(self, user_id: int, guild_id: int) -> None:
        """Let a question that reached no human count for nothing."""
        self._human_limits.give_back(user_id, guild_id)
        if self._shared is not None:
            await self._shared.give_back(_HUMAN, user_id)

    async def _refuse_elsewhere(self, kind: str, user_id: int, limit: RateLimit) -> Refusal | None:
        """Count what a user does with what other processes have counted."""
        if self._shared is None:
            return None
        wait_s = await self._shared.take(kind, user_id, limit.times, limit.window_s)
        return Refusal(wait_s) if wait_s > 0 else None


def _name_waiting(refusal: Refusal, user_id: int, channel_id: int) -> Waiting:
    """Say who waits after a refusal: the user, or all in the channel; and for what."""
    if refusal.cause == "cooldown":
        return "cooldown", user_id, channel_id
    if refusal.cause == "channel_cooldown":
        return "channel_cooldown", 0, channel_id
    if refusal.cause in ("user", "busy"):
        return "user", user_id, 0
    return "channel", 0, channel_id
