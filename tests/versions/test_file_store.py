"""Versions in a folder: what was put is there, whatever else happens to the folder."""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.kept import LastVersion
from bot.versions.file_store import FileVersionStore
from bot.versions.model import VersionsError

THEN = datetime(2026, 11, 28, 14, 2, 5, tzinfo=UTC)
LATER = datetime(2026, 11, 29, tzinfo=UTC)
GREEN, BLACK = b"Green tea.\n", b"Black tea.\n"


def digest_of(content: bytes) -> str:
    """Give the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


MANIFEST = {
    "tea.md": LastVersion(digest_of(GREEN), THEN),
    "so/süß \u2028.txt": LastVersion(digest_of(BLACK), THEN, LATER),
}


@pytest.fixture
def store(tmp_path: Path) -> FileVersionStore:
    """Give an empty store."""
    return open_store(tmp_path)


def open_store(folder: Path) -> FileVersionStore:
    """Open the store of one folder of articles."""
    return FileVersionStore(folder / "versions", folder / "articles")


def files_of(folder: Path) -> list[Path]:
    """Give all files of the store."""
    return sorted(path for path in (folder / "versions").rglob("*") if path.is_file())


def test_what_was_put_is_there_at_the_next_start(store: FileVersionStore, tmp_path: Path) -> None:
    """Versions by their digest, each once, and the manifest to the second; not more."""
    assert (store.read_manifest(), store.digests(), store.get(digest_of(GREEN))) == (
        {},
        set(),
        None,
    )
    assert not (tmp_path / "versions").exists()
    store.put([GREEN, BLACK, GREEN])
    store.write_manifest(MANIFEST)
    again = open_store(tmp_path)
    assert again.read_manifest() == MANIFEST
    assert again.digests() == {digest_of(GREEN), digest_of(BLACK)}
    assert again.get(digest_of(BLACK)) == BLACK
    assert len(files_of(tmp_path)) == 3


def test_folders_of_articles_do_not_share_a_manifest(tmp_path: Path) -> None:
    """Two bots may name the same folder for their versions."""
    one, other = (FileVersionStore(tmp_path / "versions", tmp_path / name) for name in "ab")
    one.put([GREEN])
    one.write_manifest({"tea.md": MANIFEST["tea.md"]})
    other.write_manifest({})
    other.sweep(())
    assert FileVersionStore(tmp_path / "versions", tmp_path / "a").get(digest_of(GREEN)) == GREEN
    assert one.read_manifest().keys() == {"tea.md"}


@pytest.mark.skipif(os.name != "posix", reason="there the rights of the folder decide")
def test_nobody_else_may_read_or_write(store: FileVersionStore, tmp_path: Path) -> None:
    """And a manifest that others could have written is not believed."""
    store.put([GREEN])
    store.write_manifest(MANIFEST)
    assert (tmp_path / "versions").stat().st_mode & 0o777 == 0o700
    for path in files_of(tmp_path):
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o666)
    again = open_store(tmp_path)
    assert again.read_manifest() == {}
    with pytest.raises(VersionsError, match="others may have written it"):
        again.write_manifest({})


def test_what_nothing_refers_to_is_swept(store: FileVersionStore, tmp_path: Path) -> None:
    """Old versions, and what was left unfinished; nothing else."""
    store.put([GREEN, BLACK])
    store.write_manifest({})
    (folder,) = (tmp_path / "versions").iterdir()
    (folder / f"{digest_of(GREEN)}.x.new").write_bytes(b"half")
    (folder / "README").write_bytes(b"of somebody")
    store.sweep({digest_of(GREEN)})
    assert {path.name for path in files_of(tmp_path)} == {
        digest_of(GREEN),
        "README",
        "manifest.json",
    }


def test_a_damaged_version_is_not_there_and_is_put_again(
    store: FileVersionStore, tmp_path: Path
) -> None:
    """Its bytes are compared with its name."""
    store.put([GREEN])
    (path,) = files_of(tmp_path)
    path.write_bytes(BLACK)
    assert store.get(digest_of(GREEN)) is None
    assert store.digests() == set()
    store.put([GREEN])
    assert (store.get(digest_of(GREEN)), store.digests()) == (GREEN, {digest_of(GREEN)})


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Path, bytes]]:
    """Give a folder with a store in it, and the bytes of all its files."""
    folder = tmp_path_factory.mktemp("sound")
    store = open_store(folder)
    store.put([GREEN])
    store.write_manifest(MANIFEST)
    return folder, {path: path.read_bytes() for path in files_of(folder)}


@given(st.data())
def test_no_damage_is_served(sound: tuple[Path, dict[Path, bytes]], data: st.DataObject) -> None:
    """Whatever the bytes of a manifest are, it is read or passed over; a version is right or is
    not there.
    """
    folder, files = sound
    store = open_store(folder)
    for path, content in files.items():
        at = data.draw(st.integers(0, len(content) - 1))
        end = data.draw(st.integers(at, len(content)))
        path.write_bytes(content[:at] + data.draw(st.binary(max_size=4)) + content[end:])
    manifest = store.read_manifest()
    assert all(len(version.sha256) == 64 for version in manifest.values())
    assert all(version.served_since.tzinfo is UTC for version in manifest.values())
    assert store.get(digest_of(GREEN)) in (GREEN, None)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format": 1, "files": {"a.md": 1}}',
        '{"format": 1, "files": {"a.md": {"sha256": "../x", "served_since": "2026-01-01"}}}',
        json.dumps({"format": 1, "files": {"a.md": {"sha256": "0" * 64, "served_since": "now"}}}),
    ],
)
def test_what_is_no_manifest_is_none(tmp_path: Path, content: str) -> None:
    """It is written anew."""
    store = open_store(tmp_path)
    store.write_manifest(MANIFEST)
    (path,) = files_of(tmp_path)
    path.write_text(content, encoding="utf-8")
    assert open_store(tmp_path).read_manifest() == {}
    store.write_manifest(MANIFEST)
    assert open_store(tmp_path).read_manifest() == MANIFEST


def edit_manifest(folder: Path, **changes: object) -> Mapping[str, object]:
    """Change the manifest as another version of the program might have written it."""
    (path,) = [path for path in files_of(folder) if path.name == "manifest.json"]
    parsed = {**json.loads(path.read_bytes()), **changes}
    path.write_text(json.dumps(parsed), encoding="utf-8")
    return parsed


def test_a_newer_program_may_say_more(store: FileVersionStore, tmp_path: Path) -> None:
    """What is not known is passed over."""
    store.write_manifest(MANIFEST)
    files = {
        "tea.md": {
            "sha256": digest_of(GREEN),
            "served_since": THEN.isoformat(),
            "kept_since": None,
            "history": ["0" * 64],
        }
    }
    edit_manifest(tmp_path, files=files, desk=True)
    assert store.read_manifest() == {"tea.md": LastVersion(digest_of(GREEN), THEN)}


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """After a downgrade nothing is served from it, and nothing in it is lost."""
    store = open_store(tmp_path)
    store.put([GREEN])
    store.write_manifest(MANIFEST)
    edit_manifest(tmp_path, format=2)
    before = {path: path.read_bytes() for path in files_of(tmp_path)}
    older = open_store(tmp_path)
    assert older.read_manifest() == {}
    with pytest.raises(VersionsError, match="newer"):
        older.write_manifest({})
    older.sweep(())
    assert {path: path.read_bytes() for path in files_of(tmp_path)} == before


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    """Where a file stands, nothing can be kept, and nothing raises but for that."""
    (tmp_path / "versions").write_bytes(b"")
    store = open_store(tmp_path)
    assert (store.read_manifest(), store.get("0" * 64)) == ({}, None)
    store.sweep(())
    with pytest.raises(VersionsError, match="can't be kept"):
        store.digests()
    with pytest.raises(VersionsError, match="can't be kept"):
        store.put([GREEN])
    with pytest.raises(VersionsError, match="can't be kept"):
        store.write_manifest({})


def test_the_number_up_to_which_others_were_told_is_kept(
    store: FileVersionStore, tmp_path: Path
) -> None:
    """None is kept at first, nor where its document is damaged; one of a newer program stays."""
    assert store.read_told() is None
    store.write_told(7)
    store.write_told(8)
    assert open_store(tmp_path).read_told() == 8
    (file,) = files_of(tmp_path)
    file.write_text("{}", encoding="utf-8")
    assert open_store(tmp_path).read_told() is None
    newer = '{"format": 2}'
    file.write_text(newer, encoding="utf-8")
    again = open_store(tmp_path)
    assert again.read_told() is None
    with pytest.raises(VersionsError):
        again.write_told(9)
    assert file.read_text(encoding="utf-8") == newer
