"""Answers are compared with what is expected, and the figures are what they say."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from ferries import build_ferries
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.model import Policy
from bot.articles.library import Library
from bot.evaluation.metrics import (
    FIGURES,
    Evaluation,
    Mark,
    Record,
    calibrate,
    compare,
    evaluate,
    find_shortfalls,
    judge,
    measure,
)
from bot.evaluation.question_set import read_questions


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles that share a heading."""
    return build_ferries(tmp_path / "articles")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the question set lies."""
    return tmp_path / "set.yaml"


def evaluation_of(path: Path, text: str, library: Library, policy: Policy | None = None) -> Evaluation:
    """Read a question set, ask it, and take the figures."""
    path.write_text(text, encoding="utf-8")
    asked = read_questions([path], library)
    answerer = Answerer(library, policy)
    results = [judge(question, answerer.answer(question.text)) for question in asked.questions]
    return evaluate(asked, results, answerer.policy.threshold)


def values(evaluation: Evaluation) -> dict[str, float | None]:
    """Give the overall figures by name."""
    return {name: figure.value for name, figure in evaluation.figures.items()}


PERFECT = """\
about: What the passengers ask.
questions:
- {question: 'When does the ferry leave?', sentence: the ferry leaves at six, kind: times}
- {question: 'Who does the harbour belong to?', section: The harbour, kind: places}
- {question: 'What is the capital of Peru?', not_answered: true}
"""


def test_a_perfect_run_has_figures_of_1(path: Path, library: Library) -> None:
    """What is answered and refused as expected counts in full, each figure over the questions that it is about."""
    evaluation = evaluation_of(path, PERFECT, library)
    assert values(evaluation) == dict.fromkeys(FIGURES, 1.0)
    counts = {name: figure.count for name, figure in evaluation.figures.items()}
    assert counts == {"hit1": 2, "hit3": 2, "mrr": 2, "key": 1, "section": 2, "answered": 2, "refused": 1}
    assert evaluation.failures == ()
    assert evaluation.asked.about == ("What the passengers ask.",)


def test_figures_are_broken_down_by_kind(path: Path, library: Library) -> None:
    """Each label has its own figures; what has none is under the empty one."""
    kinds = evaluation_of(path, PERFECT, library).kinds
    assert list(kinds) == ["times", "places", ""]
    assert (kinds["times"]["key"].count, kinds["places"]["key"].count, kinds[""]["refused"].count) == (1, 0, 1)


def test_without_kinds_there_is_no_break_down(path: Path, library: Library) -> None:
    """Questions that all have no label are the whole set."""
    assert evaluation_of(path, "questions: [{question: 'A?', not_answered: true}]", library).kinds == {}


def test_any_of_several_is_right(path: Path, library: Library) -> None:
    """A list of sentences or sections, numbers among them, is a choice."""
    text = """\
questions:
- {question: 'When does the ferry leave?', sentence: [Its wall was built in 1802., The ferry leaves at six.]}
- {question: 'Who does the harbour belong to?', section: [0, 2], article: ferries}
"""
    assert values(evaluation_of(path, text, library))["hit1"] == 1


def test_failures_are_told_apart(path: Path, library: Library) -> None:
    """Answered elsewhere, refused, not refused: each has its outcome, and the marks that follow from it."""
    text = """\
