"""Fitting the weights of meaning again: the conditional logit finds what is known, its features are
the product's, and planted weights are found.
"""

from dataclasses import replace

import numpy as np
import pytest
from word_encoder import WordEncoder

from benchmarks.fit.cases import COLLECTIONS, GOLDEN, SHORT
from benchmarks.fit.conditional_logit import Choices, find_covariance, fit_choices
from benchmarks.fit.cosines import (
    CODE,
    SIGNALS_OF_MEANING,
    RankedCase,
    find_ratio_errors,
    fit_cases,
    make_choices,
    rank_sets,
)
from benchmarks.fit.logistic import (
    Floats,
    Scheme,
    find_mean_error,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
)
from benchmarks.quality.asked_sets import AskedSet, read_golden_questions
from benchmarks.quality.asking import leave_as_it_is
from benchmarks.quality.embedder import Embedder
from bot.answers.answerer import Answerer
from bot.search.signals import find_word_scale

pytestmark = pytest.mark.slow


def read_few() -> AskedSet:
    """Read some questions of a golden set; each has an answer."""
    golden, *_ = read_golden_questions("seen", GOLDEN)
    answered = [question for question in golden.questions if question.answers is not None]
    return replace(golden, questions=answered[:8])


def test_of_two_candidates_it_is_the_logistic_regression_of_their_difference() -> None:
    """Coefficients and standard errors are the same, with weights and clusters too."""
    chance = np.random.default_rng(6)
    features = chance.normal(size=(300, 2, 3))
    differences = features[:, 0] - features[:, 1]
    outcomes = chance.random(300) < find_probabilities(differences @ [1.0, -0.5, 0.2])
    weights, clusters = chance.uniform(0.5, 2.0, size=300), np.arange(300) // 2
    choices = Choices(
        features=features.reshape(600, 3),
        question_of=np.arange(300).repeat(2),
        is_right=np.column_stack([outcomes, ~outcomes]).ravel(),
        weights=weights,
        clusters=clusters,
    )
    found = fit_choices(choices)
    scheme = Scheme(weights)
    expected = fit_logistic(differences, outcomes.astype(float), scheme)
    assert found == pytest.approx(expected, rel=1e-5)
    errors = find_standard_errors(differences, outcomes.astype(float), expected, clusters, scheme)
    assert np.sqrt(np.diag(find_covariance(choices, found))) == pytest.approx(errors, rel=1e-5)


def draw_choices(chance: np.random.Generator, truth: Floats, per_answer: int) -> Choices:
    """Draw the right one of twelve candidates; that many are told to be right with it."""
    questions, candidates = 200, 12
    features = chance.normal(size=(questions, candidates, len(truth)))
    noise = chance.gumbel(size=(questions, candidates))
    chosen = (features @ truth + noise).argmax(axis=1)
    answers = np.arange(candidates) // per_answer
    is_right = answers == answers[chosen][:, np.newaxis]
    return Choices(
        features=features.reshape(-1, len(truth)),
        question_of=np.arange(questions).repeat(candidates),
        is_right=is_right.ravel(),
        weights=np.ones(questions),
        clusters=np.arange(questions),
    )


@pytest.mark.parametrize("per_answer", [1, 4])
def test_known_coefficients_are_found_and_scatter_as_their_errors_say(per_answer: int) -> None:
    """Where one candidate is right and where any of several may be it: what is not known of these
    makes the errors larger.
    """
    truth = np.array([1.0, -0.5])
    chance = np.random.default_rng(8)
    found, errors = [], []
    for _ in range(100):
        choices = draw_choices(chance, truth, per_answer)
        coefficients = fit_choices(choices)
        found.append(coefficients)
        errors.append(np.sqrt(np.diag(find_covariance(choices, coefficients))))
    assert np.mean(found, axis=0) == pytest.approx(truth, abs=0.05)
    assert np.mean(errors, axis=0) == pytest.approx(np.std(found, axis=0, ddof=1), rel=0.15)


def test_the_error_of_a_ratio_is_how_ratios_scatter() -> None:
    """By draws of coefficients that hang together."""
    coefficients = np.array([10.0, 4.0, 6.0])
    covariance = np.array([[0.5, 0.2, -0.1], [0.2, 0.6, 0.1], [-0.1, 0.1, 0.4]])
    drawn = np.random.default_rng(9).multivariate_normal(coefficients, covariance, size=20_000)
    spread = (drawn[:, 1:] / drawn[:, :1]).std(axis=0)
    assert find_ratio_errors(coefficients, covariance) == pytest.approx(spread, rel=0.05)


def test_the_error_of_a_mean_counts_clusters_once() -> None:
    """Three copies of each value in one cluster tell no more than one; by themselves they would."""
    values = np.array([0.0, 1.0, 1.0, 3.0])
    once = find_mean_error(values, np.full(4, 1 / 4), np.arange(4))
    assert once == pytest.approx(values.std() / 2)
    tripled, shares = np.tile(values, 3), np.full(12, 1 / 12)
    assert find_mean_error(tripled, shares, np.tile(np.arange(4), 3)) == pytest.approx(once)
    assert find_mean_error(tripled, shares, np.arange(12)) < 0.6 * once


