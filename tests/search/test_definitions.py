"""Sentences that say what something is, and questions that ask it."""

import pytest
from growth import MOST_GROWTH, growth

from bot.search.analysis.tokens import tokenize
from bot.search.definition_question import PossibleTerm, find_definition
from bot.search.definitions import find_definitions
from bot.search.noun_phrases import NO_SENTENCE, find_subject, read_sentence
from bot.search.terms_in_text import stands_as_term


def defined_by(sentence: str, language: str = "en") -> set[str]:
    """Give the words that a sentence defines."""
    words = read_sentence(sentence) if language == "en" else NO_SENTENCE
    phrases = find_definitions(sentence, words, find_subject(words.tokens), language)
    return {word.strip(".,") for phrase in phrases for word in phrase.split()}


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("Feta", "Feta is a cheese of sheep's milk."),
        ("tenants", "The tenants are the people who live there."),
        ("Orr", "Jane Orr, the chair of the club, said no."),
        ("Orr", "The talks were led by Jane Orr, a former judge."),
        ("Orr", "The club's present chair, Jane Orr, said no."),
        ("Orr", "Lord Lisk's great-granddaughter, Jane Orr, sold it."),
        ("Orr", "They wrote to a teacher from Hull, Jane Orr."),
        ("couchette", "In a couchette, a bunk without a mattress, six people sleep."),
        ("Orr", "They met Jane Orr, who was a judge."),
        ("Lisk", "They moved to Lisk, which is a port on the Vaal."),
        ("Orr", "His partner, the ironmonger Jane Orr, paid."),
        ("heat", "What counts is the flow heat, meaning the heat of the water."),
        ("dating", "She used dating (the counting of rings) to prove it."),
        ("firn", "The hut stood in the firn, which is old snow."),
        ("Orr", "It was given to Inspector Jane Orr."),
        ("Mitchell", "It was left to mediator George Mitchell to decide."),
        ("minister", "Transport minister Oskar Lund signed it."),
        ("TEU", "It carries 20,000 twenty-foot equivalent units (TEU)."),
        ("equivalent", "It carries 20,000 twenty-foot equivalent units (TEU)."),
        ("EPC", "The EPC (energy performance certificate) is needed."),
        ("energy", "The EPC (energy performance certificate) is needed."),
        ("EPC", "EPC stands for energy performance certificate."),
        ("diet", "A saving that staff called the diet."),
        ("quarter", "Extra time, known as the long quarter, is short."),
        ("Deposit", "Deposit: a sum that is held as security."),
        ("IRA", "The republican paramilitaries were the IRA."),
        ("Motown", "They sold it to Motown, a record label."),
        ("Orr", "They met Jane Orr, the development director of Lisk."),
        ("Orr", "They met Jane Orr, the day's hero."),
        ("Advent", "It is open in Advent, the season of waiting."),
        ("Orr", "They met Jane Orr, deputy mayor of Lisk."),
        ("Orr", "They met Jane Orr, manager."),
        ("Orr", "In a letter to Jane Orr, the mayor of Lisk, the thief said sorry."),
        ("Orr", "They met Jane Orr, the chair and founder of the club."),
        ("Orr", "Jane Orr, a judge and a mother, resigned."),
        ("Orr", "Jane Orr, the Minister of Health and Sport, resigned."),
        ("Orr", "It was led by Jane Orr, a former banker and the first woman there."),
        ("Orr", "They met Jane Orr, a teacher and the mayor of Lisk."),
        ("foehn", "In winter, the foehn, a warm wind, melts the snow."),
        ("Orr", "Jane Orr, mayor of Lisk and Vaal, refused."),
        ("Orr", "They met Ada Ines Maria Jane Orr, mayor of Lisk."),
        ("lien", "A lien, sometimes called a charge, was filed."),
        ("EPC", "EPC refers to the energy performance of a house."),
        ("mordant", "The term mordant refers to a salt."),
        ("mordant", "A mordant denotes a salt."),
        ("crew", "A crew consists of nine members."),
    ],
)
def test_a_definition_is_told_by_its_form(term: str, sentence: str) -> None:
    """Copulas, appositions, titles, brackets, names that are given, and glossaries."""
    assert term in defined_by(sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("Orr", "They met Orr in June."),
        ("Orr", "Lisk described Orr as late."),
        ("tenants", "The tenants pay the rent."),
        ("steps", "The order of the steps was the main dispute."),
        ("ferry", "The ferry is late."),
        ("2019", "They met Orr (2019)."),
        ("Orr", "In the harbour, Jane Orr, 54, waited."),
        ("Lisk", "They took money from the Lisk Foundation, a fact that papers repeat."),
        ("Lisk", "They met in Lisk, the first visit since May."),
        ("Lisk", "They met in Lisk, the week before the vote."),
        ("Orr", "They praised Jane Orr, a rare honour."),
        ("Orr", "They blamed Jane Orr, a move he regretted."),
        ("Orr", "They blamed Jane Orr, a move criticised by all."),
        ("Lisk", "In Lisk, president of the club Orr spoke."),
        ("Lisk", "They met the mayor of Lisk."),
        ("Orr", "Orr stands accused of fraud."),
        ("Orr", "Orr refers the case to the court."),
        ("chair", "The chair stands against the wall."),
        ("Lisk", "They moved to Lisk, which was a costly mistake."),
        ("Orr", "They met the younger Jane Orr."),
        ("heat", "A low flow heat means that more water is moved."),
        ("brake", "There is a brake on the wheel."),
        ("Lisk", "The owners, Jane Orr and Tom Lisk agree, were late."),
        ("Orr", "In a letter to Jane Orr, the thief said sorry."),
        ("Lisk", "In Lisk, a week later, they met again."),
        ("Pawns", "They met the Bishop's Pawns."),
        ("Hall", "They slept in Lisk Hall, the Odeon and a school in Vaal."),
        ("Medal", "She has the Lisk Medal, the Order of the Vaal and, since May, a pension."),
        ("Lisk", "Jane Orr, the leader of Lisk council, called the delay a flood."),
    ],
)
def test_a_mention_is_no_definition(term: str, sentence: str) -> None:
    """A sentence about something need not say what it is."""
    assert term not in defined_by(sentence)


