"""How much is let in, what is said to those who wait, and how Discord's own limits are kept."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from conftest import World, serving_here
from loopback.clock import PATIENCE_S
from loopback.state import Message, User
from yarl import URL

from bot.chat import admission, catch_up, delivery, request_gate
from bot.chat.dispatcher import Dispatcher
from bot.settings import Settings

WHERE = "where does the Orrin end?"
ENDS = "ends at Lisk"
OWN = "That was a lot at once. Try again <t:"
CHANNEL = "So much is asked of me in this channel just now. Try again <t:"
POSTS = r"/channels/\d+/messages$"


def meet(world: World, name: str) -> User:
    """Let somebody new join the server."""
    user = world.discord.add_user(name)
    world.discord.add_member(world.guild, user)
    return user


def written_s(message: Message) -> float:
    """Give the time of a message, in seconds since 1970."""
    return datetime.fromisoformat(message.created).timestamp()


async def test_a_channel_has_a_limit_of_its_own_and_says_so_once(world: World) -> None:
    """The line covers what all others ask there; other channels and commands are free. Who comes
    back at the second that it names is heard, whatever the bot's clock says.
    """
    world.settings = "questions_per_channel: 2\nquestions_window_s: 600\n"
    await world.start()
    for name in ("one", "two"):
        assert (
            ENDS
            in (await world.discord.reply_to(await world.mention(WHERE, meet(world, name)))).text
        )
    refusal = await world.discord.reply_to(await world.mention(WHERE))
    assert refusal.text.startswith(CHANNEL)
    for name in ("three", "four", "five"):
        await world.mention(WHERE, meet(world, name))
    other = world.discord.add_text_channel(world.guild, "other")
    bot = world.discord.bot_user.mention
    elsewhere = await world.discord.say(world.member, other, f"{bot} {WHERE}")
    assert ENDS in (await world.discord.reply_to(elsewhere)).text
    assert ENDS in (await world.ask(WHERE)).text
    assert await world.discord.stays_silent(world.channel)
    assert world.discord.ledger().is_exact()
    (named,) = re.findall(r"<t:(\d+):R>", refusal.text)
    world.discord.clock.advance(int(named) - world.discord.clock.now())
    again = await world.discord.reply_to(await world.mention(WHERE))
    assert again.text.startswith(CHANNEL)
    assert world.discord.ledger().is_exact()


async def test_single_refusals_do_not_fill_a_channel(world: World) -> None:
    """Of many who ask too much, four are told each for themselves; then all in the channel are."""
    world.settings = "questions_per_person: 1\nquestions_window_s: 600\n"
    world.discord.limit_messages(None)
    await world.start()
    users = [meet(world, f"reader{number}") for number in range(7)]
    for user in users:
        await world.discord.reply_to(await world.mention(WHERE, user))
    said = [
        (await world.discord.reply_to(await world.mention(WHERE, user))).text for user in users[:5]
    ]
    assert [text.startswith(OWN) for text in said] == [True] * 4 + [False]
    assert said[-1].startswith(CHANNEL)
    for user in users[5:]:
        await world.mention(WHERE, user)
    assert await world.discord.stays_silent(world.channel)
    assert world.discord.ledger().is_exact()


@dataclass(slots=True)
class Strict:
    """A bot in this process that answers one question a second."""

    world: World
    dispatcher: Dispatcher


@pytest.fixture
async def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Strict]:
    """Give a bot in this process that tells nobody to wait longer than needed."""
    monkeypatch.setattr(admission, "_REFUSAL_WINDOW_S", 0.0)
    settings = Settings(questions_per_person=1, questions_window_s=1, records=None)
    async with serving_here(tmp_path, monkeypatch, settings) as (world, dispatcher):
        yield Strict(world, dispatcher)


async def test_a_refusal_that_would_be_late_is_not_said(strict: Strict) -> None:
    """A question is answered when its time has come instead, and what it would have covered has an
    answer or a line of its own.
    """
    world = strict.world
    world.discord.limit_messages(None)
    first = await world.mention(WHERE)
    await world.discord.reply_to(first)
    fault = world.discord.fail(503, method="POST", path=POSTS, times=None)
    await world.mention(WHERE)
    async with asyncio.timeout(PATIENCE_S):
        while not fault.hits:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.05)
        await world.mention(WHERE)
        # What was refused is let in by now.
        while not [one for one in refused_texts(world) if ENDS in one]:  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.05)
        fault.stop()
        while not world.discord.ledger().is_exact():  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.05)
    said = world.discord.messages(world.channel, by=world.discord.bot_user)
    assert any(ENDS in one.text and one.reply_to is not first for one in said)


def refused_texts(world: World) -> list[str]:
    """Give the messages of the bot that Discord did not take."""
    requests = world.discord.requests
    return [str(one.json) for one in requests if one.status == 503 and re.search(POSTS, one.path)]


@pytest.mark.slow
async def test_what_could_not_be_delivered_is_answered_in_the_next_session(
    strict: Strict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question, and what points to it."""
    monkeypatch.setattr(delivery, "MESSAGE_DEADLINE_S", 0.5)
    world = strict.world
    fault = world.discord.fail(503, method="POST", path=POSTS, times=None)
    asked = await world.mention(WHERE)
    text = f"{world.discord.bot_user.mention} this"
    pointing = await world.discord.say(world.manager, world.channel, text, reply_to=asked)
    async with asyncio.timeout(PATIENCE_S):
        while strict.dispatcher.in_flight.served < 2:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.05)
    fault.stop()
    await world.discord.cut("invalid session")
    assert ENDS in (await world.discord.reply_to(asked)).text
    assert "I answered that already" in (await world.discord.reply_to(pointing)).text


