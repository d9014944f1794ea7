"""Many texts into the numbers of their terms, several times as fast as one by one.

In: texts, as ``Terms.split`` takes them. Out: the same terms in the same order, as numbers in a row. What stands
between two blanks (a piece) is looked at once, however often it stands somewhere; everything else is done with arrays
of numbers, some thousand texts at a time, so that other threads are not held up for long.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.analysis.analyzer import STOP, Analyzer

Int64Array = NDArray[np.int64]
Int32Array = NDArray[np.int32]
TEXTS = 4_096
# What a key is.
_BEGINS, _FOLLOWS, _IS_STOP = 1, 2, 4
_SHIFT = 32


class EncodedTexts(NamedTuple):
    """The terms of texts: the number of each term, the numbers of all texts in a row, how many each text has."""

    vocabulary: dict[str, int]
    term_ids: Int32Array
    lengths: Int64Array


def encode_texts(texts: Iterable[str], terms: Analyzer) -> EncodedTexts:
    """Split texts as ``terms`` does, and number their terms."""
    numbering = TermEncoder(terms)
    texts = iter(texts)
    while some := list(islice(texts, TEXTS)):
        numbering.add(some)
    return numbering.finish()


class TermEncoder:
    """Texts that are split and numbered, some thousand at a time."""

    def __init__(self, terms: Analyzer) -> None:
        """Begin with no text."""
        self._terms = terms
        self._pieces = _count_up()
        # The keys of words, those of stop words too, and the terms of phrases. First those that phrases begin with.
        self._names = _count_up()
        self._pairs = list(terms.phrases)
        pairs = np.array(
            [*map(self._names.__getitem__, chain.from_iterable(self._pairs))], np.int64
        ).reshape(-1, 2)
        codes = pairs[:, 0] << _SHIFT | pairs[:, 1]
        self._order = codes.argsort()
        # Above the last is none.
        self._codes = np.append(codes[self._order], np.iinfo(np.int64).max)
        roles = np.array([_IS_STOP * (name[0] == STOP) for name in self._names], dtype=np.uint8)
        roles[pairs[:, 0]] |= _BEGINS
        roles[pairs[:, 1]] |= _FOLLOWS
        self._roles = array("B", roles.tobytes())
        # The keys of each piece.
        self._keys, self._ends = array("i"), array("q", [0])
        # Of a pair, by its place among the codes: the phrases that begin so, as their other keys and their term.
        self._phrases: dict[int, list[tuple[list[int], int]]] = {}
        self._streams: list[Int32Array] = [np.zeros(0, dtype=np.int32)]
        self._lengths: list[Int64Array] = [np.zeros(0, dtype=np.int64)]

    @property
    def pieces(self) -> Iterable[str]:
        """All pieces, by number: in the order in which they came first."""
        return self._pieces

    def add(self, texts: Iterable[str]) -> tuple[Int32Array, Int64Array]:
        """Take texts; give the numbers of their pieces in a row, and how many each text has."""
        number_of = self._pieces.__getitem__
        stream, lengths = array("i"), array("q")
        for text in texts:
            pieces = text.split()
            stream.extend(map(number_of, pieces))
            lengths.append(len(pieces))
        for piece in islice(self._pieces, len(self._ends) - 1, None):
            self._keys.extend(map(self._names.__getitem__, self._terms.stem_keys(piece)))
            self._ends.append(len(self._keys))
        added = np.frombuffer(stream, np.intc), np.frombuffer(lengths, np.int64)
        self._number(*added)
        return added

    def finish(self) -> EncodedTexts:
        """Give the terms of all texts that were taken; no other may be taken then."""
        stream = np.concatenate(self._streams)
        self._streams.clear()
        is_there = np.zeros(len(self._names), dtype=np.bool_)
        is_there[stream] = True
        numbers = is_there.cumsum(dtype=np.int32) - 1
        names = [
            name for name, is_kept in zip(self._names, is_there.tolist(), strict=True) if is_kept
        ]
        numbers.take(stream, out=stream)
        return EncodedTexts(
            dict(zip(names, range(len(names)), strict=True)), stream, np.concatenate(self._lengths)
        )

    def _number(self, pieces: Int32Array, lengths: Int64Array) -> None:
        """Keep the terms of texts, given by their pieces."""
        ends_of_pieces = np.array(self._ends)
        counts = np.diff(ends_of_pieces).take(pieces)
        ends = np.concatenate([[0], counts.cumsum()])
        shifts = ends_of_pieces.take(pieces) - ends[:-1]
        keys = np.array(self._keys, dtype=np.int32).take(
            np.arange(ends[-1]) + shifts.repeat(counts)
        )
        ends = ends[lengths.cumsum()]
        places, terms = self._find_phrases(keys, ends)
        keys = np.insert(keys, places, terms)
        ends += places.searchsorted(ends, side="right")
        is_kept = self._find_roles(keys) & _IS_STOP == 0
        self._streams.append(keys[is_kept])
        self._lengths.append(np.diff(np.concatenate([[0], is_kept.cumsum()])[ends], prepend=0))

    def _find_roles(self, keys: Int32Array) -> NDArray[np.uint8]:
        """Say of each key what it is in phrases, and whether it is that of a stop word."""
        for name in islice(self._names, len(self._roles), None):
            self._roles.append(_IS_STOP * (name[0] == STOP))
        return np.array(self._roles).take(keys)

    def _find_phrases(self, keys: Int32Array, ends: Int64Array) -> tuple[Int64Array, Int32Array]:
        """Find the phrases in texts, given by their keys and where each text ends.

        Gives where the phrases end, ascending, those that begin first in front, and the numbers of their terms.
        """
        roles = self._find_roles(keys)
        at = np.flatnonzero(roles[:-1] & (roles[1:] >> 1) & _BEGINS)
        codes = keys[at].astype(np.int64) << _SHIFT | keys[at + 1]
        rows = self._codes.searchsorted(codes)
        is_pair = self._codes.take(rows) == codes
        at, rows = at[is_pair], rows[is_pair]
        limits = ends[ends.searchsorted(at, side="right")]
        places, terms = array("q"), array("i")
        for begin, row, limit in zip(at.tolist(), rows.tolist(), limits.tolist(), strict=True):
            for rest, term in self._phrases.get(row) or self._find_phrases_of(row):
                end = begin + 2 + len(rest)
                if end <= limit and (not rest or keys[begin + 2 : end].tolist() == rest):
                    places.append(end)
                    terms.append(term)
        order = np.argsort(places, kind="stable")
        return np.array(places)[order], np.array(terms, dtype=np.int32)[order]

    def _find_phrases_of(self, row: int) -> list[tuple[list[int], int]]:
        """Give the phrases that begin with the pair whose code is in this place."""
        number_of = self._names.__getitem__
        found = self._terms.find_phrases_of(self._pairs[self._order[row]])
        self._phrases[row] = [([*map(number_of, rest)], number_of(term)) for rest, term in found]
        return self._phrases[row]


def _count_up() -> defaultdict[str, int]:
    """Give a mapping in which what is new gets the next number."""
    return defaultdict(count().__next__)
