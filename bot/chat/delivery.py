"""Sending once and only once: what fails on the way is tried again, under the same name, for a while.

A message carries its question's id as its nonce, which Discord enforces: however often it is sent again, it
stands there once. An interaction can be answered once at all; "already acknowledged" after a try of ours
means that the first try had arrived. To edit or to delete twice is to do it once.
"""

import asyncio
import contextlib
import io
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.chat.reply import Removal, Reply, Response, TextModal, Update
from bot.chat.ui.layout import Card

_log = logging.getLogger(__name__)

# Discord heeds a nonce for a few minutes; discord.py lets the replies in one channel wait for one another.
_MESSAGE_DEADLINE_S = 90.0
# Discord forgets an interaction after three seconds.
_RESPONSE_DEADLINE_S = 2.6
# A request that is never answered is given up after so long, and sent again.
_RESPONSE_TRY_S, _MESSAGE_TRY_S = 1.2, 30.0
# Discord lets a thread be renamed twice in ten minutes: what is refused is not waited for.
_RENAME_TRY_S = 5.0
_FIRST_PAUSE_S = 0.15
_ACKNOWLEDGED = 40060
_UNKNOWN_INTERACTION = 10062
_NO_HISTORY = 160002
_HAS_THREAD = 160004
_GONE = (10003, 10008)
_SILENT = discord.AllowedMentions.none()

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Deferral:
    """What an interaction shows until it is answered.

    ``is_thinking``: a message that says so, which ``is_private`` or not; else nothing, and its card
    stays as it is. ``is_certain``: Discord has said that it took the deferral.
    """

    is_thinking: bool
    is_private: bool
    is_certain: bool


async def defer(interaction: discord.Interaction, *, is_private: bool) -> Deferral:
    """Acknowledge an interaction that will be answered later."""
    is_thinking = interaction.type is not discord.InteractionType.component
    send = partial(interaction.response.defer, ephemeral=is_private, thinking=is_thinking)
    return Deferral(is_thinking, is_private, await _acknowledge(interaction, send) is not None)


async def respond(
    interaction: discord.Interaction, response: Response, deferral: Deferral | None = None
) -> bool:
    """Answer an interaction, after its ``deferral`` if there was one, and say whether it is answered.

    What can't be delivered is logged, never raised.
    """
    if deferral is None or not deferral.is_certain:
        is_first = await _acknowledge(interaction, partial(_respond_once, interaction, response))
        if isinstance(response, Removal):
            delete = interaction.delete_original_response
            await _try(delete, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)
        if deferral is None or is_first is not False:
            return is_first is not None
    late = partial(_respond_late, interaction, response, deferral)
    return bool(await _try(late, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S))


async def _acknowledge(
    interaction: discord.Interaction, send: Callable[[], Awaitable[Any]]
) -> bool | None:
    """Send the first response; say whether it was the first, or None where it did not arrive in time."""

    async def send_once() -> bool:
        try:
            await send()
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED:
                raise
            return False
        return True

    return await _try(send_once, _left_s(interaction), _RESPONSE_TRY_S)


async def _respond_late(
    interaction: discord.Interaction, response: Response, deferral: Deferral
) -> bool:
    """Answer an interaction that was deferred.

    What one person alone is to see never stands for all: then the message that says that the bot is
    thinking goes first, because what follows it would take its place.
    """
    if isinstance(response, Update):
        await interaction.edit_original_response(view=response.card, allowed_mentions=_SILENT)
    elif isinstance(response, Removal):
        await interaction.delete_original_response()
    elif isinstance(response, Reply):
        if deferral.is_thinking and deferral.is_private >= response.is_private:
            await interaction.edit_original_response(**_what(response))
            return True
        if deferral.is_thinking:
            with contextlib.suppress(discord.NotFound):
                await interaction.delete_original_response()
        await interaction.followup.send(**_what(response), ephemeral=response.is_private)
    return True


async def offer(interaction: discord.Interaction, choices: list[app_commands.Choice[str]]) -> None:
    """Offer choices to somebody who types. What comes too late was given up by Discord before, and is no fault."""
    try:
        await interaction.response.autocomplete(choices)
    except discord.HTTPException as error:
        if error.code not in (_ACKNOWLEDGED, _UNKNOWN_INTERACTION):
            _log.warning("an offer was refused: status %d, code %d", error.status, error.code)
    except (discord.RateLimited, aiohttp.ClientError, OSError) as error:
        _log.warning("an offer could not be delivered: %s", type(error).__name__)


async def _respond_once(interaction: discord.Interaction, response: Response) -> None:
    if isinstance(response, Reply):
        await interaction.response.send_message(**_what(response), ephemeral=response.is_private)
    elif isinstance(response, Update):
        await interaction.response.edit_message(view=response.card, allowed_mentions=_SILENT)
    elif isinstance(response, TextModal):
        await interaction.response.send_modal(response)
    else:
        await interaction.response.defer()


