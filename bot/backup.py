"""Write what the bot keeps into one file, and put it back.

In: the places that the settings name, a file. Out: a tar archive, or the places as they were then.
Records from a folder can be put back into a server, and the other way.

The archive can be read without this program. Its first member, ``backup.json``, says which form it
has; ``records/`` holds the database and its key, ``versions/`` the versions of articles, with the
names that they have in their folders; the last member, ``SHA256SUMS``, is what ``sha256sum -c``
checks. An archive without it is not whole. The bot may run while a backup is made.

Nothing is changed before all of an archive was read and checked. No name in it leads anywhere but
into the folders.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bot.file_fault import FileFaultError
from bot.records.copying import (
    RecordsCopy,
    check_copy,
    copy_records,
    has_records,
    put_back,
    sync_folder,
)
from bot.records.lock import hold_alone
from bot.records.postgres_address import PostgresAddress
from bot.records.server_copying import copy_server, put_back_into_server
from bot.texts import backup as texts
from bot.texts import common

_FORMAT = 1
_HEAD = "backup.json"
_SUMS = "SHA256SUMS"
_DATABASE = "records/records.sqlite3"
_KEY = "records/records.key"
_VERSIONS = "versions"
# Names that lead neither up nor to a hidden file, two folders deep at most.
_VERSION_NAME = re.compile(r"versions(?:/[0-9A-Za-z_][0-9A-Za-z_.-]{0,199}){1,3}")
_UNFINISHED = ".new"
# What is read of a file at most: a database of a million votes has a fifth of it.
_MAX_BYTES = 1 << 30
_BLOCK_BYTES = 1 << 20


class BackupError(FileFaultError):
    """A backup can't be made or restored; what was there before is still there."""


@dataclass(frozen=True, slots=True)
class Folders:
    """What is backed up; None where the settings keep nothing of the kind.

    ``server``: the database of the records where they are not in their folder.
    """

    records: Path | None
    versions: Path | None = None
    server: PostgresAddress | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds.

    ``version_count``: how many files of versions. ``moved_to``: the folder, or the schema of the
    server, where the records are that a restoration found in its place.
    """

    has_records: bool
    version_count: int
    moved_to: Path | str | None = None

    def describe(self) -> str:
        """Name the parts, for people."""
        parts = [str(texts.RECORDS)] if self.has_records else []
        if self.version_count:
            parts.append(texts.VERSIONS(self.version_count))
        return ", ".join(parts)


# --- making one


def back_up(folders: Folders, file: IO[bytes]) -> Contents:
    """Write an archive of what lies in the folders.

    Raises BackupError where there is nothing or a version can't be read, RecordsError where the
    records can't be read or are damaged, OSError where the archive can't be written.
    """
    copy = _copy_records(folders)
    versions = list(_list_versions(folders.versions)) if folders.versions else []
    if copy is None and not versions:
        place = folders.records or folders.versions or Path()
        raise BackupError(place, texts.NOTHING_THERE, texts.NOTHING_THERE_HINT)
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        archive = _Archive(tar)
        head = json.dumps({"program": "articlebot", "format": _FORMAT})
        archive.add(_HEAD, head.encode())
        if copy is not None:
            archive.add(_DATABASE, copy.database)
            if copy.key:
                archive.add(_KEY, copy.key)
        for name, path in versions:
            content = _read_version(path)
            if content is not None:
                archive.add(name, content)
        archive.close()
    return Contents(copy is not None, archive.count_versions())


def _copy_records(folders: Folders) -> RecordsCopy | None:
    if folders.records is None:
        return None
    if folders.server is not None:
        return copy_server(folders.server)
    return copy_records(folders.records)


@dataclass(slots=True)
class _Archive:
    """Adds members, and their sums at the end."""

    tar: tarfile.TarFile
    sums: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        member.mode = 0o600
        member.mtime = int(time.time())
        self.tar.addfile(member, io.BytesIO(content))
        self.sums[name] = hashlib.sha256(content).hexdigest()

    def close(self) -> None:
        self.add(_SUMS, _render_sums(self.sums))

    def count_versions(self) -> int:
        return sum(name.startswith(_VERSIONS) for name in self.sums)


def _list_versions(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files of a folder under their names in the archive.

    Manifests come first: what the bot writes later, none of them refers to.
    """
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    for path in sorted(paths, key=lambda path: (path.suffix != ".json", path)):
        name = f"{_VERSIONS}/{path.relative_to(folder).as_posix()}"
        if _VERSION_NAME.fullmatch(name) and not name.endswith(_UNFINISHED):
            yield name, path


