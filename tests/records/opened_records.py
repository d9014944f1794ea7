"""Records that are closed whatever becomes of the test, a calendar that can be turned, and what lies on the disk."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from bot.records.store import Records

PASSAGE, OTHER = "0123456789ab", "ba9876543210"


class Calendar:
    """Says what day it is; ``turn`` puts it on."""

    def __init__(self) -> None:
        """Begin with a Sunday."""
        self.day = dt.date(2026, 3, 1)

    def __call__(self) -> dt.date:
        """Give the day of today."""
        return self.day

    def turn(self, days: int) -> None:
        """Let days go by."""
        self.day += dt.timedelta(days=days)


@asynccontextmanager
async def opened(folder: Path, keep_days: int = 30, **others: Any) -> AsyncIterator[Records]:
    """Open records for as long as the test needs them."""
    records = await Records.open(folder, keep_days, **others)
    try:
        yield records
    finally:
        await records.close()


def query(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement on the database behind the program's back."""
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection, connection:
        return connection.execute(sql, values).fetchall()


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
