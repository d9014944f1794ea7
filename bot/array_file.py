"""Named arrays in one file that is read quickly and checked to the last bit.

In: NumPy arrays, and a fingerprint of all that they were made from. Out: the same arrays in memory,
or an error where the file is not exactly as it was saved. This is no pickle: nothing in such a file
can run. What is read is a copy, so that nothing that happens to the file later, such as its being
cut off, reaches the arrays.

A checksum only says that the file is as somebody wrote it. So a file that others may have written
is refused; and what the arrays mean, and which values can be right, is checked by those who pack
them, with ``check``, ``check_layout`` and the functions that unpack.

A file is a prefix (the format's name, the header's size and checksum), a header in JSON, and the
arrays one behind the other. The header and each array end on a multiple of 64 bytes. Every byte
counts in a checksum (XXH3, 128 bits).
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
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from bot.file_fault import FileFaultError
from bot.texts import index_file as texts

UInt8Array = NDArray[np.uint8]

# The format's name, the size of the header in bytes, and its checksum.
_PREFIX = struct.Struct("<8sQ16s")
# The last byte is the version of the format.
_NAME = b"articl\x00\x01"
# Arrays begin where a cache line of the processor does.
_ALIGNMENT = 64
# A header names some dozens of arrays; one that claims to be larger is none of ours.
_MAX_HEADER_BYTES = 1_048_576
# Many times what the largest folder that is read comes to; a larger file is none of ours.
_MAX_FILE_BYTES = 1 << 32
# No link is followed, no pipe is waited for, no other program gets the file. Windows has not all.
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
SAFE_OPEN = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS)
# So much is read and added to the checksum at a time, while it is still in the processor's cache.
_READ_BYTES = 262_144
# Only numbers and truth values are saved.
_TYPE_NAMES = (
    *("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
    *("float16", "float32", "float64"),
)
# By NumPy's name with the byte order, so that a machine with the other order knows no larger ones.
_DTYPES = {np.dtype(name).str: np.dtype(name) for name in _TYPE_NAMES}
# No array of ours has more than two.
_MAX_DIMENSIONS = 8
# Strings are decoded so many bytes at a time: one emoji makes each character around it four bytes.
_DECODED_BYTES = 1_048_576


# What is wrong


class DamagedError(Exception):
    """What was saved is not what can have been saved; the message says what does not hold."""


class ArrayFileError(FileFaultError):
    """A file can't be saved; what stood there before still stands there."""


def check(holds: object, what: str) -> None:
    """Raise DamagedError, which says ``what`` is wrong, unless ``holds`` is true."""
    if not holds:
        raise DamagedError(what)


# Saving


