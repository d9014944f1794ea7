"""What is saved comes back to the last bit or not at all, whoever writes, crashes or tampers."""

import contextlib
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from errno import ENOSPC
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xxhash
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes
from numpy.typing import NDArray

import bot
from bot.array_file import (
    ArrayFileError,
    DamagedError,
    check_layout,
    pack_strings,
    read_arrays,
    save,
    strings_layout,
    unpack_sizes,
    unpack_strings,
)

ROWS = {
    "ends": np.array([3, 5, 8]),
    "weights": np.array([[0.5, 2.0]], np.float32),
    "none": np.zeros((0, 3), np.int32),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where to save."""
    return tmp_path / "index"


def opened(path: Path, fingerprint: str = "of now") -> dict[str, NDArray[Any]]:
    """Open what has to be there."""
    found = read_arrays(path, fingerprint)
    assert found is not None
    return dict(found)


@settings(deadline=None)
@given(
    contents=st.dictionaries(
        st.text(),
        scalar_dtypes()
        .map(lambda dtype: dtype.newbyteorder("="))
        .filter(lambda dtype: dtype.kind in "biuf")
        .flatmap(
            lambda dtype: arrays(
                dtype, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=9)
            )
        ),
    ),
    fingerprint=st.text(),
)
def test_what_is_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, NDArray[Any]], fingerprint: str
) -> None:
    """Names, types, shapes and every bit, in whatever shape, the empty one too."""
    path = tmp_path_factory.getbasetemp() / "round trip"
    save(path, fingerprint, contents)
    found = opened(path, fingerprint)
    assert list(found) == list(contents)
    for name, array in contents.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()


def test_an_array_that_lies_scattered_is_saved_as_it_reads(path: Path) -> None:
    """Every second column, backwards."""
    array = np.arange(24).reshape(4, 6)[:, ::-2]
    save(path, "of now", {"array": array})
    assert opened(path)["array"].tolist() == array.tolist()


def is_damaged(path: Path) -> bool:
    """Say whether there is something that is refused."""
    try:
        read_arrays(path, "of now")
    except DamagedError:
        return True
    return False


def test_what_is_opened_cannot_be_changed(path: Path) -> None:
    """The arrays lie in memory, each at a place that suits its numbers."""
    save(path, "of now", ROWS)
    for array in opened(path).values():
        assert not array.flags.writeable
        assert array.flags.aligned
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 1


@pytest.mark.parametrize("size_bytes", [0, 1, 4096, 400_000])
def test_a_file_that_is_cut_off_in_place_does_not_reach_what_was_opened(
    path: Path, size_bytes: int
) -> None:
    """Who answers from it goes on, as after any other change: an array that was mapped would end
    the process.
    """
    array = np.arange(100_000)
    save(path, "of now", {"array": array})
    found = opened(path)["array"]
    os.truncate(path, size_bytes)
    assert (found == array).all()
    with path.open("r+b") as file:
        file.write(b"\xff" * 800_000)
    assert (found == array).all()
    assert is_damaged(path)


def test_any_other_byte_is_noticed(path: Path) -> None:
    """In the prefix, the header, the arrays and what fills up between them."""
    save(path, "of now", ROWS)
    content = path.read_bytes()
    assert len(content) % 64 == 0
    for place, byte in enumerate(content):
        path.write_bytes(content[:place] + bytes([byte ^ 1 << place % 8]) + content[place + 1 :])
        assert is_damaged(path), place


def test_a_file_that_is_too_short_or_too_long_is_not_opened(path: Path) -> None:
    """Cut off anywhere, or with anything behind its end."""
    save(path, "of now", ROWS)
    content = path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert is_damaged(path), length
    for more in (b"\0", bytes(64), content):
        path.write_bytes(content + more)
        assert is_damaged(path)


def test_what_was_made_from_something_else_is_not_opened(path: Path) -> None:
    """Another fingerprint counts as nothing saved."""
    save(path, "of now", ROWS)
    assert read_arrays(path, "of then") is None
    assert read_arrays(path, "of now") is not None


def test_nothing_is_opened_where_no_file_is(path: Path) -> None:
    """Missing, in a folder that is missing, or below a file."""
    assert read_arrays(path, "of now") is None
    assert read_arrays(path / "index", "of now") is None
    path.touch()
    assert read_arrays(path / "index", "of now") is None


def put_folder(path: Path) -> None:
    """Put a folder there."""
    path.mkdir()


def put_socket(path: Path) -> None:
    """Put a socket there that nobody listens at."""
    with socket.socket(socket.AF_UNIX) as unused, contextlib.chdir(path.parent):
        unused.bind(path.name)


def put_link(path: Path) -> None:
    """Put a link there to what could be opened."""
    save(path.with_name("other"), "of now", ROWS)
    path.symlink_to("other")


def put_loop(path: Path) -> None:
    """Put a link there that leads to itself."""
    path.symlink_to(path)


def put_link_to_device(path: Path) -> None:
    """Put a link there to what never ends."""
    path.symlink_to("/dev/zero")


def put_writable_by(rights: int) -> Callable[[Path], None]:
    """Put a file there that others may write."""

    def put(path: Path) -> None:
        save(path, "of now", ROWS)
        path.chmod(0o600 | rights)

    return put


def put_hollow(path: Path) -> None:
    """Put a file there that is larger than any memory, and takes no room."""
    save(path, "of now", ROWS)
    os.truncate(path, 1 << 42)


@pytest.mark.parametrize(
    ("put", "what"),
    [
        (put_folder, "is not a regular file"),
        (os.mkfifo, "is not a regular file"),
        (put_socket, "can't be opened: No such device or address"),
        (put_link, "is a link"),
        (put_loop, "is a link"),
        (put_link_to_device, "is a link"),
        (put_writable_by(0o020), "others may have written it"),
        (put_writable_by(0o002), "others may have written it"),
        (put_hollow, "too large"),
        (Path.touch, "cut off"),
    ],
)
def test_what_is_no_file_of_ones_own_is_refused(
    path: Path, put: Callable[[Path], None], what: str
) -> None:
    """Nothing hangs, nothing is followed, and the reason is told; and the next save puts a file in
    its place.
    """
    put(path)
    with pytest.raises(DamagedError, match=f"^{what}$"):
        read_arrays(path, "of now")
    if path.is_dir():
        path.rmdir()
    save(path, "of now", ROWS)
    assert opened(path).keys() == ROWS.keys()
    assert not path.is_symlink()


def test_a_file_that_others_could_change_is_not_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system keeps no rights it is told, rather than refused at every start."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: os.fchmod(descriptor, 0o666))
    with pytest.raises(ArrayFileError, match="others could change it there"):
        save(path, "of now", ROWS)
    assert list(path.parent.iterdir()) == []


CHANGING = """
import os, pathlib, sys
import bot.array_file
path, change = pathlib.Path(sys.argv[1]), int(sys.argv[2])
read = bot.array_file.FileIO.readinto
class Changing(bot.array_file.FileIO):
    def readinto(self, content):
        os.truncate(path, max(0, path.stat().st_size + change))
        return read(self, content)
bot.array_file.FileIO = Changing
try:
    bot.array_file.read_arrays(path, "of now")
except bot.array_file.DamagedError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("change", "what"), [(-200_000, "cut off while it was read"), (1, "longer than it should be")]
)
def test_a_file_that_changes_while_it_is_read_is_refused(
    path: Path, change: int, what: str
) -> None:
    """It is cut off before each piece is read, or grows."""
    save(path, "of now", {"array": np.arange(100_000)})
    command = [sys.executable, "-c", CHANGING, str(path), str(change)]
    done = subprocess.run(
        command,
        cwd=Path(bot.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.strip() == what


LAYOUT = {"numbers": ("int32", ("count",)), "places": ("uint8 uint16", (2, "count"))}


def put_bytes(path: Path, content: bytes) -> None:
    """Write a file that only its owner may write, whatever else is usual here."""
    path.write_bytes(content)
    path.chmod(0o600)


def forged(rows: object, content: bytes = b"") -> bytes:
    """Make a file whose header says what it likes, with right checksums."""
    header = (
        rows
        if isinstance(rows, bytes)
        else json.dumps({"fingerprint": "of now", "arrays": rows}).encode()
    )
    header += b" " * (-(32 + len(header)) % 64)
    return (
        struct.pack("<8sQ16s", b"articl\x00\x01", len(header), xxhash.xxh3_128_digest(header))
        + header
        + content
    )


CONTENT = bytes(range(64))
SUM = xxhash.xxh3_128_hexdigest(CONTENT)
NO_SUM = xxhash.xxh3_128_hexdigest(b"")


def test_a_forgery_that_is_sound_is_opened(path: Path) -> None:
    """The forgeries of the next test fail for what they say, not for how they are made."""
    put_bytes(path, forged([["a", "<i8", [8], SUM], ["b", "|u1", [0], NO_SUM]], CONTENT))
    assert opened(path)["a"].tobytes() == CONTENT


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "|O", [8], SUM]],
        [["a", ">i8", [8], SUM]],
        [["a", "<U2", [8], SUM]],
        [["a", "<i8,<i8", [4], SUM]],
        [["a", "int64", [8], SUM]],
        [["a", ["<i8"], [8], SUM]],
        [["a", "<i8", [9], SUM]],
        [["a", "<i8", [-8], SUM]],
        [["a", "<i8", [-2, -4], SUM]],
        [["a", "<i8", [-1], NO_SUM], ["b", "<i8", [8], SUM]],
        [["a", "<i8", [8.0], SUM]],
        [["a", "|u1", [64, True], SUM]],
        [["a", "<i8", 8, SUM]],
        [["a", "<i8", [2**60, 2**60], SUM]],
        [["a", "<i8", [0, 2**70], NO_SUM]],
        [["a", "<i8", [0, 2**62, 2**62], NO_SUM]],
        [["a", "<i8", [1] * 7 + [8, 1], SUM]],
        [["a", "<i8", [8], SUM, 0]],
        [["a", "<i8", [8]]],
        [["a", "<i8", [8], 5]],
        [["a", "<i8", [8], SUM], ["b", "<i8", [8], SUM]],
        [["a", "|u1", [0], NO_SUM], ["a", "<i8", [8], SUM]],
        [[1, "<i8", [8], SUM]],
        ["a"],
        [None],
        [],
        {},
        None,
        b"",
        b"[]",
        b"{}",
        b'"of now"',
        b"\xff",
        b"[" * 500_000,
        b"9" * 500_000,
        b'{"fingerprint": "of now", "arrays": NaN}',
        json.dumps({"fingerprint": "of now", "arrays": [["a", "<i8", [8], SUM]]}).encode()
        + b" " * 2_000_000,
    ],
    ids=lambda rows: repr(rows)[:60],
)
def test_a_header_is_not_believed(path: Path, rows: object) -> None:
    """Whatever it says, however right its checksum is, nothing is raised, run or made room for."""
    put_bytes(path, forged(rows, CONTENT))
    assert is_damaged(path)


