"""How computing time grows with the input: a ratio, so that it says the same on a slow machine and
on a fast one.
"""

import math
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")

FACTOR = 8
# What is linear takes 8 times as long for 8 times as much, what is quadratic 64 times.
MOST_GROWTH = 24
_TIMES = 3
# Less than that is no more than the ticks of the clock.
_LEAST_S = 0.000_5


def growth(work: Callable[[int], object], size: int) -> float:
    """Tell how many times as long ``work`` computes for ``size`` as for an eighth of it.

    ``work`` takes a size. The shortest of three times counts, of this process alone: what else the
    machine does is not in it. What does not grow too fast the first time is measured once.
    """
    least_s = max(shortest_s(work, size // FACTOR), _LEAST_S)
    return shortest_s(work, size, MOST_GROWTH * least_s) / least_s


def shortest_s(work: Callable[[Given], object], given: Given, short_s: float = 0.0) -> float:
    """Tell how many seconds ``work`` computes with what it is given: the shortest of three
    times, or the first that is below ``short_s``.
    """
    shortest = math.inf
    for _ in range(_TIMES):
        began_s = time.process_time()
        work(given)
        shortest = min(shortest, time.process_time() - began_s)
        if shortest < short_s:
            break
    return shortest
