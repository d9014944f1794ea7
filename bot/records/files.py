"""Regular files and nothing else: what is read here neither blocks nor leads elsewhere.

A FIFO would keep its reader waiting, a device gives what nobody wrote. A symbolic link is refused
even if it leads to a regular file: SQLite would put its journal beside the one and look for it
beside the other.
"""

import os
import stat
from pathlib import Path

from bot.records.model import RecordsError

# The first two do not exist on Windows, which has no FIFO in a folder; the third exists only there.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_HINT = "move it away; for files that lie elsewhere, let the setting `records` name their folder"


def refuse_irregular(path: Path) -> None:
    """Raise RecordsError for what is there under ``path`` and is no regular file.

    Raises OSError where the system does not tell; nothing there is no fault.
    """
    try:
        _refuse(path, path.lstat().st_mode)
    except FileNotFoundError:
        return


def read_regular(path: Path, most: int) -> bytes:
    """Read at most ``most`` bytes of a regular file.

    Raises RecordsError for anything else, OSError where it can't be read.
    """
    # What can't be opened without an effect of its own is not opened at all.
    refuse_irregular(path)
    with os.fdopen(os.open(path, os.O_RDONLY | _FLAGS), "rb") as file:
        _refuse(path, os.fstat(file.fileno()).st_mode)
        return file.read(most)


def _refuse(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise RecordsError(path, f"is {kind} and no regular file", _HINT)
