"""What each member was talking about a moment ago, for questions that follow up. In memory only.

One conversation a member and channel, and one in private; each is forgotten after a quarter of an hour, or when ten
thousand others came after it. The time is handed in.
"""

import threading
from collections import OrderedDict

from bot.answers.conversation import Turn

# A channel, a member, and whether only that member sees what is said: what was private is never told in public.
ConversationKey = tuple[int, int, bool]

_MEMORY_S = 15 * 60
_MOST = 10_000


class Conversations:
    """The last turn of each conversation, by its place. Safe in several threads."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._turns: OrderedDict[ConversationKey, tuple[float, Turn]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, place: ConversationKey, now_s: float) -> Turn | None:
        """Give what a conversation had come to; None where there was none, or not lately."""
        with self._lock:
            then_s, turn = self._turns.get(place, (0.0, None))
        return turn if turn is not None and now_s - then_s <= _MEMORY_S else None

    def remember(self, place: ConversationKey, turn: Turn, now_s: float) -> None:
        """Keep what a conversation has come to."""
        with self._lock:
            self._turns[place] = now_s, turn
            self._turns.move_to_end(place)
            while len(self._turns) > _MOST:
                self._turns.popitem(last=False)

    def forget(self, user_id: int) -> int:
        """Forget what a person was talking about, everywhere; give in how many places that was."""
        with self._lock:
            theirs = [place for place in self._turns if place[1] == user_id]
            for place in theirs:
                del self._turns[place]
        return len(theirs)
