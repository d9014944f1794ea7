"""Substitution: the question before, with one of its parts replaced by the words of a follow-up.

In: the words of a question, and those of "and turkey?", "in 2019?", "a failed one?". Out: the words
of the question that stay. Like replaces like: a name a name, a date a date, an ordinal an ordinal,
a number a number, and any other word one of the same ending. Where the question has no such part
nothing is replaced, and the new words are added.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType, classify_word

# "First" to "tenth", as far as these count something.
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_RELATIVE_ORDINALS = frozenset("last next previous latter former".split())
# How editions, wars and agreements are numbered: "the second agreement" is "Agreement II".
_ROMAN_NUMERALS = "I II III IV V VI VII VIII IX X".split()
# Behind these a part of a question is of another kind than without: "in 2019", "for 60 players".
_PREPOSITIONS = frozenset(
    "about after against at before between by during for from in into of on since to under until "
    "with without".split()
)
# Words of the same form have so many last letters in common: "unionists", "nationalists".
_SAME_ENDING = 3
# A shorter word has no ending that says anything.
_MIN_LETTERS = 4


class Part(Enum):
    """The kind of a part of a question, by which it is replaced."""

    NAME = auto()
    DATE = auto()
    NUMBER = auto()
    ORDINAL = auto()
    OTHER = auto()
    NONE = auto()
    """Small words, which are no part by themselves."""


class WordKinds(NamedTuple):
    """What tells the kind of a word.

    ``is_name`` says whether the collection writes a word as a name. ``term_of`` gives the term of a
    word, empty for a stop word. ``language`` is an ISO 639-1 code.
    """

    is_name: Callable[[str], bool]
    term_of: Callable[[str], str]
    language: str

    def find_kind(self, word: str, folded: str) -> Part:
        """Give the kind of a word, which is given folded too."""
        if folded in _ORDINALS or folded in _RELATIVE_ORDINALS:
            return Part.ORDINAL
        types = classify_word(word, self.language)
        if types & AnswerType.DATE:
            return Part.DATE
        if types & AnswerType.NUMBER:
            return Part.NUMBER
        if not self.term_of(word):
            return Part.NONE
        return Part.NAME if self.is_name(word) else Part.OTHER


def keep_words(text: TokenizedText, positions: Sequence[int]) -> TokenizedText:
    """Give the words of a text at some positions, as a text of their own."""
    tokens = tuple(text.tokens[position] for position in positions)
    folded = tuple(text.folded[position] for position in positions)
    return TokenizedText(" ".join(tokens), tokens, folded)


def remove_replaced(question: TokenizedText, new: TokenizedText, kinds: WordKinds) -> TokenizedText:
    """Give a question without the part that the words of a follow-up replace.

    The very same question is given where they replace nothing.
    """
    wanted = _find_main_kind(new, kinds)
    if wanted is Part.NONE:
        return question
    if wanted is Part.OTHER:
        replaced = _find_like(question, new, kinds)
    else:
        replaced = _find_run(question, wanted, _find_preposition(new), kinds)
    if not replaced:
        return question
    kept = [position for position in range(len(question.tokens)) if position not in replaced]
    return keep_words(question, kept)


def find_numerals(new: TokenizedText) -> dict[int, str]:
    """Give the Roman numerals of the ordinals among some words ("second": "II"), by position."""
    return {
        position: _ROMAN_NUMERALS[_ORDINALS.index(folded)]
        for position, folded in enumerate(new.folded)
        if folded in _ORDINALS
    }


def _find_main_kind(new: TokenizedText, kinds: WordKinds) -> Part:
    """Give the kind of a follow-up: that of its first word with the most telling one."""
    found = set(map(kinds.find_kind, new.tokens, new.folded))
    return next((part for part in Part if part in found), Part.NONE)


def _find_preposition(text: TokenizedText) -> str:
    """Give the preposition that a text begins with; empty where it begins with none."""
    first = text.folded[0] if text.folded else ""
    return first if first in _PREPOSITIONS else ""


def _find_run(
    question: TokenizedText, wanted: Part, preposition: str, kinds: WordKinds
) -> frozenset[int]:
    """Give the positions of the successive words of a kind that are replaced; none without any.

    Of several the first that stands behind the same preposition, or else behind none, is replaced.
    """
    marked = list(map(kinds.find_kind, question.tokens, question.folded))
    runs = []
    for part, run in groupby(enumerate(marked), key=itemgetter(1)):
        if part is wanted:
            runs.append([position for position, _ in run])
    if not runs:
        return frozenset()
    chosen = next((run for run in runs if _stands_behind(question, run[0], preposition)), runs[0])
    return frozenset(chosen)


def _stands_behind(question: TokenizedText, position: int, preposition: str) -> bool:
    """Say whether the word at a position stands behind a preposition; an empty one is none."""
    near = question.folded[max(position - 2, 0) : position]
    found = next((word for word in reversed(near) if word in _PREPOSITIONS), "")
    return found == preposition


def _find_like(question: TokenizedText, new: TokenizedText, kinds: WordKinds) -> frozenset[int]:
    """Give the position of the first word that ends like one of a follow-up; none without any."""
    others = [
        folded
        for word, folded in zip(new.tokens, new.folded, strict=True)
        if kinds.find_kind(word, folded) is Part.OTHER
    ]
    for position, (word, folded) in enumerate(zip(question.tokens, question.folded, strict=True)):
        if kinds.find_kind(word, folded) is not Part.OTHER or folded in others:
            continue
        if any(_is_alike(folded, other) for other in others):
            return frozenset([position])
    return frozenset()


def _is_alike(word: str, other: str) -> bool:
    """Say whether two words have the same form: both plural, or with the same last letters."""
    if min(len(word), len(other)) < _MIN_LETTERS:
        return False
    both_plural = word.endswith("s") and other.endswith("s")
    return both_plural or word[-_SAME_ENDING:] == other[-_SAME_ENDING:]
