"""What a check says. Pure values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# skipped: it could not be looked at, and another check says why.
State = Literal["ok", "warning", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is, a key of ``texts.doctor.NAMES``.
        state: How it is.
        what: What was found.
        cure: What exactly mends it; "" where nothing need be mended.

    """

    name: str
    state: State
    what: str
    cure: str = ""


def has_error(checks: Sequence[Check]) -> bool:
    """Say whether something has to be mended before the bot works as the settings say."""
    return any(check.state == "error" for check in checks)
