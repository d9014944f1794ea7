"""What is overheard is answered or passed over, and costs nobody an answer."""

from pathlib import Path

import discord
import pytest
from conftest import World, serving_here

from bot.chat.dispatcher import Dispatcher
from bot.chat.message_server import AskingMessage
from bot.chat.reply import Reply
from bot.chat.state.cooldowns import Cooldown
from bot.settings import Settings

LONG = Cooldown(channel_s=3600)
RISES = "It rises near Marn."


async def say(world: World, dispatcher: Dispatcher, text: str) -> discord.Message:
    """Say something in the channel; give it as the bot has it."""
    said = await world.discord.say(world.member, world.channel, text)
    guild = dispatcher.direct_readers.find_guild(world.guild.id)
    assert guild is not None
    channel = guild.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.fetch_message(said.id)


async def test_what_is_overheard_keeps_nobody_waiting_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cooldown begins with what is said: who asks while something overheard is looked up is
    answered, and that is passed over then. What fails there is not told.
    """

    async def answer() -> Reply:
        return Reply(RISES)

    async def fail() -> Reply:
        raise RuntimeError

    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, dispatcher):
        overheard = await say(world, dispatcher, "where does it rise?")
        asked = await say(world, dispatcher, "where does the Orrin rise?")
        broken = await say(world, dispatcher, "and where does it end?")

        async def answer_later() -> Reply:
            asking = AskingMessage(asked, asked, cooldown=LONG)
            await dispatcher.serve_message(asking, answer)
            return Reply(RISES)

        for message, handler in ((broken, fail), (overheard, answer_later)):
            asking = AskingMessage(message, message, is_overheard=True, cooldown=LONG)
            await dispatcher.serve_message(asking, handler)
        (said,) = world.discord.messages(world.channel, by=world.discord.bot_user)
        assert said.text.startswith(RISES)
        assert said.reply_to is not None
        assert said.reply_to.id == asked.id
