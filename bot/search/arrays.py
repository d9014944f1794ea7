"""Array types, and the operations on arrays that several modules of search share.

In and out: NumPy arrays. Nothing here knows what a term, a passage or a score is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]
UInt8Array = NDArray[np.uint8]
UInt16Array = NDArray[np.uint16]

Scalar = TypeVar("Scalar", bound=np.generic)


class ScratchArrays(Generic[Scalar]):
    """Arrays of zeros that are used again: to make a large one takes longer than to clear it.

    Several threads may take arrays at once; each gets one of its own.
    """

    def __init__(self, size: int, dtype: type[Scalar]) -> None:
        """Begin with no array; all will have the shape ``(size,)``."""
        self._size = size
        self._dtype = dtype
        self._free: list[NDArray[Scalar]] = []

    def take(self) -> NDArray[Scalar]:
        """Give an array of zeros that nobody else uses: (size,)."""
        try:
            return self._free.pop()
        except IndexError:
            return np.zeros(self._size, dtype=self._dtype)

    def give_back(self, array: NDArray[Scalar]) -> None:
        """Take an array back, which must hold nothing but zeros again."""
        self._free.append(array)


def make_offsets(sizes: Sequence[int] | Int64Array) -> Int64Array:
    """Give where each part of a row begins, and where the last one ends: int64, (parts + 1,)."""
    ends = np.cumsum(sizes, dtype=np.int64)  # int64, (parts,)
    return np.concatenate([[0], ends])


def concatenate_ranges(begins: Int64Array, ends: Int64Array) -> Int64Array:
    """Give the numbers of several ranges, one range behind another: int64, (sum of lengths,)."""
    lengths = ends - begins
    # What is added to the place of a number to make it that number: int64, (ranges,).
    shifts = ends - lengths.cumsum()
    numbers: Int64Array = shifts.repeat(lengths)
    numbers += np.arange(len(numbers))
    return numbers


def find_run_starts(values: NDArray[np.integer]) -> Int64Array:
    """Give where each run of equal values begins in a sorted array: int64, (runs,)."""
    is_first = np.empty(len(values), dtype=np.bool_)  # bool, (values,)
    is_first[:1] = True
    following = values[1:]
    preceding = values[:-1]
    np.not_equal(following, preceding, out=is_first[1:])
    return is_first.nonzero()[0]


def find_kth_highest(values: NDArray[np.floating], k: int) -> float:
    """Give the k-th highest of at least ``k`` values."""
    place = len(values) - k
    return float(np.partition(values, place)[place])


def top_k(scores: FloatArray, k: int, bound: float = 0.0) -> Int64Array:
    """Give the indices of the ``k`` highest positive scores: int64, (at most k,).

    The highest comes first; of equal scores the lower index comes first. A ``bound`` above 0 is a
    score that at least ``k`` of them are known to reach.
    """
    found = _find_possible(scores, k, bound)
    order = (-scores[found]).argsort(kind="stable")
    return found[order[:k]]


def top_k_ascending(scores: FloatArray, k: int, bound: float = 0.0) -> Int64Array:
    """Give what ``top_k`` gives, the lowest index first."""
    found = _find_possible(scores, k, bound)
    if len(found) <= k:
        return found
    best = top_k(scores, k, bound)
    best.sort()
    return best


def _find_possible(scores: FloatArray, k: int, bound: float) -> Int64Array:
    """Give the indices that may be among the ``k`` highest, ascending: few more than ``k``."""
    is_possible = scores >= bound if bound > 0 else scores > 0  # bool, (scores,)
    found = is_possible.nonzero()[0]
    if k <= 0:
        return found[:0]
    if len(found) <= k:
        return found
    best = scores[found]
    return found[best >= find_kth_highest(best, k)]


def split_into_blocks(sizes: Int64Array, block_size: int) -> Iterator[tuple[int, int]]:
    """Split a row of parts of these sizes into ranges of parts that hold about ``block_size``."""
    ends = sizes.cumsum()  # int64, (parts,)
    total = ends[-1] if len(ends) else 0
    block_ends = np.arange(block_size, total, block_size)
    cuts = ends.searchsorted(block_ends, side="right")
    borders = {0, *cuts.tolist(), len(sizes)}
    return pairwise(sorted(borders))
