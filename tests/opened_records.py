"""Records that are closed whatever becomes of the test, a calendar that can be turned, and what
lies on the disk.
"""

import asyncio
import datetime as dt
import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from postgres_server import run_sql

from bot.records.channel_settings import ChannelSetting
from bot.records.clock import Clock
from bot.records.model import Vote
from bot.records.postgres_address import parse_address
from bot.records.store import Records

PASSAGE, OTHER = "0123456789ab", "ba9876543210"


_presses = itertools.count(1)


def vote(
    person: int,
    answer: int,
    passage: str,
    *,
    is_helpful: bool,
    question: str = "",
    press: int = 0,
    guild_id: int = 0,
) -> Vote:
    """Make a vote, by another press each time unless one is given."""
    press = press or next(_presses)
    return Vote(press, person, answer, question, passage, is_helpful, guild_id)


class Calendar:
    """A clock that a test turns by hand: time goes by, or somebody sets it."""

    def __init__(self) -> None:
        """Begin at noon on a Sunday."""
        self._now = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
        self._gone_s = 1_000.0
        self.clock = Clock(lambda: self._now, lambda: self._gone_s)

    @property
    def day(self) -> dt.date:
        """Give the day that the clock shows."""
        return self._now.date()

    def turn(self, days: float) -> None:
        """Let days go by."""
        self._gone_s += days * 86_400
        self.jump(days)

    def jump(self, days: float) -> None:
        """Set the clock, without any time going by, or let it go by while no program runs."""
        self._now += dt.timedelta(days=days)


# A folder, or the address of a PostgreSQL database.
Place = Path | str


async def open_at(
    place: Place, keep_days: int = 30, *, patience_s: float = 30.0, **others: Any
) -> Records:
    """Open records that wait longer than a slow machine ever takes."""
    if isinstance(place, Path):
        return await Records.open(place, keep_days, patience_s=patience_s, **others)
    address = parse_address(place)
    return await Records.connect(address, keep_days, patience_s=patience_s, **others)


@asynccontextmanager
async def opened(place: Place, keep_days: int = 30, **others: Any) -> AsyncIterator[Records]:
    """Open records for as long as the test needs them."""
    records = await open_at(place, keep_days, **others)
    try:
        yield records
    finally:
        await records.close()


async def set_for_channel(records: Records, setting: ChannelSetting) -> None:
    """Set something, whatever was set before."""
    await records.revise_settings(setting.guild_id, lambda _: [setting])


def query(place: Place, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement on the database behind the program's back."""
    if isinstance(place, str):
        return run_sql(place, sql, *values)
    with closing(sqlite3.connect(place / "records.sqlite3")) as connection, connection:
        return connection.execute(sql, values).fetchall()


def column_names(place: Place, table: str) -> set[str]:
    """Give the names of the columns of a table."""
    if isinstance(place, str):
        sql = "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
    else:
        sql = "SELECT name FROM pragma_table_info(?)"
    return {name for (name,) in query(place, sql, table)}


def names(folder: Path) -> list[str]:
    """Give the names of what lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


def on_disk(folder: Path) -> bytes:
    """Give the bytes of all files of a folder."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.iterdir()))


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the time limit of a test ends what never does."""
    while not holds():  # noqa: ASYNC110 (nothing tells when a file changes)
        await asyncio.sleep(0.01)
