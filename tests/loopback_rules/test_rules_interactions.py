"""Interactions are answered once, in time, by the right kind of response, and followed up while the
token lives.
"""

import asyncio
from typing import Any

import pytest
from loopback import Interaction, NoAnswerError, NotOfferedError, Permission
from plain_bot import ASK, Scene, codes, scene

pytestmark = pytest.mark.asyncio

V2 = 1 << 15
GO = [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]
MODAL = {
    "title": "Form",
    "custom_id": "form",
    "components": [
        {
            "type": 18,
            "label": "Word",
            "component": {"type": 4, "custom_id": "word", "style": 1, "max_length": 5},
        }
    ],
}


async def pressed(stage: Scene, **body: Any) -> Interaction:
    """Let ada press the button of an answer."""
    asked = await stage.asked()
    await stage.bot.respond(asked, 4, {"components": GO, **(body or {"content": "first"})})
    return await stage.discord.press(stage.ada, await asked.answer(), "Go")


async def test_an_answer_in_time_is_taken() -> None:
    """It appears in the channel, says what it answers, and the person sees no error."""
    async with scene() as stage:
        asked = await stage.asked()
        status, answer = await stage.bot.respond(asked, 4, {"content": "now"})
        assert (status, answer["resource"]["message"]["content"]) == (200, "now")
        assert (await asked.answer()).text == "now"
        assert (asked.error, stage.discord.offences) == (None, [])
        assert stage.discord.messages(stage.channel) == asked.answers


async def test_the_first_response_has_three_seconds() -> None:
    """At 2.9 s it is taken, after 3 s it is unknown, and the person reads that nothing came."""
    async with scene() as stage:
        asked = await stage.asked()
        stage.discord.clock.advance(2.9)
        assert (await stage.bot.respond(asked, 5))[0] == 200
        late = await stage.asked()
        stage.discord.clock.advance(3.01)
        status, answer = await stage.bot.respond(late, 4, {"content": "too late"})
        assert (status, answer["code"]) == (404, 10062)
        assert late.error == "The application did not respond"
        assert (await stage.bot.hook("POST", late, body={"content": "x"}))[1]["code"] == 10015
        with pytest.raises(NoAnswerError, match="did not respond"):
            await late.answer(within_s=0.01)


async def test_a_second_first_response_is_refused() -> None:
    """The interaction has been acknowledged; also of two at the same time one is taken.

    To send the same once more is no breach, as the first may have been lost; to send another is.
    """
    async with scene() as stage:
        asked = await stage.asked()
        answers = await asyncio.gather(
            *(stage.bot.respond(asked, 4, {"content": "x"}) for _ in range(2))
        )
        assert sorted(status for status, _ in answers) == [200, 400]
        assert (await stage.bot.respond(asked, 5))[1]["code"] == 40060
        assert len(asked.answers) == 1
        assert len(stage.discord.offences) == 1


async def test_an_unknown_interaction_is_not_found() -> None:
    """A wrong token or id is 10062."""
    async with scene() as stage:
        asked = await stage.asked()
        path = f"/interactions/{asked.id}/{asked.token}x/callback"
        status, answer = await stage.bot.ask("POST", path, {"type": 5})
        assert (status, answer["code"]) == (404, 10062)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (1, None),
        (6, None),
        (7, {"content": "x"}),
        (8, {"choices": []}),
        (10, None),
        ("4", None),
        (None, None),
    ],
)
async def test_a_response_must_fit_the_interaction(kind: Any, data: Any) -> None:
    """A command is answered by a message, a deferral or a window; a refused one leaves it open."""
    async with scene() as stage:
        asked = await stage.asked()
        assert (await stage.bot.respond(asked, kind, data))[1]["code"] == 50035
        assert (await stage.bot.respond(asked, 4, {"content": "x"}))[0] == 200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"content": "x" * 2001}, 50035),
        ({}, 50006),
        ({"flags": V2, "content": "x", "components": [{"type": 10, "content": "x"}]}, 50035),
        ({"content": "x", "flags": 1 << 7}, 50035),
        ({"content": "x", "allowed_mentions": {"parse": ["x"]}}, 50035),
    ],
)
async def test_an_answer_is_judged_as_a_message(data: dict[str, Any], code: int) -> None:
    """A refused body does not acknowledge."""
    async with scene() as stage:
        asked = await stage.asked()
        status, answer = await stage.bot.respond(asked, 4, data)
        assert (status, answer["code"], asked.response) == (400, code, None)


