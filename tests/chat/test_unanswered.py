"""What was asked in vain: counted once a person and day, taken back with its question, shown page
by page.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import World
from loopback.clock import PATIENCE_S
from loopback.state import Message
from opened_records import opened

from bot.answers.model import Policy
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.state.answer_links import AskedQuestion
from bot.knowledge_base import KnowledgeBase
from bot.records.wording import hash_wording
from bot.settings import Settings

DAY_S = 24 * 3600.0
ADA, BOB = 1, 2
RED, BLUE = 7, 8


@pytest.fixture
async def dispatcher(tmp_path: Path) -> AsyncIterator[Dispatcher]:
    """Give a dispatcher that keeps records."""
    (tmp_path / "articles").mkdir()
    async with opened(tmp_path / "records") as records:
        yield Dispatcher(KnowledgeBase(tmp_path / "articles", Policy()), Settings(), records)


def in_vain(question: str, user_id: int) -> Reply:
    """Make the reply to a question that the articles do not answer."""
    return Reply("no", asked=AskedQuestion(question, user_id), is_unanswered=True)


async def kept(dispatcher: Dispatcher) -> dict[str, int]:
    """Give what is kept, and how often it counts."""
    assert dispatcher.records is not None
    return {one.question: one.times for one in await dispatcher.records.unanswered()}


async def test_who_asks_the_same_thirty_times_counts_once(dispatcher: Dispatcher) -> None:
    """But for case, blanks and closing punctuation it is the same; somebody else, or something
    else, counts.
    """
    for event in range(30):
        await dispatcher.unanswered.add(
            in_vain("How do I fry doughnuts" + "?" * event, ADA), event, RED
        )
    assert await kept(dispatcher) == {"How do I fry doughnuts": 1}
    await dispatcher.unanswered.add(in_vain("how  do i fry doughnuts", BOB), 100, RED)
    await dispatcher.unanswered.add(in_vain("How do I fry crullers?", ADA), 101, RED)
    assert await kept(dispatcher) == {"How do I fry doughnuts": 2, "How do I fry crullers?": 1}


async def test_what_is_taken_back_counts_no_more(dispatcher: Dispatcher) -> None:
    """Only what the message asked, only once, where that was, and not while its asker's other message
    asks the same.
    """
    for event, user_id in ((1, ADA), (2, ADA), (3, BOB)):
        await dispatcher.unanswered.add(in_vain("Who is he?", user_id), event, RED)
    await dispatcher.unanswered.take_back(1)
    assert await kept(dispatcher) == {"Who is he?": 2}
    await dispatcher.unanswered.take_back(2)
    await dispatcher.unanswered.take_back(2)
    await dispatcher.unanswered.take_back(4)
    assert await kept(dispatcher) == {"Who is he?": 1}
    await dispatcher.unanswered.take_back(3)
    assert await kept(dispatcher) == {}
    await dispatcher.unanswered.add(in_vain("Who is he?", ADA), 5, RED)
    assert await kept(dispatcher) == {"Who is he?": 1}
    await dispatcher.unanswered.add(in_vain("Who is he?", ADA), 6, BLUE)
    assert await kept(dispatcher) == {"Who is he?": 2}
    await dispatcher.unanswered.take_back(6)
    assert dispatcher.records is not None
    assert await dispatcher.records.list_asking_servers() == {RED}


async def test_what_could_not_be_written_counts_when_it_is_asked_again(
    dispatcher: Dispatcher, tmp_path: Path
) -> None:
    """A fault of the disk uses up nobody's asking."""
    file = tmp_path / "records" / "records.sqlite3"
    file.rename(tmp_path / "away")
    await dispatcher.unanswered.add(in_vain("Who is he?", ADA), 1, RED)
    (tmp_path / "away").rename(file)
    await dispatcher.unanswered.take_back(1)
    assert await kept(dispatcher) == {}
    await dispatcher.unanswered.add(in_vain("Who is he?", ADA), 2, RED)
    assert await kept(dispatcher) == {"Who is he?": 1}


