"""How questions are answered by the product as it is: shares by set and kind, and dialogues.

In: cases, or the repository's requests and dialogues. Out: rows of figures. Here a question is
answered or refused by the product's own threshold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.quality.asked_sets import (
    Dialogue,
    Half,
    read_dialogue_articles,
    read_short_requests,
)
from benchmarks.quality.asking import Case, Prepare, leave_as_it_is
from bot.answers.answerer import Answerer
from bot.answers.confidence_numbers import SURE, THRESHOLD
from bot.answers.model import Answer
from bot.articles.library import Library


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """Shares from 0 to 1; None where there is no such question.

    ``first``, ``three`` and ``answered`` are of the ``covered`` questions with an answer: quoted
    first, among the first three, and answered at all. ``refused`` is of the ``others``.
    """

    name: str
    covered: int
    first: float | None
    three: float | None
    answered: float | None
    others: int
    refused: float | None


@dataclass(frozen=True, slots=True)
class SureFigures:
    """What is shown as sure: how many answers, the share wrong, and the share of the right ones."""

    name: str
    answers: int
    sure: int
    wrong: float | None
    of_right: float | None


def is_answered(case: Case) -> bool:
    """Say whether the product answers a case."""
    return case.is_found and case.coverage >= THRESHOLD


def summarise(name: str, cases: Sequence[Case]) -> AnswerFigures:
    """Give the figures of some cases."""
    covered = [case for case in cases if case.is_covered]
    others = [case for case in cases if not case.is_covered]
    return AnswerFigures(
        name=name,
        covered=len(covered),
        first=find_share(is_answered(case) and case.is_right for case in covered),
        three=find_share(is_answered(case) and case.in_three for case in covered),
        answered=find_share(map(is_answered, covered)),
        others=len(others),
        refused=find_share(not is_answered(case) for case in others),
    )


def summarise_sure(name: str, cases: Sequence[Case]) -> SureFigures:
    """Give what of some cases is shown as sure."""
    answers = [case for case in cases if is_answered(case)]
    sure = [case for case in answers if _is_sure(case)]
    right = [case for case in answers if case.is_right]
    return SureFigures(
        name=name,
        answers=len(answers),
        sure=len(sure),
        wrong=find_share(not case.is_right for case in sure),
        of_right=find_share(map(_is_sure, right)),
    )


def _is_sure(case: Case) -> bool:
    return case.confidence >= SURE and not case.is_doubtful


def find_share(of: Iterable[bool]) -> float | None:
    """Give the share of what is true; None of nothing."""
    values = list(of)
    return sum(values) / len(values) if values else None


def measure_requests(half: Half) -> list[AnswerFigures]:
    """Ask for summaries and about articles: ``first`` is the share of the right kind of answer."""
    kinds: dict[str, list[bool]] = {}
    for article, question, expected in read_short_requests(half):
        answer = Answerer(Library((article,))).answer(question)
        # By its name, because not every version of the product has the kind.
        kinds.setdefault(expected, []).append(str(answer.kind) == expected)
    return [
        AnswerFigures(f"{kind}, right kind", len(rights), find_share(rights), None, None, 0, None)
        for kind, rights in kinds.items()
    ]


@dataclass(frozen=True, slots=True)
class DialogueFigures:
    """Shares of dialogues: ``first`` answered right, ``repeats`` with the same quotation again.

    Of the latter ``unasked`` have no new word in the follow-up that its key sentence holds. All are
    of the ``covered`` ones; ``refused`` is of the ``others``.
    """

    covered: int
    first: float | None
    repeats: float | None
    unasked: float | None
    others: int
    refused: float | None


def measure_dialogues(
    dialogues: Iterable[Dialogue], prepare: Prepare = leave_as_it_is
) -> DialogueFigures:
    """Ask each first question, and the follow-up in its conversation."""
    articles = read_dialogue_articles()
    first, repeats, unasked, refused = [], [], [], []
    for dialogue in dialogues:
        answerer = prepare(Answerer(Library((articles[dialogue.article],))))
        before = answerer.answer(dialogue.first)
        then = answerer.answer(dialogue.then, before=before.turn)
        if dialogue.sentences:
            first.append(quotes_any(then, dialogue.sentences))
            is_same = _quote_the_same(before, then)
            repeats.append(is_same)
            unasked.append(is_same and not _has_new_word(answerer, before, then))
        else:
            refused.append(then.kind != "answer")
    return DialogueFigures(
        covered=len(first),
        first=find_share(first),
        repeats=find_share(repeats),
        unasked=find_share(unasked),
        others=len(refused),
        refused=find_share(refused),
    )


def quotes_any(answer: Answer, sentences: frozenset[str]) -> bool:
    """Say whether the first quotation of an answer shows one of some sentences."""
    shown = [sentence.plain for quote in answer.quotes[:1] for sentence in quote.sentences]
    return not sentences.isdisjoint(shown)


def _quote_the_same(one: Answer, other: Answer) -> bool:
    """Say whether two answers quote the same key sentence first, or the same sentences."""
    if not one.quotes or not other.quotes:
        return False
    first, then = one.quotes[0], other.quotes[0]
    return first.key is then.key or first.sentences == then.sentences


def _has_new_word(answerer: Answerer, before: Answer, then: Answer) -> bool:
    """Say whether a follow-up has a word of its key sentence that the question before has not."""
    analyze = answerer.index.analyzer.analyze
    new = set(analyze(then.question)) - set(analyze(before.question))
    return not new.isdisjoint(analyze(then.quotes[0].key.plain))
