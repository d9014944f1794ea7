"""Sentence boundaries: nothing is lost, nothing is doubled, whatever the text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.sentences import split_sentences


@given(
    st.text(st.characters(codec="utf-8"))
    | st.text(st.sampled_from("aB1 .?!…。！“”‘’\"'()[]«»—\n\r\t\u00a0\u2009\u3000🚂e\u0301")),
    st.sampled_from(["en", "de", "ja", "hi", "ar", "xx", ""]),
)
@example("\n\n\n", "en")
@example("“" * 9_000, "en")
@example("Take vitamin B\u00a0. It helps.", "en")
@example("B\u3000.", "ja")
@example("I\x85.", "xx")
@example("\ud800\u200d. So it is.", "en")
def test_every_character_is_in_one_sentence(text: str, language: str) -> None:
    """Sentences ascend, do not overlap, have no blanks at the ends, and hold all that is not
    blank.
    """
    spans = split_sentences(text, language)
    before = 0
    for start, end in spans:
        assert before <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[before:start].strip()
        before = end
    assert not text[before:].strip()


@pytest.mark.parametrize(
    "sentences",
    [
        ["It left at 5 p.m. sharp.", "Nobody waved."],
        ["Dr. Roos cooked 2.5 litres.", "“Too little!” said Mr. Wray.", "Why?"],
        ["It’s gone.", "Is it?", "No!"],
        ["列车开了。", "没有人挥手！"],
        ["ASP.NET and Node.js run there.", "Use e.g. The Gimp for pictures.", "It is free."],
        ["See Fig. 3 and Tab. 2 for details.", "It costs approx. 40 euros."],
        ["Run it first (cf. Ch. IV and § 3).", "Then wait."],
        ["npm is needed. pip is not.", "Both are free."],
        ["we open at nine.", "you can come then.", "npm is free"],
        ["“Go!” she said.", "He went."],
        ["It has an engine etc.", "Then it left."],
        ["The goat — later named Timetable — stayed (so they say).", "It ate."],
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(sentences: list[str]) -> None:
    """Abbreviations, decimal points and quotation marks do not cut a sentence."""
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_number_at_the_beginning_belongs_to_the_sentence_after() -> None:
    """The number of an item is no sentence by itself."""
    text = "2. A key is needed. It is old."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "2. A key is needed.",
        "It is old.",
    ]


def test_what_holds_no_letter_belongs_to_the_sentence_before() -> None:
    """A stray mark is no sentence."""
    text = "It left. — It came. )"
    assert all(any(map(str.isalnum, text[start:end])) for start, end in split_sentences(text))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Das kostet ca. 40 Euro, z. B. am Montag.", "Siehe Abb. 3 bzw. Tab. 2."]),
        ("fr", ["Voir p. 12 et fig. 3.", "M. Dupont est là, p. ex. le lundi."]),
        ("es", ["El Sr. López pagó aprox. 40 euros.", "Véase pág. 12."]),
        ("it", ["Vedi fig. 3, ad es. Roma.", "Pag. 12 è vuota."]),
        ("pt", ["O Sr. Silva tem aprox. 40 anos.", "Ver p. ex. Lisboa."]),
        ("pl", ["Zob. rys. 3, np. Warszawa.", "To kosztuje ok. 40 zł, m.in. w Gdańsku."]),
        ("uk", ["Див. рис. 3, напр. Київ.", "Це пор. Львів."]),
        ("ru", ["См. рис. 3, напр. Москва.", "Это т.е. Тверь."]),
        ("tr", ["Bkz. Şekil 3.", "Yak. 40 ev var, örn. İzmir."]),
        ("nl", ["Zie fig. 3, bijv. Amsterdam.", "Dhr. Jansen kwam."]),
    ],
)
def test_abbreviations_of_other_languages_end_no_sentence(
    language: str, sentences: list[str]
) -> None:
    """Neither those that something always follows, nor those of numbers before a number."""
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text, language)] == sentences


class PanicException(BaseException):
    """What a library written in Rust raises."""


@pytest.mark.parametrize("error", [PanicException, KeyboardInterrupt])
def test_a_fault_of_the_library_costs_no_text(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """All of it is one sentence then; what ends the program is let through."""

    def fail(*_: str) -> None:
        raise error

    monkeypatch.setattr("sentencex.get_sentence_boundaries", fail)
    text = "Owls hunt. Mice are safe."
    if error is PanicException:
        assert split_sentences(text) == [(0, len(text))]
        return
    with pytest.raises(KeyboardInterrupt):
        split_sentences(text)


def test_empty_paragraphs_are_no_sentences() -> None:
    """Nor the blanks around them."""
    text = "A.\n\n\n\n B.\n\n \n\nC"
    assert [text[start:end] for start, end in split_sentences(text)] == ["A.", "B.", "C"]
