"""A request is sent again after passing faults, and no longer than it is worth. The clock is in the
test's hand.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat import metrics, retry
from bot.chat.retry import Undelivered, send_with_retries

RESET = ConnectionResetError()


@dataclass
class Clock:
    """Stands for ``time`` and ``asyncio``: who sleeps is awake at once, and it is later."""

    now_s: float = 1_000.0
    pauses_s: list[float] = field(default_factory=list)
    tries_s: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        """Give the time."""
        return self.now_s

    async def sleep(self, pause_s: float) -> None:
        """Let the time pass."""
        self.pauses_s.append(pause_s)
        self.now_s += pause_s
        await asyncio.sleep(0)

    def timeout(self, try_s: float) -> asyncio.Timeout:
        """Bound a try, by so much that a busy machine breaks none off."""
        self.tries_s.append(try_s)
        return asyncio.timeout(60.0 + try_s)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock by which it is sent again."""
    clock = Clock()
    monkeypatch.setattr(retry, "time", clock)
    monkeypatch.setattr(retry, "asyncio", clock)
    return clock


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    """Make what discord.py raises where Discord refuses a request."""
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, {"code": code, "message": "no"})


def failing(*faults: BaseException, forever: bool = False) -> Callable[[], Awaitable[str]]:
    """Make a function that fails in these ways, one after the other, and then sends."""
    waiting = list(faults)

    async def send() -> str:
        if waiting:
            raise waiting[0] if forever else waiting.pop(0)
        return "sent"

    return send


async def deliver(
    send: Callable[[], Awaitable[str]], deadline_s: float = 90.0, what: str = "a reply"
) -> str | Undelivered:
    """Send with a bound of 30 s for a try."""
    return await send_with_retries(send, deadline_s=deadline_s, try_s=30.0, what=what)


async def test_what_is_taken_is_sent_once(clock: Clock) -> None:
    """Without a pause, and one try is bounded."""
    assert await deliver(failing()) == "sent"
    assert (clock.pauses_s, clock.tries_s) == ([], [30.0])


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (refusal(500), "status"),
        (refusal(503), "status"),
        (refusal(429), "rate_limit"),
        (discord.RateLimited(0.0), "rate_limit"),
        (aiohttp.ClientError(), "connection"),
        (RESET, "connection"),
        (TimeoutError(), "connection"),
        (RuntimeError("the session is closed"), "connection"),
        (TypeError(), "connection"),
        (KeyError(), "connection"),
    ],
)
async def test_a_fault_that_passes_is_gone_at_the_next_try(
    fault: Exception, after: metrics.Obstacle, clock: Clock
) -> None:
    """After a short pause; what was in the way is counted."""
    counts = dict(metrics.RETRIES.counts)
    undelivered = dict(metrics.UNDELIVERED.counts)
    assert await deliver(failing(fault)) == "sent"
    (pause_s,) = clock.pauses_s
    assert 0.15 <= pause_s <= 0.3
    assert metrics.RETRIES.counts[after] == counts[after] + 1
    assert sum(metrics.RETRIES.counts.values()) == sum(counts.values()) + 1
    assert dict(metrics.UNDELIVERED.counts) == undelivered


async def test_discord_is_left_alone_for_as_long_as_it_says(clock: Clock) -> None:
    """Once; the pause after the next fault is a short one again."""
    assert await deliver(failing(discord.RateLimited(40.0), RESET)) == "sent"
    first_s, second_s = clock.pauses_s
    assert first_s == 40.0
    assert second_s <= 0.6


