"""The history of a folder as a JSON document, and back.

A document that others may have written is not believed: whatever does not fit makes ValueError.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from bot.versions.history import Action, FileChange, History, Pending, Revision

_FORMAT = 1
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
_ACTIONS = get_args(Action)


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
    match parsed:
        case {"format": int(number)} if number > _FORMAT:
            raise NewerFormatError
        case {
            "format": int(number),
            "last_number": int(last_number),
            "pending": dict() | None as pending,
            "revisions": list(revisions),
        } if number == _FORMAT:
            return History(
                revisions=tuple(map(_parse_revision, revisions)),
                pending=None if pending is None else Pending(**_parse_change(pending)),
                last_number=last_number,
            )
    raise ValueError


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
    match entry:
        case {
            "number": int(number),
            "articles": int(articles),
            "passages": int(passages),
            "problems": int(problems),
        }:
            return Revision(
                number=number,
                **_parse_change(entry),
                articles=articles,
                passages=passages,
                problems=problems,
            )
    raise ValueError


def _parse_change(entry: object) -> dict[str, Any]:
    match entry:
        case {
            "at": str(at),
            "action": str(action),
            "user_id": str(user_id),
            "files": dict(files),
        } if action in _ACTIONS and user_id.isdecimal():
            return {
                "at": _parse_time(at),
                "action": action,
                "user_id": int(user_id),
                "files": _parse_files(files),
            }
    raise ValueError


def _parse_files(files: Mapping[str, object]) -> dict[str, FileChange]:
    parsed = {}
    for name, digests in files.items():
        match digests:
            case [str(old), str(new)] if _DIGEST.fullmatch(old) and _DIGEST.fullmatch(new):
                parsed[name] = FileChange(old, new)
            case _:
                raise ValueError
    return parsed


def _parse_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError from None
