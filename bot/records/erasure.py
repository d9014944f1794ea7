"""Delete rows so that nothing of them stays readable in the file.

SQLite may leave copies of deleted rows in the file. So the file is rewritten after each transaction
that deleted anything. What PostgreSQL leaves is its server's.
"""

import logging

from sqlalchemy import Delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.model import RecordsError
from bot.records.transactional import TransactionalDatabase

_log = logging.getLogger(__name__)


class Erasure:
    """Remembers whether the file may still hold what was deleted."""

    def __init__(self) -> None:
        """Start with the worst: a program that was killed may have deleted without rewriting."""
        self._has_leftovers = True

    async def delete(self, connection: AsyncConnection, statement: Delete) -> int:
        """Delete rows; return how many."""
        result = await connection.execute(statement)
        if result.rowcount > 0:
            self._has_leftovers = True
        return result.rowcount

    async def rewrite(self, database: TransactionalDatabase, deadline_s: float) -> None:
        """Rewrite the file if it may hold what was deleted.

        A failure is logged. The file is then rewritten after the next transaction that writes.
        """
        if not self._has_leftovers:
            return
        try:
            await database.rewrite(deadline_s)
        except RecordsError as error:
            _log.warning("what was deleted from the records may still be in their file: %s", error)
        else:
            self._has_leftovers = False
