"""Phrases of the thesaurus in texts: several words that are one term together.

In: the stem keys of words. Out: the phrases that occur among them, and their terms. A stem key is
the stem of a word; the key of a stop word begins with ``STOP``. So a phrase may hold stop words
("point of no return"), which are no terms of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.search.analysis.stop_words import STOP

# The stem keys of the words of a phrase, or of any text.
StemKeys = tuple[str, ...]


class PhraseTable:
    """Phrases of two words or more, by the stem keys of their first two words (their prefix)."""

    def __init__(self) -> None:
        """Begin without phrases."""
        self._phrases: defaultdict[StemKeys, list[StemKeys]] = defaultdict(list)
        # Of the phrases that are a form of a word, the term of that word.
        self._form_terms: dict[StemKeys, str] = {}

    def add(self, phrase: StemKeys) -> None:
        """Add a phrase, unless it is a form of a word already; its term is made of its stems."""
        if phrase not in self._form_terms:
            self._phrases[phrase[:2]].append(phrase)

    def add_form(self, phrase: StemKeys, term: str) -> None:
        """Add a phrase that is a form of a word and has its ``term``; the first word counts."""
        if phrase not in self._form_terms:
            self._phrases[phrase[:2]].append(phrase)
            self._form_terms[phrase] = term

    @property
    def prefixes(self) -> Iterable[StemKeys]:
        """The prefixes of all phrases, in the order in which they were added first."""
        return self._phrases

    def with_prefix(self, prefix: StemKeys) -> Sequence[StemKeys]:
        """Give the phrases that begin with two stem keys, in the order in which they were added."""
        return self._phrases.get(prefix, ())

    def term_of(self, phrase: StemKeys) -> str:
        """Give the term of a phrase.

        It is that of the word whose form the phrase is, or else its stems with blanks between them.
        """
        form_term = self._form_terms.get(phrase)
        if form_term is not None:
            return form_term
        return " ".join(phrase).replace(STOP, "")

    def extract_terms(self, keys: Sequence[str]) -> list[str]:
        """Give the terms of a text by its stem keys: words but stop words, and phrases.

        The term of a phrase follows that of its last word.
        """
        if not self.may_be_among(keys):
            return [key for key in keys if key[0] != STOP]
        terms_at = self._find_all(keys)
        terms: list[str] = []
        for position, key in enumerate(keys):
            if key[0] != STOP:
                terms.append(key)
            if position in terms_at:
                terms += terms_at[position]
        return terms

    def _find_all(self, keys: Sequence[str]) -> dict[int, list[str]]:
        """Give the terms of all phrases among stem keys, by the position of their last word."""
        terms_at: defaultdict[int, list[str]] = defaultdict(list)
        for start, prefix in enumerate(pairwise(keys)):
            for phrase in self._phrases.get(prefix, ()):
                end = start + len(phrase)
                if tuple(keys[start:end]) == phrase:
                    term = self.term_of(phrase)
                    terms_at[end - 1].append(term)
        return terms_at

    def may_be_among(self, keys: Sequence[str]) -> bool:
        """Say whether two successive stem keys are the prefix of a phrase: in most texts, none."""
        return not self._phrases.keys().isdisjoint(pairwise(keys))

    def find_longest(self, keys: Sequence[str], start: int) -> StemKeys | None:
        """Give the longest phrase that begins at a position of ``keys``, or None."""
        longest: StemKeys = ()
        prefix = tuple(keys[start : start + 2])
        for phrase in self.with_prefix(prefix):
            end = start + len(phrase)
            occurs = tuple(keys[start:end]) == phrase
            if occurs and len(phrase) > len(longest):
                longest = phrase
        return longest or None
