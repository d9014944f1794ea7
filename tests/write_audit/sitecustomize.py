"""Tells of everything that a Python tries to change on the disk, also in vain.

Python imports this at its start where the folder is on PYTHONPATH. Each try is one line, the path,
on the descriptor that the environment names. What SQLite opens is the database's path; what it
writes beside it has the same folder.
"""

import os
import sys

_DESCRIPTOR = int(os.environ["WRITES_ARE_TOLD_ON"])
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.symlink",
    "os.truncate",
    "os.utime",
}


def _tell(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        is_change = isinstance(flags, int) and bool(flags & _WRITES)
    else:
        path = arguments[-1] if event == "sqlite3.connect" else (arguments or ("",))[0]
        is_change = event in _CHANGES or event == "sqlite3.connect"
    # Of an open descriptor it was told when it was opened.
    if is_change and not isinstance(path, int):
        name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else repr(path)
        if event == "sqlite3.connect":
            name = name.removeprefix("file:").partition("?")[0]
        os.write(_DESCRIPTOR, f"{event} {os.path.abspath(name)}\n".encode())  # noqa: PTH100


sys.addaudithook(_tell)
