"""Threads and forums: who may start one, what the bot is told, and what cannot be done in an
archived one.
"""

from typing import Any

import pytest
from loopback import Channel, LoopbackDiscord, NoAnswerError, NotOfferedError, Permission
from plain_bot import Answer, Scene, codes, scene

pytestmark = pytest.mark.asyncio

READS_ALL = 4609 | 1 << 15


def told(discord: LoopbackDiscord, *left_out: str) -> list[tuple[str, Any]]:
    """Give the types and data of all events after the greeting."""
    greeting = {"READY", "GUILD_CREATE", *left_out}
    return [(event.type, event.data) for event in discord.events() if event.type not in greeting]


async def start_thread(
    stage: Scene, message_id: int, channel: Channel | None = None, **body: Any
) -> Answer:
    """Start a thread from a message as the bot."""
    path = f"/channels/{(channel or stage.channel).id}/messages/{message_id}/threads"
    return await stage.bot.ask("POST", path, {"name": "of rivers", **body})


async def test_a_post_begins_with_a_message_of_its_own_id() -> None:
    """First the thread is created, newly, then its first message comes; both have one id, the
    parent is the forum.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        forum = stage.discord.add_forum_channel(stage.guild, "questions")
        thread = await stage.discord.post(stage.ada, forum, "Rivers", "which is the longest?")
        (_, (created, about), (said, starter)) = told(stage.discord)
        assert (created, said) == ("THREAD_CREATE", "MESSAGE_CREATE")
        assert about["newly_created"]
        assert (about["id"], about["parent_id"], about["type"]) == (
            str(thread.id),
            str(forum.id),
            11,
        )
        assert (about["name"], about["owner_id"], about["applied_tags"]) == (
            "Rivers",
            str(stage.ada.id),
            [],
        )
        assert (starter["id"], starter["channel_id"]) == (str(thread.id), str(thread.id))
        assert stage.discord.threads(forum) == [thread]
        [first] = stage.discord.messages(thread)
        assert (first.id, first.content) == (thread.id, "which is the longest?")


async def test_a_post_is_read_only_where_the_bot_is_mentioned() -> None:
    """Without the message content intent its words are blank, with a mention or the intent they are
    there.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        forum = stage.discord.add_forum_channel(stage.guild, "questions")
        await stage.discord.post(stage.ada, forum, "Rivers", "which is the longest?")
        await stage.discord.post(
            stage.ada, forum, "Rivers", f"{stage.discord.bot_user.mention} and the shortest?"
        )
        blank, mentioned = (
            event.data["content"] for event in stage.discord.events("MESSAGE_CREATE")
        )
        assert (blank, mentioned.endswith("the shortest?")) == ("", True)
    async with scene("message_content") as stage, stage.bot.connect() as gateway:
        await gateway.identify(READS_ALL)
        await gateway.until("GUILD_CREATE")
        forum = stage.discord.add_forum_channel(stage.guild, "questions")
        await stage.discord.post(stage.ada, forum, "Rivers", "which is the longest?")
        assert stage.discord.events("MESSAGE_CREATE")[0].data["content"] == "which is the longest?"


async def test_a_forum_takes_no_message_but_its_posts_do() -> None:
    """A message to the forum itself is 50008, to a post it is taken; nobody can write or start a
    thread in a forum.
    """
    async with scene() as stage:
        forum = stage.discord.add_forum_channel(stage.guild, "questions")
        status, answer = await stage.bot.send(forum, {"content": "x"})
        assert (status, answer["code"]) == (400, 50008)
        assert "50008" in stage.discord.offences[0]
        thread = await stage.discord.post(stage.ada, forum, "Rivers", "which is the longest?")
        reference = {"message_id": str(thread.id)}
        assert (await stage.bot.send(thread, {"content": "x", "message_reference": reference}))[
            0
        ] == 200
        assert (await start_thread(stage, thread.id, thread))[1]["code"] == 50024
        with pytest.raises(NotOfferedError):
            await stage.discord.say(stage.ada, forum, "x")
        with pytest.raises(NotOfferedError):
            stage.discord.add_thread(forum, "x")


