"""Read the folder of articles again, and tell what came of it."""

import asyncio
import contextlib
import math
import threading
from collections.abc import Callable
from functools import partial

from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_reload_report
from bot.reloading import NothingChangedError, Reload, ReloadRunningError
from bot.texts import replies


async def reload_articles(dispatcher: Dispatcher, confirmation: str = "") -> Reply:
    """Reload, and report it privately; ``confirmation`` as in ``KnowledgeBase.reload``."""
    work = partial(dispatcher.knowledge_base.reload, confirmation)
    try:
        with dispatcher.service_manager.reloading():
            done = await _in_thread(work)
    except ReloadRunningError as error:
        seconds = round(error.since_s)
        running = replies.RELOAD_RUNNING(seconds) if seconds else replies.RELOAD_BEGAN_NOW
        return Reply(running, is_private=True)
    except NothingChangedError as error:
        text = replies.NOTHING_CHANGED_SINCE(math.ceil(error.wait_s))
        return Reply(text, is_private=True)
    card = await asyncio.to_thread(make_reload_report, done)
    return Reply(card=card, is_private=True)


def _in_thread(work: Callable[[], Reload]) -> "asyncio.Future[Reload]":
    """Do something long in a thread that does not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Reload] = loop.create_future()

    def settle(result: Reload | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        elif result is not None:
            future.set_result(result)

    def run() -> None:
        result, fault = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 (it is raised where the future is awaited)
            fault = error
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, daemon=True).start()
    return future
