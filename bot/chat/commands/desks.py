"""Which articles a command of /kb is about: a server's own, or the common ones; and who may do it.

In: an interaction and a command. Out: the command's reply, given the desk where these articles are
edited, or a refusal. In a server with articles of its own, /kb is about these. Their editors are
those who manage the server, if the settings allow that, and who edits the common ones.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial

import discord

from bot.chat.commands.permissions import (
    Caller,
    find_owner_ids,
    list_guild_ids,
    may_curate,
    may_edit,
    read_caller,
)
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.chat.scope import Scope
from bot.editing.desk import EditingDesk, Quota
from bot.knowledge_base import KnowledgeBase
from bot.texts import editing, replies, servers

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Desk:
    """Where articles are looked after: what serves them, and what changes them.

    ``scope`` is whose questions are told there; its ``desk_id`` is the server whose own articles
    they are.
    """

    dispatcher: Dispatcher
    base: KnowledgeBase
    editing: EditingDesk
    scope: Scope

    @property
    def guild_id(self) -> int:
        """The server whose own the articles are; 0 for the common ones."""
        return self.scope.desk_id


DeskCommand = Callable[[discord.Interaction, Desk], Awaitable[Reply]]


def _find_common_desk(dispatcher: Dispatcher, guild_id: int) -> Desk:
    """Give the desk of the common articles, where what a server asked is told; 0: all servers."""
    return Desk(dispatcher, dispatcher.common, dispatcher.editing, Scope(guild_id))


async def find_desk_here(interaction: discord.Interaction, dispatcher: Dispatcher) -> Desk | Reply:
    """Give the desk of the articles of a server, for what its editors have begun there before.

    Whoever presses need be no editor.
    """
    guild_id = interaction.guild_id or 0
    own = await asyncio.to_thread(dispatcher.bases.find_own, guild_id)
    if own is None:
        return _find_common_desk(dispatcher, guild_id)
    return await _open_own(dispatcher, guild_id)


async def if_desk_is_open(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: DeskCommand
) -> Reply:
    """Carry out a command that changes nothing, if who calls may look after the articles here."""
    return await _carry_out(interaction, dispatcher, command, edits=False)


async def if_desk_is_ones_own(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: DeskCommand
) -> Reply:
    """Carry out a command that changes articles, if who calls may change those here."""
    return await _carry_out(interaction, dispatcher, command, edits=True)


async def _carry_out(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: DeskCommand, *, edits: bool
) -> Reply:
    owner_ids = await find_owner_ids(interaction.client)
    caller = read_caller(interaction)
    is_own = caller is not None and await asyncio.to_thread(
        is_about_own, dispatcher, caller, owner_ids
    )
    guild_ids = list_guild_ids(interaction.client)
    if caller is None:
        is_allowed = False
    elif is_own:
        is_allowed = may_look_after_own(dispatcher, caller, owner_ids, edits=edits)
    elif edits:
        is_allowed = may_edit(caller, owner_ids, dispatcher.settings)
    else:
        is_allowed = may_curate(caller, owner_ids, guild_ids, dispatcher.settings)
    if caller is None or not is_allowed:
        return Reply(_find_refusal(is_own=is_own, edits=edits), is_private=True)
    if not is_own:
        sees_all = may_edit(caller, owner_ids, dispatcher.settings)
        desk_of_all = _find_common_desk(dispatcher, 0 if sees_all else caller.guild_id)
        return await command(interaction, desk_of_all)
    desk = await _open_own(dispatcher, caller.guild_id)
    return desk if isinstance(desk, Reply) else await command(interaction, desk)


def is_about_own(dispatcher: Dispatcher, caller: Caller, owner_ids: Collection[int]) -> bool:
    """Say whether /kb is about a server's own articles.

    It is where there are such. Where there may be, it is for those who do not edit the common ones.
    """
    bases = dispatcher.bases
    if bases.find_own(caller.guild_id) is not None:
        return True
    edits_common = may_edit(caller, owner_ids, dispatcher.settings)
    return bases.may_have_own(caller.guild_id) and not edits_common


def may_look_after_own(
    dispatcher: Dispatcher, caller: Caller, owner_ids: Collection[int], *, edits: bool
) -> bool:
    """Say whether somebody may look after a server's own articles, or change them."""
    if may_edit(caller, owner_ids, dispatcher.settings):
        return True
    may_change = dispatcher.bases.may_have_own(caller.guild_id)
    return caller.manages_guild and (may_change or not edits)


def _find_refusal(*, is_own: bool, edits: bool) -> str:
    if is_own:
        return servers.MANAGERS_ONLY()
    return editing.EDITORS_ONLY() if edits else replies.NOT_ALLOWED()


async def _open_own(dispatcher: Dispatcher, guild_id: int) -> Desk | Reply:
    """Open the desk of a server, whose folder need not be there yet."""
    base = await run_in_thread(partial(dispatcher.bases.open_own, guild_id))
    if base is None:
        return Reply(servers.NOT_READ(), is_private=True)
    settings = dispatcher.settings
    quota = Quota(settings.server_files, settings.server_megabytes * _MEGABYTE)
    return Desk(dispatcher, base, EditingDesk(base, quota=quota), Scope(guild_id, guild_id))
