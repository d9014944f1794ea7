"""The archive of a backup: what goes in comes out, and what is no backup changes nothing."""

import errno
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from opened_records import eventually, set_for_channel
from postgres_server import PostgresServer, run_sql
from program import run_program

from bot.backup import BackupError, Folders, back_up, restore, written_whole
from bot.file_fault import FileFaultError
from bot.records.channel_settings import ChannelSetting
from bot.records.lock import SharedLock
from bot.records.model import RecordsError, Vote
from bot.records.postgres_address import parse_address
from bot.records.schema import HEAD
from bot.records.store import Records

DIGEST = hashlib.sha256(b"an article").hexdigest()
FOLDER = "0123456789abcdef"


def write_records(folder: Path) -> Folders:
    """Write small records, and versions of one article, as the program keeps them."""
    folders = Folders(folder / "records", folder / "versions")
    versions = folder / "versions" / FOLDER
    (folder / "records").mkdir(parents=True)
    versions.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "records" / "records.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    (folder / "records" / "records.key").write_bytes(bytes(range(32)))
    (versions / DIGEST).write_bytes(b"an article")
    (versions / "manifest.json").write_text(json.dumps({"tea.md": DIGEST}), encoding="utf-8")
    (versions / f"{DIGEST}.x.new").write_bytes(b"unfinished")
    return folders


def contents(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def make_backup(folders: Folders) -> bytes:
    """Give the bytes of a backup."""
    file = io.BytesIO()
    back_up(folders, file)
    return file.getvalue()


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """Records and versions, but nothing unfinished; a second time only if they may be replaced."""
    made = make_backup(write_records(tmp_path / "one"))
    there = Folders(tmp_path / "two" / "records", tmp_path / "two" / "versions")
    restored = restore(there, io.BytesIO(made), "x.tar", replace=False)
    assert (restored.has_records, restored.version_count, restored.moved_to) == (True, 2, None)
    before, after = contents(tmp_path / "one"), contents(tmp_path / "two")
    del before[f"versions/{FOLDER}/{DIGEST}.x.new"]
    assert {**before, "records/records.sqlite3": b""} == {**after, "records/records.sqlite3": b""}
    with pytest.raises(BackupError, match="records already"):
        restore(there, io.BytesIO(made), "x.tar", replace=False)
    moved = restore(there, io.BytesIO(made), "x.tar", replace=True).moved_to
    assert moved == tmp_path / "two" / "records" / "before-restore-1"
    assert contents(moved).keys() == {"records.key", "records.sqlite3"}


def test_a_backup_can_be_read_without_the_program(tmp_path: Path) -> None:
    """It is a tar archive, and sha256sum finds it whole."""
    (tmp_path / "x.tar").write_bytes(make_backup(write_records(tmp_path / "one")))
    step = "mkdir out && tar -xf x.tar -C out && cd out && sha256sum -c --strict SHA256SUMS"
    done = subprocess.run(
        ["sh", "-c", step], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == 5  # the head, two of records, two of versions


def repack(made: bytes, change: Callable[[dict[str, bytes]], None], *, sums: bool = True) -> bytes:
    """Make an archive with other members; ``sums``: with sums that are right again."""
    with tarfile.open(fileobj=io.BytesIO(made)) as tar:
        members = {
            member.name: file.read()
            for member in tar
            if (file := tar.extractfile(member)) is not None
        }
    change(members)
    if sums:
        listed = members.pop("SHA256SUMS", None)
        if listed is not None:
            lines = [
                f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in members.items()
            ]
            members["SHA256SUMS"] = "".join(lines).encode()
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for name, body in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return file.getvalue()


def with_hole(made: bytes, size: str) -> bytes:
    """Make an archive with a file that has holes: it unpacks to a text of 100,000 zero bytes.

    That is if the ``size`` that it names is the right one.
    """
    name = f"versions/{FOLDER}/hole"
    file = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(repack(made, put(name, bytes(100_000))))) as whole,
        tarfile.open(fileobj=file, mode="w") as tar,
    ):
        for member in whole:
            content = whole.extractfile(member)
            if member.name == name:
                member.size = 0
                member.pax_headers = {"GNU.sparse.size": size, "GNU.sparse.map": "0,0"}
            tar.addfile(member, content)
    return file.getvalue()