def test_what_is_ranked_is_the_products() -> None:
    """At the code's weights each candidate has its score as a share, and the best of them stand as
    the index gives them.
    """
    few = read_few()
    embedder = Embedder(WordEncoder())
    cases = list(rank_sets([few], embedder.prepare))
    index = embedder.prepare(Answerer(few.library)).index
    assert [case.question for case in cases] == [question.key for question in few.questions]
    for case, question in zip(cases, few.questions, strict=True):
        query = index.parse(question.text)
        hits = index.retrieve(query, len(case.features))
        expected = [hit.score / find_word_scale(query) for hit in hits]
        assert case.features @ CODE == pytest.approx(expected)
        assert case.features.min() >= 0
        assert case.features.max() <= 1
    places = [case.find_place(CODE) for case in cases]
    assert 0 in places


def test_a_question_that_finds_nothing_is_asked_all_the_same() -> None:
    """It counts among those asked, without a candidate; what is taken out is not asked."""
    few = read_few()
    strange = replace(few.questions[0], text="?")
    asked = replace(few, questions=[strange])
    taken_out = replace(few, is_taken_out=True)
    (case,) = rank_sets([asked, taken_out], Embedder(WordEncoder()).prepare)
    assert case.features.shape == (0, len(CODE))
    assert not case.find_place(CODE) < 3


def test_without_meaning_nothing_is_ranked() -> None:
    """An answerer by words alone has no cosines."""
    with pytest.raises(ValueError, match="by meaning"):
        list(rank_sets([read_few()], leave_as_it_is))


def test_the_place_is_that_of_the_best_right_candidate() -> None:
    """The weights decide the order; where no candidate is right there is none of the first."""
    features = np.array([[0.9, 0.0, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0], [0.4, 0.0, 0.0, 0.9]])
    case = RankedCase(GOLDEN, "who", features, np.array([False, True, True]))
    assert case.find_place(np.array([1.0, 0.0, 0.0, 0.0])) == 1
    assert case.find_place(np.array([1.0, 1.0, 0.0, 0.0])) == 0
    assert replace(case, is_right=np.zeros(3, np.bool_)).find_place(CODE) >= len(features)


def draw_cases(truth: Floats, seed: int) -> list[RankedCase]:
    """Draw cases of two sources; one of ten candidates is right, drawn by known coefficients."""
    chance = np.random.default_rng(seed)
    cases = []
    for number in range(1_200):
        features = chance.random((10, len(truth)))
        right = (features @ truth + chance.gumbel(size=10)).argmax()
        source = (SHORT, COLLECTIONS)[number % 2]
        cases.append(RankedCase(source, f"{seed}: {number}", features, np.arange(10) == right))
    return cases


def test_planted_weights_are_found_and_tried() -> None:
    """Within their errors, which tell them from those in the code; the trial counts what the code's
    weights and those found put first.
    """
    scale = 8.0
    planted = np.array([1.0, 0.1, 1.5, 0.9])
    trial = draw_cases(scale * planted, seed=2)
    fit = fit_cases(draw_cases(scale * planted, seed=1), trial)
    names = [f"signals: weight of {signal.name}" for signal in SIGNALS_OF_MEANING]
    assert [number.name for number in fit.numbers] == names
    for number, weight in zip(fit.numbers, planted[1:], strict=True):
        assert number.found is not None
        assert number.standard_error is not None
        assert abs(number.found - weight) < 3 * number.standard_error
        assert number.verdict == "no"
        assert number.note.startswith(f"alone: {SHORT} ")
        assert number.note.count(" ± ") == 2
    trials = {one.name: one for one in fit.trials}
    assert len(trials) == 7
    mine = [case for case in trial if case.source == SHORT]
    right = [case.find_place(CODE) == 0 for case in mine]
    first = trials[f"{SHORT}: first right"]
    assert first.at_code == pytest.approx(np.mean(right))
    assert first.at_found > first.at_code + 0.05
    assert trials[f"{SHORT}: right in three"].at_code > first.at_code
    assert trials["all: loss"].at_found < trials["all: loss"].at_code


def test_what_no_candidate_answers_tells_nothing_but_counts_as_asked() -> None:
    """The weights stay as they are, and the share of right ones halves."""
    cases = draw_cases(8 * CODE, seed=3)
    never = [replace(case, is_right=np.zeros(10, np.bool_)) for case in cases]
    alone = fit_cases(cases, cases)
    with_others = fit_cases([*cases, *never], [*cases, *never])
    assert with_others.numbers == alone.numbers
    for one, other in zip(alone.trials, with_others.trials, strict=True):
        is_loss = one.name.endswith("loss")
        assert other.at_code == pytest.approx(one.at_code if is_loss else one.at_code / 2)


def test_sources_count_by_their_shares() -> None:
    """However many questions a source has; a question asked twice is one cluster."""
    cases = draw_cases(8 * CODE, seed=4)[:60]
    golden = [replace(case, source=GOLDEN) for case in cases if case.source == SHORT]
    choices = make_choices([*cases, *golden[:10]])
    sums = np.bincount(np.r_[np.arange(60) % 2, np.full(10, 2)], choices.weights)
    assert sums == pytest.approx([220, 220, 130])
    assert len(np.unique(choices.clusters)) == 60
