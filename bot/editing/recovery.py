"""Finish a change of the folder that a kill has interrupted.

In: the folder and its versions, before it is served. Out: the folder as it should be.
"""

from pathlib import Path

from bot.articles.files import read_content
from bot.articles.folder import Folder, FolderLimits
from bot.articles.model import Problem
from bot.editing.folder_writer import (
    WriteError,
    digest_of,
    is_there,
    sweep_unfinished,
    write_files,
)
from bot.versions.keeper import VersionKeeper


def recover(folder: Path, versions: VersionKeeper, *, makes_folder: bool = False) -> str:
    """Finish a change that was interrupted; say what stands in the way, "" for nothing.

    ``makes_folder``: whether the folder may have to be made for that.

    A file that is neither as it was nor as it should be was changed by somebody else since, and is
    left as it is. It belongs before the folder is served.
    """
    pending = versions.interrupted
    if pending is None or not versions.can_begin:
        return ""
    sweep_unfinished(folder, pending.files)
    unwritten: dict[str, bytes | None] = {}
    with Folder(folder) as opened:
        for name, change in pending.files.items():
            if _find_digest(opened, name) != change.old_sha256:
                continue
            content = versions.read(change.new_sha256) if change.new_sha256 else None
            if content is not None or not change.new_sha256:
                unwritten[name] = content
    try:
        write_files(folder, unwritten, makes_folder=makes_folder)
    except WriteError as error:
        return str(error)
    return ""


def _find_digest(folder: Folder, name: str) -> str | None:
    """Give the SHA-256 of a file, "" where there is none, None where it can't be read."""
    if not is_there(folder, name):
        return ""
    read = read_content(folder, name, FolderLimits())
    return None if isinstance(read, Problem) else digest_of(read[0])
