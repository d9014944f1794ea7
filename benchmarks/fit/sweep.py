"""Which of several settings is best, by what each makes of the same items, and how sure that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.model import FittedNumber
from benchmarks.fit.vary import Setter

Verdicts = NDArray[np.bool_]
_RESAMPLES = 200


def choose(
    hits: NDArray[np.int64],
    alarms: NDArray[np.int64],
    bearable: float,
    distances: NDArray[np.float64],
) -> int:
    """Give the setting with the most hits, of those with few false alarms.

    Of equals it is the one at the least distance.
    Few: at most ``bearable`` more than the setting with the fewest has. All arrays: (settings,).
    """
    allowed = alarms <= alarms.min() + bearable
    is_best = allowed & (hits == hits[allowed].max())
    return int(np.where(is_best, distances, np.inf).argmin())


@dataclass(frozen=True)
class Sweep:
    """The verdicts of all settings.

    ``settings``: float64, (settings, numbers). ``in_code``: the product's setting, float64,
    (numbers,). ``hits``: bool, (settings, items), where a setting is right to say yes. ``alarms``:
    bool, (settings, other items), where it is wrong to. ``bearable``: the share of the other items
    that may be false alarms, beyond the fewest.
    """

    settings: NDArray[np.float64]
    in_code: NDArray[np.float64]
    hits: Verdicts
    alarms: Verdicts
    bearable: float

    @cached_property
    def best(self) -> int:
        """The chosen setting, of equals the nearest to that in the code."""
        return self._choose(np.arange(self.hits.shape[1]), np.arange(self.alarms.shape[1]))

    @property
    def found(self) -> NDArray[np.float64]:
        """The numbers of the chosen setting: float64, (numbers,)."""
        return np.array(self.settings[self.best])

    def standard_errors(self, seed: int) -> NDArray[np.float64]:
        """Give the standard deviation of each number: (numbers,).

        Each is found again on items drawn with replacement (bootstrap).
        """
        chance = np.random.default_rng(seed)
        yes, no = self.hits.shape[1], self.alarms.shape[1]
        chosen = [
            self._choose(chance.integers(0, yes, (yes,)), chance.integers(0, max(1, no), (no,)))
            for _ in range(_RESAMPLES)
        ]
        return np.array(self.settings[chosen].std(axis=0))

    def _choose(self, items: NDArray[np.int64], others: NDArray[np.int64]) -> int:
        distances = np.abs(self.settings / self.in_code - 1).sum(axis=1)
        hits = _count(self.hits, items)
        alarms = _count(self.alarms, others)
        return choose(hits, alarms, self.bearable * len(others), distances)


def _count(verdicts: Verdicts, drawn: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count a setting's verdicts on items that may be drawn several times: (settings,)."""
    times = np.bincount(drawn, minlength=verdicts.shape[1])
    return np.array(verdicts.astype(np.int64) @ times)


def judge(values: Sequence[float], set_to: Setter, say: Callable[[], list[bool]]) -> Verdicts:
    """Let ``say`` judge all items at each value: (values, items)."""
    rows = []
    for value in values:
        with set_to(value):
            rows.append(say())
    return np.array(rows, dtype=np.bool_)


def sweep_one(
    values: Sequence[float],
    in_code: float,
    hits: Verdicts,
    alarms: Verdicts | None = None,
    bearable: float = 0.0,
) -> Sweep:
    """Make the sweep of a single number."""
    if alarms is None:
        alarms = np.zeros((len(values), 0), dtype=np.bool_)
    settings = np.array(values, dtype=float)[:, None]  # float64, (values, 1)
    return Sweep(settings, np.array([in_code], dtype=float), hits, alarms, bearable)


def fit_one(name: str, sweep: Sweep, seed: int, per: int = 100) -> FittedNumber:
    """Give what a sweep of a single number found.

    The note has its rates, with the false alarms in ``per`` items.
    """
    values = sweep.settings[:, 0]
    rates = [
        f"{value:g}: {hits:.3f}"
        for value, hits in zip(values, sweep.hits.mean(axis=1), strict=True)
    ]
    note = f"Share of hits at {', '.join(rates)}."
    if sweep.alarms.size:
        alarms = zip(values, per * sweep.alarms.mean(axis=1), strict=True)
        rates = [f"{value:g}: {rate:.1f}" for value, rate in alarms]
        note += f" False alarms in {per:,} at {', '.join(rates)}."
    (error,) = sweep.standard_errors(seed).tolist()
    return FittedNumber(name, float(sweep.in_code[0]), float(sweep.found[0]), error, note)


def fit_grid(
    name: str, in_code: float, grid: Sequence[float], measured: NDArray[np.float64]
) -> FittedNumber:
    """Give what a grid of values found, by what each makes of the same items.

    ``measured``: float64, (values, items), the higher the better. The best mean is found, of equals
    that of the number in the code. As good are the values whose paired mean is within one standard
    error of it: half the width of their range, and at least half a step, is the standard error.
    """
    code = grid.index(in_code)
    means = measured.mean(axis=1)
    best = code if means[code] == means.max() else int(means.argmax())
    losses = measured[best] - measured
    errors = losses.std(axis=1, ddof=1) / np.sqrt(measured.shape[1])
    near = np.flatnonzero(losses.mean(axis=1) <= errors)
    lowest, highest = grid[near[0]], grid[near[-1]]
    error = max(highest - lowest, float(np.diff(grid).min())) / 2
    is_flat = (lowest, highest) == (grid[0], grid[-1])
    at = f"{means[code]:.4f} at the code's, {means[best]:.4f} at best, {means.min():.4f} at worst"
    note = f"{'flat' if is_flat else 'as good'} from {lowest:g} to {highest:g}: {at}"
    return FittedNumber(name, in_code, grid[best], error, note)
