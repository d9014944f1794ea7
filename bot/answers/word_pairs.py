"""Which word helped in the place of another one.

In: a question that was refused, and one of the same conversation that was answered to somebody's
help. Out: the one folded word in which they differ, of each; or nothing. So no more of a question
is kept than a word. Names are left out as far as their form tells: what is written large, and what
is no word of letters.
"""

from collections.abc import Mapping

from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.tokens import fold, tokenize

# A shorter word is hardly one.
_FEWEST_LETTERS = 3


def find_word_pair(analyzer: Analyzer, refused: str, helpful: str) -> tuple[str, str] | None:
    """Give the folded word of each question that the other has in no form; None unless it is one.

    Stop words and words that only frame a question do not count.
    """
    in_vain = _find_words(analyzer, refused)
    helped = _find_words(analyzer, helpful)
    word = _find_only(in_vain, helped)
    other = _find_only(helped, in_vain)
    if not word or not other:
        return None
    return word, other


def _find_only(words: Mapping[str, str], others: Mapping[str, str]) -> str:
    """Give the one word, folded, whose term is not among others; "" unless it is one to keep."""
    different = [word for term, word in words.items() if term not in others]
    if len(different) != 1:
        return ""
    (word,) = different
    return fold(word) if _may_be_kept(word) else ""


def _find_words(analyzer: Analyzer, question: str) -> Mapping[str, str]:
    """Give the words of a question by their terms."""
    words = {analyzer.term(word): word for word in tokenize(question)}
    return {term: word for term, word in words.items() if term not in ("", *analyzer.frame_terms)}


def _may_be_kept(word: str) -> bool:
    return word.isalpha() and word.islower() and len(word) >= _FEWEST_LETTERS
