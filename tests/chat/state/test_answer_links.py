"""Which message answers which, who asked what: remembered for a while, then forgotten."""

import asyncio

from bot.chat.state.answer_links import AnswerLinks, AskedQuestion, SentMessage

SENT = SentMessage(1, 2)


def test_what_was_asked_is_kept_for_two_minutes() -> None:
    """The answer is known longer than the text of its question."""
    answer_links = AnswerLinks()
    answer_links.remember(10, SENT, AskedQuestion("What?", 5), 0.0)
    answer_links.remember(11, SENT, AskedQuestion("Who?", 6), 121.0)
    assert answer_links.find(10) == SENT
    assert answer_links.recall(10) is None
    assert answer_links.recall(11) == AskedQuestion("Who?", 6)


def test_ten_thousand_answers_are_known() -> None:
    """The oldest goes first."""
    answer_links = AnswerLinks()
    for number in range(10_001):
        answer_links.remember(number, SENT, AskedQuestion(), 0.0)
    assert answer_links.find(0) is None
    assert answer_links.find(1) == SENT


def test_a_person_is_forgotten() -> None:
    """What others asked stays."""
    answer_links = AnswerLinks()
    answer_links.remember(10, SENT, AskedQuestion("What?", 5), 0.0)
    answer_links.remember(11, SENT, AskedQuestion("Who?", 6), 0.0)
    answer_links.forget(5)
    assert answer_links.recall(10) is None
    assert answer_links.recall(11) is not None


def test_an_answer_that_is_gone_is_dropped() -> None:
    """Neither it nor its question is known any more."""
    answer_links = AnswerLinks()
    answer_links.remember(10, SENT, AskedQuestion("What?", 5), 0.0)
    answer_links.drop(10)
    assert answer_links.find(10) is None
    assert answer_links.recall(10) is None
    assert not answer_links.is_known(10)


async def test_who_wants_the_same_question_waits_in_order() -> None:
    """One after the other; another question is free; nothing stays behind."""
    answer_links, order = AnswerLinks(), []

    async def hold(question_id: int, name: str) -> None:
        async with answer_links.lock(question_id):
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    tasks = [
        asyncio.create_task(hold(1, "a")),
        asyncio.create_task(hold(1, "b")),
        asyncio.create_task(hold(2, "c")),
    ]
    await asyncio.sleep(0)
    assert answer_links.is_known(1)
    await asyncio.gather(*tasks)
    assert "".join(order).replace("c", "") == "aabb"
    assert not answer_links.is_known(1)


async def test_who_has_the_lock_learns_that_the_question_is_gone() -> None:
    """So does who waits for it before the deletion, and not who comes behind."""
    links = AnswerLinks()
    heard: list[tuple[str, bool]] = []

    async def edit(name: str, patience_s: float) -> None:
        async with links.lock(1):
            heard.append((name, await links.is_gone_within(1, patience_s)))

    async def delete() -> None:
        async with links.lock_gone(1):
            heard.append(("deletion", await links.is_gone_within(1, 0)))

    works = [edit("first", 3_600), edit("second", 3_600), delete(), edit("behind", 0)]
    await asyncio.gather(*works)
    assert heard == [("first", True), ("second", True), ("deletion", False), ("behind", False)]
    assert not links.is_known(1)
