"""Asking from anywhere: the menu of a message, other places, windows, edits and deletions, on
behalf of others.
"""

import pytest
from conftest import World
from discord_markdown import plain
from loopback.errors import NoAnswerError
from loopback.permissions import Permission
from loopback.state import Channel, Message, User

WHERE = "where does the Orrin end?"
ENDS = "**The Orrin ends at Lisk.**"


async def find_passage(world: World, message: Message, user: User | None = None) -> Message:
    """Use the menu of a message."""
    used = await world.discord.use_message_command(
        user or world.member, message, "Find the passage"
    )
    return await used.answer()


async def test_the_menu_of_a_message_finds_its_passage_privately(own_guild: World) -> None:
    """It works on a message that the bot can't read, is seen by the one who used it, and can be
    shared.
    """
    asked = await own_guild.discord.say(
        own_guild.manager, own_guild.channel, f"<@{own_guild.member.id}> {WHERE}"
    )
    card = await find_passage(own_guild, asked)
    assert card.ephemeral
    assert ENDS in card.text
    assert card.texts[0] == f"-# Asked: {WHERE}"
    shared = await own_guild.press(card, "Share here")
    assert not shared.ephemeral
    assert not shared.pings
    assert ENDS in shared.text
    assert f"Shared by {own_guild.member.mention}" in shared.text


async def test_a_message_without_text_is_told(own_guild: World) -> None:
    """A picture alone, or a mention alone, is nothing to look for."""
    asked = await own_guild.discord.say(
        own_guild.manager, own_guild.channel, own_guild.member.mention
    )
    assert "no text" in (await find_passage(own_guild, asked)).text


@pytest.mark.parametrize("place", ["a server without the bot", "a conversation of two", "a group"])
async def test_who_installed_the_bot_for_themselves_asks_anywhere(
    own_guild: World, place: str
) -> None:
    """The command and the menu work where the bot itself is not, and the buttons too."""
    discord, user = own_guild.discord, own_guild.member
    discord.install_for(user)
    if place == "a server without the bot":
        guild = discord.add_guild("Elsewhere", with_bot=False, installed=False)
        discord.add_member(guild, user)
        channel = discord.add_text_channel(guild, "general")
    else:
        people = (
            (user, own_guild.manager)
            if place == "a conversation of two"
            else (user, own_guild.manager, own_guild.owner)
        )
        channel = discord.open_private(*people)
    card = await (await discord.slash(user, channel, "ask", question=WHERE)).answer()
    assert ENDS in card.text
    section = (
        await own_guild.press(card, "Read the section")
        if "Read the section" in labels(card)
        else None
    )
    opened = await own_guild.press(card, "More")
    section = section or await own_guild.press(opened, "Read the section")
    assert section.ephemeral
    said = await discord.say(user, channel, WHERE)
    assert ENDS in (await find_passage(own_guild, said)).text
    removed = await discord.press(user, opened, "Remove")
    await removed.wait_until_acknowledged()
    await discord.deleted(card)


async def test_where_other_apps_are_kept_private_nothing_is_offered_to_share(
    own_guild: World,
) -> None:
    """Where a server lets apps of its members answer privately alone, a button to share would lead
    nowhere.
    """
    discord, user = own_guild.discord, own_guild.member
    discord.install_for(user)
    guild = discord.add_guild("Elsewhere", with_bot=False, installed=False)
    discord.add_member(guild, user)
    channel = discord.add_text_channel(guild, "general")
    discord.overwrite(channel, guild, deny=Permission.USE_EXTERNAL_APPS)
    card = await (await discord.slash(user, channel, "ask", question=WHERE, private=True)).answer()
    assert card.ephemeral
    assert "Share here" not in labels(card)


def labels(card: Message) -> list[str]:
    """Give the labels of a card's buttons."""
    return [button.label for button in card.buttons]


@pytest.mark.parametrize(
    ("restart", "private"), [(False, False), (True, True)], ids=["at once", "after a restart"]
)
async def test_a_slash_answer_is_followed_up_in_a_window(
    world: World,
    restart: bool,  # noqa: FBT001
    private: bool,  # noqa: FBT001
) -> None:
    """What is typed there is understood as going on, and is answered as the first question was:
    privately or not.
    """
    await world.start()
    card = await world.use(
        "ask", question="Who built the first bridge over the Orrin?", private=private
    )
    if restart:
        await world.restart()
    opened = await world.discord.press(world.member, card, "Follow up")
    modal = await opened.modal()
    assert modal.title == "Follow up"
    if restart:
        await world.restart()
    sent = await world.discord.submit_modal(world.member, opened, text="and when did it fall?")
    answer = await sent.answer()
    assert answer.ephemeral is private
    assert "**The bridge over the Orrin fell in 1901.**" in answer.text
    assert "Following up" in answer.text


