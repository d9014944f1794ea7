"""Which files a folder of articles holds, and their text: read safely, within limits, never through a link.

In: a folder. Out: names relative to it, and each file's text with a fingerprint, or a Problem that says
why a file is not served. Whatever lies there (a pipe, a device, a file that grows for ever) ends quickly.
Where the system can, each folder below the given one is opened by its name in the one above: what is
read lies in it even if a sub-folder becomes a link meanwhile. The given folder itself may be a link,
for its operator chose it.
Whether a file is still as it was read can be told without opening it, but for one that was written just then.
"""

import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Literal, Self

from bot.articles.model import Problem

ARTICLE_ENDINGS = (".md", ".markdown", ".txt")
_DOCUMENT_ENDINGS = (
    ".html",
    ".htm",
    ".pdf",
    ".doc",
    ".docx",
    ".odt",
    ".rtf",
    ".epub",
    ".rst",
    ".tex",
)
# A file that was written again within the same tick of its clock looks as it did; FAT's ticks are the longest.
_TICK_NS = 2_000_000_000


def _flags(*names: str) -> int:
    """Put flags for opening together; Windows has none of those used here but O_BINARY."""
    return os.O_RDONLY | sum(getattr(os, name, 0) for name in names)


_SAFE_OPEN = _flags("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_OPEN_FOLDER = _flags("O_DIRECTORY", "O_CLOEXEC")
_OPEN_SUB_FOLDER = _flags("O_DIRECTORY", "O_CLOEXEC", "O_NOFOLLOW")
# Windows opens no folders: there, one is checked when it is listed and trusted from then on.
_OPENS_FOLDERS = os.scandir in os.supports_fd and {os.open, os.stat} <= os.supports_dir_fd


@dataclass(frozen=True, slots=True)
class FolderLimits:
    """What a folder may hold at the most."""

    file_bytes: int = 1_048_576
    folder_bytes: int = 268_435_456
    files: int = 20_000
    depth: int = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """What a file's folder says of it, which changes with the file.

    ``is_settled``: the file was old enough when it was read that a later change can be seen from the rest.
    """

    size_bytes: int
    modified_ns: int
    changed_ns: int
    inode: int
    is_settled: bool


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read; ``sha256`` is of its bytes. Without a ``signature`` it has to be read again every time."""

    name: str
    text: str
    sha256: str
    signature: Signature | None = None


class Folder:
    """A folder whose files are read one after the other, never through a link inside it.

    At most one descriptor is kept: that of the sub-folder which was entered last. The end of the
    ``with`` statement closes it. A Folder is for one thread.
    """

    def __init__(self, path: Path) -> None:
        """Keep where the folder is; it is opened when something in it is wanted."""
        self.path = path
        self._inside = ""
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self._close()

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _enter(self, inside: str) -> int:
        """Open a sub-folder, a posix path ("" is the folder itself), if another one is open.

        Raises OSError where one of its names is no folder, or is a link.
        """
        if self._descriptor is None or inside != self._inside:
            self._close()
            self._descriptor, self._inside = _open_below(self.path, inside), inside
        return self._descriptor

    def scan(self, inside: str) -> list[tuple[str, "_Kind"]]:
        """Give the names in a sub-folder, sorted, and what each is; raises OSError."""
        with os.scandir(self._enter(inside) if _OPENS_FOLDERS else self.path / inside) as entries:
            return sorted((entry.name, _kind(entry)) for entry in entries)

    def locate(self, name: str) -> tuple[str | Path, int | None]:
        """Give a file's path and ``dir_fd`` for ``os.open`` and ``os.stat``; raises OSError."""
        inside, _, last = name.rpartition("/")
        return (last, self._enter(inside)) if _OPENS_FOLDERS else (self.path / name, None)


def _open_below(folder: Path, inside: str) -> int:
    descriptor = os.open(folder, _OPEN_FOLDER)
    try:
        for name in filter(None, inside.split("/")):
            inner = os.open(name, _OPEN_SUB_FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


_Kind = Literal["folder", "linked folder", "file"]


def _kind(entry: "os.DirEntry[str]") -> _Kind:
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "linked folder" if entry.is_symlink() and _leads_to_folder(entry) else "file"


def _leads_to_folder(link: "os.DirEntry[str]") -> bool:
    try:
        return link.is_dir()
    except OSError:  # a link to itself, or into what may not be read
        return False


def find_files(folder: Folder, limits: FolderLimits) -> tuple[list[str], list[Problem]]:
    """List the articles of a folder and its sub-folders, as sorted posix paths relative to it.

    Hidden files and what editors leave behind (``.x``, ``x~``, ``#x#``) are passed over. A folder that
    is missing or can't be listed is a Problem with the folder's name as its file.
    """
    problems: list[Problem] = []
    names = sorted(_walk(folder, "", limits.depth, problems))
    if len(names) > limits.files:
        what = f"holds more than {limits.files:,} articles"
        problems.append(
            Problem(
                names[limits.files], 1, 0, "error", what, "this file and all after it are left out"
            )
        )
    return names[: limits.files], problems


def _walk(folder: Folder, inside: str, depth: int, problems: list[Problem]) -> Iterator[str]:
    try:
        entries = folder.scan(inside)
    except OSError as error:
        where = inside or folder.path.name or str(folder.path)
        what = f"the folder can't be read: {error.strerror}"
        problems.append(
            Problem(
                _shown(where), 1, 0, "error", what, "name a folder that holds .md or .txt files"
            )
        )
        return
    for last, kind in entries:
        name = f"{inside}/{last}" if inside else last
        if last.startswith((".", "#")) or last.endswith(("~", "#")):
            continue
        if (fault := _name_fault(last)) is not None:
            problems.append(Problem(_shown(name), 1, 0, "error", fault, "rename it"))
        elif kind == "folder":
            if last.lower().endswith(ARTICLE_ENDINGS):
                problems.append(
                    Problem(name, 1, 0, "error", "is a folder named like an article", "rename it")
                )
            elif depth <= 1:
                problems.append(Problem(name, 1, 0, "error", "lies too deep", "move it further up"))
            else:
                yield from _walk(folder, name, depth - 1, problems)
        elif last.lower().endswith(ARTICLE_ENDINGS):
            yield name
        elif kind == "linked folder":
            problems.append(
                Problem(name, 1, 0, "warning", "a linked folder is not read", "put the files here")
            )
        elif last.lower().endswith(_DOCUMENT_ENDINGS):
            problems.append(
                Problem(name, 1, 0, "note", "not read", "articles are .md or .txt files")
            )


def _name_fault(name: str) -> str | None:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in name):
        return "the file's name holds a character that can't be seen"
    return None


def _shown(name: str) -> str:
    return name.encode("unicode_escape", "surrogateescape").decode() if _name_fault(name) else name


def read_file(folder: Folder, name: str, limits: FolderLimits) -> SourceFile | Problem:
    """Read one file of ``folder``; a Problem where it is no regular, small, stable UTF-8 file."""
    try:
        read = _read_bytes(folder, name, limits.file_bytes) or _read_bytes(
            folder, name, limits.file_bytes
        )
    except _NotAFileError as error:
        return Problem(name, 1, 0, "error", str(error), error.hint)
    except OSError as error:
        path = PurePosixPath(name)
        parts = (path, *path.parents[:-1])
        # Path.is_symlink raises where a folder may not be entered.
        is_link = any(os.path.islink(folder.path / part) for part in parts)  # noqa: PTH114
        hint = (
            "links are not followed; put the file itself here"
            if is_link
            else "put a file here that may be read"
        )
        return Problem(name, 1, 0, "error", f"can't be read: {error.strerror}", hint)
    if read is None:
        return Problem(name, 1, 0, "error", "changed while it was read", "reload when it is saved")
    return _decode(name, *read)


def is_unchanged(
    folder: Folder, name: str, signature: Signature | None, limits: FolderLimits
) -> bool:
    """Say whether a file is certainly as it was when it was read, and within ``limits``, without opening it."""
    if signature is None or not signature.is_settled or signature.size_bytes > limits.file_bytes:
        return False
    try:
        path, descriptor = folder.locate(name)
        status = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and _sign(status, is_settled=True) == signature


def _sign(status: os.stat_result, *, is_settled: bool) -> Signature:
    return Signature(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, is_settled
    )


class _NotAFileError(Exception):
    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.hint = hint


def _read_bytes(folder: Folder, name: str, max_bytes: int) -> tuple[bytes, Signature] | None:
    """Read a regular file through one descriptor; None when it changed meanwhile."""
    began_ns = time.time_ns()
    path, folder_descriptor = folder.locate(name)
    descriptor = os.open(path, _SAFE_OPEN, dir_fd=folder_descriptor)
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise _NotAFileError("is not a regular file", "only regular files are read")
        content = file.read(max_bytes + 1)
        after = os.fstat(descriptor)
    if len(content) > max_bytes:
        raise _NotAFileError(f"larger than {max_bytes:,} bytes", "split it into several articles")
    is_same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(
        content
    ) == after.st_size
    return (
        (content, _sign(after, is_settled=after.st_mtime_ns < began_ns - _TICK_NS))
        if is_same
        else None
    )


def _decode(name: str, content: bytes, signature: Signature) -> SourceFile | Problem:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Problem(name, 1, 1, "error", "is UTF-16, not UTF-8", "save it again as UTF-8")
        what = f"not UTF-8: the byte 0x{content[error.start]:02x}"
        return Problem(name, line, column, "error", what, "save it again as UTF-8")
    if (at := text.find("\0")) >= 0:
        before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(
            name,
            line,
            column,
            "error",
            "holds a NUL character",
            "is it a text file? Save it again as UTF-8",
        )
    return SourceFile(name, text, hashlib.sha256(content).hexdigest(), signature)
