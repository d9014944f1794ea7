"""In which servers a bot is: the statements on the table ``joined_servers``.

In: a connection inside a transaction, the id of a bot, and the servers that Discord lists. Out: the
servers in which the bot was, and is no more. Of other bots with the same records nothing is said.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.erasure import Erasure
from bot.records.tables import JOINED_SERVERS
from bot.records.upsert import insert_into

# The bits of an id behind those by which Discord chooses a shard.
_BELOW_SHARD = 1 << 22


@dataclass(frozen=True, slots=True)
class ListedServers:
    """The servers of a shard, one of ``shard_count``, that Discord lists for a bot."""

    bot_id: int
    guild_ids: Collection[int]
    shard_id: int = 0
    shard_count: int = 1


class JoinedServersTable:
    """Holds which bot is in which server."""

    def __init__(self, erasure: Erasure) -> None:
        """Delete with ``erasure``."""
        self._erasure = erasure

    async def compare(self, connection: AsyncConnection, listed: ListedServers) -> set[int]:
        """Add the servers that are listed; give those of the shard that are listed no more."""
        column = JOINED_SERVERS.c
        is_own = column.bot_id == listed.bot_id
        shard_id = column.guild_id // _BELOW_SHARD % listed.shard_count
        query = select(column.guild_id).where(is_own, shard_id == listed.shard_id)
        known = set(await connection.scalars(query))
        new = set(listed.guild_ids) - known
        rows = [{"bot_id": listed.bot_id, "guild_id": guild_id} for guild_id in sorted(new)]
        if rows:
            # What several processes add at once is the same.
            statement = insert_into(connection, JOINED_SERVERS).on_conflict_do_nothing()
            await connection.execute(statement, rows)
        return known - set(listed.guild_ids)

    async def forget(self, connection: AsyncConnection, guild_id: int) -> None:
        """Delete that any bot is in a server."""
        is_there = JOINED_SERVERS.c.guild_id == guild_id
        await self._erasure.delete(connection, delete(JOINED_SERVERS).where(is_there))
