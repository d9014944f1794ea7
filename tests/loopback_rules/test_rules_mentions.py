"""Who is really notified, what the bot may read, and how many answers each question has."""

from typing import Any

import pytest
from loopback import Message, Permission
from plain_bot import Scene, scene

pytestmark = pytest.mark.asyncio


async def pinged(stage: Scene, **body: Any) -> set[str]:
    """Send a message that mentions everybody there is; name those whom it notifies."""
    role = next((one for one in stage.guild.roles if one.name == "open"), None)
    role = role or stage.discord.add_role(stage.guild, "open", mentionable=True)
    closed = next((one for one in stage.guild.roles if one.name == "closed"), None)
    closed = closed or stage.discord.add_role(stage.guild, "closed")
    text = f"@everyone {stage.bob.mention} {role.mention} {closed.mention}"
    message = await stage.posted(content=text, **body)
    names = {"bob"} if stage.bob.id in message.pings.users else set()
    names |= {"ada"} if stage.ada.id in message.pings.users else set()
    names |= {"open"} if role.id in message.pings.roles else set()
    names |= {"closed"} if closed.id in message.pings.roles else set()
    return names | ({"everyone"} if message.pings.everyone else set())


@pytest.mark.parametrize(
    ("allowed", "names"),
    [
        (None, {"bob", "open"}),
        ({"parse": []}, set()),
        ({"parse": ["everyone"]}, set()),
        ({"parse": ["users"]}, {"bob"}),
        ({"parse": ["roles"]}, {"open"}),
        ({"parse": [], "users": ["5"]}, set()),
    ],
)
async def test_allowed_mentions_decide_who_is_notified(allowed: Any, names: set[str]) -> None:
    """Without them everybody is whom the bot may mention; @everyone needs the permission."""
    async with scene() as stage:
        assert (
            await pinged(stage, **({"allowed_mentions": allowed} if allowed is not None else {}))
            == names
        )


async def test_a_bot_that_may_mention_everyone_does() -> None:
    """With the permission @everyone and every role is notified, unless it is told not to."""
    async with scene() as stage:
        stage.discord.overwrite(stage.channel, stage.guild, allow=Permission.MENTION_EVERYONE)
        assert await pinged(stage) == {"bob", "open", "closed", "everyone"}
        assert await pinged(stage, allowed_mentions={"parse": []}) == set()


async def test_a_reply_notifies_unless_told_not_to() -> None:
    """Without allowed_mentions the one who is answered is notified; with them only by
    replied_user.
    """
    async with scene() as stage:
        question = await stage.discord.say(stage.ada, stage.channel, "when?")
        reference = {"message_reference": {"message_id": str(question.id)}}
        assert "ada" in await pinged(stage, **reference)
        assert await pinged(stage, **reference, allowed_mentions={"parse": []}) == set()
        assert await pinged(
            stage, **reference, allowed_mentions={"parse": [], "replied_user": True}
        ) == {"ada"}


async def test_an_answer_to_a_command_notifies_users_only() -> None:
    """Also through a text display; an embed notifies nobody."""
    async with scene() as stage:
        asked = await stage.asked()
        display = {"type": 10, "content": f"@everyone {stage.bob.mention}"}
        await stage.bot.respond(asked, 4, {"flags": 1 << 15, "components": [display]})
        assert (await asked.answer()).pings.users == {stage.bob.id}
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"embeds": [{"description": stage.bob.mention}]})
        assert not (await asked.answer()).pings


async def test_what_the_bot_may_not_read_is_blank() -> None:
    """Others' messages are; not mentions, ping-replies, direct messages, its own and the target of
    a menu.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        discord, me = stage.discord, stage.discord.bot_user
        role = stage.guild.bot_role
        own = await stage.posted(content="mine")
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "to a command"})
        answer = await asked.answer()
        direct = discord.open_dm(stage.ada)
        messages: dict[str, Message] = {
            "plain": await discord.say(stage.ada, stage.channel, "text"),
            "mention": await discord.say(stage.ada, stage.channel, f"{me.mention} text"),
            "role": await discord.say(stage.ada, stage.channel, "text", role_mention=role),
            "reply": await discord.say(stage.ada, stage.channel, "text", reply_to=own),
            "quiet reply": await discord.say(
                stage.ada, stage.channel, "text", reply_to=own, ping=False
            ),
            "reply to a command": await discord.say(
                stage.ada, stage.channel, "text", reply_to=answer
            ),
            "webhook": await discord.say(stage.ada, stage.channel, "text", webhook=True),
            "direct": await discord.say(stage.ada, direct, "text"),
            "own": own,
        }
        sent = {event.data["id"]: event.data for event in discord.events("MESSAGE_CREATE")}
        _, history = await stage.bot.ask("GET", f"/channels/{stage.channel.id}/messages")
        _, directly = await stage.bot.ask("GET", f"/channels/{direct.id}/messages")
        fetched = {message["id"]: message for message in [*history, *directly]}
        readable = {"mention", "reply", "direct", "own"}
        for seen in (sent, fetched):
            assert {
                name for name, one in messages.items() if seen[str(one.id)]["content"]
            } == readable
        assert sent[str(messages["reply"].id)]["referenced_message"]["content"] == "mine"


async def test_a_reply_shows_no_more_of_the_message_than_that_itself() -> None:
    """The referenced message is blank too; an edit as well."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        secret = await stage.discord.say(stage.bob, stage.channel, "a secret")
        await stage.discord.say(
            stage.ada, stage.channel, f"{stage.discord.bot_user.mention} see", reply_to=secret
        )
        assert (
            stage.discord.events("MESSAGE_CREATE")[-1].data["referenced_message"]["content"] == ""
        )
        await stage.discord.edit(secret, "another secret")
        assert stage.discord.events("MESSAGE_UPDATE")[-1].data["content"] == ""


