"""Conversations: what was asked and quoted before.

In: a question and what was quoted for it. Out: the turn that the next question may follow up. How
a follow-up is told from a question of its own is in ``follow_up_forms``.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from bot.search.analysis.tokens import TokenizedText

# What a conversation keeps of its subject.
_MAX_CHARACTERS = 400
# A quotation may come first again when so many later turns have quoted something.
RECENT_TURNS = 2


class QuotedKey(NamedTuple):
    """A key sentence that was quoted: its passage's id, and its offset in the decoded file."""

    passage: str
    start: int


class ShownQuote(NamedTuple):
    """A quotation that was shown.

    ``passage`` is the id of the passage. ``key`` is the key sentence and ``sentences`` are all that
    were quoted, as a reader sees them.
    """

    passage: str
    key: str
    sentences: tuple[str, ...]


class ShownTurn(NamedTuple):
    """What was asked, and the quotations that were shown for it: one at least."""

    question: str
    quotes: tuple[ShownQuote, ...]


class Stale(NamedTuple):
    """What was quoted and is not asked for again, as a reader sees it.

    None of ``keys`` may be the key sentence of the first quotation. None of ``left_out``, which are
    some of them, may stand in it. None of ``texts`` may be the whole of it.
    """

    keys: Set[str] = frozenset()
    left_out: Set[str] = frozenset()
    texts: Set[tuple[str, ...]] = frozenset()


NOTHING_STALE = Stale()


class Meaning(NamedTuple):
    """What a follow-up means in its conversation.

    ``asked`` is the question that it stands for, and ``subject`` what the conversation is about
    with it.
    """

    asked: str
    subject: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A conversation up to and including one question.

    ``question`` opened the conversation. ``subject`` is what it is about now: the text of its
    questions, of at most 400 characters, the last ones, without what later ones replaced.
    ``passages`` are the ids of the passages quoted so far, in order. ``asked`` is the last question
    as it was understood; empty where it is the subject. ``key`` is the key sentence that came first
    last, None where that is not known. ``is_of_article``: its last question was for an article
    itself, so that "it" is the article. ``recent`` are the last
    two turns that showed quotations, the last one last, whatever these were about.
    """

    question: str
    subject: str
    passages: tuple[str, ...]
    asked: str = ""
    key: QuotedKey | None = None
    is_of_article: bool = False
    recent: tuple[ShownTurn, ...] = ()

    def follow(
        self,
        question: str,
        passages: tuple[str, ...],
        key: QuotedKey | None = None,
        meaning: Meaning | None = None,
    ) -> "Turn":
        """Give the turn after a follow-up ``question`` for which ``passages`` were quoted.

        ``key`` is the key sentence of the first quotation, None without any. ``meaning`` is what
        the question means after this turn; without it, its words are added to the subject.
        """
        if meaning is None:
            # Cut here as well, so that no more than is kept is ever copied.
            recent = self.subject[-_MAX_CHARACTERS:]
            meaning = Meaning(question, f"{recent} {question}")
        return Turn(
            self.question,
            subject=meaning.subject[-_MAX_CHARACTERS:],
            passages=(*self.passages, *passages),
            asked=meaning.asked[-_MAX_CHARACTERS:],
            key=key or self.key,
        )


@dataclass(frozen=True, slots=True)
class Past:
    """What comes before a question: a turn, the words of its subject, and what is stale.

    ``detail`` is what is stale where nothing new holds the detail that the question asks for, and
    what came first last does; None where it does not.
    """

    turn: Turn
    subject: TokenizedText
    stale: Stale = NOTHING_STALE
    detail: Stale | None = None
