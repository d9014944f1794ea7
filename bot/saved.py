"""What took long to make, saved as named arrays in one file that is ready to be used as soon as it is opened.

In: NumPy arrays, and a fingerprint of all that they were made from. Out: the same arrays, straight from the file's
pages in memory, or nothing where a single bit of the file is not as it was saved. It is no pickle: nothing in such a
file can run. What the arrays mean is the business of those who save them.

A file is a prefix (the layout's name, the header's length and checksum), a header in JSON, and the arrays one behind
the other. The header and each array end on a multiple of 64 bytes, and all bytes count in a checksum (XXH3, 128 bits).
"""

import errno
import glob
import json
import math
import mmap
import os
import struct
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from bot import __version__

# The last byte is the layout's version.
_PREFIX = struct.Struct("<8sQ16s")
_NAME = b"articl\x00\x01"
_ALIGNMENT = 64
_MAX_HEADER_BYTES = 1_048_576
# As this machine lays them out: one with the other order of bytes knows none of them but those of a single byte.
_NUMBERS = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64".split()
_DTYPES = {np.dtype(name).str: np.dtype(name) for name in _NUMBERS}
_MAX_DIMENSIONS = 8
# Strings are decoded by this many bytes at a time: one emoji makes every character around it four bytes long.
_DECODED_BYTES = 1_048_576
_DECIDING_FILES = ("articles/**/*.py", "search/**/*.py", "search/**/*.yaml", "saved.py", "strict_yaml.py", "visible.py")
_DECIDING_PACKAGES = ("markdown-it-py", "numpy", "PyStemmer", "PyYAML", "sentencex", "symspellpy")


class SavedError(Exception):
    """A file can't be saved; what stood there before still stands there."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        """Keep which file, what is wrong, and what may help."""
        super().__init__(f"{path}: {what} ({hint})")
        self.path = path
        self.what = what
        self.hint = hint


def save(path: Path, fingerprint: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Save arrays of numbers or truth values, for the program's user alone; the folder is made if it is missing.

    Whoever opens ``path`` meanwhile finds all of what was there before; of two who save at once one may fail. Raises
    SavedError for what the file system refuses, ValueError for arrays of anything else.
    """
    rows = []
    contents = []
    for name, array in arrays.items():
        if array.dtype.str not in _DTYPES or array.ndim > _MAX_DIMENSIONS:
            raise ValueError(f"{name}: arrays of {array.dtype} in {array.ndim} dimensions can't be saved")
        content = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        checksum = xxhash.xxh3_128(content)
        checksum.update(_padding(len(content)))
        rows.append([name, array.dtype.str, array.shape, checksum.hexdigest()])
        contents.append(content)
    header = json.dumps({"fingerprint": fingerprint, "arrays": rows}).encode()
    header += b" " * (-(_PREFIX.size + len(header)) % _ALIGNMENT)
    if len(header) > _MAX_HEADER_BYTES:
        raise ValueError("so many arrays, or so long a fingerprint, can't be saved")
    with _put_in_place(path) as file:
        file.write(_PREFIX.pack(_NAME, len(header), xxhash.xxh3_128_digest(header)))
        file.write(header)
        for content in contents:
            file.write(content)
            file.write(_padding(len(content)))


def _padding(size_bytes: int) -> bytes:
    return bytes(-size_bytes % _ALIGNMENT)


@contextmanager
def _put_in_place(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of ``path`` when all of it is on the disk.

    What others left unfinished is taken away. If one of them was just writing it, he finds it gone and fails.
    """
    aside: Path | None = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for unfinished in path.parent.glob(f"{glob.escape(path.name)}.*.new"):
            with suppress(OSError):
                unfinished.unlink()
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", suffix=".new", delete=False) as file:
            aside = Path(file.name)
            yield file.file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise SavedError(path, f"can't be saved: {error.strerror}", _hint(path, error)) from None
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink()


def _hint(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on the disk"
    if isinstance(error, FileNotFoundError):
        return "let one program alone save there"
    return f"let the program write in {path.parent}"


def open_saved(path: Path, fingerprint: str) -> Mapping[str, NDArray[Any]] | None:
    """Open what was saved under the same fingerprint: arrays that can't be written to and are read as they are used.

    None where there is no such file, or it is not, to the last bit, as it was saved. Never raises for what it holds.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # an empty file has no pages
        return None
    if len(content) < _PREFIX.size:
        return None
    name, length, checksum = _PREFIX.unpack_from(content)
    start = _PREFIX.size + length
    if name != _NAME or length > _MAX_HEADER_BYTES or start > len(content):
        return None
    header = bytes(content[_PREFIX.size : start])
    if xxhash.xxh3_128_digest(header) != checksum:
        return None
    try:
        described = json.loads(header)
    except (ValueError, RecursionError):
        return None
    match described:
        case {"fingerprint": str(found), "arrays": list(rows)} if found == fingerprint:
            return _read_arrays(content[start:], rows)
    return None


def _read_arrays(content: memoryview, rows: Sequence[object]) -> dict[str, NDArray[Any]] | None:
    """Find the arrays that the header lists, one behind the other; None unless they are sound and nothing else."""
    arrays = {}
    for row in rows:
        match row:
            case [str(name), str(dtype), list(shape), str(checksum)] if dtype in _DTYPES and _is_shape(shape):
                size = math.prod(shape) * _DTYPES[dtype].itemsize
            case _:
                return None
        end = size + len(_padding(size))
        if end > len(content) or xxhash.xxh3_128_hexdigest(content[:end]) != checksum:
            return None
        try:
            arrays[name] = np.frombuffer(content[:size], _DTYPES[dtype]).reshape(shape)
        except ValueError:  # NumPy has bounds for an empty array's other dimensions
            return None
        content = content[end:]
    return None if content else arrays


def _is_shape(shape: Sequence[object]) -> bool:
    return len(shape) <= _MAX_DIMENSIONS and all(type(size) is int and 0 <= size < sys.maxsize for size in shape)


def pack_strings(strings: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Turn strings into arrays: their UTF-8, a zero behind each, and where the next begins, (strings,)."""
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1)
    return np.frombuffer(b"\0".join([*encoded, b""]), np.uint8), ends


def unpack_strings(content: NDArray[np.uint8], ends: NDArray[np.int64]) -> list[str]:
    """Give the strings that ``pack_strings`` packed."""
    encoded = content.data
    cuts = [0, *ends.tolist()]
    step = max(1, len(ends) * _DECODED_BYTES // max(1, len(encoded)))
    strings: list[str] = []
    for first in range(0, len(ends), step):
        block = cuts[first : first + step + 1]
        found = str(encoded[block[0] : block[-1]], "utf-8", "surrogatepass").split("\0")[:-1]
        if len(found) != len(block) - 1:  # one of them holds a zero itself
            found = [str(encoded[start : end - 1], "utf-8", "surrogatepass") for start, end in pairwise(block)]
        strings += found
    return strings


@cache
def code_fingerprint() -> str:
    """Give a fingerprint of all code and word lists that decide what is read, cut and indexed, and how.

    It is taken from the files as they are when it is first asked for: early, while they are still what is running.
    """
    from importlib.metadata import version  # noqa: PLC0415 (small folders are not saved)

    digest = xxhash.xxh3_128(f"{__version__} {sys.version}".encode())
    for package in _DECIDING_PACKAGES:
        digest.update(f" {package} {version(package)}".encode())
    folder = Path(__file__).parent
    for path in sorted(path for pattern in _DECIDING_FILES for path in folder.glob(pattern)):
        content = path.read_bytes()
        digest.update(f" {path.relative_to(folder).as_posix()} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()
