"""What was typed is read as people read it."""

from bot.quotations.claim import (
    MAX_CHARACTERS,
    cut_at_ellipses,
    cut_claim,
    find_ellipses,
    read_claim,
)
from bot.quotations.normalization import normalize


def test_markdown_is_read_and_kept_as_a_second_reading() -> None:
    """The likeliest reading is without Markdown; the text as typed comes after it."""
    readings = [reading.text for reading in read_claim("> **One** [two](/two) three")]
    assert readings == ["One two three", "> **One** [two](/two) three"]


def test_the_numbers_of_a_list_may_be_read_or_not() -> None:
    """Only numbers that count on are those of a list."""
    assert [reading.text for reading in read_claim("1. One is.\n2. Two is.")][
        -1
    ] == "One is. Two is."
    assert [reading.text for reading in read_claim("15. May is.\n9. June is.")] == [
        "15. May is. 9. June is."
    ]


def test_what_is_too_short_has_no_reading() -> None:
    """Three words with a letter or a digit are needed."""
    assert read_claim("two % words") == []


def test_an_ellipsis_between_short_pieces_is_none() -> None:
    """Each piece has three words at least."""
    claim = normalize("one two three … four five […] six seven eight")
    assert find_ellipses(claim) == {}
    claim = normalize("one two three […] four, five six ... seven eight nine")
    ellipses = find_ellipses(claim)
    assert [claim.text[start:end] for start, end in ellipses.values()] == ["[…]", "..."]
    pieces = [piece.text.strip() for piece in cut_at_ellipses(claim, ellipses)]
    assert pieces == ["one two three", "four, five six", "seven eight nine"]


def test_a_long_claim_is_cut_between_words() -> None:
    """A word that is longer than all that is read is cut itself."""
    assert cut_claim("word " * 1_000) == ("word " * 1_000)[: MAX_CHARACTERS - 1]
    assert len(cut_claim("x" * 5_000)) == MAX_CHARACTERS
