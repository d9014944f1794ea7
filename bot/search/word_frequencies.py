"""How common words are in general: the share of running English text that each term makes up.

A small collection can't tell a rare word from a common one; this list can. In: the frequency list that comes
with symspellpy (82,765 words of SCOWL's dictionaries, counted in Google Books), its more frequent half. Out:
shares of terms, and whether something is a word of ordinary English. Other languages have no list.
"""

from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bot.search.terms import terms_of

_LIST = "frequency_dictionary_en_82_765.txt"
_WORDS = 40_000


class WordFrequencies:
    """The words of a language and the shares of its terms; of a language without a list, nothing."""

    def __init__(self, language: str) -> None:
        """Read the list of ``language``, which is sorted by frequency."""
        words: list[str] = []
        counts: list[str] = []
        if language == "en":
            fields = _path().read_text(encoding="utf-8-sig").split()
            words, counts = fields[: 2 * _WORDS : 2], fields[1 : 2 * _WORDS : 2]
        self.words = frozenset(words)
        total = sum(map(int, counts)) or 1
        shares: defaultdict[str, float] = defaultdict(float)
        for term, count in zip(terms_of(language).stem_all(words), counts, strict=True):
            shares[term] += int(count) / total
        self._shares = dict(shares)

    def share(self, term: str) -> float:
        """Give the share of running words that are forms of a term, 0 to 1; 0 for one that is not listed."""
        return self._shares.get(term, 0.0)


def _path() -> Path:
    """Find the list without importing the package."""
    spec = find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package symspellpy is not installed: install what requirements.txt lists")
    return Path(spec.origin).with_name(_LIST)


@cache
def frequencies_of(language: str) -> WordFrequencies:
    """Give the word frequencies of a language, read once and shared."""
    return WordFrequencies(language)
