"""Which message answers which, who asked what: remembered for a while, then forgotten."""

import asyncio

from bot.chat.answered import Answered, Asked, Sent
from bot.chat.earlier import Earlier

SENT = Sent(1, 2)


def test_what_was_asked_is_kept_for_two_minutes() -> None:
    """The answer is known longer than the text of its question."""
    answered = Answered()
    answered.remember(10, SENT, Asked("What?", 5), 0.0)
    answered.remember(11, SENT, Asked("Who?", 6), 121.0)
    assert answered.find(10) == SENT
    assert answered.recall(10) is None
    assert answered.recall(11) == Asked("Who?", 6)


def test_ten_thousand_answers_are_known() -> None:
    """The oldest goes first."""
    answered = Answered()
    for number in range(10_001):
        answered.remember(number, SENT, Asked(), 0.0)
    assert answered.find(0) is None
    assert answered.find(1) == SENT


def test_a_person_is_forgotten() -> None:
    """What others asked stays."""
    answered = Answered()
    answered.remember(10, SENT, Asked("What?", 5), 0.0)
    answered.remember(11, SENT, Asked("Who?", 6), 0.0)
    answered.forget(5)
    assert answered.recall(10) is None
    assert answered.recall(11) is not None


def test_an_answer_that_is_gone_is_dropped() -> None:
    """Neither it nor its question is known any more."""
    answered = Answered()
    answered.remember(10, SENT, Asked("What?", 5), 0.0)
    answered.drop(10)
    assert answered.find(10) is None
    assert answered.recall(10) is None
    assert not answered.is_known(10)


async def test_who_wants_the_same_question_waits_in_order() -> None:
    """One after the other; another question is free; nothing stays behind."""
    answered, order = Answered(), []

    async def hold(question: int, name: str) -> None:
        async with answered.holding(question):
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    tasks = [asyncio.create_task(hold(1, "a")), asyncio.create_task(hold(1, "b")), asyncio.create_task(hold(2, "c"))]
    await asyncio.sleep(0)
    assert answered.is_known(1)
    await asyncio.gather(*tasks)
    assert "".join(order).replace("c", "") == "aabb"
    assert not answered.is_known(1)


def test_earlier_questions_are_the_latest_first() -> None:
    """Each once, at most twenty-five, for a day, each person's own; what is too long for a choice is left out."""
    earlier = Earlier()
    for number in range(30):
        earlier.remember(1, f"Question {number}?", float(number))
    earlier.remember(1, "  Question   20? ", 31.0)
    earlier.remember(1, "x" * 101, 32.0)
    assert earlier.recall(1, 33.0)[:2] == ["Question 20?", "Question 29?"]
    assert len(earlier.recall(1, 33.0)) == 25
    assert earlier.recall(2, 33.0) == []
    assert earlier.recall(1, 24 * 3600 + 31.0) == ["Question 20?"]
    assert earlier.forget(1) == 25
    assert earlier.recall(1, 33.0) == []


def test_ten_thousand_people_are_remembered() -> None:
    """Who asked longest ago is forgotten first."""
    earlier = Earlier()
    for person in range(10_001):
        earlier.remember(person, "What?", 0.0)
    assert earlier.recall(0, 0.0) == []
    assert earlier.recall(1, 0.0) == ["What?"]
