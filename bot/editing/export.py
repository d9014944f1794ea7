"""The files of what is served, packed: to be kept elsewhere, or put into another folder.

In: a knowledge base, and how large a file may be. Out: one zip or several, each of which can be
opened alone. Hidden files and what is not served are left out. A file that can't be read now is
packed as it served last.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.articles.files import read_content
from bot.articles.folder import Folder
from bot.articles.model import Problem
from bot.editing.names import OTHER_FILES
from bot.knowledge_base import KnowledgeBase

# So many zips are made: Discord takes ten files in a message.
MOST_PARTS = 10
# What a zip needs for each file besides its content and twice its name, and for itself.
_ENTRY_BYTES = 200
_END_BYTES = 100
_SUFFIX = ".zip"
# What the owner may read and write, and others read, where a zip says so.
_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Export:
    """What was packed.

    Attributes:
        parts: The name and content of each zip.
        count: How many files are in them.
        left_out: The names of those that are too large, or can't be read.

    """

    parts: tuple[tuple[str, bytes], ...]
    count: int
    left_out: tuple[str, ...]


class _Part:
    """A zip that is being written."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._size = _END_BYTES

    @property
    def is_empty(self) -> bool:
        return not self._zip.namelist()

    def add(self, name: str, content: bytes, most_bytes: int) -> bool:
        """Add a file, unless the zip might become larger than it may be."""
        size = _find_size(name, content)
        if self._size + size > most_bytes:
            return False
        entry = zipfile.ZipInfo(name)
        entry.external_attr = _MODE
        self._zip.writestr(entry, content, zipfile.ZIP_DEFLATED)
        self._size += size
        return True

    def finish(self) -> bytes:
        self._zip.close()
        return self._file.getvalue()


def export(knowledge_base: KnowledgeBase, most_bytes: int) -> Export:
    """Pack the files of what is served, into zips of at most ``most_bytes``."""
    parts = [_Part()]
    count = 0
    left_out = []
    for name, content in _read_files(knowledge_base):
        if content is None:
            left_out.append(name)
            continue
        is_added = parts[-1].add(name, content, most_bytes)
        if not is_added and not parts[-1].is_empty and len(parts) < MOST_PARTS:
            parts.append(_Part())
            is_added = parts[-1].add(name, content, most_bytes)
        if is_added:
            count += 1
        else:
            left_out.append(name)
    contents = [part.finish() for part in parts if not part.is_empty]
    base = knowledge_base.folder.resolve().name or "articles"
    names = _name_parts(base, len(contents))
    return Export(tuple(zip(names, contents, strict=True)), count, tuple(left_out))


def _find_size(name: str, content: bytes) -> int:
    """Find how many bytes a file takes in a zip, at the most."""
    name_bytes = len(name.encode("utf-8", "surrogateescape"))
    return len(zlib.compress(content)) + 2 * name_bytes + _ENTRY_BYTES


def _name_parts(base: str, count: int) -> list[str]:
    if count == 1:
        return [base + _SUFFIX]
    return [f"{base}-{number}{_SUFFIX}" for number in range(1, count + 1)]


def _read_files(knowledge_base: KnowledgeBase) -> Iterator[tuple[str, bytes | None]]:
    """Read the articles that are served, and what else is; None for what can't be read."""
    digests = {article.file: article.sha256 for article in knowledge_base.library.articles}
    with Folder(knowledge_base.folder) as opened:
        for name, digest in digests.items():
            read = read_content(opened, name, knowledge_base.limits)
            if isinstance(read, Problem):
                yield name, knowledge_base.versions.read(digest)
            else:
                yield name, read[0]
        for name in OTHER_FILES:
            read = read_content(opened, name, knowledge_base.limits)
            if not isinstance(read, Problem):
                yield name, read[0]
