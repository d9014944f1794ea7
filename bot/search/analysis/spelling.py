"""A word that stands in no article, to the one that was meant: the nearest word that does stand there.

Distance is that of optimal string alignment (a letter left out, put in, changed, or two swapped: 1 each),
by rapidfuzz. Only words of nearly the same length that share the first or the last letter are compared.
A word of ordinary English is never mended, and one that is nearer to an ordinary word than to any of ours
is taken for that: so words of other matters are not made into ours.

What is only suggested may be further away, and what is no ordinary word, mostly a name, spelt as it sounds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import chain

from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.word_frequencies import frequencies_of

_SHORTEST = 4
_LONG = 8
# How far a suggestion may be: a share of the word's length, less where ordinary words are not known, and three at most.
_FAR, _FAR_UNKNOWN, _FURTHEST = 0.4, 0.25, 3
# Letters that are often taken for one another, or left out.
_ALIKE = str.maketrans("cqzwjy", "kksvii", "h")
_REPEATED = re.compile(r"(.)\1+")

_Buckets = Mapping[tuple[int, str, str], list[str]]


class SpellingCorrector:
    """The words of a collection, ready to be compared with misspelt ones."""

    def __init__(self, counts: Mapping[str, int], language: str = "en") -> None:
        """Take folded words and how often each stands in the collection."""
        self._counts = counts
        self._frequencies = frequencies_of(language)
        self._ordinary = self._frequencies.words
        self._terms = get_analyzer(language)

    # Words are sorted when the first one is compared with them.
    @cached_property
    def _ours(self) -> _Buckets:
        """The words of the collection."""
        return _sort(self._counts)

    @cached_property
    def _others(self) -> _Buckets:
        """The words of ordinary English."""
        return _sort_ordinary(self._terms.language)

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """The words of the collection that are not of ordinary English, by how they sound."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if word.isalpha() and word not in self._ordinary:
                names[_sound(word)].append(word)
        return names

    @cached_property
    def _sounds(self) -> _Buckets:
        return _sort(self._names)

    def correct(self, word: str) -> str | None:
        """Give the word that a folded ``word`` was meant to be, or None where nothing is near enough.

        The nearest wins, then one with the same first letter (which is seldom mistaken), then one of ours, then
        one that sounds the same, then the more frequent here, then in general, then the first in the alphabet.
        It may be an ordinary word that does not stand in the collection.
        """
        if len(word) < _SHORTEST or not word.isalpha() or word in self._ordinary:
            return None
        most = 1 if len(word) < _LONG else 2
        near = {
            candidate: (distance, candidate[0] != word[0], candidate not in self._counts)
            for buckets in (self._ours, self._others)
            for candidate, distance in _near(buckets, word, most)
            if candidate[0] == word[0] or (distance < 2 and len(word) > _SHORTEST)
        }
        if not near:
            return None
        best = min(near.values())
        return min(
            (candidate for candidate, rank in near.items() if rank == best),
            key=lambda candidate: (
                _sound(candidate) != _sound(word),
                -self._counts.get(candidate, 0),
                -self._share(candidate),
                candidate,
            ),
        )

    def suggest(self, word: str, most: int = 2) -> list[str]:
        """Give up to ``most`` words of ours that a folded ``word`` might have been, the likeliest first.

        The nearest is likeliest, then one with the same first letter, then the more frequent, then the first in the
        alphabet. One that is further than an ordinary word is left out. A word of ordinary English may only have
        been a name that is one letter away.
        """
        if len(word) < _SHORTEST or not word.isalpha() or word in self._counts:
            return []
        if word in self._ordinary:
            near = {name: 1 for name, _ in _near(self._ours, word, 1) if name not in self._ordinary}
            return self._likeliest(word, near, most) if len(word) > _SHORTEST else []
        far = min(_FURTHEST, int(len(word) * (_FAR if self._ordinary else _FAR_UNKNOWN)))
        near = dict(_near(self._ours, word, far))
        for sound, distance in _near(self._sounds, _sound(word), far - 1):
            for name in self._names[sound]:
                near[name] = min(distance + 1, near.get(name, far))
        likely = self._likeliest(word, near, most)
        if not likely:
            return []
        furthest = near[likely[-1]]
        ordinary = min(
            (distance for _, distance in _near(self._others, word, furthest - 1)), default=furthest
        )
        return [candidate for candidate in likely if near[candidate] <= ordinary]

    def _share(self, word: str) -> float:
        """Give the share of general English that a word and its forms make up; 1 for a stop word."""
        term = self._terms.term(word)
        return self._frequencies.share(term) if term else 1.0

    def _likeliest(self, word: str, near: Mapping[str, int], most: int) -> list[str]:
        return sorted(
            near, key=lambda other: (near[other], other[0] != word[0], -self._counts[other], other)
        )[:most]


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


def _sound(word: str) -> str:
    """Give a word as it sounds, roughly: letters that are often taken for one another are one, none is doubled."""
    return _REPEATED.sub(r"\1", word.replace("ph", "f").translate(_ALIKE)) or word


def _near(buckets: _Buckets, word: str, most: int) -> list[tuple[str, int]]:
    """Give the words that are at most so far away, each with its distance; some of them twice."""
    # Few questions have a misspelt word.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    candidates = _candidates(buckets, word, most)
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(candidate, int(distance)) for candidate, distance, _ in found]


def _candidates(buckets: _Buckets, word: str, most: int) -> list[str]:
    lengths = range(len(word) - most, len(word) + most + 1)
    keys = [key for length in lengths for key in ((length, word[0], ""), (length, "", word[-1]))]
    return list(chain.from_iterable(buckets.get(key, ()) for key in keys))
