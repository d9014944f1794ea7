"""Records are copied while they are written, and put back with their own key and no other journal."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from opened_records import PASSAGE, names, on_disk, opened, query, vote
from test_migrations import FIRST_VERSION, write_first_version

from bot.records.copying import RecordsCopy, check_copy, copy_records, put_back
from bot.records.model import PassageVotes, RecordsError, VoteOutcome
from bot.records.schema import HEAD

Step = Callable[[Path, Path], Path]
WRITER = Path(__file__).with_name("records_writer.py")


async def fill(folder: Path, *persons: int) -> None:
    """Have some members vote, each on an answer of its own."""
    async with opened(folder) as records:
        for person in persons:
            await records.vote(vote(person, person, PASSAGE, is_helpful=True))


def copy(folder: Path) -> RecordsCopy:
    """Copy records that are there."""
    made = copy_records(folder)
    assert made is not None
    return made


async def test_what_is_put_back_is_what_was_copied(tmp_path: Path) -> None:
    """Also what only the key can find: the member's second press withdraws the vote."""
    await fill(tmp_path / "one", 1, 2)
    assert put_back(copy(tmp_path / "one"), tmp_path / "two") is None
    async with opened(tmp_path / "two") as records:
        assert await records.votes() == [PassageVotes(PASSAGE, 2, 0)]
        assert await records.vote(vote(1, 1, PASSAGE, is_helpful=True)) is VoteOutcome.WITHDRAWN
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "two").iterdir()]
    assert modes == [0o600, 0o600]


async def test_a_copy_is_taken_while_the_records_are_open(tmp_path: Path) -> None:
    """It holds what was written before it, and nothing of what comes after."""
    async with opened(tmp_path / "one") as records:
        await records.vote(vote(1, 1, PASSAGE, is_helpful=True))
        made = await asyncio.to_thread(copy, tmp_path / "one")
        await records.vote(vote(2, 2, PASSAGE, is_helpful=True))
        assert await records.votes() == [PassageVotes(PASSAGE, 2, 0)]
    put_back(made, tmp_path / "two")
    async with opened(tmp_path / "two") as records:
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]


def test_copies_of_records_that_are_being_written_are_whole(tmp_path: Path) -> None:
    """Each of twenty holds at least what had been reported before it, and is sound."""
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(tmp_path), "0"], stdout=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdout is not None
            voted = 0
            for _ in range(20):
                verb, _ = writer.stdout.readline().decode().split()
                voted += verb == "voted"
                made = copy(tmp_path)
                with closing(sqlite3.connect(":memory:")) as connection:
                    connection.deserialize(made.database)
                    ((votes,),) = connection.execute("SELECT count(*) FROM votes")
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert votes >= voted
        finally:
            writer.kill()


async def test_nothing_that_was_deleted_is_in_a_copy(tmp_path: Path) -> None:
    """Not even where the database still holds its bytes."""
    await fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")
        rows = "INSERT INTO unanswered VALUES (0, ?, ?, ?, 1, '2026-01-01', '2026-01-01')"
        connection.executemany(rows, [(n, str(n), f"needle{n} " * 20) for n in range(50)])
        connection.commit()
        connection.execute("DELETE FROM unanswered")
    assert b"needle" in on_disk(tmp_path)
    assert b"needle" not in copy(tmp_path).database


def leave_hot_journal(folder: Path) -> None:
    """Leave what a kill in the middle of a change leaves: a database that its journal would turn
    back.
    """
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN')\n"
        "for n in range(2000): c.execute(\"INSERT INTO unanswered VALUES (0,?,?,?,1,'2026-01-01',"
        "'2026-01-01')\", (n, str(n), 'x' * 200))\n"
        "os._exit(9)\n"
    )
    database = folder / "records.sqlite3"
    subprocess.run([sys.executable, "-c", program, str(database)], check=False)
    assert (folder / "records.sqlite3-journal").stat().st_size > 0


async def test_a_change_that_was_cut_off_is_not_in_a_copy(tmp_path: Path) -> None:
    """The journal is played back first."""
    await fill(tmp_path, 1)
    leave_hot_journal(tmp_path)
    made = copy(tmp_path)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made.database)
        assert connection.execute("SELECT count(*) FROM unanswered").fetchone() == (0,)


