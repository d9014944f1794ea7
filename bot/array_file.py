"""What took long to make, saved as named arrays in one file that can be read quickly.

In: NumPy arrays, and a fingerprint of all that they were made from. Out: the same arrays in memory, or an error where a
single bit of the file is not as it was saved. It is no pickle: nothing in such a file can run. What is read is a copy:
whatever happens to the file later, to be cut off in place for one, does not reach who uses the arrays.

A checksum says only that the file is as somebody wrote it. So what the arrays mean, and which values can be right, is
checked by those who save them (``check``, ``check_layout``); and a file that somebody else may have written is refused.

A file is a prefix (the layout's name, the header's length and checksum), a header in JSON, and the arrays one behind
the other. The header and each array end on a multiple of 64 bytes, and all bytes count in a checksum (XXH3, 128 bits).
"""

import errno
import glob
import json
import math
import os
import stat
import struct
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from io import FileIO
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
# Many times what the largest folder that is read comes to: a file that claims more is none of ours.
_MAX_FILE_BYTES = 1 << 32
# Windows has none of these flags.
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_SAFE_OPEN = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS)
# So much is read and summed up at a time, while it is still in the processor's cache.
_READ_BYTES = 262_144
# As this machine lays them out: one with the other order of bytes knows none of them but those of a single byte.
_NUMBERS = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64".split()
_DTYPES = {np.dtype(name).str: np.dtype(name) for name in _NUMBERS}
_MAX_DIMENSIONS = 8
# Strings are decoded by this many bytes at a time: one emoji makes every character around it four bytes long.
_DECODED_BYTES = 1_048_576
_DECIDING_FILES = (
    "articles/**/*.py",
    "search/**/*.py",
    "search/**/*.yaml",
    "array_file.py",
    "strict_yaml.py",
    "visible.py",
    # What is saved of a file holds its problems, as texts.
    "texts/__init__.py",
    "texts/problems*.py",
)
_DECIDING_PACKAGES = ("markdown-it-py", "numpy", "PyStemmer", "PyYAML", "sentencex", "symspellpy")

# Of each array, its type, or some, and its dimensions: numbers, or names for what is the same in all arrays.
Layout = Mapping[str, tuple[str, tuple[int | str, ...]]]


class DamagedError(Exception):
    """What was saved is not what can have been saved; the message says what does not hold."""


def check(holds: object, what: str) -> None:
    """Raise DamagedError, which says ``what`` is wrong, unless something holds."""
    if not holds:
        raise DamagedError(what)


def check_layout(arrays: Mapping[str, NDArray[Any]], layout: Layout) -> None:
    """Raise DamagedError unless there are exactly the arrays of a layout, each of its type and dimensions."""
    check(arrays.keys() == layout.keys(), "other arrays than it should have")
    sizes: dict[int | str, int] = {}
    for name, (dtype, dimensions) in layout.items():
        shape = arrays[name].shape
        check(arrays[name].dtype.name in dtype.split(), f"{name}: numbers of another type")
        check(len(shape) == len(dimensions), f"{name}: other dimensions than it should have")
        for dimension, size in zip(dimensions, shape, strict=True):
            expected = (
                dimension if isinstance(dimension, int) else sizes.setdefault(dimension, size)
            )
            check(size == expected, f"{name}: too many numbers or too few")


def unpack_sizes(
    name: str, arrays: Mapping[str, NDArray[Any]], total: int | None = None, least: int = 0
) -> NDArray[np.int64]:
    """Turn the sizes of parts of a row, int32, into where each begins and the last ends, (parts + 1,).

    Raises DamagedError unless each is ``least`` or more and together they are ``total``, if one is given.
    """
    sizes = arrays[name]
    begins = np.append(0, sizes.cumsum(dtype=np.int64))
    check((sizes >= least).all() and (total is None or begins[-1] == total), f"{name}: wrong sizes")
    return begins


class ArrayFileError(Exception):
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
            raise ValueError(
                f"{name}: arrays of {array.dtype} in {array.ndim} dimensions can't be saved"
            )
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
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f"{path.name}.", suffix=".new", delete=False
        ) as file:
            aside = Path(file.name)
            yield file.file
            file.flush()
            os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        if not _is_own(status):
            hint = "name a folder on a file system that keeps owners and rights"
            raise ArrayFileError(path, "can't be saved: others could change it there", hint)
        if status.st_size > _MAX_FILE_BYTES:
            hint = "leave articles out, or do without"
            raise ArrayFileError(
                path, f"can't be saved: larger than {_MAX_FILE_BYTES:,} bytes", hint
            )
        aside.replace(path)
    except OSError as error:
        raise ArrayFileError(
            path, f"can't be saved: {error.strerror}", _hint(path, error)
        ) from None
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


