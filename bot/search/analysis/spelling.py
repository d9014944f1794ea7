"""Spelling correction: from a word that no article has to the nearest word that one has.

In: the words of a collection with their counts, and a word of a question. Out: the word that was
meant (``correct``), or some that may have been (``suggest``). The distance is that of optimal
string alignment: a letter left out, inserted, changed, or two swapped count one each (rapidfuzz's
OSA). Only words of nearly the same length that share the first or the last letter are compared.

A word of ordinary English is never corrected. A word that is nearer to an ordinary word than to any
of the collection is taken for the ordinary one: so words of other subjects do not become words of
ours. A suggestion may be further away than a correction, and a name may be spelt as it sounds. A
name in Cyrillic letters is compared in Latin ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise

from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.stop_words import stop_words_of
from bot.search.analysis.synonyms import read_builtin_thesaurus
from bot.search.analysis.tokens import fold
from bot.search.analysis.transliteration import transliterate
from bot.search.analysis.word_frequencies import frequencies_of

# A shorter word has a neighbour nearly always, so none says anything.
_SHORTEST = 4
# A longer one is no word: to compare it takes long, and finds nothing.
_LONGEST = 60
# In a shorter word, two letters in another order are another word.
_SHORTEST_SWAPPED = 3
# From this length on, two errors are corrected rather than one.
_LONG = 8
# How far a suggestion may be, as a share of the word's length.
_SUGGESTED_SHARE = 0.4
# The same for a language whose ordinary words are not known.
_SUGGESTED_SHARE_UNKNOWN = 0.25
# No suggestion is further than this.
_SUGGESTED_DISTANCE = 3
# Letters that are often taken for one another become one, and a silent "h" goes.
_ALIKE = str.maketrans("cqzwjy", "kksvii", "h")
# So much rarer is an error in the first letter than elsewhere (Yannakoudakis and Fawthrop 1983).
_OTHER_INITIAL = 0.02
# General English counts as if so many words of it were in the collection.
_PRIOR = 20_000
# No word is expected to be more frequent in general: of stop words no share is known.
_MOST_SHARE = 0.001
_REPEATED = re.compile(r"(.)\1+")

# Words by their length with their first letter, and by their length with their last letter.
_ENGLISH = "en"
# Question words as they are typed in a hurry; words so short are not corrected by their letters.
_QUESTION_WORDS = {
    "wat": "what",
    "wut": "what",
    "wot": "what",
    "wht": "what",
    "wats": "whats",
    "wots": "whats",
    "wen": "when",
    "whn": "when",
    "wich": "which",
    "wy": "why",
    "hw": "how",
}

_BucketKey = tuple[int, str, str]
_Buckets = Mapping[_BucketKey, list[str]]


class SpellingCorrector:
    """The words of a collection, ready to be compared with misspelt ones."""

    def __init__(self, counts: Mapping[str, int], language: str = "en") -> None:
        """Take the folded words of a collection, and how often each occurs in it."""
        self._counts = counts
        self._frequencies = frequencies_of(language)
        self._ordinary_words = self._frequencies.words
        self._analyzer = get_analyzer(language)

    # The buckets are filled when the first word is compared with them: few questions need them.
    @cached_property
    def _collection_buckets(self) -> _Buckets:
        return _fill_buckets([*self._counts, *self._other_forms])

    @cached_property
    def _other_forms(self) -> Mapping[str, str]:
        """The forms of words that the collection does not have, each with the one that it has."""
        other_forms: dict[str, str] = {}
        for group in read_builtin_thesaurus(self._analyzer.language).groups("forms"):
            words = list(map(fold, group.words))
            held = [word for word in words if word in self._counts]
            if held:
                likeliest = max(held, key=self._counts.__getitem__)
                other_forms.update((word, likeliest) for word in words if word not in self._counts)
        return other_forms

    @cached_property
    def _ordinary_buckets(self) -> _Buckets:
        return _fill_ordinary_buckets(self._analyzer.language)

    @cached_property
    def _names_by_sound(self) -> Mapping[str, list[str]]:
        """The words of the collection that are not ordinary, mostly names, by how they sound."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if word.isalpha() and word not in self._ordinary_words:
                names[_sound(word)].append(word)
        return names

    @cached_property
    def _sound_buckets(self) -> _Buckets:
        return _fill_buckets(self._names_by_sound)

    def correct(self, word: str) -> str | None:
        """Give the word that a folded ``word`` was meant to be; None where nothing is near enough.

        The nearest wins. Of equally near ones it is, in this order: one of the collection; one that
        sounds the same; the more frequent one in the collection; the more frequent one in general;
        the first in the alphabet. One with another first letter, which is seldom mistaken, must be
        far more frequent than those with the same. The result may be an ordinary word that does not
        occur in the collection.
        """
        if len(word) > _LONGEST:
            return None
        if self._analyzer.language == _ENGLISH and word in _QUESTION_WORDS:
            return _QUESTION_WORDS[word]
        for transliterated in transliterate(word):
            name = self._find_name(transliterated)
            if name is not None:
                return name
        if not word.isalpha() or word in self._ordinary_words:
            return None
        stop_word = self._find_stop_word(word)
        if stop_word is not None:
            return stop_word
        if len(word) < _SHORTEST:
            return None
        distances = self._find_corrections(word)
        if not distances:
            return None
        nearest = min(distances.values())
        candidates = [one for one, distance in distances.items() if distance == nearest]
        return self._choose(word, candidates)

    def _choose(self, word: str, candidates: Sequence[str]) -> str:
        """Give the likeliest of equally near candidates.

        By Bayes' rule (Kernighan, Church and Gale 1990) a rare error counts against a rare word.
        """
        same = [one for one in candidates if not _has_other_initial(one, word)]
        others = [one for one in candidates if one not in same]
        if not same or not others:
            return min(candidates, key=lambda one: self._rank(word, one))
        likeliest = min(same, key=lambda one: self._rank(word, one))
        other = min(others, key=lambda one: self._rank(word, one))
        is_rarer = self._expect(likeliest) < _OTHER_INITIAL * self._expect(other)
        return other if is_rarer else likeliest

    def _expect(self, word: str) -> float:
        """Give the share that a word is expected to have in what is written about the collection.

        It is that of a language model with a Dirichlet prior (Zhai and Lafferty 2004).
        """
        general = min(self._share(word), _MOST_SHARE)
        return (self._counts.get(word, 0) + _PRIOR * general) / (self._total + _PRIOR)

    @cached_property
    def _total(self) -> int:
        """How many words the collection has."""
        return sum(self._counts.values())

    def _find_name(self, word: str) -> str | None:
        """Give the word of the collection that a word is, or the name that it is meant to be."""
        if word in self._counts:
            return word
        meant = self._other_forms.get(word) or self.correct(word)
        return meant if meant in self._counts and meant not in self._ordinary_words else None

    def _find_stop_word(self, word: str) -> str | None:
        """Give the stop word that a word is with two neighbouring letters swapped ("teh")."""
        for before, after in pairwise(range(len(word))):
            swapped = word[:before] + word[after] + word[before] + word[after + 1 :]
            if len(word) >= _SHORTEST_SWAPPED and not self._analyzer.term(swapped):
                return swapped
        return None

    def _find_corrections(self, word: str) -> dict[str, int]:
        """Give the words that are near enough to be meant, with their distances.

        The first letter is seldom mistaken: a candidate with another one must have no other error,
        and the word must not be one of the shortest.
        """
        max_distance = 1 if len(word) < _LONG else 2
        distances: dict[str, int] = {}
        for buckets in (self._collection_buckets, self._ordinary_buckets):
            for candidate, distance in _find_near(buckets, word, max_distance):
                has_same_initial = candidate[0] == word[0]
                is_only_error = distance < 2 and len(word) > _SHORTEST
                if has_same_initial or is_only_error:
                    distances[candidate] = distance
        return self._take_held_forms(distances)

    def _take_held_forms(self, distances: Mapping[str, int]) -> dict[str, int]:
        """Give the forms that the collection has for those that it has not, with their distances.

        Who types "zelesky" is one letter from "zelensky", and the articles have "Zelenskyy".
        """
        held: dict[str, int] = {}
        for candidate, distance in distances.items():
            form = self._other_forms.get(candidate, candidate)
            held[form] = min(distance, held.get(form, distance))
        return held

    def _rank(self, word: str, candidate: str) -> tuple[bool, bool, int, float, str]:
        """Rank one of equally near candidates; the lowest rank is the best."""
        count = self._counts.get(candidate, 0)
        sounds_otherwise = _sound(candidate) != _sound(word)
        return not count, sounds_otherwise, -count, -self._share(candidate), candidate

    def _share(self, word: str) -> float:
        """Give the share of general English that a word's term makes up; 1 for a stop word."""
        term = self._analyzer.term(word)
        if not term:
            return 1.0
        return self._frequencies.share(term)

    def suggest(self, word: str, most: int = 2) -> list[str]:
        """Give up to ``most`` words of the collection that a folded ``word`` may have been.

        The nearest is the likeliest, then one with the same first letter, then the more frequent
        one, then the first in the alphabet. A word that is further away than an ordinary word is
        left out. A word of ordinary English can only have been a name that is one letter away.
        """
        if len(word) < _SHORTEST or not word.isalpha() or word in self._counts:
            return []
        if word in self._ordinary_words:
            names = self._find_names(word)
            return self._sort_by_likelihood(word, names)[:most]
        distances = self._find_suggestions(word)
        likeliest = self._sort_by_likelihood(word, distances)[:most]
        if not likeliest:
            return []
        furthest = distances[likeliest[-1]]
        ordinary_words = dict(_find_near(self._ordinary_buckets, word, furthest - 1))
        limit = min(ordinary_words.values(), default=furthest)
        return [candidate for candidate in likeliest if distances[candidate] <= limit]

    def _find_names(self, word: str) -> dict[str, int]:
        """Give the words of the collection that are not ordinary and one letter away from a word.

        Of the shortest words too many are.
        """
        if len(word) <= _SHORTEST:
            return {}
        near = self._take_held_forms(dict(_find_near(self._collection_buckets, word, 1)))
        return {name: 1 for name in near if name not in self._ordinary_words}

    def _find_suggestions(self, word: str) -> dict[str, int]:
        """Give the words of the collection that may be suggested, with their distances.

        To a name that sounds like the word, the distance is that of the sounds and one more, if it
        is less.
        """
        share = _SUGGESTED_SHARE
        if not self._ordinary_words:
            share = _SUGGESTED_SHARE_UNKNOWN
        max_distance = min(_SUGGESTED_DISTANCE, int(len(word) * share))
        near = dict(_find_near(self._collection_buckets, word, max_distance))
        distances = self._take_held_forms(near)
        near_sounds = _find_near(self._sound_buckets, _sound(word), max_distance - 1)
        for sound, distance in near_sounds:
            for name in self._names_by_sound[sound]:
                spelt_distance = distances.get(name, max_distance)
                distances[name] = min(distance + 1, spelt_distance)
        return distances

    def _sort_by_likelihood(self, word: str, distances: Mapping[str, int]) -> list[str]:
        def rank(candidate: str) -> tuple[int, bool, int, str]:
            has_other_initial = candidate[0] != word[0]
            return distances[candidate], has_other_initial, -self._counts[candidate], candidate

        return sorted(distances, key=rank)


