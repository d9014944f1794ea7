"""The confidence and the coverage are fixed functions of their features."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.confidence import estimate, find_assurance, find_word_log_odds
from bot.answers.confidence_features import TERMS, ConfidenceFeatures, find_features
from bot.answers.confidence_numbers import CONFIDENCE, COVERAGE, LIKELY, SURE, THRESHOLD
from bot.answers.model import Assurance, Policy
from bot.articles.library import Library, build
from bot.search.index import Hit, PassageIndex, Portrayal

GOOD = ConfidenceFeatures(
    score_ratio=0.5,
    runner_up_ratio=0.6,
    passages=30,
    content_words=3,
    asks_for_topic=False,
    matched_concepts=2,
    concepts_in_sentence=2,
    matched_weight=6.0,
    unknown_words=0,
    matched_surprisal=18.0,
    surprisal_share=0.8,
    missing_name_share=0.0,
    adjacency=0.5,
    is_number_missing=False,
    is_date_missing=False,
    is_form_there=False,
    is_form_missing=False,
    is_person_missing=False,
    is_sentence_long=False,
)


@pytest.mark.parametrize(
    "worse",
    [
        GOOD._replace(score_ratio=0.4),
        GOOD._replace(runner_up_ratio=0.9),
        GOOD._replace(passages=31),
        GOOD._replace(content_words=4),
        GOOD._replace(matched_concepts=1, concepts_in_sentence=1, matched_surprisal=9.0),
        GOOD._replace(concepts_in_sentence=1),
        GOOD._replace(matched_weight=3.0),
        GOOD._replace(unknown_words=1, content_words=4, surprisal_share=0.6),
        GOOD._replace(surprisal_share=0.6),
        GOOD._replace(matched_surprisal=14.0),
        GOOD._replace(missing_name_share=0.1),
        GOOD._replace(adjacency=0.0),
        GOOD._replace(is_number_missing=True),
        GOOD._replace(is_date_missing=True),
        GOOD._replace(is_form_missing=True),
        GOOD._replace(is_person_missing=True),
        GOOD._replace(missing_subject_share=1.0, is_about_other=True),
        GOOD._replace(is_sentence_long=True),
    ],
)
def test_each_feature_counts_in_its_direction(worse: ConfidenceFeatures) -> None:
    """A lower score, a second hit as good, fewer concepts, missing names, more passages, another
    form than is asked for: less sure.
    """
    assert estimate(worse).confidence < estimate(GOOD).confidence
    better = GOOD._replace(is_form_there=True)
    assert estimate(better).confidence > estimate(GOOD).confidence


def test_both_tables_have_a_coefficient_for_each_term() -> None:
    """What has none would count for nothing, and what no term has would be a lie."""
    assert list(CONFIDENCE) == list(COVERAGE)
    assert set(CONFIDENCE) == set(TERMS)


@pytest.mark.parametrize("features", [GOOD, GOOD._replace(matched_weight=60.0, adjacency=1.0)])
def test_articles_answer_at_least_as_likely_as_their_first_passage(
    features: ConfidenceFeatures,
) -> None:
    """If the first quotation answers, the articles do."""
    confidence, coverage = estimate(features)
    assert 0 < confidence <= coverage <= 1


def test_no_feature_makes_it_overflow() -> None:
    """The smallest score that there is gives a probability, too; none is certain."""
    assert 0 < estimate(GOOD._replace(score_ratio=5e-324, passages=10**9)).confidence < 0.001
    assert estimate(GOOD._replace(matched_weight=1e9)).confidence < 1


def test_the_log_odds_are_those_of_the_probability() -> None:
    """The one is the logistic function of the other; without a word in common it is the least."""
    log_odds = find_word_log_odds(CONFIDENCE, GOOD)
    assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(estimate(GOOD).confidence)
    wordless = find_word_log_odds(CONFIDENCE, GOOD._replace(score_ratio=0.0))
    assert wordless == -8


def test_meaning_raises_what_words_tell() -> None:
    """The nearer the passage is, the likelier it answers; a hit without a word has a probability
    by its meaning alone.
    """
    near, far = (estimate(GOOD._replace(cosine=cosine)) for cosine in (0.9, 0.1))
    assert near.confidence > far.confidence
    assert near.coverage > far.coverage
    without_words = GOOD._replace(score_ratio=0.0, cosine=0.9)
    assert 0 < estimate(without_words).confidence < near.confidence
    assert 0 < estimate(without_words._replace(cosine=None)).confidence < 0.001


INDEX = PassageIndex(
    [
        [
            "The ship was built by nobody.",
            "She was 90 metres long.",
            "Nobody paid 3 million euros.",
        ],
        ["The cargo was wheat."],
    ],
    ["Ships", "Ships"],
)
SENTENCES = ["The ship was built by nobody.", "She was 90 metres long."]


def features_of(
    question: str, sentences: Sequence[str] = SENTENCES, *, has_answer_type: bool = False
) -> ConfidenceFeatures:
    """Give the features of a hit in the first passage."""
    query = INDEX.parse(question)
    hits = INDEX.retrieve(query, 2)
    hit = hits[0]._replace(has_answer_type=has_answer_type, best_sentence=0)
    topics = INDEX.find_article_topics(hit.passage, query)
    return find_features([hit, *hits[1:]], query, topics, sentences, passages=2)


@pytest.mark.parametrize(
    ("question", "is_number_missing", "is_date_missing"),
    [
        ("How many pilots had the ship?", True, False),
        ("When was the ship built?", False, True),
        ("Who built the ship?", False, False),
        ("Is it a ship?", False, False),
    ],
)
def test_numbers_and_dates_are_missing_by_their_type(
    question: str, *, is_number_missing: bool, is_date_missing: bool
) -> None:
    """Another type of answer does not count so: names and reasons have too many forms."""
    features = features_of(question)
    assert features.is_number_missing == is_number_missing
    assert features.is_date_missing == is_date_missing
    fitting = features_of(question, has_answer_type=True)
    assert not fitting.is_number_missing
    assert not fitting.is_date_missing


@pytest.mark.parametrize(
    ("question", "sentence", "is_there"),
    [
        ("how long was the ship", "She was 90 metres long.", True),
        ("how long was the ship", "The ship was long.", False),
        ("where was the ship built", "The ship was built in Odense.", True),
        ("where was the ship built", "The ship was built of steel.", False),
    ],
)
def test_a_form_is_looked_for_in_the_best_sentence(
    question: str, sentence: str, *, is_there: bool
) -> None:
    """It is there or missing; a question for no form has neither."""
    features = features_of(question, [sentence])
    assert (features.is_form_there, features.is_form_missing) == (is_there, not is_there)
    neither = features_of("was the ship built", [sentence])
    assert not neither.is_form_there
    assert not neither.is_form_missing


def test_a_person_is_missing_where_the_passage_names_nobody_else() -> None:
    """A name that the question gives is no answer to it."""
    assert features_of("who built the ship", ["The ship was fast."]).is_person_missing
    assert not features_of(
        "who built the ship", ["The ship came from Anna Berg."]
    ).is_person_missing
    with_name = "who is the ship to Anna Berg"
    assert features_of(with_name, ["The ship Anna Berg was fast."]).is_person_missing
    assert not features_of("when was the ship built", ["The ship."]).is_person_missing


def test_what_defines_something_is_about_it() -> None:
    """Whoever else is the subject of the sentence, and also where the whole article is about it."""
    of_other = GOOD._replace(asks_for_topic=True, is_about_other=True, missing_subject_share=1.0)
    assert of_other.judge_portrayal(Portrayal.DEFINED) == GOOD
    assert of_other.judge_portrayal(Portrayal.SUBJECT) == of_other
    assert of_other.judge_portrayal(Portrayal.UNASKED) == of_other
    assert GOOD.judge_portrayal(Portrayal.MENTIONED).is_doubtful


def test_a_query_for_the_topic_alone_is_told() -> None:
    """The title's word alone; with another word, known or not, it asks for more."""
    assert features_of("ships?").asks_for_topic
    assert not features_of("ship cargo").asks_for_topic
    assert not features_of("ship zeppelin").asks_for_topic


