"""/kb reload, status, gaps and votes: for admins, in guilds only, privately.

Who may use them is checked on every call. The replies are ephemeral.
"""

import asyncio
import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat.barred_channels import GuildPlace, name_permissions
from bot.chat.channels import count_without_history
from bot.chat.commands.editing import add_editing
from bot.chat.commands.gaps import from_records, list_gaps
from bot.chat.commands.permissions import Command, if_allowed
from bot.chat.commands.questions import find_human_role
from bot.chat.commands.reloads import reload_articles
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_status, make_votes_card
from bot.chat.ui.layout import Card
from bot.records.model import PassageVotes
from bot.records.store import Records
from bot.settings import Settings
from bot.texts import cards, replies
from bot.texts import gaps as gaps_texts

# So many channels are named in which the bot may not write.
_MOST_BARRED = 3


def add_admin(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /kb to the commands."""
    group = app_commands.Group(
        name="kb",
        description=replies.KB_GROUP,
        # What is not denied is taken from the tree, whatever ``guild_only`` says.
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @group.command(name="reload", description=replies.RELOAD_COMMAND)
    async def reload(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, _reload)

    @group.command(name="status", description=replies.STATUS_COMMAND)
    async def status(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, _show_status)

    @group.command(name="gaps", description=gaps_texts.GAPS_COMMAND)
    @app_commands.describe(clear=gaps_texts.GAPS_CLEAR_OPTION)
    async def gaps(
        interaction: discord.Interaction,
        clear: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        command = _clear_gaps if clear else _show_gaps
        await _serve(interaction, dispatcher, command)

    @group.command(name="votes", description=replies.VOTES_COMMAND)
    async def votes(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, _show_votes)

    add_editing(group, tree, dispatcher)
    tree.add_command(group)


async def _serve(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: Command
) -> None:
    """Carry out a command for those who may."""
    handler = partial(if_allowed, interaction, dispatcher, command)
    await dispatcher.serve_interaction(interaction, handler)


async def _reload(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    return await reload_articles(dispatcher)


async def _show_gaps(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    return await from_records(dispatcher, partial(list_gaps, dispatcher))


async def _clear_gaps(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    return await from_records(dispatcher, partial(list_gaps, dispatcher, clear=True))


async def _show_votes(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    return await from_records(dispatcher, partial(_list_votes, dispatcher))


async def _list_votes(dispatcher: Dispatcher, records: Records) -> Reply:
    votes = await records.votes()
    card = await asyncio.to_thread(_make_votes_card, dispatcher, votes)
    return Reply(card=card, is_private=True)


def _make_votes_card(dispatcher: Dispatcher, votes: Sequence[PassageVotes]) -> Card:
    answerer = dispatcher.knowledge_base.answerer
    located = [(count, answerer.find_passage(count.passage)) for count in votes]
    return make_votes_card(located)


async def _show_status(interaction: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    """Show what is served, and what of the settings does not work."""
    facts = [_describe_run(interaction.client, dispatcher)]
    if dispatcher.why_none:
        facts.append(dispatcher.why_none)
    embedding = dispatcher.knowledge_base.embedding
    if embedding is not None:
        indexes = dispatcher.knowledge_base.answerer.indexes
        facts += embedding.status.describe(sum(map(len, indexes)))
    without_history = count_without_history(interaction.client.guilds)
    if without_history:
        facts.append(replies.NO_HISTORY(without_history))
    unknown = _find_unknown_ids(interaction.client, dispatcher.settings)
    if unknown:
        facts.append(replies.UNKNOWN_IDS(settings=", ".join(unknown)))
    role = find_human_role(dispatcher, interaction.guild)
    may_ping_all = interaction.app_permissions.mention_everyone
    if role is not None and not role.mentionable and not may_ping_all:
        facts.append(replies.ROLE_NOT_PINGED(role=role.name))
    barred = dispatcher.messages.barred_channels.list(interaction.guild)
    if barred:
        facts.append(_describe_barred(barred))
    served = dispatcher.knowledge_base
    if served.why_unkept:
        facts.append(cards.VERSIONS_NOT_KEPT(reason=served.why_unkept))
    card = await asyncio.to_thread(
        make_status, served.library, served.problems, facts, served.failed_reload
    )
    return Reply(card=card, is_private=True)


def _describe_run(client: discord.Client, dispatcher: Dispatcher) -> str:
    """Say for how long the bot has been running, in how many guilds, and its latency."""
    running = discord.utils.utcnow() - dispatcher.started_at
    all_minutes = int(running.total_seconds()) // 60
    servers = replies.SERVERS(len(client.guilds))
    latency = ""
    # None is known before the first heartbeat was answered.
    if math.isfinite(client.latency):
        latency = replies.LATENCY(milliseconds=client.latency * 1000)
    duration = describe_minutes(all_minutes)
    return replies.RUNNING(duration=duration, servers=servers, latency=latency)


def describe_minutes(all_minutes: int) -> str:
    """Tell how long something takes, in hours and minutes."""
    hours, minutes = divmod(all_minutes, 60)
    if hours:
        return replies.HOURS(hours=hours, minutes=minutes)
    return replies.MINUTES(minutes=minutes) if minutes else replies.LESS_THAN_A_MINUTE


def _describe_barred(barred: Sequence[tuple[GuildPlace, tuple[str, ...]]]) -> str:
    """Name the channels where the bot is asked and may not write, the latest few."""
    named = []
    for channel, missing in barred[-_MOST_BARRED:]:
        permissions = name_permissions(missing)
        named.append(replies.BARRED_CHANNEL(channel=channel.name, permissions=permissions))
    left_out = len(barred) - len(named)
    channels = ", ".join(named)
    if left_out:
        channels += cards.MORE_NAMES(count=left_out)
    return replies.BARRED(channels=channels)


def _find_unknown_ids(client: discord.Client, settings: Settings) -> list[str]:
    """Give the settings whose channel or role is in no guild of the bot, each with the id."""
    unknown = []
    channel_settings = {
        "thread_channels": settings.thread_channels,
        "forum_channels": settings.forum_channels,
    }
    for name, channel_ids in channel_settings.items():
        unknown_ids = [one for one in channel_ids if client.get_channel(one) is None]
        unknown += [f"{name} {channel_id}" for channel_id in unknown_ids]
    known_roles = {role.id for guild in client.guilds for role in guild.roles}
    unknown_roles = [role_id for role_id in settings.human_roles if role_id not in known_roles]
    unknown += [f"human_roles {role_id}" for role_id in unknown_roles]
    return unknown
