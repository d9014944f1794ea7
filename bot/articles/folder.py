"""One folder of articles: the names inside it, and what opens a file in it without following links.

In: the path of a folder. Out: names with their kinds, and arguments for ``os.open`` and
``os.stat``. Where the system can, each folder below the given one is opened by its name in the
one above. So what is read lies in the given folder even if a sub-folder becomes a link meanwhile.
The given folder itself may be a link, for its operator chose it. Nothing here opens a file or
decides which files are articles.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Self

EntryKind = Literal["folder", "linked folder", "file"]


def combine_flags(*names: str) -> int:
    """Combine flags of ``os.open`` for reading; Windows has none of these but O_BINARY."""
    flags = os.O_RDONLY
    for name in names:
        flags |= getattr(os, name, 0)
    return flags


_OPEN_FOLDER = combine_flags("O_DIRECTORY", "O_CLOEXEC")
_OPEN_SUB_FOLDER = combine_flags("O_DIRECTORY", "O_CLOEXEC", "O_NOFOLLOW")
# Windows opens no folders: there, one is checked when it is listed and trusted from then on.
_OPENS_FOLDERS = os.scandir in os.supports_fd and {os.open, os.stat} <= os.supports_dir_fd


@dataclass(frozen=True, slots=True)
class FolderLimits:
    """What of a folder is read: how much at the most, and nothing that is ignored.

    ``ignore`` are patterns as in a .gitignore, besides those that always hold. ``may_be_missing``:
    where there is no folder yet, that is as if it were empty.
    """

    # 1 MiB: a whole book of plain text.
    file_bytes: int = 1_048_576
    # 256 MiB: as much as 256 of the largest files. Counted in characters.
    folder_bytes: int = 268_435_456
    # As many files as a folder can hold and still be listed at once.
    files: int = 20_000
    # 1 is the folder itself. Nobody sorts texts into more: what lies deeper is a mistake.
    depth: int = 16
    ignore: tuple[str, ...] = ()
    may_be_missing: bool = False


class Entry(NamedTuple):
    """A name in a folder and what it stands for; entries sort by name."""

    name: str
    kind: EntryKind


class Folder:
    """A folder whose files are read one after the other, never through a link inside it.

    At most one descriptor is kept: that of the sub-folder which was entered last. The end of the
    ``with`` statement closes it. A Folder is for one thread.
    """

    def __init__(self, path: Path) -> None:
        """Keep where the folder is; it is opened when something in it is needed."""
        self.path = path
        self._sub_folder = ""
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._close()

    def scan(self, sub_folder: str) -> list[Entry]:
        """List a sub-folder, a posix path ("" is the folder itself), by name; raises OSError."""
        where = self._enter(sub_folder) if _OPENS_FOLDERS else self.path / sub_folder
        with os.scandir(where) as found:
            entries = [Entry(entry.name, _entry_kind(entry)) for entry in found]
        return sorted(entries)

    def locate(self, name: str) -> tuple[str | Path, int | None]:
        """Give a file's path and ``dir_fd`` for ``os.open`` and ``os.stat``; raises OSError."""
        if not _OPENS_FOLDERS:
            return self.path / name, None
        sub_folder, _, last = name.rpartition("/")
        return last, self._enter(sub_folder)

    def _enter(self, sub_folder: str) -> int:
        """Give the descriptor of a sub-folder, and close that of another one.

        Raises OSError where one of its names is no folder, or is a link.
        """
        if self._descriptor is None or sub_folder != self._sub_folder:
            self._close()
            self._descriptor = _open_below(self.path, sub_folder)
            self._sub_folder = sub_folder
        return self._descriptor

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _open_below(folder: Path, sub_folder: str) -> int:
    descriptor = os.open(folder, _OPEN_FOLDER)
    names = [name for name in sub_folder.split("/") if name]
    try:
        for name in names:
            inner = os.open(name, _OPEN_SUB_FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _entry_kind(entry: "os.DirEntry[str]") -> EntryKind:
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if entry.is_symlink() and _leads_to_folder(entry):
        return "linked folder"
    return "file"


def _leads_to_folder(link: "os.DirEntry[str]") -> bool:
    try:
        return link.is_dir()
    except OSError:  # a link to itself, or into what may not be read
        return False
