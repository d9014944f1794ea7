"""Files that are made to take for ever are read like any other."""

import pytest

from bot.articles.files import SourceFile
from bot.articles.parser import read_article

RUNS = [
    "“", "«", '"', "'", "(", "[", "![", "]", "](", "[a](", "[a](b)", "[[a]", "*", "_", "*a ", "a* ",
    "*a_", "**a *b ", "`", "<", "<a ", "<!--", "<?", "&", "&amp;", "\\", "\\[", ">", "> ", "- ",
    "#", "~", "|", "=", "-", ".", "a", " ", "\t", "\u3000", "\u2028", "\u0301", "🚂", "好", "\r",
    "\ufeff", "e.g. ", "A.B.",
]  # fmt: skip
LINES = [
    "a.\n\n", "a.\n", "a\n", "# a\nb.\n", "a\n===\nb.\n", "- a\n", "- a\n\n", "1. a\n", "> a\n\n",
    "```\na\n", "a  \n", "|a|b|\n|-|-|\n|c|d|\n\n", "[a]: b\n\n[a] c.\n", "| a\n", "---\n", "***\n",
    "<b>\n", "    a\n\n", "\n",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["md", "txt"])
@pytest.mark.parametrize("piece", RUNS)
def test_a_long_run_of_anything_is_read(piece: str, ending: str) -> None:
    """Ten thousand characters of the same kind in one line take no more than their length
    asks for.
    """
    text = "A text. " + (piece * 10_000)[:10_000]
    article, _ = read_article(SourceFile(f"a.{ending}", text, ""))
    assert article is not None
    assert article.sections[0].passages[0].plain.startswith("A text.")


@pytest.mark.parametrize("ending", ["md", "txt"])
@pytest.mark.parametrize("piece", LINES)
def test_many_short_lines_are_read(piece: str, ending: str) -> None:
    """Thousands of paragraphs, headings, items or rows take no more than their number asks for."""
    text = "A text.\n\n" + (piece * 10_000)[:10_000]
    article, _ = read_article(SourceFile(f"a.{ending}", text, ""))
    assert article is not None


def test_backticks_of_every_length_are_read() -> None:
    """Runs of backticks that never match each other are not tried against each other."""
    text = "A text. " + " ".join("`" * length for length in range(1, 400))
    assert read_article(SourceFile("a.md", text, ""))[0] is not None


def test_deeply_nested_lists_and_quotes_are_read() -> None:
    """A depth at which a recursive reader falls is no fault of the file."""
    for text in (
        "- " * 5_000 + "a.",
        "> " * 5_000 + "a.",
        "".join(" " * depth + "- a.\n" for depth in range(300)),
    ):
        read_article(SourceFile("a.md", "A text.\n\n" + text, ""))


def test_a_table_of_many_columns_is_read() -> None:
    """Short rows below a wide head are not filled up for ever."""
    text = "A text.\n\n" + "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|b|\n" * 30
    assert read_article(SourceFile("a.md", text, ""))[0] is not None
