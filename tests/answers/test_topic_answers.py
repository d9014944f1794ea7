"""A first question that leaves its topic unsaid is answered from what the article is about."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.model import Assurance, Policy
from bot.articles.library import Library, build

ARTICLE = """# The Lisk Treaty in the eyes of the valley

The Lisk Treaty was meant to end the quarrel of two towns about a mill. Marn and Lisk put their
names to it at the old hall in Ostby on 3 May 1844.

## The mill

The mill was older than the border, and a storm of 2 June 1801 had taken its roof. The miller came
from Varn. Nobody would let go of the water.

## Later years

The Lisk Treaty survived for seven years. The towns no longer keep to it today.
"""
OTHER = """# The Ostby Bridge

The Ostby Bridge has nine arches. It was opened on 9 June 1851 in the rain.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Read one article."""
    (tmp_path / "treaty.md").write_text(ARTICLE, encoding="utf-8")
    return build(tmp_path)[0]


@pytest.fixture
def answerer(library: Library) -> Answerer:
    """Serve one article."""
    return Answerer(library)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("when was this", "Marn and Lisk put their names to it"),
        ("where?", "Marn and Lisk put their names to it"),
        ("is it still going", "The towns no longer keep to it today."),
        ("did it work", "The Lisk Treaty survived for seven years."),
        ("did the lisk treaty work", "The Lisk Treaty survived for seven years."),
        ("how long", "The Lisk Treaty survived for seven years."),
        ("where from?", "The miller came from Varn."),
        ("who let go", "Nobody would let go of the water."),
        ("what happened", "The Lisk Treaty was meant to end the quarrel"),
    ],
)
def test_the_topic_is_what_is_meant(answerer: Answerer, question: str, key: str) -> None:
    """Without a turn before, and never told as sure."""
    answer = answerer.answer(question)
    assert answer.kind == "answer"
    assert answer.quotes[0].key.plain.startswith(key)
    assert answer.assurance is not Assurance.SURE
    assert answer.before is None


@pytest.mark.parametrize(
    "question", ["who are you", "how are you", "what can you do", "thanks for this", "help", "how"]
)
def test_small_talk_stays_small_talk(answerer: Answerer, question: str) -> None:
    """Who speaks of himself or to the bot asks nothing of an article."""
    assert answerer.answer(question).kind == "smalltalk"


def test_what_only_its_kind_speaks_for_is_faint(tmp_path: Path) -> None:
    """A date about nobody knows what answers "when"."""
    (tmp_path / "bridge.md").write_text(
        "# Bridges\n\nThe rain of 9 June 1851 was long.\n", encoding="utf-8"
    )
    answer = Answerer(build(tmp_path)[0]).answer("when was this")
    assert answer.assurance is Assurance.FAINT


def test_a_title_of_small_words_is_a_topic_too(tmp_path: Path) -> None:
    """It is named where its very words stand."""
    (tmp_path / "band.md").write_text(
        "# The Who\n\nOn 1 May 1964 it rained. The Who broke up on 3 May 1982.\n", encoding="utf-8"
    )
    answer = Answerer(build(tmp_path)[0]).answer("when was this")
    assert answer.quotes[0].key.plain == "The Who broke up on 3 May 1982."


def test_what_became_of_something_else_is_not_told_of_the_topic(answerer: Answerer) -> None:
    """A mill is no treaty."""
    answer = answerer.answer("did the mill work?")
    assert not any(
        quote.key.plain.startswith("The Lisk Treaty survived") for quote in answer.quotes
    )


def test_nothing_of_its_kind_is_no_answer(answerer: Answerer) -> None:
    """The article says nothing of chances."""
    assert answerer.answer("how likely is it").kind != "answer"


def test_several_articles_have_no_topic(library: Library, tmp_path: Path) -> None:
    """A filter says which is meant."""
    assert library.articles
    (tmp_path / "bridge.md").write_text(OTHER, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    assert answerer.answer("when was this").kind == "smalltalk"
    answer = answerer.answer("when was this", article="bridge")
    assert answer.quotes[0].key.plain == "It was opened on 9 June 1851 in the rain."


def test_a_strict_policy_refuses(library: Library) -> None:
    """Such an answer is not sure enough for it."""
    answerer = Answerer(library, Policy(threshold=0.9))
    assert answerer.answer("when was this").kind == "smalltalk"


def test_a_follow_up_asks_what_became_of_the_topic(answerer: Answerer) -> None:
    """Where nothing near to what was quoted tells it."""
    first = answerer.answer("what was the lisk treaty meant to end")
    answer = answerer.answer("did it work?", before=first.turn)
    assert answer.quotes[0].key.plain == "The Lisk Treaty survived for seven years."
    assert answer.before == first.turn
    unlikely = answerer.answer("how likely is it?", before=first.turn)
    assert unlikely.assurance is Assurance.FAINT


@pytest.mark.parametrize("question", ["when was this", "who let go", "did the lisk treaty work"])
def test_a_press_quotes_the_same_sentence(answerer: Answerer, question: str) -> None:
    """What is quoted again later, by the passage alone, has the same key sentence."""
    for quote in answerer.answer(question).quotes:
        again = answerer.quote(question, quote.id)
        assert again is not None
        assert again.key == quote.key
