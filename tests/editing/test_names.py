"""Names of files: one for any first line of a text, and the place that a file takes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.ignoring import IgnoredNames
from bot.editing.names import choose_name, find_place, make_name


@given(st.text())
@example("con")
@example("COM1\nis a port")
@example("\U0001d413\U0001d421\U0001d41e" * 30)
@example("\u0130" * 90)
def test_any_text_gets_a_name_that_can_be_used(text: str) -> None:
    """Who adds a message can't give it another one."""
    name = make_name(text)
    assert choose_name(name, IgnoredNames()) == name


@pytest.mark.parametrize(
    ("name", "known", "place"),
    [
        ("tea.md", ["tea.md", "old/tea.md"], "tea.md"),
        ("tea.md", ["old/tea.md"], "old/tea.md"),
        ("tea.md", ["old/tea.md", "new/tea.md"], "tea.md"),
        ("Tea.md", ["tea.md", "old/tea.md"], "tea.md"),
        ("TEA.MD", ["old/Tea.md"], "old/Tea.md"),
        ("thé.md", ["the\u0301.md"], "the\u0301.md"),
        ("Tea.md", ["tea.md", "Tea.md"], "Tea.md"),
        ("Tea.md", ["tea.md", "TEA.md"], "Tea.md"),
        ("new.md", ["tea.md"], "new.md"),
    ],
)
def test_a_file_takes_the_place_of_the_one_of_its_name(
    name: str, known: list[str], place: str
) -> None:
    """Also where capitals or the form of accents differ: on some systems both are one file."""
    assert find_place(name, known) == place
