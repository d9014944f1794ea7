"""Why a passage was chosen, told in its own words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.explanation import ConceptMatch, Explanation, explain
from bot.answers.model import LocatedPassage
from bot.articles.library import build
from bot.search.analysis.tokens import tokenize
from bot.search.index import Hit, PassageIndex

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"

FERRIES = """---
title: "Ferries on Lake Orrin"
---
## The contract

Tosh said that the Guild of Skippers guarantees a crossing every day. Its cease-fire with the
millers held. The lawyer Ada Brook wrote the contract in 1931, and Tosh signed it on the quay below
the mill of her aunt, while forty skippers stood on the boats and sang until it rained. New skippers
sign it still.

The ferry boats were painted green in spring. Nobody paid the painters, and so they went to the
judge, who had a boat himself and did not want to hear a word about paint. The contract says nothing
of hats, but he gave them the price of a new one too, for theirs had gone into the water on the way.

## Weather

Fog stops the boats on thirty days of a year. The contract allows it.
"""


def open_folder(folder: Path) -> tuple[PassageIndex, list[LocatedPassage]]:
    """Index a folder as answers do: passages under their headings and titles."""
    places = list(build(folder)[0].passages())
    passages = [[sentence.plain for sentence in passage.sentences] for _, _, passage in places]
    titles = [
        "\n".join((article.title, *section.parents, section.heading))
        for article, section, _ in places
    ]
    return PassageIndex(passages, titles), places


SHIPPED = open_folder(KNOWLEDGE)
WORDS = sorted({word for _, _, passage in SHIPPED[1] for word in tokenize(passage.plain)})


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> tuple[PassageIndex, list[LocatedPassage]]:
    """Open the folder with the article about ferries: two passages of one section, one of
    another.
    """
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "ferries.md").write_text(FERRIES, encoding="utf-8")
    opened = open_folder(folder)
    assert [section.heading for _, section, _ in opened[1]] == [
        "The contract",
        "The contract",
        "Weather",
    ]
    return opened


def explain_first(
    opened: tuple[PassageIndex, list[LocatedPassage]], question: str, number: int = 0
) -> Explanation:
    """Explain one passage of a folder, whatever its rank."""
    index, places = opened
    query = index.parse(question)
    return explain(index, places, number, query, index.retrieve(query, 25))


def match_of(explanation: Explanation, word: str) -> ConceptMatch:
    """Find the match of one concept by its word."""
    return next(concept for concept in explanation.concepts if concept.word == word)


@pytest.mark.parametrize(
    ("question", "word", "way", "found"),
    [
        ("who guarantees a crossing", "guarantees", "itself", "guarantees"),
        ("is there a guarantee", "guarantee", "itself", "guarantees"),
        ("did the attorney write it", "attorney", "synonym", "lawyer"),
        ("was there a cease fire", "cease fire", "itself", "cease-fire"),
        ("the truce", "truce", "synonym", "cease-fire"),
        ("who paid the painters", "painters", "elsewhere", ""),
        ("the volcano of Orrin", "volcano", "nowhere", ""),
    ],
)
def test_how_a_passage_holds_a_word(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
    question: str,
    word: str,
    way: str,
    found: str,
) -> None:
    """Itself in whatever form, under another name, not here, or nowhere; with the word as it stands
    there.
    """
    concept = match_of(explain_first(ferries, question), word)
    assert (concept.match, concept.matched, concept.correction, concept.only_in_title) == (
        way,
        found,
        "",
        False,
    )


def test_the_form_that_was_typed_is_shown_where_it_stands(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """Of several forms of a word that which was typed is named, or else the first."""
    assert match_of(explain_first(ferries, "who may SIGN"), "SIGN").matched == "sign"
    assert match_of(explain_first(ferries, "who is signing"), "signing").matched == "signed"


def test_a_word_of_a_phrase_is_a_part(tmp_path: Path) -> None:
    """Where a passage holds one word of a phrase of the thesaurus, that is said to be a part."""
    (tmp_path / "a.md").write_text(
        "# Council\n\nThe town council met.\n\n## Law\n\nThe prime minister resigned.\n", "utf-8"
    )
    concept = match_of(
        explain_first(open_folder(tmp_path), "what did the security council do"), "security council"
    )
    assert (concept.match, concept.matched) == ("part", "council")


def test_what_was_mended_names_both_words(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """The word as typed, what it was taken for, and how that stands there."""
    concept = match_of(explain_first(ferries, "who gaurantees it"), "gaurantees")
    assert (concept.correction, concept.match, concept.matched) == (
        "guarantees",
        "itself",
        "guarantees",
    )


def test_a_mended_phrase_is_shown_as_typed() -> None:
    """A misspelling inside a phrase of the thesaurus stays visible."""
    concept = match_of(explain_first(SHIPPED, "which securrity council"), "securrity council")
    assert concept.correction == "security council"


def test_what_stands_in_the_headings_only_is_told(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """A word of the article's title or of a heading that no sentence of the passage has; not one
    that both have.
    """
    explanation = explain_first(ferries, "ferries and the weather on Lake Orrin, the contract", 2)
    held = {concept.matched: concept.only_in_title for concept in explanation.concepts}
    assert held == {
        "Ferries": True,
        "Weather": True,
        "Lake": True,
        "Orrin": True,
        "contract": False,
    }


def test_what_a_sentence_says_is_shown_before_what_a_heading_says(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """Though the heading has the very form that was typed."""
    concept = match_of(explain_first(ferries, "are there ferries", 1), "ferries")
    assert (concept.matched, concept.only_in_title) == ("ferry", False)


def test_what_is_mended_and_missing_has_its_share() -> None:
    """A word whose only other name is asked for too stands nowhere; it weighs as what it was taken
    for.
    """
    explanation = explain_first(SHIPPED, "was it advertissed or published")
    concept = match_of(explanation, "advertissed")
    assert (concept.match, concept.correction) == ("nowhere", "advertised")
    assert sum(concept.share for concept in explanation.concepts) == pytest.approx(1)


def test_the_weightiest_concept_comes_first_and_shares_sum_to_one(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """Words that stand nowhere have their share too, and are listed."""
    explanation = explain_first(ferries, "Did Zelinski or Erdugan paint the boats in fog?")
    shares = [concept.share for concept in explanation.concepts]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert explanation.missing == ("Zelinski", "Erdugan")


def test_the_runner_up_is_the_next_that_is_not_quoted_with_it(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """A neighbour in the section is no rival; how near another came is a share of the score."""
    index, places = ferries
    query = index.parse("what does the contract say")
    hits = index.retrieve(query, 25)
    scores = {hit.passage: hit.score for hit in hits}
    assert len(hits) == 3
    for number in (0, 1):
        runner_up = explain(
            index, places, number, query, sorted(hits, key=lambda hit: hit.passage)
        ).runner_up
        assert runner_up is not None
        assert (runner_up.article, runner_up.section, runner_up.passage) == places[2]
        assert runner_up.score_ratio == scores[2] / scores[number]


def test_a_passage_further_on_in_the_section_is_a_rival() -> None:
    """What the quotation does not reach stands for itself."""
    index, places = SHIPPED
    number = next(at for at in range(len(places) - 2) if places[at][1] is places[at + 2][1])
    hits = [
        Hit(at, score, 1, missing_name_share=0.0, has_answer_type=True)
        for at, score in ((number, 8.0), (number + 1, 7.0), (number + 2, 6.0))
    ]
    runner_up = explain(index, places, number, index.parse("war"), hits).runner_up
    assert runner_up is not None
    assert (runner_up.passage, runner_up.score_ratio) == (places[number + 2][2], 0.75)


def test_without_another_there_is_no_runner_up(
    ferries: tuple[PassageIndex, list[LocatedPassage]],
) -> None:
    """Nor for what came last, nor for a passage that was not found."""
    index, places = ferries
    query = index.parse("fog")
    hits = index.retrieve(query, 25)
    assert [hit.passage for hit in hits] == [2]
    assert explain(index, places, 2, query, hits).runner_up is None
    assert explain(index, places, 0, query, hits).runner_up is None


def test_a_phrase_that_is_hyphenated_at_will_is_told_as_it_reads(tmp_path: Path) -> None:
    """A soft hyphen within its words is not shown."""
    text = "# Bread\n\nThey sold bread on the black mar\u00adket.\n"
    (tmp_path / "bread.md").write_text(text, encoding="utf-8")
    explanation = explain_first(open_folder(tmp_path), "was there smuggling")
    assert match_of(explanation, "smuggling").matched == "black market"


def test_where_nothing_is_asked_nothing_is_explained() -> None:
    """A question of stop words has no things."""
    explanation = explain_first(SHIPPED, "what is it?")
    assert explanation == Explanation((), None)


def questions() -> Iterator[st.SearchStrategy[str]]:
    """Ask in the articles' words, in others that may mean the same, in misspelt ones, and
    anything.
    """
    others = [
        "truce",
        "leader",
        "pact",
        "who",
        "guarantee",
        "Zelinski",
        "securrity",
        "council",
        "beyonce",
        "UN",
        "war",
    ]
    yield st.lists(st.sampled_from(WORDS + others * 20), max_size=8).map(" ".join)
    yield st.text(st.characters(codec=None, exclude_categories=[]), max_size=100)


@given(question=st.one_of(*questions()))
@settings(deadline=None)
def test_an_explanation_tells_what_the_ranking_saw(question: str) -> None:
    """Law: as many things are held as the hit counted, each in words that stand in the passage or
    above it.
    """
    index, places = SHIPPED
    query = index.parse(question)
    hits = index.retrieve(query, 5)
    for hit in hits:
        explanation = explain(index, places, hit.passage, query, hits)
        article, section, passage = places[hit.passage]
        above = " ".join((article.title, *section.parents, section.heading))
        held = [concept for concept in explanation.concepts if concept.matched]
        assert len(held) == hit.matched_concepts
        assert all(
            concept.matched in (above if concept.only_in_title else passage.plain)
            for concept in held
        )
        assert {concept.match for concept in held} <= {"itself", "part", "synonym"}
        assert {concept.match for concept in explanation.concepts if not concept.matched} <= {
            "elsewhere",
            "nowhere",
        }
        assert sum(concept.share for concept in explanation.concepts) == pytest.approx(1)
        assert len(explanation.missing) == len(query.unknown_words)
        assert explanation.runner_up is None or 0 < explanation.runner_up.score_ratio <= 1
