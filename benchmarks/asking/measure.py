"""Conversations are held, and each answer is judged by what the member sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.asking.conversations import AskedConversation, AskedQuestion
from bot.answers.answerer import Answerer
from bot.answers.model import Answer, Assurance

if TYPE_CHECKING:
    from bot.answers.conversation import Turn


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What a member asked, the answer, and whether it is right.

    ``is_right``: the first quotation, the extract or the fact answers, or the refusal is right.
    ``in_three``: so does one of the first three quotations.
    """

    member: str
    question: AskedQuestion
    answer: Answer
    is_right: bool
    in_three: bool

    @property
    def is_refused(self) -> bool:
        """Whether nothing is quoted and no fact is told."""
        return not self.answer.is_answered

    @property
    def is_sure(self) -> bool:
        """Whether quotations are shown without a word of caution."""
        return bool(self.answer.quotes) and self.answer.assurance is Assurance.SURE


@dataclass(frozen=True, slots=True)
class AskingFigures:
    """How many of a member's questions there are, and how they were answered.

    ``right`` are those answered or refused rightly, ``in_three`` those whose right answer is among
    three quotations. ``sure`` and ``wrong_sure`` are shown without caution. ``not_covered`` are
    those that the articles do not answer.
    """

    asked: int
    right: int
    in_three: int
    sure: int
    wrong_sure: int
    rightly_refused: int
    wrongly_refused: int
    wrongly_answered: int


def hold_conversations(
    answerer: Answerer, conversations: Sequence[AskedConversation]
) -> Iterator[JudgedAnswer]:
    """Ask what the members ask, each conversation from its beginning."""
    for conversation in conversations:
        before: Turn | None = None
        for question in conversation.questions:
            answer = answerer.answer(question.text, before=before)
            before = answer.turn or before
            yield judge(conversation.member, question, answer)


def judge(member: str, question: AskedQuestion, answer: Answer) -> JudgedAnswer:
    """Compare an answer with what is right."""
    if not answer.is_answered:
        is_right = in_three = question.may_be_refused
    elif answer.kind == "summary":
        is_right = in_three = question.is_for_summary
    elif answer.kind == "about":
        is_right = in_three = any(piece in answer.message for piece in question.pieces)
    else:
        shown = [_shows(question, answer, place) for place in range(len(answer.quotes))]
        is_right, in_three = shown[0], any(shown)
    return JudgedAnswer(member, question, answer, is_right, in_three)


def _shows(question: AskedQuestion, answer: Answer, place: int) -> bool:
    sentences = [sentence.plain for sentence in answer.quotes[place].sentences]
    return any(piece in sentence for piece in question.pieces for sentence in sentences)


def count(judged: Sequence[JudgedAnswer]) -> AskingFigures:
    """Count a member's answers, or everybody's."""
    return AskingFigures(
        asked=len(judged),
        right=sum(one.is_right for one in judged),
        in_three=sum(one.in_three for one in judged),
        sure=sum(one.is_sure for one in judged),
        wrong_sure=sum(one.is_sure and not one.is_right for one in judged),
        rightly_refused=sum(one.is_refused and one.is_right for one in judged),
        wrongly_refused=sum(one.is_refused and not one.is_right for one in judged),
        wrongly_answered=sum(
            not one.is_refused and not one.is_right and one.question.may_be_refused
            for one in judged
        ),
    )
