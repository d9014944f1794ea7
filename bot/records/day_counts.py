"""How often something happened on each day: the statements on the table ``day_counts``.

In: a connection inside a transaction, and counts. Out: counts by day. What is counted has a server,
a kind and, for some, an id of the articles, a reason or a duration. Nobody's id and no word of a
question is among them. Votes are counted from their own table, so that one that is withdrawn counts
no more.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.by_server import Servers, is_of
from bot.records.clock import Today
from bot.records.model import COUNT_KINDS, Counted, CountedThere, DamagedValueError, DayCount
from bot.records.retention import make_date
from bot.records.tables import DAY_COUNTS, VOTES
from bot.records.upsert import insert_into
from bot.texts import records as texts

_DIGEST: Counted = ("digest", "")
# Days from one digest to the next.
_WEEK = 7
# So many rows are written by one statement: databases take so and so many values.
_MOST_ROWS = 1_000


class DayCountTable:
    """Counts by server, day, kind and what it is about."""

    async def add(
        self,
        connection: AsyncConnection,
        today: Today,
        counts: Mapping[CountedThere, int],
        days_ago: int = 0,
    ) -> None:
        """Add to the counts of today, or of so many days ago."""
        day = make_date(today.latest - days_ago)
        rows = [
            {"guild_id": guild_id, "day": day, "kind": kind, "what": what, "times": times}
            for (guild_id, (kind, what)), times in counts.items()
        ]
        for start in range(0, len(rows), _MOST_ROWS):
            some = rows[start : start + _MOST_ROWS]
            statement = insert_into(connection, DAY_COUNTS).values(some)
            again = {"times": DAY_COUNTS.c.times + statement.excluded.times}
            statement = statement.on_conflict_do_update(
                index_elements=DAY_COUNTS.primary_key, set_=again
            )
            await connection.execute(statement)

    async def read(
        self, connection: AsyncConnection, today: Today, days: int, servers: Servers
    ) -> list[DayCount]:
        """Read the counts of the last days, today among them, in the order of the days."""
        column = DAY_COUNTS.c
        since = make_date(today.latest - days + 1)
        query = select(column.day, column.kind, column.what, func.sum(column.times))
        query = query.where(column.day >= since, is_of(column.guild_id, servers))
        rows = await connection.execute(query.group_by(column.day, column.kind, column.what))
        votes = await connection.execute(_count_votes(since, servers))
        found = [*map(_check_row, rows), *_read_votes(votes.all())]
        days_behind = today.state.days_behind
        return sorted((_shift(one, days_behind) for one in found), key=lambda one: one.day)

    async def find_digest_due(
        self, connection: AsyncConnection, today: Today, guild_id: int
    ) -> dt.date | None:
        """Give the day of a server's last digest, if one is due, or of that of all servers (0).

        The first is due a week after the first count; before it, the day is that of that count.
        """
        column = DAY_COUNTS.c
        is_digest = (column.kind == _DIGEST[0]) & (column.guild_id == guild_id)
        # Most often one was told of late, of which the days before need not be looked through.
        within_week = column.day > make_date(today.latest - _WEEK)
        if await connection.scalar(select(exists().where(is_digest, within_week))):
            return None
        last = await connection.scalar(select(func.max(column.day)).where(is_digest))
        is_counted = is_of(column.guild_id, [guild_id] if guild_id else None)
        first = select(func.min(column.day)).where(is_counted)
        since = last or await connection.scalar(first)
        is_due = since is not None and today.latest - since.toordinal() >= _WEEK
        return since if is_due else None

    async def note_digest(self, connection: AsyncConnection, today: Today, guild_id: int) -> None:
        """Count a digest as told today."""
        await self.add(connection, today, {(guild_id, _DIGEST): 1})


def _count_votes(since: dt.date, servers: Servers) -> Select[tuple[dt.date, bool, int]]:
    day, is_helpful = VOTES.c.day, VOTES.c.is_helpful
    query = select(day, is_helpful, func.count()).where(day >= since)
    return query.where(is_of(VOTES.c.guild_id, servers)).group_by(day, is_helpful)


def _read_votes(rows: Sequence[Sequence[object]]) -> Iterator[DayCount]:
    for day, is_helpful, times in rows:
        yield _check_row((day, "helpful" if is_helpful else "unhelpful", "", times))


def _check_row(row: Sequence[object]) -> DayCount:
    """Refuse what the program can't have written."""
    day, kind, what, times = row
    found = COUNT_KINDS.get(kind)
    if not isinstance(day, dt.date) or not isinstance(what, str) or found is None:
        raise DamagedValueError(texts.COUNT_OF_NOTHING)
    if not isinstance(times, int) or times < 1:
        raise DamagedValueError(texts.COUNT_OF_NOTHING)
    return DayCount(day, found, what, times)


def _shift(count: DayCount, days_behind: int) -> DayCount:
    """Give the day as the clock has it."""
    return replace(count, day=make_date(count.day.toordinal() - days_behind))
