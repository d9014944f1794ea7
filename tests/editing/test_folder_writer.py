"""Whether files of a folder can be written is told, whatever stands in the way."""

from pathlib import Path

from bot.editing.folder_writer import check_writable


def test_a_folder_that_may_be_made_is_writable_where_that_can_be_done(tmp_path: Path) -> None:
    """Nothing is made to find that out."""
    assert check_writable(tmp_path / "servers" / "1", makes_folder=True) is None
    assert check_writable(tmp_path / "servers") is not None
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    """As where nobody may enter the one above it."""
    too_long = tmp_path / ("a" * 300)
    fault = check_writable(too_long, makes_folder=True)
    assert fault is not None
    assert fault.name == too_long.name
