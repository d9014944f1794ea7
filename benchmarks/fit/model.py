"""What a fit is asked for, and what it gives."""

from dataclasses import dataclass
from pathlib import Path


class MissingDataError(Exception):
    """A fit needs data that was not given; the message says how to give it."""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """The data that the repository does not hold, and the seed of everything that is drawn.

    ``model`` is the folder of a model of sentence embeddings. ``write``: what is found is written
    into the product, where a fit can do that.
    """

    squad: Path | None
    clapnq: Path | None
    seed: int
    model: Path | None = None
    write: bool = False


@dataclass(frozen=True, slots=True)
class FittedNumber:
    """A number of the product, and what was found for it.

    ``name`` is as people find it in the code. ``found`` is None where the number cannot be computed
    again; then ``note`` says why. Otherwise ``note`` is at most one plain sentence, such as the
    loss at both values.
    """

    name: str
    in_code: float
    found: float | None
    standard_error: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the number in the code was reproduced: ``yes``, ``no`` or ``open``.

        Yes: it lies within two standard errors of the one that was found. Open: so does 0.
        """
        if self.found is None or self.standard_error is None:
            return "no"
        within = 2 * self.standard_error
        if abs(self.in_code - self.found) > within:
            return "no"
        return "open" if abs(self.found) <= within else "yes"


@dataclass(frozen=True, slots=True)
class Trial:
    """A figure of merit at the numbers in the code and at those that were found."""

    name: str
    at_code: float
    at_found: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers that were found together, and how.

    ``trials`` say how well those in the code and those that were found do. ``origin`` says what is
    known of how those in the code came to be, and so why they may not be found again.
    """

    title: str
    data: str
    split: str
    method: str
    numbers: tuple[FittedNumber, ...]
    trials: tuple[Trial, ...] = ()
    origin: str = ""
