"""A question as it may be kept: short, and without what is personal by its form. Pure string code.

Out go addresses of mail and of pages, Discord's mentions, names behind an @, and numbers that may be somebody's
(telephone, account, id); a marker such as “(number)” says what stood there. Dates and spans of years stay, because
questions are about them. A person's name in plain words has no form that could be told from any other name: it stays.
"""

import hashlib
import re
import unicodedata

MOST_CHARACTERS = 300

_LOOKED_AT = 2_000
_JOINERS = "\u200c\u200d"
_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\bmailto:|\bdiscord\.gg/|\b(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/)"
    r"\S*[^\s.,;:!?)\]}>\"'”’…]",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d+>")
_SOMEBODY = re.compile(r"<@[!&]?\d+>")
_CHANNEL = re.compile(r"<#\d+>")
_ADDRESS = re.compile(r"[@＠]?[^\s@＠<>()\[\]\"“”,;:]{1,320}[@＠][\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
_HANDLE = re.compile(r"[@＠]\w[\w.]{0,30}\w")
_DIGITS = re.compile(
    r"\+?(?:\d{1,4}[ ./‐-–-]{0,2})?\(\d{1,6}\)[ ./‐-–-]{0,3}\d(?:[ ./‐-–-]{0,3}\d)*"  # with an area code in brackets
    r"|\+?\d(?:[ ./‐-–-]{0,3}\d)*"
)
_FEWEST_DIGITS = 6
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MARKER = re.compile(r"\((?:link|somebody|channel|address|number)\)")


def clean_question(question: str) -> str:
    """Make the text that may be kept: one line of at most 300 characters; empty where nothing is asked.

    What was cleaned once is not changed by being cleaned again.
    """
    visible = "".join(character for character in question[:_LOOKED_AT] if _is_visible(character))
    text, before = " ".join(visible.split()), ""
    # What goes may lay bare something else (123456www.example.org). Each round takes a digit or mark that none adds.
    while text != before:
        text, before = _shorten(_leave_out(text)), text
    return text if any(character.isalnum() for character in _MARKER.sub("", text)) else ""


def hash_wording(text: str) -> str:
    """Give 32 hexadecimal digits that texts share if they differ in case, blanks and closing punctuation alone."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    while folded and (folded[-1] == " " or unicodedata.category(folded[-1]).startswith("P")):
        folded = folded[:-1]
    return hashlib.sha256(folded.encode(errors="surrogatepass")).hexdigest()[:32]


def _leave_out(text: str) -> str:
    text = _LINK.sub("(link)", text)
    text = _SOMEBODY.sub("(somebody)", _EMOJI.sub(r"\1", text))
    text = _CHANNEL.sub("(channel)", text)
    text = _HANDLE.sub("(somebody)", _ADDRESS.sub("(address)", text))
    return _DIGITS.sub(_hide_number, text)


def _is_visible(character: str) -> bool:
    """Tell what can be kept from controls, half characters, and marks that would split a number unseen."""
    return (
        character.isspace()
        or character in _JOINERS
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def _hide_number(match: re.Match[str]) -> str:
    digits = re.findall(r"\d+", match[0])
    if len("".join(digits)) < _FEWEST_DIGITS or _is_of_time(match[0], digits):
        return match[0]
    return "(number)"


def _is_of_time(text: str, digits: list[str]) -> bool:
    """Tell a date (24.2.2022, 2022-02-24, 24 2022) or a span of years (2014–2022) from a telephone number."""
    if len(digits) > 3 or any(character in "+(" for character in text):
        return False
    years = [number for number in digits if _YEAR.fullmatch(number)]
    return bool(years) and all(len(number) <= 2 for number in digits if number not in years)


def _shorten(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    head, _, rest = text[:MOST_CHARACTERS].rpartition(" ")
    return (head or rest[:-1]).rstrip() + "…"
