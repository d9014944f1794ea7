"""Read regular files and nothing else, and write others aside.

So reading neither blocks nor leads elsewhere. A FIFO would keep its reader waiting; a device gives
what nobody wrote. A symbolic link is refused even if it leads to a regular file: SQLite would put
its journal beside the one and look for it beside the other.
"""

import os
import stat
from pathlib import Path

from bot.records.model import RecordsError
from bot.texts import records as texts

# Do not follow a symbolic link, and do not wait for a FIFO; both flags do not exist on Windows.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# Do not translate newlines; this flag exists on Windows only.
_BINARY = getattr(os, "O_BINARY", 0)
_FLAGS |= _BINARY
_KINDS = {
    stat.S_IFLNK: texts.SYMBOLIC_LINK,
    stat.S_IFDIR: texts.FOLDER,
    stat.S_IFIFO: texts.FIFO,
    stat.S_IFSOCK: texts.SOCKET,
    stat.S_IFCHR: texts.DEVICE,
    stat.S_IFBLK: texts.DEVICE,
}


def refuse_irregular(path: Path) -> None:
    """Raise RecordsError for a path under which there is something else than a regular file.

    Raises OSError where the system does not tell. Nothing there is no fault.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    _refuse_mode(path, mode)


def read_regular(path: Path, most: int) -> bytes:
    """Read at most ``most`` bytes of a regular file.

    Raises RecordsError for anything else, OSError where it can't be read.
    """
    # To open a device can have an effect of its own, so the file is looked at before.
    refuse_irregular(path)
    descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        # Another file may have taken its place meanwhile.
        mode = os.fstat(file.fileno()).st_mode
        _refuse_mode(path, mode)
        return file.read(most)


def write_aside(path: Path, content: bytes, *, is_durable: bool) -> Path:
    """Write what is to stand at a path beside it; return where. Only its owner may read it.

    Where it ``is_durable``, it is on the disk before anything gets its name; else a power cut may
    leave what was there before. Raises OSError.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        if is_durable:
            file.flush()
            os.fsync(file.fileno())
    return new


def _refuse_mode(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kind = _KINDS.get(stat.S_IFMT(mode), texts.SOMETHING_ELSE)
    raise RecordsError(path, texts.NOT_REGULAR(kind=kind), texts.NOT_REGULAR_HINT)