async def test_an_ephemeral_answer_is_seen_by_one() -> None:
    """It is not in the channel; nobody else can press its buttons."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x", "flags": 64, "components": GO})
        answer = await asked.answer()
        assert answer.ephemeral
        assert stage.discord.messages(stage.channel) == []
        with pytest.raises(NotOfferedError):
            await stage.discord.press(stage.bob, answer, "Go")
        await stage.discord.press(stage.ada, answer, "go")


async def test_a_deferred_answer_is_filled_in_later() -> None:
    """First the bot is thinking, then the same message says something; its privacy is that of the
    deferral.
    """
    async with scene() as stage:
        asked = await stage.asked()
        assert (await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": "x"}))[1][
            "code"
        ] == 10015
        await stage.bot.respond(asked, 5, {"flags": 64})
        assert asked.answers == []
        with pytest.raises(NoAnswerError):
            await asked.answer(within_s=0.01)
        status, _ = await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": "x"})
        answer = await asked.answer()
        assert (status, answer.text, answer.ephemeral) == (200, "x", True)


async def test_the_first_follow_up_fills_in_a_bare_deferral() -> None:
    """Discord makes no second message of it, and ignores its privacy."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 5)
        await stage.bot.hook("POST", asked, body={"content": "one", "flags": 64})
        await stage.bot.hook("POST", asked, body={"content": "two", "flags": 64})
        assert [(one.text, one.ephemeral) for one in asked.answers] == [
            ("one", False),
            ("two", True),
        ]
        assert (await asked.followup()).text == "two"


async def test_answers_are_read_changed_and_taken_away() -> None:
    """By @original and by id; what is gone is unknown."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "one"})
        _, second = await stage.bot.hook("POST", asked, body={"content": "two"})
        assert (await stage.bot.hook("GET", asked, "/messages/@original"))[1]["content"] == "one"
        path = f"/messages/{second['id']}"
        assert (await stage.bot.hook("PATCH", asked, path, {"content": "three"}))[1][
            "content"
        ] == "three"
        assert (await stage.bot.hook("DELETE", asked, path))[0] == 204
        assert (await stage.bot.hook("GET", asked, path))[1]["code"] == 10008
        assert (await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": ""}))[1][
            "code"
        ] == 50006


async def test_the_token_lives_fifteen_minutes() -> None:
    """After that it is no longer a webhook's."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x"})
        stage.discord.clock.advance(899)
        assert (await stage.bot.hook("POST", asked, body={"content": "x"}))[0] == 200
        stage.discord.clock.advance(2)
        status, answer = await stage.bot.hook("POST", asked, body={"content": "x"})
        assert (status, answer["code"]) == (401, 50027)


async def test_a_button_changes_its_message_or_says_something_new() -> None:
    """Update, deferred update with a later change, and a new message."""
    async with scene() as stage:
        first = await pressed(stage)
        assert first.message is not None
        assert (await stage.bot.respond(first, 7, {"content": "changed"}))[0] == 200
        assert (await first.answer()) is first.message
        assert first.message.text == "changed"
        again = await stage.discord.press(stage.ada, first.message, "Go")
        await stage.bot.respond(again, 6)
        with pytest.raises(NoAnswerError):
            await again.answer(within_s=0.01)
        await stage.bot.hook("PATCH", again, "/messages/@original", {"content": "later"})
        assert (await again.answer()).text == "later"
        third = await stage.discord.press(stage.bob, first.message, "Go")
        await stage.bot.respond(third, 4, {"content": "new", "flags": 64})
        assert (await third.answer()).only_for is stage.bob
        assert stage.discord.offences == []


