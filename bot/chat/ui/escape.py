"""Untrusted text to inert Discord text: it shows as it was written, and nothing in it is live.

One pass over the characters. Discord's Markdown takes a backslash before a punctuation mark as "this mark
is only a mark"; so what could begin or end something live gets one: formatting, links, mentions, emoji,
timestamps, headings, lists, quotes. What cannot be seen (control, bidirectional and zero-width characters,
marks piled upon a letter) is left out. ``unescape(escape(text))`` is the text but for what was left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

_ALWAYS = frozenset("\\*_~`|<[]@")
_OPENING = frozenset(" \t>#-+")
_INVITES = ("discord.gg", "discord.com", "discordapp.com", "dsc.gg", "invite")
_MAX_MARKS = 3
# For each character that is to be shown so many are looked at: more marks and signs hardly belong to one.
_LOOKED_AT = 16
_NEWLINES = "\n\r\x85\u2028\u2029"
_LAYOUT = _NEWLINES + "\t"
_JOINERS = "\u200c\u200d"
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


def escape(text: str) -> str:
    r"""Make a text inert; newlines of every kind become ``\n``."""
    escaped: list[str] = []
    visible = visible_text(text)
    # What the line holds so far: nothing but what may open a heading, list or quote; after that digits; or text.
    line = "opening"
    for at, character in enumerate(visible):
        if _is_live(visible, at, line):
            escaped.append("\\")
        escaped.append(character)
        if character == "\n":
            line = "opening"
        elif line != "text" and not (line == "opening" and character in _OPENING):
            line = "digits" if character.isdecimal() else "text"
    return "".join(escaped)


def _is_live(text: str, at: int, line: str) -> bool:
    character = text[at]
    following = text[at + 1 : at + 2]
    if character in _ALWAYS:
        return True
    if character == ":":
        return following.isalnum() or following in ("_", "+", "-", "/")
    if character == "/":
        return text[max(0, at - 14) : at].lower().endswith(_INVITES)
    if character in ">#-+":
        return line == "opening"
    return character in ".)" and line == "digits"


def unescape(escaped: str) -> str:
    """Give the text that ``escape`` made ``escaped`` of, but for what was left out of it."""
    return _ESCAPED.sub(r"\1", escaped)


def visible_text(text: str) -> str:
    r"""Leave out what can't be seen; newlines of every kind become ``\n``."""
    return "".join(find_visible(text))


def begin_visible(text: str, most: int) -> tuple[str, bool]:
    """Give the first ``most`` characters that can be seen, and whether these are all; what is behind is not looked at.

    Where far more can't be seen than can be, fewer are given.
    """
    beginning = text[: most * _LOOKED_AT]
    visible = "".join(islice(find_visible(beginning), most + 1))
    return visible[:most], len(visible) <= most and len(beginning) == len(text)


def find_visible(text: str) -> Iterator[str]:
    """Give the characters that can be seen, one by one."""
    marks = 0
    kept = ""
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        is_mark = category in ("Mn", "Me")
        is_joiner = character in _JOINERS
        if is_joiner:
            is_seen = not kept.isascii() and kept not in _JOINERS
        elif character in _LAYOUT:
            is_seen = True
        else:
            is_seen = category not in ("Cc", "Cf", "Cs") and not (is_mark and marks == _MAX_MARKS)
        if not is_seen:
            continue
        # Marks that nothing seen stands between are piled upon one letter.
        if is_mark:
            marks += 1
        elif not is_joiner:
            marks = 0
        kept = "\n" if character in _NEWLINES else character
        yield kept
