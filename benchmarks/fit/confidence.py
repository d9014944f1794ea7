"""The coefficients of the confidence, by logistic regression on the product's own features.

With ``--write`` what is found is written into the product, with the limits of ``limits``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.fit.cases import SPLIT, read_cases, weigh_cases
from benchmarks.fit.limits import Limits, find_limit_errors, find_limits
from benchmarks.fit.logistic import (
    Floats,
    Integers,
    cross_fit,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
    resample,
)
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError, Trial
from benchmarks.fit.write import write_numbers
from benchmarks.quality.asking import Case, describe_cases, find_sources
from benchmarks.quality.metrics import find_auroc, find_calibration_error
from bot.answers.confidence_features import ConfidenceFeatures, list_terms
from bot.answers.confidence_numbers import COEFFICIENTS, LIKELY, SURE, THRESHOLD

NAMES = tuple(COEFFICIENTS)
_INTERCEPT = "intercept"
# All coefficients but the intercept are drawn to 0 as by so much of a question: those that few
# questions tell of stay near it.
_RIDGE = 0.5
_RESAMPLES = 500
# All that is not SQuAD together.
_POOLED = "all but SQuAD"
_DIGITS = 3
_CODE_LIMITS = Limits(THRESHOLD, LIKELY, SURE)
_METHOD = (
    "logistic regression of whether the first quotation answers, Newton's method, ridge "
    f"{_RIDGE:g}; standard errors clustered by question; questions that find nothing are left out; "
    "each source counts by its share, and its cases count alike. Limits: benchmarks/fit/limits.py, "
    "at the confidences of fits without the question's eighth of the questions"
)


@dataclass(frozen=True, slots=True)
class _Data:
    """Cases as arrays: (cases, coefficients), and (cases,)."""

    cases: Sequence[Case]
    features: Floats
    outcomes: Floats
    questions: Integers
    weights: Floats

    def only(self, source: str) -> "_Data":
        """Keep the cases of a source, or all but SQuAD's."""
        is_kept = [
            source == case.source or (source == _POOLED and case.source != "SQuAD")
            for case in self.cases
        ]
        places = np.flatnonzero(is_kept)
        _, questions = np.unique(self.questions[places], return_inverse=True)
        return _Data(
            [self.cases[at] for at in places],
            self.features[places],
            self.outcomes[places],
            questions.astype(np.int64),
            self.weights[places],
        )


def fit(options: FitOptions) -> Fit:
    """Fit all coefficients together, and try them on the sets that are kept for it."""
    if options.write and (options.squad is None or options.clapnq is None):
        raise MissingDataError("what is written needs all data: --squad PATH --clapnq PATH")
    fitting, trial = (_make_data(cases) for cases in read_cases(options))
    ridge = np.array([0.0 if name == _INTERCEPT else _RIDGE for name in NAMES])
    data = (fitting.features, fitting.outcomes)
    found = fit_logistic(*data, fitting.weights, ridge)
    errors = find_standard_errors(*data, found, fitting.questions, fitting.weights, ridge)
    confidences = cross_fit(*data, fitting.questions, fitting.weights, ridge, options.seed)
    limits = find_limits(fitting.cases, confidences)
    limit_errors = find_limit_errors(
        fitting.cases, confidences, fitting.questions, options.seed
    )
    if options.write:
        write_numbers(dict(zip(NAMES, found.tolist(), strict=True)), limits)
    coefficients = [
        FittedNumber(
            f"confidence: {name}",
            COEFFICIENTS[name],
            *_find_estimate(fitting.features[:, at], found[at], errors[at]),
        )
        for at, name in enumerate(NAMES)
    ]
    sources = [*find_sources(trial.cases), _POOLED]
    trials = [one for source in sources for one in _try(source, trial, found, limits, options.seed)]
    return Fit(
        title="Coefficients of bot/answers/confidence_numbers.py, and its limits",
        data=f"fitting: {describe_cases(fitting.cases)}. Trial: {describe_cases(trial.cases)}",
        split=SPLIT,
        method=_METHOD,
        numbers=(*coefficients, *_list_limits(limits, limit_errors)),
        trials=tuple(trials),
    )


