"""What is told of articles: of many, of one without sections, in any language, of a topic."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.articles.library import build
from bot.texts import about as texts

SHIPS = "# Mills\n\nThe ship came.\n\n## The storm\n\nA vessel sank. A boat broke.\n"
SARDINIAN = "---\ntitle: Sardigna\nlanguage: sc\n---\n\nSa limba sarda est una limba romanza.\n"
ONE_OF_MANY = "# Bird {number}\n\nThe bird {number} sings by night.\n"


def serve(folder: Path, **articles: str) -> Answerer:
    """Serve some articles by their names."""
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return Answerer(build(folder)[0])


def test_of_many_articles_the_first_five_are_told_of(tmp_path: Path) -> None:
    """How many more there are is said."""
    birds = {f"bird{number}": ONE_OF_MANY.format(number=number) for number in range(7)}
    message = serve(tmp_path, **birds).answer("who wrote this").message
    assert message.count("does not say who wrote it") == 5
    assert message.endswith(texts.MORE_ARTICLES(2))


@pytest.mark.parametrize(
    ("article", "question", "message"),
    [
        (
            ONE_OF_MANY.format(number=3),
            "how is the text structured",
            texts.NO_SECTIONS(title="Bird 3"),
        ),
        (
            SARDINIAN,
            "what language is this in",
            texts.LANGUAGE(title="Sardigna", language=texts.OTHER_LANGUAGE(code="sc")),
        ),
        (
            SHIPS,
            "does it mention ferries",
            texts.NEARLY_MENTIONED(topic="ferries", names=f"{texts.LEAD()}; “The storm”"),
        ),
    ],
)
def test_what_an_article_has_not_is_told(
    tmp_path: Path, article: str, question: str, message: str
) -> None:
    """No sections, a language without a name here, a topic in other words alone."""
    assert serve(tmp_path, article=article).answer(question).message == message


def test_places_in_several_articles_are_told_with_their_titles(tmp_path: Path) -> None:
    """Headings alone would not say where."""
    answerer = serve(tmp_path, ships=SHIPS, harbour="# The harbour\n\nNo ship came to us.\n")
    places = [
        texts.SECTION_OF(heading=texts.LEAD(), title="The harbour"),
        texts.SECTION_OF(heading=texts.LEAD(), title="Mills"),
    ]
    message = answerer.answer("is there anything about ships in the articles").message
    assert all(place in message for place in places)
