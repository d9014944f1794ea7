"""How common words are in general."""

import math
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.search.analysis import word_frequencies
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.word_frequencies import WordFrequencies, frequencies_of

ENGLISH = frequencies_of("en")
TERMS = get_analyzer("en")


@pytest.mark.parametrize(
    ("common", "rare"),
    [("people", "envoy"), ("house", "lighthouse"), ("ships", "ferries"), ("war", "armistice")],
)
def test_a_common_word_has_the_larger_share(common: str, rare: str) -> None:
    """Shares order words as running English does."""
    assert ENGLISH.share(TERMS.term(common)) > ENGLISH.share(TERMS.term(rare)) > 0


def test_shares_are_shares() -> None:
    """Each lies between 0 and 1, and together they are no more than everything."""
    shares = [
        ENGLISH.share(term) for term in {TERMS.stem_key(word).strip("\0") for word in ENGLISH.words}
    ]
    assert all(0 <= share < 1 for share in shares)
    assert sum(shares) <= 1 + 1e-9
    assert len(shares) > 10_000


def test_the_forms_of_a_word_add_up() -> None:
    """A term's share is that of all its forms."""
    assert {"negotiate", "negotiated", "negotiation"} <= ENGLISH.words
    assert TERMS.term("negotiate") == TERMS.term("negotiation")


def test_a_share_is_that_of_all_words_with_the_stem() -> None:
    """No word is left out, and none is counted for another stem, among those of all beginnings."""
    path = Path(str(find_spec("symspellpy").origin)).with_name("frequency_dictionary_en_82_765.txt")  # type: ignore[union-attr]
    lines = [line.split() for line in path.read_text(encoding="utf-8-sig").splitlines()[:40_000]]
    assert {word for word, _ in lines} == ENGLISH.words
    counts: Counter[str] = Counter()
    for stem, (_, count) in zip(TERMS.stem_words([word for word, _ in lines]), lines, strict=True):
        counts[stem] += int(count)
    for stem in [*sorted(counts)[::10], "die", "lie", "tie", "x"]:
        own = sum(counts[other] for other in TERMS.stems_of_term(stem))
        assert ENGLISH.share(stem) == own / counts.total(), stem


@pytest.mark.parametrize("word", ["zelenskyy", "qwxzy", "", "THE", "ferry boat"])
def test_what_is_not_listed_has_no_share(word: str) -> None:
    """A word that is not in the list is not of ordinary English."""
    assert ENGLISH.share(word) == 0
    assert word not in ENGLISH.words


@pytest.mark.parametrize("language", ["de", "uk", "xx"])
def test_other_languages_have_no_list(language: str) -> None:
    """Of them nothing is known, and nothing fails."""
    frequencies = WordFrequencies(language)
    assert frequencies.words == frozenset()
    assert frequencies.share("haus") == 0


def test_rare_words_tell_more_than_common_ones() -> None:
    """A phrase tells as much as the rarest of its words, and what is not listed tells most."""
    work, sail, unlisted = map(ENGLISH.surprisal, ("work", "sail", "qwxzy"))
    assert 0 < work < sail < unlisted
    assert ENGLISH.surprisal("work sail") == sail
    assert ENGLISH.surprisal("work") == pytest.approx(-math.log(ENGLISH.share("work")))


@pytest.mark.parametrize(
    ("language", "term"), [("en", "2023"), ("en", ""), ("de", "haus"), ("uk", "робота")]
)
def test_numbers_and_words_of_other_languages_tell_what_words_do_on_average(
    language: str, term: str
) -> None:
    """Of them nothing is known."""
    told = WordFrequencies(language).surprisal(term)
    assert ENGLISH.surprisal("work") < told < ENGLISH.surprisal("qwxzy")


def test_the_list_is_read_once() -> None:
    """It is shared by all collections of a language."""
    assert frequencies_of("en") is ENGLISH


def test_without_its_package_the_list_is_told_to_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what is to be installed."""
    monkeypatch.setattr(word_frequencies, "find_spec", lambda _: None)
    with pytest.raises(FileNotFoundError, match=r"install what requirements\.txt lists"):
        WordFrequencies("en")
