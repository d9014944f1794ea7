"""What those who can mend it were told lately, kept over a restart, so that it is told once a day.

In a file of its own beside the database: a time for each notice. What a notice was about stands
there as a hash alone, keyed with the bot's token. What is not there or damaged counts as never
told; nothing depends on this file but how often something is told.
"""

import hmac
import json
from collections.abc import Mapping
from pathlib import Path

from bot.records.files import read_regular, write_aside
from bot.records.model import RecordsError

FILE = "told.json"
# A thousand notices have less.
_MOST_BYTES = 131_072
_HASH_BYTES = 16


class ToldFile:
    """The file in a folder of records."""

    def __init__(self, folder: Path, token: str) -> None:
        """Hash with a key that is made of the bot's token."""
        self._path = folder / FILE
        self._key = hmac.digest(token.encode(), b"told notices", "sha256")

    def hide(self, notice: str) -> str:
        """Give the hash under which a notice is kept."""
        return hmac.digest(self._key, notice.encode(), "sha256")[:_HASH_BYTES].hex()

    def read(self) -> dict[str, float]:
        """Read when each notice was told, in seconds since 1970, by its hash."""
        try:
            content = json.loads(read_regular(self._path, _MOST_BYTES))
            return {str(notice): float(told_s) for notice, told_s in content.items()}
        except (OSError, RecordsError, ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def write(self, told_s: Mapping[str, float]) -> None:
        """Write the file, whole or not at all. Raises OSError where it can't be written."""
        seconds = {notice: int(one_s) for notice, one_s in told_s.items()}
        text = json.dumps(seconds)
        write_aside(self._path, text.encode(), is_durable=False).replace(self._path)
