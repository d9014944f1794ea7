"""What stands in for a file that there is no room for: the version of it that served before."""

import hashlib
from pathlib import Path

import pytest

from bot.articles.folder import FolderLimits
from bot.articles.library import Library, build
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import ServedRecord, VersionKeeper


def serve(folder: Path) -> tuple[VersionKeeper, Library]:
    """Serve a folder, and keep what is served in memory."""
    keeper = VersionKeeper()
    library, _ = build(folder)
    files = {article.file: article.sha256 for article in library.articles}
    keeper.record(folder, FolderLimits(), ServedRecord(files))
    return keeper, library


@pytest.mark.parametrize("limits", [FolderLimits(files=4), FolderLimits(folder_bytes=150)])
def test_more_files_push_nothing_out(tmp_path: Path, limits: FolderLimits) -> None:
    """What comes first by name takes the room; what was served is served all the same."""
    for name in "xyz":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nText of {name}.\n", encoding="utf-8")
    keeper, before = serve(tmp_path)
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{name * 40}.\n", encoding="utf-8")
    library, problems = build(tmp_path, limits, before=before, last_good=keeper)
    assert {article.id for article in library.articles} >= {"a", "x", "y", "z"}
    assert "z" in {name.removesuffix(".md") for name in library.kept}
    assert "error" in {problem.severity for problem in problems}
    (tmp_path / "z.md").unlink()
    (tmp_path / "c.md").unlink()
    (tmp_path / "b.md").unlink()
    library, problems = build(tmp_path, limits, before=library, last_good=keeper)
    assert [article.id for article in library.articles] == ["a", "x", "y"]
    assert not problems


SPOILT = b"\xff\xfe\xfd" * 9
OWLS = "# Owls\n\nOwls hunt at night.\n"
VOLES = "# Voles\n\nVoles eat by day. They sleep.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of two files whose names differ in their ending alone."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "owls.md").write_text(OWLS, encoding="utf-8")
    (folder / "owls.txt").write_text(VOLES, encoding="utf-8")
    return folder


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> FileVersionStore:
    """Give the stored versions of both."""
    store = FileVersionStore(tmp_path / "versions", folder)
    library, _ = build(folder)
    files = {article.file: article.sha256 for article in library.articles}
    VersionKeeper(store).record(folder, FolderLimits(), ServedRecord(files))
    return store


def start(
    folder: Path, store: FileVersionStore, limits: FolderLimits | None = None
) -> tuple[Library, list[tuple[str, str]]]:
    """Read a folder as at a start; give what is served, and file and kind of what is told."""
    library, problems = build(folder, limits, last_good=VersionKeeper(store))
    return library, [(one.file, one.kind) for one in problems]


def test_after_a_start_stored_versions_stand_in(folder: Path, store: FileVersionStore) -> None:
    """Under the same ids, and the next reading has the very same objects."""
    (folder / "owls.txt").write_bytes(SPOILT)
    library, told = start(folder, store)
    assert [article.id for article in library.articles] == ["owls", "owls.txt"]
    assert ("owls.txt", "last-version-served") in told
    again, _ = build(folder, before=library, last_good=VersionKeeper(store))
    assert again.articles[1] is library.articles[1]


def test_an_emptied_file_is_kept_with_an_error(folder: Path, store: FileVersionStore) -> None:
    """It has no error of its own, and should be served."""
    (folder / "owls.txt").write_text("", encoding="utf-8")
    library, problems = build(folder, last_good=VersionKeeper(store))
    assert len(library.articles) == 2
    (served,) = [one for one in problems if one.kind == "last-version-served"]
    assert served.severity == "error"


def test_a_version_that_another_file_has_now_is_served_once(
    folder: Path, store: FileVersionStore
) -> None:
    """What is in the folder goes before what stands in."""
    (folder / "owls.txt").write_bytes(SPOILT)
    (folder / "voles.txt").write_text(VOLES, encoding="utf-8")
    library, _ = start(folder, store)
    assert [article.id for article in library.articles] == ["owls", "voles"]
    assert not library.kept


def test_a_version_that_cannot_be_had_is_told(
    folder: Path, store: FileVersionStore, tmp_path: Path
) -> None:
    """Its bytes are gone, or it would not be read today."""
    (folder / "owls.txt").write_bytes(SPOILT)
    files = {"owls.txt": hashlib.sha256(SPOILT).hexdigest()}
    VersionKeeper(store).record(folder, FolderLimits(), ServedRecord(files))
    library, told = start(folder, store)
    assert ("owls.txt", "last-version-unfound") in told
    assert library.unfound == {"owls.txt"}
    for path in (tmp_path / "versions").rglob("[0-9a-f]*"):
        if path.is_file():
            path.unlink()
    library, told = start(folder, store)
    assert ("owls.txt", "last-version-unfound") in told
    assert [article.id for article in library.articles] == ["owls"]


def test_a_fault_in_reading_a_version_is_reported(
    folder: Path, store: FileVersionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes nothing else away."""
    (folder / "owls.txt").write_bytes(SPOILT)
    library, _ = build(folder)
    reported: list[object] = []

    def fail(*_: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("sentencex.get_sentence_boundaries", fail)
    for report in (reported.append, None):
        again, _ = build(folder, before=library, report=report, last_good=VersionKeeper(store))
        assert [article.id for article in again.articles] == ["owls"]
    assert len(reported) == 1


def test_another_version_than_what_is_known_is_read_from_the_store(
    folder: Path, store: FileVersionStore
) -> None:
    """A library that was read in between does not count."""
    (folder / "owls.txt").write_text("# Bats\n\nBats fly. They sleep.\n", encoding="utf-8")
    between, _ = build(folder)
    (folder / "owls.txt").write_bytes(SPOILT)
    library, _ = build(folder, before=between, last_good=VersionKeeper(store))
    assert library.articles[1].title == "Voles"


def test_what_is_ignored_now_is_not_kept(folder: Path, store: FileVersionStore) -> None:
    """By its name or its folder's, where the folder can't be listed any more."""
    for path in folder.iterdir():
        path.unlink()
    assert len(start(folder, store)[0].articles) == 2
    assert not start(folder, store, FolderLimits(ignore=("owls.*",)))[0].articles
