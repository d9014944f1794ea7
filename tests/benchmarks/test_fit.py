"""Fitting again: estimators find what is known, features are the product's, and the command prints
each number.
"""

import json
import math
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from word_encoder import WordEncoder

from benchmarks.fit import cosines, meaning, search
from benchmarks.fit.__main__ import main
from benchmarks.fit.candidates import COLUMNS, FACTORS, CandidateSignals, collect
from benchmarks.fit.cases import CLAPNQ, GOLDEN
from benchmarks.fit.confidence import make_row
from benchmarks.fit.data import build_index, read_golden
from benchmarks.fit.limits import Limits, find_limits
from benchmarks.fit.logistic import (
    Scheme,
    cross_fit,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
    resample,
)
from benchmarks.fit.mixed_ranking import NEW_SIGNALS, RidgeProblem
from benchmarks.fit.mixture import Mixture
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError
from benchmarks.fit.ranking import fit_weights
from benchmarks.fit.search import KNOBS, Indexed, Knob, sweep
from benchmarks.fit.tables import render_rest
from benchmarks.fit.write import write_numbers
from benchmarks.quality.asked_sets import read_golden_questions
from benchmarks.quality.asking import Case, ask_sets
from benchmarks.quality.embedder import Embedder
from benchmarks.quality.sets import QuestionSet
from bot.answers import confidence_numbers, query_answers
from bot.answers.confidence import estimate
from bot.answers.confidence_features import ConfidenceFeatures
from bot.search import PassageIndex, query_parser
from bot.search.signals import SIGNALS, Level

pytestmark = pytest.mark.slow

CODE = np.array([signal.weight for signal in COLUMNS])


def test_a_regression_on_one_yes_or_no_is_its_log_odds_ratio() -> None:
    """Of a table of four counts the coefficients and their standard errors are known in closed
    form.
    """
    features = np.array([[1.0, 0.0]] * 50 + [[1.0, 1.0]] * 40)
    outcomes = np.array([1.0] * 10 + [0.0] * 40 + [1.0] * 30 + [0.0] * 10)
    found = fit_logistic(features, outcomes)
    assert found == pytest.approx(
        [math.log(10 / 40), math.log(30 / 10) - math.log(10 / 40)], abs=1e-5
    )
    errors = find_standard_errors(features, outcomes, found, np.arange(90))
    expected = [math.sqrt(1 / 10 + 1 / 40), math.sqrt(1 / 10 + 1 / 40 + 1 / 30 + 1 / 10)]
    assert errors == pytest.approx(expected, rel=1e-4)


def test_a_weight_is_a_number_of_cases() -> None:
    """Weights of whole numbers give what so many copies of the cases give."""
    chance = np.random.default_rng(5)
    features = np.column_stack([np.ones(60), chance.normal(size=60)])
    outcomes = (chance.random(60) < 0.4).astype(float)
    counts = chance.integers(1, 4, size=60)
    weights = counts.astype(np.float64)
    copies = np.repeat(np.arange(60), counts)
    weighted = fit_logistic(features, outcomes, Scheme(weights))
    copied = fit_logistic(features[copies], outcomes[copies])
    assert weighted == pytest.approx(copied)
    scheme = Scheme(weights)
    errors = find_standard_errors(features, outcomes, weighted, np.arange(60), scheme)
    expected = find_standard_errors(features[copies], outcomes[copies], copied, copies)
    assert errors == pytest.approx(expected)


@pytest.mark.parametrize("module", [meaning, cosines])
def test_a_fit_with_meaning_needs_a_model(module: ModuleType) -> None:
    """Without one it is left out."""
    with pytest.raises(MissingDataError, match="--model PATH"):
        module.fit(FitOptions(None, None, seed=1))


def test_what_is_fitted_with_meaning_is_the_products() -> None:
    """Each hit has a cosine; the regression on it gives the product's probabilities."""
    (golden, *_) = read_golden_questions("seen", GOLDEN)
    embedder = Embedder(WordEncoder())
    cases = ask_sets([replace(golden, questions=golden.questions[:8])], embedder.prepare)
    features, outcomes = meaning.to_arrays(cases, confidence_numbers.CONFIDENCE)
    assert features.shape == (len(cases), 3)
    assert outcomes.tolist() == [float(case.is_right) for case in cases]
    table = list(confidence_numbers.CONFIDENCE_WITH_MEANING.values())
    found = find_probabilities(features @ np.array(table))
    assert found == pytest.approx([case.confidence for case in cases])
    _, is_covered = meaning.to_arrays(cases, confidence_numbers.COVERAGE)
    assert is_covered.tolist() == [float(case.is_covered) for case in cases]


