"""Do something long in a thread of its own, which does not hold up the end of the program."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def run_in_thread(work: Callable[[], T]) -> "asyncio.Future[T]":
    """Run a function in a new thread; what it raises is raised where the future is awaited."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()
    # It speaks the language of whoever waits for it.
    context = copy_context()

    def settle(result: list[T], error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result[0])

    def run() -> None:
        result: list[T] = []
        fault = None
        try:
            result.append(context.run(work))
        except Exception as error:  # noqa: BLE001 (it is raised where the future is awaited)
            fault = error
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, daemon=True).start()
    return future
