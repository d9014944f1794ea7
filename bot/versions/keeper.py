"""Which version of each file served well last, over reloads and, with a store, over restarts.

In: what is served now. Out: what stands in for a file that can't be served next time. A version
counts as good once it is served. Of what is served, those versions are put into the store that are
not in it yet; their bytes are read from the folder again, and only kept if they are what was
served. What can't be stored costs nothing now: it serves on, and only a restart would miss it.

Whatever is served otherwise than before is a revision of the history, too, whoever changed the
folder. A change that the bot itself makes is begun here, so that it can be finished after a kill.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

from bot.articles.files import read_content
from bot.articles.folder import Folder, FolderLimits
from bot.articles.kept import LastVersion
from bot.articles.model import Problem
from bot.texts import records as record_texts
from bot.texts import versions as texts
from bot.versions.history import (
    FileChange,
    History,
    Pending,
    Revision,
    add_revision,
    join_changes,
)
from bot.versions.model import VersionsError, VersionStore

# Longer no change takes that is still made.
_LONGEST_CHANGE = timedelta(minutes=1)
# What was not told for so long is no news any more.
_NEWS = timedelta(days=1)
# Gives the time, aware.
Clock = Callable[[], datetime]


def _read_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ServedRecord:
    """What is served now, as far as versions go.

    Attributes:
        files: The SHA-256 of the versions of the folder's files, by name.
        kept: Those of them that stand in for what is in the folder.
        unfound: Files whose last good version could not be had now, and may be had later.
        passages: How many passages each article that is served has, by the file's name.
        problems: How many problems each file of the folder has that has any, by its name.

    """

    files: Mapping[str, str]
    kept: Mapping[str, LastVersion] = field(default_factory=dict)
    unfound: Collection[str] = ()
    passages: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)

    def without(self, names: Collection[str], before: "ServedRecord") -> "ServedRecord":
        """Count what some files had before in place of what they have now."""
        return replace(
            self,
            passages=_replace(self.passages, before.passages, names),
            problems=_replace(self.problems, before.problems, names),
        )


class VersionKeeper:
    """What was served well last of the files of one folder; a ``LastGood``. For one thread.

    Attributes:
        history: The last revisions; of a store that is not written, those that it has.
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
        self.history = store.read_history() if store else History()
        # How much was served last; nothing before the first record.
        self._last = ServedRecord({})
        self._told, self._has_told = self._read_told(store)
        # What could not be read at the start is read with what others have written.
        self._is_told_unread = store is not None and bool(store.why_blocked)
        self._has_swept = False
        # The change that was begun here, of those that may be pending.
        self._own: Pending | None = None
        self.why_unkept = ""

    def _read_told(self, store: VersionStore | None) -> tuple[int, bool]:
        """Give up to which revision others were told, and whether the store says so.

        Where nothing says it, they were told of all.
        """
        told = store.read_told() if store else None
        return (self.history.last_number, False) if told is None else (told, True)

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

    @property
    def has_store(self) -> bool:
        """Whether anything outlives this object."""
        return self._store is not None

    @property
    def is_recording(self) -> bool:
        """Whether the store is written, and not read alone."""
        return self._is_recording

    @property
    def can_begin(self) -> bool:
        """Whether a change can be begun: there is a store, and it is written."""
        return self._store is not None and self._is_recording

    @property
    def interrupted(self) -> Pending | None:
        """The change that a kill has interrupted; None where there is none, or it goes on."""
        pending = self.history.pending
        return None if self._is_under_way_elsewhere(pending) else pending

    def begin(self, pending: Pending, contents: Iterable[bytes]) -> None:
        """Keep that a change of the folder begins, with all versions that it names.

        Raises VersionsError where that can't be done; then nothing has begun.
        """
        if self._store is None:
            raise ValueError("there is no store")
        if self._store.is_shared:
            self._refuse_other_changes(self._store)
        if not self._has_told:
            self._store.write_told(self._told)
            self._has_told = True
        self._store.put(contents)
        history = replace(self.history, pending=pending)
        self._store.write_history(history)
        self.history = history
        self._own = pending

    def abandon(self) -> None:
        """Keep that the change that has begun was taken back; never raises for the store."""
        self.history = replace(self.history, pending=None)
        self._own = None
        if self._store is not None:
            with suppress(VersionsError):
                self._store.write_history(self.history)

    def list_untold(self) -> list[Revision]:
        """List the revisions of the last day that others were not told of, the earliest first."""
        since = self._now() - _NEWS
        revisions = reversed(self.history.revisions)
        return [one for one in revisions if one.number > self._told and one.at >= since]

    def note_told(self, number: int) -> None:
        """Keep that others were told up to a revision; never raises for the store.

        Any thread may call this.
        """
        if number <= self._told:
            return
        self._told = number
        if self._store is not None and self._is_recording:
            with suppress(VersionsError):
                self._store.write_told(number)

    def record(self, folder: Path, limits: FolderLimits, record: ServedRecord) -> None:
        """Take what is served now for what served well last; never raises for the store."""
        kept = record.kept
        files = record.files
        served = {name: kept.get(name) or self._take(name, one) for name, one in files.items()}
        for name in record.unfound:
            version = self.find(name)
            if version is not None:
                served[name] = version
        before, self._served = self._served, served
        last, self._last = self._last, record
        if self._store is None or not self._is_recording:
            return
        if self._store.is_shared:
            self._catch_up(self._store)
            before = self._stored
            if self._is_under_way_elsewhere(self.history.pending):
                # Who makes the change keeps it.
                return
        try:
            self._write(self._store, folder, limits, self._find_revisions(before, record, last))
        except VersionsError as error:
            self.why_unkept = str(error)
        except MemoryError:
            self.why_unkept = texts.NO_MEMORY
        else:
            self.why_unkept = ""
            self._own = None

    def catch_up(self) -> None:
        """Take over what other processes have written; what can't be read stays as it was."""
        if self._store is not None and self._store.is_shared:
            self._catch_up(self._store)

    def _catch_up(self, store: VersionStore) -> None:
        manifest, history = store.read_manifest(), store.read_history()
        if not store.why_blocked:
            self._stored = dict(manifest)
            self.history = history
            if self._is_told_unread:
                self._told, self._has_told = self._read_told(store)
                self._is_told_unread = False

    def _refuse_other_changes(self, store: VersionStore) -> None:
        """Raise VersionsError where another process has changed what is served here, or does."""
        history = store.read_history()
        is_known = history.last_number == self.history.last_number
        if not store.why_blocked and (
            not is_known or self._is_under_way_elsewhere(history.pending)
        ):
            raise VersionsError(
                "PostgreSQL", record_texts.CHANGED_ELSEWHERE, record_texts.CHANGED_ELSEWHERE_HINT
            )

    def _is_under_way_elsewhere(self, pending: Pending | None) -> bool:
        """Say whether another process makes a change now; one that takes long was interrupted."""
        if pending is None or pending == self._own or self._store is None:
            return False
        return self._store.is_shared and self._now() - pending.at < _LONGEST_CHANGE

    def _take(self, name: str, sha256: str) -> LastVersion:
        """Give a version that is served as its file is now."""
        before = self._served.get(name)
        is_same = before is not None and before.sha256 == sha256
        since = before.served_since if before and is_same else self._now()
        return LastVersion(sha256, since)

    def _write(
        self,
        store: VersionStore,
        folder: Path,
        limits: FolderLimits,
        revisions: Sequence[Revision],
    ) -> None:
        """Store what is served and not stored, and revisions; let the manifest say so; sweep."""
        there = store.digests()
        missing = {name: one for name, one in self._served.items() if one.sha256 not in there}
        fault = None
        if missing:
            try:
                store.put(_read_versions(folder, limits, missing))
            except VersionsError as error:
                fault = error
            there = store.digests()
        if revisions:
            # Before the manifest: who is killed in between finds the change again, and knows it.
            history = reduce(add_revision, revisions, self.history)
            store.write_history(history)
            self.history = history
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

    def _find_revisions(
        self, before: Mapping[str, LastVersion], record: ServedRecord, last: ServedRecord
    ) -> list[Revision]:
        """Give what became of the folder since the last revision, the earliest first.

        What somebody changed in the folder comes before what the bot changes, and is counted
        without that. The first that is ever served is no revision.
        """
        pending = self.history.pending
        files = self._compare_served(before)
        own: Mapping[str, FileChange] = join_changes([pending.files]) if pending else {}
        others = {name: change for name, change in files.items() if name not in own}
        changes = []
        if others and self._is_news(before, others):
            changes.append(Pending(self._now(), "folder", 0, others))
        if pending is not None and own:
            changes.append(pending)
        revisions = []
        for number, change in enumerate(changes, self.history.last_number + 1):
            counted = record if change is changes[-1] else record.without(own, last)
            revision = Revision(
                number=number,
                at=self._now(),
                action=change.action,
                user_id=change.user_id,
                files=own if change is pending else change.files,
                articles=len(counted.passages),
                passages=sum(counted.passages.values()),
                problems=sum(counted.problems.values()),
            )
            revisions.append(revision)
        return revisions

    def _compare_served(self, before: Mapping[str, LastVersion]) -> dict[str, FileChange]:
        """Say how what is served differs from what was served before."""
        changes = {}
        for name in sorted(before.keys() | self._served.keys()):
            changes[name] = _compare(before.get(name), self._served.get(name))
        return join_changes([changes])

    def _is_news(self, before: Mapping[str, LastVersion], files: Mapping[str, FileChange]) -> bool:
        """Say whether a change of the folder is not known yet, and not the first there is."""
        latest = [one.files for one in self.history.revisions[:2]]
        # One change of the folder, or one with what somebody else had changed before.
        is_known = any(join_changes(reversed(latest[:count])) == files for count in (1, 2))
        return bool(before) and not is_known

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


def _replace(
    counts: Mapping[str, int], others: Mapping[str, int], names: Collection[str]
) -> dict[str, int]:
    """Take the counts of some names from others."""
    kept = {name: count for name, count in counts.items() if name not in names}
    return kept | {name: count for name, count in others.items() if name in names}


def _compare(old: LastVersion | None, new: LastVersion | None) -> FileChange:
    return FileChange(old.sha256 if old else "", new.sha256 if new else "")


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
