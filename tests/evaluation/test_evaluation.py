"""A question set is asked, the answers are judged, and the metrics are what they say."""

from dataclasses import replace
from pathlib import Path

import pytest
from ferries import build_ferries

from bot.answers.answerer import Answerer
from bot.answers.model import Policy
from bot.articles.library import Library
from bot.evaluation.evaluation import Evaluation, evaluate, find_missed_targets
from bot.evaluation.judgment import judge
from bot.evaluation.metrics import METRICS
from bot.evaluation.question_set import read_questions
from bot.report import explain_failure
from bot.texts import evaluation as texts


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles that share a heading."""
    return build_ferries(tmp_path / "articles")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the question set lies."""
    return tmp_path / "set.yaml"


def evaluation_of(
    path: Path, text: str, library: Library, policy: Policy | None = None
) -> Evaluation:
    """Read a question set, ask it, and take the figures."""
    path.write_text(text, encoding="utf-8")
    asked = read_questions([path], library)
    answerer = Answerer(library, policy)
    results = [judge(question, answerer.answer(question.text)) for question in asked.questions]
    return evaluate(asked, results, answerer.policy.threshold)


def values(evaluation: Evaluation) -> dict[str, float | None]:
    """Give the overall figures by name."""
    return {name: figure.value for name, figure in evaluation.metrics.items()}


PERFECT = """\
about: What the passengers ask.
questions:
- {question: 'When does the ferry leave?', sentence: the ferry leaves at six, kind: times}
- {question: 'Who does the harbour belong to?', section: The harbour, kind: places}
- {question: 'What is the capital of Peru?', not_answered: true}
"""


def test_a_perfect_run_has_figures_of_1(path: Path, library: Library) -> None:
    """What is answered and refused as expected counts in full, each figure over the questions that
    it is about.
    """
    evaluation = evaluation_of(path, PERFECT, library)
    assert values(evaluation) == dict.fromkeys(METRICS, 1.0)
    counts = {name: figure.count for name, figure in evaluation.metrics.items()}
    assert counts == {
        "hit1": 2,
        "hit3": 2,
        "mrr": 2,
        "key": 1,
        "section": 2,
        "answered": 2,
        "refused": 1,
    }
    assert evaluation.failures == ()
    assert evaluation.question_set.about == ("What the passengers ask.",)


def test_a_run_has_rounded_figures_and_all_judgments(path: Path, library: Library) -> None:
    """What another one is compared with; a figure about no question has no value."""
    evaluation = evaluation_of(path, PERFECT, library)
    run = evaluation.run
    assert run.metrics == {**dict.fromkeys(METRICS, 1.0), "ece": run.metrics["ece"]}
    assert run.metrics_by_kind["times"]["key"] == 1.0
    assert run.metrics_by_kind["places"]["key"] is None
    assert [judgment.outcome for judgment in run.judgments] == ["right"] * 3


def test_figures_are_broken_down_by_kind(path: Path, library: Library) -> None:
    """Each label has its own figures; what has none is under the empty one."""
    kinds = evaluation_of(path, PERFECT, library).metrics_by_kind
    assert list(kinds) == ["times", "places", ""]
    assert (
        kinds["times"]["key"].count,
        kinds["places"]["key"].count,
        kinds[""]["refused"].count,
    ) == (1, 0, 1)


def test_without_kinds_there_is_no_break_down(path: Path, library: Library) -> None:
    """Questions that all have no label are the whole set."""
    assert (
        evaluation_of(
            path, "questions: [{question: 'A?', not_answered: true}]", library
        ).metrics_by_kind
        == {}
    )


def test_any_of_several_is_right(path: Path, library: Library) -> None:
    """A list of sentences or sections, numbers among them, is a choice."""
    text = """\
questions:
- {question: 'When does the ferry leave?', sentence: [Its wall was built in 1802., The ferry \
leaves at six.]}
- {question: 'Who does the harbour belong to?', section: [0, 2], article: ferries}
"""
    assert values(evaluation_of(path, text, library))["hit1"] == 1


