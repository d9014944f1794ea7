"""Versions that several processes keep in one database: each change is kept once, whoever made it,
and two processes never write over one another unseen.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgres_server import PostgresServer, run_sql

from bot.articles.folder import FolderLimits
from bot.articles.kept import LastVersion
from bot.editing.folder_writer import digest_of
from bot.records.postgres_address import parse_address
from bot.records.shared_files import SharedFiles
from bot.server_versions import ServerVersionStore
from bot.versions.history import FileChange, History, Pending
from bot.versions.keeper import ServedRecord, VersionKeeper
from bot.versions.model import VersionsError

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def address(postgres_server: PostgresServer) -> str:
    """Give the address of a new database."""
    return postgres_server.make_database()


def open_store(address: str) -> ServerVersionStore:
    """Open the store of one process."""
    return ServerVersionStore(SharedFiles(parse_address(address)))


class Process:
    """A bot that serves a folder, which all of them share."""

    def __init__(self, address: str, folder: Path, clock: Callable[[], datetime]) -> None:
        """Serve nothing yet."""
        self.folder = folder
        self.keeper = VersionKeeper(open_store(address), clock=clock)

    def serve(self) -> str:
        """Serve the folder as it is; say why that is not kept."""
        files = {path.name: digest_of(path.read_bytes()) for path in self.folder.iterdir()}
        self.keeper.record(self.folder, FolderLimits(), ServedRecord(files))
        return self.keeper.why_unkept

    def change(self, name: str, text: str) -> None:
        """Change a file as the editor's desk does."""
        path = self.folder / name
        before = path.read_bytes() if path.exists() else None
        change = FileChange(digest_of(before), digest_of(text.encode()))
        contents = [text.encode()] if before is None else [before, text.encode()]
        self.keeper.begin(Pending(NOW, "edit", 7, {name: change}), contents)
        path.write_text(text, encoding="utf-8")
        assert self.serve() == ""


@pytest.fixture
def two(address: str, tmp_path: Path) -> tuple[Process, Process]:
    """Give two processes that serve one folder with one article."""
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    made = [Process(address, tmp_path, lambda: NOW) for _ in range(2)]
    assert [one.serve() for one in made] == ["", ""]
    return made[0], made[1]


def test_what_is_kept_is_there_for_all(address: str) -> None:
    """Files, the manifest and the history, over processes."""
    first, second = open_store(address), open_store(address)
    assert (first.read_manifest(), first.read_history()) == ({}, History())
    first.put([b"A", b"B", b"A"])
    manifest = {
        "a.md": LastVersion(digest_of(b"A"), NOW, NOW),
        "b/b.md": LastVersion("0" * 64, NOW),
    }
    first.write_manifest(manifest)
    history = History(pending=Pending(NOW, "edit", 7, {"a.md": FileChange("", "1" * 64)}))
    first.write_history(history)
    assert (second.read_manifest(), second.read_history()) == (manifest, history)
    assert second.digests() == {digest_of(b"A"), digest_of(b"B")}
    assert (second.get(digest_of(b"B")), second.get("0" * 64)) == (b"B", None)
    run_sql(address, "UPDATE files SET content = 'C' WHERE sha256 = $1", digest_of(b"B"))
    assert second.get(digest_of(b"B")) is None


def test_only_who_has_read_the_last_one_writes(address: str) -> None:
    """The other is told, and changes nothing."""
    first, second = open_store(address), open_store(address)
    for store in (first, second):
        store.read_manifest()
    first.write_manifest({"a.md": LastVersion("0" * 64, NOW)})
    with pytest.raises(VersionsError, match="another process"):
        second.write_manifest({})
    assert list(second.read_manifest()) == ["a.md"]
    second.write_manifest({})
    with pytest.raises(VersionsError, match="another process"):
        first.write_manifest({})


