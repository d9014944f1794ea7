"""The editor's questions are asked before and after a change."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.articles.library import Library, build
from bot.editing.question_check import check_questions

MILL = "# The mill\n\nThe mill of Lisk burnt down on 3 May 1844.\n"
ASKED = "  - question: when did the mill burn down?\n    sentence: burnt down on 3 May 1844\n"


def serve(folder: Path, text: str) -> tuple[Library, Answerer]:
    """Serve one article."""
    folder.mkdir()
    (folder / "mill.md").write_text(text, encoding="utf-8")
    library, _ = build(folder)
    return library, Answerer(library)


def test_a_question_that_is_answered_worse_is_named(tmp_path: Path) -> None:
    """Its sentence is gone after the change."""
    now = serve(tmp_path / "now", MILL)
    then = serve(tmp_path / "then", MILL.replace("burnt down on 3 May 1844", "was sold"))
    check = check_questions("questions.yaml", f"questions:\n{ASKED}", now, then)
    assert (check.asked, check.lost) == (1, ("when did the mill burn down?",))


@pytest.mark.slow
def test_of_very_many_questions_the_same_two_thousand_are_asked_twice(tmp_path: Path) -> None:
    """The first is among them, and they are spread over the whole file."""
    others = [f"  - question: who is xq{n}?\n    not_answered: true\n" for n in range(5_000)]
    text = f"questions:\n{ASKED}{''.join(others)}"
    now = serve(tmp_path / "now", MILL)
    then = serve(tmp_path / "then", "# The mill\n\nXq4999 is the miller.\n")
    check = check_questions("questions.yaml", text, now, then)
    assert check.asked == 2_000
    assert check.lost[0] == "when did the mill burn down?"
    assert check_questions("questions.yaml", text, now, now).lost == ()
