"""The values that the records take and give, and their one error. Pure: no SQL, no file."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class VoteOutcome(Enum):
    """What became of a vote."""

    COUNTED = "counted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody's press of a button under an answer.

    ``person`` and ``answer`` are the ids of the member and of the answer's message, ``passage`` (12 hexadecimal
    digits) that of the passage quoted, ``press`` that of the interaction. ``question`` is what was asked; empty where
    the answer does not show it.
    """

    press: int
    person: int
    answer: int
    question: str
    passage: str
    is_helpful: bool


@dataclass(frozen=True, slots=True)
class PassageVotes:
    """How many found a passage helpful as an answer, and how many did not; ``passage`` is its id."""

    passage: str
    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the articles did not answer, how often it was asked, and on which days (UTC)."""

    question: str
    times: int
    first: dt.date
    last: dt.date


class RecordsError(Exception):
    """The records can't be opened, read or written; what was there before is still there."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        """Keep which file or folder, what is wrong with it, and what may help."""
        super().__init__(f"{path}: {what} ({hint})")
        self.path = path
        self.what = what
        self.hint = hint