def test_a_case_that_is_told_three_times_is_told_once() -> None:
    """Copies of a case in one cluster change neither coefficients nor standard errors; as separate
    cases they would.
    """
    chance = np.random.default_rng(3)
    features = np.column_stack([np.ones(200), chance.normal(size=200)])
    outcomes = (chance.random(200) < find_probabilities(features @ [0.5, -1.0])).astype(float)
    once = fit_logistic(features, outcomes)
    errors = find_standard_errors(features, outcomes, once, np.arange(200))
    tripled, of_tripled = np.tile(features, (3, 1)), np.tile(outcomes, 3)
    found = fit_logistic(tripled, of_tripled)
    assert found == pytest.approx(once, abs=1e-6)
    clustered = find_standard_errors(tripled, of_tripled, found, np.tile(np.arange(200), 3))
    assert clustered == pytest.approx(errors, rel=1e-5)
    assert (find_standard_errors(tripled, of_tripled, found, np.arange(600)) < 0.7 * errors).all()


def test_known_coefficients_are_found_and_scatter_as_their_standard_errors_say() -> None:
    """Over simulated data the mean is the truth, and the standard deviation is the mean standard
    error.
    """
    truth = np.array([-0.5, 1.5, -2.0])
    chance = np.random.default_rng(11)
    found, errors = [], []
    for _ in range(200):
        features = np.column_stack([np.ones(600), chance.normal(size=600), chance.random(600)])
        outcomes = (chance.random(600) < find_probabilities(features @ truth)).astype(float)
        coefficients = fit_logistic(features, outcomes)
        found.append(coefficients)
        errors.append(find_standard_errors(features, outcomes, coefficients, np.arange(600)))
    spread = np.std(found, axis=0, ddof=1)
    assert np.abs(np.mean(found, axis=0) - truth) == pytest.approx(0, abs=0.08)
    assert np.mean(errors, axis=0) == pytest.approx(spread, rel=0.15)


def test_samples_are_drawn_with_replacement_by_the_seed() -> None:
    """Each sample has as many clusters as there are; the same seed draws the same, another one
    others.
    """
    samples = list(resample(20, 5, seed=4))
    assert [sample.sum() for sample in samples] == [20.0] * 5
    assert max(map(max, samples)) > 1
    assert np.array_equal(samples, list(resample(20, 5, seed=4)))
    assert not np.array_equal(samples, list(resample(20, 5, seed=5)))


@pytest.fixture(scope="module")
def seen() -> CandidateSignals:
    """Give the signals of the golden sets' seen halves."""
    return collect(read_golden("seen"))


def test_scores_at_the_codes_weights_are_the_products(seen: CandidateSignals) -> None:
    """For every question of a golden set the 25 candidates have the scores that the index gives
    them.
    """
    golden = read_golden("seen")[0]
    index = build_index(golden.texts)
    signals = collect([golden])
    scores, _ = signals.score(CODE)
    for number, question in enumerate(golden.questions):
        mine = scores[signals.question_of == number]
        theirs = [score for _, score in index.search(question.words, len(mine))]
        assert sorted(mine, reverse=True) == pytest.approx(theirs)
    assert len(seen.cluster_of) > len(golden.questions)


def test_slopes_are_the_derivatives_of_scores(seen: CandidateSignals) -> None:
    """A small step in any weight changes scores as the slopes say, where the best units stay the
    same.
    """
    scores, best_units = seen.score(CODE)
    slopes = seen.find_slopes(CODE, best_units)
    for column in range(len(COLUMNS)):
        moved, units = seen.score(CODE + 1e-6 * np.eye(len(COLUMNS))[column])
        same = units == best_units
        assert same.mean() > 0.9
        assert (moved - scores)[same] / 1e-6 == pytest.approx(slopes[same, column], abs=1e-3)


