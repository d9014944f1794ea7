"""How many rows of a table are kept of a server, and of all of them together.

In: a connection inside a transaction, and the server that has just got rows. Out: a table without
its surplus. Of a server, what was counted or said longest ago goes first. Where all servers
together have too many, the one with the most gives: a busy one pushes out nothing of others.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.erasure import Erasure


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a table with a column ``guild_id``.

    ``key``: the columns that tell the rows of a server apart. ``latest_first``: how they are
    ordered.
    """

    table: Table
    key: tuple["Column[Any]", ...]
    latest_first: tuple[ColumnElement[Any], ...]
    most_per_server: int
    most: int

    async def keep(self, connection: AsyncConnection, erasure: Erasure, guild_id: int) -> None:
        """Delete what a server has too much, and then what all of them have."""
        await self._cut(connection, erasure, guild_id, self.most_per_server)
        count_all = select(func.count()).select_from(self.table)
        while (surplus := (await connection.scalar(count_all) or 0) - self.most) > 0:
            largest, rows = await self._find_largest(connection)
            await self._cut(connection, erasure, largest, max(rows - surplus, 0))

    async def _find_largest(self, connection: AsyncConnection) -> tuple[int, int]:
        """Find the server with the most rows, and how many these are."""
        column, rows = self.table.c.guild_id, func.count()
        by_server = select(column, rows).group_by(column).order_by(rows.desc(), column)
        guild_id, count = (await connection.execute(by_server.limit(1))).one()
        return int(guild_id), int(count)

    async def _cut(
        self, connection: AsyncConnection, erasure: Erasure, guild_id: int, most: int
    ) -> None:
        """Delete the rows of a server but for the latest."""
        is_there = self.table.c.guild_id == guild_id
        latest = select(*self.key).where(is_there).order_by(*self.latest_first)
        is_surplus = tuple_(*self.key).in_(latest.offset(most))
        await erasure.delete(connection, delete(self.table).where(is_there, is_surplus))
