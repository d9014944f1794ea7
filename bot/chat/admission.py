"""Decide which events are let in.

Each event is let in once. No user and no guild asks too often. While too much waits, no question
is let in.

In: the ids of events, users and guilds. Out: None, or a refusal that says how long to wait.
"""

import time

from bot.chat.responses import BUSY
from bot.chat.state.rate_limits import RateLimit, RateLimiter, Refusal
from bot.chat.state.seen_events import SeenEvents
from bot.chat.work_queue import WorkQueue
from bot.settings import Settings

# A user may press so many buttons in so many seconds; turning pages quickly stays below it.
_PRESSES_PER_USER = 20
_PRESS_WINDOW_S = 20
# A guild's members together may press ten times as many.
_PRESSES_PER_GUILD = 10 * _PRESSES_PER_USER
# A human reads what is passed on: once a user in ten minutes, six times a guild.
_HUMANS_PER_USER = 1
_HUMANS_PER_GUILD = 6
_HUMAN_WINDOW_S = 600
# More threads answer no more in the same time, for one runs at a time. A second one goes on where
# one takes long.
_WORKERS = 2
# So many questions take ten seconds or so where there are ten thousand passages.
_MOST_WAITING = 1_000


class Admission:
    """The events that were seen, the rate limits, and the queue of computations."""

    def __init__(self, settings: Settings) -> None:
        """Limit questions as the settings say; the other limits are fixed."""
        self.seen = SeenEvents()
        self.work = WorkQueue(_WORKERS, _MOST_WAITING)
        window_s = settings.questions_window_s
        self._question_limits = RateLimiter(
            per_user=RateLimit(settings.questions_per_person, window_s),
            per_guild=RateLimit(settings.questions_per_server, window_s),
        )
        self._press_limits = RateLimiter(
            per_user=RateLimit(_PRESSES_PER_USER, _PRESS_WINDOW_S),
            per_guild=RateLimit(_PRESSES_PER_GUILD, _PRESS_WINDOW_S),
        )
        self._human_limits = RateLimiter(
            per_user=RateLimit(_HUMANS_PER_USER, _HUMAN_WINDOW_S),
            per_guild=RateLimit(_HUMANS_PER_GUILD, _HUMAN_WINDOW_S),
        )

    def refuse_question(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a question in (None), or say that it came too soon, or that too many wait."""
        if self.work.is_full:
            return BUSY
        return self._question_limits.take(time.monotonic(), user_id, guild_id)

    def has_room(self, user_id: int, guild_id: int | None) -> bool:
        """Say whether a question would be let in now, before any other that waits."""
        if len(self.work) > 0:
            return False
        return self._question_limits.find_wait(time.monotonic(), user_id, guild_id) <= 0

    def is_to_be_told(self, user_id: int) -> bool:
        """Say whether to tell a user of a refused question: once, until one is let in again."""
        return self._question_limits.is_to_be_told(user_id)

    def refuse_press(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a press of a button or an edit in (None), or say that it came too soon."""
        return self._press_limits.take(time.monotonic(), user_id, guild_id)

    def refuse_human(self, user_id: int, guild_id: int) -> Refusal | None:
        """Let a question to a human in (None), or say that it came too soon."""
        return self._human_limits.take(time.monotonic(), user_id, guild_id)

    def refund_human(self, user_id: int, guild_id: int) -> None:
        """Let a question that reached no human count for nothing."""
        self._human_limits.give_back(user_id, guild_id)
