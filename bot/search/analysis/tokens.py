"""Text into words, and words into one spelling: tokenization and Unicode folding.

In: any text. Out: its words in order (``tokenize``), and of a word the form that is compared
(``fold``). A ``TokenizedText`` holds both, so that a text is tokenised once. Chinese, Japanese and
Thai are written without blanks: a run of them becomes overlapping pairs of characters (character
bigrams). Folding removes case, accents and a possessive ending, and takes every shape of the
apostrophe for one. Nothing here knows languages, stems or stop words.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

# The ranges of Thai, kana and Han characters, as the inside of a character class.
_UNSPACED = (
    "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# What keyboards and programs write for an apostrophe.
_APOSTROPHE = "'’‘‛ʼʻ`´′＇"
# Combining marks: each belongs to the letter before it.
_MARKS = "".join(
    mark for mark in map(chr, range(0x300, 0x3100)) if unicodedata.category(mark).startswith("M")
)
# The modifier letters ʼ and ʻ are letters to Unicode, and apostrophes here.
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
_INITIAL = f"[^\\W\\d_{_UNSPACED}ʼʻ][{_MARKS}]*+"

_UNSPACED_RUN = rf"[{_UNSPACED}]+"
# 1,500 or 3.14; digits alone are matched as a word.
_NUMBER = r"\d+(?:[.,]\d+)+"
# A prefix that reverses the meaning stays with its word: de-escalate, non-nuclear.
_PREFIXED_WORD = rf"(?<!{_LETTER})(?:[Dd]e|[Nn]on|[Aa]nti|[Uu]n)-{_LETTER}{{3,}}"
# U.S., e.g., U.S.'s
_INITIALS = (
    rf"(?:{_INITIAL}\.)+{_INITIAL}(?!{_LETTER})\.?"
    rf"(?:[{_APOSTROPHE}][sS](?!{_LETTER}))?"
)
_PLAIN_WORD = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}]|[{_APOSTROPHE}](?={_LETTER}))*"
# The first alternative that matches is taken, so the plain word comes last.
_WORD = re.compile(f"{_UNSPACED_RUN}|{_NUMBER}|{_PREFIXED_WORD}|{_INITIALS}|{_PLAIN_WORD}")
# A kana may be followed by its voicing mark, which makes one character with it.
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}][\u3099\u309a]?")

# Soft hyphens, zero-width characters and marks of direction: invisible, so no part of a word.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A text with its words: ``tokens`` as written, in order, and ``folded``, each of them folded.

    It is made once where a text comes in, and handed on.
    """

    text: str
    tokens: tuple[str, ...]
    folded: tuple[str, ...]

    @classmethod
    def tokenize(cls, text: str) -> "TokenizedText":
        """Tokenize a text, and fold its words."""
        tokens = tuple(tokenize(text))
        return cls(text, tokens, tuple(map(fold, tokens)))


def tokenize(text: str) -> list[str]:
    """Split a text into its words, in order, as written but without invisible characters."""
    if text.isascii():
        return _WORD.findall(text)
    visible = text.translate(_INVISIBLE)
    words: list[str] = _WORD.findall(visible)
    if not _UNSPACED_CHARACTER.search(visible):
        return words
    tokens = []
    for word in words:
        tokens += _split_unspaced(word)
    return tokens


def _split_unspaced(word: str) -> list[str]:
    """Give the character bigrams of an unspaced run; any other word or short run as it is."""
    characters = _UNSPACED_CHARACTER.findall(word)
    if len(characters) <= 2:
        return [word]
    return [first + second for first, second in pairwise(characters)]


def fold(word: str) -> str:
    """Fold case, accents and the shapes of the apostrophe, and cut off a possessive ending.

    The method is Unicode's compatibility decomposition (NFKD) and case folding, without combining
    marks.
    """
    if word.isascii():
        lowered = word.lower().replace("`", "'")
        return lowered.removesuffix("'s")
    decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
    kept = []
    for character in decomposed.casefold():
        is_mark = unicodedata.combining(character)
        if not is_mark and not character.isspace():
            kept.append(character)
    folded = "".join(kept).translate(_LETTERS)
    return folded.removesuffix("'s")
