"""The report of answering: what is asked, how it is judged, and what is made of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.ablation import AblationRow, measure_ablation, render_ablation
from benchmarks.quality.answering import (
    measure_dialogues,
    measure_requests,
    summarise,
    summarise_sure,
)
from benchmarks.quality.answers_report import BEGIN, END, put_into
from benchmarks.quality.asked_sets import (
    ALONE,
    TAKEN_OUT,
    TOGETHER,
    AskedSet,
    is_even,
    is_odd,
    read_clapnq,
    read_collection_questions,
    read_dialogues,
    read_golden_questions,
    read_short_questions,
    read_squad_questions,
)
from benchmarks.quality.asking import Case, ask_sets, describe_cases
from benchmarks.quality.metrics import find_calibration_error
from benchmarks.quality.reliability import find_reliability, render_diagram
from benchmarks.quality.sets import SetError
from bot.answers.answerer import Answerer

pytestmark = pytest.mark.slow

SENTENCES = ["The ferry leaves at six.", "It carries cars.", "Dogs travel free."]


@pytest.fixture
def clapnq(tmp_path: Path) -> Path:
    """Write a CLAP NQ file of four rows: in each half one with an answer and one without."""
    rows = [
        {"q": "when does the ferry leave", "title": "Ferry", "sentences": SENTENCES, "gold": [0]},
        {"q": "is there a museum", "title": "Town", "sentences": ["Old clocks."], "gold": []},
    ]
    path = tmp_path / "half.json"
    path.write_text(json.dumps([row for row in rows for _ in range(2)]), encoding="utf-8")
    return path


def ask(sets: Sequence[AskedSet], setting: str) -> list[Case]:
    """Ask the sets of a setting."""
    return ask_sets(one for one in sets if one.setting == setting)


def test_clapnq_is_asked_in_three_settings(clapnq: Path) -> None:
    """Of each article alone, of all, and of all but the one that answers."""
    sets = read_clapnq(clapnq, is_odd, "CLAP NQ")
    alone = ask(sets, ALONE)
    assert [(case.is_covered, case.is_right) for case in alone] == [(True, True), (False, False)]
    assert [case.is_right for case in ask(sets, TOGETHER)] == [True, False]
    out = ask(sets, TAKEN_OUT)
    assert len(out) == 2
    assert not any(case.is_covered or case.is_right for case in out)


def test_the_quotation_must_hold_the_sentence_that_answers(clapnq: Path) -> None:
    """Offsets in the file that is made of a row are those of its sentences."""
    (first, *_) = read_clapnq(clapnq, is_odd, "CLAP NQ")
    (question,) = first.questions
    answerer = Answerer(first.library)
    assert question.answers is not None
    right, wrong = (answerer.answer(text).quotes[0] for text in ("when ferry leaves", "dogs"))
    assert right.text.startswith(SENTENCES[0])
    assert question.answers(right)
    key = replace(wrong, sentences=wrong.sentences[-1:])
    assert key.text == SENTENCES[2]
    assert not question.answers(key)


@pytest.mark.parametrize("content", ["{", "[]", '[{"q": "a"}]'])
def test_a_file_that_is_no_set_is_named(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and 2, for CLAP NQ; a SetError for SQuAD."""
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    assert main(["--answers", "--clapnq", str(path)]) == 2
    assert str(path) in capsys.readouterr().err
    with pytest.raises(SetError, match=r"wrong\.json"):
        read_squad_questions(path, (1,), "SQuAD")


def test_squad_is_also_asked_of_paragraphs_alone(tmp_path: Path) -> None:
    """One question in four, of its paragraph and of the next."""
    context, other = "The ferry leaves at six.", "Dogs travel free."
    asked = [
        {"question": "when leaves the ferry", "answers": [{"text": "six", "answer_start": 20}]}
    ]
    paragraphs = [{"context": context, "qas": asked}, {"context": other, "qas": []}]
    path = tmp_path / "squad.json"
    data = {"data": [{"title": "The_ferry", "paragraphs": paragraphs}] * 2}
    path.write_text(json.dumps(data), encoding="utf-8")
    sets = read_squad_questions(path, (1, 2), "SQuAD")
    alone = ask(sets, ALONE)
    assert [case.is_right for case in alone] == [True] * 3
    assert [one.is_taken_out for one in sets].count(True) == 3
    with pytest.raises(SetError, match="has 2 articles"):
        read_squad_questions(path, (3,), "SQuAD")