def test_what_nothing_refers_to_goes_after_an_hour(address: str) -> None:
    """Not before: another process may have put it for what it is about to write."""
    store = open_store(address)
    store.read_history()
    store.write_history(
        History(pending=Pending(NOW, "edit", 7, {"a": FileChange("", digest_of(b"B"))}))
    )
    store.put([b"A", b"B", b"C"])
    store.sweep([digest_of(b"A")])
    assert len(store.digests()) == 3
    run_sql(address, "UPDATE files SET put_at = put_at - interval '61 minutes'")
    store.sweep([digest_of(b"A")])
    assert store.digests() == {digest_of(b"A"), digest_of(b"B")}


def test_what_nothing_refers_to_goes_however_much_is_referred_to(address: str) -> None:
    """A statement takes 32,767 values, and a history of a large folder has more."""
    store = open_store(address)
    store.read_history()
    store.put([b"A", b"B"])
    run_sql(address, "UPDATE files SET put_at = put_at - interval '61 minutes'")
    store.sweep([digest_of(b"A"), *(f"{number:064x}" for number in range(33_000))])
    assert store.digests() == {digest_of(b"A")}


def test_many_versions_are_kept_and_had(address: str) -> None:
    """In several parts, each once; those that are damaged or not there are left out."""
    store = open_store(address)
    contents = {
        digest_of(content): content for content in (b"%d" % number for number in range(450))
    }
    store.put(iter(contents.values()))
    assert store.digests() == contents.keys()
    damaged, *_ = contents
    run_sql(address, "UPDATE files SET content = 'C' WHERE sha256 = $1", damaged)
    assert store.get_all([*contents, "0" * 64]).keys() == contents.keys() - {damaged}


