"""Stop words and frame words."""

from bot.articles.small_words import ENGLISH, SMALL_WORDS
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.stop_words import (
    STOP,
    frame_words_of,
    has_content_word,
    is_stop,
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