def save(path: Path, fingerprint: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Save arrays of numbers or truth values in a file that this user alone may read and write.

    The folder is made if it is missing. Whoever opens ``path`` meanwhile finds all of what was
    there before. Of two processes that save at once one may fail. Raises ArrayFileError for what
    the file system refuses, ValueError for arrays that can't be saved.
    """
    entries = []
    contents = []
    for name, array in arrays.items():
        _refuse_other_types(name, array)
        content = _as_bytes(array)
        checksum = xxhash.xxh3_128(content)
        checksum.update(_padding(len(content)))
        entries.append([name, array.dtype.str, array.shape, checksum.hexdigest()])
        contents.append(content)
    header = _make_header(fingerprint, entries)
    with _replace_file(path) as file:
        file.write(_PREFIX.pack(_NAME, len(header), xxhash.xxh3_128_digest(header)))
        file.write(header)
        for content in contents:
            file.write(content)
            file.write(_padding(len(content)))


def _refuse_other_types(name: str, array: NDArray[Any]) -> None:
    if array.dtype.str not in _DTYPES or array.ndim > _MAX_DIMENSIONS:
        raise ValueError(
            f"{name}: arrays of {array.dtype} in {array.ndim} dimensions can't be saved"
        )


def _as_bytes(array: NDArray[Any]) -> memoryview:
    """Give the bytes of an array in the order of its rows, without a copy if they are in it."""
    row = np.ascontiguousarray(array).reshape(-1)
    return row.view(np.uint8).data


def _make_header(fingerprint: str, entries: Sequence[object]) -> bytes:
    """Give the header, padded with blanks so that the first array is aligned."""
    text = json.dumps({"fingerprint": fingerprint, "arrays": entries})
    header = text.encode()
    size_bytes = _PREFIX.size + len(header)
    header += b" " * _padding_size(size_bytes)
    if len(header) > _MAX_HEADER_BYTES:
        raise ValueError("so many arrays, or so long a fingerprint, can't be saved")
    return header


def _padding_size(size_bytes: int) -> int:
    """Say how many bytes are missing to a multiple of the alignment."""
    return -size_bytes % _ALIGNMENT


def _padding(size_bytes: int) -> bytes:
    return bytes(_padding_size(size_bytes))


@contextmanager
def _replace_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file to write, which replaces ``path`` when all of it is on the disk.

    New files that others left unfinished are removed. If one of those is still being written, its
    writer finds it gone and fails.
    """
    new_path: Path | None = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_unfinished(path)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f"{path.name}.", suffix=".new", delete=False
        ) as file:
            new_path = Path(file.name)
            yield file.file
            file.flush()
            os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        _refuse_unreadable(path, status)
        new_path.replace(path)
    except OSError as error:
        what = texts.CANNOT_BE_SAVED(reason=error.strerror)
        raise ArrayFileError(path, what, _find_hint(path, error)) from None
    finally:
        if new_path is not None:
            with suppress(OSError):
                new_path.unlink()


def _remove_unfinished(path: Path) -> None:
    pattern = f"{glob.escape(path.name)}.*.new"
    for unfinished in path.parent.glob(pattern):
        with suppress(OSError):
            unfinished.unlink()


def _refuse_unreadable(path: Path, status: os.stat_result) -> None:
    """Raise ArrayFileError for a file that ``read_arrays`` would refuse."""
    if not is_own(status):
        raise ArrayFileError(path, texts.OTHERS_COULD_CHANGE_IT, texts.KEEP_RIGHTS)
    if status.st_size > _MAX_FILE_BYTES:
        what = texts.TOO_LARGE(max_bytes=_MAX_FILE_BYTES)
        raise ArrayFileError(path, what, texts.LEAVE_ARTICLES_OUT)