questions:
- {question: 'When does the ferry leave?', sentence: Its wall was built in 1802.}
- {question: 'How does one bake bread?', section: Times, article: trains}
- {question: 'Who does the harbour belong to?', not_answered: true}
"""
    evaluation = evaluation_of(path, text, library)
    wrong, refused, answered = (result.mark for result in evaluation.results)
    assert (wrong.outcome, wrong.rank, wrong.key_is_right, wrong.section_is_right) == ("wrong", None, False, False)
    assert (refused.outcome, refused.key_is_right, refused.section_is_right) == ("refused", None, False)
    assert (answered.outcome, answered.section_is_right) == ("not_refused", None)
    assert len(evaluation.failures) == 3
    expected = {"hit1": 0, "hit3": 0, "mrr": 0, "key": 0, "section": 0, "answered": 0.5, "refused": 0}
    assert values(evaluation) == expected
    # Both answers are wrong, so what is missing is all the confidence that they had.
    confidences = [evaluation.results[number].answer.confidence for number in (0, 2)]
    assert evaluation.calibration.error == pytest.approx(sum(confidences) / 2)


def test_the_neighbour_of_the_key_sentence_is_a_hit_but_not_the_key(path: Path, library: Library) -> None:
    """What is quoted beside the key sentence was answered; the wrong sentence was marked."""
    text = "questions: [{question: 'When does the ferry leave?', sentence: It returns at nine.}]"
    (result,) = evaluation_of(path, text, library).results
    assert (result.mark.outcome, result.mark.rank, result.mark.key_is_right) == ("key_wrong", 1, False)


def test_a_later_quotation_counts_for_its_rank(path: Path, library: Library) -> None:
    """The second quotation is no first hit, but one among three, and half a reciprocal rank."""
    path.write_text("questions: [{question: 'When?', sentence: The ferry leaves at six.}]", encoding="utf-8")
    asked = read_questions([path], library)
    answerer = Answerer(library, Policy(0, 1))
    other, right = (answerer.answer(one) for one in ("When does the train depart?", "When does the ferry leave?"))
    answer = replace(right, quotes=other.quotes + right.quotes)
    evaluation = evaluate(asked, [judge(asked.questions[0], answer)], 0)
    mark = evaluation.results[0].mark
    assert (mark.outcome, mark.rank, mark.key_is_right, mark.section_is_right) == ("not_first", 2, False, False)
    assert [values(evaluation)[name] for name in ("hit1", "hit3", "mrr")] == [0, 1, 0.5]


def test_a_fourth_quotation_is_not_looked_at(path: Path, library: Library) -> None:
    """Whatever the settings allow, three quotations are what is compared."""
    path.write_text("questions: [{question: 'When?', sentence: The ferry leaves at six.}]", encoding="utf-8")
    (question,) = read_questions([path], library).questions
    answerer = Answerer(library, Policy(0, 1))
    other, right = (answerer.answer(one) for one in ("When does the train depart?", "When does the ferry leave?"))
    assert judge(question, replace(right, quotes=other.quotes * 3 + right.quotes)).mark.rank is None


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    """Give a mark such as ``judge`` may give."""
    name = draw(st.uuids()).hex
    is_answered = draw(st.booleans())
    if draw(st.booleans()):
        return Mark(name, is_covered=False, is_answered=is_answered)
    rank = draw(st.sampled_from([None, 1, 2, 3])) if is_answered else None
    key = draw(st.sampled_from([None, False, rank == 1]))
    section = rank == 1 or (is_answered and draw(st.booleans()))
    return Mark(name, is_covered=True, is_answered=is_answered, rank=rank, key_is_right=key, section_is_right=section)


@given(st.lists(marks()))
def test_the_figures_are_ordered(found: list[Mark]) -> None:
    """A first hit is one among three, the reciprocal rank lies between, and what is a hit was answered."""
    figures = {name: figure.value for name, figure in measure(found).items()}
    assert all(value is None or 0 <= value <= 1 for value in figures.values())
    if figures["hit1"] is None:
        assert not any(mark.is_covered for mark in found)
        return
    chain = [figures[name] or 0.0 for name in ("hit1", "mrr", "hit3", "answered")]
    assert all(one <= other + 1e-9 for one, other in pairwise(chain))


@given(st.lists(marks(), unique_by=lambda mark: mark.question))
def test_a_baseline_against_itself_has_no_differences(found: list[Mark]) -> None:
    """Nothing got better or worse, and nothing is in one of the two only."""
    record = Record({}, {}, tuple(found))
    changes = compare(record, record)
    differing = (changes.better, changes.worse, changes.otherwise, changes.only_before, changes.only_now)
    assert differing == ((), (), (), (), ())


@given(st.lists(marks(), unique_by=lambda mark: mark.question), st.data())
def test_what_is_better_one_way_is_worse_the_other_way(found: list[Mark], data: st.DataObject) -> None:
    """Two evaluations swapped give the same changes turned round; every question is in one place."""
    others = [data.draw(st.sampled_from([mark, *found])) for mark in found]
    renamed = [
        Mark(mark.question, other.is_covered, other.is_answered, other.rank, other.key_is_right, other.section_is_right)
        for mark, other in zip(found, others, strict=True)
    ]
    half = len(found) // 2
    before, now = Record({}, {}, tuple(found[half:])), Record({}, {}, tuple(renamed))
    there, back = compare(before, now), compare(now, before)
    assert {mark.question for mark, _ in there.better} == {mark.question for mark, _ in back.worse}
    assert {mark.question for mark, _ in there.worse} == {mark.question for mark, _ in back.better}
    assert set(there.otherwise) == set(back.otherwise)
    assert list(there.only_now) == [mark.question for mark in found[:half]] == list(back.only_before)


@pytest.mark.parametrize(
    ("then", "now", "is_better"),
    [
        (Mark("A?", True, True, 2, False, False), Mark("A?", True, True, 1, False, True), True),  # noqa: FBT003 (a mark)
        (Mark("A?", True, True, 1, False, True), Mark("A?", True, True, 1, True, True), True),  # noqa: FBT003 (a mark)
        (Mark("A?", False, True), Mark("A?", False, False), True),  # noqa: FBT003 (a mark)
        (Mark("A?", True, False, None, False, False), Mark("A?", True, True, None, False, False), False),  # noqa: FBT003 (a mark)
    ],
    ids=["rank", "key", "refused at last", "wrong instead of refused"],
)
def test_what_counts_as_better(then: Mark, now: Mark, *, is_better: bool) -> None:
    """An earlier rank, the right key sentence, a refusal that was due; not a wrong answer instead of none."""
    changes = compare(Record({}, {}, (then,)), Record({}, {}, (now,)))
    assert bool(changes.better) == is_better
    assert not changes.worse


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_calibration_counts_every_answer_once(answers: list[tuple[float, bool]]) -> None:
    """The bins hold all answers, each its own range, and the error is a share."""
    calibration = calibrate(answers)
    assert sum(one.count for one in calibration.bins) == len(answers)
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in calibration.bins)
    assert calibration.error is not None
    assert 0 <= calibration.error <= 1
    right = sum(one.count * one.right for one in calibration.bins)
    assert right == pytest.approx(sum(is_right for _, is_right in answers))


def test_the_calibration_error_is_what_the_confidence_is_off_by() -> None:
    """Four of five right at 0.8 is nothing; one of two at 0.25 a quarter, weighed by the answers."""
    answers = [(0.85, True)] * 4 + [(0.85, False)] + [(0.25, True), (0.25, False)]
    calibration = calibrate(answers)
    assert [(one.low, one.count, one.right) for one in calibration.bins] == [(0.2, 2, 0.5), (0.8, 5, 0.8)]
    assert calibration.error == pytest.approx((2 * 0.25 + 5 * 0.05) / 7)
    assert calibrate([]).error is None


def test_shortfalls_name_what_is_below_and_what_can_not_be_told(path: Path, library: Library) -> None:
    """A figure that is just what was asked for is enough; one that is about no question is not."""
    text = "questions: [{question: 'When does the ferry leave?', sentence: The ferry leaves at six.}]"
    evaluation = evaluation_of(path, text, library)
    assert find_shortfalls(evaluation, {"hit1": 1.0, "mrr": 0.5, "ece": 1.0}) == []
    error = evaluation.calibration.error
    assert error is not None
    short = find_shortfalls(evaluation, {"refused": 0.0, "ece": error / 2})
    assert [(one.name, one.value, one.limit) for one in short] == [("refused", None, 0.0), ("ece", error, error / 2)]
