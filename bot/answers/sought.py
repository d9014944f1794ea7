"""What a question seeks of its topic that its own words do not name: an outcome, a place, a time.

In: a question, or a sentence, as text. Out: what the question seeks, which words ask for it, and
how surely a sentence holds such a thing. "Did it work?" is answered by "It failed within a year",
which does not hold "work". English only. Dates, reasons and numbers are types of answers
(``answer_type``).
"""

import re
from enum import Enum
from typing import NamedTuple

from bot.answers.patterns import any_of


class Sought(Enum):
    """What is sought of a topic; NONE where a question's own words say what it asks for.

    STATUS is whether it still is, OUTCOME what became of it, LIKELIHOOD whether it will be.
    DURATION, PLACE, ORIGIN and DESTINATION are an amount of time and places. EVENTS are what
    happened at all, which the lead tells.
    """

    NONE = 0
    STATUS = 1
    OUTCOME = 2
    LIKELIHOOD = 3
    DURATION = 4
    PLACE = 5
    ORIGIN = 6
    DESTINATION = 7
    EVENTS = 8


class SoughtForm(NamedTuple):
    """What a question seeks, and from where to where the words stand that ask for it."""

    sought: Sought
    begin: int = 0
    end: int = 0


NOTHING_SOUGHT = SoughtForm(Sought.NONE)

# A longer text says by its own words what it asks for.
_MAX_CHARACTERS = 200
_OPENING = r"^\W*(?:(?:so|but|and|ok|okay|hey|hi|well)\W+)*"
_BE = any_of("is", "are", "was", "were", "isn['’]?t", "aren['’]?t")
_DID = any_of("did", "has", "have", "had", "didn['’]?t", "hasn['’]?t", "haven['’]?t")
_WILL = any_of("will", "would", "could", "can", "might", "wont", "won['’]t")
# What something does that is not over.
_GOING = any_of(
    "going(?: on)?",
    "on",
    "running",
    "valid",
    "active",
    "alive",
    "open",
    "there",
    "around",
    "standing",
    "in (?:force|effect|use|place|operation)",
    "a thing",
    "used",
    "working",
    "happening",
)
_OVER = any_of(
    "over(?: now)?",
    "dead",
    "finished",
    "done",
    "alive",
    "active",
    "valid",
    "in (?:force|effect)",
    "gone",
    "closed",
)
_WORKED = any_of(
    "work(?:ed)?(?: out)?",
    "succeed(?:ed)?",
    "hold|held",
    "last(?:ed)?",
    "help(?:ed)?",
    "fail(?:ed)?",
    "survived?",
    "go(?:ne)? well",
    "end(?:ed)?(?: well)?",
    "collapsed?",
)
_PRONOUN = any_of("it", "this", "that", "they", "them", "these", "those")
_DOES = any_of("does", "do", "did", "will", "would")
# What ends a question, beside its mark.
_END = r"(?: (?:now|today|yet|anymore|any more|at all|in the end|then|really))*\W*$"
# Each pattern asks for one thing; its group ``asked`` holds the words that do so.
_QUESTIONS: tuple[tuple[Sought, str], ...] = (
    (Sought.STATUS, rf"{_OPENING}(?:{_BE}|do|does)\b.*\b(?P<asked>still {_GOING}){_END}"),
    (Sought.STATUS, rf"{_OPENING}{_BE}\b.* (?P<asked>{_OVER}){_END}"),
    (Sought.STATUS, rf"{_OPENING}(?:do|does)\b.* (?P<asked>still (?:exist|work|run|apply)){_END}"),
    (Sought.OUTCOME, rf"{_OPENING}{_DID}\b.* (?P<asked>{_WORKED}){_END}"),
    (Sought.OUTCOME, rf"\bhow\b.* (?P<asked>end|ended|turn(?:ed)? out|work(?:ed)? out){_END}"),
    (
        Sought.OUTCOME,
        rf"\bwhat (?P<asked>(?:happened (?:to|with)|became of|came (?:out )?of) {_PRONOUN}){_END}",
    ),
    (
        Sought.EVENTS,
        rf"{_OPENING}what(?:['’]?s| has| had)? (?P<asked>happen(?:ed|ing))(?: (?:t)?here)?{_END}",
    ),
    (
        Sought.OUTCOME,
        rf"{_OPENING}{_BE}\b.* (?P<asked>(?:a )?(?:success(?:ful)?|failure|worth it)){_END}",
    ),
    (Sought.LIKELIHOOD, r"\b(?:how|more|less|least|most) (?P<asked>likely|probable|realistic)\b"),
    (Sought.LIKELIHOOD, r"\b(?P<asked>(?:(?:the|any) )?(?:chances?|odds|likelihood))(?: of)?\b"),
    (Sought.LIKELIHOOD, rf"{_OPENING}{_WILL} (?P<asked>{_PRONOUN}(?: ever)?)\b(?! (?:have|be)\b)"),
    (
        Sought.DURATION,
        rf"\b(?P<asked>how (?:long|much time)(?: {_DOES} {_PRONOUN} (?:take|last|run|need))?)\b",
    ),
    (Sought.ORIGIN, rf"\b(?P<asked>where)\b.*\bfrom{_END}|\bfrom where{_END}"),
    (Sought.DESTINATION, rf"\b(?P<asked>where)\b.*\b(?:go|going|goes|went|to|heading){_END}"),
    (Sought.PLACE, r"\b(?P<asked>where)\b"),
    (
        Sought.PLACE,
        r"\b(?:what|which) (?P<asked>city|cities|country|countries|place|places|town)\b",
    ),
)
_QUESTION_PATTERNS = tuple(
    (sought, re.compile(pattern, re.IGNORECASE)) for sought, pattern in _QUESTIONS
)

