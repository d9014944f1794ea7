"""Decide what day it is, and delete what was kept for long enough.

In: a connection inside a transaction. Out: the day, and tables without rows that are too old.
"""

import datetime as dt

from sqlalchemy import case, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.clock import Clock, ClockState, Today, TrustedClock
from bot.records.erasure import Erasure
from bot.records.model import DamagedValueError
from bot.records.tables import CLOCK, DAY_COUNTS, OUT_OF_SCOPE, PRESSES, UNANSWERED, WORD_PAIRS
from bot.records.upsert import insert_into
from bot.texts import records as texts

# An interaction can be answered for 15 minutes, which may lie on both sides of midnight.
_PRESS_DAYS = 2
# For so many days it is known how much was asked on each.
COUNT_DAYS = 90
# The last day that Python's dates can hold.
_LAST_DAY = dt.date.max.toordinal()


class Retention:
    """Keeps unanswered questions for some days after they were last asked.

    Pairs of words are kept as long, presses for two days, what was counted on a day for ninety, and
    what is out of scope until somebody takes it back.
    """

    def __init__(self, clock: Clock, keep_days: int, erasure: Erasure) -> None:
        """Keep questions for ``keep_days``; 0: none is kept."""
        self._clock = TrustedClock(clock)
        self._keep_days = keep_days
        self._erasure = erasure

    async def find_today(self, connection: AsyncConnection) -> Today:
        """Say what day it is, without writing anything."""
        return self._clock.judge(await _read_clock(connection))

    async def is_due(self, connection: AsyncConnection, today: Today) -> bool:
        """Say whether a row is too old, or of a day that is yet to come."""
        latest = make_date(today.latest)
        last_day = UNANSWERED.c.last_day
        press_day = PRESSES.c.day
        oldest_question = self._find_oldest_question(today)
        oldest_press = _find_oldest_press(today)
        oldest_count = _find_oldest_count(today)
        count_day = DAY_COUNTS.c.day
        has_question = exists().where(or_(last_day > latest, last_day <= oldest_question))
        has_press = exists().where(or_(press_day > latest, press_day <= oldest_press))
        # One after the other: each is found by the key, of which the day comes first.
        has_later_count = exists().where(count_day > latest)
        has_old_count = exists().where(count_day <= oldest_count)
        pair_day = WORD_PAIRS.c.last_day
        has_pair = exists().where(or_(pair_day > latest, pair_day <= oldest_question))
        is_later = exists().where(OUT_OF_SCOPE.c.day > latest)
        has_count = or_(has_later_count, has_old_count)
        is_due = or_(has_question, has_press, has_count, has_pair, is_later)
        return bool(await connection.scalar(select(is_due)))

    async def apply(self, connection: AsyncConnection) -> Today:
        """Delete what is too old, and remember the day; return it.

        Rows of a day that is yet to come become today's.
        """
        state = await _read_clock(connection)
        today = self._clock.judge(state)
        if today.state != state:
            await _write_clock(connection, today.state)
        if await self.is_due(connection, today):
            await _move_back(connection, make_date(today.latest))
            await self._delete_oldest(connection, today)
        return today

    async def _delete_oldest(self, connection: AsyncConnection, today: Today) -> None:
        oldest_question = self._find_oldest_question(today)
        oldest_press = _find_oldest_press(today)
        questions = delete(UNANSWERED).where(UNANSWERED.c.last_day <= oldest_question)
        presses = delete(PRESSES).where(PRESSES.c.day <= oldest_press)
        counts = delete(DAY_COUNTS).where(DAY_COUNTS.c.day <= _find_oldest_count(today))
        await self._erasure.delete(connection, questions)
        await self._erasure.delete(connection, presses)
        pairs = delete(WORD_PAIRS).where(WORD_PAIRS.c.last_day <= oldest_question)
        await self._erasure.delete(connection, counts)
        await self._erasure.delete(connection, pairs)

    def _find_oldest_question(self, today: Today) -> dt.date:
        """Find the last day whose questions are no longer kept."""
        if self._keep_days == 0:
            return make_date(today.latest)
        return make_date(today.state.today - self._keep_days)


def make_date(day: int) -> dt.date:
    """Make the date of a numbered day; beyond the dates that there are, the first or the last."""
    number = min(day, _LAST_DAY)
    return dt.date.fromordinal(max(1, number))


def _find_oldest_press(today: Today) -> dt.date:
    """Find the last day whose presses are no longer kept."""
    return make_date(today.state.today - _PRESS_DAYS)


def _find_oldest_count(today: Today) -> dt.date:
    """Find the last day whose counts are no longer kept."""
    return make_date(today.state.today - COUNT_DAYS)


async def _move_back(connection: AsyncConnection, latest: dt.date) -> None:
    """Move rows of later days back to the latest day."""
    question = UNANSWERED.c
    is_first_later = question.first_day > latest
    first_day = case((is_first_later, latest), else_=question.first_day)
    questions = update(UNANSWERED).where(question.last_day > latest)
    presses = update(PRESSES).where(PRESSES.c.day > latest)
    await connection.execute(questions.values(last_day=latest, first_day=first_day))
    await connection.execute(presses.values(day=latest))
    pairs = update(WORD_PAIRS).where(WORD_PAIRS.c.last_day > latest)
    out_of_scope = update(OUT_OF_SCOPE).where(OUT_OF_SCOPE.c.day > latest)
    await connection.execute(pairs.values(last_day=latest))
    await connection.execute(out_of_scope.values(day=latest))
    await _move_counts_back(connection, latest)


async def _move_counts_back(connection: AsyncConnection, latest: dt.date) -> None:
    """Add what was counted on later days to the latest day."""
    count = DAY_COUNTS.c
    is_later = count.day > latest
    times = func.sum(count.times)
    later = select(count.guild_id, literal(latest), count.kind, count.what, times).where(is_later)
    names = ("guild_id", "day", "kind", "what", "times")
    later = later.group_by(count.guild_id, count.kind, count.what)
    statement = insert_into(connection, DAY_COUNTS).from_select(names, later)
    again = {"times": count.times + statement.excluded.times}
    statement = statement.on_conflict_do_update(index_elements=DAY_COUNTS.primary_key, set_=again)
    await connection.execute(statement)
    await connection.execute(delete(DAY_COUNTS).where(is_later))


async def _read_clock(connection: AsyncConnection) -> ClockState | None:
    """Read what is remembered of the clock; None where nothing is."""
    query = select(CLOCK.c.today, CLOCK.c.days_behind, CLOCK.c.ahead_since)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    today, days_behind, ahead_since = row
    are_dates = isinstance(today, dt.date) and isinstance(ahead_since, dt.date | None)
    is_count = isinstance(days_behind, int) and 0 <= days_behind <= _LAST_DAY
    if not are_dates or not is_count:
        raise DamagedValueError(texts.CLOCK_IS_NO_DAY)
    first_day = None if ahead_since is None else ahead_since.toordinal()
    return ClockState(today.toordinal(), days_behind, first_day)


async def _write_clock(connection: AsyncConnection, state: ClockState) -> None:
    since = state.ahead_since
    row = {
        "number": 1,
        "today": make_date(state.today),
        "days_behind": state.days_behind,
        "ahead_since": None if since is None else make_date(since),
    }
    statement = insert_into(connection, CLOCK).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=["number"], set_=row))
