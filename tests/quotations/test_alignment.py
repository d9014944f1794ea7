"""A claim is read as the part of an article that is cheapest to read it as."""

from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.quotations.alignment import AlignmentStep, align


def cost_of(steps: list[AlignmentStep]) -> int:
    """Say what an alignment costs: 20 for a word changed or added, 18 for one left out and 2 for
    each more with it.
    """
    cost = 0
    for before, step in pairwise([None, *steps]):
        if step is None or step.is_elided or step.is_match:
            continue
        is_more = before is not None and before.claimed is None and not before.is_elided
        cost += 20 if step.claimed is not None else 2 if is_more else 18
    return cost


def least_cost(claimed: list[int], article: list[int], ellipses: frozenset[int]) -> int:
    """Say what the cheapest of all alignments costs, by trying each."""

    @cache
    def rest(row: int, column: int, *, is_gap: bool) -> int:
        if row == len(claimed):
            return 0
        costs = [20 + rest(row + 1, column, is_gap=False)]
        if column < len(article):
            differs = claimed[row] != article[column]
            costs.append(20 * differs + rest(row + 1, column + 1, is_gap=False))
            left_out = 0 if row in ellipses else 2 if is_gap else 18
            costs.append(left_out + rest(row, column + 1, is_gap=True))
        return min(costs)

    return min(rest(0, column, is_gap=False) for column in range(len(article) + 1))


WORDS = st.lists(st.integers(0, 3), max_size=7)


@given(WORDS, WORDS, st.frozensets(st.integers(1, 6)))
def test_an_alignment_is_the_cheapest(
    claimed: list[int], article: list[int], ellipses: frozenset[int]
) -> None:
    """No other way to align costs less; every claimed word is in it once, in order."""
    ellipses = frozenset(ellipsis for ellipsis in ellipses if ellipsis < len(claimed))
    steps = align(claimed, article, ellipses)
    places = [step.article for step in steps if step.article is not None]
    assert [step.claimed for step in steps if step.claimed is not None] == list(range(len(claimed)))
    assert places == list(range(places[0], places[0] + len(places))) if places else True
    assert all(
        (
            step.claimed is not None
            and step.article is not None
            and claimed[step.claimed] == article[step.article]
        )
        == step.is_match
        for step in steps
    )
    assert cost_of(steps) == least_cost(claimed, article, ellipses)
