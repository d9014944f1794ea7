"""Faults of the REST side, on demand: errors, cuts, lost replies, rate limits, delays.

A fault says for which requests it is, how often, and with which probability (its own seeded dice,
so a run can be repeated). The gateway's faults are in `gateway`.
"""

import random
import re
from dataclasses import dataclass, field
from typing import Literal

How = int | Literal["reset", "disconnect", "lost reply", "delay"]


@dataclass(eq=False)
class Fault:
    """One fault; `hits` counts the requests that it struck."""

    how: How
    method: str | None = None
    path: str = ""
    times: int | None = 1
    delay_s: float = 0.0
    retry_after_s: float = 0.5
    is_global: bool = False
    via: bool = True
    html: bool = False
    probability: float = 1.0
    seed: int = 0
    hits: int = 0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 (dice for a test, not a secret)

    def strikes(self, method: str, path: str) -> bool:
        """Tell whether this request is struck, and count it."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method not in {None, method} or not re.search(self.path, path):
            return False
        if self._dice.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def stop(self) -> None:
        """Strike no more."""
        self.times = 0


class Faults:
    """All faults in force; the first that fits strikes."""

    def __init__(self) -> None:
        self.all: list[Fault] = []

    def find(self, method: str, path: str) -> Fault | None:
        """Find the fault that strikes this request."""
        return next((fault for fault in self.all if fault.strikes(method, path)), None)

    def stop(self) -> None:
        """End all faults."""
        self.all.clear()
