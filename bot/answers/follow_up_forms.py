"""The form of a follow-up: whether and how a question follows up the one before it.

In: a question, the language of the articles, and which of its words are looked up. Out: its form,
and its own words without those that only point back. The form of the question alone decides:

- it asks for more ("tell me more"), or for the same once more ("say that again");
- it is bare, with no word that could be looked up ("why?", "who else?", "by whom?");
- it is clipped ("and in 2019?") or a fragment without a verb ("with a bed?");
- it is anaphoric: it refers to somebody or something without naming it ("did he agree?").

Whether the question could be answered by itself all the same is decided in ``follow_ups``.
"""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from bot.answers.follow_up_words import ENGLISH, FOLLOW_UP_WORDS
from bot.answers.patterns import any_of
from bot.answers.substitution import keep_words
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType, classify_question

# A longer question stands by itself.
_MAX_CHARACTERS = 400
# A fragment of more words is a question of its own, or a search for words.
_MAX_FRAGMENT_WORDS = 5

# "Tell me more", "go on", "and what else, please?"
_BEFORE_MORE = any_of("and", "ok", "okay", "please", "can you", "could you", "so", "yes", "hm+")
_TELL_MORE = r"(?:tell|show|give|say|read)(?: me| us)?(?: a bit| some| any)? more"
_DETAILS = r"(?:any )?(?:more |some |further )?details?"
_AFTER_MORE = any_of(
    " please",
    r" about (?:it|that|this)",
    r" on (?:it|that|this)",
    " info",
    " information",
    " details",
)

# "There" that only says that something exists refers to nothing ("Who was there?" does).
_NEGATED_BE = any_of(r"isn['’]?t", r"aren['’]?t", r"wasn['’]?t", r"weren['’]?t")
_BE_OR_DO = any_of("is", "are", "was", "were", _NEGATED_BE, "did", "does")
_AUXILIARIES = any_of("will", "would", "can", "could", "may", "might", "must", "has", "have", "had")
_EXIST = any_of("is", "are", "was", "were", "be", "been", "exists?", "existed")
# "Is there a bridge?"
_IS_THERE = rf"(?<!who )\b{_BE_OR_DO} there\b"
# "There is a bridge", "there's one", "there has been one"
_THERE_IS = rf"\bthere(?:['’]s| (?:{_EXIST}|{_AUXILIARIES} (?:not )?be(?:en)?))\b"
# "Will there ever be one?"
_WILL_THERE_BE = rf"\b(?:{_AUXILIARIES}|should) there(?= (?:\w+ )?be(?:en)?\b)"
_EXISTENTIAL_THERE = re.compile(
    any_of(_IS_THERE, _THERE_IS, _WILL_THERE_BE),
    re.IGNORECASE,
)

# A text with one of these has a verb, so that it is a clause and no fragment.
_VERBS = frozenset(
    "is are was were isn't aren't wasn't weren't isnt arent wasnt werent am be been being "
    "do does did don't doesn't didn't dont doesnt didnt "
    "has have had hasn't haven't hadn't hasnt havent "
    "will would can could may might must shall should won't wouldn't can't couldn't shouldn't "
    "wont wouldnt cant couldnt shouldnt whats what's who's whos where's wheres how's hows "
    "when's whens that's thats there's theres it's i i'm you we let's tell explain give show "
    "list name describe define".split()
)
# "Who built the bridge?": behind such a question word stands its verb, whatever that is.
_NO_VERB = any_of("about", "else", "for", "in", "at", "of", "on", "with", "from", "to", "by", "and")
_ASKS_FOR_SUBJECT = re.compile(rf"\W*(?:who|what)\s+(?!{_NO_VERB}\b)\w+\s+\w", re.IGNORECASE)
# What a bare question of English asks for, by its question word.
_BARE_TYPES = (
    (r"\bwhen\b", AnswerType.DATE),
    (r"\bhow (?:many|much|old|tall)\b", AnswerType.NUMBER),
    (r"\b(?:where|who|whom|whose)\b", AnswerType.NAME),
    (r"\bwhy\b|\bhow come\b|\bwhat for\b|\bfor what\b", AnswerType.REASON),
)
_TYPE_PATTERNS = tuple((re.compile(text, re.IGNORECASE), type_) for text, type_ in _BARE_TYPES)
# Words with which somebody asks, though none of them is looked up.
_ASKING_WORDS = frozenset(
    "when where who whom whose why how what which really sure else any only just all both".split()
)


class WordWeights(NamedTuple):
    """Which words say what a text is about.

    ``term_of`` gives the term of a word, empty for a stop word. ``frame_terms`` only frame a
    question.
    """

    term_of: Callable[[str], str]
    frame_terms: Set[str]

    def are_all_small(self, text: TokenizedText) -> bool:
        """Say whether a text has stop words alone."""
        return not any(map(self.term_of, text.tokens))

    def have_no_content(self, text: TokenizedText) -> bool:
        """Say whether a text has stop words and words that frame a question alone."""
        terms = set(filter(None, map(self.term_of, text.tokens)))
        return terms <= self.frame_terms


