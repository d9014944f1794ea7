"""Untrusted text to inert Discord text: it shows as it was written, and nothing in it is live.

One pass over the characters. Discord's Markdown takes a backslash before a punctuation mark as "this mark
is only a mark"; so what could begin or end something live gets one: formatting, links, mentions, emoji,
timestamps, headings, lists, quotes. What cannot be seen (control, bidirectional and zero-width characters,
marks piled upon a letter) is left out. ``unescape(escape(text))`` is the text but for what was left out.
"""

import re
import unicodedata

_ALWAYS = frozenset("\\*_~`|<[]@")
_OPENING = frozenset(" \t>#-+")
_INVITES = ("discord.gg", "discord.com", "discordapp.com", "dsc.gg", "invite")
_MAX_MARKS = 3
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
    kept: list[str] = []
    marks = 0
    previous = ""
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if character in "\r\x85\u2028\u2029":
            kept.append("\n")
        elif character in _JOINERS:
            if previous and not previous.isascii() and previous not in _JOINERS:
                kept.append(character)
        elif character in "\n\t" or (category not in ("Cc", "Cf", "Cs") and marks <= _MAX_MARKS):
            kept.append(character)
        previous = character
    return "".join(kept)
