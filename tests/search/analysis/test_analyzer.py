"""Text into terms: what is taken for the same word, and what for none."""

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.tokens import fold, tokenize

# Without a thesaurus, whose phrases are terms too (test_synonyms).
ENGLISH = Analyzer("en", ())
LANGUAGES = [
    Analyzer(language, ())
    for language in ("en", "de", "fr", "ru", "tr", "ar", "hi", "el", "th", "ja", "xx")
]

# Lone surrogates and unassigned code points as well.
any_text = st.text(st.characters(codec=None, exclude_categories=[]), max_size=60)
# The capital of ŉ, which Unicode deprecates, begins with an apostrophe.
written_text = st.text(
    st.characters(categories=["L", "Nd", "P", "Zs"], exclude_characters="ŉ"), max_size=60
)


@pytest.mark.parametrize("apostrophe", list("'’‘‛ʼʻ`´′＇"))
def test_an_apostrophe_of_any_shape_is_one(apostrophe: str) -> None:
    """Whatever key or program made the apostrophe, the word is the same."""
    assert ENGLISH.analyze(f"O{apostrophe}Brien") == ["obrien"]
    assert ENGLISH.analyze(f"Kyiv{apostrophe}s ports") == ENGLISH.analyze("Kyiv ports")
    assert ENGLISH.analyze(f"I don{apostrophe}t and can{apostrophe}t") == []


@pytest.mark.parametrize(
    "text",
    ["Putin's", "PUTIN'S", "Putin’s", "Putinʼs", "Putin", "putin"],
)
def test_a_possessive_ending_does_not_count(text: str) -> None:
    """Whose it is said to be, it is the same word."""
    assert ENGLISH.analyze(text) == ["putin"]
    assert fold(text) == "putin"


def test_the_possessive_of_a_plural_is_the_plural() -> None:
    """An apostrophe after the s belongs to no word."""
    assert ENGLISH.analyze("the soldiers' families") == ENGLISH.analyze("soldiers families")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Negotiations", "NEGOTIATIONS"),
        ("café", "cafe"),
        ("Café", "cafe\u0301"),
        ("Dolmabahçe", "dolmabahce"),
        ("Erdoğan", "Erdogan"),
        ("İstanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ålborg", "Alborg"),
        ("Øresund", "oresund"),
        ("encyclopædia", "encyclopaedia"),
        ("ﬁnance", "finance"),
        ("oﬃce", "office"),
        ("ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("Одеса", "ОДЕСА"),
    ],
)
def test_case_accents_and_ligatures_do_not_count(one: str, other: str) -> None:
    """The same word typed on another keyboard, or in capitals, is the same term."""
    assert ENGLISH.analyze(one) == ENGLISH.analyze(other)
    assert len(ENGLISH.analyze(one)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "US",
        "U.S.",
        "U.S",
        "u.s.",
        "USA",
        "usa",
        "U.S.A.",
        "u.s.a.",
        "U.S.A",
        "US's",
        "U.S.'s",
        "U.S.’s",
    ],
)
def test_the_united_states_have_one_term(text: str) -> None:
    """However the country is abbreviated, it is the same."""
    assert ENGLISH.analyze(f"the {text} position") == ["usa", *ENGLISH.analyze("position")]


def test_us_in_small_letters_is_a_pronoun() -> None:
    """Nobody who writes "tell us" asks for the country."""
    assert ENGLISH.analyze("tell us") == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("1,000", ["1000"]),
        ("1000", ["1000"]),
        ("1'000", ["1000"]),
        ("14,000,000", ["14000000"]),
        ("1,000.", ["1000"]),
        ("3.5", ["3.5"]),
        ("1,000.50", ["1000.50"]),
        ("35", ["35"]),
        ("in 2014, 2015", ["2014", "2015"]),
        ("24.02.2022", ["24.02.2022"]),
        ("1990's", ["1990"]),
    ],
)
def test_separators_within_a_number_do_not_count(text: str, terms: list[str]) -> None:
    """A comma that parts thousands is left out; a point stays, so that 3.5 is not 35."""
    assert ENGLISH.analyze(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "What is it about, and why would they?",
        "I'm, you're, he'd, we'll, they've, isn't",
        "THE OF AND",
        "It’s what’s there",
        "",
        "?! … — 🙂",
        "\x00\x01\x1f\x7f",
        "\ud800\udfff",
        "_ __",
    ],
)
def test_stop_words_and_signs_have_no_term(text: str) -> None:
    """What every text holds tells none from another."""
    assert ENGLISH.analyze(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "negotiate negotiations negotiated negotiating Negotiation's",
        "talk talks talked talking",
        "attack attacks attacked attacking",
        "port ports port's",
    ],
)
def test_forms_of_a_word_have_one_term(text: str) -> None:
    """English words are compared by their stems."""
    assert len(ENGLISH.analyze(text)) == len(text.split())
    assert len(set(ENGLISH.analyze(text))) == 1


