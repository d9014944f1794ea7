"""/kb reload, status, unanswered and votes: for those who may, checked on every call, in servers only, privately."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat.commands.ask import find_humans
from bot.chat.commands.permissions import Command, if_allowed
from bot.chat.commands.unanswered import from_records, list_unanswered
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_reload_report, make_status, make_votes_card
from bot.chat.ui.layout import Card
from bot.knowledge_base import Reload, ReloadRunningError
from bot.records.model import PassageVotes
from bot.records.store import Records
from bot.settings import Settings
from bot.texts import replies


def add_curate(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /kb to the commands."""
    group = app_commands.Group(
        name="kb",
        description="The articles that are served",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @group.command(name="reload", description="Read the folder of articles again")
    async def reload(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, _reload)

    @group.command(name="status", description="What is served, and what is wrong with the folder")
    async def status(interaction: discord.Interaction) -> None:
        await _serve(interaction, dispatcher, _status)

    @group.command(name="unanswered", description="What was asked and the articles do not answer")
    @app_commands.describe(clear="Delete those that are shown: the first page")
    async def unanswered(interaction: discord.Interaction, clear: bool = False) -> None:  # noqa: FBT001, FBT002
        async def show(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
            return await from_records(
                dispatcher, lambda records: list_unanswered(dispatcher, records, clear=clear)
            )

        await _serve(interaction, dispatcher, show)

    @group.command(name="votes", description="Which passages readers found helpful, and which not")
    async def votes(interaction: discord.Interaction) -> None:
        async def show(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
            return await from_records(dispatcher, lambda records: _list_votes(dispatcher, records))

        await _serve(interaction, dispatcher, show)

    tree.add_command(group)


async def _serve(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: Command
) -> None:
    """Carry out a command for those who may."""
    await dispatcher.serve_interaction(
        interaction, partial(if_allowed, interaction, dispatcher, command)
    )


async def _reload(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    try:
        done = await _in_thread(dispatcher.knowledge_base.reload)
    except ReloadRunningError as error:
        return Reply(f"A reload is running already, since {error.since_s:.0f} s.", is_private=True)
    return Reply(card=await asyncio.to_thread(make_reload_report, done), is_private=True)


def _in_thread(work: Callable[[], Reload]) -> "asyncio.Future[Reload]":
    """Do something long in a thread that does not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Reload] = loop.create_future()

    def settle(result: Reload | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        elif result is not None:
            future.set_result(result)

    def run() -> None:
        result, fault = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 (it is raised where the future is awaited)
            fault = error
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, daemon=True).start()
    return future


async def _list_votes(dispatcher: Dispatcher, records: Records) -> Reply:
    card = await asyncio.to_thread(_make_votes_card, dispatcher, await records.votes())
    return Reply(card=card, is_private=True)


def _make_votes_card(dispatcher: Dispatcher, votes: Sequence[PassageVotes]) -> Card:
    answerer = dispatcher.knowledge_base.answerer
    return make_votes_card([(one, answerer.find_passage(one.passage)) for one in votes])


async def _status(interaction: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    hours, minutes = divmod(
        int((discord.utils.utcnow() - dispatcher.started_at).total_seconds()) // 60, 60
    )
    servers, latency_ms = (
        replies.SERVERS(len(interaction.client.guilds)),
        interaction.client.latency * 1000,
    )
    facts = [
        f"Running for {hours} h {minutes} min, in {servers}; the gateway answers in {latency_ms:.0f} ms."
    ]
    if dispatcher.why_none:
        facts.append(dispatcher.why_none)
    if nowhere := _find_nowhere(interaction.client, dispatcher.settings):
        facts.append(f"The settings name what no server here has: {', '.join(nowhere)}.")
    role = find_humans(dispatcher, interaction.guild)
    if (
        role is not None
        and not role.mentionable
        and not interaction.app_permissions.mention_everyone
    ):
        facts.append(
            f"“Ask a human” pings nobody: let everybody mention the role {role.name}, or me all roles."
        )
    return Reply(
        card=await asyncio.to_thread(make_status, dispatcher.knowledge_base, facts), is_private=True
    )


def _find_nowhere(client: discord.Client, settings: Settings) -> list[str]:
    """Give the settings whose channel or role is in no server of the bot, each with the id."""
    channels = {
        "thread_channels": settings.thread_channels,
        "forum_channels": settings.forum_channels,
    }
    lost = [
        f"{name} {one}"
        for name, ids in channels.items()
        for one in ids
        if client.get_channel(one) is None
    ]
    roles = {role.id for guild_id in client.guilds for role in guild_id.roles}
    return [*lost, *(f"human_roles {one}" for one in settings.human_roles if one not in roles)]
