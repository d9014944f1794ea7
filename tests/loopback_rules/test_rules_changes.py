"""Messages that change or go: what the bot is told of it, and how a test waits for what the bot
does.
"""

import asyncio
from typing import Any

import pytest
from loopback import NoAnswerError, NotOfferedError
from plain_bot import Scene, scene

pytestmark = pytest.mark.asyncio


def last(stage: Scene, kind: str = "MESSAGE_UPDATE") -> dict[str, Any]:
    """Give the data of the last event of a type."""
    data: dict[str, Any] = stage.discord.events(kind)[-1].data
    return data


async def test_an_edit_brings_the_words_while_the_bot_is_mentioned() -> None:
    """Once a mention is added they come, once it is taken away they are blank; each edit has its
    time.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        said = await stage.discord.say(stage.ada, stage.channel, "when?")
        mention = stage.discord.bot_user.mention
        times = []
        for content, read in (
            (f"{mention} when?", f"{mention} when?"),
            ("never mind", ""),
            ("what?", ""),
        ):
            await stage.discord.edit(said, content)
            assert (last(stage)["content"], last(stage)["id"]) == (read, str(said.id))
            times.append(last(stage)["edited_timestamp"])
        assert times == sorted(set(times))
        assert said.revisions == ["when?", f"{mention} when?", "never mind"]
        assert stage.discord.ledger().entries == []


async def test_an_edited_reply_pings_as_before() -> None:
    """A reply with a ping is still read after an edit, one without still is not."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        own = await stage.posted()
        for ping, read in ((True, "better"), (False, "")):
            reply = await stage.discord.say(
                stage.ada, stage.channel, "good", reply_to=own, ping=ping
            )
            await stage.discord.edit(reply, "better")
            assert last(stage)["content"] == read


async def test_a_link_that_is_shown_is_no_edit() -> None:
    """The update has an embed more and the edit time that it had, none or the last."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        content = f"{stage.discord.bot_user.mention} https://example.org/"
        said = await stage.discord.say(stage.ada, stage.channel, content)
        await stage.discord.unfurl(said)
        assert (last(stage)["edited_timestamp"], last(stage)["content"]) == (None, content)
        assert [embed["type"] for embed in last(stage)["embeds"]] == ["link"]
        await stage.discord.edit(said, f"{content} when?")
        when = last(stage)["edited_timestamp"]
        await stage.discord.unfurl(said)
        assert last(stage)["edited_timestamp"] == when
        assert said.revisions == [content]


async def test_messages_can_go_together() -> None:
    """One event names them all; those of other channels and ephemeral ones stay."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        said = [
            await stage.discord.say(stage.ada, stage.channel, str(number)) for number in range(3)
        ]
        other = await stage.discord.say(
            stage.ada, stage.discord.add_text_channel(stage.guild, "other"), "x"
        )
        await stage.discord.delete_bulk(stage.channel, [*said[:2], other])
        assert last(stage, "MESSAGE_DELETE_BULK") == {
            "ids": [str(message.id) for message in said[:2]],
            "channel_id": str(stage.channel.id),
            "guild_id": str(stage.guild.id),
        }
        assert stage.discord.messages(stage.channel) == said[2:]
        assert not other.deleted
        assert stage.discord.events("MESSAGE_DELETE") == []
        path = f"/channels/{stage.channel.id}/messages/{said[0].id}"
        assert (await stage.bot.ask("GET", path))[1]["code"] == 10008


async def test_what_is_gone_cannot_be_changed() -> None:
    """Nobody edits a deleted message, and no link of it is shown."""
    async with scene() as stage:
        said = await stage.discord.say(stage.ada, stage.channel, "when?")
        await stage.discord.delete(said)
        with pytest.raises(NotOfferedError):
            await stage.discord.edit(said, "x")
        with pytest.raises(NotOfferedError):
            await stage.discord.unfurl(said)


async def test_an_edit_is_waited_for_once() -> None:
    """It may come before or while one waits; the next wait is for the next edit; without one there
    is an error.
    """
    async with scene() as stage:
        own = await stage.posted(content="first")
        path = f"/channels/{stage.channel.id}/messages/{own.id}"
        with pytest.raises(NoAnswerError, match="not edited"):
            await stage.discord.edited(own, within_s=0.01)
        await stage.bot.ask("PATCH", path, {"content": "second"})
        assert (await stage.discord.edited(own)).content == "second"
        with pytest.raises(NoAnswerError):
            await stage.discord.edited(own, within_s=0.01)
        waiting = asyncio.create_task(stage.discord.edited(own))
        await asyncio.sleep(0)
        await stage.bot.ask("PATCH", path, {"content": "third"})
        assert (await waiting).content == "third"
        await stage.discord.unfurl(own)
        with pytest.raises(NoAnswerError):
            await stage.discord.edited(own, within_s=0.01)


async def test_a_deferred_answer_that_is_filled_in_was_not_edited() -> None:
    """Its first words are its first; only what follows counts."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 5)
        await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": "first"})
        answer = await asked.answer()
        with pytest.raises(NoAnswerError):
            await stage.discord.edited(answer, within_s=0.01)
        await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": "second"})
        assert (await stage.discord.edited(answer)).text == "second"


async def test_the_end_of_a_message_is_waited_for() -> None:
    """Deleted through the channel or through an interaction; one that stays is an error."""
    async with scene() as stage:
        own = await stage.posted()
        with pytest.raises(NoAnswerError, match="not deleted"):
            await stage.discord.deleted(own, within_s=0.01)
        waiting = asyncio.create_task(stage.discord.deleted(own))
        await asyncio.sleep(0)
        await stage.bot.ask("DELETE", f"/channels/{stage.channel.id}/messages/{own.id}")
        assert await waiting is own
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x", "flags": 64})
        await stage.bot.hook("DELETE", asked, "/messages/@original")
        assert (await stage.discord.deleted(asked.original or own)).ephemeral


async def test_private_messages_are_those_of_one_person() -> None:
    """Everything ephemeral that is there and says something, for nobody else."""
    async with scene() as stage:
        for kind, data in (
            (4, {"content": "one", "flags": 64}),
            (4, {"content": "for all"}),
            (5, {"flags": 64}),
        ):
            await stage.bot.respond(await stage.asked(), kind, data)
        [only] = stage.discord.private_messages(stage.ada, stage.channel)
        assert only.text == "one"
        assert stage.discord.private_messages(stage.bob, stage.channel) == []
