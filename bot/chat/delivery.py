"""Sending once and only once: what fails on the way is tried again, under the same name, for a while.

A message carries its question's id as its nonce, which Discord enforces: however often it is sent again, it
stands there once. An interaction can be answered once at all; "already acknowledged" after a try of ours
means that the first try had arrived.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

_log = logging.getLogger(__name__)

# Discord heeds a nonce for a few minutes; discord.py lets the replies in one channel wait for one another.
_MESSAGE_DEADLINE_S = 90.0
# Discord forgets an interaction after three seconds.
_RESPONSE_DEADLINE_S = 2.6
_FIRST_PAUSE_S = 0.15
_NOT_FOUND = (10003, 10008, 10062)
_ACKNOWLEDGED = 40060
_NO_HISTORY = 160002


async def respond(
    interaction: discord.Interaction, text: str, card: discord.ui.LayoutView | None, *, is_private: bool
) -> None:
    """Answer an interaction; what comes too late or can't be delivered is logged, never raised."""
    what: dict[str, Any] = _what(text, card) | {"ephemeral": is_private}
    left_s = _RESPONSE_DEADLINE_S - (discord.utils.utcnow() - interaction.created_at).total_seconds()
    if interaction.response.is_done():
        await _try(lambda: interaction.edit_original_response(**_what(text, card)), _MESSAGE_DEADLINE_S)
    else:
        await _try(lambda: interaction.response.send_message(**what), max(0.5, left_s))


async def reply(message: discord.Message, text: str, card: discord.ui.LayoutView | None) -> None:
    """Reply to a message, pinging nobody; what can't be delivered is logged, never raised."""
    what = _what(text, card) | {"nonce": str(message.id), "mention_author": False}
    what["reference"] = message.to_reference(fail_if_not_exists=False)

    async def send() -> None:
        try:
            await message.channel.send(**what)
        except discord.HTTPException as error:
            if error.code != _NO_HISTORY or "reference" not in what:
                raise
            del what["reference"]
            await message.channel.send(**what)

    await _try(send, _MESSAGE_DEADLINE_S)


def _what(text: str, card: discord.ui.LayoutView | None) -> dict[str, Any]:
    said: dict[str, Any] = {"view": card} if card is not None else {"content": text}
    return said | {"allowed_mentions": discord.AllowedMentions.none()}


async def _try(send: Callable[[], Awaitable[object]], deadline_s: float) -> None:
    """Send, and send again after a passing fault, until ``deadline_s`` seconds are over."""
    end = time.monotonic() + deadline_s
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            await send()
        except discord.HTTPException as error:
            if error.code == _ACKNOWLEDGED:
                return
            if error.status < 500:
                _log.warning("a reply was refused: status %d, code %d", error.status, error.code)
                return
            fault = f"status {error.status}"
        except (aiohttp.ClientError, OSError, TimeoutError, discord.RateLimited) as error:
            fault = type(error).__name__
        else:
            return
        pause_s = min(pause_s * 2, 5.0) * random.uniform(0.5, 1.0)  # noqa: S311 (spreads retries, guards nothing)
        if time.monotonic() + pause_s > end:
            _log.warning("a reply could not be delivered: %s", fault)
            return
        await asyncio.sleep(pause_s)
