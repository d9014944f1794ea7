"""A folder is read as though other files lay in it, and nothing of that is written."""

from pathlib import Path

import pytest

from bot.articles.folder import FolderLimits
from bot.articles.library import build
from bot.articles.overlay import Overlay
from bot.versions.keeper import ServedRecord, VersionKeeper

TEA, OWLS = "# Tea\n\nTea is steamed.\n", "# Owls\n\nOwls sleep by day.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two articles."""
    for name, text in {"tea.md": TEA, "owls.md": OWLS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_are_changed_added_and_taken_out(folder: Path) -> None:
    """What is no article changes no list of them; the folder stays as it is."""
    files = {
        "tea.md": b"# Tea\n\nTea is rolled.\n",
        "owls.md": None,
        "new/voles.md": b"# Voles\n\nVoles dig.\n",
        "synonyms.yaml": b"same: owl, bird\n",
    }
    library, problems = build(folder, overlay=Overlay(files))
    assert not problems
    assert [article.file for article in library.articles] == ["new/voles.md", "tea.md"]
    assert "rolled" in library.articles[1].text
    assert sorted(path.name for path in folder.iterdir()) == ["owls.md", "tea.md"]
    assert not Overlay()


def test_a_file_that_is_too_large_is_told(folder: Path) -> None:
    """As one that lies in the folder is."""
    limits = FolderLimits(file_bytes=100)
    library, (problem,) = build(folder, limits, overlay=Overlay({"big.md": b"x" * 101}))
    assert (problem.file, problem.kind) == ("big.md", "file-too-large")
    assert len(library.articles) == 2


def test_a_file_that_cannot_be_read_has_its_last_version(folder: Path) -> None:
    """One that would be gone has none."""
    keeper = VersionKeeper()
    before, _ = build(folder)
    served = {article.file: article.sha256 for article in before.articles}
    keeper.record(folder, FolderLimits(), ServedRecord(served))
    overlay = Overlay({"tea.md": b"\0\1\2", "owls.md": None})
    library, _ = build(folder, before=before, last_good=keeper, overlay=overlay)
    assert [article.file for article in library.articles] == ["tea.md"]
    assert list(library.kept) == ["tea.md"]
