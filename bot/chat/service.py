"""Keeping the bot up: start, restart, stop.

A wrong token or a refused intent ends it with the cure, because no retry would help and every identification
counts (a thousand a day cost the token). Everything else is tried again: no network at the start, a client
that an event has broken. The pauses grow to a minute, and what Discord leaves of identifications is heeded.
"""

import asyncio
import contextlib
import logging
import random
import signal
import sys
from typing import Any

import aiohttp
import discord
import discord.client
import discord.gateway
import yarl
from discord.backoff import ExponentialBackoff

from bot.chat import failures
from bot.chat.client import ArticleClient
from bot.chat.dispatcher import Dispatcher
from bot.chat.gateway import SteadyWebSocket
from bot.knowledge_base import KnowledgeBase
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.settings import Connection, Settings

_log = logging.getLogger(__name__)

FINE = 0
MISCONFIGURED = 78  # EX_CONFIG of sysexits.h: starting again will not help
_PATIENCE_S = 7.0
_LONGEST_PAUSE_S = 60.0
# So many times in a row the pause stays short: what is asked meanwhile is lost.
_FIRST_PAUSE_S, _SHORT_PAUSES = 0.5, 3
_IDENTIFICATIONS_KEPT = 50
# How long a thread that computes keeps the event loop waiting; Python's own value is five times that.
_SWITCH_S = 0.001

_HOW_TO_START = (
    "There is no token. To get one: open https://discord.com/developers/applications, make an application, open "
    "its page “Bot”, press “Reset Token”, and start again with the token in the environment variable "
    "DISCORD_TOKEN, or in a file that DISCORD_TOKEN_FILE names. No switch on that page has to be turned on. "
    "Without a token, `articlebot chat` holds the same conversation in this terminal."
)
_NOT_KNOWN = "Discord does not know this token: press “Reset Token” on the application's page “Bot” and use the new one."
_REFUSED_INTENT = (
    "Discord refuses an intent. With message_content in the settings, switch on “Message Content Intent” on the "
    "application's page “Bot”; without it, no privileged intent is asked for: install the newest version."
)


class _CappedBackoff(ExponentialBackoff[bool]):
    """discord.py waits up to 17 minutes before it reconnects; a minute is enough."""

    def delay(self) -> float:
        return min(super().delay(), _LONGEST_PAUSE_S)


def redirect(connection: Connection) -> None:
    """Let discord.py speak to other addresses than Discord's own, if the connection names some."""
    if connection.api_url:
        discord.http.Route.BASE = connection.api_url
    if connection.gateway_url:
        gateway = yarl.URL(connection.gateway_url)
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
        # A session is resumed at an address of Discord's own unless that is kept from being set.
        pinned = property(lambda _: gateway, lambda _, __: None)
        setattr(discord.gateway.DiscordWebSocket, "gateway", pinned)  # noqa: B010 (it is no attribute of the class)


async def serve(knowledge_base: KnowledgeBase, settings: Settings, connection: Connection) -> int:
    """Run until a signal ends it; give the exit code."""
    if connection.token is None:
        print(_HOW_TO_START, file=sys.stderr)  # noqa: T201 (for the one who started it)
        return MISCONFIGURED
    sys.setswitchinterval(_SWITCH_S)
    redirect(connection)
    setattr(discord.client, "ExponentialBackoff", _CappedBackoff)  # noqa: B010 (the module does not export it)
    setattr(discord.client, "DiscordWebSocket", SteadyWebSocket)  # noqa: B010 (likewise)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    stopping = asyncio.Event()
    _on_signals(stopping)
    asyncio.get_running_loop().set_exception_handler(_record_left_over)
    records, why_none = await _open_records(settings)
    try:
        dispatcher = Dispatcher(knowledge_base, settings, records, why_none)
        return await _keep_running(dispatcher, connection.token.reveal(), stopping)
    finally:
        if records is not None:
            await records.close()


