"""Numbering gives the terms that splitting one by one gives, in the same order."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.analyzer import Analyzer, get_analyzer
from bot.search.analysis.encoder import TermEncoder, encode_texts

ENGLISH = get_analyzer("en")
# Stop words, phrases of two to five words and parts of them, abbreviations, what holds several
# words or none.
PIECES = [
    *(
        "the of turn down turned it up May may US us U.S. U.S.A. united states of america "
        "prime minister"
    ).split(),
    *(
        "de-escalate cease fire ceasefire 'war crimes' can't Kyiv's — … 2019 1,500 a/b 東京都 "
        "\u200bzero"
    ).split(),
    *"point of no return in the long run president's take part take-part".split(),
]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=8)


def name_terms(texts: list[str], terms: Analyzer = ENGLISH) -> list[list[str]]:
    """Give the terms of texts by their numbers."""
    numbers, stream, lengths = encode_texts(texts, terms)
    names = list(numbers)
    assert list(numbers.values()) == list(range(len(numbers)))
    assert set(stream.tolist()) == set(range(len(numbers)))
    ends = lengths.cumsum().tolist()
    assert ends[-1:] in ([], [len(stream)])
    return [
        [names[number] for number in stream[end - length : end]]
        for end, length in zip(ends, lengths.tolist(), strict=True)
    ]


@given(TEXTS)
def test_texts_have_the_terms_that_they_are_split_into(texts: list[str]) -> None:
    """Phrases come behind their last word, stop words are left out, texts do not run into one
    another.
    """
    assert name_terms(texts) == [ENGLISH.analyze(text) for text in texts]


@given(TEXTS, TEXTS)
def test_it_does_not_matter_in_how_many_turns_texts_come(
    first: list[str], second: list[str]
) -> None:
    """What is numbered in two turns is numbered as in one."""
    numbering = TermEncoder(ENGLISH)
    numbering.add(first)
    numbering.add(second)
    numbers, stream, lengths = numbering.finish()
    at_once = encode_texts([*first, *second], ENGLISH)
    names, names_at_once = list(numbers), list(at_once.vocabulary)
    assert [names[number] for number in stream] == [
        names_at_once[number] for number in at_once.term_ids
    ]
    assert lengths.tolist() == at_once.lengths.tolist()


@given(TEXTS)
def test_pieces_are_what_stands_between_blanks(texts: list[str]) -> None:
    """Their numbers lead back to the texts."""
    numbering = TermEncoder(ENGLISH)
    stream, lengths = numbering.add(texts)
    pieces = list(numbering.pieces)
    assert [pieces[number] for number in stream] == " ".join(texts).split()
    assert lengths.tolist() == [len(text.split()) for text in texts]


def test_a_phrase_does_not_run_from_one_text_into_the_next() -> None:
    """The end of a text is the end of what can be a phrase."""
    assert "prime minist" in ENGLISH.analyze("The prime minister")
    assert name_terms(["The prime", "minister"]) == [
        ENGLISH.analyze("prime"),
        ENGLISH.analyze("minister"),
    ]


def test_the_shipped_articles_have_the_terms_that_they_are_split_into() -> None:
    """More texts than are taken at once, in real English, and a language without phrases."""
    lines = [
        line
        for file in Path("knowledge").glob("*.md")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    texts = lines * (5_000 // len(lines) + 1)
    split = {line: ENGLISH.analyze(line) for line in lines}
    assert name_terms(texts) == [split[text] for text in texts]
    german = get_analyzer("de")
    assert name_terms(lines, german) == [german.analyze(line) for line in lines]


def test_no_text_has_no_terms() -> None:
    """Nothing in, nothing out."""
    numbers, stream, lengths = encode_texts([], ENGLISH)
    assert (numbers, stream.tolist(), lengths.tolist()) == ({}, [], [])
