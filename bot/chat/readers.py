"""Who is shown what: the member who asks, and everybody who would see a public answer.

In: an interaction or a message. Out: two readers. Of a member, the roles count that Discord tells
with the event. A channel is read by all whom its permissions let in: where these may be others than
the members of an article's roles, that article is not shown there. Who administers a server can
take any role there, and so counts as having them all.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import discord

from bot.chat.state.direct_servers import DirectServers
from bot.knowledge_bases import EVERYBODY, UNKNOWN, Reader


@dataclass(frozen=True, slots=True)
class Readers:
    """Who asks, and everybody who sees what is answered in public."""

    own: Reader
    everybody: Reader

    @property
    def of_public(self) -> "Readers":
        """Those to whom nothing may be shown that not everybody may see."""
        return Readers(self.everybody, self.everybody)

    def within(self, chosen: Collection[str]) -> "Readers":
        """Those who are shown the articles of some files and folders alone; of all, without any."""
        names = frozenset(chosen)
        return Readers(replace(self.own, chosen=names), replace(self.everybody, chosen=names))


# Who is shown the common articles, and of these what everybody may read.
ANYBODY = Readers(EVERYBODY, EVERYBODY)


def find_readers_of_press(interaction: discord.Interaction) -> Readers:
    """Find who reads where somebody used a command, a button or a menu in a guild.

    An app that only its user has brought along shows what it shows everywhere.
    """
    guild = interaction.guild
    if guild is None or not interaction.is_guild_integration():
        return ANYBODY
    channel: object = guild.get_channel_or_thread(interaction.channel_id or 0)
    if channel is None and isinstance(interaction.channel, discord.Thread):
        channel = interaction.channel
    is_administrator = interaction.permissions.administrator
    return _find_readers(interaction.user, channel, guild, is_administrator=is_administrator)


def find_readers_of_message(message: discord.Message) -> Readers:
    """Find who reads where somebody wrote a message in a guild.

    Of an author whose roles are not known, nothing is known: such a message comes from a history.
    """
    guild, author = message.guild, message.author
    if guild is None:
        return ANYBODY
    is_administrator = isinstance(author, discord.Member) and author.guild_permissions.administrator
    return _find_readers(author, message.channel, guild, is_administrator=is_administrator)


def find_server_of_press(interaction: discord.Interaction, direct: DirectServers) -> int:
    """Find the server where somebody used a command or a button; 0: none.

    In direct messages, it is the one for which they were opened.
    """
    if interaction.guild_id is None and interaction.context.dm_channel:
        return direct.find_server(interaction.user.id)
    return (interaction.guild_id or 0) if interaction.is_guild_integration() else 0


def find_server_of_message(message: discord.Message, direct: DirectServers) -> int:
    """Find the server where somebody wrote a message, as ``find_server_of_press`` does."""
    return message.guild.id if message.guild else direct.find_server(message.author.id)


def _find_readers(
    user: discord.User | discord.Member,
    channel: object,
    guild: discord.Guild,
    *,
    is_administrator: bool,
) -> Readers:
    roles = guild.roles if is_administrator else getattr(user, "roles", ())
    role_ids = frozenset(role.id for role in roles)
    viewers = list_viewer_roles(channel, guild)
    return Readers(Reader(guild.id, role_ids), Reader(guild.id, role_ids, viewers))


def find_reader_of_channel(channel: object, guild: discord.Guild) -> Reader:
    """Find what all may read who see a channel."""
    role_ids = frozenset(role.id for role in guild.roles)
    return Reader(guild.id, role_ids, list_viewer_roles(channel, guild))


def list_viewer_roles(channel: object, guild: discord.Guild) -> frozenset[int]:
    """List the roles each of which alone lets its members see a channel.

    That of everybody is among them where everybody sees it, and ``UNKNOWN`` where single members
    do. Left out are roles of administrators, who see every channel, and the bot's own.
    """
    if isinstance(channel, discord.Thread):
        # Who sees a thread sees its channel.
        channel = channel.parent
    if not isinstance(channel, discord.abc.GuildChannel):
        return frozenset([UNKNOWN])
    overwrites = {target.id: one for target, one in channel.overwrites.items()}
    viewers = {role.id for role in _list_people(guild) if _lets_in(role, overwrites)}
    known = {role.id for role in guild.roles}
    for target, overwrite in channel.overwrites.items():
        is_member = target.id not in known and getattr(target, "type", None) is not discord.Role
        if is_member and overwrite.view_channel and target.id != guild.me.id:
            viewers.add(UNKNOWN)
    return frozenset(viewers)


def _list_people(guild: discord.Guild) -> Iterator[discord.Role]:
    """List the roles that members have who do not see every channel anyway."""
    own = guild.self_role
    return (role for role in guild.roles if not role.permissions.administrator and role != own)


def _lets_in(role: discord.Role, overwrites: Mapping[int, discord.PermissionOverwrite]) -> bool:
    """Say whether a member sees a channel who has a role, and that of everybody."""
    everybody = role.guild.default_role
    is_let_in = everybody.permissions.view_channel or role.permissions.view_channel
    for role_id in (everybody.id, role.id):
        overwrite = overwrites.get(role_id)
        if overwrite is not None and overwrite.view_channel is not None:
            is_let_in = overwrite.view_channel
    return is_let_in
