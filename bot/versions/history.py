"""What became of a folder of articles: its last revisions, and the one that is being made.

In: what changed, why, and by whom. Out: which versions an earlier revision had. A revision is what
one change of the folder did; of its files it knows the SHA-256 before and after. Going back to one
is to undo all that came after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# So many revisions are kept, the latest.
HISTORY_LENGTH = 20

# What made a revision: somebody changed the folder by other means than the bot, or used the bot.
Action = Literal[
    "folder",
    "upload",
    "edit",
    "remove",
    "rename",
    "rollback",
    "synonyms",
    "link",
    "answer",
    "answer_back",
]


@dataclass(frozen=True, slots=True)
class FileChange:
    """The SHA-256 of a file before and after; "" where there was no file, or is none any more."""

    old_sha256: str
    new_sha256: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of the folder.

    Attributes:
        number: Revisions are counted from 1; no number is used twice.
        at: When it was made; aware, in UTC.
        action: What made it.
        user_id: Who made it, by the id in Discord; 0 where that is not known.
        files: What became of each file that changed, by name.
        articles: How many articles were served then.
        passages: How many passages these had.
        problems: How many problems the folder had.

    """

    number: int
    at: datetime
    action: Action
    user_id: int
    files: Mapping[str, FileChange]
    articles: int = 0
    passages: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """A change of the folder that has begun, and may have been interrupted.

    The versions of its files are kept already, so that it can always be finished.
    """

    at: datetime
    action: Action
    user_id: int
    files: Mapping[str, FileChange]


@dataclass(frozen=True, slots=True)
class History:
    """The last revisions, the latest first, and what is pending.

    ``last_number`` is that of the latest revision there ever was; 0 before the first.
    """

    revisions: tuple[Revision, ...] = ()
    pending: Pending | None = None
    last_number: int = 0

    def find(self, number: int) -> Revision | None:
        """Give the revision of a number; None where it is not kept."""
        return next((one for one in self.revisions if one.number == number), None)

    def digests(self) -> set[str]:
        """Give the digests of all versions that are needed to go back, or to finish."""
        changes = [change for one in self.revisions for change in one.files.values()]
        if self.pending is not None:
            changes += self.pending.files.values()
        digests = {digest for one in changes for digest in (one.old_sha256, one.new_sha256)}
        return digests - {""}

    def undo_after(self, number: int) -> dict[str, str]:
        """Give the SHA-256 that files had at a revision, for all that changed since; "" for none.

        Revisions before the first that is kept are out of reach: ``number`` is one that is kept,
        or the one before these.
        """
        later = [one for one in self.revisions if one.number > number]
        # The latest come first, so that the earliest change of a file decides.
        return {name: change.old_sha256 for one in later for name, change in one.files.items()}


def join_changes(changes: Iterable[Mapping[str, FileChange]]) -> dict[str, FileChange]:
    """Join changes that follow one another into one; files that are as before are left out."""
    joined: dict[str, FileChange] = {}
    for files in changes:
        for name, change in files.items():
            first = joined.get(name, change)
            joined[name] = FileChange(first.old_sha256, change.new_sha256)
    return {name: one for name, one in joined.items() if one.old_sha256 != one.new_sha256}


def find_renamed(files: Mapping[str, FileChange]) -> dict[str, str]:
    """Give the old names by the new ones, of files that are gone and there again to the byte."""
    gone = {change.old_sha256: name for name, change in files.items() if not change.new_sha256}
    renamed = {}
    for name, change in files.items():
        is_new = not change.old_sha256
        if is_new and change.new_sha256 in gone:
            renamed[name] = gone.pop(change.new_sha256)
    return renamed


def add_revision(history: History, revision: Revision) -> History:
    """Add a revision, and let the earliest go where there are too many; nothing is pending then."""
    revisions = (revision, *history.revisions)
    return History(revisions[:HISTORY_LENGTH], None, revision.number)
