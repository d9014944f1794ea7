"""Send responses to Discord, each once and only once.

In: a response, and the interaction or message that it answers. Out: whether it was delivered, or
the message that was sent. What can't be delivered is logged, never raised.

A message carries as its nonce the id of the message that asked, which Discord enforces: however
often it is sent again, it stands there once. What is written anew after an edit has another one. An
interaction can be acknowledged once at all; "already acknowledged" after a try of ours means that
the first try had arrived.
"""

import contextlib
import io
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.chat.reply import Removal, Reply, Response, Update
from bot.chat.retry import (
    ALREADY_ACKNOWLEDGED,
    UNKNOWN_MESSAGE,
    Undelivered,
    send_with_retries,
)
from bot.chat.state.channel_turns import CHANNEL_TURNS
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.ui.layout import Card
from bot.texts import notices

_log = logging.getLogger(__name__)

# Discord heeds a nonce for a few minutes. The replies in one channel wait for one another.
MESSAGE_DEADLINE_S = 90.0
# A request that is never answered is given up after so long, and sent again.
_MESSAGE_TRY_S = 30.0
# Discord forgets an interaction after three seconds.
_RESPONSE_DEADLINE_S = 2.6
# Two tries fit into the deadline.
_RESPONSE_TRY_S = 1.2
# One that arrived late is tried all the same: the clocks may differ.
_LEAST_RESPONSE_S = 0.5
# Where nothing can be written, a mark is all that is said.
_REACTION_DEADLINE_S = 30.0
_REACTION_TRY_S = 5.0
# An interaction of another age was made by another clock.
_OLDEST_INTERACTION_S = 60.0
# Discord lets a thread be renamed twice in ten minutes, for which it is not waited; faults pass
# sooner.
_RENAME_DEADLINE_S = 30.0
_RENAME_TRY_S = 5.0

# Codes of Discord's JSON errors.
_UNKNOWN_INTERACTION = 10062
_CANNOT_READ_HISTORY = 160002
_THREAD_EXISTS = 160004

_NO_MENTIONS = discord.AllowedMentions.none()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deferral:
    """What an interaction shows until it is answered.

    ``is_thinking``: a message that says so, which ``is_private`` or not; otherwise nothing, and
    the card stays as it is. ``is_certain``: Discord has said that it took the deferral.
    """

    is_thinking: bool
    is_private: bool
    is_certain: bool


async def defer(interaction: discord.Interaction, *, is_private: bool) -> Deferral:
    """Acknowledge an interaction that will be answered later."""
    is_thinking = interaction.type is not discord.InteractionType.component
    send = partial(interaction.response.defer, ephemeral=is_private, thinking=is_thinking)
    is_first = await _acknowledge(interaction, send)
    return Deferral(is_thinking, is_private, is_certain=not isinstance(is_first, Undelivered))


async def respond(
    interaction: discord.Interaction, response: Response, deferral: Deferral | None = None
) -> bool:
    """Answer an interaction, after its ``deferral`` if there was one; say whether it worked."""
    return await try_to_respond(interaction, response, deferral) is None


async def try_to_respond(
    interaction: discord.Interaction, response: Response, deferral: Deferral | None = None
) -> Undelivered | None:
    """Do the same; return why it was not delivered, None where it was."""
    if deferral is None or not deferral.is_certain:
        is_first = await _acknowledge(interaction, partial(_respond_first, interaction, response))
        if isinstance(response, Removal):
            await _send_message(interaction.delete_original_response)
        if deferral is None or is_first is True:
            return is_first if isinstance(is_first, Undelivered) else None
        if isinstance(is_first, Undelivered):
            settled = await _settle(interaction, response, deferral, is_first)
            if settled is not None:
                return settled.why
        # A deferral that did arrive was the first; then the answer comes after it.
    send = partial(_respond_later, interaction, response, deferral)
    sent = await send_with_retries(send, deadline_s=MESSAGE_DEADLINE_S, try_s=_MESSAGE_TRY_S)
    return sent if isinstance(sent, Undelivered) else None


@dataclass(frozen=True, slots=True)
class _Settled:
    """That nothing more is to be sent: ``why`` nothing was delivered, None where it was."""

    why: Undelivered | None


async def _settle(
    interaction: discord.Interaction, response: Response, deferral: Deferral, why: Undelivered
) -> _Settled | None:
    """Settle a response whose deferral is uncertain; None where it may be sent as if that arrived.

    Nobody knows what arrived where no try was answered in time. Then most responses take the place
    of the first one, which is that deferral or the response itself. A reply to a press does not:
    Discord is asked whether the card or the reply is what answers the press.
    """
    if not why.is_late:
        return _Settled(why)
    if deferral.is_thinking or not isinstance(response, Reply):
        return None
    first = await send_with_retries(
        interaction.original_response,
        deadline_s=MESSAGE_DEADLINE_S,
        try_s=_MESSAGE_TRY_S,
        what="what answers a press",
    )
    if isinstance(first, Undelivered):
        return _Settled(why)
    card = interaction.message
    is_deferred = card is not None and card.id == first.id
    return None if is_deferred else _Settled(None)


