"""A text into words: what is one word, and what is left out of it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.analysis.tokens import TokenizedText, fold, tokenize


@pytest.mark.parametrize(
    "text",
    [
        "'peace'",
        "‘peace’",
        "‛peace’",
        "ʼpeaceʼ",
        "ʻpeaceʻ",
        "`peace`",
        "´peace´",
        "''peace''",
        "peace'",
        "peace’",
    ],
)
def test_a_quotation_mark_is_no_part_of_the_word(text: str) -> None:
    """An apostrophe at the edge of a word is a quotation mark."""
    assert tokenize(text) == ["peace"]


@pytest.mark.parametrize("invisible", list("\u00ad\u034f\u200b\u200c\u200d\u200e\u2060\ufeff"))
def test_invisible_characters_do_not_part_a_word(invisible: str) -> None:
    """Soft hyphens, zero-width characters and the like stand in pasted text and are seen by
    nobody.
    """
    assert tokenize(f"nego{invisible}tia{invisible}tions") == ["negotiations"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("e.g. this", ["e.g.", "this"]),
        ("at 10 p.m. today", ["at", "10", "p.m.", "today"]),
        ("the U.S.-led talks", ["the", "U.S.", "led", "talks"]),
        ("С.Ш.А. и", ["С.Ш.А.", "и"]),
        ("plan B. A ship", ["plan", "B", "A", "ship"]),
        ("J.R.R.Tolkien", ["J.R.R.", "Tolkien"]),
        ("see t.co now", ["see", "t", "co", "now"]),
    ],
)
def test_initials_are_one_word(text: str, words: list[str]) -> None:
    """Letters with a full stop after each belong together; a sentence that ends with a letter does
    not.
    """
    assert tokenize(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("和平谈判", ["和平", "平谈", "谈判"]),
        ("水", ["水"]),
        ("和平", ["和平"]),
        ("人々は", ["人々", "々は"]),
        ("2022年の会談OK", ["2022", "年の", "の会", "会談", "OK"]),
        ("สงคราม", ["สง", "งค", "คร", "รา", "าม"]),
    ],
)
def test_scripts_without_blanks_become_pairs(text: str, words: list[str]) -> None:
    """Where no blank parts the words, every two neighbours are compared."""
    assert tokenize(text) == words


@pytest.mark.parametrize(
    "text", ["हिन्दी भाषा", "שָׁלוֹם עֲלֵיכֶם", "سَلَامٌ عَلَيْكُمْ", "தமிழ் மொழி", "Việt Nam"]
)
def test_marks_belong_to_the_letter_before_them(text: str) -> None:
    """Vowel signs and points do not part a word, in whatever script, composed or not."""
    assert tokenize(text) == text.split()
    assert len(tokenize(unicodedata.normalize("NFD", text))) == 2


def test_words_are_given_as_they_stand() -> None:
    """Case, accents and apostrophes of the found words are the text's own."""
    assert tokenize("Guterres, António: “Ukraine’s self-defence”") == [
        "Guterres", "António", "Ukraine’s", "self", "defence",
    ]  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cf", "Cn"], exclude_characters="\u034f")))
@settings(deadline=None)
def test_words_stand_in_the_text(text: str) -> None:
    """Law: what is found in a text without invisible characters stands in it, to the letter."""
    assert all(word in text for word in tokenize(text))


@given(st.text())
@settings(deadline=None)
def test_a_text_is_held_with_its_words(text: str) -> None:
    """Law: the words are those of the text, and each stands beside its folded form."""
    tokenized = TokenizedText.tokenize(text)
    assert tokenized.text == text
    assert list(tokenized.tokens) == tokenize(text)
    assert list(tokenized.folded) == list(map(fold, tokenize(text)))


def test_folding_leaves_nothing_to_fold() -> None:
    """What was folded once stays as it is, in whatever script."""
    for word in (
        "Putin’s",
        "ÉLYSÉE",
        "İstanbul",
        "Łódź",
        "Straße",
        "ﬁnance",
        "ΑΘΗΝΑ",
        "שָׁלוֹם",
        "1,000",
        "de-escalate",
    ):
        assert fold(fold(word)) == fold(word)


pieces = [*"abAB12", *" .,'`_-+#/", "de-", "U.S.", "getUser", "node.js", "'s", "C++"]
ascii_texts = st.lists(st.sampled_from(pieces), max_size=20).map("".join)


@given(ascii_texts)
def test_the_words_of_a_text_do_not_depend_on_what_else_it_has(text: str) -> None:
    """Law: texts of ASCII characters are read by an expression of their own, to the same words."""
    assert tokenize(f"{text} é") == [*tokenize(text), "é"]
