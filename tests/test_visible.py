"""A message holds of a text what people see and read, whatever the text is."""

import tracemalloc
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.visible import MOST_VISIBLE, keep_visible

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@given(st.text() | st.text("a\u202e\n\u0301", min_size=290, max_size=1_500), st.booleans())
@example("\ud800" * 5_000, False)  # noqa: FBT003
@example("x" * MOST_VISIBLE, True)  # noqa: FBT003
def test_what_is_kept_is_short_and_can_be_seen(text: str, keep_end: bool) -> None:  # noqa: FBT001
    """At most 300 characters, none of them hidden, and a mark where something is missing."""
    kept = keep_visible(text, keep_end=keep_end)
    assert len(kept) <= MOST_VISIBLE
    assert not any(unicodedata.category(character) in _UNSEEN for character in kept)
    assert keep_visible(kept, keep_end=keep_end) == kept


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=MOST_VISIBLE)
)
def test_a_short_text_stays(text: str) -> None:
    """Blanks, accents and letters of any script are left alone."""
    assert keep_visible(text) == text


def test_the_end_of_a_path_is_kept() -> None:
    """Files of one long folder are told apart."""
    first, second = (f"{'folder/' * 60}{name}.md" for name in ("first", "second"))
    assert keep_visible(first, keep_end=True).endswith("folder/first.md")
    assert keep_visible(first, keep_end=True) != keep_visible(second, keep_end=True)
    assert keep_visible(first).startswith("folder/folder/")
    assert keep_visible(first).endswith("…")


@pytest.mark.parametrize("character", ["x", "\u200b", "\n", " ", "\u0301", "\U000e0041"])
def test_a_text_of_megabytes_is_not_gone_through(character: str) -> None:
    """Its first characters are copied, not the whole of it."""
    text = character * 8_000_000
    tracemalloc.start()
    try:
        assert len(keep_visible(text)) <= MOST_VISIBLE
        assert len(keep_visible(text, keep_end=True)) <= MOST_VISIBLE
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
