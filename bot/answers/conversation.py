"""Conversations: what was asked and quoted before, and whether a question follows it up.

In: a question, and the turn before. Out: the form of the follow-up, or the next turn. A question
follows up by its form alone, in English:

- it asks for more ("tell me more");
- it is a bare question word ("why?");
- it is clipped ("and in 2019?");
- it is anaphoric: it refers to somebody or something without naming it ("did he agree?").

Whether the question could be answered by itself all the same is decided in ``answerer.py``.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.answers.patterns import any_of
from bot.search.analysis.tokens import TokenizedText

# A longer question stands by itself; and what a conversation keeps of its subject.
_MAX_CHARACTERS = 400

# "Tell me more", "go on", "and what else, please?"
_BEFORE_MORE = any_of("and", "ok", "okay", "please", "can you", "could you", "so", "yes", "hm+")
_TELL_MORE = r"(?:tell|show|give|say|read)(?: me| us)?(?: a bit| some| any)? more"
_DETAILS = r"(?:any )?(?:more |some |further )?details?"
_ASKS_FOR_MORE = any_of(
    _TELL_MORE,
    r"(?:any )?more",
    "go on",
    "continue",
    "keep going",
    "what else",
    "anything else",
    "and then",
    "elaborate",
    _DETAILS,
    "next",
    "go deeper",
    "expand",
)
_AFTER_MORE = any_of(
    " please",
    r" about (?:it|that|this)",
    r" on (?:it|that|this)",
    " info",
    " information",
    " details",
)
_MORE = re.compile(
    rf"(?:{_BEFORE_MORE}\W+)*{_ASKS_FOR_MORE}{_AFTER_MORE}*\W*",
    re.IGNORECASE,
)

# "And in 2019?", "what about the bridge?"
_CLIPPED_OPENINGS = any_of(
    "and",
    "but",
    "or",
    "what about",
    "how about",
    "and what about",
    "also",
    "same for",
    "ok and",
)
_CLIPPED = re.compile(rf"\s*{_CLIPPED_OPENINGS}\b", re.IGNORECASE)

# "Why?", "but how exactly?"
_BEFORE_BARE = any_of("but ", "and ", "so ", "ok ", "hm+ ")
_BARE_QUESTIONS = any_of(
    "why",
    "how",
    "when",
    "where",
    "who",
    "how come",
    "why not",
    "why so",
    "how so",
    "since when",
    "by whom",
    "with whom",
    "how many",
    "how much",
    "which",
    "which one",
    "which ones",
    "what for",
)
_AFTER_BARE = any_of(" is that", " was that", " exactly", " though")
_BARE = re.compile(
    rf"\W*{_BEFORE_BARE}?{_BARE_QUESTIONS}\b{_AFTER_BARE}?\W*",
    re.IGNORECASE,
)

# "The other side": of two, the one that the conversation was not about.
_PARTIES = any_of(
    "side",
    "party",
    "one",
    "man",
    "woman",
    "leader",
    "president",
    "country",
    "guy",
    "camp",
    "half",
    "state",
    "team",
)
_OTHER_PARTY = re.compile(rf"\bother {_PARTIES}\b", re.IGNORECASE)

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

_PERSONAL_PRONOUNS = "he him his she her hers it its they them their theirs"
_DEMONSTRATIVES = "this that these those there"
_STAND_INS = "one ones former latter"
_ANAPHORIC_WORDS = frozenset(f"{_PERSONAL_PRONOUNS} {_DEMONSTRATIVES} {_STAND_INS}".split())


class FollowUp(Enum):
    """The form in which a question follows up the one before."""

    NONE = 0
    MORE = 1
    BARE = 2
    CLIPPED = 3
    ANAPHORIC = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """A conversation up to and including one question.

    ``question`` opened the conversation. ``subject`` is the text of all its questions, of at most
    400 characters, the last ones. ``passages`` are the ids of the passages quoted so far, in
    order. ``is_of_article``: its last question was for an article itself, so that "it" is the
    article.
    """

    question: str
    subject: str
    passages: tuple[str, ...]
    is_of_article: bool = False

    def follow(self, question: str, passages: tuple[str, ...]) -> "Turn":
        """Give the turn after a follow-up ``question`` for which ``passages`` were quoted."""
        # Cut twice, so that no more than is kept is ever copied.
        recent = self.subject[-_MAX_CHARACTERS:]
        longer = f"{recent} {question}"
        subject = longer[-_MAX_CHARACTERS:]
        all_passages = (*self.passages, *passages)
        return Turn(self.question, subject, all_passages)


def find_follow_up(question: TokenizedText) -> FollowUp:
    """Tell the form in which a question follows up, if there is a question before it."""
    text = question.text
    if len(text) > _MAX_CHARACTERS:
        return FollowUp.NONE
    if _MORE.fullmatch(text.strip()):
        return FollowUp.MORE
    if _BARE.fullmatch(text):
        return FollowUp.BARE
    if _CLIPPED.match(text):
        return FollowUp.CLIPPED
    if _OTHER_PARTY.search(text) or _has_anaphoric_word(question):
        return FollowUp.ANAPHORIC
    return FollowUp.NONE


def _has_anaphoric_word(question: TokenizedText) -> bool:
    text, count = _EXISTENTIAL_THERE.subn(" ", question.text)
    if count:
        question = TokenizedText.tokenize(text)
    return not _ANAPHORIC_WORDS.isdisjoint(question.folded)


def remove_other_party(question: str) -> str | None:
    """Take "other side" and the like out of a question; None where it has no such words."""
    if _OTHER_PARTY.search(question) is None:
        return None
    return _OTHER_PARTY.sub(" ", question)


def remove_anaphoric_words(question: TokenizedText) -> list[str]:
    """Give the words of a question without those that refer to another."""
    words = zip(question.tokens, question.folded, strict=True)
    return [word for word, folded in words if folded not in _ANAPHORIC_WORDS]
