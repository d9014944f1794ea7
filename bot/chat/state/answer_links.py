"""Which message of the bot answers which message, so that an answer follows its question.

In: the ids of a question's message and of its answer's. Out: where the answer is, and, for as long
as the question may be edited, what was asked. In memory only, the last ten thousand. Lives on the
event loop. The time is handed in, in seconds of a monotonic clock.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from bot.answers.conversation import Turn

# For so long after it was written, a question may be edited and its answer follows.
EDITABLE_S = 120.0
# A bound on the memory.
_MOST_LINKS = 10_000


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was asked, its user's id, and the turn of the conversation before it."""

    question: str = ""
    user_id: int = 0
    before: Turn | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """Where an answer is: the ids of its channel and of its message.

    ``is_refusal``: it only says how long to wait.
    """

    channel_id: int
    message_id: int
    is_refusal: bool = False


@dataclass(slots=True)
class _CountedLock:
    """A lock, how many hold it or wait for it, and how many of those who wait delete.

    ``gone``: whether anybody waits who deletes.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    deletions: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class AnswerLinks:
    """Answers by the ids of the messages that asked for them."""

    def __init__(self) -> None:
        """Start with no answer."""
        self._sent: OrderedDict[int, SentMessage] = OrderedDict()
        # The time at which each question was remembered, and the question; the oldest first.
        self._asked: OrderedDict[int, tuple[float, AskedQuestion]] = OrderedDict()
        self._locks: dict[int, _CountedLock] = {}
        # Only one channel's history is read at a time.
        self.history_lock = asyncio.Semaphore(1)

    def remember(
        self, message_id: int, sent: SentMessage, asked: AskedQuestion, now_s: float
    ) -> None:
        """Keep which message answers a question, and for a while what was asked."""
        self._sent[message_id] = sent
        self._sent.move_to_end(message_id)
        if len(self._sent) > _MOST_LINKS:
            self._sent.popitem(last=False)
        self.remember_asked(message_id, asked, now_s)

    def remember_asked(self, message_id: int, asked: AskedQuestion, now_s: float) -> None:
        """Keep for a while what a message asked, also where the answer is another message's."""
        self._asked[message_id] = now_s, asked
        self._asked.move_to_end(message_id)
        self._drop_older(now_s - EDITABLE_S)

    def find(self, message_id: int) -> SentMessage | None:
        """Return the answer to a question, if it is known."""
        return self._sent.get(message_id)

    def recall(self, message_id: int) -> AskedQuestion | None:
        """Return what was asked, if that is recent."""
        entry = self._asked.get(message_id)
        return None if entry is None else entry[1]

    def drop(self, message_id: int) -> None:
        """Forget a question whose answer is deleted."""
        self._sent.pop(message_id, None)
        self._asked.pop(message_id, None)

    def forget(self, user_id: int) -> None:
        """Forget what a user asked."""
        message_ids = [
            message_id for message_id, (_, asked) in self._asked.items() if asked.user_id == user_id
        ]
        for message_id in message_ids:
            del self._asked[message_id]

    def is_known(self, message_id: int) -> bool:
        """Say whether a question was answered, or is being answered now."""
        return message_id in self._sent or message_id in self._locks

    @asynccontextmanager
    async def lock(self, message_id: int) -> AsyncIterator[None]:
        """Let answering, editing and deleting one question wait for one another, in order."""
        counted = self._locks.setdefault(message_id, _CountedLock())
        counted.users += 1
        try:
            async with counted.lock:
                yield
        finally:
            counted.users -= 1
            if counted.users == 0:
                del self._locks[message_id]

    @asynccontextmanager
    async def lock_gone(self, message_id: int) -> AsyncIterator[None]:
        """Do the same for a question that is gone: until it is its turn, ``is_gone_within``."""
        async with AsyncExitStack() as stack:
            with self._telling_gone(message_id):
                await stack.enter_async_context(self.lock(message_id))
            yield

    @contextmanager
    def _telling_gone(self, message_id: int) -> Iterator[None]:
        """Tell who holds the lock of a question, or waits for it, that the question is gone."""
        counted = self._locks.get(message_id) or _CountedLock()
        counted.deletions += 1
        counted.gone.set()
        try:
            yield
        finally:
            counted.deletions -= 1
            if counted.deletions == 0:
                counted.gone.clear()

    async def is_gone_within(self, message_id: int, patience_s: float) -> bool:
        """Wait with the lock of a question, at most so many seconds, until the question is gone."""
        gone = self._locks[message_id].gone
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gone.wait(), patience_s)
        return gone.is_set()

    def _drop_older(self, earliest_s: float) -> None:
        """Drop what was asked before ``earliest_s``."""
        while self._asked:
            remembered_s, _ = next(iter(self._asked.values()))
            if remembered_s >= earliest_s:
                return
            self._asked.popitem(last=False)
