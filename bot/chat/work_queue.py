"""Work that computes, a little at a time, so that the event loop can go on and what came first is done first.

Python lets one thread compute at a time: many at once would all end late, and the event loop would hardly get a turn.
Lives on the event loop.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Given = TypeVar("Given")


class BusyError(RuntimeError):
    """More is waiting than will be done before long."""


class EndingError(RuntimeError):
    """The program ends before this could begin."""


class WorkQueue:
    """Does work in a few threads, in the order in which it came."""

    def __init__(self, workers: int, most_waiting: int) -> None:
        """Begin ``workers`` pieces at once at most, and let at most ``most_waiting`` others wait."""
        self._turns = asyncio.Semaphore(workers)
        self._most_waiting = most_waiting
        self._waiting = 0
        self._is_ending = False

    def __len__(self) -> int:
        """Count what waits and has not begun."""
        return self._waiting

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken now."""
        return self._waiting >= self._most_waiting

    async def run(self, work: Callable[[], Given]) -> Given:
        """Do work in a thread when its turn comes, and give what it gives.

        Raises BusyError where too much is waiting, and EndingError where the end comes first.
        """
        if self.is_full:
            raise BusyError
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        if self._is_ending:
            self._turns.release()
            raise EndingError
        working = asyncio.get_running_loop().run_in_executor(None, _attempt, work)
        # A thread cannot be stopped: it keeps its turn, whether somebody still waits for it or not.
        working.add_done_callback(lambda _: self._turns.release())
        return _settle(await asyncio.shield(working))

    def end(self) -> None:
        """Begin nothing more: all that waits is told, whether what has begun ends or not."""
        self._is_ending = True
        self._turns.release()


class NewestFirst:
    """Does one piece of work at a time in a thread, the newest first; what has become too old is dropped."""

    def __init__(self, patience_s: float) -> None:
        """Drop what has waited for ``patience_s`` seconds."""
        self._patience_s = patience_s
        self._is_working = False
        # When each is too old, in seconds of the monotonic clock, and whether it may begin.
        self._waiting: deque[tuple[float, asyncio.Future[bool]]] = deque()

    async def run(self, work: Callable[[], Given]) -> Given | None:
        """Do work in a thread and give what it gives; None where it was dropped."""
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((time.monotonic() + self._patience_s, turn))
        self._begin_next()
        if not await turn:
            return None
        try:
            return _settle(await asyncio.to_thread(_attempt, work))
        finally:
            self._is_working = False
            self._begin_next()

    def _begin_next(self) -> None:
        while self._waiting and not self._is_working:
            too_old_s, turn = self._waiting.pop()
            self._is_working = time.monotonic() < too_old_s
            turn.set_result(self._is_working)


@dataclass(frozen=True, slots=True)
class _Fault:
    error: Exception


def _attempt(work: Callable[[], Given]) -> Given | _Fault:
    """Do work, and give an error as a value: not every kind of error can be handed on by a future."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 (it is raised where the work was asked for)
        return _Fault(error)


def _settle(made: Given | _Fault) -> Given:
    if isinstance(made, _Fault):
        raise made.error
    return made