def test_planted_weights_are_found(seen: CandidateSignals) -> None:
    """Where the better of two candidates is drawn by the scores of known weights, these weights are
    found again.
    """
    truth = np.where([signal.name == "passage_bm25" for signal in COLUMNS], 1.0, CODE)
    chance = np.random.default_rng(2)
    pairs = 18_000
    drawn = replace(
        seen,
        passages=chance.normal(size=(2 * pairs, seen.passages.shape[1])),
        units=chance.normal(size=(6 * pairs, seen.units.shape[1])),
        factors=chance.integers(0, 2, size=(6 * pairs, seen.factors.shape[1])).astype(float),
        unit_begins=np.arange(0, 6 * pairs, 3),
        question_of=np.arange(pairs).repeat(2),
        cluster_of=np.arange(pairs),
    )
    scores = drawn.score(truth)[0].reshape(pairs, 2)
    is_first = chance.random(pairs) < find_probabilities(scores[:, 0] - scores[:, 1])
    found = fit_weights(replace(drawn, is_right=np.column_stack([is_first, ~is_first]).ravel()))
    assert found == pytest.approx(truth, rel=0.05, abs=0.15)


def test_a_ridge_holds_the_weights_of_a_mixture(seen: CandidateSignals) -> None:
    """The stronger it is, the nearer the weights stay to the code's; the loss never grows."""
    answered = len(seen.cluster_of)
    shares = np.full(answered, 1 / answered)
    mixture = Mixture(seen, ["seen"] * answered, shares, {"seen": answered}, {})
    is_scaled = np.array([signal not in FACTORS for signal in COLUMNS])
    place = [signal.name for signal in COLUMNS].index("passage_bm25")
    away = []
    for ridge in (0.01, 100.0):
        problem = RidgeProblem(mixture, shares, ridge)
        weights = problem.descend()
        start = np.where(is_scaled, 0.35 * CODE, CODE)
        assert problem.find_loss(weights) <= problem.find_loss(start)
        assert (problem.find_errors(weights)[~np.isclose(CODE, 0)] >= 0).all()
        divided = np.where(is_scaled, weights / weights[place], weights)
        is_old = [signal.name not in NEW_SIGNALS for signal in COLUMNS]
        away.append(np.abs(divided - CODE)[is_old].max())
    assert away[1] < away[0] / 2


FEATURES = ConfidenceFeatures(
    score_ratio=0.37,
    runner_up_ratio=0.8,
    passages=40,
    content_words=4,
    asks_for_topic=False,
    matched_concepts=3,
    concepts_in_sentence=2,
    matched_weight=5.0,
    matched_surprisal=18.0,
    surprisal_share=0.7,
    missing_name_share=0.2,
    adjacency=0.3,
    is_number_missing=False,
    is_date_missing=False,
    is_form_there=False,
    is_form_missing=False,
    is_person_missing=False,
    is_sentence_long=False,
)


@pytest.mark.parametrize("passages", [1, 40, 8_000])
@pytest.mark.parametrize("missing", [(False, False), (True, False), (False, True)])
def test_the_features_are_the_products(passages: int, missing: tuple[bool, bool]) -> None:
    """The weighted sum of a row at the code's coefficients is the log-odds of the product's
    probabilities.
    """
    number, date = missing
    features = FEATURES._replace(passages=passages, is_number_missing=number, is_date_missing=date)
    confidence, coverage = (
        find_probabilities(np.array([np.dot(list(table.values()), make_row(features))]))[0]
        for table in (confidence_numbers.CONFIDENCE, confidence_numbers.COVERAGE)
    )
    assert confidence == pytest.approx(estimate(features).confidence)
    assert max(coverage, confidence) == pytest.approx(estimate(features).coverage)


def test_a_ridge_draws_to_nought_and_a_weight_repeats_a_case() -> None:
    """Weights of two give what each case twice gives; a ridge gives smaller coefficients, and none
    for what has none.
    """
    chance = np.random.default_rng(5)
    features = np.column_stack([np.ones(100), chance.normal(size=100)])
    outcomes = (chance.random(100) < find_probabilities(features @ [0.2, 1.0])).astype(float)
    plain = fit_logistic(features, outcomes)
    twice = np.repeat(features, 2, axis=0), np.repeat(outcomes, 2)
    doubled = fit_logistic(features, outcomes, Scheme(np.full(100, 2.0), 3.0))
    assert doubled == pytest.approx(fit_logistic(*twice, Scheme(ridge=3.0)))
    drawn = fit_logistic(features, outcomes, Scheme(ridge=np.array([0.0, 30.0])))
    assert 0 < drawn[1] < 0.7 * plain[1]


