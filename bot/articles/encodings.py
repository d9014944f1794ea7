"""Bytes of a text file into characters, in whatever encoding people saved it.

In: the bytes. Out: the text and how it was decoded, or nothing where no encoding is certain. In
this order decide: a byte order mark, the zeros of UTF-16, UTF-8 itself, what a page of HTML or XML
declares, and last what charset-normalizer finds in the letters. Nothing is replaced or left out.
What is not UTF-8 and does not look like a text that somebody wrote is nothing.
"""

import codecs
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.articles.languages import find_language, find_question_language
from bot.articles.model import UTF_8, Decoding
from bot.articles.plausibility import looks_written

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

# The longer marks first: that of UTF-32 begins like that of UTF-16. The mark stays in the text.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In UTF-16, every other byte of most texts is zero: of Latin ones nearly each.
_LEAST_ZEROS = 0.4
_MOST_OTHER_ZEROS = 0.01
# In fewer bytes, too little tells UTF-16 from what is no text.
_LEAST_UTF_16 = 32
# So far the HTML standard looks for a declaration.
_DECLARED_WITHIN = 1_024
_DECLARATION = re.compile(
    rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding)\s{0,20}=\s{0,20}[\"']?\s{0,20}"
    rb"(?P<name>[A-Za-z0-9_.:-]{1,40})",
    re.IGNORECASE,
)
# What browsers take the names of these for: the larger set of characters.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_TEXT_ENCODING = re.compile(r"(?:iso8859|iso2022|cp\d|koi8|mac|euc|shift|gb|big5|tis|hz).*")
# Encodings that are looked for: those in which people still have texts.
_CANDIDATES = (
    "cp1252 cp1251 cp1250 cp1253 cp1254 cp1255 cp1256 cp932 gb18030 cp949 euc_jp big5 koi8_r"
    " iso8859_2".split()
)
_MOST_COMMON = "cp1252"
# Two readings are equally likely where measures of disorder and of language differ by no more.
_DISORDER_MARGIN = 0.03
_LANGUAGE_MARGIN = 0.05
# Read in another alphabet than it was written in: a sign inside a word ("Op³ata") or before one
# ("¶wiat", "¾e"), a word that is small before it is large ("йКЧЮ"), one of a letter that is none
# ("č" of "è"), nothing but accents ("Ïëàòà").
_FOREIGN_WORD = re.compile(
    r"[^\W\d_][\u00a1-\u00b6\u00b8-\u00bf\u00d7\u00f7][^\W\d_]|(?<!\w)[¦¨¬¯±´¶¸][^\W\d_]{2}"
    r"|[^\W\d_]{2}±(?!\w)|(?<!\w)[а-яё][А-ЯЁ]{2}|[¼-¾][^\W\d_]|(?<!\w)[čŕ](?!\w)"
    r"|(?<!\w)[ªº][^\W\d_]"
)
_ACCENTS_ALONE = re.compile(r"[\u00c0-\u00ff]{3}")
# What stands for another letter in Central European and Turkish texts. In French other letters
# follow "œ", and "è" begins no word; Italian has "ì", "ò" and "ù" at the ends of words; a small
# figure behind a word may be the mark of a note.
_DOUBTFUL_LETTER = re.compile(
    r"[õûðþý]|œ(?![uincdstl])|(?<=[^\W\d_]{2})[¹³](?!\w)|[ìòù](?=\w)|(?<!\w)[èï](?=\w)",
    re.IGNORECASE,
)
# No language has "ø" beside the first of these, or "ř" beside the other.
_BESIDE_NO_SLASHED_O = re.compile("[èìù]", re.IGNORECASE)
_BESIDE_NO_R_CARON = re.compile("[ĺŕľ]", re.IGNORECASE)
# Japanese has hiragana in every sentence, and hardly any bytes of another text read as so many.
_JAPANESE = ("cp932", "euc_jp")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f]")
# A word in which another character stands.
_WORD_OF_OTHERS = re.compile(r"\w*\ufffd[\w\ufffd]*")
_LEAST_HIRAGANA = 0.2
# The letters beyond a to z that a language has, those of its common loan words among them.
_ALPHABETS = {
    "de": "äöüßéèêàâçñ",
    "es": "áéíñóúüçªº",
    "fr": "àâæçéèêëîïñôœùûüÿ",
    "it": "àâèéêìíîòóùú",
    "nl": "áàâäçéèêëíïîñóöôúüû",
    "pl": "ąćęłńóśźżéöü",
    "pt": "áâãàçéêíñóôõúüªº",
    "tr": "âçğıîöşüû\u0307",
}
# Letters by themselves do not tell an encoding.
_WORD = re.compile(r"[^\W\d_]{3}")
# Of the zeros of UTF-16 no three stand in a row.
_ZEROS = b"\0\0\0"
_CONTROL_BYTE = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# How pictures, documents and archives begin; none of it begins a text.
_BINARY_BEGINNINGS = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x7fELF",
)
# So many bytes are looked at, and so many of them, or such a share, are strays in a text.
_BINARY_WITHIN = 4_096
_MOST_STRAYS = 3
_MOST_STRAY_SHARE = 0.02
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """A text and how it was decoded."""

    text: str
    decoding: Decoding