async def test_a_reply_to_an_answer_goes_on(own_guild: World) -> None:
    """Replying to the answer of a mention continues what was asked, without a button."""
    answer = await own_guild.discord.reply_to(
        await own_guild.mention("Who built the first bridge over the Orrin?")
    )
    assert "Follow up" not in labels(answer)
    asked = await own_guild.discord.say(
        own_guild.member, own_guild.channel, "and when did it fall?", reply_to=answer
    )
    assert "fell in 1901" in (await own_guild.discord.reply_to(asked)).text


async def test_who_points_to_a_question_is_shown_the_menu(own_guild: World) -> None:
    """The question of somebody else can't be read without the intent, so the way that works is
    told.
    """
    asked = await own_guild.discord.say(own_guild.member, own_guild.channel, WHERE)
    pointing = await own_guild.discord.say(
        own_guild.manager,
        own_guild.channel,
        f"{own_guild.discord.bot_user.mention} please help",
        reply_to=asked,
    )
    told = await own_guild.discord.reply_to(pointing)
    assert "*Find the passage*" in told.text


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_with_the_intent_the_question_pointed_to_is_answered(world: World) -> None:
    """Switched on in the settings, the asker's message is what is answered; a question of one's own
    goes before.
    """
    world.settings = "message_content: true\n"
    await world.start()
    bot = world.discord.bot_user.mention
    asked = await world.discord.say(world.member, world.channel, WHERE)
    await world.discord.say(world.manager, world.channel, bot, reply_to=asked)
    assert ENDS in (await world.discord.reply_to(asked)).text
    own = await world.discord.say(
        world.manager, world.channel, f"{bot} where does the Orrin rise?", reply_to=asked
    )
    assert "rises near Marn" in (await world.discord.reply_to(own)).text


async def test_the_intent_that_discord_refuses_is_told_with_its_cure(world: World) -> None:
    """The settings ask for the intent, the application has it not: the operator reads where to
    switch it on.
    """
    world.settings = "message_content: true\n"
    await world.launch()
    assert await world.ended() == 78
    assert "Message Content Intent" in "".join(world.log)
    world.discord.offences.clear()


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
async def test_an_edited_question_updates_its_answer(world: World, restart: bool) -> None:  # noqa: FBT001
    """Within two minutes the answer in place becomes that to the new question; no second one is
    written.
    """
    await world.start()
    asked = await world.mention("where does the Orrin rise?")
    answer = await world.discord.reply_to(asked)
    assert "rises near Marn" in answer.text
    if restart:
        await world.restart()
    await world.discord.edit(asked, f"{world.discord.bot_user.mention} {WHERE}")
    await world.discord.edited(answer)
    assert ENDS in answer.text
    assert await world.discord.stays_silent(world.channel)
    await world.discord.edit(asked, f"{world.discord.bot_user.mention} how do I fry doughnuts?")
    await world.discord.edited(answer)
    assert "do not answer" in answer.text


async def test_an_answer_to_nothing_becomes_an_answer(own_guild: World) -> None:
    """A bare mention was told how to ask; with a question put behind it, that line becomes the
    card.
    """
    asked = await own_guild.mention("")
    told = await own_guild.discord.reply_to(asked)
    await own_guild.discord.edit(asked, f"{own_guild.discord.bot_user.mention} {WHERE}")
    await own_guild.discord.edited(told)
    assert told.is_v2
    assert ENDS in told.text
    assert "Ask me a question" not in told.text


async def test_a_mention_that_is_put_in_later_is_answered(own_guild: World) -> None:
    """Who forgot to mention the bot edits the message, and is answered then."""
    asked = await own_guild.discord.say(own_guild.member, own_guild.channel, WHERE)
    await own_guild.discord.edit(asked, f"{own_guild.discord.bot_user.mention} {WHERE}")
    assert ENDS in (await own_guild.discord.reply_to(asked)).text


