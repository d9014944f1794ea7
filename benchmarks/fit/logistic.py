"""Logistic regression by Newton's method, its standard errors, and the bootstrap of clusters."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_RIDGE = 1e-6
_MOST_STEPS = 50
# Of a cross-fit: each is fitted without, in turn.
_PARTS = 8
# Newton's method ends when no coefficient changes by more.
_TOLERANCE = 1e-9


def find_probabilities(log_odds: Floats) -> Floats:
    """Give the logistic function of log-odds, which never overflows."""
    return np.exp(-np.logaddexp(0.0, -log_odds))


def fit_logistic(
    features: Floats,
    outcomes: Floats,
    weights: Floats | None = None,
    ridge: Floats | float = _RIDGE,
) -> Floats:
    """Give the coefficients that make the outcomes (0 or 1) likeliest: float64, (features,).

    ``features`` is (cases, features), a column of ones among them where there is an intercept.
    ``weights`` say how often each case counts, (cases,), by default once. A ``ridge``, one number
    or one a feature, draws coefficients to 0: half of it times the square of a coefficient is
    taken off the log-likelihood. By default it is 1e-6, which only keeps the information matrix
    regular.
    """
    counts = np.ones(len(outcomes)) if weights is None else weights
    penalties = np.broadcast_to(np.asarray(ridge, dtype=np.float64), features.shape[1:])
    coefficients = np.zeros(features.shape[1])
    for _ in range(_MOST_STEPS):
        probabilities = find_probabilities(features @ coefficients)
        residuals = counts * (outcomes - probabilities)
        gradient = features.T @ residuals - penalties * coefficients
        information = _find_information(features, probabilities, counts, penalties)
        step = np.linalg.solve(information, gradient)
        coefficients += step
        if np.abs(step).max() < _TOLERANCE:
            break
    return coefficients


def find_standard_errors(
    features: Floats,
    outcomes: Floats,
    coefficients: Floats,
    clusters: Integers,
    weights: Floats | None = None,
    ridge: Floats | float = _RIDGE,
) -> Floats:
    """Give the standard errors, robust to what the cases of a cluster share: (features,).

    The information matrix on both sides of the sum, over clusters, of the outer products of their
    scores (Liang and Zeger 1986). ``clusters`` says to which cluster, from 0, a case belongs.
    ``weights`` and ``ridge`` are those of ``fit_logistic``.
    """
    counts = np.ones(len(outcomes)) if weights is None else weights
    penalties = np.broadcast_to(np.asarray(ridge, dtype=np.float64), features.shape[1:])
    probabilities = find_probabilities(features @ coefficients)
    residuals = counts * (outcomes - probabilities)
    scores = np.zeros((int(clusters.max()) + 1, features.shape[1]))
    np.add.at(scores, clusters, features * residuals[:, np.newaxis])
    inverse = np.linalg.inv(_find_information(features, probabilities, counts, penalties))
    errors: Floats = np.sqrt(np.diag(inverse @ scores.T @ scores @ inverse))
    return errors


def _find_information(
    features: Floats, probabilities: Floats, counts: Floats, penalties: Floats
) -> Floats:
    weights = counts * probabilities * (1 - probabilities)
    information: Floats = features.T @ (features * weights[:, np.newaxis]) + np.diag(penalties)
    return information


def cross_fit(
    features: Floats,
    outcomes: Floats,
    clusters: Integers,
    weights: Floats,
    ridge: Floats | float,
    seed: int,
) -> Floats:
    """Give the probability of each case by a fit without its part of the clusters: (cases,)."""
    chance = np.random.default_rng(seed)
    part_of_cluster = chance.integers(_PARTS, size=int(clusters.max()) + 1)
    part_of = part_of_cluster[clusters]  # int64, (cases,)
    probabilities = np.zeros(len(outcomes))
    for part in range(_PARTS):
        rest, mine = part_of != part, part_of == part
        found = fit_logistic(features[rest], outcomes[rest], weights[rest], ridge)
        probabilities[mine] = find_probabilities(features[mine] @ found)
    return probabilities


def resample(clusters: int, count: int, seed: int) -> Iterator[Floats]:
    """Draw clusters with replacement, ``count`` times.

    Gives how often each was drawn: float64, (clusters,).
    """
    chance = np.random.default_rng(seed)
    for _ in range(count):
        yield np.bincount(chance.integers(clusters, size=clusters), minlength=clusters).astype(
            np.float64
        )
