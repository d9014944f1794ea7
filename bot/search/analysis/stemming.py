"""Words into stems: Snowball's stemmers, and the irregular forms that no stemmer knows.

In: folded words. Out: stems, and the one term that all forms of a word share ("sink, sank, sunk").
The algorithms are Snowball's (PyStemmer), and one of our own for Ukrainian. A language without one
keeps its words whole.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import Stemmer

from bot.search.analysis.ukrainian import stem_ukrainian

# Snowball's algorithms, by ISO 639-1 code.
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eo": "esperanto",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


# "лодка, лодок", "отец, отца".
_FLEETING_VOWEL = re.compile("(?<=..)[ое](?=[кц]$)")
_PORTUGUESE_PLURAL = re.compile("oes$")
_TURKISH_VOWEL = re.compile("[aeiou]")
_FOLDED_TURKISH = str.maketrans("ıü", "iu")

# "Founded" is no form of "find", whose past Snowball gives the same stem.
_OWN_STEMS = dict.fromkeys(("founded", "founding", "founds"), "founde")
_SHARED_STEM = "found"

Stem = Callable[[str], str]


def _stem_english(stem: Stem, word: str) -> str:
    """Stem a word that Snowball does not tell from another's irregular form by itself."""
    stemmed = stem(word)
    return _OWN_STEMS.get(word, stemmed) if stemmed == _SHARED_STEM else stemmed


def _stem_all_english(
    stem_all: Callable[[Sequence[str]], list[str]], words: Sequence[str]
) -> list[str]:
    """Stem many words as ``_stem_english`` stems each."""
    stems = stem_all(words)
    if _SHARED_STEM not in stems:
        return stems
    return [_OWN_STEMS.get(word, stem) for word, stem in zip(words, stems, strict=True)]


def _stem_portuguese(stem: Stem, word: str) -> str:
    """Stem a folded plural ("reunioes") as the singular: Snowball knows it by its tilde alone."""
    return stem(_PORTUGUESE_PLURAL.sub("ao", word))


def _stem_russian(stem: Stem, word: str) -> str:
    """Leave out of a stem the vowel that other forms of the word have not."""
    return _FLEETING_VOWEL.sub("", stem(word))


def _stem_turkish(stem: Stem, word: str) -> str:
    """Give vowels their dots back by vowel harmony: Snowball's endings need it."""
    spelt = []
    before = ""
    for letter in word:
        vowel = letter
        if letter == "i" and before in ("a", "ı"):
            vowel = "ı"
        elif letter == "u" and before in ("e", "i", "ü"):
            vowel = "ü"
        if _TURKISH_VOWEL.fullmatch(letter):
            before = vowel
        spelt.append(vowel)
    return stem("".join(spelt)).translate(_FOLDED_TURKISH)


# What is done around Snowball's algorithm, because the words are folded.
_AROUND_ALGORITHM: Mapping[str, Callable[[Stem, str], str]] = {
    "pt": _stem_portuguese,
    "ru": _stem_russian,
    "tr": _stem_turkish,
}


class SnowballStemmer:
    """The stemmer of one language; without an algorithm, every word is its own stem.

    Attributes:
        stem: Gives the stem of one folded word.
        stem_all: Gives the stems of many folded words, in their order; faster than one by one.

    """

    def __init__(self, language: str) -> None:
        """Choose the algorithm of a language (ISO 639-1)."""
        self.stem: Stem = str
        self.stem_all: Callable[[Sequence[str]], list[str]] = list
        algorithm = _ALGORITHMS.get(language)
        if algorithm is not None:
            # PyStemmer's own cache is off: the analyzer remembers what it needs.
            snowball = Stemmer.Stemmer(algorithm, 0)
            # Bound here, because they are called for every word of every article.
            self.stem = snowball.stemWord
            self.stem_all = snowball.stemWords
        if language == "en":
            self.stem = partial(_stem_english, self.stem)
            self.stem_all = partial(_stem_all_english, self.stem_all)
        around = _AROUND_ALGORITHM.get(language)
        if around is not None:
            self.stem = partial(around, self.stem)
            self.stem_all = self._stem_one_by_one
        if language == "uk":
            self.stem = stem_ukrainian
            self.stem_all = self._stem_one_by_one

    def _stem_one_by_one(self, words: Sequence[str]) -> list[str]:
        return list(map(self.stem, words))


class WordForms:
    """The stems that are forms of one word, and the term that they share.

    The term of a group of forms is one of its stems. A stem in no group is a term of its own.
    """

    def __init__(self) -> None:
        """Begin with no group."""
        self._term_of_stem: dict[str, str] = {}
        self._stems_of_term: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, stems: Sequence[str]) -> str:
        """Make one or more stems forms of one word, and give their term.

        That is the term of the first. A stem that is a form of a word already stays one of that
        word.
        """
        term = self.term_of(stems[0])
        for stem in stems:
            if stem not in self._term_of_stem:
                self._term_of_stem[stem] = term
                self._stems_of_term[term].append(stem)
        return term

    def term_of(self, stem: str) -> str:
        """Give the term of a stem."""
        return self._term_of_stem.get(stem, stem)

    def terms_of(self, stems: Sequence[str]) -> Iterable[str]:
        """Give the terms of many stems, in their order."""
        return map(self._term_of_stem.get, stems, stems)

    def stems_of(self, term: str) -> Sequence[str]:
        """Give the stems that have a term; none for a stem whose term is another."""
        stems = self._stems_of_term.get(term)
        if stems:
            return stems
        return () if term in self._term_of_stem else (term,)


def prefixes_of(stem: str) -> tuple[str, ...]:
    """Give the two letters that words of plain letters with an English stem can begin with.

    Most words begin as their stem does. Snowball's exceptions are "dying", "lying" and "tying",
    whose stems are "die", "lie" and "tie".
    """
    prefix = stem[:2]
    if stem[1:] == "ie":
        return (prefix, f"{stem[0]}y")
    return (prefix,)
