"""Each response is delivered once, whole, and to those alone whom it is for: discord.py's own
objects, on a Discord of their own.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import yarl
from conftest import World, judge, populate
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from loopback import LoopbackDiscord, NoAnswerError, rest
from loopback.clock import PATIENCE_S
from loopback.faults import How
from loopback.interactions import DEFER, DEFER_UPDATE, REPLY, Interaction
from loopback.permissions import Permission
from loopback.state import Message, Pings
from test_retry import Clock

from bot.chat import delivery, retry
from bot.chat.delivery import Deferral
from bot.chat.reply import Field, Removal, Reply, TextModal, Update
from bot.chat.retry import Undelivered
from bot.chat.state.discord_time import DiscordTime
from bot.chat.ui.layout import Card

POSTS = r"/channels/\d+/messages$"
CALLBACK = "/callback$"
ASK = {
    "name": "ask",
    "type": 1,
    "description": "Ask",
    "options": [
        {
            "name": "question",
            "type": 3,
            "description": "What",
            "required": True,
            "autocomplete": True,
        }
    ],
}
WINDOW = TextModal("Ask", "window", [Field("text", "What", "Which", "How", most=100)])


class Listener(discord.Client):
    """Keeps what arrives, and answers nothing."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            max_messages=None,
            guild_ready_timeout=0.05,
        )
        self.heard: asyncio.Queue[discord.Message | discord.Interaction] = asyncio.Queue()

    async def setup_hook(self) -> None:
        """Register a command."""
        await self.http.bulk_upsert_global_commands(self.application_id or 0, [ASK])

    async def on_message(self, message: discord.Message) -> None:
        """Keep what others write."""
        if message.author != self.user and message.type in {
            discord.MessageType.default,
            discord.MessageType.reply,
        }:
            self.heard.put_nowait(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Keep a command or a press."""
        self.heard.put_nowait(interaction)


@dataclass(slots=True)
class Here:
    """A Discord with a client that does what the test says."""

    world: World
    client: Listener

    @property
    def loopback(self) -> LoopbackDiscord:
        """The server."""
        return self.world.discord

    async def asked(self) -> tuple[Message, discord.Message]:
        """Let the member mention the bot; give the message as Discord and as the client has it."""
        said = await self.world.mention("where?")
        heard = await asyncio.wait_for(self.client.heard.get(), PATIENCE_S)
        assert isinstance(heard, discord.Message)
        return said, heard

    async def used(self) -> tuple[Interaction, discord.Interaction]:
        """Let the member use the command."""
        used = await self.loopback.slash(
            self.world.member, self.world.channel, "ask", question="where?"
        )
        return used, await self.interaction()

    async def pressed(self) -> tuple[Message, Interaction, discord.Interaction]:
        """Let the member press the button of a card."""
        used, heard = await self.used()
        assert await delivery.respond(heard, Reply(card=card("a card")))
        shown = await used.answer()
        press = await self.loopback.press(self.world.member, shown, "Go on")
        return shown, press, await self.interaction()

    async def interaction(self) -> discord.Interaction:
        """Wait for a command or a press."""
        heard = await asyncio.wait_for(self.client.heard.get(), PATIENCE_S)
        assert isinstance(heard, discord.Interaction)
        return heard

    def sent(self, path: str, method: str = "POST") -> int:
        """Count the requests of a kind."""
        return sum(
            one.method == method and re.search(path, one.path) is not None
            for one in self.loopback.requests
        )

    def said(self) -> list[Message]:
        """Give what the bot said in the channel."""
        return self.loopback.messages(self.world.channel, by=self.loopback.bot_user)


def card(text: str) -> Card:
    """Make a card with a button."""
    button: discord.ui.Button[Card] = discord.ui.Button(label="Go on", custom_id="go:on")
    row: discord.ui.ActionRow[Card] = discord.ui.ActionRow(button)
    return Card([text], [row])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock by which it is sent again."""
    clock = Clock()
    monkeypatch.setattr(retry, "time", clock)
    monkeypatch.setattr(retry, "asyncio", clock)
    return clock


@pytest.fixture
async def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> AsyncIterator[Here]:
    """Give a client on a Discord of its own, which sends again by the test's clock."""
    assert not clock.pauses_s
    async with LoopbackDiscord() as loopback:
        monkeypatch.setattr(Route, "BASE", loopback.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(loopback.gateway_url))
        client = Listener()
        world = populate(loopback, tmp_path)
        running = asyncio.create_task(client.start(loopback.token))
        try:
            await loopback.registered_commands("ask")
            await loopback.ready()
            await asyncio.wait_for(client.wait_until_ready(), PATIENCE_S)
            yield Here(world, client)
        finally:
            await client.close()
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError, discord.DiscordException, OSError):
                await running
        judge(loopback)


