"""Texts become words that are compared by their keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotations.normalization import (
    fold_punctuation,
    match_outer_punctuation,
    normalize,
    word_keys,
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The goat's bell", ["the", "goat's", "bell"]),
        ("the GOAT’S `bell`", ["the", "goat's", "bell"]),
        ("1,500,000 or 1,5", ["1500000", "or", "1,5"]),
        ("-5 to 5–7 %", ["-5", "to", "5", "7", "%"]),
        ("Stra\u00dfe, E\u0301lyse\u0301e", ["strasse", "élysée"]),
        ("per\u200bson", ["person"]),
        ("山羊 left", ["山", "羊", "left"]),
    ],
)
def test_the_keys_of_words(text: str, keys: list[str]) -> None:
    """Case, shapes of marks and commas of thousands go; accents, signs and decimal points stay."""
    assert word_keys(text) == keys


@given(st.text(max_size=100))
def test_words_and_gaps_make_up_the_text(text: str) -> None:
    """Nothing of a text is lost, and a gap is divided inside of it."""
    normalized = normalize(text)
    joined = normalized.punctuation(0)
    for number, word in enumerate(normalized.words):
        joined += text[word.start : word.end] + normalized.punctuation(number + 1)
    assert joined == text
    for number in range(len(normalized.words) + 1):
        start, end = normalized.gap(number)
        assert start <= normalized.cut(number) <= end


def test_punctuation_counts_without_blanks_and_shapes() -> None:
    """Curly or straight, hyphen or dash, typed once or twice, with Markdown or not."""
    assert fold_punctuation(" ,” **") == fold_punctuation(",''") == ",'"
    assert fold_punctuation(" — ") == fold_punctuation("--") == "-"


@pytest.mark.parametrize(
    ("claimed", "article", "length"),
    [
        ("", " and so", 0),
        (".", ". And", 1),
        (".”", '." And', 2),
        ("!", ". And", None),
        ("”", ". And", 0),
    ],
)
def test_punctuation_at_the_end_is_taken_along(
    claimed: str, article: str, length: int | None
) -> None:
    """As much of the article's as the claim has; quotation marks need not be there."""
    assert match_outer_punctuation(claimed, article) == length
