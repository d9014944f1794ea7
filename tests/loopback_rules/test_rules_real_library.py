"""The unmodified discord.py works with the loopback server, and breaks no rule while it does."""

import asyncio

import pytest
from loopback import LoopbackDiscord, Permission
from real_bot import real_bot

pytestmark = pytest.mark.asyncio


async def test_a_slash_command_is_registered_used_and_answered() -> None:
    """Somebody types /ask, the bot answers, a button changes the answer."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        guild = discord.add_guild("Readers", owner=ada)
        channel = discord.add_text_channel(guild, "general")
        async with real_bot(discord):
            assert set(discord.registered) == {
                "ask",
                "slow",
                "form",
                "book",
                "show",
                "Repeat",
                "Greet",
            }
            asked = await discord.slash(ada, channel, "ask", question="when?")
            answer = await asked.answer()
            assert answer.texts == ["You asked: when?"]
            assert [button.label for button in answer.buttons] == ["More"]
            assert not answer.pings
            pressed = await discord.press(ada, answer, "More")
            assert (await pressed.answer()).texts == ["more of it"]
        assert discord.offences == []
        assert discord.ledger().is_exact()


async def test_a_mention_and_a_direct_message_are_answered() -> None:
    """Without the message content intent mentions, also in threads, and direct messages are read,
    no more.
    """
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord) as bot:
            await discord.say(ada, channel, "a secret")
            question = await discord.say(ada, channel, f"{discord.bot_user.mention} when?")
            assert (
                await discord.reply_to(question)
            ).content == f"You said: {discord.bot_user.mention} when?"
            for thread in (
                discord.add_thread(channel, "a thread"),
                discord.add_thread(channel, "another", start=question),
            ):
                question = await discord.say(ada, thread, f"{discord.bot_user.mention} here?")
                assert (await discord.reply_to(question)).channel is thread
            direct = discord.open_dm(ada)
            await discord.say(ada, direct, "hello")
            assert (await discord.wait_for(direct)).text == "You said: hello"
            assert next(message.content for message in bot.heard if not message.author.bot) == ""
        assert discord.offences == []


async def test_autocompletion_deferral_and_windows_work() -> None:
    """Suggestions, a deferred answer with a follow-up and a file, and a window that is filled
    in.
    """
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord):
            choices = await discord.autocomplete(ada, channel, "ask", question="wh")
            assert choices == [{"name": "wh?", "value": "wh"}]
            slow = await discord.slash(ada, channel, "slow")
            assert (await slow.answer()).content == "at last"
            followup = await slow.followup()
            assert followup.ephemeral
            assert followup.attachments[0].filename == "panel.py"
            opened = await discord.slash(ada, channel, "form")
            assert (await opened.modal()).title == "A form"
            sent = await discord.submit_modal(ada, opened, Word="moon")
            assert (await sent.answer()).text == "typed moon"
        assert discord.offences == []


@pytest.mark.parametrize("how", ["reset", "close 4000", "close 1001", "reconnect"])
async def test_a_cut_connection_is_resumed_and_nothing_is_lost(how: str) -> None:
    """What is asked while the bot is away is answered after it has resumed, once."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord):
            assert await discord.cut(how) == 1
            question = await discord.say(ada, channel, f"{discord.bot_user.mention} still there?")
            await discord.reply_to(question)
            await discord.resumed(1)
            await asyncio.sleep(0.1)
        assert discord.identifies == 1
        assert discord.ledger().counts == {question.id: 1}
        assert discord.offences == []


async def test_a_silent_connection_is_given_up_and_resumed() -> None:
    """When nothing comes any more, not even acknowledgements, the client resumes on a new
    connection.
    """
    async with LoopbackDiscord(heartbeat_s=1.0) as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord, heartbeat_timeout_s=2.5):
            await discord.cut("silence")
            question = await discord.say(ada, channel, f"{discord.bot_user.mention} still there?")
            await discord.reply_to(question)
            assert (discord.resumes, discord.identifies) == (1, 1)


