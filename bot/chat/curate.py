"""/kb reload, status, unanswered and votes: for those who may, checked on every call, in servers only, privately."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.chat import delivery
from bot.chat.admin_cards import make_reload_report, make_status, make_unanswered_card, make_votes_card
from bot.chat.ask import find_humans
from bot.chat.counter import Counter
from bot.chat.layout import PLAIN, count, fit
from bot.chat.reply import Reply
from bot.desk import Reload, ReloadRunningError
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.settings import Settings

# A reload that takes longer is acknowledged first, as Discord waits three seconds at most.
_AT_ONCE_S = 1.5
_LISTED = 100


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

    @group.command(name="unanswered", description="What was asked and the articles do not answer")
    @app_commands.describe(clear="Delete those that are shown, afterwards")
    async def unanswered(interaction: discord.Interaction, clear: bool = False) -> None:  # noqa: FBT001, FBT002
        async def show(_: discord.Interaction, counter: Counter) -> Reply:
            return await _from_records(counter, lambda records: _list_unanswered(counter, records, clear=clear))

        await counter.serve_interaction(interaction, lambda: _if_allowed(interaction, counter, show))

    @group.command(name="votes", description="Which passages readers found helpful, and which not")
    async def votes(interaction: discord.Interaction) -> None:
        async def show(_: discord.Interaction, counter: Counter) -> Reply:
            return await _from_records(counter, lambda records: _list_votes(counter, records))

        await counter.serve_interaction(interaction, lambda: _if_allowed(interaction, counter, show))

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


async def _from_records(counter: Counter, show: Callable[[Records], Awaitable[Reply]]) -> Reply:
    """Show something of the records; or say why there are none."""
    if counter.records is None:
        return Reply(fit(counter.why_none, PLAIN), is_private=True)
    try:
        return await show(counter.records)
    except RecordsError as error:
        counter.tell_fault(error)
        return Reply(fit(f"The records can't be read now: {error.what} ({error.hint}).", PLAIN), is_private=True)


async def _list_unanswered(counter: Counter, records: Records, *, clear: bool) -> Reply:
    total = await records.count_unanswered()
    asked = await records.unanswered(_LISTED)
    card, shown = make_unanswered_card(asked, total, counter.settings.unanswered_days)
    for one in asked[:shown] if clear else ():
        await records.remove_unanswered(one.question)
    return Reply(card=card, is_private=True)


async def _list_votes(counter: Counter, records: Records) -> Reply:
    librarian = counter.desk.librarian
    votes = [(one, librarian.find_passage(one.passage)) for one in await records.votes()]
    return Reply(card=make_votes_card(votes), is_private=True)


async def _status(interaction: discord.Interaction, counter: Counter) -> Reply:
    hours, minutes = divmod(int(time.monotonic() - counter.started_s) // 60, 60)
    servers, latency_ms = count(len(interaction.client.guilds), "server"), interaction.client.latency * 1000
    facts = [f"Running for {hours} h {minutes} min, in {servers}; the gateway answers in {latency_ms:.0f} ms."]
    if counter.why_none:
        facts.append(counter.why_none)
    if nowhere := _find_nowhere(interaction.client, counter.settings):
        facts.append(f"The settings name what no server here has: {', '.join(nowhere)}.")
    role = find_humans(counter, interaction.guild)
    if role is not None and not role.mentionable and not interaction.app_permissions.mention_everyone:
        facts.append(f"“Ask a human” pings nobody: let everybody mention the role {role.name}, or me all roles.")
    return Reply(card=make_status(counter.desk, facts), is_private=True)


def _find_nowhere(client: discord.Client, settings: Settings) -> list[str]:
    """Give the settings whose channel or role is in no server of the bot, each with the id."""
    channels = {"thread_channels": settings.thread_channels, "forum_channels": settings.forum_channels}
    lost = [f"{name} {one}" for name, ids in channels.items() for one in ids if client.get_channel(one) is None]
    roles = {role.id for server in client.guilds for role in server.roles}
    return [*lost, *(f"human_roles {one}" for one in settings.human_roles if one not in roles)]
