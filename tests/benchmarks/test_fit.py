"""Fitting again: estimators find what is known, features are the product's, and the command prints
each number.
"""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from word_encoder import WordEncoder

from benchmarks.fit import meaning, search
from benchmarks.fit.__main__ import main
from benchmarks.fit.assurance import find_limits
from benchmarks.fit.candidates import COLUMNS, FACTORS, CandidateSignals, collect
from benchmarks.fit.cases import Case, ask_as_named
from benchmarks.fit.confidence import COEFFICIENTS, make_row
from benchmarks.fit.data import build_index, read_golden
from benchmarks.fit.logistic import find_probabilities, find_standard_errors, fit_logistic, resample
from benchmarks.fit.mixed_ranking import NEW_SIGNALS, RidgeProblem
from benchmarks.fit.mixture import Mixture
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError
from benchmarks.fit.ranking import fit_weights
from benchmarks.fit.search import KNOBS, Indexed, Knob, sweep
from benchmarks.fit.tables import render_rest
from benchmarks.quality.sets import QuestionSet
from bot.answers import answerer, confidence
from bot.answers.confidence import ConfidenceFeatures, estimate_confidence
from bot.answers.model import Policy
from bot.search import PassageIndex, query_parser
from bot.search.reranker import SIGNALS

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
    weighted = fit_logistic(features, outcomes, weights)
    copied = fit_logistic(features[copies], outcomes[copies])
    assert weighted == pytest.approx(copied)
    errors = find_standard_errors(features, outcomes, weighted, np.arange(60), weights)
    expected = find_standard_errors(features[copies], outcomes[copies], copied, copies)
    assert errors == pytest.approx(expected)


def test_the_fit_with_meaning_needs_a_model() -> None:
    """And each set of questions counts the same, whatever its number of cases."""
    with pytest.raises(MissingDataError, match="--model PATH"):
        meaning.fit(FitOptions(None, None, seed=1))
    case = Case("large", 0, None, is_covered=True, is_right=True, others=(), meaning=(1.0, 0.5))
    cases = [replace(case, question=number) for number in range(30)]
    cases += [replace(case, source="small", question=99), replace(case, meaning=None)]
    features, outcomes, questions, weights = meaning.to_arrays(cases)
    assert features.tolist() == [[1.0, 1.0, 0.5]] * 31
    assert (outcomes.sum(), len(set(questions.tolist()))) == (31, 31)
    assert weights[:30].sum() == pytest.approx(weights[30])


def test_the_meaning_of_texts_is_that_of_the_product() -> None:
    """What is fitted on has a cosine, and short questions have passages that answer them."""
    sets = meaning.read_short_sets()
    assert len(sets) >= 6
    assert all(one.questions and one.uncovered for one in sets)
    index = meaning.Embedder(WordEncoder()).build_index(sets[0].texts)
    cases = ask_as_named(sets[:1], [], lambda _: index)
    assert {case.source for case in cases} == {"short questions, odd"}
    assert any(case.meaning for case in cases)


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
    pairs = 6_000
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


@pytest.mark.parametrize("passages", [1, 40, 8_000])
@pytest.mark.parametrize("missing", [(False, False), (True, False), (False, True)])
def test_the_features_are_the_products(passages: int, missing: tuple[bool, bool]) -> None:
    """The weighted sum of a row at the code's coefficients is the log-odds of the product's
    confidence.
    """
    features = ConfidenceFeatures(0.37, 3, 0.2, passages, *missing)
    code = [getattr(confidence, name) for name in COEFFICIENTS]
    log_odds = np.array([np.dot(code, make_row(features))])
    assert find_probabilities(log_odds)[0] == pytest.approx(estimate_confidence(features))


def make_case(number: int, score_ratio: float, *, is_covered: bool, is_right: bool) -> Case:
    """Make a case whose confidence rises with its score ratio."""
    features = ConfidenceFeatures(
        score_ratio, 3, 0.3, 50, is_number_missing=False, is_date_missing=False
    )
    return Case("made", number, features, is_covered, is_right, others=((0.5, False),))


def test_limits_lie_where_their_criteria_put_them() -> None:
    """Of twenty questions in order of confidence, the ten lowest without an answer: each limit is
    one of theirs.
    """
    cases = [
        make_case(at, 0.02 + 0.045 * at, is_covered=at >= 10, is_right=at >= 10 and at != 12)
        for at in range(20)
    ]
    limits = find_limits(cases)
    confidences = [case.confidence for case in cases]
    assert limits["Policy.threshold, by Youden's J"] == confidences[10]
    assert limits["Policy.threshold, answers 90%"] == confidences[11]
    # From the tenth on two of eleven are wrong; from the ninth on three of twelve would be.
    assert limits["confidence: _SURE"] == confidences[9]
    below = [case for case in cases if case.confidence < confidence._SURE]  # noqa: SLF001
    enough = [
        at for at in range(len(below)) if np.mean([case.is_right for case in below[at:]]) >= 0.5
    ]
    assert limits["confidence: _LIKELY"] == confidences[enough[0]]


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
        f"reranker: weight of {one.name}": one.weight
        for one in SIGNALS
        if one.name != "passage_bm25"
    }
    in_code |= {
        f"confidence: {name}": getattr(confidence, name)
        for name in (*COEFFICIENTS, "_SURE", "_LIKELY")
    }
    gate = ("_MIN_SCORE_RATIO", "_SCORE_RATIO_PER_CONFIDENCE")
    in_code |= {f"answerer: {name}": getattr(answerer, name) for name in gate}
    in_code |= dict.fromkeys(
        ["Policy.threshold, by Youden's J", "Policy.threshold, answers 90%"], Policy().threshold
    )
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
    assert "there are ranking, ranking-golden, ranking-mixed, confidence" in capsys.readouterr().err
