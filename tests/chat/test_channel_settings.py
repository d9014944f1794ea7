"""What those who manage a server set for it and its channels: panels, and what holds after them."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from conftest import World, ask_in_vain
from loopback.clock import PATIENCE_S
from loopback.errors import NotOfferedError
from loopback.permissions import Permission
from loopback.state import Channel, Message, Role, User

QUESTION = "where does the Orrin rise?"
ANSWER = "rises near Marn"
UNKNOWN = "what is the price of butter?"
ASK_HUMAN = "Ask a human"
FAINT = "is the river happy about the herons?"


async def panel(world: World, channel: Channel | None = None, user: User | None = None) -> Message:
    """Open the panel of a channel."""
    named = {"channel": channel} if channel else {}
    return await world.use("kb channel", user or world.manager, **named)


async def choose(
    world: World, card: Message, name: str, value: str | Role | Channel, user: User | None = None
) -> Message:
    """Choose in the menu of a setting; give the panel after that."""
    (menu,) = [one for one in card.selects if one.custom_id.endswith(f":{name}")]
    used = await world.discord.select(user or world.manager, card, menu.custom_id, value)
    return await used.answer()


async def set_up(
    world: World, name: str, value: str | Role | Channel, channel: Channel | None = None
) -> Message:
    """Set something for a channel."""
    return await choose(world, await panel(world, channel), name, value)


def list_settings(world: World) -> list[object]:
    """List what is kept of what was set."""
    file = world.folder.parent / "records" / "records.sqlite3"
    with closing(sqlite3.connect(file)) as records:
        return records.execute("SELECT * FROM channel_settings").fetchall()


async def mention_in(world: World, channel: Channel, question: str) -> Message:
    """Mention the bot in a channel, and give its reply."""
    content = f"{world.discord.bot_user.mention} {question}"
    said = await world.discord.say(world.member, channel, content)
    return await world.discord.reply_to(said)


async def test_a_channel_says_what_holds_and_whence(own_guild: World) -> None:
    """Nothing is set at first; each choice is saved at once, and shown with where it is set."""
    world = own_guild
    card = await panel(world)
    assert card.ephemeral
    assert "**When I answer**: when I am mentioned (by default)" in card.text
    server = await world.use("kb settings", world.manager)
    server = await choose(world, server, "sureness", "sure")
    assert "✓ Saved: How sure I must be: sure" in server.text
    card = await choose(world, await panel(world), "place", "thread")
    assert "**Where I answer**: in a thread (set here)" in card.text
    assert "**How sure I must be**: sure (from the server)" in card.text
    card = await choose(world, card, "place", "unset")
    assert "**Where I answer**: in place (by default)" in card.text


async def test_who_may_not_manage_may_set_nothing(own_guild: World) -> None:
    """Neither by the command nor by a panel that somebody opened who lost the right since."""
    world = own_guild
    with pytest.raises(NotOfferedError):
        await panel(world, user=world.member)
    card = await panel(world)
    world.discord.set_roles(world.guild, world.manager, [])
    refused = await choose(world, card, "answers", "never")
    assert "may manage this server" in refused.text
    assert ANSWER in (await mention_in(world, world.channel, QUESTION)).text


async def test_where_nobody_is_answered_a_member_learns_where_to_ask(own_guild: World) -> None:
    """Once; after that a mark, and no word of any wait. /ask works, and only who asks sees the
    answer; what stands there already can be removed, and nothing more is said for all to see.
    """
    world = own_guild
    role = world.discord.add_role(world.guild, "Helpers")
    await set_up(world, "human_role", role)
    await set_up(world, "person_cooldown", "3600")
    earlier = await world.ask(QUESTION)
    refused = await world.ask(UNKNOWN)
    card = await set_up(world, "answers", "never")
    assert "sees what it gives" in card.text
    told = await mention_in(world, world.channel, QUESTION)
    assert "`/ask`" in told.text
    content = f"{world.discord.bot_user.mention} {QUESTION}"
    again = await world.discord.say(world.member, world.channel, content)
    await world.discord.core.until(lambda: bool(again.reactions), PATIENCE_S)
    asked = await world.ask(QUESTION)
    assert asked.ephemeral
    assert ANSWER in asked.text
    assert "Share here" not in [button.label for button in asked.buttons]
    assert ASK_HUMAN in [button.label for button in refused.buttons]
    assert "Nothing of mine is shown to all" in (await world.press(refused, ASK_HUMAN)).text
    vain = await world.ask(UNKNOWN, world.manager)
    assert not [button.label for button in vain.buttons if ASK_HUMAN in str(button.label)]
    await (await world.discord.press(world.member, earlier, "More")).answer()
    assert "Remove" in [button.label for button in earlier.buttons]
    opened = await world.discord.press(world.member, earlier, "Follow up")
    assert "Only you will see" in str(await opened.modal())
    said = world.discord.messages(world.channel, by=world.discord.bot_user)
    assert said == [earlier, refused, told]


async def test_an_answer_has_to_be_as_sure_as_it_is_wanted(own_guild: World) -> None:
    """What is faint is answered where that is enough, and not where it has to be sure."""
    world = own_guild
    faint = await mention_in(world, world.channel, FAINT)
    other = world.discord.add_text_channel(world.guild, "strict")
    await set_up(world, "sureness", "sure", other)
    strict = await mention_in(world, other, FAINT)
    assert "surely enough" in strict.text, (faint.text, strict.text)
    assert "surely enough" not in faint.text
    nearest = await world.press(strict, "More")
    assert "Herons nest" in faint.text
    assert "Herons nest" in nearest.text
    assert ANSWER in (await mention_in(world, other, QUESTION)).text


async def test_a_person_waits_where_a_cooldown_is_set(own_guild: World) -> None:
    """It is told once, and holds as long as it is set; others are answered meanwhile."""
    world = own_guild
    await set_up(world, "person_cooldown", "3600")
    assert ANSWER in (await mention_in(world, world.channel, QUESTION)).text
    assert (
        "one person only now and then"
        in (await mention_in(world, world.channel, "who built the first bridge?")).text
    )
    content = f"{world.discord.bot_user.mention} {QUESTION}"
    await world.discord.say(world.member, world.channel, content)
    said = await world.discord.say(world.manager, world.channel, content)
    assert ANSWER in (await world.discord.reply_to(said)).text
    assert len(world.discord.messages(world.channel, by=world.discord.bot_user)) == 3
    await set_up(world, "person_cooldown", "0")
    assert ANSWER in (await mention_in(world, world.channel, QUESTION)).text


async def test_a_channel_is_answered_in_threads(own_guild: World) -> None:
    """Where none may be begun, in place, and those learn of it who can mend it."""
    world = own_guild
    await set_up(world, "place", "thread")
    content = f"{world.discord.bot_user.mention} {QUESTION}"
    said = await world.discord.say(world.member, world.channel, content)
    thread = await world.discord.thread_from(said)
    assert ANSWER in (await world.discord.wait_for(thread)).text
    other = world.discord.add_text_channel(world.guild, "no-threads")
    world.discord.overwrite(other, world.discord.bot_user, deny=Permission.CREATE_PUBLIC_THREADS)
    card = await set_up(world, "place", "thread", other)
    assert "I lack *Create Public Threads* here: I answer in place" in card.text
    assert ANSWER in (await mention_in(world, other, QUESTION)).text


async def test_messages_are_answered_in_the_language_of_their_channel(own_guild: World) -> None:
    """Commands go on in that of each member."""
    world = own_guild
    card = await set_up(world, "language", "de")
    assert "**My language in messages**: Deutsch (set here)" in card.text
    refusal = await mention_in(world, world.channel, UNKNOWN)
    assert "Artikel" in refusal.text
    assert "articles" in (await world.ask(UNKNOWN)).text
    other = world.discord.add_text_channel(world.guild, "other")
    assert "articles" in (await mention_in(world, other, UNKNOWN)).text


async def test_what_is_set_is_told_and_exported(own_guild: World) -> None:
    """Who, what, before and after, in the log channel of the server; as YAML for all of it."""
    world = own_guild
    log = world.discord.add_text_channel(world.guild, "log")
    server = await world.use("kb settings", world.manager)
    await choose(world, server, "log_channel", log)
    assert "Changes are told in" in (await world.discord.wait_for(log)).text
    await set_up(world, "place", "thread")
    told = world.discord.messages(log)[-1].text
    assert f"<#{world.channel.id}>" in told
    assert f"from “in place” to “in a thread” by <@{world.manager.id}>" in told
    exported = await world.press(server, "Export as YAML", world.manager)
    (file,) = exported.attachments
    assert file.content.decode().endswith(
        f'server:\n  log_channel: {log.id}\nchannels:\n  "{world.channel.id}":\n    place: thread\n'
    )


async def choose_articles(world: World, card: Message, *names: str) -> Message:
    """Choose files in the menu of articles, one after the other; give the card after that."""
    for name in names:
        (menu,) = card.selects
        used = await world.discord.select(world.manager, card, menu.custom_id, name)
        card = await used.answer()
    return card


async def test_a_channel_answers_from_some_articles_alone(own_guild: World) -> None:
    """Chosen again, one is left out; what is not chosen is as if it were not there. It is told with
    its name where all readers may read it.
    """
    world = own_guild
    log = world.discord.add_text_channel(world.guild, "log")
    await choose(world, await world.use("kb settings", world.manager), "log_channel", log)
    card = await panel(world)
    assert "**I answer from**: all that its readers may read (by default)" in card.text
    card = await world.press(card, "Choose articles", world.manager)
    assert [label for label, _ in card.selects[0].options] == ["rivers.md", "towns.md"]
    card = await choose_articles(world, card, "rivers.md", "towns.md", "✓ rivers.md")
    assert "**I answer from**: towns.md (set here)" in card.text
    assert ANSWER not in (await mention_in(world, world.channel, QUESTION)).text
    assert ANSWER not in (await world.ask(QUESTION)).text
    largest = await mention_in(world, world.channel, "what is the largest town on the Orrin?")
    assert "Lisk" in largest.text
    other = world.discord.add_text_channel(world.guild, "other")
    assert ANSWER in (await mention_in(world, other, QUESTION)).text
    told = world.discord.messages(log)[-1].text
    assert "from “rivers.md; towns.md” to “towns.md”" in told
    exported = await world.press(
        await world.use("kb settings", world.manager), "Export as YAML", world.manager
    )
    assert 'articles: ["towns.md"]' in exported.attachments[0].content.decode()
    card = await world.press(card, "All articles", world.manager)
    assert "all that its readers may read (by default)" in card.text
    card = await world.press(card, "All settings", world.manager)
    assert "**When I answer**" in card.text
    assert ANSWER in (await mention_in(world, world.channel, QUESTION)).text


async def test_two_articles_that_are_chosen_at_once_are_both_chosen(world: World) -> None:
    """Whoever presses: neither takes the place of the other."""
    await world.start()
    card = await world.press(await panel(world), "Choose articles", world.manager)
    (menu,) = card.selects
    chosen = ("rivers.md", "towns.md")
    used = await asyncio.gather(
        *(world.discord.select(world.manager, card, menu.custom_id, name) for name in chosen)
    )
    await asyncio.gather(*(one.answer() for one in used))
    card = await world.press(card, "All settings", world.manager)
    assert "**I answer from**: rivers.md; towns.md (set here)" in card.text


async def test_all_articles_are_for_a_channel_of_a_server_of_few(own_guild: World) -> None:
    """What is chosen for a server holds in its channels, but where all of them are chosen."""
    world = own_guild
    server = await world.use("kb settings", world.manager)
    card = await world.press(server, "Choose articles", world.manager)
    await choose_articles(world, card, "towns.md")
    assert ANSWER not in (await mention_in(world, world.channel, QUESTION)).text
    card = await world.press(await panel(world), "Choose articles", world.manager)
    assert "towns.md (from the server)" in card.text
    card = await world.press(card, "All articles", world.manager)
    assert "all that its readers may read (set here)" in card.text
    assert ANSWER in (await mention_in(world, world.channel, QUESTION)).text


async def test_many_articles_are_chosen_from_pages(world: World) -> None:
    """By their folders, too; not more than can be kept. What is gone is told once, and where it is
    mended.
    """
    folder = world.folder / "ships"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.md").write_text(f"# Ship {number}\n\nIt sails.\n", "utf-8")
    updates = world.discord.add_text_channel(world.guild, "updates")
    world.guild.updates_channel = updates
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
    await world.start()
    card = await world.press(await panel(world), "Choose articles", world.manager)
    label, description, *_ = card.selects[0].options[0]
    assert label == "ships/", description
    assert len(card.selects[0].options) == 25
    card = await world.press(card, "Next", world.manager)
    card = await choose_articles(world, card, "ships/28.md")
    assert "ships/28.md (set here)" in card.text
    assert ANSWER not in (await mention_in(world, world.channel, QUESTION)).text
    await ask_in_vain(world, UNKNOWN)
    (folder / "28.md").unlink()
    await world.use("kb reload", world.owner)
    for _ in range(2):
        assert ANSWER not in (await mention_in(world, world.channel, QUESTION)).text
    told = await world.discord.wait_for(updates)
    assert f"1 file or folder that I am set to answer from in <#{world.channel.id}>" in told.text
    assert len(world.discord.messages(updates)) == 1
    card = await panel(world)
    assert "Of what is chosen, no article is left: ships/28.md" in card.text
    offered = await world.discord.autocomplete(
        world.owner, world.channel, "kb edit", article="rivers", within_s=PATIENCE_S
    )
    assert "Of Rivers" in str(offered)
    # What other articles answer is no gap.
    gaps = await world.use("kb gaps", world.owner)
    assert ("butter" in gaps.text, "Orrin" in gaps.text) == (True, False)


async def put_in(world: World, text: str) -> Message:
    """Put a file of settings into the window of the server's panel; give what is said to that."""
    server = await world.use("kb settings", world.manager)
    opened = await world.discord.press(world.manager, server, "Import YAML")
    await opened.modal()
    files = [("settings.yaml", text.encode())]
    sent = await world.discord.submit_modal(world.manager, opened, files=files)
    return await sent.answer()


