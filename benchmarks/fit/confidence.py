"""The coefficients of the confidence, by logistic regression on the product's own features.

With ``--write`` what is found is written into the product, with the limits of ``limits``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.cases import SPLIT, SQUAD, read_cases, weigh_cases
from benchmarks.fit.limits import Limits, find_limit_errors, find_limits
from benchmarks.fit.logistic import (
    Floats,
    Integers,
    Scheme,
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
from bot.answers.confidence_features import TERMS, ConfidenceFeatures, compute_terms
from bot.answers.confidence_numbers import CONFIDENCE, COVERAGE, SURE, THRESHOLD

NAMES = tuple(CONFIDENCE)
_INTERCEPT = "intercept"
# All coefficients but the intercept are drawn to 0 as by so much of a question: those that few
# questions tell of stay near it.
RIDGE = np.array([0.0 if name == _INTERCEPT else 0.5 for name in NAMES])
_RESAMPLES = 500
# All that is not SQuAD together.
_POOLED = f"all but {SQUAD}"
_CODE_LIMITS = Limits(THRESHOLD, SURE)
_METHOD = (
    "logistic regressions of whether the first quotation answers (CONFIDENCE) and of whether the "
    f"articles answer at all (COVERAGE), Newton's method, ridge {RIDGE.max():g}; standard errors "
    "clustered by question; questions that find nothing are left out; each source counts by its "
    "share, and its cases count alike. Limits: benchmarks/fit/limits.py, at the probabilities of "
    "fits without the question's eighth of the questions"
)


@dataclass(frozen=True, slots=True)
class _Data:
    """Cases as arrays: (cases, coefficients), and (cases,)."""

    cases: Sequence[Case]
    features: Floats
    is_right: Floats
    is_covered: Floats
    questions: Integers
    weights: Floats

    def only(self, source: str) -> "_Data":
        """Keep the cases of a source, or all but SQuAD's."""
        if source == _POOLED:
            return _make_data([case for case in self.cases if case.source != SQUAD])
        return _make_data([case for case in self.cases if case.source == source])


@dataclass(frozen=True, slots=True)
class _Model:
    """Coefficients of both probabilities, in the order of ``NAMES``, and limits."""

    confidence: Floats
    coverage: Floats
    limits: Limits

    def estimate(self, data: _Data) -> tuple[Floats, Floats]:
        """Give confidences and coverages as the product does: (cases,)."""
        confidences = find_probabilities(data.features @ self.confidence)
        coverages = find_probabilities(data.features @ self.coverage)
        return confidences, np.maximum(coverages, confidences)


_CODE = _Model(
    np.array([CONFIDENCE[name] for name in NAMES]),
    np.array([COVERAGE[name] for name in NAMES]),
    _CODE_LIMITS,
)


def fit(options: FitOptions) -> Fit:
    """Fit all coefficients together, and try them on the sets that are kept for it."""
    if options.write and (options.squad is None or options.clapnq is None):
        raise MissingDataError("what is written needs all data: --squad PATH --clapnq PATH")
    fitting_cases, trial_cases = read_cases(options)
    fitting, trial = _make_data(fitting_cases), _make_data(trial_cases)
    confidence, confidence_errors, confidences = _regress(fitting, fitting.is_right, options.seed)
    coverage, coverage_errors, coverages = _regress(fitting, fitting.is_covered, options.seed)
    coverages = np.maximum(coverages, confidences)
    limits = find_limits(fitting.cases, confidences, coverages)
    limit_errors = find_limit_errors(
        fitting.cases, confidences, coverages, fitting.questions, options.seed
    )
    found = _Model(confidence, coverage, limits)
    if options.write:
        _write(found)
    sources = [*find_sources(trial.cases), _POOLED]
    trials = [one for source in sources for one in _try(source, trial, found, options.seed)]
    return Fit(
        title="Numbers of bot/answers/confidence_numbers.py",
        data=f"fitting: {describe_cases(fitting_cases)}. Trial: {describe_cases(trial_cases)}",
        split=SPLIT,
        method=_METHOD,
        numbers=(
            *_list_coefficients("CONFIDENCE", CONFIDENCE, fitting, confidence, confidence_errors),
            *_list_coefficients("COVERAGE", COVERAGE, fitting, coverage, coverage_errors),
            *_list_limits(limits, limit_errors),
        ),
        trials=tuple(trials),
    )


def _regress(data: _Data, outcomes: Floats, seed: int) -> tuple[Floats, Floats, Floats]:
    """Give coefficients, their standard errors, and the probabilities of a cross-fit."""
    scheme = Scheme(data.weights, RIDGE)
    found = fit_logistic(data.features, outcomes, scheme)
    errors = find_standard_errors(data.features, outcomes, found, data.questions, scheme)
    probabilities = cross_fit(data.features, outcomes, data.questions, scheme, seed)
    return found, errors, probabilities