def test_a_header_longer_than_the_file_is_not_believed(path: Path) -> None:
    """Though the checksum is right of what there is of it."""
    content = forged([])
    put_bytes(path, content)
    assert opened(path) == {}
    put_bytes(path, content[:8] + struct.pack("<Q", len(content)) + content[16:])
    assert is_damaged(path)


@pytest.mark.parametrize(
    "array",
    [
        np.array([{"a": 1}, None], dtype=object),
        np.array(["text"]),
        np.array([b"text"]),
        np.array([1, 2], dtype=">i4"),
        np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
        np.array(["2026-11-22"], dtype="datetime64[D]"),
        np.array([1j]),
        np.zeros([1] * 9),
    ],
    ids=lambda array: f"{array.dtype.str} {array.ndim}",
)
def test_only_numbers_are_saved(path: Path, array: NDArray[Any]) -> None:
    """Objects, which would have to be pickled, and what would not be opened are refused before
    anything is written.
    """
    with pytest.raises(ValueError, match=r"^odd: arrays of .* can't be saved$"):
        save(path, "of now", {"good": np.arange(3), "odd": array})
    assert list(path.parent.iterdir()) == []


def test_a_header_that_would_not_be_opened_is_not_saved(path: Path) -> None:
    """Too long a fingerprint is a mistake of the program."""
    with pytest.raises(ValueError, match="so long a fingerprint"):
        save(path, "x" * 1_048_576, ROWS)
    assert list(path.parent.iterdir()) == []


