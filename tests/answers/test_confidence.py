"""The confidence is a fixed function of its features."""

from dataclasses import replace

import pytest

from bot.answers.confidence import (
    ConfidenceFeatures,
    estimate_confidence,
    find_assurance,
    find_features,
)
from bot.answers.model import Assurance
from bot.search.index import Hit, PassageIndex

GOOD = ConfidenceFeatures(
    score_ratio=0.5,
    matched_concepts=2,
    missing_name_share=0.0,
    passages=30,
    is_number_missing=False,
    is_date_missing=False,
)


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (replace(GOOD, score_ratio=1.0, matched_concepts=0, passages=0), 0.8754466418125836),
        (GOOD, 0.8387719530728631),
        (replace(GOOD, is_number_missing=True), 0.061175548036770756),
        (replace(GOOD, is_date_missing=True), 0.16234522832165452),
        (
            replace(
                GOOD, score_ratio=0.9, matched_concepts=4, missing_name_share=0.25, passages=1_000
            ),
            0.8544632863188061,
        ),
    ],
)
def test_the_fitted_function_stays_as_it_is(features: ConfidenceFeatures, expected: float) -> None:
    """The coefficients were fitted together: whoever changes one changes these probabilities."""
    assert estimate_confidence(features) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "worse",
    [
        replace(GOOD, score_ratio=0.4),
        replace(GOOD, matched_concepts=1),
        replace(GOOD, missing_name_share=0.1),
        replace(GOOD, passages=31),
        replace(GOOD, is_number_missing=True),
        replace(GOOD, is_date_missing=True),
    ],
)
def test_each_feature_counts_in_its_direction(worse: ConfidenceFeatures) -> None:
    """A lower score, fewer concepts, missing names, more passages, a missing number or date: less
    sure.
    """
    assert estimate_confidence(worse) < estimate_confidence(GOOD)


@pytest.mark.parametrize(
    ("question", "is_number_missing", "is_date_missing"),
    [
        ("How many pilots had the ship?", True, False),
        ("When was the ship built?", False, True),
        ("Who built the ship?", False, False),
        ("Is it a ship?", False, False),
    ],
)
def test_only_numbers_and_dates_are_features(
    question: str, *, is_number_missing: bool, is_date_missing: bool
) -> None:
    """Another type of answer that is missing does not count: names and reasons have too many
    forms.
    """
    index = PassageIndex([["the ship was built by nobody"]], ["ships"])
    query = index.parse(question)
    hit = Hit(
        passage=0, score=1.0, matched_concepts=1, missing_name_share=0.0, has_answer_type=False
    )
    features = find_features(hit, query, passages=1)
    assert (features.is_number_missing, features.is_date_missing) == (
        is_number_missing,
        is_date_missing,
    )
    fitting = find_features(hit._replace(has_answer_type=True), query, passages=1)
    assert not fitting.is_number_missing
    assert not fitting.is_date_missing


@pytest.mark.parametrize(
    ("confidence", "alone", "dependent"),
    [
        (0.0, Assurance.FAINT, Assurance.FAINT),
        (0.29, Assurance.FAINT, Assurance.FAINT),
        (0.3, Assurance.LIKELY, Assurance.LIKELY),
        (0.6, Assurance.SURE, Assurance.LIKELY),
        (1.0, Assurance.SURE, Assurance.LIKELY),
    ],
)
def test_what_people_are_told_follows_from_the_confidence(
    confidence: float, alone: Assurance, dependent: Assurance
) -> None:
    """An answer that depends on its conversation is never told as sure, however probable it is."""
    assert find_assurance(confidence) is alone
    assert find_assurance(confidence, is_dependent=True) is dependent


def test_what_is_about_somebody_else_is_never_sure() -> None:
    """Nor is a mention of what a definition was asked of."""
    index = PassageIndex([["Marn wants what the people of Lisk have."]], ["A long feud"])
    features = {}
    for question in ("what does lisk want", "what does marn want", "what is a feud"):
        query = index.parse(question)
        features[question] = find_features(index.retrieve(query)[0], query, passages=1)
    other, own, mention = features.values()
    assert other.is_doubtful
    assert mention.is_doubtful
    assert not own.is_doubtful
    assert estimate_confidence(other) < estimate_confidence(
        replace(other, is_about_other=False, missing_subject_share=0.0)
    )
    assert find_assurance(1.0, is_doubtful=True) is Assurance.LIKELY
