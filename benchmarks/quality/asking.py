"""Sets of questions asked of the product: what was answered, and whether it is right.

In: ``AskedSet`` values. Out: ``Case`` values. Every question is answered, however unlikely the
answer, so that confidences of all sizes can be judged; where answers begin is decided afterwards.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quality.asked_sets import AskedQuestion, AskedSet
from bot.answers.answerer import Answerer
from bot.answers.confidence import Estimate, estimate
from bot.answers.confidence_features import ConfidenceFeatures
from bot.answers.model import Policy

# The first quotation, and those that may stand beside it.
QUOTES = 3
_ANSWER_ALWAYS = Policy(threshold=0.0, quotes=QUOTES)
# Makes another answerer of one, such as one with meaning.
Prepare = Callable[[Answerer], Answerer]


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a library.

    ``source`` is the question's set, ``setting`` how it was asked, and ``question`` its key.
    ``features`` is None where nothing was found, and where an answer comes of no query: it has a
    ``fixed`` estimate. ``is_covered``: the library answers it.
    ``is_right``: the first quotation does, and ``in_three``: one of the first three. ``others`` are
    the quotations behind the first: the share of the first one's score that each has, and whether
    it answers.
    """

    source: str
    setting: str
    question: str
    text: str
    kind: str
    features: ConfidenceFeatures | None
    is_covered: bool
    is_right: bool
    others: tuple[tuple[float, bool], ...] = ()
    fixed: Estimate | None = None

    @property
    def confidence(self) -> float:
        """The product's confidence; 0 where nothing was found, as in the product."""
        return self._estimate.confidence

    @property
    def coverage(self) -> float:
        """The product's probability that the articles answer; 0 where nothing was found."""
        return self._estimate.coverage

    @property
    def is_found(self) -> bool:
        """Whether there is anything to quote."""
        return self.features is not None or self.fixed is not None

    @property
    def _estimate(self) -> Estimate:
        return self.fixed or estimate(self.features)

    @property
    def is_doubtful(self) -> bool:
        """Whether the product never shows it as sure."""
        return self.features is not None and self.features.is_doubtful

    @property
    def in_three(self) -> bool:
        """Whether one of three quotations answers."""
        return self.is_right or any(is_right for _, is_right in self.others)


def _leave_as_it_is(answerer: Answerer) -> Answerer:
    return answerer


def ask_sets(sets: Iterable[AskedSet], prepare: Prepare = _leave_as_it_is) -> list[Case]:
    """Ask all questions of some sets; each answerer is prepared first."""
    return [case for one in sets for case in _ask_set(one, prepare)]


def _ask_set(one: AskedSet, prepare: Prepare) -> Iterator[Case]:
    answerer = prepare(Answerer(one.library, _ANSWER_ALWAYS))
    for question in one.questions:
        yield _ask(answerer, one, question)


def _ask(answerer: Answerer, one: AskedSet, question: AskedQuestion) -> Case:
    answer = answerer.answer(question.text)
    judge = None if one.is_taken_out else question.answers
    rights = [judge is not None and judge(quote) for quote in answer.quotes]
    scores = [quote.score for quote in answer.quotes]
    is_answer = answer.kind == "answer"
    is_fixed = is_answer and answer.features is None
    others = [(score / scores[0], is_right) for score, is_right in zip(scores, rights, strict=True)]
    return Case(
        source=one.source,
        setting=one.setting,
        question=question.key,
        text=question.text,
        kind=question.kind,
        features=answer.features if is_answer else None,
        fixed=Estimate(answer.confidence, answer.coverage) if is_fixed else None,
        is_covered=judge is not None,
        is_right=any(rights[:1]),
        others=tuple(others[1:]),
    )


def find_sources(cases: Iterable[Case]) -> list[str]:
    """Give the names of the sets that cases come from, in order."""
    return list(dict.fromkeys(case.source for case in cases))


def describe_cases(cases: Sequence[Case]) -> str:
    """Count cases, questions, and answers, by set."""
    parts = []
    for source in find_sources(cases):
        mine = [case for case in cases if case.source == source]
        questions = len({case.question for case in mine})
        right = sum(case.is_right for case in mine)
        parts.append(f"{source}: {questions:,} questions, {len(mine):,} cases, {right:,} right")
    return "; ".join(parts)
