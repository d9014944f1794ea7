"""What a store of versions does, whatever it keeps them in, and how it fails.

In: bytes and names. Out: bytes by their digest; the manifest: which version of each file served
well last; and the history: what became of the files before.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from bot.articles.kept import LastVersion
from bot.file_fault import FileFaultError
from bot.versions.history import History

# The last good version of each file, by the file's name in its folder.
Manifest = Mapping[str, LastVersion]


class VersionsError(FileFaultError):
    """Versions can't be kept; what was kept before still is."""


class VersionStore(Protocol):
    """Keeps versions by the SHA-256 of their bytes, and one manifest.

    A digest has 64 hexadecimal digits. Whenever a method is interrupted, even by the end of the
    process, the store is as it was before the call or as it is after it; besides, there may be
    versions that nothing refers to.

    Attributes:
        is_shared: Whether other processes write it, too.

    """

    is_shared: bool

    @property
    def why_blocked(self) -> str:
        """Why a document could not be read, and all versions are left as they are; "" if none."""

    def read_manifest(self) -> Manifest:
        """Give the manifest; an empty one where there is none, or it is damaged. Never raises."""

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest. Raises VersionsError where that can't be done."""

    def read_history(self) -> History:
        """Give the history; an empty one where there is none, or it is damaged. Never raises."""

    def write_history(self, history: History) -> None:
        """Replace the history. Raises VersionsError where that can't be done."""

    def read_told(self) -> int | None:
        """Give the number of the revision up to which others were told; None where none is kept.

        Never raises.
        """

    def write_told(self, number: int) -> None:
        """Replace that number. Raises VersionsError where that can't be done."""

    def digests(self) -> set[str]:
        """Give the digests of all versions that are there.

        Raises VersionsError where that can't be told.
        """

    def get(self, digest: str) -> bytes | None:
        """Give a version; None where it is not there, or damaged. Never raises."""

    def get_all(self, digests: Collection[str]) -> Mapping[str, bytes]:
        """Give those of some versions that are there, and sound, by their digests. Never raises."""

    def put(self, contents: Iterable[bytes]) -> None:
        """Keep some versions. Raises VersionsError where not all of them can be kept."""

    def sweep(self, digests: Collection[str]) -> None:
        """Delete all versions but some and those that the history refers to. Never raises.

        What was left unfinished goes as well.
        """
