"""The form of a follow-up: whether and how a question follows up the one before it.

In: a question, the language of the articles, and which of its words are looked up. Out: its form,
and its own words without those that only point back. The form of the question alone decides:

- it asks for more ("tell me more"), or for the same once more ("say that again");
- it is bare, with no word that could be looked up ("why?", "who else?", "by whom?");
- it is clipped ("and in 2019?") or a fragment without a verb ("with a bed?");
- it is anaphoric: it refers to somebody or something without naming it ("did he agree?").

In other languages than English a question that says by itself what it asks for is none of these,
not even behind "and"; how that is told is in ``follow_up_clauses``.

Whether the question could be answered by itself all the same is decided in ``follow_ups``.
"""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from bot.answers.follow_up_clauses import ClauseForms, find_clause_forms
from bot.answers.follow_up_words import ENGLISH, FOLLOW_UP_WORDS
from bot.answers.patterns import any_of
from bot.answers.substitution import keep_words
from bot.articles.small_words import SMALL_WORDS
from bot.search.analysis.tokens import TokenizedText, fold
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

# What may stand before an opening.
_BEFORE_WORDS = " ¿¡\n\t"
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
    """The forms of one language, with those of English; ``anaphoric`` are folded words.

    ``clauses`` tell what is a whole question; None where the forms of English do.
    """

    more: re.Pattern[str]
    again: re.Pattern[str]
    openings: re.Pattern[str]
    other_party: re.Pattern[str]
    pronouns: re.Pattern[str]
    unbound: re.Pattern[str]
    anaphoric: Set[str]
    verbs: Set[str]
    clauses: ClauseForms | None


@cache
def _forms_of(language: str) -> _Forms:
    """Give the forms of a language (ISO 639-1) together with those of English."""
    languages = dict.fromkeys((language, ENGLISH))
    words = [FOLLOW_UP_WORDS[one] for one in languages if one in FOLLOW_UP_WORDS]
    polite = any_of(*(one.polite for one in words))
    more = any_of(_TELL_MORE, _DETAILS, "(?:any )?more", *(one.more for one in words))
    before_more = any_of(_BEFORE_MORE, polite)
    after_more = any_of(_AFTER_MORE, rf"\W+{polite}")
    again = any_of(*(one.again for one in words))
    before_again = any_of("ok", "but", "so", "hm+", "wait", polite)
    after_again = any_of(" please", " pls", rf"\W+{polite}")
    anaphoric = " ".join(one.anaphoric for one in words)
    # "Was" is "what" in German, and "her" is "every" in Turkish.
    small_words = _list_small_words(language)
    english = frozenset(FOLLOW_UP_WORDS[ENGLISH].anaphoric.split()) & small_words
    return _Forms(
        _compile(rf"[¿¡]?(?:{before_more}\W+)*{more}{after_more}*\W*"),
        _compile(rf"\W*(?:{before_again}\W+)?{again}{after_again}?\W*"),
        _compile(rf"[\s¿¡]*{any_of(*(one.openings for one in words))}(?:\b|(?<=\W))"),
        _compile(rf"\b{any_of(*(one.other_party for one in words))}\b"),
        _compile(rf"\b{any_of(*(one.pronouns for one in words))}\b"),
        _compile(rf"\b{any_of(*(one.unbound for one in words))}\b"),
        frozenset(map(fold, anaphoric.split())) - english,
        _VERBS - small_words,
        find_clause_forms(language),
    )


