"""What the editor's own files say of an article whose file gets another name."""

import pytest
from growth import MOST_GROWTH, growth

from bot.editing.renaming import rename_article


@pytest.mark.parametrize(
    ("line", "renamed"),
    [
        ("article: old", 'article: "new"'),
        ("- article: old  # the first", '- article: "new"  # the first'),
        ("  article:\told\t#x\r", '  article:\t"new"\t#x\r'),
        ("article: 'old'", 'article: "new"'),
        ('article: "old" ', 'article: "new" '),
        ("article: old one", "article: old one"),
        ("article: old#x", "article: old#x"),
        ("article: [old]", "article: [old]"),
        ("other: old", "other: old"),
    ],
)
def test_an_article_is_named_anew_and_all_else_stays(line: str, renamed: str) -> None:
    """In each way to write a name on a line of its own."""
    assert rename_article(f"a: 1\n{line}\nb: 2\n", "old.md", "new") == f"a: 1\n{renamed}\nb: 2\n"


@pytest.mark.parametrize("between", [" ", "\t", "a ", "'"])
def test_a_long_line_is_read_once(between: str) -> None:
    """Who manages a server writes these files, and all servers would wait for that."""

    def rename(size: int) -> str:
        return rename_article(f"article: old{between * size}x[,\"#'", "old.md", "new")

    assert growth(rename, 16_000) < MOST_GROWTH
