"""What was set for a server or one of its channels: the statements on ``channel_settings``.

In: a connection inside a transaction; ids, a key, a value of JSON. Out: what is set. What a key
means, and which values it takes, is the business of who sets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.erasure import Erasure
from bot.records.tables import CHANNEL_SETTINGS
from bot.records.upsert import insert_into

# A value of JSON.
Json = None | bool | int | float | str | Sequence["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """One thing that is set.

    ``channel_id``: 0 where it holds for the whole server. ``changed_at``: in seconds since 1970.
    """

    guild_id: int
    channel_id: int
    key: str
    value: Json
    changed_at: int = 0


class ChannelSettingsTable:
    """Holds what is set."""

    def __init__(self, erasure: Erasure) -> None:
        """Delete with ``erasure``."""
        self._erasure = erasure

    async def put(self, connection: AsyncConnection, setting: ChannelSetting) -> None:
        """Set something, in the place of what was set before; None sets nothing any more."""
        column = CHANNEL_SETTINGS.c
        if setting.value is None:
            is_it = (column.guild_id == setting.guild_id) & (column.key == setting.key)
            is_it &= column.channel_id == setting.channel_id
            await self._erasure.delete(connection, delete(CHANNEL_SETTINGS).where(is_it))
            return
        row = {
            "guild_id": setting.guild_id,
            "channel_id": setting.channel_id,
            "key": setting.key,
            "value": setting.value,
            "changed_at": setting.changed_at,
        }
        again = {"value": setting.value, "changed_at": setting.changed_at}
        statement = insert_into(connection, CHANNEL_SETTINGS).values(row)
        key = CHANNEL_SETTINGS.primary_key
        await connection.execute(statement.on_conflict_do_update(index_elements=key, set_=again))

    async def read(self, connection: AsyncConnection, guild_id: int | None) -> list[ChannelSetting]:
        """Read what is set in a server, or in all of them; by server, channel and key."""
        column = CHANNEL_SETTINGS.c
        query = select(CHANNEL_SETTINGS).order_by(column.guild_id, column.channel_id, column.key)
        if guild_id is not None:
            query = query.where(column.guild_id == guild_id)
        rows = await connection.execute(query)
        return [ChannelSetting(*row) for row in rows]

    async def forget(self, connection: AsyncConnection, guild_id: int) -> None:
        """Delete what is set in a server."""
        is_there = CHANNEL_SETTINGS.c.guild_id == guild_id
        await self._erasure.delete(connection, delete(CHANNEL_SETTINGS).where(is_there))
