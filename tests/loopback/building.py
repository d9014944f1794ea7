"""Set the scene: people, guilds, roles, channels, threads, permissions.

What is added while the bot is connected reaches it as events, as on Discord.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from loopback.channels import ChannelRoutes
from loopback.core import Core
from loopback.errors import NotOfferedError
from loopback.filenames import stored_name
from loopback.lookup import Lookup
from loopback.payloads import channel_json, guild_json, member_json, role_json
from loopback.permissions import NOTHING, USUAL, Permission
from loopback.state import (
    FORUM,
    GROUP_DM,
    TEXT,
    THREAD,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    Role,
    User,
    World,
)
from loopback.threads import Threads
from loopback.writing import Writer


class Building:
    """The part of the server with which a test makes its world."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.writer = Writer(core)
        lookup = Lookup(core)
        self.thread_routes = Threads(core, lookup)
        self.channels = ChannelRoutes(core, self.writer, lookup, self.thread_routes)

    @property
    def world(self) -> World:
        """Everything there is."""
        return self.core.world

    @property
    def bot_user(self) -> User:
        """The bot's own user."""
        return self.core.world.bot

    def add_user(
        self, name: str, *, bot: bool = False, accepts_dms: bool = True, locale: str = "en-US"
    ) -> User:
        """Add a person, or another bot."""
        user = User(self.core.clock.new_id(), name, bot=bot, accepts_dms=accepts_dms, locale=locale)
        self.world.users[user.id] = user
        return user

    def install_for(self, user: User) -> None:
        """Let a user install the application for themselves, to use it everywhere."""
        user.installed = True

    def add_guild(
        self,
        name: str,
        *,
        owner: User | None = None,
        bot_permissions: Permission = USUAL,
        with_bot: bool = True,
        installed: bool = True,
        everyone: Permission = USUAL,
        shard: tuple[int, int] | None = None,
        locale: str = "en-US",
        features: Sequence[str] = ("COMMUNITY",),
    ) -> Guild:
        """Add a guild; by default the application is installed in it together with its bot.

        `shard`: through which shard of how many its events come; its id is chosen so.
        """
        owner = owner or self.world.application.owner
        number = self.core.clock.new_id()
        if shard is not None:
            wanted, count = shard
            number -= ((number >> 22) - wanted) % count << 22
        role = Role(number, "@everyone", everyone)
        guild = Guild(number, name, owner, role, [role], commands_only=installed and not with_bot)
        guild.locale, guild.features = locale, features
        self.world.guilds[number] = guild
        self.add_member(guild, owner)
        if with_bot:
            guild.bot_role = self.add_role(
                guild, self.world.application.name, permissions=bot_permissions, bot=True
            )
            guild.members[self.bot_user.id] = Member(self.bot_user, [guild.bot_role])
            self._tell("GUILD_CREATE", guild, guild_json(self.world, guild))
        return guild

    def add_role(
        self,
        guild: Guild,
        name: str,
        *,
        permissions: Permission = NOTHING,
        mentionable: bool = False,
        bot: bool = False,
    ) -> Role:
        """Add a role; `bot` makes it the managed role of the bot."""
        role = Role(
            self.core.clock.new_id(),
            name,
            permissions,
            mentionable,
            self.bot_user.id if bot else None,
        )
        guild.roles.append(role)
        self._tell("GUILD_ROLE_CREATE", guild, {"guild_id": str(guild.id), "role": role_json(role)})
        return role

    def add_member(
        self,
        guild: Guild,
        user: User,
        *,
        permissions: Permission = NOTHING,
        roles: Iterable[Role] = (),
    ) -> Member:
        """Let a user into a guild; permissions that they have beyond everyone's come as a role of
        their own.
        """
        own = (
            [self.add_role(guild, f"only {user.name}", permissions=permissions)]
            if permissions
            else []
        )
        member = guild.members[user.id] = Member(user, [*roles, *own])
        self._tell(
            "GUILD_MEMBER_ADD", guild, {"guild_id": str(guild.id), **member_json(member)}, "members"
        )
        return member

    def set_roles(self, guild: Guild, user: User, roles: Iterable[Role]) -> None:
        """Give a member exactly these roles."""
        member = guild.members[user.id]
        member.roles = list(roles)
        # An update of the bot itself comes without the intent for members.
        intent = "guilds" if user is self.bot_user else "members"
        self._tell(
            "GUILD_MEMBER_UPDATE", guild, {"guild_id": str(guild.id), **member_json(member)}, intent
        )

    def add_text_channel(self, guild: Guild, name: str) -> Channel:
        """Add a text channel."""
        return self._add_channel(guild, name, TEXT)

    def add_forum_channel(self, guild: Guild, name: str) -> Channel:
        """Add a forum, which holds nothing but threads; `post` starts one."""
        return self._add_channel(guild, name, FORUM)

    def _add_channel(self, guild: Guild, name: str, kind: int) -> Channel:
        channel = Channel(self.core.clock.new_id(), name, kind, guild)
        self.world.add_channel(channel)
        self._tell("CHANNEL_CREATE", guild, channel_json(channel))
        return channel

    def add_thread(
        self, channel: Channel, name: str, *, start: Message | None = None, by: User | None = None
    ) -> Channel:
        """Let somebody, or else the guild's owner, start a public thread in a channel, or from a
        message.
        """
        if (
            channel.kind != TEXT
            or channel.guild is None
            or (start is not None and start.channel is not channel)
        ):
            raise NotOfferedError(f"no thread can be started there: {name}")
        return self.thread_routes.open(channel, name, by or channel.guild.owner, start)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Archive a thread as time or a moderator does; writing in it wakes it unless it is
        locked.
        """
        self.thread_routes.archive(thread, locked=locked)

    def open_dm(self, user: User) -> Channel:
        """Open the direct conversation of a user with the bot."""
        return self.channels.dm_with(self.bot_user.id, user.id)

    def open_private(self, *people: User) -> Channel:
        """Open a conversation of users in which the bot is not; of more than two it is a group."""
        if len(people) == 2:
            return self.channels.dm_with(*(person.id for person in people))
        channel = Channel(self.core.clock.new_id(), "a group", GROUP_DM, people=list(people))
        self.world.add_channel(channel)
        return channel

    def overwrite(
        self,
        channel: Channel,
        whom: Role | User | Guild,
        *,
        allow: Permission = NOTHING,
        deny: Permission = NOTHING,
    ) -> None:
        """Allow or deny something in a channel: to a role, to a user, or to everyone (name the
        guild).
        """
        channel.overwrites[whom.id] = (allow, deny)
        if channel.guild is not None:
            self._tell("CHANNEL_UPDATE", channel.guild, channel_json(channel))

    def delete_channel(self, channel: Channel) -> None:
        """Take a channel or a thread away."""
        if channel.kind == THREAD:
            self.thread_routes.take_away(channel)
            return
        channel.deleted = True
        if channel.guild is not None:
            self._tell("CHANNEL_DELETE", channel.guild, channel_json(channel))

    def kick_bot(self, guild: Guild) -> None:
        """Remove the application from a guild."""
        guild.bot_role, guild.commands_only = None, False
        guild.members.pop(self.bot_user.id, None)
        self._tell("GUILD_DELETE", guild, {"id": str(guild.id)})

    def upload(
        self, filename: str, content: bytes | str, content_type: str = "text/plain"
    ) -> Attachment:
        """Make a file that somebody can give to a command."""
        raw = content.encode() if isinstance(content, str) else content
        return self.core.store_file(stored_name(filename), raw, content_type)

    def make_team(self, *people: User) -> None:
        """Let the application belong to a team."""
        self.world.application.team = list(people)

    def _tell(self, kind: str, guild: Guild, data: dict[str, Any], intent: str = "guilds") -> None:
        """Send an event about a guild to the bot if it is there."""
        if not self.core.gateway.sessions or (guild.bot_role is None and kind != "GUILD_DELETE"):
            return
        self.core.gateway.dispatch(kind, lambda _: data, guild=guild, intent=intent)
