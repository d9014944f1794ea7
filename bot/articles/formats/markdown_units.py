"""Which tokens of Markdown belong together.

In: block tokens, among them "unit_open" and "unit_close", and quotations. Out: the same tokens;
those that open or close a unit have ``meta["unit"]``. What nothing closes is no unit: else the rest
of a file would belong to an admonition whose end somebody forgot.
"""

from collections import Counter
from collections.abc import Sequence

from markdown_it.token import Token

_OPENINGS = ("unit_open", "blockquote_open")
_CLOSINGS = ("unit_close", "blockquote_close")
_QUOTATION = ">"


def mark_units(tokens: Sequence[Token]) -> None:
    """Find for each end the last beginning of the same name that is still open."""
    opened: list[Token] = []
    numbers_open: Counter[str] = Counter()
    for token in tokens:
        if token.type in _OPENINGS:
            opened.append(token)
            numbers_open[_name(token)] += 1
        elif token.type in _CLOSINGS and numbers_open[_name(token)]:
            opening = _take_last(opened, numbers_open, _name(token))
            if opening.meta.get("is_unit"):
                opening.meta["unit"] = "open"
                token.meta["unit"] = "close"


def _take_last(opened: list[Token], numbers_open: Counter[str], name: str) -> Token:
    """Take the last opening of a name, and all that were opened after it."""
    while True:
        opening = opened.pop()
        numbers_open[_name(opening)] -= 1
        if _name(opening) == name:
            return opening


def _name(token: Token) -> str:
    return token.info or _QUOTATION
