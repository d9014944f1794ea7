"""A question as text becomes a ``ParsedQuery``, in one pass.

In: a question, and what the collection holds. Out: its concepts with their variants and weights,
corrected spellings, unknown words, the type of its answer, and an upper bound of scores. The
question is tokenised once. What its words are is found in ``question_reader``, what the collection
has of them in ``known_words``, and which passages match elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from operator import mul
from typing import cast

import numpy as np

from bot.search.analysis.stop_words import stop_words_of
from bot.search.analysis.tokens import TokenizedText, fold, tokenize
from bot.search.answer_form import classify_form
from bot.search.answer_type import classify_question, find_counted_words
from bot.search.arrays import FloatArray, Int64Array
from bot.search.known_words import KnownWords
from bot.search.memo import memoize
from bot.search.query import (
    CORRECTED_SHARE,
    NO_SHARE,
    ConceptShare,
    EncodedQuery,
    ParsedQuery,
    QueryConcept,
    Variants,
)
from bot.search.question_reader import (
    NO_SUBJECT,
    QueryTerm,
    QuestionReader,
    QuestionText,
    ReadQuestion,
)
from bot.search.signals import find_max_score

# So many concepts of a question are looked for at most.
MAX_TERMS = 64
# So many queries are remembered: where articles have several languages, each answers to a question
# more than once, and so does who asks why a passage was found.
_REMEMBERED = 64
# What a word counts for that only frames a question ("explain", "happened").
_FRAME_SHARE = 0.5
# What a word counts for that only asks what somebody's stance is ("wants", "position").
_STANCE_SHARE = 0.2
# What counts for less than this is not the same as what is to be defined.
_LEAST_DEFINED_SHARE = 0.5
# What has more words is described rather than named: "what was normal British defence".
_MOST_DEFINED_TERMS = 2
# What a concept of the question before counts for.
_SUBJECT_SHARE = 0.5
# What a concept of the context of a question counts for, and what all of them together weigh at
# most, as a multiple of what the question's own concepts weigh: an introduction helps to choose
# between passages that answer alike, but does not lead to another answer.
_CONTEXT_SHARE = 0.1
_CONTEXT_BUDGET = 0.15
# The same where the question alone says too little.
_NEEDED_CONTEXT_SHARE = 0.3
_NEEDED_CONTEXT_BUDGET = 0.5
# In prose of which first words alone say what asks, the rest may well belong to what is asked for.
# It counts the more, the surer it is that the question is prose.
_PROSE_CONTEXT_POWER = 3
_NO_CONCEPTS = EncodedQuery(
    term_ids=np.zeros(0, dtype=np.int64),
    term_weights=np.zeros(0),
    shares=np.zeros((1, 0)),
    row_concepts=np.zeros(1, dtype=np.int64),
    row_weights=np.zeros(1),
    concept_weights=np.zeros(0),
    coverages=np.zeros(0),
    weight=0.0,
    coverage=0.0,
    covered_weight=0.0,
    is_name=None,
    subject_shares=None,
    stance_shares=None,
    definition_shares=None,
)


class QueryParser:
    """Parses the questions about one collection."""

    def __init__(self, words: KnownWords) -> None:
        """Take what the collection knows of words."""
        self._analyzer = words.analyzer
        self._words = words
        self._reader = QuestionReader(words)
        self._remembered = memoize(QueryParser._parse, self, _REMEMBERED)

    def parse(
        self,
        question: TokenizedText,
        subject: TokenizedText = NO_SUBJECT,
        term: Sequence[str] = (),
    ) -> ParsedQuery:
        """Parse what is looked at of a question.

        The 64 weightiest concepts are kept. A word counts as often as it is typed. What the
        ``subject`` (a question before) holds beyond the question, as far as the collection knows
        it, counts for half. Of the words that stand nowhere the first 32 may be corrected. What
        only frames a question ("explain", "happened") counts for half, and is not missed where it
        stands nowhere. What stands around a question (``QuestionText``) counts for little, and is
        not missed either. The question asks the meaning of ``term``, if there is one.
        """
        return self._remembered(question, subject, tuple(term))

    def _parse(
        self, question: TokenizedText, subject: TokenizedText, term: tuple[str, ...]
    ) -> ParsedQuery:
        read = self._reader.read(question, term)
        known, unknown, doubt = self._make_concepts(read)
        known += self._make_context_concepts(question, read, _sum_weights(known))
        if subject.text:
            known += self._make_subject_concepts(subject, read.query_terms)
        known.sort(key=lambda concept: -concept.weight)
        concepts, unknown = _share_out(known[:MAX_TERMS], unknown)
        everything = [*concepts, *unknown]
        unknown_names = [concept for concept in unknown if concept.is_name]
        unknown_words = [concept.word for concept in unknown]
        answer_type = classify_question(read.text, self._analyzer.language)
        return ParsedQuery(
            text=_mend(read, subject),
            tokens=question.tokens,
            concepts=tuple(concepts),
            unknown_words=tuple(unknown_words),
            corrections=read.corrections.meant,
            answer_type=answer_type,
            answer_form=classify_form(read.text, self._analyzer.language),
            max_score=_sum_max_scores(everything, read.unit_share) + doubt,
            total_weight=_sum_weights(everything),
            missing_name_weight=_sum_weights(unknown_names),
            asked_surprisal=sum(concept.surprisal for concept in everything if concept.is_asked),
            counted_terms=self._find_counted_terms(question.text),
            encoded=self._encode(concepts),
            asks_wish=read.asks_wish,
            possible_term=read.possible_term,
            unit_share=read.unit_share,
        )

    def unknown_word_weight(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``parse`` does: in nats."""
        query_terms = self._reader.find_query_terms(self._reader.choose_names(tokenize(word)))
        weights = []
        for term, (_, parts) in query_terms.items():
            variants = self._words.variants(term, parts)
            weights.append(self._words.weigh(term, parts, variants))
        return sum(weights)

    def _make_concepts(
        self, question: ReadQuestion
    ) -> tuple[list[QueryConcept], list[QueryConcept], float]:
        """Make concepts of the terms of a question.

        Gives those that the collection holds, those that it does not, and what the highest score
        is raised by because words may have been corrected wrongly.
        """
        known: list[QueryConcept] = []
        unknown: list[QueryConcept] = []
        doubt = 0.0
        for term, query_term in question.query_terms.items():
            if question.foreign_words and fold(query_term.word) in question.foreign_words:
                # "War" is no war in "wann war das", nor are "what" and "is" of "what is Tchap"
                # missed in French articles.
                continue
            concept, doubt_of_concept = self._make_concept(term, query_term, question)
            doubt += doubt_of_concept
            if concept.variants:
                known.append(concept)
            elif self._is_missed(query_term.word, term, question):
                unknown.append(concept)
        return known, unknown, doubt

    def _is_missed(self, word: str, term: str, question: ReadQuestion) -> bool:
        """Say whether something is missing where a word stands nowhere.

        Not of a stance, which is told by who says something, whatever the question calls it; and
        not of an English stop word in other articles.
        """
        if term in question.frame_terms or term in question.stance_terms:
            return False
        return self._analyzer.language == "en" or fold(word) not in stop_words_of("en")

    def _make_concept(
        self, term: str, query_term: QueryTerm, question: ReadQuestion
    ) -> tuple[QueryConcept, float]:
        """Make a concept; give what the doubt about its correction adds to the highest score."""
        word, parts = query_term
        variants = self._words.variants(term, parts)
        weight = self._words.weigh(term, parts, variants)
        is_frame = term in question.frame_terms
        is_stance = is_frame and term in question.stance_terms
        surprisal = self._words.surprisal(term)
        if is_frame:
            frame_share = _STANCE_SHARE if is_stance else _FRAME_SHARE
            weight *= frame_share
            surprisal *= frame_share
        if variants:
            weight *= question.count(term)
        doubt = 0.0
        typed = question.corrections.find_typed(term)
        if typed is not None and (variants or not is_frame):
            # What people are shown is the word that they typed.
            word = typed
            lost_weight = max(0.0, self._words.term_weight(self._analyzer.term(typed)) - weight)
            doubt = find_max_score(lost_weight / 2)
            lowered = {other: share * CORRECTED_SHARE for other, share in variants.items()}
            variants = variants.reweigh(lowered)
        meant = question.corrections.meant.get(word, word)
        is_name = not is_stance and self._words.counts_as_name(meant, term, question.text)
        variants = _leave_out_other_terms(variants, term, question.query_terms)
        variants = _fade_synonyms(variants, term, question.prose)
        is_term_defined = len(question.defined_terms) <= _MOST_DEFINED_TERMS
        if is_term_defined and term in question.defined_terms:
            variants = _keep_same(variants, is_strict=question.asks_in_general)
        concept = QueryConcept(
            word=word,
            term=term,
            weight=weight,
            is_name=is_name,
            variants=variants,
            coverage=1 - question.prose,
            share=self._find_share(term, variants, question),
            surprisal=surprisal,
        )
        return concept, doubt

    def _find_share(self, term: str, variants: Variants, question: ReadQuestion) -> ConceptShare:
        """Say what part a concept has in what the question is about: 1 for yes."""
        is_subject = term in question.subject_terms and variants.has_party
        if not is_subject and term not in question.defined_terms:
            return NO_SHARE
        return ConceptShare(
            subject=float(is_subject),
            stance=float(is_subject and question.asks_stance),
            definition=float(term in question.defined_terms),
        )

    def _make_context_concepts(
        self, question: TokenizedText, read: ReadQuestion, asked_weight: float
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
            concept._replace(
                weight=share * concept.weight,
                is_name=False,
                variants=_fade_synonyms(concept.variants, concept.term, read.prose),
                coverage=coverage,
                is_asked=False,
            )
            for concept in concepts
        ]

    def _make_subject_concepts(
        self, subject: TokenizedText, asked: Mapping[str, QueryTerm]
    ) -> list[QueryConcept]:
        """Make concepts of what a question before holds beyond this one, with its context.

        Those that the collection does not hold are left out.
        """
        concepts = self._make_other_concepts(subject, asked)
        if isinstance(subject, QuestionText):
            found = {concept.term for concept in concepts}
            of_context = self._make_other_concepts(subject.context, asked)
            concepts += [concept for concept in of_context if concept.term not in found]
        return [
            concept._replace(
                weight=_SUBJECT_SHARE * concept.weight,
                surprisal=_SUBJECT_SHARE * concept.surprisal,
            )
            for concept in concepts
        ]

    def _make_other_concepts(
        self, text: TokenizedText, asked: Mapping[str, QueryTerm]
    ) -> list[QueryConcept]:
        """Make concepts of what a text holds beyond what is ``asked``, as far as it is known."""
        concepts: list[QueryConcept] = []
        words = self._reader.choose_names(text.tokens)
        for term, (word, parts) in self._reader.find_query_terms(words).items():
            if term in asked or term in self._analyzer.frame_terms:
                continue
            variants = self._words.variants(term, parts)
            if variants:
                weight = self._words.weigh(term, parts, variants)
                is_name = self._words.counts_as_name(word, term, text.text)
                surprisal = self._words.surprisal(term)
                concept = QueryConcept(word, term, weight, is_name, variants, surprisal=surprisal)
                concepts.append(concept)
        return concepts

    def _find_counted_terms(self, question: str) -> frozenset[str]:
        """Give the terms of what "how many" asks the number of."""
        counted = chain.from_iterable(map(tokenize, find_counted_words(question)))
        # Stop words have no term.
        return frozenset(filter(None, map(self._analyzer.term, counted)))

    def _encode(self, concepts: Sequence[QueryConcept]) -> EncodedQuery:
        """Give concepts as arrays."""
        if not concepts:
            return _NO_CONCEPTS
        weights = [concept.weight for concept in concepts]
        coverages = [concept.coverage for concept in concepts]
        is_name = [concept.is_name for concept in concepts]
        concept_weights = np.array(weights, dtype=np.float64)  # float64, (concepts,)
        variants = [concept.variants for concept in concepts]
        term_ids, rows, columns = _number_terms(variants)
        values = np.concatenate([one.shares for one in variants])
        shares = np.zeros((1 + len(term_ids), len(concepts)))  # float64, (1 + terms, concepts)
        shares.put(rows * len(concepts) + columns, values)
        # A term's idf is in its impacts already; what it is to count is the weight of its concepts.
        sums = np.bincount(rows, values * concept_weights[columns], len(shares))
        row_weights = cast("FloatArray", sums)
        term_weights = row_weights[1:] / self._words.index.idf_of(term_ids)
        row_concepts = np.zeros(len(shares), dtype=np.int64)
        row_concepts[rows] = columns
        if len(term_ids) < len(rows):
            weighed = shares * concept_weights
            row_concepts = weighed.argmax(axis=1)
            row_weights = np.maximum.reduce(weighed, axis=1)
        return EncodedQuery(
            term_ids=term_ids,
            term_weights=term_weights,
            shares=shares,
            row_concepts=row_concepts,
            row_weights=row_weights,
            concept_weights=concept_weights,
            coverages=np.array(coverages, dtype=np.float64),
            weight=sum(weights),
            coverage=sum(coverages),
            covered_weight=sum(map(mul, weights, coverages)),
            is_name=np.array(is_name) if any(is_name) else None,
            subject_shares=_make_shares(concept.share.subject for concept in concepts),
            stance_shares=_make_shares(concept.share.stance for concept in concepts),
            definition_shares=_make_shares(concept.share.definition for concept in concepts),
        )


