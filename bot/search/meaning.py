"""How near passages are to a question in meaning, by the cosines of their vectors.

In: the vectors of all passages, their sentences and the lines of their titles, and an encoder for
questions. Out: the passages that are nearest to a question, and for some passages the cosines that
``signals`` and ``sentence_scorer`` count. What these are worth is decided there.

A cosine here is how far the raw one is above what texts about different matters have, as a share
of how far it could be; what is below that is 0. So it means the same with any model.

Vectors stay in 8 bits, 384 bytes for 384 dimensions, and become numbers with a fraction a thousand
at a time, while they are in the processor's cache. Over 100,000 passages that takes 6 ms and 38 MB;
as float32 they would take 5 ms and 154 MB, as float16 48 ms and 77 MB.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.embeddings.encoder import Encoder, Float32Array, ModelError
from bot.embeddings.vector_store import Vectors
from bot.search.arrays import (
    FloatArray,
    Int32Array,
    Int64Array,
    concatenate_ranges,
    top_k_ascending,
)
from bot.search.memo import memoize

# So many of the passages that are nearest to a question are reranked beside those by BM25.
_CANDIDATES = 25
# Passages with a lower cosine have hardly anything to do with a question.
_MIN_COSINE = 0.2
# So many passages are compared at a time.
_BLOCK_ROWS = 1_024
# The vectors of so many questions are remembered: each is asked for several times.
_REMEMBERED = 64


class Cosines(NamedTuple):
    """The cosines, 0 to 1, of a question and some passages: each float64, (passages,).

    Of a passage as a whole, of its best sentence, and of the best line of its title.
    """

    passages: FloatArray
    sentences: FloatArray
    titles: FloatArray


class TextRows(NamedTuple):
    """The rows of texts among ``vectors``.

    ``passages`` are those of whole passages, int32, (passages,), and ``units`` those of their
    sentences and title lines in the order of an index, int32, (units,).
    """

    vectors: Vectors
    passages: Int32Array
    units: Int32Array


class UnitRanges(NamedTuple):
    """Which units belong to which passage.

    ``begins`` and ``ends`` are those of passages, ``sentence_ends`` the ends of their sentences,
    behind which stand the lines of their titles: int64, (passages,).
    """

    begins: Int64Array
    sentence_ends: Int64Array
    ends: Int64Array


class MeaningIndex:
    """The vectors of the passages of one index. It never changes once it is built."""

    def __init__(
        self, encoder: Encoder, baseline: float, rows: TextRows, ranges: UnitRanges
    ) -> None:
        """Take the vectors of all passages, and the ``baseline`` of the encoder's cosines."""
        self._encoder = encoder
        self._baseline = baseline
        self._vectors, passage_rows, self._unit_rows = rows
        self._ranges = ranges
        # The codes of all passages one behind another, and their lengths.
        self._codes = self._vectors.codes[passage_rows]
        self._lengths = self._vectors.lengths[passage_rows]
        self._vector_of = memoize(MeaningIndex._encode, self, _REMEMBERED)

    def find_nearest(self, question: str, within: range | None = None) -> Int64Array:
        """Give the passages nearest to a question, at most 25, ascending: int64, (passages,).

        With ``within``, only passages with these numbers are found.
        """
        vector = self._vector_of(question)
        if vector is None:
            return np.zeros(0, dtype=np.int64)
        numbers = range(len(self._codes)) if within is None else within
        cosines = self._compare_passages(vector, numbers)
        cosines[cosines < _MIN_COSINE] = 0.0
        return top_k_ascending(cosines, _CANDIDATES) + numbers.start

    def compare(self, question: str, passages: Int64Array) -> Cosines:
        """Compare a question with passages, of which each has a sentence or a title line."""
        vector = self._vector_of(question)
        if vector is None:
            zeros = np.zeros(len(passages))
            return Cosines(zeros, zeros, zeros)
        begins, sentence_ends, ends = (column[passages] for column in self._ranges)
        return Cosines(
            passages=self._rescale(self._codes[passages] @ vector / self._lengths[passages]),
            sentences=self._find_best(vector, begins, sentence_ends),
            titles=self._find_best(vector, sentence_ends, ends),
        )

    def compare_sentences(self, question: str, passages: Sequence[int]) -> FloatArray:
        """Compare a question with the sentences of passages, one behind another: (sentences,)."""
        numbers = np.array(passages)
        units = concatenate_ranges(
            self._ranges.begins[numbers], self._ranges.sentence_ends[numbers]
        )
        vector = self._vector_of(question)
        if vector is None:
            return np.zeros(len(units))
        return self._compare_units(vector, units)

    def _compare_passages(self, vector: Float32Array, numbers: range) -> FloatArray:
        """Give the cosines of passages with these numbers: float64, (passages,)."""
        raw = np.zeros(len(numbers), dtype=np.float32)
        for begin in range(0, len(numbers), _BLOCK_ROWS):
            first = numbers.start + begin
            end = min(first + _BLOCK_ROWS, numbers.stop)
            block = self._codes[first:end].astype(np.float32)
            raw[begin : begin + _BLOCK_ROWS] = block @ vector
        raw /= self._lengths[numbers.start : numbers.stop]
        return self._rescale(raw)

    def _find_best(self, vector: Float32Array, begins: Int64Array, ends: Int64Array) -> FloatArray:
        """Give the highest cosine in each range of units, 0 in an empty one: (ranges,)."""
        best = np.zeros(len(begins))
        has_units = ends > begins  # bool, (ranges,)
        lengths = (ends - begins)[has_units]
        if len(lengths):
            units = concatenate_ranges(begins[has_units], ends[has_units])
            cosines = self._compare_units(vector, units)
            best[has_units] = np.maximum.reduceat(cosines, lengths.cumsum() - lengths)
        return best

    def _compare_units(self, vector: Float32Array, units: Int64Array) -> FloatArray:
        """Give the cosines of units: float64, (units,)."""
        rows = self._unit_rows[units]
        return self._rescale(self._vectors.unpack(rows) @ vector)

    def _rescale(self, raw: Float32Array) -> FloatArray:
        """Give how far raw cosines are above the baseline, 0 to 1."""
        above = raw.astype(np.float64) - self._baseline
        above /= 1 - self._baseline
        return above.clip(0.0, 1.0)

    def _encode(self, question: str) -> Float32Array | None:
        """Encode a question; None where there is none, or the model fails."""
        if not question.strip():
            return None
        try:
            return self._encoder.encode_question(question)
        except ModelError:
            # It was tried when it was loaded. A question at which it fails is answered by words.
            return None
