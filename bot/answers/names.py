"""Names as people type them: what two spellings of a name have in common."""

from functools import lru_cache

from bot.search.analysis.tokens import fold, tokenize

# Names of articles and sections whose folded form is remembered.
_MAX_REMEMBERED = 65_536


def fold_typed(text: str) -> str:
    """Fold a text to its words, so that case, accents and marks do not count.

    Nothing is remembered of it: people type it.
    """
    return " ".join(map(fold, tokenize(text)))


@lru_cache(maxsize=_MAX_REMEMBERED)
def fold_name(name: str) -> str:
    """Fold the name of an article or a section likewise, each but once."""
    return fold_typed(name)