def test_failures_are_told_apart(path: Path, library: Library) -> None:
    """Answered elsewhere, refused, not refused: each has its outcome, and the judgments that follow
    from it.
    """
    text = """\
questions:
- {question: 'When does the ferry leave?', sentence: Its wall was built in 1802.}
- {question: 'How does one bake bread?', section: Times, article: trains}
- {question: 'Who does the harbour belong to?', not_answered: true}
"""
    evaluation = evaluation_of(path, text, library)
    wrong, refused, answered = (result.judgment for result in evaluation.results)
    assert (wrong.outcome, wrong.rank, wrong.key_is_right, wrong.section_is_right) == (
        "wrong",
        None,
        False,
        False,
    )
    assert (refused.outcome, refused.key_is_right, refused.section_is_right) == (
        "refused",
        None,
        False,
    )
    assert (answered.outcome, answered.section_is_right) == ("not_refused", None)
    assert len(evaluation.failures) == 3
    expected = {
        "hit1": 0,
        "hit3": 0,
        "mrr": 0,
        "key": 0,
        "section": 0,
        "answered": 0.5,
        "refused": 0,
    }
    assert values(evaluation) == expected
    # Both answers are wrong, so what is missing is all the confidence that they had.
    confidences = [evaluation.results[number].answer.confidence for number in (0, 2)]
    assert evaluation.calibration.error == pytest.approx(sum(confidences) / 2)


def test_a_sentence_that_is_not_quoted_at_all_is_no_key(path: Path, library: Library) -> None:
    """A refusal misses it."""
    text = "questions: [{question: 'How does one bake bread?', sentence: It returns at nine.}]"
    (refused,) = evaluation_of(path, text, library).results
    assert (refused.judgment.outcome, refused.judgment.key_is_right) == ("refused", False)


def test_the_neighbour_of_the_key_sentence_is_a_hit_but_not_the_key(
    path: Path, library: Library
) -> None:
    """What is quoted beside the key sentence was answered; the wrong sentence was marked."""
    text = "questions: [{question: 'When does the ferry leave?', sentence: It returns at nine.}]"
    (result,) = evaluation_of(path, text, library).results
    assert (result.judgment.outcome, result.judgment.rank, result.judgment.key_is_right) == (
        "key_wrong",
        1,
        False,
    )


def test_a_later_quotation_counts_for_its_rank(path: Path, library: Library) -> None:
    """The second quotation is no first hit, but one among three, and half a reciprocal rank."""
    path.write_text(
        "questions: [{question: 'When?', sentence: The ferry leaves at six.}]", encoding="utf-8"
    )
    asked = read_questions([path], library)
    answerer = Answerer(library, Policy(0, 1))
    other, right = (
        answerer.answer(one)
        for one in ("When does the train depart?", "When does the ferry leave?")
    )
    answer = replace(right, quotes=other.quotes + right.quotes)
    evaluation = evaluate(asked, [judge(asked.questions[0], answer)], 0)
    judgment = evaluation.results[0].judgment
    assert (judgment.outcome, judgment.rank, judgment.key_is_right, judgment.section_is_right) == (
        "not_first",
        2,
        False,
        False,
    )
    assert [values(evaluation)[name] for name in ("hit1", "hit3", "mrr")] == [0, 1, 0.5]


def test_a_fourth_quotation_is_not_looked_at(path: Path, library: Library) -> None:
    """Whatever the settings allow, three quotations are what is compared."""
    path.write_text(
        "questions: [{question: 'When?', sentence: The ferry leaves at six.}]", encoding="utf-8"
    )
    (question,) = read_questions([path], library).questions
    answerer = Answerer(library, Policy(0, 1))
    other, right = (
        answerer.answer(one)
        for one in ("When does the train depart?", "When does the ferry leave?")
    )
    assert (
        judge(question, replace(right, quotes=other.quotes * 3 + right.quotes)).judgment.rank
        is None
    )


