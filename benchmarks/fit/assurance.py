"""Which further quotations stand beside the first one: the gate by their scores."""

from collections.abc import Sequence

import numpy as np

from benchmarks.fit.cases import SPLIT, read_cases
from benchmarks.fit.logistic import Floats, Integers, resample
from benchmarks.fit.model import Fit, FitOptions, FittedNumber
from benchmarks.quality.asking import Case, describe_cases
from bot.answers.query_answers import _SCORE_RATIO_PER_CONFIDENCE, MIN_SCORE_RATIO

_RESAMPLES = 200
# The gates that are tried: all pairs of a least share and a slope.
_SHARES = np.linspace(0.0, 1.0, 21)
_SLOPES = np.linspace(0.0, 1.0, 11)
_METHOD = (
    "at the code's confidences. Gate: the highest J of Youden of keeping a second or third "
    f"quotation that answers. Standard errors by {_RESAMPLES} bootstrap samples of the questions"
)
_ORIGIN = "the code's were chosen with a look at questions, by no criterion that is written down"


def fit(options: FitOptions) -> Fit:
    """Find the gate by its criterion on the fitting sets."""
    fitting, _ = read_cases(options)
    return Fit(
        title="Gate of bot/answers/query_answers.py",
        data=f"fitting: {describe_cases(fitting)}",
        split=SPLIT,
        method=_METHOD,
        numbers=tuple(_fit_gate(fitting, options.seed)),
        origin=_ORIGIN,
    )


def _fit_gate(cases: Sequence[Case], seed: int) -> list[FittedNumber]:
    """Find the least share of the best score, and by how much it rises with the confidence."""
    keys = dict.fromkeys(case.question for case in cases)
    number_of = {key: number for number, key in enumerate(keys)}
    covered = [
        (number_of[case.question], case.confidence, *other)
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
