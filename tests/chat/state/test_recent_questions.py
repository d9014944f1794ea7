"""What users asked lately: offered again for a day, and counted once a user where it is
unanswered.
"""

from bot.chat.state.recent_questions import RecentQuestions, _Unanswered

DAY_S = 24 * 3600.0
ADA, BOB = 1, 2
RED, BLUE = 7, 8


def test_earlier_questions_are_the_latest_first() -> None:
    """Each once, at most twenty-five, for a day, each person's own; what is too long for a choice
    is left out.
    """
    recent_questions = RecentQuestions()
    for number in range(30):
        recent_questions.remember(1, f"Question {number}?", float(number))
    recent_questions.remember(1, "  Question   20? ", 31.0)
    recent_questions.remember(1, "x" * 101, 32.0)
    assert recent_questions.recall(1, 33.0)[:2] == ["Question 20?", "Question 29?"]
    assert len(recent_questions.recall(1, 33.0)) == 25
    assert recent_questions.recall(2, 33.0) == []
    assert recent_questions.recall(1, 24 * 3600 + 31.0) == ["Question 20?"]
    assert recent_questions.forget(1) == 25
    assert recent_questions.recall(1, 33.0) == []


def test_ten_thousand_people_are_remembered() -> None:
    """Who asked longest ago is forgotten first."""
    recent_questions = RecentQuestions()
    for user_id in range(10_001):
        recent_questions.remember(user_id, "What?", 0.0)
    assert recent_questions.recall(0, 0.0) == []
    assert recent_questions.recall(1, 0.0) == ["What?"]


def test_an_asking_is_remembered_for_a_day() -> None:
    """After that the same question from the same person counts anew, and the old one can't be taken
    back.
    """
    recent_questions = RecentQuestions()
    same = RED, "same"
    assert recent_questions.remember_unanswered(1, ADA, same, 0.0)
    assert not recent_questions.remember_unanswered(2, ADA, same, DAY_S)
    assert recent_questions.remember_unanswered(3, ADA, same, 2 * DAY_S + 1)
    assert [recent_questions.take_back(event) for event in (1, 2, 3)] == [None, None, same]


def test_an_asking_counts_in_each_server() -> None:
    """What is cleared in one still counts once in the other."""
    recent_questions = RecentQuestions()
    there = {1: (RED, "same"), 2: (BLUE, "same")}
    for event, wording in there.items():
        assert recent_questions.remember_unanswered(event, ADA, wording, 0.0)
    recent_questions.forget_questions({"same"}, [RED])
    assert [recent_questions.take_back(event) for event in there] == [None, (BLUE, "same")]


def test_what_is_forgotten_counts_anew() -> None:
    """A person who wants to be forgotten, or a question that was cleared, leaves the others
    alone.
    """
    recent_questions = RecentQuestions()
    for event, (user_id, same) in enumerate(
        [(ADA, "one"), (ADA, "two"), (BOB, "one"), (BOB, "two")]
    ):
        recent_questions.remember_unanswered(event, user_id, (RED, same), 0.0)
    recent_questions.forget(ADA)
    assert [recent_questions.take_back(event) for event in (0, 1)] == [None, None]
    recent_questions.forget_questions({"one"}, [RED])
    assert [recent_questions.take_back(event) for event in (2, 3)] == [None, (RED, "two")]


def test_not_more_than_ten_thousand_are_remembered() -> None:
    """A flood fills no memory; the oldest goes first."""
    recent_questions = RecentQuestions()
    same, other = (RED, "same"), (RED, "other")
    for event in range(10_000):
        recent_questions._unanswered[event] = _Unanswered(0.0, event, same)  # noqa: SLF001 (one by one would take a minute)
    recent_questions.remember_unanswered(10_000, ADA, other, 1.0)
    assert [recent_questions.take_back(event) for event in (0, 1, 10_000)] == [None, same, other]
