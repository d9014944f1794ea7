"""The manifest of a store of versions as a JSON document, and back.

A document that others may have written is not believed: whatever does not fit makes ValueError.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.articles.kept import LastVersion
from bot.versions.history_json import NewerFormatError
from bot.versions.model import Manifest

_FORMAT = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")


def render_manifest(manifest: Manifest) -> dict[str, Any]:
    """Give what stands in the document."""
    files = {name: _render_version(version) for name, version in manifest.items()}
    return {"files": files, "format": _FORMAT}


def parse_manifest(parsed: object) -> Manifest:
    """Read a document; what is not known is passed over.

    Raises ValueError where it is none, and NewerFormatError.
    """
    match parsed:
        case {"format": int(number)} if number > _FORMAT:
            raise NewerFormatError
        case {"format": int(number), "files": dict(files)} if number == _FORMAT:
            return {name: _parse_version(entry) for name, entry in files.items()}
    raise ValueError


def _parse_version(entry: object) -> LastVersion:
    match entry:
        case {
            "sha256": str(digest),
            "served_since": str(served),
            "kept_since": str() | None as kept,
        }:
            if _DIGEST.fullmatch(digest):
                return LastVersion(digest, _parse_time(served), _parse_time(kept) if kept else None)
    raise ValueError


def _parse_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError from None


def _render_version(version: LastVersion) -> Mapping[str, Any]:
    kept_since = version.kept_since
    return {
        "sha256": version.sha256,
        "served_since": version.served_since.isoformat(),
        "kept_since": kept_since.isoformat() if kept_since else None,
    }
