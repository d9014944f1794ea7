"""What this Discord holds: people, guilds, roles, channels, messages and one application.

Plain objects that a test can look at. Who may do what in a channel is worked out here
(https://docs.discord.com/developers/topics/permissions#permission-hierarchy). Nothing is sent from
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from loopback.clock import Clock
from loopback.permissions import DIRECT, EVERYTHING, NOTHING, Permission
from loopback.reading import Button, Select, find_buttons, find_selects, read_texts

TEXT, DM, GROUP_DM, THREAD, FORUM = 0, 1, 3, 11, 15
HAS_THREAD, EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 5, 1 << 6, 1 << 7, 1 << 15
RENAMED, THREAD_CREATED, THREAD_STARTER = 4, 18, 21
SYSTEM = {RENAMED, THREAD_CREATED, THREAD_STARTER}


@dataclass(eq=False)
class User:
    """A person, a bot or a webhook."""

    id: int
    name: str
    bot: bool = False
    accepts_dms: bool = True
    installed: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """What one writes to mention this user."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A role of a guild; the one with the guild's id is @everyone."""

    id: int
    name: str
    permissions: Permission = NOTHING
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """What one writes to mention this role."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Guild:
    """A server. The application is installed in it when `bot_role` is there or `commands_only` is
    set.
    """

    id: int
    name: str
    owner: User
    everyone: Role
    roles: list[Role] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    bot_role: Role | None = None
    commands_only: bool = False
    system_channel: "Channel | None" = None
    updates_channel: "Channel | None" = None
    channels: "list[Channel]" = field(default_factory=list, repr=False)
    locale: str = "en-US"
    features: Sequence[str] = ("COMMUNITY",)

    @property
    def installed(self) -> bool:
        """Whether the application is installed here."""
        return self.bot_role is not None or self.commands_only

    def permissions_of(self, user: User) -> Permission:
        """Tell what a user may do in the guild, before the overwrites of a channel."""
        member = self.members.get(user.id)
        if member is None:
            return NOTHING
        granted = self.everyone.permissions
        for role in member.roles:
            granted |= role.permissions
        return EVERYTHING if user is self.owner or granted & Permission.ADMINISTRATOR else granted


@dataclass(eq=False)
class Channel:
    """A text channel, a forum, a thread or a direct conversation. The first of a thread's people
    started it.
    """

    id: int
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    parent: "Channel | None" = None
    people: list[User] = field(default_factory=list)
    overwrites: dict[int, tuple[Permission, Permission]] = field(default_factory=dict)
    messages: "list[Message]" = field(default_factory=list)
    threads: "list[Channel]" = field(default_factory=list)
    typing: list[float] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    deleted: bool = False
    renamed: list[float] = field(default_factory=list)

    @property
    def mention(self) -> str:
        """What one writes to name this channel."""
        return f"<#{self.id}>"

    @property
    def is_direct(self) -> bool:
        """Whether this is a conversation outside every guild."""
        return self.guild is None

    @property
    def sending(self) -> Permission:
        """What one must be allowed in order to write here."""
        return (
            Permission.SEND_MESSAGES_IN_THREADS if self.kind == THREAD else Permission.SEND_MESSAGES
        )

    def permissions_of(self, user: User) -> Permission:
        """Tell what a user may do in this channel."""
        if self.guild is None:
            return DIRECT if user in self.people else NOTHING
        granted = self.guild.permissions_of(user)
        if granted & Permission.ADMINISTRATOR:
            return granted
        return self._overwritten(granted, user)

    def _overwritten(self, granted: Permission, user: User) -> Permission:
        """Apply the overwrites for everyone, then for the roles together, then for the user."""
        guild, overwrites = self.guild, (self.parent or self).overwrites
        if guild is None or user.id not in guild.members:
            return granted
        roles = [role.id for role in guild.members[user.id].roles]
        for layer in ([guild.id], roles, [user.id]):
            allowed = denied = NOTHING
            for key in layer:
                allow, deny = overwrites.get(key, (NOTHING, NOTHING))
                allowed, denied = allowed | allow, denied | deny
            granted = granted & ~denied | allowed
        return granted if granted & Permission.VIEW_CHANNEL else NOTHING


@dataclass(frozen=True)
class Pings:
    """Whom a message really notifies."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(eq=False)
