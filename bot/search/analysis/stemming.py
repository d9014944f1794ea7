"""Words into stems: Snowball's stemmers, and the irregular forms that no stemmer knows.

In: folded words. Out: stems, and the one term that all forms of a word share ("sink, sank, sunk").
The algorithms are Snowball's (PyStemmer), and one of our own for Ukrainian. A language without one
keeps its words whole.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

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


_PORTUGUESE_PLURAL = re.compile("oes$")
_TURKISH_VOWEL = re.compile("[aeiou]")
_FOLDED_TURKISH = str.maketrans("ıü", "iu")


def _spell_portuguese(word: str) -> str:
    """Give a folded plural ("reunioes") in the singular: Snowball knows it by its tilde alone."""
    return _PORTUGUESE_PLURAL.sub("ao", word)


def _spell_turkish(word: str) -> str:
    """Give the vowels of a folded word their dots by vowel harmony: Snowball's endings need it."""
    before = ""

    def spell(match: re.Match[str]) -> str:
        nonlocal before
        vowel = match[0]
        if vowel == "i" and before in ("a", "ı"):
            vowel = "ı"
        elif vowel == "u" and before in ("e", "i", "ü"):
            vowel = "ü"
        before = vowel
        return vowel

    return _TURKISH_VOWEL.sub(spell, word)


# How folded words are spelt for the stemmer.
_SPELLINGS: Mapping[str, Callable[[str], str]] = {"pt": _spell_portuguese, "tr": _spell_turkish}


def _for_all(stem: Callable[[str], str]) -> Callable[[Sequence[str]], list[str]]:
    return lambda words: list(map(stem, words))


class SnowballStemmer:
    """The stemmer of one language; without an algorithm, every word is its own stem.

    Attributes:
        stem: Gives the stem of one folded word.
        stem_all: Gives the stems of many folded words, in their order; faster than one by one.

    """

    def __init__(self, language: str) -> None:
        """Choose the algorithm of a language (ISO 639-1)."""
        self.stem: Callable[[str], str] = str
        self.stem_all: Callable[[Sequence[str]], list[str]] = list
        if language == "uk":
            self.stem = stem_ukrainian
            self.stem_all = _for_all(stem_ukrainian)
            return
        algorithm = _ALGORITHMS.get(language)
        if algorithm is not None:
            # PyStemmer's own cache is off: the analyzer remembers what it needs.
            snowball = Stemmer.Stemmer(algorithm, 0)
            # Bound here, because they are called for every word of every article.
            self.stem = snowball.stemWord
            self.stem_all = snowball.stemWords
        spell = _SPELLINGS.get(language)
        if spell is not None:
            stem_spelt = self.stem
            self.stem = lambda word: stem_spelt(spell(word)).translate(_FOLDED_TURKISH)
            self.stem_all = _for_all(self.stem)


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
