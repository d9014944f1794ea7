"""The key of the hashes that stand for people and messages, in a file of its own beside the database.

In: a folder, an id of Discord. Out: 32 hexadecimal digits that only who has the key can make of that id. The key is
made once and never changed: without it a vote could neither be withdrawn nor forgotten.
"""

import hmac
import os
import secrets
from pathlib import Path

from bot.records.files import read_regular
from bot.records.model import RecordsError

FILE = "records.key"
_BYTES = 32


class Key:
    """Hashes ids by HMAC-SHA256 (RFC 2104), cut to 128 bits."""

    def __init__(self, key: bytes) -> None:
        """Take the 32 bytes of a key."""
        self._key = key

    def hash_person(self, person: int) -> str:
        """Give what stands for a member."""
        return self._hash(b"person %d" % person)

    def hash_answer(self, answer: int) -> str:
        """Give what stands for the message that holds an answer."""
        return self._hash(b"answer %d" % answer)

    def hash_question(self, same: str) -> str:
        """Give what stands for a question, by the ``sameness`` of its wording."""
        return self._hash(b"question " + same.encode())

    def hash_press(self, press: int) -> str:
        """Give what stands for an interaction, in which somebody pressed a button."""
        return self._hash(b"press %d" % press)

    def _hash(self, what: bytes) -> str:
        return hmac.digest(self._key, what, "sha256").hex()[:32]


def read_key(folder: Path) -> Key | None:
    """Read the key of a folder; None where there is none.

    Raises RecordsError for a file that is no key or can't be read.
    """
    path = folder / FILE
    try:
        key = read_regular(path, _BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordsError(
            path, f"can't be read: {error.strerror}", "see to it that it is a file of the bot's"
        ) from None
    if len(key) != _BYTES:
        what = f"is not the key of the records, which has {_BYTES} bytes"
        raise RecordsError(
            path, what, f"put it back from a backup, or move the folder {folder} away to begin anew"
        )
    return Key(key)


def make_key(folder: Path) -> Key:
    """Make the key of a folder, whole or not at all; who calls holds the database's lock, so nobody else does.

    Raises RecordsError where it can't be written.
    """
    path = folder / FILE
    new = path.with_suffix(".new")
    key = secrets.token_bytes(_BYTES)
    try:
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        # SQLite syncs the folder before it commits what the key is for.
        new.replace(path)
    except OSError as error:
        raise RecordsError(
            path, f"can't be written: {error.strerror}", "the folder must be the bot's own"
        ) from None
    return Key(key)