async def test_the_journal_of_the_old_records_does_not_touch_the_new_ones(tmp_path: Path) -> None:
    """Old database, journal and key are moved away together, and still are what they were."""
    await fill(tmp_path / "one", 1, 2, 3)
    made = copy(tmp_path / "one")
    await fill(tmp_path / "two", 4)
    leave_hot_journal(tmp_path / "two")
    before = put_back(made, tmp_path / "two")
    assert before == tmp_path / "two" / "before-restore-1"
    assert names(before) == ["records.key", "records.sqlite3", "records.sqlite3-journal"]
    async with opened(tmp_path / "two") as records:
        assert await records.votes() == [PassageVotes(PASSAGE, 3, 0)]
    async with opened(before) as records:
        assert await records.vote(vote(4, 4, PASSAGE, is_helpful=True)) is VoteOutcome.WITHDRAWN
    assert put_back(made, tmp_path / "two") == tmp_path / "two" / "before-restore-2"


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no such locks")
async def test_open_records_are_not_exchanged(tmp_path: Path) -> None:
    """Neither under one bot nor under the second of two; once all have closed them they are."""
    await fill(tmp_path / "one", 1)
    made = copy(tmp_path / "one")
    async with opened(tmp_path / "two") as records:
        async with opened(tmp_path / "two"):
            pass
        with pytest.raises(RecordsError, match="open in another program"):
            put_back(made, tmp_path / "two")
        await records.vote(vote(2, 2, PASSAGE, is_helpful=True))
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
    assert names(tmp_path / "two") == ["records.key", "records.sqlite3"]
    assert put_back(made, tmp_path / "two") is not None


@pytest.mark.parametrize("last", range(5))
async def test_whenever_it_is_cut_off_no_key_meets_another_database(
    tmp_path: Path, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each step that changes a name: there are the old records, the new ones, or none; and
    to restore again does it.
    """
    await fill(tmp_path / "one", 1, 2)
    await fill(tmp_path / "two", 3)
    made = copy(tmp_path / "one")
    steps = 0

    class CutOffError(Exception):
        """The program ends here."""

    def cut_off(step: Step) -> Step:
        def take(path: Path, target: Path) -> Path:
            nonlocal steps
            if steps == last:
                raise CutOffError
            steps += 1
            return step(path, target)

        return take

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut_off(Path.rename))
        patch.setattr(Path, "replace", cut_off(Path.replace))
        try:
            put_back(made, tmp_path / "two")
        except CutOffError:
            pass
        else:
            assert steps <= last
    folder = tmp_path / "two"
    if (folder / "records.sqlite3").exists():
        ((votes,),) = query(folder, "SELECT count(*) FROM votes")
        key = (folder / "records.key").read_bytes()
        assert (key == made.key) == (votes == 2)
    put_back(made, folder)
    async with opened(folder) as records:
        assert await records.vote(vote(2, 2, PASSAGE, is_helpful=True)) is VoteOutcome.WITHDRAWN


def make_newer(folder: Path) -> None:
    """Write what a later version of the program may write."""
    query(folder, "UPDATE alembic_version SET version_num = '9999'")


async def test_what_could_not_be_opened_is_not_copied_and_not_taken(tmp_path: Path) -> None:
    """A newer version's, another program's, a damaged database, and votes without their key."""
    await fill(tmp_path / "good", 1)
    made = copy(tmp_path / "good")
    place = Path("x.tar")
    newer = tmp_path / "newer"
    await fill(newer, 1)
    make_newer(newer)
    with pytest.raises(RecordsError, match="newer version"):
        copy_records(newer)
    (tmp_path / "other").mkdir()
    query(tmp_path / "other", "CREATE TABLE things (name)")
    with pytest.raises(RecordsError, match="another program's"):
        copy_records(tmp_path / "other")
    broken = bytearray(made.database)
    broken[5000:9000] = b"\xff" * 4000
    with pytest.raises(RecordsError, match="damaged"):
        check_copy(RecordsCopy(bytes(broken), made.key), place)
    with pytest.raises(RecordsError, match="damaged or no database"):
        check_copy(RecordsCopy(b"no database at all" * 500, made.key), place)
    with pytest.raises(RecordsError, match="is gone"):
        check_copy(RecordsCopy(made.database, b""), place)
    with pytest.raises(RecordsError, match="32 bytes"):
        check_copy(RecordsCopy(made.database, b"short"), place)


def test_there_may_be_none(tmp_path: Path) -> None:
    """No folder, or an empty one, is no fault, and none is made."""
    assert copy_records(tmp_path / "none") is None
    assert copy_records(tmp_path) is None
    assert names(tmp_path) == []


async def test_records_of_an_older_version_stay_what_they_are(tmp_path: Path) -> None:
    """A copy is not brought up to date: so the older version can open it again."""
    (tmp_path / "old").mkdir()
    write_first_version(tmp_path / "old")
    made = copy(tmp_path / "old")
    async with opened(tmp_path / "old"):
        pass
    assert query(tmp_path / "old", "SELECT version_num FROM alembic_version") == [(HEAD,)]
    put_back(made, tmp_path / "old")
    assert query(tmp_path / "old", "SELECT version_num FROM alembic_version") == [("0001",)]
    schema = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(FIRST_VERSION)
        assert query(tmp_path / "old", schema) == connection.execute(schema).fetchall()