def _number_terms(variants: Sequence[Variants]) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Give the ids of the terms of all concepts, each once, and where each variant stands.

    The latter are the row and the column in ``EncodedQuery.shares``, each int64, (variants,).
    """
    columns = np.arange(len(variants)).repeat(list(map(len, variants)))
    term_ids = np.concatenate([one.term_ids for one in variants])
    listed = term_ids.tolist()
    if len(set(listed)) == len(listed):
        return term_ids, np.arange(1, len(listed) + 1), columns
    row_of_term: defaultdict[int, int] = defaultdict(count(1).__next__)
    rows = [row_of_term[term_id] for term_id in listed]
    return np.array(list(row_of_term)), np.array(rows), columns


def _make_shares(shares: Iterable[float]) -> FloatArray | None:
    """Give shares as an array: float64, (concepts,); None where all are 0."""
    listed = list(shares)
    return np.array(listed) if any(listed) else None


def _mend(question: ReadQuestion, subject: TokenizedText) -> str:
    """Give a question behind its subject, with its misspelt words mended."""
    text = question.text
    for typed, meant in question.corrections.meant.items():
        text = re.sub(rf"\b{re.escape(typed)}\b", meant, text)
    return f"{subject.text} {text}" if subject.text else text


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
            concept = concept._replace(share=share)  # noqa: PLW2901 (the same, with its share)
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
    variants: Variants, term: str, query_terms: Mapping[str, QueryTerm]
) -> Variants:
    """Leave out variants that the question asks for as concepts of their own."""
    asked_for = query_terms.keys() & variants.keys()
    if asked_for <= {term}:
        return variants
    others = asked_for - {term}
    kept = dict(variants)
    for other in others:
        del kept[other]
    return variants.reweigh(kept)


def _keep_same(variants: Variants, *, is_strict: bool) -> Variants:
    """Leave out what often means the same, where something is held that is the same.

    What defines Kyiv does not define Ukraine. Where it ``is_strict``, nothing else is held.
    """
    same = {term: share for term, share in variants.items() if share >= _LEAST_DEFINED_SHARE}
    return variants.reweigh(same) if same or is_strict else variants


def _fade_synonyms(variants: Variants, term: str, prose: float) -> Variants:
    """Let synonyms count for less in prose, where a passage holds some of them by chance.

    Without the word itself they are all there is, and stay.
    """
    if not prose or term not in variants:
        return variants
    if prose == 1:
        return variants.reweigh({term: variants[term]})
    faded = {other: share * (1 - prose) for other, share in variants.items()}
    faded[term] = variants[term]
    return variants.reweigh(faded)
