"""The coefficients of the confidence, by logistic regression on the product's own features."""

import math
from collections.abc import Sequence

import numpy as np

from benchmarks.fit.cases import Case, describe_cases, find_sources, read_cases
from benchmarks.fit.data import SPLIT
from benchmarks.fit.logistic import (
    Floats,
    Integers,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
    resample,
)
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from benchmarks.quality.metrics import find_auroc
from bot.answers import confidence
from bot.answers.confidence import _SURE, ConfidenceFeatures

COEFFICIENTS = (
    "_INTERCEPT",
    "_LOG_SCORE_RATIO",
    "_LOG_MATCHED_CONCEPTS",
    "_LOG_PASSAGES",
    "_MISSING_NAME_SHARE",
    "_MISSING_NUMBER",
    "_MISSING_DATE",
)
_CODE = np.array([getattr(confidence, name) for name in COEFFICIENTS])
_BINS = 10
_RESAMPLES = 500
_METHOD = (
    "logistic regression of whether the first hit answers, Newton's method, ridge 1e-6; standard "
    "errors from the information matrix, clustered by question; questions that find nothing are "
    "left out; every case counts the same"
)
_ORIGIN = (
    "365 of the questions behind the code's are not in the repository, nor is what filled up its "
    "collections to 8,000 passages; the coefficients depend on the mixture"
)


def fit(options: FitOptions) -> Fit:
    """Fit all coefficients together, and try them on the sets that are kept for it."""
    fitting, trial = read_cases(options)
    found_cases = [case for case in fitting if case.features is not None]
    features, outcomes, questions = to_arrays(found_cases)
    found = fit_logistic(features, outcomes)
    errors = find_standard_errors(features, outcomes, found, questions)
    numbers = []
    for place, name in enumerate(COEFFICIENTS):
        value, error, why = (
            float(found[place]),
            float(errors[place]),
            _find_fault(features[:, place], outcomes),
        )
        estimate = (None, None, why) if why else (value, error)
        numbers.append(FittedNumber(f"confidence: {name}", float(_CODE[place]), *estimate))
    trials = [
        one for source in find_sources(trial) for one in _try(source, trial, found, options.seed)
    ]
    data = f"fitting: {describe_cases(fitting)}. Trial: {describe_cases(trial)}"
    return Fit(
        title="Coefficients of bot/answers/confidence.py",
        data=data,
        split=SPLIT,
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(trials),
        origin=_ORIGIN,
    )


def _find_fault(values: Floats, outcomes: Floats) -> str:
    """Say why a coefficient has no finite estimate; empty where it has one."""
    having = outcomes[values != 0]
    if not len(having):
        return "no case of this data has it"
    if having.min() < having.max():
        return ""
    what = "all of them right" if having.all() else "none of them right"
    return f"{len(having)} cases of this data have it, {what}: there is no finite estimate"


def to_arrays(cases: Sequence[Case]) -> tuple[Floats, Floats, Integers]:
    """Give features, outcomes and questions' numbers of cases.

    The features are in the order of ``COEFFICIENTS``; the outcome is whether the first hit answers.
    """
    rows = [make_row(case.features) for case in cases if case.features is not None]
    outcomes = [float(case.is_right) for case in cases if case.features is not None]
    _, questions = np.unique(
        [case.question for case in cases if case.features is not None], return_inverse=True
    )
    return np.array(rows), np.array(outcomes), questions.astype(np.int64)


def make_row(features: ConfidenceFeatures) -> list[float]:
    """Give what each coefficient is multiplied by."""
    return [
        1.0,
        math.log(features.score_ratio),
        math.log1p(features.matched_concepts),
        math.log1p(features.passages),
        features.missing_name_share,
        float(features.is_number_missing),
        float(features.is_date_missing),
    ]


def _try(source: str, trial: Sequence[Case], found: Floats, seed: int) -> list[Trial]:
    """Give the figures of merit on one set at both sets of coefficients."""
    mine = [case for case in trial if case.source == source and case.features is not None]
    features, outcomes, questions = to_arrays(mine)
    both = [find_probabilities(features @ coefficients) for coefficients in (_CODE, found)]
    intervals = [_find_interval((one - outcomes) ** 2, questions, seed) for one in both]
    shown = [f"{low:.3f}–{high:.3f}" for low, high in intervals]
    sure = [one >= _SURE for one in both]
    wrong = [float(1 - outcomes[is_sure].mean()) if is_sure.any() else 0.0 for is_sure in sure]
    counts = " and ".join(f"{is_sure.sum():,}" for is_sure in sure)
    calibration = [_find_calibration_error(one, outcomes) for one in both]
    brier = [float(np.mean((one - outcomes) ** 2)) for one in both]
    areas = [find_auroc(one[outcomes == 1].tolist(), one[outcomes == 0].tolist()) for one in both]
    figures = [
        (f"calibration error, {_BINS} bins", calibration, f"{len(mine):,} cases"),
        ("Brier score", brier, f"95 % intervals {shown[0]} and {shown[1]}"),
        ("wrong among those from _SURE on", wrong, f"{counts} cases"),
        ("AUROC", areas, ""),
    ]
    return [
        Trial(f"{source}: {name}", at_code, at_found, note)
        for name, (at_code, at_found), note in figures
    ]


def _find_interval(losses: Floats, questions: Integers, seed: int) -> tuple[float, float]:
    """Give the 95 % interval of a mean by sampling questions."""
    sums, counts = np.bincount(questions, losses), np.bincount(questions)
    means = [drawn @ sums / (drawn @ counts) for drawn in resample(len(counts), _RESAMPLES, seed)]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _find_calibration_error(probabilities: Floats, outcomes: Floats) -> float:
    """Give the mean distance of confidence and share right in bins of equal width."""
    bins = np.minimum((probabilities * _BINS).astype(np.int64), _BINS - 1)
    distances = np.abs(np.bincount(bins, probabilities - outcomes, _BINS))
    return float(distances.sum() / len(outcomes))