async def test_what_changes_nothing_of_the_question_changes_nothing(world: World) -> None:
    """A preview that unfolds, blanks, and edits after two minutes leave the answer as it is."""
    await world.start()
    asked = await world.mention(WHERE)
    answer = await world.discord.reply_to(asked)
    await world.discord.unfurl(asked)
    await world.discord.edit(asked, f"{world.discord.bot_user.mention}   {WHERE}")
    with pytest.raises(NoAnswerError):
        await world.discord.edited(answer, 0.4)
    assert world.discord.ledger().is_exact()


@pytest.mark.parametrize(("restart", "bulk"), [(False, False), (True, False), (True, True)])
async def test_a_deleted_question_takes_its_answer_with_it(
    world: World,
    restart: bool,  # noqa: FBT001
    bulk: bool,  # noqa: FBT001
) -> None:
    """Deleted by its author or cleared away by a moderator: the answer goes too; those of others
    stay.
    """
    await world.start()
    asked, other = await world.mention(WHERE), await world.mention(WHERE, world.manager)
    answer, stays = await world.discord.reply_to(asked), await world.discord.reply_to(other)
    chatter = await world.discord.say(world.manager, world.channel, "nothing of note")
    if restart:
        await world.restart()
    if bulk:
        await world.discord.delete_bulk(world.channel, [asked, chatter])
    else:
        await world.discord.delete(chatter)
        await world.discord.delete(asked)
    await world.discord.deleted(answer)
    assert not stays.deleted


async def test_a_question_deleted_while_it_is_answered_leaves_nothing(world: World) -> None:
    """The answer that was on its way is taken back."""
    await world.start()
    world.discord.fail("delay", method="POST", path="/messages$", delay_s=0.4)
    asked = await world.mention(WHERE)
    await world.discord.delete(asked)
    answer = await world.discord.wait_for(world.channel)
    await world.discord.deleted(answer)


async def in_thread(world: World) -> tuple[Message, Channel]:
    """Ask in a channel where threads are wanted; give the answer and its thread."""
    asked = await world.mention(WHERE)
    thread = await world.discord.thread_from(asked)
    return await world.discord.wait_for(thread), thread


async def test_a_channel_may_be_answered_in_threads(world: World) -> None:
    """Where the settings say so, the answer stands in a thread named after the question; elsewhere
    in place.
    """
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    answer, thread = await in_thread(world)
    assert thread.name == WHERE
    assert ENDS in answer.text
    other = world.discord.add_text_channel(world.guild, "other")
    asked = await world.discord.say(
        world.member, other, f"{world.discord.bot_user.mention} {WHERE}"
    )
    assert ENDS in (await world.discord.reply_to(asked)).text
    assert asked.thread is None
    more = await world.discord.say(
        world.member, thread, f"{world.discord.bot_user.mention} where does it rise?"
    )
    assert "rises near Marn" in (await world.discord.reply_to(more)).text


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
async def test_an_answer_in_a_thread_follows_its_question(world: World, restart: bool) -> None:  # noqa: FBT001
    """Edited or deleted, the question outside the thread has its answer in the thread follow."""
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    asked = await world.mention("where does the Orrin rise?")
    answer = await world.discord.wait_for(await world.discord.thread_from(asked))
    if restart:
        await world.restart()
    await world.discord.edit(asked, f"{world.discord.bot_user.mention} {WHERE}")
    await world.discord.edited(answer)
    assert ENDS in answer.text
    await world.discord.delete(asked)
    await world.discord.deleted(answer)


async def test_without_the_permission_for_threads_it_is_answered_in_place(world: World) -> None:
    """A thread that may not be begun costs no answer."""
    assert world.guild.bot_role is not None
    world.discord.overwrite(
        world.channel, world.guild.bot_role, deny=Permission.CREATE_PUBLIC_THREADS
    )
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    assert ENDS in (await world.discord.reply_to(await world.mention(WHERE))).text
    world.discord.offences.clear()


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_a_post_in_a_forum_is_answered_if_it_can_be(world: World) -> None:
    """With the intent, a new post in a forum of the settings is answered; what is not covered is
    left to people.
    """
    forum = world.discord.add_forum_channel(world.guild, "questions")
    world.settings = f"message_content: true\nforum_channels: {forum.id}\n"
    await world.start()
    post = await world.discord.post(
        world.member, forum, "Where does the Orrin end?", "I can't find it."
    )
    assert ENDS in (await world.discord.wait_for(post)).text
    other = await world.discord.post(world.member, forum, "How do I fry doughnuts?", "In oil?")
    assert await world.discord.stays_silent(other)
    await world.discord.say(world.member, post, "where does the Orrin rise?")
    assert await world.discord.stays_silent(post)