_AMOUNT = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty"
    r"|forty|fifty|sixty|ninety|hundred|several|a few|half an?|dozen)"
)
_TIME_UNITS = "(?:second|minute|hour|day|night|week|month|year|decade|centur)(?:s|y|ies)?"
_PLACE_PREPOSITIONS = "(?:in|at|to|from|near|into|off|outside|between|on|via|through|towards?)"
_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
# "At the head of a narrow creek in the estuary": a place may have no name.
_PLACE_NOUNS = any_of(
    "harbour",
    "port",
    "city",
    "town",
    "village",
    "street",
    "road",
    "square",
    "island",
    "coast",
    "river",
    "creek",
    "estuary",
    "valley",
    "hall",
    "palace",
    "station",
    "office",
)
_PLACES = any_of("countries", "ports", "cities", "towns", "villages", "regions", "continents")
# What a name of a place begins with: no name of a time.
_NAME = rf"(?:the )?(?!{_MONTHS}\b)[A-Z][\w'’-]+"
_SENTENCES = {
    Sought.STATUS: re.compile(
        r"\b(?:still|no longer|today|currently|at present|nowadays|in force|lapse[sd]?|expired?"
        r"|ended|ceased|abolished|survives?|never resumed|to this day|until now|so far)\b",
        re.IGNORECASE,
    ),
    Sought.OUTCOME: re.compile(
        r"\b(?:fail(?:s|ed|ure)?|succe(?:ss|ssful|ssfully|ed|eds|eded)|collapsed?|broke(?:n)? down"
        r"|fell apart|lapse[sd]?|survive[sd]?|never [\w ]{0,20}\w+(?:ed|en|t|out)"
        r"|no longer|in the end|in vain|achieved|fulfilled|carried out"
        r"|did not (?:last|work|hold|help|end)|worked)\b",
        re.IGNORECASE,
    ),
    Sought.LIKELIHOOD: re.compile(
        r"\b(?:(?:im)?possible|(?:un)?likely|(?:im)?probabl[ey]|(?:un)?certain|chances?|odds"
        r"|prospects?|doubt(?:s|ful)?|(?:no|not) (?:[\w]+ ){0,4}planned|realistic)\b",
        re.IGNORECASE,
    ),
    Sought.DURATION: re.compile(rf"\b{_AMOUNT}[ -](?:\w+ )?{_TIME_UNITS}\b", re.IGNORECASE),
    Sought.PLACE: re.compile(
        rf"\b{_PLACE_PREPOSITIONS} {_NAME}"
        rf"|\b{_PLACE_PREPOSITIONS} (?:the|an?) (?:\w+ ){{0,3}}{_PLACE_NOUNS}\b"
    ),
    Sought.ORIGIN: re.compile(rf"\bfrom {_NAME}"),
    Sought.DESTINATION: re.compile(
        rf"\b(?:to|towards?|for|reach(?:ed|es)?) (?:{_NAME}|(?:\w+ )?{_PLACES}\b)"
    ),
}
# The same less surely.
_WEAK_SENTENCES = {
    Sought.STATUS: re.compile(
        r"\b(?:remain(?:s|ed)?|continue[sd]?|suspended|collapsed|since then|since)\b",
        re.IGNORECASE,
    ),
    Sought.OUTCOME: re.compile(
        r"\b(?:ended|held|eventually|finally|reached|result(?:ed)?|brought (?:about|no)|led to"
        r"|lessened|broken|fell|rose|improved|worsened|expired)\b",
        re.IGNORECASE,
    ),
}
# A weak sign counts for so much of a strong one.
_WEAK_SHARE = 0.5


def find_sought(question: str) -> SoughtForm:
    """Tell what an English question seeks of its topic, and which of its words say so."""
    if len(question) > _MAX_CHARACTERS:
        return NOTHING_SOUGHT
    for sought, pattern in _QUESTION_PATTERNS:
        match = pattern.search(question)
        if match is not None:
            begin, end = match.span("asked")
            return SoughtForm(sought, begin, end)
    return NOTHING_SOUGHT


def grade_sought(sentence: str, sought: Sought) -> float:
    """Say how surely a sentence holds what is sought, 0 to 1; NONE and EVENTS are in none."""
    pattern = _SENTENCES.get(sought)
    if pattern is None:
        return 0.0
    if pattern.search(sentence):
        return 1.0
    weak = _WEAK_SENTENCES.get(sought)
    if weak is not None and weak.search(sentence):
        return _WEAK_SHARE
    return 0.0
