"""The weights of the reranker's signals, on questions of several kinds, by the first place.

The likelihood of a question is the share of its right candidates in the sum of ``exp(score)`` over
all of them (Cao et al. 2007, ListNet, with the first place alone). A ridge holds the weights at
those of the code, up to a common factor, and the newer ones at 0, weakly. How strong it is, is
found by cross-validation over clusters: the strongest whose loss is within one standard error of
the lowest (Breiman et al. 1984).
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.fit.candidates import COLUMNS, FACTORS, CandidateSignals
from benchmarks.fit.conditional_logit import Groups, mask_wrong
from benchmarks.fit.logistic import Floats, find_mean_error
from benchmarks.fit.mixture import FITTING, TRIAL, Mixture, read_mixture
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from benchmarks.quality.metrics import find_standard_error

_UNIT = "passage_bm25"
# Ridges that are tried, in units of the loss at one standard deviation of the scores.
_RIDGES = (0.03, 0.1, 0.3, 1.0)
_FOLDS = 8
_MOST_STEPS = 40
_MOST_HALVINGS = 25
_LEAST_GAIN = 1e-7
# Keeps the information matrix regular.
_LEAST_RIDGE = 1e-8
# What log-odds are of the code's scores, about; the descent begins there.
_FIRST_SCALE = 0.35
_SCALES = np.geomspace(0.08, 1.5, 25)
_CODE = np.array([signal.weight for signal in COLUMNS])
# These were no signals when the others' weights were found: they are held at 0, and weakly.
NEW_SIGNALS = ("held", "title_and_text", "typed")
_NEW_RIDGE = 0.03
_IS_NEW = np.array([signal.name in NEW_SIGNALS for signal in COLUMNS])
_ANCHOR = np.where(_IS_NEW, 0.0, _CODE)
_PLACE_OF_UNIT = [signal.name for signal in COLUMNS].index(_UNIT)
_IS_SCALED = np.array([signal not in FACTORS for signal in COLUMNS])
_METHOD = (
    "the likelihood that a right candidate stands first, in which the best unit of each passage is "
    "chosen anew at every step; each source counts alike, SQuAD half as passages and half as "
    "paragraphs; a ridge towards the code's weights at their best scale (of "
    f"{', '.join(NEW_SIGNALS)} one of {_NEW_RIDGE} towards 0), of {_RIDGES} the "
    f"strongest within one standard error of the lowest loss in {_FOLDS} folds of clusters; "
    f"standard errors robust to clusters; all divided by the weight of {_UNIT}"
)


def fit(options: FitOptions) -> Fit:
    """Fit on the odd questions and seen halves, try on the others."""
    mixture = read_mixture(options, FITTING)
    ridge, cross_validated = _choose_ridge(mixture, options.seed)
    problem = RidgeProblem(mixture, mixture.shares, ridge)
    weights = problem.descend()
    found = _divide(weights)
    errors = problem.find_errors(weights)
    numbers = [
        FittedNumber(f"signals: weight of {signal.name}", signal.weight, float(one), float(error))
        for signal, one, error in zip(COLUMNS, found, errors, strict=True)
        if signal.name != _UNIT
    ]
    trials = _try_mixture("fitted on", mixture, found)
    trials += _try_mixture("trial", read_mixture(options, TRIAL), found)
    asked = ", ".join(f"{count} {source}" for source, count in mixture.asked.items())
    return Fit(
        title="Weights of bot/search/signals.py: questions of several kinds",
        data=f"questions with an answer: {asked}",
        split="fitted on odd questions, seen halves and SQuAD articles 1–4; tried on the others",
        method=f"{_METHOD}; the ridge is {ridge}, {cross_validated}",
        numbers=tuple(numbers),
        trials=tuple(trials),
        origin="the code keeps those of the SQuAD fit, and half of what was found for new ones",
    )


def _divide(weights: Floats) -> Floats:
    return np.where(_IS_SCALED, weights / weights[_PLACE_OF_UNIT], weights)


class _Questions(Groups):
    """Sums over the candidates of each question, with their signals."""

    def __init__(self, signals: CandidateSignals) -> None:
        super().__init__(signals.question_of)
        self.signals = signals

    def find_losses_at(self, weights: Floats) -> Floats:
        """Give the negative logarithm of the likelihood of each question: (questions,)."""
        scores, _ = self.signals.score(weights)
        return self.find_losses(scores, self.signals.is_right)


class RidgeProblem:
    """The loss of a mixture with a ridge, and its minimum."""

    def __init__(self, mixture: Mixture, shares: Floats, ridge: float) -> None:
        """Weigh questions by ``shares``, float64, (questions,)."""
        self._questions = _Questions(mixture.signals)
        self._shares = shares / shares.sum()
        self._center = np.where(_IS_SCALED, 0.0, _ANCHOR)
        strengths = np.sqrt(np.where(_IS_NEW, _NEW_RIDGE, ridge))
        self._penalty = self._find_penalty() * strengths * strengths[:, np.newaxis]

    def _find_penalty(self) -> Floats:
        """Give the matrix of a ridge of 1: every direction but that of the code's own weights.

        Each signal is measured by its standard deviation among the candidates of a question.
        """
        questions = self._questions
        signals = questions.signals
        _, best_units = signals.score(_ANCHOR)
        slopes = signals.find_slopes(_ANCHOR, best_units)
        counts = questions.add_up(np.ones(len(slopes)))[:, np.newaxis]
        means = questions.add_up(slopes) / counts
        squares = questions.add_up((slopes - means[signals.question_of]) ** 2) / counts
        deviations = np.sqrt(self._shares @ squares)
        scaled = np.where(_IS_SCALED, deviations, 0.0)
        code = _ANCHOR * scaled
        direction = code / np.linalg.norm(code)
        across = np.eye(len(code)) - np.outer(direction, direction)
        of_factors = np.where(_IS_SCALED, 0.0, _FIRST_SCALE * deviations) ** 2
        penalty: Floats = across * scaled * scaled[:, np.newaxis] + np.diag(of_factors)
        return penalty

    def find_loss(self, weights: Floats) -> float:
        """Give the loss with the ridge."""
        away = weights - self._center
        losses = self._questions.find_losses_at(weights)
        return float(self._shares @ losses + away @ self._penalty @ away)

    def descend(self) -> Floats:
        """Give the weights of the lowest loss, from the code's on; they are not divided."""
        weights = np.where(_IS_SCALED, _FIRST_SCALE * _ANCHOR, _ANCHOR)
        loss = self.find_loss(weights)
        for _ in range(_MOST_STEPS):
            gradients, information = self._find_slopes(weights)
            step = -np.linalg.solve(information, gradients.sum(axis=0) + self._pull(weights))
            for _ in range(_MOST_HALVINGS):
                lower = self.find_loss(weights + step)
                if lower < loss:
                    break
                step /= 2
            if loss - lower < _LEAST_GAIN:
                break
            weights, loss = weights + step, lower
        return weights

    def _pull(self, weights: Floats) -> Floats:
        pull: Floats = 2 * self._penalty @ (weights - self._center)
        return pull

    def _find_slopes(self, weights: Floats) -> tuple[Floats, Floats]:
        """Give the gradient of each question, (questions, signals), and Fisher's information."""
        questions, signals = self._questions, self._questions.signals
        scores, best_units = signals.score(weights)
        slopes = signals.find_slopes(weights, best_units)
        all_shares = questions.find_shares(scores)[:, np.newaxis]
        right = mask_wrong(scores, signals.is_right)
        right_shares = questions.find_shares(right)[:, np.newaxis]
        shares = self._shares[:, np.newaxis]
        gradients = shares * questions.add_up(slopes * (all_shares - right_shares))
        means = questions.add_up(slopes * all_shares)
        of_candidates = all_shares * shares[signals.question_of]
        information = slopes.T @ (slopes * of_candidates) - means.T @ (means * shares)
        information += 2 * self._penalty + _LEAST_RIDGE * np.eye(len(weights))
        return gradients, information

    def find_errors(self, weights: Floats) -> Floats:
        """Give standard errors of the divided weights, robust to clusters.

        As Liang and Zeger (1986) have them.
        """
        gradients, information = self._find_slopes(weights)
        cluster_of = self._questions.signals.cluster_of
        sums = np.zeros((int(cluster_of.max()) + 1, len(weights)))
        np.add.at(sums, cluster_of, gradients)
        inverse = np.linalg.inv(information)
        covariance = inverse @ sums.T @ sums @ inverse
        unit = weights[_PLACE_OF_UNIT]
        # The derivative of the division (the delta method).
        derivative = np.diag(np.where(_IS_SCALED, 1 / unit, 1.0))
        derivative[:, _PLACE_OF_UNIT] -= np.where(_IS_SCALED, weights / unit**2, 0.0)
        errors: Floats = np.sqrt(np.diag(derivative @ covariance @ derivative.T))
        return errors


