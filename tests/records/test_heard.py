"""When Discord was heard last is kept over a restart, and nobody can read of whom."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.heard import FILE, HeardFile

IDS = [1_576_638_546_129_715_218, 7, 2**64 - 1]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """The time to the second, and all conversations in their order; again and again."""
    for ids in (IDS, [], IDS[:1]):
        HeardFile(tmp_path, "token").write(1_790_000_000.9, ids)
        assert HeardFile(tmp_path, "token").read() == (1_790_000_000, ids)
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_conversations_are_sealed(tmp_path: Path) -> None:
    """No id stands in the file in any form; twice the same looks different; another token opens
    nothing.
    """
    HeardFile(tmp_path, "token").write(1_790_000_000, IDS)
    first = (tmp_path / FILE).read_bytes()
    sealed = bytes.fromhex(json.loads(first)["direct"])
    for one in IDS:
        assert str(one).encode() not in first or one == 7
        assert one.to_bytes(8, "big") not in sealed
    assert HeardFile(tmp_path, "other").read() == (1_790_000_000, [])
    HeardFile(tmp_path, "token").write(1_790_000_000, IDS)
    assert (tmp_path / FILE).read_bytes() != first


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    """It belongs to who runs the bot."""
    HeardFile(tmp_path, "token").write(1_790_000_000, IDS)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_two_threads_write_one_after_the_other(tmp_path: Path) -> None:
    """The last writing of a program does not meet the one before it."""
    file = HeardFile(tmp_path, "token")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda time_s: file.write(time_s, IDS), range(500)))
    assert file.read()[1] == IDS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"time": null, "direct": ""}',
        b'{"time": 1790000000, "direct": 7}',
        b'{"time": 1790000000, "direct": "zz"}',
        b'{"time": NaN, "direct": ""}',
        b'{"time": Infinity, "direct": ""}',
        b'{"time": -1, "direct": ""}',
        b'{"time": 1e300, "direct": ""}',
        b"[" * 4000,
        b'"' + b"x" * 9000 + b'"',
    ],
)
def test_a_damaged_file_counts_as_nothing_heard(tmp_path: Path, content: bytes) -> None:
    """Nothing depends on it but how far is looked back."""
    (tmp_path / FILE).write_bytes(content)
    assert HeardFile(tmp_path, "token").read() == (0.0, [])


def test_what_is_no_file_counts_as_nothing_heard(tmp_path: Path) -> None:
    """No file, and a folder in its place."""
    assert HeardFile(tmp_path, "token").read() == (0.0, [])
    (tmp_path / FILE).mkdir()
    assert HeardFile(tmp_path, "token").read() == (0.0, [])


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_altered_conversations_are_not_believed(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int
) -> None:
    """Whatever byte of the sealed ids is another one."""
    folder = tmp_path_factory.mktemp("heard")
    file = HeardFile(folder, "token")
    file.write(1_790_000_000, IDS)
    content = json.loads((folder / FILE).read_text("utf-8"))
    sealed = bytearray.fromhex(content["direct"])
    is_same = sealed[place % len(sealed)] == value
    sealed[place % len(sealed)] = value
    (folder / FILE).write_text(json.dumps({**content, "direct": sealed.hex()}), "utf-8")
    assert file.read() == (1_790_000_000, IDS if is_same else [])


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """Who writes has to know."""
    with pytest.raises(FileNotFoundError):
        HeardFile(tmp_path / "gone", "token").write(1_790_000_000, IDS)
