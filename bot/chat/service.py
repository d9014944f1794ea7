"""Keep the bot running: start, restart, stop.

In: the knowledge base, the settings, the connection. Out: an exit code.

A wrong token or a refused intent ends it with a sentence that helps, because no retry would, and
every identification counts: after a thousand a day Discord resets the token. After any other error
a new client is started: when there is no network, or when an event has broken the client. The
pauses grow to nearly a minute. Nothing is identified when Discord says that few identifications are
left, or when ``identify_budget`` is spent.
"""

import asyncio
import contextlib
import logging
import os
import random
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import discord

from bot.chat import delivery, failures
from bot.chat.article_news import sharing_articles
from bot.chat.client import ArticleClient
from bot.chat.dispatcher import LEAVING_S, Dispatcher
from bot.chat.gateway import adapt_discord
from bot.chat.heard_keeper import HeardKeeper
from bot.chat.identify_budget import BudgetSpentError
from bot.chat.monitoring.monitor import Monitor
from bot.chat.service_manager import ServiceManager
from bot.chat.sharded_client import ShardedClient
from bot.environment import Connection
from bot.knowledge_base import KnowledgeBase
from bot.records.heard import HeardFile
from bot.records.model import RecordsError
from bot.records.postgres_address import parse_address
from bot.records.store import Records
from bot.records.told import ToldFile
from bot.settings import Settings
from bot.sharding import Sharding
from bot.texts import notices
from bot.texts import service as texts

_log = logging.getLogger(__name__)

FINE = 0
# EX_CONFIG of sysexits.h: another start will not help.
MISCONFIGURED = 78

# What is in flight has so long to be finished at the end: service managers kill after ten seconds.
_PATIENCE_S = 7.0
# A client that has ended is kept for so long while something is in flight, which may be its own.
_KEPT_S = delivery.MESSAGE_DEADLINE_S + 10.0
# Closing the connection may take so long.
_CLOSE_S = 2.0
# The pause before another client is started. It stays short for a few times in a row, because who
# asks meanwhile waits.
_FIRST_PAUSE_S = 0.5
_SHORT_PAUSES = 3
_LONGEST_PAUSE_S = 50.0
# More doublings would overflow, and all of them are above the longest pause.
_MOST_DOUBLINGS = 10
# With so few identifications left, the bot waits for new ones.
_IDENTIFICATIONS_KEPT = 50
# How long a thread that computes keeps the event loop waiting; Python's default is five times that.
_SWITCH_INTERVAL_S = 0.001

# Close codes of the gateway.
_AUTHENTICATION_FAILED = 4004
_INVALID_SHARD = 4010
_SHARDING_REQUIRED = 4011
_INVALID_INTENTS = 4013
_DISALLOWED_INTENTS = 4014


class MoreShardsError(Exception):
    """Discord recommends more shards than there are.

    Attributes:
        count: How many it recommends.

    """

    def __init__(self, count: int) -> None:
        """Keep how many."""
        super().__init__(f"{count} shards from now on, as Discord recommends")
        self.count = count


def run(knowledge_base: KnowledgeBase, settings: Settings, connection: Connection) -> int:
    """Run until a signal ends it, on an event loop of its own; return the exit code."""
    code = asyncio.run(serve(knowledge_base, settings, connection))
    # Python gives back its handlers before it ends; a signal would then look like a failure.
    for number in _list_signals():
        signal.signal(number, signal.SIG_IGN)
    return code


async def serve(knowledge_base: KnowledgeBase, settings: Settings, connection: Connection) -> int:
    """Run until a signal ends it; return the exit code."""
    if connection.token is None:
        _tell_operator(texts.NO_TOKEN)
        return MISCONFIGURED
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    adapt_discord(connection)
    stopping = asyncio.Event()
    _on_signals(stopping.set)
    asyncio.get_running_loop().set_exception_handler(_record_unhandled)
    records, why_none = await _open_records(settings)
    try:
        manager = ServiceManager(os.environ)
        dispatcher = Dispatcher(knowledge_base, settings, records, why_none, manager)
        token = connection.token.reveal()
        await dispatcher.channel_settings.load()
        async with (
            Monitor(dispatcher) as monitor,
            _keeping_state(dispatcher, token),
            _running(dispatcher.day_counter.keep()),
            sharing_articles(dispatcher),
            _running(dispatcher.channel_settings.follow()),
        ):
            code = await _keep_running(dispatcher, monitor, token, stopping)
    finally:
        if records is not None:
            await records.close()
    _end_on_signals(code)
    return code


