"""Character references of HTML, such as "&amp;" and "&#8211;", and what they stand for.

In: a text and a place in it. Out: the characters, and where the reference ends. Names and their
characters are those of the HTML standard, as html.entities has them.
"""

import re
from html import unescape
from html.entities import html5
from typing import NamedTuple

# The longest name of the standard has 32 characters.
_REFERENCE = re.compile(
    r"&(?:#(?:[xX](?P<hex>[0-9a-fA-F]++)|(?P<decimal>[0-9]++))"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9]{0,31}+));?+"
)
_REPLACEMENT = "\ufffd"
# More digits than this, zeros at the beginning aside, are no character of Unicode.
_MOST_DIGITS = 7


class Reference(NamedTuple):
    """What a reference stands for, and where it ends; ``has_semicolon`` if it ends with one."""

    text: str
    end: int
    has_semicolon: bool


def read_reference(source: str, start: int, end: int) -> Reference | None:
    """Read the reference that begins at ``start`` and lies before ``end``; None where none does."""
    found = _REFERENCE.match(source, start, end)
    if found is None:
        return None
    written = found[0][1:]
    if found["name"] is None:
        digits = found["hex"] or found["decimal"]
        is_too_large = len(digits.lstrip("0")) > _MOST_DIGITS
        text = _REPLACEMENT if is_too_large else unescape(_shorten(found))
        return Reference(text, found.end(), written.endswith(";"))
    # "&notit;" is the reference "&not" and the text "it;".
    for length in range(len(written), 1, -1):
        name = written[:length]
        if name in html5:
            return Reference(html5[name], start + 1 + length, name.endswith(";"))
    return None


def decode_attribute(value: str) -> str:
    """Decode the references of an attribute's value.

    There "&copy=1" is no reference, for it is part of many addresses.
    """
    if "&" not in value:
        return value
    pieces = []
    position = 0
    while True:
        start = value.find("&", position)
        if start < 0:
            pieces.append(value[position:])
            return "".join(pieces)
        pieces.append(value[position:start])
        reference = read_reference(value, start, len(value))
        if reference is None or _is_part_of_address(value, start, reference):
            pieces.append("&")
            position = start + 1
        else:
            pieces.append(reference.text)
            position = reference.end


def _shorten(found: re.Match[str]) -> str:
    """Write a numeric reference without zeros at its beginning."""
    if found["hex"]:
        return f"&#x{found['hex'].lstrip('0') or '0'};"
    return f"&#{found['decimal'].lstrip('0') or '0'};"


def _is_part_of_address(value: str, start: int, reference: Reference) -> bool:
    is_numeric = value.startswith("&#", start)
    if is_numeric or reference.has_semicolon:
        return False
    following = value[reference.end : reference.end + 1]
    return following == "=" or (following.isalnum() and following.isascii())
