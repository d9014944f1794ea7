"""The values that the records take and return, and their errors. Pure: no SQL, no file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal, get_args

from bot.file_fault import FileFaultError


class VoteOutcome(Enum):
    """What became of a vote."""

    COUNTED = "counted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Vote:
    """A user's press of a button under an answer.

    ``interaction_id``, ``user_id``: the ids of the press and of the user.
    ``message_id``: the id of the answer's message.
    ``question``: what was asked; empty where the answer does not show it.
    ``passage``: the id of the passage that is quoted, 12 hexadecimal digits.
    ``guild_id``: the server where it was answered; 0: none.
    """

    interaction_id: int
    user_id: int
    message_id: int
    question: str
    passage: str
    is_helpful: bool
    guild_id: int = 0


@dataclass(frozen=True, slots=True)
class PassageVotes:
    """How many votes found a passage helpful as an answer, and how many did not."""

    passage: str
    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the articles did not answer, how often it was asked, and when (UTC)."""

    question: str
    times: int
    first: dt.date
    last: dt.date


# What is counted by day: questions that were answered, or not and why; the section and the article
# that were quoted first; a section that was opened; how long an answer took; votes; digests.
CountKind = Literal[
    "answered",
    "refused",
    "section",
    "article",
    "read",
    "time",
    "helpful",
    "unhelpful",
    "digest",
]
COUNT_KINDS: Mapping[object, CountKind] = {kind: kind for kind in get_args(CountKind)}
# What is counted: its kind, and which one of that kind; "" where there is only one.
Counted = tuple[CountKind, str]
# The server where it happened, 0 for none, and what is counted.
CountedThere = tuple[int, Counted]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How often something happened on a day (UTC)."""

    day: dt.date
    kind: CountKind
    what: str
    times: int


@dataclass(frozen=True, slots=True)
class WordPair:
    """A folded word that was asked in vain, one that helped in its place, and how often it did."""

    word: str
    other: str
    times: int


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The terms of a question that needs no answer, and what names its gap."""

    terms: str
    gap: str


class RecordsError(FileFaultError):
    """The records can't be opened, read or written; what was there before is still there."""


class DamagedValueError(Exception):
    """The database holds a value that the program can't have written; the message says which."""