def _find_estimate(
    values: Floats, found: float, error: float
) -> tuple[float | None, float | None, str]:
    """Give a coefficient with its standard error, unless no case tells of it."""
    if not values.any():
        return None, None, "no case of this data has it"
    return float(found), float(error), ""


def _list_limits(limits: Limits, errors: Limits) -> list[FittedNumber]:
    names = ("threshold", "likely", "sure")
    return [
        FittedNumber(
            f"confidence: {name.upper()}",
            getattr(_CODE_LIMITS, name),
            getattr(limits, name),
            getattr(errors, name),
        )
        for name in names
    ]


def _make_data(cases: Sequence[Case]) -> _Data:
    """Take the cases where something was found, as arrays."""
    found = [case for case in cases if case.features is not None]
    rows = [make_row(case.features) for case in found if case.features is not None]
    _, questions = np.unique([case.question for case in found], return_inverse=True)
    return _Data(
        cases=found,
        features=np.array(rows),
        outcomes=np.array([float(case.is_right) for case in found]),
        questions=questions.astype(np.int64),
        weights=weigh_cases(found),
    )


def make_row(features: ConfidenceFeatures) -> list[float]:
    """Give what each coefficient is multiplied by, in the order of ``NAMES``."""
    terms = list_terms(features)
    return [terms[name] for name in NAMES]


def _try(
    source: str, trial: _Data, found: Floats, limits: Limits, seed: int
) -> list[Trial]:
    """Give the figures of merit on one set at both sets of coefficients and limits."""
    mine = trial.only(source)
    code = np.array([COEFFICIENTS[name] for name in NAMES])
    both = [find_probabilities(mine.features @ one) for one in (code, found)]
    settings = list(zip(both, (_CODE_LIMITS, limits), strict=True))

    def measure(find: Callable[[Floats, Limits], float]) -> tuple[float, float]:
        at_code, at_found = (find(confidences, limit) for confidences, limit in settings)
        return at_code, at_found

    def describe_losses() -> str:
        intervals = [
            _find_interval((one - mine.outcomes) ** 2, mine.questions, seed) for one in both
        ]
        shown = [f"{low:.3f}–{high:.3f}" for low, high in intervals]
        return f"95 % intervals {shown[0]} and {shown[1]}"

    is_right = mine.outcomes == 1
    is_covered = np.array([case.is_covered for case in mine.cases])
    figures: list[tuple[str, Callable[[Floats, Limits], float], str]] = [
        (
            "calibration error of the answered, 10 bins",
            lambda p, limit: find_calibration_error(
                p[p >= limit.threshold], mine.outcomes[p >= limit.threshold]
            ),
            " and ".join(f"{int((p >= limit.threshold).sum()):,}" for p, limit in settings)
            + " answers",
        ),
        (
            "Brier score",
            lambda p, _: float(np.mean((p - mine.outcomes) ** 2)),
            describe_losses(),
        ),
        ("AUROC", lambda p, _: find_auroc(p[is_right].tolist(), p[~is_right].tolist()), ""),
        (
            "wrong among sure",
            lambda p, limit: _find_share(~is_right, p >= limit.sure),
            " and ".join(f"{int((p >= limit.sure).sum()):,}" for p, limit in settings) + " answers",
        ),
        (
            "sure among right",
            lambda p, limit: _find_share(p >= limit.sure, is_right),
            "",
        ),
        (
            "answered of those with an answer",
            lambda p, limit: _find_share(p >= limit.threshold, is_covered),
            "",
        ),
        (
            "refused of those without",
            lambda p, limit: _find_share(p < limit.threshold, ~is_covered),
            "",
        ),
    ]
    return [Trial(f"{source}: {name}", *measure(find), note) for name, find, note in figures]


def _find_share(condition: np.ndarray, among: np.ndarray) -> float:
    return float(condition[among].mean()) if among.any() else 0.0


def _find_interval(losses: Floats, questions: Integers, seed: int) -> tuple[float, float]:
    """Give the 95 % interval of a mean by sampling questions."""
    sums, counts = np.bincount(questions, losses), np.bincount(questions)
    means = [drawn @ sums / (drawn @ counts) for drawn in resample(len(counts), _RESAMPLES, seed)]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