async def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    """Nor one that is disabled or of a message that is gone."""
    async with scene() as stage:
        button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go", "disabled": True}
        message = await stage.posted(components=[{"type": 1, "components": [button]}])
        for name in ("Stop", "Go"):
            with pytest.raises(NotOfferedError):
                await stage.discord.press(stage.ada, message, name)
        await stage.discord.press(stage.ada, message, "Go", force=True)
        await stage.discord.delete(message)
        with pytest.raises(NotOfferedError):
            await stage.discord.press(stage.ada, message, "Go", force=True)


async def test_a_menu_offers_its_options() -> None:
    """By label or value, as many as it allows; people come with what they are."""
    async with scene() as stage:
        options = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]
        menus = [
            {"type": 3, "custom_id": "number", "options": options},
            {"type": 5, "custom_id": "who"},
        ]
        message = await stage.posted(
            components=[{"type": 1, "components": [menu]} for menu in menus]
        )
        chosen = await stage.discord.select(stage.ada, message, "number", "Two")
        assert chosen.data["values"] == ["2"]
        chosen = await stage.discord.select(stage.ada, message, "who", stage.bob)
        assert str(stage.bob.id) in chosen.data["resolved"]["members"]
        for bad in (("Three",), ("One", "Two")):
            with pytest.raises(NotOfferedError):
                await stage.discord.select(stage.ada, message, "number", *bad)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([{"name": "n", "value": "v"}] * 26, "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "n" * 101, "value": "v"}], "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "", "value": "v"}], "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "n", "value": "v" * 101}], "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "n", "value": 5}], "BASE_TYPE_WRONG"),
        (None, "LIST_TYPE_CONVERT"),
    ],
)
async def test_suggestions_have_their_limits(choices: Any, code: str) -> None:
    """At most 25, each of 1 to 100 characters, of the option's type; and nothing but
    suggestions.
    """
    async with scene() as stage:
        await stage.bot.register(ASK)
        asked = await stage.discord.start_autocomplete(
            stage.ada, stage.channel, "ask", question="wh"
        )
        assert asked.data["options"][0]["focused"]
        assert code in codes(await stage.bot.respond(asked, 8, {"choices": choices}))
        assert (await stage.bot.respond(asked, 4, {"content": "x"}))[0] == 400
        good = [{"name": "n" * 100, "value": "v" * 100}] * 25
        assert (await stage.bot.respond(asked, 8, {"choices": good}))[0] == 200
        assert await asked.choices() == good


