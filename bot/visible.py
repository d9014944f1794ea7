"""Texts of others inside messages: cut to a length that people read, without what cannot be seen.

In: a text of any length and content, such as a heading of a megabyte. Out: at most MOST_VISIBLE
characters of it. The time that this takes does not grow with the text.
"""

import unicodedata

# A message is read by a person, in a line of a terminal or of a card.
MOST_VISIBLE = 300
# So many characters are looked at for each one that may be kept, because some cannot be seen.
_EXAMINED_PER_KEPT = 4
# Unicode's categories of what cannot be seen: controls, formats, surrogates, separators of lines.
_INVISIBLE_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def keep_visible(text: str, *, keep_end: bool = False) -> str:
    """Give the first MOST_VISIBLE characters that can be seen; newlines and tabs become blanks.

    The last of them is "…" where more follows. With ``keep_end`` the last characters are given
    instead, behind a "…": the end of a path tells more than its beginning.
    """
    if len(text) <= MOST_VISIBLE and text.isprintable():
        return text
    max_examined = MOST_VISIBLE * _EXAMINED_PER_KEPT
    examined = text[-max_examined:] if keep_end else text[:max_examined]
    visible = "".join(map(_make_visible, examined))
    is_whole = len(examined) == len(text)
    if is_whole and len(visible) <= MOST_VISIBLE:
        return visible
    # The ellipsis is one of the characters.
    kept = MOST_VISIBLE - 1
    if keep_end:
        return f"…{visible[-kept:]}"
    beginning = visible[:kept].rstrip()
    return f"{beginning}…"


def _make_visible(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES:
        return ""
    return character
