"""Who reads in direct messages: a member of the server for which they were opened, or anybody.

In: a user. Out: readers. Whether the user is still a member, and with which roles, Discord is asked
every five minutes. Where it does not answer, nothing is shown but what everybody may read.
"""

import asyncio
import time
from collections.abc import Callable

import discord

from bot.chat import failures
from bot.chat.readers import ANYBODY, Readers
from bot.chat.state.direct_servers import DirectServers
from bot.knowledge_bases import Reader

# Discord wants an answer within three seconds, in which the articles are asked, too.
_PATIENCE_S = 1.5

# Gives a guild that the bot is in by its id.
FindGuild = Callable[[int], discord.Guild | None]


class DirectReaders:
    """Finds who reads in direct messages. Lives on the event loop."""

    def __init__(self, servers: DirectServers) -> None:
        """Begin without a connection: no guild is known then."""
        self.find_guild: FindGuild = lambda _: None
        self._servers = servers

    async def find(self, user_id: int) -> Readers:
        """Find who reads what a user is told alone."""
        membership = self._servers.find(user_id, time.monotonic())
        if membership is None:
            return ANYBODY
        guild = self.find_guild(membership.guild_id)
        if guild is None:
            return ANYBODY
        role_ids = membership.role_ids
        if role_ids is None:
            role_ids = await self._ask(user_id, guild)
        if role_ids is None:
            return ANYBODY
        reader = Reader(guild.id, role_ids)
        return Readers(reader, reader)

    async def _ask(self, user_id: int, guild: discord.Guild) -> frozenset[int] | None:
        """Ask Discord for the roles of a member; None where there is none, or no answer."""
        try:
            member = await asyncio.wait_for(guild.fetch_member(user_id), _PATIENCE_S)
        except discord.NotFound:
            self._servers.close(user_id)
            return None
        except (discord.DiscordException, OSError, TimeoutError) as error:
            failures.record_kind(error, "asking who is a member")
            return None
        is_administrator = member.guild_permissions.administrator
        roles = guild.roles if is_administrator else member.roles
        role_ids = frozenset(role.id for role in roles)
        self._servers.note(user_id, guild.id, role_ids, time.monotonic())
        return role_ids
