"""Answers to an editor's questions, to figures: how often, and how surely, they are right.

In: the questions with what is expected of them (``question_set``), and the Answer to each. Out: a Result a question,
Figures over them, and what changed since an earlier evaluation. It answers nothing itself and prints nothing.

Mean reciprocal rank: Voorhees, TREC-8, 1999. Expected calibration error, over ten bins of equal width: Guo, Pleiss,
Sun and Weinberger, ICML 2017.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answers.model import Answer, Quote
from bot.articles.model import Sentence
from bot.evaluation.question_set import Question, QuestionSet

Outcome = Literal["right", "key_wrong", "not_first", "wrong", "refused", "not_refused"]

_MAX_QUOTES = 3
_BINS = 10
# A figure that is meant to be the limit itself must not fall short of it by a rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Mark:
    """How one question was answered. ``rank`` is 1 to 3: the first quotation that holds what is expected.

    ``key_is_right`` is None where no sentence is expected, ``section_is_right`` where no answer is; both are of the
    first quotation.
    """

    question: str
    is_covered: bool
    is_answered: bool
    rank: int | None = None
    key_is_right: bool | None = None
    section_is_right: bool | None = None

    @property
    def expects(self) -> tuple[bool, bool]:
        """What kind of thing is expected: an answer at all, a certain sentence."""
        return self.is_covered, self.key_is_right is not None

    @property
    def outcome(self) -> Outcome:
        """The mark in a word; ``key_wrong`` and ``not_first`` are nearly right."""
        if not self.is_covered:
            return "not_refused" if self.is_answered else "right"
        if not self.is_answered:
            return "refused"
        if self.rank is None:
            return "wrong"
        if self.rank > 1:
            return "not_first"
        return "key_wrong" if self.key_is_right is False else "right"

    @property
    def reciprocal(self) -> float:
        """One divided by the rank; 0 without one."""
        return 1 / self.rank if self.rank else 0.0

    @property
    def merit(self) -> tuple[float, ...]:
        """What is compared with an earlier mark of the question: to be refused is no worse than a wrong answer."""
        if not self.is_covered:
            return (float(not self.is_answered),)
        return (
            self.reciprocal,
            float(self.key_is_right is True),
            float(self.section_is_right is True),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """A question, the answer that it got, and its mark."""

    question: Question
    answer: Answer
    mark: Mark


def judge(question: Question, answer: Answer) -> Result:
    """Compare an answer with what is expected; of its quotations the first three."""
    quotes = answer.quotes[:_MAX_QUOTES]
    is_answered = answer.kind == "answer"
    if not question.is_covered:
        return Result(
            question, answer, Mark(question.text, is_covered=False, is_answered=is_answered)
        )
    rank = next((number for number, quote in enumerate(quotes, 1) if _holds(quote, question)), None)
    key = any(
        _overlaps(one, quote.key.start, quote.key.end, quote)
        for quote in quotes[:1]
        for one in question.sentences
    )
    section = any(_is_from(quote, question) for quote in quotes[:1])
    mark = Mark(
        question.text,
        is_covered=True,
        is_answered=is_answered,
        rank=rank,
        key_is_right=key if question.sentences else None,
        section_is_right=section,
    )
    return Result(question, answer, mark)


def _holds(quote: Quote, question: Question) -> bool:
    if not question.sentences:
        return _is_from(quote, question)
    return any(
        _overlaps(sentence, quote.start, quote.end, quote) for sentence in question.sentences
    )


def _overlaps(sentence: Sentence, start: int, end: int, quote: Quote) -> bool:
    return sentence.file == quote.article.file and sentence.start < end and start < sentence.end


def _is_from(quote: Quote, question: Question) -> bool:
    place = quote.article.id, quote.section.number
    return any(place == (article.id, section.number) for article, section in question.places)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean: of ``count`` questions that it is about, ``total`` are right (or the sum of their reciprocal ranks)."""

    total: float
    count: int

    @property
    def value(self) -> float | None:
        """The mean, 0 to 1; None where there is nothing to measure."""
        return self.total / self.count if self.count else None


# The figures by name, what each mark adds to them; None: the figure is not about such a question.
_MEASURES: dict[str, Callable[[Mark], float | None]] = {
    "hit1": lambda mark: float(mark.rank == 1) if mark.is_covered else None,
    "hit3": lambda mark: float(mark.rank is not None) if mark.is_covered else None,
    "mrr": lambda mark: mark.reciprocal if mark.is_covered else None,
    "key": lambda mark: mark.key_is_right,
    "section": lambda mark: mark.section_is_right,
    "answered": lambda mark: float(mark.is_answered) if mark.is_covered else None,
    "refused": lambda mark: None if mark.is_covered else float(not mark.is_answered),
}
FIGURES = tuple(_MEASURES)


