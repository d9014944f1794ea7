"""Which version of each file served well last, over reloads and, with a store, over restarts.

In: what is served now. Out: what stands in for a file that can't be served next time. A version
counts as good once it is served. Of what is served, those versions are put into the store that are
not in it yet; their bytes are read from the folder again, and only kept if they are what was
served. What can't be stored costs nothing now: it serves on, and only a restart would miss it.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.articles.files import read_content
from bot.articles.folder import Folder, FolderLimits
from bot.articles.kept import LastVersion
from bot.articles.model import Problem
from bot.texts import versions as texts
from bot.versions.model import VersionsError, VersionStore

# Gives the time, aware.
Clock = Callable[[], datetime]


def _read_clock() -> datetime:
    return datetime.now(UTC)


class VersionKeeper:
    """What was served well last of the files of one folder; a ``LastGood``. For one thread.

    Attributes:
        why_unkept: Why the store does not have all that is served; empty if nothing failed.

    """

    def __init__(
        self,
        store: VersionStore | None = None,
        *,
        is_recording: bool = True,
        clock: Clock = _read_clock,
    ) -> None:
        """Begin with what ``store`` has; without one, nothing outlives this object.

        Unless it ``is_recording``, the store is read and never written.
        """
        self._store = store
        self._is_recording = is_recording
        self._clock = clock
        # What the manifest of the store says; and what was served last, stored or not.
        self._stored = dict(store.read_manifest()) if store else {}
        self._served = dict(self._stored)
        self._has_swept = False
        self.why_unkept = ""

    def names(self) -> Collection[str]:
        """Give the names of the files of which a version was served last."""
        return self._served.keys()

    def find(self, name: str) -> LastVersion | None:
        """Give the last good version of a file, with since when it has to stand in for it."""
        version = self._served.get(name)
        if version is None or version.kept_since is not None:
            return version
        return replace(version, kept_since=self._now())

    def read(self, sha256: str) -> bytes | None:
        """Give the bytes of a version; None where they are not stored, or damaged."""
        return self._store.get(sha256) if self._store else None

    def is_stored(self, name: str, sha256: str) -> bool:
        """Say whether a start would find this version of a file."""
        version = self._stored.get(name)
        return version is not None and version.sha256 == sha256

    def record(
        self,
        folder: Path,
        limits: FolderLimits,
        files: Mapping[str, str],
        kept: Mapping[str, LastVersion],
        unfound: Collection[str],
    ) -> None:
        """Take what is served now for what served well last; never raises for the store.

        ``files`` are the SHA-256 of the versions of the folder's files, by name; ``kept`` are those
        of them that stand in for what is in the folder. Of the files that are ``unfound`` the last
        good version could not be had now, and may be had later.
        """
        served = {name: kept.get(name) or self._take(name, one) for name, one in files.items()}
        for name in unfound:
            version = self.find(name)
            if version is not None:
                served[name] = version
        self._served = served
        if self._store is None or not self._is_recording:
            return
        try:
            self._write(self._store, folder, limits)
        except VersionsError as error:
            self.why_unkept = str(error)
        except MemoryError:
            self.why_unkept = texts.NO_MEMORY
        else:
            self.why_unkept = ""

    def _take(self, name: str, sha256: str) -> LastVersion:
        """Give a version that is served as its file is now."""
        before = self._served.get(name)
        is_same = before is not None and before.sha256 == sha256
        since = before.served_since if before and is_same else self._now()
        return LastVersion(sha256, since)

    def _write(self, store: VersionStore, folder: Path, limits: FolderLimits) -> None:
        """Store what is served and not stored, let the manifest say so, and sweep."""
        there = store.digests()
        missing = {name: one for name, one in self._served.items() if one.sha256 not in there}
        fault = None
        if missing:
            try:
                store.put(_read_versions(folder, limits, missing))
            except VersionsError as error:
                fault = error
            there = store.digests()
        stored = self._find_stored(there)
        if stored != self._stored or not self._has_swept:
            if stored != self._stored:
                store.write_manifest(stored)
                self._stored = stored
            digests = {version.sha256 for version in stored.values()}
            store.sweep(digests)
            self._has_swept = True
        if fault is not None:
            raise fault

    def _find_stored(self, there: Collection[str]) -> dict[str, LastVersion]:
        """Give what the manifest should say: of each file, a good version that is there."""
        stored = {}
        for name, version in self._served.items():
            before = self._stored.get(name)
            for candidate in (version, before):
                if candidate is not None and candidate.sha256 in there:
                    stored[name] = candidate
                    break
        return stored

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC).replace(microsecond=0)


def _read_versions(
    folder: Path, limits: FolderLimits, versions: Mapping[str, LastVersion]
) -> Iterator[bytes]:
    """Read those files of a folder that still are the versions that were served."""
    with Folder(folder) as opened:
        for name, version in versions.items():
            read = read_content(opened, name, limits)
            if isinstance(read, Problem):
                continue
            content, _ = read
            if hashlib.sha256(content).hexdigest() == version.sha256:
                yield content