class FollowUp(Enum):
    """The form in which a question follows up the one before."""

    NONE = 0
    MORE = 1
    BARE = 2
    CLIPPED = 3
    ANAPHORIC = 4
    AGAIN = 5
    FRAGMENT = 6


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of one language, with those of English; ``anaphoric`` are folded words."""

    more: re.Pattern[str]
    again: re.Pattern[str]
    openings: re.Pattern[str]
    other_party: re.Pattern[str]
    anaphoric: Set[str]


@cache
def _forms_of(language: str) -> _Forms:
    """Give the forms of a language (ISO 639-1) together with those of English."""
    languages = dict.fromkeys((language, ENGLISH))
    words = [FOLLOW_UP_WORDS[one] for one in languages if one in FOLLOW_UP_WORDS]
    more = any_of(_TELL_MORE, _DETAILS, "(?:any )?more", *(one.more for one in words))
    again = any_of(*(one.again for one in words))
    openings = any_of(*(one.openings for one in words))
    other_party = any_of(*(one.other_party for one in words))
    return _Forms(
        _compile(rf"(?:{_BEFORE_MORE}\W+)*{more}{_AFTER_MORE}*\W*"),
        _compile(rf"\W*(?:(?:ok|but|so|hm+|wait)\W+)?{again}(?: please| pls)?\W*"),
        _compile(rf"\s*{openings}(?:\b|(?<=\W))"),
        _compile(rf"\b{other_party}\b"),
        frozenset[str]().union(*(one.anaphoric for one in words)),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def find_follow_up(
    question: TokenizedText, words: WordWeights, language: str = ENGLISH
) -> FollowUp:
    """Tell the form in which a question follows up, if there is a question before it.

    ``language`` is that of the articles (ISO 639-1); the forms of English are known in each.
    """
    text = question.text.strip()
    if not question.tokens or len(text) > _MAX_CHARACTERS:
        return FollowUp.NONE
    forms = _forms_of(language)
    if forms.more.fullmatch(text):
        return FollowUp.MORE
    if forms.again.fullmatch(text):
        return FollowUp.AGAIN
    return _find_open_form(question, words, forms)


def _find_open_form(question: TokenizedText, words: WordWeights, forms: _Forms) -> FollowUp:
    """Tell the form of a follow-up that asks for something new."""
    text = question.text
    is_clipped = forms.openings.match(text) is not None
    names_party = forms.other_party.search(text) is not None
    points_back = names_party or _has_anaphoric_word(question, forms)
    if not names_party and words.are_all_small(question):
        is_asked = points_back or is_clipped or "?" in text
        is_asked = is_asked or not _ASKING_WORDS.isdisjoint(question.folded)
        return FollowUp.BARE if is_asked else FollowUp.NONE
    asks = points_back or not _ASKING_WORDS.isdisjoint(question.folded)
    if asks and words.have_no_content(question):
        return FollowUp.ANAPHORIC if names_party else FollowUp.BARE
    if is_clipped:
        return FollowUp.CLIPPED
    if points_back:
        return FollowUp.ANAPHORIC
    is_short = len(question.tokens) <= _MAX_FRAGMENT_WORDS
    has_verb = not _VERBS.isdisjoint(question.folded) or _ASKS_FOR_SUBJECT.match(text)
    return FollowUp.FRAGMENT if is_short and not has_verb else FollowUp.NONE


def _has_anaphoric_word(question: TokenizedText, forms: _Forms) -> bool:
    text, count = _EXISTENTIAL_THERE.subn(" ", question.text)
    if count:
        question = TokenizedText.tokenize(text)
    return not forms.anaphoric.isdisjoint(question.folded)


def points_back(question: TokenizedText, language: str = ENGLISH) -> bool:
    """Say whether a question stands for something without naming it: "it", "the other side"."""
    forms = _forms_of(language)
    return asks_for_other_party(question, language) or _has_anaphoric_word(question, forms)


def asks_for_other_party(question: TokenizedText, language: str = ENGLISH) -> bool:
    """Say whether a question asks about "the other side" and the like."""
    return _forms_of(language).other_party.search(question.text) is not None


def find_own_words(question: TokenizedText, language: str = ENGLISH) -> TokenizedText:
    """Give a question without its opening ("what about") and without "the other side"."""
    forms = _forms_of(language)
    text = question.text
    opening = forms.openings.match(text)
    passed_over = [opening.span()] if opening else []
    passed_over += [party.span() for party in forms.other_party.finditer(text)]
    if not passed_over:
        return question
    kept = []
    place = 0
    for position, token in enumerate(question.tokens):
        # A word that stands otherwise in the text is found at none of its places.
        found = text.find(token, place)
        place = max(found, place)
        if not any(begin <= found < end for begin, end in passed_over):
            kept.append(position)
    return keep_words(question, kept)


def is_clause(question: TokenizedText) -> bool:
    """Say whether a question has a verb or a question word, so that it asks by itself."""
    words = set(question.folded)
    return not words.isdisjoint(_VERBS) or not words.isdisjoint(_ASKING_WORDS - {"all", "both"})


def find_other_words(text: TokenizedText, language: str = ENGLISH) -> list[int]:
    """Give the positions of the words of a text that do not stand for others."""
    anaphoric = _forms_of(language).anaphoric
    return [at for at, folded in enumerate(text.folded) if folded not in anaphoric]


def leave_out_anaphoric(text: TokenizedText, language: str = ENGLISH) -> TokenizedText:
    """Leave out the words of a text that stand for others."""
    positions = find_other_words(text, language)
    return text if len(positions) == len(text.tokens) else keep_words(text, positions)


def find_wanted_type(question: str, language: str = ENGLISH) -> AnswerType:
    """Give the type of answer that a follow-up asks for by its question word, if it has one.

    "When is that?" asks for a date, though "when is" alone asks for a habit more often.
    """
    for pattern, wanted in _TYPE_PATTERNS:
        if pattern.search(question):
            return wanted
    return classify_question(question, language)
