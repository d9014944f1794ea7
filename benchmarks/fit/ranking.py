"""The weights of the reranker's signals, by pairwise logistic regression."""

from dataclasses import dataclass

import numpy as np

from benchmarks.fit.candidates import COLUMNS, FACTORS, CandidateSignals, collect
from benchmarks.fit.data import pick_articles, read_golden, read_squad_articles
from benchmarks.fit.logistic import Floats, Integers, find_probabilities, resample
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from benchmarks.quality.metrics import find_standard_error
from benchmarks.quality.sets import QuestionSet

_UNIT = "passage_bm25"
_RIDGE = 1e-6
_MOST_STEPS = 60
# The descent ends when a step lowers the mean loss by less.
_LEAST_GAIN = 1e-7
# A step is halved so often at most until it lowers the loss.
_MOST_HALVINGS = 20
_RESAMPLES = 100

# What the weights are multiplied by when their loss is compared.
_SCALES = np.geomspace(0.05, 5.0, 93)
_CODE = np.array([signal.weight for signal in COLUMNS])
_PLACE_OF_UNIT = [signal.name for signal in COLUMNS].index(_UNIT)
_IS_SCALED = np.array([signal not in FACTORS for signal in COLUMNS])
_METHOD = (
    "pairwise logistic regression: each candidate that answers against each of the same question "
    "that does not, loss ln(1 + exp(-difference of scores)); Fisher scoring in which the best "
    "unit of each passage is chosen anew at every step; the lower one of two minima, from the "
    f"code's weights and from ones; all divided by that of {_UNIT}; standard errors by "
    f"{_RESAMPLES} bootstrap samples of the answering texts"
)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs of a right and a wrong candidate of the same question: (pairs,)."""

    right: Integers
    wrong: Integers
    cluster_of: Integers


def fit(options: FitOptions) -> Fit:
    """Fit on articles 1–4 of the SQuAD file, try on 5–8; also on odd and even ones."""
    squad = read_squad_articles(options)
    signals, found, trials = _fit_and_try(
        [pick_articles(squad, 1, 2, 3, 4)], [pick_articles(squad, 5, 6, 7, 8)]
    )
    _, of_odd, others = _fit_and_try(
        [pick_articles(squad, 1, 3, 5, 7)], [pick_articles(squad, 2, 4, 6, 8)]
    )
    return Fit(
        title="Weights of bot/search/signals.py: SQuAD",
        data=f"{squad.name}: {len(squad.texts)} texts, {len(squad.questions)} answerable questions",
        split="fitted on articles 1–4, tried on 5–8; again on the odd ones, tried on the even ones",
        method=_METHOD,
        numbers=_make_numbers(
            signals, found, options.seed, [f"on the odd articles {one:.2f}" for one in of_odd]
        ),
        trials=(*trials, *others),
        origin="the code's were rounded, and which pairs were fitted is not written down",
    )


def fit_golden(options: FitOptions) -> Fit:
    """Fit on the seen halves of the golden sets and try on the held-out ones."""
    signals, found, trials = _fit_and_try(read_golden("seen"), read_golden("held-out"))
    return Fit(
        title="Weights of bot/search/signals.py: golden sets",
        data=f"tests/golden: {len(signals.cluster_of)} questions with an answer in the seen halves",
        split="fitted on the seen halves, tried on the held-out ones",
        method=_METHOD,
        numbers=_make_numbers(signals, found, options.seed, [""] * len(COLUMNS)),
        trials=tuple(trials),
        origin="the code's were fitted on other questions, and these are few",
    )


def _fit_and_try(
    fitting: list[QuestionSet], trial: list[QuestionSet]
) -> tuple[CandidateSignals, Floats, list[Trial]]:  # fmt: skip
    """Give the signals that were fitted on, the weights, and how well both sets do."""
    signals = collect(fitting)
    found = fit_weights(signals)
    trials = [_try_loss(fitting[0].name, signals, found), *_try_ranking(fitting, signals, found)]
    return signals, found, trials + _try_ranking(trial, collect(trial), found)


def _make_numbers(
    signals: CandidateSignals, found: Floats, seed: int, notes: list[str]
) -> tuple[FittedNumber, ...]:  # fmt: skip
    errors = _find_errors(signals, found, seed)
    return tuple(
        FittedNumber(
            f"signals: weight of {signal.name}", signal.weight, float(weight), float(error), note
        )
        for signal, weight, error, note in zip(COLUMNS, found, errors, notes, strict=True)
        if signal.name != _UNIT
    )


def _pair(signals: CandidateSignals) -> _Pairs:
    """Pair the candidates of each question that answer with those that do not."""
    right: list[int] = []
    wrong: list[int] = []
    for question in range(len(signals.cluster_of)):
        begin, end = signals.question_of.searchsorted([question, question + 1])
        mine = np.arange(begin, end)
        is_right = signals.is_right[begin:end]
        for one in mine[is_right]:
            others = mine[~is_right].tolist()
            right += [int(one)] * len(others)
            wrong += others
    pairs = np.array(right)
    return _Pairs(pairs, np.array(wrong), signals.cluster_of[signals.question_of[pairs]])


def fit_weights(signals: CandidateSignals) -> Floats:
    """Give the weights of the lower one of two minima, in units of that of the passage's BM25."""
    pairs = _pair(signals)
    counts = np.ones(len(pairs.right))
    minima = [_descend(signals, pairs, counts, start) for start in (_CODE, np.ones(len(COLUMNS)))]
    return _divide(min(minima, key=lambda weights: _find_loss(signals, pairs, counts, weights)))


