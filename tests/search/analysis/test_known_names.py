"""Names that are names in small letters, too."""

import pytest

from bot.search.analysis.known_names import is_known_name


@pytest.mark.parametrize(
    "words",
    ["korean", "korea", "brazil", "nato", "eu", "asean", "canberra", "french foreign ministry"],
)
def test_a_country_is_a_name_however_it_is_typed(words: str) -> None:
    """So are its people, its capital and a body whose abbreviation is no word."""
    assert is_known_name(words, "en")


@pytest.mark.parametrize(
    "word", ["car", "ice", "north", "who", "pa", "male", "polish", "beehive", "tv", "dvd"]
)
def test_an_ordinary_word_is_none(word: str) -> None:
    """Though it may be part of one, or an abbreviation."""
    assert not is_known_name(word, "en")


def test_other_languages_know_none() -> None:
    """They have no thesaurus."""
    assert not is_known_name("brazil", "de")
