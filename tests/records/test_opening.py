"""Records that can't be opened say why and what may help, and are left as they were."""

import asyncio
import errno
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from opened_records import PASSAGE, names, opened, query, vote
from sqlalchemy.exc import DBAPIError, ResourceClosedError

from bot.records.database import explain
from bot.records.model import PassageVotes, RecordsError
from bot.records.store import Records


async def refused(folder: Path) -> RecordsError:
    """Fail to open the records of a folder."""
    with pytest.raises(RecordsError) as caught:
        await Records.open(folder, 30)
    error = caught.value
    assert str(error) == f"{error.path}: {error.what} ({error.hint})"
    return error


def deny(real: Callable[..., int], path: Path, name: Path, *others: int) -> int:
    """Open a file as the system does, but refuse one: root, who may run the tests, is refused
    nothing.
    """
    if Path(name) == path:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
    return real(name, *others)


async def fill(folder: Path) -> bytes:
    """Make records that hold a vote and questions; give the bytes of the database."""
    async with opened(folder) as records:
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
    rows = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) "
        "INSERT INTO unanswered SELECT 0, i, printf('%032x', i), printf('%0200d', i), 1, "
        "date(), date() FROM n"
    )
    query(folder, rows)
    return (folder / "records.sqlite3").read_bytes()


async def test_a_folder_is_made_for_the_bot_alone(tmp_path: Path) -> None:
    """Folder, database and key are there after opening, and nobody else's to read."""
    folder = tmp_path / "deep" / "records"
    async with opened(folder):
        assert names(folder) == ["records.key", "records.sqlite3"]
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())]
        assert modes == [0o700, 0o600, 0o600]
    assert len((folder / "records.key").read_bytes()) == 32


@pytest.mark.parametrize("name", ["a b%20c#d?e=f", "Zettelkästen ☕", "'quoted' \"twice\""])
async def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """What is special in an address or a setting is nothing special in a folder's name."""
    async with opened(tmp_path / name) as records:
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
    assert query(tmp_path / name, "SELECT count(*) FROM votes") == [(1,)]


async def test_a_folder_inside_a_file_can_not_be_made(tmp_path: Path) -> None:
    """The system's own reason is told."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    error = await refused(tmp_path / "file" / "records")
    assert error.path == tmp_path / "file" / "records"
    assert "Not a directory" in error.what
    assert "another folder" in error.hint
    assert "File exists" in (await refused(tmp_path / "file")).what


async def test_a_file_system_that_can_not_be_written_is_told() -> None:
    """As in a read-only container: there is no place for the records."""
    error = await refused(Path("/proc/articlebot/records"))
    assert "can't be used" in error.what


@pytest.mark.parametrize(
    "content",
    [b"tea", b"tea " * 5_000, bytes(range(256)) * 64, b"SQLite format 3\0" + b"\xff" * 9_000],
)
async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """Whatever it is, it is not overwritten."""
    path = tmp_path / "records.sqlite3"
    path.write_bytes(content)
    error = await refused(tmp_path)
    assert error.path == path
    assert "no database" in error.what
    assert "backup" in error.hint
    assert path.read_bytes() == content
    assert names(tmp_path) == ["records.sqlite3"]


@pytest.mark.parametrize("damage", ["a page", "the end", "an index"])
async def test_a_damaged_database_is_left_alone(tmp_path: Path, damage: str) -> None:
    """Damage anywhere is found before anything is written."""
    content = await fill(tmp_path)
    if damage == "a page":
        content = content[: 5 * 4096] + b"\x55" * 4096 + content[6 * 4096 :]
    elif damage == "the end":
        content = content[: -3 * 4096]
    else:
        (row,) = query(tmp_path, "SELECT sameness FROM unanswered WHERE number = 50")
        at = content.rindex(row[0].encode())
        assert at != content.index(row[0].encode())
        content = content[:at] + b"f" * 32 + content[at + 32 :]
    path = tmp_path / "records.sqlite3"
    path.write_bytes(content)
    error = await refused(tmp_path)
    assert "is damaged" in error.what
    assert path.read_bytes() == content
    assert names(tmp_path) == ["records.key", "records.sqlite3"]


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A database that holds other tables is not added to."""
    query(tmp_path, "CREATE TABLE recipes (name TEXT)")
    content = (tmp_path / "records.sqlite3").read_bytes()
    error = await refused(tmp_path)
    assert "another program's" in error.what
    assert (tmp_path / "records.sqlite3").read_bytes() == content
    assert names(tmp_path) == ["records.sqlite3"]


