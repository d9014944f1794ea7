"""Texts are filled in by name, and what is counted has its own form for one."""

import pytest

from bot.texts import Plural, Text


def test_a_text_is_a_string_and_can_be_filled_in() -> None:
    """Without placeholders it is shown as it is; with them it is called with their values."""
    assert Text("Ask again.") == "Ask again."
    assert Text("By {author}, {year}.")(author="Ada", year=1844) == "By Ada, 1844."
    with pytest.raises(KeyError):
        Text("By {author}.")()


@pytest.mark.parametrize(("count", "shown"), [(0, "0 files"), (1, "1 file"), (2_000, "2,000 files")])
def test_what_is_counted_has_a_form_for_one(count: int, shown: str) -> None:
    """One is one; none and many are many."""
    assert Plural("{count} file", "{count:,} files")(count) == shown
