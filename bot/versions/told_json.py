"""The number of the revision up to which others were told, as a JSON document, and back."""

from typing import Any

from bot.versions.documents import take, take_document

_FORMAT = 1


def render_told(number: int) -> dict[str, Any]:
    """Give what stands in the document."""
    return {"format": _FORMAT, "number": number}


def parse_told(parsed: object) -> int:
    """Read a document. Raises ValueError where it is none, and NewerFormatError."""
    return take(take_document(parsed, _FORMAT).get("number"), int)