async def test_a_window_is_filled_in_and_answered() -> None:
    """Its fields have their limits; a window does not answer a window."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 9, MODAL)
        for values in ({}, {"word": "too long"}, {"word": "x", "other": "x"}):
            with pytest.raises(NotOfferedError):
                await stage.discord.submit_modal(stage.ada, asked, **values)
        with pytest.raises(NotOfferedError):
            await stage.discord.submit_modal(stage.bob, asked, word="x")
        sent = await stage.discord.submit_modal(stage.ada, asked, word="moon")
        assert sent.data["components"][0]["component"]["value"] == "moon"
        assert (await stage.bot.respond(sent, 9, MODAL))[1]["code"] == 50035
        assert (await stage.bot.respond(sent, 4, {"content": "x"}))[0] == 200


async def test_a_message_can_be_changed_from_a_window_opened_by_its_button() -> None:
    """Only then does the window know a message."""
    async with scene() as stage:
        button = await pressed(stage)
        await stage.bot.respond(button, 9, MODAL)
        sent = await stage.discord.submit_modal(stage.ada, button, Word="moon")
        assert (await stage.bot.respond(sent, 7, {"content": "moon"}))[0] == 200
        assert (await sent.answer()).text == "moon"


async def test_an_application_of_the_user_alone_is_held_back() -> None:
    """Five follow-ups; without Use External Apps everything is ephemeral."""
    async with scene() as stage:
        await stage.bot.register({**ASK, "contexts": [0, 1, 2], "integration_types": [1]})
        stage.discord.install_for(stage.ada)
        guild = stage.discord.add_guild("Strict", owner=stage.bob, with_bot=False, installed=False)
        stage.discord.add_member(guild, stage.ada)
        channel = stage.discord.add_text_channel(guild, "general")
        stage.discord.overwrite(channel, guild, deny=Permission.USE_EXTERNAL_APPS)
        asked = await stage.discord.slash(stage.ada, channel, "ask", question="when?")
        await stage.bot.respond(asked, 4, {"content": "x"})
        assert (await asked.answer()).ephemeral
        statuses = [
            (await stage.bot.hook("POST", asked, body={"content": "x"}))[0] for _ in range(6)
        ]
        assert statuses == [200] * 5 + [400]


async def test_a_button_removes_the_message_that_it_is_on() -> None:
    """After a deferred update @original is that message, public or private; then it is unknown, and
    no breach.
    """
    async with scene() as stage:
        posted = await stage.posted(components=GO)
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x", "flags": 64, "components": GO})
        for message in (posted, await asked.answer()):
            press = await stage.discord.press(stage.ada, message, "Go")
            assert (await stage.bot.respond(press, 6))[0] == 200
            assert press.answers == []
            assert (await stage.bot.hook("DELETE", press, "/messages/@original"))[0] == 204
            assert await press.answer() is message
            assert (message.deleted, press.answers) == (True, [])
            for method in ("PATCH", "DELETE"):
                answer = await stage.bot.hook(
                    method, press, "/messages/@original", {"content": "x"}
                )
                assert answer[1]["code"] == 10008
        assert stage.discord.offences == []


async def test_after_a_new_message_the_button_s_own_one_is_out_of_reach() -> None:
    """@original is then what was said, and the token does not lead to the message with the
    button.
    """
    async with scene() as stage:
        press = await pressed(stage)
        source = press.message
        assert source is not None
        await stage.bot.respond(press, 4, {"content": "new"})
        for method in ("PATCH", "DELETE"):
            answer = await stage.bot.hook(method, press, f"/messages/{source.id}", {"content": "x"})
            assert answer[1]["code"] == 10008
        assert len(stage.discord.offences) == 2
        assert (await stage.bot.hook("PATCH", press, "/messages/@original", {"content": "newer"}))[
            0
        ] == 200
        said = await press.answer()
        assert (await stage.bot.hook("DELETE", press, "/messages/@original"))[0] == 204
        assert (said.text, said.deleted, source.text, source.deleted) == (
            "newer",
            True,
            "first",
            False,
        )


async def test_a_private_card_turns_its_pages_in_place() -> None:
    """Each press may change it; the tokens that made and changed it still lead to it, nobody else's
    does.
    """
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "page 1", "flags": 64, "components": GO})
        card = await asked.answer()
        for number in (2, 3):
            press = await stage.discord.press(stage.ada, card, "Go")
            assert (await stage.bot.respond(press, 7, {"content": f"page {number}"}))[0] == 200
            assert (await stage.discord.edited(card)).text == f"page {number}"
            assert press.answers == [card]
        assert (await stage.bot.hook("PATCH", press, "/messages/@original", {"content": "page 4"}))[
            0
        ] == 200
        assert (await stage.bot.hook("PATCH", asked, "/messages/@original", {"content": "page 5"}))[
            0
        ] == 200
        assert (card.ephemeral, stage.discord.private_messages(stage.ada, stage.channel)) == (
            True,
            [card],
        )
        assert stage.discord.offences == []
        other = await stage.asked()
        await stage.bot.respond(other, 4, {"content": "x"})
        assert (await stage.bot.hook("PATCH", other, f"/messages/{card.id}", {"content": "x"}))[1][
            "code"
        ] == 10008
        assert len(stage.discord.offences) == 1


async def test_a_private_message_is_not_reached_through_its_channel() -> None:
    """There it is unknown: not read, changed, deleted, reacted to, answered or listed."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "x", "flags": 64})
        private = await asked.answer()
        path = f"/channels/{stage.channel.id}/messages"
        for method, place, body in (
            ("GET", f"{path}/{private.id}", None),
            ("PATCH", f"{path}/{private.id}", {"content": "x"}),
            ("DELETE", f"{path}/{private.id}", None),
            ("PUT", f"{path}/{private.id}/reactions/%E2%8F%B3/@me", None),
        ):
            assert (await stage.bot.ask(method, place, body))[1]["code"] == 10008
        reply = {"content": "x", "message_reference": {"message_id": str(private.id)}}
        assert "REPLIES_UNKNOWN_MESSAGE" in codes(await stage.bot.send(stage.channel, reply))
        assert len(stage.discord.offences) == 5
        assert (await stage.bot.ask("GET", path))[1] == []
        assert not private.deleted


