"""Text into words, and words into one spelling: tokenization and Unicode folding.

In: any text. Out: its words in order (``tokenize``), and of a word the form that is compared
(``fold``). A ``TokenizedText`` holds both, so that a text is tokenised once. Chinese, Japanese and
Thai are written without blanks: a run of them becomes overlapping pairs of characters (character
bigrams). A compound name ("getUserById", "get_user_by_id", "Node.js", "C++") is given by its parts,
and behind them as a whole. Folding removes case, accents and a possessive ending, and takes every
shape of the apostrophe for one. Nothing here knows languages, stems or stop words.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby, pairwise


def _list_marks() -> str:
    """Give the ranges of combining marks, as the inside of a character class."""
    ranges = []
    codes = [code for code in range(0x300, 0x3100) if unicodedata.category(chr(code))[0] == "M"]
    for _, run in groupby(enumerate(codes), lambda numbered: numbered[1] - numbered[0]):
        first, *others = (chr(code) for _, code in run)
        ranges.append(f"{first}-{others[-1]}" if others else first)
    return "".join(ranges)


# The ranges of Thai, kana and Han characters, as the inside of a character class.
_UNSPACED = (
    "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# What keyboards and programs write for an apostrophe.
_APOSTROPHE = "'’‘‛ʼʻ`´′＇"
# Combining marks: each belongs to the letter before it.
_MARKS = _list_marks()
# The modifier letters ʼ and ʻ are letters to Unicode, and apostrophes here.
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
_INITIAL = f"[^\\W\\d_{_UNSPACED}ʼʻ][{_MARKS}]*+"

_UNSPACED_RUN = rf"[{_UNSPACED}]+"


def _match_words(letter: str, initial: str, joint: str, apostrophe: str) -> str:
    """Give the expression of a word.

    It is made of those of a letter or digit, of an initial, of what stands between letters besides
    other letters, and of an apostrophe.
    """
    # 1,500 or 3.14; digits alone are matched as a word.
    number = r"\d+(?:[.,]\d+)+"
    # A prefix that reverses the meaning stays with its word: de-escalate, non-nuclear.
    prefixed_word = rf"(?<!{letter})(?:[Dd]e|[Nn]on|[Aa]nti|[Uu]n)-{letter}{{3,}}"
    # U.S., e.g., U.S.'s
    initials = rf"(?:{initial}\.)+{initial}(?!{letter})\.?(?:{apostrophe}[sS](?!{letter}))?"
    plain_word = rf"{letter}+(?:(?:{joint}){letter}*)*"
    # The first alternative that matches is taken, so the plain word comes last.
    return f"{number}|{prefixed_word}|{initials}|{plain_word}"


_ANY_APOSTROPHE = f"[{_APOSTROPHE}]"
_JOINT = rf"[{_MARKS}]|{_ANY_APOSTROPHE}(?={_LETTER})"
_WORDS = _match_words(_LETTER, _INITIAL, _JOINT, _ANY_APOSTROPHE)
_WORD = re.compile(f"{_UNSPACED_RUN}|{_WORDS}")
# The same in a text of ASCII characters, where it is found in half of the time.
_ASCII_LETTER = r"[A-Za-z\d]"
_ASCII_WORDS = _match_words(_ASCII_LETTER, "[A-Za-z]", f"['`](?={_ASCII_LETTER})", "['`]")
_ASCII_WORD = re.compile(_ASCII_WORDS, re.ASCII)
# A kana may be followed by its voicing mark, which makes one character with it.
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}][\u3099\u309a]?")

# Compound names, which are written in ASCII. Each has at least one part that is a word by itself.
# get_user_by_id, GET_USER
_SNAKE_NAME = r"[A-Za-z\d]+(?:_+[A-Za-z\d]+)+"
# getUserById, parseHTTPResponse; but not iPhone, eBay and macOS, which are single words.
_CAMEL_NAME = r"[a-z]{2,}\d*(?!OS\b)(?:[A-Z][a-z]+\d*|[A-Z]{2,}\d*(?![a-z]))+"
# NullPointerException; but not YouTube and McDonald: two parts are mostly one word.
_PASCAL_NAME = r"(?:[A-Z][a-z]+\d*|[A-Z]{2,}(?=[A-Z][a-z])){3,}"
# Node.js, config.yaml
_DOTTED_NAME = r"[A-Za-z][A-Za-z\d]+(?:\.[A-Za-z][A-Za-z\d]+)+"
# v1.82
_VERSION = r"[vV]\d+(?:\.\d+)+"
# C++, notepad++, C#
_MARKED_NAME = r"(?:[A-Za-z\d]+\+\+|[A-Za-z]#)(?![+#])"
# No other letter is next to them, nor a mark that makes another letter of theirs.
_OTHER_LETTER = rf"[^\W_]|[{_MARKS}]"
_COMPOUND = re.compile(
    rf"(?<![.])(?<!{_OTHER_LETTER})"
    rf"(?:{_SNAKE_NAME}|{_DOTTED_NAME}|{_MARKED_NAME}|{_VERSION}|{_CAMEL_NAME}|{_PASCAL_NAME})"
    rf"(?!{_OTHER_LETTER})"
)
# What stands in every compound name, and in few other texts: "a_b", "aB", "a.b", "a++" or "a#". Its
# second character comes first, as there are few of these.
_COMPOUND_SIGN = re.compile(
    r"[A-Z_.+#]"
    r"(?:(?<=[a-z\d][A-Z])|(?<=\w[_.])(?=\w)|(?<=\w\+)(?=\+)|(?<=[A-Za-z]#))"
)
_IN_CAMEL_CASE = re.compile(f"{_CAMEL_NAME}|{_PASCAL_NAME}")
# The parts of camel case: "HTTP" and "Response" of "HTTPResponse".
_HUMP = re.compile(r"[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*")

# Soft hyphens, zero-width characters and marks of direction: invisible, so no part of a word.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
# Korean has blanks, but a word grows by particles and endings: "회원은", "회원이". A particle goes,
# and what is left becomes pairs too.
_HANGUL_WORD = re.compile("[\uac00-\ud7a3]{2,}")
_PARTICLE = re.compile(
    "(?<=.)(?:은|는|이|가|을|를|에|의|도|로|와|과|만|으로|에서|에게|한테|까지|부터|처럼|보다)$"
)
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
# Letters of their own, whose mark nobody leaves out: й and ї.
_MARKED_LETTERS = (("и\u0306", "й"), ("\u0456\u0308", "ї"))


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

    def __hash__(self) -> int:
        """Hash the text alone, of which the words are made."""
        return hash(self.text)


def tokenize(text: str) -> list[str]:
    """Split a text into its words, in order, as written but without invisible characters.

    The parts of a compound name stand before it (``find_parts``).
    """
    if text.isascii():
        return _find_words(text)
    visible = text.translate(_INVISIBLE)
    words = _find_words(visible)
    if not _UNSPACED_CHARACTER.search(visible) and not _HANGUL_WORD.search(visible):
        return words
    tokens = []
    for word in words:
        tokens += _split_unspaced(word)
    return tokens


def is_unspaced_character(word: str) -> bool:
    """Say whether a word is one character of a script whose words become pairs."""
    return _UNSPACED_CHARACTER.fullmatch(word) is not None or "\uac00" <= word <= "\ud7a3"


def find_parts(word: str) -> list[str]:
    """Give the words that ``tokenize`` gives before a compound name; none for any other word."""
    if not _COMPOUND_SIGN.search(word) or not _COMPOUND.fullmatch(word):
        return []
    parts: list[str] = []
    for part in _WORD.findall(word.lstrip("vV") if _is_version(word) else word):
        is_in_camel_case = _IN_CAMEL_CASE.fullmatch(part) is not None
        parts += _HUMP.findall(part) if is_in_camel_case else [part]
    return parts


def _is_version(word: str) -> bool:
    return word[:1] in "vV" and word[1:2].isdigit()


def _find_words(text: str) -> list[str]:
    """Give the words of a text, runs of unspaced characters in one piece."""
    find_words = _ASCII_WORD.findall if text.isascii() else _WORD.findall
    if not _COMPOUND_SIGN.search(text):
        return find_words(text)
    words: list[str] = []
    done = 0
    for compound in _COMPOUND.finditer(text):
        words += find_words(text[done : compound.start()])
        name = compound[0]
        words += find_parts(name)
        words.append(name)
        done = compound.end()
    words += find_words(text[done:])
    return words


def _split_unspaced(word: str) -> list[str]:
    """Give the character bigrams of an unspaced run; any other word or short run as it is."""
    if _HANGUL_WORD.fullmatch(word):
        word = _PARTICLE.sub("", word)
        characters = list(word)
    else:
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
        lowered = word.lower()
        if "`" in lowered:
            lowered = lowered.replace("`", "'")
        return lowered.removesuffix("'s") if "'" in lowered else lowered
    decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
    folded = decomposed.casefold()
    for letter_and_mark, letter in _MARKED_LETTERS:
        folded = folded.replace(letter_and_mark, letter)
    kept = []
    for character in folded:
        is_mark = unicodedata.combining(character)
        if not is_mark and not character.isspace():
            kept.append(character)
    word = "".join(kept).translate(_LETTERS)
    return word.removesuffix("'s")
