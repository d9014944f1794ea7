"""Names as people type them: what two spellings of a name have in common."""

from collections.abc import Iterable
from functools import lru_cache

from bot.search.analysis.tokens import fold, tokenize
from bot.texts import common

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


def quote_name(name: str) -> str:
    """Put a name into quotation marks, so that it is seen where it ends."""
    return common.QUOTED_NAME(name=name)


def list_names(names: Iterable[str], most: int) -> str:
    """List at most so many names, and say how many more there are."""
    shown = list(names)
    listed = common.BETWEEN_NAMES().join(shown[:most])
    left_out = len(shown) - most
    return common.FURTHER_NAMES(names=listed, count=left_out) if left_out > 0 else listed
