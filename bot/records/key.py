"""The key of the hashes that stand for users and messages.

It lies in a file beside a SQLite database, and in a table of a PostgreSQL one.

In: a folder or a connection; ids of Discord. Out: 32 hexadecimal digits that only who has the key
can make of an id. The method is HMAC-SHA256 (RFC 2104), cut to 128 bits. The key is made once and
never changed: without it a vote could neither be withdrawn nor forgotten.
"""

import hmac
import secrets
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.files import read_regular, write_aside
from bot.records.model import RecordsError
from bot.records.shared_tables import KEYS
from bot.texts import common
from bot.texts import records as texts

FILE = "records.key"
# The length of a SHA-256 hash, as RFC 2104 recommends.
_KEY_BYTES = 32
# Its row in the table.
_NAME = "hashes"
# 128 bits.
_HASH_DIGITS = 32


class Key:
    """Hashes ids. What is hashed says what it is the id of, so no two kinds share a hash."""

    def __init__(self, key: bytes) -> None:
        """Take the 32 bytes of a key."""
        self._key = key

    def hash_person(self, user_id: int) -> str:
        """Return the hash that stands for a user."""
        return self._hash(b"person %d" % user_id)

    def hash_answer(self, message_id: int) -> str:
        """Return the hash that stands for the message that holds an answer."""
        return self._hash(b"answer %d" % message_id)

    def hash_question(self, wording: str) -> str:
        """Return the hash that stands for a question, by the ``hash_wording`` of its text."""
        return self._hash(b"question " + wording.encode())

    def hash_press(self, interaction_id: int) -> str:
        """Return the hash that stands for the press of a button."""
        return self._hash(b"press %d" % interaction_id)

    def hash_turn(self, kind: str, user_id: int) -> str:
        """Return the hash that stands for a user who does something of a kind."""
        return self._hash(b"turn %s %d" % (kind.encode(), user_id))

    def _hash(self, text: bytes) -> str:
        digest = hmac.digest(self._key, text, "sha256")
        return digest.hex()[:_HASH_DIGITS]


def read_key(folder: Path) -> Key | None:
    """Read the key of a folder; None where there is none.

    Raises RecordsError for a file that is no key or can't be read.
    """
    key = read_key_bytes(folder)
    return None if key is None else Key(key)


def read_key_bytes(folder: Path) -> bytes | None:
    """Read the bytes of a folder's key; None where there is none. Raises RecordsError likewise."""
    path = folder / FILE
    try:
        # One byte more shows that the file is too long.
        key = read_regular(path, _KEY_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        what = common.UNREADABLE(reason=error.strerror)
        raise RecordsError(path, what, texts.KEY_UNREADABLE_HINT) from None
    refuse_other_length(key, path)
    return key


def refuse_other_length(key: bytes, path: Path) -> None:
    """Raise RecordsError for bytes that are no key; ``path`` says where they are from."""
    if len(key) != _KEY_BYTES:
        what = texts.KEY_LENGTH(size=_KEY_BYTES)
        raise RecordsError(path, what, texts.KEY_LENGTH_HINT(folder=path.parent))


async def find_stored_key(connection: AsyncConnection, shown: str, *, has_votes: bool) -> Key:
    """Read the key of a PostgreSQL database, or make it, where nobody else writes meanwhile.

    Raises RecordsError for a key that is none, and for votes without their key.
    """
    query = select(KEYS.c.key).where(KEYS.c.name == _NAME)
    key = (await connection.scalars(query)).one_or_none()
    if key is not None and len(key) == _KEY_BYTES:
        return Key(key)
    if key is not None or has_votes:
        raise RecordsError(shown, texts.STORED_KEY_IS_GONE, texts.RESTORE_SERVER)
    key = secrets.token_bytes(_KEY_BYTES)
    await connection.execute(insert(KEYS).values(name=_NAME, key=key))
    return Key(key)


def make_key(folder: Path) -> Key:
    """Make the key of a folder, whole or not at all.

    The caller holds the database's write lock, so no other process makes one. Raises RecordsError
    where the key can't be written.
    """
    path = folder / FILE
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        # SQLite syncs the folder before it commits what the key is for.
        write_aside(path, key, is_durable=True).replace(path)
    except OSError as error:
        what = common.UNWRITABLE(reason=error.strerror)
        raise RecordsError(path, what, texts.KEY_UNWRITABLE_HINT) from None
    return Key(key)