async def _open_records(settings: Settings) -> tuple[Records | None, str]:
    """Open what is remembered on disk; where that can't be, say so once, and go on without."""
    if settings.records is None:
        return None, "No records are kept: the settings say so."
    try:
        return await Records.open(settings.records, settings.unanswered_days), ""
    except RecordsError as error:
        _log.warning("no votes and no unanswered questions are kept: %s", error)
        return None, f"No records are kept: {error}."


def _record_left_over(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log of what kind an error is that nobody waits for; asyncio itself would log what it says."""
    error = context.get("exception") or RuntimeError(context["message"])
    failures.record_kind(error, "doing what nobody waits for")


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stopping.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))


async def _keep_running(dispatcher: Dispatcher, token: str, stopping: asyncio.Event) -> int:
    failures_in_a_row = 0
    ended: set[asyncio.Task[None]] = set()
    while not stopping.is_set():
        client = ArticleClient(dispatcher)
        connected = asyncio.create_task(_connect(client, token))
        stop = asyncio.create_task(stopping.wait())
        served = dispatcher.in_flight.served
        await asyncio.wait([connected, stop], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if stopping.is_set():
            await _close(dispatcher, client, connected)
            break
        error = connected.exception()
        closing = asyncio.create_task(_close_when_idle(dispatcher, client))
        ended.add(closing)
        closing.add_done_callback(ended.discard)
        if (cure := _cure(error)) is not None:
            await asyncio.wait(ended)
            print(cure, file=sys.stderr)  # noqa: T201 (for the one who started it)
            return MISCONFIGURED
        failures_in_a_row = 1 if dispatcher.in_flight.served > served else failures_in_a_row + 1
        pause_s = _pause_s(failures_in_a_row)
        failures.record(
            error or RuntimeError("the connection ended"), f"connected; again in {pause_s:.1f} s"
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause_s)
    if ended:
        await asyncio.wait(ended)
    return FINE


def _pause_s(failures_in_a_row: int) -> float:
    """Say how long to wait before the next attempt; starts of several bots are spread."""
    doublings = min(max(failures_in_a_row - _SHORT_PAUSES, 0), 10)
    pause_s = min(_FIRST_PAUSE_S * float(2**doublings), _LONGEST_PAUSE_S)
    return pause_s * random.uniform(0.8, 1.2)  # noqa: S311 (it guards nothing)


async def _close_when_idle(dispatcher: Dispatcher, client: ArticleClient) -> None:
    """Close a client that has ended; what is under way still has its way to send."""
    await dispatcher.in_flight.wait_until_idle(_PATIENCE_S)
    with contextlib.suppress(Exception):
        await client.close()


async def _connect(client: ArticleClient, token: str) -> None:
    await client.login(token)
    _, _, limits = await client.http.get_bot_gateway()
    if limits["remaining"] <= _IDENTIFICATIONS_KEPT:
        _log.warning("only %d identifications are left; waiting for new ones", limits["remaining"])
        await asyncio.sleep(limits["reset_after"] / 1000 + 1)
    await client.connect()


async def _close(
    dispatcher: Dispatcher, client: ArticleClient, connected: "asyncio.Task[None]"
) -> None:
    await dispatcher.close(_PATIENCE_S)
    with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
        await asyncio.wait_for(client.close(), 2.0)
    connected.cancel()
    await asyncio.gather(connected, return_exceptions=True)


def _cure(error: BaseException | None) -> str | None:
    """Give the sentence that helps where no retry does."""
    if isinstance(error, discord.LoginFailure) or (
        isinstance(error, discord.ConnectionClosed) and error.code == 4004
    ):
        return _NOT_KNOWN
    if isinstance(error, discord.PrivilegedIntentsRequired) or (
        isinstance(error, discord.ConnectionClosed) and error.code in (4013, 4014)
    ):
        return _REFUSED_INTENT
    return None
