"""Questions to Discord's REST interface, which change nothing and open no session.

In: a path. Out: Discord's answer, or why there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot import __version__
from bot.settings import Secret

DISCORD_API = "https://discord.com/api/v10"
# What takes longer will not come.
_PATIENCE_S = 15.0


class UnreachableError(Exception):
    """Discord gave no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Response:
    """What Discord answered.

    Attributes:
        status: The status of HTTP.
        body: What the JSON holds; None where the answer is none.
        date_s: What time it was at Discord, in seconds since 1970; 0 where it did not say.

    """

    status: int
    body: Any
    date_s: float = 0.0

    @property
    def is_fine(self) -> bool:
        """Whether Discord gave what was asked for."""
        return self.status == 200 and self.body is not None


class Rest:
    """Asks Discord, from ``async with`` on."""

    def __init__(
        self, token: Secret, api_url: str = "", traces: Sequence[aiohttp.TraceConfig] = ()
    ) -> None:
        """Ask with a token; ``traces`` are told of every request."""
        self._base = api_url or DISCORD_API
        self._token = token
        self._traces = list(traces)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open what connections need."""
        self._session = aiohttp.ClientSession(
            headers={
                "Authorization": f"Bot {self._token.reveal()}",
                "User-Agent": f"DiscordBot (articlebot, {__version__})",
            },
            timeout=aiohttp.ClientTimeout(total=_PATIENCE_S),
            trace_configs=self._traces,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def get(self, path: str) -> Response:
        """Get what lies at a path. Raises UnreachableError."""
        if self._session is None:
            raise UnreachableError
        try:
            async with self._session.get(self._base + path) as response:
                date_s = _read_date(response.headers.get("Date", ""))
                is_json = response.content_type == "application/json"
                body = await response.json() if is_json else None
                return Response(response.status, body, date_s)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # One that took too long is a TimeoutError, which is an OSError without a text.
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise UnreachableError(reason) from None


def _read_date(date: str) -> float:
    """Read a date of HTTP, in seconds since 1970; 0 for what is none."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return 0.0
