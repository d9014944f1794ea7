"""Votes and unanswered questions are counted as they come, many at once, and hold nobody's name."""

import asyncio
import datetime as dt
import logging
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from opened_records import (
    OTHER,
    PASSAGE,
    Calendar,
    Place,
    eventually,
    names,
    on_disk,
    open_at,
    opened,
    query,
    vote,
)

from bot.records.model import PassageVotes, RecordsError, Unanswered, VoteOutcome
from bot.records.store import Records
from bot.records.wording import hash_wording

ADA, BOB = 223456789012345678, 323456789012345678
ANSWER, LATER_ANSWER = 923456789012345678, 923456789012345679


@pytest.fixture
def calendar() -> Calendar:
    """Say what day it is."""
    return Calendar()


@pytest_asyncio.fixture
async def records(place: Place, calendar: Calendar) -> AsyncIterator[Records]:
    """Open new records that keep questions for thirty days."""
    async with opened(place, clock=calendar.clock) as records:
        yield records


@pytest_asyncio.fixture
async def file_records(tmp_path: Path, calendar: Calendar) -> AsyncIterator[Records]:
    """Open such records in a folder, for what SQLite's file is looked at."""
    async with opened(tmp_path, clock=calendar.clock) as records:
        yield records


@contextmanager
def no_file_longer_than(size_bytes: int) -> Iterator[None]:
    """Let every write beyond a size fail, as on a full disk."""
    import resource  # noqa: PLC0415 (Unix only)

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_vote_is_counted_changed_and_withdrawn(records: Records) -> None:
    """The first press counts, the other button changes it, the same button takes it back."""
    assert await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)) is VoteOutcome.COUNTED
    assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
    assert await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=False)) is VoteOutcome.CHANGED
    assert await records.votes() == [PassageVotes(PASSAGE, 0, 1)]
    assert await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=False)) is VoteOutcome.WITHDRAWN
    assert await records.votes() == []


async def test_a_vote_follows_the_answer_to_another_passage(records: Records) -> None:
    """An answer that was edited since quotes another passage: the vote is now on that."""
    await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    assert await records.vote(vote(ADA, ANSWER, OTHER, is_helpful=True)) is VoteOutcome.CHANGED
    assert await records.votes() == [PassageVotes(OTHER, 1, 0)]


async def test_the_passage_that_helped_least_comes_first(records: Records) -> None:
    """Passages come by how many more found them not helpful than helpful, then by how many
    did not.
    """
    ballots = {
        "a" * 12: (2, 0),
        "b" * 12: (1, 2),
        "c" * 12: (1, 1),
        "d" * 12: (2, 2),
        "e" * 12: (0, 1),
    }
    for number, (passage, counts) in enumerate(ballots.items()):
        for is_helpful, count in zip((True, False), counts, strict=True):
            for person in range(count):
                await records.vote(
                    vote(2 * person + is_helpful, number, passage, is_helpful=is_helpful)
                )
    order = [PassageVotes(name * 12, *ballots[name * 12]) for name in "bedca"]
    assert await records.votes() == order


async def test_many_votes_at_once_are_all_counted(records: Records) -> None:
    """None is lost and none is counted twice."""
    outcomes = await asyncio.gather(
        *(
            records.vote(vote(person, ANSWER, PASSAGE, is_helpful=person % 3 > 0))
            for person in range(60)
        )
    )
    assert set(outcomes) == {VoteOutcome.COUNTED}
    assert await records.votes() == [PassageVotes(PASSAGE, 40, 20)]


async def test_a_double_click_is_one_vote(records: Records, place: Place) -> None:
    """The same vote, sent again before the first was written, is neither counted twice nor taken
    back.
    """
    outcomes = await asyncio.gather(
        *(records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)) for _ in range(5))
    )
    assert set(outcomes) == {VoteOutcome.COUNTED}
    assert query(place, "SELECT count(*) FROM votes") == [(1,)]


async def test_both_buttons_at_once_leave_one_vote(records: Records, place: Place) -> None:
    """Whatever is pressed at once, a member has one vote on an answer: the one pressed last."""
    outcomes = await asyncio.gather(
        *(records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=press)) for press in (True, False))
    )
    assert outcomes == [VoteOutcome.COUNTED, VoteOutcome.CHANGED]
    assert query(place, "SELECT is_helpful FROM votes") == [(0,)]


async def test_what_was_begun_is_written_even_if_its_caller_has_gone(records: Records) -> None:
    """A caller that gives up waiting does not take the vote, or the question, with it."""
    for begun in (
        records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)),
        records.add_unanswered("Who is he?"),
    ):
        caller = asyncio.create_task(begun)
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
    assert await records.forget(BOB) == 0  # is written after them
    assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
    assert await records.count_unanswered() == 1


