"""The words of a question: which terms they ask for, which only frame it, which are misspelt.

In: a question, and what the collection knows of words. Out: its terms and corrections, whom it is
about and what it asks the meaning of. What the terms weigh is decided in ``query_parser``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from bot.articles.languages import find_question_language
from bot.search.analysis.stop_words import stop_words_of
from bot.search.analysis.tokens import TokenizedText, find_parts, fold
from bot.search.asking_sentences import find_asking
from bot.search.definition_question import (
    NO_DEFINITION,
    DefinitionQuestion,
    PossibleTerm,
    find_definition,
)
from bot.search.english_forms import AUXILIARIES, IRREGULAR_PASTS, RELATIVES
from bot.search.known_words import KnownWords
from bot.search.question_subject import NO_PARTY, QuestionSubject, find_question_subject
from bot.search.question_text import clean_question

# What a question that follows up no other has as its subject.
NO_SUBJECT = TokenizedText("", (), ())
_NO_TERMS: frozenset[str] = frozenset()
# Each term is typed once.
_ONCE: Mapping[str, int] = {}
# What is looked at of a longer question is its first half and its last half of so many characters.
_MAX_CHARACTERS = 4_000
# So many small words tell that a question is in another language than the collection.
_FOREIGN_WORDS = 2
# But these Turkish ones ask by themselves who or what something is: "osce nedir".
_TURKISH = "tr"
_ENGLISH = "en"
# The past of "find", and the base form of "founded".
_FOUND = "found"
_BEFORE_BASE_FORMS = frozenset(
    "do does did don't doesn't didn't to will would can could may might must should".split()
)
_MOST_WORDS_BETWEEN = 3
_TURKISH_ASKING = (frozenset(("kimdir",)), frozenset(("nedir",)), frozenset(("ne", "demek")))
# In a question of more words than these, "position" and "interest" say what it is about.
_SHORT_QUESTION = 4
# A question of at most so many terms is short. One of at least so many is prose: it is ranked much
# as BM25 does it, because signals made for short questions drown BM25 there. A sentence holds about
# as many terms, so the longer the question, the less the best sentence says to the whole of it.
_SHORT_TERMS = 6
_PROSE_TERMS = 9
# That is no pronoun.
_UNITED_STATES = re.compile(r"\bthe us\b")
# "100m", "2.5kg", "24h".
_NUMBER_WITH_UNIT = re.compile(
    r"(\d+(?:[.,]\d+)?)"
    r"([mck]?m|mi|miles|ft|ha|k?g|lbs?|m?l|h|hrs?|hours?|mins?|minutes?|secs?|seconds?|days?"
    r"|wks?|weeks?|mths|months?|yrs?|years?|[kKmMgG][bB])"
)
# Units so short that they are a unit behind a number alone.
_UNITS = {
    "g": "grams",
    "h": "hours",
    "ha": "hectares",
    "l": "litres",
    "m": "metres",
    "mi": "miles",
    "s": "seconds",
    "t": "tonnes",
}
# "In 72", "the 62 final", "the 70s"; "in 72 hours" and "the 62 members" are no years.
_SHORT_YEAR = re.compile(r"(\d)(\d)(s?)")
_BEFORE_SHORT_YEARS = frozenset(
    "in since the summer winter spring autumn fall early late mid".split()
)
_CENTURIES = ("17", "18", "19", "20")
_NO_YEARS_BEFORE = ("s", "%", "percent", "per", "km", "am", "pm", "people", "men", "women")


class QueryTerm(NamedTuple):
    """A word or phrase of a question, as typed, and of a phrase the terms of its words."""

    word: str
    parts: tuple[str, ...]


# The parts of a phrase with at most one word that is no stop word: it has parts, unlike a word, but
# that word does not stand for it.
_NO_PARTS = ("",)
# Terms in the order of the question.
QueryTerms = dict[str, QueryTerm]


class Corrections(NamedTuple):
    """The corrected words of a question.

    ``meant`` maps typed words to what they were taken for, and ``typed_of`` the terms of the latter
    to the typed words. ``terms_as_typed`` are the terms of all words before correction.
    """

    meant: Mapping[str, str]
    typed_of: Mapping[str, str]
    terms_as_typed: frozenset[str]

    def find_typed(self, term: str) -> str | None:
        """Give the misspelt word of a term that the question has in no other spelling."""
        return None if term in self.terms_as_typed else self.typed_of.get(term)


class ReadQuestion(NamedTuple):
    """A question with its terms and corrections, and the terms that only frame it.

    ``subject_terms`` are those of whom it is about, ``defined_terms`` those of what it asks the
    meaning of, and ``asks_in_general`` says that it asks that wherever it is. ``possible_term`` is
    what it may ask the meaning of.
    ``foreign_words`` are the stop words of its own language, where that is another one, folded.
    ``frequencies`` say how often each term of a word is typed. ``prose`` says how much of a long
    text the question is, 0 to 1.
    """

    text: str
    query_terms: QueryTerms
    corrections: Corrections
    frame_terms: frozenset[str]
    subject_terms: frozenset[str]
    defined_terms: frozenset[str]
    asks_in_general: bool
    possible_term: PossibleTerm | None
    stance_terms: frozenset[str]
    asks_stance: bool
    asks_wish: bool
    foreign_words: frozenset[str]
    frequencies: Mapping[str, int]
    prose: float

    @property
    def unit_share(self) -> float:
        """What the best unit of a passage counts for: 0 to 1."""
        return _PROSE_TERMS / max(_PROSE_TERMS, len(self.query_terms))

    def count(self, term: str) -> int:
        """Count how often a term is typed."""
        return max(1, self.frequencies.get(term, 1))


@dataclass(frozen=True, slots=True)
class QuestionText(TokenizedText):
    """What a text asks, and the ``context`` in which it stands there.

    ``needs_context`` says that the question alone says too little, and ``is_marked`` that question
    marks tell what asks.
    """

    context: TokenizedText
    needs_context: bool
    is_marked: bool


def read_question(question: str) -> TokenizedText:
    """Tokenize what is looked at of a question: all, or its first and last 2,000 characters.

    A longer text that asks in some of its sentences becomes a ``QuestionText``.
    """
    if len(question) > _MAX_CHARACTERS:
        half = _MAX_CHARACTERS // 2
        question = f"{question[:half]} {question[-half:]}"
    text = clean_question(question)
    if "the us" in text:
        text = _UNITED_STATES.sub("the US", text)
    asking = find_asking(text)
    read = TokenizedText.tokenize(asking.text)
    if not asking.context:
        return read
    context = TokenizedText.tokenize(asking.context)
    needs_context, is_marked = asking.needs_context, asking.is_marked
    return QuestionText(read.text, read.tokens, read.folded, context, needs_context, is_marked)


def _tell_founding(words: Iterable[str]) -> Iterator[str]:
    """Give words in which "found" is "founded" where it is no past: "when did they found it".

    Behind these verbs English has the base form. Between them stand few words, as another verb
    may be among many: "where did they find the thing that he found".
    """
    left = -1
    for word in words:
        folded = fold(word)
        if folded in _BEFORE_BASE_FORMS:
            left = _MOST_WORDS_BETWEEN
        elif folded in AUXILIARIES or folded in RELATIVES or folded in IRREGULAR_PASTS - {_FOUND}:
            left = -1
        yield "founded" if left >= 0 and folded == _FOUND else word
        if folded not in _BEFORE_BASE_FORMS:
            left -= 1


class QuestionReader:
    """Reads the questions about one collection."""

    def __init__(self, words: KnownWords) -> None:
        """Take what the collection knows of words."""
        self._words = words
        self._analyzer = words.analyzer

    def read(self, question: TokenizedText, term: Sequence[str] = ()) -> ReadQuestion:
        """Correct the words of a question, and find its terms.

        It asks the meaning of ``term``, if there is one, whatever its form.
        """
        text = question.text
        tokens = self.choose_names(question.tokens)
        language = self._analyzer.language
        foreign_words = _NO_TERMS
        terms = list(map(self._analyzer.term, tokens))
        if all(map(self._words.is_understood, filter(None, terms))):
            # A question whose words are all understood is in the collection's language.
            corrections = Corrections({}, {}, frozenset(terms))
            corrected = tokens
        else:
            language, foreign_words = self._find_foreign_words(text, tokens)
            if not foreign_words:
                text, tokens = self._correct_stop_words(text, tokens)
                terms = list(map(self._analyzer.term, tokens))
            corrections = self._find_corrections(tokens, foreign_words)
            corrected = [corrections.meant.get(token, token) for token in tokens]
        if _FOUND in corrected and self._analyzer.language == _ENGLISH:
            corrected = list(_tell_founding(corrected))
        query_terms, prose = self._find_terms_of_text(corrected)
        frame_terms = self._analyzer.frame_terms
        if query_terms.keys() <= frame_terms:
            # A question that has no other words asks for these.
            frame_terms = frozenset()
        # A longer question says enough beside whom it is about.
        is_short = len(query_terms) <= _SHORT_TERMS
        subject = self._find_subject(corrected) if is_short else NO_PARTY
        if len(query_terms) <= _SHORT_QUESTION:
            frame_terms |= self._find_terms(subject.bare_stance)
        definition = DefinitionQuestion(term, is_general=True) if term else NO_DEFINITION
        if is_short and not term:
            definition = find_definition(text, corrected, language, self._words.is_name)
        defined_terms = self._find_terms(definition.words)
        if defined_terms:
            frame_terms |= query_terms.keys() - defined_terms
        # In most questions no word comes twice.
        frequencies = Counter(terms) if len(set(terms)) < len(terms) else _ONCE
        return ReadQuestion(
            text=text,
            query_terms=query_terms,
            corrections=corrections,
            frame_terms=frame_terms,
            subject_terms=self._find_terms(subject.party),
            defined_terms=defined_terms,
            asks_in_general=definition.is_general,
            possible_term=definition.possible,
            stance_terms=self._find_terms(subject.stance),
            asks_stance=subject.asks_stance,
            asks_wish=subject.asks_wish,
            foreign_words=foreign_words,
            frequencies=frequencies,
            prose=prose,
        )

    def _find_foreign_words(self, text: str, tokens: Sequence[str]) -> tuple[str, frozenset[str]]:
        """Give the language of a question, and its stop words if it is not the collection's."""
        own = self._analyzer.language
        words = frozenset(map(fold, tokens))
        for asking in _TURKISH_ASKING:
            if own != _TURKISH and asking <= words:
                return _TURKISH, stop_words_of(_TURKISH) | asking
        language = find_question_language(text)
        foreign_words = frozenset[str]() if language == own else stop_words_of(language)
        has_own_words = bool(words & stop_words_of(own) - foreign_words)
        # One alone may be a misspelt word of the collection's language: "wat".
        if has_own_words or len(words & foreign_words) < _FOREIGN_WORDS:
            return own, frozenset()
        return language, foreign_words

    def _find_terms_of_text(self, words: Sequence[str]) -> tuple[QueryTerms, float]:
        """Give the terms that words ask for, and how much of a long text they are: 0 to 1.

        Prose has no phrases: there each word counts by itself, as in BM25.
        """
        query_terms = self.find_query_terms(words)
        prose = (len(query_terms) - _SHORT_TERMS) / (_PROSE_TERMS - _SHORT_TERMS)
        if prose < 1:
            return query_terms, max(prose, 0.0)
        words_alone: QueryTerms = {}
        self._add_words(words_alone, words)
        return words_alone, 1.0

    def _find_subject(self, words: Sequence[str]) -> QuestionSubject:
        """Find whom a question is about."""
        if self._analyzer.language != "en":
            return NO_PARTY
        return find_question_subject(words, self._words.is_name)

    def _find_terms(self, words: Sequence[str]) -> frozenset[str]:
        """Give the terms of words, and of the phrases among them."""
        return frozenset(self._analyzer.analyze_words(words)) if words else _NO_TERMS

    def choose_names(self, words: Iterable[str]) -> list[str]:
        """Leave out the parts of a compound name that the collection has, or else the whole.

        Numbers are parted from their units, and short years and units written out.
        """
        words = list(words)
        if all(map(_is_plain, words)):
            return words
        tokens: list[str] = []
        for word in words:
            parts = find_parts(word)
            if not parts:
                tokens.append(word)
            elif self._stands_there(word):
                # The parts stand before it.
                del tokens[-len(parts) :]
                tokens.append(word)
        parted = list(chain.from_iterable(map(self._part_unit, tokens)))
        dated = map(self._write_out_year, ["", *parted], parted, [*parted[1:], ""])
        return list(self._write_out_units(list(dated)))

    def _part_unit(self, word: str) -> Sequence[str]:
        """Part a number from the unit that is typed behind it ("100m"), if the whole is unknown."""
        parted = _NUMBER_WITH_UNIT.fullmatch(word)
        return (word,) if parted is None or self._stands_there(word) else parted.groups()

    def _write_out_year(self, before: str, word: str, behind: str) -> str:
        """Write out a short year or decade if the collection has just one that it can be."""
        year = _SHORT_YEAR.fullmatch(word)
        if year is None or self._stands_there(word):
            return word
        tens, ones, plural = year.groups()
        is_year = fold(before) in _BEFORE_SHORT_YEARS and not behind.endswith(_NO_YEARS_BEFORE)
        if not plural and not is_year:
            return word
        written = [f"{century}{word}" for century in _CENTURIES]
        if plural and ones == "0" and not any(map(self._stands_there, written)):
            written = [f"{century}{tens}{one}" for century in _CENTURIES for one in range(10)]
        known = list(filter(self._stands_there, written))
        return known[0] if len(known) == 1 else word

    def _write_out_units(self, words: Sequence[str]) -> Iterator[str]:
        """Write out the short units behind numbers ("100 m"), as far as the collection has them."""
        before = ""
        for word in words:
            whole = _UNITS.get(word, "") if before[:1].isdigit() else ""
            if not whole or self._stands_there(word) or not self._stands_there(whole):
                yield word
            if whole and self._stands_there(whole):
                yield whole
            before = word

    def _stands_there(self, word: str) -> bool:
        """Say whether the collection has a word, in any of its forms."""
        return self._analyzer.term(word) in self._words.index.vocabulary

    def _correct_stop_words(self, text: str, tokens: list[str]) -> tuple[str, list[str]]:
        """Give a question in which stop words are spelt as they should be.

        They say what is asked for, but nobody has to be told of them.
        """
        stop_words: dict[str, str] = {}
        for token in dict.fromkeys(tokens):
            term = self._analyzer.term(token)
            if not term or self._words.is_understood(term):
                continue
            meant = self._words.correct(fold(token))
            if meant is not None and not self._analyzer.term(meant):
                stop_words[token] = meant
        if not stop_words:
            return text, tokens
        for typed, meant in stop_words.items():
            text = re.sub(rf"\b{re.escape(typed)}\b", meant, text)
        return text, [stop_words.get(token, token) for token in tokens]

    def _find_corrections(
        self, tokens: Sequence[str], foreign_words: frozenset[str]
    ) -> Corrections:
        """Correct the words of a question that stand nowhere.

        A question in another language has no misspelt words of the collection's, but names.
        """
        own_words = tokens
        if foreign_words:
            own_words = [token for token in tokens if fold(token) not in foreign_words]
        meant = self._words.find_meant_words(own_words)
        if foreign_words:
            is_name = self._words.is_name
            meant = {typed: right for typed, right in meant.items() if is_name(right)}
        terms_as_typed = frozenset(map(self._analyzer.term, tokens))
        typed_of: dict[str, str] = {}
        for typed, right in meant.items():
            typed_of[self._analyzer.term(right)] = typed
        return Corrections(meant, typed_of, terms_as_typed)

    def find_query_terms(self, words: Sequence[str]) -> QueryTerms:
        """Give the terms that words ask for, each once: phrases, and the words outside of them."""
        query_terms: QueryTerms = {}
        done = 0
        for begin, end, phrase in self._analyzer.find_phrases(words):
            self._add_words(query_terms, words[done:begin])
            self._add_phrase(query_terms, phrase, words[begin:end])
            done = end
        self._add_words(query_terms, words[done:])
        return query_terms

    def _add_words(self, query_terms: QueryTerms, words: Iterable[str]) -> None:
        """Add the words that are no stop words, unless they are there."""
        for word in words:
            term = self._analyzer.term(word)
            if term:
                parts = tuple(filter(None, map(self._analyzer.term, find_parts(word))))
                query_terms.setdefault(term, QueryTerm(word, parts))

    def _add_phrase(self, query_terms: QueryTerms, phrase: str, words: Sequence[str]) -> None:
        """Add a phrase, or its words where it has stop words and stands nowhere as a phrase.

        Where only some of its words stand somewhere, the others are added, too: they are missing,
        even if a passage holds a part.
        """
        parts = tuple(filter(None, map(self._analyzer.term, words)))
        has_stop_words = len(parts) < len(words)
        is_found = bool(self._words.variants(phrase, ()))
        if has_stop_words and not is_found:
            # Of words with the same term the last one is shown.
            last_words = {self._analyzer.term(word): word for word in words}
            self._add_words(query_terms, last_words.values())
            return
        known_parts = [part for part in parts if self._words.is_understood(part)]
        if known_parts and not is_found:
            missing = [word for word in words if self._analyzer.term(word) not in known_parts]
            self._add_words(query_terms, missing)
        typed = " ".join(words)
        if len(parts) < 2:
            parts = _NO_PARTS
        query_terms.setdefault(phrase, QueryTerm(typed, parts))


def _is_plain(word: str) -> bool:
    """Say whether a word has letters alone, none of them large but perhaps the first."""
    return word.isalpha() and word[1:].islower()
