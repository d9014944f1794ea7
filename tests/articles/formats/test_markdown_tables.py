"""Tables of Markdown: a row is a sentence."""

import pytest
from parsed import markdown_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "| a | b |\n|---|---|\n| c | d. e |",
            [("a | b |\n|---|---|\n| c | d. e", "a · b · c · d. e")],
        ),
        ("a|b\n-|-\nc|d\ne|f", [("a|b\n-|-\nc|d", "a · b · c · d"), ("e|f", "e · f")]),
        ("|a|b|\n|-|-|\n|| d|\n||", [("a|b|\n|-|-|\n|| d", "a · b · d")]),
        ("|a|b|\n|-|-|", [("a|b", "a · b")]),
        ("|||\n|-|-|\n|c|d|", [("c|d", "c · d")]),
        (
            "|a|b|\n|-|-|\n| *a* | [b](/c) |\n| c\\|d | `e` |",
            [
                ("a|b|\n|-|-|\n| *a* | [b](/c)", "a · b · a · b"),
                ("c\\|d | `e`", "c|d · e"),
            ],
        ),
        (
            "> | a | b |\n> |---|---|\n> | c | d |",
            [("a | b |\n> |---|---|\n> | c | d", "a · b · c · d")],
        ),
        (
            "- | a | b |\n  |---|---|\n  | c | d |",
            [("a | b |\n  |---|---|\n  | c | d", "a · b · c · d")],
        ),
    ],
)
def test_a_table_is_read_row_by_row(text: str, sentences: list[tuple[str, str]]) -> None:
    """A row is a sentence, the header together with the first one; cells are read like any other
    text.
    """
    assert markdown_sentences(text) == sentences


def test_a_cell_with_a_zero_is_found_in_its_line() -> None:
    """The parser has a mark in its place; no file with one is read, but a text may hold it."""
    (sentence,) = markdown_sentences("|A|B|\n|-|-|\n|x|- \0`y`\0|\n")
    assert sentence == ("A|B|\n|-|-|\n|x|- \0`y`\0", "A · B · x · - \ufffdy\ufffd")
