"""The name under which Discord keeps a file: ASCII letters, digits, dots, dashes and underscores.

An `attachment://` address is read likewise, so either spelling finds the file
(discord-api-docs#7754).
"""

import re
import unicodedata

UNKEPT = re.compile(r"[^A-Za-z0-9_.-]")
SCHEME = "attachment://"


def stored_name(filename: str) -> str:
    """Give the name that a file of this name gets."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    return UNKEPT.sub("", "_".join(plain.replace("/", " ").split())).strip("._") or "file"


def attached_name(address: str) -> str | None:
    """Give the name of the file that an address means, None for an address elsewhere."""
    return stored_name(address.removeprefix(SCHEME)) if address.startswith(SCHEME) else None