def _left_s(interaction: discord.Interaction) -> float:
    return max(
        0.5,
        _RESPONSE_DEADLINE_S - (discord.utils.utcnow() - interaction.created_at).total_seconds(),
    )


async def reply(message: discord.Message, response: Reply) -> discord.Message | None:
    """Reply to a message, in a thread of it if the reply names one; give what stands there now.

    What can't be delivered is logged, never raised.
    """
    what = _what(response) | {"nonce": str(message.id), "mention_author": False}
    channel: discord.abc.Messageable = message.channel
    thread = await _open_thread(message, response.thread) if response.thread else None
    if thread is None:
        what["reference"] = message.to_reference(fail_if_not_exists=False)
    else:
        channel = thread

    async def send() -> discord.Message:
        try:
            return await channel.send(**what)
        except discord.HTTPException as error:
            if error.code != _NO_HISTORY or "reference" not in what:
                raise
            del what["reference"]
            return await channel.send(**what)

    return await _try(send, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


async def _open_thread(message: discord.Message, name: str) -> discord.abc.Messageable | None:
    """Begin a thread at a message, or find the one that was begun; None where the bot may not."""

    async def begin() -> discord.Thread | None:
        try:
            return await message.create_thread(name=name)
        except discord.HTTPException as error:
            if error.code != _HAS_THREAD or message.guild is None:
                raise
        # A thread that was begun at a message has the message's id.
        channel = await message.guild.fetch_channel(message.id)
        return channel if isinstance(channel, discord.Thread) else None

    return await _try(begin, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


async def announce(
    channel: discord.abc.Messageable,
    what: Reply,
    nonce: str,
    reference: discord.MessageReference | None,
) -> discord.Message | None:
    """Write something of the bot's own in a channel, once for a ``nonce``; give what stands there."""
    said = _what(what) | {"nonce": nonce} | ({"reference": reference} if reference else {})
    return await _try(lambda: channel.send(**said), _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


async def edit(message: discord.PartialMessage, card: Card) -> None:
    """Put a card in the place of what a message of ours says."""
    await _try(
        lambda: message.edit(content=None, view=card, allowed_mentions=_SILENT),
        _MESSAGE_DEADLINE_S,
        _MESSAGE_TRY_S,
    )


async def delete(message: discord.PartialMessage | discord.Thread) -> None:
    """Take a message of ours away, or a thread where the bot may."""
    await _try(message.delete, _MESSAGE_DEADLINE_S, _MESSAGE_TRY_S)


async def rename(thread: discord.Thread, name: str, *, closes: bool = False) -> None:
    """Name a thread that the bot began anew, in one try; ``closes`` archives it as well.

    One that is archived already can only be renamed by opening it.
    """
    is_archived = closes and not thread.archived
    await _try(lambda: thread.edit(name=name, archived=is_archived), 0.0, _RENAME_TRY_S)


def _what(response: Reply) -> dict[str, Any]:
    said: dict[str, Any] = (
        {"view": response.card} if response.card is not None else {"content": response.text}
    )
    if response.file is not None:
        name, content = response.file
        said["file"] = discord.File(io.BytesIO(content), name)
    roles = [discord.Object(response.pings)] if response.pings else False
    return said | {
        "allowed_mentions": discord.AllowedMentions(everyone=False, users=False, roles=roles)
    }


async def _try(
    send: Callable[[], Awaitable[Given]], deadline_s: float, try_s: float
) -> Given | None:
    """Send, and send again after a passing fault, until ``deadline_s`` seconds are over; one try takes ``try_s``.

    Give what came back; None where nothing did.
    """
    end = time.monotonic() + deadline_s
    pause_s = _FIRST_PAUSE_S
    while True:
        wait_s = 0.0
        try:
            async with asyncio.timeout(try_s):
                return await send()
        except discord.RateLimited as error:
            fault, wait_s = "rate limit", error.retry_after
        except discord.HTTPException as error:
            if error.code in (_ACKNOWLEDGED, *_GONE):
                return None
            if error.status < 500 and error.status != 429:
                _log.warning("a reply was refused: status %d, code %d", error.status, error.code)
                return None
            fault = f"status {error.status}"
        except (aiohttp.ClientError, OSError, RuntimeError, TypeError, KeyError) as error:
            # The last three are what discord.py makes of a closed session and of an answer that is no JSON.
            fault = type(error).__name__
        pause_s = min(pause_s * 2, 5.0) * random.uniform(0.5, 1.0)  # noqa: S311 (spreads retries, guards nothing)
        if time.monotonic() + max(pause_s, wait_s) > end:
            _log.warning("a reply could not be delivered: %s", fault)
            return None
        await asyncio.sleep(max(pause_s, wait_s))
