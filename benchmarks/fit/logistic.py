"""Logistic regression by Newton's method, its standard errors, and the bootstrap of clusters."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_RIDGE = 1e-6
_MOST_STEPS = 50
# Of a cross-fit: each is fitted without, in turn.
_PARTS = 8
# So many times they are dealt into parts; limits hang on single cases otherwise.
_DEALS = 5
# Newton's method ends when no coefficient changes by more.
_TOLERANCE = 1e-9


def find_probabilities(log_odds: Floats) -> Floats:
    """Give the logistic function of log-odds, which never overflows."""
    return np.exp(-np.logaddexp(0.0, -log_odds))


@dataclass(frozen=True, slots=True)
class Scheme:
    """What cases and coefficients count for.

    ``weights`` say how often each case counts, float64, (cases,), by default once. A ``ridge``, one
    number or one a feature, draws coefficients to 0: half of it times the square of a coefficient
    is taken off the log-likelihood. By default it only keeps the information matrix regular.
    """

    weights: Floats | None = None
    ridge: Floats | float = _RIDGE

    def count(self, cases: int) -> Floats:
        """Give how often each of so many cases counts: float64, (cases,)."""
        return np.ones(cases) if self.weights is None else self.weights

    def only(self, places: NDArray[np.bool_]) -> "Scheme":
        """Give the scheme of some of the cases: bool, (cases,)."""
        return Scheme(self.count(len(places))[places], self.ridge)


_PLAIN = Scheme()


def fit_logistic(features: Floats, outcomes: Floats, scheme: Scheme = _PLAIN) -> Floats:
    """Give the coefficients that make the outcomes (0 or 1) likeliest: float64, (features,).

    ``features`` is (cases, features), a column of ones among them where there is an intercept.
    """
    counts = scheme.count(len(outcomes))
    coefficients = np.zeros(features.shape[1])
    for _ in range(_MOST_STEPS):
        probabilities = find_probabilities(features @ coefficients)
        residuals = counts * (outcomes - probabilities)
        gradient = features.T @ residuals - scheme.ridge * coefficients
        step = np.linalg.solve(_find_information(features, probabilities, scheme), gradient)
        coefficients += step
        if np.abs(step).max() < _TOLERANCE:
            break
    return coefficients


def find_standard_errors(
    features: Floats,
    outcomes: Floats,
    coefficients: Floats,
    clusters: Integers,
    scheme: Scheme = _PLAIN,
) -> Floats:
    """Give the standard errors, robust to what the cases of a cluster share: (features,).

    The information matrix on both sides of the sum, over clusters, of the outer products of their
    scores (Liang and Zeger 1986). ``clusters`` says to which cluster, from 0, a case belongs.
    """
    probabilities = find_probabilities(features @ coefficients)
    residuals = scheme.count(len(outcomes)) * (outcomes - probabilities)
    scores = np.zeros((int(clusters.max()) + 1, features.shape[1]))
    np.add.at(scores, clusters, features * residuals[:, np.newaxis])
    inverse = np.linalg.inv(_find_information(features, probabilities, scheme))
    errors: Floats = np.sqrt(np.diag(inverse @ scores.T @ scores @ inverse))
    return errors


def find_mean_error(values: Floats, shares: Floats, clusters: Integers) -> float:
    """Give the standard error of a weighted mean, robust to what the cases of a cluster share.

    ``values`` and ``shares``, which add up to 1, are of cases, float64, (cases,).
    """
    away = values - shares @ values
    sums = np.bincount(clusters, shares * away)
    return float(np.sqrt(sums @ sums))


def _find_information(features: Floats, probabilities: Floats, scheme: Scheme) -> Floats:
    weights = scheme.count(len(features)) * probabilities * (1 - probabilities)
    ridge = np.broadcast_to(np.asarray(scheme.ridge), features.shape[1:])
    information: Floats = features.T @ (features * weights[:, np.newaxis]) + np.diag(ridge)
    return information


def cross_fit(
    features: Floats, outcomes: Floats, clusters: Integers, scheme: Scheme, seed: int
) -> Floats:
    """Give the probability of each case by fits without its eighth of the clusters: (cases,).

    It is the mean over several ways to deal clusters into eighths.
    """
    chance = np.random.default_rng(seed)
    probabilities = np.zeros(len(outcomes))
    for _ in range(_DEALS):
        part_of_cluster = chance.integers(_PARTS, size=int(clusters.max()) + 1)
        part_of = part_of_cluster[clusters]  # int64, (cases,)
        for part in range(_PARTS):
            rest, mine = part_of != part, part_of == part
            found = fit_logistic(features[rest], outcomes[rest], scheme.only(rest))
            probabilities[mine] += find_probabilities(features[mine] @ found) / _DEALS
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