@pytest.mark.parametrize("ending", [" (", ", the port", ", or port", ": a port"])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "repeated",
    [
        "a",
        "A",
        "Orr-",
        "Orr ",
        "a ",
        "the a, ",
        "Orr, the time ",
        ", der A",
        "A, die B ",
        "a and the ",
    ],
)
def test_a_long_sentence_is_read_in_linear_time(repeated: str, language: str, ending: str) -> None:
    """Files of others may hold a word of any length."""
    grown = growth(lambda size: defined_by(repeated * size + ending, language), 3_200)
    assert grown < MOST_GROWTH


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Ein Pfand ist eine Summe."),
        ("fr", "Le Pfand est une somme."),
        ("es", "El Pfand es una suma."),
        ("it", "Il Pfand è una somma."),
        ("pl", "Pfand to kwota."),
        ("uk", "Pfand — це сума."),
        ("ru", "Pfand — это сумма."),
        ("nl", "Pfand is een bedrag."),
    ],
)
def test_other_languages_have_their_copulas(language: str, sentence: str) -> None:
    """And the signs that are the same in all."""
    assert "Pfand" in defined_by(sentence, language)
    assert "ABC" in defined_by("Foo bar cup (ABC) foo.", language)


@pytest.mark.parametrize(
    ("sentence", "is_definition"),
    [
        ("Jana Orr, die Bürgermeisterin von Lisk, lehnte ab.", True),
        ("Sie traf Jana Orr, eine Richterin.", True),
        ("Sie half Jana Orr, dem jüngsten Mitglied.", True),
        ("Sie kam mit Jana Orr, der Bürgermeisterin von Lisk.", True),
        ("Sie kam mit Jan Orr, dem Sprecher.", True),
        ("Sie kam mit Jana Orr, der Tochter des Bürgermeisters.", True),
        ("Sie fuhr nach Orr, der größten Insel Deutschlands.", True),
        ("Die Musik kommt von Orr, der Kuchen von Lisk.", False),
        ("Das Brot kommt von Orr, die Butter von Lisk.", False),
        ("Sie schrieb an Jana Orr, die aber schwieg.", False),
        ("Sie schrieb an Jana Orr, die das Amt leitet.", False),
        ("Sie schrieb an Jana Orr, die viele Freunde in Lisk hatte.", False),
        ("Das Haus von Orr, das Lisk gehört, brannte.", False),
    ],
)
def test_a_german_relative_clause_is_no_apposition(sentence: str, *, is_definition: bool) -> None:
    """It begins with the same words, but ends in its verb."""
    assert ("Orr" in defined_by(sentence, "de")) == is_definition


