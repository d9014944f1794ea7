"""Many at once: each is acknowledged in time and answered once, whatever the workers are busy
with.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
from conftest import World, serving_here
from loopback.clock import PATIENCE_S
from loopback.interactions import DEFER, DEFER_UPDATE, REPLY, Interaction
from loopback.state import Message, User

from benchmarks.reload.folder import PASSAGES, Writer
from bot.chat import direct_readers, interaction_server
from bot.chat.dispatcher import Dispatcher
from bot.chat.work_queue import NewestFirst, WorkQueue
from bot.settings import Settings

WHERE = "where does the Orrin end?"
BUSY = "I am busy just now. Try again <t:"


@dataclass(slots=True)
class Held:
    """A bot in this process whose one worker is held until it is let go."""

    world: World
    dispatcher: Dispatcher
    gate: threading.Event

    async def hold(self, most_waiting: int = 1_000) -> None:
        """Let the one worker begin something that does not end."""
        self.dispatcher.admission.work = WorkQueue(1, most_waiting)
        self.dispatcher.in_flight.start(self.dispatcher.admission.work.run(self.gate.wait))
        await asyncio.sleep(0)

    def meet(self, name: str) -> User:
        """Let somebody new join the server."""
        user = self.world.discord.add_user(name)
        self.world.discord.add_member(self.world.guild, user)
        return user

    async def begin(
        self, question: str, user: User | None = None, **options: object
    ) -> Interaction:
        """Use /ask without waiting for what comes."""
        asker = user or self.meet("ada")
        values = {"question": question, **options}
        return await self.world.discord.slash(asker, self.world.channel, "ask", options=values)


@pytest.fixture
async def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    """Give a bot in this process, on a Discord of its own."""
    settings = Settings(
        questions_per_person=100,
        questions_per_channel=1_000,
        questions_per_server=1_000,
        records=None,
    )
    gate = threading.Event()
    async with serving_here(tmp_path, monkeypatch, settings) as (world, dispatcher):
        try:
            yield Held(world, dispatcher, gate)
        finally:
            gate.set()


async def test_who_waits_is_acknowledged_and_answered_once(held: Held) -> None:
    """Fifty cold questions, none of which can begin: each sees that the bot is thinking, alone if
    so wished.
    """
    await held.hold()
    asked = [await held.begin(WHERE, private=number % 2 == 1) for number in range(50)]
    for number, one in enumerate(asked):
        assert await one.wait_until_acknowledged() == DEFER
        assert one.original is not None
        assert one.original.ephemeral is (number % 2 == 1)
    assert not held.world.discord.ledger().doubled
    assert len(held.world.discord.ledger().lost) == 50
    held.gate.set()
    for one in asked:
        assert "Lisk" in (await one.answer()).text
    assert held.world.discord.ledger().is_exact()


async def test_what_was_long_on_its_way_is_acknowledged_sooner(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord's three seconds count from the use of a command, and not from its arrival."""
    monkeypatch.setattr(interaction_server, "_DEFER_AFTER_S", 50.0)
    await held.hold()
    clock = held.world.discord.clock
    clock.advance(-55.0)
    asked = await held.begin(WHERE)
    clock.advance(55.0)
    # Discord itself does not mind.
    asked.begin()
    assert await asked.wait_until_acknowledged(30.0) == DEFER
    held.gate.set()
    assert "Lisk" in (await asked.answer()).text