@pytest.mark.slow
async def test_an_invalid_session_is_started_anew() -> None:
    """After opcode 9 the client identifies again; what was said meanwhile is not replayed."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord):
            await discord.cut("invalid session")
            lost = await discord.say(
                ada, channel, f"{discord.bot_user.mention} while you were away"
            )
            await discord.identified(2)
            question = await discord.say(ada, channel, f"{discord.bot_user.mention} back?")
            await discord.reply_to(question)
        assert discord.ledger().lost == [lost]
        assert discord.offences == []


async def test_what_the_library_lets_through_is_found_out() -> None:
    """discord.py sends a content of 2,001 characters; the server refuses it as Discord does."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        direct = discord.open_dm(ada)
        discord.add_guild("Readers", owner=ada)
        async with real_bot(discord):
            await discord.say(ada, direct, "x" * 1999)
            assert await discord.stays_silent(direct)
        assert "content: Must be 2000 or fewer in length" in discord.offences[0]
        assert discord.bodies[0]["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_whatever_is_added_while_the_bot_is_there_is_understood() -> None:
    """Guilds, channels, roles, members, overwrites, threads and their end reach the client as
    events.
    """
    async with LoopbackDiscord(privileged=frozenset({"members"})) as discord:
        ada = discord.add_user("ada")
        async with real_bot(discord) as bot:
            guild = discord.add_guild("Later", owner=ada)
            channel = discord.add_text_channel(guild, "general")
            role = discord.add_role(guild, "editors", mentionable=True)
            discord.add_member(guild, discord.add_user("bob"), roles=[role])
            discord.overwrite(channel, role, deny=Permission.MANAGE_MESSAGES)
            assert guild.bot_role is not None
            discord.set_roles(guild, discord.bot_user, [guild.bot_role, role])
            await discord.type_in(ada, channel)
            said = await discord.say(
                ada, channel, f"{role.mention} {discord.bot_user.mention} hello"
            )
            await discord.reply_to(said)
            await discord.edit(said, "changed")
            await discord.delete(said)
            discord.delete_channel(channel)
            other = discord.add_text_channel(guild, "other")
            await discord.reply_to(
                await discord.say(ada, other, f"{discord.bot_user.mention} still there?")
            )
            assert [one.name for one in bot.guilds] == ["Later"]
            known = bot.get_guild(guild.id)
            assert known is not None
            assert [one.name for one in known.channels] == ["other"]
            assert known.self_role is not None
            discord.kick_bot(guild)
            direct = discord.open_dm(ada)
            await discord.say(ada, direct, "and now?")
            await discord.wait_for(direct)
            assert list(bot.guilds) == []
        assert discord.offences == []


async def test_members_and_files_reach_the_command() -> None:
    """A user, a role, a channel, a number and a file are what the library makes of them; a group is
    a path.
    """
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        guild = discord.add_guild("Readers", owner=ada)
        channel = discord.add_text_channel(guild, "general")
        role = discord.add_role(guild, "editors")
        async with real_bot(discord):
            file = discord.upload("a.md", "# A")
            given = {"who": ada, "role": role, "where": channel, "count": 2, "file": file}
            shown = await (await discord.slash(ada, channel, "show all", options=given)).answer()
            assert shown.text == "ada editors general 2 # A"
            answer = await (await discord.use_message_command(ada, shown, "Repeat")).answer()
            assert answer.text == shown.text
            answer = await (await discord.use_user_command(ada, ada, channel, "Greet")).answer()
            assert answer.text == "hello ada"
        assert discord.offences == []


async def test_posts_in_forums_are_understood() -> None:
    """Forums known at the start and later, posts before and after it; a mention in a post is
    answered there.
    """
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        guild = discord.add_guild("Readers", owner=ada)
        forum = discord.add_forum_channel(guild, "questions")
        early = await discord.post(ada, forum, "Early", "before the bot came")
        async with real_bot(discord) as bot:
            known = bot.get_guild(guild.id)
            assert known is not None
            assert [(one.name, [post.name for post in one.threads]) for one in known.forums] == [
                ("questions", ["Early"])
            ]
            later = discord.add_forum_channel(guild, "later")
            thread = await discord.post(
                ada, later, "Rivers", f"{discord.bot_user.mention} which is the longest?"
            )
            answer = await discord.reply_to(thread.messages[0])
            assert answer.channel is thread
            assert bot.noted == ["Rivers in later"]
            assert bot.heard[0].id == thread.id
            discord.archive(early)
            question = await discord.say(ada, early, f"{discord.bot_user.mention} and now?")
            assert (await discord.reply_to(question)).channel is early
            discord.delete_channel(thread)
            active = await known.active_threads()
            assert [post.id for post in active] == [early.id]
        assert discord.offences == []


async def test_changes_of_messages_reach_the_client() -> None:
    """An edit, a link that is shown, a deletion, several at once, a thread from a message."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord) as bot:
            said = [await discord.say(ada, channel, str(number)) for number in range(3)]
            await discord.unfurl(said[0])
            await discord.edit(said[0], f"{discord.bot_user.mention} when?")
            discord.add_thread(channel, "a thread", start=said[0], by=ada)
            await discord.delete(said[0])
            await discord.delete_bulk(channel, said[1:])
            direct = discord.open_dm(ada)
            await discord.reply_to(await discord.say(ada, direct, "done?"))
            assert bot.noted == [
                "updated",
                f"edited {discord.bot_user.mention} when?",
                "a thread in general",
                f"edited {discord.bot_user.mention} when?",
                f"deleted {said[0].id}",
                f"deleted {[message.id for message in said[1:]]}",
            ]
        assert discord.offences == []


@pytest.mark.parametrize("alone", [False, True], ids=["for all", "private"])
async def test_a_card_turns_its_pages_in_place_and_can_be_removed(alone: bool) -> None:  # noqa: FBT001
    """A menu and a window change the message itself, its file comes and goes, a button
    removes it.
    """
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord):
            card = await (await discord.slash(ada, channel, "book", alone=alone)).answer()
            assert (card.texts, card.ephemeral) == (["page One"], alone)
            assert [file.filename for file in card.attachments] == ["the_page.txt"]
            chosen = await discord.select(ada, card, "chapters", "Two")
            assert await chosen.answer() is card
            assert (card.texts, card.attachments) == (["page Two"], [])
            assert await discord.edited(card) is card
            opened = await discord.press(ada, card, "word")
            await opened.modal()
            sent = await discord.submit_modal(ada, opened, said="moon")
            assert (await sent.answer()).texts == ["moon"]
            assert sent.answers == [card]
            removed = await discord.press(ada, card, "remove")
            assert await discord.deleted(card) is await removed.answer()
            assert removed.answers == []
        assert discord.offences == []


async def test_a_card_starts_a_thread() -> None:
    """The thread hangs on the card and holds what the bot writes in it."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        async with real_bot(discord):
            card = await (await discord.slash(ada, channel, "book", alone=False)).answer()
            await discord.press(ada, card, "thread")
            thread = await discord.thread_from(card)
            assert (await discord.wait_for(thread)).text == "what do you think?"
            assert (discord.threads(channel), thread.id, thread.name) == (
                [thread],
                card.id,
                "About the page",
            )
        assert discord.offences == []
