"""Whom a question is about, by its form."""

import pytest

from bot.search.analysis.tokens import fold, tokenize
from bot.search.question_subject import QuestionSubject, find_question_subject

NAMES = frozenset("russia russian russias ukraine ukrainian moscow dup".split())


def ask(question: str) -> QuestionSubject:
    """Read a question in a collection that knows a few names."""
    return find_question_subject(tokenize(question), lambda word: fold(word) in NAMES)


@pytest.mark.parametrize(
    ("question", "party"),
    [
        ("what does russia want from ukraine", "russia"),
        ("what did the landlord say about the roof", "landlord"),
        ("why did ukraine and russia sign", "ukraine russia"),
        ("hey so why didnt moscow like it", "moscow"),
        ("how does moscow see a summit", "moscow"),
        ("which of the demands did russia drop", "russia"),
        ("did the home team complain", "home team"),
        ("russian complaints", "russian"),
        ("the russian position", "russian"),
        ("what was russia's reaction", "russia's"),
        ("what did russias sister moscow want", "moscow"),
        ("what did moscow's grandson say", "grandson"),
        ("what does the parents council of moscow want", "parents council"),
        ("what is the position of the buyers", "buyers"),
        ("demands of the crew", "crew"),
        ("owners side of the story", "owners"),
        ("why russia refused", "russia"),
        ("who signed the treaty", ""),
        ("opening hours", ""),
        ("side by side", ""),
        ("side of the story", ""),
        ("moscow", ""),
        ("what happened", ""),
        ("is there a summit", ""),
        ("", ""),
    ],
)
def test_the_subject_of_a_question_is_whom_it_is_about(question: str, party: str) -> None:
    """The noun phrase behind the auxiliary, a possessor, or the name in a phrase."""
    assert " ".join(ask(question).party) == party


@pytest.mark.parametrize(
    ("question", "asks_stance", "asks_wish"),
    [
        ("what does russia want", True, True),
        ("moscow's view of the deal", True, False),
        ("what did the tenants say", True, False),
        ("where does the landlord live", False, False),
        ("the landlord's conditions", True, True),
    ],
)
def test_what_is_asked_of_a_party_is_told(
    question: str, *, asks_stance: bool, asks_wish: bool
) -> None:
    """What it says or wants, or something else."""
    found = ask(question)
    assert (found.asks_stance, found.asks_wish) == (asks_stance, asks_wish)