async def test_a_newer_versions_database_is_left_alone(tmp_path: Path) -> None:
    """Who goes back to an older version is told, and loses nothing."""
    await fill(tmp_path)
    query(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    content = (tmp_path / "records.sqlite3").read_bytes()
    error = await refused(tmp_path)
    assert "newer version" in error.what
    assert (tmp_path / "records.sqlite3").read_bytes() == content


async def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    """What a program leaves that was killed at its very first start is no damage."""
    (tmp_path / "records.sqlite3").touch()
    (tmp_path / "records.key.new").write_bytes(b"half a key")
    async with opened(tmp_path) as records:
        assert await records.votes() == []
    assert names(tmp_path) == ["records.key", "records.sqlite3"]


@pytest.mark.parametrize("key", [b"", b"k" * 31, b"k" * 33, b"k" * 100_000])
async def test_a_key_of_another_size_is_left_alone(tmp_path: Path, key: bytes) -> None:
    """It would make other hashes of the same members: nothing is opened with it."""
    (tmp_path / "records.key").write_bytes(key)
    error = await refused(tmp_path)
    assert error.path == tmp_path / "records.key"
    assert "32 bytes" in error.what
    assert (tmp_path / "records.key").read_bytes() == key


async def test_a_key_that_can_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own reason is told."""
    key = tmp_path / "records.key"
    key.write_bytes(b"k" * 32)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", partial(deny, os.open, key))
        assert "Permission denied" in (await refused(tmp_path)).what


async def test_a_key_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    """Without a key nothing is begun."""
    (tmp_path / "records.key.new").mkdir()
    error = await refused(tmp_path)
    assert error.path == tmp_path / "records.key"
    assert "can't be written" in error.what
    assert names(tmp_path) == ["records.key.new", "records.sqlite3"]


async def test_votes_whose_key_is_lost_are_left_alone(tmp_path: Path) -> None:
    """They can't be withdrawn or forgotten any more, and no new key is put in the place of
    theirs.
    """
    content = await fill(tmp_path)
    (tmp_path / "records.key").unlink()
    error = await refused(tmp_path)
    assert "none can be withdrawn or forgotten" in error.what
    assert "backup" in error.hint
    assert (tmp_path / "records.sqlite3").read_bytes() == content
    assert names(tmp_path) == ["records.sqlite3"]


async def test_a_lost_key_without_votes_is_made_anew(tmp_path: Path) -> None:
    """Questions need no key: the same are counted on."""
    async with opened(tmp_path) as records:
        await records.add_unanswered("Who is he?")
    (tmp_path / "records.key").unlink()
    async with opened(tmp_path) as records:
        await records.add_unanswered("Who is he?")
        assert [row.times for row in await records.unanswered()] == [2]
    assert names(tmp_path) == ["records.key", "records.sqlite3"]


async def test_two_bots_may_share_a_folder(tmp_path: Path) -> None:
    """Opened at the same moment, both have the same key; what one counts the other sees."""
    first, second = await asyncio.gather(
        *(Records.open(tmp_path, 30, patience_s=30) for _ in range(2))
    )
    votes = [
        records.vote(vote(person, 2 * person + number, PASSAGE, is_helpful=True))
        for person in range(20)
        for number, records in enumerate((first, second))
    ]
    await asyncio.gather(*votes)
    assert await first.votes() == await second.votes() == [PassageVotes(PASSAGE, 40, 0)]
    assert await first.forget(3) == 2
    await asyncio.gather(first.close(), second.close())


async def test_another_program_that_writes_is_waited_for(tmp_path: Path) -> None:
    """A lock that is held for a moment costs a moment, not a vote."""
    async with opened(tmp_path) as records:
        with closing(
            sqlite3.connect(tmp_path / "records.sqlite3", isolation_level=None)
        ) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            begun = asyncio.create_task(records.vote(vote(1, 2, PASSAGE, is_helpful=True)))
            await asyncio.sleep(0.3)
            assert not begun.done()
            connection.execute("COMMIT")
            await begun
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]


async def test_another_program_that_never_ends_is_told(tmp_path: Path) -> None:
    """Waiting has an end."""
    await fill(tmp_path)
    path = tmp_path / "records.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RecordsError, match="held by another program"):
            await Records.open(tmp_path, 30, patience_s=0.05)


@pytest.mark.parametrize(
    ("pragma", "mode", "what"),
    [
        ("PRAGMA max_page_count = 1", "rwc", "the disk is full"),
        ("PRAGMA user_version", "ro", "can't be written"),
        ("SELECT 1", "rwc", "can't be used"),
    ],
)
def test_what_sqlite_says_is_said_in_plain_words(
    tmp_path: Path, pragma: str, mode: str, what: str
) -> None:
    """A full disk, a file that is only to be read, and what nobody thought of, each from SQLite
    itself.
    """
    path = tmp_path / "records.sqlite3"
    path.touch()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True)) as connection:
        connection.execute(pragma)
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute(
                "CREATE TABLE t (a)" if what != "can't be used" else "SELECT nothing"
            )
    error = explain(DBAPIError("SELECT ?", ("secret",), caught.value), path)
    assert what in error.what
    assert "secret" not in str(error)


def test_what_is_no_fault_of_sqlites_is_said_too(tmp_path: Path) -> None:
    """Of an error of the library in between, its name is told, and not its words."""
    error = explain(ResourceClosedError("who is needle"), tmp_path)
    assert error.hint.endswith("ResourceClosedError")
    assert "needle" not in str(error)
