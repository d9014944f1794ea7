"""Stop words and frame words."""

from bot.search.analysis.stop_words import FRAME_WORDS, STOP, STOP_WORDS, has_content_word, is_stop
from bot.search.analysis.tokens import fold, tokenize


def test_each_word_of_the_lists_can_match() -> None:
    """Each is found as one word and stands there as it is folded."""
    for words in (STOP_WORDS["en"], FRAME_WORDS["en"].split()):
        assert all(tokenize(word) == [word] and fold(word) in words for word in words)


def test_a_stop_word_is_known_by_its_key() -> None:
    """A phrase of stop words alone has no content word."""
    assert is_stop(f"{STOP}of")
    assert not is_stop("port")
    assert has_content_word([f"{STOP}of", "port"])
    assert not has_content_word([f"{STOP}of", f"{STOP}the"])
