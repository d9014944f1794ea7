"""Summaries are the section's own sentences, and stand by themselves."""

from pathlib import Path

import pytest

from bot.answers.summary import summarise, summarise_places
from bot.articles.library import build
from bot.articles.model import Article, Section

ROOT = Path(__file__).parent.parent.parent
PLACES = [
    place
    for folder in ("knowledge", "tests/fixtures")
    for place in build(ROOT / folder)[0].sections()
]


def read(folder: Path, text: str) -> tuple[Article, Section]:
    """Write an article and give its last section."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    return list(build(folder)[0].sections())[-1]


def sum_up(folder: Path, text: str, most: int, *, language: str = "en") -> list[str]:
    """Sum up the text of a section, headed "Dam", in at most so many sentences."""
    place = read(folder, f"---\ntitle: A\nlanguage: {language}\n---\n\n## Dam\n\n{text}\n")
    return [sentence.plain for sentence in summarise(*place, most).sentences]


@pytest.mark.parametrize(
    ("article", "section"), PLACES, ids=lambda value: getattr(value, "heading", "") or None
)
@pytest.mark.parametrize("most", [1, 3, 100])
def test_a_summary_is_made_of_the_sections_sentences_in_order(
    article: Article, section: Section, most: int
) -> None:
    """Some, at most as many as asked for; each once, exact, in the file's order."""
    sentences = summarise(article, section, most).sentences
    assert 1 <= len(sentences) <= most
    assert list(sentences) == [sentence for sentence in section.sentences if sentence in sentences]
    assert all(
        article.text[sentence.start : sentence.end] == sentence.text for sentence in sentences
    )


@pytest.mark.parametrize(
    ("article", "section"), PLACES, ids=lambda value: getattr(value, "heading", "") or None
)
def test_a_summary_leaves_nothing_hanging(article: Article, section: Section) -> None:
    """No question, no announcement without what it announces, no opening that looks back on what is
    not there.
    """
    sentences = [sentence.plain for sentence in summarise(article, section).sentences]
    assert not sentences[0].startswith(
        ("He ", "She ", "It ", "They ", "But ", "However", "His ", "Its ", "Their ")
    )
    assert not any(sentence.endswith("?") for sentence in sentences)
    assert not sentences[-1].endswith(":")
    assert "This article describes the state of affairs up to August 2025." not in sentences


def test_the_sentence_with_the_sections_words_is_taken(tmp_path: Path) -> None:
    """What a section keeps coming back to tells more than an aside."""
    text = (
        "It rained on a Tuesday. The dam of Orrin holds water for three valleys. "
        "Somebody waved. Valleys below the dam get their water in June."
    )
    assert sum_up(tmp_path, text, 1) == ["The dam of Orrin holds water for three valleys."]


def test_a_question_is_left_out(tmp_path: Path) -> None:
    """A rhetorical question is not what a section says, even where there is room for it."""
    text = (
        "What does the dam hold for the valleys? The dam holds water for the valleys and the town."
    )
    assert sum_up(tmp_path, text, 3) == ["The dam holds water for the valleys and the town."]


def test_a_section_of_nothing_but_questions_is_still_summed_up(tmp_path: Path) -> None:
    """Where a section has text its summary has some."""
    assert sum_up(tmp_path, "Who built the dam? And why?", 1) == ["Who built the dam?"]


def test_talk_to_the_reader_stands_back(tmp_path: Path) -> None:
    """What tells something is preferred to what only talks, wherever it stands."""
    text = (
        "Hello folks, let's talk about the dam and its water. The dam was finished in 1931 "
        "by the town. "
        "You won't believe how much water the dam holds. Its water has lit the valleys "
        "since the spring of 1932."
    )
    assert sum_up(tmp_path, text, 1) == ["The dam was finished in 1931 by the town."]


def test_an_article_that_speaks_to_its_reader_throughout_is_taken_as_it_is(tmp_path: Path) -> None:
    """In instructions every sentence says "you": it tells nothing of one of them."""
    text = "You open the dam with the key of the dam. You close the gate. It rained."
    assert sum_up(tmp_path, text, 1) == ["You open the dam with the key of the dam."]


def test_an_anaphoric_sentence_comes_with_its_antecedent_or_not_at_all(tmp_path: Path) -> None:
    """Nobody reads "She" without the name before it."""
    text = (
        "The gate of the dam is old. Rain fell. Mira Tosh liked hills. "
        "She built the dam, raised the dam twice and had the water of the dam run through the gate."
    )
    assert sum_up(tmp_path, text, 1) == ["The gate of the dam is old."]
    chosen = sum_up(tmp_path, text, 3)
    assert chosen[0] == "The gate of the dam is old."
    assert chosen[1] == "Mira Tosh liked hills."
    assert chosen[2].startswith("She built the dam")


def test_items_come_with_what_announces_them(tmp_path: Path) -> None:
    """An item of a list is no statement, and an announcement without items is none."""
    text = "Rain fell.\n\nThe dam has tasks:\n\n- holding water of the dam\n- lighting the dam"
    for most in (1, 2, 3, 4):
        chosen = sum_up(tmp_path, text, most)
        assert ("The dam has tasks:" in chosen) == any(one.endswith("the dam") for one in chosen)
    assert sum_up(tmp_path, text, 1) == ["Rain fell."]
    assert len(sum_up(tmp_path, text, 4)) == 4


def test_a_sentence_that_is_repeated_is_told_once(tmp_path: Path) -> None:
    """Twice the same words tell nothing more."""
    assert sum_up(tmp_path, "The dam holds water. The dam holds water. Rain fell.", 3) == [
        "The dam holds water.",
        "Rain fell.",
    ]


def test_other_languages_are_not_read_as_english(tmp_path: Path) -> None:
    """The "i" of an Italian sentence is no talk of its writer, and "It" may begin one that looks
    back on nothing.
    """
    text = "Piove. I lavori della diga e i conti della diga durano anni."
    assert sum_up(tmp_path, text, 1, language="it") == [
        "I lavori della diga e i conti della diga durano anni."
    ]


def test_several_sections_are_summed_up_in_a_line_or_two_each() -> None:
    """Of all sections one sentence is told, or two where they are short; as many as are asked for
    if any are.
    """
    brief = summarise_places(PLACES)
    assert [(one.article, one.section) for one in brief] == PLACES
    assert {len(one.sentences) for one in brief} <= {1, 2}
    pairs = [one for one in brief if len(one.sentences) == 2]
    assert all(sum(len(sentence.plain) for sentence in one.sentences) <= 160 for one in pairs)
    assert max(len(one.sentences) for one in summarise_places(PLACES, 4)) == 4
    assert len(summarise_places(PLACES[1:2])[0].sentences) == 3


def test_a_heading_without_text_has_an_empty_summary(tmp_path: Path) -> None:
    """A heading that only groups others is summed up by nothing."""
    (tmp_path / "a.md").write_text(
        "# A\n\nLead.\n\n## Group\n\n### Part\n\nText here.\n", encoding="utf-8"
    )
    article, section = list(build(tmp_path)[0].sections())[1]
    assert summarise(article, section).sentences == ()