def put(name: str, body: bytes) -> Callable[[dict[str, bytes]], None]:
    """Make a change that adds or exchanges a member."""

    def change(members: dict[str, bytes]) -> None:
        members[name] = body

    return change


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    """Make a change that leaves a member out."""

    def change(members: dict[str, bytes]) -> None:
        del members[name]

    return change


CHANGES = {
    "no head": drop("backup.json"),
    "no sums": drop("SHA256SUMS"),
    "head of another program": put("backup.json", b'{"program": "x", "format": 1}'),
    "head that is no JSON": put("backup.json", b"["),
    "head that is a list": put("backup.json", b"[1]"),
    "format that is no number": put("backup.json", b'{"program": "articlebot", "format": "1"}'),
    "unknown member": put("notes.txt", b""),
    "a name that leads up": put("versions/../../records.key", b"x" * 32),
    "a name that leads up twice": put("versions/a/../../../x", b"x"),
    "an absolute name": put("/etc/x", b"x"),
    "a hidden name": put("versions/.x", b"x"),
    "the folder of versions": put("versions", b"x"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_no_backup_changes_nothing(
    change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    """Whatever is missing, more, or named otherwise: it is refused before anything is touched."""
    made = repack(make_backup(write_records(tmp_path / "one")), change)
    there = write_records(tmp_path / "two" / "inside")
    before = contents(tmp_path / "two")
    with pytest.raises(BackupError, match="no backup of articlebot"):
        restore(there, io.BytesIO(made), "x.tar", replace=True)
    assert contents(tmp_path / "two") == before


def test_what_was_altered_or_cut_off_changes_nothing(tmp_path: Path) -> None:
    """Another key, another version, links and folders instead of files, and every tenth length."""
    made = make_backup(write_records(tmp_path / "one"))
    bad = [
        repack(made, put(name, body), sums=False)
        for name, body in [("records/records.key", bytes(32)), (f"versions/{FOLDER}/{DIGEST}", b"")]
    ]
    # What follows the last member is empty.
    length = len(made.rstrip(b"\0"))
    bad += [made[: length * tenth // 10] for tenth in range(10)]
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w") as tar:
            member = tarfile.TarInfo(f"versions/{FOLDER}")
            member.type, member.linkname = kind, "/etc"
            tar.addfile(member)
        bad.append(file.getvalue())
    bad += [with_hole(made, "100000"), with_hole(made, "x")]
    there = write_records(tmp_path / "two" / "inside")
    before = contents(tmp_path / "two")
    for content in bad:
        with pytest.raises(BackupError, match="no backup of articlebot"):
            restore(there, io.BytesIO(content), "x.tar", replace=True)
    assert contents(tmp_path / "two") == before


@pytest.mark.parametrize("has_records", [True, False])
def test_nothing_is_restored_while_a_bot_runs(tmp_path: Path, *, has_records: bool) -> None:
    """Neither records nor versions are exchanged under it."""
    folders = write_records(tmp_path / "one")
    made = make_backup(folders if has_records else Folders(None, folders.versions))
    there = write_records(tmp_path / "two")
    assert there.records is not None
    (tmp_path / "two" / "versions" / FOLDER / "manifest.json").write_bytes(b"of the bot")
    before = contents(tmp_path / "two")
    lock = SharedLock(there.records)
    with pytest.raises(RecordsError, match="open in another program"):
        restore(there, io.BytesIO(made), "x.tar", replace=True)
    lock.close()
    assert contents(tmp_path / "two") == before


def test_a_backup_of_a_newer_version_is_told_from_no_backup(tmp_path: Path) -> None:
    """Of another form, or with records of later tables: install that version."""
    made = make_backup(write_records(tmp_path / "one"))
    head = b'{"program": "articlebot", "format": 2, "more": []}'
    there = Folders(tmp_path / "two" / "records", None)
    with pytest.raises(BackupError, match="newer version"):
        restore(there, io.BytesIO(repack(made, put("backup.json", head))), "x.tar", replace=False)
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("off", ["records", "versions"])
def test_what_is_off_is_not_restored(off: str, tmp_path: Path) -> None:
    """Whoever keeps no records, or no versions, is told that the backup holds some."""
    made = make_backup(write_records(tmp_path / "one"))
    two = tmp_path / "two"
    folders = Folders(None, two) if off == "records" else Folders(two, None)
    with pytest.raises(BackupError, match=f"{off}: off"):
        restore(folders, io.BytesIO(made), "x.tar", replace=False)
    assert contents(two) == {}


def test_an_empty_folder_is_no_backup(tmp_path: Path) -> None:
    """A backup of nothing would look like one; the file that was there stays."""
    target = tmp_path / "x.tar"
    target.write_bytes(b"the one of yesterday")
    with pytest.raises(BackupError, match="nothing to back up"), written_whole(target) as file:
        back_up(Folders(tmp_path / "records", tmp_path / "versions"), file)
    assert contents(tmp_path) == {"x.tar": b"the one of yesterday"}


def test_a_backup_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    """Damaged records make no backup, and no half file stays."""
    folders = write_records(tmp_path / "one")
    assert folders.records is not None
    target = tmp_path / "x.tar"
    target.write_bytes(b"the one of yesterday")
    (folders.records / "records.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(RecordsError), written_whole(target) as file:
        back_up(folders, file)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.tar"]
    assert target.read_bytes() == b"the one of yesterday"


def test_a_file_that_can_not_be_written_or_read_is_told(tmp_path: Path) -> None:
    """In one line, with exit code 1."""
    settings = tmp_path / "config.yaml"
    settings.write_text("records: records\n", encoding="utf-8")
    write_records(tmp_path)
    for command in ("backup", "restore"):
        name = str(tmp_path / "none" / "x.tar")
        done = run_program((command, "--config", str(settings), name), {})
        assert (done.returncode, done.stdout) == (1, "")
        assert "No such file or directory" in done.stderr
        assert done.stderr.count("\n") == 1


def test_the_standard_streams_will_do(tmp_path: Path) -> None:
    """A hyphen stands for them: what comes out of one goes into the other."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.yaml").write_text(
            "records: records\nversions: versions\n", encoding="utf-8"
        )
    write_records(tmp_path / "one")
    program = 'python -m bot {0} --config "$1/{1}/config.yaml" -'
    step = f"{program.format('backup', 'one')} | {program.format('restore', 'two')}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", step, "bash", str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = "-: records, 2 files of versions: restored\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")
    key = (tmp_path / "two" / "records" / "records.key").read_bytes()
    assert key == bytes(range(32))
    folder = tmp_path / "two" / "records"
    assert {path.name for path in folder.iterdir()} == {"records.key", "records.sqlite3"}


# The six members of the archive, the folder of versions twice, and a key and a database.
@pytest.mark.parametrize("fails_at", range(1, 11))
def test_a_disk_that_is_full_leaves_the_records(
    fails_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file can't be written, it is told, and what was there is there."""
    made = make_backup(write_records(tmp_path / "one"))
    there = write_records(tmp_path / "two")
    before = contents(tmp_path / "two")
    calls = 0
    fsync = os.fsync

    def refuse(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == fails_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises((BackupError, RecordsError), match="No space left on device"):
            restore(there, io.BytesIO(made), "x.tar", replace=True)
    after = contents(tmp_path / "two")
    assert {name: after.get(name) for name in before} == before
    assert not [name for name in after if "restore" in name]


@pytest.fixture
def address(postgres_server: PostgresServer) -> str:
    """Give the address of a new PostgreSQL database."""
    return postgres_server.make_database()


def server_at(folder: Path, address: str) -> Folders:
    """Give places of which the records are in a database."""
    return Folders(folder / "records", folder / "versions", parse_address(address))


async def fill(records: Records) -> None:
    """Write something into every table that has to do with what people do."""
    for number in range(3):
        await records.vote(Vote(number, number, 7, "Who?", "0123456789ab", is_helpful=number > 0))
        await records.add_unanswered(f"Who is number {number}?")
    await records.add_counts({(7, ("answered", "")): 3})
    await records.add_word_pair("fare", "price")
    await records.put_out_of_scope("g1", ["a b", "c"])
    await set_for_channel(records, ChannelSetting(7, 71, "articles", ["a"]))


async def look(records: Records) -> list[object]:
    """Read all of that; the key still knows whose the votes are."""
    again = await records.vote(Vote(50, 1, 7, "Who?", "0123456789ab", is_helpful=True))
    back = await records.vote(Vote(51, 1, 7, "Who?", "0123456789ab", is_helpful=True))
    await records.add_unanswered("Who is number 2?")
    await records.remove_unanswered("Who is number 2?")
    await records.add_unanswered("Who is number 2?")
    return [
        (again, back),
        await records.votes(),
        await records.unanswered(),
        sorted(await records.day_counts(7), key=lambda one: one.kind),
        await records.word_pairs(),
        await records.out_of_scope(),
        [one.value for one in await records.channel_settings()],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("ways", ["out and back", "into a server", "out of a server"])
async def test_records_move_between_a_folder_and_a_server(
    tmp_path: Path, address: str, postgres_server: PostgresServer, ways: str
) -> None:
    """All of them, with their key; what is there is moved away only if that is said."""
    there = parse_address(postgres_server.make_database())
    (tmp_path / "one").mkdir()
    folders = Folders(tmp_path / "one" / "records", None)
    source = folders if ways == "into a server" else server_at(tmp_path / "one", address)
    target = folders if ways == "out of a server" else Folders(tmp_path, None, there)
    file = io.BytesIO()

    async def open_at(place: Folders) -> Records:
        if place.server is not None:
            return await Records.connect(place.server, 30, patience_s=30)
        assert place.records is not None
        return await Records.open(place.records, 30, patience_s=30)

    records = await open_at(source)
    await fill(records)
    back_up(source, file)
    before = await look(records)
    await records.close()
    for replace in (False, True):
        file.seek(0)
        moved = restore(target, file, "x.tar", replace=replace).moved_to
        assert bool(moved) == replace
        records = await open_at(target)
        assert await look(records) == before
        if target.server is not None and not replace:
            file.seek(0)
            # A bot is told to be stopped first.
            await eventually(lambda: is_refused(target, file, "open in another program"))
        await records.close()
        file.seek(0)
        with pytest.raises(FileFaultError, match="already"):
            restore(target, file, "x.tar", replace=False)
    if target.server is not None:
        assert moved == "before_restore_1"
        url = target.server.url.render_as_string(hide_password=False)
        assert run_sql(url, "SELECT count(*) FROM before_restore_1.votes") == [(3,)]
        # The name of one that was deleted is free again, and no other one is taken twice.
        for deleted, expected in ((0, "before_restore_2"), (1, "before_restore_1")):
            run_sql(url, f"DROP SCHEMA IF EXISTS before_restore_{deleted} CASCADE")
            file.seek(0)
            assert restore(target, file, "x.tar", replace=True).moved_to == expected


def is_refused(target: Folders, file: IO[bytes], what: str) -> bool:
    """Say whether it is refused to put a backup back, and why."""
    file.seek(0)
    try:
        restore(target, file, "x.tar", replace=True)
    except RecordsError as error:
        return what in error.what
    return False


@pytest.mark.slow
def test_a_server_without_records_has_nothing_to_back_up(tmp_path: Path, address: str) -> None:
    """One that is away, or of an older version, says so."""
    with pytest.raises(BackupError, match="nothing to back up"):
        back_up(Folders(tmp_path, None, parse_address(address)), io.BytesIO())
    run_sql(address, "CREATE TABLE alembic_version (version_num varchar(32))")
    run_sql(address, "INSERT INTO alembic_version VALUES ('0004')")
    with pytest.raises(RecordsError, match="older version"):
        back_up(Folders(tmp_path, None, parse_address(address)), io.BytesIO())
    with pytest.raises(RecordsError, match="can't be reached"):
        back_up(Folders(tmp_path, None, parse_address("postgresql://127.0.0.1:1/x")), io.BytesIO())