def test_a_cross_fit_does_not_see_its_own_part() -> None:
    """Of outcomes that nothing tells, the probability of a case is the share of the others."""
    outcomes = np.array([1.0, 0.0] * 40)
    features = np.ones((80, 1))
    clusters = np.arange(80) // 2
    found = cross_fit(features, outcomes, clusters, Scheme(), seed=1)
    assert found == pytest.approx(0.5, abs=1e-6)
    again = cross_fit(features, outcomes, clusters, Scheme(), seed=1)
    assert np.array_equal(found, again)
    alone = cross_fit(features, (np.arange(80) < 2).astype(float), clusters, Scheme(), seed=1)
    assert alone[0] < alone[-1]


def make_case(number: int, source: str, *, is_covered: bool, is_right: bool) -> Case:
    """Make a case of a set."""
    return Case(
        source=source,
        setting="made",
        question=f"{source} {number}",
        text="",
        kind="",
        features=FEATURES,
        is_covered=is_covered,
        is_right=is_right,
    )


def test_limits_lie_where_their_criteria_put_them() -> None:
    """Of a hundred questions in order of confidence and coverage, the forty lowest have no answer,
    and of the next thirty every other one is wrong: each limit can be counted out.
    """
    cases = [
        make_case(at, source, is_covered=at >= 40, is_right=at >= 70 or (at >= 40 and at % 2 == 0))
        for source in (GOLDEN, CLAPNQ)
        for at in range(100)
    ]
    scores = np.array([at / 100 + 0.005 for at in range(100)] * 2)
    limits = find_limits(cases, scores, scores)
    # Of the 60 questions with an answer, 53 are those from 0.47 on.
    assert limits.threshold == pytest.approx(0.47)
    # From 0.64 on 3 of 36 are wrong, 0.69 of what is allowed; there 33 of 45 right ones are sure,
    # of which half is 0.68 of what is there. Lower, more are wrong; higher, fewer are sure.
    assert limits.sure == pytest.approx(0.64)


def test_half_of_the_right_answers_count_as_much_as_the_wrong_ones() -> None:
    """Where half of all are wrong, sure is nowhere: neither for all nor for the last."""
    cases = [make_case(at, CLAPNQ, is_covered=True, is_right=at % 2 == 0) for at in range(100)]
    scores = np.array([at / 100 + 0.005 for at in range(100)])
    limits = find_limits(cases, scores, scores)
    assert 0.01 < limits.sure < 0.9


def test_fitted_numbers_are_written_into_their_lines(tmp_path: Path) -> None:
    """Each value changes in its own table, comments and order stay, and what has no line is an
    error.
    """
    numbers, settings = tmp_path / "numbers.py", tmp_path / "config.yaml"
    source = Path(confidence_numbers.__file__ or "").read_text(encoding="utf-8")
    numbers.write_text(source, encoding="utf-8")
    settings.write_text("threshold: 0.12\nquotes: 3\n", encoding="utf-8")
    tables = {"CONFIDENCE": {"intercept": 9.876}, "COVERAGE": {"intercept": -1.0}}
    write_numbers(tables, Limits(0.4, 0.6), numbers, settings)
    written = numbers.read_text(encoding="utf-8")
    assert settings.read_text(encoding="utf-8") == "threshold: 0.4\nquotes: 3\n"
    namespace: dict[str, Any] = {}
    exec(written, namespace)  # noqa: S102 (our own file)
    assert namespace["CONFIDENCE"]["intercept"] == 9.88
    assert namespace["COVERAGE"]["intercept"] == -1.0
    assert (namespace["THRESHOLD"], namespace["SURE"]) == (0.4, 0.6)
    changed = {line for line in written.splitlines() if line not in set(source.splitlines())}
    assert len(changed) <= 5
    with pytest.raises(ValueError, match="0 lines"):
        write_numbers({"COVERAGE": {"nothing": 1.0}}, Limits(0, 0), numbers, settings)


def test_nothing_is_written_without_all_data(capsys: pytest.CaptureFixture[str]) -> None:
    """What is fitted on a part would replace what was fitted on all."""
    assert main(["confidence", "--write"]) == 0
    assert "Left out: confidence: what is written needs all data" in capsys.readouterr().out


