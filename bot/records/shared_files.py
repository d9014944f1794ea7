"""Files by the SHA-256 of their bytes, and documents that refer to them, in PostgreSQL.

In: bytes, texts. Out: the same. What a document means is the business of who writes it. It is
replaced only by who has read the last one: two processes never write over one another unseen.

Every method may be called from any thread, waits for the server, and raises RecordsError.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, String, all_, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql

from bot.records.aside import AsideDatabase
from bot.records.model import RecordsError
from bot.records.postgres_address import PostgresAddress
from bot.records.schema import bring_up_to_date
from bot.records.shared_tables import DOCUMENTS, FILES
from bot.texts import records as texts

T = TypeVar("T")

# The lock of those who write here.
_LOCK = 3
# What nothing refers to may be of a change that another process has just begun.
_KEPT_UNUSED = timedelta(hours=1)
# So many files are read at once: each of an article, of at most a megabyte.
_MOST_AT_ONCE = 200


class ChangedElsewhereError(RecordsError):
    """Another process has replaced a document since it was read; nothing was written."""


class SharedFiles:
    """The files and documents of one database."""

    def __init__(self, address: PostgresAddress) -> None:
        """Connect to nothing yet."""
        self.shown = address.shown
        prepare = partial(bring_up_to_date, path=self.shown)
        self._database = AsideDatabase(address, prepare)

    def read_document(self, name: str) -> tuple[str, int]:
        """Give the text of a document and its number; ("", 0) where there is none."""

        def read(connection: Connection) -> tuple[str, int]:
            query = select(DOCUMENTS.c.content, DOCUMENTS.c.number).where(DOCUMENTS.c.name == name)
            row = connection.execute(query).one_or_none()
            return ("", 0) if row is None else (row.content, row.number)

        return self._transact(read, is_writing=False)

    def write_document(self, name: str, content: str, seen: int) -> int:
        """Replace a document of which the number ``seen`` was read last; give its new number.

        Raises ChangedElsewhereError where it has another one by now.
        """
        return self._transact(partial(self._replace, name, content, seen), is_writing=True)

    def _replace(self, name: str, content: str, seen: int, connection: Connection) -> int:
        if seen == 0:
            new = postgresql.insert(DOCUMENTS).values(name=name, content=content, number=1)
            done = connection.execute(new.on_conflict_do_nothing())
        else:
            is_it = (DOCUMENTS.c.name == name) & (DOCUMENTS.c.number == seen)
            values = {"content": content, "number": seen + 1}
            done = connection.execute(update(DOCUMENTS).where(is_it).values(values))
        if done.rowcount != 1:
            raise ChangedElsewhereError(
                self.shown, texts.CHANGED_ELSEWHERE, texts.CHANGED_ELSEWHERE_HINT
            )
        return seen + 1

    def digests(self) -> set[str]:
        """Give the digests of all files."""

        def read(connection: Connection) -> set[str]:
            return set(connection.scalars(select(FILES.c.sha256)))

        return self._transact(read, is_writing=False)

    def find_damaged(self) -> set[str]:
        """Find the digests of files whose bytes are others. The server hashes all of them."""
        hashed = func.encode(func.sha256(FILES.c.content), "hex")

        def read(connection: Connection) -> set[str]:
            return set(connection.scalars(select(FILES.c.sha256).where(hashed != FILES.c.sha256)))

        return self._transact(read, is_writing=False)

    def get(self, digests: Sequence[str]) -> dict[str, bytes]:
        """Give those of some files that are there, by their digests."""
        found: dict[str, bytes] = {}
        for start in range(0, len(digests), _MOST_AT_ONCE):
            some = digests[start : start + _MOST_AT_ONCE]
            found |= self._transact(partial(_read_files, some), is_writing=False)
        return found

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Keep files by their digests: all of them, or none."""
        now = datetime.now(UTC)

        def write(connection: Connection) -> None:
            for digest, content in contents.items():
                row = {"sha256": digest, "content": content, "put_at": now}
                new = postgresql.insert(FILES).values(row)
                # What is there already is young again.
                again = new.on_conflict_do_update(
                    index_elements=["sha256"], set_={"content": content, "put_at": now}
                )
                connection.execute(again)

        self._transact(write, is_writing=True)

    def sweep(self, needed: Collection[str]) -> None:
        """Delete all files but some, and those that were put lately."""
        latest = datetime.now(UTC) - _KEPT_UNUSED

        # One array: single values may be no more than 32,767.
        array = literal(sorted(needed), postgresql.ARRAY(String))

        def write(connection: Connection) -> None:
            is_unused = (FILES.c.put_at < latest) & (FILES.c.sha256 != all_(array))
            connection.execute(delete(FILES).where(is_unused))

        self._transact(write, is_writing=True)

    def _transact(self, work: Callable[[Connection], T], *, is_writing: bool) -> T:
        return self._database.transact(work, is_writing=is_writing, lock=_LOCK)


def _read_files(digests: Sequence[str], connection: Connection) -> dict[str, bytes]:
    query = select(FILES.c.sha256, FILES.c.content).where(FILES.c.sha256.in_(digests))
    return {row.sha256: row.content for row in connection.execute(query)}
