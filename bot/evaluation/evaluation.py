"""All judged answers to a question set, with their metrics and calibration.

In: a question set, and the judged answer to each of its questions. Out: an Evaluation, and which
metrics miss the targets that were set for them. It answers nothing itself and prints nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.calibration import Calibration, measure_calibration
from bot.evaluation.comparison import MetricValues, Run
from bot.evaluation.judgment import JudgedAnswer
from bot.evaluation.metrics import MetricMean, compute_metrics
from bot.evaluation.model import Judgment, QuestionSet

# A mean that is meant to equal its target must not miss it by a rounding.
_ROUNDING = 1e-9
# The digits of a mean that are compared with another run.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All judged answers with their metrics.

    ``threshold``: the coverage from which on an answer was given. ``metrics_by_kind``: empty
    where no question has a kind; "" are the questions without one. ``calibration``: over the
    questions that were answered, whether they should have been or not.
    """

    question_set: QuestionSet
    threshold: float
    results: tuple[JudgedAnswer, ...]
    metrics: Mapping[str, MetricMean]
    metrics_by_kind: Mapping[str, Mapping[str, MetricMean]]
    calibration: Calibration

    @property
    def run(self) -> Run:
        """What another evaluation is compared with."""
        metrics = _rounded_values(self.metrics)
        metrics["ece"] = _rounded(self.calibration.error)
        metrics_by_kind: dict[str, MetricValues] = {}
        for kind, means in self.metrics_by_kind.items():
            metrics_by_kind[kind] = _rounded_values(means)
        judgments = tuple(result.judgment for result in self.results)
        return Run(metrics, metrics_by_kind, judgments)

    @property
    def failures(self) -> tuple[JudgedAnswer, ...]:
        """The questions that were not answered, or not refused, as expected."""
        return tuple(result for result in self.results if result.judgment.outcome != "right")


def evaluate(
    question_set: QuestionSet, results: Sequence[JudgedAnswer], threshold: float
) -> Evaluation:
    """Compute all metrics. ``threshold`` is the coverage from which on an answer was given."""
    judgments = [result.judgment for result in results]
    return Evaluation(
        question_set=question_set,
        threshold=threshold,
        results=tuple(results),
        metrics=compute_metrics(judgments),
        metrics_by_kind=_compute_by_kind(results),
        calibration=_measure_calibration_of(results),
    )


def _measure_calibration_of(results: Sequence[JudgedAnswer]) -> Calibration:
    answered = [result for result in results if result.answer.quotes]
    return measure_calibration(
        (result.answer.confidence, result.judgment.rank == 1) for result in answered
    )


def _compute_by_kind(results: Sequence[JudgedAnswer]) -> dict[str, dict[str, MetricMean]]:
    judgments_of: dict[str, list[Judgment]] = {}
    for result in results:
        kind = result.question.kind
        judgments_of.setdefault(kind, []).append(result.judgment)
    if not any(judgments_of):
        return {}
    return {kind: compute_metrics(judgments) for kind, judgments in judgments_of.items()}


def _rounded_values(metrics: Mapping[str, MetricMean]) -> dict[str, float | None]:
    return {name: _rounded(mean.value) for name, mean in metrics.items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """A metric that misses its target.

    ``target``: the least that was asked for; of "ece" the most. ``value``: None where the metric is
    about no question.
    """

    metric: str
    value: float | None
    target: float


def find_missed_targets(evaluation: Evaluation, targets: Mapping[str, float]) -> list[MissedTarget]:
    """Compare the metrics over all questions with targets by name.

    Those of METRICS must reach theirs, "ece" must not be above its own.
    """
    missed: list[MissedTarget] = []
    for name, target in targets.items():
        value = _metric_value(evaluation, name)
        if value is None or _shortfall(name, value, target) > _ROUNDING:
            missed.append(MissedTarget(name, value, target))
    return missed


def _metric_value(evaluation: Evaluation, name: str) -> float | None:
    if name == "ece":
        return evaluation.calibration.error
    return evaluation.metrics[name].value


def _shortfall(name: str, value: float, target: float) -> float:
    """Give by how much a value misses its target; negative where it is better."""
    return value - target if name == "ece" else target - value
