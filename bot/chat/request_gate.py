"""Hold requests back that Discord would refuse, and learn what time it is there.

It listens to every request of a client, also to those that discord.py sends again by itself.

1. Where Discord said to wait (status 429), nothing more is sent on that route before. Whoever would
   have to wait long gets a RateLimited instead.
2. A circuit breaker: Discord shuts out an address from which 10,000 requests in ten minutes are
   refused (401, 403, 429). From fifty on, requests go one after another, with pauses that double
   with each refusal and are halved by each success, so that a minute in which most are refused
   comes to less than a hundred.

The clock, and how to sleep by it, are handed in.
"""

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from types import SimpleNamespace

import aiohttp
import discord
from yarl import URL

from bot.chat.state.discord_time import DISCORD_TIME

_log = logging.getLogger(__name__)

_TOO_MANY_REQUESTS = 429
_INVALID = (401, 403, _TOO_MANY_REQUESTS)
# A limit that others share counts against nobody.
_SHARED = "shared"
_WINDOW_S = 600.0
_MOST_INVALID = 50
_FIRST_PAUSE_S = 0.5
_SHORTEST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 5.0
# Who would have to wait longer is told so at once; the same as in discord.py.
LONGEST_WAIT_S = 30.0
# A bound on the memory.
_MOST_ROUTES = 1_000
# The first response to an interaction can't wait: Discord forgets it after three seconds.
_FIRST_RESPONSE = "/callback"


class RequestGate:
    """What is known of Discord's limits. Lives on the event loop."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Let everything through. ``clock`` and ``sleep`` are in seconds of a monotonic clock."""
        self._clock = clock
        self._sleep = sleep
        # When the last refused requests came back, the oldest first.
        self._invalid_s: deque[float] = deque()
        self._pause_s = 0.0
        self._next_s = 0.0
        self._turns = asyncio.Lock()
        # Until when nothing may be sent, by route.
        self._ends_s: OrderedDict[tuple[str, str], float] = OrderedDict()

    def make_trace(self) -> aiohttp.TraceConfig:
        """Make what aiohttp tells of each request."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._before)
        trace.on_request_end.append(self._after)
        return trace

    async def _before(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Let a request wait until it may be sent; raises RateLimited where that is too long."""
        await self.wait(request.method, request.url)

    async def _after(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        response = request.response
        DISCORD_TIME.note(response.headers.get("Date", ""))
        wait_s = 0.0
        if response.status == _TOO_MANY_REQUESTS:
            wait_s = _find_wait(response.headers)
        is_shared = response.headers.get("X-RateLimit-Scope") == _SHARED
        is_invalid = response.status in _INVALID and not is_shared
        self.note(request.method, request.url, wait_s, is_invalid=is_invalid)

    async def wait(self, method: str, url: URL) -> None:
        """Wait until a request may be sent; raises RateLimited where that is too long."""
        left_s = self._ends_s.get((method, url.path), 0.0) - self._clock()
        if left_s > LONGEST_WAIT_S:
            raise discord.RateLimited(left_s)
        if left_s > 0:
            await self._sleep(left_s)
        if not self._is_open() or url.path.endswith(_FIRST_RESPONSE):
            return
        async with self._turns:
            await self._sleep(max(self._next_s - self._clock(), 0.0))
            self._next_s = self._clock() + self._pause_s

    def note(self, method: str, url: URL, wait_s: float, *, is_invalid: bool) -> None:
        """Keep that a request came back, and for how many seconds its route is to be left alone."""
        now_s = self._clock()
        if wait_s > 0:
            self._ends_s[method, url.path] = now_s + wait_s
            self._ends_s.move_to_end((method, url.path))
            if len(self._ends_s) > _MOST_ROUTES:
                self._ends_s.popitem(last=False)
        if not is_invalid:
            self._pause_s = max(self._pause_s / 2, _SHORTEST_PAUSE_S)
            return
        was_open = self._is_open()
        self._invalid_s.append(now_s)
        if not self._is_open():
            return
        self._pause_s = min(max(2 * self._pause_s, _FIRST_PAUSE_S), _LONGEST_PAUSE_S)
        self._next_s = max(self._next_s, now_s + self._pause_s)
        if not was_open:
            _log.warning(
                "Discord refused %d requests within %.0f s; from now on they go one by one",
                _MOST_INVALID,
                _WINDOW_S,
            )

    def _is_open(self) -> bool:
        """Say whether so many requests were refused lately that the others are held back."""
        earliest_s = self._clock() - _WINDOW_S
        while self._invalid_s and self._invalid_s[0] < earliest_s:
            self._invalid_s.popleft()
        return len(self._invalid_s) >= _MOST_INVALID


def _find_wait(headers: Mapping[str, str]) -> float:
    """Find how many seconds Discord wants to be left alone, at least; 0 where it says nothing."""
    exact = headers.get("X-RateLimit-Reset-After")
    # This one is in whole seconds, rounded up.
    rounded = headers.get("Retry-After", "0")
    try:
        return float(rounded) - 1.0 if exact is None else float(exact)
    except ValueError:
        return 0.0
