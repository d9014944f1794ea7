"""Summaries are the section's own sentences."""

from pathlib import Path

import pytest

from bot.answers.summary import summarise
from bot.articles.library import build
from bot.articles.model import Article, Section

ROOT = Path(__file__).parent.parent.parent
PLACES = [place for folder in ("knowledge", "tests/fixtures") for place in build(ROOT / folder)[0].sections()]


def read(folder: Path, text: str) -> tuple[Article, Section]:
    """Write an article and give its last section."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    return list(build(folder)[0].sections())[-1]


@pytest.mark.parametrize(("article", "section"), PLACES, ids=lambda value: getattr(value, "heading", "") or None)
@pytest.mark.parametrize("most", [1, 3, 100])
def test_a_summary_is_made_of_the_sections_sentences_in_order(article: Article, section: Section, most: int) -> None:
    """As many sentences as asked for, or all there are; each once, exact, in the file's order."""
    sentences = summarise(article, section, most).sentences
    assert len(sentences) == min(most, len(section.sentences))
    assert list(sentences) == [sentence for sentence in section.sentences if sentence in sentences]
    assert all(article.text[sentence.start : sentence.end] == sentence.text for sentence in sentences)


def test_the_sentence_with_the_sections_words_is_taken(tmp_path: Path) -> None:
    """What a section keeps coming back to tells more than an aside."""
    text = (
        "# A\n\n## Dam\n\nIt rained on a Tuesday. The dam of Orrin holds water for three valleys. "
        "Somebody waved. Valleys below the dam get their water in June.\n"
    )
    assert [s.plain for s in summarise(*read(tmp_path, text), 1).sentences] == [
        "The dam of Orrin holds water for three valleys."
    ]


def test_a_question_stands_back(tmp_path: Path) -> None:
    """A rhetorical question is not what a section says, however many of its words it has."""
    text = (
        "# A\n\n## Dam\n\nWhat does the dam hold for the valleys? The dam holds water for the valleys and the town.\n"
    )
    assert [s.plain for s in summarise(*read(tmp_path, text), 1).sentences] == [
        "The dam holds water for the valleys and the town."
    ]


def test_a_sentence_that_leans_on_the_one_before_stands_back(tmp_path: Path) -> None:
    """A sentence that begins with a pronoun does not stand by itself."""
    text = "# A\n\n## Pilot\n\nMira Tosh flew the mail to the islands. She flew mail to islands every week.\n"
    assert [s.plain for s in summarise(*read(tmp_path, text), 1).sentences] == [
        "Mira Tosh flew the mail to the islands."
    ]


def test_a_heading_without_text_has_an_empty_summary(tmp_path: Path) -> None:
    """A heading that only groups others is summed up by nothing."""
    (tmp_path / "a.md").write_text("# A\n\nLead.\n\n## Group\n\n### Part\n\nText here.\n", encoding="utf-8")
    article, section = list(build(tmp_path)[0].sections())[1]
    assert summarise(article, section).sentences == ()