@pytest.mark.parametrize(
    "passage",
    ["", "0123456789a", "0123456789abc", "0123456789AB", "ada.brook@ex", "0123456789ab\n"],
)
async def test_only_passages_are_voted_on(records: Records, passage: str) -> None:
    """What is no id of a passage does not come to the disk."""
    with pytest.raises(ValueError, match="not the id of a passage"):
        await records.vote(vote(ADA, ANSWER, passage, is_helpful=True))
    assert await records.votes() == []


async def test_a_member_is_forgotten_and_the_others_are_not(records: Records) -> None:
    """All votes of one member go, and their number is told."""
    await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    await records.vote(vote(ADA, LATER_ANSWER, OTHER, is_helpful=False))
    await records.vote(vote(BOB, ANSWER, PASSAGE, is_helpful=False))
    assert await records.forget(ADA) == 2
    assert await records.votes() == [PassageVotes(PASSAGE, 0, 1)]
    assert await records.forget(ADA) == 0


async def test_no_id_of_discord_is_on_the_disk(file_records: Records, tmp_path: Path) -> None:
    """Neither the digits nor the bytes of an id stand in a file; the same ids read otherwise under
    another key.
    """
    await file_records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    for number in (ADA, ANSWER):
        for form in (
            b"%d" % number,
            b"%x" % number,
            number.to_bytes(8, "big"),
            number.to_bytes(8, "little"),
        ):
            assert form not in on_disk(tmp_path)
    async with opened(tmp_path / "other") as others:
        await others.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    hashes = [
        query(folder, "SELECT person, answer FROM votes")[0]
        for folder in (tmp_path, tmp_path / "other")
    ]
    assert len({*hashes[0], *hashes[1]}) == 4


async def test_votes_and_questions_outlive_the_program(place: Place, calendar: Calendar) -> None:
    """What was written is there the next time, and a vote can still be taken back."""
    async with opened(place, clock=calendar.clock) as records:
        await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
        await records.add_unanswered("Who is he?")
    async with opened(place, clock=calendar.clock) as records:
        assert await records.unanswered() == [
            Unanswered("Who is he?", 1, calendar.day, calendar.day)
        ]
        assert (
            await records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)) is VoteOutcome.WITHDRAWN
        )


async def test_a_question_asked_again_is_counted(records: Records, calendar: Calendar) -> None:
    """But for case, blanks and closing punctuation it is the same; its first wording stays."""
    first = calendar.day
    await records.add_unanswered("Who is he?")
    calendar.turn(days=2)
    await asyncio.gather(
        *(
            records.add_unanswered(question)
            for question in ("who  IS he", "Who is he?!", "who is he…")
        )
    )
    assert await records.unanswered() == [Unanswered("Who is he?", 4, first, calendar.day)]
    assert await records.count_unanswered() == 1


async def test_a_question_is_kept_without_what_is_personal(
    file_records: Records, tmp_path: Path
) -> None:
    """What a marker stands for never comes to the disk."""
    await file_records.add_unanswered("Is ada@example.org the same as <@223456789012345678>?")
    assert [row.question for row in await file_records.unanswered()] == [
        "Is (address) the same as (somebody)?"
    ]
    assert b"ada@" not in on_disk(tmp_path)
    assert b"223456789012345678" not in on_disk(tmp_path)


async def test_what_is_no_question_is_not_kept(records: Records) -> None:
    """A mention or a picture alone is nothing that an article could answer."""
    await records.add_unanswered(" <@223456789012345678> ")
    assert await records.count_unanswered() == 0


async def test_the_most_and_latest_asked_come_first(records: Records, calendar: Calendar) -> None:
    """Questions come by how often and then how lately they were asked, a page at a time."""
    for question in ("old", "often", "often"):
        await records.add_unanswered(question)
    calendar.turn(days=1)
    for question in ("new", "newest"):
        await records.add_unanswered(question)
    listed = [row.question for row in await records.unanswered()]
    assert listed == ["often", "newest", "new", "old"]
    assert [row.question for row in await records.unanswered(2, 1)] == listed[1:3]
    assert await records.unanswered(offset=4) == []