def test_a_sweep_finds_the_peak_and_puts_the_number_back() -> None:
    """The best value and its range are found for a measure that is known, and the number is as it
    was.
    """
    namespace = {"share": 0.5}
    golden = read_golden("seen")[0]

    def measure(questions: QuestionSet, _: PassageIndex) -> list[float]:
        loss = (namespace["share"] - 0.75) ** 2
        return [at % 2 - loss for at in range(len(questions.questions))]

    knob = Knob("share", ((namespace, "share"),), (0.0, 0.25, 0.75, 1.0), measure)
    sets = [Indexed(golden, build_index(golden.texts).pack())]
    number = sweep(knob, sets, np.array(knob.measure(golden, build_index(golden.texts))))
    assert (number.in_code, number.found, number.standard_error) == (0.5, 0.75, 0.125)
    assert number.verdict == "yes"
    assert namespace == {"share": 0.5}


def test_numbers_are_read_from_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is another in the code is another in the table."""
    knob = next(knob for knob in KNOBS if knob.name == "query_parser: _FRAME_SHARE")
    assert knob.in_code == query_parser._FRAME_SHARE  # noqa: SLF001
    monkeypatch.setattr(query_parser, "_FRAME_SHARE", 0.125)
    assert knob.in_code == 0.125


@pytest.mark.parametrize(
    ("found", "error", "verdict"),
    [
        (0.5, 0.05, "yes"),
        (0.61, 0.05, "no"),
        (0.3, 0.2, "open"),
        (None, None, "no"),
        (-0.2, 0.2, "no"),
    ],
)
def test_a_number_is_reproduced_within_two_standard_errors(
    found: float | None, error: float | None, verdict: str
) -> None:
    """It is open where 0 lies as near, and what is not reproduced is listed with the reason."""
    number = FittedNumber("share", 0.5, found, error, "nobody asks for it")
    assert number.verdict == verdict
    listed = render_rest([Fit("Shares", "", "", "", (number,), origin="they were chosen")])
    assert ("share" in listed) == (verdict != "yes")
    assert ("they were chosen" in listed) == (verdict != "yes")
    assert ("nobody asks for it" in listed) == (found is None)


def find_row(output: str, name: str) -> list[str]:
    """Give the cells of the first row of a table that begins with a name."""
    line = next(line for line in output.splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.slow
def test_the_command_prints_each_number_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    """On the golden sets alone: what lacks its data is named, every other number stands beside that
    of the code.
    """
    assert main(["ranking", "ranking-golden", "confidence", "assurance", "search"]) == 0
    output = capsys.readouterr().out
    assert "Left out: ranking: it needs a SQuAD file: --squad PATH" in output
    in_code = {
        f"signals: weight of {one.name}": one.weight
        for one in SIGNALS
        if one.name != "passage_bm25" and one.level is not Level.MEANING
    }
    in_code |= {
        f"{table}: {name}": value
        for table in ("CONFIDENCE", "COVERAGE")
        for name, value in getattr(confidence_numbers, table).items()
    }
    in_code |= {name: getattr(confidence_numbers, name) for name in ("THRESHOLD", "SURE")}
    gate = ("MIN_SCORE_RATIO", "_SCORE_RATIO_PER_CONFIDENCE")
    in_code |= {f"query_answers: {name}": getattr(query_answers, name) for name in gate}
    in_code |= {knob.name: knob.in_code for knob in search.KNOBS}
    in_code["query_parser: _SUBJECT_SHARE"] = query_parser._SUBJECT_SHARE  # noqa: SLF001
    for name, value in in_code.items():
        row = find_row(output, name)
        assert row[1] == f"{value:g}"
        assert row[4] in ("yes", "no", "open")
    assert find_row(output, "query_parser: _SUBJECT_SHARE")[2] == "–"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read as squad"),
        ("[]", "cannot be read as squad"),
        ('{"data": []}', "eight are needed"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, of another form, or too small: one line that says which file and what is wrong, and
    2.
    """
    path = tmp_path / "sample.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["ranking", "--squad", str(path)]) == 2
    error = capsys.readouterr().err
    assert str(path) in error
    assert said in error


@pytest.mark.parametrize(
    "content", ["{", "[]", "[1]", json.dumps([{"q": "why", "title": "t", "sentences": []}])]
)
def test_a_clapnq_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No JSON, no questions, no objects, a key that is missing."""
    path = tmp_path / "half.json"
    path.write_text(content, encoding="utf-8")
    assert main(["search", "--clapnq", str(path)]) == 2
    assert f"{path}: " in capsys.readouterr().err


def test_an_unknown_fit_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message names all of them."""
    with pytest.raises(SystemExit, match="2"):
        main(["rankings"])
    assert (
        "there are ranking, ranking-golden, ranking-mixed, cosines, confidence"
        in capsys.readouterr().err
    )
