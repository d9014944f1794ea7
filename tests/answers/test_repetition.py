"""What was quoted in the last two turns comes first again only where it is asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.follow_up_forms import (
    FollowUp,
    WordWeights,
    find_follow_up,
    find_wanted_type,
)
from bot.answers.model import Answer, Policy, Quote
from bot.articles.library import build
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType

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
MILL = """# The mill of the valley

## The wishes

Marn wants the mill for its bakers. A mill was there before Marn was.

## The offers

Lisk offered Marn a new mill upstream. The offer was made in writing on 3 May 1844.

## The vote

The council of Marn rejected the mill by a single vote. Two members were ill.
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
DETAILS = AnswerType.NUMBER | AnswerType.DATE | AnswerType.REASON
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


@given(conversations())
def test_nothing_comes_first_again_that_is_not_asked_for(asked: tuple[str, list[str]]) -> None:
    """Whatever is asked in whatever order, of every quotation that was shown: its key sentence is
    not marked again, its text does not come again, and where no type of answer is asked for, its
    key sentence does not even stand beside the new one.
    """
    folder, questions = asked
    answerer = open_folder(folder)
    answers = [answer for answer in ask(answerer, questions) if answer.turn is not None]
    for place, answer in enumerate(answers):
        shown = [
            (earlier, number)
            for earlier in answers[max(place - 2, 0) : place]
            for number in range(len(earlier.quotes))
        ]
        last = shown[-1][0] if shown else answer
        wanted = {
            earlier.quotes[number].key.plain
            for earlier, number in shown
            if asks_for(answerer, answer.question, earlier, number, last)
        }
        for quote in find_first(answer):
            for old in [earlier.quotes[number] for earlier, number in shown]:
                if old.key.plain not in wanted:
                    assert quote.key.plain != old.key.plain, questions
                    assert read(quote) != read(old), questions
                    is_typed = find_wanted_type(answer.question)
                    assert is_typed or old.key.plain not in read(quote), questions


def asks_for(answerer: Answerer, question: str, earlier: Answer, number: int, last: Answer) -> bool:
    """Say whether a question may ask again for a quotation, the ``number`` of an ``earlier`` answer.

    It is the same question, asks for the same again, or has a word that the key sentence holds: a
    new one where the question follows up, and where the quotation was not the first. "When?" may
    ask for what came first in the ``last`` answer.
    """
    words, words_before = words_of(answerer, question), words_of(answerer, earlier.question)
    if question == earlier.question or find_form(answerer, question) is FollowUp.AGAIN:
        return True
    if not holds_a_word_of(answerer, earlier.quotes[number], question):
        # "Explain it like I'm five" is a wish, and no word to look for.
        has_words = words_of(answerer, question.removeprefix("eli5 "))
        is_detail = find_wanted_type(question) & DETAILS and not has_words
        return bool(is_detail and earlier is last and number == 0)
    is_whole = find_form(answerer, question) is FollowUp.NONE
    if words == words_before or (is_whole and words <= words_before):
        return True
    if number:
        return bool(words - words_of(answerer, last.question))
    return is_whole or bool(words - words_before)


def words_of(answerer: Answerer, question: str) -> set[str]:
    """Give the terms of the words of a question."""
    return set(answerer.index.analyzer.analyze(question))


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


@pytest.fixture
def mill(tmp_path: Path) -> Answerer:
    """Serve one article of which three quotations are shown for "marn"."""
    (tmp_path / "mill.md").write_text(MILL, encoding="utf-8")
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


