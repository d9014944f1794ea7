"""The number of the revision up to which others were told, as a JSON document, and back."""

from typing import Any

from bot.versions.history_json import NewerFormatError

_FORMAT = 1


def render_told(number: int) -> dict[str, Any]:
    """Give what stands in the document."""
    return {"format": _FORMAT, "number": number}


def parse_told(parsed: object) -> int:
    """Read a document. Raises ValueError where it is none, and NewerFormatError."""
    match parsed:
        case {"format": int(form)} if form > _FORMAT:
            raise NewerFormatError
        case {"format": int(form), "number": int(number)} if form == _FORMAT:
            return number
    raise ValueError
