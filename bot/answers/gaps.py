"""What was asked in vain, grouped by what it has in common.

In: questions with how often each was asked, and what answers now. Out: gaps, the most asked first.
A question that is answered by now is none. Each question joins the gap whose first question shares
at least half of the weight of all their terms with it, or begins one: so the most asked question of
a gap names it, of equals the shortest, and the same questions always make the same gaps.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.answers.answerer import Answerer
from bot.answers.model import Place

# Of all that two questions of a gap say, this share of the weight is said by both.
_LEAST_SHARE = 0.5
# The terms of a longer question are cut when they are joined.
_MOST_CHARACTERS = 600


class Asked(NamedTuple):
    """A question, how often it was asked, and when last."""

    question: str
    times: int
    last: date


@dataclass(slots=True)
class Gap:
    """Questions that have much in common, the most asked first, and what is nearest to them.

    ``terms`` are those of the first question with their weights, as one word where they may be
    written as several; ``times`` is how often all of them were asked, ``last`` when that was last.
    """

    terms: Mapping[str, float]
    nearest: Place | None
    questions: list[str] = field(default_factory=list)
    times: int = 0
    last: date = date.min

    @property
    def name(self) -> str:
        """The question that names it."""
        return self.questions[0]


def find_gaps(
    answerer: Answerer, asked: Iterable[Asked], out_of_scope: Collection[str] = ()
) -> list[Gap]:
    """Group questions that are not answered.

    ``out_of_scope`` are the ``join_terms`` of those that need no answer.
    """
    gaps: list[Gap] = []
    weighed = [(one, answerer.weigh_terms(one.question)) for one in asked]
    for (question, times, last), terms in sorted(weighed, key=_rank):
        answer = answerer.answer(question)
        if answer.kind != "none" or not terms or join_terms(terms) in out_of_scope:
            continue
        together = _write_together(terms)
        gap = _find_like(gaps, together)
        if gap is None:
            nearest = next(iter(answer.closest), None)
            gap = Gap(together, nearest)
            gaps.append(gap)
        gap.questions.append(question)
        gap.times += times
        gap.last = max(gap.last, last)
    return sorted(gaps, key=lambda gap: -gap.times)


def join_terms(terms: Iterable[str]) -> str:
    """Give the terms of a question as one text, whatever their order was; cut where it is long."""
    return " ".join(sorted(terms))[:_MOST_CHARACTERS]


def _rank(weighed: tuple[Asked, Mapping[str, float]]) -> tuple[int, int, str]:
    """Of questions that were asked equally often, those that say least have most in common."""
    asked, terms = weighed
    return -asked.times, len(terms), asked.question


def _write_together(terms: Mapping[str, float]) -> dict[str, float]:
    """Make one term of those of several words and of their parts, so that "wi-fi" is "wifi"."""
    together = dict(terms)
    for phrase in terms:
        words = phrase.split(" ")
        if len(words) > 1:
            parts = {phrase, *words} & together.keys()
            weight = sum(together.pop(part) for part in parts)
            joined = "".join(words)
            together[joined] = together.get(joined, 0.0) + weight
    return together


def _find_like(gaps: Iterable[Gap], terms: Mapping[str, float]) -> Gap | None:
    """Give the first gap that a question of these terms belongs to; None where there is none."""
    for gap in gaps:
        if _is_like(terms, gap.terms):
            return gap
    return None


def _is_like(terms: Mapping[str, float], others: Mapping[str, float]) -> bool:
    all_terms = {**others, **terms}
    shared = everything = 0.0
    for term, weight in all_terms.items():
        everything += weight
        if term in terms and term in others:
            shared += weight
    return shared >= _LEAST_SHARE * everything
