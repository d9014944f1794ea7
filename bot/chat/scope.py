"""Whose questions, votes and counts are meant: those of one server, or those of all.

In: the ids of servers. Out: what the records are asked for, and who may be told of that. Who edits
the common articles is told of all servers together. What was asked in vain where a server has
articles of its own is told there alone: there it is answered.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from bot.knowledge_bases import EVERYBODY, KnowledgeBases, Reader
from bot.records.store import Records


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at.

    Attributes:
        guild_id: The server where it happened; 0: all servers, and none.
        desk_id: The server whose own articles are to answer; 0: the common ones are.

    """

    guild_id: int = 0
    desk_id: int = 0

    @property
    def has_all(self) -> bool:
        """Whether all is looked at that these articles are to answer."""
        return self.guild_id == self.desk_id

    @property
    def servers(self) -> Collection[int] | None:
        """The servers whose votes and counts are meant, as the records take them."""
        return [self.guild_id] if self.guild_id else None

    @property
    def reader(self) -> Reader:
        """Everybody who may be told of it."""
        if not self.guild_id:
            return EVERYBODY
        # The role of everybody in a server has the server's id.
        return Reader(self.guild_id, frozenset([self.guild_id]))

    async def find_asking(self, bases: KnowledgeBases, records: Records) -> Collection[int]:
        """Find the servers whose questions in vain are meant. Raises RecordsError."""
        if self.guild_id:
            return [self.guild_id]
        asking = await records.list_asking_servers()
        return await asyncio.to_thread(_leave_out_own, bases, asking)


def find_scope_in(bases: KnowledgeBases, guild_id: int) -> Scope:
    """Give what happened in one server."""
    return Scope(guild_id, guild_id if bases.find_own(guild_id) else 0)


def _leave_out_own(bases: KnowledgeBases, guild_ids: Collection[int]) -> list[int]:
    return [one for one in guild_ids if bases.find_own(one) is None]