async def test_a_message_is_answered_in_place(here: Here) -> None:
    """As a reply that pings nobody, once, however often it is sent under its nonce."""
    said, heard = await here.asked()
    for _ in range(2):
        sent = await delivery.reply(heard, Reply("**Lisk** <@1>"), ["17"])
        assert isinstance(sent, discord.Message)
        (shown,) = here.said()
        assert shown.id == sent.id
    assert (shown.content, shown.nonce) == ("**Lisk** <@1>", "17")
    assert shown.reply_to is said
    assert not shown.pings
    assert not shown.reply_pings
    assert shown.body["message_reference"]["fail_if_not_exists"] is False


async def test_a_card_a_file_and_one_ping(here: Here) -> None:
    """A role is notified where it is named, and nobody else; a file comes whole."""
    role = here.loopback.add_role(here.world.guild, "curators", permissions=Permission(0))
    other = here.loopback.add_role(here.world.guild, "others", permissions=Permission(0))
    role.mentionable = other.mentionable = True
    _, heard = await here.asked()
    text = f"<@&{role.id}> <@&{other.id}> <@{here.world.member.id}> @everyone"
    reply = Reply(text, files=[("a.txt", b"content")], pings=role.id)
    assert isinstance(await delivery.reply(heard, reply, ["1"]), discord.Message)
    assert isinstance(
        await delivery.reply(heard, Reply("text", card=card("a card")), ["2"]), discord.Message
    )
    first, second = here.said()
    assert first.pings == Pings(roles=frozenset({role.id}))
    (file,) = first.attachments
    assert (file.filename, file.content) == ("a.txt", b"content")
    assert "a card" in second.text
    assert not second.content
    assert not second.attachments
    asked = Reply(text, pings_user=here.world.member.id)
    assert isinstance(await delivery.reply(heard, asked, ["3"]), discord.Message)
    assert here.said()[-1].pings == Pings(users=frozenset({here.world.member.id}))


async def test_without_the_history_it_is_no_reply(here: Here) -> None:
    """What needs a permission that the bot has not got is said without it."""
    _, heard = await here.asked()
    here.loopback.overwrite(
        here.world.channel, here.loopback.bot_user, deny=Permission.READ_MESSAGE_HISTORY
    )
    assert isinstance(await delivery.reply(heard, Reply("Lisk"), ["1"]), discord.Message)
    (shown,) = here.said()
    assert (shown.content, shown.reply_to) == ("Lisk", None)
    assert here.sent(POSTS) == 2
    here.loopback.offences.clear()


async def test_what_was_deleted_is_written_under_the_next_nonce(here: Here) -> None:
    """When there is none left, nothing more is written."""
    _, heard = await here.asked()
    await delivery.reply(heard, Reply("old"), ["1"])
    for nonce in ("1", "2"):
        (shown,) = here.said()
        assert shown.nonce == nonce
        await here.loopback.delete(shown)
        if nonce == "1":
            sent = await delivery.reply(heard, Reply("new"), ["1", "2", "3"])
            assert isinstance(sent, discord.Message)
    gone = await delivery.reply(heard, Reply("new"), ["1"])
    assert isinstance(gone, Undelivered)
    assert (gone.status, gone.code) == (404, 10008)


