"""Where answers begin, are called sure or likely, and get further quotations."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.cases import Case, describe_cases, find_sources, read_cases
from benchmarks.fit.data import SPLIT
from benchmarks.fit.logistic import Floats, Integers, resample
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from bot.answers.confidence import _LIKELY, _SURE
from bot.answers.model import Policy
from bot.answers.query_answers import _SCORE_RATIO_PER_CONFIDENCE, MIN_SCORE_RATIO

_ANSWERED = 0.9
_MOST_WRONG_OF_SURE = 0.2
_LEAST_RIGHT_OF_LIKELY = 0.5
_RESAMPLES = 200
_CODE_THRESHOLD = Policy().threshold
# The gates that are tried: all pairs of a least share and a slope.
_SHARES = np.linspace(0.0, 1.0, 21)
_SLOPES = np.linspace(0.0, 1.0, 11)
_METHOD = (
    "at the code's confidences. Threshold: the highest J of Youden (share answered of the "
    "questions with an answer, less that of those without), and the highest that answers "
    f"{_ANSWERED:.0%} of those with an answer. _SURE: the lowest confidence from which on at most "
    f"{_MOST_WRONG_OF_SURE:.0%} are wrong. _LIKELY: the lowest from which on, up to _SURE in the "
    f"code, at least {_LEAST_RIGHT_OF_LIKELY:.0%} are right. Gate: the highest J of keeping a "
    f"second or third hit that answers. Standard errors by {_RESAMPLES} bootstrap samples of the "
    "questions"
)
_ORIGIN = "the code's were chosen with a look at questions, by no criterion that is written down"


def fit(options: FitOptions) -> Fit:
    """Find every limit by its criterion on the fitting sets."""
    fitting, trial = read_cases(options)
    found = find_limits(fitting)
    alone = {
        name: find_limits([case for case in fitting if case.source == name])
        for name in find_sources(fitting)
    }
    numbers = []
    for name, in_code, find in _LIMITS:
        note = ", ".join(f"{source} {limits[name]:.2f}" for source, limits in alone.items())
        error = _find_error(fitting, find, options.seed)
        numbers.append(FittedNumber(name, in_code, found[name], error, f"alone on {note}"))
    numbers += _fit_gate(fitting, options.seed)
    return Fit(
        title="Limits of bot/answers/confidence.py, model.py and query_answers.py",
        data=f"fitting: {describe_cases(fitting)}; the limits hold for this mixture",
        split=SPLIT,
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(_try_limits(_Arrays(trial), list(found.values()))),
        origin=_ORIGIN,
    )


class _Arrays:
    """Cases by rising confidence: float64 or bool, (cases,)."""

    def __init__(self, cases: Sequence[Case]) -> None:
        confidences = np.array([case.confidence for case in cases])
        order = confidences.argsort(kind="stable")
        self.confidences = confidences[order]
        self.is_right = np.array([case.is_right for case in cases])[order]
        self.is_covered = np.array([case.is_covered for case in cases])[order]
        self.questions: Integers = np.array([case.question for case in cases])[order]
        self.ones = np.ones(len(cases))


def _sum_from(values: Floats) -> Floats:
    """Sum from each case on to the most confident."""
    sums: Floats = values[::-1].cumsum()[::-1]
    return sums


def _maximise_youden(arrays: _Arrays, counts: Floats) -> float:
    covered, others = counts * arrays.is_covered, counts * ~arrays.is_covered
    difference = _sum_from(covered) / covered.sum() - _sum_from(others) / others.sum()
    return float(arrays.confidences[difference.argmax()])


def _answer_most(arrays: _Arrays, counts: Floats) -> float:
    covered = counts * arrays.is_covered
    return float(
        arrays.confidences[np.flatnonzero(_sum_from(covered) >= _ANSWERED * covered.sum())[-1]]
    )


def _find_sure(arrays: _Arrays, counts: Floats) -> float:
    right, all_of_them = _sum_from(counts * arrays.is_right), np.maximum(_sum_from(counts), 1)
    enough = right / all_of_them >= 1 - _MOST_WRONG_OF_SURE
    return float(arrays.confidences[enough.argmax()])


def _find_likely(arrays: _Arrays, counts: Floats) -> float:
    below = counts * (arrays.confidences < _SURE)
    right, all_of_them = _sum_from(below * arrays.is_right), np.maximum(_sum_from(below), 1)
    enough = (right / all_of_them >= _LEAST_RIGHT_OF_LIKELY) & (arrays.confidences < _SURE)
    return float(arrays.confidences[enough.argmax()]) if enough.any() else _SURE


# The limits by name: in the code, and how they are found.
_LIMITS = (
    ("Policy.threshold, by Youden's J", _CODE_THRESHOLD, _maximise_youden),
    (f"Policy.threshold, answers {_ANSWERED:.0%}", _CODE_THRESHOLD, _answer_most),
    ("confidence: _SURE", _SURE, _find_sure),
    ("confidence: _LIKELY", _LIKELY, _find_likely),
)


def find_limits(cases: Sequence[Case]) -> dict[str, float]:
    """Find the limits of some cases by name."""
    arrays = _Arrays(cases)
    return {name: find(arrays, arrays.ones) for name, _, find in _LIMITS}


def _find_error(
    cases: Sequence[Case], find: Callable[[_Arrays, Floats], float], seed: int
) -> float:
    arrays = _Arrays(cases)
    questions = int(arrays.questions.max()) + 1
    drawn = [
        find(arrays, counts[arrays.questions]) for counts in resample(questions, _RESAMPLES, seed)
    ]
    return float(np.std(drawn, ddof=1))


def _fit_gate(cases: Sequence[Case], seed: int) -> list[FittedNumber]:
    """Find the least share of the best score, and by how much it rises with the confidence."""
    covered = [
        (case.question, case.confidence, *other)
        for case in cases
        if case.is_covered
        for other in case.others
    ]
    columns = np.array(covered).T
    questions, confidences, ratios, is_right = (
        columns[0].astype(np.int64),
        columns[1],
        columns[2],
        columns[3],
    )
    shares, slopes = (grid.ravel() for grid in np.meshgrid(_SHARES, _SLOPES, indexing="ij"))
    is_kept = (
        ratios[:, np.newaxis] >= shares + slopes * confidences[:, np.newaxis]
    )  # bool, (hits, gates)
    clusters = int(questions.max()) + 1
    kept = [
        _sum_by(questions, is_kept * values[:, np.newaxis], clusters)
        for values in (is_right, 1 - is_right)
    ]
    totals = [np.bincount(questions, values, clusters) for values in (is_right, 1 - is_right)]

    def find_youden(counts: Floats) -> Floats:
        right, wrong = (
            counts @ mine / (counts @ total) for mine, total in zip(kept, totals, strict=True)
        )
        return np.asarray(right - wrong)

    whole = find_youden(np.ones(clusters))
    best = int(whole.argmax())
    drawn = [int(find_youden(counts).argmax()) for counts in resample(clusters, _RESAMPLES, seed)]
    # The nearest gate of the grid.
    in_code = int(
        np.abs(shares - MIN_SCORE_RATIO + 1j * (slopes - _SCORE_RATIO_PER_CONFIDENCE)).argmin()
    )
    note = f"J {whole[in_code]:.3f} at the code's gate, {whole[best]:.3f} at the one found"
    return [
        FittedNumber(
            "query_answers: MIN_SCORE_RATIO",
            MIN_SCORE_RATIO,
            float(shares[best]),
            float(shares[drawn].std()),
            note,
        ),
        FittedNumber(
            "query_answers: _SCORE_RATIO_PER_CONFIDENCE",
            _SCORE_RATIO_PER_CONFIDENCE,
            float(slopes[best]),
            float(slopes[drawn].std()),
            note,
        ),
    ]


def _sum_by(clusters: Integers, values: Floats, count: int) -> Floats:
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, clusters, values)
    return sums


def _try_limits(arrays: _Arrays, found: Sequence[float]) -> list[Trial]:
    """Give what the limits do on the sets that are kept for the trial."""
    youden, most, sure, likely = found
    trials = []
    for criterion, limit in (("J", youden), (f"{_ANSWERED:.0%}", most)):
        answers = [arrays.confidences >= one for one in (_CODE_THRESHOLD, limit)]
        note = f"{criterion}: from {_CODE_THRESHOLD:.2f} and {limit:.2f} on"
        answered = [_find_share(one, arrays.is_covered) for one in answers]
        refused = [_find_share(~one, ~arrays.is_covered) for one in answers]
        trials.append(
            Trial("trial: answered of those with an answer", answered[0], answered[1], note)
        )
        trials.append(Trial("trial: refused of those without", refused[0], refused[1], note))
    wrong = [_find_share(~arrays.is_right, arrays.confidences >= one) for one in (_SURE, sure)]
    is_not_sure = arrays.confidences < _SURE
    right = [
        _find_share(arrays.is_right, is_not_sure & (arrays.confidences >= one))
        for one in (_LIKELY, likely)
    ]
    trials.append(
        Trial("trial: wrong among sure", wrong[0], wrong[1], f"from {_SURE:.2f} and {sure:.2f} on")
    )
    trials.append(
        Trial(
            "trial: right among likely",
            right[0],
            right[1],
            f"from {_LIKELY:.2f} and {likely:.2f} on",
        )
    )
    return trials


def _find_share(condition: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(condition[among].mean()) if among.any() else 0.0
