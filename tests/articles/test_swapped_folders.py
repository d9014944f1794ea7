"""Nothing from outside the folder is served, whatever becomes a link while the folder is read."""

import os
import shutil
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from bot.articles.files import Signature, SourceFile, is_unchanged, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.library import build
from bot.articles.listing import find_files
from bot.articles.model import Problem

_LONG_AGO_NS = 1_700_000_000_000_000_000
LIMITS = FolderLimits()
OWN, FOREIGN = "The Orrin rises in Marn.", "The key lies under the mat."


def write(path: Path, text: str) -> None:
    """Write an article that has not been changed for long."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: T\n---\n{text}\n", encoding="utf-8")
    os.utime(path, ns=(_LONG_AGO_NS, _LONG_AGO_NS))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with articles in two sub-folders, one in the other; beside it lies what is
    nobody's business.
    """
    folder = tmp_path / "articles"
    for name in ("own.md", "sub/a.md", "sub/deep/b.md"):
        write(folder / name, f"{OWN}\nThis is {name}.\n")
        write(tmp_path / "outside" / name, f"{FOREIGN}\nThis is {name}.\n")
    return folder


def test_where_folders_have_no_descriptors_files_are_read_by_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    before, _ = build(folder)
    monkeypatch.setattr("bot.articles.folder._OPENS_FOLDERS", False)
    library, problems = build(folder)
    assert library.articles == before.articles
    assert not problems


@pytest.mark.parametrize("swapped", ["sub", "sub/deep"])
@pytest.mark.parametrize("is_relative", [True, False])
def test_a_sub_folder_that_became_a_link_is_not_entered(
    folder: Path, swapped: str, *, is_relative: bool
) -> None:
    """Its files were listed while it was a folder, and are refused now; a reload says that the
    link is passed over.
    """
    listing = find_files(Folder(folder), LIMITS)
    assert (listing.names, listing.problems) == (["own.md", "sub/a.md", "sub/deep/b.md"], [])
    outside = folder.parent / "outside" / swapped
    shutil.rmtree(folder / swapped)
    target = os.path.relpath(outside, (folder / swapped).parent) if is_relative else outside
    (folder / swapped).symlink_to(target)
    for name in listing.names:
        with Folder(folder) as opened:
            read = read_file(opened, name, LIMITS)
        if name.startswith(f"{swapped}/"):
            assert isinstance(read, Problem)
            assert (read.file, read.severity) == (name, "error")
            assert read.hint == "links are not followed; put the file itself here"
        else:
            assert isinstance(read, SourceFile)
            assert OWN in read.text
    assert [(problem.file, problem.severity) for problem in build(folder)[1]] == [
        (swapped, "warning")
    ]


def test_a_file_behind_a_link_is_not_the_file_that_was_read(folder: Path) -> None:
    """Not even where the folder itself was moved away, so that its files are, to the last number,
    the same.
    """
    with Folder(folder) as opened:
        sources = [
            read_file(opened, name, LIMITS) for name in ("own.md", "sub/a.md", "sub/deep/b.md")
        ]
    signatures: list[Signature | None] = []
    for source in sources:
        assert isinstance(source, SourceFile)
        signatures.append(source.signature)
        with Folder(folder) as opened:
            assert is_unchanged(opened, source.name, source.signature, LIMITS)
    (folder / "sub").rename(folder.parent / "moved")
    (folder / "sub").symlink_to(folder.parent / "moved")
    with Folder(folder) as opened:
        assert is_unchanged(opened, "own.md", signatures[0], LIMITS)
        assert not is_unchanged(opened, "sub/a.md", signatures[1], LIMITS)
        assert not is_unchanged(opened, "sub/deep/b.md", signatures[2], LIMITS)
        assert is_unchanged(opened, "own.md", signatures[0], LIMITS)


def test_after_a_folder_that_is_refused_the_others_are_read(folder: Path) -> None:
    """In whatever order they come."""
    shutil.rmtree(folder / "sub" / "deep")
    (folder / "sub" / "deep").symlink_to(folder.parent / "outside")
    with Folder(folder) as opened:
        for _ in range(2):
            found = [
                read_file(opened, name, LIMITS)
                for name in ("sub/a.md", "sub/deep/b.md", "own.md", "no/c.md")
            ]
            texts = [source.text if isinstance(source, SourceFile) else "" for source in found]
            assert [OWN in text for text in texts] == [True, False, True, False]
            assert not any(FOREIGN in text for text in texts)


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    """Its operator chose it."""
    (folder.parent / "link").symlink_to(folder)
    assert build(folder.parent / "link") == build(folder)


def count_descriptors() -> int:
    """Count the open ones among the lowest, from which the system gives the next."""
    count = 0
    for descriptor in range(512):
        with suppress(OSError):
            os.fstat(descriptor)
            count += 1
    return count


def test_no_descriptor_is_left_open(folder: Path) -> None:
    """Neither by what is read nor by what is refused; while a folder is read, one is open."""
    names = ("own.md", "sub/a.md", "sub/nowhere/x.md", "own.md/x.md", "sub/deep/b.md", "nowhere.md")
    before = count_descriptors()
    for _ in range(5):
        build(folder)
        with Folder(folder) as opened:
            for name in names:
                read_file(opened, name, LIMITS)
                assert count_descriptors() <= before + 1
    assert count_descriptors() == before


def swap_until(stop: threading.Event, folder: Path, outside: Path) -> None:
    """Put a link in the folder's place and the folder back, again and again."""
    aside = folder.with_name("aside")
    while not stop.is_set():
        folder.rename(aside)
        folder.symlink_to(outside)
        folder.unlink()
        aside.rename(folder)


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_a_race_of_swaps_lets_nothing_foreign_in(tmp_path: Path) -> None:
    """Of twenty thousand reads, while a sub-folder is a link half of the time, none gives a foreign
    text.
    """
    for number in range(40):
        write(tmp_path / "articles" / "sub" / f"{number}.md", f"{OWN} {number}.")
        write(tmp_path / "outside" / f"{number}.md", f"{FOREIGN} {number}.")
    stop = threading.Event()
    swapping = threading.Thread(
        target=swap_until,
        args=(stop, tmp_path / "articles" / "sub", tmp_path / "outside"),
        daemon=True,
    )
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    swapping.start()
    own = refused = 0
    try:
        before = None
        for _ in range(250):
            library, _ = build(tmp_path / "articles", before=before)
            before = library if library.articles else before
            texts = [article.text for article in library.articles]
            for number in range(40):
                with Folder(tmp_path / "articles") as opened:
                    read = read_file(opened, f"sub/{number}.md", LIMITS)
                if isinstance(read, SourceFile):
                    texts.append(read.text)
                else:
                    refused += 1
            assert not any(FOREIGN in text for text in texts)
            own += len(texts)
    finally:
        stop.set()
        swapping.join()
        sys.setswitchinterval(interval)
    assert own > 0
    assert refused > 0
