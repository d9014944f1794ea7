"""What could go unanswered without a word: each question has its answer or its line, once."""

import re

import pytest
from conftest import World
from loopback.clock import PATIENCE_S
from loopback.errors import NoAnswerError
from loopback.payloads import guild_json
from loopback.permissions import Permission
from loopback.state import Channel, Message

WHERE = "where does the Orrin end?"
RISE = "where does the Orrin rise?"
ENDS, RISES = "ends at Lisk", "rises near Marn"


async def change(world: World, message: Message, content: str, *, mention: bool = True) -> None:
    """Edit a message; with the bot's mention before it, unless it is to go."""
    bot = f"{world.discord.bot_user.mention} " if mention else ""
    await world.discord.edit(message, bot + content)


async def ask_removed(world: World) -> tuple[Message, Message]:
    """Ask, and remove the answer; give the question and what is gone."""
    asked = await world.mention(WHERE)
    answer = await world.discord.reply_to(asked)
    await world.discord.press(world.member, answer, "More")
    await world.discord.edited(answer)
    await world.discord.press(world.member, answer, "Remove")
    return asked, await world.discord.deleted(answer)


def count_replies(world: World) -> int:
    """Count what the bot says in the channel now."""
    return len(world.discord.messages(world.channel, by=world.discord.bot_user))


async def test_a_mention_that_is_edited_away_and_back_is_answered(own_guild: World) -> None:
    """As often as that is done: the answer goes with the mention and comes with it."""
    asked = await own_guild.mention(WHERE)
    for _ in range(2):
        answer = await own_guild.discord.reply_to(asked)
        await change(own_guild, asked, WHERE, mention=False)
        await own_guild.discord.deleted(answer)
        await change(own_guild, asked, WHERE)
    assert ENDS in (await own_guild.discord.reply_to(asked)).text
    assert count_replies(own_guild) == 1


async def test_an_edit_that_is_told_twice_is_answered_once(own_guild: World) -> None:
    """Discord tells of an edit again when it unfolds a page, or when a session is resumed."""
    asked = await own_guild.mention(WHERE)
    answer = await own_guild.discord.reply_to(asked)
    await change(own_guild, asked, WHERE, mention=False)
    await own_guild.discord.deleted(answer)
    await change(own_guild, asked, WHERE)
    await own_guild.discord.unfurl(asked)
    await own_guild.discord.repeat(own_guild.discord.events("MESSAGE_UPDATE")[-1])
    assert ENDS in (await own_guild.discord.reply_to(asked)).text
    assert ENDS in (await own_guild.ask(WHERE)).text
    assert len(own_guild.discord.answers_to(asked)) == 1


async def test_a_question_whose_answer_was_removed_is_answered_anew(own_guild: World) -> None:
    """If it is edited to ask something else; what changes nothing leaves it alone."""
    asked, _ = await ask_removed(own_guild)
    await change(own_guild, asked, f"  {WHERE}")
    assert await own_guild.discord.stays_silent(own_guild.channel)
    await change(own_guild, asked, RISE)
    answer = await own_guild.discord.reply_to(asked)
    assert RISES in answer.text
    await change(own_guild, asked, WHERE)
    await own_guild.discord.edited(answer)
    assert ENDS in answer.text
    assert own_guild.discord.answers_to(asked) == [answer]


async def test_after_a_restart_a_removed_answer_is_written_anew(world: World) -> None:
    """Nothing is known of it then, and its nonce is used up."""
    await world.start()
    asked, _ = await ask_removed(world)
    await world.restart()
    await change(world, asked, RISE)
    assert RISES in (await world.discord.reply_to(asked)).text
    assert world.discord.ledger().is_exact()


async def test_who_points_to_an_answered_question_is_led_to_the_answer(own_guild: World) -> None:
    """Each who does has a line of their own; where the answer was removed, there is a new one."""
    discord, bot = own_guild.discord, own_guild.discord.bot_user.mention
    asked = await own_guild.mention(WHERE)
    answer = await discord.reply_to(asked)
    for user in (own_guild.manager, own_guild.member):
        pointing = await discord.say(user, own_guild.channel, f"{bot} this", reply_to=asked)
        told = (await discord.reply_to(pointing)).text
        place = f"{own_guild.guild.id}/{own_guild.channel.id}/{answer.id}"
        assert told == f"I answered that already: https://discord.com/channels/{place}"
    await discord.press(own_guild.member, answer, "More")
    await discord.edited(answer)
    await discord.press(own_guild.member, answer, "Remove")
    await discord.deleted(answer)
    await discord.say(own_guild.manager, own_guild.channel, f"{bot} this", reply_to=asked)
    assert ENDS in (await discord.reply_to(asked)).text