def test_every_language_has_its_stems() -> None:
    """German is stemmed as German and has its own stop words; a language without a stemmer keeps its
    words whole.
    """
    german, unknown = Analyzer("de", ()), Analyzer("xx", ())
    assert german.term("Verhandlungen") == german.term("Verhandlung")
    assert german.term("der") == ""
    assert ENGLISH.term("der") == "der"
    assert unknown.term("Verhandlungen") == "verhandlungen"
    assert unknown.analyze("The talks") == ["the", "talks"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Straße", "strasse", "Straßen"]),
        ("de", ["Häuser", "Haeuser", "hausern", "Haus"]),
        ("fr", ["eau", "l'eau", "L’eau", "d'eau", "eaux"]),
        ("it", ["acqua", "l'acqua", "dell’acqua"]),
        ("es", ["inscripción", "inscripcion", "inscripciones"]),
        ("pt", ["reunião", "reuniao", "reuniões", "reunioes"]),
        ("tr", ["İSTANBUL", "istanbul", "İstanbul"]),
        ("tr", ["anahtar", "ANAHTARI", "anahtarlar", "anahtarları", "anahtarlari"]),
        ("uk", ["обʼєкт", "об'єкт", "об’єкти", "Об’єктом"]),
        ("ru", ["ёлка", "елка", "ёлки"]),
        ("ru", ["лодка", "лодок", "лодками"]),
        ("ru", ["новый", "новая", "нового"]),
        ("pl", ["łódź", "lodz", "łodzi", "łodzie"]),
        ("nl", ["boot", "boten", "BOOT"]),
    ],
)
def test_a_word_has_one_term_however_people_type_it(language: str, words: list[str]) -> None:
    """Accents left out, umlauts as two letters, elisions, dotted and dotless i, apostrophes, inflections."""
    assert len({Analyzer(language, ()).term(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("language", "question", "left"),
    [
        ("de", "Was ist das, und wo bitte?", ["bitt"]),
        ("fr", "C'est quoi, qu'est-ce que c’est et où est-il ?", []),
        ("es", "¿Qué es y dónde está?", []),
        ("pt", "O que é isso e onde está?", []),
        ("it", "Che cos'è e dov’è?", []),
        ("pl", "Co to jest i gdzie?", []),
        ("uk", "Що це таке і де воно?", []),
        ("ru", "Что это такое и где оно?", []),
        ("tr", "Bu nedir ve nerede?", []),
        ("nl", "Wat is dat en waar?", []),
    ],
)
def test_what_frames_a_question_is_left_out(language: str, question: str, left: list[str]) -> None:
    """Only what people may ask for is a term."""
    terms = Analyzer(language, ())
    assert terms.analyze(question) == left
    assert terms.frame_terms.issuperset(left)


def test_terms_stand_in_the_order_of_the_text_and_repeat() -> None:
    """Nothing is sorted or left out but stop words."""
    assert ENGLISH.analyze("Kyiv and Moscow, Moscow and Kyiv") == [
        "kyiv",
        "moscow",
        "moscow",
        "kyiv",
    ]


@given(any_text, st.sampled_from(LANGUAGES))
@example("\ufdfa \u037aabc", ENGLISH)
def test_any_text_has_terms(text: str, terms: Analyzer) -> None:
    """Law: no text fails; no term is empty, holds a blank or a capital letter, or is other the next
    time.
    """
    found = terms.analyze(text)
    assert all(found)
    assert not any(character.isspace() for term in found for character in term)
    assert found == terms.analyze(text) == Analyzer(terms.language, ()).analyze(text)


@given(any_text, st.sampled_from(LANGUAGES))
def test_words_have_the_terms_of_their_text(text: str, terms: Analyzer) -> None:
    """Law: it is all one whether a text is analysed or its words, and whether these have other
    things between them, unless words stand for more than themselves (compound names).
    """
    words = tokenize(text)
    assert terms.analyze_words(words) == terms.analyze(text)
    if all(tokenize(word) == [word] for word in words):
        assert terms.analyze(" ".join(words)) == terms.analyze(text)


@given(written_text, st.sampled_from(LANGUAGES))
def test_capitals_change_nothing(text: str, terms: Analyzer) -> None:
    """Law: a text in capitals has the terms of the same text in small letters (but for US, the
    country, and letters that become two, which initials have not).
    """
    assume("us" not in map(fold, tokenize(text)))
    assume(len(text.upper()) == len(text))
    assert terms.analyze(text.upper()) == terms.analyze(text.lower())


@given(
    st.text(
        st.characters(categories=["L", "M", "Nd", "P", "Zs"], max_codepoint=0x30FF), max_size=60
    )
)
@example("がくぽ Elysée É.U. שׁלום")
def test_composed_and_decomposed_text_have_the_same_terms(text: str) -> None:
    """Law: it does not count whether a program writes é as one character or as two."""
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert ENGLISH.analyze(composed) == ENGLISH.analyze(decomposed)


@given(any_text, any_text)
@settings(deadline=None)
def test_texts_are_read_one_by_one(one: str, other: str) -> None:
    """Law: the terms of two texts with a line between them are those of the first, then those of
    the second.
    """
    assert ENGLISH.analyze(f"{one}\n{other}") == ENGLISH.analyze(one) + ENGLISH.analyze(other)


def test_what_is_founded_is_not_found() -> None:
    """The one is established, the other discovered."""
    terms = Analyzer()
    (founded,), (founding,), (found,), (finds,) = map(
        terms.analyze, ("founded", "founding", "found", "finds")
    )
    assert founded == founding != found == finds
    assert "establish" in terms.synonyms(founded)
