"""What a collection holds of the words of a question: under which terms, of what weight, as names.

In: words and terms. Out: variants, weights, corrections, suggestions. What a question asks for is
decided elsewhere.

Weights are those of BM25, in the collection or in general English, whichever is less: in a
collection of thirty passages every word is rare.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.known_names import is_known_name
from bot.search.analysis.spelling import SpellingCorrector, is_one_error
from bot.search.analysis.tokens import fold, is_unspaced_character
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import AnswerType, classify_word
from bot.search.arrays import BoolArray, UInt8Array
from bot.search.bm25 import BM25Index
from bot.search.memo import memoize
from bot.search.query import Variants

# The results for so many words or terms are remembered.
_CACHED = 16_384
# What a word of a phrase counts for that stands alone.
_PHRASE_PART_SHARE = 0.5
# A word that counts for less often means the same as another one, and is another.
_HELD_SHARE = 0.5
# General English counts as if so many passages of it were in the collection.
_GENERAL_PASSAGES = 300
# These passages have so many words each.
_GENERAL_LENGTH = 80
# So many spellings are suggested for an unknown word at most.
_MAX_SUGGESTIONS = 2
# A longer word in capitals is shouted, and no abbreviation.
_LONGEST_ABBREVIATION = 5
# Unknown words of so many small letters are slang and abbreviations ("yo", "pw"), and no names.
_LONGEST_SHORT_WORD = 4
_NAME = int(AnswerType.NAME)
# So many pairs stand for a character that stands in pairs alone.
_MAX_PAIRS = 64
# So many unknown words of a question are corrected at most.
_MAX_CORRECTED = 32


class Collection(NamedTuple):
    """What is known of a collection.

    ``term_types`` are the answer types of all terms, uint8, (terms,), and ``is_party`` says which
    of them say or want something, bool, (terms,). ``written_forms`` map folded
    words to how they are written, where that differs.
    """

    index: BM25Index
    term_types: UInt8Array
    is_party: BoolArray
    written_forms: Mapping[str, str]
    spelling: SpellingCorrector


class KnownWords:
    """The words that one collection knows."""

    def __init__(self, analyzer: Analyzer, collection: Collection) -> None:
        """Take what analysed the collection, and what is known of it.

        The results are remembered for a bounded number of words and terms.
        """
        self.analyzer = analyzer
        self.index = collection.index
        self._term_types = collection.term_types
        self._is_party = collection.is_party
        self._written_forms = collection.written_forms
        self._spelling = collection.spelling
        self._frequencies = frequencies_of(analyzer.language)
        self.variants = memoize(KnownWords._find_variants, self, _CACHED)
        self.term_weight = memoize(KnownWords._find_term_weight, self, _CACHED)
        self.is_name = memoize(KnownWords._find_is_name, self, _CACHED)
        self._is_surely_name = memoize(KnownWords._find_is_surely_name, self, _CACHED)
        self.surprisal = memoize(KnownWords._find_surprisal, self, _CACHED)
        self.correct = memoize(KnownWords._find_correction, self, _CACHED)

    def _find_is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        term_id = self.index.vocabulary.get(self.analyzer.term(word))
        if term_id is None:
            return False
        return bool(self._term_types.item(term_id) & _NAME)

    def _find_is_surely_name(self, word: str) -> bool:
        """Say whether a word is a name in the collection or a known one, or a figure."""
        language = self.analyzer.language
        is_figure = bool(classify_word(word, language))
        return is_figure or self.is_name(word) or is_known_name(word, language)

    def counts_as_name(self, word: str, term: str, question: str) -> bool:
        """Say whether a word is a name or a figure.

        It is written so in the collection or in the question, or is a known name, or is no word of
        the language.
        """
        if self._is_surely_name(word):
            return True
        is_shouted = word.isupper() and len(word) > _LONGEST_ABBREVIATION
        if word[:1].isupper() and not is_shouted:
            # The first word of a question has a capital letter anyway.
            is_first = question.lstrip().startswith(word)
            if not is_first:
                return True
        ordinary_words = self._frequencies.words
        is_short = word.islower() and len(word) <= _LONGEST_SHORT_WORD
        if term in self.index.vocabulary or is_short or not ordinary_words:
            return False
        return not any(fold(part) in ordinary_words for part in word.split())

    def is_understood(self, term: str) -> bool:
        """Say whether a term is found, under whatever name, or only frames a question."""
        return term in self.analyzer.frame_terms or bool(self.variants(term, ()))

    def _is_meant(self, word: str, meant: str) -> bool:
        """Say whether a correction is understood well enough.

        A name that is known elsewhere is meant only for what is here. What is here only by a word
        that often means the same is meant if one letter is wrong: "discworld" is two letters from
        discord, and that often means the same as a dispute.
        """
        term = self.analyzer.term(meant)
        if term in self.analyzer.frame_terms:
            return True
        best = max(self.variants(term, ()).values(), default=0.0)
        if best >= _HELD_SHARE:
            return best == 1 or not is_known_name(word, self.analyzer.language)
        is_near = best > 0 and is_one_error(word, meant)
        return is_near and not is_known_name(word, self.analyzer.language)

    def find_meant_words(self, words: Iterable[str]) -> dict[str, str]:
        """Give for unknown words those that were meant, if these are understood."""
        unknown: dict[str, None] = {}
        for word in words:
            term = self.analyzer.term(word)
            if term and not self.is_understood(term):
                unknown[word] = None
        corrections: dict[str, str] = {}
        for word in list(unknown)[:_MAX_CORRECTED]:
            typed = fold(word)
            meant = self.correct(typed)
            if meant is not None and self._is_meant(typed, meant):
                corrections[word] = meant
        return corrections

    def suggest_spellings(self, word: str) -> list[str]:
        """Give up to two words, as the collection writes them, that an unknown one might have been.

        There is none for a word that is found, under whatever name, or that is corrected.
        """
        term = self.analyzer.term(word)
        if not term or self.variants(term, ()) or self.find_meant_words([word]):
            return []
        # Several words may have one term, of which only the likeliest is suggested.
        likely: dict[str, str] = {}
        for other in self._spelling.suggest(fold(word), 2 * _MAX_SUGGESTIONS):
            term = self.analyzer.term(other)
            written = self._written_forms.get(other, other)
            likely.setdefault(term, written)
        suggestions = list(likely.values())
        return suggestions[:_MAX_SUGGESTIONS]

    def weigh(self, term: str, parts: tuple[str, ...], variants: Mapping[str, float]) -> float:
        """Weigh a word or phrase, in nats.

        A phrase weighs the mean of its words and variants, or, where it is unknown, their sum.
        """
        if not parts:
            return self.term_weight(term)
        weights = [self.term_weight(other) for other in (*filter(None, parts), *variants)]
        total = sum(weights)
        return total / len(weights) if variants else total

    def _find_variants(self, term: str, parts: tuple[str, ...]) -> Variants:
        """Give the terms by which the collection holds a concept, with their shares."""
        known_parts = filter(None, parts)
        shares = dict.fromkeys(known_parts, _PHRASE_PART_SHARE)
        shares |= self.analyzer.synonyms(term)
        shares[term] = 1.0
        vocabulary = self.index.vocabulary
        if is_unspaced_character(term) and term not in vocabulary:
            # It stands in pairs alone.
            pairs = [other for other in vocabulary if term in other]
            shares |= dict.fromkeys(pairs[:_MAX_PAIRS], 1.0)
        held = {other: share for other, share in shares.items() if other in vocabulary}
        term_ids = np.array([vocabulary[other] for other in held], dtype=np.int64)
        names = self._term_types[term_ids] & _NAME
        is_party = self._is_party[term_ids] | (names > 0)  # bool, (variants,)
        return Variants(held, term_ids, is_party)

    def _find_term_weight(self, term: str) -> float:
        """Weigh a term: the lower one of its BM25 weights here and with general English added."""
        here = self.index.term_idf(term)
        if not self._frequencies.words:
            return here
        expected = _GENERAL_LENGTH * self._frequencies.share(term)
        # How many of the general passages hold the term, if it is spread by chance (Poisson).
        general = _GENERAL_PASSAGES * (1 - math.exp(-expected))
        holders = self.index.document_frequency(term) + general
        passages = self.index.corpus_size + _GENERAL_PASSAGES
        odds = (passages - holders + 0.5) / (holders + 0.5)
        return min(here, math.log1p(odds))

    def _find_surprisal(self, term: str) -> float:
        return self._frequencies.surprisal(term)

    def _find_correction(self, word: str) -> str | None:
        return self._spelling.correct(word)
