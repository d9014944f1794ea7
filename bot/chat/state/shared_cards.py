"""Which private cards stand shared in a channel, so that each does once at a time.

By the ids of the private card and of the message that shows it to everybody. In memory only, the
last ten thousand. Lives on the event loop.
"""

from collections import OrderedDict

from bot.chat.state.seen_events import SeenEvents

# A bound on the memory, as large as that of what was served already.
_MOST_CARDS = 10_000


class SharedCards:
    """Private cards by the message that shows them to all; free again when that is gone."""

    def __init__(self, seen: SeenEvents) -> None:
        """Take what knows which cards were shared."""
        self._seen = seen
        self._private_ids: OrderedDict[int, int] = OrderedDict()

    def add(self, message_id: int, private_id: int) -> None:
        """Keep which message a press on a card made, perhaps by sharing the card."""
        self._private_ids[message_id] = private_id
        if len(self._private_ids) > _MOST_CARDS:
            self._private_ids.popitem(last=False)

    def remove(self, message_id: int, private_id: int = 0) -> None:
        """Let a card be shared again whose message is gone.

        ``private_id`` is its id where that message tells it; 0 where it is not known.
        """
        private_id = self._private_ids.pop(message_id, private_id)
        if private_id:
            self._seen.discard(private_id)
