"""The manifest of a store of versions as a JSON document, and back.

Whatever does not fit makes ValueError.
"""

from collections.abc import Mapping
from typing import Any

from bot.articles.kept import LastVersion
from bot.versions.documents import DIGEST, parse_time, take, take_document
from bot.versions.model import Manifest

_FORMAT = 1


def render_manifest(manifest: Manifest) -> dict[str, Any]:
    """Give what stands in the document."""
    files = {name: _render_version(version) for name, version in manifest.items()}
    return {"files": files, "format": _FORMAT}


def parse_manifest(parsed: object) -> Manifest:
    """Read a document; what is not known is passed over.

    Raises ValueError where it is none, and NewerFormatError.
    """
    files = take(take_document(parsed, _FORMAT).get("files"), dict)
    return {name: _parse_version(entry) for name, entry in files.items()}


def _parse_version(entry: object) -> LastVersion:
    match entry:
        case {
            "sha256": str(digest),
            "served_since": str(served),
            "kept_since": str() | None as kept,
        }:
            if DIGEST.fullmatch(digest):
                return LastVersion(digest, parse_time(served), parse_time(kept) if kept else None)
    raise ValueError


def _render_version(version: LastVersion) -> Mapping[str, Any]:
    kept_since = version.kept_since
    return {
        "sha256": version.sha256,
        "served_since": version.served_since.isoformat(),
        "kept_since": kept_since.isoformat() if kept_since else None,
    }
