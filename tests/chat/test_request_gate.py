"""Discord's limits are kept, and what comes back is taken in. The clock is in the test's hand."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import formatdate

import aiohttp
import discord
import pytest
from aiohttp import web
from yarl import URL

from bot.chat import request_gate
from bot.chat.request_gate import LONGEST_WAIT_S, RequestGate
from bot.chat.state.discord_time import DiscordTime

MESSAGES = URL("https://discord.com/api/v10/channels/1/messages")
OTHER_CHANNEL = URL("https://discord.com/api/v10/channels/2/messages")
FIRST_RESPONSE = URL("https://discord.com/api/v10/interactions/1/x/callback")
WINDOW_S = 600.0
MOST_INVALID = 50


@dataclass
class Gate(RequestGate):
    """A gate whose clock stands still but while somebody sleeps."""

    now_s: float = 0.0
    slept_s: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let everything through, by this clock."""
        super().__init__(lambda: self.now_s, self.sleep)

    async def sleep(self, pause_s: float) -> None:
        """Let the time pass."""
        self.slept_s.append(pause_s)
        self.now_s += pause_s
        await asyncio.sleep(0)

    def refuse(self, times: int = 1) -> None:
        """Let refused requests come back, at once."""
        for _ in range(times):
            self.note("POST", MESSAGES, 0.0, is_invalid=True)

    async def waited_s(self, method: str = "POST", url: URL = MESSAGES) -> float:
        """Send a request; give for how long it was held back."""
        before_s = self.now_s
        await self.wait(method, url)
        return self.now_s - before_s


async def test_what_discord_said_holds_for_one_route_until_it_is_over() -> None:
    """A route is a method and a path. Nobody sleeps who need not."""
    gate = Gate()
    gate.note("POST", MESSAGES, 0.75, is_invalid=True)
    assert await gate.waited_s("GET", MESSAGES) == 0
    assert await gate.waited_s("POST", OTHER_CHANNEL) == 0
    assert gate.slept_s == []
    gate.now_s += 0.25
    assert await gate.waited_s() == 0.5
    assert await gate.waited_s() == 0
    assert gate.slept_s == [0.5]


async def test_a_wait_that_is_over_is_none() -> None:
    """Also at the very second."""
    gate = Gate()
    gate.note("POST", MESSAGES, 8.0, is_invalid=True)
    gate.now_s += 8.0
    assert await gate.waited_s() == 0
    assert gate.slept_s == []


async def test_a_long_wait_is_told_at_once() -> None:
    """With what is left of it; half a minute is still waited for."""
    gate = Gate()
    gate.note("POST", MESSAGES, LONGEST_WAIT_S + 10.0, is_invalid=True)
    gate.now_s += 4.0
    with pytest.raises(discord.RateLimited) as raised:
        await gate.wait("POST", MESSAGES)
    assert raised.value.retry_after == LONGEST_WAIT_S + 6.0
    gate.now_s += 6.0
    assert await gate.waited_s() == LONGEST_WAIT_S == 30.0


async def test_a_wait_is_told_anew() -> None:
    """What Discord said last holds; an answer that says nothing changes nothing."""
    gate = Gate()
    gate.note("POST", MESSAGES, 20.0, is_invalid=True)
    gate.note("POST", MESSAGES, 2.0, is_invalid=True)
    gate.note("POST", MESSAGES, 0.0, is_invalid=True)
    assert await gate.waited_s() == 2.0


async def test_the_routes_that_are_kept_are_bounded() -> None:
    """A thousand, and the one that was told of longest ago goes first."""
    gate = Gate()
    gate.note("POST", MESSAGES, 20.0, is_invalid=False)
    gate.note("POST", OTHER_CHANNEL, 20.0, is_invalid=False)
    gate.note("POST", MESSAGES, 20.0, is_invalid=False)
    for number in range(999):
        gate.note("POST", URL(f"https://discord.com/{number}"), 20.0, is_invalid=False)
    assert await gate.waited_s("POST", OTHER_CHANNEL) == 0
    assert await gate.waited_s("POST", MESSAGES) == 20.0


async def test_forty_nine_refusals_slow_nothing_down(caplog: pytest.LogCaptureFixture) -> None:
    """Before the fiftieth nobody sleeps, and nothing is logged."""
    gate = Gate()
    gate.refuse(MOST_INVALID - 1)
    with caplog.at_level(logging.WARNING):
        assert await gate.waited_s() == 0
    assert gate.slept_s == []
    assert caplog.records == []