async def _open_records(settings: Settings) -> tuple[Records | None, str]:
    """Open the records; without them, return the sentence that says why there are none."""
    folder, url = settings.records, settings.records_url
    if folder is None:
        return None, notices.RECORDS_ARE_OFF
    try:
        if url is None:
            records = await Records.open(folder, settings.unanswered_days)
        else:
            address = parse_address(url.reveal())
            records = await Records.connect(address, settings.unanswered_days)
    except RecordsError as error:
        _log.warning("no votes and no unanswered questions are kept: %s", error)
        return None, notices.RECORDS_FAILED(fault=error)
    return records, ""


@asynccontextmanager
async def _keeping_state(dispatcher: Dispatcher, token: str) -> AsyncIterator[None]:
    """Keep beside the records, if there are any, what was heard last and what was told."""
    folder = dispatcher.state_folder
    if dispatcher.records is None or folder is None:
        yield
        return
    # Where that fails, so does what is written there, which is told.
    with contextlib.suppress(OSError):
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    await dispatcher.messages.barred_channels.keep_in(ToldFile(folder, token))
    keeper = HeardKeeper(dispatcher.last_heard, HeardFile(folder, token))
    await keeper.restore()
    async with _running(keeper.keep()):
        yield


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let something run beside, and wait at the end until it has ended."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _record_unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log the type of an error that nothing awaits; asyncio itself would log what it says."""
    error = context.get("exception") or RuntimeError(context["message"])
    failures.record_kind(error, "doing what nobody waits for")


def _list_signals() -> list[signal.Signals]:
    """List the signals that end the bot; SIGBREAK exists on Windows only."""
    names = ("SIGINT", "SIGTERM", "SIGBREAK")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in _list_signals():
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _end_on_signals(code: int) -> None:
    """Let a further signal end the process at once, and as it was ending: all is done by now.

    Python would end it as if it had failed.
    """

    def end(*_: object) -> None:
        logging.shutdown()
        os._exit(code)

    loop = asyncio.get_running_loop()
    for number in _list_signals():
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.remove_signal_handler(number)
        signal.signal(number, end)


async def _keep_running(
    dispatcher: Dispatcher, monitor: Monitor, token: str, stopping: asyncio.Event
) -> int:
    """Start one client after another until ``stopping`` is set, or no other start would help."""
    failures_in_a_row = 0
    leave = None
    closing: set[asyncio.Task[None]] = set()
    ended = asyncio.Event()
    cure = None
    while not stopping.is_set():
        client = _make_client(dispatcher)
        monitor.watch(client)
        served_before = dispatcher.in_flight.served
        connected = asyncio.create_task(_connect(client, token))
        leave = partial(_leave, client, connected)
        await _wait_for_either(connected, stopping)
        client.end_catch_up()
        task = asyncio.create_task(_close_when_idle(dispatcher, client, connected, ended))
        closing.add(task)
        task.add_done_callback(closing.discard)
        if stopping.is_set():
            break
        error = connected.exception()
        dispatcher.gateway.end_sessions()
        if isinstance(error, MoreShardsError):
            _log.info("%s", error)
            dispatcher.reshard(Sharding(error.count, tuple(range(error.count))))
            continue
        cure = _find_cure(error, dispatcher.sharding)
        if cure is not None:
            break
        has_served = dispatcher.in_flight.served > served_before
        failures_in_a_row = 1 if has_served else failures_in_a_row + 1
        await _pause(error, failures_in_a_row, stopping)
    monitor.stop()
    await dispatcher.close(_PATIENCE_S, leave)
    ended.set()
    if closing:
        await asyncio.wait(closing)
    if cure is None:
        return FINE
    _tell_operator(cure)
    return MISCONFIGURED


async def _wait_for_either(task: "asyncio.Task[Any]", event: asyncio.Event) -> None:
    """Wait until a task has ended, or an event has come."""
    coming = asyncio.create_task(event.wait())
    await asyncio.wait([task, coming], return_when=asyncio.FIRST_COMPLETED)
    coming.cancel()