async def test_what_is_exported_is_imported_again(own_guild: World) -> None:
    """What would change is shown first, with its faults or change by change; one press sets all of
    it, which is told. What is not in the file is set no more.
    """
    world, channel = own_guild, own_guild.channel
    log = world.discord.add_text_channel(world.guild, "log")
    await choose(world, await world.use("kb settings", world.manager), "log_channel", log)
    await set_up(world, "place", "thread")
    refused = await put_in(world, "server:\n  place: nowhere\n")
    fault = (
        r"settings.yaml\:2\:10: error: “nowhere” is no value of “place” (there are here; thread)"
    )
    assert fault in refused.text
    text = f"server:\n  log_channel: {log.id}\n  articles: [gone.md]\n  sureness: sure\n"
    shown = await put_in(world, text)
    assert "How sure I must be*: “faint is enough” → “sure”" in shown.text
    assert f"<#{channel.id}>: *Where I answer*: “in a thread” → “in place”" in shown.text
    assert "in a thread (set here)" in (await panel(world)).text
    applied = await world.press(shown, "Apply", world.manager)
    assert "✓ Applied: 3 changes" in applied.text
    card = await panel(world)
    assert "sure (from the server)" in card.text
    assert "in place (by default)" in card.text
    assert "Of what is chosen, no article is left: gone.md" in card.text
    told = world.discord.messages(log)[-1].text
    assert told.count(f"by <@{world.manager.id}>") == 3
    # Whose names nobody can have seen there are not told.
    assert "to “1 file or folder”" in told
    assert "All of that is set already" in (await put_in(world, text)).text


