"""Who was told how long to wait, so that it is said once and covers all that is asked meanwhile.

In: the id of a message, and who may have been told. Out: the wait that covers the message, if one
does. A wait begins with the message that was refused and ends with the second that the line names,
by Discord's clock, which ids tell: whoever comes back then is heard. In memory only, the last ten
thousand. Lives on the event loop.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat.state.ids import id_at
from bot.chat.state.rate_limits import Cause, Refusal

# Who waits, and for what: the ids of a user and of a channel; 0 for all users, or all channels.
Waiting = tuple[Cause, int, int]

# A bound on the memory.
_MOST_WAITS = 10_000


@dataclass(eq=False, slots=True)
class ToldWait:
    """A refusal that is being said, or was: from the message with ``first_id`` on, until a second.

    ``again_at``: that second, since 1970. ``is_settled``: it is known whether it could be said.
    """

    refusal: Refusal
    waiting: Waiting
    first_id: int
    again_at: int
    is_settled: asyncio.Event = field(default_factory=asyncio.Event)

    def covers(self, message_id: int) -> bool:
        """Say whether a message was written in the time of the wait."""
        return self.first_id <= message_id < id_at(self.again_at)


class ToldWaits:
    """Which users and channels were told to wait."""

    def __init__(self, most_waits: int = _MOST_WAITS) -> None:
        """Start with nobody waiting; of more than ``most_waits``, the oldest goes."""
        self._most_waits = most_waits
        self._waits: OrderedDict[Waiting, ToldWait] = OrderedDict()

    def __len__(self) -> int:
        """Count the waits that are kept."""
        return len(self._waits)

    def find(self, message_id: int, among: Sequence[Waiting]) -> ToldWait | None:
        """Find the wait that covers a message, among those that may."""
        waits = (self._waits.get(waiting) for waiting in among)
        return next((one for one in waits if one is not None and one.covers(message_id)), None)

    async def is_told(self, message_id: int, among: Sequence[Waiting]) -> bool:
        """Say whether a message is covered; where that is being said, wait until it is."""
        while (wait := self.find(message_id, among)) is not None:
            if wait.is_settled.is_set():
                return True
            await wait.is_settled.wait()
        return False

    def tell(self, wait: ToldWait) -> None:
        """Keep that somebody is being told to wait."""
        self._waits[wait.waiting] = wait
        self._waits.move_to_end(wait.waiting)
        if len(self._waits) > self._most_waits:
            self._waits.popitem(last=False)

    def settle(self, wait: ToldWait, *, is_said: bool) -> None:
        """Keep a wait that was said, or else forget it."""
        if not is_said and self._waits.get(wait.waiting) is wait:
            del self._waits[wait.waiting]
        wait.is_settled.set()
