"""Up to when the bot has missed nothing, kept over a restart, so that it looks back no further.

In a file of its own beside the database: a time, and the last direct conversations, which are in no
list that Discord gives. Their ids are sealed: only who has the bot's token can read them, and who
has that could ask Discord for what they lead to anyway. What is not there or damaged counts as
nothing heard; nothing depends on this file but how far is looked back.

Sealed is what is added to a key stream of HMAC-SHA256 in counter mode; a tag of the same kind tells
what was altered.
"""

import hmac
import json
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from bot.records.files import read_regular, write_aside
from bot.records.model import RecordsError

FILE = "heard.json"
_MOST_BYTES = 4096
# The year 2100: what is later is no time that was ever written.
_MOST_TIME_S = 4_102_444_800
_ID_BYTES = 8
_MOST_ID = 2 ** (8 * _ID_BYTES) - 1
_NONCE_BYTES = 16
_TAG_BYTES = 16
_BLOCK_BYTES = 32

# The time up to which nothing was missed, in seconds since 1970, and the ids of channels.
Heard = tuple[float, list[int]]


class HeardFile:
    """The file in a folder of records."""

    def __init__(self, folder: Path, token: str) -> None:
        """Seal with a key that is made of the bot's token."""
        self._path = folder / FILE
        self._key = hmac.digest(token.encode(), b"direct conversations", "sha256")
        # The last writing may begin before the one that was cancelled has ended.
        self._writing = threading.Lock()

    def read(self) -> Heard:
        """Read the file; (0, []) where there is none that can be read."""
        try:
            content = json.loads(read_regular(self._path, _MOST_BYTES))
            time_s = float(content["time"])
            if not 0 <= time_s <= _MOST_TIME_S:
                return 0.0, []
            return time_s, self._open(bytes.fromhex(content["direct"]))
        except (OSError, RecordsError, ValueError, KeyError, TypeError, RecursionError):
            return 0.0, []

    def write(self, time_s: float, channel_ids: Sequence[int]) -> None:
        """Write the file, whole or not at all; from any thread.

        Raises OSError where it can't be written.

        After a power cut, what is lost costs a few requests.
        """
        content = {"time": int(time_s), "direct": self._seal(channel_ids).hex()}
        text = json.dumps(content)
        with self._writing:
            new = write_aside(self._path, text.encode(), is_durable=False)
            new.replace(self._path)

    def _seal(self, channel_ids: Sequence[int]) -> bytes:
        plain = b"".join(one.to_bytes(_ID_BYTES, "big") for one in channel_ids if one <= _MOST_ID)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._add_stream(nonce, plain)
        return sealed + self._make_tag(sealed)

    def _open(self, sealed: bytes) -> list[int]:
        """Open what was sealed; nothing where it was altered, or sealed with another token."""
        body, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
        if not hmac.compare_digest(tag, self._make_tag(body)):
            return []
        plain = self._add_stream(body[:_NONCE_BYTES], body[_NONCE_BYTES:])
        starts = range(0, len(plain), _ID_BYTES)
        return [int.from_bytes(plain[start : start + _ID_BYTES], "big") for start in starts]

    def _add_stream(self, nonce: bytes, text: bytes) -> bytes:
        """Add the key stream of a nonce to a text; to add it twice is to add nothing."""
        counts = range(len(text) // _BLOCK_BYTES + 1)
        stream = b"".join(
            hmac.digest(self._key, b"stream" + nonce + count.to_bytes(4, "big"), "sha256")
            for count in counts
        )
        return bytes(one ^ other for one, other in zip(text, stream, strict=False))

    def _make_tag(self, body: bytes) -> bytes:
        return hmac.digest(self._key, b"tag" + body, "sha256")[:_TAG_BYTES]
