"""What came first in the last two turns comes first again only where it is asked for."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.follow_up_forms import FollowUp, WordWeights, find_follow_up
from bot.answers.model import Answer, Quote
from bot.articles.library import build
from bot.search.analysis.tokens import TokenizedText

ROOT = Path(__file__).parents[2]
FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures")

ARTICLE = """# The treaties of the valley

## The parties

Marn wanted to keep the mill, and Lisk wanted a bridge in its place. Ostby took no side.

## The bridge

The bridge was opened by Ilse Garroway on 3 May 1844, because the ford was deep. Its nine arches are
of granite.

## Tolls

A toll of two coins paid for the granite.
"""
AGAIN = (
    "say that again",
    "what did you say?",
    "where does it say so",
    "where does it say that?",
    "repeat",
    "really?",
    "are you sure?",
    "all of them?",
)
FOLLOW_UPS = (
    "why?",
    "why not",
    "when was that?",
    "where",
    "who else?",
    "and the other side?",
    "the others?",
    "what did they say",
    "did they agree?",
    "did it work",
    "is it still going?",
    "how long did it take",
    "how many",
    "more",
    "tell me more",
    "what for",
    "and then?",
    "what do they want",
    "thanks",
    "list articles",
    "tl;dr",
    "eli5 why did they do that",
    "is there anything about it?",
)
OPENINGS = ("", "and ", "what about ", "no i mean ", "who ", "why did ", "what is the ", "explain ")


@cache
def open_folder(name: str) -> Answerer:
    """Serve a folder of articles."""
    return Answerer(build(ROOT / name)[0])


@cache
def list_words(name: str) -> list[list[str]]:
    """Give the words of each sentence of a folder."""
    return [
        re.findall(r"\w+", sentence.plain)
        for _, section in open_folder(name).library.sections()
        for sentence in section.sentences
    ]


@st.composite
def conversations(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Make up a conversation: words of the articles behind some opening, and follow-ups."""
    folder = draw(st.sampled_from(FOLDERS))
    spoken = draw(st.lists(st.sampled_from(list_words(folder)), min_size=1, max_size=2))
    asked = []
    for words in spoken:
        for _ in range(3):
            kept = draw(st.lists(st.sampled_from(words), max_size=4)) if words else []
            asked.append(draw(st.sampled_from(OPENINGS)) + " ".join(kept))
    questions = st.sampled_from((*asked, *FOLLOW_UPS))
    return folder, draw(st.lists(questions, min_size=2, max_size=6))


def ask(answerer: Answerer, questions: Sequence[str]) -> list[Answer]:
    """Ask one question after the other; small talk leaves the conversation where it was."""
    answers: list[Answer] = []
    for question in questions:
        turns = [answer.turn for answer in answers if answer.turn is not None]
        before = turns[-1] if turns else None
        answers.append(answerer.answer(question, before=before))
    return answers


def find_first(answer: Answer) -> list[Quote]:
    """Give the first quotation of an answer, if it has one."""
    return list(answer.quotes[:1])


def read(quote: Quote) -> list[str]:
    """Give a quotation as it is seen."""
    return [sentence.plain for sentence in quote.sentences]


def holds_a_word_of(answerer: Answerer, quote: Quote, question: str) -> bool:
    """Say whether a key sentence holds any word of a question, or another word for it."""
    asked = answerer.index.parse(question).term_weights.keys()
    return not asked.isdisjoint(answerer.index.analyzer.analyze(quote.key.plain))


@settings(deadline=None, max_examples=150)
@given(conversations())
def test_nothing_comes_first_again_that_is_not_asked_for(asked: tuple[str, list[str]]) -> None:
    """Whatever is asked in whatever order: neither the key sentence nor the same text.

    What asks for it is the same question, or has a word that the sentence holds. A follow-up has one
    that was not in the question before.
    """
    folder, questions = asked
    answerer = open_folder(folder)
    answers = [answer for answer in ask(answerer, questions) if answer.turn is not None]
    for place, answer in enumerate(answers):
        for earlier in answers[max(place - 2, 0) : place]:
            for quote, old in zip(find_first(answer), find_first(earlier), strict=False):
                is_another = quote.key.plain != old.key.plain and read(quote) != read(old)
                if is_another or answer.question == earlier.question:
                    continue
                assert holds_a_word_of(answerer, old, answer.question), questions
                words, before = words_of(answerer, answer), words_of(answerer, earlier)
                is_whole = find_form(answerer, answer.question) is FollowUp.NONE
                assert is_whole or words == before or words - before, questions


