"""What somebody claims to be a quotation, as typed, into what it may say.

In: the claim's text, of any length, with whatever Markdown, list numbers and quotation marks it was
pasted with. Out: its readings, the likeliest first; where it says by an ellipsis that something is
left out; its pieces between the ellipses. Nothing here knows the articles.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.quotations.normalization import INVISIBLE_CHARACTERS, NormalizedText, normalize

# No text field of Discord takes more; what is longer is cut between words.
MAX_CHARACTERS = 4_000
# Of two words nothing can be said: any two words stand somewhere.
MIN_WORDS = 3

# An ellipsis, by the number of the word behind it: where it begins and ends in the claim's text.
Ellipses = Mapping[int, tuple[int, int]]

# Markdown at the beginning of a line: quotation, heading, bullet.
_LINE_PREFIX = re.compile(r"^[ \t]*+(?:>[> \t]*+)?(?:-?#{1,6}[ \t]++|[-*+•][ \t]++)?", re.MULTILINE)
_LINE_NUMBER = re.compile(r"^(\d{1,3})[.)][ \t]", re.MULTILINE)
# [text](address), where the address may hold one pair of parentheses after the other.
_LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)")
_ESCAPING_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# Underscores and backticks inside a word belong to it.
_EMPHASIS = re.compile(r"\*+|~~|\|\||(?<![^\W_])[_`]+|[_`]+(?![^\W_])")
_DOTS = r"(?:…|\.{3,}|\. \. \.)"
ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")


def cut_claim(claim: str) -> str:
    """Give the whole words of a claim's first 4,000 characters."""
    if len(claim) <= MAX_CHARACTERS:
        return claim
    whole_words, _, rest = claim[: MAX_CHARACTERS + 1].rpartition(" ")
    kept = whole_words or rest
    return kept[:MAX_CHARACTERS]


def read_claim(claim: str) -> list[NormalizedText]:
    """Give what a claim may say, the likeliest first, without readings that are too short.

    It is read without Markdown, then as it stands, then without the numbers of a list.
    """
    typed = unicodedata.normalize("NFC", claim).translate(INVISIBLE_CHARACTERS)
    without_prefixes = _LINE_PREFIX.sub("", typed)
    without_numbers = _remove_list_numbers(without_prefixes)
    unformatted = _remove_markdown(without_prefixes)
    unnumbered = _remove_markdown(without_numbers)
    lines = [" ".join(text.split()) for text in (unformatted, typed, unnumbered)]
    readings = map(normalize, dict.fromkeys(lines))
    return [reading for reading in readings if _count_words(reading) >= MIN_WORDS]


def _remove_markdown(text: str) -> str:
    """Take links, backslashes and emphasis out of a text."""
    unlinked = _LINK.sub(r"\1", text)
    unescaped = _ESCAPING_BACKSLASH.sub("", unlinked)
    return _EMPHASIS.sub("", unescaped)


def _remove_list_numbers(text: str) -> str:
    """Take the numbers of a list off its lines; a single number may be a date, and stays."""
    numbers = [int(number) for number in _LINE_NUMBER.findall(text)]
    if len(numbers) < 2:
        return text
    first = numbers[0]
    counted = list(range(first, first + len(numbers)))
    if numbers != counted:
        return text
    return _LINE_NUMBER.sub("", text)


def _count_words(claim: NormalizedText) -> int:
    """Count the words that have a letter or a digit."""
    return sum(any(map(str.isalnum, word.key)) for word in claim.words)


def find_ellipses(claim: NormalizedText) -> dict[int, tuple[int, int]]:
    """Find the ellipses between pieces of three words or more.

    An ellipsis next to a shorter piece does not count: anything could be read into what is left out
    between single words.
    """
    spans: dict[int, tuple[int, int]] = {}
    for number in range(1, len(claim.words)):
        found = ELLIPSIS.search(claim.text, *claim.gap(number))
        if found:
            spans[number] = found.span()
    ellipses: dict[int, tuple[int, int]] = {}
    borders = [0, *spans, len(claim.words)]
    for before, number, behind in zip(borders, borders[1:], borders[2:], strict=False):
        words_before = number - before
        words_behind = behind - number
        if min(words_before, words_behind) >= MIN_WORDS:
            ellipses[number] = spans[number]
    return ellipses


def cut_at_ellipses(claim: NormalizedText, ellipses: Ellipses) -> list[NormalizedText]:
    """Give the pieces of a claim between its ellipses."""
    pieces: list[str] = []
    start = 0
    for ellipsis_start, ellipsis_end in ellipses.values():
        pieces.append(claim.text[start:ellipsis_start])
        start = ellipsis_end
    pieces.append(claim.text[start:])
    return [normalize(piece.lstrip(" .,;:")) for piece in pieces]