def test_counts_are_those_of_the_hits() -> None:
    """The second hit's score, the concepts in one sentence, words side by side, and no more."""
    features = features_of("ship built of wheat")
    assert features.content_words == 3
    assert 0 < features.adjacency <= 1
    assert 0 < features.runner_up_ratio <= 1
    assert features.concepts_in_sentence == features.matched_concepts == 2
    alone = features_of("wheat")
    assert alone.runner_up_ratio == 0
    assert not features_of("ship", ["word " * 60]).is_sentence_long
    assert features_of("ship", ["word " * 61]).is_sentence_long


def test_what_stands_around_a_question_is_not_asked_for() -> None:
    """Neither what the passage has of it counts, nor what it lacks."""
    around = features_of("I love wheat, tea and cargo. Who built the ship?")
    alone = features_of("Who built the ship?")
    assert around.content_words == alone.content_words
    assert around.matched_concepts == alone.matched_concepts
    assert around.concepts_in_sentence == alone.concepts_in_sentence


def test_what_is_decided_is_whether_the_articles_answer() -> None:
    """The threshold is compared with the coverage, and both stand in the answer."""
    assert Policy().threshold == THRESHOLD
    empty = Answerer(Library()).answer("why?")
    assert (empty.coverage, empty.confidence, empty.features) == (0.0, 0.0, None)


