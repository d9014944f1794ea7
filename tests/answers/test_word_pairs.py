"""Of two questions no more is kept than the one word in which they differ."""

import pytest

from bot.answers.word_pairs import find_word_pair
from bot.search.analysis.analyzer import get_analyzer

PAIRS = {
    ("what is the fare?", "what is the price?"): ("fare", "price"),
    ("what are the FARES of the pool", "what is the price of the pools?"): None,
    ("fares of the pool", "the price of pools, please explain"): ("fares", "price"),
    ("what is the fare for dogs?", "what is the price?"): None,
    ("fare?", "fares?"): None,
    ("where does Anna live?", "where does the mayor live?"): None,
    ("where is room 12?", "where is room twelve?"): None,
    ("", ""): None,
}


@pytest.mark.parametrize(("questions", "pair"), PAIRS.items())
def test_one_word_for_another(questions: tuple[str, str], pair: tuple[str, str] | None) -> None:
    """Folded, in small letters; names, numbers and longer differences are nothing."""
    assert find_word_pair(get_analyzer("en"), *questions) == pair
