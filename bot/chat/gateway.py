"""Where discord.py's connection is adapted.

1. An event that can't be read does not end the client. discord.py lets whatever an event makes its
   parsers raise end the whole client. Here such an event is passed over and logged: its type and
   where it failed, never what it held. Only what a session can't be without still ends it: HELLO
   and READY.
2. A connection can be dropped without waiting for the other side, or left without losing what was
   sent before. Whether anything comes through it can be seen.
3. Pauses before a reconnection are less than a minute.
4. The addresses of Discord may be others.
"""

import asyncio
import contextlib
import json
import logging
import socket
from typing import Any, Self

import aiohttp
import discord
import discord.client
import discord.gateway
import yarl
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket, ReconnectWebSocket, WebSocketClosure

from bot.chat import failures
from bot.chat.identify_budget import BudgetSpentError
from bot.environment import Connection

_log = logging.getLogger(__name__)

# discord.py would wait up to 17 minutes before it reconnects.
_LONGEST_PAUSE_S = 50.0
# To greet and to take a session up again takes a second. A server that does not is tried again.
_GREETING_S = 20.0
# Discord's interval of heartbeats.
_HEARTBEAT_INTERVAL_S = 41.25
# What a frame holds that ends a session: its code, as two bytes.
_GOODBYE = aiohttp.WSCloseCode.OK.to_bytes(2, "big")
# Errors after which a client reconnects by itself.
CONNECTION_ERRORS = (
    ReconnectWebSocket,
    WebSocketClosure,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
    asyncio.TimeoutError,
)


class SteadyWebSocket(DiscordWebSocket):
    """A web socket that goes on after a frame that can't be read."""

    _frame: Any = None
    # How many frames have come.
    frames = 0

    @classmethod
    async def from_client(cls, client: discord.Client, **options: Any) -> Self:  # noqa: ANN401
        """Connect, and begin or resume a session. Raises TimeoutError where nobody answers."""
        async with asyncio.timeout(_GREETING_S):
            return await super().from_client(client, **options)

    @property
    def heartbeat_interval_s(self) -> float:
        """How often a heartbeat is sent, which Discord answers."""
        interval_s = self._keep_alive.interval if self._keep_alive is not None else None
        return interval_s or _HEARTBEAT_INTERVAL_S

    def drop(self) -> None:
        """End the connection at once. discord.py then resumes the session.

        To close it in good order would mean to wait for the other side, which may be gone.
        """
        plug = self.socket.get_extra_info("socket")
        if plug is not None:
            with contextlib.suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)

    def abandon(self) -> None:
        """End the connection at once, and send no heartbeat any more."""
        if self._keep_alive is not None:
            self._keep_alive.stop()
        self.drop()

    async def leave(self) -> None:
        """End the connection in good order, when nothing else reads from it any more.

        aiohttp would pass over what comes before the other side agrees. Here it is read: nobody
        sends it again.
        """
        if not self.open:
            return
        if self._keep_alive is not None:
            self._keep_alive.stop()
        self._close_code = aiohttp.WSCloseCode.OK
        try:
            with contextlib.suppress(*CONNECTION_ERRORS):
                await self.socket.send_frame(_GOODBYE, aiohttp.WSMsgType.CLOSE)
                while True:
                    await self.poll_event()
        finally:
            # The other side may be gone.
            self.drop()

    async def identify(self) -> None:
        """Begin a session; where that may not be, end the connection."""
        try:
            await super().identify()
        except BudgetSpentError:
            self.abandon()
            raise

    def log_receive(self, data: Any, /) -> None:  # noqa: ANN401 (discord.py hands over text)
        """Keep the frame that is being read."""
        self._frame = data

    async def received_message(self, msg: Any, /) -> None:  # noqa: ANN401 (text or bytes)
        """Read a frame; pass over one that can't be read, and log its type."""
        self.frames += 1
        sequence = self.sequence
        self._frame = None
        try:
            await super().received_message(msg)
        except CONNECTION_ERRORS:
            raise
        except Exception as error:
            operation, event = _read_kind(self._frame)
            is_start = operation == self.HELLO or event == "READY"
            if self._frame is None or self.session_id is None or is_start:
                raise
            is_known = event in self._connection.parsers
            shown = event if is_known else "of no known type"
            failures.record_kind(error, f"reading an event {shown}")
        # A sequence that is no number would be refused when the session is resumed.
        if self.sequence is not None and type(self.sequence) is not int:
            self.sequence = sequence


class CappedBackoff(ExponentialBackoff[bool]):
    """A backoff with shorter pauses."""

    def delay(self) -> float:
        """Return the next pause, in seconds."""
        return min(super().delay(), _LONGEST_PAUSE_S)


def adapt_discord(connection: Connection) -> None:
    """Let discord.py use what this module defines, and the addresses of a connection, if any."""
    setattr(discord.client, "ExponentialBackoff", CappedBackoff)  # noqa: B010 (it is not exported)
    setattr(discord.client, "DiscordWebSocket", SteadyWebSocket)  # noqa: B010 (likewise)
    # Nobody speaks here, so nobody need be warned that the libraries for that are missing.
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False
    if connection.api_url:
        discord.http.Route.BASE = connection.api_url
    if connection.gateway_url:
        _pin_gateway(yarl.URL(connection.gateway_url))


def _pin_gateway(url: yarl.URL) -> None:
    DiscordWebSocket.DEFAULT_GATEWAY = url
    # A session is resumed at an address that Discord names, unless that is kept from being set.
    pinned = property(lambda _: url, lambda _, __: None)
    setattr(DiscordWebSocket, "gateway", pinned)  # noqa: B010 (the class has no such attribute)


def _read_kind(frame: Any) -> tuple[object, str]:  # noqa: ANN401 (whatever came)
    """Read the operation and the event's type of a frame, as far as it can be read."""
    try:
        payload = json.loads(frame)
        return payload.get("op"), str(payload.get("t"))
    except (AttributeError, TypeError, ValueError):
        return None, ""
