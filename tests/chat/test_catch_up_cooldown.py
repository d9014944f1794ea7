"""What is missed where a cooldown is set is answered when that is over, or told how long to wait."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
from conftest import World, serving_here
from loopback.state import Channel, Message
from opened_records import opened

from bot.chat.channel_settings import PlaceIds
from bot.chat.dispatcher import Dispatcher
from bot.settings import Settings

WHERE = "where does the Orrin end?"


@dataclass(frozen=True, slots=True)
class Cooling:
    """A channel in which somebody was answered some time ago, and the bot of its server."""

    world: World
    dispatcher: Dispatcher
    channel: Channel
    # A new session is begun when this is set.
    may_return: asyncio.Event

    async def begin(self, cooldown_s: int) -> None:
        """Set a cooldown for all there, and let somebody have been answered just now."""
        place = PlaceIds(self.world.guild.id, self.channel.id)
        kept = self.dispatcher.channel_settings
        await kept.change(place, "channel_cooldown", lambda _: cooldown_s)
        user_id, now_s = self.world.member.id, time.monotonic()
        self.dispatcher.admission.cooldowns.begin(now_s, user_id, self.channel.id)

    def end(self) -> None:
        """Let the cooldown be over."""
        user_id = self.world.member.id
        self.dispatcher.admission.cooldowns.take_back(user_id, self.channel.id)

    async def ask_while_away(self, *questions: str) -> list[Message]:
        """Ask there while nobody listens; give it when what was asked elsewhere was answered."""
        discord = self.world.discord
        mention, member = discord.bot_user.mention, self.world.member
        self.may_return.clear()
        await discord.cut("invalid session")
        elsewhere = await discord.say(member, self.world.channel, f"{mention} {WHERE}")
        asked = [
            await discord.say(member, self.channel, f"{mention} {question}")
            for question in questions
        ]
        self.may_return.set()
        assert "Lisk" in (await discord.reply_to(elsewhere)).text
        return asked


@pytest.fixture
async def cooling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Cooling]:
    """Give a channel, and a bot that comes back only when it may."""
    may_return = asyncio.Event()
    may_return.set()

    async def wait(*_: object, **__: object) -> None:
        await may_return.wait()

    monkeypatch.setattr(discord.Client, "before_identify_hook", wait)
    settings = Settings(records=tmp_path / "records")
    async with (
        opened(tmp_path / "records") as records,
        serving_here(tmp_path, monkeypatch, settings, records) as (world, dispatcher),
    ):
        channel = world.discord.add_text_channel(world.guild, "cooling")
        yield Cooling(world, dispatcher, channel, may_return)


async def test_a_missed_question_is_answered_when_the_cooldown_is_over(cooling: Cooling) -> None:
    """And not refused before that."""
    await cooling.begin(300)
    (asked,) = await cooling.ask_while_away(WHERE)
    cooling.end()
    assert "Lisk" in (await cooling.world.discord.reply_to(asked)).text
    assert len(cooling.world.discord.answers_to(asked)) == 1


async def test_who_would_be_left_before_the_end_of_the_cooldown_is_told(cooling: Cooling) -> None:
    """Once, for all that was asked meanwhile."""
    await cooling.begin(3_600)
    first, second = await cooling.ask_while_away(WHERE, WHERE)
    assert "<t:" in (await cooling.world.discord.reply_to(first)).text
    assert cooling.world.discord.answers_to(second) == []


async def test_nothing_is_read_for_a_question_that_has_to_wait(cooling: Cooling) -> None:
    """It is looked at again and again, for minutes perhaps."""
    world, dispatcher, channel = cooling.world, cooling.dispatcher, cooling.channel
    discord, member = world.discord, world.member
    question = f"{discord.bot_user.mention} {WHERE}"
    await discord.reply_to(await discord.say(member, channel, question))
    place = PlaceIds(world.guild.id, channel.id)
    await dispatcher.channel_settings.change(place, "person_cooldown", lambda _: 300)
    dispatcher.conversations.forget(member.id)
    cooling.may_return.clear()
    await discord.cut("invalid session")
    asked = await discord.say(member, channel, question)
    behind = await discord.say(world.manager, channel, question)
    cooling.may_return.set()
    await discord.reply_to(behind)
    # So the one before it was looked at.
    who = channel.id, member.id, False
    assert dispatcher.conversations.recall(who, time.monotonic()) is None
    cooling.end()
    assert "Lisk" in (await discord.reply_to(asked)).text
