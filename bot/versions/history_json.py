"""The history of a folder as a JSON document, and back.

A document that others may have written is not believed: whatever does not fit makes ValueError.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

from bot.versions.history import Action, FileChange, History, Pending, Revision

_FORMAT = 1
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
_ACTIONS = get_args(Action)
_COUNTS = ("number", "articles", "passages", "problems")

T = TypeVar("T")


class NewerFormatError(ValueError):
    """The document was written by a newer version of this program."""


def render_history(history: History) -> dict[str, Any]:
    """Give what stands in the document."""
    pending = history.pending
    return {
        "format": _FORMAT,
        "last_number": history.last_number,
        "pending": None if pending is None else _render_change(pending),
        "revisions": [_render_revision(revision) for revision in history.revisions],
    }


def parse_history(parsed: object) -> History:
    """Read a document. Raises ValueError where it is none, and NewerFormatError."""
    document = _take(parsed, dict)
    number = _take(document.get("format"), int)
    if number > _FORMAT:
        raise NewerFormatError
    if number < _FORMAT:
        raise ValueError
    last_number = _take(document.get("last_number"), int)
    entries = _take(document.get("revisions"), list)
    revisions = tuple(map(_parse_revision, entries))
    pending = document.get("pending")
    if pending is not None:
        pending = Pending(**_parse_change(_take(pending, dict)))
    return History(revisions, pending, last_number)


def _render_revision(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        **_render_change(revision),
        "articles": revision.articles,
        "passages": revision.passages,
        "problems": revision.problems,
    }


def _render_change(change: Revision | Pending) -> dict[str, Any]:
    files = {name: [one.old_sha256, one.new_sha256] for name, one in change.files.items()}
    return {
        "at": change.at.isoformat(),
        "action": change.action,
        "user_id": str(change.user_id),
        "files": files,
    }


def _parse_revision(entry: object) -> Revision:
    fields = _take(entry, dict)
    counts: dict[str, Any] = {name: _take(fields.get(name), int) for name in _COUNTS}
    return Revision(**_parse_change(fields), **counts)


def _parse_change(fields: Mapping[str, object]) -> dict[str, Any]:
    action = _take(fields.get("action"), str)
    user_id = _take(fields.get("user_id"), str)
    if action not in _ACTIONS or not user_id.isdecimal():
        raise ValueError
    at = _take(fields.get("at"), str)
    files = _take(fields.get("files"), dict)
    return {
        "at": _parse_time(at),
        "action": action,
        "user_id": int(user_id),
        "files": {name: _parse_digests(digests) for name, digests in files.items()},
    }


def _parse_digests(digests: object) -> FileChange:
    match digests:
        case [str(old), str(new)]:
            change = FileChange(old, new)
        case _:
            raise ValueError
    if not _DIGEST.fullmatch(change.old_sha256) or not _DIGEST.fullmatch(change.new_sha256):
        raise ValueError
    return change


def _take(value: object, kind: type[T]) -> T:
    """Give a value that is of a kind; a number is no truth value. Raises ValueError."""
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError  # noqa: TRY004 (it stands in a document)
    return value


def _parse_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError from None
