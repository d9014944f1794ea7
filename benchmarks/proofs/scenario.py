"""What a scenario is: a name, what is done, which hazards it is about, and how large it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal

from benchmarks.proofs.stage import Stage

ScaleName = Literal["short", "long"]
SCALES: tuple[ScaleName, ...] = ("short", "long")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is.

    ``times``: how often what goes wrong goes wrong. ``questions``: how many are asked, about.
    ``seconds``: how long it lasts. ``passages``: how many the articles have, 0 for the usual few.
    ``is_timed``: whether the time of the machine counts against Discord's three seconds.
    """

    times: int = 1
    questions: int = 0
    seconds: float = 0.0
    passages: int = 0
    is_timed: bool = False


Play = Callable[[Stage, Size], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that goes wrong, and the function that lets it.

    ``hazards`` are the numbers of rows. ``title`` says what is done, in a few words. Where the bot
    ``is_watched``, its tasks are counted.
    """

    name: str
    title: str
    hazards: tuple[int, ...]
    play: Play
    short: Size
    long: Size
    people: int = 40
    is_watched: bool = False

    def size(self, scale: ScaleName) -> Size:
        """Give the size of a scale. The long one is for a machine of its own: it is timed."""
        return self.short if scale == "short" else replace(self.long, is_timed=True)