def read_arrays(path: Path, fingerprint: str) -> Mapping[str, NDArray[Any]] | None:
    """Read what was saved under the same fingerprint: arrays in memory that can't be written to.

    None where there is nothing, or something that was made from something else. Raises DamagedError where it is not a
    file of this user alone, can't be read, or is not, to the last bit, as it was saved.
    """
    try:
        descriptor = os.open(path, _SAFE_OPEN)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        # A link is refused as if it were a loop of links.
        what = "is a link" if error.errno == errno.ELOOP else f"can't be opened: {error.strerror}"
        raise DamagedError(what) from None
    try:
        status = os.fstat(descriptor)
        check(stat.S_ISREG(status.st_mode), "is not a regular file")
        check(_is_own(status), "others may have written it")
        check(status.st_size <= _MAX_FILE_BYTES, "too large")
        return _read(FileIO(descriptor, closefd=False), status.st_size, fingerprint)
    except OSError as error:
        raise DamagedError(f"can't be read: {error.strerror}") from None
    except MemoryError:
        raise DamagedError("larger than the memory that is left") from None
    finally:
        os.close(descriptor)


def _is_own(status: os.stat_result) -> bool:
    """Say whether nobody but this user, and root, can have written a file; on Windows its folder's rights decide."""
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _read(file: FileIO, size_bytes: int, fingerprint: str) -> dict[str, NDArray[Any]] | None:
    """Read the arrays of a file of this size, unless its fingerprint is another."""
    left = size_bytes - _PREFIX.size
    check(left >= 0, "cut off")
    name, length, checksum = _PREFIX.unpack(_read_bytes(file, _PREFIX.size)[0].data)
    check(name == _NAME, "of another program")
    check(length <= min(left, _MAX_HEADER_BYTES), "the header is cut off")
    header, found_checksum = _read_bytes(file, length)
    check(found_checksum.digest() == checksum, "the header's checksum is another")
    try:
        described = json.loads(header.tobytes())
    except (ValueError, RecursionError):
        raise DamagedError("the header can't be read") from None
    match described:
        case {"fingerprint": str(found), "arrays": list(rows)}:
            return _read_arrays(file, left - length, rows) if found == fingerprint else None
    raise DamagedError("the header can't be read")


def _read_arrays(file: FileIO, left_bytes: int, rows: Sequence[object]) -> dict[str, NDArray[Any]]:
    """Read the arrays that the header lists, one behind the other, and nothing else."""
    arrays: dict[str, NDArray[Any]] = {}
    for row in rows:
        match row:
            case [str(name), str(dtype), list(shape), str(checksum)] if (
                dtype in _DTYPES and _is_shape(shape)
            ):
                check(name not in arrays, "the header names an array twice")
                size = math.prod(shape) * _DTYPES[dtype].itemsize
            case _:
                raise DamagedError("the header lists what is no array")
        end = size + len(_padding(size))
        check(end <= left_bytes, "cut off")
        left_bytes -= end
        content, found_checksum = _read_bytes(file, end)
        check(found_checksum.hexdigest() == checksum, "the checksum of an array is another")
        content.flags.writeable = False
        try:
            arrays[name] = content[:size].view(_DTYPES[dtype]).reshape(shape)
        except ValueError:  # NumPy has bounds for an empty array's other dimensions
            raise DamagedError("the header lists what is no array") from None
    check(not left_bytes and not file.read(1), "longer than it should be")
    return arrays


def _read_bytes(file: FileIO, size: int) -> tuple[NDArray[np.uint8], xxhash.xxh3_128]:
    """Read so many bytes, and sum them up."""
    content = np.empty(size, np.uint8)
    checksum = xxhash.xxh3_128()
    done = 0
    while done < size:
        count = file.readinto(content[done : done + _READ_BYTES].data)
        check(count, "cut off while it was read")
        checksum.update(content[done : done + count].data)
        done += count
    return content, checksum


def _is_shape(shape: Sequence[object]) -> bool:
    return len(shape) <= _MAX_DIMENSIONS and all(
        type(size) is int and 0 <= size < sys.maxsize for size in shape
    )


def pack_strings(name: str, strings: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Turn strings into arrays: their UTF-8, a zero behind each, and where the next begins, (strings,)."""
    # None holds half a character; if one ever did, it would be refused when it is unpacked rather than here.
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1)
    return {
        f"{name}.text": np.frombuffer(b"\0".join([*encoded, b""]), np.uint8),
        f"{name}.ends": ends,
    }


def strings_layout(name: str, count: str) -> Layout:
    """Give the layout of what ``pack_strings`` makes; ``count`` names how many strings there are."""
    return {f"{name}.text": ("uint8", (f"bytes of {name}",)), f"{name}.ends": ("int64", (count,))}


def unpack_strings(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """Give the strings that ``pack_strings`` packed, of arrays in their layout; raises DamagedError for any others."""
    content, ends = arrays[f"{name}.text"], arrays[f"{name}.ends"]
    starts = np.append(0, ends)
    check(
        starts[-1] == len(content) and (starts[1:] > starts[:-1]).all(),
        f"{name}: strings out of place",
    )
    check(not content[ends - 1].any(), f"{name}: strings that do not end")
    encoded = content.data
    cuts = starts.tolist()
    step = max(1, len(ends) * _DECODED_BYTES // max(1, len(encoded)))
    strings: list[str] = []
    try:
        for first in range(0, len(ends), step):
            block = cuts[first : first + step + 1]
            found = str(encoded[block[0] : block[-1]], "utf-8").split("\0")[:-1]
            if len(found) != len(block) - 1:  # one of them holds a zero itself
                found = [str(encoded[start : end - 1], "utf-8") for start, end in pairwise(block)]
            strings += found
    except UnicodeDecodeError:
        raise DamagedError(f"{name}: not UTF-8") from None
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
