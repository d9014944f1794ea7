"""Whether the editor's own questions are still answered as well by other articles.

In: a question set, and two answerers. Out: the questions that are answered worse by the second one.
A question whose expected sentence or section is not there any more is among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.articles.library import Library
from bot.evaluation.input_files import InputFault
from bot.evaluation.judgment import judge
from bot.evaluation.model import Judgment


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """What came of asking the questions of a set before and after a change.

    Attributes:
        asked: How many questions are answered as expected now, or nearly.
        lost: Those that are answered worse after the change, in the order of the set.
        faults: What is wrong with the set, now and after the change. What is wrong with it only
            after the change is told by the questions that are lost.

    """

    asked: int = 0
    lost: tuple[str, ...] = ()
    faults: tuple[InputFault, ...] = ()


def check_questions(
    file: str, text: str, now: tuple[Library, Answerer], then: tuple[Library, Answerer]
) -> QuestionCheck:
    """Ask the questions of a set twice; ``file`` is the name by which its faults are told."""
    before, faults_before = _judge_all(file, text, *now)
    after, faults_after = _judge_all(file, text, *then)
    faults = tuple(one for one in faults_after if one in faults_before)
    lost = []
    for question, judgment in before.items():
        if _is_lost(judgment, after.get(question)):
            lost.append(question)
    return QuestionCheck(len(before), tuple(lost), faults)


def _judge_all(
    file: str, text: str, library: Library, answerer: Answerer
) -> tuple[Mapping[str, Judgment], tuple[InputFault, ...]]:
    # Only who changes articles needs it.
    from bot.evaluation.question_set import read_sound_questions  # noqa: PLC0415

    questions, faults = read_sound_questions(file, text, library)
    judgments = {}
    for question in questions:
        answer = answerer.answer(question.text, "", None)
        judgments[question.text] = judge(question, answer).judgment
    return judgments, faults


def _is_lost(before: Judgment, after: Judgment | None) -> bool:
    return after is None or after.quality < before.quality
