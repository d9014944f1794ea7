"""A folder that holds the articles as they were published, on a machine that shares no disk.

In: a store of versions that all processes share. Out: the folder as the store's manifest has it.
Only what is lacking is fetched. A file that is in the way is put aside under ``.replaced``, and
what was published and no longer is goes. What else lies there was put there by somebody: a folder
that had articles of its own before is refused.
"""

import json
from collections.abc import Mapping, Set
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot.articles.files import read_content
from bot.articles.folder import Folder, FolderLimits
from bot.articles.model import Problem
from bot.editing.folder_writer import WriteError, digest_of, is_there, write_files
from bot.texts import service as texts
from bot.versions.history import History
from bot.versions.model import VersionStore

# Says what was fetched last: the SHA-256 of each file by name.
STATE = ".published.json"
_REPLACED = ".replaced"

# Names, each with the SHA-256 of a file that was published under it.
_Published = Set[tuple[str, str]]


class PublishedFolder:
    """The folder of one process. For one thread."""

    def __init__(self, folder: Path, store: VersionStore) -> None:
        """Fetch nothing yet."""
        self._folder = folder
        self._store = store
        self._limits = FolderLimits()

    def fetch(self) -> str:
        """Make the folder what was published; say why it is not, "" where it is.

        Where anything stands in the way, nothing is changed.
        """
        manifest = self._store.read_manifest()
        history = self._store.read_history()
        if self._store.why_blocked:
            return self._store.why_blocked
        if not manifest:
            return texts.NOTHING_PUBLISHED
        wanted = {name: one.sha256 for name, one in manifest.items() if _is_safe(name)}
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = self._read_state()
        if known is None and self._has_others(wanted):
            return texts.FOLDER_IN_USE(folder=self._folder)
        published = _list_published(known or {}, history)
        with Folder(self._folder) as opened:
            gone = self._find_gone(opened, wanted, published)
            lacking, in_the_way = self._find_lacking(opened, wanted, published)
        files: dict[str, bytes | None] = {**dict.fromkeys(gone), **in_the_way}
        fetched = self._store.get_all(set(lacking.values()))
        for name, digest in lacking.items():
            if digest not in fetched:
                return texts.NOT_FETCHED(file=name)
            files[name] = fetched[digest]
        files[STATE] = json.dumps(wanted, indent=1, sort_keys=True).encode()
        try:
            write_files(self._folder, files)
        except WriteError as error:
            return str(error)
        return ""

    def _find_gone(
        self, opened: Folder, wanted: Mapping[str, str], published: _Published
    ) -> list[str]:
        """List the files that were published, and no longer are.

        A file was published if its bytes were.
        """
        gone = []
        for name in {name for name, _ in published} - wanted.keys():
            content = self._read(opened, name)
            if content is not None and (name, digest_of(content)) in published:
                gone.append(name)
        return gone

    def _find_lacking(
        self, opened: Folder, wanted: Mapping[str, str], published: _Published
    ) -> tuple[dict[str, str], dict[str, bytes]]:
        """Find what is to be fetched, and what of the folder's own is in the way of that.

        The latter has the names under which it is put aside.
        """
        lacking = {}
        in_the_way = {}
        for name, digest in wanted.items():
            content = self._read(opened, name)
            if digest_of(content) == digest:
                continue
            lacking[name] = digest
            if content is not None and (name, digest_of(content)) not in published:
                in_the_way[f"{_REPLACED}/{digest_of(content)}"] = content
        return lacking, in_the_way

    def _read(self, opened: Folder, name: str) -> bytes | None:
        """Read a file of the folder; None where there is none that can be read."""
        if not is_there(opened, name):
            return None
        read = read_content(opened, name, self._limits)
        return None if isinstance(read, Problem) else read[0]

    def _read_state(self) -> Mapping[str, str] | None:
        """Read what was fetched last; None where nothing was."""
        try:
            content = (self._folder / STATE).read_bytes()
        except OSError:
            return None
        with suppress(ValueError):
            state = json.loads(content)
            if isinstance(state, dict):
                return {str(name): str(digest) for name, digest in state.items()}
        return {}

    def _has_others(self, wanted: Mapping[str, str]) -> bool:
        """Say whether the folder has files that were not published, hidden ones apart."""
        paths = [path for path in self._folder.rglob("*") if path.is_file()]
        names = [path.relative_to(self._folder) for path in paths]
        visible = [name for name in names if not any(part.startswith(".") for part in name.parts)]
        return any(name.as_posix() not in wanted for name in visible)


def _list_published(known: Mapping[str, str], history: History) -> _Published:
    """List what was published before."""
    published = set(known.items())
    for revision in history.revisions:
        for name, change in revision.files.items():
            published |= {(name, change.old_sha256), (name, change.new_sha256)}
    return published


def _is_safe(name: str) -> bool:
    """Say whether a name leads to a visible file in the folder."""
    path = PurePosixPath(name)
    is_plain = path.as_posix() == name and not path.is_absolute() and "\\" not in name
    return is_plain and bool(name) and not any(part.startswith(".") for part in path.parts)
