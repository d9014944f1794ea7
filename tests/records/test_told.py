"""What was told is kept over a restart, and nobody can read of which channel."""

from pathlib import Path

import pytest

from bot.records.told import FILE, ToldFile

NOTICE = "1576638546129715218 send_messages"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """The times to the second; only the owner may read the file, and nothing else is left."""
    file = ToldFile(tmp_path, "token")
    notices = {file.hide(NOTICE): 1_790_000_000.9, file.hide("other"): 1_790_000_007.0}
    file.write({})
    file.write(notices)
    assert ToldFile(tmp_path, "token").read() == {one: int(s) for one, s in notices.items()}
    assert [one.name for one in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_what_was_told_of_is_hidden(tmp_path: Path) -> None:
    """The same with one token, another with another; no id stands in the file."""
    file = ToldFile(tmp_path, "token")
    file.write({file.hide(NOTICE): 1_790_000_000})
    assert "1576638546129715218" not in (tmp_path / FILE).read_text("utf-8")
    assert file.hide(NOTICE) == ToldFile(tmp_path, "token").hide(NOTICE)
    assert file.hide(NOTICE) != ToldFile(tmp_path, "other").hide(NOTICE)
    assert file.hide(NOTICE) != file.hide("other")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"7", b'{"a": null}', b'{"a": "soon"}', b'{"a": []}', b"[" * 200_000],
)
def test_a_damaged_file_counts_as_nothing_told(tmp_path: Path, content: bytes) -> None:
    """So does none, and a folder in its place."""
    assert ToldFile(tmp_path, "token").read() == {}
    (tmp_path / FILE).write_bytes(content)
    assert ToldFile(tmp_path, "token").read() == {}
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert ToldFile(tmp_path, "token").read() == {}


def test_a_thousand_notices_are_read_again(tmp_path: Path) -> None:
    """As many as the bot keeps."""
    file = ToldFile(tmp_path, "token")
    notices = {file.hide(str(number)): 1_790_000_000.0 for number in range(1_000)}
    file.write(notices)
    assert file.read() == notices
