"""Rate limits per user and per guild: at most so many events in any window of so many seconds.

In: the time, a user's id and a guild's. Out: None, or how long to wait. The method is a sliding
window log: the times of the last events are kept, so no window ever holds more than its limit.
Pure: the clock is handed in, and nothing else is stored.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``times`` events in any ``window_s`` seconds."""

    times: int
    window_s: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that came too soon; it would be let in after ``wait_s`` seconds.

    ``is_crowd``: the user is within their limit, but the guild's members together are not.
    ``is_busy``: no limit is reached, but more work is waiting than can be done before long.
    """

    wait_s: float
    is_crowd: bool = False
    is_busy: bool = False


# Whose events a bucket counts, and that user's or guild's id.
_BucketKey = tuple[Literal["user", "guild"], int]


@dataclass(slots=True)
class _Bucket:
    # When the last events were let in, the oldest first.
    times: deque[float] = field(default_factory=deque)
    was_told: bool = False


class RateLimiter:
    """One bucket per user and one per guild; the least recently used go when there are too many."""

    def __init__(
        self, per_user: RateLimit, per_guild: RateLimit, most_buckets: int = 10_000
    ) -> None:
        """Take the limit of one user (everywhere) and of one guild (all its members together)."""
        self._per_user = per_user
        self._per_guild = per_guild
        self._most_buckets = most_buckets
        self._buckets: OrderedDict[_BucketKey, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        """Count the buckets that are kept."""
        return len(self._buckets)

    def take(self, now_s: float, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let an event in (None), or say how long to wait. A refused event counts for nothing.

        ``now_s`` is a monotonic time in seconds; ``guild_id`` is None outside guilds.
        """
        user_wait_s = self._find_wait(now_s, ("user", user_id), self._per_user)
        guild_wait_s = 0.0
        if guild_id is not None:
            guild_wait_s = self._find_wait(now_s, ("guild", guild_id), self._per_guild)
        wait_s = max(user_wait_s, guild_wait_s)
        if wait_s > 0:
            return Refusal(wait_s, is_crowd=user_wait_s <= 0)
        for key in _find_keys(user_id, guild_id):
            bucket = self._buckets[key]
            bucket.times.append(now_s)
            bucket.was_told = False
        return None

    def find_wait(self, now_s: float, user_id: int, guild_id: int | None) -> float:
        """Find how many seconds an event would have to wait to be let in; 0 or less: not at all."""
        wait_s = self._find_wait(now_s, ("user", user_id), self._per_user)
        if guild_id is not None:
            guild_wait_s = self._find_wait(now_s, ("guild", guild_id), self._per_guild)
            wait_s = max(wait_s, guild_wait_s)
        return wait_s

    def is_to_be_told(self, user_id: int) -> bool:
        """Say whether to tell a user of a refusal: once, until an event of theirs is let in."""
        bucket = self._buckets.setdefault(("user", user_id), _Bucket())
        is_first = not bucket.was_told
        bucket.was_told = True
        return is_first

    def give_back(self, user_id: int, guild_id: int | None) -> None:
        """Let the last event of a user count for nothing."""
        for key in _find_keys(user_id, guild_id):
            bucket = self._buckets.get(key)
            if bucket is not None and bucket.times:
                bucket.times.pop()

    def _find_wait(self, now_s: float, key: _BucketKey, limit: RateLimit) -> float:
        """Find how many seconds are left until a bucket has room again; 0 or less if it has."""
        bucket = self._buckets.setdefault(key, _Bucket())
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most_buckets:
            self._buckets.popitem(last=False)
        window_start_s = now_s - limit.window_s
        while bucket.times and bucket.times[0] <= window_start_s:
            bucket.times.popleft()
        if len(bucket.times) < limit.times:
            return 0.0
        return bucket.times[0] + limit.window_s - now_s


def _find_keys(user_id: int, guild_id: int | None) -> list[_BucketKey]:
    keys: list[_BucketKey] = [("user", user_id)]
    if guild_id is not None:
        keys.append(("guild", guild_id))
    return keys