@pytest.mark.parametrize(
    ("confidence", "alone", "dependent"),
    [
        (0.0, Assurance.FAINT, Assurance.FAINT),
        (LIKELY - 0.01, Assurance.FAINT, Assurance.FAINT),
        (LIKELY, Assurance.LIKELY, Assurance.LIKELY),
        (SURE, Assurance.SURE, Assurance.LIKELY),
        (1.0, Assurance.SURE, Assurance.LIKELY),
    ],
)
def test_what_people_are_told_follows_from_the_confidence(
    confidence: float, alone: Assurance, dependent: Assurance
) -> None:
    """An answer that depends on its conversation is never told as sure, however probable it is."""
    assert find_assurance(confidence) is alone
    assert find_assurance(confidence, is_dependent=True) is dependent


def test_a_hit_without_evidence_has_features() -> None:
    """A passage that holds no concept in a sentence: nothing is divided by nothing."""
    query = INDEX.parse("the of and")
    hit = Hit(0, 1.0, 0, missing_name_share=0.0, has_answer_type=True)
    query = replace(query, max_score=1.0)
    features = find_features([hit], query, [], [], passages=1)
    assert features.matched_weight == 0
    assert not features.asks_for_topic


def test_what_is_about_somebody_else_is_never_sure() -> None:
    """It holds all the words of the question all the same."""
    index = PassageIndex([["Marn wants what the people of Lisk have."]], ["A long feud"])
    features = {}
    for question in ("what does lisk want", "what does marn want"):
        query = index.parse(question)
        hits = index.retrieve(query)
        features[question] = find_features(
            hits, query, [False] * len(query.concepts), [""], passages=1
        )
    other, own = features.values()
    assert other.is_doubtful
    assert not own.is_doubtful
    to_the_point = other._replace(is_about_other=False, missing_subject_share=0.0)
    assert estimate(other).confidence < estimate(to_the_point).confidence
    assert find_assurance(1.0, is_doubtful=True) is Assurance.LIKELY


