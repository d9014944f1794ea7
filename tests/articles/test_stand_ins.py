"""What stands in for a file that there is no room for: the version of it that served before."""

from pathlib import Path

import pytest

from bot.articles.folder import FolderLimits
from bot.articles.library import Library, build
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