def test_the_folder_is_made_and_the_file_is_for_its_owner_alone(path: Path) -> None:
    """Articles may be confidential; nobody else reads them in what was saved."""
    inside = path / "deep" / "index"
    save(inside, "of now", ROWS)
    assert inside.parent.stat().st_mode & 0o777 == 0o700
    assert inside.stat().st_mode & 0o777 == 0o600
    assert opened(inside).keys() == ROWS.keys()


def test_what_is_open_stays_as_it_was_when_it_is_saved_anew(path: Path) -> None:
    """Who still answers from the old arrays goes on to do so."""
    save(path, "of now", {"array": np.full(100_000, 1)})
    old = opened(path)["array"]
    save(path, "of now", {"array": np.full(10, 2)})
    assert (old.shape, old.min(), old.max()) == ((100_000,), 1, 1)
    assert opened(path)["array"].tolist() == [2] * 10


def test_a_folder_that_cannot_be_written_is_told(path: Path) -> None:
    """The error names the file, what is wrong and what may help."""
    path.touch()
    with pytest.raises(ArrayFileError) as refused:
        save(path / "index", "of now", ROWS)
    error = refused.value
    assert (error.path, error.hint) == (path / "index", f"let the program write in {path}")
    assert error.what.startswith("can't be saved: ")
    assert str(error) == f"{error.path}: {error.what} ({error.hint})"


