"""Files and folders of which the articles alone are shown somewhere.

In: the names of files, and what was chosen of them. A folder's name ends with "/", and stands for
all that lies in it. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

_FOLDER = "/"


def is_folder(name: str) -> bool:
    """Say whether a name that can be chosen is that of a folder."""
    return name.endswith(_FOLDER)


def is_chosen(file: str, chosen: Collection[str]) -> bool:
    """Say whether a file was chosen, or a folder that it lies in."""
    return file in chosen or any(folder in chosen for folder in _list_folders(file))


def count_choices(files: Iterable[str]) -> dict[str, int]:
    """Count the files of each name that can be chosen: the folders, and then the files."""
    names = sorted(set(files))
    folders = Counter(folder for file in names for folder in _list_folders(file))
    return {**dict(sorted(folders.items())), **dict.fromkeys(names, 1)}


def list_choices(files: Iterable[str]) -> frozenset[str]:
    """List the names that can be chosen: the files, and the folders that they lie in."""
    choices: set[str] = set()
    for file in files:
        choices.add(file)
        choices.update(_list_folders(file))
    return frozenset(choices)


def find_gone(chosen: Iterable[str], choices: Iterable[Collection[str]]) -> list[str]:
    """List what was chosen and can't be chosen any more: it stands in none of the ``choices``."""
    there = list(choices)
    return sorted(name for name in set(chosen) if not any(name in one for one in there))


def _list_folders(file: str) -> list[str]:
    """List the folders that a file lies in, but for the one of all articles."""
    return [f"{folder}{_FOLDER}" for folder in PurePosixPath(file).parents if folder.name]
