"""What editors typed into windows that were refused, so that nothing need be typed again.

By who typed it and the id of the window. In memory only, the last thirty, each for a quarter of an
hour. Lives on the event loop.
"""

from collections import OrderedDict
from collections.abc import Sequence

# Five fields of 4,000 characters at the most.
_MOST_WINDOWS = 30
_MEMORY_S = 900.0


class TypedTexts:
    """The texts of windows, in the order of their fields."""

    def __init__(self) -> None:
        """Begin with none."""
        self._typed: OrderedDict[tuple[int, str], tuple[float, Sequence[str]]] = OrderedDict()

    def add(self, user_id: int, window_id: str, typed: Sequence[str], now_s: float) -> None:
        """Keep what somebody typed; ``now_s`` is by a clock that nobody sets."""
        self.remove(user_id, window_id)
        self._typed[user_id, window_id] = now_s + _MEMORY_S, typed
        if len(self._typed) > _MOST_WINDOWS:
            self._typed.popitem(last=False)

    def find(self, user_id: int, window_id: str, now_s: float) -> Sequence[str]:
        """Give what somebody typed into a window last; nothing where that is forgotten."""
        end_s, typed = self._typed.get((user_id, window_id), (0.0, ()))
        return typed if now_s < end_s else ()

    def remove(self, user_id: int, window_id: str) -> None:
        """Forget what was taken."""
        self._typed.pop((user_id, window_id), None)
