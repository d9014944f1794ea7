"""Footnotes of Markdown are no text."""

import pytest
from parsed import markdown_sentences


@pytest.mark.parametrize(
    "definition",
    [
        "",
        "\n\n[^1]: Ibid.",
        "\n\n[^1]: Smith 2020, p. 3. The tank\nwas new.\n\n    It burst.\n[^b]: Ibid.",
        "\n[^1]: Directly below.\n# H",
        "\n\n> [^1]: In a quote.",
    ],
)
def test_a_footnote_is_no_text(definition: str) -> None:
    """A footnote's mark belongs to the sentence before it and is not read; its definition is no
    text.
    """
    sentences = markdown_sentences("A *tank* burst.[^1] A wave came[^b]." + definition)
    assert sentences == [
        ("A *tank* burst.[^1]", "A tank burst."),
        ("A wave came[^b].", "A wave came."),
    ]


@pytest.mark.parametrize(
    ("text", "plains"),
    [
        ("Use `[^1]` here.\n\n    [^1]: code", ["Use [^1] here.", "[^1]: code"]),
        ("- One.[^1]\n\n  [^1]: No.\n- Two.\n\n[^1]: No.\n\nThree.", ["One.", "Two.", "Three."]),
    ],
)
def test_what_stands_around_a_footnote_is_text(text: str, plains: list[str]) -> None:
    """Code that looks like a footnote is code; a definition ends with its paragraph."""
    assert [plain for _, plain in markdown_sentences(text)] == plains