async def test_who_waits_for_others_is_acknowledged_before_who_is_next(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first few may still be answered at once; what comes behind them need not be tried."""
    monkeypatch.setattr(interaction_server, "_DEFER_AFTER_S", 3_600.0)
    await held.hold()
    asked = [await held.begin(WHERE) for _ in range(30)]
    for one in asked[25:]:
        await one.wait_until_acknowledged()
    assert asked[0].response is None
    held.gate.set()
    assert "Lisk" in (await asked[0].answer()).text
    assert asked[0].response == REPLY


async def test_what_is_private_never_stands_for_all(held: Held) -> None:
    """Where everybody saw that the bot is thinking, that goes, and the asker alone reads what it
    says.
    """
    await held.hold()
    asked = await held.begin("hello")
    assert await asked.wait_until_acknowledged() == DEFER
    assert asked.original is not None
    assert not asked.original.ephemeral
    held.gate.set()
    said = await asked.answer()
    assert asked.original.deleted
    assert (said.ephemeral, said.only_for) == (True, asked.user)


async def pressed(held: Held, card: Message, button: str) -> Interaction:
    """Press a button as the one who asked, and wait until the press is acknowledged without an
    answer.
    """
    asked = await held.world.discord.press(held.world.member, card, button)
    assert await asked.wait_until_acknowledged() == DEFER_UPDATE, button
    return asked


async def test_presses_wait_as_well_and_what_needs_no_worker_does_not(held: Held) -> None:
    """A card is changed in place, a private one comes after it; a window opens and a removal is
    done at once.
    """
    world = held.world
    card, other = await world.ask(WHERE), await world.ask(WHERE)
    await held.hold()
    why = await pressed(held, card, "More")
    opened = await world.discord.press(world.member, card, "Follow up")
    await opened.modal()
    typed = await world.discord.submit_modal(world.member, opened, text="and where does it rise?")
    assert await typed.wait_until_acknowledged() == DEFER
    assert typed.original is not None
    assert not typed.original.ephemeral
    held.gate.set()
    assert await why.answer() is card
    assert "1,204" in (await typed.answer()).text
    await world.press(other, "More")
    held.gate.clear()
    await held.hold()
    why = await pressed(held, other, "Why this passage")
    await world.discord.press(world.member, other, "Remove")
    await world.discord.deleted(other)
    held.gate.set()
    assert (await why.followup()).ephemeral


async def test_what_is_too_much_is_told_at_once(held: Held) -> None:
    """To a command each time, privately; to mentions once a person; and what waits is answered all
    the same.
    """
    world = held.world
    await held.hold(most_waiting=3)
    waiting = [await held.begin(WHERE) for _ in range(3)]
    for one in waiting:
        await one.wait_until_acknowledged()
    for _ in range(2):
        said = await (await held.begin(WHERE, world.member)).answer()
        assert said.text.startswith(BUSY)
        assert said.ephemeral
    assert (await world.discord.reply_to(await world.mention(WHERE))).text.startswith(BUSY)
    await world.mention(WHERE)
    assert await world.discord.stays_silent(world.channel)
    held.gate.set()
    for one in waiting:
        assert "Lisk" in (await one.answer()).text
    assert "Lisk" in (await world.ask(WHERE)).text


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_thousand_at_once_are_each_answered_once(world: World) -> None:
    """The first questions to ten thousand passages, each from another person."""
    writer = Writer(world.folder)
    for number in range(10_000 // PASSAGES):
        writer.write(number, "first")
    world.settings = "questions_per_server: 3600\n"
    await world.launch()
    await world.discord.ready()
    words = [word for word in writer.draw("questions", 8_000) if len(word) > 3]
    with world.discord.at_once():
        for number in range(1_000):
            user = world.discord.add_user(f"reader{number}")
            world.discord.add_member(world.guild, user)
            question = f"what of {' '.join(words[number * 4 :][:4])}?"
            await world.discord.slash(user, world.channel, "ask", question=question)
    await world.discord.answered(1_000, 290)
    assert world.discord.ledger().is_exact()


async def test_mentions_wait_for_their_turn(held: Held) -> None:
    """Fifty of them, from as many people: each has one answer."""
    held.world.discord.limit_messages(None)
    await held.hold()
    asked = [await held.world.mention(WHERE, held.meet("ada")) for _ in range(50)]
    held.gate.set()
    await held.world.discord.answered(50)
    assert held.world.discord.ledger().is_exact()
    assert all("Lisk" in held.world.discord.answers_to(one)[0].text for one in asked)


def has_read_back(world: World) -> bool:
    """Say whether the bot has read the history of a channel."""
    requests = world.discord.requests
    return any(one.method == "GET" and one.path.endswith("/messages") for one in requests)


async def test_what_was_missed_waits_for_who_asks_now(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is begun when no live question waits any more; what is deleted by then is left."""

    async def begin_at_once(*_: object, **__: object) -> None:
        """Do without the five seconds that discord.py waits before a new session."""

    monkeypatch.setattr(discord.Client, "before_identify_hook", begin_at_once)
    world = held.world
    await held.hold()
    live = await held.begin(WHERE)
    await live.wait_until_acknowledged()
    await world.discord.cut("invalid session")
    missed = await world.mention(WHERE, held.meet("missed"))
    deleted = await world.mention(WHERE, held.meet("deleted"))
    await world.discord.identified(2)
    async with asyncio.timeout(PATIENCE_S):
        while not has_read_back(world):  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.02)
    await world.discord.delete(deleted)
    # One and the same connection brings both events, in this order.
    await world.discord.autocomplete(world.member, world.channel, "ask", question="sourc")
    assert await world.discord.stays_silent(world.channel)
    held.gate.set()
    assert "Lisk" in (await live.answer()).text
    assert "Lisk" in (await world.discord.reply_to(missed)).text
    assert await world.discord.stays_silent(world.channel)


