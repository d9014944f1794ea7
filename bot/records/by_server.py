"""What was asked, found helpful and counted in which server: chosen, and deleted.

In: the ids of servers; 0 is that of none. Out: conditions, and tables without what one left behind.
"""

from collections.abc import Collection

from sqlalchemy import Column, ColumnElement, delete, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.erasure import Erasure
from bot.records.tables import DAY_COUNTS, OUT_OF_SCOPE, UNANSWERED, VOTES, WORD_PAIRS

# The servers whose rows are meant; None: all, and what is of none.
Servers = Collection[int] | None

_TABLES = (VOTES, UNANSWERED, DAY_COUNTS, WORD_PAIRS, OUT_OF_SCOPE)


def is_of(guild_id: "Column[int]", servers: Servers) -> ColumnElement[bool]:
    """Say that a row is of one of some servers."""
    return true() if servers is None else guild_id.in_(servers)


async def list_servers(connection: AsyncConnection) -> set[int]:
    """List where something was asked in vain."""
    asked = select(UNANSWERED.c.guild_id).union(select(WORD_PAIRS.c.guild_id))
    return set(await connection.scalars(asked))


async def forget_server(connection: AsyncConnection, erasure: Erasure, guild_id: int) -> None:
    """Delete what was asked, found helpful and counted in a server."""
    for table in _TABLES:
        await erasure.delete(connection, delete(table).where(table.c.guild_id == guild_id))