async def test_who_asked_is_on_no_disk(dispatcher: Dispatcher, tmp_path: Path) -> None:
    """Neither a person's id nor a message's is written with a question in vain."""
    user_id, message = 223456789012345678, 923456789012345678
    await dispatcher.unanswered.add(in_vain("Who is he?", user_id), message, RED)
    written = b"".join(file.read_bytes() for file in (tmp_path / "records").iterdir())
    for number in (user_id, message):
        for form in (
            b"%d" % number,
            b"%x" % number,
            number.to_bytes(8, "big"),
            number.to_bytes(8, "little"),
        ):
            assert form not in written


def database(world: World) -> "closing[sqlite3.Connection]":
    """Open the records behind the bot's back."""
    file = world.folder.parent / "records" / "records.sqlite3"
    return closing(sqlite3.connect(file, isolation_level=None))


def fill(world: World, questions: int) -> None:
    """Let so many questions have been asked in vain, number 0 the most often."""
    with database(world) as connection:
        for number in range(questions):
            text = f"what is needle{number:03}"
            row = world.guild.id, 1 + number, hash_wording(text), text, 1_000 - number
            connection.execute("INSERT INTO unanswered VALUES (?, ?, ?, ?, ?, date(), date())", row)


def shown(card: Message) -> list[int]:
    """Give the numbers of the questions that a card shows."""
    return [int(part[:3]) for part in card.text.split("needle")[1:]]


def pages(card: Message) -> list[str]:
    """Give the buttons of a card that turn its pages."""
    return [one.label for one in card.buttons if one.label != "Close it"]


async def test_all_pages_are_reached_and_the_first_is_cleared(world: World) -> None:
    """Six a page, after a restart still, for those who may; what is cleared is shown; a late
    list still comes.
    """
    await world.start()
    fill(world, 14)
    card = await world.use("kb gaps", world.manager)
    assert card.ephemeral
    assert (shown(card), pages(card)) == (list(range(6)), ["Next"])
    assert "14 gaps" in card.text
    assert "Page 1 of 3" in card.text
    await world.press(card, "Next", world.manager)
    assert (shown(card), pages(card)) == (list(range(6, 12)), ["Previous", "Next"])
    await world.restart()
    await world.press(card, "Next", world.manager)
    assert (shown(card), pages(card)) == ([12, 13], ["Previous"])

    roles = world.guild.members[world.manager.id].roles
    world.discord.set_roles(world.guild, world.manager, [])
    refused = await world.press(card, "Previous", world.manager)
    assert refused.ephemeral
    assert "This is for those" in refused.text
    assert shown(card) == [12, 13]
    world.discord.set_roles(world.guild, world.manager, roles)

    for left in (8, 2):
        cleared = await world.use("kb gaps", world.manager, clear=True)
        assert shown(cleared) == list(range(14 - left - 6, 14 - left))
        assert f"Deleted now: the 6 shown here.** {left} more are kept" in cleared.text
        assert cleared.buttons == []
    await world.press(card, "Previous", world.manager)
    assert (shown(card), pages(card)) == ([12, 13], [])

    with database(world) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        asked = await world.discord.slash(world.manager, world.channel, "kb gaps", clear=True)
        assert await asked.wait_until_acknowledged() == 5
        connection.execute("ROLLBACK")
    last = await asked.answer()
    assert shown(last) == [12, 13]
    assert "more are kept" not in last.text


async def test_what_was_mended_or_deleted_was_not_asked_in_vain(world: World) -> None:
    """A typing mistake that is mended, and a question that is deleted, leave the list."""
    await world.start()
    mended = await world.mention("what is needle001")
    gone = await world.mention("what is needle002")
    await world.discord.reply_to(await world.mention("what is needle003", world.manager))
    answers = [await world.discord.reply_to(asked) for asked in (mended, gone)]
    await world.discord.edit(mended, f"{world.discord.bot_user.mention} what is needle004")
    await world.discord.edited(answers[0])
    await world.discord.delete(gone)
    await world.discord.deleted(answers[1])
    listed: list[int] = []
    async with asyncio.timeout(PATIENCE_S):
        # What is kept of an answer is written after it is sent.
        while listed != [3, 4]:
            listed = sorted(shown(await world.use("kb gaps", world.manager)))
