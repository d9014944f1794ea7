"""What may stand for what, by the groups of a thesaurus of which little is ever read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.analyzer import WEIGHTS, Analyzer, get_analyzer
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.analysis.tokens import tokenize

WORDS = st.sampled_from(
    "meet meets meeting U.N. UN united nations; the of; dying die tie; é émigré naïve cafe "
    "café; e-mail mail; x x-ray; "
    "9/11 9 11; o'clock; take off; took; go on; continue; & co; US; us; de-escalate; 東京; "
    "ångström; ski skis sky skies"
    .replace(";", "").split()
)  # fmt: skip
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
GROUPS = st.builds(
    SynonymGroup,
    st.sampled_from(["forms", "same", "close", "kinds"]),
    st.lists(PHRASES, min_size=2, max_size=4, unique=True).map(tuple),
)


def term_of(word: str, terms: Analyzer) -> str:
    """Give the term of a word or of a phrase as a whole; empty for stop words alone."""
    words = tokenize(word)
    phrases = terms.find_phrases(words)
    if len(words) > 1:
        return phrases[0][2] if phrases and phrases[0][:2] == (0, len(words)) else ""
    return terms.term(words[0]) if words else ""


def expected_variants(groups: list[SynonymGroup], terms: Analyzer) -> dict[str, dict[str, float]]:
    """Give the variants of all terms, by reading all groups."""
    found: dict[str, dict[str, float]] = {}
    for section, words in groups:
        weight = WEIGHTS.get(section, 0.0)
        of_words = [term_of(word, terms) for word in words]
        for term in of_words[:1] if section == "kinds" else of_words:
            variants = found.setdefault(term, {})
            for other in filter(None, of_words):
                if other != term and weight > variants.get(other, 0.0):
                    variants[other] = weight
    found.pop("", None)
    return found


def test_of_the_own_thesaurus_nothing_is_overlooked() -> None:
    """Of every twentieth term the variants are those that reading all groups finds."""
    terms = get_analyzer("en")
    expected = expected_variants(list(read_builtin_groups("en")), terms)
    assert len(expected) > 10_000
    for term in sorted(expected)[::20]:
        assert terms.synonyms(term) == expected[term], term


@given(st.lists(GROUPS, max_size=6), st.sampled_from(["en", "de", "xx"]))
def test_of_any_thesaurus_nothing_is_overlooked(groups: list[SynonymGroup], language: str) -> None:
    """Whatever stands in it, all variants of each of its words are found."""
    terms = Analyzer(language, groups)
    expected = expected_variants(groups, terms)
    for word in {word for group in groups for word in group.words}:
        if term := term_of(word, terms):
            assert terms.synonyms(term) == expected.get(term, {}), word


@pytest.mark.parametrize(
    ("language", "word", "stem"), [("id", "membaca", "baca"), ("en", "dying", "die")]
)
def test_a_stem_may_begin_otherwise_than_its_word(language: str, word: str, stem: str) -> None:
    """Stemmers that cut off prefixes, and the few English words that change, keep no variants from
    being found.
    """
    terms = Analyzer(language, [SynonymGroup("same", (word, "tokio"))])
    assert terms.term(word) == stem
    assert list(terms.synonyms(stem)) == [terms.term("tokio")]


def test_a_phrase_that_is_a_word_in_another_shape_is_found() -> None:
    """It may begin with other letters than the word whose term it has, and with a stop word."""
    forms, same = (
        SynonymGroup("forms", ("depart", "set off", "off to sea")),
        SynonymGroup("same", ("set off", "embark")),
    )
    assert list(Analyzer("en", [forms, same]).synonyms("depart")) == ["embark"]
    assert list(
        Analyzer("en", [forms, SynonymGroup("same", ("off to sea", "embark"))]).synonyms("depart")
    ) == ["embark"]


def test_what_is_no_term_has_no_variants() -> None:
    """Words without a term, such as signs of currencies, do not stand for each other, nor for stop
    words.
    """
    assert get_analyzer("en").synonyms("") == {}
