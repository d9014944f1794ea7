"""The form of a sentence shows whether it is anaphoric, and what its antecedent is."""

import pytest

from bot.answers.anaphora import addresses_reader, find_antecedent, find_antecedents, is_filler
from bot.search.analysis.analyzer import get_analyzer

ENGLISH = get_analyzer("en")
KNOWN = frozenset(ENGLISH.analyze("The dam of Orrin"))


def needs(*sentences: str) -> int | None:
    """Give the antecedent of the last sentence, found among those of all and alone."""
    needed = find_antecedents(sentences, KNOWN, ENGLISH)[-1]
    assert find_antecedent(len(sentences) - 1, sentences, KNOWN, ENGLISH) == needed
    return needed


@pytest.mark.parametrize(
    "sentence",
    [
        "He flew on.",
        "It was sold.",
        "His brother paid.",
        "For him, money was nothing.",
        "In the spring of 1932 it was sold.",
        "These losses ended the firm.",
        "The firm survived those losses.",
        "However, the firm survived.",
        "The firm, however, survived.",
        "Many were sold.",
        "Another firm failed.",
        "The four partners quarrelled.",
        "The memorandum named no date.",
        "The second was longer.",
        "Weeks later, Orrin was flooded.",
        "Germany did so in June.",
        "and then nothing.",
        "Among them were masons.",
        "Among those were masons.",
        "…",
    ],
)
def test_what_looks_back_needs_the_sentence_before(sentence: str) -> None:
    """Pronouns, connectives, and nouns with "the" that were introduced just before."""
    assert needs("Rain fell.", "Both signed a memorandum.", sentence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The dam holds water.",
        "Orrin and its dam are old.",
        "Mira Tosh said that she would stay.",
        "In his speech, Orrin thanked the town.",
        "The firm kept its word.",
        "Those who stayed were paid.",
        "On 6 June 1944 the town was freed.",
        "Many farmers moved away.",
        "Both signed in return for money.",
        "Among masons there was grief.",
    ],
)
def test_what_stands_by_itself_needs_nothing(sentence: str) -> None:
    """A pronoun that its own sentence explains, and what the heading has named, need no
    antecedent.
    """
    assert needs("Rain fell.", "Both signed a memorandum.", sentence) is None


def test_a_surname_needs_the_sentence_with_the_full_name() -> None:
    """Who "Tosh" is stands where she was introduced."""
    assert needs("The pilot was Mira Tosh.", "Rain fell.", "Tosh flew on.") == 0
    assert needs("Tosh came first.", "Rain fell.", "Tosh flew on.") is None
    assert needs("The pilot was Mira To\u00adsh.", "Rain fell.", "Tosh flew on.") == 0


def test_the_first_sentence_needs_nothing_and_other_languages_neither() -> None:
    """There is nothing before the first; the forms are those of English."""
    assert needs("It was sold.") is None
    assert find_antecedents(["Ja.", "It regnet."], KNOWN, get_analyzer("de")) == [None, None]
    assert find_antecedents([], KNOWN, ENGLISH) == []


@pytest.mark.parametrize(
    ("sentence", "talks"),
    [
        ("Let’s begin.", True),
        ("Think about the gate.", True),
        ("I'd say it works.", True),
        ("We all know that.", True),
        ("It’s a tall order.", True),
        ("She said “we will win” twice.", False),
        ("The US withdrew.", False),
        ("Francis I died.", False),
    ],
)
def test_talk_to_the_reader_is_told_from_names_and_quotations(sentence: str, talks: bool) -> None:  # noqa: FBT001
    """Only what is said outside quotation marks counts, and "US" is a country."""
    assert addresses_reader(sentence) == talks


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("What now?", True),
        ("He asked: “What now?”", True),
        ("What a day!", True),
        ("Three things are certain:", True),
        ("This article describes the state of 2025.", True),
        ("See also the map.", True),
        ("The article was sold.", False),
    ],
)
def test_what_is_filler(sentence: str, expected: bool) -> None:  # noqa: FBT001
    """Questions, exclamations, announcements and talk of the article itself."""
    assert is_filler(sentence) == expected
