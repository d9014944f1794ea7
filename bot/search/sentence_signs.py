"""Which answer types texts may have by their form, told by their pieces: most texts have none.

In: texts as ids of pieces, where a piece is what stands between two blanks. Out: the types of which
a sign may stand in each text. A sign is looked for once in each distinct piece, which is several
times faster than once in each text. Whether a text has a type is for ``classify_sentence``.
"""

import re
from collections.abc import Iterable

import numpy as np

from bot.search.answer_type import SENTENCE_FORMS
from bot.search.arrays import Int32Array, Int64Array, UInt8Array

# It stands in most texts, so that it tells nothing.
_MOST_FREQUENT = "the"


class SentenceSigns:
    """Finds the types that texts may have, batch by batch."""

    def __init__(self) -> None:
        """Begin with no piece."""
        # The types that each piece is a sign of, uint8, (pieces,).
        self._types: UInt8Array = np.zeros(0, dtype=np.uint8)

    def find(
        self, new_pieces: Iterable[str], piece_ids: Int32Array, lengths: Int64Array
    ) -> UInt8Array:
        """Give the types that texts may have: uint8, (texts,).

        ``new_pieces`` are those whose ids were not met before, in order. ``piece_ids`` are those of
        all texts in a row, int32, (pieces,), and ``lengths`` how many each has, int64, (texts,).
        """
        types_of_new = _find_types(list(map(str.lower, new_pieces)))
        self._types = np.concatenate([self._types, types_of_new])
        types = self._types[piece_ids]  # uint8, (pieces,)
        telling = types.nonzero()[0]
        text_of = lengths.cumsum().searchsorted(telling, side="right")
        found = np.zeros(len(lengths), dtype=np.uint8)
        np.bitwise_or.at(found, text_of, types[telling])
        return found


def _find_types(pieces: list[str]) -> UInt8Array:
    """Give the types that pieces in small letters are signs of: uint8, (pieces,)."""
    types = np.zeros(len(pieces), dtype=np.uint8)
    text = f" {' '.join(pieces)} "
    # Where the blank behind each piece stands in the text: int64, (pieces,).
    ends = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = (ends + 1).cumsum()
    for answer_type, signs, _ in SENTENCE_FORMS:
        patterns = {re.escape(_find_telling_part(sign)) for sign in signs}
        for pattern in patterns:
            places = [match.start() for match in re.finditer(pattern, text)]
            types[ends.searchsorted(places, side="right")] |= answer_type
    return types


def _find_telling_part(sign: str) -> str:
    """Give the longest part of a sign that stands in one piece, with the blanks beside it."""
    parts = [part for part in sign.split(" ") if part != _MOST_FREQUENT]
    longest = max(parts, key=len)
    before, behind = sign.split(longest, 1)
    return f"{before[-1:]}{longest}{behind[:1]}"