async def test_at_most_five_thousand_questions_are_kept(
    file_records: Records, tmp_path: Path, calendar: Calendar
) -> None:
    """One more, and the one that was not asked for the longest time goes; among those the least
    asked.
    """
    yesterday, today = calendar.day - dt.timedelta(days=1), calendar.day
    rows = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "INSERT INTO unanswered SELECT 0, i, printf('%032x', i), 'number ' || i, 1 + (i = 1), ?, "
        "CASE WHEN i <= 2 THEN ? ELSE ? END FROM n"
    )
    query(tmp_path, rows, str(yesterday), str(yesterday), str(today))
    kept = (
        "SELECT count(*) FROM unanswered",
        "SELECT number FROM unanswered ORDER BY number LIMIT 2",
    )
    await file_records.add_unanswered("Who is he?")
    assert [query(tmp_path, sql) for sql in kept] == [[(5000,)], [(1,), (3,)]]
    await file_records.add_unanswered("Who is she?")
    await file_records.add_unanswered("Who are they?")
    assert [query(tmp_path, sql) for sql in kept] == [[(5000,)], [(4,), (5,)]]
    await file_records.add_unanswered("Who are they?")
    assert [query(tmp_path, sql) for sql in kept] == [[(5000,)], [(4,), (5,)]]
    assert (await file_records.unanswered(1))[0].question == "Who are they?"


async def test_a_question_is_removed_by_its_text(records: Records) -> None:
    """One that has been dealt with goes; one that is not there is told apart."""
    for question in ("Who is he?", "Who is @ada_brook?", "Who is she?"):
        await records.add_unanswered(question)
    assert (
        await records.remove_unanswered("Who is (somebody)?", "Who is she?", "Who are they?") == 2
    )
    assert await records.remove_unanswered("Who is (somebody)?") == 0
    assert await records.remove_unanswered("\ud800") == 0
    assert [row.question for row in await records.unanswered()] == ["Who is he?"]


async def test_a_question_that_was_taken_back_counts_once_less(
    file_records: Records, tmp_path: Path
) -> None:
    """What others asked too stays; with the last asking the text goes from the disk; none is taken
    back twice.
    """
    for question in ("Who is Xanthippe?", "who is xanthippe", "Who is he?"):
        await file_records.add_unanswered(question)
    same = hash_wording("Who is Xanthippe?")
    await file_records.take_back_unanswered(same)
    listed = {row.question: row.times for row in await file_records.unanswered()}
    assert listed == {"Who is Xanthippe?": 1, "Who is he?": 1}
    await file_records.take_back_unanswered(same)
    await file_records.take_back_unanswered(same)
    assert [row.question for row in await file_records.unanswered()] == ["Who is he?"]
    assert b"Xanthippe" not in on_disk(tmp_path)


async def test_who_reads_does_not_wait_for_what_is_still_to_be_written(records: Records) -> None:
    """However much is queued, a list comes before the half of it is written, and shows what stands
    there already.
    """
    await records.add_unanswered("Who is Philemon?")
    writing = [
        asyncio.create_task(records.add_unanswered(f"who is needle{number}x"))
        for number in range(40)
    ]
    await asyncio.sleep(0)
    listed = [row.question for row in await records.unanswered(100)]
    assert "Who is Philemon?" in listed
    assert sum(task.done() for task in writing) < 20
    await asyncio.gather(*writing)
    assert await records.count_unanswered() == 41


async def test_who_reads_does_not_wait_for_another_program_that_writes(
    file_records: Records, tmp_path: Path
) -> None:
    """A program that holds the write lock holds up nobody who reads; what it has not committed is
    not shown.
    """
    await file_records.add_unanswered("Who is he?")
    with closing(sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM unanswered")
        assert await file_records.count_unanswered() == 1
        other.execute("COMMIT")
    assert await file_records.count_unanswered() == 0


async def test_after_closing_everything_is_refused(place: Place) -> None:
    """Closing twice is closing once; whoever comes later is told."""
    records = await open_at(place)
    await records.close()
    await records.close()
    for refused in (
        records.votes(),
        records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)),
        records.add_unanswered("Who?"),
    ):
        with pytest.raises(RecordsError, match="is closed"):
            await refused


async def test_closing_finishes_what_is_under_way(place: Place) -> None:
    """A vote that was begun before the end is written."""
    records = await open_at(place)
    votes = [
        asyncio.create_task(records.vote(vote(person, ANSWER, PASSAGE, is_helpful=True)))
        for person in range(5)
    ]
    await asyncio.sleep(0)
    await records.close()
    assert all(vote.done() for vote in votes)
    assert query(place, "SELECT count(*) FROM votes") == [(5,)]


STOPPED_WHILE_VOTING = """
import asyncio, logging, sys
from pathlib import Path
logging.basicConfig(level=logging.INFO)
from bot.records.model import Vote
from bot.records.store import Records

async def main():
    records = await Records.open(Path(sys.argv[1]), 30)
    try:
        await records.add_unanswered("Who is he?")
        voting = asyncio.create_task(records.vote(Vote(1, 1, 2, "", "0123456789ab", \
is_helpful=True)))
        await asyncio.sleep(0)
        raise SystemExit(7)
    finally:
        if sys.argv[2] == "close":
            await records.close()

try:
    asyncio.run(main())
finally:
    assert logging.getLogger().level == logging.INFO and len(logging.getLogger().handlers) == 1
"""


