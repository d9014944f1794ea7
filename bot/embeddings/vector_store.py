"""The vectors of many texts, in little memory, kept from one start to the next.

In: texts and an encoder. Out: for each text a row of 8-bit numbers, which point in its vector's
direction. The largest number of a vector becomes ±127, so a cosine is off by less than 0.01. A
text is known by a hash of 64 bits, so a text that occurs often is encoded and kept once.

Whoever adds texts does so in one thread. What ``freeze`` gives may be read in any.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from bot.array_file import Layout, check, check_layout
from bot.embeddings.encoder import Encoder, Float32Array

Int8Array = NDArray[np.int8]
UInt64Array = NDArray[np.uint64]

# The largest number of a row.
_MAX_CODE = 127
# A vector of zeros is divided by this.
_LEAST_LARGEST = 1e-9
# So many new rows stand in a block, and so many rows are looked at at a time where all are.
_BLOCK_ROWS = 4_096
# What is packed: hashes of texts, ascending, and the rows of these.
_LAYOUT: Layout = {"texts": ("uint64", ("rows",)), "codes": ("int8", ("rows", "dimensions"))}


class Vectors(NamedTuple):
    """Vectors of texts: ``codes`` in their direction, and the lengths of these.

    ``codes`` are int8, (rows, dimensions), all 0 for a text in which the model finds nothing.
    ``lengths`` are float32, (rows,), 1 for such a text.
    """

    codes: Int8Array
    lengths: Float32Array

    def unpack(self, rows: NDArray[np.integer[Any]]) -> Float32Array:
        """Give the vectors of some rows, of length 1 or 0: float32, (rows, dimensions)."""
        vectors: Float32Array = self.codes[rows].astype(np.float32)
        vectors /= self.lengths[rows, np.newaxis]
        return vectors


class VectorStore:
    """The vectors of texts under one encoder."""

    def __init__(self, dimensions: int) -> None:
        """Begin without any."""
        self._dimensions = dimensions
        self._texts: UInt64Array = np.zeros(0, dtype=np.uint64)
        self._codes: Int8Array = np.zeros((0, dimensions), dtype=np.int8)
        # The rows of new texts by their hashes, and the blocks that these rows stand in.
        self._new: dict[int, int] = {}
        self._blocks: list[Int8Array] = []

    def __len__(self) -> int:
        """Count the texts with a vector."""
        return len(self._texts) + len(self._new)

    def find_missing(self, texts: Iterable[str]) -> list[str]:
        """Give the texts that have no vector yet, each once, in their order."""
        text_of = {_hash_text(text): text for text in texts}
        wanted = np.fromiter(text_of, dtype=np.uint64, count=len(text_of))
        is_known = np.isin(wanted, self._texts)
        missing = wanted[~is_known].tolist()
        return [text_of[number] for number in missing if number not in self._new]

    def add(self, text: str, encoder: Encoder) -> None:
        """Encode a text that has no vector yet. Raises ModelError where that fails."""
        vector = encoder.encode_passage(text)
        largest = max(float(np.abs(vector).max()), _LEAST_LARGEST)
        codes = np.rint(vector * (_MAX_CODE / largest))
        row = len(self._new)
        place = row % _BLOCK_ROWS
        if not place:
            self._blocks.append(np.zeros((_BLOCK_ROWS, self._dimensions), dtype=np.int8))
        self._blocks[-1][place] = codes.astype(np.int8)
        self._new[_hash_text(text)] = row

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget the vectors of all other texts."""
        self._settle()
        wanted = _hash_texts(texts)
        is_wanted = np.isin(self._texts, wanted)
        if is_wanted.all():
            return
        self._texts = self._texts[is_wanted]
        self._codes = self._codes[is_wanted]

    def freeze(self) -> Vectors:
        """Give all vectors; the rows are those of ``find_rows`` until texts come or go."""
        self._settle()
        return Vectors(self._codes, _find_lengths(self._codes))

    def find_rows(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Give the rows of texts that all have a vector: int32, (texts,)."""
        self._settle()
        hashes = np.fromiter(map(_hash_text, texts), dtype=np.uint64, count=len(texts))
        rows: NDArray[np.int32] = self._texts.searchsorted(hashes).astype(np.int32)
        return rows

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the vectors as arrays, for ``unpack``."""
        self._settle()
        return {"texts": self._texts, "codes": self._codes}

    @classmethod
    def unpack(cls, arrays: Mapping[str, NDArray[Any]], dimensions: int) -> "VectorStore":
        """Take the arrays that ``pack`` gave.

        Raises DamagedError unless each text is there once, and each row has as many dimensions as
        the encoder gives.
        """
        check_layout(arrays, _LAYOUT)
        texts = arrays["texts"]
        codes = arrays["codes"]
        check(codes.shape[1] == dimensions, "vectors of other dimensions")
        check((texts[1:] > texts[:-1]).all(), "texts out of order")
        store = cls(dimensions)
        store._texts = texts
        store._codes = codes
        return store

    def _settle(self) -> None:
        """Sort the new vectors in among the others."""
        if not self._new:
            return
        new_texts = np.fromiter(self._new, dtype=np.uint64, count=len(self._new))
        new_codes = np.concatenate(self._blocks)[: len(new_texts)]
        texts = np.concatenate([self._texts, new_texts])
        codes = np.concatenate([self._codes, new_codes])
        order = texts.argsort()
        self._texts = texts[order]
        self._codes = codes[order]
        self._new = {}
        self._blocks = []


def _hash_text(text: str) -> int:
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))


def _hash_texts(texts: Iterable[str]) -> UInt64Array:
    """Hash texts, each once: uint64, (different texts,)."""
    hashes = set(map(_hash_text, texts))
    return np.fromiter(hashes, dtype=np.uint64, count=len(hashes))


def _find_lengths(codes: Int8Array) -> Float32Array:
    """Give the length of each row, 1 for one of zeros: float32, (rows,)."""
    lengths = np.zeros(len(codes), dtype=np.float32)
    for begin in range(0, len(codes), _BLOCK_ROWS):
        end = begin + _BLOCK_ROWS
        block = codes[begin:end].astype(np.float32)
        lengths[begin:end] = np.linalg.norm(block, axis=1)
    lengths[lengths == 0] = 1.0
    return lengths