async def test_from_the_fiftieth_on_requests_go_one_by_one(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Half a second apart, in the order in which they came; that is logged once."""
    gate = Gate()
    with caplog.at_level(logging.WARNING):
        gate.refuse(MOST_INVALID)
    assert len(caplog.records) == 1
    ends_s = []

    async def send() -> None:
        await gate.wait("POST", OTHER_CHANNEL)
        ends_s.append(gate.now_s)

    await asyncio.gather(*(send() for _ in range(4)))
    assert ends_s == [0.5, 1.0, 1.5, 2.0]
    with caplog.at_level(logging.WARNING):
        gate.refuse()
    assert len(caplog.records) == 1


async def test_pauses_double_up_to_five_seconds() -> None:
    """With each refusal, counted from the last one."""
    gate = Gate()
    gate.refuse(MOST_INVALID)
    pauses_s = []
    for _ in range(5):
        gate.refuse()
        pauses_s.append(await gate.waited_s())
    # The first of them also waits for what the request before it left.
    assert pauses_s == [1.0, 2.0, 4.0, 5.0, 5.0]


async def test_a_refusal_does_not_shorten_a_pause_that_is_under_way() -> None:
    """A request that is late in its turn is not let in earlier."""
    gate = Gate()
    gate.refuse(MOST_INVALID + 10)
    await gate.wait("POST", MESSAGES)
    for _ in range(7):
        gate.note("POST", MESSAGES, 0.0, is_invalid=False)
    gate.refuse()
    assert await gate.waited_s() == 5.0


async def test_successes_halve_the_pauses() -> None:
    """Down to a twentieth of a second while the breaker is open."""
    gate = Gate()
    gate.refuse(MOST_INVALID + 1)
    await gate.wait("POST", MESSAGES)
    gate.note("POST", MESSAGES, 0.0, is_invalid=False)
    await gate.wait("POST", MESSAGES)
    assert await gate.waited_s() == 0.5
    for _ in range(9):
        gate.note("POST", MESSAGES, 0.0, is_invalid=False)
    await gate.wait("POST", MESSAGES)
    assert await gate.waited_s() == pytest.approx(0.05)


async def test_successes_before_the_breaker_change_nothing() -> None:
    """The first pause is half a second all the same."""
    gate = Gate()
    for _ in range(20):
        gate.note("POST", MESSAGES, 0.0, is_invalid=False)
    gate.refuse(MOST_INVALID)
    assert await gate.waited_s() == 0.5


async def test_a_first_response_never_waits_for_others() -> None:
    """Discord forgets the interaction after three seconds."""
    gate = Gate()
    gate.refuse(MOST_INVALID + 20)
    assert await gate.waited_s("POST", FIRST_RESPONSE) == 0
    gate.note("POST", FIRST_RESPONSE, 2.0, is_invalid=False)
    assert await gate.waited_s("POST", FIRST_RESPONSE) == 2.0


async def test_after_ten_minutes_a_refusal_is_forgotten() -> None:
    """Each counts for itself."""
    gate = Gate()
    gate.refuse()
    gate.now_s += 1.0
    gate.refuse(MOST_INVALID - 1)
    gate.now_s += WINDOW_S - 1.0
    await gate.wait("POST", MESSAGES)
    assert gate.slept_s == [0.0]
    gate.now_s += 0.5
    await gate.wait("POST", MESSAGES)
    assert gate.slept_s == [0.0]
    gate.refuse()
    assert await gate.waited_s() == 1.0


@dataclass
class Answering:
    """A server on loopback, and a session that asks it through the gate."""

    gate: Gate
    session: aiohttp.ClientSession
    address: URL
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    async def answer(self, _: web.Request) -> web.Response:
        """Answer as it was told."""
        return web.Response(status=self.status, headers=self.headers)

    async def get(self, status: int = 200, **headers: str) -> None:
        """Let the server answer once in some way; ``_`` stands for a hyphen."""
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(self.address) as response:
            assert response.status == status

    async def waited_s(self) -> float:
        """Ask once more; give for how long that was held back."""
        before_s = self.gate.now_s
        await self.get()
        return self.gate.now_s - before_s


@pytest.fixture
async def server() -> AsyncIterator[Answering]:
    """Give a server that answers in many ways."""
    gate = Gate()
    async with aiohttp.ClientSession(trace_configs=[gate.make_trace()]) as session:
        answering = Answering(gate, session, URL())
        app = web.Application()
        app.router.add_get("/channels", answering.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        answering.address = URL(f"http://{host}:{port}/channels")
        yield answering
        await runner.cleanup()


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"X_RateLimit_Reset_After": "2.5", "Retry_After": "9"}, 2.5),
        ({"Retry_After": "9"}, 8.0),
        ({"Retry_After": "1"}, 0.0),
        ({}, 0.0),
        ({"Retry_After": "soon"}, 0.0),
        ({"X_RateLimit_Reset_After": "", "Retry_After": "9"}, 0.0),
    ],
)
async def test_what_discord_says_is_read(
    server: Answering, headers: dict[str, str], wait_s: float
) -> None:
    """In fractions of a second where it says so, or in whole seconds that are rounded up."""
    await server.get(429, **headers)
    assert await server.waited_s() == wait_s


async def test_only_a_429_tells_to_wait(server: Answering) -> None:
    """Each answer says when the limit is reset; that is no wait."""
    await server.get(200, X_RateLimit_Reset_After="5", Retry_After="9")
    await server.get(403, X_RateLimit_Reset_After="5", Retry_After="9")
    assert await server.waited_s() == 0


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_the_fiftieth_refusal_slows_down(server: Answering, status: int) -> None:
    """Of each kind that Discord counts."""
    server.gate.refuse(MOST_INVALID - 1)
    await server.get(status)
    assert await server.waited_s() == 0.5


async def test_what_counts_against_nobody_slows_nothing_down(server: Answering) -> None:
    """Other refusals, and a limit that is shared with others; one that is the bot's own counts."""
    server.gate.refuse(MOST_INVALID - 1)
    for status in (200, 400, 404, 500):
        await server.get(status)
    await server.get(429, X_RateLimit_Scope="shared")
    assert await server.waited_s() == 0
    await server.get(429, X_RateLimit_Scope="user")
    assert await server.waited_s() == 0.5


async def test_the_time_at_discord_is_learned(
    server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From each answer that has a date; without one, the time is as it was."""
    time = DiscordTime(lambda: 0.0, lambda: 100.0)
    monkeypatch.setattr(request_gate, "DISCORD_TIME", time)
    await server.get(Date=formatdate(1_600_000_000, usegmt=True))
    assert time.now_s() == 1_600_000_000.5
    await server.get(Date="")
    assert time.now_s() == 1_600_000_000.5
