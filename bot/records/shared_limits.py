"""How much one person may do, in all processes together: at most so many things in a time.

In: what is done, and by whom. Out: how long to wait, 0 where it may be done. It is the sliding
window of the limits in memory, by the server's clock. Where the server can't be asked, what the
process itself has counted has to do: everything may be done here, and for some seconds nothing is
asked, so that nobody waits for it.
"""

import logging
import time
from collections.abc import Awaitable, Callable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.key import Key
from bot.records.model import RecordsError
from bot.records.postgres import PostgresDatabase

# After a failure nothing is asked for so long.
_PAUSE_S = 5.0
# Locks of persons have other numbers than those with a name.
_LOCK_BITS = 30
_FIRST_LOCK = 1 << 30

# What others are just deleting is left to them: two that wait for one another would fail.
_DELETE_OLD = text(
    "DELETE FROM turns WHERE number IN (SELECT number FROM turns "
    "WHERE until <= clock_timestamp() FOR UPDATE SKIP LOCKED)"
)
_LOOK = text(
    "SELECT count(*), EXTRACT(epoch FROM min(until) - clock_timestamp())::float FROM turns "
    "WHERE bucket = :bucket AND until > clock_timestamp()"
)
_ADD = text(
    "INSERT INTO turns (bucket, until) "
    "VALUES (:bucket, clock_timestamp() + make_interval(secs => :window))"
)
_GIVE_BACK = text(
    "DELETE FROM turns WHERE number = (SELECT max(number) FROM turns WHERE bucket = :bucket)"
)

_log = logging.getLogger(__name__)


class SharedLimits:
    """The limits of one database."""

    def __init__(
        self,
        database: PostgresDatabase,
        find_key: Callable[[], Key],
        patience_s: float,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hash with the key that ``find_key`` gives inside a transaction.

        ``patience_s``: how long the server is waited for.
        """
        self._patience_s = patience_s
        self._database = database
        self._find_key = find_key
        self._monotonic_s = monotonic_s
        self._asks_again_s = 0.0

    async def take(self, kind: str, user_id: int, times: int, window_s: float) -> float:
        """Let a user do a thing of a kind (0), or return how many seconds to wait for that."""

        async def take(connection: AsyncConnection) -> float:
            bucket = {"bucket": self._find_key().hash_turn(kind, user_id)}
            await connection.execute(_DELETE_OLD)
            count, wait_s = (await connection.execute(_LOOK, bucket)).one()
            if count >= times:
                return float(wait_s)
            await connection.execute(_ADD, {**bucket, "window": window_s})
            return 0.0

        return await self._ask(take, user_id)

    async def give_back(self, kind: str, user_id: int) -> None:
        """Let the last thing of a kind that a user did count for nothing."""

        async def give_back(connection: AsyncConnection) -> float:
            bucket = self._find_key().hash_turn(kind, user_id)
            await connection.execute(_GIVE_BACK, {"bucket": bucket})
            return 0.0

        await self._ask(give_back, user_id)

    async def _ask(
        self, work: Callable[[AsyncConnection], Awaitable[float]], user_id: int
    ) -> float:
        """Do some work that no other process does for the same user; 0 where it can't be done."""
        now_s = self._monotonic_s()
        if now_s < self._asks_again_s:
            return 0.0
        lock = _FIRST_LOCK | user_id % (1 << _LOCK_BITS)
        try:
            return await self._database.write(work, time.monotonic() + self._patience_s, lock)
        except RecordsError as error:
            self._asks_again_s = self._monotonic_s() + _PAUSE_S
            _log.info("what other processes have counted is not known now: %s", error)
            return 0.0
