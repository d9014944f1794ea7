"""Characters of a text as it reads are found in the text as it is written."""

import pytest
from growth import MOST_GROWTH, growth
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


@pytest.mark.parametrize(
    ("written", "plain"),
    [("[^]``", "[``"), ("[]``", "``~"), ("x[", "[~"), ("[", "[~"), ("a", "ab"), ("&#98;", "bc")],
)
def test_marks_that_are_not_there_are_not_looked_for_again_and_again(
    written: str, plain: str
) -> None:
    """Time grows as the text does, whatever the reader of its format left out or put in."""
    assert growth(lambda size: map_to_source(written * size, plain * size), 4_000) < MOST_GROWTH


@given(st.text("ab [`*&;", max_size=30), st.text("ab [`*&;~", max_size=30))
def test_characters_are_found_in_their_order(written: str, plain: str) -> None:
    """A letter where it comes next, another character only if no letter is before it."""
    begin = 0
    source_map = map_to_source(written, plain)
    for index, character in enumerate(plain):
        offset = source_map.starts[index]
        is_found = source_map.ends[index] == offset + 1 and written[offset] == character
        later = written.find(character, begin)
        between = written[begin:later] if later >= 0 else ""
        is_near = character.isalnum() or not any(map(str.isalnum, between))
        if later >= 0 and is_near and character != " ":
            assert is_found
            assert offset == later
            begin = offset + 1
