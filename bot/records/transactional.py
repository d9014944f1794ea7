"""What the records need of a database, whichever it is: whole transactions, and an end in time."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


class TransactionalDatabase(Protocol):
    """A database; every method raises RecordsError for what it refuses.

    ``deadline_s`` is a time of ``time.monotonic``: all waits of a transaction end at it.
    """

    @property
    def path(self) -> Path | str:
        """Where it is, as people may read it: without a password."""

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]], deadline_s: float) -> T:
        """Do all of ``work``, alone, or nothing where anything is raised; return its result."""

    async def read(self, work: Callable[[AsyncConnection], Awaitable[T]], deadline_s: float) -> T:
        """Read the database as it is at one moment; return the result of ``work``."""

    async def rewrite(self, deadline_s: float) -> None:
        """See to it that what was deleted can't be read any more, as far as that can be done."""

    async def close(self) -> None:
        """Let go of all connections."""
