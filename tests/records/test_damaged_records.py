"""Whatever is damaged, each method gives what may be right, or a RecordsError that tells nothing of
what is stored.
"""

import asyncio
import datetime as dt
import logging
import random
import re
import sqlite3
import traceback
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from opened_records import OTHER, PASSAGE, opened, query, vote

from bot.records.model import PassageVotes, RecordsError, Unanswered, VoteOutcome
from bot.records.store import Records

ADA, BOB = 223456789012345678, 323456789012345678
QUESTIONS = [
    f"why did Xanthippe {verb} Philemon" for verb in ("leave", "follow", "forgive", "paint")
]
SECRET = re.compile(r"(?i:anth|hipp|hile|emon)|2234567|3234567|SELECT|INSERT")
PAGE = 4096


async def write(folder: Path) -> None:
    """Write votes, questions and presses."""
    async with opened(folder) as records:
        for number, question in enumerate(QUESTIONS * 8):
            await records.add_unanswered(f"{question} {number % 20}")
        for number, person in enumerate([ADA, BOB] * 10):
            passage = (PASSAGE, OTHER)[number % 2]
            await records.vote(
                vote(person, number, passage, is_helpful=number % 3 > 0, question=f"who {number}")
            )


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of records that hold something."""
    folder = tmp_path_factory.mktemp("written")
    asyncio.run(write(folder))
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def content(tmp_path: Path, written: dict[str, bytes]) -> bytes:
    """Give the bytes of a database, which lies in the folder with its key."""
    for name, held in written.items():
        (tmp_path / name).write_bytes(held)
    return written["records.sqlite3"]


def check_votes(votes: object) -> bool:
    """Say whether something can be a count of votes."""
    return isinstance(votes, list) and all(
        isinstance(one, PassageVotes)
        and re.fullmatch("[0-9a-f]{12}", one.passage)
        and type(one.helpful) is type(one.not_helpful) is int
        and one.helpful + one.not_helpful >= 1
        for one in votes
    )


def check_unanswered(questions: object) -> bool:
    """Say whether something can be a list of questions."""
    return isinstance(questions, list) and all(
        isinstance(one, Unanswered)
        and type(one.question) is str
        and type(one.times) is int
        and type(one.first) is type(one.last) is dt.date
        for one in questions
    )


def check_count(number: object) -> bool:
    """Say whether something can be a number of rows."""
    return type(number) is int and 0 <= number <= 100


def check_outcome(outcome: object) -> bool:
    """Say whether something is the outcome of a vote."""
    return isinstance(outcome, VoteOutcome)


def check_none(nothing: object) -> bool:
    """Say whether something is nothing."""
    return nothing is None


METHODS: list[tuple[Callable[[Records], Awaitable[object]], Callable[[object], bool]]] = [
    (lambda records: records.votes(), check_votes),
    (lambda records: records.unanswered(), check_unanswered),
    (lambda records: records.count_unanswered(), check_count),
    (lambda records: records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, press=1)), check_outcome),
    (
        lambda records: records.vote(vote(ADA, 2, OTHER, is_helpful=False, press=9_999)),
        check_outcome,
    ),
    (lambda records: records.add_unanswered(f"{QUESTIONS[0]} 0"), check_none),
    (lambda records: records.take_back_unanswered("0" * 32), check_none),
    (lambda records: records.remove_unanswered(f"{QUESTIONS[1]} 1"), check_count),
    (lambda records: records.forget(ADA), check_count),
]


def judge(error: BaseException, folder: Path) -> None:
    """Check that an error is one of the records', and tells nothing of what is stored, nor what it
    is chained to.
    """
    assert isinstance(error, RecordsError), error
    told = [repr(error), str(error), *traceback.format_exception(error)]
    assert error.__cause__ is None
    if error.__context__ is not None:
        assert isinstance(error.__context__, OSError)
        told.append(repr(error.__context__))
    for text in told:
        assert not SECRET.search(text.replace(str(folder), ""))


async def use(
    folder: Path, damage: Callable[[], object], methods: Iterable[int] = range(len(METHODS))
) -> int:
    """Open records, damage them, and call every method; give how many failed."""
    failed = 0
    try:
        async with opened(folder, look_every_s=3600) as records:
            damage()
            for number in methods:
                method, is_sound = METHODS[number]
                try:
                    result = await method(records)
                except Exception as error:  # noqa: BLE001 (it is judged)
                    judge(error, folder)
                    failed += 1
                else:
                    assert is_sound(result), result
    except RecordsError as error:
        judge(error, folder)
        failed += 1
    return failed


def nothing() -> None:
    """Damage nothing more."""


async def use_damaged(folder: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> int:
    """Put a damaged database in the place of a sound one, and use it; give how many methods
    failed.
    """
    for suffix in ("", "-journal", "-wal", "-shm"):
        (folder / f"records.sqlite3{suffix}").unlink(missing_ok=True)
    (folder / "records.sqlite3").write_bytes(content)
    failed = await use(folder, nothing)
    assert not SECRET.search(caplog.text.replace(str(folder), ""))
    caplog.clear()
    return failed


def flip(content: bytes, at: int, mask: int) -> bytes:
    """Change bits of one byte."""
    return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :]


@pytest.mark.parametrize(
    "count", [20, pytest.param(2_500, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])]
)
async def test_a_byte_that_was_changed(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    """Bytes of the first two pages and of the others, ``count`` of them chosen by chance, and two
    of the schema.
    """
    chance = random.Random(7)  # noqa: S311 (it keeps no secret)
    places = [*range(2 * PAGE), *(chance.randrange(2 * PAGE, len(content)) for _ in range(2_000))]
    schema = content.index(b"CREATE TABLE")
    for at in [*chance.sample(places, count), schema, schema + 14]:
        await use_damaged(
            tmp_path,
            flip(content, at, chance.choice([0x80, 0xFF, 1 << chance.randrange(8)])),
            caplog,
        )


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.slow)])
async def test_a_file_that_was_cut_off(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, step: int
) -> None:
    """At each 512th byte, or at some of them. Of an empty page SQLite misses nothing but zeroes."""
    for size in range(512, len(content), 512 * step):
        failed = await use_damaged(tmp_path, content[:size], caplog)
        assert failed or not any(content[size:])


@pytest.mark.parametrize("what", [b"\xff", b"\xed\xa0\x80"])
@pytest.mark.parametrize(
    "text",
    [b"Xanthippe", b"counted", b"CREATE TABLE", b"NOT NULL", PASSAGE.encode(), b"2026", b"20"],
)
async def test_text_that_is_none(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, what: bytes, text: bytes
) -> None:
    """Text that is no UTF-8 any more, in the schema, in questions, in votes, in days."""
    await use_damaged(tmp_path, content.replace(text, (what * len(text))[: len(text)]), caplog)


VALUES: dict[str, str] = {
    "null": "NULL",
    "no UTF-8": "CAST(x'58616e746869707065ff' AS TEXT)",
    "a blob": "CAST('Xanthippe' AS BLOB)",
    "a text": "'Xanthippe'",
    "an empty text": "''",
    "a huge number": "9223372036854775807",
    "a small number": "-9223372036854775808",
    "no number": "0",
    "a fraction": "1.5",
    "infinity": "9e999",
    "no day": "'2026-99-99'",
    "the first day": "'0001-01-01'",
    "the last day": "'9999-12-31'",
    "a long text": "printf('%0100000d', 1)",
}
COLUMNS = {
    "votes": "person question day answer passage is_helpful",
    "unanswered": "sameness question times first_day last_day",
    "presses": "press person outcome day",
    "clock": "today days_behind ahead_since",
    "alembic_version": "version_num",
}
CELLS = [(table, column) for table, columns in COLUMNS.items() for column in columns.split()]


def swap(folder: Path, table: str, column: str, value: str) -> None:
    """Put a value of any type into a row, whatever the table is for."""
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")
    sql = f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT max(rowid) FROM {table})"  # noqa: S608
    query(folder, sql)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("table", "column"), CELLS)
async def test_a_column_of_another_type(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, table: str, column: str
) -> None:
    """Found at the opening, or while the program runs."""
    for value in VALUES.values():
        for is_open in (True, False):
            (tmp_path / "records.sqlite3").write_bytes(content)
            damage = partial(swap, tmp_path, table, column, value)
            if not is_open:
                damage()
            await use(tmp_path, damage if is_open else nothing)
            assert not SECRET.search(caplog.text.replace(str(tmp_path), ""))
            caplog.clear()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("table", "column", "value", "method"),
    [
        ("unanswered", "question", "no UTF-8", 1),
        ("unanswered", "question", "a blob", 1),
        ("unanswered", "question", "a text", 1),
        ("unanswered", "question", "null", 1),
        ("unanswered", "times", "a text", 1),
        ("unanswered", "times", "a fraction", 1),
        ("unanswered", "times", "no number", 1),
        ("unanswered", "first_day", "a blob", 1),
        ("unanswered", "first_day", "the last day", 1),
        ("votes", "passage", "a text", 0),
        ("votes", "passage", "a blob", 0),
        ("votes", "passage", "no UTF-8", 0),
        ("votes", "is_helpful", "a text", 0),
        ("votes", "is_helpful", "null", 0),
        ("votes", "is_helpful", "a huge number", 0),
        ("presses", "outcome", "a text", 3),
        ("clock", "today", "a text", 2),
        ("clock", "days_behind", "a small number", 2),
    ],
)
async def test_what_can_not_have_been_written_is_never_given(
    tmp_path: Path, table: str, column: str, value: str, method: int
) -> None:
    """It would be shown as a question, or counted as a vote."""
    if table == "presses":
        query(tmp_path, "DELETE FROM presses")
        async with opened(tmp_path) as records:
            await records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, press=1))
    assert await use(tmp_path, lambda: swap(tmp_path, table, column, VALUES[value]), [method]) == 1


@pytest.mark.usefixtures("content")
async def test_a_task_that_nobody_waits_for_tells_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever asked has gone before the failure came."""
    async with opened(tmp_path) as records:
        swap(tmp_path, "unanswered", "question", VALUES["no UTF-8"])
        caller = asyncio.create_task(records.unanswered())
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
