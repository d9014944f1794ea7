"""Which events were served already, by the ids of their messages and interactions.

An edit of a message has an id of its own, a text.

Discord may send an event again after a session was resumed. In memory only, the last ten thousand.
"""

from collections import OrderedDict

# A resumed session repeats a few minutes at most; ten thousand events are far more than that.
_MOST_EVENTS = 10_000


class SeenEvents:
    """A set of ids that forgets the oldest. Lives on the event loop."""

    def __init__(self) -> None:
        """Start with no event."""
        self._seen: OrderedDict[int | str, None] = OrderedDict()

    def __contains__(self, event_id: int | str) -> bool:
        """Say whether an event was added."""
        return event_id in self._seen

    def add(self, event_id: int | str) -> bool:
        """Add an event, and say whether it is new."""
        if event_id in self._seen:
            return False
        self._seen[event_id] = None
        if len(self._seen) > _MOST_EVENTS:
            self._seen.popitem(last=False)
        return True

    def discard(self, event_id: int | str) -> None:
        """Let an event be new again."""
        self._seen.pop(event_id, None)
