"""Votes and unanswered questions, kept in a folder: a SQLite file, and the key of the hashes in it.

In: ids of Discord, the texts of questions. Out: counts and texts that tell nobody's name. What is too old goes when
the records are opened, once an hour, and before anything is given; what is deleted is rewritten away. Those who write
wait for one another, those who read for nobody. It knows neither Discord nor articles.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Delete, and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.database import Database, make_folder
from bot.records.key import Key, make_key, read_key
from bot.records.model import PassageVotes, RecordsError, Unanswered, VoteOutcome
from bot.records.schema import bring_up_to_date
from bot.records.tables import UNANSWERED, VOTES
from bot.records.wording import clean_question, sameness

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

_LONGEST_DAYS = 365
_MOST_QUESTIONS = 5_000
_PASSAGE = re.compile(r"[0-9a-f]{12}")


def today_utc() -> dt.date:
    """Give the date of today in UTC."""
    return dt.datetime.now(dt.UTC).date()


class Records:
    """What is remembered in one folder. Every method may be called while others run, from one event loop.

    What was begun is finished even if its caller is cancelled. Every method raises RecordsError where the disk or
    the database refuses, and after ``close``; nothing has changed then.
    """

    def __init__(self, database: Database, key: Key, keep_days: int, today: Callable[[], dt.date]) -> None:
        """Take what ``open`` has made ready."""
        self._database = database
        self._key = key
        self._keep_days = keep_days
        self._today = today
        # Whoever was killed may have deleted something without rewriting the file.
        self._has_leftovers = True
        self._lock = asyncio.Lock()
        self._under_way: set[asyncio.Task[object]] = set()
        self._presses: dict[tuple[int, int, str, bool], asyncio.Task[VoteOutcome]] = {}
        self._closing = asyncio.Event()

    @classmethod
    async def open(
        cls, folder: Path, keep_days: int, *, today: Callable[[], dt.date] = today_utc, look_every_s: float = 3600.0
    ) -> Self:
        """Open the records of a folder, made if there are none, and look every ``look_every_s`` for what is too old.

        Unanswered questions are kept for ``keep_days`` (0 to 365) after they were last asked; 0: none is. Raises
        RecordsError where the folder or one of its files is not fit, and leaves them untouched.
        """
        if not 0 <= keep_days <= _LONGEST_DAYS:
            raise ValueError(f"{keep_days} is not a number of days from 0 to {_LONGEST_DAYS}")
        path = await asyncio.to_thread(make_folder, folder)
        database = Database(path)
        async with database.transaction() as connection:
            await connection.run_sync(bring_up_to_date, path)
            votes = await connection.scalar(select(func.count()).select_from(VOTES))
            key = await asyncio.to_thread(_find_key, folder, has_votes=bool(votes))
        records = cls(database, key, keep_days, today)
        await records._do(_nothing)
        records._keep(asyncio.create_task(records._look_after(look_every_s)))
        return records

    async def close(self) -> None:
        """Finish what is under way and refuse everything after it; closing twice is closing once."""
        self._closing.set()
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def vote(self, person: int, answer: int, passage: str, *, is_helpful: bool) -> VoteOutcome:
        """Count a member's vote on an answer, in place of an earlier one; the same vote again takes it back.

        ``passage`` is the id (12 hexadecimal digits) of the passage that the answer quotes. The same vote while the
        first is still being written is the same press.
        """
        if not _PASSAGE.fullmatch(passage):
            raise ValueError(f"{passage!r} is not the id of a passage")
        press = person, answer, passage, is_helpful
        task = self._presses.get(press)
        if task is None:
            row = {
                "person": self._key.hash_person(person),
                "answer": self._key.hash_answer(answer),
                "passage": passage,
                "is_helpful": is_helpful,
                "day": self._today(),
            }
            task = self._presses[press] = self._begin(lambda connection: self._vote(connection, row))
            task.add_done_callback(lambda _: self._presses.pop(press))
        return await asyncio.shield(task)

    async def votes(self) -> list[PassageVotes]:
        """Count the votes of each passage; the one that most more found not helpful than helpful comes first."""
        helpful = func.count().filter(VOTES.c.is_helpful)
        not_helpful = func.count().filter(~VOTES.c.is_helpful)
        query = (
            select(VOTES.c.passage, helpful, not_helpful)
            .group_by(VOTES.c.passage)
            .order_by(helpful - not_helpful, not_helpful.desc(), VOTES.c.passage)
        )

        async def read(connection: AsyncConnection) -> list[PassageVotes]:
            return [PassageVotes(*row) for row in await connection.execute(query)]

        return await self._read(read)

    async def forget(self, person: int) -> int:
        """Delete all votes of a member; give how many there were."""
        return await self._do(self._deleting(delete(VOTES).where(VOTES.c.person == self._key.hash_person(person))))

    async def add_unanswered(self, question: str) -> None:
        """Count a question that the articles did not answer, without what is personal in it by its form."""
        text = clean_question(question)
        if not text or not self._keep_days:
            return
        today = self._today()
        new = insert(UNANSWERED).values(
            sameness=sameness(text), question=text, times=1, first_day=today, last_day=today
        )
        again = {"times": UNANSWERED.c.times + 1, "last_day": today}
        latest = select(UNANSWERED.c.number).order_by(
            UNANSWERED.c.last_day.desc(), UNANSWERED.c.times.desc(), UNANSWERED.c.number.desc()
        )
        surplus = delete(UNANSWERED).where(UNANSWERED.c.number.in_(latest.offset(_MOST_QUESTIONS)))

        async def add(connection: AsyncConnection) -> None:
            await connection.execute(new.on_conflict_do_update(index_elements=["sameness"], set_=again))
            await self._delete(connection, surplus)

        await self._do(add)

    async def unanswered(self, most: int = 50, offset: int = 0) -> list[Unanswered]:
        """Give unanswered questions, at most ``most`` after the first ``offset``; the most and latest asked first."""
        columns = UNANSWERED.c
        query = (
            select(columns.question, columns.times, columns.first_day, columns.last_day)
            .order_by(columns.times.desc(), columns.last_day.desc(), columns.number.desc())
            .limit(most)
            .offset(offset)
        )

        async def read(connection: AsyncConnection) -> list[Unanswered]:
            return [Unanswered(*row) for row in await connection.execute(query)]

        return await self._read(read)

    async def count_unanswered(self) -> int:
        """Count the unanswered questions that are kept."""

        async def count(connection: AsyncConnection) -> int:
            return (await connection.execute(select(func.count()).select_from(UNANSWERED))).scalar_one()

        return await self._read(count)

    async def take_back_unanswered(self, same: str) -> None:
        """Count a question once less, by the ``sameness`` of its text; delete it where that was the only time."""
        this = UNANSWERED.c.sameness == same

        async def lower(connection: AsyncConnection) -> None:
            await connection.execute(update(UNANSWERED).where(this).values(times=UNANSWERED.c.times - 1))
            await self._delete(connection, delete(UNANSWERED).where(this, UNANSWERED.c.times <= 0))

        await self._do(lower)

    async def remove_unanswered(self, *questions: str) -> int:
        """Delete questions as ``unanswered`` gives them; give how many of them were there."""
        named = delete(UNANSWERED).where(UNANSWERED.c.sameness.in_(map(sameness, questions)))
        return await self._do(self._deleting(named))

    async def clear_unanswered(self) -> int:
        """Delete all unanswered questions; give how many there were."""
        return await self._do(self._deleting(delete(UNANSWERED)))

    async def _vote(self, connection: AsyncConnection, row: dict[str, object]) -> VoteOutcome:
        mine = and_(VOTES.c.person == row["person"], VOTES.c.answer == row["answer"])
        query = select(VOTES.c.passage, VOTES.c.is_helpful).where(mine)
        before = (await connection.execute(query)).one_or_none()
        if before is None:
            await connection.execute(insert(VOTES).values(row))
            return VoteOutcome.COUNTED
        if tuple(before) == (row["passage"], row["is_helpful"]):
            await self._delete(connection, delete(VOTES).where(mine))
            return VoteOutcome.WITHDRAWN
        await connection.execute(update(VOTES).where(mine).values(row))
        return VoteOutcome.CHANGED

    def _deleting(self, statement: Delete) -> Callable[[AsyncConnection], Awaitable[int]]:
        return lambda connection: self._delete(connection, statement)

    async def _delete(self, connection: AsyncConnection, statement: Delete) -> int:
        deleted = (await connection.execute(statement)).rowcount
        self._has_leftovers = self._has_leftovers or deleted > 0
        return deleted

    async def _do(self, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
        """Do something in a transaction of its own, to the end even if who asked for it has gone."""
        return await asyncio.shield(self._begin(work))

    async def _read(self, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
        """Read something, without waiting for what is still to be written."""
        self._refuse_if_closing()
        return await asyncio.shield(self._keep(asyncio.create_task(self._look_up(work))))

    def _begin(self, work: Callable[[AsyncConnection], Awaitable[_T]]) -> asyncio.Task[_T]:
        self._refuse_if_closing()
        return self._keep(asyncio.create_task(self._finish(work)))

    def _refuse_if_closing(self) -> None:
        if self._closing.is_set():
            raise RecordsError(self._database.path, "is closed", "the program is ending")

    def _keep(self, task: asyncio.Task[_T]) -> asyncio.Task[_T]:
        """Hold a task until it is done, so that ``close`` can wait for it."""
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _finish(self, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
        async with self._lock:
            async with self._database.transaction() as connection:
                await self._tidy(connection)
                done = await work(connection)
            await self._rewrite()
        return done

    async def _look_up(self, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
        today = self._today()
        stale = or_(UNANSWERED.c.last_day > today, UNANSWERED.c.last_day <= self._find_oldest(today))
        async with self._database.reading() as connection:
            if not (await connection.execute(select(exists().where(stale)))).scalar_one():
                return await work(connection)
        await self._finish(_nothing)
        async with self._database.reading() as connection:
            return await work(connection)

    def _find_oldest(self, today: dt.date) -> dt.date:
        """Give the last day whose questions are no longer kept."""
        return today - dt.timedelta(days=self._keep_days)

    async def _tidy(self, connection: AsyncConnection) -> None:
        """Delete the questions that are too old. A day that is yet to come is the mistake of a clock: it is today."""
        today = self._today()
        columns = UNANSWERED.c
        await connection.execute(
            update(UNANSWERED)
            .where(columns.last_day > today)
            .values(last_day=today, first_day=func.min(columns.first_day, today))
        )
        await self._delete(connection, delete(UNANSWERED).where(columns.last_day <= self._find_oldest(today)))

    async def _rewrite(self) -> None:
        """Leave nothing readable of what was deleted; where that fails, it is tried again with the next change."""
        if not self._has_leftovers:
            return
        try:
            await self._database.rewrite()
        except RecordsError as error:
            _log.warning("what was deleted from the records may still be in their file: %s", error)
        else:
            self._has_leftovers = False

    async def _look_after(self, every_s: float) -> None:
        while not self._closing.is_set():
            try:
                await self._do(_nothing)
            except RecordsError as error:
                _log.warning("questions that are too old can't be deleted: %s", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), every_s)


async def _nothing(_: AsyncConnection) -> None:
    """Do nothing more than what every transaction does first."""


def _find_key(folder: Path, *, has_votes: bool) -> Key:
    """Give the key of a folder, made if there is none yet. Raises RecordsError where votes are left without theirs."""
    key = read_key(folder)
    if key is None and has_votes:
        raise RecordsError(
            folder,
            "holds votes, but their key records.key is gone, so none can be withdrawn or forgotten any more",
            "put the key back from a backup, or delete records.sqlite3 too: all votes and unanswered questions go",
        )
    return key or make_key(folder)
