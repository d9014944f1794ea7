"""Transcripts as plain text or Markdown: who speaks is not what is said."""

import pytest

from bot.articles.files import SourceFile
from bot.articles.model import Sentence
from bot.articles.parser import read_article


def sentences(name: str, text: str) -> list[Sentence]:
    """Give the sentences of a file."""
    article, _ = read_article(SourceFile(name, text, ""))
    assert article is not None
    return [sentence for section in article.sections for sentence in section.sentences]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ADA", "BO"),
        ("A", "B"),
        ("Ada Byron", "Bo"),
        ("Speaker 1", "Speaker 2"),
        ("Dr. Lee", "Łukasz"),
    ],
)
def test_what_each_speaker_says_is_a_turn(name: str, between: str, first: str, second: str) -> None:
    """Whether an empty line stands between the turns or none."""
    turns = [
        f"{first}: The owls hunt at night.",
        f"{second}: In the barn.",
        f"{first}: Mice, they say.",
        f"{second}: Yes.",
    ]
    text = (
        "# An evening of owls\n\nThis was recorded in the barn in autumn.\n\n"
        + between.join(turns)
        + "\n"
    )
    found = [sentence for sentence in sentences(name, text) if sentence.form.kind == "turn"]
    assert [(sentence.form.mark, sentence.plain) for sentence in found] == [
        (f"{first}: ", "The owls hunt at night."),
        (f"{second}: ", "In the barn."),
        (f"{first}: ", "Mice, they say."),
        (f"{second}: ", "Yes."),
    ]
    assert all(text[sentence.start : sentence.end] == sentence.plain for sentence in found)


@pytest.mark.parametrize(
    "text",
    [
        "# Fees\n\nNote: it costs two coins.\n\nHint: pay early.\n\nThe rest is free.\n",
        "# Fees\n\nNote: two coins.\n\nNote: it is due in May.\n\nMore text stands here.\n",
        "# Fees\n\nMonday: nine. Tuesday: ten. Monday: nine. Tuesday: ten.\n",
    ],
)
def test_a_colon_alone_makes_no_speaker(text: str) -> None:
    """Labels that do not come again, a single one, and those inside a line."""
    assert {sentence.form.kind for sentence in sentences("a.md", text)} == {"paragraph"}


@pytest.mark.parametrize("ending", ["md", "txt", "text"])
@pytest.mark.parametrize("title", ["", "# An evening\n\n"])
def test_what_a_speaker_asks_is_a_turn(ending: str, title: str) -> None:
    """It is neither a heading nor the title, however short it is."""
    turns = ["Ada: Where is the rope?", "Bo: On the wall.", "Ada: Mine?", "Bo: Yours"]
    text = title + "\n\n".join(turns) + "\n"
    found = sentences(f"talk.{ending}", text)
    assert [f"{sentence.form.mark}{sentence.plain}" for sentence in found] == turns


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_questions_and_answers_of_a_page_are_no_turns(name: str) -> None:
    """Those who are called "Q" and "A" speak on no evening."""
    asked = "Q: Where is it?\n\nA: Behind the mill.\n\n" * 3
    mixed = "Where is it?\n\nA: Behind it.\n\nWhere?\n\nAnswer: Below.\n\n" * 3
    for questions in (asked, mixed):
        found = sentences(name, f"# Page\n\nText.\n\n{questions}")
        assert {sentence.form.kind for sentence in found} == {"paragraph"}
