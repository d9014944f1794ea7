"""What was served well last of each file, for those files that can't be served now.

In: the name of a file. Out: which of its versions served well last, and its bytes. Where these are
kept, and for how long, is decided by who implements ``LastGood``. Nothing here opens a file.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.articles.model import Problem
from bot.articles.problems import make_error, make_warning
from bot.texts import problems as texts

# As editors read it: to the minute, in UTC.
_TIME = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True, slots=True)
class LastVersion:
    """A version of a file that served well.

    ``sha256`` is of its bytes, 64 hexadecimal digits. ``served_since``: when it was first served.
    ``kept_since``: since when it stands in for a file that can't be served; None where the file
    still is this version. Times are aware, in UTC.
    """

    sha256: str
    served_since: datetime
    kept_since: datetime | None = None


class LastGood(Protocol):
    """What was served well last."""

    def names(self) -> Collection[str]:
        """Give the names of the files of which a version was served well, and none withdrawn."""

    def find(self, name: str) -> LastVersion | None:
        """Give the last good version of a file, with since when it has to stand in for it."""

    def read(self, sha256: str) -> bytes | None:
        """Give the bytes of a version; None where they are not there, or damaged."""


class NothingKept:
    """Of no file a version was served before."""

    def names(self) -> Collection[str]:
        """Give no name."""
        return ()

    def find(self, _: str) -> None:
        """Give no version, and no bytes of one."""

    read = find


def describe_unfound(name: str, version: LastVersion) -> Problem:
    """Say that a version should stand in for a file, and could not be had."""
    shown = version.served_since.strftime(_TIME)
    return make_error(texts.LAST_VERSION_UNFOUND, name, version=shown)


def describe_kept(name: str, version: LastVersion, *, has_error: bool) -> Problem:
    """Say that a version stands in for a file.

    It is an error of the file unless it ``has_error`` itself, or the folder that it lies in has:
    the file is not served, and should be.
    """
    make_problem = make_warning if has_error else make_error
    return make_problem(
        texts.LAST_VERSION_SERVED,
        name,
        version=version.served_since.strftime(_TIME),
        since=(version.kept_since or version.served_since).strftime(_TIME),
    )