def _find_hint(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return texts.MAKE_ROOM
    if isinstance(error, FileNotFoundError):
        return texts.ONE_PROGRAM_ALONE
    return texts.LET_IT_WRITE(folder=path.parent)


# Reading


def read_arrays(path: Path, fingerprint: str) -> Mapping[str, NDArray[Any]] | None:
    """Read what was saved under the same fingerprint: arrays in memory that can't be written to.

    Returns None where there is no file, or one with another fingerprint. Raises DamagedError where
    it is not a file of this user alone, can't be read, or is not, to the last bit, as it was saved.
    """
    try:
        descriptor = os.open(path, SAFE_OPEN)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DamagedError(_describe_refusal(error)) from None
    try:
        status = os.fstat(descriptor)
        check(stat.S_ISREG(status.st_mode), "is not a regular file")
        check(is_own(status), "others may have written it")
        check(status.st_size <= _MAX_FILE_BYTES, "too large")
        file = FileIO(descriptor, closefd=False)
        return _read_file(file, status.st_size, fingerprint)
    except OSError as error:
        raise DamagedError(f"can't be read: {error.strerror}") from None
    except MemoryError:
        raise DamagedError("larger than the memory that is left") from None
    finally:
        os.close(descriptor)


def _describe_refusal(error: OSError) -> str:
    # With O_NOFOLLOW a link is refused as if it were a loop of links.
    if error.errno == errno.ELOOP:
        return "is a link"
    return f"can't be opened: {error.strerror}"


def is_own(status: os.stat_result) -> bool:
    """Say whether only this user, and root, can have written a file.

    On Windows the rights of its folder decide, which are not looked at.
    """
    if os.name != "posix":
        return True
    can_others_write = status.st_mode & 0o022
    return status.st_uid == os.geteuid() and not can_others_write


def _read_file(file: FileIO, size_bytes: int, fingerprint: str) -> dict[str, NDArray[Any]] | None:
    """Read the arrays of a file of this size; None if its fingerprint is another."""
    remaining_bytes = size_bytes - _PREFIX.size
    check(remaining_bytes >= 0, "cut off")
    prefix, _ = _read_bytes(file, _PREFIX.size)
    name, header_bytes, checksum = _PREFIX.unpack(prefix.data)
    check(name == _NAME, "of another program")
    max_header_bytes = min(remaining_bytes, _MAX_HEADER_BYTES)
    check(header_bytes <= max_header_bytes, "the header is cut off")
    header, found_checksum = _read_bytes(file, header_bytes)
    check(found_checksum.digest() == checksum, "the header's checksum is another")
    found_fingerprint, entries = _parse_header(header)
    if found_fingerprint != fingerprint:
        return None
    return _read_contents(file, remaining_bytes - header_bytes, entries)


def _parse_header(header: UInt8Array) -> tuple[str, Sequence[object]]:
    """Give the fingerprint, and the entries of the arrays."""
    try:
        parsed = json.loads(header.tobytes())
    except (ValueError, RecursionError):
        raise DamagedError("the header can't be read") from None
    match parsed:
        case {"fingerprint": str(fingerprint), "arrays": list(entries)}:
            return fingerprint, entries
    raise DamagedError("the header can't be read")


def _read_contents(
    file: FileIO, remaining_bytes: int, entries: Sequence[object]
) -> dict[str, NDArray[Any]]:
    """Read the arrays of the header's entries, one behind the other, and nothing else."""
    arrays: dict[str, NDArray[Any]] = {}
    for entry in map(_parse_entry, entries):
        check(entry.name not in arrays, "the header names an array twice")
        padded_bytes = entry.size_bytes + _padding_size(entry.size_bytes)
        check(padded_bytes <= remaining_bytes, "cut off")
        remaining_bytes -= padded_bytes
        content, checksum = _read_bytes(file, padded_bytes)
        check(checksum.hexdigest() == entry.checksum, "the checksum of an array is another")
        content.flags.writeable = False
        arrays[entry.name] = _as_array(content[: entry.size_bytes], entry)
    is_at_end = not remaining_bytes and not file.read(1)
    check(is_at_end, "longer than it should be")
    return arrays


class _Entry(NamedTuple):
    """What the header says of an array."""

    name: str
    dtype: np.dtype[Any]
    shape: list[int]
    checksum: str

    @property
    def size_bytes(self) -> int:
        """The size of the array without padding."""
        return math.prod(self.shape) * self.dtype.itemsize


def _parse_entry(entry: object) -> _Entry:
    match entry:
        case [str(name), str(dtype), list(shape), str(checksum)]:
            if dtype in _DTYPES and _is_shape(shape):
                return _Entry(name, _DTYPES[dtype], shape, checksum)
    raise DamagedError("the header lists what is no array")


def _is_shape(shape: Sequence[object]) -> bool:
    """Say whether a list holds the sizes of dimensions."""
    return len(shape) <= _MAX_DIMENSIONS and all(map(_is_size, shape))


def _is_size(value: object) -> bool:
    # A truth value is an int to isinstance.
    return type(value) is int and 0 <= value < sys.maxsize


def _as_array(content: UInt8Array, entry: _Entry) -> NDArray[Any]:
    try:
        return content.view(entry.dtype).reshape(entry.shape)
    except ValueError:
        # NumPy limits the other dimensions of an empty array too.
        raise DamagedError("the header lists what is no array") from None


def _read_bytes(file: FileIO, size_bytes: int) -> tuple[UInt8Array, xxhash.xxh3_128]:
    """Read so many bytes, uint8, (size_bytes,), and give their checksum too."""
    content = np.empty(size_bytes, np.uint8)
    checksum = xxhash.xxh3_128()
    done = 0
    while done < size_bytes:
        block = content[done : done + _READ_BYTES]
        count = file.readinto(block.data)
        check(count, "cut off while it was read")
        checksum.update(block[:count].data)
        done += count
    return content, checksum


# Layouts: what is packed, and what is checked when it is unpacked

# Of each array, its type, or several, and its dimensions: sizes, or names for sizes that agree.
Layout = Mapping[str, tuple[str, tuple[int | str, ...]]]


def check_layout(arrays: Mapping[str, NDArray[Any]], layout: Layout) -> None:
    """Raise DamagedError unless there are exactly the arrays of a layout, as it describes them."""
    check(arrays.keys() == layout.keys(), "other arrays than it should have")
    size_of: dict[str, int] = {}
    for name, (types, dimensions) in layout.items():
        array = arrays[name]
        check(array.dtype.name in types.split(), f"{name}: numbers of another type")
        check(array.ndim == len(dimensions), f"{name}: other dimensions than it should have")
        for dimension, size in zip(dimensions, array.shape, strict=True):
            if isinstance(dimension, int):
                expected = dimension
            else:
                # The first array with this name decides.
                expected = size_of.setdefault(dimension, size)
            check(size == expected, f"{name}: too many numbers or too few")


def unpack_sizes(
    name: str, arrays: Mapping[str, NDArray[Any]], total: int | None = None, least: int = 0
) -> NDArray[np.int64]:
    """Turn the sizes of parts, int32, (parts,), into where each begins, int64, (parts + 1,).

    The last number is where the last part ends. Raises DamagedError unless each size is ``least``
    or more and together they are ``total``, if one is given.
    """
    sizes = arrays[name]
    ends = sizes.cumsum(dtype=np.int64)
    bounds = np.append(0, ends)  # int64, (parts + 1,)
    is_total = total is None or bounds[-1] == total
    check((sizes >= least).all() and is_total, f"{name}: wrong sizes")
    return bounds


def pack_strings(name: str, strings: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Turn strings into arrays.

    ``name.text`` is their UTF-8 with a zero behind each, uint8, (bytes,); ``name.ends`` is where
    the next string begins, int64, (strings,).
    """
    # No string holds half a surrogate pair. If one did, it would be refused when it is unpacked.
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    # The empty string behind them puts a zero behind the last one too.
    content = b"\0".join([*encoded, b""])
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    ends = np.cumsum(sizes + 1)
    return {f"{name}.text": np.frombuffer(content, np.uint8), f"{name}.ends": ends}


def strings_layout(name: str, count: str) -> Layout:
    """Give the layout of what ``pack_strings`` makes; ``count`` names the number of strings."""
    return {f"{name}.text": ("uint8", (f"bytes of {name}",)), f"{name}.ends": ("int64", (count,))}


def unpack_strings(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """Give the strings that ``pack_strings`` packed, of arrays in their layout.

    Raises DamagedError for arrays that it can't have made.
    """
    content = arrays[f"{name}.text"]
    ends = arrays[f"{name}.ends"]
    bounds = np.append(0, ends)
    is_ascending = (bounds[1:] > bounds[:-1]).all()
    check(bounds[-1] == len(content) and is_ascending, f"{name}: strings out of place")
    check(not content[ends - 1].any(), f"{name}: strings that do not end")
    count = len(ends)
    # So many strings as are about one block of bytes.
    step = max(1, count * _DECODED_BYTES // max(1, len(content)))
    all_bounds = bounds.tolist()
    strings: list[str] = []
    try:
        for first in range(0, count, step):
            strings += _decode_block(content.data, all_bounds[first : first + step + 1])
    except UnicodeDecodeError:
        raise DamagedError(f"{name}: not UTF-8") from None
    return strings


def _decode_block(encoded: memoryview, bounds: Sequence[int]) -> list[str]:
    """Decode some strings that stand one behind the other, each with a zero behind it."""
    block = str(encoded[bounds[0] : bounds[-1]], "utf-8")
    strings = block.split("\0")[:-1]
    if len(strings) == len(bounds) - 1:
        return strings
    # One of them holds a zero itself, so they are decoded one by one.
    return [str(encoded[start : end - 1], "utf-8") for start, end in pairwise(bounds)]
