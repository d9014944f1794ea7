"""The second pass: what speaks for a passage beyond BM25, and that no score exceeds the highest."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_collections import TEXTS, hits_of, numbers

from bot.search import PassageIndex
from bot.search.candidates import Candidates
from bot.search.query import ParsedQuery
from bot.search.signals import (
    SIGNALS,
    Level,
    Scale,
    compute_features,
    find_max_score,
)

BRIDGES = ["The bridge at Lisk was opened by a mayor.", "The bridge at Lisk was opened in 1911."]
many = st.lists(
    st.sampled_from(
        (
            "ceasefire truce armistice ships vessels sank sunk leader president Kyiv Lisk 1911 "
            "twelve March the UN"
        ).split()
        + "turned down,refused,United Nations".split(",")
    ),
    max_size=8,
    unique=True,
).map(" ".join)
openings = st.sampled_from(["", "When did", "How many", "Who", "where was", "why"])


def test_what_is_said_in_one_breath_stands_first() -> None:
    """Of two texts with the same words, that which has them in one sentence is the better."""
    index = PassageIndex.build(
        ["Grain left. Ships sank. Oil fell.", "Grain ships left. Coal sank. Oil fell."]
    )
    assert numbers(index, "grain ships") == [1, 0]


def test_a_title_of_all_texts_tells_none_from_another() -> None:
    """A title that is equal for all finds all, in order, and does not outweigh a text's own
    word.
    """
    index = PassageIndex.build(["Grain left.", "Oil fell.", "Ships sank."], ["The War"] * 3)
    assert numbers(index, "war") == [0, 1, 2]
    assert numbers(index, "oil in the war") == [1, 0, 2]


def test_a_missing_word_lowers_what_is_attained() -> None:
    """The attainable score grows with every word that is asked for, found or not; no text exceeds
    it.
    """
    index = PassageIndex.build(TEXTS)
    short, long = index.parse("ceasefire"), index.parse("ceasefire bicycle")
    assert index.retrieve(short) == index.retrieve(long)
    assert index.retrieve(short)[0][1] < short.max_score < long.max_score


def test_a_date_is_wanted_by_when() -> None:
    """Of two passages that are alike the dated one is better, and only of the other it is said that
    it does not fit.
    """
    hits = hits_of(PassageIndex.build(BRIDGES), "When did the bridge at Lisk open?")
    assert hits[1].score > hits[0].score
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {0: False, 1: True}


@pytest.mark.parametrize(
    "question",
    ["How was the bridge at Lisk opened?", "bridge lisk opened", "the day when the bridge opened"],
)
def test_where_no_kind_is_known_everything_fits(question: str) -> None:
    """Of a question of another form nothing is held against a passage."""
    hits = hits_of(PassageIndex.build(BRIDGES), question)
    assert all(hit.has_answer_type for hit in hits.values())
    assert hits[0].score == hits[1].score


def test_what_the_question_names_itself_answers_nothing() -> None:
    """The year that is asked about is not the date that is asked for."""
    hits = hits_of(PassageIndex.build(BRIDGES), "When was the bridge of 1911 at Lisk opened?")
    assert not hits[1].has_answer_type


def test_a_number_is_wanted_near_to_what_is_counted() -> None:
    """Twelve days are no number of ships."""
    index = PassageIndex.build(
        [
            "Ships carried grain through stormy weather across the wide sea during twelve days.",
            "Of the ships some carried grain.",
            "Twelve ships carried grain.",
        ]
    )
    hits = hits_of(index, "How many ships carried grain?")
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {
        0: False,
        1: False,
        2: True,
    }
    assert max(hits, key=lambda number: hits[number].score) == 2


def test_a_name_is_wanted_by_who() -> None:
    """A word that is written large inside sentences is a name."""
    hits = hits_of(
        PassageIndex.build(["Nobody opened it.", "It was opened by Okoro."]), "Who opened it?"
    )
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {0: False, 1: True}


@pytest.mark.parametrize(
    "question",
    [
        "What did Guterres say of the deal?",
        "Did António Erdogan praise the deal?",
        "zelenskyy about the deal",
    ],
)
def test_names_that_are_not_there_are_told(question: str) -> None:
    """The share of what is asked for that are names which a passage does not hold: 0 to 1."""
    hits = hits_of(
        PassageIndex.build(["Guterres praised the deal.", "Nobody praised the deal."]), question
    )
    assert 0 < hits[1].missing_name_share <= 1
    assert (hits[0].missing_name_share == 0) == ("Guterres" in question)


def test_a_common_word_that_is_not_there_is_no_name() -> None:
    """It is missing, and nothing more."""
    index = PassageIndex.build(["Guterres praised the deal.", "Nobody praised the deal."])
    assert index.parse("bicycle deal").unknown_words == ("bicycle",)
    assert {hit.missing_name_share for hit in hits_of(index, "bicycle deal").values()} == {0.0}


def test_a_name_in_the_question_is_found_first() -> None:
    """Of two passages that share as many words, that which holds the name is better."""
    index = PassageIndex.build(
        ["The harbour flooded.", "Lisk flooded.", "The weather changed. The harbour stood."]
    )
    assert numbers(index, "harbour of Lisk")[0] == 1


@given(
    st.lists(st.lists(many, min_size=1, max_size=3), min_size=1, max_size=4),
    openings,
    many,
    st.lists(st.booleans(), min_size=4, max_size=4),
)
@settings(deadline=None)
def test_hits_are_sound_whatever_stands_for_what(
    texts: list[list[str]], opening: str, question: str, titled: list[bool]
) -> None:
    """Law: with the thesaurus too, scores are above zero and fall, ties by number, and shares are
    shares.
    """
    titles = [text[0] if has_title else "" for text, has_title in zip(texts, titled, strict=False)]
    index = PassageIndex(texts, titles)
    query = index.parse(f"{opening} {question}")
    hits = index.retrieve(query)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage))
    assert all(np.isfinite(hit.score) and hit.score > 0 for hit in hits)
    assert all(-1e-9 <= hit.missing_name_share <= 1 + 1e-9 for hit in hits)
    assert hits == index.retrieve(index.parse(f"{opening} {question}"))
    for hit in hits:
        if hit.key_sentence is not None:
            scores = index.sentence_scores(hit.passage, query)
            assert hit.key_sentence == scores.argmax()
    together = index.score_sentences(range(len(texts)), query)
    for number, text in enumerate(texts):
        scores = index.sentence_scores(number, query)
        assert scores.shape == (len(text),)
        assert np.isfinite(scores).all()
        assert scores.tolist() == together[number].tolist()


@pytest.mark.parametrize(
    ("texts", "question"),
    [
        (["Oil grain " * 8, "Ships left."], "oil grain"),
        (
            [
                (
                    "Ships carried grain through stormy weather across the wide sea during "
                    "twelve days."
                ),
                "Twelve ships carried grain.",
                "Of the ships some carried grain.",
            ],
            "How many ships carried grain?",
        ),
    ],
    ids=["refrain", "fits"],
)
def test_no_more_than_what_can_be_attained_is_attained(texts: list[str], question: str) -> None:
    """Neither a refrain nor a passage that fits exceeds what confidence is measured against."""
    index = PassageIndex.build(texts)
    query = index.parse(question)
    assert index.retrieve(query)[0].score <= query.max_score


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What year did the ferry sink?", "The ferry sank in 1911."),
        ("When did the ferry sink?", "The ferry sank on Monday."),
        ("When did the ferry sink?", "The ferry sank on 3 March."),
        ("When did the ferry sink?", "The ferry sank on 3 May."),
        ("How many sailors died?", "Some 1,500 sailors died."),
        ("How many sailors died?", "Twelve sailors died."),
        ("What time does the ferry leave?", "The ferry leaves at six."),
        ("When did the ferry leave?", "The ferry left at 9:30."),
        ("When did the smith live here?", "The smith lived here in the 1990s."),
        ("How many sailors died?", "Some 2000 sailors died."),
        ("How many sailors died?", "Only one sailor died."),
    ],
)
def test_what_is_of_the_kind_fits(question: str, text: str) -> None:
    """A time of day is a when, a decade too; any number is a how many."""
    assert hits_of(PassageIndex.build([text]), question)[0].has_answer_type


any_words = st.lists(
    st.sampled_from(
        (
            "ceasefire ceasefyre truce ships vessels sank sunk leader president Kyiv Lisk 1911 "
            "twelve March the UN"
        ).split()
        + (
            "is a wants says he because than how many turned down refused United Nations war prisoners of "
            "explain at six"
        ).split()
    ),
    max_size=20,
).map(" ".join)
any_opening = st.sampled_from(
    [
        "",
        "When did",
        "How many",
        "Who",
        "where was",
        "why",
        "what is",
        "what kinds of",
        "what does Kyiv want",
        "why did the president refuse",
        "who is",
    ]
)


@given(
    passages=st.lists(
        st.tuples(st.lists(any_words, max_size=3), any_words), min_size=1, max_size=4
    ),
    times=st.integers(1, 300),
    question=st.tuples(any_opening, any_words).map(" ".join),
    subject=any_words,
)
@settings(deadline=None)
def test_no_score_exceeds_the_highest(
    passages: list[tuple[list[str], str]], times: int, question: str, subject: str
) -> None:
    """Law: whatever stands in a passage, however often, and whatever is asked for, before
    that too.
    """
    texts = [sentences for sentences, _ in passages]
    texts[0] = [" ".join([sentence] * times) for sentence in texts[0]]
    index = PassageIndex(texts, [title for _, title in passages])
    for before in ("", subject):
        query = index.parse(question, before)
        assert all(hit.score <= query.max_score for hit in index.retrieve(query))


@given(
    passages=st.lists(
        st.tuples(st.lists(any_words, max_size=3), any_words), min_size=1, max_size=4
    ),
    times=st.integers(1, 300),
    question=st.tuples(any_opening, any_words).map(" ".join),
)
@example(
    [(["Kyiv Lisk ships sank in March 1911"], "Kyiv Lisk ships")],
    300,
    "When did Kyiv Lisk ships sink?",
)
@settings(deadline=None)
def test_no_signal_exceeds_its_bound(
    passages: list[tuple[list[str], str]], times: int, question: str
) -> None:
    """Law: each is at most its bound times what the bound is a multiple of, summed up over all
    concepts.

    The sums are added up in another order than the signals, so they may differ in their last
    digits.
    """
    texts = [sentences for sentences, _ in passages]
    texts[0] = [" ".join([sentence] * times) for sentence in texts[0]]
    index = PassageIndex(texts, [title for _, title in passages])
    query = index.parse(question)
    found = sorted(hit.passage for hit in index.retrieve(query))
    if not found:
        return
    candidates = index._reranker.read(query, np.array(found))  # noqa: SLF001
    totals = {
        Scale.ONE: 1.0,
        Scale.COVERAGE: sum(concept.coverage for concept in query.concepts),
        Scale.CONCEPT_WEIGHT: sum(concept.weight for concept in query.concepts),
        Scale.NAME_WEIGHT: sum(
            concept.weight * concept.coverage for concept in query.concepts if concept.is_name
        ),
        Scale.COVERED_WEIGHT: sum(concept.weight * concept.coverage for concept in query.concepts),
        Scale.SUBJECT: sum(concept.share.subject for concept in query.concepts),
        Scale.STANCE: sum(concept.share.stance for concept in query.concepts),
        Scale.DEFINED: sum(concept.share.definition for concept in query.concepts),
    }
    features = compute_features(candidates)
    for signal in SIGNALS:
        unscaled = {Level.CONCEPT_IN_UNIT, Level.CONCEPT_IN_PASSAGE, Level.MEANING}
        most = signal.bound * (1.0 if signal.level in unscaled else totals[signal.scale])
        assert np.max(features[signal.name]) <= most * (1 + 1e-12)


@pytest.mark.parametrize("is_name", [False, True])
@given(weight=st.floats(0, 20))
def test_the_highest_score_is_nearly_reached(is_name: bool, weight: float) -> None:  # noqa: FBT001
    """The bound of a concept is no more than what its signals add up to at their best, each by its
    own weight.
    """
    best = {signal.name: signal.weight * signal.bound for signal in SIGNALS}
    unit = (best["sentence_bm25"] + best["adjacency"] + best["typed"]) * weight + best["coverage"]
    of_passage = best["passage_bm25"] + best["own_words"] + (best["names"] if is_name else 0)
    of_passage += best["held"] + best["title_and_text"]
    expected = unit * (1 + best["answer_type"]) + of_passage * weight
    assert find_max_score(weight, is_name=is_name) == pytest.approx(expected)


def test_a_repeated_word_comes_near_to_the_highest_score() -> None:
    """A bound that nothing comes near to would make every confidence too low."""
    index = PassageIndex.build(["Oil " * 40, "Ships left."], ["Oil", ""])
    query = index.parse("oil")
    best = index.retrieve(query)[0].score
    assert 0.75 * query.max_score < best < query.max_score


def _read(index: PassageIndex, query: ParsedQuery, passages: int) -> Candidates:
    """Read the first passages of an index."""
    return index._reranker.read(query, np.arange(passages))  # noqa: SLF001


def test_what_is_about_a_word_by_its_title_stands_before_what_mentions_it() -> None:
    """Of two passages that mention a word once, that whose title has it too is about it."""
    texts = [
        "The oil was cold that winter. Ships left.",
        "The oil was cold that winter. Ships left.",
    ]
    index = PassageIndex.build(texts, ["Letters", "Oil"])
    hits = hits_of(index, "oil")
    candidates = _read(index, index.parse("oil"), 2)
    assert np.asarray(compute_features(candidates)["title_and_text"]).tolist() == [[0.0], [1.0]]
    assert hits[1].score > hits[0].score


@pytest.mark.parametrize(("terms", "share"), [(0, 0.0), (4, 0.25), (16, 1.0), (40, 1.0), (80, 0.5)])
def test_what_a_text_holds_counts_by_its_length(terms: int, share: float) -> None:
    """A caption says little, and in a long text any word stands somewhere."""
    index = PassageIndex.build(["oil " * terms], ["Oil"])
    candidates = _read(index, index.parse("oil"), 1)
    assert candidates.length_shares.tolist() == [share]
    assert np.asarray(compute_features(candidates)["held"]).tolist() == [[share]]


def test_another_word_counts_as_held_where_little_is_asked() -> None:
    """Of four words each counts for half as much as of one."""
    text = "The truce was signed. " + "Grain ships sank near harbour walls before dusk. " * 3
    index = PassageIndex.build([text, "Oil."])

    def find_held(question: str) -> float:
        candidates = _read(index, index.parse(question), 1)
        return float(np.max(compute_features(candidates)["held"]))

    assert find_held("ceasefire") == 1.0
    assert find_held("grain ships harbour dusk") == pytest.approx(0.5)


def test_what_has_the_answers_type_counts_by_itself() -> None:
    """The signal is the weight of the question for units with it, and 0 for others."""
    index = PassageIndex.build(BRIDGES)
    query = index.parse("When did the bridge at Lisk open?")
    candidates = _read(index, query, 2)
    weight = query.encoded.concept_weights @ query.encoded.coverages
    typed = candidates.reduce_units(
        np.maximum, np.asarray(compute_features(candidates)["typed"], float)
    )
    assert typed.tolist() == pytest.approx([0.0, weight])


PROSE = "oil grain coal fog frost mayor ferry bridge harbour lamp winter barley".split()


@pytest.mark.parametrize("length", [len(PROSE), 4 * len(PROSE)])
def test_prose_comes_near_to_the_highest_score_too(length: int) -> None:
    """What counts less in prose counts less in its bound."""
    words = [*PROSE, *(f"{word}{number}" for number in range(3) for word in PROSE)][:length]
    question = " ".join(words)
    index = PassageIndex.build([" ".join([question] * 200), "Ships left."])
    query = index.parse(question)
    best = index.retrieve(query)[0].score
    assert 0.75 * query.max_score < best < query.max_score


def test_prose_counts_no_names_beyond_their_weight() -> None:
    """A short question wants its name first; prose wants what holds more of it."""
    others = ["The town is old."] * 9
    index = PassageIndex.build(["We met Okoro there.", "Oil, grain and coal in winter.", *others])
    assert numbers(index, "Okoro oil")[0] == 0
    assert numbers(index, f"Okoro {' '.join(PROSE)}")[0] == 1


def test_the_best_sentence_counts_less_the_longer_the_question_is() -> None:
    """Up to nine terms it counts in full, then in proportion to how much of them one can hold."""
    words = " ".join(f"{word}{number}" for number in range(3) for word in PROSE)
    index = PassageIndex.build([words])
    shares = [index.parse(question).unit_share for question in ("oil0", " ".join(PROSE), words)]
    assert shares == pytest.approx([1, 9 / 12, 9 / 36])


def test_every_signal_is_declared_as_its_level_has_it() -> None:
    """Names are their own; concepts in passages are weighed by their weights, and factors by
    nothing.
    """
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)
    weights = {Scale.CONCEPT_WEIGHT, Scale.COVERED_WEIGHT}
    for signal in SIGNALS:
        assert signal.level is not Level.CONCEPT_IN_PASSAGE or signal.scale in weights
        assert signal.level is not Level.UNIT_FACTOR or signal.scale is Scale.ONE
        assert signal.weight > 0
        assert signal.bound >= 0


@pytest.mark.parametrize(
    ("name", "better", "worse", "question"),
    [
        (
            "sentence_bm25",
            "Oil fell. Grain left.",
            "Oil fell and grain left before ships came and fog sank.",
            "oil",
        ),
        (
            "adjacency",
            "Grain ships left in the cold.",
            "Grain left in the cold winter ships.",
            "grain ships",
        ),
        (
            "answer_type",
            "The ferry sank in 1911.",
            "The ferry sank in fog.",
            "When did the ferry sink?",
        ),
        (
            "other_party",
            "Marn wants peace.",
            "Lisk said that peace is near to Marn.",
            "What does Marn want?",
        ),
        ("passage_bm25", "Oil fell. Oil rose.", "Oil fell. Fog rose.", "oil"),
        ("own_words", "The truce held.", "The ceasefire held.", "truce"),
        ("names", "The Lisk fell.", "The fog fell.", "Did the fog over Lisk fall?"),
    ],
)
def test_each_signal_prefers_the_better_passage(
    name: str, better: str, worse: str, question: str
) -> None:
    """Of two passages the signal is higher in the one that it is meant for; coverage is the same
    for all concepts.
    """
    index = PassageIndex.build([worse, better])
    query = index.parse(question)
    highest = []
    for number in (0, 1):
        candidates = index._reranker.read(query, np.array([number]))  # noqa: SLF001
        highest.append(float(np.max(compute_features(candidates)[name])))
    assert highest[1] > highest[0]