@pytest.mark.parametrize(("title", "content"), [("", "x"), ("t" * 101, "x"), ("Rivers", " ")])
async def test_a_post_needs_a_title_and_a_content(title: str, content: str) -> None:
    """One to 100 characters, and something to say; at the limits and with a file alone it is
    taken.
    """
    async with scene() as stage:
        forum = stage.discord.add_forum_channel(stage.guild, "questions")
        with pytest.raises(NotOfferedError):
            await stage.discord.post(stage.ada, forum, title, content)
        with pytest.raises(NotOfferedError):
            await stage.discord.post(stage.ada, stage.channel, "Rivers", "x")
        file = stage.discord.upload("a.txt", "a")
        assert (
            await stage.discord.post(stage.ada, forum, "t" * 100, "", files=[file])
        ).name == "t" * 100
        stage.discord.overwrite(forum, stage.guild, deny=Permission.SEND_MESSAGES)
        with pytest.raises(NotOfferedError, match="bob"):
            await stage.discord.post(stage.bob, forum, "Rivers", "x")


async def test_the_guild_comes_with_its_forums_and_the_threads_that_the_bot_sees() -> None:
    """A forum is a channel; active threads are listed, archived and hidden ones are not, nor told
    of.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        discord = stage.discord
        forum, hidden = (
            discord.add_forum_channel(stage.guild, name) for name in ("questions", "staff")
        )
        discord.overwrite(hidden, stage.guild, deny=Permission.VIEW_CHANNEL)
        post = await discord.post(stage.ada, forum, "Rivers", "which is the longest?")
        thread = discord.add_thread(stage.channel, "a thread")
        discord.archive(await discord.post(stage.ada, forum, "Towns", "which is the largest?"))
        await discord.post(stage.ada, hidden, "Secret", "x")
        await gateway.identify()
        guild = (await gateway.until("GUILD_CREATE"))["d"]
        assert {one["id"]: one["type"] for one in guild["channels"]}[str(forum.id)] == 15
        assert {one["id"] for one in guild["threads"]} == {str(post.id), str(thread.id)}
        _, active = await stage.bot.ask("GET", f"/guilds/{stage.guild.id}/threads/active")
        assert [one["id"] for one in active["threads"]] == [str(post.id), str(thread.id)]
        await discord.post(stage.ada, hidden, "Secret", "x")
        assert told(discord) == []
        discord.delete_channel(post)
        [(kind, gone)] = told(discord)
        assert (kind, gone["id"], gone["parent_id"]) == (
            "THREAD_DELETE",
            str(post.id),
            str(forum.id),
        )
        assert discord.threads(forum)[0].name == "Towns"


async def test_a_thread_from_a_message_has_the_message_s_id() -> None:
    """The bot is told of the thread, of the message that has one now (not edited), and of what
    begins the thread.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        question = await stage.discord.say(stage.ada, stage.channel, "which is the longest?")
        assert (await start_thread(stage, question.id))[1]["id"] == str(question.id)
        events = told(stage.discord)[1:]
        assert [kind for kind, _ in events] == ["THREAD_CREATE", "MESSAGE_UPDATE", "MESSAGE_CREATE"]
        about, marked, begins = (data for _, data in events)
        assert (about["newly_created"], about["owner_id"]) == (True, str(stage.discord.bot_user.id))
        assert (marked["flags"], marked["edited_timestamp"], marked["thread"]["id"]) == (
            1 << 5,
            None,
            about["id"],
        )
        assert (begins["type"], begins["content"], begins["channel_id"]) == (
            21,
            "",
            str(question.id),
        )
        assert begins["message_reference"]["message_id"] == str(question.id)
        [thread] = stage.discord.threads(stage.channel)
        assert await stage.discord.thread_from(question) is question.thread is thread
        assert (stage.discord.messages(thread), stage.discord.answers_to(question)) == ([], [])
        await stage.bot.send(thread, {"content": "the Orrin"})
        assert [answer.text for answer in stage.discord.answers_to(question)] == ["the Orrin"]
        with pytest.raises(NoAnswerError):
            await stage.discord.thread_from(await stage.posted(), within_s=0.01)


