"""An engine and a collection to figures, in a process of their own.

The baseline of memory is what the process takes once the engine's packages, the thesaurus and
whatever else it loads are there: after a single passage was indexed and asked for. Garbage is
collected as usual, memory that is free is given back, and what was built is kept out of collections
(``gc.freeze``), as the program does.
"""

import gc
import itertools
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.quality.progress import Progress
from benchmarks.speed.collection import Collection
from benchmarks.speed.engines import ENGINES, Engine
from bot.memory import give_back

_ROUNDS = 3
_WARM_UP_S, _ASKING_S = 3.0, 20.0
_SHOWN = 10_000
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; bytes are above the baseline, None where the system does not tell them.

    ``median_ms`` and ``p99_ms`` are of the questions, of each the median of its three times;
    ``found`` is the share of questions whose passage is among the ten.
    """

    engine: str
    passages: int
    text_bytes: int
    median_ms: float
    p99_ms: float
    found: float
    build_s: float
    peak_bytes: int | None
    rest_bytes: int | None


def measure_apart(name: str, collection: Collection) -> Figures:
    """Measure in a fresh process. Raises BrokenProcessPool if that is killed."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(measure, name, collection).result()


def measure(name: str, collection: Collection) -> Figures:
    """Build the engine and ask it every question three times, one at a time.

    It is asked for 20 seconds at most.
    """
    engine, progress = ENGINES[name], Progress(sys.stderr)
    engine(["The ferry leaves at six."]).search("When does the ferry leave?")
    gc.collect()
    give_back()
    texts = _show(collection, f"{name} · indexing", progress)
    _forget_peak()
    baseline = _read_memory("VmRSS")
    begun = time.perf_counter()
    built = engine(texts)
    build_s = time.perf_counter() - begun
    peak = _read_memory("VmHWM")
    gc.collect()
    give_back()
    rest = _read_memory("VmRSS")
    gc.freeze()
    progress.say(f"{name} · warming up")
    _ask(built, [words for _, words in collection.questions("warm_up")], 1, _WARM_UP_S)
    progress.say(f"{name} · asking")
    questions = collection.questions("questions")
    times, found = _ask(built, [words for _, words in questions], _ROUNDS, _ASKING_S)
    # The time may be over before all questions were asked.
    is_found = [number in numbers for (number, _), numbers in zip(questions, found, strict=False)]
    progress.say()
    return Figures(
        engine.full_label(),
        collection.passages,
        collection.size_bytes,
        float(np.median(times)),
        float(np.percentile(times, 99)),
        float(np.mean(is_found)),
        build_s,
        None if baseline is None or peak is None else peak - baseline,
        None if baseline is None or rest is None else rest - baseline,
    )


def _show(collection: Collection, text: str, progress: Progress) -> Iterator[str]:
    """Give the passages in order, showing how many of them are done."""
    for number, passage in enumerate(collection.texts()):
        if number % _SHOWN == 0:
            progress.say(f"{text} {number:,}/{collection.passages:,} passages")
        yield passage


def _ask(
    engine: Engine, questions: Sequence[str], rounds: int, most_s: float
) -> tuple[list[float], list[list[int]]]:
    """Ask in rounds until the time is over.

    Gives the milliseconds of each question, the median of its rounds, and the numbers of what it
    finds.
    """
    times: list[list[float]] = [[] for _ in questions]
    found: list[list[int]] = [[] for _ in questions]
    end = time.perf_counter() + most_s
    for at in itertools.chain.from_iterable(range(len(questions)) for _ in range(rounds)):
        begun = time.perf_counter_ns()
        hits = engine.search(questions[at])
        times[at].append((time.perf_counter_ns() - begun) / 1e6)
        found[at] = [number for number, _ in hits]
        if time.perf_counter() > end:
            break
    asked = sum(map(bool, times))
    return list(map(median, times[:asked])), found[:asked]


def _forget_peak() -> None:
    """Let the peak begin anew, where that is allowed; elsewhere that of the imports counts too."""
    try:
        _RESET.write_text("5")
    except OSError:
        return


def _read_memory(what: str) -> int | None:
    """Give the bytes that are resident now (VmRSS) or were at most (VmHWM).

    Gives nothing where the system does not tell them.
    """
    try:
        lines = _STATUS.read_text().splitlines()
    except OSError:
        return None
    return next(
        (int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{what}:")), None
    )