async def offer(interaction: discord.Interaction, choices: list[app_commands.Choice[str]]) -> None:
    """Offer choices to a user who types, in one try.

    Discord gives up what comes too late; that is no fault.
    """
    try:
        await interaction.response.autocomplete(choices)
    except discord.HTTPException as error:
        is_late = error.code in (ALREADY_ACKNOWLEDGED, _UNKNOWN_INTERACTION)
        if not is_late:
            _log.warning("an offer was refused: status %d, code %d", error.status, error.code)
    except (discord.RateLimited, aiohttp.ClientError, OSError) as error:
        _log.warning("an offer could not be delivered: %s", type(error).__name__)


async def reply(
    message: discord.Message,
    response: Reply,
    nonces: Sequence[str],
    *,
    deadline_s: float | None = None,
) -> discord.Message | Undelivered:
    """Reply to a message, in a thread of it if the reply names one; return what was sent.

    It is sent once per nonce, with the first of ``nonces`` under which no message was deleted.
    After ``deadline_s`` it is given up; usually after the time that messages are worth.
    """
    arguments = _make_arguments(response)
    unused = list(nonces)
    arguments["nonce"] = unused.pop(0)
    arguments["mention_author"] = False
    channel: discord.abc.Messageable = message.channel
    thread = None
    if response.thread:
        thread = await _open_thread(message, response.thread)
    if thread is None:
        arguments["reference"] = message.to_reference(fail_if_not_exists=False)
    else:
        channel = thread

    async def send() -> discord.Message:
        try:
            return await channel.send(**arguments)
        except discord.HTTPException as error:
            if error.code == _CANNOT_READ_HISTORY and "reference" in arguments:
                # A reply needs the permission to read the history; a plain message does not.
                del arguments["reference"]
            elif error.code == UNKNOWN_MESSAGE and unused:
                # What was sent under this nonce was deleted since.
                arguments["nonce"] = unused.pop(0)
            else:
                raise
            return await send()

    if deadline_s is None:
        deadline_s = MESSAGE_DEADLINE_S
    # A thread that was begun at a message has the message's id.
    channel_id = message.channel.id if thread is None else message.id
    return await send_with_retries(
        send,
        deadline_s=deadline_s,
        try_s=min(_MESSAGE_TRY_S, deadline_s),
        take_turn=partial(CHANNEL_TURNS.turn, channel_id),
    )


async def react(message: discord.Message, emoji: str) -> None:
    """Mark a message with an emoji, if that is possible soon."""
    send = partial(message.add_reaction, emoji)
    await send_with_retries(send, deadline_s=_REACTION_DEADLINE_S, try_s=_REACTION_TRY_S)


async def announce(
    channel: discord.abc.Messageable,
    response: Reply,
    nonce: str,
    reference: discord.MessageReference | None,
) -> discord.Message | None:
    """Write a message of the bot's own in a channel, once per ``nonce``; return what was sent."""

    async def send() -> discord.Message:
        # What is sent again needs its file anew.
        arguments = _make_arguments(response)
        arguments["nonce"] = nonce
        if reference is not None:
            arguments["reference"] = reference
        return await channel.send(**arguments)

    return await _send_message(send)


async def edit(message: discord.PartialMessage, card: Card) -> Undelivered | None:
    """Replace what a message of the bot says by a card; return why not, None where it was done."""
    send = partial(message.edit, content=None, view=card, allowed_mentions=_NO_MENTIONS)
    edited = await send_with_retries(send, deadline_s=MESSAGE_DEADLINE_S, try_s=_MESSAGE_TRY_S)
    return edited if isinstance(edited, Undelivered) else None


async def delete(message: discord.PartialMessage | discord.Thread) -> None:
    """Delete a message of the bot, or a thread where the bot may."""
    await _send_message(message.delete)


async def rename(thread: discord.Thread, name: str, *, closes: bool = False) -> None:
    """Rename a thread that the bot began, if that is possible soon; ``closes`` archives it as well.

    An archived thread can only be renamed by opening it.
    """
    is_archived = closes and not thread.archived
    send = partial(thread.edit, name=name, archived=is_archived)
    await send_with_retries(send, deadline_s=_RENAME_DEADLINE_S, try_s=_RENAME_TRY_S)


