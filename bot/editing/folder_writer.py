"""Write files of a folder so that whoever reads it finds each as it was, or as it is to be.

In: contents by name. Out: the files, or a WriteError. A new file gets another name first, which no
listing of articles shows; it is on the disk before it is renamed. No link is followed below the
folder, and nothing but a regular file is replaced.
"""

import errno
import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.articles.folder import Folder, combine_flags
from bot.texts import editing as texts

_CREATE = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | combine_flags("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")
)
# What a new file may be used for, unless the user's mask forbids it.
_MODE = 0o644
# A file that is not finished yet.
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.new")
_READ_ONLY = frozenset(("EROFS", "EACCES", "EPERM"))


class WriteError(Exception):
    """A file can't be written; it is as it was.

    Attributes:
        name: The file's name in the folder.
        reason: What the system says.
        is_read_only: Whether the program may not write there at all.

    """

    def __init__(self, name: str, error: OSError) -> None:
        """Keep the facts as attributes."""
        reason = error.strerror or type(error).__name__
        super().__init__(texts.CANNOT_WRITE(file=name, reason=reason))
        self.name = name
        self.reason = reason
        self.is_read_only = errno.errorcode.get(error.errno or 0) in _READ_ONLY


def write_files(
    folder: Path, files: Mapping[str, bytes | None], *, makes_folder: bool = False
) -> None:
    """Write each file, or delete it where there is no content.

    ``makes_folder``: whether the folder itself is made for what is written, where there is none.
    Raises WriteError at the first that can't be written; those before it are.
    """
    if makes_folder and any(content is not None for content in files.values()):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(folder.name, error) from None
    with Folder(folder) as opened:
        for name, content in files.items():
            try:
                if content is None:
                    _delete(opened, name)
                else:
                    _make_folders(folder, name)
                    _replace(opened, name, content)
            except OSError as error:
                raise WriteError(name, error) from None


def measure_files(folder: Path) -> dict[str, int]:
    """Give the size in bytes of each file of a folder and below it, by its posix path.

    No link is followed. What can't be read is left out.
    """
    sizes = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            with suppress(OSError):
                sizes[path.relative_to(folder).as_posix()] = path.lstat().st_size
    return sizes


def check_writable(folder: Path, *, makes_folder: bool = False) -> WriteError | None:
    """Say whether files can be made in a folder: one is, which is gone again at once.

    ``makes_folder``: where there is none, one is made in the folder where that would be made.

    Where the system can do that it never has a name, so that a kill leaves nothing.
    """
    try:
        place = _find_nearest(folder) if makes_folder else folder
        with tempfile.TemporaryFile(dir=place, prefix=".", suffix=".new"):
            return None
    except OSError as error:
        return WriteError(folder.name or str(folder), error)


def _find_nearest(folder: Path) -> Path:
    """Give a folder, or the first above it that is there; raises OSError if none can be found."""
    for place in (folder, *folder.parents):
        with suppress(FileNotFoundError):
            place.stat()
            return place
    return folder


def digest_of(content: bytes | None) -> str:
    """Give the SHA-256 of a file's bytes; "" where there is no file."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def is_there(folder: Folder, name: str) -> bool:
    """Say whether anything has a name, even a link to nowhere; True where nobody can say."""
    try:
        folder.locate(name)
        return os.path.lexists(folder.path / name)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def sweep_unfinished(folder: Path, names: Iterable[str]) -> None:
    """Delete what a writer of some files left unfinished; never raises."""
    sub_folders = {name.rpartition("/")[0] for name in names}
    for sub_folder in sub_folders:
        with Folder(folder) as opened, suppress(OSError):
            _sweep(opened, sub_folder)


def _sweep(folder: Folder, sub_folder: str) -> None:
    for entry in folder.scan(sub_folder):
        if not _UNFINISHED.fullmatch(entry.name):
            continue
        name = f"{sub_folder}/{entry.name}".lstrip("/")
        path, descriptor = folder.locate(name)
        os.unlink(path, dir_fd=descriptor)


def _make_folders(folder: Path, name: str) -> None:
    """Make the folders that a file lies in."""
    parents = reversed(PurePosixPath(name).parents[:-1])
    for parent in map(str, parents):
        with Folder(folder) as opened, suppress(FileExistsError):
            path, descriptor = opened.locate(parent)
            os.mkdir(path, dir_fd=descriptor)


def _replace(folder: Folder, name: str, content: bytes) -> None:
    path, descriptor = folder.locate(name)
    mode = _find_mode(path, descriptor)
    hidden = f".{secrets.token_hex(8)}.new"
    new_path = path.with_name(hidden) if isinstance(path, Path) else hidden
    opened = os.open(new_path, _CREATE, mode, dir_fd=descriptor)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(opened, mode)
            os.fsync(opened)
        os.replace(new_path, path, src_dir_fd=descriptor, dst_dir_fd=descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(new_path, dir_fd=descriptor)
        raise
    _sync(descriptor)


def _delete(folder: Folder, name: str) -> None:
    try:
        path, descriptor = folder.locate(name)
        os.unlink(path, dir_fd=descriptor)
    except FileNotFoundError:
        return
    _sync(descriptor)


def _find_mode(path: str | Path, descriptor: int | None) -> int:
    """Give the mode that a file has, or that of a new one.

    Raises OSError where there is anything but a regular file.
    """
    try:
        status = os.stat(path, dir_fd=descriptor, follow_symlinks=False)
    except FileNotFoundError:
        return _MODE
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EEXIST, texts.NOT_A_FILE())
    return stat.S_IMODE(status.st_mode)


def _sync(descriptor: int | None) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if descriptor is not None:
        os.fsync(descriptor)