async def test_earlier_questions_are_offered_to_their_asker_alone(own_guild: World) -> None:
    """Typing a question offers one's own earlier ones, then headings; nobody else's; /forget-me
    clears them.
    """
    await own_guild.ask(WHERE)
    mine = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "ask", question="orrin"
    )
    assert mine[0] == {"name": WHERE, "value": WHERE}
    theirs = await own_guild.discord.autocomplete(
        own_guild.manager, own_guild.channel, "ask", question="orrin"
    )
    assert WHERE not in [choice["value"] for choice in theirs]
    start = await own_guild.discord.autocomplete(
        own_guild.manager, own_guild.channel, "ask", question=""
    )
    assert "Bridges" in [choice["value"] for choice in start]
    assert "forgotten" in (await own_guild.use("forget-me")).text
    gone = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "ask", question="orrin"
    )
    assert WHERE not in [choice["value"] for choice in gone]


async def test_what_only_follows_up_is_not_offered(own_guild: World) -> None:
    """A "why?" makes sense after another question alone, whether or not there was one."""
    for question in ("why?", WHERE, "and when did it fall?", "ok", "bye"):
        await own_guild.ask(question)
    offered = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "ask", question=""
    )
    assert offered[0]["value"] == WHERE
    values = [choice["value"] for choice in offered]
    assert not {"why?", "and when did it fall?", "ok", "bye"} & set(values)


async def test_a_question_read_from_a_message_is_shown_as_it_reads(own_guild: World) -> None:
    """The codes of mentions and emoji are no part of the question."""
    asked = await own_guild.discord.say(
        own_guild.manager, own_guild.channel, f"<:hm:123456789012345678> {WHERE}"
    )
    assert plain((await find_passage(own_guild, asked)).texts[0]) == f"Asked: {WHERE}"


async def test_in_a_direct_message_an_answer_follows_its_question_too(world: World) -> None:
    """Edited or deleted there as in a server, after a restart."""
    await world.start()
    private = world.discord.open_dm(world.member)
    asked = await world.discord.say(world.member, private, "where does the Orrin rise?")
    answer = await world.discord.reply_to(asked)
    await world.restart()
    await world.discord.edit(asked, WHERE)
    await world.discord.edited(answer)
    assert ENDS in answer.text
    await world.discord.delete(asked)
    await world.discord.deleted(answer)


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_the_question_that_was_pointed_to_is_followed(world: World) -> None:
    """Its asker edits it, and the answer changes; it outlives the helper's message, until the asker
    removes it.
    """
    world.settings = "message_content: true\n"
    await world.start()
    asked = await world.discord.say(world.member, world.channel, "where does the Orrin rise?")
    pointing = await world.discord.say(
        world.manager, world.channel, world.discord.bot_user.mention, reply_to=asked
    )
    answer = await world.discord.reply_to(asked)
    await world.discord.edit(asked, WHERE)
    await world.discord.edited(answer)
    assert ENDS in answer.text
    await world.discord.delete(pointing)
    await world.press(answer, "More")
    await world.discord.press(world.member, answer, "Remove")
    await world.discord.deleted(answer)


async def test_what_was_asked_in_private_is_not_told_in_public(own_guild: World) -> None:
    """A public question does not go on from a private one."""
    await own_guild.use("ask", question="Who built the first bridge over the Orrin?", private=True)
    answer = await own_guild.discord.reply_to(await own_guild.mention("and when did it fall?"))
    assert "Following up" not in answer.text


async def test_somebody_elses_message_is_not_what_one_is_talking_about(own_guild: World) -> None:
    """The menu takes a message as it stands; it is neither remembered nor offered again."""
    await own_guild.ask("Who built the first bridge over the Orrin?")
    said = await own_guild.discord.say(
        own_guild.manager, own_guild.channel, "and when did it fall?"
    )
    assert "Following up" not in (await find_passage(own_guild, said)).text
    choices = await own_guild.discord.autocomplete(
        own_guild.member, own_guild.channel, "ask", question="and when"
    )
    assert "and when did it fall?" not in [choice["value"] for choice in choices]
    more = await own_guild.ask("and when did it fall?")
    assert "Following up “Who built" in more.text