async def test_a_refusal_is_handed_back(here: Here) -> None:
    """With Discord's code; it is not sent again."""
    _, heard = await here.asked()
    here.loopback.overwrite(
        here.world.channel, here.loopback.bot_user, deny=Permission.SEND_MESSAGES
    )
    assert await delivery.reply(heard, Reply("Lisk"), ["1"]) == Undelivered(403, 50013)
    assert here.sent(POSTS) == 1
    here.loopback.offences.clear()


async def test_a_thread_is_begun_once_and_found_again(here: Here) -> None:
    """The answer stands in it, as no reply."""
    said, heard = await here.asked()
    for nonce in ("1", "2"):
        reply = Reply("Lisk", thread="Where?")
        assert isinstance(await delivery.reply(heard, reply, [nonce]), discord.Message)
    assert said.thread is not None
    assert said.thread.name == "Where?"
    assert here.said() == []
    shown = here.loopback.messages(said.thread, by=here.loopback.bot_user)
    assert [(one.content, one.reply_to) for one in shown if one.content] == [("Lisk", None)] * 2
    here.loopback.offences.clear()


async def test_where_no_thread_may_be_begun_it_is_answered_in_place(here: Here) -> None:
    """As a reply."""
    said, heard = await here.asked()
    here.loopback.overwrite(
        here.world.channel, here.loopback.bot_user, deny=Permission.CREATE_PUBLIC_THREADS
    )
    await delivery.reply(heard, Reply("Lisk", thread="Where?"), ["1"])
    (shown,) = here.said()
    assert (shown.content, shown.reply_to) == ("Lisk", said)
    here.loopback.offences.clear()


async def test_what_stands_is_changed_deleted_and_marked(here: Here) -> None:
    """What is gone is told, and what cannot be changed just now is not taken for gone."""
    said, heard = await here.asked()
    sent = await delivery.reply(heard, Reply("Lisk"), ["1"])
    assert isinstance(sent, discord.Message)
    assert isinstance(heard.channel, discord.TextChannel)
    part = heard.channel.get_partial_message(sent.id)
    assert await delivery.edit(part, card("a card")) is None
    (shown,) = here.said()
    assert shown.text == "a card"
    here.loopback.fail(403, method="PATCH")
    assert await delivery.edit(part, card("another")) == Undelivered(403)
    await delivery.react(heard, "⏳")
    assert said.reactions == ["⏳"]
    await delivery.delete(part)
    assert here.said() == []
    assert await delivery.edit(part, card("a card")) == Undelivered(404, retry.UNKNOWN_MESSAGE)
    await delivery.delete(part)


@pytest.mark.parametrize(
    ("was_archived", "closes", "archived"),
    [
        (False, False, False),
        (False, True, True),
        (True, False, False),
        (True, True, False),
    ],
)
async def test_a_thread_is_renamed_closed_and_opened(
    was_archived: bool,  # noqa: FBT001
    closes: bool,  # noqa: FBT001
    archived: bool,  # noqa: FBT001
    here: Here,
) -> None:
    """An archived one is opened by that, and is not closed at once."""
    said, heard = await here.asked()
    await delivery.reply(heard, Reply("Lisk", thread="Where?"), ["1"])
    assert said.thread is not None
    if was_archived:
        here.loopback.archive(said.thread)
    thread = await here.client.fetch_channel(said.thread.id)
    assert isinstance(thread, discord.Thread)
    if closes:
        await delivery.rename(thread, "Another", closes=True)
    else:
        await delivery.rename(thread, "Another")
    assert (said.thread.name, said.thread.archived) == ("Another", archived)


async def test_an_announcement_stands_once(here: Here) -> None:
    """With a reference or without one."""
    said, heard = await here.asked()
    reference = heard.to_reference(fail_if_not_exists=False)
    for nonce, at in (("1", None), ("1", None), ("2", reference)):
        assert await delivery.announce(heard.channel, Reply(nonce), nonce, at) is not None
    assert [(one.content, one.nonce, one.reply_to) for one in here.said()] == [
        ("1", "1", None),
        ("2", "2", said),
    ]
    here.loopback.fail(403, method="POST")
    assert await delivery.announce(heard.channel, Reply("3"), "3", None) is None


