"""How common words are in general: the share of running English text that each term makes up.

A small collection can't tell a rare word from a common one; this list can. In: the frequency list that comes
with symspellpy (82,765 words of SCOWL's dictionaries, counted in Google Books), its more frequent half. Out:
shares of terms, and whether something is a word of ordinary English. Other languages have no list.

A stem keeps its word's initial, so words are stemmed when the first term with their initial is asked for.
"""

from collections import defaultdict
from collections.abc import Sequence
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
        fields = _path().read_text(encoding="utf-8-sig").split(None, 2 * _WORDS) if language == "en" else []
        words, counts = fields[: 2 * _WORDS : 2], list(map(int, fields[1 : 2 * _WORDS : 2]))
        self.words = frozenset(words)
        self._total = sum(counts) or 1
        self._terms = terms_of(language)
        self._unstemmed: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, count in zip(words, counts, strict=True):
            self._unstemmed[word[0]].append((word, count))
        self._stemmed: dict[str, dict[str, int]] = {}

    def share(self, term: str) -> float:
        """Give the share of running words that are forms of a term, 0 to 1; 0 for one that is not listed."""
        return sum(map(self._count, self._terms.stems_of(term))) / self._total

    def _count(self, stem: str) -> int:
        """Count the running words of a stem; asked by several threads, the same may be done twice."""
        initial = stem[:1]
        if initial not in self._stemmed and (words := self._unstemmed.get(initial)):
            self._stemmed[initial] = self._stem(words)
            self._unstemmed.pop(initial, None)
        return self._stemmed.get(initial, {}).get(stem, 0)

    def _stem(self, words: Sequence[tuple[str, int]]) -> dict[str, int]:
        """Add up the counts of words by their stems."""
        counts: defaultdict[str, int] = defaultdict(int)
        for stem, (_, count) in zip(self._terms.stem_all([word for word, _ in words]), words, strict=True):
            counts[stem] += count
        return dict(counts)


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