def stop_while_voting(folder: Path, end: str) -> subprocess.CompletedProcess[str]:
    """Run a program that is stopped while it votes."""
    command = [sys.executable, "-W", "error", "-c", STOPPED_WHILE_VOTING, str(folder), end]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_records_end_with_the_program_in_silence(tmp_path: Path) -> None:
    """A program that closes its records on the way out has written all; nothing is printed or
    logged below WARNING.
    """
    done = stop_while_voting(tmp_path, "close")
    assert (done.returncode, done.stdout, done.stderr) == (7, "", "")
    assert query(tmp_path, "SELECT passage FROM votes") == [(PASSAGE,)]


def test_records_that_nobody_closed_do_not_hold_up_the_end(tmp_path: Path) -> None:
    """A program that forgets to close its records, or can't, ends all the same, and loses only what
    was under way.
    """
    assert stop_while_voting(tmp_path, "run").returncode == 7
    assert query(tmp_path, "PRAGMA integrity_check") == [("ok",)]
    assert query(tmp_path, "SELECT question FROM unanswered") == [("Who is he?",)]


async def test_a_write_that_fails_leaves_what_was_there(
    file_records: Records, tmp_path: Path
) -> None:
    """A full disk is told in plain words, costs only what was being written, and is over when there
    is room again.
    """
    await file_records.add_unanswered("Who is he?")
    with no_file_longer_than(100):
        with pytest.raises(RecordsError) as caught:
            await file_records.add_unanswered("Who is she?")
        with pytest.raises(RecordsError):
            await file_records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    assert caught.value.path == tmp_path / "records.sqlite3"
    assert "the disk" in caught.value.what
    assert [row.question for row in await file_records.unanswered()] == ["Who is he?"]
    assert (
        await file_records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True)) is VoteOutcome.COUNTED
    )


async def test_a_failure_tells_nothing_of_what_was_being_written(
    file_records: Records, tmp_path: Path
) -> None:
    """Nobody's question comes into the log by way of an error."""
    query(
        tmp_path,
        "CREATE TRIGGER t BEFORE INSERT ON unanswered BEGIN SELECT RAISE(ABORT, 'no more'); END",
    )
    question = "who is needle"
    with pytest.raises(RecordsError, match="SQLITE_CONSTRAINT_TRIGGER") as caught:
        await file_records.add_unanswered(question)
    told = "".join(traceback.format_exception(caught.value))
    assert "records.sqlite3" in told
    assert question not in told
    assert "no more" not in told
    assert caught.value.__context__ is None


async def test_a_database_that_was_taken_away_is_not_made_anew(
    file_records: Records, tmp_path: Path
) -> None:
    """Who deletes the file while the bot runs deletes it; votes are refused until the bot is
    started again.
    """
    (tmp_path / "records.sqlite3").unlink()
    with pytest.raises(RecordsError, match="can't be opened"):
        await file_records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    assert names(tmp_path) == ["records.key"]


async def test_what_can_not_be_rewritten_is_rewritten_later(
    file_records: Records, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A deletion holds where the disk has no room for a new file; the file is written anew with the
    next change.
    """
    for number in range(60):
        await file_records.add_unanswered(f"{number} {'who is he ' * 25}")
    database = tmp_path / "records.sqlite3"
    (before,) = query(tmp_path, "PRAGMA schema_version")
    with no_file_longer_than(database.stat().st_size):
        assert await file_records.remove_unanswered(f"29 {'who is he ' * 25}")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "may still be in their file" in caplog.text
    assert query(tmp_path, "PRAGMA schema_version") == [before]
    assert await file_records.count_unanswered() == 59
    await file_records.vote(vote(ADA, ANSWER, PASSAGE, is_helpful=True))
    assert query(tmp_path, "PRAGMA schema_version") > [before]


async def test_a_look_that_fails_is_told_and_taken_again(
    tmp_path: Path, calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    """Where old questions can't be deleted, the log says so and the program goes on."""
    async with opened(tmp_path, clock=calendar.clock, look_every_s=0.01) as records:
        await records.add_unanswered("Who is he?")
        (tmp_path / "records.sqlite3").rename(tmp_path / "away")
        calendar.turn(days=30)
        await eventually(lambda: "can't be deleted" in caplog.text)
        (tmp_path / "away").rename(tmp_path / "records.sqlite3")
        await eventually(lambda: query(tmp_path, "SELECT count(*) FROM unanswered") == [(0,)])