@pytest.mark.slow
async def test_what_could_not_be_delivered_is_answered_in_the_same_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as Discord takes it and gives the history, in a channel and in direct messages."""
    monkeypatch.setattr(delivery, "MESSAGE_DEADLINE_S", 0.5)
    monkeypatch.setattr(catch_up, "_READ_DEADLINE_S", 0.5)
    monkeypatch.setattr(catch_up, "_AGAIN_S", 0.2)
    # It is time to look again while the pause behind a request is not over.
    monkeypatch.setattr(catch_up, "_READER_PAUSE_S", 0.5)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, dispatcher):
        fault = world.discord.fail(503, method="POST", path=POSTS, times=None)
        unreadable = world.discord.fail(503, method="GET", path=POSTS, times=None)
        direct = world.discord.open_dm(world.manager)
        asked = await world.mention(WHERE), await world.discord.say(world.manager, direct, WHERE)
        async with asyncio.timeout(PATIENCE_S):
            while dispatcher.in_flight.served < 2 or unreadable.hits < 6:  # noqa: ASYNC110 (nothing tells of it)
                await asyncio.sleep(0.05)
        fault.stop()
        unreadable.stop()
        for question in asked:
            assert ENDS in (await world.discord.reply_to(question)).text
        assert world.discord.identifies == 1
        assert world.discord.ledger().is_exact()


async def test_a_channel_that_discord_shuts_for_long_has_one_apology(
    strict: Strict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question there is marked at once; when the channel is open again, one line tells of all,
    and nothing was sent before.
    """
    monkeypatch.setattr(delivery, "MESSAGE_DEADLINE_S", 1.0)
    monkeypatch.setattr(request_gate, "LONGEST_WAIT_S", 1.0)
    world = strict.world
    address = URL(f"https://discord.com/api/v10/channels/{world.channel.id}/messages")
    strict.dispatcher.gate.note("POST", address, 3.0, is_invalid=True)
    start_s = world.discord.clock.now()
    asked = await world.mention(WHERE)
    assert await world.discord.core.until(lambda: asked.reactions or None, PATIENCE_S)
    more = await world.mention(WHERE, world.manager)
    assert await world.discord.core.until(lambda: more.reactions or None, PATIENCE_S)
    line = await world.discord.reply_to(asked)
    assert "Discord let me write nothing here for a minute" in line.text
    sent = [one for one in world.discord.requests if re.search(POSTS, one.path)]
    assert [one.time - start_s > 2.9 for one in sent] == [True]
    assert not world.discord.ledger().lost
    later = await world.mention(WHERE, meet(world, "new"))
    assert ENDS in (await world.discord.reply_to(later)).text


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_ten_minutes_that_discord_wants_are_not_broken_into(world: World) -> None:
    """As it really is, but for 100 seconds: longer than an answer is worth waiting for."""
    await world.start()
    world.discord.fail(429, method="POST", path=POSTS, retry_after_s=100)
    asked = await world.mention(WHERE)
    assert await world.discord.core.until(lambda: asked.reactions or None, PATIENCE_S)
    more = await world.mention(WHERE, world.manager)
    assert await world.discord.core.until(lambda: more.reactions or None, PATIENCE_S)
    line = await world.discord.reply_to(asked, 200)
    assert "Discord let me write nothing here for 2 minutes" in line.text
    assert not world.discord.ledger().lost


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_thirty_in_twenty_seconds_in_one_channel(world: World) -> None:
    """Thirty people mention the bot: what is answered is answered before ten seconds or so are
    over, a refusal comes before the time that it names, and everybody has one or the other.
    """
    await world.start()
    users = [meet(world, f"reader{number}") for number in range(30)]
    for user in users:
        await world.mention(WHERE, user)
        await asyncio.sleep(0.6)
    assert await world.discord.stays_silent(world.channel, 20) is False
    await asyncio.sleep(20)
    ledger = world.discord.ledger()
    assert ledger.is_exact()
    answered = [entry for entry in ledger.entries if entry.answers]
    for entry in answered:
        (said,) = entry.answers
        assert isinstance(entry.question, Message)
        found = re.search(r"<t:(\d+):R>", said.text)
        if found is not None:
            assert written_s(said) < int(found[1])
        else:
            assert written_s(said) - written_s(entry.question) < 12
    assert len(answered) >= 15
    # discord.py may be early by a hair where a window of Discord's ends.
    assert world.discord.core.invalid_requests <= 5


async def test_who_types_very_much_is_offered_nothing_for_a_while(own_guild: World) -> None:
    """Others are; Discord gets no answer to what is too much."""
    asker = own_guild.member, own_guild.channel, "ask"
    offers = [await own_guild.discord.start_autocomplete(*asker, question="sou") for _ in range(60)]
    assert await own_guild.discord.autocomplete(
        own_guild.manager, own_guild.channel, "ask", question="sou"
    )
    assert ENDS in (await own_guild.ask(WHERE)).text
    assert 1 <= sum(one.shown_choices is not None for one in offers) <= 40