async def test_a_thread_from_an_older_message_is_announced() -> None:
    """Discord writes a note of the thread's name into the channel, which nobody else wrote, edits
    or answers.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        older = await stage.posted(content="older")
        newer = await stage.discord.say(stage.ada, stage.channel, "newer")
        assert (await start_thread(stage, older.id))[0] == 201
        kind, note = told(stage.discord)[-1]
        assert (kind, note["type"], note["content"]) == ("MESSAGE_CREATE", 18, "of rivers")
        assert note["message_reference"]["channel_id"] == str(older.id)
        assert stage.discord.messages(stage.channel) == [older, newer]
        own = f"/channels/{stage.channel.id}/messages/{note['id']}"
        assert (await stage.bot.ask("PATCH", own, {"content": "x"}))[1]["code"] == 50021
        answer = await stage.bot.send(
            stage.channel, {"content": "x", "message_reference": {"message_id": note["id"]}}
        )
        assert "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE" in codes(answer)
        assert (await stage.bot.ask("DELETE", own))[0] == 204
        begins = stage.discord.threads(stage.channel)[0].messages[0]
        first = f"/channels/{older.id}/messages/{begins.id}"
        assert (await stage.bot.ask("DELETE", first))[1]["code"] == 50021
        assert stage.discord.ledger().entries == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": ""}, "BASE_TYPE_BAD_LENGTH"),
        ({"name": "n" * 101}, "BASE_TYPE_BAD_LENGTH"),
        ({"name": None}, "BASE_TYPE_STRING"),
        ({"auto_archive_duration": 61}, "BASE_TYPE_CHOICES"),
    ],
)
async def test_a_thread_has_a_name_and_a_known_patience(body: dict[str, Any], code: str) -> None:
    """Anything else is refused, is written down and starts nothing; at the limits one is
    started.
    """
    async with scene() as stage:
        message = await stage.posted()
        assert code in codes(await start_thread(stage, message.id, **body))
        assert (len(stage.discord.offences), message.thread) == (1, None)
        assert (await start_thread(stage, message.id, name="n" * 100, auto_archive_duration=10080))[
            0
        ] == 201


@pytest.mark.parametrize("alone", [False, True], ids=["from a message", "alone"])
async def test_a_thread_needs_the_permission_to_start_one(alone: bool) -> None:  # noqa: FBT001
    """Without Create Public Threads it is 50013; without a type it would be private, which nobody
    may here.
    """
    async with scene() as stage:
        message = await stage.posted()
        path = f"/channels/{stage.channel.id}" + (
            "/threads" if alone else f"/messages/{message.id}/threads"
        )
        body = {"name": "of rivers", "type": 11} if alone else {"name": "of rivers"}
        stage.discord.overwrite(
            stage.channel, stage.discord.bot_user, deny=Permission.CREATE_PUBLIC_THREADS
        )
        status, answer = await stage.bot.ask("POST", path, body)
        assert (status, answer["code"]) == (403, 50013)
        assert "50013" in stage.discord.offences[0]
        stage.discord.overwrite(stage.channel, stage.discord.bot_user)
        assert (await stage.bot.ask("POST", path, body))[0] == 201
        private = await stage.bot.ask(
            "POST", f"/channels/{stage.channel.id}/threads", {"name": "of rivers"}
        )
        assert private[1]["code"] == 50013


async def test_a_thread_starts_from_a_message_that_everybody_sees() -> None:
    """Not from one that is gone, ephemeral or elsewhere; from one with a thread it is 160004."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x", "flags": 64})
        gone = await stage.discord.say(stage.ada, stage.channel, "x")
        await stage.discord.delete(gone)
        other = await stage.discord.say(
            stage.ada, stage.discord.add_text_channel(stage.guild, "other"), "x"
        )
        for message in (gone, await asked.answer(), other):
            assert (await start_thread(stage, message.id))[1]["code"] == 10008
        assert len(stage.discord.offences) == 2, "a message that was deleted is no breach"
        message = await stage.posted()
        assert (await start_thread(stage, message.id))[0] == 201
        assert (await start_thread(stage, message.id))[1]["code"] == 160004


