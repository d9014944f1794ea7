"""An engine and a question set to figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.quality.engines import Engine
from benchmarks.quality.metrics import (
    find_auroc,
    find_ndcg,
    find_reciprocal_rank,
    find_refused,
    find_standard_error,
    has_hit,
)
from benchmarks.quality.progress import Progress
from benchmarks.quality.sets import Question, QuestionSet
from benchmarks.quality.words import misspell

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, all shares from 0 to 1.

    None is what the set or the caller did not ask for.

    ``first`` and ``third`` are the shares of questions with a text that answers among the first one
    and three; ``sentence`` that of the right sentence chosen in a right text; ``refused`` that of
    uncovered questions refused where 95 % of the covered ones are answered.
    """

    engine: str
    first: float
    error: float
    third: float
    mrr: float
    ndcg: float
    sentence: float | None
    refused: float | None
    auroc: float | None
    misspelt: float | None


def measure(
    engine: type[Engine], questions: QuestionSet, progress: Progress, *, misspelt: bool = False
) -> Figures:
    """Measure everything that the set allows; ``misspelt`` asks every question misspelt as well."""
    progress.say(f"{questions.name} · {engine.label} · indexing {len(questions.texts)} texts")
    built = engine(questions.texts)
    asked = progress.through(questions.questions, f"{questions.name} · {engine.label} · ranking")
    ranked = [(_gains(built, question, question.words), question) for question in asked]
    first = float(np.mean([has_hit(gains, 1) for gains, _ in ranked]))
    refused, auroc = _measure_refusals(built, questions, progress)
    return Figures(
        engine.full_label(),
        first,
        find_standard_error(first, len(ranked)),
        float(np.mean([has_hit(gains, 3) for gains, _ in ranked])),
        float(np.mean([find_reciprocal_rank(gains) for gains, _ in ranked])),
        float(np.mean([find_ndcg(gains, question.gains.values()) for gains, question in ranked])),
        _measure_sentences(built, questions, progress),
        refused,
        auroc,
        _measure_misspelt(built, questions, progress) if misspelt else None,
    )


def _gains(engine: Engine, question: Question, words: str) -> list[float]:
    return [question.gains.get(number, 0.0) for number, _ in engine.search(words, _DEPTH)]


def _measure_misspelt(engine: Engine, questions: QuestionSet, progress: Progress) -> float:
    asked = progress.through(questions.questions, f"{questions.name} · {engine.label} · misspelt")
    return float(
        np.mean(
            [has_hit(_gains(engine, question, misspell(question.words)), 1) for question in asked]
        )
    )


def _measure_sentences(engine: Engine, questions: QuestionSet, progress: Progress) -> float | None:
    """Give how often the chosen sentence of a text with a known answer holds some of it."""
    right = [
        _is_right(engine, number, question)
        for question in progress.through(
            questions.questions, f"{questions.name} · {engine.label} · sentences"
        )
        for number in question.answers
    ]
    return float(np.mean(right)) if right else None


def _is_right(engine: Engine, number: int, question: Question) -> bool:
    sentences = engine.texts[number].sentences
    start, end = sentences[engine.choose_sentence(number, question.words)]
    return any(
        start < answer_end and answer_start < end
        for answer_start, answer_end in question.answers[number]
    )


def _measure_refusals(
    engine: Engine, questions: QuestionSet, progress: Progress
) -> tuple[float, float] | tuple[None, None]:
    """Give the share refused and the AUROC.

    The uncovered questions are those that the set names, or else each half of the articles is
    indexed alone and asked the questions of both; one threshold holds for both halves.
    """
    progress.say(f"{questions.name} · {engine.label} · refusing")
    covered: list[float] = []
    others: list[float] = []
    if questions.uncovered:
        covered += _signals(engine, [question.words for question in questions.questions])
        others += _signals(engine, questions.uncovered)
    elif halves := questions.halves():
        for here, there in (halves, halves[::-1]):
            half = type(engine)(here.texts)
            covered += _signals(half, [question.words for question in here.questions])
            others += _signals(half, [question.words for question in there.questions])
    return (find_refused(covered, others), find_auroc(covered, others)) if others else (None, None)


def _signals(engine: Engine, questions: Sequence[str]) -> list[float]:
    return [engine.find_signal(question) for question in questions]
