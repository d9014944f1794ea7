"""The history of a folder as a JSON document, and back.

Whatever does not fit makes ValueError.
"""

from collections.abc import Mapping
from typing import Any, get_args

from bot.versions.documents import DIGEST, parse_time, take, take_document
from bot.versions.history import Action, FileChange, History, Pending, Revision

_FORMAT = 1
_ACTIONS = get_args(Action)
_COUNTS = ("number", "articles", "passages", "problems")


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
    document = take_document(parsed, _FORMAT)
    last_number = take(document.get("last_number"), int)
    entries = take(document.get("revisions"), list)
    revisions = tuple(map(_parse_revision, entries))
    pending = document.get("pending")
    if pending is not None:
        pending = Pending(**_parse_change(take(pending, dict)))
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
    fields = take(entry, dict)
    counts: dict[str, Any] = {name: take(fields.get(name), int) for name in _COUNTS}
    return Revision(**_parse_change(fields), **counts)


def _parse_change(fields: Mapping[str, object]) -> dict[str, Any]:
    action = take(fields.get("action"), str)
    user_id = take(fields.get("user_id"), str)
    if action not in _ACTIONS or not user_id.isdecimal():
        raise ValueError
    at = take(fields.get("at"), str)
    files = take(fields.get("files"), dict)
    return {
        "at": parse_time(at),
        "action": action,
        "user_id": int(user_id),
        "files": {name: _parse_digests(digests) for name, digests in files.items()},
    }


def _parse_digests(digests: object) -> FileChange:
    match digests:
        case [str(old), str(new)] if all(DIGEST.fullmatch(one) for one in (old, new) if one):
            return FileChange(old, new)
    raise ValueError
