"""Where the sentences of a text begin and end.

In: a text without markup. Out: spans. The boundaries are those of sentencex (Wikimedia's rules for
many languages, MIT), but for those that cut a word ("ASP.NET"), an abbreviation ("e.g. The Gimp")
or a sentence that goes on in small letters. Fragments without letters are joined to their
neighbours.
"""

import re
from itertools import pairwise

import sentencex

from bot.articles.abbreviations import Abbreviations, find_abbreviations

Span = tuple[int, int]

# sentencex takes quadratic time on a run of opening quotation marks; a piece of this size, in
# characters, stays near a millisecond.
_PIECE = 4_000
# A short text in which no sentence ends before its own end, such as an item of a list.
_NO_END = re.compile(r"[^.!?\r\n]{0,200}[.!?]?\s*")
_ENDS_OF_SENTENCES = (". ", "? ", "! ", ".\n")
# sentencex panics where a capital and such a blank stand before a full stop.
_WIDE_BLANK_BEFORE_STOP = re.compile(r"[^\S\x00-\x7f](?=\.)")
# Half a character beyond the first 65,536, which no text has that was decoded, and which a client
# may send; sentencex does not take it.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
# What a library written in Rust raises where it is at fault; not an Exception, so that it would end
# the program.
_PANIC = "PanicException"
# So many characters before and behind a boundary tell whether a sentence ends there.
_LONGEST_END = 40
# What may stand before a word, as in "(e.g."
_OPENING_MARKS = "([{\"'“‘„«‹¿¡"
_CLOSING_MARKS = "\"'”’»›)]"
# The last words of a sentence, of which an abbreviation may have two: "z. B."
_LAST_WORDS = re.compile(r"(?:(?<!\S)(\S{1,6}\.)\s?)?(?<!\S)(\S{1,16})\.$")
# A number, or the sign before one: "3", "IV", "§ 3", "A.2"
_NUMBER = re.compile(r"[§#№(\[]?\s?(?:\d|[IVXLC]+\b|[A-Z]\b)")


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Give (start, end) of each sentence of ``text`` in order, blanks at its ends left out.

    Every character that is not blank belongs to exactly one sentence. ``language`` is an ISO 639-1
    code; one that sentencex does not know is read by its general rules.
    """
    if text.isascii() and _NO_END.fullmatch(text):
        stripped = text.strip()
        start = len(text) - len(text.lstrip())
        return [(start, start + len(stripped))] if stripped else []
    spans: list[Span] = []
    for piece_start, piece_end in pairwise(_find_piece_starts(text)):
        piece = text[piece_start:piece_end]
        for start, end in _find_boundaries(piece, language):
            raw = piece[start:end]
            sentence = raw.strip()
            if not sentence:
                continue
            leading_blanks = len(raw) - len(raw.lstrip())
            sentence_start = piece_start + start + leading_blanks
            spans.append((sentence_start, sentence_start + len(sentence)))
    return _join_fragments(text, _join_cut_sentences(text, spans, language))


def _find_boundaries(piece: str, language: str) -> list[Span]:
    """Give what sentencex takes for the sentences of a text; all of it where sentencex is at fault.

    No character is moved by what is put in the place of those that it cannot read.
    """
    readable = _HALF_CHARACTER.sub("\ufffd", _WIDE_BLANK_BEFORE_STOP.sub(" ", piece))
    try:
        boundaries = sentencex.get_sentence_boundaries(language, readable)
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        return [(0, len(piece))]
    return [(boundary["start_index"], boundary["end_index"]) for boundary in boundaries]


def _find_piece_starts(text: str) -> list[int]:
    """Give where each piece begins, and the end of the text; pieces rather end with a sentence."""
    starts = [0]
    while len(text) - starts[-1] > _PIECE:
        first = starts[-1] + 1
        window_end = starts[-1] + _PIECE
        ends = [text.rfind(mark, first, window_end) for mark in _ENDS_OF_SENTENCES]
        cut = max(ends)
        if cut < 0:
            cut = text.rfind(" ", first, window_end)
        starts.append(cut + 1 if cut > 0 else window_end)
    starts.append(len(text))
    return starts


def _join_fragments(text: str, spans: list[Span]) -> list[Span]:
    """Join what is no sentence of its own to a neighbour.

    A span without letters and digits, such as a stray bracket, belongs to the sentence before it. A
    first span without letters, such as a number, belongs to the one after it.
    """
    joined: list[Span] = []
    for start, end in spans:
        is_fragment = not any(map(str.isalnum, text[start:end]))
        if joined and is_fragment:
            sentence_start, _ = joined.pop()
            joined.append((sentence_start, end))
        else:
            joined.append((start, end))
    if len(joined) < 2:
        return joined
    (first_start, first_end), (_, second_end), *others = joined
    if any(map(str.isalpha, text[first_start:first_end])):
        return joined
    return [(first_start, second_end), *others]


def _join_cut_sentences(text: str, spans: list[Span], language: str) -> list[Span]:
    """Join spans between which no sentence ends."""
    if len(spans) < 2:
        return spans
    abbreviations = find_abbreviations(language)
    # Who writes without capital letters begins sentences so.
    has_capitals = any(not text[start].islower() for start, _ in spans)
    joined = spans[:1]
    for start, end in spans[1:]:
        last_start, last_end = joined[-1]
        left = text[max(last_start, last_end - _LONGEST_END) : last_end]
        gap = text[last_end:start]
        right = text[start : start + _LONGEST_END]
        goes_on = has_capitals and _goes_on_small(left, gap, right)
        if goes_on or _is_cut(left, gap, right, abbreviations):
            joined[-1] = (last_start, end)
        else:
            joined.append((start, end))
    return joined


def _goes_on_small(left: str, gap: str, right: str) -> bool:
    """Say whether a sentence goes on in small letters, perhaps behind what somebody said."""
    if not gap or not right[0].islower():
        return False
    return left[-1] == "." or left[-1] in _CLOSING_MARKS


def _is_cut(left: str, gap: str, right: str, abbreviations: Abbreviations) -> bool:
    """Say whether ``left`` ends inside a token, or with an abbreviation that needs ``right``."""
    if not left.endswith("."):
        return False
    if not gap:
        return right[0].isalnum()
    last_words = _LAST_WORDS.search(left)
    if last_words is None:
        return False
    word_before, word = last_words.groups(default="")
    word = word.lstrip(_OPENING_MARKS).casefold()
    phrase = word_before.lstrip(_OPENING_MARKS).casefold() + word
    if not abbreviations.always.isdisjoint((word, phrase)):
        return True
    is_before_number = _NUMBER.match(right) is not None
    return is_before_number and not abbreviations.before_number.isdisjoint((word, phrase))
