"""The cases that confidences are fitted on, and those that are kept for the trial.

Each question is asked of the product as it is, without its threshold and without its gate for
further quotations.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import numpy as np

from benchmarks.fit.logistic import Floats
from benchmarks.fit.model import FitOptions
from benchmarks.quality.asked_sets import (
    AskedSet,
    is_even,
    is_odd,
    read_clapnq,
    read_collection_questions,
    read_everyday_questions,
    read_golden_questions,
    read_short_questions,
    read_squad_questions,
)
from benchmarks.quality.asking import Case, Prepare, ask_sets
from bot.answers import query_answers

SHORT = "short questions"
EVERYDAY = "everyday questions"
COLLECTIONS = "collections"
GOLDEN = "golden sets"
CLAPNQ = "CLAP NQ"
SQUAD = "SQuAD"

# As many questions as each source counts for. Those that people had before they saw the text count
# alike; of the golden sets there are fewer, SQuAD's were written to the passages, and no article
# answers the everyday ones.
SOURCE_WEIGHTS = {
    SHORT: 220,
    COLLECTIONS: 220,
    CLAPNQ: 220,
    EVERYDAY: 220,
    GOLDEN: 130,
    SQUAD: 110,
}

SPLIT = (
    "fitted on the odd questions, counted from 1, of tests/short_questions, tests/collections and "
    "CLAP NQ, the seen halves of tests/golden, the fitting half of tests/everyday_questions, and "
    "articles 1–4 of the SQuAD file; tried on the even ones, the held-out halves, and articles 5–8"
)
_GATE = ("MIN_SCORE_RATIO", "_SCORE_RATIO_PER_CONFIDENCE")


@lru_cache(maxsize=1)
def read_cases(options: FitOptions) -> tuple[list[Case], list[Case]]:
    """Ask all questions: give the cases for fitting and those for the trial."""
    return ask_both(options)


def ask_both(options: FitOptions, **preparation: Prepare) -> tuple[list[Case], list[Case]]:
    """Do what ``read_cases`` does, with answerers that are prepared as ``ask_sets`` says."""
    with _without_gate():
        fitting = ask_sets(list_sets(options, is_fitting=True), **preparation)
        trial = ask_sets(list_sets(options, is_fitting=False), **preparation)
    return fitting, trial


def list_sets(options: FitOptions, *, is_fitting: bool) -> Iterator[AskedSet]:
    """Read the sets for fitting or those for the trial, as far as they are given."""
    half = is_odd if is_fitting else is_even
    yield from read_golden_questions("seen" if is_fitting else "held-out", GOLDEN)
    yield from read_short_questions(half, SHORT)
    yield from read_everyday_questions("fitting" if is_fitting else "held-out", EVERYDAY)
    yield from read_collection_questions(half, COLLECTIONS)
    if options.clapnq is not None:
        yield from read_clapnq(options.clapnq, half, CLAPNQ)
    if options.squad is not None:
        articles = (1, 2, 3, 4) if is_fitting else (5, 6, 7, 8)
        yield from read_squad_questions(options.squad, articles, SQUAD)


@contextmanager
def _without_gate() -> Iterator[None]:
    """Let further quotations follow whatever their score, as long as it lasts."""
    in_code = {name: getattr(query_answers, name) for name in _GATE}
    for name in _GATE:
        setattr(query_answers, name, 0.0)
    try:
        yield
    finally:
        for name, value in in_code.items():
            setattr(query_answers, name, value)


def weigh_cases(cases: Sequence[Case]) -> Floats:
    """Give what each case counts for: float64, (cases,). The cases of a source count alike."""
    return weigh_sources([case.source for case in cases])


def weigh_sources(sources: Sequence[str]) -> Floats:
    """Give what a case of each of these sources counts for, as ``weigh_cases`` does."""
    counts = Counter(sources)
    return np.array([SOURCE_WEIGHTS[source] / counts[source] for source in sources])
