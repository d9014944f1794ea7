"""Who may look after the articles: checked on every call and every press, in servers only.

In: an interaction and a command. Out: the command's reply, or a refusal that its caller alone sees.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from enum import Enum

import discord

from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.settings import Settings
from bot.texts import replies

Command = Callable[[discord.Interaction, Dispatcher], Awaitable[Reply]]


class Uses(Enum):
    """Which commands of /kb somebody may use: those whose ``names`` they are, or all."""

    ALL = None
    OF_SERVER = frozenset(
        "reload status stats gaps votes upload edit remove rename history rollback export channel "
        "settings".split()
    )
    SETTINGS = frozenset({"channel", "settings"})
    NONE = frozenset[str]()

    def include(self, name: str) -> bool:
        """Say whether a command is among them, by its name without "kb"."""
        return self.value is None or name in self.value


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and from which guild."""

    user_id: int
    role_ids: Collection[int]
    manages_guild: bool
    guild_id: int


def may_curate(
    caller: Caller, owner_ids: Collection[int], guild_ids: Collection[int], settings: Settings
) -> bool:
    """Say whether somebody may read what concerns the articles, and have them read again.

    ``owner_ids`` are the application's owner or team, ``guild_ids`` the guilds that the bot is in.
    """
    if may_edit(caller, owner_ids, settings):
        return True
    return caller.manages_guild and _is_home(caller.guild_id, guild_ids, settings)


def may_edit(caller: Caller, owner_ids: Collection[int], settings: Settings) -> bool:
    """Say whether somebody may change the articles: who owns the bot, and whom it names."""
    if caller.user_id in owner_ids or caller.user_id in settings.admin_users:
        return True
    return not set(caller.role_ids).isdisjoint(settings.admin_roles)


def _is_home(guild_id: int, guild_ids: Collection[int], settings: Settings) -> bool:
    """Say whether a guild is the home of the bot: the one of the settings, or the only one."""
    if settings.home_server:
        return guild_id == settings.home_server
    return len(guild_ids) == 1 and guild_id in guild_ids


async def if_allowed(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: Command
) -> Reply:
    """Carry out a command, if the one who calls or presses may look after the articles now."""
    owner_ids = await find_owner_ids(interaction.client)
    guild_ids = list_guild_ids(interaction.client)
    caller = read_caller(interaction)
    if caller is None or not may_curate(caller, owner_ids, guild_ids, dispatcher.settings):
        manages = caller is not None and caller.manages_guild
        refusal = replies.ABOUT_ALL_SERVERS if manages else replies.NOT_ALLOWED
        return Reply(refusal(), is_private=True)
    return await command(interaction, dispatcher)


async def may_set(interaction: discord.Interaction, settings: Settings) -> bool:
    """Say whether the one who calls or presses may set now how the bot answers on this server."""
    caller = read_caller(interaction)
    if caller is None or caller.manages_guild:
        return caller is not None
    return may_edit(caller, await find_owner_ids(interaction.client), settings)


def find_seeming_uses(interaction: discord.Interaction, dispatcher: Dispatcher) -> Uses:
    """Say what of /kb somebody may use, by who owned the application at the start.

    For what is shown alone: Discord is not asked.
    """
    application = interaction.client.application
    owner_ids = set() if application is None else _list_owner_ids(application)
    guild_ids = list_guild_ids(interaction.client)
    caller = read_caller(interaction)
    if caller is None:
        return Uses.NONE
    if may_curate(caller, owner_ids, guild_ids, dispatcher.settings):
        return Uses.ALL
    if not caller.manages_guild:
        return Uses.NONE
    has_own = dispatcher.bases.may_have_own(caller.guild_id)
    return Uses.OF_SERVER if has_own else Uses.SETTINGS


def seems_editor(interaction: discord.Interaction, dispatcher: Dispatcher) -> bool:
    """Say whether somebody may change the articles, as ``find_seeming_uses`` does."""
    application = interaction.client.application
    owner_ids = set() if application is None else _list_owner_ids(application)
    caller = read_caller(interaction)
    if caller is None:
        return False
    may_manage = caller.manages_guild and dispatcher.bases.may_have_own(caller.guild_id)
    return may_manage or may_edit(caller, owner_ids, dispatcher.settings)


def list_guild_ids(client: discord.Client) -> list[int]:
    """List the guilds of the bot; none where other processes, or slower shards, may have more."""
    return [] if client.shard_count else [guild.id for guild in client.guilds]


def read_caller(interaction: discord.Interaction) -> Caller | None:
    """Say who calls; None outside of guilds."""
    if interaction.guild_id is None:
        return None
    roles = getattr(interaction.user, "roles", ())
    return Caller(
        user_id=interaction.user.id,
        role_ids=[role.id for role in roles],
        manages_guild=interaction.permissions.manage_guild,
        guild_id=interaction.guild_id,
    )


async def find_owner_ids(client: discord.Client) -> set[int]:
    """Ask Discord who owns the application now; of a team, those who have accepted."""
    return _list_owner_ids(await client.application_info())


def _list_owner_ids(application: discord.AppInfo) -> set[int]:
    if application.team is None:
        return {application.owner.id}
    accepted = discord.TeamMembershipState.accepted
    members = application.team.members
    return {member.id for member in members if member.membership_state is accepted}