def _list_small_words(language: str) -> Set[str]:
    """Give the small words of another language than English, in small letters."""
    small_words, _ = SMALL_WORDS.get(language, ("", ""))
    return frozenset(small_words.split())


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
    asked = _leave_out_measures(question, forms)
    opening = forms.openings.match(text)
    is_clipped = opening is not None
    names_party = forms.other_party.search(text) is not None
    points_back = names_party or _has_anaphoric_word(question, forms)
    if not names_party and words.are_all_small(asked):
        is_asked = points_back or is_clipped or "?" in text
        is_asked = is_asked or _has_asking_word(question, forms)
        return FollowUp.BARE if is_asked else FollowUp.NONE
    asks = points_back or _has_asking_word(question, forms)
    if asks and words.have_no_content(asked):
        return FollowUp.ANAPHORIC if names_party else FollowUp.BARE
    if not points_back and _is_whole(asked, words, forms, opening):
        return FollowUp.NONE
    if is_clipped:
        return FollowUp.CLIPPED
    if points_back:
        return FollowUp.ANAPHORIC
    is_short = len(question.tokens) <= _MAX_FRAGMENT_WORDS
    return FollowUp.FRAGMENT if is_short and not _has_verb(question, forms) else FollowUp.NONE


def _leave_out_measures(question: TokenizedText, forms: _Forms) -> TokenizedText:
    """Leave out what only asks how much, behind a question word: "wie *lange*"."""
    if forms.clauses is None or not forms.clauses.measures.search(question.text):
        return question
    return TokenizedText.tokenize(forms.clauses.measures.sub(" ", question.text))


def _has_asking_word(question: TokenizedText, forms: _Forms) -> bool:
    """Say whether somebody asks with a word of English or of the articles' language."""
    if not _ASKING_WORDS.isdisjoint(question.folded):
        return True
    return forms.clauses is not None and forms.clauses.asks(question.text)


def _has_verb(question: TokenizedText, forms: _Forms) -> bool:
    """Say whether a question has a verb of English that is no other word in its language."""
    if not forms.verbs.isdisjoint(question.folded):
        return True
    return _ASKS_FOR_SUBJECT.match(question.text) is not None


def _is_whole(
    question: TokenizedText,
    words: WordWeights,
    forms: _Forms,
    opening: re.Match[str] | None,
) -> bool:
    """Say whether a question in another language than English says itself what it asks for."""
    clauses = forms.clauses
    if clauses is None:
        return False
    if opening is not None and not clauses.conjunctions.fullmatch(opening[0].strip(_BEFORE_WORDS)):
        return False
    text = question.text if opening is None else question.text[opening.end() :]
    content = [word for word in question.tokens if words.term_of(word)]
    return clauses.is_whole(text, content)


def _has_anaphoric_word(question: TokenizedText, forms: _Forms) -> bool:
    text = question.text
    for nowhere_bound in (_EXISTENTIAL_THERE, forms.unbound):
        text = nowhere_bound.sub(" ", text)
    if forms.pronouns.search(text):
        return True
    if text != question.text:
        question = TokenizedText.tokenize(text)
    return not forms.anaphoric.isdisjoint(question.folded)


def points_back(question: TokenizedText, language: str = ENGLISH) -> bool:
    """Say whether a question stands for something without naming it: "it", "the other side"."""
    forms = _forms_of(language)
    return asks_for_other_party(question, language) or _has_anaphoric_word(question, forms)


def asks_for_other_party(question: TokenizedText, language: str) -> bool:
    """Say whether a question asks about "the other side" and the like."""
    return _forms_of(language).other_party.search(question.text) is not None


def find_own_words(question: TokenizedText, language: str) -> TokenizedText:
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


def is_clause(question: TokenizedText, language: str = ENGLISH) -> bool:
    """Say whether a question has a verb or a question word, so that it asks by itself."""
    forms = _forms_of(language)
    words = set(question.folded)
    if not words.isdisjoint(forms.verbs) or not words.isdisjoint(_ASKING_WORDS - {"all", "both"}):
        return True
    clauses = forms.clauses
    if clauses is None:
        return False
    return clauses.asks(question.text) or clauses.has_verb(question.text)


def find_other_words(text: TokenizedText, language: str = ENGLISH) -> list[int]:
    """Give the positions of the words of a text that do not stand for others."""
    anaphoric = _forms_of(language).anaphoric
    return [at for at, folded in enumerate(text.folded) if folded not in anaphoric]


def leave_out_anaphoric(text: TokenizedText, language: str) -> TokenizedText:
    """Leave out the words of a text that stand for others, or only ask how much."""
    text = _leave_out_measures(text, _forms_of(language))
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