async def test_at_the_end_those_who_wait_are_told(held: Held) -> None:
    """What cannot begin any more says so, to commands and mentions, and the end is not held up."""
    await held.hold()
    asked, mentioned = await held.begin(WHERE), await held.world.mention(WHERE)
    await asked.wait_until_acknowledged()
    await held.dispatcher.close(2.1)
    for said in (await asked.answer(), await held.world.discord.reply_to(mentioned)):
        assert "I am being restarted" in said.text


async def test_what_is_used_at_the_end_is_told_or_done(held: Held) -> None:
    """What needs a worker that is busy says so; what needs none is done."""
    world = held.world
    card = await world.ask(WHERE)
    await held.hold()
    closing = asyncio.create_task(held.dispatcher.close(3.0))
    await asyncio.sleep(0)
    assert held.dispatcher.in_flight.is_closing
    asked = await held.begin(WHERE)
    pressed_card = await world.discord.press(world.member, card, "More")
    assert (await world.use("privacy")).text
    for said in (await asked.answer(), await pressed_card.answer()):
        assert "I am being restarted" in said.text
        assert said.ephemeral
    held.gate.set()
    await closing


async def test_a_question_that_waits_for_discord_is_told_at_the_end(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has begun, and would be answered when Discord says who asks: nobody waits for that.

    What is no question may be done all the same, and says so.
    """
    monkeypatch.setattr(direct_readers, "_PATIENCE_S", 3_600.0)
    world = held.world
    held.dispatcher.direct_readers.open(world.member.id, world.guild.id)
    asking = world.discord.fail("delay", method="GET", path=r"/members/\d+$", delay_s=20.0)
    place = world.discord.open_dm(world.member)
    asked = await world.discord.slash(world.member, place, "ask", question=WHERE)
    listed = await world.discord.slash(world.member, place, "articles")
    async with asyncio.timeout(PATIENCE_S):
        while not asking.hits:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.01)
    await listed.wait_until_acknowledged()
    await held.dispatcher.close(3.0)
    assert "I am being restarted, and had not come to this" in (await asked.answer()).text
    assert "Look in a minute whether it was done" in (await listed.answer()).text


async def test_who_types_does_not_wait_for_who_asks(held: Held) -> None:
    """Offers have a worker of their own."""
    await held.hold()
    waiting = await held.begin(WHERE)
    offered = await held.world.discord.autocomplete(
        held.world.member, held.world.channel, "ask", question="sourc"
    )
    assert "Source" in [one["value"] for one in offered]
    held.gate.set()
    assert "Lisk" in (await waiting.answer()).text


async def test_an_offer_that_comes_too_late_is_no_fault(
    held: Held, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord refuses it, and the log says nothing of who typed where."""
    world = held.world
    held.dispatcher.interactions.completions = NewestFirst(60)
    held.dispatcher.in_flight.start(held.dispatcher.interactions.completions.run(held.gate.wait))
    with caplog.at_level(logging.INFO):
        typed = await world.discord.start_autocomplete(
            world.member, world.channel, "ask", question="s"
        )
        # One and the same connection brings both events, in this order.
        assert "Lisk" in (await world.ask(WHERE)).text
        world.discord.clock.advance(4)
        held.gate.set()
        async with asyncio.timeout(PATIENCE_S):
            while not world.discord.offences:  # noqa: ASYNC110 (nothing tells of a refusal)
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
    assert typed.shown_choices is None
    assert caplog.records == []
    (refused,) = world.discord.offences
    assert "10062" in refused
    world.discord.offences.clear()


async def test_an_offer_that_would_come_too_late_is_not_made(
    held: Held, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is sent, and nothing is logged; the next one is made."""
    world = held.world
    held.dispatcher.interactions.completions = NewestFirst(0)
    with caplog.at_level(logging.INFO):
        typed = await world.discord.start_autocomplete(
            world.member, world.channel, "ask", question="s"
        )
        # One and the same connection brings both events, in this order.
        assert "Lisk" in (await world.ask(WHERE)).text
        held.dispatcher.interactions.completions = NewestFirst(60)
        asker = world.member, world.channel, "ask"
        assert await world.discord.autocomplete(*asker, question="sourc")
    assert typed.shown_choices is None
    assert caplog.records == []