async def test_a_conversation_goes_on_in_its_thread(world: World) -> None:
    """What is asked there leans on the question that the thread is named after."""
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    asked = await world.mention("Who built the first bridge over the Orrin?")
    thread = await world.discord.thread_from(asked)
    await world.discord.wait_for(thread)
    more = await world.discord.say(
        world.member, thread, f"{world.discord.bot_user.mention} and when did it fall?"
    )
    assert "Following up “Who built" in (await world.discord.reply_to(more)).text


async def test_the_answers_of_others_in_a_thread_stay(world: World) -> None:
    """After a restart, deleting the message that a thread began at takes nothing away that did not
    answer it.
    """
    await world.start()
    start = await world.discord.say(world.manager, world.channel, "let us talk of rivers")
    thread = world.discord.add_thread(world.channel, "rivers", start=start)
    asked = await world.discord.say(
        world.member, thread, f"{world.discord.bot_user.mention} {WHERE}"
    )
    answer = await world.discord.reply_to(asked)
    await world.restart()
    await world.discord.delete(start)
    with pytest.raises(NoAnswerError):
        await world.discord.deleted(answer, 0.5)


async def test_where_no_thread_can_be_written_in_none_is_begun(world: World) -> None:
    """The answer stands in place rather than nowhere."""
    assert world.guild.bot_role is not None
    world.discord.overwrite(
        world.channel, world.guild.bot_role, deny=Permission.SEND_MESSAGES_IN_THREADS
    )
    world.settings = f"thread_channels: {world.channel.id}\n"
    await world.start()
    asked = await world.mention(WHERE)
    assert ENDS in (await world.discord.reply_to(asked)).text
    assert asked.thread is None


@pytest.mark.parametrize("world", [frozenset({"message_content"})], indirect=True)
async def test_a_post_that_mentions_the_bot_is_always_answered(world: World) -> None:
    """Where the bot is asked, it says that the articles do not answer."""
    forum = world.discord.add_forum_channel(world.guild, "questions")
    world.settings = f"message_content: true\nforum_channels: {forum.id}\n"
    await world.start()
    bot = world.discord.bot_user.mention
    post = await world.discord.post(
        world.member, forum, "Doughnuts", f"{bot} How do I fry doughnuts?"
    )
    assert "do not answer" in (await world.discord.wait_for(post)).text
    silent = await world.discord.post(world.member, forum, "How do I fry crullers?", "In oil?")
    assert await world.discord.stays_silent(silent)
    assert "crullers" not in (await world.use("kb gaps", world.manager)).text


async def test_edits_do_not_use_up_the_one_refusal(world: World) -> None:
    """Who has asked too much and edits is answered anew; the next question is told to wait."""
    world.settings = "questions_per_person: 1\n"
    await world.start()
    asked = await world.mention("where does the Orrin rise?")
    answer = await world.discord.reply_to(asked)
    await world.discord.edit(asked, f"{world.discord.bot_user.mention} {WHERE}")
    await world.discord.edited(answer)
    assert ENDS in answer.text
    assert "Try again" in (await world.discord.reply_to(await world.mention(WHERE))).text


async def test_codes_are_no_words_of_a_question(own_guild: World) -> None:
    """Who else is mentioned, and what is an emoji, is not looked for."""
    asked = await own_guild.mention(
        f"{own_guild.manager.mention} {WHERE} <:pepe:123456789012345678>"
    )
    answer = await own_guild.discord.reply_to(asked)
    assert answer.texts[0] == f"-# Asked: {WHERE}"
    assert ENDS in answer.text


async def test_an_answer_goes_with_the_mention(own_guild: World) -> None:
    """A message that is edited to mention the bot no more is left without an answer."""
    asked = await own_guild.mention(WHERE)
    answer = await own_guild.discord.reply_to(asked)
    await own_guild.discord.edit(asked, "have a nice day")
    await own_guild.discord.deleted(answer)


async def test_what_was_quoted_comes_first_again_only_if_asked_for(own_guild: World) -> None:
    """In a conversation of messages: by the same question, and not by one that it leaves open."""
    bot, channel = own_guild.discord.bot_user.mention, own_guild.channel
    texts = []
    for question in (
        "Who built the first bridge over the Orrin?",
        "Who paid for the first bridge over the Orrin?",
        "Who built the first bridge over the Orrin?",
    ):
        asked = await own_guild.discord.say(own_guild.member, channel, f"{bot} {question}")
        texts.append((await own_guild.discord.reply_to(asked)).text)
    builder = "**Elda Njord built the first bridge over the Orrin in 1844.**"
    assert [builder in text for text in texts] == [True, False, True]
