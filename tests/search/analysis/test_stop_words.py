"""Stop words and frame words."""

import pytest

from bot.articles.small_words import ENGLISH, SMALL_WORDS
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.stop_words import (
    STOP,
    frame_words_of,
    has_content_word,
    is_stop,
    key_of_stop_word,
    says_something,
    stop_words_of,
)
from bot.search.analysis.tokens import fold, tokenize


def test_each_word_of_the_lists_can_match() -> None:
    """Each is found as one word and stands there as it is folded."""
    for words in (stop_words_of("en"), frame_words_of("en").split()):
        assert all(tokenize(word) == [word] and fold(word) in words for word in words)


def test_a_stop_word_is_known_by_its_key() -> None:
    """A phrase of stop words alone has no content word."""
    assert is_stop(f"{STOP}of")
    assert not is_stop("port")
    assert has_content_word([f"{STOP}of", "port"])
    assert not has_content_word([f"{STOP}of", f"{STOP}the"])


def test_each_word_of_other_languages_can_match() -> None:
    """Each stop word is left out as it stands; what frames a question is a term, or a stop word too."""
    for language, (stop_words, _) in SMALL_WORDS.items():
        analyzer = get_analyzer(language)
        assert [word for word in stop_words.split() if analyzer.analyze(word)] == [], language
        assert analyzer.frame_terms, language
        assert frame_words_of(language)


def test_words_that_tell_english_apart_are_its_stop_words() -> None:
    """Both lists agree."""
    assert [word for word in ENGLISH.split() if word not in stop_words_of("en")] == []


@pytest.mark.parametrize("words", ["give up", "gave up", "took off", "going on"])
def test_a_phrasal_verb_says_something(words: str) -> None:
    """A verb and a particle are a phrase though each is a stop word, in all forms of the verb."""
    keys = [key_of_stop_word(word) for word in words.split()]
    assert not has_content_word(keys)
    assert says_something(keys)


@pytest.mark.parametrize("words", ["of the", "up give", "give", "give up of", "give the"])
def test_other_stop_words_say_nothing_together(words: str) -> None:
    """Only a verb and the particle behind it do."""
    assert not says_something([key_of_stop_word(word) for word in words.split()])


def test_a_phrasal_verb_is_one_term_in_all_its_forms() -> None:
    """Texts and questions have the same one, and the thesaurus knows what it means."""
    analyzer = get_analyzer("en")
    assert analyzer.analyze("they gave up") == analyzer.analyze("giving up") == ["give up"]
    assert "relinquish" in analyzer.synonyms("give up")
