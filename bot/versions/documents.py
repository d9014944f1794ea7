"""What the JSON documents of a store of versions have in common: a format, digests, times.

A document that others may have written is not believed: whatever does not fit makes ValueError.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")

# A SHA-256 in hexadecimal digits.
DIGEST = re.compile(r"[0-9a-f]{64}")


class NewerFormatError(ValueError):
    """The document was written by a newer version of this program."""


def read_document(content: bytes | str, parse: Callable[[object], T]) -> T:
    """Give what ``parse`` makes of a document. Raises NewerFormatError, or ValueError."""
    try:
        return parse(json.loads(content))
    except RecursionError:
        raise ValueError from None


def take(value: object, kind: type[T]) -> T:
    """Give a value that is of a kind; a number is no truth value. Raises ValueError."""
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError  # noqa: TRY004 (it stands in a document)
    return value


def take_document(parsed: object, form: int) -> dict[str, Any]:
    """Give a document that has a format. Raises NewerFormatError for a newer one, or ValueError."""
    document = take(parsed, dict)
    number = take(document.get("format"), int)
    if number > form:
        raise NewerFormatError
    if number < form:
        raise ValueError
    return document


def parse_time(text: str) -> datetime:
    """Read a time, in UTC. Raises ValueError."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError from None
