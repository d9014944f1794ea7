"""HTML inside Markdown: what stands between its tags is read, once, and its titles hold together
what follows.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.blocks import Block
from bot.articles.formats.markdown import parse_markdown
from bot.articles.lines import Lines


def parse(text: str) -> list[Block]:
    """Parse a text."""
    return parse_markdown("a.md", Lines(text), 1).blocks


def forms(text: str) -> list[tuple[str, int, str]]:
    """Give kind, group and text of each block."""
    return [
        (block.form.kind, block.form.group, block.form.shown or block.plain)
        for block in parse(text)
    ]


@pytest.mark.parametrize(
    ("text", "plains"),
    [
        ("Free<br>for all<BR/>of us.", ["Free for all of us."]),
        ("H<sub>2</sub>O <b>is</b> <!-- never --> wet.", ["H2O is  wet."]),
        ("<p>Owls &amp; mice</p>\n<p>Voles</p>", ["Owls & mice", "Voles"]),
        ("<div align=center>\n\nInside.\n\n</div>", ["Inside."]),
        ("<aside>\nBeside.\n</aside>", ["Beside."]),
        ("<!-- never -->\n\n<script>\nnever\n</script>\n\nText.", ["Text."]),
        ("> <p>Quoted\n> twice</p>", ["Quoted twice"]),
        ("- One\n\n  <p>Below</p>\n", ["One", "Below"]),
        ("\r\n<div>\r\nOne\r\n</div>\r\n\r\nTwo", ["One", "Two"]),
    ],
)
def test_what_stands_between_tags_is_read(text: str, plains: list[str]) -> None:
    """And a line break is a blank."""
    assert [block.plain for block in parse(text)] == plains


def test_a_collapsed_part_goes_on_in_markdown() -> None:
    """Its summary is the title of all up to its end, also where another one is never closed."""
    text = "<details>\n<summary>Fares</summary>\n\nTwo *coins*.\n\n- a\n- b\n\n</details>\n\nAfter.\n\n"
    text += "<details>\n\nOpen.\n"
    assert forms(text) == [
        ("title", 1, "Fares"), ("paragraph", 1, "Two coins."), ("item", 1, "a"), ("item", 1, "b"),
        ("paragraph", 0, "After."), ("paragraph", 0, "Open."),
    ]  # fmt: skip


def test_a_collapsed_part_ends_with_what_it_lies_in() -> None:
    """That of a quotation does not reach into what follows."""
    text = "> <details><summary>A</summary>\n\nB\n\n<details><summary>C</summary>\n\nD\n\n</details>\n\nE\n"
    assert [group for _, group, plain in forms(text) if plain in "CDE"] == [5, 5, 0]


def test_a_table_of_html_has_rows() -> None:
    """As one of Markdown has."""
    text = "Text.\n\n<table>\n<tr><th>Who</th><th>When</th></tr>\n<tr><td>Ada</td><td>noon</td></tr>\n</table>\n"
    assert forms(text)[1:] == [("row", 3, "Who: Ada · When: noon")]


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<details>", "</details>", "<summary>", "</summary>", "<table><tr><td>",
    "<br>", "<!--", "-->", "&amp;", "word", " ", "\n", "\n\n", "> ", "- ", "    ", "<script>", "</script>", "<pre>",
    "\r\n", "\t", "<li>", "\u00a0", "\u2028",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@example("> <div>\n> word\n>word &amp;</div>")
def test_each_character_stands_at_its_place(text: str) -> None:
    """In quotations and lists too, where lines begin with marks."""
    for block in parse(text):
        places = block.places or [
            (block.start + index, block.start + index + 1) for index in range(len(block.plain))
        ]
        for character, (start, end) in zip(block.plain, places, strict=True):
            assert (
                character.isspace() or character == "·" or text[start:end] in (character, "&amp;")
            )
