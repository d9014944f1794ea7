"""Where the sentences of a text begin and end.

In: a text without markup. Out: spans. The boundaries are those of sentencex (Wikimedia's rules for
many languages, MIT). Fragments without letters are joined to their neighbours.
"""

from itertools import pairwise

import sentencex

Span = tuple[int, int]

# sentencex takes quadratic time on a run of opening quotation marks; a piece of this size, in
# characters, stays near a millisecond.
_PIECE = 4_000
_ENDS_OF_SENTENCES = (". ", "? ", "! ", ".\n")


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Give (start, end) of each sentence of ``text`` in order, blanks at its ends left out.

    Every character that is not blank belongs to exactly one sentence. ``language`` is an ISO 639-1
    code; one that sentencex does not know is read by its general rules.
    """
    spans: list[Span] = []
    for piece_start, piece_end in pairwise(_find_piece_starts(text)):
        piece = text[piece_start:piece_end]
        for boundary in sentencex.get_sentence_boundaries(language, piece):
            start = boundary["start_index"]
            raw = piece[start : boundary["end_index"]]
            sentence = raw.strip()
            if not sentence:
                continue
            leading_blanks = len(raw) - len(raw.lstrip())
            sentence_start = piece_start + start + leading_blanks
            spans.append((sentence_start, sentence_start + len(sentence)))
    return _join_fragments(text, spans)


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
