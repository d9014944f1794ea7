"""The last turn of each conversation, for questions that follow up.

In memory only. There is one conversation per channel and user, and another one for private
replies. Each is forgotten after a quarter of an hour, or when ten thousand others came after it.
The time is handed in, in seconds of a monotonic clock.
"""

import threading
from collections import OrderedDict

from bot.answers.conversation import Turn

# The channel's id, the user's id, and whether only that user sees the replies: what was private
# must not be told in public.
ConversationKey = tuple[int, int, bool]

# A question that comes later rarely follows up.
_MEMORY_S = 15 * 60
# A bound on the memory.
_MOST_CONVERSATIONS = 10_000


class Conversations:
    """Turns by their conversation. Safe in several threads."""

    def __init__(self) -> None:
        """Start with no conversation."""
        # The time at which each turn was remembered, and the turn.
        self._turns: OrderedDict[ConversationKey, tuple[float, Turn]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, key: ConversationKey, now_s: float) -> Turn | None:
        """Return the last turn of a conversation; None where there is none, or it is too old."""
        with self._lock:
            entry = self._turns.get(key)
        if entry is None:
            return None
        remembered_s, turn = entry
        is_recent = now_s - remembered_s <= _MEMORY_S
        return turn if is_recent else None

    def remember(self, key: ConversationKey, turn: Turn, now_s: float) -> None:
        """Keep the last turn of a conversation."""
        with self._lock:
            self._turns[key] = now_s, turn
            self._turns.move_to_end(key)
            while len(self._turns) > _MOST_CONVERSATIONS:
                self._turns.popitem(last=False)

    def forget(self, user_id: int) -> int:
        """Forget all conversations of a user; return how many there were."""
        with self._lock:
            keys = [key for key in self._turns if key[1] == user_id]
            for key in keys:
                del self._turns[key]
        return len(keys)
