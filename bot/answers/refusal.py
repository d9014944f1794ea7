"""The message of a refusal: the articles do not answer, and why that may be.

In: a query and its index. Out: a text that names the words which occur in no article, each with
similar words that do.
"""

from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery
from bot.texts import common
from bot.texts.answers import (
    BETWEEN_WORDS,
    REFUSAL,
    SUGGESTION,
    UNKNOWN_WORD,
    UNKNOWN_WORD_WITH_SUGGESTIONS,
    UNKNOWN_WORDS,
)

# A message of a line or two has no room for more.
_MAX_WORDS = 5


def make_refusal(index: PassageIndex, query: ParsedQuery) -> str:
    """Say that the articles do not answer, and name at most five words that occur in none."""
    words = [_describe_unknown_word(index, word) for word in query.unknown_words[:_MAX_WORDS]]
    if not words:
        return REFUSAL()
    return REFUSAL() + UNKNOWN_WORDS(words=BETWEEN_WORDS().join(words))


def _describe_unknown_word(index: PassageIndex, word: str) -> str:
    suggestions = [SUGGESTION(word=similar) for similar in index.suggest_spellings(word)]
    if not suggestions:
        return UNKNOWN_WORD(word=word)
    return UNKNOWN_WORD_WITH_SUGGESTIONS(word=word, suggestions=common.OR().join(suggestions))
