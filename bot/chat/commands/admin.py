"""/kb reload, status, stats, gaps, votes, doctor …: for admins, in guilds only, privately.

Who may use them is checked on every call. The replies are ephemeral.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.answers.answerer import Answerer
from bot.chat.commands.channel_settings import add_channel_settings
from bot.chat.commands.desks import Desk, DeskCommand, if_desk_is_open
from bot.chat.commands.doctor import show_doctor
from bot.chat.commands.editing import add_editing
from bot.chat.commands.export import add_export
from bot.chat.commands.figures import show_statistics
from bot.chat.commands.gaps import clear_gaps, from_records, list_gaps
from bot.chat.commands.localisation import localise
from bot.chat.commands.permissions import Command, if_allowed
from bot.chat.commands.reloads import reload_articles
from bot.chat.commands.status import show_status
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_votes_card
from bot.chat.ui.layout import Card
from bot.records.model import PassageVotes
from bot.records.store import Records
from bot.texts import doctor as doctor_texts
from bot.texts import figures, replies
from bot.texts import gaps as gaps_texts


def add_admin(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /kb to the commands."""
    group = app_commands.Group(
        name="kb",
        description=localise(replies.KB_GROUP),
        # What is not denied is taken from the tree, whatever ``guild_only`` says.
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @group.command(name="reload", description=localise(replies.RELOAD_COMMAND))
    async def reload(interaction: discord.Interaction) -> None:
        await _serve_desk(interaction, dispatcher, reload_articles)

    @group.command(name="status", description=localise(replies.STATUS_COMMAND))
    async def status(interaction: discord.Interaction) -> None:
        await _serve_desk(interaction, dispatcher, show_status)

    @group.command(name="gaps", description=localise(gaps_texts.GAPS_COMMAND))
    @app_commands.describe(clear=localise(gaps_texts.GAPS_CLEAR_OPTION))
    async def gaps(
        interaction: discord.Interaction,
        clear: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        command = _clear_gaps if clear else _show_gaps
        await _serve_desk(interaction, dispatcher, command)

    @group.command(name="votes", description=localise(replies.VOTES_COMMAND))
    async def votes(interaction: discord.Interaction) -> None:
        await _serve_desk(interaction, dispatcher, _show_votes)

    @group.command(name="stats", description=localise(figures.STATS_COMMAND))
    async def stats(interaction: discord.Interaction) -> None:
        await _serve_desk(interaction, dispatcher, show_statistics)

    @group.command(name="doctor", description=localise(doctor_texts.KB_COMMAND))
    async def doctor(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, show_doctor)

    add_editing(group, tree, dispatcher)
    add_export(group, dispatcher)
    add_channel_settings(group, dispatcher)
    tree.add_command(group)


async def _serve(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: Command
) -> None:
    """Carry out a command for those who may."""
    handler = partial(if_allowed, interaction, dispatcher, command)
    await dispatcher.serve_interaction(interaction, handler)


async def _serve_desk(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: DeskCommand
) -> None:
    """Carry out a command about the articles here, for those who may look after them."""
    handler = partial(if_desk_is_open, interaction, dispatcher, command)
    await dispatcher.serve_interaction(interaction, handler)


async def _show_gaps(_: discord.Interaction, desk: Desk) -> Reply:
    return await from_records(desk, list_gaps)


async def _clear_gaps(interaction: discord.Interaction, desk: Desk) -> Reply:
    return await from_records(desk, partial(clear_gaps, interaction))


async def _show_votes(interaction: discord.Interaction, desk: Desk) -> Reply:
    view = await desk.dispatcher.find_view(interaction)
    return await from_records(desk, partial(_list_votes, view.answerer))


async def _list_votes(answerer: Answerer, desk: Desk, records: Records) -> Reply:
    votes = await records.votes(desk.scope.servers)
    card = await asyncio.to_thread(_make_votes_card, answerer, votes)
    return Reply(card=card, is_private=True)


def _make_votes_card(answerer: Answerer, votes: Sequence[PassageVotes]) -> Card:
    located = [(count, answerer.find_passage(count.passage)) for count in votes]
    return make_votes_card(located)