def test_a_folder_in_the_files_place_stays(path: Path) -> None:
    """It is told, and nothing is left beside it."""
    path.mkdir()
    with pytest.raises(ArrayFileError):
        save(path, "of now", ROWS)
    assert list(path.parent.iterdir()) == [path]


@contextlib.contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """Let the system refuse to write longer files meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_could_not_be_written_to_its_end_leaves_the_old_one(path: Path) -> None:
    """What there was still opens, and what was begun is gone."""
    save(path, "of now", ROWS)
    with files_of_at_most(100_000), pytest.raises(ArrayFileError, match="can't be saved"):
        save(path, "of then", {"array": np.arange(100_000)})
    assert list(path.parent.iterdir()) == [path]
    assert opened(path).keys() == ROWS.keys()


def test_a_full_disk_is_told_as_such(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint is about the disk, not about rights."""

    def refuse(_descriptor: int) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ArrayFileError) as refused:
        save(path, "of now", ROWS)
    assert refused.value.hint == "make room on the disk"
    assert list(path.parent.iterdir()) == []


KILLED = """
import os, pathlib, signal, sys
import numpy
from bot.array_file import save
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
save(pathlib.Path(sys.argv[1]), "of now", {"array": numpy.arange(100_000)})
"""


def test_a_crash_before_the_end_leaves_the_old_one(path: Path) -> None:
    """What there was still opens; what the crash left behind is gone after the next time, and
    nothing else is.
    """
    save(path, "of now", ROWS)
    other = path.with_name("index.md")
    other.touch()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path], cwd=Path(bot.__file__).parent.parent, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert len(list(path.parent.iterdir())) == 3
    assert opened(path).keys() == ROWS.keys()
    save(path, "of now", {"array": np.arange(5)})
    assert {*path.parent.iterdir()} == {path, other}
    assert opened(path)["array"].tolist() == [0, 1, 2, 3, 4]


def test_of_those_who_save_at_once_nobody_spoils_the_file(path: Path) -> None:
    """Whoever opens it meanwhile finds what one of them saved, whole; who fails is told."""
    save(path, "of now", {"array": np.full(50_000, -1)})
    saved = []
    told = []

    def save_often(number: int) -> None:
        for _ in range(20):
            try:
                save(path, "of now", {"array": np.full(50_000, number)})
                saved.append(number)
            except ArrayFileError as error:
                told.append(error.hint)

    savers = [threading.Thread(target=save_often, args=(number,)) for number in range(3)]
    for saver in savers:
        saver.start()
    while any(saver.is_alive() for saver in savers):
        array = opened(path)["array"]
        assert array.shape == (50_000,)
        assert array.min() == array.max()
    for saver in savers:
        saver.join()
    assert len(saved) + len(told) == 60
    assert {*told} <= {"let one program alone save there"}
    assert list(path.parent.iterdir()) == [path]
    assert opened(path)["array"][0] in saved


@settings(deadline=None)
@given(st.lists(st.text()))
@example([])
@example(["", "\0", "", "🚂"])
@example(["a" * 3_000_000, "", "🚂" * 3_000_000])
@example(["é" * 9, "", "x\0y"] * 300_000)
def test_strings_come_back(strings: list[str]) -> None:
    """Few or many, long or empty, with zeros."""
    arrays = pack_strings("names", strings)
    check_layout(arrays, strings_layout("names", "count"))
    assert unpack_strings("names", arrays) == strings


