"""What changed between two evaluations.

In: two runs, of which the earlier one may have been read from a file. Out: the questions that are
answered better or worse, and those that can't be compared. Questions are told apart by their text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.evaluation.model import Judgment

# The means of metrics by name, rounded to four digits; None where a metric is about no question.
MetricValues = Mapping[str, float | None]
# An earlier judgment of a question, and the one now.
JudgmentPair = tuple[Judgment, Judgment]


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation, as far as it is compared with another.

    ``metrics``: over all questions, with "ece". ``metrics_by_kind``: without "ece".
    """

    metrics: MetricValues
    metrics_by_kind: Mapping[str, MetricValues]
    judgments: tuple[Judgment, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became different between a baseline and a run.

    ``expectation_changed``: questions of which another kind of answer was expected then. They are
    neither better nor worse.
    """

    baseline: Run
    run: Run
    better: tuple[JudgmentPair, ...]
    worse: tuple[JudgmentPair, ...]
    expectation_changed: tuple[str, ...]
    only_in_baseline: tuple[str, ...]
    only_in_run: tuple[str, ...]


def compare(baseline: Run, run: Run) -> Comparison:
    """Compare a run with an earlier one.

    All is in the order of ``run``, but for ``only_in_baseline``.
    """
    earlier = {judgment.question: judgment for judgment in baseline.judgments}
    better: list[JudgmentPair] = []
    worse: list[JudgmentPair] = []
    expectation_changed: list[str] = []
    only_in_run: list[str] = []
    for judgment in run.judgments:
        before = earlier.get(judgment.question)
        if before is None:
            only_in_run.append(judgment.question)
        elif before.expectation != judgment.expectation:
            expectation_changed.append(judgment.question)
        elif judgment.quality > before.quality:
            better.append((before, judgment))
        elif judgment.quality < before.quality:
            worse.append((before, judgment))
    asked_now = {judgment.question for judgment in run.judgments}
    only_in_baseline = [question for question in earlier if question not in asked_now]
    return Comparison(
        baseline=baseline,
        run=run,
        better=tuple(better),
        worse=tuple(worse),
        expectation_changed=tuple(expectation_changed),
        only_in_baseline=tuple(only_in_baseline),
        only_in_run=tuple(only_in_run),
    )
