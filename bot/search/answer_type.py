"""The type of a question's answer, and the types of words and sentences, mostly by English forms.

In: a question, a word or a sentence as text. Out: an ``AnswerType``. "When" asks for a date, "how
many" for a number, "who" for a name, "why", "what is", "which kinds" and "what difference" for a
sentence of that form. "Where" asks for the name of a place; names of places are not told from
others. Of a question in another form no type is known, and nothing is held against an answer. In
other languages than English dates and numbers are known (``question_words``).

Which words are names depends on a collection: see ``term_types``.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntFlag
from functools import lru_cache
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.prefilter import PrefilteredPattern
from bot.search.question_words import QUESTION_WORDS


class AnswerType(IntFlag):
    """Types of answers; NONE where a question does not say what would answer it.

    The values are saved with an index.
    """

    NONE = 0
    NUMBER = 1
    DATE = 2
    NAME = 4
    REASON = 8
    DEFINITION = 16
    LIST = 32
    COMPARISON = 64
    IN_WORDS = NUMBER | DATE | NAME
    """The types that single words have; sentences have the others, and DATE for a time of day."""


class QuestionWord(NamedTuple):
    """A question word and the words behind it, in small letters."""

    word: str
    behind: tuple[str, ...]


def _words(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


def _any_of(patterns: Iterable[str]) -> str:
    """Give a pattern that matches what one of several does."""
    return f"(?:{'|'.join(patterns)})"


# Questions.

_QUESTION_WORD = re.compile(r"\b(when|who|whom|whose|where|which|what|how|why)\b")
# Behind a question word so many characters are looked at.
_LOOKAHEAD = 80
_WORD = re.compile(r"\w+")
# The word in front of one is found within so many characters.
_LOOKBEHIND = 60
# These may be relative words as well: "the captain who drowned".
_RELATIVE_WORDS = _words("who which where when whose whom")
# The words behind which they still ask: "and who", "tell me who". Behind others they are relative.
_WORDS_BEFORE_QUESTION = (
    # Conjunctions and openings.
    "and so but ok hey guys",
    # Prepositions that belong to the question word.
    "by with from to for of in at on since until",
    # Words that introduce an indirect question.
    "know say tell me wonder wondering question",
)
_BEFORE_QUESTION = re.compile(
    rf"\b{_any_of(' '.join(_WORDS_BEFORE_QUESTION).split())}$", re.IGNORECASE
)
# The nouns behind "what" and "which" that say the type.
_DATE_NOUNS = _words("year years date dates day month century decade time")
_AMOUNT_NOUNS = _words("number percentage percent share proportion fraction price cost population")
_NAME_NOUNS = _words(
    """
    city cities country countries town place places state nation nations region port capital
    continent river island village building person people man woman company team
    """
)
_TYPE_OF_NOUN = {
    **dict.fromkeys(_NAME_NOUNS, AnswerType.NAME),
    **dict.fromkeys(_AMOUNT_NOUNS, AnswerType.NUMBER),
    **dict.fromkeys(_DATE_NOUNS, AnswerType.DATE),
}
# What may stand between "what" and its noun: "what was the exact number".
_BEFORE_NOUN = _words("s is was are were will be the a an his her its their exact total first last")
_NAME_QUESTIONS = _words("who whom whose where")
# "How many", "how old", "how tall".
_COUNTED_ADJECTIVES = _words("many old tall")
# "How much money", "how much did it cost", "how much of": an amount, but not "how much effort".
_AFTER_HOW_MUCH = _words("money did does was were do is percent of cost")
# "When is", "when do", "when should": often a condition or a habit, so no date is expected.
_AFTER_UNDATED_WHEN = _words("s is are do does can should would could might to a the")
# Behind "what": "what caused", "what was the reason".
_REASON_WORDS = _words("why cause caused causes reason reasons motive motives purpose led")
# They must be among so many words.
_REASON_LOOKAHEAD = 3
# Behind "what" and "which": "what kinds of", "which of the countries".
_LIST_WORDS = _words(
    "kinds types examples options ways steps countries parties members parts points"
)
# They must be among so many words.
_LIST_LOOKAHEAD = 4
# "What is" with at most so many words behind "what" asks for a definition.
_DEFINITION_WORDS = 6
_DEFINITION_VERBS = _words("is was are were s")
_COMPARISON_PATTERNS = (
    r"differen(?:ce|t)",
    r"differ",
    r"compare",
    r"versus",
    r"vs",
    r"similar",
    r"in common",
    r"more than",
    r"less than",
)
_COMPARISON_QUESTION = PrefilteredPattern(
    rf"\b{_any_of(_COMPARISON_PATTERNS)}\b", "ffer compare vers vs lar common than"
)
_COUNTED_WORDS = re.compile(r"\bhow many\W+([\w'’-]+)(?:\W+([\w'’-]+))?", re.IGNORECASE)
# The question words of so many questions are remembered: several things depend on them.
_REMEMBERED = 4

# Words.

_NUMERALS = _words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions trillion dozen dozens
    half third quarter percent twice
    """
)
_DATE_WORDS = _words(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    century centuries decade midnight noon yesterday today tomorrow spring summer autumn winter
    """
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A year or a decade, 1000 to 2099.
_YEAR = re.compile(r"(?:1\d{3}|20\d\d)s?")

# Sentences. The signs of a type are, in small letters, what stands in every sentence that its
# pattern finds something in: to look for them first is many times faster.

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_DATE_PATTERNS = (
    # May as a month, which the word alone does not tell: "3 May", "3rd May".
    r"\b\d{1,2}(?:st|nd|rd|th)? May",
    # The same in the other order.
    r"\bMay \d",
    # A time of day in figures: "9:30", "9.30".
    r"\b\d{1,2}[:.]\d\d(?!\d)",
    # "9 am", "9 p.m".
    r"\b\d{1,2} ?[ap]\.?m\b",
    r"\bo['’]clock",
    # "at 6" and "at six", before a short word or the end of a clause, but not "at 6 per cent".
    rf"\bat (?:\d{{1,2}}\b(?!\s*(?:%|per))|{'|'.join(_HOURS)})(?= [a-z]{{2,3}}\b|[.,;!?]|$)",
)
_DATE_SIGNS = (*"0123456789", "clock", *(f"at {hour}" for hour in _HOURS))
_REASON_PATTERNS = (
    # These name a cause.
    r"because",
    r"due to",
    r"owing to",
    r"thanks to",
    r"since",
    r"caused?",
    r"reasons?",
    r"motivated",
    r"prompted",
    r"driven by",
    r"in response",
    r"result(?:ed|ing|s)? (?:from|in)",
    # These name an effect.
    r"as a result",
    r"led to",
    r"therefore",
    r"hence",
    # These name a purpose.
    r"so that",
    r"in order to",
    r"so as to",
    r"aimed? (?:to|at)",
)
_REASON_SIGNS = (
    "cause",
    "due to",
    "owing to",
    "thanks to",
    "so that",
    "in order to",
    "result",
    "since",
    "reason",
    "led to",
    "in response",
    "therefore",
    "hence",
    "motivated",
    "aim",
    "so as to",
    "prompted",
    "driven by",
)
_DEFINITION_PATTERNS = (
    # "Feta is a cheese."
    r"\b(?:is|are|was|were) (?:an?|the|one of)\b",
    # These say that something is a definition.
    r"\b(?:means?|meant|refers? to|defined as|known as|called)\b",
    # An apposition: "feta, a cheese".
    r", an? \w+",
)
_DEFINITION_SIGNS = (
    *(f"{verb} a" for verb in ("is", "are", "was", "were")),
    *(f"{verb} the" for verb in ("is", "are", "was", "were")),
    *(f"{verb} one of" for verb in ("is", "are", "was", "were")),
    "mean",
    "refer",
    "defined as",
    "known as",
    "called",
    ", a",
)
_LIST_PATTERNS = (
    # What follows a colon is often a list.
    r":",
    # These introduce a list or examples.
    r"\b(?:such as|includ(?:e|es|ed|ing)|consist|compris|for example|namely)",
    # These end one.
    r"\b(?:among (?:them|others)|as well as)",
    # "flour, eggs and milk".
    r"\w, [^,.]+,? (?:and|or) ",
)
_LIST_SIGNS = (
    ":",
    ", ",
    "such as",
    "includ",
    "consist",
    "compris",
    "for example",
    "namely",
    "among",
    "as well as",
)
_CONTRAST_PATTERNS = (
    # "larger than".
    r"than",
    # These say what differs.
    r"unlike",
    r"whereas",
    r"while",
    r"compared",
    r"in contrast",
    r"by contrast",
    r"different",
    r"differ",
    # These say what does not.
    r"same",
    r"similar",
    r"both",
)
_CONTRAST_SIGNS = (
    "than",
    "unlike",
    "whereas",
    "while",
    "compared",
    "contrast",
    "differ",
    "same",
    "similar",
    "both",
)
# A cell with a number behind another one; only rows of tables have this mark between.
_ROW_PATTERN = re.compile(r"·[^·]*\d")
# Only a date's pattern tells capital letters: the month from the verb.
SENTENCE_FORMS = (
    # What a row is about stands in another cell, so that no number is near to it.
    (AnswerType.NUMBER.value, "·", _ROW_PATTERN),
    (AnswerType.DATE.value, _DATE_SIGNS, re.compile(_any_of(_DATE_PATTERNS))),
    (
        AnswerType.REASON.value,
        _REASON_SIGNS,
        re.compile(rf"\b{_any_of(_REASON_PATTERNS)}\b", re.IGNORECASE),
    ),
    (
        AnswerType.DEFINITION.value,
        _DEFINITION_SIGNS,
        re.compile(_any_of(_DEFINITION_PATTERNS), re.IGNORECASE),
    ),
    (AnswerType.LIST.value, _LIST_SIGNS, re.compile(_any_of(_LIST_PATTERNS), re.IGNORECASE)),
    (
        AnswerType.COMPARISON.value,
        _CONTRAST_SIGNS,
        re.compile(rf"\b{_any_of(_CONTRAST_PATTERNS)}\b", re.IGNORECASE),
    ),
)
# The types of answers as one number: bits are faster without the names.
_ALL_TYPES = (~AnswerType.NONE).value


def classify_question(question: str, language: str = "en") -> AnswerType:
    """Give the type of a question's answer, by its first question word and the words behind.

    In another ``language`` (ISO 639-1) only dates and numbers are asked for.
    """
    words_of_language = QUESTION_WORDS.get(language)
    if words_of_language is not None:
        if words_of_language.when.search(question):
            return AnswerType.DATE
        if words_of_language.how_many.search(question):
            return AnswerType.NUMBER
    if _COMPARISON_QUESTION.is_in(question):
        return AnswerType.COMPARISON
    asked = find_question_word(question)
    return AnswerType.NONE if asked is None else _classify_by_words(asked.word, asked.behind)


@lru_cache(maxsize=_REMEMBERED)
def find_question_word(question: str) -> QuestionWord | None:
    """Find the first question word that is no relative word; the last results are remembered."""
    lowered = question.lower()
    for match in _QUESTION_WORD.finditer(lowered):
        word = match[1]
        start, end = match.span()
        if _is_relative(word, lowered[max(start - _LOOKBEHIND, 0) : start]):
            continue
        behind = _WORD.findall(lowered[end : end + _LOOKAHEAD])
        return QuestionWord(word, tuple(behind))
    return None


def find_counted_words(question: str) -> tuple[str, ...]:
    """Give the two words behind "how many", as far as there are any.

    One of them is what is counted.
    """
    match = _COUNTED_WORDS.search(question)
    if match is None:
        return ()
    return tuple(filter(None, match.groups()))


def _is_relative(question_word: str, before: str) -> bool:
    """Say whether a question word only belongs to the noun before it."""
    before = before.rstrip()
    if question_word not in _RELATIVE_WORDS or not before[-1:].isalnum():
        return False
    return not _BEFORE_QUESTION.search(before)


def _classify_by_words(question_word: str, words: Sequence[str]) -> AnswerType:
    """Give the type of an answer by the question word and the words behind it, in small letters."""
    first, second, *_ = (*words, "", "")
    if question_word == "why":
        return AnswerType.REASON
    if question_word in _NAME_QUESTIONS:
        return AnswerType.NAME
    if question_word == "when":
        return AnswerType.NONE if first in _AFTER_UNDATED_WHEN else AnswerType.DATE
    if question_word == "how":
        return _classify_how(first, second)
    if question_word == "what" and _REASON_WORDS.intersection(words[:_REASON_LOOKAHEAD]):
        return AnswerType.REASON
    return _classify_what(question_word, words)


def _classify_how(first: str, second: str) -> AnswerType:
    """Give the type of the answer to "how", by the two words behind it."""
    if first == "come":
        return AnswerType.REASON
    if first in _COUNTED_ADJECTIVES:
        return AnswerType.NUMBER
    if first == "much" and second in _AFTER_HOW_MUCH:
        return AnswerType.NUMBER
    return AnswerType.NONE


def _classify_what(question_word: str, words: Sequence[str]) -> AnswerType:
    """Give the type of the answer to "what" or "which", by its noun or by its form."""
    noun = next((word for word in words if word not in _BEFORE_NOUN), "")
    if noun in _TYPE_OF_NOUN:
        return _TYPE_OF_NOUN[noun]
    if _LIST_WORDS.intersection(words[:_LIST_LOOKAHEAD]):
        return AnswerType.LIST
    is_short = 0 < len(words) <= _DEFINITION_WORDS
    if question_word == "what" and is_short and words[0] in _DEFINITION_VERBS:
        return AnswerType.DEFINITION
    return AnswerType.NONE


@lru_cache(maxsize=16_384)
def classify_word(word: str, language: str = "en") -> AnswerType:
    """Say whether a word is a number, a part of a date, both (a year) or neither."""
    folded = fold(word)
    words_of_language = QUESTION_WORDS.get(language)
    if words_of_language is not None:
        if folded in words_of_language.dates:
            return AnswerType.DATE
        if folded in words_of_language.numbers:
            return AnswerType.NUMBER
    if _YEAR.fullmatch(folded):
        is_decade = folded.endswith("s")
        return AnswerType.DATE if is_decade else AnswerType.DATE | AnswerType.NUMBER
    if _NUMBER.match(folded) or folded in _NUMERALS:
        return AnswerType.NUMBER
    # In small letters "may" is a verb.
    is_verb = folded == "may" and not word[:1].isupper()
    if folded in _DATE_WORDS and not is_verb:
        return AnswerType.DATE
    return AnswerType.NONE


def classify_sentence(sentence: str, possible: int = _ALL_TYPES) -> AnswerType:
    """Give the types that a sentence has by its form, of those that are ``possible``.

    They are the number in a row of a table, a time of day, a reason, a definition, a list and a
    comparison.
    """
    lower = sentence.lower()
    found = 0
    for answer_type, signs, pattern in SENTENCE_FORMS:
        if not possible & answer_type:
            continue
        has_sign = any(map(lower.__contains__, signs))
        if has_sign and pattern.search(sentence):
            found |= answer_type
    return AnswerType(found)