async def test_a_message_that_went_before_the_answer_cannot_be_changed() -> None:
    """An update of it is 10008, no breach, and leaves the interaction open for a new message."""
    async with scene() as stage:
        press = await pressed(stage)
        assert press.message is not None
        await stage.discord.delete(press.message)
        assert (await stage.bot.respond(press, 7, {"content": "x"}))[1]["code"] == 10008
        assert (stage.discord.offences, press.response) == ([], None)
        assert (await stage.bot.respond(press, 4, {"content": "gone"}))[0] == 200


@pytest.mark.parametrize("kind", [6, 7])
async def test_a_window_of_a_command_has_no_message_to_change(kind: int) -> None:
    """Only a window opened by a button has; this one is answered with a message of its own."""
    async with scene() as stage:
        asked = await stage.asked()
        await stage.bot.respond(asked, 9, MODAL)
        sent = await stage.discord.submit_modal(stage.ada, asked, word="moon")
        assert (await stage.bot.respond(sent, kind, {"content": "x"}))[1]["code"] == 50035
        assert len(stage.discord.offences) == 1
        assert (await stage.bot.respond(sent, 5, {"flags": 64}))[0] == 200
        assert (await stage.bot.hook("PATCH", sent, "/messages/@original", {"content": "moon"}))[
            0
        ] == 200
        assert (await sent.answer()).ephemeral


async def test_a_window_is_answered_by_changing_or_removing_its_message() -> None:
    """A deferred update, then a change of the message whose button opened the window, then
    its end.
    """
    async with scene() as stage:
        button = await pressed(stage)
        await stage.bot.respond(button, 9, MODAL)
        answer = await stage.bot.hook("PATCH", button, "/messages/@original", {"content": "x"})
        assert answer[1]["code"] == 10008, "a window is no message"
        stage.discord.offences.clear()
        sent = await stage.discord.submit_modal(stage.ada, button, word="moon")
        await stage.bot.respond(sent, 6)
        await stage.bot.hook("PATCH", sent, "/messages/@original", {"content": "moon"})
        assert (await sent.answer()) is button.message
        assert [message.text for message in sent.answers] == ["moon"]
        await stage.bot.hook("DELETE", sent, "/messages/@original")
        assert (await stage.discord.deleted(await sent.answer())).text == "moon"
        assert stage.discord.offences == []


async def test_among_others_the_application_has_little() -> None:
    """In a conversation of users it may attach, embed and mention, in a foreign guild nothing; no
    route leads there.
    """
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        await stage.bot.register(
            {"type": 3, "name": "Find the passage", "contexts": [0, 1, 2], "integration_types": [1]}
        )
        stage.discord.install_for(stage.ada)
        foreign = stage.discord.add_guild(
            "Elsewhere", owner=stage.ada, with_bot=False, installed=False
        )
        stage.discord.add_member(foreign, stage.bob)
        little = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE
        private = stage.discord.open_private(stage.ada, stage.bob)
        for channel, may in (
            (private, little),
            (stage.discord.add_text_channel(foreign, "there"), 0),
        ):
            said = await stage.discord.say(stage.bob, channel, "when?")
            asked = await stage.discord.use_message_command(stage.ada, said, "Find the passage")
            assert stage.discord.events("INTERACTION_CREATE")[-1].data["app_permissions"] == str(
                int(may)
            )
            assert asked.data["resolved"]["messages"][str(said.id)]["content"] == "when?"
            assert (await stage.bot.respond(asked, 4, {"content": "now"}))[0] == 200
            assert stage.discord.offences == []
            assert (await stage.bot.send(channel, {"content": "x"}))[1]["code"] == 50001
            assert len(stage.discord.offences) == 1
            stage.discord.offences.clear()
        assert stage.discord.events("MESSAGE_CREATE") == []
