"""Documents that others may have written: whatever does not fit is refused, by two errors alone."""

from datetime import UTC, datetime

import pytest

from bot.versions.documents import (
    NewerFormatError,
    parse_time,
    read_document,
    take,
    take_document,
)


def parse(parsed: object) -> int:
    """Read a number from a document of format 2."""
    return take(take_document(parsed, 2).get("number"), int)


def test_a_document_of_the_format_is_read() -> None:
    """What else stands in it is passed over."""
    assert read_document(b'{"format": 2, "number": 7, "more": []}', parse) == 7


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"format": 1, "number": 7}',
        b'{"format": true, "number": 7}',
        b'{"format": "2", "number": 7}',
        b'{"format": 2}',
        b'{"format": 2, "number": true}',
        b"[" * 100_000,
    ],
    ids=range(10),
)
def test_what_does_not_fit_is_refused(content: bytes) -> None:
    """However deep it is nested."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (it has no message)
        read_document(content, parse)
    assert not isinstance(caught.value, NewerFormatError)


def test_what_is_newer_is_told_apart() -> None:
    """Nobody writes over that."""
    with pytest.raises(NewerFormatError):
        read_document(b'{"format": 3, "number": 7}', parse)


def test_times_are_in_utc() -> None:
    """One that no calendar has there is refused."""
    assert parse_time("2026-03-01T12:00:00+02:00") == datetime(2026, 3, 1, 10, tzinfo=UTC)
    with pytest.raises(ValueError):  # noqa: PT011 (it has no message)
        parse_time("9999-12-31T23:59:59-10:00")