def _read_version(path: Path) -> bytes | None:
    """Read a file of versions; None where the bot has swept it away meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        what = common.UNREADABLE(reason=error.strerror)
        fault = BackupError(path, what, texts.UNREADABLE_HINT)
    raise fault


def _render_sums(sums: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write that takes its place once it is whole and on the disk.

    Only the user who writes it may read it. Raises BackupError where it can't be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(_UNFINISHED, f".{path.name}.", path.parent)
        new = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
            sync_folder(path.parent)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        what = common.UNWRITABLE(reason=error.strerror)
        fault = BackupError(path, what, texts.UNWRITABLE_HINT)
    else:
        return
    raise fault


# --- putting one back


def restore(folders: Folders, file: IO[bytes], shown: str, *, replace: bool) -> Contents:
    """Put back what an archive holds, and leave what it does not hold.

    ``shown``: what to call the archive. ``replace``: whether records may be there already; they are
    moved away. Raises BackupError, or RecordsError where the archive's records can't be used or a
    bot has those of the folder open.
    """
    try:
        place = _find_place(folders)
        with tempfile.TemporaryDirectory(_UNFINISHED, ".restore-", place) as temporary:
            copy, versions = _unpack(file, Path(temporary), shown)
            return _put_back(folders, copy, versions, shown, replace=replace)
    except OSError as error:
        what = texts.NOT_RESTORED(reason=error.strerror)
        fault = BackupError(shown, what, texts.NOT_RESTORED_HINT)
    raise fault


def _put_back(
    folders: Folders,
    copy: RecordsCopy | None,
    versions: dict[str, Path],
    shown: str,
    *,
    replace: bool,
) -> Contents:
    if versions and folders.versions is None:
        raise BackupError(shown, texts.VERSIONS_ARE_OFF, texts.NAME_A_FOLDER)
    if copy is not None:
        _refuse_records(folders, shown, replace=replace)
        check_copy(copy, Path(shown))
    moved_to: Path | str | None = None
    if copy is not None and folders.server is not None:
        # First: a server refuses while a bot runs, and all is as it was.
        moved_to = put_back_into_server(copy, folders.server, replace=replace)
    if folders.versions is not None:
        # A bot that runs has the records open, and would not learn of other versions.
        lock = hold_alone(folders.records) if folders.records else contextlib.nullcontext()
        with lock:
            _put_versions_back(versions, folders.versions)
    # Last: all that may fail before leaves the records as they are.
    if copy is not None and folders.server is None and folders.records is not None:
        moved_to = put_back(copy, folders.records)
    return Contents(copy is not None, len(versions), moved_to)


def _find_place(folders: Folders) -> Path | None:
    """Find a folder for what is unpacked, made if there is none; None means the system's own."""
    place = folders.versions
    if place is not None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _refuse_records(folders: Folders, shown: str, *, replace: bool) -> None:
    folder = folders.records
    if folder is None:
        raise BackupError(shown, texts.RECORDS_ARE_OFF, texts.NAME_A_FOLDER)
    if folders.server is None and has_records(folder) and not replace:
        raise BackupError(folder, texts.RECORDS_ARE_THERE, texts.RECORDS_ARE_THERE_HINT)


def _unpack(
    file: IO[bytes], temporary: Path, shown: str
) -> tuple[RecordsCopy | None, dict[str, Path]]:
    """Read and check an archive: its records, and the files of versions by their names."""
    fault = BackupError(shown, texts.NO_BACKUP, texts.NO_BACKUP_HINT)
    members: dict[str, Path] = {}
    sums: dict[str, str] = {}
    try:
        with tarfile.open(fileobj=file, mode="r|") as tar:
            for number, member in enumerate(tar):
                is_known = member.name in (_HEAD, _DATABASE, _KEY, _SUMS)
                is_version = _VERSION_NAME.fullmatch(member.name) is not None
                # A file with holes would unpack to more than the archive has.
                is_plain = member.isreg() and not member.issparse()
                is_fit = is_plain and member.size <= _MAX_BYTES
                if not is_fit or not (is_known or is_version) or member.name in members:
                    raise fault
                source = tar.extractfile(member)
                path = temporary / str(number)
                if source is None:
                    raise fault
                sums[member.name] = _write(path, source)
                members[member.name] = path
                if member.name == _HEAD:
                    _refuse_newer(path, shown)
    except (tarfile.TarError, EOFError, ValueError):
        # tarfile raises a ValueError where a header has a text in the place of a number.
        raise fault from None
    sums.pop(_SUMS, None)
    is_whole = _SUMS in members and members[_SUMS].read_bytes() == _render_sums(sums)
    if not is_whole or _HEAD not in members:
        raise fault
    copy = None
    if _DATABASE in members:
        key = members[_KEY].read_bytes() if _KEY in members else b""
        copy = RecordsCopy(members[_DATABASE].read_bytes(), key)
    return copy, {name: path for name, path in members.items() if name.startswith(_VERSIONS)}


def _write(path: Path, source: IO[bytes]) -> str:
    """Write all of a member to the disk; return its sum."""
    digest = hashlib.sha256()
    with path.open("xb") as file:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    return digest.hexdigest()


def _refuse_newer(path: Path, shown: str) -> None:
    try:
        head = json.loads(path.read_bytes())
        number = head["format"]
        is_ours = head["program"] == "articlebot" and isinstance(number, int)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_ours = False
    if not is_ours:
        raise BackupError(shown, texts.NO_BACKUP, texts.NO_BACKUP_HINT)
    if number > _FORMAT:
        raise BackupError(shown, texts.NEWER_BACKUP, texts.NEWER_BACKUP_HINT)


def _put_versions_back(versions: dict[str, Path], folder: Path) -> None:
    """Move files to their places, those last that refer to others."""
    for name in sorted(versions, key=lambda name: (name.endswith(".json"), name)):
        place = folder / name.removeprefix(f"{_VERSIONS}/")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(versions[name], place)
        sync_folder(place.parent)
