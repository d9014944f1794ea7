"""What a fit is asked for, and what it gives."""

from dataclasses import dataclass
from pathlib import Path


class MissingDataError(Exception):
    """A fit needs data that was not given; the message says how to give it."""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """The data that the repository does not hold, and the seed of everything that is drawn."""

    squad: Path | None
    clapnq: Path | None
    seed: int


@dataclass(frozen=True, slots=True)
class FittedNumber:
    """A number of the product, and what was found for it.

    ``name`` is as people find it in the code. ``found`` is None where the number cannot be computed again; then
    ``note`` says why. Otherwise ``note`` is at most one plain sentence, such as the loss at both values.
    """

    name: str
    in_code: float
    found: float | None
    standard_error: float | None
    note: str = ""

    @property
    def is_reproduced(self) -> bool:
        """Say whether the number in the code lies within two standard errors of the one that was found."""
        if self.found is None or self.standard_error is None:
            return False
        return abs(self.in_code - self.found) <= 2 * self.standard_error


@dataclass(frozen=True, slots=True)
class Trial:
    """A figure of merit at the numbers in the code and at those that were found."""

    name: str
    at_code: float
    at_found: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers that were found together, and how; ``trials`` say how well both sets of numbers do."""

    title: str
    data: str
    split: str
    method: str
    numbers: tuple[FittedNumber, ...]
    trials: tuple[Trial, ...] = ()
