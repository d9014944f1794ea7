"""Where the sentences of a text begin and end. The boundaries are sentencex's (Wikimedia's rules, MIT)."""

from itertools import pairwise

import sentencex

# sentencex takes quadratic time on a run of opening quotation marks; a piece of this size stays near a millisecond.
_PIECE = 4_000


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Give (start, end) of each sentence of ``text`` in order, blanks at its ends left out.

    Every character that is not blank belongs to exactly one sentence. ``language`` is an ISO 639-1
    code; one that sentencex does not know is read by its general rules.
    """
    spans = []
    for first, last in pairwise(_piece_starts(text)):
        for found in sentencex.get_sentence_boundaries(language, text[first:last]):
            raw = text[first + found["start_index"] : first + found["end_index"]]
            start = first + found["start_index"] + len(raw) - len(raw.lstrip())
            if start < (end := start + len(raw.strip())):
                spans.append((start, end))
    return _join_orphans(text, spans)


def _piece_starts(text: str) -> list[int]:
    starts = [0]
    while len(text) - starts[-1] > _PIECE:
        window_end = starts[-1] + _PIECE
        cut = max(
            text.rfind(mark, starts[-1] + 1, window_end) for mark in (". ", "? ", "! ", ".\n")
        )
        if cut < 0:
            cut = text.rfind(" ", starts[-1] + 1, window_end)
        starts.append(cut + 1 if cut > 0 else window_end)
    return [*starts, len(text)]


def _join_orphans(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what holds no letter or digit (a stray bracket) to the sentence before, a first number to the one after."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not any(map(str.isalnum, text[start:end])):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    if len(joined) > 1 and not any(map(str.isalpha, text[slice(*joined[0])])):
        joined[:2] = [(joined[0][0], joined[1][1])]
    return joined
