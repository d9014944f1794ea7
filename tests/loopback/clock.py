"""The time as this server sees it, and ids made of it.

A test may move the clock forward instead of waiting for it. A slow machine must not look like a slow
bot: against Discord's deadlines counts what a test lets pass, and real time only where it is asked
for. Ids are snowflakes as Discord makes them (milliseconds since 2015, then a counter), so they
sort by time and clients can read a date out of them.
"""

import time
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000
# How long a test waits for what has to come. It only ends what never comes, so it is long enough
# for any machine.
PATIENCE_S = 120.0


class Clock:
    """Seconds since 1970, which a test may move forward.

    ``is_timed``: whether the time that the machine takes counts against a deadline.
    """

    def __init__(self, *, is_timed: bool = False) -> None:
        self.is_timed = is_timed
        # How many seconds the machine has withheld so far; see `withheld`.
        self.withheld_s = 0.0
        self._ahead_s = 0.0
        self._counter = 0

    def now(self) -> float:
        """Give the time in seconds since 1970."""
        return time.time() + self._ahead_s

    def counted(self) -> float:
        """Give the time by which deadlines are judged, in seconds since whenever."""
        return self.now() if self.is_timed else self._ahead_s

    def advance(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._ahead_s += seconds

    def withhold(self, seconds: float) -> None:
        """Note that the machine has withheld so much of the time that has passed."""
        self.withheld_s += seconds

    def new_id(self) -> int:
        """Make an id that is larger than every earlier one."""
        self._counter += 1
        return (int(self.now() * 1000) - EPOCH_MS << 22) + (self._counter & 0x3FFFFF)

    def stamp(self) -> str:
        """Give the time as Discord writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()


def time_of(number: int) -> float:
    """Give the time that an id was made, in seconds since 1970."""
    return ((number >> 22) + EPOCH_MS) / 1000
