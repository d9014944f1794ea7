"""What Discord does not take as it was sent: whoever asked reads a line with the number that the log
has, in the place of the answer.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conftest import World, serving_here
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Message

from bot.chat import admission, catch_up
from bot.settings import Settings

WHERE = "where does the Orrin end?"
RISE = "where does the Orrin rise?"
ENDS = "ends at Lisk"
POSTS = r"/channels/\d+/messages$"
LINE = r"Something went wrong on my side\. .* number: ([0-9a-f]{6})\."


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Give a bot in this process, which looks again soon where something could not be done."""
    monkeypatch.setattr(catch_up, "_AGAIN_S", 0.1)
    monkeypatch.setattr(catch_up, "_READER_PAUSE_S", 0.01)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, _):
        yield world


def is_told(said: Message, log: pytest.LogCaptureFixture) -> bool:
    """Say whether a message is the line, with a number that the log has."""
    found = re.search(LINE, said.text)
    return found is not None and f"incident {found[1]}: Discord takes no such reply" in log.text


async def marked(world: World, asked: Message) -> None:
    """Wait until a question has a mark."""
    assert await world.discord.core.until(lambda: asked.reactions or None, PATIENCE_S)


@pytest.mark.parametrize("status", [400, 413])
async def test_an_answer_that_discord_does_not_take_is_told(
    status: int, here: World, caplog: pytest.LogCaptureFixture
) -> None:
    """To a mention, which is answered when it is edited; to a command and to a press, in private."""
    discord = here.discord
    discord.fail(status, method="POST", path=POSTS)
    asked = await here.mention(WHERE)
    line = await discord.reply_to(asked)
    assert is_told(line, caplog)
    await discord.edit(asked, f"{discord.bot_user.mention} {RISE}")
    await discord.edited(line)
    assert "rises near Marn" in line.text
    discord.fail(status, path="/callback$")
    told = await here.ask(WHERE)
    assert (is_told(told, caplog), told.ephemeral) == (True, True)
    card = await here.ask(WHERE)
    discord.fail(status, path="/callback$")
    told = await here.press(card, "More")
    assert (is_told(told, caplog), told.ephemeral) == (True, True)
    assert discord.ledger().is_exact()


async def test_a_new_answer_that_discord_does_not_take_does_not_leave_the_old_one(
    here: World, caplog: pytest.LogCaptureFixture
) -> None:
    """It would stand there as if it answered what is asked now."""
    asked = await here.mention(WHERE)
    answer = await here.discord.reply_to(asked)
    assert ENDS in answer.text
    here.discord.fail(400, method="PATCH")
    await here.discord.edit(asked, f"{here.discord.bot_user.mention} {RISE}")
    await here.discord.edited(answer)
    assert is_told(answer, caplog)


async def test_a_mark_that_meets_a_fault_is_made_all_the_same(here: World) -> None:
    """It is all that whoever asked sees where nothing can be written."""
    assert here.guild.bot_role is not None
    here.discord.overwrite(here.channel, here.guild.bot_role, deny=Permission.SEND_MESSAGES)
    fault = here.discord.fail(503, method="PUT", path="/reactions/")
    asked = await here.mention(WHERE)
    await marked(here, asked)
    assert fault.hits == 1


async def test_a_wait_that_could_not_be_told_covers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord took a permission away and did not say so: each question is marked, also those of
    somebody who asks too much, and Discord is asked in vain once.
    """
    settings = Settings(records=None, questions_per_person=1, questions_window_s=600)
    async with serving_here(tmp_path, monkeypatch, settings) as (world, _):
        discord, role = world.discord, world.guild.bot_role
        assert role is not None
        world.channel.overwrites[role.id] = Permission(0), Permission.SEND_MESSAGES
        for _ in range(4):
            asked = await world.mention(WHERE)
            await marked(world, asked)
        assert not discord.ledger().lost
        (refused,) = discord.offences
        assert "50013" in refused
        discord.offences.clear()


async def test_who_asks_very_often_where_nothing_can_be_written_is_marked_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of the questions is passed over without a mark."""
    monkeypatch.setattr(admission, "_PRESSES_PER_USER", 1)
    monkeypatch.setattr(admission, "_PRESS_WINDOW_S", 0.3)
    monkeypatch.setattr(catch_up, "_AGAIN_S", 0.1)
    monkeypatch.setattr(catch_up, "_READER_PAUSE_S", 0.01)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, _):
        discord, role = world.discord, world.guild.bot_role
        assert role is not None
        discord.overwrite(world.channel, role, deny=Permission.SEND_MESSAGES)
        asked = [await world.mention(WHERE) for _ in range(3)]
        for one in asked:
            await marked(world, one)
        assert [one.reactions for one in asked] == [["\N{SPEAKER WITH CANCELLATION STROKE}"]] * 3
        assert not discord.ledger().lost
