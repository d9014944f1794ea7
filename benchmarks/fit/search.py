"""The shares of the search, each swept over a grid while the others stay as in the code."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.data import SPLIT, build_index, read_fitting_sets, read_trial_sets
from benchmarks.fit.logistic import Floats
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from benchmarks.fit.sweep import fit_grid
from benchmarks.quality.metrics import find_reciprocal_rank
from benchmarks.quality.sets import QuestionSet
from benchmarks.quality.words import misspell
from bot.search import (
    PassageIndex,
    candidates,
    known_words,
    query_parser,
    sentence_scorer,
    signals,
    units,
)
from bot.search.analysis import analyzer

_DEPTH = 10
_SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
_WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95)
_METHOD = (
    "one number at a time over a grid, the others as in the code; the best mean of MRR@10 over "
    "all questions, of misspelt ones for CORRECTED_SHARE, and for the sentence scorer of whether "
    "the chosen sentence of the right text answers; as good: the range of values whose paired "
    "mean is within one standard error of the best; flat: that is the whole grid; s.e.: half the "
    "width of that range, at least half a step of the grid"
)
# What is measured for a question set: a value a question, the higher the better.
_Measure = Callable[[QuestionSet, PassageIndex], list[float]]


class Indexed(NamedTuple):
    """A question set, and the packed index of its texts.

    Unpacked, it parses by the numbers of that moment.
    """

    questions: QuestionSet
    packed: Mapping[str, NDArray[Any]]


def _rank_questions(questions: QuestionSet, index: PassageIndex) -> list[float]:
    return _rank(questions, index, [question.words for question in questions.questions])


def _rank_misspelt(questions: QuestionSet, index: PassageIndex) -> list[float]:
    return _rank(questions, index, [misspell(question.words) for question in questions.questions])


def _rank(questions: QuestionSet, index: PassageIndex, words: Sequence[str]) -> list[float]:
    return [
        find_reciprocal_rank(
            [question.gains.get(number, 0.0) for number, _ in index.search(asked, _DEPTH)]
        )
        for question, asked in zip(questions.questions, words, strict=True)
    ]


def _choose_sentences(questions: QuestionSet, index: PassageIndex) -> list[float]:
    values = []
    for question in questions.questions:
        query = index.parse(question.words)
        for number, answers in question.answers.items():
            best = int(np.argmax(index.sentence_scores(number, query)))
            start, end = questions.texts[number].sentences[best]
            values.append(float(any(start < last and first < end for first, last in answers)))
    return values


@dataclass(frozen=True, slots=True)
class Knob:
    """A number: where it stands (namespaces and names), what to try, what to measure."""

    name: str
    places: tuple[tuple[dict[str, Any], str], ...]
    grid: tuple[float, ...] = _SHARES
    measure: _Measure = _rank_questions

    @property
    def in_code(self) -> float:
        """The number as it is imported."""
        namespace, name = self.places[0]
        return float(namespace[name])


_PARSER = vars(query_parser)
_KNOWN_WORDS = vars(known_words)
_SIGNALS = vars(signals)
_CANDIDATES = vars(candidates)
_SCORER = vars(sentence_scorer)
_UNITS = vars(units)

KNOBS = (
    Knob(
        "query: CORRECTED_SHARE",
        ((_PARSER, "CORRECTED_SHARE"), (_SIGNALS, "CORRECTED_SHARE")),
        (0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0),
        _rank_misspelt,
    ),
    Knob("query_parser: _FRAME_SHARE", ((_PARSER, "_FRAME_SHARE"),)),
    Knob("known_words: _PHRASE_PART_SHARE", ((_KNOWN_WORDS, "_PHRASE_PART_SHARE"),)),
    Knob(
        "sentence_scorer: _NAME_DISCOUNT", ((_SCORER, "_NAME_DISCOUNT"),), measure=_choose_sentences
    ),
    Knob(
        "sentence_scorer: _ANSWER_TYPE_SHARE",
        ((_SCORER, "_ANSWER_TYPE_SHARE"),),
        measure=_choose_sentences,
    ),
    Knob("analyzer: WEIGHTS, same", ((analyzer.WEIGHTS, "same"),), _WEIGHTS),
    Knob("analyzer: WEIGHTS, close", ((analyzer.WEIGHTS, "close"),), _WEIGHTS),
    Knob("analyzer: WEIGHTS, kinds", ((analyzer.WEIGHTS, "kinds"),), _WEIGHTS),
    Knob("units: K1", ((_UNITS, "K1"), (_CANDIDATES, "K1")), (0.5, 0.8, 1.2, 1.5, 1.8, 2.2, 3.0)),
    Knob("units: B", ((_UNITS, "B"),), (0.0, 0.25, 0.5, 0.65, 0.75, 0.85, 1.0)),
)


def fit(options: FitOptions) -> Fit:
    """Sweep every number; what only counts in a conversation has no questions here."""
    read = (read_fitting_sets(options), read_trial_sets(options))
    fitting, trial = (
        [Indexed(one, build_index(one.texts).pack()) for one in sets] for sets in read
    )
    numbers = []
    trials = []
    measures = {knob.measure for knob in KNOBS}
    as_is, as_is_of_trial = (
        {one: _measure_all(one, sets) for one in measures} for sets in (fitting, trial)
    )
    for knob in KNOBS:
        number = sweep(knob, fitting, as_is[knob.measure])
        numbers.append(number)
        if number.found is not None and number.found != knob.in_code:
            trials.append(_try(knob, number.found, trial, as_is_of_trial))
    why = "it counts only for a question that follows up another, and these sets have none"
    subject = query_parser._SUBJECT_SHARE  # noqa: SLF001 (as it stands in the code)
    numbers.append(FittedNumber("query_parser: _SUBJECT_SHARE", subject, None, None, why))
    counts: Counter[str] = Counter()
    for one, _ in (*fitting, *trial):
        counts[one.name] += len(one.questions)
    return Fit(
        title="Shares of bot/search",
        data="; ".join(f"{name}: {count} questions" for name, count in counts.items()),
        split=SPLIT,
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(trials),
        origin="the code's were chosen and not fitted, K1 and B as BM25 usually has them",
    )


def sweep(knob: Knob, sets: Sequence[Indexed], as_is: Floats) -> FittedNumber:
    """Measure a number over its grid, that in the code among it."""
    grid = sorted({*knob.grid, knob.in_code})
    rows = [as_is if value == knob.in_code else _measure_at(knob, value, sets) for value in grid]
    return fit_grid(knob.name, knob.in_code, grid, np.array(rows))


def _try(
    knob: Knob, found: float, sets: Sequence[Indexed], as_is: Mapping[_Measure, Floats]
) -> Trial:
    """Give the mean on the trial sets, and the standard error of the difference."""
    at_code, at_found = as_is[knob.measure], _measure_at(knob, found, sets)
    error = np.std(at_found - at_code, ddof=1) / np.sqrt(len(at_code))
    note = f"{knob.in_code:g} and {found:g}; s.e. of the difference {error:.4f}"
    return Trial(f"trial: {knob.name}", float(at_code.mean()), float(at_found.mean()), note)


def _measure_at(knob: Knob, value: float, sets: Sequence[Indexed]) -> Floats:
    with _replaced(knob, value):
        return _measure_all(knob.measure, sets)


def _measure_all(measure: _Measure, sets: Sequence[Indexed]) -> Floats:
    return np.array(
        [
            one
            for questions, packed in sets
            for one in measure(questions, PassageIndex.unpack(packed))
        ]
    )


@contextmanager
def _replaced(knob: Knob, value: float) -> Iterator[None]:
    """Set a number in this process, for as long as it is measured."""
    before = [namespace[name] for namespace, name in knob.places]
    try:
        _set(knob, [value] * len(before))
        yield
    finally:
        _set(knob, before)


def _set(knob: Knob, values: Sequence[float]) -> None:
    for (namespace, name), value in zip(knob.places, values, strict=True):
        namespace[name] = value
        if namespace is analyzer.WEIGHTS:
            # Analyzers are shared, and keep the weights of the thesaurus that they were made with.
            analyzer.get_analyzer.cache_clear()