def _choose_ridge(mixture: Mixture, seed: int) -> tuple[float, str]:
    """Give the strongest ridge that is about as good as the best, and what it was chosen by."""
    losses = [_cross_validate(mixture, ridge, seed) for ridge in _RIDGES]
    means = [float(mixture.shares @ one) for one in losses]
    best = int(np.argmin(means))
    chosen = best
    for place in range(best, len(_RIDGES)):
        more = means[place] - means[best]
        differences = losses[place] - losses[best]
        if more <= find_mean_error(differences, mixture.shares, mixture.signals.cluster_of):
            chosen = place
    code = min(_find_mean_loss(mixture, _CODE, scale) for scale in _SCALES)
    note = f"with a loss of {means[chosen]:.4f} in other folds ({code:.4f} at the code's weights)"
    return _RIDGES[chosen], note


def _cross_validate(mixture: Mixture, ridge: float, seed: int) -> Floats:
    """Give the loss of each question by weights of the other folds: (questions,)."""
    losses = np.zeros(len(mixture.shares))
    questions = _Questions(mixture.signals)
    for is_out in _draw_folds(mixture, seed):
        # What is left out keeps a share of nothing, so that the arrays stay as they are.
        weights = RidgeProblem(mixture, np.where(is_out, 0.0, mixture.shares), ridge).descend()
        losses[is_out] = questions.find_losses_at(weights)[is_out]
    return losses


