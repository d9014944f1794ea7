"""Sentence boundaries: nothing is lost, nothing is doubled, whatever the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.sentences import split_sentences


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"))
    | st.text(st.sampled_from("aB1 .?!…。！“”‘’\"'()[]«»—\n\r\t\u3000🚂e\u0301")),
    st.sampled_from(["en", "de", "ja", "hi", "ar", "xx", ""]),
)
@example("\n\n\n", "en")
@example("“" * 9_000, "en")
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
