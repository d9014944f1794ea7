"""The conditional logit: which candidates of a question are right, by their features.

The probability of a candidate is its share in the sum of ``exp(score)`` over all candidates of its
question, and its score is a weighted sum of features (McFadden 1974). The likelihood of a question
is the probability of all its right candidates together.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.logistic import Floats, Integers

_MOST_STEPS = 200
# The ascent ends when no coefficient changes by more.
_TOLERANCE = 1e-7
# Keeps the information matrix regular.
_LEAST_RIDGE = 1e-8
_NEVER = -1e9


class Groups:
    """Sums over the candidates of each question."""

    def __init__(self, question_of: Integers) -> None:
        """Say whose each candidate is, ascending from 0: (candidates,)."""
        self.question_of = question_of
        questions = np.arange(int(question_of[-1]) + 1)
        self.begins: Integers = question_of.searchsorted(questions)

    def add_up(self, values: Floats) -> Floats:
        """Add up values of candidates: (questions, …)."""
        sums: Floats = np.add.reduceat(values, self.begins)
        return sums

    def add_logs(self, scores: Floats) -> Floats:
        """Give the logarithm of the sum of the exponentials: (questions,)."""
        most = np.maximum.reduceat(scores, self.begins)
        shifted = np.exp(scores - most[self.question_of])
        return most + np.log(self.add_up(shifted))

    def find_shares(self, scores: Floats) -> Floats:
        """Give the probability of each candidate: (candidates,)."""
        return np.exp(scores - self.add_logs(scores)[self.question_of])

    def find_losses(self, scores: Floats, is_right: NDArray[np.bool_]) -> Floats:
        """Give the negative logarithm of the likelihood of each question: (questions,)."""
        return self.add_logs(scores) - self.add_logs(mask_wrong(scores, is_right))


def mask_wrong(scores: Floats, is_right: NDArray[np.bool_]) -> Floats:
    """Give scores at which no share is left to the wrong candidates: (candidates,)."""
    return np.where(is_right, scores, _NEVER)


@dataclass(frozen=True, slots=True)
class Choices:
    """The candidates of several questions, one behind another; each question has a right one.

    ``features`` are float64, (candidates, features); ``question_of``, ascending from 0, and
    ``is_right`` are (candidates,). ``weights`` say how often a question counts, and ``clusters``
    which questions belong together: (questions,).
    """

    features: Floats
    question_of: Integers
    is_right: NDArray[np.bool_]
    weights: Floats
    clusters: Integers

    def score_by(self, coefficients: Floats) -> "Choices":
        """Give the same choices with their score as the only feature."""
        return replace(self, features=(self.features @ coefficients)[:, np.newaxis])

    def find_losses(self, coefficients: Floats) -> Floats:
        """Give the negative logarithm of the likelihood of each question: (questions,)."""
        scores = self.features @ coefficients
        return Groups(self.question_of).find_losses(scores, self.is_right)


def fit_choices(choices: Choices) -> Floats:
    """Give the coefficients that make what is right likeliest: float64, (features,)."""
    coefficients = np.zeros(choices.features.shape[1])
    ridge = _LEAST_RIDGE * np.eye(len(coefficients))
    for _ in range(_MOST_STEPS):
        slopes = _Slopes(choices, coefficients)
        step = np.linalg.solve(slopes.of_all + ridge, slopes.gradients.sum(axis=0))
        coefficients += step
        if np.abs(step).max() < _TOLERANCE:
            break
    return coefficients


def find_covariance(choices: Choices, coefficients: Floats) -> Floats:
    """Give the covariance of fitted coefficients: float64, (features, features).

    It is robust to what the questions of a cluster share (Liang and Zeger 1986). Which of several
    right candidates is meant is not observed, so the information about that is missing.
    """
    slopes = _Slopes(choices, coefficients)
    sums = np.zeros((int(choices.clusters.max()) + 1, len(coefficients)))
    np.add.at(sums, choices.clusters, slopes.gradients)
    ridge = _LEAST_RIDGE * np.eye(len(coefficients))
    inverse = np.linalg.inv(slopes.of_all - slopes.of_right + ridge)
    covariance: Floats = inverse @ sums.T @ sums @ inverse
    return covariance


class _Slopes:
    """The gradient of each question's log-likelihood, and the information.

    ``gradients`` are (questions, features). ``of_all`` and ``of_right`` are the covariances of the
    features of all candidates and of the right ones, summed over questions: (features, features).
    The observed information is their difference.
    """

    def __init__(self, choices: Choices, coefficients: Floats) -> None:
        groups = Groups(choices.question_of)
        scores = choices.features @ coefficients
        shares = groups.find_shares(scores)
        right_shares = groups.find_shares(mask_wrong(scores, choices.is_right))
        means, self.of_all = _describe(choices, groups, shares)
        right_means, self.of_right = _describe(choices, groups, right_shares)
        self.gradients = choices.weights[:, np.newaxis] * (right_means - means)


def _describe(choices: Choices, groups: Groups, shares: Floats) -> tuple[Floats, Floats]:
    """Give the mean features of each question by shares, and the sum of the covariances."""
    features = choices.features
    means = groups.add_up(features * shares[:, np.newaxis])
    away = features - means[groups.question_of]
    counts = choices.weights[groups.question_of] * shares
    covariance: Floats = away.T @ (away * counts[:, np.newaxis])
    return means, covariance