def _write(found: _Model) -> None:
    tables = {"CONFIDENCE": found.confidence, "COVERAGE": found.coverage}
    named = {
        table: dict(zip(NAMES, values.tolist(), strict=True)) for table, values in tables.items()
    }
    write_numbers(named, found.limits)


def _list_coefficients(
    table: str, in_code: Mapping[str, float], data: _Data, found: Floats, errors: Floats
) -> list[FittedNumber]:
    """List the coefficients of a table; one that no case tells of cannot be found."""
    numbers = []
    for at, name in enumerate(NAMES):
        estimate: tuple[float | None, float | None, str]
        estimate = (float(found[at]), float(errors[at]), "")
        if not data.features[:, at].any():
            estimate = (None, None, "no case of this data has it")
        numbers.append(FittedNumber(f"{table}: {name}", in_code[name], *estimate))
    return numbers


def _list_limits(limits: Limits, errors: Limits) -> list[FittedNumber]:
    names = [field.name.upper() for field in fields(Limits)]
    values = zip(astuple(_CODE_LIMITS), astuple(limits), astuple(errors), strict=True)
    return [FittedNumber(name, *numbers) for name, numbers in zip(names, values, strict=True)]


def _make_data(cases: Sequence[Case]) -> _Data:
    """Take the cases where something was found, as arrays."""
    found = [case for case in cases if case.features is not None]
    rows = [make_row(case.features) for case in found if case.features is not None]
    _, questions = np.unique([case.question for case in found], return_inverse=True)
    return _Data(
        cases=found,
        features=np.array(rows),
        is_right=np.array([float(case.is_right) for case in found]),
        is_covered=np.array([float(case.is_covered) for case in found]),
        questions=questions.astype(np.int64),
        weights=weigh_cases(found),
    )


def make_row(features: ConfidenceFeatures) -> list[float]:
    """Give what each coefficient is multiplied by, in the order of ``NAMES``."""
    terms = dict(zip(TERMS, compute_terms(features), strict=True))
    return [terms[name] for name in NAMES]


def _try(source: str, trial: _Data, found: _Model, seed: int) -> list[Trial]:
    """Give the figures of merit on one set at both sets of numbers."""
    data = trial.only(source)
    at_code, at_found = (_measure(data, model, seed) for model in (_CODE, found))
    return [
        Trial(f"{source}: {name}", value, at_found[name][0], _join_notes(note, at_found[name][1]))
        for name, (value, note) in at_code.items()
    ]


def _join_notes(*notes: str) -> str:
    return " and ".join(filter(None, notes))


def _measure(data: _Data, model: _Model, seed: int) -> dict[str, tuple[float, str]]:
    """Give figures of merit by name, each with what is to be known of it."""
    confidences, coverages = model.estimate(data)
    is_right, is_covered = data.is_right == 1, data.is_covered == 1
    is_answered = coverages >= model.limits.threshold
    is_doubtful = np.array([case.is_doubtful for case in data.cases])
    is_sure = is_answered & ~is_doubtful & (confidences >= model.limits.sure)
    losses = (confidences - data.is_right) ** 2
    low, high = _find_interval(losses, data.questions, seed)
    areas = {}
    if is_right.any() and not is_right.all():
        area = find_auroc(confidences[is_right].tolist(), confidences[~is_right].tolist())
        areas = {"AUROC": (area, "")}
    calibration = find_calibration_error(confidences[is_answered], data.is_right[is_answered])
    return {
        "calibration error of the answered": (calibration, f"{is_answered.sum():,} answers"),
        "Brier score": (float(losses.mean()), f"{low:.3f}–{high:.3f}"),
        **areas,
        "wrong among sure": (_find_share(~is_right, is_sure), f"{is_sure.sum():,} answers"),
        "sure among right": (_find_share(is_sure, is_right), ""),
        "answered of those with an answer": (_find_share(is_answered, is_covered), ""),
        "refused of those without": (_find_share(~is_answered, ~is_covered), ""),
    }


def _find_share(condition: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(condition[among].mean()) if among.any() else 0.0


def _find_interval(losses: Floats, questions: Integers, seed: int) -> tuple[float, float]:
    """Give the 95 % interval of a mean by sampling questions."""
    sums, counts = np.bincount(questions, losses), np.bincount(questions)
    means = [drawn @ sums / (drawn @ counts) for drawn in resample(len(counts), _RESAMPLES, seed)]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
