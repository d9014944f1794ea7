"""How long a person, or all in a channel, wait for the next answer where a cooldown is set.

In: the time, ids, and the cooldowns of the channel. Out: None, or a refusal. In memory only, the
last ten thousand. The time is handed in, in seconds of a monotonic clock.
"""

from collections import OrderedDict
from dataclasses import dataclass

from bot.chat.state.rate_limits import Refusal

# A bound on the memory.
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Cooldown:
    """How many seconds lie between two answers; 0: none need to."""

    person_s: float = 0.0
    channel_s: float = 0.0


NO_COOLDOWN = Cooldown()


class Cooldowns:
    """When somebody was answered last in a channel."""

    def __init__(self, most_kept: int = _MOST_KEPT) -> None:
        """Know of no answer; of more than ``most_kept``, the oldest is forgotten."""
        self._most_kept = most_kept
        # By channel and user; of all in the channel under the user 0.
        self._answered_s: OrderedDict[tuple[int, int], float] = OrderedDict()

    def refuse(
        self, now_s: float, user_id: int, channel_id: int, cooldown: Cooldown
    ) -> Refusal | None:
        """Say how long to wait for the next answer; None: not at all."""
        own_s = self._find_wait(now_s, (channel_id, user_id), cooldown.person_s)
        all_s = self._find_wait(now_s, (channel_id, 0), cooldown.channel_s)
        if max(own_s, all_s) <= 0:
            return None
        if own_s >= all_s:
            return Refusal(own_s, "cooldown")
        return Refusal(all_s, "channel_cooldown")

    def begin(self, now_s: float, user_id: int, channel_id: int) -> None:
        """Keep that somebody is answered now."""
        for key in ((channel_id, user_id), (channel_id, 0)):
            self._answered_s[key] = now_s
            self._answered_s.move_to_end(key)
            if len(self._answered_s) > self._most_kept:
                self._answered_s.popitem(last=False)

    def take_back(self, user_id: int, channel_id: int) -> None:
        """Forget an answer that was not given; the one before it lies far enough back."""
        for key in ((channel_id, user_id), (channel_id, 0)):
            self._answered_s.pop(key, None)

    def _find_wait(self, now_s: float, key: tuple[int, int], cooldown_s: float) -> float:
        answered_s = self._answered_s.get(key)
        return 0.0 if answered_s is None else answered_s + cooldown_s - now_s
