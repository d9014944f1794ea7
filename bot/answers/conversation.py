"""What was asked and quoted before, and whether a question leans on it. English.

A question follows up if it asks for more ("tell me more"), is clipped ("and in 2019?", "why?"), or speaks
of somebody whom only the question before names ("did he agree?"). Whether it could be answered by itself all
the same is not looked at.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.search.analysis.analyzer import fold, tokenize

_MOST_CHARACTERS = 400
_MORE = re.compile(
    r"(?:(?:and|ok|okay|please|can you|could you|so|yes|hm+)\W+)*"
    r"(?:(?:tell|show|give|say|read)(?: me| us)?(?: a bit| some| any)? more|(?:any )?more|go on|continue|keep going|"
    r"what else|anything else|and then|elaborate|(?:any )?(?:more |some |further )?details?|next|go deeper|expand)"
    r"(?: please| about (?:it|that|this)| on (?:it|that|this)| info| information| details)*\W*",
    re.IGNORECASE,
)
_CLIPPED = re.compile(
    r"\s*(?:and|but|or|what about|how about|and what about|also|same for|ok and)\b", re.IGNORECASE
)
_BARE = re.compile(
    r"\W*(?:but |and |so |ok |hm+ )?(?:why|how|when|where|who|how come|why not|why so|how so|since when|by whom|"
    r"with whom|how many|how much|which|which one|which ones|what for)\b(?: is that| was that| exactly| though)?\W*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bother (?:side|party|one|man|woman|leader|president|country|guy|camp|half|state|team)\b",
    re.IGNORECASE,
)
# "There" that only says that something is; it points nowhere ("Who was there?" does).
_EXISTENTIAL = re.compile(
    r"(?<!who )\b(?:is|are|was|were|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|did|does) there\b|"
    r"\bthere(?:['’]s| (?:is|are|was|were|be|been|exists?|existed|(?:will|would|can|could|may|might|must|has|have|had)"
    r" (?:not )?be(?:en)?))\b|"
    r"\b(?:will|would|can|could|may|might|must|should|has|have|had) there(?= (?:\w+ )?be(?:en)?\b)",
    re.IGNORECASE,
)
_LEANING = frozenset(
    "he him his she her hers it its they them their theirs this that these those there one ones former latter".split()
)


# From this confidence on an answer is shown as a sure one; one that leans on the question before stays below it.
SURE = 0.6
MAX_FOLLOW_UP_CONFIDENCE = 0.59


class FollowUp(Enum):
    """How a question leans on the one before."""

    NONE = 0
    MORE = 1
    BARE = 2
    CLIPPED = 3
    ANAPHORIC = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation has come to.

    ``question`` opened it, ``subject`` is all that was asked since, ``passages`` are the ids of those quoted.
    """

    question: str
    subject: str
    passages: tuple[str, ...]

    def follow(self, question: str, passages: tuple[str, ...]) -> "Turn":
        """Give the turn after a question that followed up."""
        subject = f"{self.subject[-_MOST_CHARACTERS:]} {question}"[-_MOST_CHARACTERS:]
        return Turn(self.question, subject, (*self.passages, *passages))


def find_follow_up(question: str) -> FollowUp:
    """Say how a question leans on what was asked before; whether anything was asked is not looked at."""
    if len(question) > _MOST_CHARACTERS:
        return FollowUp.NONE
    if _MORE.fullmatch(question.strip()):
        return FollowUp.MORE
    if _BARE.fullmatch(question):
        return FollowUp.BARE
    if _CLIPPED.match(question):
        return FollowUp.CLIPPED
    if _OTHER.search(question) or any(
        fold(word) in _LEANING for word in tokenize(_EXISTENTIAL.sub(" ", question))
    ):
        return FollowUp.ANAPHORIC
    return FollowUp.NONE


def without_the_other(question: str) -> str | None:
    """Give a question about "the other side", of two, without these words; None for any other question."""
    return _OTHER.sub(" ", question) if _OTHER.search(question) else None


def own_words(question: str) -> str:
    """Give the words of a question but for those that point to what was said before."""
    return " ".join(word for word in tokenize(question) if fold(word) not in _LEANING)
