"""Blocks of Markdown: headings, code, HTML, and what is no sentence."""

import pytest
from parsed import markdown_sentences, parse_markdown


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("```python\na = 1\n\nb. c = 2\n```", [("a = 1", "a = 1"), ("b. c = 2", "b. c = 2")]),
        ("~~~\na\n~~~", [("a", "a")]),
        ("    a = 1\n    b = 2", [("a = 1", "a = 1"), ("b = 2", "b = 2")]),
        ("> ```\n> a = 1\n> ```", [("a = 1", "a = 1")]),
        ("- x\n  ```\n  a\n  ```\n- y", [("x", "x"), ("a", "a"), ("y", "y")]),
        ("```\n```", []),
    ],
)
def test_code_is_read_line_by_line(text: str, sentences: list[tuple[str, str]]) -> None:
    """A line of code is a sentence, without the fence and without what it is nested in."""
    assert markdown_sentences(text + "\n\nEnd.") == [*sentences, ("End.", "End.")]


@pytest.mark.parametrize("mark", ["\\\t<b>", "\\\t", "🚂", "… —"])
def test_what_holds_no_letter_is_no_sentence(mark: str) -> None:
    """A block without a letter or digit is not quoted."""
    assert markdown_sentences(f"Foo one.\n\n{mark}\n\nFoo two.") == [
        ("Foo one.", "Foo one."),
        ("Foo two.", "Foo two."),
    ]


def test_tags_and_definitions_are_no_text() -> None:
    """The tags of HTML, a script, a comment and the address of a reference are not quoted."""
    assert markdown_sentences(
        "<script>\nNo.\n</script>\n\n<!-- No. -->\n\n[r]: http://no.where\n\nYes."
    ) == [("Yes.", "Yes.")]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## A\n\nx.\n\n## B ##\n\ny.", [("A", ()), ("B", ())]),
        ("A *b*\n---\n\nx.", [("A b", ())]),
        ("A\nb\n---\n\nx.", [("A b", ())]),
        (
            "## A\n### B\nx.\n#### C\ny.\n### D\nz.",
            [("A", ()), ("B", ("A",)), ("C", ("A", "B")), ("D", ("A",))],
        ),
        ("#### A\nx.\n## B\ny.", [("A", ()), ("B", ())]),
        ("## [A](/b) &amp; `c`\nx.", [("A & c", ())]),
        ("> ## A\n> x.", [("A", ())]),
    ],
)
def test_headings_are_found_with_those_above(
    text: str, headings: list[tuple[str, tuple[str, ...]]]
) -> None:
    """A section names its heading as it reads and the headings that it stands under."""
    article, _ = parse_markdown("---\ntitle: T\n---\n" + text)
    assert [(section.heading, section.parents) for section in article.sections] == headings