@pytest.mark.slow
async def test_two_who_point_to_one_question_at_once(world: World) -> None:
    """One answer to the question, and a line for the other; also after a restart."""
    await world.start()
    discord, bot = world.discord, world.discord.bot_user.mention
    asked = await world.mention(WHERE)
    first = await discord.say(world.manager, world.channel, f"{bot} this", reply_to=asked)
    assert ENDS in (await discord.reply_to(asked)).text
    assert "answered that already" in (await discord.reply_to(first)).text
    await world.restart()
    second = await discord.say(world.manager, world.channel, f"{bot} this", reply_to=asked)
    assert "answered that already" in (await discord.reply_to(second)).text
    assert discord.ledger().is_exact()


async def test_who_pointed_and_then_asks_is_answered(own_guild: World) -> None:
    """An edit makes a question of what pointed to another one; the other's answer stays."""
    discord, bot = own_guild.discord, own_guild.discord.bot_user.mention
    asked = await own_guild.mention(WHERE)
    answer = await discord.reply_to(asked)
    pointing = await discord.say(
        own_guild.manager, own_guild.channel, f"{bot} this", reply_to=asked
    )
    line = await discord.reply_to(pointing)
    await change(own_guild, pointing, RISE)
    await discord.edited(line)
    assert RISES in line.text
    assert ENDS in answer.text
    assert len(discord.answers_to(pointing)) == 1


async def begin_thread(world: World) -> Channel:
    """Ask in a channel that is answered in threads; give the thread."""
    world.settings = f"message_content: true\nthread_channels: {world.channel.id}\n"
    await world.start()
    asked = await world.mention("Who built the first bridge over the Orrin?")
    thread = await world.discord.thread_from(asked)
    assert "1844" in (await world.discord.wait_for(thread)).text
    return thread


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_in_its_own_thread_nobody_needs_to_mention_the_bot(world: World) -> None:
    """With the intent: who talks with it goes on, others ask; what people say to each other or
    without asking is left alone.
    """
    thread = await begin_thread(world)
    discord = world.discord
    more = await discord.say(world.member, thread, "and when did it fall?")
    answer = await discord.reply_to(more)
    assert "Following up “Who built" in answer.text
    assert "1901" in answer.text
    other = await discord.say(world.manager, thread, WHERE)
    assert ENDS in (await discord.reply_to(other)).text
    vain = await discord.say(world.manager, thread, "How do I fry doughnuts?")
    assert "do not answer" in (await discord.reply_to(vain)).text
    stranger = discord.add_user("new")
    discord.add_member(world.guild, stranger)
    await discord.say(stranger, thread, "Let us meet at noon tomorrow.")
    await discord.say(stranger, thread, f"{world.member.mention} {WHERE}")
    await discord.say(stranger, thread, WHERE, reply_to=more)
    assert await discord.stays_silent(thread), [one.text for one in thread.messages[-4:]]
    assert discord.ledger().is_exact()


async def test_without_the_intent_a_thread_is_not_read(world: World) -> None:
    """The settings do not say that it may be; nothing is said to what can't be read."""
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    thread = await world.discord.thread_from(await world.mention(WHERE))
    await world.discord.wait_for(thread)
    await world.discord.say(world.member, thread, RISE)
    assert await world.discord.stays_silent(thread)


async def test_where_the_bot_may_not_write_those_who_can_mend_it_are_told_once(
    world: World,
) -> None:
    """The question is marked, the log names the channel, moderators read of it, and the status
    lists it until it is mended.
    """
    discord, role = world.discord, world.guild.bot_role
    assert role is not None
    quiet = discord.add_text_channel(world.guild, "quiet")
    office = world.guild.updates_channel = discord.add_text_channel(world.guild, "office")
    discord.overwrite(quiet, role, deny=Permission.SEND_MESSAGES)
    await world.start()
    bot = discord.bot_user.mention
    asked = [await discord.say(world.member, quiet, f"{bot} {WHERE}") for _ in range(2)]
    told = await discord.wait_for(office)
    assert quiet.mention in told.text
    assert "*Send Messages*" in told.text
    assert not told.pings
    assert await discord.core.until(lambda: asked[-1].reactions or None, PATIENCE_S)
    for one in asked:
        assert one.reactions == ["\N{SPEAKER WITH CANCELLATION STROKE}"]
    assert await discord.stays_silent(office)
    assert not discord.ledger().lost
    locked = discord.add_thread(world.channel, "old")
    discord.archive(locked, locked=True)
    await discord.say(world.guild.owner, locked, f"{bot} {WHERE}")
    told = await discord.wait_for(office)
    assert locked.mention in told.text
    assert "*Manage Threads*" in told.text
    discord.delete_channel(locked)
    status = (await world.use("kb status", world.manager)).text
    assert "#quiet (lacking Send Messages)" in status
    discord.overwrite(quiet, role)
    mended = await discord.say(world.member, quiet, f"{bot} {WHERE}")
    assert ENDS in (await discord.reply_to(mended)).text
    assert "quiet" not in (await world.use("kb status", world.manager)).text
    assert await world.stop() == 0
    # discord.py names the channel too, where two marks in a row have to wait.
    (line,) = [one for one in world.log if "asked and lacks" in one and str(quiet.id) in one]
    assert "send_messages" in line
    # It was known without asking Discord in vain.
    assert discord.core.invalid_requests == 0


