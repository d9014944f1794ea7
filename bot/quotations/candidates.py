"""The passages that are likeliest to be what a claim was made from.

In: a word index, and a claim that it has encoded. Out: a few ranges of words, to be aligned.
Windows of the claim's length are scored by the summed weights of the claim's words in them, rare
words most (an inverse frequency). The best windows are then compared by the longest common
subsequence of words (rapidfuzz). Where exactly the claim differs is for ``alignment``.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.quotations.word_index import WordIndex
from bot.search.arrays import top_k

# So many windows are compared in the order of their words.
_MAX_WINDOWS = 32
# So many candidates are given: an alignment takes time for each pair of words.
_MAX_CANDIDATES = 3
# A text may have half as many words more than the claim, up to so many, and a few in any case.
_MAX_SLACK = 200
_MIN_SLACK = 8
# Windows begin a quarter of their length after each other, so that one of them holds the text.
_STEPS_PER_WINDOW = 4

WordRange = tuple[int, int]


def slack(claim: str) -> int:
    """Give how many words more than the claim a text may have that it was made from."""
    return min(len(claim) // 2, _MAX_SLACK) + _MIN_SLACK


def common_words(claim: str, text: str) -> int:
    """Give the length of the longest common subsequence of the words of two encoded texts."""
    # Few claims are checked, so rapidfuzz, which takes 3 MB, is imported when one is.
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415

    return int(LCSseq.similarity(claim, text))


def find_candidates(index: WordIndex, claim: str) -> list[WordRange]:
    """Give at most three ranges, each in one section, none overlapping another, likeliest first."""
    ranges = _find_windows(index, claim)

    def by_common_words(word_range: WordRange) -> int:
        start, end = word_range
        return -common_words(claim, index.text[start:end])

    candidates: list[WordRange] = []
    for word_range in sorted(ranges, key=by_common_words):
        if len(candidates) == _MAX_CANDIDATES:
            break
        if not _overlaps(word_range, candidates):
            candidates.append(word_range)
    return candidates


def _overlaps(word_range: WordRange, others: Sequence[WordRange]) -> bool:
    start, end = word_range
    return any(start < other_end and other_start < end for other_start, other_end in others)


def _find_windows(index: WordIndex, claim: str) -> list[WordRange]:
    """Give the ranges that hold most of the weight of a claim's words, in any order."""
    weights = _weigh_words(index, claim)
    weight_before = np.zeros(len(index.codes) + 1)  # float64, (words + sections + 1,)
    np.cumsum(weights[index.codes], out=weight_before[1:])
    length = len(claim) + slack(claim)
    step = max(1, length // _STEPS_PER_WINDOW)
    starts = np.arange(0, len(index.codes), step)  # int64, (windows,)
    ends = np.minimum(starts + length, len(index.codes))
    window_weights = weight_before[ends] - weight_before[starts]
    best = top_k(window_weights, _MAX_WINDOWS)
    ranges: set[WordRange] = set()
    for start, end in zip(starts[best].tolist(), ends[best].tolist(), strict=True):
        ranges.update(_cut_at_sections(index, start, end))
    return sorted(ranges)


def _weigh_words(index: WordIndex, claim: str) -> NDArray[np.float64]:
    """Give each code its weight, 0 where the claim does not have the word: float64, (codes,)."""
    weights = np.zeros(len(index.frequencies))
    codes = index.known_codes(claim)
    rarity = len(index.codes) / index.frequencies[codes]
    weights[codes] = np.log1p(rarity)
    return weights


def _cut_at_sections(index: WordIndex, start: int, end: int) -> Iterator[WordRange]:
    """Cut a range of words where a section ends."""
    while start < end:
        _, section_end = index.section_bounds(start)
        yield start, min(section_end, end)
        start = section_end + 1
