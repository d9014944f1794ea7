"""Faults strike when and how they are told to, and a bot that does not wait as told is found
out.
"""

import asyncio
from typing import Any

import aiohttp
import pytest
from loopback import NoAnswerError, NotOfferedError, Permission
from plain_bot import PlainBot, scene

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 524])
async def test_a_status_is_given_as_often_as_told(status: int) -> None:
    """Nothing is stored meanwhile, and it is no breach of the bot."""
    async with scene() as stage:
        fault = stage.discord.fail(status, method="POST", path=r"/messages$", times=2)
        assert [(await stage.bot.send(stage.channel, {"content": "x"}))[0] for _ in range(3)] == [
            status,
            status,
            200,
        ]
        assert (fault.hits, len(stage.discord.messages(stage.channel)), stage.discord.offences) == (
            2,
            1,
            [],
        )
        assert [request.status for request in stage.discord.requests] == [status, status, 200]


@pytest.mark.parametrize(
    ("how", "error", "stored"),
    [
        ("reset", aiohttp.ClientOSError, 0),
        ("disconnect", aiohttp.ServerDisconnectedError, 0),
        ("lost reply", aiohttp.ClientOSError, 1),
    ],
)
async def test_a_connection_is_cut_before_or_after(how: Any, error: Any, stored: int) -> None:
    """A lost reply has stored the message all the same; the nonce then gives it back."""
    async with scene() as stage:
        stage.discord.fail(how)
        body = {"content": "once", "nonce": "1", "enforce_nonce": True}
        with pytest.raises(error):
            await stage.bot.send(stage.channel, body)
        assert len(stage.discord.messages(stage.channel)) == stored
        assert (await stage.bot.send(stage.channel, body))[0] == 200
        assert len(stage.discord.messages(stage.channel)) == 1


async def test_a_delay_counts_against_the_three_seconds() -> None:
    """Where the time of the machine counts, the response arrives late, however early it was sent."""
    async with scene(is_timed=True) as stage:
        asked = await stage.asked()
        stage.discord.fail("delay", path="/callback", delay_s=0.2)
        stage.discord.clock.advance(2.9)
        assert (await stage.bot.respond(asked, 5))[1]["code"] == 10062


@pytest.mark.parametrize("is_global", [False, True])
async def test_a_rate_limit_must_be_waited_out(is_global: bool) -> None:  # noqa: FBT001
    """Whoever comes back early is refused again, and that is a breach; who waits is served."""
    async with scene() as stage:
        stage.discord.fail(429, retry_after_s=3.0, is_global=is_global)
        status, answer = await stage.bot.send(stage.channel, {"content": "x"})
        assert (status, answer["retry_after"], answer["global"]) == (429, 3.0, is_global)
        await asyncio.sleep(0.2)
        assert (await stage.bot.send(stage.channel, {"content": "x"}))[0] == 429
        assert len(stage.discord.offences) == 1
        await asyncio.sleep(2.9)
        assert (await stage.bot.send(stage.channel, {"content": "x"}))[0] == 200


async def test_a_rate_limit_has_the_header_that_libraries_look_for() -> None:
    """With Via it is Discord's; without it, or as a page, it is the firewall's."""
    async with scene() as stage:
        url = f"{stage.discord.api_url}/gateway"
        for via, html in ((True, False), (False, False), (True, True)):
            stage.discord.fail(429, via=via, html=html, retry_after_s=0)
            async with stage.bot.http.get(url) as answer:
                kind = "text/html; charset=utf-8" if html else "application/json"
                assert (answer.status, answer.headers["Content-Type"]) == (429, kind)
                assert ("Via" in answer.headers) == via


async def test_fifty_requests_a_second_are_the_most_when_it_is_asked_for() -> None:
    """The limit is for all routes together, but not for interactions."""
    async with scene() as stage:
        stage.discord.limit_requests(10)
        answers = [await stage.bot.ask("GET", "/users/@me") for _ in range(11)]
        assert [status for status, _ in answers] == [200] * 10 + [429]
        assert answers[-1][1]["global"]
        assert (await stage.bot.ask("POST", "/interactions/1/x/callback", {"type": 5}))[1][
            "code"
        ] == 10062