def test_a_connection_is_kept_as_long_as_the_store(address: str) -> None:
    """And used by each transaction."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    query = f"SELECT pid FROM pg_stat_activity WHERE {others}"  # noqa: S608
    store = open_store(address)
    store.digests()
    kept = run_sql(address, query)
    assert len(kept) == 1
    for _ in range(3):
        store.digests()
    assert set(kept) <= set(run_sql(address, query))
    del store
    while set(kept) & set(run_sql(address, query)):
        time.sleep(0.01)


def test_what_is_damaged_is_put_again(address: str, tmp_path: Path) -> None:
    """By whoever serves the folder next; and by who has found that it is damaged."""
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    (tmp_path / "b.md").write_text("B", encoding="utf-8")
    digest = digest_of(b"A")
    for _ in range(2):
        process = Process(address, tmp_path, lambda: NOW)
        assert process.serve() == ""
        store = open_store(address)
        assert store.get(digest) == b"A"
        run_sql(address, "UPDATE files SET content = 'C' WHERE sha256 = $1", digest)
    assert open_store(address).digests() == {digest_of(b"B")}
    assert store.get(digest) is None
    store.put([b"A"])
    assert store.digests() == {digest, digest_of(b"B")}


def test_a_server_that_is_away_is_written_over_by_nobody(own_server: PostgresServer) -> None:
    """What could not be read is not replaced; once it is read again, it is written again."""
    address = own_server.make_database()
    store = open_store(address)
    store.read_manifest()
    store.write_manifest({"a.md": LastVersion("0" * 64, NOW)})
    own_server.kill()
    store = open_store(address)
    assert store.read_manifest() == {}
    assert store.read_told() is None
    assert "can't be reached" in store.why_blocked
    store.sweep([])
    assert store.get("0" * 64) is None
    for refused in (lambda: store.write_manifest({}), store.digests, lambda: store.put([b"A"])):
        with pytest.raises(VersionsError, match="can't be reached"):
            refused()
    own_server.start()
    with pytest.raises(VersionsError):
        store.write_manifest({})
    assert list(store.read_manifest()) == ["a.md"]
    assert store.why_blocked == ""
    store.write_manifest({})


def test_who_starts_without_the_server_knows_later_what_was_told(
    own_server: PostgresServer, tmp_path: Path
) -> None:
    """No revision is told a second time, and what is new then is told."""
    address = own_server.make_database()
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    before = Process(address, tmp_path, lambda: NOW)
    assert before.serve() == ""
    before.change("a.md", "B")
    before.keeper.note_told(1)
    own_server.kill()
    late = Process(address, tmp_path, lambda: NOW)
    assert "can't be reached" in late.serve()
    own_server.start()
    late.keeper.catch_up()
    assert late.keeper.history == before.keeper.history
    assert late.keeper.list_untold() == []
    late.change("a.md", "C")
    assert [one.number for one in late.keeper.list_untold()] == [2]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}', '{"format": 1, "files": []}'])
def test_a_document_of_others_is_left_as_it_is(address: str, content: str) -> None:
    """Of a newer program, or damaged."""
    store = open_store(address)
    store.digests()
    run_sql(address, "INSERT INTO documents VALUES ('manifest', $1, 1)", content)
    assert store.read_manifest() == {}
    with pytest.raises(VersionsError):
        store.write_manifest({})
    assert run_sql(address, "SELECT content FROM documents") == [(content,)]


def test_each_change_is_one_revision(two: tuple[Process, Process]) -> None:
    """Whoever makes it; the others serve it and know who it was."""
    for number, (one, other) in enumerate(itertools.islice(itertools.permutations(two), 2), 1):
        one.change("a.md", f"A{number}")
        assert other.serve() == ""
        assert other.keeper.history == one.keeper.history
        (latest, *earlier) = other.keeper.history.revisions
        assert (latest.number, latest.action, latest.user_id) == (number, "edit", 7)
        assert len(earlier) == number - 1


def test_several_changes_that_were_missed_are_not_told_again(two: tuple[Process, Process]) -> None:
    """A process that was away finds them all done."""
    one, other = two
    for number in range(3):
        one.change("a.md", f"A{number}")
    assert other.serve() == ""
    assert [revision.action for revision in other.keeper.history.revisions] == ["edit"] * 3
    one.change("a.md", "last")
    other.keeper.catch_up()
    assert len(other.keeper.history.revisions) == 4


def test_who_does_not_serve_the_latest_changes_nothing(two: tuple[Process, Process]) -> None:
    """Until it does; nor does anybody while another process is at it."""
    one, other = two
    one.change("a.md", "A1")
    with pytest.raises(VersionsError, match="another process"):
        other.change("a.md", "A2")
    other.serve()
    pending = Pending(NOW, "edit", 7, {"b.md": FileChange("", digest_of(b"B"))})
    one.keeper.begin(pending, [b"B"])
    with pytest.raises(VersionsError, match="another process"):
        other.change("a.md", "A2")
    # Nor does another process take the change for its own, or finish it.
    (one.folder / "b.md").write_bytes(b"B")
    assert other.serve() == ""
    assert other.keeper.history.pending == pending
    assert other.keeper.interrupted is None
    assert one.serve() == ""
    assert [revision.action for revision in one.keeper.history.revisions] == ["edit", "edit"]


def test_a_change_that_was_interrupted_is_finished_by_another(address: str, tmp_path: Path) -> None:
    """After a minute nobody is at it any more."""
    now = NOW
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    killed = Process(address, tmp_path, lambda: now)
    killed.serve()
    pending = Pending(NOW, "edit", 7, {"b.md": FileChange("", digest_of(b"B"))})
    killed.keeper.begin(pending, [b"B"])
    assert Process(address, tmp_path, lambda: now).keeper.interrupted is None
    now += timedelta(seconds=61)
    late = Process(address, tmp_path, lambda: now)
    assert late.keeper.interrupted == pending
    (tmp_path / "b.md").write_bytes(b"B")
    assert late.serve() == ""
    assert [one.user_id for one in late.keeper.history.revisions] == [7]


def test_a_change_that_is_taken_back_leaves_nothing(two: tuple[Process, Process]) -> None:
    """Others may make theirs at once."""
    one, other = two
    one.keeper.begin(Pending(NOW, "edit", 7, {"a.md": FileChange("", "1" * 64)}), [])
    one.keeper.abandon()
    other.change("a.md", "A1")
    assert replace(other.keeper.history, revisions=()) == History(last_number=1)
