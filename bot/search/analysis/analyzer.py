"""Text into terms: the analyzer that documents and queries pass through alike.

In: a text in one language. Out: its terms in order. Words are found and folded (``tokens``), stop
words are left out (``stop_words``), the others are stemmed (``stemming``), and what is a phrase of
the thesaurus is a term as a whole too (``phrases``). The analyzer also gives the synonyms of a term
(``synonym_index``). It knows nothing of documents, frequencies or scores.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain

from bot.search.analysis.phrase_prefixes import PhrasePrefixes, make_phrase_prefixes
from bot.search.analysis.phrases import PhraseTable, StemKeys
from bot.search.analysis.stemming import SnowballStemmer, WordForms, prefixes_of
from bot.search.analysis.stop_words import (
    STOP,
    forms_of_stop_verb,
    frame_words_of,
    is_stop,
    key_of_stop_word,
    says_something,
    stop_words_of,
)
from bot.search.analysis.synonym_index import SynonymIndex
from bot.search.analysis.synonyms import SynonymGroup, Thesaurus, read_builtin_thesaurus
from bot.search.analysis.tokens import fold, tokenize
from bot.search.memo import memoize

# How many words, and how many strings between blanks, an analyzer remembers.
_CACHED = 8_192

# What may join the parts of one word, full stops apart.
_JOINED = str.maketrans("", "", "',-_")
# Small words without their last vowel, before an apostrophe.
_ELISIONS = {
    "fr": frozenset("l d j m t s c n qu jusqu lorsqu puisqu quoiqu".split()),
    "it": frozenset(
        "l un d c s cos com dov dell all nell dall sull coll quell quest anch bell nessun".split()
    ),
    "ca": frozenset("l d m t s n".split()),
}
# What a synonym counts for, by the section of the thesaurus: 1 is the word itself.
WEIGHTS = {"same": 0.7, "close": 0.35, "kinds": 0.5}


class Analyzer:
    """The terms of texts in one language.

    A term is a stem, or the stems of a phrase of the thesaurus with blanks between them.

    Attributes:
        language: The language (ISO 639-1).
        frame_terms: The terms of words that people put around a question ("explain").
        stem_key: Gives the term of a word; for a stop word, ``STOP`` and its stem. The results for
            a bounded number of words are remembered.

    """

    def __init__(self, language: str = "en", groups: Iterable[SynonymGroup] | None = None) -> None:
        """Prepare the stemmer, the stop words and the thesaurus of a language (ISO 639-1).

        ``groups`` is the thesaurus; by default it is the program's own.
        """
        self.language = language
        self._stop_words = stop_words_of(language)
        self._elisions = _ELISIONS.get(language, frozenset())
        self._stemmer = SnowballStemmer(language)
        self._forms = WordForms()
        self._phrases = PhraseTable()
        # Of a term, the first stems of the phrases that are forms of its word.
        self._first_stems: defaultdict[str, list[str]] = defaultdict(list)
        if groups is None:
            thesaurus = read_builtin_thesaurus(language)
        else:
            thesaurus = Thesaurus.from_groups(groups)
        self._add_forms(thesaurus)
        self._synonyms = SynonymIndex(thesaurus, WEIGHTS, keeps_prefixes=language == "en")
        self._add_phrases(self._synonyms.irregular_entries())
        # From here on what is remembered stays true: forms and phrases no longer change.
        self.stem_key = memoize(Analyzer.find_stem_key, self, _CACHED)
        self._remembered_stem_keys = memoize(Analyzer.stem_keys, self, _CACHED)
        frame_words = frame_words_of(language)
        self.frame_terms = frozenset(self.analyze(frame_words))

    def _add_forms(self, thesaurus: Thesaurus) -> None:
        """Make the forms of each word one term: that of the first form which is a single word."""
        groups = [group.words for group in thesaurus.groups("forms")]
        entries = list(chain.from_iterable(groups))
        remaining = iter(self._stem_entries(entries))
        for group in groups:
            stemmed = [next(remaining) for _ in group]
            self._add_forms_of_one_word(stemmed)

    def _add_forms_of_one_word(self, forms: Sequence[StemKeys]) -> None:
        stems = [form[0] for form in forms if len(form) == 1 and not is_stop(form[0])]
        if not stems:
            return
        term = self._forms.add(stems)
        for form in forms:
            if len(form) > 1:
                self._phrases.add_form(form, term)
                first_stem = form[0].removeprefix(STOP)
                self._first_stems[term].append(first_stem)

    def _add_phrases(self, entries: Sequence[str]) -> None:
        """Add those of the thesaurus's entries that are phrases and say something."""
        distinct_entries = list(dict.fromkeys(entries))
        stemmed = self._stem_entries(distinct_entries)
        for keys in dict.fromkeys(stemmed):
            is_phrase = len(keys) > 1
            if is_phrase and says_something(keys):
                self._phrases.add(keys)

    def analyze(self, text: str) -> list[str]:
        """Give the terms of a text in order, repeated ones kept.

        The term of a phrase follows that of its last word.
        """
        keys = chain.from_iterable(map(self._remembered_stem_keys, text.split()))
        return self._phrases.extract_terms(list(keys))

    def analyze_words(self, words: Iterable[str]) -> list[str]:
        """Give what ``analyze`` gives, for words as ``tokenize`` found them."""
        return self._phrases.extract_terms(list(map(self.stem_key, words)))

    def term(self, word: str) -> str:
        """Give the term of one word as ``tokenize`` found it; empty for a stop word."""
        key = self.stem_key(word)
        # What ``is_stop`` says, without a call: this is asked for every word of a question often.
        return "" if key[0] == STOP else key

    def stem_keys(self, text: str) -> StemKeys:
        """Give the stem keys of the words of a text, without remembering them."""
        return tuple(map(self.find_stem_key, tokenize(text)))

    def find_stem_key(self, word: str) -> str:
        """Give what ``stem_key`` gives, without remembering it."""
        folded = self._cut_elision(fold(word))
        if _is_united_states(word, folded):
            return self._forms.term_of("usa")
        # The month is written large.
        is_month = self.language == "en" and word == "May"
        is_stop_word = folded in self._stop_words and not is_month
        joined = folded.translate(_JOINED)
        # A full stop separates decimals of a number; initials are the same without it.
        is_number = joined[:1].isdigit()
        bare = joined if is_number else joined.replace(".", "")
        stem = self._stemmer.stem(bare)
        if is_stop_word or not stem:
            return key_of_stop_word(stem)
        return self._forms.term_of(stem)

    def _cut_elision(self, folded: str) -> str:
        """Cut off a small word that is written with the next one ("l'eau"); not "aujourd'hui"."""
        if "'" not in folded or folded in self._stop_words:
            return folded
        before, _, behind = folded.partition("'")
        return behind if behind and before in self._elisions else folded

    def stem_words(self, words: Sequence[str]) -> list[str]:
        """Give the stems of many folded words at once, in their order, stop words included."""
        return self._stemmer.stem_all(words)

    def stems_of_term(self, term: str) -> Sequence[str]:
        """Give the stems that have a term: its own, and those of irregular forms."""
        return self._forms.stems_of(term)

    def find_phrases(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Give the start, end and term of the phrases in ``words``, from left to right.

        At each start the longest is taken, and none overlaps another.
        """
        keys = [self.stem_key(word) for word in words]
        found: list[tuple[int, int, str]] = []
        if not self._phrases.may_be_among(keys):
            return found
        start = 0
        while start < len(keys):
            phrase = self._phrases.find_longest(keys, start)
            if phrase is None:
                start += 1
                continue
            end = start + len(phrase)
            found.append((start, end, self._phrases.term_of(phrase)))
            start = end
        return found

    @cached_property
    def phrase_prefixes(self) -> PhrasePrefixes:
        """The pairs of stem keys that phrases begin with."""
        return make_phrase_prefixes(self._phrases.prefixes)

    def phrases_with_prefix(self, prefix: StemKeys) -> list[tuple[StemKeys, str]]:
        """Give the phrases that begin with two stem keys: their other keys, and their term."""
        phrases = self._phrases.with_prefix(prefix)
        return [(phrase[2:], self._phrases.term_of(phrase)) for phrase in phrases]

    def synonyms(self, term: str) -> dict[str, float]:
        """Give the terms that may stand for a term, each with what it counts for (0 to 1)."""
        first_stem = term.partition(" ")[0]
        stems = {first_stem}
        stems.update(self.stems_of_term(first_stem))
        stems.update(self._first_stems.get(term, ()))
        stems.update(forms_of_stop_verb(first_stem))
        prefixes = chain.from_iterable(map(prefixes_of, stems))
        return self._synonyms.find(term, prefixes, self._find_terms)

    def _find_terms(self, entries: Sequence[str]) -> list[str]:
        """Give the terms of entries of the thesaurus; empty for one of stop words alone."""
        return [self._term_of_keys(keys) for keys in self._stem_entries(entries)]

    def _term_of_keys(self, keys: StemKeys) -> str:
        # Most entries are single words.
        if len(keys) == 1:
            return "" if is_stop(keys[0]) else keys[0]
        return self._phrases.term_of(keys) if says_something(keys) else ""

    def _stem_entries(self, entries: Sequence[str]) -> list[StemKeys]:
        """Give the stem keys of entries of the thesaurus, each a word or a phrase."""
        pieces_of_entries = [entry.split(" ") for entry in entries]
        distinct_pieces = set(chain.from_iterable(pieces_of_entries))
        keys_of_piece = self._stem_pieces(distinct_pieces)
        stemmed = []
        for pieces in pieces_of_entries:
            keys = chain.from_iterable(map(keys_of_piece.__getitem__, pieces))
            stemmed.append(tuple(keys))
        return stemmed

    def _stem_pieces(self, pieces: Set[str]) -> dict[str, StemKeys]:
        """Give the stem keys of strings without blanks. Plain words are stemmed all at once."""
        # Folded already, and one word each.
        plain = [
            piece for piece in pieces if piece.isalpha() and piece.isascii() and piece.islower()
        ]
        stems = self._stemmer.stem_all(plain)
        terms = self._forms.terms_of(stems)
        keys: dict[str, StemKeys] = {
            piece: (term,) for piece, term in zip(plain, terms, strict=True)
        }
        others = pieces - keys.keys()
        plain_stop_words = self._stop_words & keys.keys()
        for piece in others | plain_stop_words:
            keys[piece] = self.stem_keys(piece)
        return keys


def _is_united_states(word: str, folded: str) -> bool:
    """Say whether a word is the country, however it is abbreviated, and not the pronoun "us"."""
    is_abbreviated = folded.rstrip(".") in ("u.s", "u.s.a")
    return is_abbreviated or (folded == "us" and word.startswith("US"))


@lru_cache(maxsize=8)
def get_analyzer(language: str) -> Analyzer:
    """Give the analyzer of a language with the program's own thesaurus, made once and shared."""
    return Analyzer(language)