def _has_other_initial(word: str, other: str) -> bool:
    """Say whether two words begin otherwise, and not with the same two letters in another order."""
    is_swapped = word[:2] == other[1::-1] and word[2:] == other[2:]
    return word[0] != other[0] and not is_swapped


def is_one_error(word: str, other: str) -> bool:
    """Say whether one letter at most was left out, inserted, changed, or swapped with the next."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(word, other, score_cutoff=1) <= 1


def _fill_buckets(words: Iterable[str]) -> _Buckets:
    """Put words into buckets; those too short to be near a word that is corrected are left out."""
    shortest = _SHORTEST - 1
    buckets: defaultdict[_BucketKey, list[str]] = defaultdict(list)
    for word in words:
        length = len(word)
        if length < shortest or not word.isalpha():
            continue
        same_initial = (length, word[0], "")
        same_last = (length, "", word[-1])
        buckets[same_initial].append(word)
        buckets[same_last].append(word)
    return buckets


@cache
def _fill_ordinary_buckets(language: str) -> _Buckets:
    words = set(frequencies_of(language).words)
    for stop_word in stop_words_of(language):
        words.add(stop_word.replace("'", ""))
    return _fill_buckets(sorted(words))


def _sound(word: str) -> str:
    """Give roughly how a word sounds: letters that sound alike are one, and none is doubled."""
    alike = word.replace("ph", "f").translate(_ALIKE)
    return _REPEATED.sub(r"\1", alike) or word


def _find_near(buckets: _Buckets, word: str, max_distance: int) -> list[tuple[str, int]]:
    """Give the words within a distance, each with its distance; some come twice."""
    # Few questions have a misspelt word, so rapidfuzz is imported when one has.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    candidates = _find_candidates(buckets, word, max_distance)
    found = process.extract(
        word,
        candidates,
        scorer=OSA.distance,
        score_cutoff=max_distance,
        limit=None,
    )
    return [(candidate, int(distance)) for candidate, distance, _ in found]


def _find_candidates(buckets: _Buckets, word: str, max_distance: int) -> list[str]:
    """Give the words of similar length with the same first or last letter."""
    shortest = len(word) - max_distance
    longest = len(word) + max_distance
    first, last = word[0], word[-1]
    candidates: list[str] = []
    for length in range(shortest, longest + 1):
        candidates += buckets.get((length, first, ""), ())
        candidates += buckets.get((length, "", last), ())
    return candidates
