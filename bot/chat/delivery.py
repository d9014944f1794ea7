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
# A request that is never answered is given up after so long, and sent again.
_RESPONSE_TRY_S, _MESSAGE_TRY_S = 1.2, 30.0
_FIRST_PAUSE_S = 0.15
_ACKNOWLEDGED = 40060
_NO_HISTORY = 160002


async def respond(
    interaction: discord.Interaction, text: str, card: discord.ui.LayoutView | None, *, is_private: bool
) -> None:
    """Answer an interaction; what comes too late or can't be delivered is logged, never raised."""
    what = _what(text, card) | {"ephemeral": is_private}
    await _try(lambda: interaction.response.send_message(**what), _left_s(interaction), _RESPONSE_TRY_S)


async def say_thinking(interaction: discord.Interaction) -> None:
    """Let Discord show that an answer, seen by the asker alone, will take a while."""
    await _try(lambda: interaction.response.defer(ephemeral=True, thinking=True), _left_s(interaction), _RESPONSE_TRY_S)


async def respond_late(interaction: discord.Interaction, text: str, card: discord.ui.LayoutView | None) -> None:
    """Put the answer in the place of "thinking…"."""
    what = _what(text, card)
    await _try(lambda: interaction.edit_original_response(**what), _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


def _left_s(interaction: discord.Interaction) -> float:
    return max(0.5, _RESPONSE_DEADLINE_S - (discord.utils.utcnow() - interaction.created_at).total_seconds())


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

    await _try(send, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


def _what(text: str, card: discord.ui.LayoutView | None) -> dict[str, Any]:
    said: dict[str, Any] = {"view": card} if card is not None else {"content": text}
    return said | {"allowed_mentions": discord.AllowedMentions.none()}


async def _try(send: Callable[[], Awaitable[object]], deadline_s: float, try_s: float) -> None:
    """Send, and send again after a passing fault, until ``deadline_s`` seconds are over; one try takes ``try_s``."""
    end = time.monotonic() + deadline_s
    pause_s = _FIRST_PAUSE_S
    while True:
        wait_s = 0.0
        try:
            async with asyncio.timeout(try_s):
                await send()
        except discord.RateLimited as error:
            fault, wait_s = "rate limit", error.retry_after
        except discord.HTTPException as error:
            if error.code == _ACKNOWLEDGED:
                return
            if error.status < 500 and error.status != 429:
                _log.warning("a reply was refused: status %d, code %d", error.status, error.code)
                return
            fault = f"status {error.status}"
        except (aiohttp.ClientError, OSError, RuntimeError, TypeError, KeyError) as error:
            # The last three are what discord.py makes of a closed session and of an answer that is no JSON.
            fault = type(error).__name__
        else:
            return
        pause_s = min(pause_s * 2, 5.0) * random.uniform(0.5, 1.0)  # noqa: S311 (spreads retries, guards nothing)
        if time.monotonic() + max(pause_s, wait_s) > end:
            _log.warning("a reply could not be delivered: %s", fault)
            return
        await asyncio.sleep(max(pause_s, wait_s))
