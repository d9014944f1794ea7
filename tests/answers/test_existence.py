"""Whether there is something is answered by what says so, before what mentions it."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.existence import asks_existence
from bot.articles.library import build

ARTICLE = """# The valley

## Plans

A plan of the mayor: the towns agree on a truce, a truce commission and a truce fund.

## The war

The towns fought for two summers. No truce was announced before the harvest.

## The hall

The hall has a lift. Whoever uses the lift must close the lift door behind the lift.
"""


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    """Serve one article."""
    (tmp_path / "valley.md").write_text(ARTICLE, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


@pytest.mark.parametrize(
    "question",
    [
        "is there a lift",
        "so were there any trains?",
        "has there been a truce",
        "will there ever be a bridge",
        "do they sell stamps",
        "any boats?",
    ],
)
def test_questions_for_existence_are_told(question: str) -> None:
    """By their form."""
    assert asks_existence(question)


@pytest.mark.parametrize(
    "question",
    ["is there a way to park", "who is there", "do they have to pay", "how many were there", "any"],
)
def test_other_questions_are_not(question: str) -> None:
    """They ask how, who or how many."""
    assert not asks_existence(question)


def test_what_denies_comes_before_what_mentions(answerer: Answerer) -> None:
    """A plan in which there is a truce says nothing of whether there is one."""
    answer = answerer.answer("is there a truce")
    assert answer.quotes[0].key.plain == "No truce was announced before the harvest."


def test_what_states_comes_before_what_mentions(answerer: Answerer) -> None:
    """Though it has the word less often."""
    answer = answerer.answer("is there a lift")
    assert answer.quotes[0].key.plain == "The hall has a lift."


def test_the_order_stays_where_nothing_says_so(answerer: Answerer) -> None:
    """A question in another form finds the same passages."""
    plain = answerer.answer("the plan of the mayor")
    asked = answerer.answer("was there the plan of the mayor")
    assert [quote.id for quote in asked.quotes] == [quote.id for quote in plain.quotes]
