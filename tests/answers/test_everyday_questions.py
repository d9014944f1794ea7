"""Questions that are in the wrong place: about dinner, a laptop, presidents of other countries."""

from pathlib import Path

import yaml

from bot.answers.answerer import Answerer
from bot.answers.model import Assurance
from bot.articles.library import build

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "everyday_questions" / "held-out.yaml"


def test_everyday_questions_are_refused() -> None:
    """All but two in a hundred; none of them is told as sure."""
    answerer = Answerer(build(ROOT / "knowledge")[0])
    questions: list[str] = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))["questions"]
    answers = [answerer.answer(question) for question in questions]
    answered = [answer for answer in answers if answer.kind == "answer"]
    assert len(answers) == 394
    assert len(answered) <= 0.02 * len(answers)
    assert all(answer.assurance is not Assurance.SURE for answer in answered)
