"""Conversations: what was asked and quoted before.

In: a question and what was quoted for it. Out: the turn that the next question may follow up. How
a follow-up is told from a question of its own is in ``follow_up_forms``.
"""

from dataclasses import dataclass
from typing import NamedTuple

# What a conversation keeps of its subject.
_MAX_CHARACTERS = 400
# A quotation may come first again when so many others came first since.
_RECENT_TURNS = 2


class QuotedKey(NamedTuple):
    """A key sentence that was quoted: its passage's id, and its offset in the decoded file."""

    passage: str
    start: int


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
    as it was understood; empty where it is the subject. ``keys`` are the key sentences that came
    first in the last two turns, the last one last; a turn read back from a card has none.
    ``is_of_article``: its last question was for an article itself, so that "it" is the article.
    """

    question: str
    subject: str
    passages: tuple[str, ...]
    asked: str = ""
    keys: tuple[QuotedKey, ...] = ()
    is_of_article: bool = False

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
        new_keys = () if key is None else (key,)
        return Turn(
            self.question,
            subject=meaning.subject[-_MAX_CHARACTERS:],
            passages=(*self.passages, *passages),
            asked=meaning.asked[-_MAX_CHARACTERS:],
            keys=(*self.keys, *new_keys)[-_RECENT_TURNS:],
        )