def measure(marks: Sequence[Mark]) -> dict[str, Figure]:
    """Give every figure of FIGURES over ``marks``."""
    figures = {}
    for name, points_of in _MEASURES.items():
        points = [float(point) for mark in marks if (point := points_of(mark)) is not None]
        figures[name] = Figure(sum(points), len(points))
    return figures


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is from ``low`` to ``high``: how many, their mean confidence, the share right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether the confidence is the share that is right. ``error`` is the expected calibration error.

    Bins without an answer are left out; without any, ``error`` is None.
    """

    bins: tuple[Bin, ...]
    error: float | None


def calibrate(answers: Iterable[tuple[float, bool]]) -> Calibration:
    """Compare confidences, 0 to 1, with whether the answer was right, in ten bins of equal width."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, is_right in answers:
        members[min(int(confidence * _BINS), _BINS - 1)].append((confidence, is_right))
    bins = tuple(_make_bin(number, found) for number, found in enumerate(members) if found)
    count = sum(one.count for one in bins)
    gaps = sum(one.count * abs(one.right - one.confidence) for one in bins)
    return Calibration(bins, gaps / count if count else None)


def _make_bin(number: int, members: Sequence[tuple[float, bool]]) -> Bin:
    count = len(members)
    confidence = sum(confidence for confidence, _ in members) / count
    right = sum(is_right for _, is_right in members) / count
    return Bin(number / _BINS, (number + 1) / _BINS, count, confidence, right)


Values = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared with another evaluation. Figures are rounded to four digits; "ece" is among the overall ones."""

    figures: Values
    kinds: Mapping[str, Values]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results with their figures. ``kinds`` is empty where no question has a kind; "" are those without one.

    The calibration is over the questions that were answered, whether they should have been or not.
    """

    asked: QuestionSet
    threshold: float
    results: tuple[Result, ...]
    figures: Mapping[str, Figure]
    kinds: Mapping[str, Mapping[str, Figure]]
    calibration: Calibration

    @property
    def record(self) -> Record:
        """What another evaluation is compared with."""
        overall = {**_values(self.figures), "ece": _rounded(self.calibration.error)}
        kinds = {kind: _values(figures) for kind, figures in self.kinds.items()}
        return Record(overall, kinds, tuple(result.mark for result in self.results))

    @property
    def failures(self) -> tuple[Result, ...]:
        """The questions that were not answered, or not refused, as expected."""
        return tuple(result for result in self.results if result.mark.outcome != "right")


def evaluate(asked: QuestionSet, results: Sequence[Result], threshold: float) -> Evaluation:
    """Take the figures over all results. ``threshold`` is the confidence from which on an answer was given."""
    of_kind: dict[str, list[Mark]] = {}
    for result in results:
        of_kind.setdefault(result.question.kind, []).append(result.mark)
    kinds = {kind: measure(marks) for kind, marks in of_kind.items()} if any(of_kind) else {}
    answered = [result for result in results if result.mark.is_answered]
    calibration = calibrate(
        (result.answer.confidence, result.mark.rank == 1) for result in answered
    )
    figures = measure([result.mark for result in results])
    return Evaluation(asked, threshold, tuple(results), figures, kinds, calibration)


def _values(figures: Mapping[str, Figure]) -> Values:
    return {name: _rounded(figure.value) for name, figure in figures.items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure that is not what was asked for. ``value`` is None where there was nothing to measure.

    ``limit`` is the least that was asked for; of "ece" the most.
    """

    name: str
    value: float | None
    limit: float


def find_shortfalls(evaluation: Evaluation, limits: Mapping[str, float]) -> list[Shortfall]:
    """Compare overall figures with limits by name: FIGURES must reach theirs, "ece" must not be above its own."""
    found = []
    for name, limit in limits.items():
        value = evaluation.calibration.error if name == "ece" else evaluation.figures[name].value
        lacking = 1.0 if value is None else value - limit if name == "ece" else limit - value
        if lacking > _ROUNDING:
            found.append(Shortfall(name, value, limit))
    return found


@dataclass(frozen=True, slots=True)
class Changes:
    """What became different between two evaluations; questions are told apart by their text.

    ``otherwise`` are those of which another kind of thing was expected then; they are neither better nor worse.
    """

    before: Record
    now: Record
    better: tuple[tuple[Mark, Mark], ...]
    worse: tuple[tuple[Mark, Mark], ...]
    otherwise: tuple[str, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]


def compare(before: Record, now: Record) -> Changes:
    """Compare an evaluation with an earlier one; everything in the order of ``now``, and of ``before`` last."""
    old = {mark.question: mark for mark in before.marks}
    both = [(old[mark.question], mark) for mark in now.marks if mark.question in old]
    alike = [(then, mark) for then, mark in both if then.expects == mark.expects]
    asked = {mark.question for mark in now.marks}
    return Changes(
        before,
        now,
        better=tuple((then, mark) for then, mark in alike if mark.merit > then.merit),
        worse=tuple((then, mark) for then, mark in alike if mark.merit < then.merit),
        otherwise=tuple(mark.question for then, mark in both if then.expects != mark.expects),
        only_before=tuple(question for question in old if question not in asked),
        only_now=tuple(mark.question for mark in now.marks if mark.question not in old),
    )
