"""The cheapest way to read a claim as a part of an article, word by word.

In: two sequences of numbers that stand for words, and where the claim says that something is left
out. Out: the steps of an alignment. Method: approximate matching of a whole pattern inside a text
(semi-global alignment; Sellers 1980) with affine gaps (Gotoh 1982). What stands in the article
before and behind the matched part costs nothing. Many words left out in one go cost little more
than one. Nothing here knows articles or punctuation, but for ``detach_unrelated_sentences``.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.quotations.normalization import NormalizedText

# A claimed word stands for another word of the article.
_SUBSTITUTION_COST = 20
# A claimed word stands for none of the article's.
_INSERTION_COST = 20
# The first word of the article that is left out. A little cheaper, so that a word left out and one
# put in elsewhere (38) are rather read as that than as two words substituted (40).
_GAP_START_COST = 18
# Each further word left out with it.
_GAP_EXTENSION_COST = 2
# A sentence at an end is detached if fewer than one in so many of the words claimed for it match.
_CLAIMED_WORDS_PER_MATCH = 3
# So many words that stand beside another sentence's end may differ from it all the same.
_MAX_DIFFERING_WORDS = 2
_SENTENCE_END = re.compile(r"[.!?…:;。！？]")

Costs = NDArray[np.int32]


class AlignmentStep(NamedTuple):
    """A word of the claim, a word of the article, or one of each side by side, by their numbers.

    ``is_match``: both words are the same. ``is_elided``: the claim itself says that the article's
    word is left out.
    """

    claimed: int | None
    article: int | None
    is_match: bool = False
    is_elided: bool = False


def align(
    claim: Sequence[int], article: Sequence[int], ellipses: Set[int] = frozenset()
) -> list[AlignmentStep]:
    """Align a whole claim with the part of an article that it is cheapest to read it as.

    ``claim`` and ``article`` are numbers that stand for words. Before the claimed words whose
    numbers are in ``ellipses`` any number of words may be left out for nothing. Takes time and
    4 bytes of memory for each pair of words. Of parts that cost the same the first is taken, and a
    word that can be read as substituted or as inserted is substituted.
    """
    claim_words = np.array(claim, dtype=np.int64)
    article_words = np.array(article, dtype=np.int64)
    costs = _fill_costs(claim_words, article_words, ellipses)
    row = len(claim)
    column = _find_end(costs)
    steps: list[AlignmentStep] = []
    while row:
        cost = costs[row, column]
        is_match = column > 0 and claim[row - 1] == article[column - 1]
        substitution = 0 if is_match else _SUBSTITUTION_COST
        if column and cost == costs[row - 1, column - 1] + substitution:
            row -= 1
            column -= 1
            steps.append(AlignmentStep(row, column, is_match))
        elif cost == costs[row - 1, column] + _INSERTION_COST:
            row -= 1
            steps.append(AlignmentStep(row, None))
        else:
            is_elided = row in ellipses
            find_start = _find_ellipsis_start if is_elided else _find_gap_start
            gap_start = find_start(costs, row, column)
            left_out = reversed(range(gap_start, column))
            steps += [AlignmentStep(None, number, is_elided=is_elided) for number in left_out]
            column = gap_start
    steps.reverse()
    return steps


def _fill_costs(claim: NDArray[np.int64], article: NDArray[np.int64], ellipses: Set[int]) -> Costs:
    """Give the least cost of aligning the first words of a claim with a part of an article.

    int32, (claimed words + 1, words of the article + 1): by how many words are claimed, and before
    which word of the article the part ends.
    """
    costs = np.zeros((len(claim) + 1, len(article) + 1), dtype=np.int32)
    # int32, (words of the article + 1,): what it costs to extend a gap up to each column.
    extension = _GAP_EXTENSION_COST * np.arange(len(article) + 1, dtype=np.int32)
    # The first word of a gap costs this much more than an extension by one word.
    opening = _GAP_START_COST - _GAP_EXTENSION_COST
    for number, word in enumerate(claim, start=1):
        previous, current = costs[number - 1], costs[number]
        current[:] = previous + _INSERTION_COST
        substitution = np.where(article == word, 0, _SUBSTITUTION_COST)
        diagonal = previous[:-1] + substitution
        current[1:] = np.minimum(current[1:], diagonal)
        if number in ellipses:
            current[:] = np.minimum.accumulate(current)
        else:
            cheapest_start = np.minimum.accumulate(current - extension)
            gap = cheapest_start[:-1] + extension[1:] + opening
            current[1:] = np.minimum(current[1:], gap)
    return costs


def _find_end(costs: Costs) -> int:
    """Give the column in which the cheapest alignment ends: of equal ones side by side the last."""
    totals = costs[-1]
    column = int(totals.argmin())
    least = totals[column]
    last = len(totals) - 1
    while column < last and totals[column + 1] == least:
        column += 1
    return column


def _find_gap_start(costs: Costs, row: int, column: int) -> int:
    """Give the column in which the gap begins that ends in a column: the shortest at its cost."""
    further_words = np.arange(column - 1, -1, -1)  # int64, (column,): of a gap from each column
    gap_costs = _GAP_START_COST + _GAP_EXTENSION_COST * further_words
    totals = costs[row, :column] + gap_costs
    starts = np.flatnonzero(totals == costs[row, column])
    return int(starts[-1])


def _find_ellipsis_start(costs: Costs, row: int, column: int) -> int:
    """Give the column in which the omission begins that ends in a column.

    It is the first at its cost. But a word before it that the claim has otherwise is taken as
    substituted rather than as left out.
    """
    cost = costs[row, column]
    starts = np.flatnonzero(costs[row, :column] == cost)
    start = int(starts[0])
    while start + 1 < column and costs[row, start + 1] == cost:
        substituted = costs[row - 1, start] + _SUBSTITUTION_COST
        if substituted != cost:
            break
        start += 1
    return start


def detach_unrelated_sentences(
    steps: Sequence[AlignmentStep], claim: NormalizedText, sentence_starts: Sequence[int]
) -> list[AlignmentStep]:
    """Detach claimed words at both ends from sentences that they only came to stand beside.

    Such words count as added, and the sentences are left out of the alignment. ``sentence_starts``
    are the numbers of the article's words that begin a sentence, ascending.
    """
    parts = _split_by_sentence(steps, sentence_starts)
    added_before: list[int] = []
    added_behind: list[int] = []
    while len(parts) > 1 and _is_unrelated(parts[0], claim, is_first=True):
        added_before += _claimed_words(parts.pop(0))
    while len(parts) > 1 and _is_unrelated(parts[-1], claim, is_first=False):
        added_behind = _claimed_words(parts.pop()) + added_behind
    kept = _insertions(added_before)
    for part in parts:
        kept += part
    return kept + _insertions(added_behind)


def _insertions(claimed: Sequence[int]) -> list[AlignmentStep]:
    return [AlignmentStep(number, None) for number in claimed]


def _split_by_sentence(
    steps: Sequence[AlignmentStep], sentence_starts: Sequence[int]
) -> list[list[AlignmentStep]]:
    """Split steps where a sentence of the article begins; insertions go with what precedes them."""
    parts: list[list[AlignmentStep]] = [[]]
    current: int | None = None
    for step in steps:
        if step.article is not None:
            sentence = bisect_right(sentence_starts, step.article)
            if current is not None and sentence != current:
                parts.append([])
            current = sentence
        parts[-1].append(step)
    return parts


def _is_unrelated(part: Sequence[AlignmentStep], claim: NormalizedText, *, is_first: bool) -> bool:
    """Say whether what is claimed beside a sentence hardly has a word of it.

    A word or two that differ belong to the sentence where the claim has the end of a sentence there
    too.
    """
    claimed = _claimed_words(part)
    matches = sum(step.is_match for step in part)
    if matches or len(claimed) > _MAX_DIFFERING_WORDS:
        return _CLAIMED_WORDS_PER_MATCH * matches < len(claimed)
    if not claimed:
        return True
    inner_gap = claimed[-1] + 1 if is_first else claimed[0]
    punctuation = claim.punctuation(inner_gap)
    return not _SENTENCE_END.search(punctuation)


def _claimed_words(steps: Sequence[AlignmentStep]) -> list[int]:
    return [step.claimed for step in steps if step.claimed is not None]