async def _acknowledge(
    interaction: discord.Interaction, send: Callable[[], Awaitable[object]]
) -> bool | Undelivered:
    """Send the first response to an interaction.

    Returns True where it was the first, False where another one had arrived before it, and why
    where it is not known to have arrived in time.
    """

    async def send_once() -> bool:
        try:
            await send()
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            return False
        return True

    deadline_s = _find_response_deadline(interaction)
    return await send_with_retries(send_once, deadline_s=deadline_s, try_s=_RESPONSE_TRY_S)


def find_age_s(interaction: discord.Interaction) -> float:
    """Find how old an interaction is, in seconds.

    This machine's clock may be wrong, and Discord's is known to half a second: what they say least
    counts. 0 where neither can be right.
    """
    own_age = discord.utils.utcnow() - interaction.created_at
    age_s = min(own_age.total_seconds(), DISCORD_TIME.age_s(interaction.id))
    return age_s if 0 <= age_s <= _OLDEST_INTERACTION_S else 0.0


def _find_response_deadline(interaction: discord.Interaction) -> float:
    """Find how many seconds are left to acknowledge an interaction."""
    return max(_LEAST_RESPONSE_S, _RESPONSE_DEADLINE_S - find_age_s(interaction))


async def _respond_first(interaction: discord.Interaction, response: Response) -> None:
    """Answer an interaction that was not deferred."""
    first = interaction.response
    if isinstance(response, Reply):
        arguments = _make_arguments(response)
        await first.send_message(**arguments, ephemeral=response.is_private)
    elif isinstance(response, Update):
        await first.edit_message(view=response.card, allowed_mentions=_NO_MENTIONS)
    elif isinstance(response, discord.ui.Modal):
        await first.send_modal(response)
    else:
        await first.defer()


async def _respond_later(
    interaction: discord.Interaction, response: Response, deferral: Deferral
) -> bool:
    """Answer an interaction that was deferred."""
    if isinstance(response, Update):
        await interaction.edit_original_response(view=response.card, allowed_mentions=_NO_MENTIONS)
    elif isinstance(response, Removal):
        await interaction.delete_original_response()
    else:
        if not isinstance(response, Reply):
            # Discord takes no window any more.
            response = Reply(notices.WINDOW_LATE(), is_private=True)
        await _reply_later(interaction, response, deferral)
    return True


async def _reply_later(
    interaction: discord.Interaction, response: Reply, deferral: Deferral
) -> None:
    """Reply to an interaction that was deferred.

    A private reply must not be shown to all. Where the message that says that the bot is thinking
    is public, it is deleted first, because the reply would take its place.
    """
    arguments = _make_arguments(response)
    is_private_enough = deferral.is_private or not response.is_private
    if deferral.is_thinking and is_private_enough:
        if "files" in arguments:
            # Where a message is edited, new files are attachments like those that it has.
            arguments["attachments"] = arguments.pop("files")
        await interaction.edit_original_response(**arguments)
        return
    if deferral.is_thinking:
        with contextlib.suppress(discord.NotFound):
            await interaction.delete_original_response()
    await interaction.followup.send(**arguments, ephemeral=response.is_private)


async def _open_thread(message: discord.Message, name: str) -> discord.abc.Messageable | None:
    """Begin a thread at a message, or find the one that was begun; None where the bot may not."""

    async def begin() -> discord.Thread | None:
        try:
            return await message.create_thread(name=name)
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS or message.guild is None:
                raise
        channel = await message.guild.fetch_channel(message.id)
        return channel if isinstance(channel, discord.Thread) else None

    return await _send_message(begin)


async def _send_message(send: Callable[[], Awaitable[T]]) -> T | None:
    """Send with the patience that messages are worth."""
    sent = await send_with_retries(send, deadline_s=MESSAGE_DEADLINE_S, try_s=_MESSAGE_TRY_S)
    return None if isinstance(sent, Undelivered) else sent


def _make_arguments(response: Reply) -> dict[str, Any]:
    """Make the arguments with which discord.py sends a reply; it pings one role or one user."""
    arguments: dict[str, Any] = {}
    if response.card is not None:
        arguments["view"] = response.card
    else:
        arguments["content"] = response.text
    if response.files:
        named = response.files
        description = response.alt_text or None
        arguments["files"] = [
            discord.File(io.BytesIO(content), name, description=description)
            for name, content in named
        ]
    roles: bool | list[discord.Object] = False
    if response.pings:
        roles = [discord.Object(response.pings)]
    users: bool | list[discord.Object] = False
    if response.pings_user:
        users = [discord.Object(response.pings_user)]
    arguments["allowed_mentions"] = discord.AllowedMentions(
        everyone=False, users=users, roles=roles
    )
    return arguments