async def test_a_channel_takes_five_messages_in_five_seconds() -> None:
    """The headers tell how many are left; the sixth is refused, in that channel alone."""
    async with scene() as stage:
        path = f"/channels/{stage.channel.id}/messages"
        url = f"{stage.discord.api_url}{path}"
        headers = {"Authorization": f"Bot {stage.discord.token}"}
        for left in range(4, -1, -1):
            async with stage.bot.http.post(url, json={"content": "x"}, headers=headers) as answer:
                assert answer.status == 200
                assert answer.headers["X-RateLimit-Limit"] == "5"
                assert answer.headers["X-RateLimit-Remaining"] == str(left)
                assert 0 < float(answer.headers["X-RateLimit-Reset-After"]) <= 5
        status, refused = await stage.bot.send(stage.channel, {"content": "x"})
        assert (status, refused["global"]) == (429, False)
        other = stage.discord.add_text_channel(stage.guild, "other")
        assert (await stage.bot.send(other, {"content": "x"}))[0] == 200
        await asyncio.sleep(refused["retry_after"])
        assert (await stage.bot.send(stage.channel, {"content": "x"}))[0] == 200
        stage.discord.limit_messages(None)
        for _ in range(6):
            assert (await stage.bot.send(stage.channel, {"content": "x"}))[0] == 200


async def test_a_probability_repeats_with_its_seed() -> None:
    """The same seed strikes the same requests."""
    runs = []
    for _ in range(2):
        async with scene() as stage:
            stage.discord.fail(503, times=None, probability=0.3, seed=7)
            runs.append([(await stage.bot.ask("GET", "/users/@me"))[0] for _ in range(30)])
            stage.discord.stop_failing()
            assert (await stage.bot.ask("GET", "/users/@me"))[0] == 200
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 503}


async def test_nothing_can_be_reached_while_the_server_is_down() -> None:
    """Neither REST nor gateway; afterwards both are where they were."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("READY")
        await stage.discord.api_down()
        assert await gateway.closed() == 1006
        with pytest.raises(aiohttp.ClientConnectionError):
            await stage.bot.ask("GET", "/users/@me")
        await stage.discord.api_up()
        async with aiohttp.ClientSession() as http:
            assert (await PlainBot(stage.discord, http).ask("GET", "/users/@me"))[0] == 200


async def test_requests_are_kept_with_all_that_they_said() -> None:
    """Method, path without the version, query, JSON and time."""
    async with scene() as stage:
        await stage.posted(content="hello", allowed_mentions={"parse": []})
        request = stage.discord.requests[-1]
        assert (request.method, request.path) == ("POST", f"/channels/{stage.channel.id}/messages")
        assert request.json == {"content": "hello", "allowed_mentions": {"parse": []}}
        assert abs(request.time - stage.discord.clock.now()) < 1
        assert not request.pings


async def test_waiting_ends_with_what_was_missed() -> None:
    """No message is handed out twice; silence can be asked for; who waits in vain is told."""
    async with scene() as stage:
        waiting = asyncio.create_task(stage.discord.wait_for(stage.channel))
        await asyncio.sleep(0)
        first = await stage.posted(content="one")
        second = await stage.posted(content="two")
        assert await waiting is first
        assert not await stage.discord.stays_silent(stage.channel, for_s=0.01)
        assert await stage.discord.stays_silent(stage.channel, for_s=0.01)
        with pytest.raises(NoAnswerError):
            await stage.discord.wait_for(stage.channel, within_s=0.01)
        assert stage.discord.messages(stage.channel) == [first, second]
        with pytest.raises(NoAnswerError):
            await stage.discord.ready(within_s=0.01)


async def test_people_can_do_only_what_they_may() -> None:
    """Who may not write is told so."""
    async with scene() as stage:
        stage.discord.overwrite(stage.channel, stage.bob, deny=Permission.SEND_MESSAGES)
        with pytest.raises(NotOfferedError):
            await stage.discord.say(stage.bob, stage.channel, "x")
        await stage.discord.say(stage.ada, stage.channel, "x")