def _draw_folds(mixture: Mixture, seed: int) -> Iterator[np.ndarray]:
    """Draw which questions are in each fold, whole clusters: bool, (questions,)."""
    cluster_of = mixture.signals.cluster_of
    fold_of_cluster = np.random.default_rng(seed).integers(_FOLDS, size=int(cluster_of.max()) + 1)
    fold_of = fold_of_cluster[cluster_of]
    for fold in range(_FOLDS):
        if (fold_of == fold).any():
            yield fold_of == fold


def _find_mean_loss(mixture: Mixture, weights: Floats, scale: float) -> float:
    scaled = np.where(_IS_SCALED, scale * weights, weights)
    return float(mixture.shares @ _Questions(mixture.signals).find_losses_at(scaled))


def _try_mixture(name: str, mixture: Mixture, found: Floats) -> list[Trial]:
    """Give the loss, and for each source how often the first quotation is right."""
    at_code, at_found = (
        min(_find_mean_loss(mixture, weights, scale) for scale in _SCALES)
        for weights in (_CODE, found)
    )
    trials = [Trial(f"{name}: loss", at_code, at_found, "each at its best scale")]
    source_of = np.array(mixture.source_of)
    is_first = [_is_first(mixture.signals, weights) for weights in (_CODE, found)]
    for source, asked in mixture.asked.items():
        surely = mixture.always_right.get(source, 0)
        first = [float(one[source_of == source].sum() + surely) / asked for one in is_first]
        note = f"{asked} questions, s.e. {find_standard_error(first[0], asked):.3f}"
        trials.append(Trial(f"{name}: {source}", first[0], first[1], note))
    return trials


def _is_first(signals: CandidateSignals, weights: Floats) -> np.ndarray:
    """Say of which questions a right candidate stands first, the first of equal ones: bool."""
    scores, _ = signals.score(weights)
    order = np.lexsort((-scores, signals.question_of))
    begins = _Questions(signals).begins
    is_first: np.ndarray = signals.is_right[order[begins]]
    return is_first
