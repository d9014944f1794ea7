"""The gateway's connection, which an event that can't be read does not end.

discord.py lets whatever an event makes its parsers raise end the whole client. Here such an event is passed over and
told in the log: what kind it was and where it went wrong, never what it held. Only what a session can't be without
still ends it: the greeting, and READY.
"""

import asyncio
import json
import logging
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket, WebSocketClosure

from bot.chat import failures

_log = logging.getLogger(__name__)

# What discord.py itself reconnects after.
_ENDS = (
    ReconnectWebSocket,
    WebSocketClosure,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
    asyncio.TimeoutError,
)


class SteadyWebSocket(DiscordWebSocket):
    """Goes on after a frame that can't be read."""

    _frame: Any = None

    def log_receive(self, data: Any, /) -> None:  # noqa: ANN401 (discord.py hands over what came, as text)
        """Keep the frame that is being read."""
        self._frame = data

    async def received_message(self, msg: Any, /) -> None:  # noqa: ANN401 (text, or compressed bytes)
        """Read a frame; what can't be read is told in the log and passed over."""
        sequence = self.sequence
        self._frame = None
        try:
            await super().received_message(msg)
        except _ENDS:
            raise
        except Exception as error:
            operation, event = _read_kind(self._frame)
            is_greeting = operation == self.HELLO or event == "READY"
            if self._frame is None or self.session_id is None or is_greeting:
                raise
            known = event if event in self._connection.parsers else "of no known type"
            failures.record_kind(error, f"reading an event {known}")
        if self.sequence is not None and type(self.sequence) is not int:
            self.sequence = sequence


def _read_kind(frame: Any) -> tuple[object, str]:  # noqa: ANN401 (whatever came)
    """Give the operation and the event's type of a frame, as far as it can be read."""
    try:
        payload = json.loads(frame)
        return payload.get("op"), str(payload.get("t"))
    except (AttributeError, TypeError, ValueError):
        return None, ""
