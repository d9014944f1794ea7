"""A word that stands in no article, to the one that was meant: the nearest word that does stand there.

Distance is that of optimal string alignment (a letter left out, put in, changed, or two swapped: 1 each),
by rapidfuzz. Only words of nearly the same length that share the first letter (in a long word: the first or
the last) are compared. Short words are left alone, because there nearly every word has a neighbour.
"""

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5
_LONG = 8


class Spelling:
    """The words of a collection, ready to be compared with misspelt ones."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take folded words and how often each stands in the collection."""
        self._counts = counts
        self._alike: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
        for word in counts:
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._alike[len(word), word[0], ""].append(word)
                self._alike[len(word), "", word[-1]].append(word)

    def correct(self, word: str) -> str | None:
        """Give the word that a folded ``word`` was meant to be, or None where nothing is near enough.

        The nearest wins, then the more frequent, then the first in the alphabet.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        most = 1 if len(word) < _LONG else 2
        near = [
            (distance, -self._counts[candidate], candidate)
            for candidate, distance, _ in process.extract(
                word, self._candidates(word, most), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if distance < 2 or candidate[0] == word[0]
        ]
        return min(near)[2] if near else None

    def _candidates(self, word: str, most: int) -> list[str]:
        lengths = range(len(word) - most, len(word) + most + 1)
        found = [alike for length in lengths for alike in self._alike.get((length, word[0], ""), ())]
        if len(word) >= _LONG:
            found += [alike for length in lengths for alike in self._alike.get((length, "", word[-1]), ())]
        return found
