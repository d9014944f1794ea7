"""Run computations in threads: a first-in-first-out queue, and one that begins the newest first.

In: a plain function. Out: what it returns or raises. CPython runs one thread at a time (the
global interpreter lock): many computations at once would all end late, and the event loop would
hardly get a turn. So few run at once. Every method is called on the event loop.

A thread cannot be stopped. A computation keeps its turn until its thread has ended, even if its
caller was cancelled; then the turn is always handed on.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class BusyError(RuntimeError):
    """More is waiting than will be done before long."""


class EndingError(RuntimeError):
    """The program ends before this could begin."""


class WorkQueue:
    """Run computations in a few threads, first in, first out."""

    def __init__(self, workers: int, most_waiting: int) -> None:
        """Run at most ``workers`` at once, and let at most ``most_waiting`` others wait."""
        self._turns = asyncio.Semaphore(workers)
        self._most_waiting = most_waiting
        self._waiting = 0
        self._is_ending = False

    def __len__(self) -> int:
        """Count the computations that wait and have not begun."""
        return self._waiting

    @property
    def is_full(self) -> bool:
        """Whether the next computation would be refused."""
        return self._waiting >= self._most_waiting

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` in a thread when its turn comes, and return its result.

        Raises BusyError where too much is waiting, EndingError where the queue ends first, and
        what ``work`` raises.
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
        return await _run_in_thread(work, self._turns.release)

    def end(self) -> None:
        """Begin nothing more: all that waits raises EndingError, however long what runs takes."""
        self._is_ending = True
        self._turns.release()


class NewestFirst:
    """Run one computation at a time in a thread, last in, first out; drop what is too old."""

    def __init__(self, patience_s: float) -> None:
        """Drop what has waited for ``patience_s`` seconds."""
        self._patience_s = patience_s
        self._is_working = False
        # The deadline of each (time.monotonic), and a future that says whether it may begin.
        self._waiting: deque[tuple[float, asyncio.Future[bool]]] = deque()

    async def run(self, work: Callable[[], T]) -> T | None:
        """Run ``work`` in a thread and return its result; None where it was dropped."""
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        deadline_s = time.monotonic() + self._patience_s
        self._waiting.append((deadline_s, turn))
        self._begin_next()
        try:
            may_begin = await turn
        except asyncio.CancelledError:
            # The turn may have been given just before the cancellation.
            if not turn.cancelled() and turn.result():
                self._end_turn()
            raise
        if not may_begin:
            return None
        return await _run_in_thread(work, self._end_turn)

    def _begin_next(self) -> None:
        """Give the turn to the newest that still waits, and drop what is too old."""
        while self._waiting and not self._is_working:
            deadline_s, turn = self._waiting.pop()
            # A caller that was cancelled waits no more.
            if turn.done():
                continue
            self._is_working = time.monotonic() < deadline_s
            turn.set_result(self._is_working)

    def _end_turn(self) -> None:
        self._is_working = False
        self._begin_next()


@dataclass(frozen=True, slots=True)
class _Failure:
    error: Exception


async def _run_in_thread(work: Callable[[], T], release: Callable[[], None]) -> T:
    """Run ``work`` in a thread and return its result; call ``release`` when the thread has ended.

    That is so even where the caller is cancelled meanwhile, or where no thread can be started.
    """
    loop = asyncio.get_running_loop()
    # It speaks the language of whoever waits for it.
    context = copy_context()
    try:
        running = loop.run_in_executor(None, context.run, _attempt, work)
    except RuntimeError:
        release()
        raise
    running.add_done_callback(lambda _: release())
    outcome = await asyncio.shield(running)
    if isinstance(outcome, _Failure):
        raise outcome.error
    return outcome


def _attempt(work: Callable[[], T]) -> T | _Failure:
    """Return an error as a value: a future cannot hold every kind of error (StopIteration)."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 (the caller raises it again)
        return _Failure(error)
