"""The kind of thing that a question asks for, and the words and sentences that are of that kind.

When: a date. How many: a number. Who: a name. Where: a name of a place, which is told from others by nothing
but its capital letter. Why, what is, which kinds, what difference: a sentence of that form. English only; of a
question in another form, or in another language, nothing is known, and nothing is held against an answer.
"""

import re
from enum import IntFlag
from functools import lru_cache

from bot.search.analysis.analyzer import fold


class AnswerType(IntFlag):
    """Kinds of words; NONE where a question does not say what would answer it."""

    NONE = 0
    NUMBER = 1
    DATE = 2
    NAME = 4
    REASON = 8
    DEFINITION = 16
    LIST = 32
    COMPARISON = 64
    IN_WORDS = NUMBER | DATE | NAME


_ASKS = re.compile(r"\b(when|who|whom|whose|where|which|what|how|why)\b", re.IGNORECASE)
_LOOKED_AHEAD = 80
_RELATIVES = frozenset("who which where when whose whom".split())
_BEFORE_A_QUESTION = re.compile(
    r"\b(?:and|so|but|ok|hey|by|with|from|to|for|of|in|at|on|know|say|tell|me|wonder|wondering|question|guys|since|until)$",
    re.IGNORECASE,
)
_DATES = frozenset("year years date dates day month century decade time".split())
_PLACES = frozenset(
    "city cities country countries town place places state nation nations region port capital "
    "continent river island village building person people man woman company team".split()
)
_COUNTED = frozenset("many old tall".split())
_MUCH = frozenset("money did does was were do is percent of cost".split())
_AMOUNTS = frozenset(
    "number percentage percent share proportion fraction price cost population".split()
)
_BEFORE_A_NOUN = frozenset(
    "s is was are were will be the a an his her its their exact total first last".split()
)
_REASONS = frozenset("why cause caused causes reason reasons motive motives purpose led".split())
_LISTED = frozenset(
    "kinds types examples options ways steps countries parties members parts points".split()
)
_SHORT = 6
_STATES = frozenset("s is are do does can should would could might to a the".split())
_NUMERALS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion dozen dozens half third quarter percent twice".split()
)
_DATE_WORDS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday century centuries midnight noon yesterday today tomorrow spring summer autumn "
    "winter decade".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HOW_MANY = re.compile(r"\bhow many\W+([\w'’-]+)(?:\W+([\w'’-]+))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:1\d{3}|20\d\d)s?")
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TIME = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? May|May \d|\d{1,2}[:.]\d\d(?!\d)|\d{1,2} ?[ap]\.?m\b|o['’]clock)"
    rf"|\bat (?:\d{{1,2}}\b(?!\s*(?:%|per))|{_HOURS})(?= [a-z]{{2,3}}\b|[.,;!?]|$)"
)
_TOLD = {
    AnswerType.DATE: _TIME,
    AnswerType.REASON: re.compile(
        r"\b(?:because|due to|owing to|thanks to|so that|in order to|as a result|result(?:ed|ing|s)? (?:from|in)"
        r"|since|caused?|reasons?|led to|in response|therefore|hence|motivated|aimed? (?:to|at)|so as to|prompted"
        r"|driven by)\b",
        re.IGNORECASE,
    ),
    AnswerType.DEFINITION: re.compile(
        r"\b(?:is|are|was|were) (?:an?|the|one of)\b|\b(?:means?|meant|refers? to|defined as|known as|called)\b"
        r"|, an? \w+",
        re.IGNORECASE,
    ),
    AnswerType.LIST: re.compile(
        r":|\b(?:such as|includ(?:e|es|ed|ing)|consist|compris|for example|namely|among (?:them|others)|as well as)"
        r"|\w, [^,.]+,? (?:and|or) ",
        re.IGNORECASE,
    ),
    AnswerType.COMPARISON: re.compile(
        r"\b(?:than|unlike|whereas|while|compared|in contrast|by contrast|different|differ|same|similar|both)\b",
        re.IGNORECASE,
    ),
}
# In small letters, what stands in every sentence that the pattern of a kind finds something in: to look for these first
# is many times faster.
_SIGNS = {
    AnswerType.DATE: (*"0123456789", "clock", *(f"at {hour}" for hour in _HOURS.split("|"))),
    AnswerType.REASON: (
        *("cause", "due to", "owing to", "thanks to", "so that", "in order to", "result", "since", "reason", "led to"),
        *("in response", "therefore", "hence", "motivated", "aim", "so as to", "prompted", "driven by"),
    ),
    AnswerType.DEFINITION: (
        *(f"{verb} {article}" for verb in ("is", "are", "was", "were") for article in ("a", "the", "one of")),
        *("mean", "refer", "defined as", "known as", "called", ", a"),
    ),
    AnswerType.LIST: (
        *(":", ", ", "such as", "includ", "consist", "compris", "for example", "namely", "among", "as well as"),
    ),
    AnswerType.COMPARISON: (
        "than", "unlike", "whereas", "while", "compared", "contrast", "differ", "same", "similar", "both",
    ),
}  # fmt: skip
_COMPARES = re.compile(
    r"\b(?:differen(?:ce|t)|differ|compare|versus|vs|similar|in common|more than|less than)\b",
    re.IGNORECASE,
)


