"""A follow-up replaces the part of a question that is of its own kind."""

import pytest

from bot.answers.substitution import Part, WordKinds, find_numerals, remove_replaced
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText

NAMES = {"russia", "turkey", "marn", "lisk"}
KINDS = WordKinds(lambda word: word.lower() in NAMES, get_analyzer("en").term, "en")


@pytest.mark.parametrize(
    ("question", "new", "left"),
    [
        ("what does russia want", "turkey", "what does want"),
        ("who lived in marn in 1844", "in 1851", "who lived in marn in"),
        ("who went from marn to lisk", "to turkey", "who went from marn to"),
        ("who went from marn to lisk", "turkey", "who went from to lisk"),
        ("how much for 20 players", "for 60", "how much for players"),
        ("when was the first one", "the second", "when was the one"),
        ("what did the unionists want", "the nationalists", "what did the want"),
        ("who mediates", "turkey", "who mediates"),
        ("who mediates", "the", "who mediates"),
        ("", "turkey", ""),
    ],
)
def test_like_replaces_like(question: str, new: str, left: str) -> None:
    """What is of no such kind stays as it is."""
    tokenized = TokenizedText.tokenize(question)
    assert remove_replaced(tokenized, TokenizedText.tokenize(new), KINDS).text == left


def test_ordinals_have_numerals() -> None:
    """By the position of the word."""
    assert find_numerals(TokenizedText.tokenize("the second or tenth")) == {1: "II", 3: "X"}


def test_kinds_of_words() -> None:
    """A stop word is none."""
    kinds = [
        KINDS.find_kind(word, word) for word in ("russia", "1844", "20", "first", "mill", "the")
    ]
    assert kinds == [Part.NAME, Part.DATE, Part.NUMBER, Part.ORDINAL, Part.OTHER, Part.NONE]
