"""The times in Discord's ids, as Discord's own clock had them."""

# An id's upper bits are the milliseconds since 2015.
_EPOCH_MS = 1_420_070_400_000
_TIME_BITS = 22


def time_of(an_id: int) -> float:
    """Return the time in an id, in seconds since 1970."""
    return ((an_id >> _TIME_BITS) + _EPOCH_MS) / 1000


def id_at(time_s: float) -> int:
    """Return the least id of a time in seconds since 1970; 0 for times before the first id."""
    since_ms = int(time_s * 1000) - _EPOCH_MS
    return max(since_ms, 0) << _TIME_BITS
