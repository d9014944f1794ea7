"""Whether work grows faster than its input: told from processor time, so that a busy machine
changes nothing.
"""

import gc
import time
from collections.abc import Callable, Sequence

# Doubling the input may make it take so many times as long; linear work doubles.
_ALLOWED = 2.5
# What takes less is below what the clock and the garbage collector leave certain.
_UNCERTAIN_S = 0.05
_RUNS, _TRIES = 3, 4


def grows_too_fast(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Give how long ``work`` takes on each of ``texts``, in seconds, if that grows faster than they
    do; else nothing.

    Each text is twice as long as the one before. It counts only if each of several measurements
    says so.
    """
    times: list[float] = []
    for at, text in enumerate(texts):
        times.append(_measure(work, text, 1))
        if at and _is_faster(times[at - 1], times[at]):
            for _ in range(_TRIES):
                times[at - 1 :] = [_measure(work, one, _RUNS) for one in texts[at - 1 : at + 1]]
                if not _is_faster(times[at - 1], times[at]):
                    break
            else:
                return times
    return []


def _is_faster(before: float, now: float) -> bool:
    return now > _ALLOWED * max(before, _UNCERTAIN_S)


def _measure(work: Callable[[str], object], text: str, runs: int) -> float:
    """Give the least processor time of this thread that some runs take, in seconds."""
    times = []
    gc.disable()
    try:
        for _ in range(runs):
            begin = time.thread_time()
            work(text)
            times.append(time.thread_time() - begin)
    finally:
        gc.enable()
    return min(times)
