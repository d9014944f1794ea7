"""What kind of thing a question asks for, and what kind of thing a word is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.answer_kinds import AnswerKind, find_counted, find_told_kinds, find_wanted_kind, kind_of_word

NONE, NUMBER, DATE, NAME = AnswerKind.NONE, AnswerKind.NUMBER, AnswerKind.DATE, AnswerKind.NAME


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the ferry sink?", DATE),
        ("WHEN WAS IT BUILT", DATE),
        ("ok when will it open?", DATE),
        ("since when?", DATE),
        ("What year did it open?", DATE),
        ("In which century was it built?", DATE),
        ("on what date", DATE),
        ("How many ships sank?", NUMBER),
        ("Does anyone know how many people died?", NUMBER),
        ("how much did it cost", NUMBER),
        ("How much money was paid?", NUMBER),
        ("how much of the land is flooded", NUMBER),
        ("How old is he?", NUMBER),
        ("how tall is the lighthouse", NUMBER),
        ("what percentage voted", NUMBER),
        ("Who signed?", NAME),
        ("by whom was it signed", NAME),
        ("Whose ship was it?", NAME),
        ("Do you know who built it?", NAME),
        ("tell me who the captain was", NAME),
        ("where did they meet", NAME),
        ("Which country signed first?", NAME),
        ("which company built it", NAME),
        ("Why did they leave?", AnswerKind.REASON),
        ("how come it sank", AnswerKind.REASON),
        ("What caused the fire?", AnswerKind.REASON),
        ("what is a lateen sail", AnswerKind.DEFINITION),
        ("What kinds of ships are there?", AnswerKind.LIST),
        ("what is the difference between a ship and a boat", AnswerKind.COMPARISON),
    ],
)
def test_a_question_says_what_would_answer_it(question: str, kind: AnswerKind) -> None:
    """A date, a number or a name, wherever in the sentence the question word stands."""
    assert find_wanted_kind(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "the ferry",
        "What happened?",
        "which ship sank",
        "How do I get there?",
        "How long is the canal?",
        "how much effort did it take",
        "how much",
        "When is the ferry leaving?",
        "when are they meeting",
        "when should I go",
        "When do ferries leave?",
        "whenever they meet",
        "somewhere else",
        "Wann sank die Fähre?",
        "Quand est parti le train ?",
        "¿Cuándo salió el tren?",
        "когда это было",
    ],
)
def test_nothing_is_known_of_other_questions(question: str) -> None:
    """A condition, a reason, a way, another language: nothing is held against an answer."""
    assert find_wanted_kind(question) == NONE


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("the captain who drowned", NONE),
        ("the town where they met", NONE),
        ("Did the sailors who fled come back?", NONE),
        ("the day when it sank", NONE),
        ("In the year when the wall fell, how many people fled?", NUMBER),
        ("the man who signed it, when did he die", DATE),
        ("the ship which ran aground: who was its captain?", NAME),
        ("The people who fled, how many were there?", NUMBER),
        ("the ship which sank: who was its captain?", NAME),
    ],
)
def test_a_relative_word_asks_nothing(question: str, kind: AnswerKind) -> None:
    """After a noun, who, which, where and when belong to it; the question word comes after."""
    assert find_wanted_kind(question) == kind


def test_what_is_counted_stands_behind_how_many() -> None:
    """The two words after it, as they are typed, as far as there are any."""
    assert find_counted("So how many cargo ships sank?") == ("cargo", "ships")
    assert find_counted("HOW MANY sailors") == ("sailors",)
    assert find_counted("how many?") == ()
    assert find_counted("how much grain") == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("1999", DATE | NUMBER),
        ("2026", DATE | NUMBER),
        ("1990's", DATE | NUMBER),
        ("March", DATE),
        ("MONDAY", DATE),
        ("May", DATE),
        ("may", NONE),
        ("century", DATE),
        ("12", NUMBER),
        ("1,500", NUMBER),
        ("3.5", NUMBER),
        ("3000", NUMBER),
        ("Twelve", NUMBER),
        ("percent", NUMBER),
        ("Kyiv", NONE),
        ("ferry", NONE),
        ("", NONE),
    ],
)
def test_a_word_is_a_number_or_part_of_a_date(word: str, kind: AnswerKind) -> None:
    """Years are dates; may is a month only with a capital letter; a name is told by nothing in itself."""
    assert kind_of_word(word) == kind


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_any_text_has_a_kind(text: str) -> None:
    """Law: nothing that is typed makes it fail."""
    assert find_wanted_kind(text) in AnswerKind
    assert kind_of_word(text) in AnswerKind
    assert all(find_counted(text)) or not find_counted(text)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It left at six.", AnswerKind.DATE),
        ("It sank on 3 May.", AnswerKind.DATE),
        ("It sank because it was old.", AnswerKind.REASON),
        ("A lateen is a sail with three corners.", AnswerKind.DEFINITION),
        ("There are ferries, tugs and barges.", AnswerKind.LIST),
        ("Barges are slower than tugs.", AnswerKind.COMPARISON),
    ],
)
def test_a_sentence_tells_by_its_form(sentence: str, kind: AnswerKind) -> None:
    """A time, a reason, a definition, a list, a comparison; a plain sentence tells none of them."""
    assert kind in find_told_kinds(sentence)
    assert find_told_kinds("Herons nest there.") == NONE
