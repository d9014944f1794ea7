"""Footnotes of Markdown: their marks are no text, their texts are read where they stand."""

import pytest
from parsed import markdown_sentences


@pytest.mark.parametrize(
    ("definition", "notes"),
    [
        ("", []),
        ("\n\n[^1]: Ibid.", ["Ibid."]),
        (
            "\n\n[^1]: Smith 2020. The *tank*\nwas new.\n\n    It burst.\n[^b]: Ibid.",
            ["Smith 2020.", "The tank was new.", "It burst.", "Ibid."],
        ),
        ("\n[^1]: Directly below.\n# H", ["Directly below."]),
        ("\n\n> [^1]: In a quote.", ["In a quote."]),
        ("\n\n[^1]:\n    Below its mark.", ["Below its mark."]),
        (
            "\n\n[^1]: One.\n\n    - Two.\n    - Three.\n\nFour.",
            ["One.", "Two.", "Three.", "Four."],
        ),
    ],
)
def test_a_footnote_is_read_where_it_stands(definition: str, notes: list[str]) -> None:
    """A mark belongs to the sentence before it and is not read; the text is a paragraph, with
    what is indented.
    """
    sentences = markdown_sentences("A *tank* burst.[^1] A wave came[^b]." + definition)
    assert sentences[:2] == [
        ("A *tank* burst.[^1]", "A tank burst."),
        ("A wave came[^b].", "A wave came."),
    ]
    assert [plain for _, plain in sentences[2:]] == notes


@pytest.mark.parametrize(
    ("text", "plains"),
    [
        ("Use `[^1]` here.\n\n    [^1]: code", ["Use [^1] here.", "[^1]: code"]),
        (
            "- One.[^1]\n\n  [^1]: A.\n- Two.\n\n[^1]: B.\n\nThree.",
            ["One.", "A.", "Two.", "B.", "Three."],
        ),
    ],
)
def test_what_stands_around_a_footnote_is_text(text: str, plains: list[str]) -> None:
    """Code that looks like a footnote is code; a note ends with its paragraph."""
    assert [plain for _, plain in markdown_sentences(text)] == plains