@pytest.mark.parametrize(
    ("question", "is_doubtful"),
    [
        ("how deep is the mill pond", True),
        ("how wide is the mill pond", False),
        ("who cleaned the mill pond in 1706", True),
        ("who cleaned the mill pond in 1760", False),
        ("who never cleaned the mill pond", True),
        ("who cleaned the mill pond", False),
        ("when was orrin born", True),
        ("who cleaned the mill pond before orrin", True),
    ],
)
def test_what_contradicts_the_question_is_never_sure(question: str, *, is_doubtful: bool) -> None:
    """Another year, a denial that is missing, nobody but who is named, and no amount where one is
    asked for.
    """
    wide = ["The mill pond is 30 metres wide."] if "wide" in question else []
    sentences = wide or ["In 1760 Orrin cleaned the mill pond."]
    index = PassageIndex([sentences], ["Ponds"])
    query = index.parse(question)
    hits = index.retrieve(query)
    topics = [False] * len(query.concepts)
    features = find_features(hits, query, topics, sentences, passages=1)
    assert features.is_doubtful is is_doubtful


def test_a_year_in_the_heading_counts() -> None:
    """The passage need not say again when it was."""
    sentences = ["The mill pond froze, as it had in 1760."]
    index = PassageIndex([sentences], ["The winter of 1706"])
    query = index.parse("when did the mill pond freeze in 1706")
    features = find_features(
        index.retrieve(query), query, [False] * len(query.concepts), sentences, passages=1
    )
    assert not features.is_doubtful


@pytest.mark.parametrize(
    ("question", "is_sure"),
    [
        ("how many sailors from Ostby joined the harbour guild", False),
        ("how much is the mooring fee", True),
        ("when did the harbour baths open", False),
        ("when are the harbour baths open", True),
        ("what are the harbour gates made of", False),
    ],
)
def test_what_lacks_the_very_thing_that_is_asked_for_is_never_sure(
    tmp_path: Path,
    question: str,
    is_sure: bool,  # noqa: FBT001
) -> None:
    """An amount, a date, a material: the key sentence only names what has it."""
    text = (
        "# The harbour\n\n## Fees\n\n"
        "Sailors from Ostby joined the harbour guild against its wish.\n\n"
        "The mooring fee is 40 crowns a year.\n\n## Visiting\n\n"
        "The harbour baths are open from Tuesday to Sunday, 10 to 17.\n\n"
        "The harbour gates are shut in storms.\n"
    )
    (tmp_path / "harbour.md").write_text(text, encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer(question)
    assert answer.confidence >= SURE
    assert (answer.assurance is Assurance.SURE) is is_sure


def test_what_passages_match_counts_for_what_it_tells_in_general() -> None:
    """Words of the question that no article has are counted; a synonym tells less."""
    cargo = features_of("the cargo")
    assert (cargo.unknown_words, features_of("the cargo of quartz").unknown_words) == (0, 1)
    wheat = INDEX.parse("the cargo").concepts[0].surprisal
    assert cargo.matched_surprisal == pytest.approx(wheat)
    assert features_of("the freight").matched_surprisal < wheat


def test_what_another_passage_holds_is_told_from_what_none_holds(tmp_path: Path) -> None:
    """The question is at least a matter of these articles; and what is asked tells so much."""
    text = "# Bees\n\nThe hives stand by the weir.\n\n## Trees\n\nOaks and hives need light.\n"
    (tmp_path / "bees.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0], Policy(threshold=0.0))
    both, elsewhere, nowhere = (
        answerer.answer(question).features
        for question in ("hives weir", "weir oaks", "weir zeppelin")
    )
    assert both is not None
    assert elsewhere is not None
    assert nowhere is not None
    assert (both.lacking_concepts, elsewhere.lacking_concepts, nowhere.lacking_concepts) == (
        0,
        1,
        0,
    )
    assert both.surprisal_share == pytest.approx(1)
    assert 0 < elsewhere.surprisal_share < 1
    assert 0 < nowhere.surprisal_share < 1
    assert estimate(elsewhere).coverage > estimate(elsewhere._replace(lacking_concepts=0)).coverage