async def _pause(
    error: BaseException | None, failures_in_a_row: int, stopping: asyncio.Event
) -> None:
    """Log why a client has ended, and wait before the next one is started."""
    pause_s = _pause_s(failures_in_a_row)
    if isinstance(error, BudgetSpentError):
        pause_s = error.wait_s
        _log.warning("%s", error)
    else:
        error = error or RuntimeError("the connection ended")
        failures.record(error, f"connected; again in {pause_s:.1f} s")
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), pause_s)


def _pause_s(failures_in_a_row: int) -> float:
    """Return how many seconds to wait before the next start; those of several bots are spread."""
    doublings = max(failures_in_a_row - _SHORT_PAUSES, 0)
    doublings = min(doublings, _MOST_DOUBLINGS)
    factor = float(2**doublings)
    pause_s = min(_FIRST_PAUSE_S * factor, _LONGEST_PAUSE_S)
    return pause_s * random.uniform(0.8, 1.1)  # noqa: S311 (it guards nothing)


async def _close_when_idle(
    dispatcher: Dispatcher,
    client: ArticleClient,
    connected: "asyncio.Task[None]",
    ended: asyncio.Event,
) -> None:
    """Close a client when nothing is in flight, or the program has ``ended``.

    What it was asked is sent through it: another client can't do that. One that is still connected
    is asked until the end.
    """
    if connected.done():
        idle = asyncio.create_task(dispatcher.in_flight.wait_until_idle(_KEPT_S))
        await _wait_for_either(idle, ended)
        idle.cancel()
    else:
        await ended.wait()
    with contextlib.suppress(Exception):
        await asyncio.wait_for(client.close(), _CLOSE_S)
    connected.cancel()
    await asyncio.gather(connected, return_exceptions=True)


async def _leave(client: ArticleClient, connected: "asyncio.Task[None]") -> None:
    """End the connections of a client, which serves what was sent before."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LEAVING_S):
            connected.cancel()
            await asyncio.wait([connected])
            await client.leave()


def _make_client(dispatcher: Dispatcher) -> ArticleClient:
    """Make a client of one shard, or of several."""
    is_sharded = dispatcher.sharding.count > 1
    return ShardedClient(dispatcher) if is_sharded else ArticleClient(dispatcher)


async def _connect(client: ArticleClient, token: str) -> None:
    """Connect when enough sessions may be begun.

    Raises MoreShardsError where Discord recommends more shards, and the settings name none.
    """
    await client.login(token)
    recommended, _, limits = await client.http.get_bot_gateway()
    dispatcher = client.dispatcher
    sharding = dispatcher.sharding
    if recommended > sharding.count:
        if not sharding.is_fixed:
            raise MoreShardsError(recommended)
        _log.warning("%s", texts.MORE_SHARDS(recommended, own=sharding.count))
    dispatcher.identify_budget.share(limits["total"], sharding)
    remaining = limits["remaining"]
    if remaining < _IDENTIFICATIONS_KEPT + len(sharding.ids):
        _log.warning("only %d identifications are left; waiting for new ones", remaining)
        reset_after_s = limits["reset_after"] / 1000
        await asyncio.sleep(reset_after_s + 1)
    if isinstance(client, ShardedClient):
        client.allow_at_once(limits["max_concurrency"])
    await client.connect()


def _find_cure(error: BaseException | None, sharding: Sharding) -> str | None:
    """Return the sentence that helps where no other start does; None where one may help."""
    close_code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or close_code == _AUTHENTICATION_FAILED:
        return texts.UNKNOWN_TOKEN
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return texts.REFUSED_INTENT
    if close_code in (_INVALID_INTENTS, _DISALLOWED_INTENTS):
        return texts.REFUSED_INTENT
    # Without settings, the next start has as many shards as Discord recommends by then.
    if close_code == _SHARDING_REQUIRED and sharding.is_fixed:
        return texts.MORE_SHARDS_NEEDED
    if close_code == _INVALID_SHARD:
        return texts.WRONG_SHARD(ids=sharding.name_ids(), count=sharding.count)
    return None


def _tell_operator(sentence: str) -> None:
    """Tell whoever started the program, or reads its log, why it ends."""
    _log.critical("%s", sentence)
