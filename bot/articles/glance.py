"""What a folder looks like without opening a file: enough to tell that nothing has changed.

In: a folder. Out: a glance at it, to be compared with an earlier one.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bot.articles.files import TICK_NS
from bot.articles.folder import Folder, FolderLimits
from bot.articles.listing import find_files


@dataclass(frozen=True, slots=True)
class Glance:
    """What the entries of a folder said at a time.

    ``entries``: what is told of each name; an error counts as one. ``is_settled``: all files were
    old enough that a change since would be seen.
    """

    entries: tuple[tuple[object, ...], ...]
    is_settled: bool

    def is_certainly_same(self, later: "Glance") -> bool:
        """Say whether nothing can have changed up to a later glance."""
        return self.is_settled and self.entries == later.entries


def glance_at(folder: Path, limits: FolderLimits, *others: str) -> Glance:
    """Look at the articles of a folder, and at other files of it by their names."""
    began_ns = time.time_ns()
    with Folder(folder) as opened:
        listing = find_files(opened, limits)
        entries = [_look_at(opened, name) for name in (*listing.names, *others)]
    problems = [(problem.file, problem.kind) for problem in listing.problems]
    times_ns = [entry[2] for entry in entries if len(entry) > 2]
    is_settled = all(isinstance(one, int) and one < began_ns - TICK_NS for one in times_ns)
    return Glance((*entries, *problems), is_settled)


def _look_at(folder: Folder, name: str) -> tuple[object, ...]:
    """Give a name with what its folder says of it; the name and the error where it can't."""
    try:
        path, folder_descriptor = folder.locate(name)
        status = os.stat(path, dir_fd=folder_descriptor, follow_symlinks=False)
    except OSError as error:
        return name, error.errno
    return name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
