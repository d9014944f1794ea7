"""Characters of a text as it reads are found in the text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotations.source_map import map_to_source


@pytest.mark.parametrize(
    ("written", "plain", "part", "source"),
    [
        ("A **bold** word", "A bold word", "bold", "bold"),
        ("A **bold** word", "A bold word", "bold word", "bold** word"),
        ("See [this](/a(b)) now", "See this now", "this now", "this](/a(b)) now"),
        ("Fish &amp; chips", "Fish & chips", "& chips", "&amp; chips"),
        ("Line<br>two", "Linetwo", "two", "two"),
        ("An [x](y is no link", "An [x](y is no link", "y is", "y is"),
        ("One\r\ntwo", "One two", "One two", "One\r\ntwo"),
    ],
)
def test_a_part_is_found_in_its_source(written: str, plain: str, part: str, source: str) -> None:
    """Markup and addresses are passed over, entities are found by what they stand for."""
    source_map = map_to_source(written, plain)
    first = plain.index(part)
    last = first + len(part) - 1
    assert written[source_map.starts[first] : source_map.ends[last]] == source


@given(st.text(max_size=60), st.text(max_size=60))
def test_each_character_has_a_place(written: str, plain: str) -> None:
    """Whatever the two texts are, each character begins and ends inside of what is written."""
    source_map = map_to_source(written, plain)
    assert len(source_map.starts) == len(source_map.ends) == len(plain)
    for offset in source_map.starts + source_map.ends:
        assert 0 <= offset <= len(written)
