"""A store of versions in PostgreSQL, which all processes share; see ``VersionStore``.

In: bytes, a manifest, a history. Out: the same. The documents are those of the store in a folder.
A server that is away is told; nothing is written over that was not read.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import islice
from typing import TypeVar

from bot.records.model import RecordsError
from bot.records.shared_files import SharedFiles
from bot.texts import versions as texts
from bot.versions.documents import NewerFormatError, read_document
from bot.versions.history import History
from bot.versions.history_json import parse_history, render_history
from bot.versions.manifest_json import parse_manifest, render_manifest
from bot.versions.model import Manifest, VersionsError
from bot.versions.told_json import parse_told, render_told

T = TypeVar("T")

_log = logging.getLogger(__name__)

_MANIFEST = "manifest"
_HISTORY = "history"
_TOLD = "told"
# So many versions are put by one transaction.
_MOST_AT_ONCE = 200


class ServerVersionStore:
    """The versions of the articles of one bot. For one thread."""

    is_shared = True

    def __init__(self, files: SharedFiles) -> None:
        """Read nothing yet."""
        self._files = files
        # The number of each document that was read or written last.
        self._seen: dict[str, int] = {}
        self._why_blocked: dict[str, str] = {}
        # The digests of the versions that the history refers to.
        self._needed: set[str] = set()
        # The digests of versions whose bytes are others, as far as that is known.
        self._damaged: set[str] = set()
        self._has_checked = False

    @property
    def why_blocked(self) -> str:
        """Why the manifest or the history could not be read when that was last tried; "" if not."""
        blocked = (self._why_blocked.get(name, "") for name in (_MANIFEST, _HISTORY))
        return next(filter(None, blocked), "")

    def read_manifest(self) -> Manifest:
        """Give the manifest; an empty one where there is none, or it can't be read."""
        return self._read(_MANIFEST, parse_manifest) or {}

    def read_history(self) -> History:
        """Give the history; an empty one where there is none, or it can't be read."""
        history = self._read(_HISTORY, parse_history) or History()
        self._needed = history.digests()
        return history

    def _read(self, name: str, parse: Callable[[object], T]) -> T | None:
        try:
            content, number = self._files.read_document(name)
            document = read_document(content, parse) if number else None
        except RecordsError as error:
            fault = f"{error.what} ({error.hint})"
        except NewerFormatError:
            fault = texts.OF_NEWER_PROGRAM
        except ValueError:
            fault = texts.DAMAGED
        else:
            self._seen[name] = number
            self._why_blocked.pop(name, None)
            return document
        self._why_blocked[name] = fault
        _log.warning("versions are not used: %s", fault)
        return None

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest. Raises VersionsError where that can't be done."""
        self._write(_MANIFEST, render_manifest(manifest))

    def write_history(self, history: History) -> None:
        """Replace the history. Raises VersionsError where that can't be done."""
        self._write(_HISTORY, render_history(history))
        self._needed = history.digests()

    def read_told(self) -> int | None:
        """Give the number up to which revisions were told; None where none is, or can be read."""
        return self._read(_TOLD, parse_told)

    def write_told(self, number: int) -> None:
        """Replace that number, unless another process has told more. Raises VersionsError."""
        if number > (self.read_told() or -1):
            self._write(_TOLD, render_told(number))

    def _write(self, name: str, document: Mapping[str, object]) -> None:
        if name in self._why_blocked or name not in self._seen:
            why = self._why_blocked.get(name, texts.DAMAGED)
            raise VersionsError(self._files.shown, why, texts.MEND_OR_MOVE)
        content = json.dumps(document, sort_keys=True)
        seen = self._seen[name]
        self._seen[name] = self._do(lambda: self._files.write_document(name, content, seen))

    def digests(self) -> set[str]:
        """Give the digests of all sound versions that are there. Raises VersionsError likewise.

        All of them are checked by the first call: to hash them takes the server its time.
        """
        if not self._has_checked:
            self._damaged |= self._do(self._files.find_damaged)
            self._has_checked = True
        return self._do(self._files.digests) - self._damaged

    def get(self, digest: str) -> bytes | None:
        """Give a version; None where it is not there, or can't be had."""
        return self.get_all([digest]).get(digest)

    def get_all(self, digests: Collection[str]) -> Mapping[str, bytes]:
        """Give those of some versions that are there; none where the server can't be asked."""
        try:
            found = self._files.get(list(digests))
        except RecordsError as error:
            _log.warning("versions can't be read: %s", error)
            return {}
        sound = {one: content for one, content in found.items() if _digest(content) == one}
        self._damaged |= found.keys() - sound.keys()
        return sound

    def put(self, contents: Iterable[bytes]) -> None:
        """Keep some versions, in parts that take little time each. Raises VersionsError."""
        remaining = iter(contents)
        while some := list(islice(remaining, _MOST_AT_ONCE)):
            named = {_digest(content): content for content in some}
            self._do(partial(self._files.put, named))
            self._damaged -= named.keys()

    def sweep(self, digests: Collection[str]) -> None:
        """Delete all versions but some and those of the history. Never raises."""
        if self.why_blocked:
            return
        try:
            self._files.sweep(self._needed.union(digests))
        except RecordsError as error:
            _log.info("old versions are deleted later: %s", error)

    def _do(self, work: Callable[[], T]) -> T:
        """Do some work, failing as a store of versions does."""
        try:
            return work()
        except RecordsError as error:
            fault = VersionsError(error.path, error.what, error.hint)
        raise fault


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
