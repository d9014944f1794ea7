"""A folder that is read again: what is the same is not read anew, and nothing comes out
otherwise.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.articles.folder import FolderLimits
from bot.articles.library import build

_LONG_AGO_NS = 1_700_000_000_000_000_000
_opened: list[str] | None = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open":
        _opened.append(str(arguments[0]))


sys.addaudithook(_note)


@contextmanager
def what_is_opened() -> Iterator[list[str]]:
    """Collect the paths of all files that Python opens meanwhile; those opened beside a descriptor
    are mere names.
    """
    global _opened  # noqa: PLW0603 (an audit hook can't be taken away)
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


def files_of(folder: Path, opened: list[str]) -> list[str]:
    """Give the names of the folder's files among what was opened."""
    names = {path.name for path in folder.iterdir()}
    return [Path(path).name for path in opened if Path(path).name in names]


def write(folder: Path, name: str, text: str, modified_ns: int = _LONG_AGO_NS) -> None:
    """Write a file that looks as old as ``modified_ns``."""
    (folder / name).write_text(text, encoding="utf-8")
    os.utime(folder / name, ns=(modified_ns, modified_ns))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of two good articles, a doubtful one and a bad one."""
    write(tmp_path, "hills.md", "# Hills\n\nHills are low.\n")
    write(tmp_path, "lakes.md", "# Lakes\n\n## Depth\n\nDeep.\n\n## Depth\n\nVery deep.\n")
    write(tmp_path, "rivers.txt", "Rivers\n\nThe Orrin rises in Marn.\n")
    write(tmp_path, "bad.md", "---\ntitle: a\u202eb\n---\n\nText.\n")
    return tmp_path


def test_files_that_have_not_changed_are_not_opened(folder: Path) -> None:
    """Neither good nor bad ones; their articles are the same objects, and their problems are told
    again.
    """
    before, problems = build(folder)
    with what_is_opened() as opened:
        after, again = build(folder, before=before)
    assert files_of(folder, opened) == []
    assert all(one is other for one, other in zip(before.articles, after.articles, strict=True))
    assert len(after.articles) == 3
    assert again == problems
    assert {problem.file for problem in problems} >= {"bad.md", "lakes.md"}


def test_only_the_file_that_changed_is_opened(folder: Path) -> None:
    """The articles of all others stay the same objects."""
    before, _ = build(folder)
    write(folder, "lakes.md", "# Lakes\n\nThey are shallow.\n")
    with what_is_opened() as opened:
        after, _ = build(folder, before=before)
    assert files_of(folder, opened) == ["lakes.md"]
    same = [one is other for one, other in zip(before.articles, after.articles, strict=True)]
    assert same == [True, False, True]
    assert after == build(folder)[0]


def test_a_file_written_anew_with_the_same_words_keeps_its_article(folder: Path) -> None:
    """A copy, a checkout or a touch changes the time, but nothing that is served."""
    before, _ = build(folder)
    write(folder, "hills.md", "# Hills\n\nHills are low.\n", _LONG_AGO_NS + 1)
    after, _ = build(folder, before=before)
    assert after.articles[0] is before.articles[0]
    with what_is_opened() as opened:
        build(folder, before=after)
    assert files_of(folder, opened) == []


def test_a_change_within_the_same_tick_of_the_clock_is_noticed(folder: Path) -> None:
    """What was written just before it was read is read again, however much it looks the same."""
    path = folder / "hills.md"
    path.write_text("# Hills\n\nHills are low.\n", encoding="utf-8")
    before, _ = build(folder)
    (parsed_file,) = [
        parsed_file for name, parsed_file in before.parsed_files.items() if name == "hills.md"
    ]
    assert parsed_file.signature is not None
    assert not parsed_file.signature.is_settled
    with what_is_opened() as opened:
        after, _ = build(folder, before=before)
    assert path.name in files_of(folder, opened)
    assert after.articles[0] is before.articles[0]


@pytest.mark.skipif(
    sys.platform == "win32", reason="there a file's times can be set back without a trace"
)
def test_a_change_that_hides_its_time_is_noticed(folder: Path) -> None:
    """As many bytes and the same time of change do not make it the same file."""
    before, _ = build(folder)
    write(folder, "hills.md", "# Hills\n\nHills are big.\n")
    after, _ = build(folder, before=before)
    assert "big" in after.articles[0].text


def test_a_file_that_was_replaced_by_another_is_read(folder: Path) -> None:
    """Editors write beside a file and rename, and the other file may look as old and as large."""
    before, _ = build(folder)
    write(folder, "new.tmp", "# Hills\n\nHills are big.\n")
    (folder / "new.tmp").replace(folder / "hills.md")
    after, _ = build(folder, before=before)
    assert "big" in after.articles[0].text


def test_a_file_that_went_is_gone_and_comes_back(folder: Path) -> None:
    """A file counts only while it lies there."""
    before, _ = build(folder)
    (folder / "hills.md").unlink()
    without, _ = build(folder, before=before)
    assert [article.id for article in without.articles] == ["lakes", "rivers"]
    write(folder, "hills.md", "# Hills\n\nHills are low.\n")
    assert build(folder, before=without) == build(folder)


def test_a_file_under_another_name_is_another_article(folder: Path) -> None:
    """Its content is as it was, but what is quoted from it is from another file."""
    before, _ = build(folder)
    (folder / "hills.md").rename(folder / "slopes.md")
    after, _ = build(folder, before=before)
    assert [
        (article.id, article.file) for article in after.articles if "Hills" in article.text
    ] == [("slopes", "slopes.md")]
    assert {sentence.file for _, section in after.sections() for sentence in section.sentences} == {
        "lakes.md", "rivers.txt", "slopes.md",
    }  # fmt: skip


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs rights that can be taken away"
)
def test_a_file_that_may_no_longer_be_read_is_no_longer_served(folder: Path) -> None:
    """Who takes the right away sees it told at the next reload, as a restart would tell it."""
    before, _ = build(folder)
    (folder / "hills.md").chmod(0)
    after, problems = build(folder, before=before)
    assert [article.id for article in after.articles] == ["lakes", "rivers"]
    assert ("hills.md", "error") in [(problem.file, problem.severity) for problem in problems]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_file_that_became_a_link_is_not_followed(folder: Path) -> None:
    """Even if it leads to what was the file."""
    before, _ = build(folder)
    (folder / "hills.md").rename(folder / "moved")
    (folder / "hills.md").symlink_to(folder / "moved")
    after, problems = build(folder, before=before)
    assert "hills" not in [article.id for article in after.articles]
    assert "hills.md" in [problem.file for problem in problems]


def test_narrower_limits_hold_for_what_has_not_changed(folder: Path) -> None:
    """The size of a file and of the folder are looked at again."""
    before, _ = build(folder)
    for limits in (
        FolderLimits(file_bytes=30),
        FolderLimits(folder_bytes=60),
        FolderLimits(files=2),
    ):
        assert build(folder, limits, before=before) == build(folder, limits)


def test_copies_are_told_again(folder: Path) -> None:
    """What is wrong with the folder, not with a file, comes out the same."""
    write(folder, "hills.txt", "# Hills\n\nHills are low.\n")
    before, problems = build(folder)
    assert ("hills.txt", "copy") in [(problem.file, problem.kind) for problem in problems]
    assert build(folder, before=before) == (before, problems)


def test_progress_counts_every_file(folder: Path) -> None:
    """Good, bad and unchanged files alike, one after the other."""
    told: list[tuple[int, int]] = []
    before, _ = build(folder, progress=lambda done, every: told.append((done, every)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    build(folder, progress=lambda done, every: told.append((done, every)), before=before)
    assert told[4:] == told[:4]
