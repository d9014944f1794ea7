"""What time it is at Discord, whatever this machine's clock says.

In: the dates of Discord's answers. Out: Discord's time, to a second. Until the first answer it is
this machine's. Messages carry the time at which Discord made them; how old they are is reckoned
with Discord's clock, so that a wrong clock here, or one that jumps, changes nothing.
"""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import discord

# A date has whole seconds: this is the middle of its second.
_HALF_A_SECOND_S = 0.5


class DiscordTime:
    """Discord's clock, as far as it is known from its answers."""

    def __init__(
        self,
        own_time: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know of no answer.

        ``own_time`` gives this machine's time in seconds since 1970, ``clock`` a monotonic one.
        """
        self._own_time = own_time
        self._clock = clock
        # Discord's time minus the monotonic time, in seconds.
        self._ahead_s: float | None = None

    def note(self, date: str) -> None:
        """Take in the ``Date`` of an answer, such as "Sun, 29 Nov 2026 16:20:00 GMT".

        What is no date changes nothing.
        """
        try:
            now_s = parsedate_to_datetime(date).timestamp()
        except ValueError:
            return
        self._ahead_s = now_s + _HALF_A_SECOND_S - self._clock()

    def now_s(self) -> float:
        """Return Discord's time, in seconds since 1970."""
        if self._ahead_s is None:
            return self._own_time()
        return self._clock() + self._ahead_s

    def second_after(self, wait_s: float) -> int:
        """Return a whole second, since 1970, that comes after so many seconds and never before.

        The time is known to half a second.
        """
        return int(self.now_s() + wait_s + _HALF_A_SECOND_S) + 1

    def age_s(self, message_id: int) -> float:
        """Return the age of a message or an interaction, in seconds."""
        made = discord.utils.snowflake_time(message_id)
        return self.now_s() - made.timestamp()


# There is one Discord.
DISCORD_TIME = DiscordTime()
