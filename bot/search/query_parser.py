"""A question as text becomes a ``ParsedQuery``, in one pass.

In: a question, and what the collection holds. Out: its concepts with their variants and weights,
corrected spellings, unknown words, the type of its answer, and an upper bound of scores. The
question is tokenised once. Which passages match is found elsewhere.

Weights are those of BM25, in the collection or in general English, whichever is less: in a
collection of thirty passages every word is rare.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from bot.articles.languages import find_question_language
from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.spelling import SpellingCorrector
from bot.search.analysis.stop_words import stop_words_of
from bot.search.analysis.tokens import (
    TokenizedText,
    find_parts,
    fold,
    is_unspaced_character,
    tokenize,
)
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_form import classify_form
from bot.search.answer_type import (
    AnswerType,
    classify_question,
    classify_word,
    find_counted_words,
)
from bot.search.arrays import BoolArray, UInt8Array
from bot.search.asking_sentences import find_asking
from bot.search.bm25 import BM25Index
from bot.search.definition_question import NO_DEFINITION, find_definition
from bot.search.memo import memoize
from bot.search.query import (
    CORRECTED_SHARE,
    NO_SHARE,
    ConceptShare,
    EncodedQuery,
    ParsedQuery,
    QueryConcept,
)
from bot.search.question_subject import NO_PARTY, QuestionSubject, find_question_subject
from bot.search.question_text import clean_question
from bot.search.signals import find_max_score

# What a question that follows up no other has as its subject.
NO_SUBJECT = TokenizedText("", (), ())
# So many concepts of a question are looked for at most.
MAX_TERMS = 64
# So many unknown words of a question are corrected at most.
MAX_CORRECTED = 32
# What is looked at of a longer question is its first half and its last half of so many characters.
_MAX_CHARACTERS = 4_000
# The results for so many words or terms are remembered.
_CACHED = 16_384
# What a word counts for that only frames a question ("explain", "happened").
_FRAME_SHARE = 0.5
# What a word counts for that only asks what somebody's stance is ("wants", "position").
_STANCE_SHARE = 0.2
# So many small words tell that a question is in another language than the collection.
_FOREIGN_WORDS = 2
# What a word of a phrase counts for that stands alone.
_PHRASE_PART_SHARE = 0.5
# What counts for less than this is not the same as what is to be defined.
_LEAST_DEFINED_SHARE = 0.5
# What a concept of the question before counts for.
_SUBJECT_SHARE = 0.5
# In a question of more words than these, "position" and "interest" say what it is about.
_SHORT_QUESTION = 4
# What a concept of the context of a question counts for, and what all of them together weigh at
# most, as a multiple of what the question's own concepts weigh: an introduction helps to choose
# between passages that answer alike, but does not lead to another answer.
_CONTEXT_SHARE = 0.1
_CONTEXT_BUDGET = 0.15
# The same where the question alone says too little.
_NEEDED_CONTEXT_SHARE = 0.3
_NEEDED_CONTEXT_BUDGET = 0.5
# A question of at most so many terms is short. One of at least so many is prose: it is ranked much
# as BM25 does it, because signals made for short questions drown BM25 there. A sentence holds about
# as many terms, so the longer the question, the less the best sentence says to the whole of it.
_SHORT_TERMS = 6
_PROSE_TERMS = 9
# In prose of which first words alone say what asks, the rest may well belong to what is asked for.
# It counts the more, the surer it is that the question is prose.
_PROSE_CONTEXT_POWER = 3
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


class _QueryTerm(NamedTuple):
    """A word or phrase of a question, as typed, and of a phrase the terms of its words."""

    word: str
    parts: tuple[str, ...]


# The parts of a phrase with at most one word that is no stop word: it has parts, unlike a word, but
# that word does not stand for it.
_NO_PARTS = ("",)
# Terms in the order of the question.
_QueryTerms = dict[str, _QueryTerm]


class _Corrections(NamedTuple):
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


class _Question(NamedTuple):
    """A question with its terms and corrections, and the terms that only frame it.

    ``subject_terms`` are those of whom it is about, ``defined_terms`` those of what it asks the
    meaning of, and ``needs_definition`` says that nothing else answers.
    ``foreign_words`` are the stop words of its own language, where that is another one, folded.
    ``frequencies`` say how often each term of a word is typed. ``prose`` says how much of a long
    text the question is, 0 to 1.
    """

    text: str
    query_terms: _QueryTerms
    corrections: _Corrections
    frame_terms: frozenset[str]
    subject_terms: frozenset[str]
    defined_terms: frozenset[str]
    needs_definition: bool
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


class Collection(NamedTuple):
    """What a parser knows of a collection.

    ``term_types`` are the answer types of all terms, uint8, (terms,), and ``is_party`` says which
    of them say or want something, bool, (terms,). ``written_forms`` map folded
    words to how they are written, where that differs.
    """

    index: BM25Index
    term_types: UInt8Array
    is_party: BoolArray
    written_forms: Mapping[str, str]
    spelling: SpellingCorrector


class QueryParser:
    """Parses the questions about one collection."""

    def __init__(self, analyzer: Analyzer, collection: Collection) -> None:
        """Take what analysed the collection, and what is known of it.

        The results are remembered for a bounded number of words and terms.
        """
        self.analyzer = analyzer
        self._index = collection.index
        self._term_types = collection.term_types
        self._is_party = collection.is_party
        self._written_forms = collection.written_forms
        self._spelling = collection.spelling
        self._frequencies = frequencies_of(analyzer.language)
        self._variants = memoize(QueryParser._find_variants, self, _CACHED)
        self._term_ids = memoize(QueryParser._find_term_ids, self, _CACHED)
        self._term_weight = memoize(QueryParser._find_term_weight, self, _CACHED)
        self._correct = memoize(QueryParser._find_correction, self, _CACHED)

    def parse(self, question: TokenizedText, subject: TokenizedText = NO_SUBJECT) -> ParsedQuery:
        """Parse what is looked at of a question.

        The 64 weightiest concepts are kept. A word counts as often as it is typed. What the
        ``subject`` (a question before) holds beyond the question, as far as the collection knows
        it, counts for half. Of the words that stand nowhere the first 32 may be corrected. What
        only frames a question ("explain", "happened") counts for half, and is not missed where it
        stands nowhere. What stands around a question (``QuestionText``) counts for little, and is
        not missed either.
        """
        read = self._read(question)
        known, unknown, doubt = self._make_concepts(read)
        known += self._make_context_concepts(question, read, _sum_weights(known))
        known += self._make_subject_concepts(subject, read.query_terms)
        known.sort(key=lambda concept: -concept.weight)
        concepts, unknown = _share_out(known[:MAX_TERMS], unknown)
        everything = [*concepts, *unknown]
        unknown_names = [concept for concept in unknown if concept.is_name]
        unknown_words = [concept.word for concept in unknown]
        answer_type = classify_question(read.text, self.analyzer.language)
        return ParsedQuery(
            text=_mend(read, subject),
            tokens=question.tokens,
            concepts=tuple(concepts),
            unknown_words=tuple(unknown_words),
            corrections=read.corrections.meant,
            answer_type=answer_type,
            answer_form=classify_form(read.text, self.analyzer.language),
            max_score=_sum_max_scores(everything, read.unit_share) + doubt,
            total_weight=_sum_weights(everything),
            missing_name_weight=_sum_weights(unknown_names),
            counted_terms=self._find_counted_terms(question.text),
            encoded=self._encode(concepts),
            needs_definition=read.needs_definition,
            asks_wish=read.asks_wish,
            unit_share=read.unit_share,
        )

    def suggest_spellings(self, word: str) -> list[str]:
        """Give up to two words, as the collection writes them, that an unknown one might have been.

        There is none for a word that is found, under whatever name, or that is corrected.
        """
        term = self.analyzer.term(word)
        if not term or self._variants(term, ()) or self._find_meant_words([word]):
            return []
        # Several words may have one term, of which only the likeliest is suggested.
        likely: dict[str, str] = {}
        for other in self._spelling.suggest(fold(word), 2 * _MAX_SUGGESTIONS):
            term = self.analyzer.term(other)
            written = self._written_forms.get(other, other)
            likely.setdefault(term, written)
        suggestions = list(likely.values())
        return suggestions[:_MAX_SUGGESTIONS]

    def unknown_word_weight(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``parse`` does: in nats."""
        query_terms = self._find_query_terms(self._choose_names(tokenize(word)))
        weights = []
        for term, (_, parts) in query_terms.items():
            variants = self._variants(term, parts)
            weights.append(self._weigh_concept(term, parts, variants))
        return sum(weights)

    def is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        term_id = self._index.vocabulary.get(self.analyzer.term(word))
        if term_id is None:
            return False
        return bool(self._term_types.item(term_id) & _NAME)

    def _read(self, question: TokenizedText) -> _Question:
        """Correct the words of a question, and find its terms."""
        names = self._choose_names(question.tokens)
        language, foreign_words = self._find_foreign_words(question.text, names)
        text, tokens = question.text, names
        if not foreign_words:
            text, tokens = self._correct_stop_words(text, names)
        corrections = self._find_corrections(tokens, foreign_words)
        corrected = [corrections.meant.get(token, token) for token in tokens]
        query_terms, prose = self._find_terms_of_text(corrected)
        frame_terms = self.analyzer.frame_terms
        if query_terms.keys() <= frame_terms:
            # A question that has no other words asks for these.
            frame_terms = frozenset()
        # A longer question says enough beside whom it is about.
        is_short = len(query_terms) <= _SHORT_TERMS
        subject = self._find_subject(corrected) if is_short else NO_PARTY
        if len(query_terms) <= _SHORT_QUESTION:
            frame_terms |= self._find_terms(subject.bare_stance)
        definition = NO_DEFINITION
        if is_short:
            definition = find_definition(text, corrected, language, self.is_name)
        defined_terms = self._find_terms(definition.words)
        if defined_terms:
            frame_terms |= query_terms.keys() - defined_terms
        frequencies = Counter(map(self.analyzer.term, tokens))
        return _Question(
            text=text,
            query_terms=query_terms,
            corrections=corrections,
            frame_terms=frame_terms,
            subject_terms=self._find_terms(subject.party),
            defined_terms=defined_terms,
            needs_definition=definition.is_strict,
            stance_terms=self._find_terms(subject.stance),
            asks_stance=subject.asks_stance,
            asks_wish=subject.asks_wish,
            foreign_words=foreign_words,
            frequencies=frequencies,
            prose=prose,
        )

    def _find_foreign_words(self, text: str, tokens: Sequence[str]) -> tuple[str, frozenset[str]]:
        """Give the language of a question, and its stop words if it is not the collection's.

        A question whose words are all understood is in the collection's language.
        """
        own = self.analyzer.language
        terms = filter(None, map(self.analyzer.term, tokens))
        if all(map(self._is_understood, terms)):
            return own, frozenset()
        language = find_question_language(text)
        foreign_words = frozenset[str]() if language == own else stop_words_of(language)
        words = frozenset(map(fold, tokens))
        has_own_words = bool(words & stop_words_of(own) - foreign_words)
        # One alone may be a misspelt word of the collection's language: "wat".
        if has_own_words or len(words & foreign_words) < _FOREIGN_WORDS:
            return own, frozenset()
        return language, foreign_words

    def _find_terms_of_text(self, words: Sequence[str]) -> tuple[_QueryTerms, float]:
        """Give the terms that words ask for, and how much of a long text they are: 0 to 1.

        Prose has no phrases: there each word counts by itself, as in BM25.
        """
        query_terms = self._find_query_terms(words)
        prose = (len(query_terms) - _SHORT_TERMS) / (_PROSE_TERMS - _SHORT_TERMS)
        if prose < 1:
            return query_terms, max(prose, 0.0)
        words_alone: _QueryTerms = {}
        self._add_words(words_alone, words)
        return words_alone, 1.0

    def _find_subject(self, words: Sequence[str]) -> QuestionSubject:
        """Find whom a question is about."""
        if self.analyzer.language != "en":
            return NO_PARTY
        return find_question_subject(words, self.is_name)

    def _find_terms(self, words: Sequence[str]) -> frozenset[str]:
        """Give the terms of words, and of the phrases among them."""
        return frozenset(self.analyzer.analyze_words(words))

    def _choose_names(self, words: Iterable[str]) -> list[str]:
        """Leave out the parts of a compound name that the collection has, or else the whole."""
        tokens: list[str] = []
        for word in words:
            parts = find_parts(word)
            if not parts:
                tokens.append(word)
            elif self.analyzer.term(word) in self._index.vocabulary:
                # The parts stand before it.
                del tokens[-len(parts) :]
                tokens.append(word)
        return tokens

    def _correct_stop_words(self, text: str, tokens: list[str]) -> tuple[str, list[str]]:
        """Give a question in which stop words are spelt as they should be.

        They say what is asked for, but nobody has to be told of them.
        """
        stop_words: dict[str, str] = {}
        for token in dict.fromkeys(tokens):
            term = self.analyzer.term(token)
            if not term or self._is_understood(term):
                continue
            meant = self._correct(fold(token))
            if meant is not None and not self.analyzer.term(meant):
                stop_words[token] = meant
        if not stop_words:
            return text, tokens
        for typed, meant in stop_words.items():
            text = re.sub(rf"\b{re.escape(typed)}\b", meant, text)
        return text, [stop_words.get(token, token) for token in tokens]

    def _find_corrections(
        self, tokens: Sequence[str], foreign_words: frozenset[str]
    ) -> _Corrections:
        """Correct the words of a question that stand nowhere."""
        meant = self._find_meant_words(
            token for token in tokens if fold(token) not in foreign_words
        )
        terms_as_typed = frozenset(map(self.analyzer.term, tokens))
        typed_of: dict[str, str] = {}
        for typed, right in meant.items():
            typed_of[self.analyzer.term(right)] = typed
        return _Corrections(meant, typed_of, terms_as_typed)

    def _find_meant_words(self, words: Iterable[str]) -> dict[str, str]:
        """Give for unknown words those that were meant, if these are understood."""
        unknown: dict[str, None] = {}
        for word in words:
            term = self.analyzer.term(word)
            if term and not self._is_understood(term):
                unknown[word] = None
        corrections: dict[str, str] = {}
        for word in list(unknown)[:MAX_CORRECTED]:
            meant = self._correct(fold(word))
            if meant is not None and self._is_understood(self.analyzer.term(meant)):
                corrections[word] = meant
        return corrections

    def _is_understood(self, term: str) -> bool:
        """Say whether a term is found, under whatever name, or only frames a question."""
        return term in self.analyzer.frame_terms or bool(self._variants(term, ()))

    def _find_query_terms(self, words: Sequence[str]) -> _QueryTerms:
        """Give the terms that words ask for, each once: phrases, and the words outside of them."""
        query_terms: _QueryTerms = {}
        done = 0
        for begin, end, phrase in self.analyzer.find_phrases(words):
            self._add_words(query_terms, words[done:begin])
            self._add_phrase(query_terms, phrase, words[begin:end])
            done = end
        self._add_words(query_terms, words[done:])
        return query_terms

    def _add_words(self, query_terms: _QueryTerms, words: Iterable[str]) -> None:
        """Add the words that are no stop words, unless they are there."""
        for word in words:
            term = self.analyzer.term(word)
            if term:
                parts = tuple(filter(None, map(self.analyzer.term, find_parts(word))))
                query_terms.setdefault(term, _QueryTerm(word, parts))

    def _add_phrase(self, query_terms: _QueryTerms, phrase: str, words: Sequence[str]) -> None:
        """Add a phrase, or its words where it has stop words and stands nowhere as a phrase."""
        parts = tuple(filter(None, map(self.analyzer.term, words)))
        has_stop_words = len(parts) < len(words)
        if has_stop_words and not self._variants(phrase, ()):
            # Of words with the same term the last one is shown.
            last_words = {self.analyzer.term(word): word for word in words}
            self._add_words(query_terms, last_words.values())
            return
        typed = " ".join(words)
        if len(parts) < 2:
            parts = _NO_PARTS
        query_terms.setdefault(phrase, _QueryTerm(typed, parts))

    def _make_concepts(
        self, question: _Question
    ) -> tuple[list[QueryConcept], list[QueryConcept], float]:
        """Make concepts of the terms of a question.

        Gives those that the collection holds, those that it does not, and what the highest score
        is raised by because words may have been corrected wrongly.
        """
        known: list[QueryConcept] = []
        unknown: list[QueryConcept] = []
        doubt = 0.0
        for term, query_term in question.query_terms.items():
            concept, doubt_of_concept = self._make_concept(term, query_term, question)
            doubt += doubt_of_concept
            if concept.variants:
                known.append(concept)
            elif term not in question.frame_terms and term not in question.stance_terms:
                # A stance is told by who says something, whatever the question calls it.
                unknown.append(concept)
        # Who asks "what is Tchap" of French articles misses neither "what" nor "is" in them.
        missing = [one for one in unknown if fold(one.word) not in question.foreign_words]
        return known, missing, doubt

    def _make_concept(
        self, term: str, query_term: _QueryTerm, question: _Question
    ) -> tuple[QueryConcept, float]:
        """Make a concept; give what the doubt about its correction adds to the highest score."""
        word, parts = query_term
        variants = self._variants(term, parts)
        weight = self._weigh_concept(term, parts, variants)
        is_frame = term in question.frame_terms
        is_stance = is_frame and term in question.stance_terms
        if is_frame:
            weight *= _STANCE_SHARE if is_stance else _FRAME_SHARE
        if variants:
            weight *= question.count(term)
        doubt = 0.0
        typed = question.corrections.find_typed(term)
        if typed is not None and (variants or not is_frame):
            # What people are shown is the word that they typed.
            word = typed
            lost_weight = max(0.0, self._term_weight(self.analyzer.term(typed)) - weight)
            doubt = find_max_score(lost_weight / 2)
            variants = {other: share * CORRECTED_SHARE for other, share in variants.items()}
        meant = question.corrections.meant.get(word, word)
        is_name = not is_stance and self._is_name(meant, term, question.text)
        variants = _leave_out_other_terms(variants, term, question.query_terms)
        variants = _fade_synonyms(variants, term, question.prose)
        if term in question.defined_terms:
            variants = _keep_same(variants)
        concept = QueryConcept(
            word=word,
            term=term,
            weight=weight,
            is_name=is_name,
            variants=variants,
            coverage=1 - question.prose,
            share=self._find_share(term, variants, question),
        )
        return concept, doubt

    def _find_share(
        self, term: str, variants: Mapping[str, float], question: _Question
    ) -> ConceptShare:
        """Say what part a concept has in what the question is about: 1 for yes."""
        is_subject = term in question.subject_terms and self._may_be_party(variants)
        if not is_subject and term not in question.defined_terms:
            return NO_SHARE
        return ConceptShare(
            subject=float(is_subject),
            stance=float(is_subject and question.asks_stance),
            definition=float(term in question.defined_terms),
        )

    def _may_be_party(self, variants: Mapping[str, float]) -> bool:
        """Say whether one of the terms of a concept is a name, or says or wants something."""
        for term_id in self._term_ids(tuple(variants)):
            if self._is_party[term_id] or self._term_types[term_id] & _NAME:
                return True
        return False

    def _make_context_concepts(
        self, question: TokenizedText, read: _Question, asked_weight: float
    ) -> list[QueryConcept]:
        """Make concepts of what stands around a question, as far as the collection holds it.

        They never weigh more together than a share of ``asked_weight``, that of the question. Only
        in prose of which first words alone say what asks, they count as much as that.
        """
        if not isinstance(question, QuestionText) or not question.context.tokens:
            return []
        share, budget = _CONTEXT_SHARE, _CONTEXT_BUDGET
        if question.needs_context:
            share, budget = _NEEDED_CONTEXT_SHARE, _NEEDED_CONTEXT_BUDGET
        concepts = self._make_other_concepts(question.context, read.query_terms)
        total = _sum_weights(concepts)
        if asked_weight > 0 and total > 0:
            share = min(share, budget * asked_weight / total)
        coverage = share * (1 - read.prose)
        if not question.is_marked:
            share += (1 - share) * read.prose**_PROSE_CONTEXT_POWER
        return [
            replace(
                concept,
                weight=share * concept.weight,
                is_name=False,
                variants=_fade_synonyms(concept.variants, concept.term, read.prose),
                coverage=coverage,
                is_asked=False,
            )
            for concept in concepts
        ]

    def _make_subject_concepts(
        self, subject: TokenizedText, asked: Mapping[str, _QueryTerm]
    ) -> list[QueryConcept]:
        """Make concepts of what a question before holds beyond this one, with its context.

        Those that the collection does not hold are left out.
        """
        concepts = self._make_other_concepts(subject, asked)
        if isinstance(subject, QuestionText):
            found = {concept.term for concept in concepts}
            of_context = self._make_other_concepts(subject.context, asked)
            concepts += [concept for concept in of_context if concept.term not in found]
        return [replace(concept, weight=_SUBJECT_SHARE * concept.weight) for concept in concepts]

    def _make_other_concepts(
        self, text: TokenizedText, asked: Mapping[str, _QueryTerm]
    ) -> list[QueryConcept]:
        """Make concepts of what a text holds beyond what is ``asked``, as far as it is known."""
        concepts: list[QueryConcept] = []
        words = self._choose_names(text.tokens)
        for term, (word, parts) in self._find_query_terms(words).items():
            if term in asked or term in self.analyzer.frame_terms:
                continue
            variants = self._variants(term, parts)
            if variants:
                weight = self._weigh_concept(term, parts, variants)
                is_name = self._is_name(word, term, text.text)
                concepts.append(QueryConcept(word, term, weight, is_name, variants))
        return concepts

    def _find_counted_terms(self, question: str) -> frozenset[str]:
        """Give the terms of what "how many" asks the number of."""
        terms: set[str] = set()
        for words in map(tokenize, find_counted_words(question)):
            terms.update(map(self.analyzer.term, words))
        # Stop words have no term.
        terms.discard("")
        return frozenset(terms)

    def _weigh_concept(
        self, term: str, parts: tuple[str, ...], variants: Mapping[str, float]
    ) -> float:
        """Weigh a word or phrase, in nats.

        A phrase weighs the mean of its words and variants, or, where it is unknown, their sum.
        """
        if not parts:
            return self._term_weight(term)
        weights = [self._term_weight(other) for other in (*filter(None, parts), *variants)]
        total = sum(weights)
        return total / len(weights) if variants else total

    def _is_name(self, word: str, term: str, question: str) -> bool:
        """Say whether a word is a name or a figure.

        It is written so in the collection or in the question, or is no word of the language.
        """
        if classify_word(word, self.analyzer.language) or self.is_name(word):
            return True
        is_shouted = word.isupper() and len(word) > _LONGEST_ABBREVIATION
        if word[:1].isupper() and not is_shouted:
            # The first word of a question has a capital letter anyway.
            is_first = question.lstrip().startswith(word)
            if not is_first:
                return True
        ordinary_words = self._frequencies.words
        is_short = word.islower() and len(word) <= _LONGEST_SHORT_WORD
        if term in self._index.vocabulary or is_short or not ordinary_words:
            return False
        return not any(fold(part) in ordinary_words for part in word.split())

    def _encode(self, concepts: Sequence[QueryConcept]) -> EncodedQuery:
        """Give concepts as arrays."""
        row_of_term: dict[int, int] = {}
        places: list[int] = []
        values: list[float] = []
        for column, concept in enumerate(concepts):
            for term_id in self._term_ids(tuple(concept.variants)):
                row = row_of_term.setdefault(term_id, len(row_of_term) + 1)
                places.append(row * len(concepts) + column)
            values.extend(concept.variants.values())
        terms = len(row_of_term)
        shares = np.zeros((1 + terms, len(concepts)))  # float64, (1 + terms, concepts)
        shares.put(places, values)
        term_ids = np.fromiter(row_of_term, dtype=np.int64, count=terms)  # int64, (terms,)
        weights = [concept.weight for concept in concepts]
        concept_weights = np.array(weights, dtype=np.float64)  # float64, (concepts,)
        coverages = np.array([concept.coverage for concept in concepts], dtype=np.float64)
        # A term's idf is in its impacts already; what it is to count is the weight of its concepts.
        term_weights = shares[1:] @ concept_weights  # float64, (terms,)
        term_weights /= self._index.idf_of(term_ids)
        concept_shares = np.array([concept.share for concept in concepts]).reshape(-1, 3).T
        return EncodedQuery(
            term_ids=term_ids,
            term_weights=term_weights,
            shares=shares,
            concept_weights=concept_weights,
            coverages=coverages,
            concept_shares=concept_shares,
        )

    def _find_variants(self, term: str, parts: tuple[str, ...]) -> Mapping[str, float]:
        """Give the terms by which the collection holds a concept, with their shares."""
        known_parts = filter(None, parts)
        shares = dict.fromkeys(known_parts, _PHRASE_PART_SHARE)
        shares |= self.analyzer.synonyms(term)
        shares[term] = 1.0
        vocabulary = self._index.vocabulary
        if is_unspaced_character(term) and term not in vocabulary:
            # It stands in pairs alone.
            pairs = [other for other in vocabulary if term in other]
            shares |= dict.fromkeys(pairs[:MAX_TERMS], 1.0)
        return {other: share for other, share in shares.items() if other in vocabulary}

    def _find_term_ids(self, terms: tuple[str, ...]) -> list[int]:
        """Give the ids of terms that the collection holds."""
        return [self._index.vocabulary[term] for term in terms]

    def _find_term_weight(self, term: str) -> float:
        """Weigh a term: the lower one of its BM25 weights here and with general English added."""
        here = self._index.term_idf(term)
        if not self._frequencies.words:
            return here
        expected = _GENERAL_LENGTH * self._frequencies.share(term)
        # How many of the general passages hold the term, if it is spread by chance (Poisson).
        general = _GENERAL_PASSAGES * (1 - math.exp(-expected))
        holders = self._index.document_frequency(term) + general
        passages = self._index.corpus_size + _GENERAL_PASSAGES
        odds = (passages - holders + 0.5) / (holders + 0.5)
        return min(here, math.log1p(odds))

    def _find_correction(self, word: str) -> str | None:
        return self._spelling.correct(word)