def decode(content: bytes) -> Decoded | None:
    """Decode the bytes of a text file; None where they are no text, or no encoding is certain."""
    marked = _find_mark(content)
    if marked is not None:
        return _decode_as(content, marked)
    by_zeros = _find_utf_16(content)
    if by_zeros is not None:
        return _decode_as(content, by_zeros)
    try:
        decoded = Decoded(content.decode("utf-8"), UTF_8)
    except UnicodeDecodeError:
        if b"\0" in content:
            return _decode_utf_16(content)
        if _is_damaged_utf_8(content):
            return None
    else:
        # Of UTF-16 the letters of many scripts are controls in UTF-8.
        has_zero = b"\0" in content
        by_letters = _decode_utf_16(content) if has_zero and is_binary(content) else None
        return by_letters or decoded
    declared = _find_declared(content)
    as_declared = None if declared is None else _decode_as(content, declared)
    if as_declared is not None:
        return as_declared
    guessed = _guess(content)
    as_guessed = None if guessed is None else _decode_as(content, guessed)
    has_words = as_guessed is not None and _WORD.search(as_guessed.text) is not None
    return as_guessed if has_words else None


def is_binary(content: bytes) -> bool:
    """Say whether bytes are no text at all: a picture, a document, an archive, a program."""
    beginning = content[:_BINARY_WITHIN]
    if beginning.startswith(_BINARY_BEGINNINGS) or _ZEROS in beginning:
        return True
    controls = len(_CONTROL_BYTE.findall(beginning))
    return controls > max(_MOST_STRAYS, _MOST_STRAY_SHARE * len(beginning))


def name_encoding(encoding: str) -> str:
    """Name an encoding as people know it, as in "Windows-1252"."""
    found = re.fullmatch(r"cp(12\d\d)", encoding)
    return f"Windows-{found[1]}" if found else encoding.upper().replace("_", "-")