@pytest.mark.parametrize("is_private", [False, True])
async def test_a_command_is_answered(is_private: bool, here: Here) -> None:  # noqa: FBT001
    """To all or to the one who asked."""
    used, heard = await here.used()
    assert await delivery.respond(heard, Reply("Lisk", is_private=is_private))
    assert used.response == REPLY
    shown = await used.answer()
    assert (shown.text, shown.ephemeral) == ("Lisk", is_private)


@pytest.mark.parametrize("was_private", [False, True])
@pytest.mark.parametrize("is_private", [False, True])
async def test_a_command_is_answered_after_a_while(
    was_private: bool,  # noqa: FBT001
    is_private: bool,  # noqa: FBT001
    here: Here,
) -> None:
    """What is private is never shown to all; the message that says that the bot thinks becomes
    the answer, or goes.
    """
    used, heard = await here.used()
    deferral = await delivery.defer(heard, is_private=was_private)
    assert deferral == Deferral(is_thinking=True, is_private=was_private, is_certain=True)
    assert await used.wait_until_acknowledged() == DEFER
    thinking = used.original
    assert thinking is not None
    assert thinking.ephemeral is was_private
    files = [("a.txt", b"a"), ("b.txt", b"b")]
    reply = Reply("Lisk", is_private=is_private, files=files)
    assert await delivery.respond(heard, reply, deferral)
    shown = await used.answer()
    assert shown.text == "Lisk"
    assert [(one.filename, one.content) for one in shown.attachments] == files
    assert shown.ephemeral is (was_private or is_private)
    assert thinking.deleted is (is_private and not was_private)
    assert used.error is None


async def test_a_window_that_comes_too_late_is_told(here: Here) -> None:
    """Discord takes none behind the message that says that the bot thinks, or behind a press."""
    used, heard = await here.used()
    deferral = await delivery.defer(heard, is_private=True)
    assert await delivery.respond(heard, WINDOW, deferral)
    assert "too slow" in (await used.answer()).text
    _, press, pressed = await here.pressed()
    deferral = await delivery.defer(pressed, is_private=True)
    assert await delivery.respond(pressed, WINDOW, deferral)
    told = await press.answer()
    assert ("too slow" in told.text, told.ephemeral) == (True, True)


async def test_a_private_answer_needs_no_message_to_take_away(here: Here) -> None:
    """Where somebody deleted it meanwhile, the answer comes all the same."""
    used, heard = await here.used()
    deferral = await delivery.defer(heard, is_private=False)
    await heard.delete_original_response()
    assert await delivery.respond(heard, Reply("Lisk", is_private=True), deferral)
    assert (await used.answer()).ephemeral


async def test_a_press_is_answered(here: Here) -> None:
    """By another card in its place, by a message, by a window, or by its removal."""
    shown, _, heard = await here.pressed()
    assert await delivery.respond(heard, Update(card("another")))
    assert shown.text == "another"
    _, press, heard = await here.pressed()
    assert await delivery.respond(heard, Reply("Lisk", is_private=True))
    assert (await press.answer()).ephemeral
    _, press, heard = await here.pressed()
    assert await delivery.respond(heard, WINDOW)
    assert (await press.modal()).custom_id == "window"
    shown, press, heard = await here.pressed()
    assert await delivery.respond(heard, Removal())
    assert await press.wait_until_acknowledged() == DEFER_UPDATE
    assert shown.deleted


