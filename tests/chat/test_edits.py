"""What remains when a question goes: its thread, what was passed on to humans, and how often
Discord is asked.

One bot serves all tests. It was started anew after half of the questions were answered, so that it
knows nothing of these but what Discord still has.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import World, ending, judge, populate, serving_here, write_articles
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.permissions import NOTHING, Permission
from loopback.state import Channel, Message, Role, User

from bot.chat import admission
from bot.settings import Settings

WHERE = "where does the Orrin end?"
RISE = "where does the Orrin rise?"
NOT_THERE = "xylophone zeppelin quartz delta"
NAMELESS = "A question that was taken back"

AskedQuestion = tuple[Message, Channel, Message]
either_way = pytest.mark.parametrize("before", [False, True], ids=["at once", "after a restart"])


@dataclass(slots=True)
class Threads:
    """A bot that answers in threads, and what was asked before it was started anew.

    It may manage the threads of the channels ``managed`` and ``hidden``, and not read what is said
    in ``hidden``.
    """

    world: World
    role: Role
    talk: Channel
    managed: Channel
    hidden: Channel
    asked_before: dict[str, AskedQuestion] = field(default_factory=dict)
    passed: dict[str, tuple[Message, Message, Message]] = field(default_factory=dict)

    async def ask(self, channel: Channel) -> AskedQuestion:
        """Ask in a channel; give the question, its thread and the answer."""
        asked = await self.world.discord.say(
            self.world.member, channel, f"{self.world.discord.bot_user.mention} {RISE}"
        )
        thread = await self.world.discord.thread_from(asked)
        return asked, thread, await self.world.discord.wait_for(thread)

    async def pass_on(self) -> tuple[Message, Message, Message]:
        """Have a human asked by somebody new; give the question, the refusal and what was said to
        the humans.
        """
        user = self.meet()
        asked = await self.world.mention(NOT_THERE, user)
        refusal = await self.world.discord.reply_to(asked)
        return asked, refusal, await self.press_ask(refusal, user)

    async def press_ask(self, refusal: Message, user: User) -> Message:
        """Pass a refusal on; give what was said to the humans."""
        await self.world.press(
            refusal, next(one.label for one in refusal.buttons if "human" in one.label), user
        )
        assert "Passed on" in refusal.text
        said = await self.world.discord.wait_for(self.world.channel)
        assert self.role.id in said.pings.roles
        return said

    def meet(self, permissions: Permission = NOTHING) -> User:
        """Let somebody new join the server."""
        user = self.world.discord.add_user("new")
        self.world.discord.add_member(self.world.guild, user, permissions=permissions)
        return user

    async def change(self, asked: Message, question: str) -> None:
        """Edit a question."""
        await self.world.discord.edit(asked, f"{self.world.discord.bot_user.mention} {question}")

    async def says(self, answer: Message, text: str) -> None:
        """Wait until an answer says a text."""

        def find() -> bool | None:
            return True if text in answer.text else None

        assert await self.world.discord.core.until(find, PATIENCE_S), answer.text

    async def named(self, thread: Channel, name: str, *, archived: bool = False) -> None:
        """Wait until a thread is called so, and archived or not."""
        state = name, archived

        def find() -> bool | None:
            return True if (thread.name, thread.archived) == state else None

        assert await self.world.discord.core.until(find, PATIENCE_S), (thread.name, thread.archived)


@pytest.fixture(scope="module")
async def threads(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Threads]:
    """Ask, and start the bot anew."""
    async with LoopbackDiscord() as discord:
        world = populate(discord, write_articles(tmp_path_factory.mktemp("threads") / "articles"))
        role = discord.add_role(world.guild, "helpers", mentionable=True)
        talk, managed, hidden = (
            discord.add_text_channel(world.guild, name) for name in ("talk", "managed", "hidden")
        )
        made = Threads(world, role, talk, managed, hidden)
        assert world.guild.bot_role is not None
        manage, read = Permission.MANAGE_THREADS, Permission.READ_MESSAGE_HISTORY
        discord.overwrite(made.managed, world.guild.bot_role, allow=manage)
        discord.overwrite(made.hidden, world.guild.bot_role, allow=manage, deny=read)
        ids = ", ".join(str(one.id) for one in (talk, managed, hidden))
        world.settings = (
            f"thread_channels: [{ids}]\nhuman_roles: {made.role.id}\nquestions_per_person: 100\n"
        )
        async with ending(world):
            await world.start()
            for name, channel in (
                ("edited", made.talk),
                ("empty", made.managed),
                ("talked in", made.managed),
            ):
                made.asked_before[name] = await made.ask(channel)
            made.passed["mention"] = await made.pass_on()
            await world.restart()
            yield made
        judge(discord)


@either_way
async def test_a_thread_is_renamed_with_its_question(threads: Threads, before: bool) -> None:  # noqa: FBT001
    """A third name within ten minutes is not waited for: the answer follows all the same."""
    asked, thread, answer = (
        threads.asked_before["edited"] if before else await threads.ask(threads.talk)
    )
    for question in (WHERE, "what feeds the Orrin until June?"):
        await threads.change(asked, question)
        await threads.named(thread, question)
    for question, said in ((RISE, "rises near Marn"), (WHERE, "ends at Lisk")):
        await threads.change(asked, question)
        await threads.says(answer, said)
    assert thread.name == "what feeds the Orrin until June?"


@either_way
async def test_an_empty_thread_goes_with_its_question(threads: Threads, before: bool) -> None:  # noqa: FBT001
    """Where the bot may manage threads."""
    asked, thread, answer = (
        threads.asked_before["empty"] if before else await threads.ask(threads.managed)
    )
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(answer)
    assert await threads.world.discord.core.until(
        lambda: True if thread.deleted else None, PATIENCE_S
    )


async def test_nothing_repeats_the_question_where_its_thread_began(threads: Threads) -> None:
    """Discord writes there that a thread was begun, with its name, if something else was said
    meanwhile.
    """
    discord, fault = (
        threads.world.discord,
        threads.world.discord.fail("delay", path="/threads$", delay_s=0.2),
    )
    asked = await discord.say(
        threads.world.member, threads.talk, f"{discord.bot_user.mention} {RISE}"
    )
    await discord.say(threads.world.manager, threads.talk, "hello")
    answer = await discord.wait_for(await discord.thread_from(asked))
    assert fault.hits == 1
    (note,) = [one for one in threads.talk.messages if one.is_system and one.thread is asked.thread]
    assert note.content == RISE
    await discord.delete(asked)
    await discord.deleted(answer)
    await discord.deleted(note)


@pytest.mark.parametrize("archived", [False, True], ids=["open", "archived"])
async def test_an_empty_thread_that_may_not_be_deleted_loses_its_name(
    threads: Threads,
    archived: bool,  # noqa: FBT001
) -> None:
    """It is archived; one that was archived before can be renamed only by opening it."""
    asked, thread, answer = await threads.ask(threads.talk)
    if archived:
        threads.world.discord.archive(thread)
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(answer)
    await threads.named(thread, NAMELESS, archived=not archived)
    assert not thread.deleted


@either_way
async def test_a_thread_in_which_others_wrote_stays_open(threads: Threads, before: bool) -> None:  # noqa: FBT001
    """It only loses its name, even where the bot could delete it."""
    asked, thread, answer = (
        threads.asked_before["talked in"] if before else await threads.ask(threads.managed)
    )
    said = await threads.world.discord.say(threads.world.manager, thread, "I know that place.")
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(answer)
    await threads.named(thread, NAMELESS)
    assert not thread.deleted
    assert not said.deleted


async def test_a_fault_leaves_no_words_of_a_deleted_question(threads: Threads) -> None:
    """A thread loses its name, which repeats the question, at the next try."""
    asked, thread, answer = await threads.ask(threads.talk)
    fault = threads.world.discord.fail(503, method="PATCH", path=rf"/channels/{thread.id}$")
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(answer)
    await threads.named(thread, NAMELESS, archived=True)
    assert fault.hits == 1


async def test_a_thread_whose_history_is_hidden_is_not_deleted(threads: Threads) -> None:
    """What can't be seen is taken for somebody's words."""
    asked, thread, answer = await threads.ask(threads.hidden)
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(answer)
    await threads.named(thread, NAMELESS)
    assert not thread.deleted


@either_way
async def test_what_was_passed_on_goes_with_its_question(threads: Threads, before: bool) -> None:  # noqa: FBT001
    """Whoever deletes their question leaves none of its words to the humans."""
    asked, refusal, passed = threads.passed["mention"] if before else await threads.pass_on()
    assert not passed.deleted
    await threads.world.discord.delete(asked)
    await threads.world.discord.deleted(refusal)
    await threads.world.discord.deleted(passed)


async def test_what_was_passed_on_goes_with_a_refusal_that_is_removed(threads: Threads) -> None:
    """A command has no message that could be deleted; its answer can be removed."""
    user = threads.meet()
    refusal = await threads.world.ask(NOT_THERE, user)
    passed = await threads.press_ask(refusal, user)
    await threads.world.discord.press(user, refusal, "Remove")
    await threads.world.discord.deleted(passed)


async def test_what_was_passed_on_is_removed_by_its_asker_or_a_moderator(threads: Threads) -> None:
    """That of a private question too; anybody else is told so."""
    asker = threads.meet()
    private = await threads.world.use("ask", asker, question=NOT_THERE, private=True)
    passed = await threads.press_ask(private, asker)
    assert (
        "Only the one who asked"
        in (await threads.world.press(passed, "Remove", threads.world.manager)).text
    )
    await threads.world.discord.press(asker, passed, "Remove")
    await threads.world.discord.deleted(passed)
    _, _, other = await threads.pass_on()
    await threads.world.discord.press(threads.meet(Permission.MANAGE_MESSAGES), other, "Remove")
    await threads.world.discord.deleted(other)


async def test_many_deletions_cost_one_look(world: World) -> None:
    """Of questions from before the start that are deleted together, all answers are found with one
    request.
    """
    await world.start()
    asked = [await world.mention(question) for question in (WHERE, RISE, NOT_THERE)]
    answers = [await world.discord.reply_to(one) for one in asked]
    stays = await world.discord.reply_to(await world.mention(WHERE, world.manager))
    await world.restart()
    card = await world.ask(WHERE)
    await world.press(card, "More")
    await world.discord.delete_bulk(world.channel, asked)
    for answer in answers:
        await world.discord.deleted(answer)
    # What was missed is looked for as well after a start, but not behind a message.
    assert sum("after" in one.query for one in world.discord.requests) == 1
    assert not stays.deleted


async def test_a_deletion_waits_for_no_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two edits would wait for hours, as many were made: they end when the question goes.

    What is asked in its place later on is answered.
    """
    monkeypatch.setattr(admission, "_PRESSES_PER_USER", 1)
    monkeypatch.setattr(admission, "_PRESS_WINDOW_S", 36_000)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, _):
        discord = world.discord
        for takes_back in (False, True):
            user = discord.add_user("new")
            discord.add_member(world.guild, user)
            asked = await world.mention(RISE, user)
            answer = await discord.reply_to(asked)
            for question in (WHERE, RISE, "who built the first bridge over the Orrin?"):
                await discord.edit(asked, f"{discord.bot_user.mention} {question}")
            await discord.edited(answer)
            if not takes_back:
                await discord.delete(asked)
                await discord.deleted(answer)
                continue
            await discord.edit(asked, "never mind")
            await discord.edit(asked, f"{discord.bot_user.mention} {WHERE}")
            await discord.deleted(answer)
            assert "ends at Lisk" in (await discord.reply_to(asked)).text
            assert len(answer.revisions) == 1


async def test_who_edits_too_often_is_answered_all_the_same(world: World) -> None:
    """In order and later, or as the bot ends: the last edit stands there."""
    await world.start()
    discord = world.discord
    asked = await world.mention(RISE)
    answer = await discord.reply_to(asked)
    for number in range(21):
        question = RISE if number % 2 else WHERE
        await discord.edit(asked, f"{discord.bot_user.mention} {question}")
    # What was said before this one was heard before it.
    await discord.reply_to(await world.mention(RISE, world.manager))
    assert await world.stop() == 0
    assert "ends at Lisk" in answer.text
    assert len(answer.revisions) == 21