def words_of(answerer: Answerer, answer: Answer) -> set[str]:
    """Give the terms of the words of a question."""
    return set(answerer.index.analyzer.analyze(answer.question))


def find_form(answerer: Answerer, question: str) -> FollowUp:
    """Tell the form in which a question may follow up another."""
    analyzer = answerer.index.analyzer
    words = WordWeights(analyzer.term, analyzer.frame_terms)
    return find_follow_up(TokenizedText.tokenize(question), words)


@pytest.fixture
def valley(tmp_path: Path) -> Answerer:
    """Serve one article."""
    (tmp_path / "treaties.md").write_text(ARTICLE, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


def keys_of(answerer: Answerer, *questions: str) -> list[str]:
    """Ask; give the key sentence that comes first in each turn, empty for none."""
    answers = ask(answerer, questions)
    return ["".join(quote.key.plain for quote in find_first(answer)) for answer in answers]


@pytest.mark.parametrize("again", AGAIN)
def test_what_is_asked_for_again_comes_again(valley: Answerer, again: str) -> None:
    """Also behind the turn after it."""
    first, _, second, third = keys_of(valley, "who opened the bridge", "thanks", again, again)
    assert first == second == third != ""


@pytest.mark.parametrize(
    "question",
    [
        "who opened the bridge",
        "So who opened the bridge?",
        "when did the bridge open",
        "who inaugurated the bridge",
        "was the ford deep",
    ],
)
def test_a_whole_question_is_answered_again(valley: Answerer, question: str) -> None:
    """In the same words, for another type of answer, by another word for the same, by a new one."""
    first, _, third = keys_of(valley, "who opened the bridge", "what paid for granite", question)
    assert first == third != ""


def test_a_new_word_of_the_sentence_asks_for_it(valley: Answerer) -> None:
    """It tells of both."""
    first, second = keys_of(valley, "what did marn want", "and lisk?")
    assert first == second != ""


@pytest.mark.parametrize(
    "then", ["and the other side?", "why?", "did marn want that", "did it work"]
)
def test_nothing_else_asks_for_it(valley: Answerer, then: str) -> None:
    """Not even where nothing else answers: then that is said."""
    first, second = keys_of(valley, "what did marn want", then)
    assert first != ""
    assert second != first


def test_a_question_in_between_does_not_make_it_new(valley: Answerer) -> None:
    """What came first before a question of its own, or a request, may not come again either."""
    for between in ("what paid for granite", "list articles", "tl;dr"):
        first, _, third = keys_of(valley, "what did marn want", between, "why did marn quit")
        assert first != ""
        assert third != first


def test_behind_two_others_it_may_come_again(valley: Answerer) -> None:
    """By then it is no repetition."""
    questions = ("what did marn want", "what paid for granite", "who opened the bridge")
    first, *_, last = keys_of(valley, *questions, "why did marn quit")
    assert first == last != ""


def test_the_same_sentences_are_not_shown_with_another_mark(valley: Answerer) -> None:
    """What follows is quoted without the sentence that was the answer before."""
    before, answer = ask(valley, ("who opened the bridge", "of what?"))
    assert read(before.quotes[0]) != read(answer.quotes[0])


def test_a_refusal_says_that_there_is_no_more(tmp_path: Path) -> None:
    """It does not say that the articles do not answer what they just answered."""
    (tmp_path / "mill.md").write_text("# Mill\n\nMarn wanted to keep the mill.", encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    _, answer = ask(answerer, ("what did marn want", "why did marn quit"))
    assert (answer.kind, answer.message) == ("none", "The articles say no more about that.")
    _, answer = ask(answerer, ("what did marn want", "how do i fry doughnuts"))
    assert "Nowhere in them" in answer.message
