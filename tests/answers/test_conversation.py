"""A question that follows up the one before is answered from there."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.follow_up_forms import FollowUp, WordWeights, find_follow_up
from bot.answers.model import Assurance, Policy
from bot.articles.library import build
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText, tokenize

ENGLISH = get_analyzer("en")
WORDS = WordWeights(ENGLISH.term, ENGLISH.frame_terms)
ARTICLE = """# The quarrel of Marn and Lisk

## Causes

Marn wanted the mill because its farmers had no other. Lisk wanted the bridge because its traders
paid a toll.

## Talks

The mayors met in Ostby in 1844. They signed a treaty about the mill.
The treaty of Ostby ended in 1851.

## Afterwards

The mill burned down. Herons nest in its ruins. Nobody has rebuilt the mill.
"""


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    """Serve one article."""
    (tmp_path / "quarrel.md").write_text(ARTICLE, encoding="utf-8")
    return Answerer(build(tmp_path)[0], Policy())


def turn(answerer: Answerer, *questions: str) -> Turn:
    """Ask one question after the other; give what the conversation has come to."""
    before: Turn | None = None
    for question in questions:
        before = answerer.answer(question, before=before).turn
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
        ("did they agree?", FollowUp.ANAPHORIC),
        ("and the other side?", FollowUp.CLIPPED),
        ("what does the other side want", FollowUp.ANAPHORIC),
        ("Who was there?", FollowUp.BARE),
        ("is there anything about them?", FollowUp.BARE),
        ("is there a whitelist", FollowUp.NONE),
        ("How many islands are there?", FollowUp.NONE),
        ("There's a bridge, isn't it so?", FollowUp.ANAPHORIC),
        ("there is a bridge", FollowUp.NONE),
        ("will there ever be peace", FollowUp.NONE),
        ("has there been a vote?", FollowUp.NONE),
        ("Who signed the treaty of Ostby?", FollowUp.NONE),
        ("Why did the mill burn down?", FollowUp.NONE),
        ("", FollowUp.NONE),
        ("more " * 1_000, FollowUp.NONE),
    ],
)
def test_what_follows_up_is_told_from_what_stands_by_itself(
    question: str, expected: FollowUp
) -> None:
    """More, a bare question word, a clipped question, a pronoun; everything else is a question of
    its own.
    """
    assert find_follow_up(TokenizedText.tokenize(question), WORDS) is expected


def test_a_clipped_question_takes_its_subject_from_the_one_before(answerer: Answerer) -> None:
    """Alone "and when did it end?" asks for nothing in particular."""
    before = turn(answerer, "Who signed the treaty about the mill?")
    answer = answerer.answer("and when did it end?", before=before)
    assert answer.quotes[0].key.text == "The treaty of Ostby ended in 1851."
    assert answer.before == before


def test_the_other_side_is_the_other_of_the_two_in_the_title(answerer: Answerer) -> None:
    """The one that was not asked for before."""
    before = turn(answerer, "What did Marn want?")
    answer = answerer.answer("and the other side?", before=before)
    assert answer.quotes[0].key.text.startswith("Lisk wanted the bridge")


def test_more_is_what_was_not_quoted_yet(answerer: Answerer) -> None:
    """No passage is quoted twice, and in the end that is said."""
    first = answerer.answer("What became of the mill?")
    assert first.turn is not None
    said = {quote.id for quote in first.quotes}
    answer = answerer.answer("tell me more", before=first.turn)
    while answer.quotes:
        new = {quote.id for quote in answer.quotes}
        assert not new & said
        said |= new
        assert answer.turn is not None
        answer = answerer.answer("more", before=answer.turn)
    assert answer.message == "The articles say no more about that."
    assert answer.kind == "none"


def test_a_question_of_its_own_is_answered_as_if_nothing_had_been_asked(answerer: Answerer) -> None:
    """What was asked before does not colour it."""
    before = turn(answerer, "What did Marn want?")
    question = "Where did the mayors meet?"
    answer = answerer.answer(question, before=before)
    assert replace(answer, recent=()) == answerer.answer(question)


def test_a_heading_is_a_question_of_its_own(answerer: Answerer) -> None:
    """However it is put, who names a section means it, and not what was asked before."""
    before = turn(answerer, "Who signed the treaty about the mill?")
    for question in ("what about the talks?", "were these the causes?", "and the talks"):
        answer = answerer.answer(question, before=before)
        assert answer.quotes[0].section.heading.casefold() in question


def test_a_bare_question_word_is_never_sure(answerer: Answerer) -> None:
    """It has no words of its own that could find anything."""
    answer = answerer.answer("why?", before=turn(answerer, "What did Marn want?"))
    assert answer.before is not None
    assert 0 < answer.confidence < 1
    assert answer.assurance is not Assurance.SURE


def test_who_asks_for_more_is_never_told_that_it_is_sure(answerer: Answerer) -> None:
    """More of the same is likely at most, and its confidence is a probability like any other."""
    answer = answerer.answer("tell me more", before=turn(answerer, "What did Marn want?"))
    assert answer.quotes
    assert 0 <= answer.confidence < 1
    assert answer.assurance is Assurance.LIKELY


def test_without_anything_before_nothing_follows_up(answerer: Answerer) -> None:
    """A first "why?" is no follow-up."""
    answer = answerer.answer("tell me more")
    assert answer.before is None
    assert not answer.quotes


def test_thanks_are_no_turn(answerer: Answerer) -> None:
    """After thanks the conversation is where it was."""
    assert answerer.answer("thanks!", before=turn(answerer, "What did Marn want?")).turn is None


def test_a_subject_stays_short() -> None:
    """A conversation of any length is remembered in a few hundred characters."""
    long = Turn("What?", "What?", ())
    for number in range(1_000):
        long = long.follow(f"and question number {number}?", (f"passage{number}",))
    assert len(long.subject) <= 400
    assert long.question == "What?"


def count_tokenized(answerer: Answerer, question: str, before: Turn | None) -> Counter[str]:
    """Answer a question; give how often each text was tokenised for it."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is tokenize.__code__:
            counts[frame.f_locals["text"]] += 1

    profiler = sys.getprofile()
    sys.setprofile(count)
    try:
        answerer.answer(question, before=before)
    finally:
        sys.setprofile(profiler)
    return counts


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the treaty of Ostby?",
        "what did they sign",
        "and the treaty?",
        "and how many herons nest there?",
        "is there anything about them?",
        "what does the other side want",
        "why?",
        "hello there",
        "list the articles",
        "their mill " * 30,
        "mill and bridge " * 400,
    ],
)
def test_a_question_is_tokenised_once(answerer: Answerer, question: str) -> None:
    """What a person typed is split into words once: the question, and the subject that it follows
    up.
    """
    before = turn(answerer, "Why did Marn want the mill?", "when did they meet?")
    for turn_before in (None, before):
        counts = count_tokenized(answerer, question, turn_before)
        typed = [text for text in counts if text in question or question[:2_000] in text]
        assert typed
        assert all(counts[text] == 1 for text in typed if " " in text or text == question)
        assert counts[before.subject] <= 1
