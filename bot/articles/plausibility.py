"""Whether decoded characters look like a text that somebody wrote.

In: a text in another encoding than UTF-8. Out: yes or no. Almost any bytes can be decoded in some
encoding. What comes of bytes that are no text mixes scripts or cases inside words, holds characters
that nobody writes, or repeats a few. Nothing is asked of the language.
"""

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

# No more of a text is looked at.
_WITHIN = 4_096
# So many characters, or such a share, are strays in a text.
_MOST_STRAYS = 1
_MOST_STRAY_SHARE = 0.02
# Likewise of characters for private use, such as the bullets of Word.
_MOST_PRIVATE_SHARE = 0.05
# In so many characters, a text has so many different ones.
_MANY = 20
_LEAST_DIFFERENT = 5
# So many pairs of letters, or such a share, may not fit together in a word: names in programs have
# some.
_MOST_ODD_PAIRS = 2
_MOST_ODD_SHARE = 0.15
_LATIN = "LATIN"
_EAST_ASIAN = "EAST ASIAN"
# These stand side by side in words.
_EAST_ASIAN_SCRIPTS = {
    *("BOPOMOFO", "CJK", "FULLWIDTH", "HALFWIDTH", "HANGUL", "HIRAGANA", "IDEOGRAPHIC"),
    *("KATAKANA", "KATAKANA-HIRAGANA"),
}
# Ideographs so rare that a text with many is none: those of Unicode's extension A.
_RARE_IDEOGRAPHS = range(0x3400, 0x4DC0)
# Two letters of ASCII read as one: a space before or behind a small letter.
_LETTER_WITH_SPACE = range(0x2060, 0x2080)
_STRAY_CATEGORIES = {"Cc", "Cn", "Cs"}
_PRIVATE_CATEGORY = "Co"
_WRITTEN_CONTROLS = "\t\n\v\f\r\x85"


def looks_written(text: str) -> bool:
    """Say whether a text looks written; an empty one does."""
    beginning = text.removeprefix("\ufeff")[:_WITHIN]
    counts = Counter(beginning)
    strays = sum(count for one, count in counts.items() if _is_stray(one))
    private = sum(count for one, count in counts.items() if _is_private(one))
    if strays > max(_MOST_STRAYS, _MOST_STRAY_SHARE * len(beginning)):
        return False
    if private > max(_MOST_STRAYS, _MOST_PRIVATE_SHARE * len(beginning)):
        return False
    visible = {one: count for one, count in counts.items() if not one.isspace()}
    if sum(visible.values()) >= _MANY and len(visible) < _LEAST_DIFFERENT:
        return False
    return not _has_odd_words(beginning)


def _is_stray(character: str) -> bool:
    """Say whether a character hardly stands in texts: a control, or one that is not assigned."""
    if character in _WRITTEN_CONTROLS:
        return False
    is_unwritten = unicodedata.category(character) in _STRAY_CATEGORIES
    return is_unwritten or ord(character) in _LETTER_WITH_SPACE


def _is_private(character: str) -> bool:
    return unicodedata.category(character) == _PRIVATE_CATEGORY


def _has_odd_words(text: str) -> bool:
    """Say whether many letters do not fit together in a word."""
    pairs = [pair for pair in pairwise(text) if pair[0].isalpha() and pair[1].isalpha()]
    odd = sum(_is_odd(*pair) for pair in pairs)
    return odd > max(_MOST_ODD_PAIRS, _MOST_ODD_SHARE * len(pairs))


def _is_odd(letter: str, following: str) -> bool:
    """Say whether a letter changes the script, or a small one is followed by a large one."""
    if letter.islower() and following.isupper():
        return True
    scripts = {_find_script(letter), _find_script(following)} - {_LATIN}
    return len(scripts) > 1


@cache
def _find_script(letter: str) -> str:
    if ord(letter) in _RARE_IDEOGRAPHS:
        return "RARE"
    script, _, _ = unicodedata.name(letter, "NONE").partition(" ")
    return _EAST_ASIAN if script in _EAST_ASIAN_SCRIPTS else script
