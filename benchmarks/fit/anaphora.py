"""The numbers that tell which sentences lean on earlier ones: ``bot/answers/anaphora.py``."""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from benchmarks.fit.model import Fit, FitOptions, FittedNumber
from benchmarks.fit.sweep import Verdicts, fit_one, judge, sweep_one
from benchmarks.fit.texts import describe, read_articles
from benchmarks.fit.vary import Setter, setter_of, vary
from benchmarks.summaries.marks import OWN_FOLDERS, OWN_MARKS, read_marks
from bot.answers import anaphora
from bot.answers.anaphora import find_antecedents
from bot.articles.library import Library
from bot.articles.model import Article, Section
from bot.search.analysis.analyzer import get_analyzer

# What is tried, from the number in the code.
_WORD_STEPS = (-3, -2, -1, 0, 1, 2, 3)
_CHARACTER_STEPS = (-50, -40, -30, -20, -10, -1, 0, 1, 10, 20, 40, 60)
_LONGEST_OPENING = re.compile(r"(?<=\{1,)\d+(?=\})")
_OPENING = "anaphora: characters of an opening before its pronoun (_PRONOUN_AFTER_OPENING)"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, as it is in the code, what is tried beside it, and what sets it."""

    name: str
    in_code: int
    steps: Sequence[int]
    set_to: Setter


def fit(options: FitOptions) -> Fit:
    """Compare each value with the marks of a reader.

    Where they do not tell, count the sentences that it changes.
    """
    library = read_articles(options.squad)
    marked = read_marks(OWN_MARKS, OWN_FOLDERS)
    leans = np.array([mark.needs is not None for one in marked for mark in one.marks])
    places = [(one.article, one.section) for one in marked]
    numbers = [_fit_number(number, places, leans, library, options.seed) for number in _numbers()]
    return Fit(
        "Sentences that lean on earlier ones",
        f"benchmarks/summaries/marks.yaml, where one reader marked {leans.size} sentences, "
        f"{leans.sum()} of them as "
        "not understood without an earlier one; for the sentences that change, "
        f"{describe(library)}. Those of the "
        "tests were written for the rules and are left out",
        "None; standard errors by bootstrap over sentences",
        "The value with the most sentences that are judged as the reader did; of equals the "
        "nearest to that in the "
        "code. Where the next lower and higher values judge as the one in the code does, none is "
        "found",
        tuple(numbers),
    )


def _numbers() -> Iterator[_Number]:
    for name in ("_NOUN_PHRASE_LENGTH", "_FIRST_WORDS"):
        yield _Number(
            f"anaphora: {name}", getattr(anaphora, name), _WORD_STEPS, setter_of(anaphora, name)
        )
    longest = _LONGEST_OPENING.findall(anaphora._PRONOUN_AFTER_OPENING)  # noqa: SLF001
    yield _Number(_OPENING, int(longest[0]), _CHARACTER_STEPS, _set_longest_opening)


def _set_longest_opening(value: float) -> AbstractContextManager[None]:
    whole, part = anaphora._ANAPHORIC_OPENING.pattern, anaphora._PRONOUN_AFTER_OPENING  # noqa: SLF001
    changed = whole.replace(part, _LONGEST_OPENING.sub(f"{value:g}", part))
    return vary(anaphora, _ANAPHORIC_OPENING=re.compile(changed))


def _fit_number(
    number: _Number,
    places: Sequence[tuple[Article, Section]],
    leans: Verdicts,
    library: Library,
    seed: int,
) -> FittedNumber:
    in_code = number.in_code
    values = [in_code + step for step in number.steps if in_code + step >= 0]
    right = judge(values, number.set_to, partial(_judge_all, places)) == leans
    judged = judge(values, number.set_to, partial(_judge_all, tuple(library.sections())))
    sensitivity = _describe_changes(values, in_code, judged)
    here = values.index(in_code)
    if (right[max(0, here - 1) : here + 2] == right[here]).all():
        agreeing = [
            value for value, row in zip(values, right, strict=True) if (row == right[here]).all()
        ]
        agreed = f"{right[here].sum()} of {leans.size}"
        note = (
            f"The marks cannot tell the values from {agreeing[0]} to {agreeing[-1]}: {agreed} "
            "agree at each."
        )
        return FittedNumber(number.name, in_code, None, None, f"{note} {sensitivity}")
    fitted = fit_one(number.name, sweep_one(values, in_code, right), seed)
    return replace(fitted, note=f"{fitted.note} {sensitivity}")


def _judge_all(places: Sequence[tuple[Article, Section]]) -> list[bool]:
    return [leans for article, section in places for leans in _find_leaning(article, section)]


def _find_leaning(article: Article, section: Section) -> list[bool]:
    """Judge the sentences of a section as a summary does.

    Its reader has seen the title and the heading.
    """
    analyzer = get_analyzer(article.language)
    known_terms = frozenset(analyzer.analyze(f"{article.title}\n{section.heading}"))
    texts = [sentence.plain for sentence in section.sentences]
    return [antecedent is not None for antecedent in find_antecedents(texts, known_terms, analyzer)]


def _describe_changes(values: Sequence[int], in_code: int, judged: Verdicts) -> str:
    """Say how many sentences are judged otherwise than at the value in the code."""
    changes = (judged != judged[values.index(in_code)]).sum(axis=1)
    told = [
        f"{count} at {value}"
        for value, count in zip(values, changes, strict=True)
        if value != in_code
    ]
    return (
        f"Of {judged.shape[1]:,} sentences of articles, so many are judged otherwise: "
        f"{', '.join(told)}."
    )
