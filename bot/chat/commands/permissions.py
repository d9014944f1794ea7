"""Who may look after the articles: checked on every call and every press, in servers only.

In: an interaction, and what is wanted. Out: what that gives, or a refusal that its caller alone sees.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

import discord

from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.settings import Settings

Command = Callable[[discord.Interaction, Dispatcher], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and from where."""

    user: int
    roles: Collection[int]
    manages_server: bool
    guild_id: int


def may_curate(
    caller: Caller, owners: Collection[int], servers: Collection[int], settings: Settings
) -> bool:
    """Say whether somebody may change what is served.

    ``owners`` are the application's owner or team, ``servers`` those that the bot is in.
    """
    if caller.user in owners or caller.user in settings.admin_users:
        return True
    if not settings.home_server and len(servers) == 1:
        is_home = caller.guild_id in servers
    else:
        is_home = caller.guild_id == settings.home_server != 0
    return bool(set(caller.roles) & set(settings.admin_roles)) or (
        is_home and caller.manages_server
    )


async def if_allowed(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: Command
) -> Reply:
    """Carry out a command, if the one who calls or presses may look after the articles now."""
    owners = await _find_owners(interaction.client)
    caller = Caller(
        user=interaction.user.id,
        roles=[role.id for role in getattr(interaction.user, "roles", ())],
        manages_server=interaction.permissions.manage_guild,
        guild_id=interaction.guild_id or 0,
    )
    servers = [guild.id for guild in interaction.client.guilds]
    if interaction.guild_id is None or not may_curate(caller, owners, servers, dispatcher.settings):
        return Reply("This is for those who look after the articles.", is_private=True)
    return await command(interaction, dispatcher)


async def _find_owners(client: discord.Client) -> set[int]:
    """Ask Discord who owns the application now; of a team, those who have accepted."""
    application = await client.application_info()
    if application.team is None:
        return {application.owner.id}
    accepted = discord.TeamMembershipState.accepted
    return {member.id for member in application.team.members if member.membership_state is accepted}
