"""Who was told how long to wait, so that it is said once and covers all that is asked meanwhile.

In: the time, and the ids of a user and a channel. A wait holds for one user everywhere, or for all
in one channel. In memory only, the last ten thousand. The time is handed in, in seconds of a
monotonic clock.
"""

from collections import OrderedDict
from typing import Literal

# Who waits: a user or all in a channel, and the id.
Waiting = tuple[Literal["user", "channel"], int]

# A bound on the memory.
_MOST_WAITS = 10_000


class ToldWaits:
    """Until when users and channels were told to wait."""

    def __init__(self, most_waits: int = _MOST_WAITS) -> None:
        """Start with nobody waiting; of more than ``most_waits``, the oldest goes."""
        self._most_waits = most_waits
        self._ends_s: OrderedDict[Waiting, float] = OrderedDict()

    def __len__(self) -> int:
        """Count the waits that are kept."""
        return len(self._ends_s)

    def covers(self, now_s: float, user_id: int, channel_id: int) -> bool:
        """Say whether a user was told to wait, or all in a channel, and the wait is not over."""
        keys: tuple[Waiting, Waiting] = (("user", user_id), ("channel", channel_id))
        return any(self._ends_s.get(key, now_s) > now_s for key in keys)

    def tell(self, waiting: Waiting, end_s: float) -> None:
        """Keep that somebody is told to wait until ``end_s``."""
        self._ends_s[waiting] = end_s
        self._ends_s.move_to_end(waiting)
        while len(self._ends_s) > self._most_waits:
            self._ends_s.popitem(last=False)

    def take_back(self, waiting: Waiting) -> None:
        """Forget a wait that could not be told."""
        self._ends_s.pop(waiting, None)
