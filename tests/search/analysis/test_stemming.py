"""Words into stems, and irregular forms into one term."""

import pytest

from bot.search.analysis.stemming import SnowballStemmer, WordForms, prefixes_of
from bot.search.analysis.synonyms import read_builtin_groups
from bot.search.analysis.word_frequencies import frequencies_of

WORDS = [
    "negotiations",
    "ports",
    "dying",
    "verhandlungen",
    "",
    "reunioes",
    "лодок",
    "човнами",
    "kitaplari",
    "founded",
    "found",
]


@pytest.mark.parametrize("language", ["en", "de", "fr", "pt", "ru", "tr", "uk", "xx"])
def test_stems_are_the_same_one_by_one_and_all_at_once(language: str) -> None:
    """A language without an algorithm keeps its words whole."""
    stemmer = SnowballStemmer(language)
    stems = stemmer.stem_all(WORDS)
    assert stems == [stemmer.stem(word) for word in WORDS]
    assert (stems == WORDS) == (language == "xx")


def test_forms_share_the_term_of_the_first() -> None:
    """A stem that is a form of one word already stays one of that word, and leads others to it."""
    forms = WordForms()
    assert forms.add(["sink", "sank"]) == "sink"
    assert forms.add(["sank", "sunk"]) == "sink"
    assert forms.add(["drown", "sunk"]) == "drown"
    assert list(forms.terms_of(["sunk", "drown", "ship"])) == ["sink", "drown", "ship"]
    assert forms.stems_of("sink") == ["sink", "sank", "sunk"]
    assert forms.stems_of("ship") == ("ship",)
    assert forms.stems_of("sank") == ()


def test_an_english_stem_begins_as_its_words_do() -> None:
    """What is looked for by its first two letters is found: that holds for all ordinary words and
    all synonyms.
    """
    words = {
        part for group in read_builtin_groups("en") for word in group.words for part in word.split()
    }
    plain = [
        word
        for word in words | frequencies_of("en").words
        if word.isalpha() and word.isascii() and word.islower()
    ]
    assert len(plain) > 40_000
    for word, stem in zip(plain, SnowballStemmer("en").stem_all(plain), strict=True):
        assert word.startswith(prefixes_of(stem)), (word, stem)