def _mend(question: _Question, subject: TokenizedText) -> str:
    """Give a question behind its subject, with its misspelt words mended."""
    text = question.text
    for typed, meant in question.corrections.meant.items():
        text = re.sub(rf"\b{re.escape(typed)}\b", meant, text)
    return f"{subject.text} {text}" if subject.text else text


def read_question(question: str) -> TokenizedText:
    """Tokenize what is looked at of a question: all, or its first and last 2,000 characters.

    A longer text that asks in some of its sentences becomes a ``QuestionText``.
    """
    if len(question) > _MAX_CHARACTERS:
        half = _MAX_CHARACTERS // 2
        question = f"{question[:half]} {question[-half:]}"
    asking = find_asking(clean_question(question))
    read = TokenizedText.tokenize(asking.text)
    if not asking.context:
        return read
    context = TokenizedText.tokenize(asking.context)
    needs_context, is_marked = asking.needs_context, asking.is_marked
    return QuestionText(read.text, read.tokens, read.folded, context, needs_context, is_marked)


def _share_out(
    known: Sequence[QueryConcept], unknown: Sequence[QueryConcept]
) -> tuple[list[QueryConcept], list[QueryConcept]]:
    """Divide the shares of concepts by how many there are, and how many are to be defined."""
    everything = [*known, *unknown]
    if all(concept.share is NO_SHARE for concept in everything):
        return list(known), list(unknown)
    concepts = len(everything)
    defined = max(sum(concept.share.definition for concept in everything), 1.0)
    divided: list[QueryConcept] = []
    for concept in everything:
        if concept.share is not NO_SHARE:
            subject, stance, definition = concept.share
            share = ConceptShare(subject / concepts, stance / concepts, definition / defined)
            concept = replace(concept, share=share)  # noqa: PLW2901 (the same, with its share)
        divided.append(concept)
    return divided[: len(known)], divided[len(known) :]


