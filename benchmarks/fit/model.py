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


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers that were found together, and how."""

    title: str
    data: str
    split: str
    method: str
    numbers: tuple[FittedNumber, ...]