async def test_with_the_intent_everything_is_read() -> None:
    """The application has it and asks for it; history is open then too."""
    async with scene("message_content") as stage, stage.bot.connect() as gateway:
        await gateway.identify(4609 | 1 << 15)
        await gateway.until("GUILD_CREATE")
        await stage.discord.say(stage.ada, stage.channel, "text")
        assert stage.discord.events("MESSAGE_CREATE")[0].data["content"] == "text"
        assert (await stage.bot.ask("GET", f"/channels/{stage.channel.id}/messages"))[1][0][
            "content"
        ] == "text"


async def test_the_ledger_counts_the_answers_of_each_question() -> None:
    """Lost, single and double answers of mentions, direct messages and commands."""
    async with scene() as stage:
        discord = stage.discord
        chatter = await discord.say(stage.ada, stage.channel, "not to the bot")
        question = await discord.say(stage.ada, stage.channel, f"{discord.bot_user.mention} when?")
        direct = await discord.say(stage.ada, discord.open_dm(stage.ada), "hello")
        asked = await stage.asked()
        assert set(discord.ledger().lost) == {question, direct, asked}
        reply = {"content": "now", "message_reference": {"message_id": str(question.id)}}
        for _ in range(2):
            await stage.bot.send(stage.channel, reply)
        await stage.bot.send(direct.channel, {"content": "hello"})
        await stage.bot.respond(asked, 4, {"content": "now"})
        assert discord.ledger().counts == {question.id: 2, direct.id: 1, asked.id: 1}
        assert (discord.ledger().doubled, discord.ledger().lost, discord.ledger().is_exact()) == (
            [question],
            [],
            False,
        )
        assert discord.answers_to(chatter) == []
        await discord.answered(3, within_s=0.1)


async def test_the_ledger_knows_who_was_told_to_wait() -> None:
    """A line to somebody covers what they ask until its time is over; one about the channel covers
    all that is asked there; a mark tells as well.
    """
    async with scene() as stage:
        discord, bot = stage.discord, stage.discord.bot_user.mention
        cleo = discord.add_user("cleo")
        discord.add_member(stage.guild, cleo)
        first = await discord.say(stage.ada, stage.channel, f"{bot} when?")
        until = int(discord.clock.now()) + 60
        reply = {
            "content": f"Too much. Try again <t:{until}:R>.",
            "message_reference": {"message_id": str(first.id)},
        }
        await stage.bot.send(stage.channel, reply)
        await discord.say(stage.ada, stage.channel, f"{bot} where?")
        other = await discord.say(cleo, stage.channel, f"{bot} where?")
        assert discord.ledger().lost == [other]
        reply["content"] = f"Too much in this channel. Try again <t:{until}:R>."
        reply["message_reference"] = {"message_id": str(other.id)}
        await stage.bot.send(stage.channel, reply)
        await discord.say(stage.ada, stage.channel, f"{bot} who?")
        assert discord.ledger().is_exact()
        discord.clock.advance(61)
        later = await discord.say(stage.ada, stage.channel, f"{bot} why?")
        assert discord.ledger().lost == [later]
        mark = f"/channels/{stage.channel.id}/messages/{later.id}/reactions/x/@me"
        await stage.bot.ask("PUT", mark)
        assert discord.ledger().is_exact()


@pytest.mark.parametrize("mentionable", [False, True])
async def test_a_named_role_is_notified_if_the_bot_may_mention_it(mentionable: bool) -> None:  # noqa: FBT001
    """It must be mentionable or the bot may mention everyone; one that is not named, or not there,
    is left alone.
    """
    async with scene() as stage:
        role, other = (
            stage.discord.add_role(stage.guild, name, mentionable=mentionable)
            for name in ("a", "b")
        )
        display = {"type": 10, "content": f"{role.mention} {other.mention}"}
        body = {"flags": 1 << 15, "components": [display]}

        async def notified(number: int) -> set[int]:
            message = await stage.posted(
                **body, allowed_mentions={"parse": [], "roles": [str(number)]}
            )
            return set(message.pings.roles)

        assert await notified(role.id) == ({role.id} if mentionable else set())
        assert await notified(5) == set()
        stage.discord.overwrite(
            stage.channel, stage.discord.bot_user, allow=Permission.MENTION_EVERYONE
        )
        assert await notified(role.id) == {role.id}
        assert stage.discord.offences == []


async def test_an_edit_notifies_nobody() -> None:
    """What was notified stays so; a mention that is added or taken away changes nothing."""
    async with scene() as stage:
        everyone = {"allowed_mentions": {"parse": ["users"]}}
        for before, after, pinged in (
            ("", stage.bob.mention, set()),
            (stage.bob.mention, "", {stage.bob.id}),
        ):
            message = await stage.posted(content=f"x {before}", **everyone)
            path = f"/channels/{stage.channel.id}/messages/{message.id}"
            assert (await stage.bot.ask("PATCH", path, {"content": f"y {after}", **everyone}))[
                0
            ] == 200
            assert message.pings.users == pinged
            assert not stage.discord.requests[-1].pings
