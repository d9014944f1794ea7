"""A message that Discord would take is taken; one that it would not is refused with its status and
code.
"""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from loopback import Permission
from plain_bot import codes, scene

pytestmark = pytest.mark.asyncio

GOOD: list[dict[str, Any]] = [
    {"content": "hello"},
    {"content": " " + "x" * 2000 + "\r\n"},
    {"content": "😀" * 2000},
    {"embeds": [{"title": "t" * 256, "description": "d" * 4096, "footer": {"text": "f" * 1648}}]},
    {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 25}] * 10},
    {"content": "hello", "nonce": "n" * 25, "flags": 1 << 12, "tts": False},
    {"content": "hello", "allowed_mentions": {"parse": [], "users": ["1"], "replied_user": False}},
    {
        "components": [
            {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}
        ]
    },
]
BAD: list[tuple[dict[str, Any], int, str]] = [
    ({"content": "x" * 2001}, 50035, "BASE_TYPE_MAX_LENGTH"),
    ({"content": 5}, 50035, "BASE_TYPE_STRING"),
    ({"content": " \n "}, 50006, ""),
    ({}, 50006, ""),
    ({"content": "x", "embeds": [{"title": "t" * 257}]}, 50035, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "embeds": [{"description": "t" * 4097}]}, 50035, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "embeds": [{"footer": {"text": "t" * 2049}}]}, 50035, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "embeds": [{"author": {"name": "t" * 257}}]}, 50035, "BASE_TYPE_BAD_LENGTH"),
    (
        {"content": "x", "embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]},
        50035,
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"content": "x", "embeds": [{"fields": [{"name": "", "value": "v"}]}]},
        50035,
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"content": "x", "embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]},
        50035,
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"content": "x", "embeds": [{"title": "t"}] * 11}, 50035, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "embeds": [{}]}, 50035, "BASE_TYPE_REQUIRED"),
    (
        {"content": "x", "embeds": [{"description": "d" * 3001}] * 2},
        50035,
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ({"content": "x", "nonce": "n" * 26}, 50035, "BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "flags": 1 << 6}, 50035, "BITFIELD_TYPE_INVALID"),
    ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, 50035, "BASE_TYPE_CHOICES"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        50035,
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    ({"content": "x", "allowed_mentions": {"users": ["1"] * 101}}, 50035, "BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "message_reference": {"message_id": "5"}}, 50035, "REPLIES_UNKNOWN_MESSAGE"),
    ({"content": "x", "message_reference": {"message_id": "x"}}, 50035, "NUMBER_TYPE_COERCE"),
    ({"content": "x", "attachments": [{"id": 0}]}, 50035, "ATTACHMENT_NOT_FOUND"),
]


@pytest.mark.parametrize("body", GOOD, ids=lambda body: json.dumps(body)[:40])
async def test_a_message_in_order_is_taken(body: dict[str, Any]) -> None:
    """Everything at its limit is still good."""
    async with scene() as stage:
        status, answer = await stage.bot.send(stage.channel, body)
        assert (status, stage.discord.offences) == (200, []), answer


@pytest.mark.parametrize(("body", "code", "field"), BAD, ids=lambda part: json.dumps(part)[:60])
async def test_a_message_over_a_limit_is_refused(
    body: dict[str, Any], code: int, field: str
) -> None:
    """One beyond a limit is 400 with the code of the field, is written down and says nothing."""
    async with scene() as stage:
        status, answer = await stage.bot.send(stage.channel, body)
        assert (status, answer["code"]) == (400, code)
        assert not field or field in codes((status, answer))
        assert len(stage.discord.offences) == 1
        assert stage.discord.messages(stage.channel) == []


async def test_content_is_kept_as_discord_keeps_it() -> None:
    """Blanks around it go, line ends become one kind."""
    async with scene() as stage:
        message = await stage.posted(content="  one\r\ntwo \n")
        assert message.content == "one\ntwo"
        assert message.text == "one\ntwo"


async def test_a_wrong_token_is_unauthorized() -> None:
    """401 wherever the token is asked for; the gateway's address is for everybody."""
    async with scene() as stage:
        stage.bot.token = stage.discord.token[:-1]
        for path in (
            "/users/@me",
            "/gateway/bot",
            "/oauth2/applications/@me",
            f"/channels/{stage.channel.id}",
        ):
            assert (await stage.bot.ask("GET", path))[0] == 401
        assert (await stage.bot.ask("GET", "/gateway")) == (200, {"url": stage.discord.gateway_url})
        assert len(stage.discord.offences) == stage.discord.core.invalid_requests == 4


async def test_the_answers_are_json_to_the_letter() -> None:
    """The content type has no charset; discord.py reads no other."""
    async with scene() as stage, aiohttp.ClientSession() as http:
        for path in ("/gateway", "/users/@me"):
            async with http.get(stage.discord.api_url + path) as answer:
                assert answer.headers["Content-Type"] == "application/json"


async def test_what_is_no_json_is_refused() -> None:
    """Broken JSON, half a surrogate pair, another content type, an unknown path."""
    async with scene() as stage:
        path = f"/channels/{stage.channel.id}/messages"
        for raw in ("{", '{"content": "\\ud800"}'):
            status, answer = await stage.bot.ask(
                "POST", path, data=raw.encode(), skip_auto_headers=["Content-Type"]
            )
            assert status == 400
        headers = {
            "Authorization": f"Bot {stage.discord.token}",
            "Content-Type": "application/json",
        }
        for raw in ("{", '{"content": "\\ud800"}', "[]"):
            async with stage.bot.http.post(
                stage.discord.api_url + path, data=raw, headers=headers
            ) as refused:
                assert (refused.status, (await refused.json())["code"]) == (400, 50109)
        status, answer = await stage.bot.ask("GET", "/nowhere")
        assert (status, answer["code"]) == (404, 0)
        assert len(stage.discord.offences) == 6


async def test_an_enforced_nonce_makes_one_message() -> None:
    """The same nonce gives the first message back, also to requests at the same time; after minutes
    it is new.
    """
    async with scene() as stage:
        body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
        answers = await asyncio.gather(*(stage.bot.send(stage.channel, body) for _ in range(4)))
        assert {status for status, _ in answers} == {200}
        assert len({answer["id"] for _, answer in answers}) == 1
        assert len(stage.discord.messages(stage.channel)) == 1
        stage.discord.clock.advance(600)
        await stage.bot.send(stage.channel, body)
        assert len(stage.discord.messages(stage.channel)) == 2


async def test_an_enforced_nonce_does_not_make_a_deleted_message_anew() -> None:
    """What was made and is gone is unknown to whoever sends it again, and that is no breach."""
    async with scene() as stage:
        body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
        message = await stage.posted(**body)
        await stage.discord.delete(message)
        assert (await stage.bot.send(stage.channel, body))[1]["code"] == 10008
        assert (stage.discord.messages(stage.channel), stage.discord.offences) == ([], [])


async def test_an_enforced_nonce_is_for_one_channel() -> None:
    """It is its author's: sent to a second channel it gives the first message back, which is
    written down.
    """
    async with scene() as stage:
        body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
        first = await stage.posted(**body)
        other = stage.discord.add_text_channel(stage.guild, "other")
        assert (await stage.bot.send(other, body))[1]["id"] == str(first.id)
        assert "two channels" in stage.discord.offences[0]
        assert stage.discord.messages(other) == []
        assert (await stage.bot.send(other, {**body, "nonce": "n2"}))[0] == 200
        assert len(stage.discord.offences) == 1


async def test_a_nonce_that_is_not_enforced_makes_two_messages() -> None:
    """Without enforce_nonce Discord only passes it on."""
    async with scene() as stage:
        for _ in range(2):
            await stage.bot.send(stage.channel, {"content": "twice", "nonce": "n1"})
        assert [message.nonce for message in stage.discord.messages(stage.channel)] == ["n1", "n1"]


async def test_a_reply_needs_a_message_that_is_there() -> None:
    """A reply is taken; to a deleted message it is refused, though the bot could not have known, or
    sent plain.
    """
    async with scene() as stage:
        question = await stage.discord.say(stage.ada, stage.channel, "when?")
        body: dict[str, Any] = {
            "content": "now",
            "message_reference": {"message_id": str(question.id)},
        }
        status, answer = await stage.bot.send(stage.channel, body)
        assert (status, answer["referenced_message"]["id"]) == (200, str(question.id))
        other = stage.discord.add_text_channel(stage.guild, "other")
        assert (await stage.bot.send(other, body))[0] == 400
        stage.discord.offences.clear()
        await stage.discord.delete(question)
        assert (await stage.bot.send(stage.channel, body))[0] == 400
        assert stage.discord.offences == []
        body["message_reference"]["fail_if_not_exists"] = False
        assert (await stage.bot.send(stage.channel, body))[0] == 200


@pytest.mark.parametrize(
    ("denied", "status", "code"),
    [
        (Permission.VIEW_CHANNEL, 403, 50001),
        (Permission.SEND_MESSAGES, 403, 50013),
        (Permission.EMBED_LINKS, 403, 50013),
        (Permission.READ_MESSAGE_HISTORY, 403, 160002),
    ],
)
async def test_a_missing_permission_is_forbidden(
    denied: Permission, status: int, code: int
) -> None:
    """Seeing, sending, embedding and replying each need their permission."""
    async with scene() as stage:
        question = await stage.discord.say(stage.ada, stage.channel, "when?")
        stage.discord.overwrite(stage.channel, stage.guild, deny=denied)
        body = {
            "content": "x",
            "embeds": [{"title": "t"}],
            "message_reference": {"message_id": str(question.id)},
        }
        refused, answer = await stage.bot.send(stage.channel, body)
        assert (refused, answer["code"]) == (status, code)
        bot_role = stage.guild.bot_role
        assert bot_role is not None
        stage.discord.overwrite(stage.channel, bot_role, allow=denied)
        assert (await stage.bot.send(stage.channel, body))[0] == 200


async def test_a_thread_has_its_own_permission_to_send() -> None:
    """Send Messages in Threads counts there, Send Messages does not."""
    async with scene() as stage:
        thread = stage.discord.add_thread(stage.channel, "a thread")
        stage.discord.overwrite(stage.channel, stage.guild, deny=Permission.SEND_MESSAGES)
        assert (await stage.bot.send(thread, {"content": "x"}))[0] == 200
        stage.discord.overwrite(
            stage.channel, stage.guild, deny=Permission.SEND_MESSAGES_IN_THREADS
        )
        assert (await stage.bot.send(thread, {"content": "x"}))[0] == 403


async def test_history_is_given_in_pages() -> None:
    """Newest first, before and after an id, at most 100; nothing without Read Message History."""
    async with scene() as stage:
        said = [
            await stage.discord.say(stage.ada, stage.channel, str(number)) for number in range(5)
        ]
        path = f"/channels/{stage.channel.id}/messages"

        async def page(query: str) -> list[int]:
            return [int(message["id"]) for message in (await stage.bot.ask("GET", path + query))[1]]

        ids = [message.id for message in said]
        assert await page("") == ids[::-1]
        assert await page(f"?limit=2&after={ids[1]}") == [ids[3], ids[2]]
        assert await page(f"?limit=2&before={ids[3]}") == [ids[2], ids[1]]
        for query in (
            "limit=0",
            "limit=101",
            "limit=all",
            "after=x",
            f"after={ids[0]}&before={ids[1]}",
        ):
            assert (await stage.bot.ask("GET", f"{path}?{query}"))[0] == 400
        assert len(stage.discord.offences) == 5
        said += [
            await stage.discord.say(stage.ada, stage.channel, str(number))
            for number in range(5, 60)
        ]
        assert await page("") == [message.id for message in said[:9:-1]]
        assert await page(f"?limit=100&after={ids[4]}") == [message.id for message in said[:4:-1]]
        stage.discord.overwrite(stage.channel, stage.guild, deny=Permission.READ_MESSAGE_HISTORY)
        assert await page("") == []


async def test_own_messages_are_changed_and_taken_away_and_no_others() -> None:
    """Editing others' messages is 50005, deleting them 50013, unknown ones 10008."""
    async with scene() as stage:
        own, path = await stage.posted(), f"/channels/{stage.channel.id}/messages/"
        assert (await stage.bot.ask("PATCH", f"{path}{own.id}", {"content": "better"}))[0] == 200
        assert (own.content, own.revisions) == ("better", ["hello"])
        assert (await stage.bot.ask("PATCH", f"{path}{own.id}", {"content": ""}))[1][
            "code"
        ] == 50006
        assert (await stage.bot.ask("DELETE", f"{path}{own.id}"))[0] == 204
        assert stage.discord.messages(stage.channel) == []
        others = await stage.discord.say(stage.ada, stage.channel, "mine")
        assert (await stage.bot.ask("PATCH", f"{path}{others.id}", {"content": "x"}))[1][
            "code"
        ] == 50005
        assert (await stage.bot.ask("DELETE", f"{path}{others.id}"))[1]["code"] == 50013
        assert (await stage.bot.ask("PATCH", f"{path}5", {"content": "x"}))[1]["code"] == 10008


async def test_files_come_with_the_message_and_can_be_fetched() -> None:
    """A multipart request with payload_json and files; what the components name must have been
    uploaded.
    """
    async with scene() as stage:
        form = aiohttp.FormData(quote_fields=False)
        card = {"type": 13, "file": {"url": "attachment://answer.txt"}}
        body = {
            "flags": 1 << 15,
            "components": [card],
            "attachments": [{"id": 0, "description": "all of it"}],
        }
        form.add_field("payload_json", json.dumps(body))
        form.add_field("files[0]", b"the answer", filename="answer.txt", content_type="text/plain")
        status, answer = await stage.bot.ask(
            "POST", f"/channels/{stage.channel.id}/messages", data=form
        )
        assert status == 200, answer
        [file] = stage.discord.messages(stage.channel)[0].attachments
        assert (file.filename, file.content, file.description) == (
            "answer.txt",
            b"the answer",
            "all of it",
        )
        async with stage.bot.http.get(answer["attachments"][0]["url"]) as fetched:
            assert await fetched.read() == b"the answer"
        assert answer["components"][0]["file"]["url"] == file.url
        assert (await stage.bot.send(stage.channel, body))[0] == 400


async def test_a_file_is_kept_under_a_plain_name() -> None:
    """Other letters and blanks go; a component finds it under either spelling."""
    async with scene() as stage:
        form = aiohttp.FormData(quote_fields=False)
        cards = [
            {"type": 13, "file": {"url": f"attachment://{name}"}}
            for name in ("Über uns.txt", "Uber_uns.txt")
        ]
        form.add_field("payload_json", json.dumps({"flags": 1 << 15, "components": cards}))
        form.add_field("files[0]", b"us", filename="Über uns.txt", content_type="text/plain")
        status, answer = await stage.bot.ask(
            "POST", f"/channels/{stage.channel.id}/messages", data=form
        )
        assert status == 200, answer
        [file] = stage.discord.messages(stage.channel)[0].attachments
        assert file.filename == "Uber_uns.txt"
        assert [part["file"]["url"] for part in answer["components"]] == [file.url] * 2


async def test_an_edit_keeps_the_files_that_it_names_and_no_others() -> None:
    """Without a word of them all stay; a component may name one that stays; an unknown one is
    refused.
    """
    async with scene() as stage:
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", json.dumps({"content": "x"}))
        form.add_field("files[0]", b"a", filename="a.txt", content_type="text/plain")
        _, answer = await stage.bot.ask("POST", f"/channels/{stage.channel.id}/messages", data=form)
        [message] = stage.discord.messages(stage.channel)
        path = f"/channels/{stage.channel.id}/messages/{message.id}"
        card = {
            "flags": 1 << 15,
            "content": None,
            "components": [{"type": 13, "file": {"url": "attachment://a.txt"}}],
        }
        missing = await stage.bot.ask("PATCH", path, {**card, "attachments": []})
        assert "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND" in codes(missing)
        assert "ATTACHMENT_NOT_FOUND" in codes(
            await stage.bot.ask("PATCH", path, {"attachments": [{"id": "5"}]})
        )
        assert len(stage.discord.offences) == 2
        kept = [{"id": answer["attachments"][0]["id"]}]
        for body in ({"content": "y"}, {"attachments": kept}, {**card, "attachments": kept}):
            assert (await stage.bot.ask("PATCH", path, body))[0] == 200
            assert [file.filename for file in message.attachments] == ["a.txt"]


async def test_a_thread_is_started_from_a_message_once() -> None:
    """Its name has 1 to 100 characters; a second thread from the same message is refused."""
    async with scene() as stage:
        message = await stage.discord.say(stage.ada, stage.channel, "when?")
        path = f"/channels/{stage.channel.id}/messages/{message.id}/threads"
        for body in ({"name": "n" * 101}, {"name": "n", "auto_archive_duration": 5}):
            assert (await stage.bot.ask("POST", path, body))[1]["code"] == 50035
        status, answer = await stage.bot.ask(
            "POST", path, {"name": "n" * 100, "auto_archive_duration": 60}
        )
        assert (status, answer["id"], answer["type"]) == (201, str(message.id), 11)
        assert (await stage.bot.ask("POST", path, {"name": "again"}))[1]["code"] == 160004
        assert message.thread is not None
        assert (await stage.bot.send(message.thread, {"content": "in it"}))[0] == 200


async def test_direct_messages_need_a_user_who_takes_them() -> None:
    """A conversation can be opened; one whose user refuses messages is 50007 and no breach."""
    async with scene() as stage:
        for user, status in (
            (stage.ada, 200),
            (stage.discord.add_user("shy", accepts_dms=False), 403),
        ):
            opened = await stage.bot.ask(
                "POST", "/users/@me/channels", {"recipient_id": str(user.id)}
            )
            assert (
                await stage.bot.ask(
                    "POST", f"/channels/{opened[1]['id']}/messages", {"content": "x"}
                )
            )[0] == status
        assert stage.discord.offences == []


async def test_typing_and_reactions_are_seen() -> None:
    """Both are kept where a test finds them."""
    async with scene() as stage:
        message = await stage.discord.say(stage.ada, stage.channel, "when?")
        assert (await stage.bot.ask("POST", f"/channels/{stage.channel.id}/typing"))[0] == 204
        path = f"/channels/{stage.channel.id}/messages/{message.id}/reactions/%E2%8F%B3/@me"
        assert (await stage.bot.ask("PUT", path))[0] == 204
        assert (len(stage.channel.typing), message.reactions) == (1, ["⏳"])