class Attachment:
    """A file at a message, or one that somebody gives to a command."""

    id: int
    filename: str
    content: bytes
    content_type: str = "application/octet-stream"
    url: str = ""
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message as people see it.

    `pings` is whom it notifies; `body` is the JSON that made it; `revisions` holds the earlier
    contents.
    """

    id: int
    channel: Channel
    author: User
    content: str = ""
    kind: int = 0
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    reply_to: "Message | None" = None
    reply_pings: bool = False
    pings: Pings = field(default_factory=Pings)
    mentioned: list[User] = field(default_factory=list)
    mentioned_roles: list[Role] = field(default_factory=list)
    mentions_everyone: bool = False
    webhook_id: int | None = None
    cause: dict[str, Any] | None = None
    only_for: User | None = None
    body: dict[str, Any] = field(default_factory=dict)
    created: str = ""
    edited: str | None = None
    deleted: bool = False
    thread: Channel | None = None
    reactions: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)

    @property
    def ephemeral(self) -> bool:
        """Whether only the one who asked sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def is_system(self) -> bool:
        """Whether Discord itself wrote it because of a thread."""
        return self.kind in SYSTEM

    @property
    def is_for_all(self) -> bool:
        """Whether it stands in the channel for everybody."""
        return not self.deleted and not self.ephemeral

    @property
    def is_v2(self) -> bool:
        """Whether it is made of components of the second version."""
        return bool(self.flags & COMPONENTS_V2)

    @property
    def texts(self) -> list[str]:
        """All texts that are displayed, from top to bottom."""
        return read_texts(self.content, self.embeds, self.components)

    @property
    def text(self) -> str:
        """All that is displayed, from top to bottom, in one text."""
        return "\n".join(self.texts)

    @property
    def buttons(self) -> list[Button]:
        """The buttons, in order."""
        return find_buttons(self.components)

    @property
    def selects(self) -> list[Select]:
        """The select menus, in order."""
        return find_selects(self.components)


@dataclass(eq=False)
class Application:
    """The one application that this server knows, its bot and what its owner set in the developer
    portal.
    """

    id: int
    name: str
    bot: User
    owner: User
    team: list[User] | None = None
    privileged: frozenset[str] = frozenset()
    # Where interactions are sent instead of the gateway, and what Discord's own link installs.
    endpoint_url: str | None = None
    install_params: dict[str, Any] | None = None
    install_url: str | None = None
    requires_code_grant: bool = False


class World:
    """Everything there is, by id."""

    def __init__(self, clock: Clock, privileged: frozenset[str]) -> None:
        self.clock = clock
        bot, owner = User(clock.new_id(), "librarian", bot=True), User(clock.new_id(), "owner")
        self.users: dict[int, User] = {bot.id: bot, owner.id: owner}
        self.application = Application(bot.id, "Librarian", bot, owner, privileged=privileged)
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.attachments: dict[int, Attachment] = {}

    @property
    def bot(self) -> User:
        """The bot's own user."""
        return self.application.bot

    def roles(self) -> dict[int, Role]:
        """Give the roles of all guilds by id."""
        return {role.id: role for guild in self.guilds.values() for role in guild.roles}

    def reads_content(self) -> bool:
        """Tell whether the application may read every message."""
        return "message_content" in self.application.privileged

    def add_channel(self, channel: Channel) -> None:
        """Put a channel, a thread or a conversation where it belongs."""
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels.append(channel)

    def add(self, message: Message) -> Message:
        """Put a message into its channel."""
        message.created = message.created or self.clock.stamp()
        self.messages[message.id] = message
        message.channel.messages.append(message)
        return message
