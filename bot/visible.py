"""Texts of others inside messages: cut to a length that people read, without what cannot be seen.

In: a text of any length and content, such as a heading of a megabyte. Out: at most MOST_VISIBLE
characters of it. The time that this takes does not grow with the text.
"""

import unicodedata

# A message is read by a person, in a line of a terminal or of a card.
MOST_VISIBLE = 300
# Characters that are looked at for each one that may be kept, for some of them cannot be seen.
_LOOKED_AT = 4
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def keep_visible(text: str, *, keep_end: bool = False) -> str:
    """Give the first MOST_VISIBLE characters that can be seen; newlines and tabs become blanks.

    The last of them is "…" where more follows. With ``keep_end`` the last characters are given
    instead, behind a "…": the end of a path tells more than its beginning.
    """
    if len(text) <= MOST_VISIBLE and text.isprintable():
        return text
    most = MOST_VISIBLE * _LOOKED_AT
    looked_at = text[-most:] if keep_end else text[:most]
    seen = "".join(filter(None, map(_see, looked_at)))
    if len(seen) <= MOST_VISIBLE and len(looked_at) == len(text):
        return seen
    kept = MOST_VISIBLE - 1
    return f"…{seen[-kept:]}" if keep_end else f"{seen[:kept].rstrip()}…"


def _see(character: str) -> str:
    if character in "\n\r\t":
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character
