"""The numbers of answering that were set by hand, each swept over a grid while the others stay.

A number counts for follow-ups or for single questions, and is tried on those of the repository that
were typed by people who did not know the program. There are few, so most grids are flat: then the
data do not tell the number in the code from another one, and the note says within which range.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from types import ModuleType

import numpy as np

from benchmarks.fit.model import Fit, FitOptions, FittedNumber, Trial
from benchmarks.fit.sweep import fit_grid, judge
from benchmarks.fit.vary import Setter, setter_of, vary
from benchmarks.quality.answering import is_answered, quotes_any
from benchmarks.quality.asked_sets import (
    ALONE,
    Half,
    is_even,
    is_odd,
    read_dialogue_articles,
    read_dialogues,
    read_other_dialogues,
    read_short_questions,
)
from benchmarks.quality.asking import ask_sets
from bot.answers import context_ranking, existence, follow_ups, sought, topic_answers, topic_ranking
from bot.answers.answerer import Answerer
from bot.articles.library import Library
from bot.search import query_parser, sentence_scorer

# Of the number in the code.
_FACTORS = (0.0, 0.5, 1.0, 1.5, 2.0)
_FOLLOW_UP_PLACES = ("_BEHIND", "_BEFORE")
_FOLLOW_UP_NUMBERS: Sequence[tuple[ModuleType, Sequence[str]]] = (
    (
        context_ranking,
        "_PASSAGE _PASSAGE_OF_STANCE _SENTENCE _OWN_PASSAGE _OWN_SENTENCE _ANSWER_TYPE _SOUGHT "
        "_QUOTED _OTHER_ARTICLE _NEARNESS_BESIDE_WORDS _NEAR_SHARE".split(),
    ),
    (follow_ups, ("_THRESHOLD_SHARE",)),
)
_QUESTION_NUMBERS: Sequence[tuple[ModuleType, Sequence[str]]] = (
    (topic_ranking, "_KIND _SMALL_WORDS _PAIR _OWN_WORDS _SUBJECT _LEAD _LATE _YEAR_SHARE".split()),
    (topic_answers, ("_LEAST_SHARE", "_MIN_SCORE_RATIO")),
    (existence, ("_STATEMENT",)),
    (sought, ("_WEAK_SHARE",)),
    (query_parser, ("_STANCE_SHARE",)),
    (sentence_scorer, "_SUBJECT_SHARE _STANCE_SHARE _DEFINITION_SHARE _PORTRAYED_SHARE".split()),
)
_METHOD = (
    f"one number at a time at {', '.join(map(str, _FACTORS))} of that in the code, the others as "
    "in the code; the best share of questions that are treated right: quoted first, or refused "
    "where the article does not answer; of equals the nearest to the code; as good: the range of "
    "values whose paired mean is within one standard error of the best; flat: that is the whole "
    "grid; s.e.: half the width of that range, at least half a step"
)
# Tells of each question of a half whether it is treated right.
_Ask = Callable[[Half], list[bool]]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is in the code, what sets it, and what it is tried on."""

    name: str
    in_code: float
    set_to: Setter
    ask: _Ask


def fit(options: FitOptions) -> Fit:
    """Sweep every number; nothing here is drawn or read beside the repository."""
    del options
    numbers: list[FittedNumber] = []
    trials: list[Trial] = []
    for number in _list_numbers():
        fitted = _sweep(number)
        numbers.append(fitted)
        if fitted.found is not None and fitted.found != number.in_code:
            trials.append(_try(number, fitted.found))
    numbers += _measure_topic_answers()
    return Fit(
        title="Weights of answering",
        data="tests/short_questions, of each article alone, its dialogues, and tests/dialogues",
        split="fitted on the odd questions and dialogues and on the fitting half of the other "
        "dialogues, tried on the even and the held-out ones",
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(trials),
        origin="the code's were set by hand, looking at the odd ones",
    )


def _list_numbers() -> Iterator[_Number]:
    for group in _FOLLOW_UP_PLACES:
        for place, value in enumerate(getattr(context_ranking, group)):
            set_to = partial(_set_place, group, place)
            yield _Number(f"context_ranking: {group}[{place}]", value, set_to, _ask_dialogues)
    for module, names in _FOLLOW_UP_NUMBERS:
        for name in names:
            yield _make_number(module, name, _ask_dialogues)
    for module, names in _QUESTION_NUMBERS:
        for name in names:
            yield _make_number(module, name, _ask_questions)


def _make_number(module: ModuleType, name: str, ask: _Ask) -> _Number:
    _, _, room = module.__name__.rpartition(".")
    return _Number(f"{room}: {name}", getattr(module, name), setter_of(module, name), ask)


def _set_place(group: str, place: int, value: float) -> AbstractContextManager[None]:
    values = list(getattr(context_ranking, group))
    values[place] = value
    return vary(context_ranking, **{group: tuple(values)})


def _ask_questions(half: Half) -> list[bool]:
    """Ask the short questions of their article alone."""
    sets = [one for one in read_short_questions(half, "short") if one.setting == ALONE]
    return [
        is_answered(case) and case.is_right if case.is_covered else not is_answered(case)
        for case in ask_sets(sets)
    ]


def _ask_dialogues(half: Half) -> list[bool]:
    """Ask the follow-ups of the dialogues, each behind its first question."""
    articles = read_dialogue_articles()
    answerers = {name: Answerer(Library((article,))) for name, article in articles.items()}
    rights = []
    others = read_other_dialogues("fitting" if half is is_odd else "held-out")
    for dialogue in read_dialogues(half) + others:
        answerer = answerers[dialogue.article]
        before = answerer.answer(dialogue.first)
        then = answerer.answer(dialogue.then, before=before.turn)
        is_refused = then.kind != "answer"
        is_covered = bool(dialogue.sentences)
        rights.append(quotes_any(then, dialogue.sentences) if is_covered else is_refused)
    return rights


def _sweep(number: _Number) -> FittedNumber:
    grid = sorted(factor * number.in_code for factor in _FACTORS)
    rights = judge(grid, number.set_to, partial(number.ask, is_odd))
    return fit_grid(number.name, number.in_code, grid, rights.astype(float))


def _try(number: _Number, found: float) -> Trial:
    at_code, at_found = judge([number.in_code, found], number.set_to, partial(number.ask, is_even))
    differences = at_found.astype(float) - at_code.astype(float)
    error = differences.std(ddof=1) / np.sqrt(differences.size)
    note = f"{number.in_code:g} and {found:g}; s.e. of the difference {error:.3f}"
    return Trial(f"trial: {number.name}", float(at_code.mean()), float(at_found.mean()), note)


def _measure_topic_answers() -> list[FittedNumber]:
    """Measure what questions that ask of the whole article's topic are answered with."""
    sets = [one for one in read_short_questions(is_odd, "short") if one.setting == ALONE]
    cases = [case for case in ask_sets(sets) if case.fixed is not None]
    return [
        _measure_share("_CONFIDENCE", "right", [case.is_right for case in cases]),
        _measure_share("_COVERAGE", "answered by the article", [case.is_covered for case in cases]),
    ]


def _measure_share(name: str, what: str, values: Sequence[bool]) -> FittedNumber:
    """Give a share as (k + 1) / (n + 2), Laplace's rule, because there are few."""
    count = len(values)
    share = (sum(values) + 1) / (count + 2)
    error = float(np.sqrt(share * (1 - share) / (count + 3)))
    note = f"{sum(values)} of {count} such answers are {what}"
    in_code = getattr(topic_answers, name)
    return FittedNumber(f"topic_answers: {name}", in_code, share, error, note)
