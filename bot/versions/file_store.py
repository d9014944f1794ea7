"""A store of versions in a folder: one file a version, named by the SHA-256 of its bytes.

In: bytes, a manifest, a history. Out: the same, as long as nothing damaged them. ``sha256sum
FILE`` tells whether a version is sound, and ``cp`` takes it out. The other two are JSON.

A new file gets another name first; it is on the disk before it is renamed, and it is renamed before
the manifest refers to it. So whoever is killed, or loses power, leaves the old manifest or the new
one, and never a manifest that refers to half a version. What is left over is swept away later. A
version is compared with its name when it is read; a manifest that others may have written is not
believed.

Two programs that keep versions of one folder at once do no harm, but one may sweep away what the
other has just put; that is put again later.
"""

import errno
import hashlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from bot.array_file import SAFE_OPEN, is_own
from bot.texts import common
from bot.texts import index_file as index_texts
from bot.texts import versions as texts
from bot.versions.documents import DIGEST, NewerFormatError, read_document
from bot.versions.history import History
from bot.versions.history_json import parse_history, render_history
from bot.versions.manifest_json import parse_manifest, render_manifest
from bot.versions.model import Manifest, VersionsError
from bot.versions.told_json import parse_told, render_told

T = TypeVar("T")

_log = logging.getLogger(__name__)

_MANIFEST = "manifest.json"
_HISTORY = "history.json"
_TOLD = "told.json"
_UNFINISHED = ".new"
# A version is a file of an article, of at most some dozens of MiB; a manifest names 20,000 of them.
_MAX_BYTES = 1 << 28
# To wait for each of so many files alone would take longer than for the whole disk.
_MANY = 64
_FULL = frozenset(("ENOSPC", "EDQUOT"))


class _UnreadableError(Exception):
    """A file is not used; the message says why.

    ``is_damage``: it is worth nothing; otherwise it may be read another time, or by others.
    """

    def __init__(self, why: str, *, is_damage: bool = False) -> None:
        super().__init__(why)
        self.is_damage = is_damage


