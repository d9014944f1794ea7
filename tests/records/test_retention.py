"""What is deleted or too old is gone: from every list, and from every byte on the disk."""

import datetime as dt
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from opened_records import PASSAGE, Calendar, Place, eventually, names, on_disk, opened, query, vote
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.database import Database


@pytest.mark.parametrize("keep_days", [1, 30, 365])
async def test_a_question_is_kept_for_so_many_days_after_it_was_last_asked(
    place: Place, keep_days: int
) -> None:
    """It is there on the last of its days, and gone on the next; asking it again begins anew."""
    calendar = Calendar()
    async with opened(place, keep_days, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        calendar.turn(days=keep_days - 1)
        assert await records.count_unanswered() == 1
        await records.add_unanswered("Who is he?")
        calendar.turn(days=keep_days - 1)
        assert [row.times for row in await records.unanswered()] == [2]
        calendar.turn(days=1)
        assert await records.unanswered() == []


async def test_what_is_too_old_goes_when_the_records_are_opened(tmp_path: Path) -> None:
    """A bot that stood still for a month deletes once the clock has said so for a day; votes
    stay.
    """
    calendar = Calendar()
    async with opened(tmp_path, clock=calendar.clock) as records:
        await records.add_unanswered("Who is Xanthippe?")
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
    calendar.jump(days=30)
    async with opened(tmp_path, clock=calendar.clock):
        assert b"Xanthippe" in on_disk(tmp_path)
        calendar.turn(days=0.99)
    calendar.jump(days=1.1)
    async with opened(tmp_path, clock=calendar.clock):
        assert b"Xanthippe" not in on_disk(tmp_path)
        assert query(tmp_path, "SELECT count(*) FROM votes") == [(1,)]


async def test_what_is_too_old_goes_while_nobody_asks(tmp_path: Path) -> None:
    """A bot that runs without a question deletes on its own when a day has begun."""
    calendar = Calendar()
    async with opened(tmp_path, clock=calendar.clock, look_every_s=0.01) as records:
        await records.add_unanswered("Who is Xanthippe?")
        assert b"Xanthippe" in on_disk(tmp_path)
        calendar.turn(days=30)
        await eventually(lambda: query(tmp_path, "SELECT count(*) FROM unanswered") == [(0,)])
    assert b"Xanthippe" not in on_disk(tmp_path)


async def test_nothing_is_kept_for_no_days(tmp_path: Path) -> None:
    """With 0 days no question is stored, and what was stored goes when the records are opened."""
    async with opened(tmp_path) as records:
        await records.add_unanswered("Who is Xanthippe?")
    async with opened(tmp_path, 0) as records:
        assert b"Xanthippe" not in on_disk(tmp_path)
        await records.add_unanswered("Who is Philemon?")
        assert b"Philemon" not in on_disk(tmp_path)
        assert await records.count_unanswered() == 0


async def test_a_clock_that_was_wrong_keeps_nothing_longer(place: Place) -> None:
    """A question asked in a year that has not come yet counts as asked today."""
    calendar = Calendar()
    calendar.jump(days=9_000)
    async with opened(place, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        calendar.jump(days=-9_000)
        (row,) = await records.unanswered()
        assert (row.first, row.last) == (calendar.day, calendar.day)
        calendar.turn(days=30)
        assert await records.count_unanswered() == 0


@pytest.mark.parametrize("keep_days", [-1, 366])
async def test_days_beyond_a_year_are_a_mistake(tmp_path: Path, keep_days: int) -> None:
    """Nothing is opened for a number of days that can't be meant."""
    with pytest.raises(ValueError, match="from 0 to 365"):
        async with opened(tmp_path, keep_days):
            pass
    assert names(tmp_path) == []


async def test_days_are_those_of_utc(place: Place) -> None:
    """Without a calendar of its own, the records use today's date in UTC."""
    before = dt.datetime.now(dt.UTC).date()
    async with opened(place) as records:
        await records.add_unanswered("Who is he?")
        (row,) = await records.unanswered()
    assert before <= row.first == row.last <= dt.datetime.now(dt.UTC).date()


async def test_a_removed_question_is_in_no_byte_on_the_disk(tmp_path: Path) -> None:
    """Not even where the database has moved rows about: what is deleted is nowhere once the call
    returns.
    """
    # Of a thousand seeds, this one soonest makes SQLite leave a copy in a page that its own zeroes
    # do not reach.
    chance = random.Random(921)  # noqa: S311 (it keeps no secret)
    live: list[str] = []
    async with opened(tmp_path) as records:
        for number in range(51):
            live.append(f"needle{number:04}x {'z' * chance.randrange(280)}")
            await records.add_unanswered(live[-1])
            if chance.random() < 0.5:
                question = live.pop(chance.randrange(len(live)))
                assert question[:11].encode() in on_disk(tmp_path)
                assert await records.remove_unanswered(question)
                assert question[:11].encode() not in on_disk(tmp_path)
        await records.remove_unanswered(*live)
        assert b"needle" not in on_disk(tmp_path)


async def test_a_forgotten_member_is_in_no_byte_on_the_disk(tmp_path: Path) -> None:
    """Nor is, after two days, a vote that was taken back: the hashes that stood for them are
    gone.
    """
    calendar = Calendar()
    async with opened(tmp_path, clock=calendar.clock) as records:
        for person in range(40):
            await records.vote(vote(person, 7, PASSAGE, is_helpful=True))
        hashes = dict(query(tmp_path, "SELECT rowid, person FROM votes"))
        for person in range(0, 40, 4):
            await records.forget(person)
            await records.vote(vote(person + 1, 7, PASSAGE, is_helpful=True))
        gone = set(hashes.values()) - {
            row[0] for row in query(tmp_path, "SELECT person FROM votes")
        }
        assert len(gone) == 20
        members = [row[0] for row in query(tmp_path, "SELECT person FROM presses")]
        assert len(set(members)) == 30
        calendar.turn(days=2)
        await records.unanswered()
        assert [person for person in gone if person.encode() in on_disk(tmp_path)] == []


async def test_what_a_killed_program_left_is_rewritten_at_the_start(tmp_path: Path) -> None:
    """Text that was deleted but still stands in a corner of the file is gone once the records are
    open.
    """
    async with opened(tmp_path) as records:
        await records.add_unanswered("Who is Xanthippe?")
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DELETE FROM unanswered")
    assert b"Xanthippe" in on_disk(tmp_path)
    async with opened(tmp_path):
        assert b"Xanthippe" not in on_disk(tmp_path)


async def test_a_database_with_a_write_ahead_log_gets_rid_of_it(tmp_path: Path) -> None:
    """Somebody's tool may have turned on the log, in which deleted text would stay: opening turns
    it off.
    """
    async with opened(tmp_path) as records:
        await records.add_unanswered("Who is Xanthippe?")
    assert query(tmp_path, "PRAGMA journal_mode = WAL") == [("wal",)]
    async with opened(tmp_path) as records:
        await records.remove_unanswered("Who is Xanthippe?")
        assert b"Xanthippe" not in on_disk(tmp_path)
        assert names(tmp_path) == ["records.key", "records.sqlite3"]
        assert query(tmp_path, "PRAGMA journal_mode") == [("delete",)]


async def test_what_is_deleted_is_zeroed_and_copied_nowhere_else(tmp_path: Path) -> None:
    """On every connection SQLite zeroes what is deleted, and keeps temporary copies in memory."""
    async with opened(tmp_path):
        pass
    pragmas = "secure_delete", "temp_store"

    async def read(connection: AsyncConnection) -> list[int]:
        return [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one() for name in pragmas
        ]

    database = Database(tmp_path / "records.sqlite3")
    for transaction in (database.read, database.write):
        assert await transaction(read, time.monotonic() + 30) == [1, 2]