def test_missed_targets_name_what_is_below_and_what_can_not_be_told(
    path: Path, library: Library
) -> None:
    """A figure that is just what was asked for is enough; one that is about no question is not."""
    text = (
        "questions: [{question: 'When does the ferry leave?', sentence: The ferry leaves at six.}]"
    )
    evaluation = evaluation_of(path, text, library)
    assert find_missed_targets(evaluation, {"hit1": 1.0, "mrr": 0.5, "ece": 1.0}) == []
    error = evaluation.calibration.error
    assert error is not None
    short = find_missed_targets(evaluation, {"refused": 0.0, "ece": error / 2})
    assert [(one.metric, one.value, one.target) for one in short] == [
        ("refused", None, 0.0),
        ("ece", error, error / 2),
    ]


def test_a_request_is_no_refusal(path: Path, library: Library) -> None:
    """A summary or a fact is not what a covered question wants; where no answer is expected, it is
    not wrong. Neither counts for the calibration.
    """
    text = (
        "questions:\n"
        "- {question: 'tl;dr of the harbour', section: The harbour}\n"
        "- {question: 'who wrote this', not_answered: true}\n"
    )
    evaluation = evaluation_of(path, text, library)
    assert [one.judgment.outcome for one in evaluation.results] == ["wrong", "right"]
    assert explain_failure(evaluation.results[0], 0.12) == [texts.TAKEN_FOR_REQUEST]
    assert evaluation.calibration.error is None


REQUESTS = """\
questions:
- {question: 'tl;dr of the harbour', summary: true, section: The harbour}
- {question: 'sum up the section The harbour', summary: true, section: Times, article: ferries}
- {question: 'sum up the ferries', summary: true, article: ferries}
- {question: 'tl;dr of the ferries', summary: true, article: trains}
- {question: 'summary of the harbour please', summary: true, article: ferries}
- {question: 'which articles are there', about: articles}
- {question: 'who wrote the ferries', about: author, article: ferries}
- {question: 'who wrote the trains', about: date, article: trains}
- {question: 'how long is the article about trains', about: length, article: ferries}
- {question: 'When does the ferry leave?', summary: true, article: ferries}
- {question: 'What is the capital of Peru?', about: author}
"""


def test_summaries_and_facts_are_judged_by_kind_and_by_what_they_are_of(
    path: Path, library: Library
) -> None:
    """The right kind of the wrong section, article or fact is wrong, and the report says so."""
    evaluation = evaluation_of(path, REQUESTS, library)
    judged = {one.question.text: one.judgment.outcome for one in evaluation.results}
    assert judged == {
        "tl;dr of the harbour": "right",
        "sum up the section The harbour": "wrong",
        "sum up the ferries": "right",
        "tl;dr of the ferries": "wrong",
        "summary of the harbour please": "wrong",
        "which articles are there": "right",
        "who wrote the ferries": "right",
        "who wrote the trains": "wrong",
        "how long is the article about trains": "wrong",
        "When does the ferry leave?": "wrong",
        "What is the capital of Peru?": "refused",
    }
    told = {one.question.text: explain_failure(one, 0.12)[:2] for one in evaluation.failures}
    assert told["sum up the section The harbour"] == [
        "answered with a summary of “The harbour” (ferries)",
        "expected: a summary of “Times” (ferries)",
    ]
    assert told["tl;dr of the ferries"] == [
        "answered with a summary of “The ferries”",
        "expected: a summary of “The trains”",
    ]
    assert told["who wrote the trains"] == [
        "answered with what is known of “The trains”: author",
        "expected: what is known of “The trains”: date",
    ]
    quoted, expected = told["When does the ferry leave?"]
    assert quoted.startswith("answered with a quotation from “Times” (ferries)")
    assert expected == "expected: a summary of “The ferries”"
    assert told["What is the capital of Peru?"] == [
        texts.NOTHING_INSTEAD,
        "expected: what is known of several articles: author",
    ]
