"""Rate limits per user, channel and guild: at most so many events in any window of seconds.

In: the time, the ids of a user, a guild and a channel. Out: None, or how long to wait. The method
is a sliding window log: the times of the last events are kept, so no window ever holds more than
its limit. Pure: the clock is handed in, and nothing else is stored.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Literal

# Who has to wait waits so long: of less, rounding may leave nothing.
_LEAST_WAIT_S = 0.001


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``times`` events in any ``window_s`` seconds."""

    times: int
    window_s: float


# Whose limit is reached; "busy": no limit, but more work is waiting than can be done before long;
# whose cooldown is not over yet: that of one person, or that of all in a channel.
Cause = Literal["user", "channel", "guild", "busy", "cooldown", "channel_cooldown"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that came too soon; it would be let in after ``wait_s`` seconds.

    ``cause``: the user's own limit if that is reached, or else that of all together.
    """

    wait_s: float
    cause: Cause = "user"


# Whose events a bucket counts, and that user's, channel's or guild's id.
_BucketKey = tuple[Cause, int]


# When the last events of a bucket were let in, the oldest first.
_Bucket = deque[float]


class RateLimiter:
    """One bucket per user, channel and guild; the least recently used go when there are many."""

    def __init__(
        self,
        per_user: RateLimit,
        per_guild: RateLimit,
        per_channel: RateLimit | None = None,
        most_buckets: int = 10_000,
    ) -> None:
        """Take the limits of one user (everywhere), and of all in one guild or in one channel."""
        self._per_user = per_user
        self._per_guild = per_guild
        self._per_channel = per_channel
        self._most_buckets = most_buckets
        self._buckets: OrderedDict[_BucketKey, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        """Count the buckets that are kept."""
        return len(self._buckets)

    def take(
        self, now_s: float, user_id: int, guild_id: int | None, channel_id: int | None = None
    ) -> Refusal | None:
        """Let an event in (None), or say how long to wait. A refused event counts for nothing.

        ``now_s`` is a monotonic time in seconds. ``guild_id`` is None outside guilds,
        ``channel_id`` where the event counts in no channel.
        """
        limits = self._find_limits(user_id, guild_id, channel_id)
        waits_s = {key: self._find_wait(now_s, key, limit) for key, limit in limits.items()}
        reached = [(wait_s, key) for key, wait_s in waits_s.items() if wait_s > 0]
        if reached:
            # The user's own comes first.
            _, (cause, _) = reached[0]
            longest_s, _ = max(reached)
            return Refusal(longest_s, cause)
        for key in limits:
            self._buckets.setdefault(key, deque()).append(now_s)
        return None

    def find_wait(
        self, now_s: float, user_id: int, guild_id: int | None, channel_id: int | None = None
    ) -> float:
        """Find how many seconds an event would have to wait to be let in; 0 or less: not at all."""
        limits = self._find_limits(user_id, guild_id, channel_id)
        return max(self._find_wait(now_s, key, limit) for key, limit in limits.items())

    def give_back(self, user_id: int, guild_id: int | None, channel_id: int | None = None) -> None:
        """Let the last event of a user count for nothing."""
        for key in self._find_limits(user_id, guild_id, channel_id):
            bucket = self._buckets.get(key)
            if bucket:
                bucket.pop()

    def _find_limits(
        self, user_id: int, guild_id: int | None, channel_id: int | None
    ) -> dict[_BucketKey, RateLimit]:
        limits: dict[_BucketKey, RateLimit] = {("user", user_id): self._per_user}
        if channel_id is not None and self._per_channel is not None:
            limits["channel", channel_id] = self._per_channel
        if guild_id is not None:
            limits["guild", guild_id] = self._per_guild
        return limits

    def _find_wait(self, now_s: float, key: _BucketKey, limit: RateLimit) -> float:
        """Find how many seconds are left until a bucket has room again; 0 or less if it has."""
        bucket = self._buckets.setdefault(key, deque())
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most_buckets:
            self._buckets.popitem(last=False)
        window_start_s = now_s - limit.window_s
        while bucket and bucket[0] <= window_start_s:
            bucket.popleft()
        if len(bucket) < limit.times:
            return 0.0
        return max(bucket[0] + limit.window_s - now_s, _LEAST_WAIT_S)