def _divide(weights: Floats) -> Floats:
    return np.where(_IS_SCALED, weights / weights[_PLACE_OF_UNIT], weights)


def _find_loss(signals: CandidateSignals, pairs: _Pairs, counts: Floats, weights: Floats) -> float:
    scores, _ = signals.score(weights)
    losses = np.logaddexp(0.0, scores[pairs.wrong] - scores[pairs.right])
    return float(counts @ losses / counts.sum() + _RIDGE * weights @ weights)


def _descend(signals: CandidateSignals, pairs: _Pairs, counts: Floats, weights: Floats) -> Floats:
    """Lower the mean loss from ``weights`` on; give weights that are not divided."""
    loss = _find_loss(signals, pairs, counts, weights)
    for _ in range(_MOST_STEPS):
        step = _find_step(signals, pairs, counts, weights)
        for _ in range(_MOST_HALVINGS):
            lower = _find_loss(signals, pairs, counts, weights + step)
            if lower < loss:
                break
            step /= 2
        gain = loss - lower
        if gain < _LEAST_GAIN:
            break
        weights, loss = weights + step, lower
    return weights


def _find_step(signals: CandidateSignals, pairs: _Pairs, counts: Floats, weights: Floats) -> Floats:
    """Give the step of Fisher scoring, as in a regression on the slopes."""
    scores, best_units = signals.score(weights)
    slopes = signals.find_slopes(weights, best_units)
    differences = slopes[pairs.right] - slopes[pairs.wrong]
    missing = find_probabilities(scores[pairs.wrong] - scores[pairs.right])
    shares = counts / counts.sum()
    gradient = differences.T @ (shares * missing) - 2 * _RIDGE * weights
    curvature = shares * missing * (1 - missing)
    information = differences.T @ (differences * curvature[:, np.newaxis]) + 2 * _RIDGE * np.eye(
        len(weights)
    )
    return np.linalg.solve(information, gradient)


def _find_errors(signals: CandidateSignals, found: Floats, seed: int) -> Floats:
    """Give the standard errors of the divided weights by fitting samples of the answering texts."""
    pairs = _pair(signals)
    clusters = int(signals.cluster_of.max()) + 1
    fitted = [
        _divide(_descend(signals, pairs, drawn[pairs.cluster_of], found))
        for drawn in resample(clusters, _RESAMPLES, seed)
    ]
    errors: Floats = np.std(fitted, axis=0, ddof=1)
    return errors


def _try_loss(name: str, signals: CandidateSignals, found: Floats) -> Trial:
    """Give the mean loss of a pair, each set of weights at its best scale."""
    pairs = _pair(signals)
    counts = np.ones(len(pairs.right))
    at_code, at_found = (
        min(
            _find_loss(signals, pairs, counts, np.where(_IS_SCALED, scale * weights, weights))
            for scale in _SCALES
        )
        for weights in (_CODE, found)
    )
    return Trial(
        f"{name}: mean loss of a pair",
        at_code,
        at_found,
        f"{len(pairs.right):,} pairs, each at its best scale",
    )


def _try_ranking(sets: list[QuestionSet], signals: CandidateSignals, found: Floats) -> list[Trial]:
    """Give R@1 and MRR; a question whose answer is no candidate counts 0."""
    name, asked = sets[0].name, sum(len(one.questions) for one in sets)
    at_code, at_found = (_rank(signals, weights) for weights in (_CODE, found))
    first = [float((ranks == 1).sum()) / asked for ranks in (at_code, at_found)]
    reciprocal = [float((1 / ranks).sum()) / asked for ranks in (at_code, at_found)]
    note = f"{asked} questions, s.e. {find_standard_error(first[0], asked):.3f}"
    return [
        Trial(f"{name}: R@1", first[0], first[1], note),
        Trial(f"{name}: MRR", reciprocal[0], reciprocal[1]),
    ]


def _rank(signals: CandidateSignals, weights: Floats) -> Floats:
    """Give the rank of the best right candidate, infinite without one: (questions,)."""
    scores, _ = signals.score(weights)
    order = np.lexsort((-scores, signals.question_of))
    begins = signals.question_of.searchsorted(np.arange(len(signals.cluster_of)))
    ranks = np.arange(1.0, len(scores) + 1) - begins[signals.question_of]
    ranks[~signals.is_right[order]] = np.inf
    best: Floats = np.minimum.reduceat(ranks, begins)
    return best