@pytest.mark.parametrize("code", [40060, 10003, 10008])
async def test_what_is_settled_is_not_sent_again(
    code: int, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """That is no failure: nothing is logged or counted."""
    counts = dict(metrics.UNDELIVERED.counts)
    assert await deliver(failing(refusal(404, code))) == Undelivered(404, code)
    assert clock.pauses_s == []
    assert dict(metrics.UNDELIVERED.counts) == counts
    assert caplog.messages == []


@pytest.mark.parametrize(("what", "counted"), [("a reply", 1), ("a look", 0)])
@pytest.mark.parametrize(
    ("fault", "undelivered", "told"),
    [
        (
            refusal(403, 50013),
            Undelivered(403, 50013, is_late=False, wait_s=0.0),
            "was refused: status 403, code 50013",
        ),
        (refusal(499, 7), Undelivered(499, 7), "was refused: status 499, code 7"),
        (
            RESET,
            Undelivered(0, 0, is_late=True, wait_s=0.0),
            "could not be delivered: ConnectionResetError",
        ),
        (refusal(503), Undelivered(is_late=True), "could not be delivered: status 503"),
        (
            discord.RateLimited(100.0),
            Undelivered(is_late=True, wait_s=100.0),
            "could not be delivered: rate limit",
        ),
    ],
)
async def test_what_cannot_be_delivered_is_told(  # noqa: PLR0917 (the values of the tables)
    what: str,
    counted: int,
    fault: Exception,
    undelivered: Undelivered,
    told: str,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """At once where Discord refuses it or is to be left alone for longer than it is worth, after a
    last try otherwise. Only replies are counted.
    """
    before = sum(metrics.UNDELIVERED.counts.values())
    options: dict[str, Any] = {} if what == "a reply" else {"what": what}
    with caplog.at_level(logging.WARNING):
        assert await deliver(failing(fault, forever=True), **options) == undelivered
    assert caplog.messages == [f"{what} {told}"]
    assert sum(metrics.UNDELIVERED.counts.values()) == before + counted
    assert bool(clock.pauses_s) is (undelivered == Undelivered(is_late=True))
    assert clock.now_s <= 1_090.0


async def test_the_last_try_comes_when_the_time_is_over_and_not_later(clock: Clock) -> None:
    """What Discord wants to be waited for may fill the time to its end."""
    assert await deliver(failing(discord.RateLimited(90.0))) == "sent"
    assert clock.pauses_s == [90.0]
    late = await deliver(failing(discord.RateLimited(90.5)))
    assert late == Undelivered(is_late=True, wait_s=90.5)


async def test_without_time_there_is_one_try(clock: Clock) -> None:
    """A deadline of no seconds means once."""
    assert await deliver(failing(RESET), deadline_s=0.0) == Undelivered(is_late=True)
    assert (clock.pauses_s, len(clock.tries_s)) == ([], 1)


async def test_the_pauses_grow_and_are_spread(clock: Clock) -> None:
    """Each is up to twice the one before it, and none is longer than five seconds."""
    await deliver(failing(RESET, forever=True), deadline_s=1_000.0)
    pauses_s = [0.15, *clock.pauses_s]
    longest_s = [min(2 * pause_s, 5.0) for pause_s in pauses_s[:-1]]
    shares = [pause_s / most_s for pause_s, most_s in zip(pauses_s[1:], longest_s, strict=True)]
    assert len(shares) > 200
    assert 0.5 <= min(shares) < 0.6
    assert 0.9 < max(shares) <= 1.0
    assert 4.5 < max(pauses_s) <= 5.0
    assert clock.now_s > 1_990.0


async def test_a_try_that_is_never_answered_is_given_up() -> None:
    """It is a fault like any other."""
    never = asyncio.Event()

    async def send() -> str:
        await never.wait()
        return "sent"

    undelivered = await send_with_retries(send, deadline_s=0.0, try_s=0.01)
    assert undelivered == Undelivered(is_late=True)


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (Undelivered(400, 50035), True),
        (Undelivered(413), True),
        (Undelivered(400, retry.UNKNOWN_MESSAGE), False),
        (Undelivered(403, 50013), False),
        (Undelivered(is_late=True), False),
    ],
)
def test_what_discord_does_not_take_as_it_is_may_be_said_otherwise(
    why: Undelivered,
    expected: bool,  # noqa: FBT001
) -> None:
    """Its form or its size is refused; not where it should stand, or who says it."""
    assert why.is_unacceptable is expected


async def test_a_fault_of_the_program_is_none_of_discord_s(clock: Clock) -> None:
    """It is not hidden."""
    with pytest.raises(ValueError, match="ours"):
        await deliver(failing(ValueError("ours")))
    assert clock.pauses_s == []
