"""The text of one file of a folder: read safely, within limits, never through a link.

In: a folder and a name in it. Out: the file's text with a fingerprint, or a Problem that says why
the file is not served. Whatever lies there (a pipe, a device, a file that grows for ever) ends
quickly. Whether a file is still as it was read can be told without opening it, except for a file
that was written just before.
"""

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.articles.encodings import decode, is_binary
from bot.articles.folder import Folder, FolderLimits, combine_flags
from bot.articles.formats import ARTICLE_SUFFIXES, Format, find_format
from bot.articles.formats.format import Extracted, NotExtractedError
from bot.articles.lines import Lines
from bot.articles.model import UTF_8, Decoding, Problem
from bot.articles.problems import make_error, make_note
from bot.texts import problems as texts

# No link is followed, and no pipe is waited for.
_SAFE_OPEN = combine_flags("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
# A file that is written again within one tick of its clock looks unchanged; FAT's are longest.
TICK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What a file's folder says of it, which changes with the file.

    ``is_settled``: the file was old enough when it was read that a later change can be seen from
    the rest.
    """

    size_bytes: int
    modified_ns: int
    changed_ns: int
    inode: int
    is_settled: bool


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read and decoded; ``sha256`` is of its bytes.

    ``extracted`` is what was taken out of a file that is no text. Without a ``signature`` it has
    to be read again every time.
    """

    name: str
    text: str
    sha256: str
    signature: Signature | None = None
    decoding: Decoding = UTF_8
    extracted: Extracted | None = None


class _RefusedError(Exception):
    """A file is not read because of what it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_file(folder: Folder, name: str, limits: FolderLimits) -> SourceFile | Problem:
    """Read one file of ``folder``; a Problem where it is no regular, small, stable text file.

    A file that is no text is read by what its format extracts.
    """
    read = read_content(folder, name, limits)
    if isinstance(read, Problem):
        return read
    content, signature = read
    return make_source(name, content, limits, signature)


def read_content(
    folder: Folder, name: str, limits: FolderLimits
) -> tuple[bytes, Signature] | Problem:
    """Read the bytes of one file; a Problem where it is no regular, small, stable file."""
    max_bytes = find_most_bytes(name, limits)
    try:
        read = _read_bytes(folder, name, max_bytes)
        if read is None:  # It changed meanwhile: most changes are over at the second try.
            read = _read_bytes(folder, name, max_bytes)
    except _RefusedError as error:
        return error.problem
    except OSError as error:
        text = texts.FILE_LINKED if _is_behind_link(folder, name) else texts.FILE_UNREADABLE
        return make_error(text, name, reason=error.strerror)
    if read is None:
        return make_error(texts.FILE_CHANGED, name)
    return read


def make_source(
    name: str, content: bytes, limits: FolderLimits, signature: Signature | None = None
) -> SourceFile | Problem:
    """Decode the bytes of a file, or extract its text; a Problem where that can't be done."""
    max_bytes = find_most_bytes(name, limits)
    if len(content) > max_bytes:
        return make_error(texts.FILE_TOO_LARGE, name, limit=max_bytes)
    file_format = _find_format(name)
    if file_format is None:
        return _decode(name, content, signature)
    return _extract(name, content, signature, file_format, limits)


def _find_format(name: str) -> Format | None:
    """Give the format of an article; None for another file of the folder, such as a thesaurus."""
    return find_format(name) if name.lower().endswith(ARTICLE_SUFFIXES) else None


def find_most_bytes(name: str, limits: FolderLimits) -> int:
    """Give how many bytes a file may have: more where text is taken out of it."""
    file_format = _find_format(name)
    return limits.file_bytes * (file_format.size_factor if file_format else 1)


def is_unchanged(
    folder: Folder, name: str, signature: Signature | None, limits: FolderLimits
) -> bool:
    """Say whether a file is certainly as it was when it was read, and within ``limits``.

    The file is not opened: what its folder says of it decides.
    """
    if signature is None or not signature.is_settled:
        return False
    if signature.size_bytes > find_most_bytes(name, limits):
        return False
    try:
        path, folder_descriptor = folder.locate(name)
        status = os.stat(path, dir_fd=folder_descriptor, follow_symlinks=False)
    except OSError:
        return False
    is_regular = stat.S_ISREG(status.st_mode)
    return is_regular and _make_signature(status, is_settled=True) == signature


def _is_behind_link(folder: Folder, name: str) -> bool:
    """Say whether the file or a folder above it, up to the given folder, is a link."""
    path = PurePosixPath(name)
    folders = path.parents[:-1]
    full_paths = [folder.path / part for part in (path, *folders)]
    # Path.is_symlink raises where a folder may not be entered.
    return any(map(os.path.islink, full_paths))


def _make_signature(status: os.stat_result, *, is_settled: bool) -> Signature:
    return Signature(
        size_bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
        changed_ns=status.st_ctime_ns,
        inode=status.st_ino,
        is_settled=is_settled,
    )


def _read_bytes(folder: Folder, name: str, max_bytes: int) -> tuple[bytes, Signature] | None:
    """Read a regular file through one descriptor; None when it changed meanwhile."""
    began_ns = time.time_ns()
    path, folder_descriptor = folder.locate(name)
    descriptor = os.open(path, _SAFE_OPEN, dir_fd=folder_descriptor)
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise _RefusedError(make_error(texts.FILE_NOT_REGULAR, name))
        content = file.read(max_bytes + 1)
        after = os.fstat(descriptor)
    if len(content) > max_bytes:
        problem = make_error(texts.FILE_TOO_LARGE, name, limit=max_bytes)
        raise _RefusedError(problem)
    is_same_size = before.st_size == after.st_size == len(content)
    is_same_time = before.st_mtime_ns == after.st_mtime_ns
    if not is_same_size or not is_same_time:
        return None
    is_settled = after.st_mtime_ns < began_ns - TICK_NS
    return content, _make_signature(after, is_settled=is_settled)


def _extract(
    name: str,
    content: bytes,
    signature: Signature | None,
    file_format: Format,
    limits: FolderLimits,
) -> SourceFile | Problem:
    if file_format.extract is None:
        return _decode(name, content, signature)
    try:
        extracted = file_format.extract(content)
    except ImportError:
        return make_note(texts.EXTRA_MISSING, name, extra=file_format.extra)
    except NotExtractedError as error:
        return make_error(error.text, name, **error.values)
    if len(extracted.text) > limits.file_bytes:
        return make_error(texts.FILE_TOO_LARGE, name, limit=limits.file_bytes)
    sha256 = hashlib.sha256(content).hexdigest()
    return SourceFile(name, extracted.text, sha256, signature, extracted.decoding, extracted)


def _decode(name: str, content: bytes, signature: Signature | None) -> SourceFile | Problem:
    decoded = decode(content)
    if decoded is None:
        return _explain(name, content)
    before, nul, _ = decoded.text.partition("\0")
    if nul and is_binary(content):
        return make_error(texts.BINARY_FILE, name)
    if nul:
        line, column = _position_after(before)
        return make_error(texts.NUL_CHARACTER, name, line, column)
    sha256 = hashlib.sha256(content).hexdigest()
    return SourceFile(name, decoded.text, sha256, signature, decoded.decoding)


def _explain(name: str, content: bytes) -> Problem:
    """Say where a file that was not decoded is no UTF-8, or that it is no text at all."""
    if is_binary(content):
        return make_error(texts.BINARY_FILE, name)
    nul = content.find(b"\0")
    try:
        content.decode("utf-8")
        wrong = nul
    except UnicodeDecodeError as error:
        wrong = error.start
    before = content[:wrong].decode("utf-8", "replace")
    line, column = _position_after(before)
    if nul >= 0:
        return make_error(texts.NO_TEXT_FILE, name, line, column)
    return make_error(texts.NOT_UTF_8, name, line, column, byte=content[wrong])


def _position_after(text: str) -> tuple[int, int]:
    """Give the line and the column, both 1-based, of what follows ``text``."""
    lines = Lines(text)
    return len(lines), lines.column(len(text))
