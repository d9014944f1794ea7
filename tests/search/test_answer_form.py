"""Which form a question asks for, and which forms a sentence has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.tokens import fold
from bot.search.answer_form import AnswerForm, classify_form, has_form
from bot.search.question_words import FORM_QUESTIONS, QUESTION_WORDS

NOBODY: frozenset[str] = frozenset()
LONG = AnswerForm.DURATION | AnswerForm.MEASURE


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("where did they meet", AnswerForm.PLACE),
        ("which city is it in", AnswerForm.PLACE),
        ("who signed it", AnswerForm.PERSON),
        ("How long does it take?", LONG),
        ("how far is the lighthouse", LONG),
        ("how much time do i have", AnswerForm.DURATION),
        ("how big is it", AnswerForm.MEASURE),
        ("what is the height of the tower", AnswerForm.MEASURE),
        ("how often do they meet", AnswerForm.FREQUENCY),
        ("how many times was it extended", AnswerForm.FREQUENCY),
        ("which language is it in", AnswerForm.LANGUAGE),
        ("what colour is the door", AnswerForm.COLOUR),
        ("how much is a ticket", AnswerForm.MONEY),
        ("how much did the salvors earn", AnswerForm.MONEY),
        ("how much does it weigh", AnswerForm.MEASURE),
        ("when was the captain born", AnswerForm.BIRTH),
        ("where was she born", AnswerForm.BIRTH),
        ("replacement card cost?", AnswerForm.MONEY),
        ("how old is she", AnswerForm.AGE),
        ("what percentage voted", AnswerForm.PERCENT),
        ("phone number of the desk", AnswerForm.CONTACT),
        ("opening hours", AnswerForm.HOURS),
        ("what time does it open", AnswerForm.HOURS),
    ],
)
def test_a_question_says_which_form(question: str, form: AnswerForm) -> None:
    """By its question word and the words behind it, or by a noun alone."""
    assert classify_form(question) == form


@pytest.mark.parametrize(
    "question",
    [
        "",
        "what happened",
        "why is it so expensive to cost",
        "how did the price fall",
        "oil price effect",
        "how much effort did it take",
        "the town where they met",
        "did the captain who drowned speak",
        "how many ships sank",
        "how much did the price grow",
        "by how much did they lead",
        "when was the ship built",
        "which shops sold it under its price",
    ],
)
def test_other_questions_say_none(question: str) -> None:
    """A reason, a way, a relative word: nothing is held against an answer."""
    assert classify_form(question) == AnswerForm.NONE


@pytest.mark.parametrize(
    ("form", "sentence", "another"),
    [
        (AnswerForm.PLACE, "They met in Odesa.", "They met again."),
        (AnswerForm.PLACE, "Ask at the desk.", "Ask in May."),
        (AnswerForm.PERSON, "It was signed by Guterres.", "It was signed on Monday."),
        (AnswerForm.PERSON, "The captain signed.", "It was signed."),
        (AnswerForm.DURATION, "It took six days.", "It took a lot."),
        (AnswerForm.DURATION, "Er dauert 3 Tage.", "Er dauert."),
        (AnswerForm.DURATION, "It takes a day.", "It is held once a day."),
        (AnswerForm.DURATION, "It was known in seconds.", "It irons 900 sheets an hour."),
        (AnswerForm.DURATION, "It runs twice a day for a week.", "It costs €14.20 a day."),
        (AnswerForm.DURATION, "It has stood since the 1950s.", "It stood in the 1950s."),
        (AnswerForm.MONEY, "A3 · 25p · 85p", "A3 · 25 · 85"),
        (AnswerForm.BIRTH, "Ann, born in Odesa, came.", "Ann came from Odesa in 1990."),
        (AnswerForm.BIRTH, "John Orrin (1919–1980) wrote it.", "John Orrin wrote it in 1980."),
        (AnswerForm.MEASURE, "It is about 400 metres long.", "It is very long."),
        (AnswerForm.FREQUENCY, "They meet every Tuesday.", "They met on Tuesday."),
        (AnswerForm.LANGUAGE, "It is in Welsh.", "It is in print."),
        (AnswerForm.COLOUR, "The door is dark green.", "The door is locked."),
        (AnswerForm.MONEY, "A card costs £2.50.", "A card costs a lot."),
        (AnswerForm.MONEY, "Entry is free.", "Entry is open."),
        (AnswerForm.AGE, "She is 43 years old.", "She is young."),
        (AnswerForm.PERCENT, "About 6% of it was maize.", "It was maize."),
        (AnswerForm.CONTACT, "Write to desk@oak.example.", "Write to the desk."),
        (AnswerForm.CONTACT, "Ring 0555 014 2230.", "Ring the bell."),
        (AnswerForm.HOURS, "It opens at 9:30.", "It opens early."),
    ],
)
def test_a_sentence_has_a_form_or_lacks_it(form: AnswerForm, sentence: str, another: str) -> None:
    """Numbers with units, names behind prepositions, and words of a closed class."""
    assert has_form(sentence, form, NOBODY)
    assert not has_form(another, form, NOBODY)


def test_one_of_several_forms_is_enough() -> None:
    """A length and a time both answer "how long"."""
    assert has_form("It is 59 metres wide.", LONG, NOBODY)
    assert has_form("It took six days.", LONG, NOBODY)
    assert not has_form("It took long.", AnswerForm.NONE, NOBODY)


def test_what_the_question_names_is_no_answer_to_it() -> None:
    """Neither a name nor a role nor a place."""
    asked = frozenset({"putin", "president", "odesa", "port"})
    assert not has_form("The Putin talks.", AnswerForm.PERSON, asked)
    assert not has_form("The president spoke.", AnswerForm.PERSON, asked)
    assert has_form("The president met Macron.", AnswerForm.PERSON, asked)
    assert not has_form("It lay in Odesa.", AnswerForm.PLACE, asked)
    assert not has_form("It left the port.", AnswerForm.PLACE, asked)
    assert has_form("It lay in Varna.", AnswerForm.PLACE, asked)


@pytest.mark.parametrize(
    ("language", "where", "who", "how_long", "how_much"),
    [
        ("de", "Wo liegt es", "Wer kam", "Wie lange dauert es", "Was kostet es"),
        ("fr", "où est-ce", "qui est venu", "combien de temps", "combien coûte un billet"),
        ("es", "¿Dónde está?", "¿quién vino?", "¿cuánto tiempo dura?", "cuanto cuesta"),
        ("pt", "onde fica", "quem veio", "quanto tempo leva", "quanto custa"),
        ("it", "dove si trova", "chi è venuto", "quanto dura", "quanto costa"),
        ("pl", "gdzie to jest", "kto przyszedł", "jak długo trwa", "ile kosztuje"),
        ("uk", "де це", "хто прийшов", "скільки часу", "скільки коштує"),
        ("ru", "где это", "кто пришёл", "сколько времени", "сколько стоит"),
        ("tr", "bu nerede", "kim geldi", "ne kadar sürer", "kaç para"),
        ("nl", "waar is het", "wie kwam", "hoe lang duurt het", "wat kost het"),
    ],
)
def test_other_languages_ask_for_forms(
    language: str, where: str, who: str, how_long: str, how_much: str
) -> None:
    """As far as their question words are known."""
    assert classify_form(where, language) == AnswerForm.PLACE
    assert classify_form(who, language) == AnswerForm.PERSON
    assert AnswerForm.DURATION in classify_form(how_long, language)
    assert classify_form(how_much, language) == AnswerForm.MONEY


def test_each_language_has_forms_by_their_names() -> None:
    """Those of whose dates something is known, and no form that there is not."""
    assert FORM_QUESTIONS.keys() == QUESTION_WORDS.keys()
    for patterns in FORM_QUESTIONS.values():
        assert all(name in AnswerForm.__members__ for name, _ in patterns)


@given(st.text(st.characters(codec=None, exclude_categories=[])), st.sampled_from(AnswerForm))
def test_any_text_can_be_asked(text: str, form: AnswerForm) -> None:
    """Law: nothing that is typed makes it fail."""
    assert classify_form(text) in AnswerForm(sum(AnswerForm))
    assert has_form(text, form, frozenset([fold(text)])) in (True, False)