CAUSE = ("cause", "of", "the", "fire")


def asked(question: str, language: str = "en") -> str:
    """Give what a question asks the meaning of."""
    found = find_definition(question, tokenize(question), language, str.istitle)
    return " ".join(found.words)


@pytest.mark.parametrize(
    "question",
    [
        "who is orr",
        "who's orr?",
        "whos orr",
        "orr?",
        "orr = ?",
        "orr - who was he",
        "orr, who's that",
        "what is an orr",
        "hey can you tell me what an orr is",
        "whats an orr again",
        "define orr",
        "orr meaning",
        "the meaning of orr",
        "what does orr mean",
        "what does orr stand for?",
    ],
)
def test_a_question_for_a_definition_is_told_by_its_form(question: str) -> None:
    """As people type them, with little else around."""
    assert asked(question) == "orr"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "wer ist orr"),
        ("de", "was ist ein orr"),
        ("fr", "qui est orr"),
        ("fr", "c'est quoi un orr"),
        ("fr", "qu'est-ce qu'un orr"),
        ("es", "qué es un orr"),
        ("es", "quien es orr"),
        ("pt", "o que é um orr"),
        ("it", "cos'è un orr"),
        ("pl", "co to jest orr"),
        ("pl", "kim jest orr"),
        ("uk", "що таке orr"),
        ("uk", "хто такий orr"),
        ("ru", "что такое orr"),
        ("ru", "кто такой orr"),
        ("tr", "orr nedir"),
        ("tr", "orr kimdir"),
        ("nl", "wat is een orr"),
        ("nl", "wie is orr"),
        ("de", "und wer ist orr"),
        ("de", "kannst du mir sagen wer orr ist"),
        ("de", "aber orr?"),
        ("fr", "dis-moi qui est orr"),
        ("fr", "qu'est-ce que le orr"),
        ("pt", "diga-me quem é orr"),
        ("tr", "peki orr kimdir"),
        ("tr", "orr ne demek lütfen"),
        ("nl", "weet je wie orr is"),
        ("fr", "tu peux me dire qui est orr"),
        ("es", "y quién es orr"),
        ("ru", "а кто такой orr"),
        ("de", "what is orr"),
    ],
)
def test_other_languages_ask_too(language: str, question: str) -> None:
    """Each by its own words."""
    assert asked(question, language) == "orr"


@pytest.mark.parametrize(
    "question",
    [
        "orr",
        "what is orr's position",
        "what is the price of eggs",
        "what is going on",
        "what is it about",
        "who did orr meet",
        "what are they saying",
        "who is mediating",
        "what was agreed",
        "what's stopping them",
        "orr vs lisk",
        "what is the difference between orr and lisk",
        "",
        "?",
    ],
)
def test_other_questions_ask_for_no_definition(question: str) -> None:
    """Words alone are looked for; what somebody has or does is no term."""
    assert asked(question) == ""


