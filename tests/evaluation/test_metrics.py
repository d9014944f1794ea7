"""The metrics of judged answers are shares, and in order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from judgments import judgments

from bot.evaluation.metrics import compute_metrics
from bot.evaluation.model import Judgment


@given(st.lists(judgments()))
def test_the_figures_are_ordered(found: list[Judgment]) -> None:
    """A first hit is one among three, the reciprocal rank lies between, and what is a hit was
    answered.
    """
    figures = {name: figure.value for name, figure in compute_metrics(found).items()}
    assert all(value is None or 0 <= value <= 1 for value in figures.values())
    if figures["hit1"] is None:
        assert not any(judgment.is_covered for judgment in found)
        return
    chain = [figures[name] or 0.0 for name in ("hit1", "mrr", "hit3", "answered")]
    assert all(one <= other + 1e-9 for one, other in pairwise(chain))
