"""Count for the statistics what happens, and write it to the records every minute.

In: replies that were delivered, and what became of questions. Out: counts by server and day,
without who and without words of questions, each on the day on which it happened. What was counted
within the last minute is lost with a kill. Where no records are kept, nothing is counted.

Lives on the event loop.
"""

import asyncio
import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable

from bot.chat import failures
from bot.chat.metrics import ANSWER_TIME, Refused
from bot.chat.reply import Reply, Response
from bot.records.model import Counted, CountedThere, RecordsError
from bot.records.store import Records

_EVERY_S = 60.0
# What was looked for; the other reasons say how long nothing was.
_TIMED: frozenset[Refused] = frozenset(("", "not_in_articles"))


def _read_today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


class DayCounter:
    """Holds what is not written yet."""

    def __init__(self, records: Records | None, today: Callable[[], dt.date] = _read_today) -> None:
        """Write to ``records``; ``today`` gives the day in UTC, by this computer's clock."""
        self._records = records
        self._today = today
        self._counts: defaultdict[dt.date, Counter[CountedThere]] = defaultdict(Counter)

    def count_outcome(self, refused: Refused, took_s: float, guild_id: int) -> None:
        """Count why a question was not answered, if it was not, and how long that took."""
        if refused:
            self._count(("refused", refused), guild_id)
        if refused in _TIMED:
            self._count(("time", _name_duration(took_s)), guild_id)

    def count_reply(self, response: Response, guild_id: int) -> None:
        """Count what a reply says of itself; it was delivered."""
        counted = response.counted if isinstance(response, Reply) else ()
        for one in counted:
            self._count(one, guild_id)

    async def write(self) -> None:
        """Write down what was counted. Faults are logged; then it is tried again later."""
        if self._records is None:
            return
        counts, self._counts = self._counts, defaultdict(Counter)
        today = self._today()
        for day, counted in counts.items():
            try:
                await self._records.add_counts(counted, days_ago=max((today - day).days, 0))
            except RecordsError as error:
                self._counts[day] += counted
                failures.record_records_error(error)

    def forget(self, guild_id: int) -> None:
        """Leave out what was counted in a server and is not written yet."""
        for counted in self._counts.values():
            for one in [one for one in counted if one[0] == guild_id]:
                del counted[one]

    async def keep(self) -> None:
        """Write every minute until this is cancelled; then once more."""
        try:
            while True:
                await asyncio.sleep(_EVERY_S)
                await self.write()
        finally:
            await self.write()

    def _count(self, counted: Counted, guild_id: int) -> None:
        if self._records is not None:
            self._counts[self._today()][guild_id, counted] += 1


def _name_duration(took_s: float) -> str:
    """Name a duration by the bound that it does not exceed, in milliseconds; "" above all."""
    bounds = ANSWER_TIME.bounds
    index = bisect_left(bounds, took_s)
    return str(round(bounds[index] * 1000)) if index < len(bounds) else ""
