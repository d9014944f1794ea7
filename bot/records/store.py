"""Votes and unanswered questions, kept in a folder: a SQLite file, and the key of the hashes in it.

In: ids of Discord, the texts of questions. Out: counts and texts that tell nobody's name. What is too old goes when
the records are opened, once an hour, and before anything is given; what is deleted is rewritten away. Those who write
wait for one another, those who read for nobody, and neither for long. It knows neither Discord nor articles.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Delete, delete, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.clock import SYSTEM_CLOCK, Clock, Seen, Today, TrustedClock
from bot.records.database import Database, make_folder
from bot.records.key import Key, make_key, read_key
from bot.records.model import PassageVotes, RecordsError, Unanswered, Vote, VoteOutcome
from bot.records.schema import bring_up_to_date
from bot.records.tables import CLOCK, PRESSES, UNANSWERED, VOTES
from bot.records.wording import clean_question, hash_wording

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

_LONGEST_DAYS = 365
_MOST_QUESTIONS = 5_000
_PASSAGE = re.compile(r"[0-9a-f]{12}")
# Discord waits three seconds for the answer to a press, and sending it takes its time too.
_PATIENCE_S = 1.5
# What was given up for a lock still has to be rolled back.
_ROLLBACK_S = 0.3
# An interaction can be answered for 15 minutes, which may lie on both sides of midnight.
_PRESS_DAYS = 2

_LATE = "try again; another program may hold it, or the disk is slow"

_Work = Callable[[AsyncConnection, Today], Awaitable[_T]]


class Records:
    """What is remembered in one folder. Every method may be called while others run, from one event loop.

    What was begun is finished even if its caller is cancelled. Every method raises RecordsError where the disk or
    the database refuses, where it takes longer than the records' patience, and after ``close``. Nothing has changed
    then, but for a disk that is too slow: what it was given it may still write.
    """

    def __init__(
        self, database: Database, key: Key, keep_days: int, clock: Clock, patience_s: float
    ) -> None:
        """Take what ``open`` has made ready."""
        self._database = database
        self._key = key
        self._keep_days = keep_days
        self._clock = TrustedClock(clock)
        self._patience_s = patience_s
        # Whoever was killed may have deleted something without rewriting the file.
        self._has_leftovers = True
        self._lock = asyncio.Lock()
        self._under_way: set[asyncio.Task[object]] = set()
        self._votes_under_way: dict[Vote, asyncio.Task[VoteOutcome]] = {}
        self._closing = asyncio.Event()

    @classmethod
    async def open(
        cls,
        folder: Path,
        keep_days: int,
        *,
        clock: Clock = SYSTEM_CLOCK,
        look_every_s: float = 3600.0,
        patience_s: float = _PATIENCE_S,
    ) -> Self:
        """Open the records of a folder, made if there are none, and look every ``look_every_s`` for what is too old.

        Unanswered questions are kept for ``keep_days`` (0 to 365) after they were last asked; 0: none is. Raises
        RecordsError where the folder or one of its files is not fit, and leaves them untouched; or where another
        program holds the database for longer than ``patience_s``, as each method does.
        """
        if not 0 <= keep_days <= _LONGEST_DAYS:
            raise ValueError(f"{keep_days} is not a number of days from 0 to {_LONGEST_DAYS}")
        path = await asyncio.to_thread(make_folder, folder)
        database = Database(path)

        async def prepare(connection: AsyncConnection) -> Key:
            await connection.run_sync(bring_up_to_date, path)
            votes = await connection.scalar(select(func.count()).select_from(VOTES))
            return await asyncio.to_thread(_find_key, folder, has_votes=bool(votes))

        key = await database.write(prepare, time.monotonic() + patience_s)
        records = cls(database, key, keep_days, clock, patience_s)
        await records._do(_nothing)
        records._keep(asyncio.create_task(records._look_after(look_every_s)))
        return records

    async def close(self) -> None:
        """Finish what is under way and refuse everything after it; closing twice is closing once."""
        self._closing.set()
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def vote(self, vote: Vote) -> VoteOutcome:
        """Count a vote once a person, question and day, in place of an earlier one.

        The same vote on the same answer again takes it back, on whatever day; while the first is still being written,
        it is the first once more. A press that is known already, from whichever process, changes nothing: its outcome
        is given again.
        """
        if not _PASSAGE.fullmatch(vote.passage):
            raise ValueError(f"{vote.passage!r} is not the id of a passage")
        press = replace(vote, press=0)
        first = self._votes_under_way.get(press)
        task = self._begin(lambda connection, today: self._press(connection, today, vote, first))
        if first is None:
            self._votes_under_way[press] = task
            task.add_done_callback(lambda _: self._votes_under_way.pop(press))
        return await self._wait(task)

    async def votes(self) -> list[PassageVotes]:
        """Count the votes of each passage; the one that most more found not helpful than helpful comes first."""
        helpful = func.count().filter(VOTES.c.is_helpful.is_(True))
        not_helpful = func.count().filter(VOTES.c.is_helpful.is_(False))
        query = (
            select(VOTES.c.passage, helpful, not_helpful, func.count())
            .group_by(VOTES.c.passage)
            .order_by(helpful - not_helpful, not_helpful.desc(), VOTES.c.passage)
        )

        async def read(connection: AsyncConnection, _: Today) -> list[PassageVotes]:
            return [self._check_votes(*row) for row in await connection.execute(query)]

        return await self._read(read)

    async def forget(self, person: int) -> int:
        """Delete all votes of a member, and what is known of their presses; give how many votes there were."""
        hashed = self._key.hash_person(person)

        async def forget(connection: AsyncConnection, _: Today) -> int:
            await self._delete(connection, delete(PRESSES).where(PRESSES.c.person == hashed))
            return await self._delete(connection, delete(VOTES).where(VOTES.c.person == hashed))

        return await self._do(forget)

    async def add_unanswered(self, question: str) -> None:
        """Count a question that the articles did not answer, without what is personal in it by its form."""
        text = clean_question(question)
        if not text or not self._keep_days:
            return
        latest = select(UNANSWERED.c.number).order_by(
            UNANSWERED.c.last_day.desc(), UNANSWERED.c.times.desc(), UNANSWERED.c.number.desc()
        )
        surplus = delete(UNANSWERED).where(UNANSWERED.c.number.in_(latest.offset(_MOST_QUESTIONS)))

        async def add(connection: AsyncConnection, today: Today) -> None:
            day = _date(today.latest)
            row = {
                "sameness": hash_wording(text),
                "question": text,
                "times": 1,
                "first_day": day,
                "last_day": day,
            }
            new = insert(UNANSWERED).values(row)
            again = {"times": UNANSWERED.c.times + 1, "last_day": day}
            await connection.execute(
                new.on_conflict_do_update(index_elements=["sameness"], set_=again)
            )
            await self._delete(connection, surplus)

        await self._do(add, is_patient=True)

    async def unanswered(self, most: int = 50, offset: int = 0) -> list[Unanswered]:
        """Give unanswered questions, at most ``most`` after the first ``offset``; the most and latest asked first."""
        columns = UNANSWERED.c
        query = (
            select(
                columns.sameness,
                columns.question,
                columns.times,
                columns.first_day,
                columns.last_day,
            )
            .order_by(columns.times.desc(), columns.last_day.desc(), columns.number.desc())
            .limit(most)
            .offset(offset)
        )

        async def read(connection: AsyncConnection, today: Today) -> list[Unanswered]:
            behind = today.seen.days_behind
            return [self._check_unanswered(row, behind) for row in await connection.execute(query)]

        return await self._read(read)

    async def count_unanswered(self) -> int:
        """Count the unanswered questions that are kept."""

        async def count(connection: AsyncConnection, _: Today) -> int:
            return (
                await connection.execute(select(func.count()).select_from(UNANSWERED))
            ).scalar_one()

        return await self._read(count)

    async def take_back_unanswered(self, same: str) -> None:
        """Count a question once less, by the ``sameness`` of its text; delete it where that was the only time."""
        this = UNANSWERED.c.sameness == same

        async def lower(connection: AsyncConnection, _: Today) -> None:
            await connection.execute(
                update(UNANSWERED).where(this).values(times=UNANSWERED.c.times - 1)
            )
            await self._delete(connection, delete(UNANSWERED).where(this, UNANSWERED.c.times <= 0))

        await self._do(lower, is_patient=True)

    async def remove_unanswered(self, *questions: str) -> int:
        """Delete questions as ``unanswered`` gives them; give how many of them were there."""
        named = delete(UNANSWERED).where(UNANSWERED.c.sameness.in_(map(hash_wording, questions)))
        return await self._do(self._deleting(named))

    async def clear_unanswered(self) -> int:
        """Delete all unanswered questions; give how many there were."""
        return await self._do(self._deleting(delete(UNANSWERED)))

    async def _press(
        self,
        connection: AsyncConnection,
        today: Today,
        vote: Vote,
        first: "asyncio.Task[VoteOutcome] | None",
    ) -> VoteOutcome:
        """Do what a press asks for, or what became of the ``first`` one; once."""
        hashed = self._key.hash_press(vote.press)
        known = (
            await connection.scalars(select(PRESSES.c.outcome).where(PRESSES.c.press == hashed))
        ).one_or_none()
        if known is not None:
            return VoteOutcome(known)
        person = self._key.hash_person(vote.person)
        outcome = await (first or self._vote(connection, today, person, vote))
        row = {
            "press": hashed,
            "person": person,
            "outcome": outcome.value,
            "day": _date(today.latest),
        }
        await connection.execute(insert(PRESSES).values(row))
        return outcome

    async def _vote(
        self, connection: AsyncConnection, today: Today, person: str, vote: Vote
    ) -> VoteOutcome:
        answer = self._key.hash_answer(vote.answer)
        question = vote.question.strip()
        row = {
            "person": person,
            "question": self._key.hash_question(hash_wording(question)) if question else answer,
            "day": _date(today.seen.today),
            "answer": answer,
            "passage": vote.passage,
            "is_helpful": vote.is_helpful,
        }
        columns = VOTES.c
        of_person = columns.person == person
        on_answer = of_person & (columns.answer == answer)
        of_today = of_person & (columns.question == row["question"]) & (columns.day == row["day"])
        same = (columns.passage == vote.passage) & columns.is_helpful.is_(vote.is_helpful)
        replaced = or_(on_answer, of_today)
        found = (await connection.execute(select(on_answer, same).where(replaced))).all()
        if any(is_on_answer and is_same for is_on_answer, is_same in found):
            await self._delete(connection, delete(VOTES).where(on_answer))
            return VoteOutcome.WITHDRAWN
        if found:
            await self._delete(connection, delete(VOTES).where(replaced))
        await connection.execute(insert(VOTES).values(row))
        # Who says the same again, under another answer to the question, changes nothing.
        return VoteOutcome.COUNTED if all(is_same for _, is_same in found) else VoteOutcome.CHANGED

    def _check_votes(
        self, passage: object, helpful: object, not_helpful: object, votes: object
    ) -> PassageVotes:
        """Refuse what the program can't have written."""
        if not isinstance(passage, str) or not _PASSAGE.fullmatch(passage):
            raise self._damaged("a vote is on no passage")
        if (
            not isinstance(helpful, int)
            or not isinstance(not_helpful, int)
            or helpful + not_helpful != votes
        ):
            raise self._damaged("a vote says neither helpful nor not helpful")
        return PassageVotes(passage, helpful, not_helpful)

    def _check_unanswered(self, row: Sequence[object], behind: int) -> Unanswered:
        """Refuse what the program can't have written; give the days as the clock has them."""
        same, question, times, first, last = row
        if not isinstance(question, str) or same != hash_wording(question):
            raise self._damaged("a question is not as it was asked")
        if not isinstance(times, int) or times < 1:
            raise self._damaged("a question was asked no number of times")
        if not isinstance(first, dt.date) or not isinstance(last, dt.date) or first > last:
            raise self._damaged("the days of a question are none")
        return Unanswered(
            question, times, _date(first.toordinal() - behind), _date(last.toordinal() - behind)
        )

    def _damaged(self, what: str) -> RecordsError:
        hint = "put it back from a backup, or move it away to begin anew"
        return RecordsError(self._database.path, f"is damaged: {what}", hint)

    def _deleting(self, statement: Delete) -> _Work[int]:
        return lambda connection, _: self._delete(connection, statement)

    async def _delete(self, connection: AsyncConnection, statement: Delete) -> int:
        deleted = (await connection.execute(statement)).rowcount
        self._has_leftovers = self._has_leftovers or deleted > 0
        return deleted

    async def _do(self, work: _Work[_T], *, is_patient: bool = False) -> _T:
        """Do something in a transaction of its own, to the end even if who asked for it has gone.

        ``is_patient``: nobody waits for it, so it is not given up while others are written before it.
        """
        task = self._begin(work, is_patient=is_patient)
        return await (asyncio.shield(task) if is_patient else self._wait(task))

    async def _read(self, work: _Work[_T]) -> _T:
        """Read something, without waiting for what is still to be written."""
        self._refuse_if_closing()
        deadline_s = time.monotonic() + self._patience_s
        return await self._wait(self._keep(asyncio.create_task(self._look_up(work, deadline_s))))

    async def _wait(self, task: asyncio.Task[_T]) -> _T:
        """Give what becomes of a task, without ending it where that takes too long."""
        done, _ = await asyncio.wait([task], timeout=self._patience_s + _ROLLBACK_S)
        if not done:
            raise self._late()
        return task.result()

    def _late(self) -> RecordsError:
        return RecordsError(self._database.path, "could not be used in time", _LATE)

    def _begin(self, work: _Work[_T], *, is_patient: bool = False) -> asyncio.Task[_T]:
        self._refuse_if_closing()
        deadline_s = time.monotonic() + self._patience_s
        return self._keep(
            asyncio.create_task(self._finish(work, deadline_s, is_patient=is_patient))
        )

    def _refuse_if_closing(self) -> None:
        if self._closing.is_set():
            raise RecordsError(self._database.path, "is closed", "the program is ending")

    def _keep(self, task: asyncio.Task[_T]) -> asyncio.Task[_T]:
        """Hold a task until it is done, so that ``close`` can wait for it."""
        self._under_way.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: "asyncio.Task[object]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            # Who did not wait for it was told already.
            task.exception()

    async def _finish(self, work: _Work[_T], deadline_s: float, *, is_patient: bool = False) -> _T:
        async def tidy_and_work(connection: AsyncConnection) -> _T:
            return await work(connection, await self._tidy(connection))

        async with self._lock:
            if time.monotonic() > deadline_s and not is_patient:
                raise self._late()
            done = await self._database.write(tidy_and_work, deadline_s)
            await self._rewrite(deadline_s)
        return done

    async def _look_up(self, work: _Work[_T], deadline_s: float) -> _T:
        async def work_if_tidy(connection: AsyncConnection) -> list[_T]:
            today = self._clock.look(await self._recall(connection))
            is_tidy = not await self._find_stale(connection, today)
            return [await work(connection, today)] if is_tidy else []

        async def work_anyway(connection: AsyncConnection) -> _T:
            return await work(connection, self._clock.look(await self._recall(connection)))

        for result in await self._database.read(work_if_tidy, deadline_s):
            return result
        await self._finish(_nothing, deadline_s)
        return await self._database.read(work_anyway, deadline_s)

    async def _find_stale(self, connection: AsyncConnection, today: Today) -> bool:
        """Say whether something is too old, or of a day that is yet to come."""
        latest = _date(today.latest)
        last, day = UNANSWERED.c.last_day, PRESSES.c.day
        asked = exists().where(or_(last > latest, last <= self._find_oldest(today)))
        pressed = exists().where(or_(day > latest, day <= _find_oldest_press(today)))
        return bool(await connection.scalar(select(or_(asked, pressed))))

    def _find_oldest(self, today: Today) -> dt.date:
        """Give the last day whose questions are no longer kept."""
        return _date(today.seen.today - self._keep_days if self._keep_days else today.latest)

    async def _recall(self, connection: AsyncConnection) -> Seen | None:
        """Read what is remembered of the clock; None where nothing is."""
        query = select(CLOCK.c.today, CLOCK.c.days_behind, CLOCK.c.ahead_since)
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        today, behind, since = row
        is_sound = (
            isinstance(today, dt.date)
            and isinstance(behind, int)
            and isinstance(since, dt.date | None)
        )
        if not is_sound or not 0 <= behind <= dt.date.max.toordinal():
            raise self._damaged("what it remembers of the clock is no day")
        return Seen(today.toordinal(), behind, since and since.toordinal())

    async def _tidy(self, connection: AsyncConnection) -> Today:
        """Say what day it is, and delete what is too old; what is of a day that is yet to come becomes today's."""
        seen = await self._recall(connection)
        today = self._clock.look(seen)
        if today.seen != seen:
            since = today.seen.ahead_since
            row = {
                "number": 1,
                "today": _date(today.seen.today),
                "days_behind": today.seen.days_behind,
                "ahead_since": since and _date(since),
            }
            await connection.execute(insert(CLOCK).values(row).on_conflict_do_update(set_=row))
        if await self._find_stale(connection, today):
            await self._clear_away(connection, today)
        return today

    async def _clear_away(self, connection: AsyncConnection, today: Today) -> None:
        latest = _date(today.latest)
        asked, pressed = UNANSWERED.c, PRESSES.c
        await connection.execute(
            update(UNANSWERED)
            .where(asked.last_day > latest)
            .values(last_day=latest, first_day=func.min(asked.first_day, latest))
        )
        await connection.execute(update(PRESSES).where(pressed.day > latest).values(day=latest))
        await self._delete(
            connection, delete(UNANSWERED).where(asked.last_day <= self._find_oldest(today))
        )
        await self._delete(
            connection, delete(PRESSES).where(pressed.day <= _find_oldest_press(today))
        )

    async def _rewrite(self, deadline_s: float) -> None:
        """Leave nothing readable of what was deleted; where that fails, it is tried again with the next change."""
        if not self._has_leftovers:
            return
        try:
            await self._database.rewrite(deadline_s)
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


async def _nothing(_: AsyncConnection, __: Today) -> None:
    """Do nothing more than what every transaction does first."""


def _find_oldest_press(today: Today) -> dt.date:
    """Give the last day whose presses are no longer kept."""
    return _date(today.seen.today - _PRESS_DAYS)


def _date(number: int) -> dt.date:
    """Give the date of a numbered day, or the first or last one that there is."""
    return dt.date.fromordinal(max(1, min(number, dt.date.max.toordinal())))


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