@pytest.mark.parametrize("text", ["The bridge was opened by Ilse Garroway.", "The ferry is gone."])
def test_what_was_changed_meanwhile_is_not_asked_for_again(
    valley: Answerer, tmp_path: Path, text: str
) -> None:
    """The key sentence is another one now, or its passage is gone."""
    before = valley.answer("who opened the bridge").turn
    assert before is not None
    changed = f"# The treaties of the valley\n\n## The bridge\n\n{text}\n"
    (tmp_path / "treaties.md").write_text(changed, encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer("when did the bridge open", before=before)
    assert "3 May" not in " ".join(quote.key.plain for quote in answer.quotes)
    (shown,) = before.recent
    quote = shown.quotes[0]._replace(key="The bridge was opened by …")
    cut = replace(before, recent=(shown._replace(quotes=(quote,)),))
    assert valley.answer("when did the bridge open", before=cut).quotes


def test_a_topic_of_which_all_was_told_is_told_no_more(tmp_path: Path) -> None:
    """Both of its sentences came first before."""
    text = (
        "# The Marn project\n\nThe Marn project began in 1844.\n\n## Outcome\n\n"
        "The project failed, and nothing was built.\n"
    )
    (tmp_path / "project.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0], Policy(quotes=1))
    questions = ("tell me about the marn project", "and now?", "did it help")
    first, second, third = keys_of(answerer, *questions)
    assert "" != first != second != ""
    assert third == ""


@pytest.mark.parametrize("then", ["why?", "did marn like it", "why did marn do that"])
def test_what_came_second_or_third_does_not_come_first_either(mill: Answerer, then: str) -> None:
    """Whether something was answered by it or not: it was seen."""
    before, answer = ask(mill, ("marn", then))
    assert len(before.quotes) == 3
    assert answer.quotes[0].key not in [quote.key for quote in before.quotes]


@pytest.mark.parametrize("then", ["and the council?", "who rejected it", "did the council vote"])
def test_who_turns_to_what_came_third_gets_it_first(mill: Answerer, then: str) -> None:
    """By a word that the question just before does not have."""
    before, answer = ask(mill, ("marn", then))
    assert answer.quotes[0].key.plain == before.quotes[2].key.plain


def test_an_ordinal_asks_for_its_numeral(tmp_path: Path) -> None:
    """That is how the articles name it."""
    text = "# Treaties\n\nTreaty I was signed in 1844.\n\n## Later\n\nTreaty II was signed in 1851."
    (tmp_path / "treaties.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    before, answer = ask(answerer, ("when was the treaty signed", "and the second one?"))
    assert (
        answer.quotes[0].key.plain == before.quotes[1].key.plain == "Treaty II was signed in 1851."
    )


@pytest.mark.parametrize(
    ("then", "seen"), [("what did the ferry carry", False), ("when did the ferry carry it", True)]
)
def test_what_was_marked_stands_beside_what_is_new_by_its_type_alone(
    tmp_path: Path,
    then: str,
    seen: bool,  # noqa: FBT001
) -> None:
    """It holds a date."""
    offer = "In it Lisk offered Marn a new mill on 3 May 1844."
    text = f"# Mill\n\nThe ferry carried a letter. Nobody expected it. {offer} The seal was red.\n"
    (tmp_path / "mill.md").write_text(text, encoding="utf-8")
    before, answer = ask(Answerer(build(tmp_path)[0]), ("marn", then))
    assert before.quotes[0].key.plain == offer
    assert answer.quotes[0].key.plain == "The ferry carried a letter."
    assert (offer in read(answer.quotes[0])) is seen


def test_the_same_text_does_not_come_first_with_another_mark(mill: Answerer) -> None:
    """Though a name is asked for, and what was marked holds one."""
    before, answer = ask(mill, ("marn", "who wrote it"))
    assert read(before.quotes[1])[1:] == read(answer.quotes[0])


@pytest.mark.parametrize("then", ["when was that?", "why?", "but why did she do that"])
def test_a_detail_of_what_was_quoted_is_asked_for(valley: Answerer, then: str) -> None:
    """Nothing else tells the date, and nothing else a reason."""
    first, second = keys_of(valley, "who opened the bridge", then)
    assert first == second != ""


def test_a_detail_that_something_new_tells_is_answered_by_that(tmp_path: Path) -> None:
    """Though what was quoted has a date, too."""
    text = MILL.replace("upstream.", "upstream in 1843.")
    (tmp_path / "mill.md").write_text(text, encoding="utf-8")
    first, second = keys_of(Answerer(build(tmp_path)[0]), "what did lisk offer", "when was that?")
    assert first == "Lisk offered Marn a new mill upstream in 1843."
    assert second == "The offer was made in writing on 3 May 1844."


@pytest.mark.parametrize(
    ("then", "message"),
    [
        ("what did they want", "The articles say no more about that."),
        ("did they agree", "The articles do not answer that. Nowhere in them: “agree”."),
    ],
)
def test_a_follow_up_that_the_last_quotation_alone_answers_is_told_that(
    tmp_path: Path, then: str, message: str
) -> None:
    """It is not told that the articles do not answer it, unless for a word that they lack."""
    text = "# Valley\n\nMarn wanted to keep the mill.\n\n## Otters\n\nOtters swim past Marn."
    (tmp_path / "valley.md").write_text(text, encoding="utf-8")
    _, answer = ask(Answerer(build(tmp_path)[0]), ("what did marn want to keep", then))
    assert (answer.kind, answer.message) == ("none", message)


def test_when_that_was_is_told_by_what_was_quoted_rather_than_from_afar(tmp_path: Path) -> None:
    """A date that stands elsewhere is about something else; beside it, it is another's."""
    text = MILL.replace("upstream.", "upstream in 1843. Nobody came to the mill.")
    text = text.replace(
        "The offer was made", "## Later\n\nThe mill burnt down on 9 May 1851. It was told"
    )
    (tmp_path / "mill.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    first, second = keys_of(answerer, "what did lisk offer", "when was that?")
    assert first == second == "Lisk offered Marn a new mill upstream in 1843."
