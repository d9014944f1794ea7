"""A question that leans on the one before is answered from there."""

from pathlib import Path

import pytest

from bot.answers.answer import Librarian, Policy
from bot.answers.conversation import SURE, FollowUp, Turn, find_follow_up
from bot.articles.library import build

ARTICLE = """# The quarrel of Marn and Lisk

## Causes

Marn wanted the mill because its farmers had no other. Lisk wanted the bridge because its traders paid a toll.

## Talks

The mayors met in Ostby in 1844. They signed a treaty about the mill. The treaty of Ostby ended in 1851.

## Afterwards

The mill burned down. Herons nest in its ruins. Nobody has rebuilt the mill.
"""


@pytest.fixture
def librarian(tmp_path: Path) -> Librarian:
    """Serve one article."""
    (tmp_path / "quarrel.md").write_text(ARTICLE, encoding="utf-8")
    return Librarian(build(tmp_path)[0], Policy())


def turn(librarian: Librarian, *questions: str) -> Turn:
    """Ask one question after the other; give what the conversation has come to."""
    before: Turn | None = None
    for question in questions:
        before = librarian.answer(question, before=before).turn
    assert before is not None
    return before


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tell me more", FollowUp.MORE),
        ("More please", FollowUp.MORE),
        ("what else?", FollowUp.MORE),
        ("ok and any more details?", FollowUp.MORE),
        ("why?", FollowUp.BARE),
        ("how come", FollowUp.BARE),
        ("but why not?", FollowUp.BARE),
        ("and in 1851?", FollowUp.CLIPPED),
        ("What about Lisk", FollowUp.CLIPPED),
        ("did they agree?", FollowUp.LEANING),
        ("and the other side?", FollowUp.CLIPPED),
        ("what does the other side want", FollowUp.LEANING),
        ("Who was there?", FollowUp.LEANING),
        ("is there anything about them?", FollowUp.LEANING),
        ("is there a whitelist", FollowUp.NONE),
        ("How many islands are there?", FollowUp.NONE),
        ("There's a bridge, isn't it so?", FollowUp.LEANING),
        ("there is a bridge", FollowUp.NONE),
        ("will there ever be peace", FollowUp.NONE),
        ("has there been a vote?", FollowUp.NONE),
        ("Who signed the treaty of Ostby?", FollowUp.NONE),
        ("Why did the mill burn down?", FollowUp.NONE),
        ("", FollowUp.NONE),
        ("more " * 1_000, FollowUp.NONE),
    ],
)
def test_what_follows_up_is_told_from_what_stands_by_itself(question: str, expected: FollowUp) -> None:
    """More, a bare question word, a clipped question, a pronoun; everything else is a question of its own."""
    assert find_follow_up(question) is expected


def test_a_clipped_question_takes_its_subject_from_the_one_before(librarian: Librarian) -> None:
    """Alone "and when did it end?" asks for nothing in particular."""
    before = turn(librarian, "Who signed the treaty about the mill?")
    answer = librarian.answer("and when did it end?", before=before)
    assert answer.quotes[0].key.text == "The treaty of Ostby ended in 1851."
    assert answer.before == before


def test_the_other_side_is_the_other_of_the_two_in_the_title(librarian: Librarian) -> None:
    """The one that was not asked for before."""
    before = turn(librarian, "What did Marn want?")
    answer = librarian.answer("and the other side?", before=before)
    assert answer.quotes[0].key.text.startswith("Lisk wanted the bridge")


def test_more_is_what_was_not_quoted_yet(librarian: Librarian) -> None:
    """No passage is quoted twice, and in the end that is said."""
    first = librarian.answer("What became of the mill?")
    assert first.turn is not None
    said = {quote.id for quote in first.quotes}
    answer = librarian.answer("tell me more", before=first.turn)
    while answer.quotes:
        new = {quote.id for quote in answer.quotes}
        assert not new & said
        said |= new
        assert answer.turn is not None
        answer = librarian.answer("more", before=answer.turn)
    assert answer.message == "The articles say no more about that."
    assert answer.kind == "none"


def test_a_question_of_its_own_is_answered_as_if_nothing_had_been_asked(librarian: Librarian) -> None:
    """What was asked before does not colour it."""
    before = turn(librarian, "What did Marn want?")
    question = "Where did the mayors meet?"
    assert librarian.answer(question, before=before) == librarian.answer(question)


def test_a_heading_is_a_question_of_its_own(librarian: Librarian) -> None:
    """However it is put, who names a section means it, and not what was asked before."""
    before = turn(librarian, "Who signed the treaty about the mill?")
    for question in ("what about the talks?", "were these the causes?", "and the talks"):
        answer = librarian.answer(question, before=before)
        assert answer.quotes[0].section.heading.casefold() in question


def test_a_bare_question_word_is_never_sure(librarian: Librarian) -> None:
    """It has no words of its own that could find anything."""
    answer = librarian.answer("why?", before=turn(librarian, "What did Marn want?"))
    assert answer.before is not None
    assert 0 < answer.confidence < SURE


def test_without_anything_before_nothing_follows_up(librarian: Librarian) -> None:
    """A first "why?" is no follow-up."""
    answer = librarian.answer("tell me more")
    assert answer.before is None
    assert not answer.quotes


def test_thanks_are_no_turn(librarian: Librarian) -> None:
    """After thanks the conversation is where it was."""
    assert librarian.answer("thanks!", before=turn(librarian, "What did Marn want?")).turn is None


def test_a_subject_stays_short() -> None:
    """A conversation of any length is remembered in a few hundred characters."""
    long = Turn("What?", "What?", ())
    for number in range(1_000):
        long = long.follow(f"and question number {number}?", (f"passage{number}",))
    assert len(long.subject) <= 400
    assert long.question == "What?"
