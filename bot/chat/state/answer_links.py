"""Which message of ours answers which question, so that the answer follows when its question is edited or deleted.

Ids in memory only, the last ten thousand; what was asked, for as long as it may be edited. While a question is being
answered, edited or deleted, the others who want to do something with the same one wait. Lives on the event loop; the
time is handed in.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.answers.conversation import Turn

# For so long after it was written, a question may be edited and its answer follows.
EDITABLE_S = 120.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stood, who asked it, and what was asked before that."""

    question: str = ""
    user_id: int = 0
    before: Turn | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """An answer: its channel and message."""

    channel: int
    message: int


class AnswerLinks:
    """Answers by the ids of the messages that asked for them."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._sent: OrderedDict[int, SentMessage] = OrderedDict()
        self._asked: OrderedDict[int, tuple[float, AskedQuestion]] = OrderedDict()
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}
        # One look into a channel's history at a time.
        self.looking = asyncio.Semaphore(1)

    def remember(
        self, question: int, sent: SentMessage, asked: AskedQuestion, now_s: float
    ) -> None:
        """Keep which message answers a question, and for a while what was asked."""
        self._sent[question] = sent
        self._sent.move_to_end(question)
        if len(self._sent) > _MOST:
            self._sent.popitem(last=False)
        self._asked[question] = now_s, asked
        self._asked.move_to_end(question)
        while next(iter(self._asked.values()))[0] < now_s - EDITABLE_S:
            self._asked.popitem(last=False)

    def find(self, question: int) -> SentMessage | None:
        """Give the answer to a question, if it is known."""
        return self._sent.get(question)

    def recall(self, question: int) -> AskedQuestion | None:
        """Give what was asked, if that was lately."""
        return self._asked.get(question, (0.0, None))[1]

    def drop(self, question: int) -> None:
        """Forget an answer that is gone."""
        self._sent.pop(question, None)
        self._asked.pop(question, None)

    def forget(self, user_id: int) -> None:
        """Forget what a person asked."""
        for question in [
            one for one, (_, asked) in self._asked.items() if asked.user_id == user_id
        ]:
            del self._asked[question]

    def is_known(self, question: int) -> bool:
        """Say whether a question was answered, or is being answered at this moment."""
        return question in self._sent or question in self._locks

    @asynccontextmanager
    async def holding(self, question: int) -> AsyncIterator[None]:
        """Keep others from the same question, in the order in which they came."""
        lock, users = self._locks.get(question, (asyncio.Lock(), 0))
        self._locks[question] = lock, users + 1
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[question]
            if users == 1:
                del self._locks[question]
            else:
                self._locks[question] = lock, users - 1
