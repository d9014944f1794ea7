"""Whether the editor's own questions are still answered as well by other articles.

In: a question set, and two answerers. Out: the questions that are answered worse by the second one.
A question whose expected sentence or section is not there any more is among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.articles.library import Library
from bot.articles.model import Problem
from bot.articles.problems import make_error
from bot.evaluation.input_files import InputFault
from bot.evaluation.judgment import judge
from bot.evaluation.model import Judgment, Question
from bot.texts import problems as problem_texts

# Of more questions than this some are asked: each is answered twice while somebody waits.
_MOST_QUESTIONS = 2_000


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


def find_faults(file: str, text: str, library: Library) -> list[Problem]:
    """Tell what is wrong with a question set, as it is told of other files of the folder."""
    _, faults = _read_questions(file, text, library)
    return [describe_fault(fault) for fault in faults]


def describe_fault(fault: InputFault) -> Problem:
    """Tell of a fault of a question set as of one of another file of the folder."""
    return make_error(
        problem_texts.QUESTIONS,
        fault.file,
        max(fault.line, 1),
        fault.column,
        fault=fault.what,
        remedy=fault.hint,
    )


def check_questions(
    file: str, text: str, now: tuple[Library, Answerer], then: tuple[Library, Answerer]
) -> QuestionCheck:
    """Ask the questions of a set twice; ``file`` is the name by which its faults are told.

    Of more than 2,000 questions as many are asked, evenly spread.
    """
    library, answerer = now
    questions, faults_before = _read_questions(file, text, library)
    before = _judge_all(_spread(questions), answerer)
    library, answerer = then
    questions, faults_after = _read_questions(file, text, library)
    after = _judge_all([one for one in questions if one.text in before], answerer)
    faults = tuple(one for one in faults_after if one in faults_before)
    lost = []
    for question, judgment in before.items():
        if _is_lost(judgment, after.get(question)):
            lost.append(question)
    return QuestionCheck(len(before), tuple(lost), faults)


def _read_questions(
    file: str, text: str, library: Library
) -> tuple[Sequence[Question], Sequence[InputFault]]:
    # Only who changes articles needs it.
    from bot.evaluation.question_set import read_sound_questions  # noqa: PLC0415

    return read_sound_questions(file, text, library)


def _spread(questions: Sequence[Question]) -> Sequence[Question]:
    """Give all questions, or as many as are asked, evenly spread."""
    step = max(len(questions) / _MOST_QUESTIONS, 1.0)
    places = range(min(len(questions), _MOST_QUESTIONS))
    return [questions[int(place * step)] for place in places]


def _judge_all(questions: Iterable[Question], answerer: Answerer) -> Mapping[str, Judgment]:
    judgments = {}
    for question in questions:
        answer = answerer.answer(question.text, "", None)
        judgments[question.text] = judge(question, answer).judgment
    return judgments


def _is_lost(before: Judgment, after: Judgment | None) -> bool:
    return after is None or after.quality < before.quality