@pytest.mark.parametrize(
    ("question", "possible"),
    [
        ("who is tom read", PossibleTerm(("tom", "read"), is_name=False)),
        ("who was theresa may again", PossibleTerm(("theresa", "may"), is_name=True)),
        ("what is the lend and mend", PossibleTerm(("lend", "and", "mend"), is_name=True)),
        ("who are the bishop's pawns", PossibleTerm(("bishop", "pawns"), is_name=True)),
        ("what was the cause of the fire", PossibleTerm(CAUSE, is_name=True)),
        ("feather hold?", PossibleTerm(("feather", "hold"), is_name=False)),
        ("what does feather hold mean", PossibleTerm(("feather", "hold"), is_name=False)),
        ("where is tom read", None),
        ("what is the first of the new agreement about", None),
    ],
)
def test_what_looks_like_a_clause_may_be_a_term(
    question: str, possible: PossibleTerm | None
) -> None:
    """That is left to the articles: names are made of any words."""
    found = find_definition(question, tokenize(question), "en", str.istitle)
    assert not found.words
    assert found.possible == possible


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("tom read", "They wrote to Tom Read."),
        ("tom read", "Tom Read"),
        ("theresa may", "Theresa May has left."),
        ("lend and mend", "They work for Lend and Mend."),
        ("stadt am strom", "Sie bekamen Geld von Stadt am Strom."),
        ("may", "They met Tom May in Lisk."),
        ("feather hold", "They learn the feather hold."),
        ("stand easy", "It is the hall of STAND EASY."),
    ],
)
def test_a_term_is_written_as_a_name_or_has_an_article(term: str, sentence: str) -> None:
    """Whatever its words mean elsewhere."""
    assert stands_as_term(PossibleTerm(tuple(term.split()), is_name=False), [sentence])


@pytest.mark.parametrize(
    ("language", "question"),
    [("de", "wie alt orr ist"), ("de", "wo orr ist"), ("nl", "hoe oud orr is")],
)
def test_other_languages_ask_other_things(language: str, question: str) -> None:
    """A verb at the end alone asks for no definition."""
    assert asked(question, language) == ""


def test_small_words_are_a_term_only_in_a_name() -> None:
    """An article stands before anything: "the cause of the fire" is none."""
    term = PossibleTerm(("lend", "and", "mend"), is_name=True)
    assert stands_as_term(term, ["They work for the Lend and Mend."])
    assert not stands_as_term(term, ["They know the lend and mend."])


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("tom read", "Tom read the letter."),
        ("putin want", "What Putin wants is unclear."),
        ("orr want", "What Orr and Lisk want is unclear."),
        ("may", "May they meet?"),
        ("next", "The next step is unclear."),
        ("in charge", "The one in charge is Orr."),
        ("in lisk", "It lies in Lisk."),
        ("lend and mend", "They lend and mend."),
        ("orr would sell", "Orr would Sell."),
        ("tom read", "Tom."),
        ("new", "They live in New York."),
        ("us", "They live in the US."),
    ],
)
def test_a_clause_is_no_term(term: str, sentence: str) -> None:
    """Verbs are small, and what is described by one word has no name."""
    assert not stands_as_term(PossibleTerm(tuple(term.split()), is_name=False), [sentence])


@pytest.mark.parametrize("state", ["wrong", "next", "new"])
def test_how_something_is_has_no_meaning(state: str) -> None:
    """It may be told by other words, unless it is a name or has an article."""
    assert asked(f"what is {state}") == ""
    assert asked(f"what is {state.title()}") == state.title()
    assert asked(f"what is a {state}") == state


def test_what_people_do_may_be_a_thing() -> None:
    """A single word in -ing, or any noun with its article."""
    assert asked("what is phishing") == "phishing"
    assert asked("what is a claim") == "claim"


def test_a_full_name_alone_asks_who_that_is() -> None:
    """A word beside a name is looked for, and so is one name alone, of which there may be many."""
    assert asked("Jane Orr") == "Jane Orr"
    assert asked("Orr sister") == ""
    assert asked("Orr") == ""


@pytest.mark.parametrize(
    ("question", "is_general"),
    [
        ("who is orr", True),
        ("what is a teu", True),
        ("what is the Lisk fund", False),
        ("what is the Lisk Fund", True),
        ("what is the price", False),
        ("refund?", False),
    ],
)
def test_the_price_may_be_told_by_another_word(question: str, *, is_general: bool) -> None:
    """What is asked for in general is told only by its own name, and so is a name."""
    found = find_definition(question, tokenize(question), "en", lambda word: word == "Fund")
    assert found.words
    assert found.is_general == is_general
