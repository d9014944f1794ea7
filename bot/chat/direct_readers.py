"""Who reads in direct messages: a member of the server for which they were opened, or anybody.

In: a user. Out: readers. Whether the user is still a member, and with which roles, Discord is asked
every five minutes. Where it does not answer, nothing is shown but what everybody may read.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import discord

from bot.chat import failures
from bot.chat.readers import ANYBODY, Readers
from bot.chat.state.direct_servers import DirectServers
from bot.knowledge_bases import Reader
from bot.records.announcements import Announcements

# Discord wants an answer within three seconds, in which the articles are asked, too.
_PATIENCE_S = 1.5
# In the place of a server's id: direct messages are about none.
_NO_GUILD = "0"

# Gives a guild that the bot is in by its id.
FindGuild = Callable[[int], discord.Guild | None]
# Gives a guild that another process knows.
FetchGuild = Callable[[int], Awaitable[discord.Guild]]


class DirectReaders:
    """Finds who reads in direct messages. Lives on the event loop.

    For which server a member opens them, all processes are told: these messages come to one of
    them, whichever server it is.
    """

    def __init__(self, servers: DirectServers, announcements: Announcements) -> None:
        """Begin without a connection: no guild is known then."""
        self.find_guild: FindGuild = lambda _: None
        self.fetch_guild: FetchGuild | None = None
        self._servers = servers
        self._announcements = announcements
        announcements.listen("direct", self._hear)

    def open(self, user_id: int, guild_id: int) -> None:
        """Let direct messages of a user be about a server, instead of another one."""
        self._servers.open(user_id, guild_id)
        self._announcements.tell("direct", f"{user_id} {guild_id}")

    def close(self, user_id: int) -> None:
        """Let direct messages of a user be about no server."""
        self._servers.close(user_id)
        self._announcements.tell("direct", f"{user_id} {_NO_GUILD}")

    def _hear(self, told: str) -> None:
        """Take over what another process was told by a member."""
        user_id, _, guild_id = told.partition(" ")
        if user_id.isdecimal() and guild_id == _NO_GUILD:
            self._servers.close(int(user_id))
        elif user_id.isdecimal() and guild_id.isdecimal():
            self._servers.open(int(user_id), int(guild_id))

    async def find(self, user_id: int) -> Readers:
        """Find who reads what a user is told alone."""
        membership = self._servers.find(user_id, time.monotonic())
        if membership is None or not self._may_be_in(membership.guild_id):
            return ANYBODY
        role_ids = membership.role_ids
        if role_ids is None:
            role_ids = await self._ask(user_id, membership.guild_id)
        if role_ids is None:
            return ANYBODY
        reader = Reader(membership.guild_id, role_ids)
        return Readers(reader, reader)

    def _may_be_in(self, guild_id: int) -> bool:
        """Say whether the bot is in a guild, or another process may know it."""
        return self.find_guild(guild_id) is not None or self.fetch_guild is not None

    async def _ask(self, user_id: int, guild_id: int) -> frozenset[int] | None:
        """Ask Discord for the roles of a member; None where there is none, or no answer."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                guild = self.find_guild(guild_id)
                if guild is None and self.fetch_guild is not None:
                    guild = await self.fetch_guild(guild_id)
                member = await guild.fetch_member(user_id) if guild is not None else None
        except discord.NotFound:
            self._servers.close(user_id)
            return None
        except (discord.DiscordException, OSError, TimeoutError) as error:
            failures.record_kind(error, "asking who is a member")
            return None
        if guild is None or member is None:
            return None
        is_administrator = member.guild_permissions.administrator
        roles = guild.roles if is_administrator else member.roles
        role_ids = frozenset(role.id for role in roles)
        self._servers.note(user_id, guild.id, role_ids, time.monotonic())
        return role_ids