async def test_a_press_is_answered_after_a_while(here: Here) -> None:
    """The card stays as it is until then; a message comes after it, for those whom it is for."""
    for response in (Update(card("another")), Removal(), Reply("a"), Reply("b", is_private=True)):
        shown, press, heard = await here.pressed()
        deferral = await delivery.defer(heard, is_private=True)
        assert deferral == Deferral(is_thinking=False, is_private=True, is_certain=True)
        assert await press.wait_until_acknowledged() == DEFER_UPDATE
        assert shown.text == "a card"
        assert await delivery.respond(heard, response, deferral)
        assert shown.deleted is isinstance(response, Removal)
        assert ("another" in shown.text) is isinstance(response, Update)
        if isinstance(response, Reply):
            after = await press.followup()
            assert (after.text, after.ephemeral) == (response.text, response.is_private)


async def test_a_window_is_not_opened_after_a_while(here: Here) -> None:
    """Discord opens none then; the card stays, and may be pressed again."""
    shown, press, heard = await here.pressed()
    deferral = await delivery.defer(heard, is_private=True)
    said = len(here.said())
    assert await delivery.respond(heard, WINDOW, deferral)
    assert await press.wait_until_acknowledged() == DEFER_UPDATE
    assert (shown.text, shown.deleted, len(here.said())) == ("a card", False, said)


@pytest.mark.parametrize("how", ["lost reply", "reset"])
async def test_an_acknowledgement_that_fails_is_sent_again(
    how: How, here: Here, clock: Clock
) -> None:
    """One that had arrived counts as what it was."""
    used, heard = await here.used()
    here.loopback.fail(how, path=CALLBACK)
    assert await delivery.respond(heard, Reply("Lisk"))
    assert (await used.answer()).text == "Lisk"
    assert here.sent(CALLBACK) == 2
    assert len(clock.pauses_s) == 1
    used, heard = await here.used()
    here.loopback.fail(how, path=CALLBACK)
    deferral = await delivery.defer(heard, is_private=False)
    assert deferral.is_certain
    assert await delivery.respond(heard, Reply("Lisk"), deferral)
    assert (await used.answer()).text == "Lisk"
    here.loopback.offences.clear()


@pytest.mark.parametrize("arrives", [False, True])
async def test_a_deferral_that_is_uncertain_is_answered_once(
    arrives: bool,  # noqa: FBT001
    here: Here,
    clock: Clock,
) -> None:
    """Whether it had arrived or not: then the answer is the first response, or comes after it."""
    used, heard = await here.used()
    fault = here.loopback.fail("reset", path=CALLBACK, times=None)
    deferral = await delivery.defer(heard, is_private=False)
    fault.stop()
    assert deferral == Deferral(is_thinking=True, is_private=False, is_certain=False)
    assert clock.pauses_s
    if arrives:
        heard.response._response_type = None  # noqa: SLF001 (as where the reply was lost)
        await heard.response.defer()
        heard.response._response_type = None  # noqa: SLF001
    assert await delivery.respond(heard, Reply("Lisk"), deferral)
    assert (await used.answer()).text == "Lisk"
    assert used.response == (DEFER if arrives else REPLY)
    here.loopback.offences.clear()


