"""What is said once a day: the time is handed in. In memory only, the last ten thousand."""

from collections import OrderedDict
from collections.abc import Hashable

_DAY_S = 24 * 3600.0
_MOST_KEPT = 10_000


class OnceADay:
    """When what was said last."""

    def __init__(self, most_kept: int = _MOST_KEPT) -> None:
        """Start with nothing said; of more than ``most_kept``, the oldest is forgotten."""
        self._most_kept = most_kept
        self._said_s: OrderedDict[Hashable, float] = OrderedDict()

    def is_new(self, key: Hashable, now_s: float) -> bool:
        """Say whether something is to be said (again); it counts as said then.

        ``now_s`` is a monotonic time in seconds.
        """
        said_s = self._said_s.get(key)
        if said_s is not None and now_s - said_s < _DAY_S:
            return False
        self._said_s[key] = now_s
        self._said_s.move_to_end(key)
        if len(self._said_s) > self._most_kept:
            self._said_s.popitem(last=False)
        return True
