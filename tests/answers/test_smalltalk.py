"""Small talk gets a line, and who typed no question is told what the articles are about."""

from pathlib import Path

import pytest

from bot.answers.intents import Smalltalk
from bot.answers.smalltalk import make_reply
from bot.articles.library import Library, build

HELP = "I answer with quotations from the articles, word for word."


def library_of(folder: Path, *titles: str) -> Library:
    """Write articles of one section each; an empty library without any."""
    for title in titles:
        (folder / f"{title}.md").write_text(
            f"# {title}\n\n## About {title}\n\nText.\n", encoding="utf-8"
        )
    return build(folder)[0]


@pytest.mark.parametrize(
    ("smalltalk", "reply"),
    [
        ("greeting", "Hello! Ask me what the articles say."),
        ("thanks", "You are welcome."),
        ("goodbye", "Goodbye!"),
        ("acknowledgement", "All right."),
        ("reaction", "I am here if you have a question."),
        (
            "noise",
            (
                "I could not make a question out of that. You can ask about “A”. Try: What do "
                "they say about “About A”?"
            ),
        ),
        (
            "empty",
            "Ask me a question. You can ask about “A”. Try: What do they say about “About A”?",
        ),
        (
            "opinion",
            (
                "I have no opinion: I only quote what the articles say. You can ask about “A”. Try: "
                "What do they say about “About A”?"
            ),
        ),
        ("help", f"{HELP} You can ask about “A”. Try: What do they say about “About A”?"),
    ],
)
def test_each_kind_has_its_reply(tmp_path: Path, smalltalk: Smalltalk, reply: str) -> None:
    """Who is polite gets a short line, whoever else an invitation with an example."""
    assert make_reply(smalltalk, library_of(tmp_path, "A")) == reply


def test_an_invitation_names_three_articles(tmp_path: Path) -> None:
    """The others are counted."""
    reply = make_reply("help", library_of(tmp_path, "A", "B", "C", "D", "E"))
    assert reply == (
        f"{HELP} You can ask about “A”; “B”; “C” and 2 more. Try: What do they say about “About A”?"
    )


def test_without_a_heading_there_is_no_example(tmp_path: Path) -> None:
    """An article of one piece is named all the same."""
    (tmp_path / "a.md").write_text("# A {0}\n\nText.\n", encoding="utf-8")
    assert (
        make_reply("empty", build(tmp_path)[0]) == "Ask me a question. You can ask about “A {0}”."
    )


@pytest.mark.parametrize("smalltalk", ["greeting", "thanks", "goodbye", "noise", "empty", "help"])
def test_without_articles_the_reply_says_so(tmp_path: Path, smalltalk: Smalltalk) -> None:
    """There is nothing to ask about."""
    assert make_reply(smalltalk, library_of(tmp_path)).endswith(
        " There are no articles to answer from yet."
    )
