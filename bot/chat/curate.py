"""/kb reload and /kb status: for those who may, checked on every call, in servers only, seen by them alone."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.chat import delivery
from bot.chat.cards import make_reload_report, make_status
from bot.chat.counter import Counter, Reply
from bot.desk import Reload, ReloadRunningError
from bot.settings import Settings

# A reload that takes longer is acknowledged first, as Discord waits three seconds at most.
_AT_ONCE_S = 1.5


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and from where."""

    user: int
    roles: Collection[int]
    manages_server: bool
    server: int


def may_curate(caller: Caller, owners: Collection[int], servers: Collection[int], settings: Settings) -> bool:
    """Say whether somebody may change what is served.

    ``owners`` are the application's owner or team, ``servers`` those that the bot is in.
    """
    if caller.user in owners or caller.user in settings.admin_users:
        return True
    if not settings.home_server and len(servers) == 1:
        is_home = caller.server in servers
    else:
        is_home = caller.server == settings.home_server != 0
    return bool(set(caller.roles) & set(settings.admin_roles)) or (is_home and caller.manages_server)


def add_curate(tree: app_commands.CommandTree[Any], counter: Counter) -> None:
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
        await counter.serve_interaction(interaction, lambda: _if_allowed(interaction, counter, _reload))

    @group.command(name="status", description="What is served, and what is wrong with the folder")
    async def status(interaction: discord.Interaction) -> None:
        await counter.serve_interaction(interaction, lambda: _if_allowed(interaction, counter, _status))

    tree.add_command(group)


async def _if_allowed(interaction: discord.Interaction, counter: Counter, command: Any) -> Reply:  # noqa: ANN401
    owners = await _find_owners(interaction.client)
    caller = Caller(
        user=interaction.user.id,
        roles=[role.id for role in getattr(interaction.user, "roles", ())],
        manages_server=interaction.permissions.manage_guild,
        server=interaction.guild_id or 0,
    )
    servers = [guild.id for guild in interaction.client.guilds]
    if interaction.guild_id is None or not may_curate(caller, owners, servers, counter.settings):
        return Reply("This is for those who look after the articles.", is_private=True)
    reply: Reply = await command(interaction, counter)
    return reply


async def _find_owners(client: discord.Client) -> set[int]:
    """Ask Discord who owns the application now; of a team, those who have accepted."""
    application = await client.application_info()
    if application.team is None:
        return {application.owner.id}
    accepted = discord.TeamMembershipState.accepted
    return {member.id for member in application.team.members if member.membership_state is accepted}


async def _reload(interaction: discord.Interaction, counter: Counter) -> Reply:
    work = _in_thread(counter.desk.reload)
    done, _ = await asyncio.wait([work], timeout=_AT_ONCE_S)
    if not done:
        await delivery.say_thinking(interaction)
    try:
        return Reply(card=make_reload_report(await work), is_private=True, is_late=not done)
    except ReloadRunningError as error:
        text = f"A reload is running already, since {error.since_s:.0f} s."
        return Reply(text, is_private=True, is_late=not done)


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


async def _status(interaction: discord.Interaction, counter: Counter) -> Reply:
    hours, minutes = divmod(int(time.monotonic() - counter.started_s) // 60, 60)
    servers, latency_ms = len(interaction.client.guilds), interaction.client.latency * 1000
    fact = f"Running for {hours} h {minutes} min, in {servers} servers; the gateway answers in {latency_ms:.0f} ms."
    return Reply(card=make_status(counter.desk, [fact]), is_private=True)
