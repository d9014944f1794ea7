"""Text into comparable words.

In: any text. Out: its words, each with its place in the text and a key. Two words are the same if
their keys are equal: case, the shapes of apostrophes, Unicode's ways to write a letter and the
commas of thousands do not count. Accents do count.

A word is a run of letters and digits, with the apostrophes and the decimal points inside it. A sign
that changes a figure (%, €, a minus) is a word too, and so is each character of a script that is
written without blanks. Punctuation between words is compared apart, by ``fold_punctuation``.
Markdown is not parsed here: ``claim`` and ``source_map`` do that.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

# Thai, kana and Han: scripts that are written without blanks.
_UNSPACED = (
    "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_APOSTROPHES = "'’‘‛ʼʻ`´′＇"
# Combining marks: those of the scripts up to kana.
_COMBINING_MARKS = "".join(
    mark for mark in map(chr, range(0x300, 0x3100)) if unicodedata.category(mark).startswith("M")
)
# Soft hyphens, joiners, marks of direction: they are in a text, but nobody sees them.
_INVISIBLE = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
# Signs that change what a figure says.
_SYMBOLS = "&%‰°±×÷≤≥≠$¢£¤¥\u20a0-\u20cf"
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
# A minus, in contrast to the dash of a range: it stands before a digit, and not behind a letter,
# a digit or "1914 ".
_MINUS = r"(?:(?<![^\s(\[{\"'“‘])(?<!\d\s)[-−–](?=\d))?+"
# What may follow the first letter of a word. An apostrophe or an underscore needs a letter behind
# it, a point or a comma needs a digit on both sides.
_WORD_CONTINUATION = (
    rf"(?:{_LETTER}|[{_COMBINING_MARKS}{_INVISIBLE}]"
    rf"|(?:_++|[{_APOSTROPHES}])(?={_LETTER})|(?<=\d)[.,](?=\d))*+"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[{_SYMBOLS}]|{_MINUS}{_LETTER}{_WORD_CONTINUATION}")
_UNREAD_IN_WORD = re.compile(f"[_{_INVISIBLE}]")
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD_SHAPES = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys("−–", "-"))
_BLANK = re.compile(r"\s")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")

# Invisible characters as code points, to be deleted by ``str.translate``.
INVISIBLE_CHARACTERS: dict[int, None] = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›″′「」『』`´＂＇"
_DASHES = "‐‑‒–—―−－"
_MARKDOWN_SIGNS = "*_\\"
# One shape for all quotation marks, one for all dashes. Markdown's signs and what nobody sees go.
_PUNCTUATION_SHAPES = str.maketrans(
    dict.fromkeys(_QUOTATION_MARKS, "'")
    | dict.fromkeys(_DASHES, "-")
    | {"…": "..."}
    | dict.fromkeys(_MARKDOWN_SIGNS)
    | {chr(code): None for code in INVISIBLE_CHARACTERS}
)
# Typed twice for a longer mark: '' for ", -- for a dash.
_REPEATED_MARK = re.compile(r"(['-])\1+")
# So many marks of a text are compared with the end of a claim at most; each one costs a comparison.
_MAX_OUTER_MARKS = 40


class Word(NamedTuple):
    """A word of a text, ``text[start:end]``, and the key that it is compared by."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text and its words.

    Between two words stands a gap of blanks and punctuation. Gap ``n`` stands before word ``n``;
    gap 0 stands before the first word, the last gap behind the last word.
    """

    text: str
    words: tuple[Word, ...]

    def gap(self, number: int) -> tuple[int, int]:
        """Give where the gap with this number begins and ends in ``text``."""
        start, end = 0, len(self.text)
        if number > 0:
            start = self.words[number - 1].end
        if number < len(self.words):
            end = self.words[number].start
        return start, end

    def punctuation(self, number: int) -> str:
        """Give what stands in a gap, blanks included."""
        start, end = self.gap(number)
        return self.text[start:end]

    def cut(self, number: int) -> int:
        """Give where a gap is divided between the word before it and the word behind it.

        What stands before the gap's first blank belongs to the word before. The outer gaps belong
        to the first and to the last word.
        """
        start, end = self.gap(number)
        if number == 0:
            return start
        if number == len(self.words):
            return end
        blank = _BLANK.search(self.text, start, end)
        return blank.start() if blank else end

    def is_joined(self, number: int) -> bool:
        """Say whether no blank parts a word from the one before it, as in "face-to-face".

        ``number`` is that of a word, and not 0.
        """
        start, end = self.gap(number)
        if _BLANK.search(self.text, start, end):
            return False
        last_before = self.text[start - 1]
        first_behind = self.text[end]
        is_unspaced = _UNSPACED_CHARACTER.match(last_before) or _UNSPACED_CHARACTER.match(
            first_behind
        )
        return not is_unspaced


def normalize(text: str) -> NormalizedText:
    """Find the words of a text, in order."""
    words = tuple(Word(fold_word(found[0]), *found.span()) for found in _WORD.finditer(text))
    return NormalizedText(text, words)


def word_keys(text: str) -> list[str]:
    """Give the keys of the words of a text, in order."""
    return list(map(fold_word, _WORD.findall(text)))


def fold_word(word: str) -> str:
    """Give the key of a word."""
    if word.isascii():
        key = word.replace("_", "").replace("`", "'").lower()
        return _THOUSANDS_COMMA.sub("", key)
    visible = _UNREAD_IN_WORD.sub("", word)
    # Casefolding may part a letter from its accent, so both are composed before and after it.
    composed = unicodedata.normalize("NFC", visible.translate(_WORD_SHAPES))
    key = unicodedata.normalize("NFC", composed.casefold())
    return _THOUSANDS_COMMA.sub("", key)


def fold_punctuation(text: str) -> str:
    """Give what counts of the punctuation between two words.

    Blanks, Markdown's signs, and the shapes of quotation marks and dashes do not count.
    """
    marks = "".join(text.split())
    return _REPEATED_MARK.sub(r"\1", marks.translate(_PUNCTUATION_SHAPES))


def match_outer_punctuation(claimed: str, article: str) -> int | None:
    """Give how many characters of ``article`` the claim has too; None where the claim has others.

    ``claimed`` and ``article`` stand behind the last word of a claim and of the text where it
    stands; before the first word both are given in reverse. Quotation marks are included where both
    have them, and do not count otherwise.
    """
    lengths = range(min(len(article), _MAX_OUTER_MARKS) + 1)
    folded = [fold_punctuation(article[:length]) for length in lengths]
    folded_claim = fold_punctuation(claimed)
    if folded_claim in folded:
        return folded.index(folded_claim)
    unquoted_claim = folded_claim.replace("'", "")
    for length in lengths:
        if folded[length].replace("'", "") == unquoted_claim:
            return length
    return None
