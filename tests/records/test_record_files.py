"""The files of the records are regular files, or are not opened; a lock is waited for, but not for
long.
"""

import asyncio
import os
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from opened_records import PASSAGE, names, opened, vote

from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.transactions import PATIENCE_S, ROLLBACK_S


def bind(path: Path) -> None:
    """Put a socket somewhere."""
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


def link_to_fifo(path: Path) -> None:
    """Put a link to a FIFO somewhere."""
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to("fifo")


def link_to_file(path: Path) -> None:
    """Put a link to a regular file somewhere."""
    path.with_name("file").write_bytes(b"k" * 32)
    path.symlink_to("file")


KINDS: dict[str, Callable[[Path], object]] = {
    "a FIFO": os.mkfifo,
    "a folder": Path.mkdir,
    "a socket": bind,
    "a symbolic link": link_to_file,
    "a symbolic link to a FIFO": link_to_fifo,
    "a symbolic link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a symbolic link to nothing": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name",
    [
        "records.sqlite3",
        "records.key",
        "records.sqlite3-journal",
        "records.sqlite3-wal",
        "records.sqlite3-shm",
    ],
)
async def test_what_is_no_regular_file_is_not_opened(tmp_path: Path, name: str, kind: str) -> None:
    """It is told at once what lies where and what helps, and stays as it is."""
    KINDS[kind](tmp_path / name)
    before = set(names(tmp_path))
    with pytest.raises(RecordsError) as caught:
        await Records.open(tmp_path, 30)
    assert caught.value.path == tmp_path / name
    assert caught.value.what == f"is {kind.partition(' to ')[0]} and no regular file"
    assert "move it away" in caught.value.hint
    assert before <= set(names(tmp_path)) <= before | {"records.sqlite3"}


async def test_a_file_that_is_exchanged_while_the_program_runs_is_not_opened(
    tmp_path: Path,
) -> None:
    """Nor is it then; what comes back is used on."""
    async with opened(tmp_path) as records:
        path = tmp_path / "records.sqlite3"
        path.rename(tmp_path / "away")
        os.mkfifo(path)
        for refused in (records.votes(), records.forget(1), records.add_unanswered("Who is he?")):
            with pytest.raises(RecordsError, match="is a FIFO"):
                await refused
        path.unlink()
        (tmp_path / "away").rename(path)
        assert await records.forget(1) == 0


async def test_the_folder_may_be_reached_by_a_link(tmp_path: Path) -> None:
    """That is how files lie elsewhere."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to("there")
    async with opened(tmp_path / "here") as records:
        assert await records.forget(1) == 0
    assert names(tmp_path / "there") == ["records.key", "records.sqlite3"]


METHODS: dict[str, Callable[[Records], Awaitable[object]]] = {
    "vote": lambda records: records.vote(vote(1, 2, PASSAGE, is_helpful=True)),
    "votes": lambda records: records.votes(),
    "forget": lambda records: records.forget(1),
    "add_unanswered": lambda records: records.add_unanswered("Who is he?"),
    "unanswered": lambda records: records.unanswered(),
    "count_unanswered": lambda records: records.count_unanswered(),
    "remove_unanswered": lambda records: records.remove_unanswered("Who is he?"),
    "take_back_unanswered": lambda records: records.take_back_unanswered("0" * 32),
}


def lock(folder: Path) -> "closing[sqlite3.Connection]":
    """Hold the database as another program that never ends does."""
    connection = sqlite3.connect(folder / "records.sqlite3", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    return closing(connection)


@pytest.mark.parametrize("method", METHODS)
async def test_a_lock_that_is_never_let_go_is_told(tmp_path: Path, method: str) -> None:
    """It is told to all that wait, and nothing of it is done later."""
    async with opened(tmp_path, patience_s=0.2) as records:
        with lock(tmp_path):
            results = await asyncio.gather(
                *(METHODS[method](records) for _ in range(5)), return_exceptions=True
            )
            assert all(isinstance(result, RecordsError) for result in results), results
        assert await records.votes() == []
        assert await records.count_unanswered() == 0


async def test_a_reader_that_never_ends_is_told_in_time(tmp_path: Path) -> None:
    """It lets a vote begin, and not end."""
    async with opened(tmp_path, patience_s=0.2) as records:
        with closing(sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM votes").fetchall()
            with pytest.raises(RecordsError, match="held by another program"):
                await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
            assert await records.votes() == []


async def test_what_waited_too_long_for_its_turn_is_not_tried(tmp_path: Path) -> None:
    """Fifty presses while another program holds the database: when it is free again, none of them
    is tried, so that they have waited no longer than one.
    """
    async with opened(tmp_path, patience_s=0.2) as records:
        with lock(tmp_path):
            voting = [records.vote(vote(one, 2, PASSAGE, is_helpful=True)) for one in range(50)]
            results = await asyncio.gather(*voting, return_exceptions=True)
    assert [type(result) for result in results] == [RecordsError] * 50
    async with opened(tmp_path) as records:
        assert await records.votes() == []


async def test_the_patience_is_less_than_two_seconds(tmp_path: Path) -> None:
    """Discord waits three seconds for an answer; what is waited for is reckoned, not measured."""
    assert PATIENCE_S + ROLLBACK_S < 2
    records = await Records.open(tmp_path, 30)
    assert records._transactions.patience_s == PATIENCE_S  # noqa: SLF001
    await records.close()