def test_the_halves_of_a_set_share_no_question() -> None:
    """What numbers are fitted on is not what they are tried on."""
    for read in (read_short_questions, read_collection_questions):
        odd, even = (
            {question.key for one in read(half, "set") for question in one.questions}
            for half in (is_odd, is_even)
        )
        assert len(odd) > 100
        assert odd.isdisjoint(even)
    seen, held_out = (
        {question.text for one in read_golden_questions(half, "set") for question in one.questions}
        for half in ("seen", "held-out")
    )
    assert seen
    assert seen.isdisjoint(held_out)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Ask the golden sets' seen halves."""
    return ask_sets(read_golden_questions("seen", "golden sets"))


def test_shares_are_of_what_they_are_named_after(cases: list[Case]) -> None:
    """First is at most three, three at most answered; others are refused or not."""
    figures = summarise("golden", cases)
    assert figures.covered + figures.others == len(cases)
    assert 0 < (figures.first or 0) <= (figures.three or 0) <= (figures.answered or 0) <= 1
    assert 0 < (figures.refused or 0) <= 1
    nothing = summarise("nothing", [])
    assert (nothing.first, nothing.refused) == (None, None)
    sure = summarise_sure("golden", cases)
    assert sure.sure <= sure.answers <= len(cases)
    assert 0 <= (sure.wrong or 0) < (sure.of_right or 0) <= 1
    assert "golden sets: 86 questions" in describe_cases(cases)


def test_reliability_counts_each_answer_in_one_bin(cases: list[Case]) -> None:
    """Counts and means of the bins are those of all; the diagram has a point a bin."""
    found_cases = [case for case in cases if case.features is not None]
    found = find_reliability(found_cases)
    assert sum(one.answers for one in found.bins) == found.answers == len(found_cases)
    assert all(one.low <= one.confidence <= one.high for one in found.bins)
    weighted = sum(one.answers * abs(one.confidence - one.right) for one in found.bins)
    assert found.calibration_error == pytest.approx(weighted / found.answers)
    low, high = found.interval
    assert low < found.brier < high
    assert render_diagram(found, "title").count("<circle") == len(found.bins)


def test_a_calibration_error_is_a_mean_distance() -> None:
    """Two answers at 0.8 of which one is right, and one at 0.1 that is wrong."""
    error = find_calibration_error([0.8, 0.8, 0.1], [1.0, 0.0, 0.0])
    assert error == pytest.approx((2 * 0.3 + 0.1) / 3)
    assert find_calibration_error([], []) == 0


def test_dialogues_and_requests_are_asked() -> None:
    """All of a half, each counted once."""
    dialogues = measure_dialogues(read_dialogues(is_odd))
    assert dialogues.covered + dialogues.others == 23
    assert 0 <= (dialogues.unasked or 0) <= (dialogues.repeats or 0) <= 1
    requests = measure_requests(is_odd)
    assert {one.name for one in requests} == {"summary, right kind", "about, right kind"}


def test_an_ablation_puts_each_signal_back(clapnq: Path) -> None:
    """All signals weigh afterwards what they weighed before, and each has a row."""
    sets = [one for one in read_clapnq(clapnq, is_odd, "CLAP NQ") if one.setting == TOGETHER]
    rows = measure_ablation(sets)
    assert rows[0] == measure_ablation(sets)[0] == AblationRow("all signals", 1.0, 1.0, 0, 0)
    assert "without passage_bm25" in render_ablation(rows)


@pytest.mark.slow
def test_the_report_is_one_command(
    clapnq: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All tables and the diagram."""
    diagram = tmp_path / "diagram.svg"
    document = tmp_path / "quality.md"
    document.write_text(f"# Before\n\n{BEGIN}\nof yore\n{END}\n\n# Behind\n", encoding="utf-8")
    arguments = ["--answers", "--clapnq", str(clapnq), "--diagram", str(diagram), "--ablation"]
    arguments += ["--document", str(document)]
    assert main(arguments) == 0
    output = capsys.readouterr().out
    for name in ("short, near", "Dialogues: of", "Calibration error", "without names", "CLAP NQ"):
        assert name in output
    assert diagram.read_text(encoding="utf-8").startswith("<svg")
    written = document.read_text(encoding="utf-8")
    assert written.startswith(f"# Before\n\n{BEGIN}\n\n## Answering")
    assert written.endswith(f"{END}\n\n# Behind\n")
    assert "of yore" not in written


def test_a_document_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written, and it is said what is missing."""
    document = tmp_path / "quality.md"
    document.write_text("# Quality\n", encoding="utf-8")
    with pytest.raises(SetError, match="no place for the report"):
        put_into(document, "report")
    assert document.read_text(encoding="utf-8") == "# Quality\n"