@pytest.mark.parametrize("first", ["deferral", "answer", "nothing"])
async def test_a_deferral_is_answered_where_no_try_is_in_time(
    first: str, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord took the deferral or the answer, and said so too late: the answer stands there, once.
    Where it took neither, nothing can be said.
    """
    monkeypatch.setattr(delivery, "_RESPONSE_DEADLINE_S", 0.0)
    monkeypatch.setattr(delivery, "_LEAST_RESPONSE_S", 0.0)
    monkeypatch.setattr(delivery, "_RESPONSE_TRY_S", 10.0)
    used, heard = await here.used()
    arrives: How = "lost reply"
    fault = here.loopback.fail(arrives if first == "deferral" else "reset", path=CALLBACK)
    deferral = await delivery.defer(heard, is_private=False)
    here.loopback.fail("reset" if first == "nothing" else arrives, path=CALLBACK)
    assert (deferral.is_certain, fault.hits) == (False, 1)
    is_answered = await delivery.respond(heard, Reply("Lisk"), deferral)
    assert is_answered is (first != "nothing")
    assert [one.text for one in here.said()] == ["Lisk"] * is_answered
    assert used.response == {"deferral": DEFER, "answer": REPLY, "nothing": None}[first]
    # The answer may have been the first response.
    here.loopback.offences[:] = [one for one in here.loopback.offences if "40060" not in one]


@pytest.mark.parametrize("first", ["deferral", "answer", "nothing"])
async def test_a_press_is_answered_where_no_try_is_in_time(
    first: str, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord is asked what it took: a message follows the deferral, and no other answer.

    Where it took neither, nothing can be said.
    """
    monkeypatch.setattr(delivery, "_RESPONSE_DEADLINE_S", 0.0)
    monkeypatch.setattr(delivery, "_LEAST_RESPONSE_S", 0.0)
    monkeypatch.setattr(delivery, "_RESPONSE_TRY_S", 10.0)
    _, press, heard = await here.pressed()
    before = len(here.said())
    arrives: How = "lost reply"
    here.loopback.fail(arrives if first == "deferral" else "reset", path=CALLBACK)
    deferral = await delivery.defer(heard, is_private=True)
    assert not deferral.is_certain
    here.loopback.fail("reset" if first == "nothing" else arrives, path=CALLBACK)
    is_answered = await delivery.respond(heard, Reply("Lisk"), deferral)
    assert is_answered is (first != "nothing")
    assert [one.text for one in here.said()[before:]] == ["Lisk"] * is_answered
    assert press.response == {"deferral": DEFER_UPDATE, "answer": REPLY, "nothing": None}[first]
    # The answer may have been the first response, and Discord knows of no other one.
    here.loopback.offences.clear()


async def test_no_message_follows_a_press_that_discord_refuses(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be refused as well."""
    monkeypatch.setattr(delivery, "_RESPONSE_DEADLINE_S", 0.0)
    monkeypatch.setattr(delivery, "_LEAST_RESPONSE_S", 0.0)
    monkeypatch.setattr(delivery, "_RESPONSE_TRY_S", 10.0)
    _, _, heard = await here.pressed()
    here.loopback.fail("reset", path=CALLBACK)
    deferral = await delivery.defer(heard, is_private=True)
    assert not deferral.is_certain
    said = len(here.said())
    here.loopback.fail(403, path=CALLBACK)
    assert not await delivery.respond(heard, Reply("Lisk"), deferral)
    assert len(here.said()) == said


async def test_what_cannot_be_answered_is_said(here: Here, clock: Clock) -> None:
    """Neither at first, where it fails or is refused, nor after a deferral."""
    _, heard = await here.used()
    here.loopback.fail(403, path=CALLBACK)
    assert not await delivery.respond(heard, Reply("Lisk"))
    assert not clock.pauses_s
    _, heard = await here.used()
    here.loopback.fail("reset", path=CALLBACK, times=None)
    assert not await delivery.respond(heard, Reply("Lisk"))
    here.loopback.stop_failing()
    _, heard = await here.used()
    deferral = await delivery.defer(heard, is_private=False)
    here.loopback.fail("reset", path="/webhooks/", times=None)
    assert not await delivery.respond(heard, Reply("Lisk"), deferral)
    assert clock.pauses_s


async def test_an_offer_is_tried_once(here: Here, caplog: pytest.LogCaptureFixture) -> None:
    """What comes too late is no fault; another failure is told."""
    member, channel = here.world.member, here.world.channel
    choices = [app_commands.Choice(name="Where does it rise?", value="rise")]

    async def typed() -> tuple[Interaction, discord.Interaction]:
        typing = await here.loopback.start_autocomplete(member, channel, "ask", question="w")
        return typing, await here.interaction()

    typing, heard = await typed()
    await delivery.offer(heard, choices)
    assert [one["value"] for one in await typing.choices()] == ["rise"]
    caplog.set_level(logging.WARNING, logger=delivery.__name__)
    heard.response._response_type = None  # noqa: SLF001 (as where the reply was lost)
    await delivery.offer(heard, choices)
    assert caplog.messages == []
    failures: list[tuple[How, str]] = [
        (403, "an offer was refused: status 403, code 0"),
        ("reset", "an offer could not be delivered: "),
    ]
    for how, told in failures:
        typing, heard = await typed()
        fault = here.loopback.fail(how, path=CALLBACK, times=None)
        await delivery.offer(heard, choices)
        assert fault.hits == 1
        assert told in caplog.messages.pop()
        fault.stop()
        with pytest.raises(NoAnswerError):
            await typing.choices(0.01)
    here.loopback.offences.clear()


async def test_each_kind_is_tried_for_as_long_as_it_is_worth(here: Here, clock: Clock) -> None:
    """Messages for a minute and a half, what belongs to an interaction for less than Discord's
    three seconds, marks and names of threads for half a minute; a try that is never answered is
    given up.
    """
    _, heard = await here.asked()
    sent = await delivery.reply(heard, Reply("Lisk", thread="Where?"), ["1"])
    assert isinstance(sent, discord.Message)
    assert isinstance(sent.channel, discord.Thread)
    thread, part = sent.channel, sent.channel.get_partial_message(sent.id)
    _, used = await here.used()
    here.loopback.fail("reset", times=None)
    for send, deadline_s, try_s in (
        (lambda: delivery.reply(heard, Reply("a"), ["2"]), 90.0, 30.0),
        (lambda: delivery.reply(heard, Reply("a"), ["2"], deadline_s=8.0), 8.0, 8.0),
        (lambda: delivery.announce(heard.channel, Reply("a"), "2", None), 90.0, 30.0),
        (lambda: delivery.edit(part, card("a card")), 90.0, 30.0),
        (lambda: delivery.delete(part), 90.0, 30.0),
        (lambda: delivery.react(heard, "⏳"), 30.0, 5.0),
        (lambda: delivery.rename(thread, "Another"), 30.0, 5.0),
        (lambda: delivery.defer(used, is_private=False), 2.6, 1.2),
    ):
        clock.pauses_s.clear()
        clock.tries_s.clear()
        await send()
        assert set(clock.tries_s) == {try_s}
        # The last pause, which is not begun, has five seconds at most.
        assert max(0.0, 0.6 * deadline_s - 5.0) <= sum(clock.pauses_s) <= deadline_s
    here.loopback.stop_failing()


@pytest.mark.parametrize(
    ("age_s", "known_age_s", "left_s"),
    [
        (0.0, 0.0, 2.6),
        (1.0, 1.0, 1.6),
        (2.5, 2.5, 0.5),
        (60.0, 60.0, 0.5),
        (60.5, 60.5, 2.6),
        (-0.5, 0.5, 2.6),
        (20.0, 0.25, 2.35),
        (0.25, 0.75, 2.35),
    ],
)
async def test_an_interaction_is_worth_what_is_left_of_its_time(
    age_s: float,
    known_age_s: float,
    left_s: float,
    here: Here,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Late ones are tried all the same. A clock of this machine that is ahead makes none late."""
    _, heard = await here.used()
    now = heard.created_at + dt.timedelta(seconds=age_s)
    known_s = heard.created_at.timestamp() + known_age_s
    monkeypatch.setattr(discord.utils, "utcnow", lambda: now)
    monkeypatch.setattr(delivery, "DISCORD_TIME", DiscordTime(lambda: known_s))
    deadline_s = delivery._find_response_deadline(heard)  # noqa: SLF001 (the number itself)
    assert deadline_s == pytest.approx(left_s)


async def test_who_is_ready_first_is_sent_first(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a channel takes five at a time, nobody is overtaken, and Discord refuses nothing."""
    monkeypatch.setattr(rest, "MESSAGES_WINDOW_S", 0.3)
    _, heard = await here.asked()
    begun = iter(range(40))

    async def go_on() -> None:
        for number in begun:
            sent = await delivery.reply(heard, Reply(f"{number}"), [f"{number}"])
            assert isinstance(sent, discord.Message)

    await asyncio.gather(*(go_on() for _ in range(10)))
    assert [int(message.content) for message in here.said()] == list(range(40))
    assert here.loopback.core.invalid_requests == 0