@pytest.mark.parametrize(
    ("content", "ends"),
    [
        (b"", [1]),
        (b"a\0", []),
        (b"a\0", [1]),
        (b"a\0", [3]),
        (b"a\0", [-1]),
        (b"a\0", [2, 2]),
        (b"a\0", [0, 2]),
        (b"a\0b\0", [2, 3, 4]),
        (b"a\0b\0", [4, 2]),
        (b"a\0b\0", [2, 2**63 - 1]),
        (b"a\0b\0", [-(2**63), 4]),
        (b"a\0b\0", [2**63 - 1, -(2**63), 4]),
        (b"ab", [2]),
        (b"a\0bc", [1, 4]),
        (b"\xff\0", [2]),
        (b"\xc3\0", [2]),
        (b"\xed\xa0\xbd\0", [4]),
        (b"\xf0\x9f\x9a\x82\0", [3, 5]),
        (b"\0" * 4_000_000 + b"\xff\0", [*range(1, 4_000_001), 4_000_002]),
    ],
    ids=lambda value: repr(value[:40])[:40],
)
def test_strings_that_cannot_have_been_packed_are_refused(content: bytes, ends: list[int]) -> None:
    """Ends that do not ascend, lie elsewhere, or are not those of strings; bytes that are no
    UTF-8.
    """
    arrays: dict[str, NDArray[Any]] = {
        "names.text": np.frombuffer(content, np.uint8),
        "names.ends": np.array(ends, np.int64),
    }
    check_layout(arrays, strings_layout("names", "count"))
    with pytest.raises(DamagedError, match=r"^names: "):
        unpack_strings("names", arrays)


@pytest.mark.parametrize(
    ("sizes", "total", "least"),
    [
        ([1, 2], 4, 0),
        ([1, 2], 2, 0),
        ([], 1, 0),
        ([-1, 4], 3, 0),
        ([0, 3], 3, 1),
        ([2**31 - 1] * 3, -3, 0),
        ([-(2**31), 2**31 - 1, 4], 3, 0),
    ],
)
def test_sizes_that_do_not_fit_are_refused(sizes: list[int], total: int, least: int) -> None:
    """They make up the whole row, and none is too small."""
    arrays = {"sizes": np.array(sizes, np.int32)}
    with pytest.raises(DamagedError, match=r"^sizes: wrong sizes$"):
        unpack_sizes("sizes", arrays, total, least)


def test_sizes_become_places() -> None:
    """Where each part begins, and the last ends, beyond what 32 bits hold too."""
    assert unpack_sizes("sizes", {"sizes": np.array([2, 0, 3], np.int32)}, 5).tolist() == [
        0,
        2,
        2,
        5,
    ]
    assert unpack_sizes("sizes", {"sizes": np.full(3, 2**31 - 1, np.int32)})[-1] == 3 * (2**31 - 1)
    assert unpack_sizes("sizes", {"sizes": np.zeros(0, np.int32)}, 0).tolist() == [0]


@pytest.mark.parametrize(
    "arrays",
    [
        {},
        {"numbers": np.zeros(3, np.int32)},
        {
            "numbers": np.zeros(3, np.int32),
            "places": np.zeros((2, 3), np.uint8),
            "more": np.zeros(3),
        },
        {"numbers": np.zeros(3, np.int64), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros(3), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros(3, np.uint32), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros((), np.int32), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros((3, 1), np.int32), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros(4, np.int32), "places": np.zeros((2, 3), np.uint8)},
        {"numbers": np.zeros(3, np.int32), "places": np.zeros((3, 3), np.uint8)},
        {"numbers": np.zeros(3, np.int32), "places": np.zeros((2, 3), np.bool_)},
    ],
)
def test_arrays_of_another_layout_are_refused(arrays: dict[str, NDArray[Any]]) -> None:
    """Missing ones, further ones, another type, other dimensions, another size."""
    with pytest.raises(DamagedError):
        check_layout(arrays, LAYOUT)


def test_arrays_of_a_layout_pass() -> None:
    """Of several types that are allowed, each does; what has one name has one size, also none."""
    for size in (3, 0):
        for dtype in (np.uint8, np.uint16):
            check_layout(
                {"numbers": np.zeros(size, np.int32), "places": np.zeros((2, size), dtype)}, LAYOUT
            )
