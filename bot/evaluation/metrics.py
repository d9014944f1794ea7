"""Metrics over judged answers: how often, and how early, they are right.

In: judgments. Out: the mean of each metric over the questions that it is about. The metrics are
hit@1 and hit@3 (success at k), the mean reciprocal rank (Voorhees, TREC-8, 1999), and shares of
right key sentences, right sections, answered and refused questions. An unanswered question counts
as a miss in every metric.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evaluation.model import Judgment


@dataclass(frozen=True, slots=True)
class MetricMean:
    """The mean of a metric over the ``count`` questions that it is about.

    ``total`` is the sum of the metric's values: the number of right ones, or the sum of the
    reciprocal ranks.
    """

    total: float
    count: int

    @property
    def value(self) -> float | None:
        """The mean, 0 to 1; None where the metric is about no question."""
        return self.total / self.count if self.count else None


def _hit_at_1(judgment: Judgment) -> float | None:
    return float(judgment.rank == 1) if judgment.is_covered else None


def _hit_at_3(judgment: Judgment) -> float | None:
    return float(judgment.rank is not None) if judgment.is_covered else None


def _reciprocal_rank(judgment: Judgment) -> float | None:
    return judgment.reciprocal_rank if judgment.is_covered else None


def _right_key(judgment: Judgment) -> float | None:
    return judgment.key_is_right


def _right_section(judgment: Judgment) -> float | None:
    return judgment.section_is_right


def _answered(judgment: Judgment) -> float | None:
    return float(judgment.is_answered) if judgment.is_covered else None


def _refused(judgment: Judgment) -> float | None:
    return None if judgment.is_covered else float(not judgment.is_answered)


# Each metric's value for one question; None where the metric is not about such a question.
_VALUE_OF: dict[str, Callable[[Judgment], float | None]] = {
    "hit1": _hit_at_1,
    "hit3": _hit_at_3,
    "mrr": _reciprocal_rank,
    "key": _right_key,
    "section": _right_section,
    "answered": _answered,
    "refused": _refused,
}
METRICS = tuple(_VALUE_OF)


def compute_metrics(judgments: Sequence[Judgment]) -> dict[str, MetricMean]:
    """Give every metric of METRICS, by name and in that order."""
    return {name: _mean(value_of, judgments) for name, value_of in _VALUE_OF.items()}


def _mean(
    value_of: Callable[[Judgment], float | None], judgments: Sequence[Judgment]
) -> MetricMean:
    values = map(value_of, judgments)
    known = [float(value) for value in values if value is not None]
    return MetricMean(sum(known), len(known))
