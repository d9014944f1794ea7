"""Who may ask how often. Pure: the clock is handed in, nothing is stored but the times of the last questions."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``times`` questions in any ``window_s`` seconds."""

    times: int
    window_s: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that came too soon. ``is_crowd``: the person asked little, the server's members together a lot.

    ``is_busy``: nobody asked too much, but more is waiting than can be answered before long.
    """

    wait_s: float
    is_crowd: bool = False
    is_busy: bool = False


@dataclass(slots=True)
class _Bucket:
    times: deque[float] = field(default_factory=deque)
    was_told: bool = False


class RateLimiter:
    """A bucket a person and one a server, forgotten when they have been idle or when there are too many."""

    def __init__(self, user_id: RateLimit, guild_id: RateLimit, most_buckets: int = 10_000) -> None:
        """Take the limits of one person (everywhere) and of one server (all its members)."""
        self._rate_limits = {"person": user_id, "server": guild_id}
        self._buckets: OrderedDict[tuple[str, int], _Bucket] = OrderedDict()
        self._most_buckets = most_buckets

    def __len__(self) -> int:
        """Count the buckets that are kept."""
        return len(self._buckets)

    def take(self, now_s: float, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a question in (None), or say how long to wait. A refused question counts for nothing.

        ``now_s`` is a monotonic time in seconds; ``guild_id`` is None outside servers.
        """
        keys = [("person", user_id)] + ([("server", guild_id)] if guild_id is not None else [])
        waits = [self._wait(now_s, key) for key in keys]
        if max(waits) <= 0:
            for key in keys:
                bucket = self._buckets[key]
                bucket.times.append(now_s)
                bucket.was_told = False
            return None
        return Refusal(max(waits), is_crowd=waits[0] <= 0)

    def is_to_be_told(self, user_id: int) -> bool:
        """Say whether a refusal is said aloud to a person: once until the next question that is let in."""
        bucket = self._buckets.setdefault(("person", user_id), _Bucket())
        is_first, bucket.was_told = not bucket.was_told, True
        return is_first

    def give_back(self, user_id: int, guild_id: int | None) -> None:
        """Let the last question of a person count for nothing."""
        for key in [("person", user_id)] + ([("server", guild_id)] if guild_id is not None else []):
            if key in self._buckets and self._buckets[key].times:
                self._buckets[key].times.pop()

    def _wait(self, now_s: float, key: tuple[str, int]) -> float:
        limit = self._rate_limits[key[0]]
        bucket = self._buckets.setdefault(key, _Bucket())
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most_buckets:
            self._buckets.popitem(last=False)
        while bucket.times and bucket.times[0] <= now_s - limit.window_s:
            bucket.times.popleft()
        return bucket.times[0] + limit.window_s - now_s if len(bucket.times) >= limit.times else 0.0
