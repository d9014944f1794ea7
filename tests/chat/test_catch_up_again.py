"""A look for what was missed that meets faults: it is begun again, and asks Discord no more often
than it has to.
"""

import asyncio
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import World, serving_here
from loopback.clock import PATIENCE_S
from loopback.state import Message
from test_faults import ROOMY, restart_client

from bot.chat import catch_up
from bot.settings import Settings

pytestmark = pytest.mark.slow

WHERE = "where does the Orrin end?"
MESSAGES = r"/channels/\d+/messages$"


async def ask_while_away(world: World, channels: int) -> list[Message]:
    """Kill the bot, and ask in so many new channels; a while goes by."""
    await world.kill_hard()
    discord = world.discord
    asked = []
    for number in range(channels):
        channel = discord.add_text_channel(world.guild, f"room{number}")
        text = f"{discord.bot_user.mention} {WHERE}"
        asked.append(await discord.say(world.member, channel, text))
    discord.clock.advance(200)
    return asked


async def test_what_a_client_had_begun_to_read_the_next_one_reads(world: World) -> None:
    """Nothing that was missed is lost where the client ends while it looks."""
    world.settings = ROOMY
    await world.start()
    await world.discord.reply_to(await world.mention(WHERE))
    asked = await ask_while_away(world, 6)
    slow = world.discord.fail("delay", method="GET", path=MESSAGES, delay_s=60, times=None)
    await world.start()
    async with asyncio.timeout(PATIENCE_S):
        while slow.hits < 3:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.05)
    # What comes live is newer than all that was missed.
    await world.discord.reply_to(await world.mention(WHERE))
    slow.stop()
    await restart_client(world)
    for question in asked:
        await world.discord.reply_to(question)
    assert not world.discord.ledger().doubled


async def test_what_a_program_had_begun_to_read_the_next_one_reads(world: World) -> None:
    """However long ago it was asked, and whatever was answered meanwhile."""
    world.settings = ROOMY
    await world.start()
    await world.discord.reply_to(await world.mention(WHERE))
    asked = await ask_while_away(world, 2)
    unreadable = world.discord.fail(503, method="GET", path=MESSAGES, times=None)
    await world.start()
    async with asyncio.timeout(PATIENCE_S):
        while unreadable.hits < 2:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.05)
    await world.discord.reply_to(await world.mention(WHERE))
    assert await world.stop() == 0, world.log
    unreadable.stop()
    await world.start()
    for question in asked:
        await world.discord.reply_to(question)
    assert world.discord.ledger().is_exact()


async def test_a_thread_is_read_once_however_long_its_question_waits(world: World) -> None:
    """Somebody began a thread at a question. It is read as any channel is, and once to see whether
    the bot had answered in it; the question is answered when its author may ask again.
    """
    world.settings = "questions_per_person: 1\nquestions_window_s: 2\n"
    await world.start()
    await world.kill_hard()
    first, second = [await world.mention(WHERE), await world.mention(WHERE)]
    thread = world.discord.add_thread(world.channel, "about the Orrin", start=second)
    path = rf"/channels/{thread.id}/messages$"
    world.discord.fail(503, method="GET", path=path, times=2)
    await world.start()
    for question in (first, second):
        assert "Lisk" in (await world.discord.reply_to(question)).text
    reads = [one for one in world.discord.requests if re.search(path, one.path)]
    assert Counter(one.status for one in reads) == {200: 2, 503: 2}


async def test_an_hourglass_is_no_answer_after_a_kill(world: World) -> None:
    """The line that would have told of all is written no more; where it was, it tells of them."""
    await world.start()
    world.discord.fail(429, method="POST", path=MESSAGES, retry_after_s=100, times=None)
    asked = await world.mention(WHERE)
    assert await world.discord.core.until(lambda: asked.reactions or None, PATIENCE_S)
    await world.kill_hard()
    world.discord.stop_failing()
    await world.start()
    assert "Lisk" in (await world.discord.reply_to(asked)).text
    assert world.discord.ledger().is_exact()


async def test_what_waits_for_the_line_of_a_shut_channel_waits_for_an_answer(world: World) -> None:
    """After an end in good order, too, and where much came behind it: the line was not written."""
    # So that no time lies ahead of the machine's.
    world.discord.clock.advance(-400)
    await world.start()
    async with asyncio.timeout(PATIENCE_S):
        while not any("ready as" in line for line in world.log):  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.05)
    world.discord.fail(
        429, method="POST", path=rf"/{world.channel.id}/messages$", retry_after_s=900, times=None
    )
    asked = [await world.mention(WHERE)]
    assert await world.discord.core.until(lambda: asked[0].reactions or None, PATIENCE_S)
    asked.append(await world.mention(WHERE, world.manager))
    assert await world.discord.core.until(lambda: asked[1].reactions or None, PATIENCE_S)
    world.discord.clock.advance(300)
    other = world.discord.add_text_channel(world.guild, "other")
    text = f"{world.discord.bot_user.mention} {WHERE}"
    await world.discord.reply_to(await world.discord.say(world.member, other, text))
    assert await world.stop() == 0
    world.discord.stop_failing()
    await world.start()
    for one in asked:
        assert "Lisk" in (await world.discord.reply_to(one)).text
    assert world.discord.ledger().is_exact()


async def test_channels_beyond_the_bound_are_read_a_little_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The newest are read first; the log tells of the others."""
    monkeypatch.setattr(catch_up, "_MOST_CHANNELS", 1)
    monkeypatch.setattr(catch_up, "_AGAIN_S", 0.2)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, _):
        discord = world.discord
        await discord.cut("invalid session")
        asked = []
        for name in ("older", "newer"):
            channel = discord.add_text_channel(world.guild, name)
            text = f"{discord.bot_user.mention} {WHERE}"
            asked.append(await discord.say(world.member, channel, text))
        discord.clock.advance(200)
        older, newer = [await discord.reply_to(one) for one in asked]
        assert "Lisk" in older.text
        assert "Lisk" in newer.text
        assert older.id > newer.id
        assert "channels with new messages that are not read now: 1" in caplog.text