def classify_question(question: str) -> AnswerType:
    """Say what kind of thing would answer: by its first question word and the words after it."""
    if _COMPARES.search(question):
        return AnswerType.COMPARISON
    for match in _ASKS.finditer(question):
        asks = match[1].lower()
        before = question[: match.start()].rstrip()
        is_relative = (
            asks in _RELATIVES and before[-1:].isalnum() and not _BEFORE_A_QUESTION.search(before)
        )
        if is_relative:
            continue
        return _kind(
            asks, re.findall(r"\w+", question[match.end() : match.end() + _LOOKED_AHEAD].lower())
        )
    return AnswerType.NONE


def find_counted_words(question: str) -> tuple[str, ...]:
    """Give the two words after "how many"; what is counted is among them."""
    match = _HOW_MANY.search(question)
    return tuple(word for word in match.groups() if word) if match else ()


def _kind(asks: str, words: list[str]) -> AnswerType:
    first, second, *_ = (*words, "", "")
    if (
        asks == "why"
        or (asks == "how" and first == "come")
        or (asks == "what" and _REASONS & set(words[:3]))
    ):
        return AnswerType.REASON
    if asks == "when":
        return AnswerType.NONE if first in _STATES else AnswerType.DATE
    if asks in ("who", "whom", "whose", "where"):
        return AnswerType.NAME
    if asks == "how" and (first in _COUNTED or (first == "much" and second in _MUCH)):
        return AnswerType.NUMBER
    if asks in ("what", "which"):
        noun = next((word for word in words if word not in _BEFORE_A_NOUN), "")
        for nouns, kind in (
            (_DATES, AnswerType.DATE),
            (_AMOUNTS, AnswerType.NUMBER),
            (_PLACES, AnswerType.NAME),
        ):
            if noun in nouns:
                return kind
        if _LISTED & set(words[:4]):
            return AnswerType.LIST
        if asks == "what" and first in ("is", "was", "are", "were", "s") and len(words) <= _SHORT:
            return AnswerType.DEFINITION
    return AnswerType.NONE


@lru_cache(maxsize=16_384)
def classify_word(word: str) -> AnswerType:
    """Say whether a word is a number, a part of a date, both or neither."""
    folded = fold(word)
    if _YEAR.fullmatch(folded):
        return AnswerType.DATE if "s" in folded else AnswerType.DATE | AnswerType.NUMBER
    if _NUMBER.match(folded) or folded in _NUMERALS:
        return AnswerType.NUMBER
    return (
        AnswerType.DATE
        if folded in _DATE_WORDS and (folded != "may" or word[:1].isupper())
        else AnswerType.NONE
    )


def classify_sentence(sentence: str) -> AnswerType:
    """Say of what kinds a sentence tells by its form: a time of day, a reason, a definition, a list, a comparison."""
    lower = sentence.lower()
    told = AnswerType.NONE
    for kind, signs in _SIGNS.items():
        if any(map(lower.__contains__, signs)) and _TOLD[kind].search(sentence):
            told |= kind
    return told