def _decode_as(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return None
    is_text = not _CONTROL.search(text) and looks_written(text)
    return Decoded(text, Decoding(encoding)) if is_text else None


def _find_mark(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _decode_utf_16(content: bytes) -> Decoded | None:
    """Decode UTF-16 without a byte order mark in which few bytes are zero."""
    if len(content) < _LEAST_UTF_16 or content.startswith(_BINARY_BEGINNINGS):
        return None
    orders = [_decode_as(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    written = [decoded for decoded in orders if decoded is not None]
    return written[0] if len(written) == 1 else None


def _find_utf_16(content: bytes) -> str | None:
    """Recognise UTF-16 without a byte order mark by its zeros, which Latin letters have."""
    pairs = len(content) // 2
    if not pairs or len(content) % 2:
        return None
    first_zeros = content[::2].count(0) / pairs
    second_zeros = content[1::2].count(0) / pairs
    if second_zeros >= _LEAST_ZEROS and first_zeros <= _MOST_OTHER_ZEROS:
        return "utf-16-le"
    if first_zeros >= _LEAST_ZEROS and second_zeros <= _MOST_OTHER_ZEROS:
        return "utf-16-be"
    return None


def _is_damaged_utf_8(content: bytes) -> bool:
    """Say whether bytes are UTF-8 but for some: of another encoding next to none would be."""
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text) - wrong
    return right >= wrong


def _find_declared(content: bytes) -> str | None:
    """Give the encoding that a page declares, as browsers read its name."""
    found = _DECLARATION.search(content, 0, _DECLARED_WITHIN)
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found["name"].decode("ascii")).name
    except LookupError:
        return None
    encoding = _LARGER.get(encoding, encoding)
    return encoding if _TEXT_ENCODING.fullmatch(encoding) else None


def _guess(content: bytes) -> str | None:
    """Give the encoding whose text looks like one; None where different texts do."""
    japanese = next((one for one in _JAPANESE if _has_hiragana(content, one)), None)
    if japanese is not None:
        return japanese
    # Most folders need none of it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    found = from_bytes(content, cp_isolation=_CANDIDATES)
    matches = [match for match in found if not _is_foreign(str(match))]
    words = _WORD_OF_OTHERS.sub(" ", content.decode("ascii", "replace"))
    # Where no reading has only these letters, words of another language are among them.
    spelt = _keep_spelt(matches, find_language((words,))) or matches
    chosen = _choose(spelt)
    doubted = _keep_spelt(matches, find_question_language(words)) or matches
    return chosen if any(_has_text_of(match, chosen) for match in doubted) else None


def _keep_spelt(matches: Sequence["CharsetMatch"], language: str) -> list["CharsetMatch"]:
    """Keep the readings that have no other letters than their language, if that is known."""
    alphabet = _ALPHABETS.get(language)
    if alphabet is None:
        return list(matches)
    return [match for match in matches if _has_only(alphabet, str(match))]


def _has_text_of(match: "CharsetMatch", encoding: str | None) -> bool:
    return encoding in (match.encoding, *match.could_be_from_charset)


def _choose(matches: Sequence["CharsetMatch"]) -> str | None:
    """Give the encoding of the likeliest reading; None where others are as likely."""
    if not matches:
        return None
    best = min(matches, key=lambda match: (match.chaos, -match.coherence))
    likely = [match for match in matches if _is_as_likely(match, best)]
    common = [match for match in likely if _may_be_common(match)]
    others = [match for match in likely if match not in common]
    if common and not _ACCENTS_ALONE.search(str(common[0])):
        is_rivalled = any(other.coherence >= common[0].coherence for other in others)
        is_doubtful = is_rivalled and _is_doubtful(str(common[0]))
        is_best = common[0].coherence >= best.coherence
        return _MOST_COMMON if is_best and not is_doubtful else None
    return others[0].encoding if len(others) == 1 else None


def _has_only(letters: str, text: str) -> bool:
    """Say whether a text has no letters but these and those from a to z."""
    others = set(_OTHER_THAN_ASCII.findall(text.lower()))
    return all(letter in letters for letter in others if letter.isalpha())


def _is_foreign(text: str) -> bool:
    """Say whether a text was written in another encoding."""
    has_r_caron = "ř" in text.lower()
    if has_r_caron and _BESIDE_NO_R_CARON.search(text):
        return True
    return _FOREIGN_WORD.search(text) is not None


def _is_doubtful(text: str) -> bool:
    """Say whether a text may be one of another encoding."""
    has_slashed_o = "ø" in text.lower()
    if has_slashed_o and _BESIDE_NO_SLASHED_O.search(text):
        return True
    return _DOUBTFUL_LETTER.search(text) is not None


def _has_hiragana(content: bytes, encoding: str) -> bool:
    """Say whether a text in this encoding is as full of hiragana as Japanese is."""
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return False
    others = len(_OTHER_THAN_ASCII.findall(text))
    return len(_HIRAGANA.findall(text)) >= max(1, others * _LEAST_HIRAGANA)


def _may_be_common(match: "CharsetMatch") -> bool:
    """Say whether the most common encoding gives the same text."""
    return _has_text_of(match, _MOST_COMMON)


def _is_as_likely(match: "CharsetMatch", best: "CharsetMatch") -> bool:
    is_as_orderly = match.chaos <= best.chaos + _DISORDER_MARGIN
    return is_as_orderly and match.coherence >= best.coherence - _LANGUAGE_MARGIN
