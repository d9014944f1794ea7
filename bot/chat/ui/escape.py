"""Untrusted text to inert Discord text: it shows as it was written, and nothing in it is live.

One pass over the characters. Discord's Markdown takes a backslash before a punctuation mark as
"this mark is only a mark". So whatever could begin or end something live gets one: formatting,
links, mentions, emoji, timestamps, headings, lists, quotes. Invisible characters are left out:
control, bidirectional and zero-width ones, and marks piled upon a letter.
``unescape(escape(text))`` is the text but for what was left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

# What is live wherever it stands.
_ALWAYS = frozenset("\\*_~`|<[]@")
# What may begin a heading, a list or a quote, where nothing but such characters stands before it.
_BLOCK_MARKS = frozenset(">#-+")
_OPENING = frozenset(" \t") | _BLOCK_MARKS
# A slash behind one of these makes an invitation, even without "https://".
_INVITES = ("discord.gg", "discord.com", "discordapp.com", "dsc.gg", "invite")
_LONGEST_INVITE = max(map(len, _INVITES))
# A colon before a letter, a digit or one of these may begin an emoji or an address.
_AFTER_COLON = ("_", "+", "-", "/")
# So many marks stand upon a letter of any language; more of them cover what is around.
_MAX_MARKS = 3
# For each visible character so many are looked at: hardly more marks and signs belong to one.
_LOOKED_AT = 16
_NEWLINES = "\n\r\x85\u2028\u2029"
_LAYOUT = _NEWLINES + "\t"
_JOINERS = "\u200c\u200d"
_MARKS = ("Mn", "Me")
# Control characters, format characters, and halves of characters.
_INVISIBLE = ("Cc", "Cf", "Cs")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


def escape(text: str) -> str:
    r"""Make a text inert; newlines of every kind become ``\n``."""
    escaped: list[str] = []
    visible = visible_text(text)
    # What the line holds so far: "opening" (nothing but ``_OPENING``), "digits", or "text".
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
    """Say whether the character at an index may be live, by what its line holds before it."""
    character = text[at]
    if character in _ALWAYS:
        return True
    if character == "(":
        # Behind a link of the bot's own, a bracket that is closed here could make it longer.
        return text[at - 1 : at] == "]"
    if character == ":":
        following = text[at + 1 : at + 2]
        return following.isalnum() or following in _AFTER_COLON
    if character == "/":
        before = text[max(0, at - _LONGEST_INVITE) : at]
        return before.lower().endswith(_INVITES)
    if character in _BLOCK_MARKS:
        return line == "opening"
    return character in ".)" and line == "digits"


def unescape(escaped: str) -> str:
    """Give the text that ``escape`` made ``escaped`` of, but for what was left out of it."""
    return _ESCAPED.sub(r"\1", escaped)


def visible_text(text: str) -> str:
    r"""Leave invisible characters out; newlines of every kind become ``\n``."""
    return "".join(find_visible(text))


def begin_visible(text: str, limit: int) -> tuple[str, bool]:
    """Give the first ``limit`` visible characters, and whether these are all.

    No more of the text is looked at than that takes. Where far more characters are invisible than
    visible, fewer are given.
    """
    beginning = text[: limit * _LOOKED_AT]
    characters = islice(find_visible(beginning), limit + 1)
    visible = "".join(characters)
    if len(visible) > limit:
        return visible[:limit], False
    is_whole = len(beginning) == len(text)
    return visible, is_whole


def find_visible(text: str) -> Iterator[str]:
    r"""Give the visible characters one by one; newlines of every kind as ``\n``."""
    # How many marks stand upon the last letter, whatever invisible characters are between them.
    marks = 0
    previous = ""
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        is_mark = category in _MARKS
        is_joiner = character in _JOINERS
        if is_joiner:
            # A joiner shapes emoji and letters of some scripts; elsewhere it hides.
            is_visible = not previous.isascii() and previous not in _JOINERS
        elif character in _LAYOUT:
            is_visible = True
        elif is_mark:
            is_visible = marks < _MAX_MARKS
        else:
            is_visible = category not in _INVISIBLE
        if not is_visible:
            continue
        if is_mark:
            marks += 1
        elif not is_joiner:
            marks = 0
        previous = "\n" if character in _NEWLINES else character
        yield previous