def _sum_max_scores(concepts: Iterable[QueryConcept], unit_share: float) -> float:
    """Give the score that no passage exceeds for these concepts."""
    return sum(
        find_max_score(
            concept.weight,
            is_name=concept.is_name,
            coverage=concept.coverage,
            share=concept.share,
            unit_share=unit_share,
        )
        for concept in concepts
    )


def _sum_weights(concepts: Iterable[QueryConcept]) -> float:
    return sum(concept.weight for concept in concepts)


def _leave_out_other_terms(
    variants: Mapping[str, float], term: str, query_terms: Mapping[str, _QueryTerm]
) -> Mapping[str, float]:
    """Leave out variants that the question asks for as concepts of their own."""
    asked_for = query_terms.keys() & variants
    if asked_for <= {term}:
        return variants
    others = asked_for - {term}
    return {other: share for other, share in variants.items() if other not in others}


def _keep_same(variants: Mapping[str, float]) -> Mapping[str, float]:
    """Leave out what often means the same, where something is held that is the same.

    What defines Kyiv does not define Ukraine.
    """
    same = {term: share for term, share in variants.items() if share >= _LEAST_DEFINED_SHARE}
    return same or variants


def _fade_synonyms(variants: Mapping[str, float], term: str, prose: float) -> Mapping[str, float]:
    """Let synonyms count for less in prose, where a passage holds some of them by chance.

    Without the word itself they are all there is, and stay.
    """
    if not prose or term not in variants:
        return variants
    if prose == 1:
        return {term: variants[term]}
    faded = {other: share * (1 - prose) for other, share in variants.items()}
    faded[term] = variants[term]
    return faded