class FileVersionStore:
    """The versions of one folder of articles; see ``VersionStore`` for the methods."""

    is_shared = False

    def __init__(self, folder: Path, articles: Path) -> None:
        """Keep the versions of the files of ``articles`` below ``folder``, with those of others.

        Nothing is made before something is to be kept.
        """
        resolved = bytes(articles.resolve())
        name = blake2b(resolved, digest_size=8).hexdigest()
        self._folder = folder / name
        self._articles = str(articles.resolve())
        # Why a document is left as it is, and all versions with it, by its name.
        self._why_blocked: dict[str, str] = {}
        # The digests of the versions that the history refers to.
        self._needed: set[str] = set()
        # What was found damaged is taken for missing, so that it is put again.
        self._damaged: set[str] = set()

    @property
    def why_blocked(self) -> str:
        """Why a document, and all versions with it, are left as they are; "" if none is."""
        return next(iter(self._why_blocked.values()), "")

    def read_manifest(self) -> Manifest:
        """Give the manifest; an empty one where there is none, or it is damaged."""
        return self._read_document(_MANIFEST, parse_manifest) or {}

    def read_history(self) -> History:
        """Give the history; an empty one where there is none, or it is damaged."""
        history = self._read_document(_HISTORY, parse_history) or History()
        self._needed = history.digests()
        return history

    def _read_document(self, name: str, parse: Callable[[object], T]) -> T | None:
        """Read a document of ours; None where there is none, or it is not used."""
        path = self._folder / name
        try:
            content = _read(path, only_own=True)
            return None if content is None else _parse(content, parse)
        except _UnreadableError as error:
            _log.warning("%s is not used: %s", path, error)
            if not error.is_damage:
                self._why_blocked[name] = str(error)
            return None

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest. Raises VersionsError where that can't be done."""
        self._write_document(_MANIFEST, render_manifest(manifest))

    def write_history(self, history: History) -> None:
        """Replace the history. Raises VersionsError where that can't be done."""
        self._write_document(_HISTORY, render_history(history))
        self._needed = history.digests()

    def read_told(self) -> int | None:
        """Give the number up to which revisions were told; None where none is kept, or damaged."""
        return self._read_document(_TOLD, parse_told)

    def write_told(self, number: int) -> None:
        """Replace that number. Raises VersionsError where that can't be done."""
        self._write_document(_TOLD, render_told(number))

    def _write_document(self, name: str, document: Mapping[str, object]) -> None:
        """Replace a document; who is interrupted leaves the old one or the new one."""
        path = self._folder / name
        if name in self._why_blocked:
            raise VersionsError(path, self._why_blocked[name], texts.MEND_OR_MOVE)
        named = {**document, "folder": self._articles}
        content = json.dumps(named, indent=1, sort_keys=True).encode()
        with self._failing_as_ours():
            self._make_folder()
            # What the manifest refers to is there before it is.
            _sync_folder(self._folder)
            new_path = self._write_new(name, content)
            try:
                _sync_file(new_path)
                new_path.replace(path)
            finally:
                _unlink(new_path)
            _sync_folder(self._folder)

    def digests(self) -> set[str]:
        """Give the digests of all versions that are there.

        Raises VersionsError where that can't be told.
        """
        with self._failing_as_ours():
            try:
                names = {path.name for path in self._folder.iterdir()}
            except FileNotFoundError:
                return set()
        return {name for name in names if DIGEST.fullmatch(name)} - self._damaged

    def get(self, digest: str) -> bytes | None:
        """Give a version; None where it is not there, or damaged."""
        path = self._folder / digest
        try:
            content = _read(path, only_own=False)
            if content is not None:
                _check(content, digest)
        except _UnreadableError as error:
            _log.warning("%s is not used: %s", path, error)
            if error.is_damage:
                self._damaged.add(digest)
            return None
        return content

    def get_all(self, digests: Collection[str]) -> Mapping[str, bytes]:
        """Give those of some versions that are there, and sound."""
        found = {digest: self.get(digest) for digest in digests}
        return {digest: content for digest, content in found.items() if content is not None}

    def put(self, contents: Iterable[bytes]) -> None:
        """Keep some versions: all of them, or none.

        Raises VersionsError where that can't be done.
        """
        new_paths: dict[str, Path] = {}
        try:
            with self._failing_as_ours():
                self._make_folder()
                for content in contents:
                    digest = hashlib.sha256(content).hexdigest()
                    if digest not in new_paths:
                        new_paths[digest] = self._write_new(digest, content)
                _sync_files(new_paths.values())
                for digest, new_path in new_paths.items():
                    new_path.replace(self._folder / digest)
                    self._damaged.discard(digest)
        finally:
            for new_path in new_paths.values():
                _unlink(new_path)

    def sweep(self, digests: Collection[str]) -> None:
        """Delete all versions but some and those of the history, and what was left unfinished."""
        if self._why_blocked:
            return
        needed = self._needed.union(digests)
        with suppress(OSError):
            for path in list(self._folder.iterdir()):
                is_unused = DIGEST.fullmatch(path.name) and path.name not in needed
                if is_unused or path.suffix == _UNFINISHED:
                    _unlink(path)

    def _make_folder(self) -> None:
        for folder in (self._folder.parent, self._folder):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sync_folder(folder.parent)

    def _write_new(self, name: str, content: bytes) -> Path:
        """Write a new file that this user alone may read, and give its path."""
        descriptor, name_of_new = tempfile.mkstemp(_UNFINISHED, f"{name}.", self._folder)
        path = Path(name_of_new)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
        except BaseException:
            _unlink(path)
            raise
        return path

    @contextmanager
    def _failing_as_ours(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = texts.CANNOT_BE_KEPT(reason=error.strerror)
            raise VersionsError(self._folder, what, self._find_hint(error)) from None
        except MemoryError:
            what = texts.CANNOT_BE_KEPT(reason=texts.NO_MEMORY)
            raise VersionsError(self._folder, what, index_texts.LEAVE_ARTICLES_OUT) from None

    def _find_hint(self, error: OSError) -> str:
        if errno.errorcode.get(error.errno or 0) in _FULL:
            return index_texts.MAKE_ROOM
        return index_texts.LET_IT_WRITE(folder=self._folder.parent)


def _read(path: Path, *, only_own: bool) -> bytes | None:
    """Read a regular file; None where there is none.

    ``only_own``: only one that this user alone can have written. Raises _UnreadableError.
    """
    try:
        descriptor = os.open(path, SAFE_OPEN)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _UnreadableError(common.UNREADABLE(reason=error.strerror)) from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
                raise _UnreadableError(texts.NO_FILE_OF_OURS)
            if only_own and not is_own(status):
                raise _UnreadableError(texts.OTHERS_MAY_HAVE_WRITTEN_IT)
            return file.read(_MAX_BYTES)
    except OSError as error:
        raise _UnreadableError(common.UNREADABLE(reason=error.strerror)) from None
    except MemoryError:
        raise _UnreadableError(texts.NO_MEMORY) from None


def _parse(content: bytes, parse: Callable[[object], T]) -> T:
    try:
        return read_document(content, parse)
    except NewerFormatError:
        raise _UnreadableError(texts.OF_NEWER_PROGRAM) from None
    except ValueError:
        raise _UnreadableError(texts.DAMAGED, is_damage=True) from None


def _check(content: bytes, digest: str) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        raise _UnreadableError(texts.DAMAGED, is_damage=True)


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _sync_files(paths: Collection[Path]) -> None:
    """Wait until some files are on the disk."""
    if len(paths) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        _sync_file(path)


def _sync_file(path: Path) -> None:
    # Windows lets a file that is open for writing alone be synchronised.
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
