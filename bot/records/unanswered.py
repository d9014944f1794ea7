"""Questions that the articles do not answer: the statements on the table ``unanswered``.

In: a connection inside a transaction, cleaned questions, and where they were asked. Out: questions
with how often and when they were. A question is found by the hash of its wording; what several
servers ask is one question where they are looked at together.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.bounds import Bounds
from bot.records.by_server import Servers, is_of
from bot.records.clock import Today
from bot.records.erasure import Erasure
from bot.records.model import DamagedValueError, Unanswered
from bot.records.retention import make_date
from bot.records.tables import UNANSWERED
from bot.records.upsert import insert_into
from bot.records.wording import hash_wording
from bot.texts import records as texts

# Of a server, and of all of them; the questions that were not asked for longest go first.
_BOUNDS = Bounds(
    UNANSWERED,
    key=(UNANSWERED.c.number,),
    latest_first=(
        UNANSWERED.c.last_day.desc(),
        UNANSWERED.c.times.desc(),
        UNANSWERED.c.number.desc(),
    ),
    most_per_server=5_000,
    most=100_000,
)


class UnansweredTable:
    """Counts how often each question was asked."""

    def __init__(self, erasure: Erasure) -> None:
        """Delete with ``erasure``."""
        self._erasure = erasure

    async def add(
        self, connection: AsyncConnection, today: Today, question: str, guild_id: int
    ) -> None:
        """Count a question, which ``clean_question`` has made."""
        day = make_date(today.latest)
        row = {
            "guild_id": guild_id,
            "sameness": hash_wording(question),
            "question": question,
            "times": 1,
            "first_day": day,
            "last_day": day,
        }
        again = {"times": UNANSWERED.c.times + 1, "last_day": day}
        statement = insert_into(connection, UNANSWERED).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=["guild_id", "sameness"], set_=again
        )
        await connection.execute(statement)
        await _BOUNDS.keep(connection, self._erasure, guild_id)

    async def read_page(
        self, connection: AsyncConnection, today: Today, most: int, offset: int, servers: Servers
    ) -> list[Unanswered]:
        """Read at most ``most`` questions after the first ``offset``.

        What was asked most comes first; of those, what was asked last.
        """
        column = UNANSWERED.c
        times, last_day = func.sum(column.times), func.max(column.last_day)
        question, first_day = func.min(column.question), func.min(column.first_day)
        query = select(column.sameness, question, times, first_day, last_day)
        query = query.where(is_of(column.guild_id, servers)).group_by(column.sameness)
        latest = func.max(column.number)
        query = query.order_by(times.desc(), last_day.desc(), latest.desc())
        rows = await connection.execute(query.limit(most).offset(offset))
        days_behind = today.state.days_behind
        return [_check_row(row, days_behind) for row in rows]

    async def count(self, connection: AsyncConnection, servers: Servers) -> int:
        """Count the questions."""
        column = UNANSWERED.c
        query = select(func.count(column.sameness.distinct()))
        result = await connection.execute(query.where(is_of(column.guild_id, servers)))
        return result.scalar_one()

    async def take_back(self, connection: AsyncConnection, wording: str, guild_id: int) -> None:
        """Count a question once less; delete it where that was the only time."""
        is_question = (UNANSWERED.c.sameness == wording) & (UNANSWERED.c.guild_id == guild_id)
        times = UNANSWERED.c.times
        lower = update(UNANSWERED).where(is_question).values(times=times - 1)
        await connection.execute(lower)
        await self._erasure.delete(connection, delete(UNANSWERED).where(is_question, times <= 0))

    async def remove(
        self, connection: AsyncConnection, questions: Collection[str], servers: Servers
    ) -> int:
        """Delete questions; return in how many servers they were asked, summed up."""
        wordings = map(hash_wording, questions)
        statement = delete(UNANSWERED).where(UNANSWERED.c.sameness.in_(wordings))
        statement = statement.where(is_of(UNANSWERED.c.guild_id, servers))
        return await self._erasure.delete(connection, statement)


def _check_row(row: Sequence[object], days_behind: int) -> Unanswered:
    """Refuse what the program can't have written; give the days as the clock has them."""
    wording, question, times, first, last = row
    if not isinstance(question, str) or wording != hash_wording(question):
        raise DamagedValueError(texts.QUESTION_CHANGED)
    if not isinstance(times, int) or times < 1:
        raise DamagedValueError(texts.QUESTION_WITHOUT_TIMES)
    if not isinstance(first, dt.date) or not isinstance(last, dt.date) or first > last:
        raise DamagedValueError(texts.QUESTION_WITHOUT_DAYS)
    first_shown = make_date(first.toordinal() - days_behind)
    last_shown = make_date(last.toordinal() - days_behind)
    return Unanswered(question, times, first_shown, last_shown)
