"""A word that stands in no article, to the one that was meant: the nearest word that does stand there.

Distance is that of optimal string alignment (a letter left out, put in, changed, or two swapped: 1 each),
by rapidfuzz. Only words of nearly the same length that share the first or the last letter are compared.
A word of ordinary English is never mended, and one that is nearer to an ordinary word than to any of ours
is taken for that: so words of other matters are not made into ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.word_frequencies import frequencies_of

_SHORTEST = 4
_LONG = 8

_Buckets = Mapping[tuple[int, str, str], list[str]]


class Spelling:
    """The words of a collection, ready to be compared with misspelt ones."""

    def __init__(self, counts: Mapping[str, int], language: str = "en") -> None:
        """Take folded words and how often each stands in the collection."""
        self._counts = counts
        self._ours = _sort(counts)
        self._ordinary = frequencies_of(language).words
        self._others = _sort_ordinary(language)

    def correct(self, word: str) -> str | None:
        """Give the word that a folded ``word`` was meant to be, or None where nothing is near enough.

        The nearest wins, then one of ours, then the more frequent, then the first in the alphabet. It may be
        an ordinary word that does not stand in the collection.
        """
        if len(word) < _SHORTEST or not word.isalpha() or word in self._ordinary:
            return None
        most = 1 if len(word) < _LONG else 2
        near = [
            (distance, not is_ours, -self._counts.get(candidate, 0), candidate)
            for is_ours, buckets in ((True, self._ours), (False, self._others))
            for candidate, distance, _ in process.extract(
                word, _candidates(buckets, word, most), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if candidate[0] == word[0] or (distance < 2 and len(word) > _SHORTEST)
        ]
        return min(near)[3] if near else None


def _sort(words: Iterable[str]) -> _Buckets:
    """Sort words by length and first letter, and by length and last letter."""
    buckets: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= _SHORTEST - 1 and word.isalpha():
            buckets[len(word), word[0], ""].append(word)
            buckets[len(word), "", word[-1]].append(word)
    return buckets


@cache
def _sort_ordinary(language: str) -> _Buckets:
    return _sort(frequencies_of(language).words)


def _candidates(buckets: _Buckets, word: str, most: int) -> list[str]:
    lengths = range(len(word) - most, len(word) + most + 1)
    keys = [key for length in lengths for key in ((length, word[0], ""), (length, "", word[-1]))]
    return [candidate for key in keys for candidate in buckets.get(key, ())]