@pytest.mark.slow
async def test_a_missing_permission_is_told_once_a_day_over_restarts(world: World) -> None:
    """A restart tells nobody again; a day later it is told anew, in the same run or in another."""
    discord, role = world.discord, world.guild.bot_role
    assert role is not None
    quiet = discord.add_text_channel(world.guild, "quiet")
    office = world.guild.updates_channel = discord.add_text_channel(world.guild, "office")
    discord.overwrite(quiet, role, deny=Permission.SEND_MESSAGES)

    async def ask() -> None:
        asked = await discord.say(world.member, quiet, f"{discord.bot_user.mention} {WHERE}")
        assert await discord.core.until(lambda: asked.reactions or None, PATIENCE_S)

    await world.start()
    await ask()
    assert quiet.mention in (await discord.wait_for(office)).text
    others = [discord.add_text_channel(world.guild, f"other{number}") for number in range(5)]
    for other in others:
        discord.overwrite(other, role, deny=Permission.SEND_MESSAGES)
    with discord.at_once():
        for other in others:
            await discord.say(world.member, other, f"{discord.bot_user.mention} {WHERE}")
    for _ in others:
        await discord.wait_for(office)
    await world.restart()
    for other in others:
        await discord.say(world.member, other, f"{discord.bot_user.mention} {WHERE}")
    await ask()
    assert await discord.stays_silent(office)
    assert "#quiet" in (await world.use("kb status", world.manager)).text
    for _ in range(2):
        assert await world.stop() == 0
        discord.clock.advance(24 * 3600)
        await world.start()
        await ask()
        assert quiet.mention in (await discord.wait_for(office)).text
    kept = (world.folder.parent / "records" / "told.json").read_text("utf-8")
    assert str(quiet.id) not in kept


@pytest.mark.slow
async def test_what_discord_alone_knows_to_be_forbidden_is_told_as_well(world: World) -> None:
    """A permission that was taken away without the bot's being told of it."""
    await world.start()
    discord = world.discord
    office = world.guild.system_channel = discord.add_text_channel(world.guild, "office")
    discord.core.gateway.dispatch(
        "GUILD_UPDATE",
        lambda _: {
            key: value
            for key, value in discord_guild(world).items()
            if key not in {"channels", "threads", "members"}
        },
        guild=world.guild,
        intent="guilds",
    )
    assert world.guild.bot_role is not None
    world.channel.overwrites[world.guild.bot_role.id] = (
        Permission(0),
        Permission.SEND_MESSAGES,
    )
    asked = await world.mention(WHERE)
    told = await discord.wait_for(office)
    assert world.channel.mention in told.text
    assert asked.reactions
    (refused,) = discord.offences
    assert "50013" in refused
    discord.offences.clear()
    assert not re.search("Traceback", "".join(world.log))


def discord_guild(world: World) -> dict[str, object]:
    """Give the server as Discord describes it."""
    return guild_json(world.discord.world, world.guild)


@pytest.mark.slow
async def test_a_clock_that_is_an_hour_ahead_changes_nothing(world: World) -> None:
    """Discord's is the one that counts: edits are followed, refusals name the right time."""
    world.discord.clock.advance(-3600)
    world.settings = "questions_per_person: 1\n"
    await world.start()
    asked = await world.mention(WHERE)
    answer = await world.discord.reply_to(asked)
    await change(world, asked, RISE)
    await world.discord.edited(answer)
    assert RISES in answer.text
    refusal = await world.discord.reply_to(await world.mention(WHERE))
    found = re.search(r"<t:(\d+):R>", refusal.text)
    assert found is not None
    assert 0 < int(found[1]) - world.discord.clock.now() < 30
    with pytest.raises(NoAnswerError):
        await world.discord.deleted(answer, 0.2)
