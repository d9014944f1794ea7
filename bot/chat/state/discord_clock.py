"""Discord's clock: what time it is there, and the times in its ids.

A machine's clock may be wrong by an hour. Each answer of Discord names its time to the second; from
then on a clock counts that no one sets. Before the first answer the machine's own clock is used.
"""

import time
from email.utils import parsedate_to_datetime

# An id's upper bits are the milliseconds since 2015.
_EPOCH_MS = 1_420_070_400_000
_TIME_BITS = 22


class DiscordClock:
    """The time at Discord, in seconds since 1970."""

    def __init__(self) -> None:
        """Start with the machine's clock."""
        # What Discord said last, and the time of the monotonic clock then.
        self._told: tuple[float, float] | None = None

    def now_s(self) -> float:
        """Return the time."""
        if self._told is None:
            return time.time()
        told_s, then_s = self._told
        return told_s + time.monotonic() - then_s

    def set(self, date: str) -> None:
        """Take over the header ``Date`` of an answer; what is no date is passed over."""
        try:
            told_s = parsedate_to_datetime(date).timestamp()
        except ValueError:
            return
        self._told = told_s, time.monotonic()

    def age_s(self, an_id: int) -> float:
        """Return the age of a message or event in seconds; a new one may seem a second younger."""
        return self.now_s() - time_of(an_id)


def time_of(an_id: int) -> float:
    """Return the time in an id, in seconds since 1970."""
    return ((an_id >> _TIME_BITS) + _EPOCH_MS) / 1000


def id_at(time_s: float) -> int:
    """Return the least id of a time in seconds since 1970; 0 for times before the first id."""
    since_ms = int(time_s * 1000) - _EPOCH_MS
    return max(since_ms, 0) << _TIME_BITS
