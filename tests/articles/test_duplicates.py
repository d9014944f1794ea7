"""Texts that stand in several files are told to the editor, once a pair of files."""

from pathlib import Path

from bot.articles.duplicates import find_duplicates
from bot.articles.library import build

LONG = " ".join(f"The owl number {number} hunts in the old barn." for number in range(9))
OTHER = " ".join(f"A vole of the year {number} eats in the meadow." for number in range(9))
SHORT = "Thank you for your visit."


def find(folder: Path, **articles: str) -> list[tuple[str, str, int]]:
    """Give file, kind and line of what is told of some articles."""
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    problems = find_duplicates(build(folder)[0].articles)
    return [(one.file, one.kind, one.line) for one in problems]


def test_an_article_that_reads_like_another_is_told(tmp_path: Path) -> None:
    """Whatever its title, its case and its blanks are."""
    told = find(tmp_path, a=f"# A\n\n{LONG}\n", b=f"# B\n\n{LONG.upper()}\n", c=f"# C\n\n{OTHER}\n")
    assert told == [("b.md", "same-text", 1)]


def test_shared_passages_are_told_once_for_each_pair(tmp_path: Path) -> None:
    """Where the first of them stands; short ones are of everybody."""
    told = find(
        tmp_path,
        a=f"# A\n\n{SHORT}\n\n## One\n\n{LONG}\n\n## Two\n\n{OTHER}\n",
        b=f"# B\n\n## One\n\nOf b.\n\n## Two\n\n{OTHER}\n\n## Three\n\n{LONG}\n",
        c=f"# C\n\n{SHORT}\n\n## One\n\n{SHORT}\n",
    )
    assert told == [("b.md", "shared-passages", 9)]
