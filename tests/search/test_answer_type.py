"""What kind of thing a question asks for, and what kind of thing a word is."""

import pytest
from growth import MOST_GROWTH, growth
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.tokens import fold
from bot.search.answer_type import (
    AnswerType,
    classify_question,
    classify_sentence,
    classify_word,
    find_counted_words,
)
from bot.search.question_words import QUESTION_WORDS

NONE, NUMBER, DATE, NAME = AnswerType.NONE, AnswerType.NUMBER, AnswerType.DATE, AnswerType.NAME


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
        ("Why did they leave?", AnswerType.REASON),
        ("how come it sank", AnswerType.REASON),
        ("What caused the fire?", AnswerType.REASON),
        ("what is a lateen sail", AnswerType.DEFINITION),
        ("What kinds of ships are there?", AnswerType.LIST),
        ("what is the difference between a ship and a boat", AnswerType.COMPARISON),
    ],
)
def test_a_question_says_what_would_answer_it(question: str, kind: AnswerType) -> None:
    """A date, a number or a name, wherever in the sentence the question word stands."""
    assert classify_question(question) == kind


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
    assert classify_question(question) == NONE


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
def test_a_relative_word_asks_nothing(question: str, kind: AnswerType) -> None:
    """After a noun, who, which, where and when belong to it; the question word comes after."""
    assert classify_question(question) == kind


def test_what_is_counted_stands_behind_how_many() -> None:
    """The two words after it, as they are typed, as far as there are any."""
    assert find_counted_words("So how many cargo ships sank?") == ("cargo", "ships")
    assert find_counted_words("HOW MANY sailors") == ("sailors",)
    assert find_counted_words("how many?") == ()
    assert find_counted_words("how much grain") == ()


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
def test_a_word_is_a_number_or_part_of_a_date(word: str, kind: AnswerType) -> None:
    """Years are dates; may is a month only with a capital letter; a name is told by nothing in
    itself.
    """
    assert classify_word(word) == kind


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_any_text_has_a_kind(text: str) -> None:
    """Law: nothing that is typed makes it fail."""
    assert classify_question(text) in AnswerType
    assert classify_word(text) in AnswerType
    assert all(find_counted_words(text)) or not find_counted_words(text)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Berth: North · Fee for each day: 12.50 crowns", AnswerType.NUMBER),
        ("It left at six.", AnswerType.DATE),
        ("It sank on 3 May.", AnswerType.DATE),
        ("It sank because it was old.", AnswerType.REASON),
        ("A lateen is a sail with three corners.", AnswerType.DEFINITION),
        ("There are ferries, tugs and barges.", AnswerType.LIST),
        ("Barges are slower than tugs.", AnswerType.COMPARISON),
    ],
)
def test_a_sentence_tells_by_its_form(sentence: str, kind: AnswerType) -> None:
    """A row's number, a time, a reason, a definition, a list, a comparison; a plain one none."""
    assert kind in classify_sentence(sentence)
    assert AnswerType.NUMBER not in classify_sentence("Berth 4: North · Depth: unknown")
    assert classify_sentence("Herons nest there.") == NONE


@pytest.mark.parametrize(
    ("language", "when", "how_many", "number"),
    [
        ("de", "Wann kommt der Zug", "wie viele Boote gibt es", "zwei"),
        ("fr", "Quand part le train", "combien de bateaux", "Deux"),
        ("es", "¿Cuándo sale el tren?", "cuantas barcas hay", "tres"),
        ("pt", "Quando sai o trem", "quantos barcos", "três"),
        ("it", "Quando parte il treno", "quante barche", "due"),
        ("pl", "Kiedy odjeżdża pociąg", "ile jest łodzi", "pięć"),
        ("uk", "Скажіть, коли їде потяг", "скільки човнів", "п’ять"),
        ("ru", "Когда едет поезд", "сколько лодок", "пять"),
        ("tr", "tren ne zaman kalkıyor", "kaç tekne var", "üç"),
        ("nl", "Wanneer gaat de trein", "hoeveel boten", "drie"),
    ],
)
def test_dates_and_numbers_are_asked_for_in_other_languages(
    language: str, when: str, how_many: str, number: str
) -> None:
    """Their small numbers and months are known; in English they are words."""
    assert classify_question(when, language) == AnswerType.DATE
    assert classify_question(how_many, language) == AnswerType.NUMBER
    assert classify_question(how_many) == AnswerType.NONE
    assert classify_word(number, language) == AnswerType.NUMBER
    assert classify_word(number) == AnswerType.NONE


def test_each_date_and_number_of_other_languages_can_match() -> None:
    """They stand there folded."""
    for language, (_, _, dates, numbers) in QUESTION_WORDS.items():
        assert all(fold(word) == word for word in dates | numbers), language


def test_many_question_words_are_read_once() -> None:
    """Of each, only what stands in front of it says whether it asks."""
    assert growth(lambda times: classify_question("list " + "when " * times), 3_200) < MOST_GROWTH
    assert classify_question("list " + "when " * 100) is NONE