async def test_what_was_set_meanwhile_is_not_overwritten(own_guild: World) -> None:
    """Neither is a file applied that was given up, or shown to somebody else."""
    world = own_guild
    shown = await put_in(world, "server:\n  sureness: sure\n")
    await set_up(world, "place", "thread")
    refused = await world.press(shown, "Apply", world.manager)
    assert "Import the file again" in refused.text
    shown = await put_in(world, "server:\n  sureness: sure\n")
    other = world.discord.add_user("other")
    world.discord.add_member(world.guild, other, permissions=Permission.MANAGE_GUILD)
    custom_id = next(one.custom_id for one in shown.buttons if one.label == "Apply")
    forged = await world.discord.forge(other, shown, f"{custom_id}")
    assert "Import the file again" in (await forged.answer()).text
    assert "nothing has changed" in (await world.press(shown, "Discard", world.manager)).text
    assert "faint is enough" in (await panel(world)).text


async def test_every_question_needs_the_intent(own_guild: World) -> None:
    """The panel says so, with the cure."""
    card = await set_up(own_guild, "answers", "questions")
    assert "*Message Content Intent*" in card.text
    assert "`message_content`" in card.text


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_every_question_is_answered_that_is_put_to_anybody(world: World) -> None:
    """What asks and is surely answered; not what is said to others, by bots, or asks nothing.

    It is kept over a restart, holds in threads, and goes when the bot is removed from the server.
    """
    world.settings = "message_content: true\n"
    await world.start()
    card = await set_up(world, "answers", "questions")
    assert "⚠" not in card.text
    await world.restart()
    discord, channel = world.discord, world.channel
    bot = discord.add_user("other-bot", bot=True)
    discord.add_member(world.guild, bot)
    await discord.say(bot, channel, QUESTION)
    await discord.say(world.member, channel, f"{world.manager.mention} {QUESTION}")
    await discord.say(world.member, channel, "The Orrin rises near Marn.")
    await discord.say(world.member, channel, UNKNOWN)
    barred = discord.add_text_channel(world.guild, "read-only")
    discord.overwrite(barred, discord.bot_user, deny=Permission.SEND_MESSAGES)
    await set_up(world, "answers", "questions", barred)
    unheard = await discord.say(world.member, barred, QUESTION)
    asked = await discord.say(world.member, channel, QUESTION)
    answer = await discord.reply_to(asked)
    assert ANSWER in answer.text
    assert unheard.reactions == []
    await discord.say(world.manager, channel, QUESTION, reply_to=asked)
    thread = discord.add_thread(channel, "more", by=world.member)
    again = await discord.say(world.member, thread, "who built the first bridge over the Orrin?")
    in_thread = await discord.reply_to(again)
    assert "Elda Njord" in in_thread.text
    await discord.edit(again, "Never mind, I have found the price of butter.")
    await discord.deleted(in_thread)
    assert discord.messages(channel, by=discord.bot_user) == [answer]
    other = discord.add_text_channel(world.guild, "off-topic")
    await set_up(world, "answers", "mentions", other)
    await discord.say(world.member, other, QUESTION)
    assert ANSWER in (await mention_in(world, other, QUESTION)).text
    assert len(discord.messages(other, by=discord.bot_user)) == 1
    assert list_settings(world)
    discord.kick_bot(world.guild)
    await discord.core.until(lambda: not list_settings(world), PATIENCE_S)


async def test_a_role_of_the_channel_is_asked(own_guild: World) -> None:
    """The one that is set there, and no other; without one nobody can be asked."""
    world = own_guild
    role = world.discord.add_role(world.guild, "helpers", mentionable=True)
    refusal = await mention_in(world, world.channel, UNKNOWN)
    assert ASK_HUMAN not in [button.label for button in refusal.buttons]
    card = await set_up(world, "human_role", role)
    assert f"<@&{role.id}> (set here)" in card.text
    refusal = await mention_in(world, world.channel, UNKNOWN)
    await world.press(refusal, ASK_HUMAN)
    asked = await world.discord.wait_for(world.channel, lambda message: bool(message.pings))
    assert asked.pings.roles == {role.id}
    card = await world.press(card, "“Ask a human” asks: none of its own", world.manager)
    assert "no role (by default)" in card.text
