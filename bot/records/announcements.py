"""Tell other processes that something has changed, and hear it from them, within moments.

In: a topic and a short text. Out: the same, to whoever listens in the other processes that use the
database. Where there is one process, nobody is told. What is told is a hint alone: who hears it
looks for itself, or asks Discord. So after a time in which nothing could be heard, everybody is
told to look.
"""

import asyncio
import contextlib
import json
import logging
import secrets
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy import Connection, NullPool, func, select

from bot.records.aside import transact_aside
from bot.records.model import RecordsError
from bot.records.postgres import LOCKS, OPEN, explain, make_engine
from bot.records.postgres_address import PostgresAddress
from bot.texts import records as texts

# What may change: the articles that are served, settings of servers and channels, and for which
# server a member has opened direct messages.
Topic = Literal["articles", "settings", "direct"]
# Is given what was told, on the event loop; "" where something may have been missed.
Listener = Callable[[str], None]

_CHANNEL = "articlebot"
# PostgreSQL takes 8,000 bytes at once.
_MOST_CHARACTERS = 1_000
# A connection that has gone without a word is noticed after so long.
_CHECK_EVERY_S = 10.0
_PATIENCE_S = 5.0
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 5.0
# At the end, what is still untold has so long.
_LAST_PATIENCE_S = 1.0

_log = logging.getLogger(__name__)


class Announcements:
    """Those of a process that is alone."""

    def __init__(self) -> None:
        """Begin with nobody who listens."""
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def listen(self, topic: Topic, hear: Listener) -> None:
        """Call ``hear`` with whatever another process tells of a topic."""
        self._listeners[topic].append(hear)

    def tell(self, topic: Topic, text: str = "") -> None:
        """Tell all other processes; as soon as that can be done, where it can't be now."""

    def start(self) -> None:
        """Begin to hear, until ``close``."""

    async def close(self) -> None:
        """Hear nothing more; to close twice is to close once."""

    def _call(self, topic: str, text: str) -> None:
        for hear in self._listeners[topic]:
            hear(text)


class PostgresAnnouncements(Announcements):
    """LISTEN and NOTIFY on one connection of its own, which is made anew when it is lost.

    As long as it stands, it also tells that the records are open (a shared advisory lock).
    """

    def __init__(self, address: PostgresAddress) -> None:
        """Connect to nothing yet. Raises RecordsError without the driver."""
        super().__init__()
        self._shown = address.shown
        self._engine = make_engine(address, poolclass=NullPool)
        self._sender = secrets.token_hex(8)
        # What could not be told yet, each once: topics and texts.
        self._untold: dict[tuple[str, str], None] = {}
        self._is_all_told = asyncio.Event()
        self._is_all_told.set()
        # There is something to tell, or the connection is lost.
        self._has_news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def tell(self, topic: Topic, text: str = "") -> None:
        """Tell all other processes, as soon as that can be done; nobody waits for it."""
        self._untold[topic, text[:_MOST_CHARACTERS]] = None
        self._is_all_told.clear()
        self._has_news.set()

    def start(self) -> None:
        """Begin to hear, until ``close``."""
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Hear nothing more; to close twice is to close once."""
        if self._task is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LAST_PATIENCE_S):
                    await self._is_all_told.wait()
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._engine.dispose()

    async def _keep(self) -> None:
        pause_s = _FIRST_PAUSE_S
        is_told = False
        while True:
            try:
                async with self._engine.connect() as connection:
                    raw = await connection.get_raw_connection()
                    # asyncpg's connection, which does one thing at a time.
                    driver: Any = raw.driver_connection
                    await self._begin(driver)
                    pause_s, is_told = _FIRST_PAUSE_S, False
                    await self._serve(driver)
            except Exception as error:  # noqa: BLE001 (a driver's fault may be any error)
                fault = explain(error, self._shown)
            else:
                fault = RecordsError(self._shown, texts.UNREACHABLE, texts.UNREACHABLE_HINT)
            if not is_told:
                _log.warning("other processes are not heard now: %s", fault)
            is_told = True
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    async def _begin(self, driver: Any) -> None:  # noqa: ANN401 (asyncpg is an extra)
        """Listen on a new connection, and let everybody look for what may have been missed."""
        driver.add_termination_listener(lambda _: self._has_news.set())
        async with asyncio.timeout(_PATIENCE_S):
            await driver.execute(f"SELECT pg_advisory_lock_shared({LOCKS}, {OPEN})")
            await driver.add_listener(_CHANNEL, self._hear)
        for topic in tuple(self._listeners):
            self._call(topic, "")

    async def _serve(self, driver: Any) -> None:  # noqa: ANN401 (likewise)
        """Tell what is to be told until the connection is lost; look now and then whether it is."""
        while not driver.is_closed():
            async with asyncio.timeout(_PATIENCE_S):
                await driver.execute("SELECT 1")
                await self._send(driver)
            # Python 3.11's wait_for may take a cancellation for the end of the wait.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_CHECK_EVERY_S):
                    await self._has_news.wait()
            self._has_news.clear()

    async def _send(self, driver: Any) -> None:  # noqa: ANN401 (likewise)
        """Tell what is untold. What fails, however it does, is told on the next connection."""
        while self._untold:
            topic, text = told = next(iter(self._untold))
            # It may be told again meanwhile, and is told twice then.
            del self._untold[told]
            payload = json.dumps([self._sender, topic, text])
            try:
                await driver.execute("SELECT pg_notify($1, $2)", _CHANNEL, payload)
            except BaseException:
                self._untold[told] = None
                raise
        self._is_all_told.set()

    def _hear(self, _: object, __: int, ___: str, payload: str) -> None:
        """Pass on what another process has told; what is not of this program is nothing."""
        try:
            sender, topic, text = json.loads(payload)
        except (ValueError, TypeError):
            return
        if sender != self._sender and isinstance(text, str) and topic in self._listeners:
            self._call(topic, text)


def announce(address: PostgresAddress, topic: Topic) -> None:
    """Tell all processes of a topic, from a program that hears nothing. Raises RecordsError."""
    payload = json.dumps(["", topic, ""])

    def tell(connection: Connection) -> None:
        connection.execute(select(func.pg_notify(_CHANNEL, payload)))

    transact_aside(address, tell, is_writing=True)
