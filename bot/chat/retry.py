"""Send a request to Discord again after passing faults, for a while.

In: a function that sends once. Out: what it returned, or why nothing was delivered. It must be
safe to send twice: a message carries a nonce that Discord enforces, an interaction is acknowledged
once at all, and to edit or delete twice is to do it once.

discord.py tries again by itself after some faults, but gives up on 503, 520 and connection resets.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import discord

from bot.chat import metrics

T = TypeVar("T")

# Codes of Discord's JSON errors:
# https://discord.com/developers/docs/topics/opcodes-and-status-codes
ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_MESSAGE = 10008
_UNKNOWN_CHANNEL = 10003
# These say that there is nothing more to do.
_SETTLED = (ALREADY_ACKNOWLEDGED, _UNKNOWN_CHANNEL, UNKNOWN_MESSAGE)
_TOO_MANY_REQUESTS = 429
# These say that Discord takes nothing like what was sent: its form, or its size.
_UNACCEPTABLE = (400, 413)
# A short pause first, because most faults pass at once; it doubles each time.
_FIRST_PAUSE_S = 0.15
_LONGEST_PAUSE_S = 5.0

# What is sent, unless it is said to be something else.
_REPLY = "a reply"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Why nothing was delivered.

    ``status`` and ``code`` are Discord's, 0 where it said nothing. ``is_late``: a fault had not
    passed when the time was over. ``wait_s``: for so long Discord takes nothing more of the kind.
    """

    status: int = 0
    code: int = 0
    is_late: bool = False
    wait_s: float = 0.0

    @property
    def is_unacceptable(self) -> bool:
        """Whether something else might have been delivered in the same place."""
        return self.status in _UNACCEPTABLE and self.code not in _SETTLED


def _need_no_turn(_: float) -> AbstractAsyncContextManager[None]:
    return nullcontext()


async def send_with_retries(
    send: Callable[[], Awaitable[T]],
    *,
    deadline_s: float,
    try_s: float,
    what: str = _REPLY,
    take_turn: Callable[[float], AbstractAsyncContextManager[None]] = _need_no_turn,
) -> T | Undelivered:
    """Send, and send again after a passing fault, until ``deadline_s`` seconds are over.

    One try takes at most ``try_s`` seconds. Before each, ``take_turn`` waits for its turn: it is
    given the seconds that are left, and raises TimeoutError after them. Returns what ``send``
    returned. What could not be delivered is logged and not raised; ``what`` names it in the log.
    """
    end_s = time.monotonic() + deadline_s
    pause_s = _FIRST_PAUSE_S
    while True:
        retry_after_s = 0.0
        obstacle: metrics.Obstacle = "connection"
        try:
            async with take_turn(end_s - time.monotonic()), asyncio.timeout(try_s):
                return await send()
        except discord.RateLimited as error:
            fault = "rate limit"
            obstacle = "rate_limit"
            retry_after_s = error.retry_after
        except discord.HTTPException as error:
            undelivered = Undelivered(error.status, error.code)
            if error.code in _SETTLED:
                return undelivered
            if not _is_passing(error):
                _count_undelivered(what)
                _log.warning("%s was refused: status %d, code %d", what, error.status, error.code)
                return undelivered
            fault = f"status {error.status}"
            obstacle = "rate_limit" if error.status == _TOO_MANY_REQUESTS else "status"
        except (aiohttp.ClientError, OSError, RuntimeError, TypeError, KeyError) as error:
            # discord.py makes a RuntimeError of a closed session, and a TypeError or KeyError of
            # an answer that is no JSON.
            fault = type(error).__name__
        pause_s = _lengthen(pause_s)
        wait_s = max(pause_s, retry_after_s)
        if time.monotonic() + wait_s > end_s:
            _count_undelivered(what)
            _log.warning("%s could not be delivered: %s", what, fault)
            return Undelivered(is_late=True, wait_s=retry_after_s)
        await asyncio.sleep(wait_s)
        metrics.count_retry(obstacle)


def _count_undelivered(what: str) -> None:
    if what == _REPLY:
        metrics.UNDELIVERED.inc()


def _is_passing(error: discord.HTTPException) -> bool:
    return error.status >= 500 or error.status == _TOO_MANY_REQUESTS


def _lengthen(pause_s: float) -> float:
    """Double a pause and spread it, so that what failed together is not sent again together."""
    doubled_s = min(2 * pause_s, _LONGEST_PAUSE_S)
    return doubled_s * random.uniform(0.5, 1.0)  # noqa: S311 (spreads retries, guards nothing)
