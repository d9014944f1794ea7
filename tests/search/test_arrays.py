"""The operations on arrays that search shares, against plain Python."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.arrays import (
    ScratchArrays,
    concatenate_ranges,
    find_kth_highest,
    find_run_starts,
    make_offsets,
    split_into_blocks,
    top_k,
    top_k_ascending,
)

sizes = st.lists(st.integers(0, 20), max_size=30)


@given(sizes)
def test_offsets_are_sums_of_sizes(parts: list[int]) -> None:
    """Law: where each part begins, and where the last one ends."""
    offsets = make_offsets(parts)
    assert offsets.tolist() == [sum(parts[:at]) for at in range(len(parts) + 1)]
    assert offsets.dtype == np.int64


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=20))
def test_ranges_stand_one_behind_another(ranges: list[tuple[int, int]]) -> None:
    """Law: in any order, empty ones and overlapping ones too."""
    begins = np.array([begin for begin, _ in ranges], dtype=np.int64)
    ends = begins + np.array([length for _, length in ranges], dtype=np.int64)
    expected = [number for begin, length in ranges for number in range(begin, begin + length)]
    assert concatenate_ranges(begins, ends).tolist() == expected


@given(st.lists(st.integers(0, 5), max_size=30).map(sorted))
def test_runs_begin_where_the_value_changes(values: list[int]) -> None:
    """Law: one start a run of equal values."""
    lengths = [len(list(run)) for _, run in groupby(values)]
    assert find_run_starts(np.array(values, dtype=np.int64)).tolist() == [
        sum(lengths[:at]) for at in range(len(lengths))
    ]


@given(st.lists(st.integers(-3, 3).map(float), max_size=300), st.integers(-1, 200))
def test_the_highest_positive_scores_come_first(scores: list[float], k: int) -> None:
    """Law: ties by index, none of zero or below, and a bound that k scores reach changes
    nothing.
    """
    found = [at for at, score in enumerate(scores) if score > 0]
    expected = sorted(found, key=lambda at: (-scores[at], at))[: max(k, 0)]
    array = np.array(scores, dtype=np.float64)
    assert top_k(array, k).tolist() == expected
    assert top_k_ascending(array, k).tolist() == sorted(expected)
    if len(expected) == k > 0:
        lowest = scores[expected[-1]]
        assert top_k(array, k, lowest).tolist() == expected
        assert top_k_ascending(array, k, lowest).tolist() == sorted(expected)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40), st.data())
def test_the_kth_highest_is_that_of_sorting(values: list[float], data: st.DataObject) -> None:
    """Law: counted from 1, equal ones each for itself."""
    k = data.draw(st.integers(1, len(values)))
    assert find_kth_highest(np.array(values), k) == sorted(values, reverse=True)[k - 1]


@given(sizes, st.integers(1, 40))
def test_blocks_hold_all_parts_once(parts: list[int], block_size: int) -> None:
    """Law: in order; no block of several parts is much larger than it should be."""
    blocks = list(split_into_blocks(np.array(parts, dtype=np.int64), block_size))
    assert [part for first, last in blocks for part in range(first, last)] == list(
        range(len(parts))
    )
    for first, last in blocks:
        assert sum(parts[first : last - 1]) <= block_size + max(parts)


def test_scratch_arrays_are_used_again_but_never_shared() -> None:
    """Whoever takes two has two; what was given back comes again."""
    arrays = ScratchArrays(4, np.uint16)
    first, second = arrays.take(), arrays.take()
    assert first is not second
    arrays.give_back(first)
    assert arrays.take() is first
    assert second.tolist() == [0] * 4
    assert second.dtype.name == "uint16"


@pytest.mark.parametrize("size", [0, 1])
def test_the_smallest_rows_are_no_matter(size: int) -> None:
    """Nothing, and a single thing."""
    values = np.zeros(size, dtype=np.int64)
    assert find_run_starts(values).tolist() == [0] * size
    assert top_k(values.astype(np.float64), 3).tolist() == []