async def test_writing_wakes_an_archived_thread_and_nothing_else_is_done_in_it() -> None:
    """There the bot cannot edit, react or join (50083), only delete; people use no commands; a
    message wakes it.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        thread = stage.discord.add_thread(stage.channel, "a thread")
        ids = [
            (await stage.bot.send(thread, {"content": str(number)}))[1]["id"] for number in range(2)
        ]
        asked = await stage.discord.say(stage.ada, thread, "when?")
        await stage.asked()
        stage.discord.archive(thread)
        assert stage.discord.events("THREAD_UPDATE")[-1].data["thread_metadata"]["archived"]
        path = f"/channels/{thread.id}"
        with pytest.raises(NotOfferedError):
            await stage.discord.edit(asked, "x")
        with pytest.raises(NotOfferedError):
            await stage.discord.slash(stage.ada, thread, "ask", question="when?")
        for method, place, body in (
            ("PATCH", f"{path}/messages/{ids[0]}", {"content": "x"}),
            ("PUT", f"{path}/messages/{asked.id}/reactions/%E2%8F%B3/@me", None),
            ("PUT", f"{path}/thread-members/@me", None),
        ):
            assert (await stage.bot.ask(method, place, body))[1]["code"] == 50083
        assert len(stage.discord.offences) == 3
        assert (await stage.bot.ask("DELETE", f"{path}/messages/{ids[0]}"))[0] == 204
        assert thread.archived
        assert (await stage.bot.send(thread, {"content": "x"}))[0] == 200
        assert not stage.discord.events("THREAD_UPDATE")[-1].data["thread_metadata"]["archived"]
        assert (await stage.bot.ask("PATCH", f"{path}/messages/{ids[1]}", {"content": "x"}))[
            0
        ] == 200
        stage.discord.archive(thread)
        await stage.discord.say(stage.bob, thread, "and now?")
        assert not thread.archived


async def test_a_locked_thread_is_for_moderators() -> None:
    """Others can neither write (50083, or 160005 when it is active) nor delete; with Manage Threads
    it wakes.
    """
    async with scene() as stage:
        thread = stage.discord.add_thread(stage.channel, "a thread")
        own = (await stage.bot.send(thread, {"content": "x"}))[1]["id"]
        stage.discord.archive(thread, locked=True)
        assert (await stage.bot.send(thread, {"content": "x"}))[1]["code"] == 50083
        assert (await stage.bot.ask("DELETE", f"/channels/{thread.id}/messages/{own}"))[1][
            "code"
        ] == 50083
        with pytest.raises(NotOfferedError):
            await stage.discord.say(stage.bob, thread, "x")
        await stage.discord.say(stage.ada, thread, "its owner may")
        assert (await stage.bot.send(thread, {"content": "x"}))[1]["code"] == 160005
        path = f"/channels/{thread.id}/messages/{own}"
        assert (await stage.bot.ask("PATCH", path, {"content": "x"}))[1]["code"] == 160005
        assert (await stage.bot.ask("DELETE", path))[0] == 204
        assert len(stage.discord.offences) == 4
        stage.discord.overwrite(
            stage.channel, stage.discord.bot_user, allow=Permission.MANAGE_THREADS
        )
        stage.discord.archive(thread, locked=True)
        assert (await stage.bot.send(thread, {"content": "x"}))[0] == 200


async def test_people_reply_to_each_other_in_threads() -> None:
    """A reply belongs to the thread's own messages; one to a message elsewhere is not offered."""
    async with scene() as stage:
        question = await stage.discord.say(stage.ada, stage.channel, "when?")
        thread = stage.discord.add_thread(stage.channel, "a thread", start=question, by=stage.bob)
        first = await stage.discord.say(stage.bob, thread, "soon")
        assert (
            await stage.discord.say(stage.ada, thread, "how soon?", reply_to=first)
        ).reply_to is first
        for other in (question, thread.messages[0]):
            with pytest.raises(NotOfferedError):
                await stage.discord.say(stage.ada, thread, "x", reply_to=other)
        assert thread.people == [stage.bob]
