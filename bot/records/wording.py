"""A question as it may be kept: short, and without what is personal by its form.

In: a question. Out: a text of at most 300 characters, or the hash of its wording. Pure string code.

Left out are links, e-mail addresses, Discord's mentions, names behind an @, and numbers that may be
somebody's (a telephone, an account, an id). A marker such as “(number)” says what stood there.
Dates and spans of years stay, because questions are about them. A person's name in plain words has
no form that could be told from any other name: it stays.
"""

import hashlib
import re
import unicodedata

MOST_CHARACTERS = 300

# No question needs more; the rest is not looked at.
_MOST_CHARACTERS_READ = 2_000
# Invisible, but needed to write some languages and emoji.
_JOINERS = "\u200c\u200d"
# Unicode categories of what is not kept: controls, invisible formatting, halves of characters. Some
# of it would split a number without being seen.
_INVISIBLE = ("Cc", "Cf", "Cs")

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\bmailto:|\bdiscord\.gg/|"
    r"\b(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/)"
    r"\S*[^\s.,;:!?)\]}>\"'”’…]",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d+>")
_MENTION = re.compile(r"<@[!&]?\d+>")
_CHANNEL = re.compile(r"<#\d+>")
# What stands before the @ of an address has at most 64 characters (RFC 5321).
_ADDRESS = re.compile(r"[@＠]?[^\s@＠<>()\[\]\"“”,;:]{1,64}[@＠][\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_HANDLE = re.compile(r"[@＠]\w[\w.]{0,30}\w")
# A telephone number with an area code in brackets, or digits with separators between them.
_DIGITS = re.compile(
    r"\+?(?:\d{1,4}[ ./‐-–-]{0,2})?\(\d{1,6}\)[ ./‐-–-]{0,3}\d(?:[ ./‐-–-]{0,3}\d)*"
    r"|\+?\d(?:[ ./‐-–-]{0,3}\d)*"
)
# A number of fewer digits is nobody's.
_FEWEST_DIGITS = 6
# A date has at most three numbers: 24.2.2022.
_MOST_NUMBERS_OF_DATE = 3
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MARKER = re.compile(r"\((?:link|somebody|channel|address|number)\)")
_HASH_DIGITS = 32


def clean_question(question: str) -> str:
    """Return the text that may be kept: one line of at most 300 characters.

    It is empty where nothing is asked. To clean a text twice is to clean it once.
    """
    text = _drop_invisible(question[:_MOST_CHARACTERS_READ])
    text = " ".join(text.split())
    before = ""
    # What is left out may lay bare something else (123456www.example.org). This ends, because each
    # round leaves fewer digits and marks, and markers add none.
    while text != before:
        before = text
        text = _shorten(_leave_out(text))
    words = _MARKER.sub("", text)
    has_words = any(character.isalnum() for character in words)
    return text if has_words else ""


def hash_wording(text: str) -> str:
    """Hash a text so that case, whitespace and closing punctuation make no difference.

    Returns 32 hexadecimal digits of the SHA-256.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = " ".join(folded.split())
    while folded and _is_closing(folded[-1]):
        folded = folded[:-1]
    # Half a surrogate pair can't be encoded otherwise.
    encoded = folded.encode(errors="surrogatepass")
    return hashlib.sha256(encoded).hexdigest()[:_HASH_DIGITS]


def _is_closing(character: str) -> bool:
    return character == " " or unicodedata.category(character).startswith("P")


def _drop_invisible(text: str) -> str:
    return "".join(character for character in text if _is_visible(character))


def _is_visible(character: str) -> bool:
    if character.isspace() or character in _JOINERS:
        return True
    return unicodedata.category(character) not in _INVISIBLE


def _leave_out(text: str) -> str:
    """Replace what is personal by its form. Links come first, because they may hold the others."""
    text = _LINK.sub("(link)", text)
    text = _EMOJI.sub(r"\1", text)
    text = _MENTION.sub("(somebody)", text)
    text = _CHANNEL.sub("(channel)", text)
    text = _ADDRESS.sub("(address)", text)
    text = _HANDLE.sub("(somebody)", text)
    return _DIGITS.sub(_hide_number, text)


def _hide_number(match: re.Match[str]) -> str:
    text = match[0]
    numbers = re.findall(r"\d+", text)
    digits = sum(map(len, numbers))
    if digits < _FEWEST_DIGITS or _is_date(text, numbers):
        return text
    return "(number)"


def _is_date(text: str, numbers: list[str]) -> bool:
    """Tell a date (24.2.2022, 2022-02-24) or years (2014–2022) from a telephone number."""
    if len(numbers) > _MOST_NUMBERS_OF_DATE or "+" in text or "(" in text:
        return False
    others = [number for number in numbers if not _YEAR.fullmatch(number)]
    has_year = len(others) < len(numbers)
    return has_year and all(len(number) <= 2 for number in others)


def _shorten(text: str) -> str:
    """Cut a text between two words, if it is too long."""
    if len(text) <= MOST_CHARACTERS:
        return text
    head, _, rest = text[:MOST_CHARACTERS].rpartition(" ")
    # Without a space, room is made for the ellipsis.
    kept = head or rest[:-1]
    return kept.rstrip() + "…"
