"""The index that answers use: a question in, the passages that may answer it out, best first.

First BM25 finds the passages that hold most of what is asked. Then each of the best 25 is read again:
how much of the question it holds, whether its names are among that, how many of its things are said in one
breath (a sentence, or a line of the title), which of them stand side by side, and whether the kind of thing
that is asked for (a number, a date, a name) stands with them. The shares were found by a pairwise logistic
regression on four SQuAD articles, tried on four others.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.array_file import (
    Layout,
    check,
    check_layout,
    pack_strings,
    strings_layout,
    unpack_sizes,
    unpack_strings,
)
from bot.articles.sentences import split_sentences
from bot.search.analysis.analyzer import Analyzer, fold, get_analyzer, tokenize
from bot.search.analysis.encoder import TEXTS, EncodedTexts, TermEncoder
from bot.search.analysis.spelling import SpellingCorrector
from bot.search.analysis.synonyms import SynonymGroup
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import (
    AnswerType,
    classify_question,
    classify_sentence,
    classify_word,
    find_counted_words,
)
from bot.search.bm25 import (
    POSTINGS,
    BM25Index,
    FloatArray,
    Int32Array,
    Int64Array,
    run_starts,
    top_k,
)
from bot.search.memo import memoize
from bot.search.query import EncodedQuery, ParsedQuery, QueryConcept

BoolArray = NDArray[np.bool_]

MAX_TERMS = 32
_MAX_CHARACTERS = 4_000
_READ_AGAIN = 25
_CACHED = 16_384
_K1, _B = 1.5, 0.75
# What is added to the BM25 score of a passage: of its best sentence, the BM25 score, the pairs, each thing found;
# of the passage, the weight of the names found, and of what is found under its own word.
_SENTENCE, _PAIR, _THING = 0.6, 0.3, 1.2
_NAME, _OWN_WORD = 1.6, 0.5
_FITS = 0.2
_IN_WORDS, _NAMES = int(AnswerType.IN_WORDS), int(AnswerType.NAME)
_MOST_PAIRS = 2
_NEAR = 2
_NUMBER_NEAR = 3
# What a word counts for: one that was mended, one that only frames a question, one of a phrase that stands alone, one
# of the question before.
_CORRECTED, _FRAME, _PART, _SUBJECT = 0.95, 0.5, 0.5, 0.5
# What general English says of a word counts as if so many passages of so many words of it were in the collection.
_GENERAL_PASSAGES, _GENERAL_LENGTH = 300, 80
_MOSTLY = 0.8
_SUGGESTED = 2
_LONGEST_ABBREVIATION = 5
# In the key sentence: what a name counts for less, and what a thing of the right kind adds of all that is asked for.
_NAME_KNOWN, _KIND_TELLS = 0.5, 0.5


class _Text(NamedTuple):
    """Units in a row: their tokens, and of each what it is of what is asked for (0: nothing).

    ``hits`` are the places of what is asked for, ``unit_of`` the units that those stand in. Of the units: where each
    begins, its length, and the kinds of thing that it tells.
    """

    tokens: Int32Array
    rows: NDArray[np.uint16]
    hits: Int64Array
    unit_of: Int64Array
    starts: Int64Array
    lengths: Int64Array
    told: NDArray[np.uint8]

    def find_units(self, places: Int64Array) -> Int64Array:
        """Give the units that places stand in."""
        return self.starts.searchsorted(places, side="right") - 1


class Hit(NamedTuple):
    """A passage that was found: its number and score, and what speaks for and against it.

    ``matched_concepts`` counts the things asked for that it holds; ``missing_name_share`` is the share (0 to 1) of what is asked for that
    are names which it does not hold; ``has_answer_type`` says whether a thing of the kind that is asked for stands in it, so
    far as that can be told.
    """

    passage: int
    score: float
    matched_concepts: int
    missing_name_share: float
    has_answer_type: bool


# What is packed. A passage's units are its sentences, and behind them the lines of its title.
_LAYOUT: Layout = {
    "passage_sentences": ("int32", ("passages",)),
    "passage_lines": ("int32", ("passages",)),
    "unit_tokens": ("int32", ("units",)),
    "told": ("uint8", ("units",)),
    "tokens": ("int32", ("tokens",)),
    "kinds": ("uint8", ("terms",)),
    **strings_layout("terms", "terms"),
    **POSTINGS,
    "word_counts": ("int64", ("words",)),
    **strings_layout("words", "words"),
    **strings_layout("bare", "forms"),
    **strings_layout("written", "forms"),
}
_ALL_KINDS = sum(AnswerType)


class PassageIndex:
    """Passages, their sentences and their words, ready to be asked. It never changes once it is built."""

    def __init__(
        self,
        passages: Sequence[Sequence[str]],
        titles: Sequence[str] | None = None,
        language: str = "en",
        groups: Iterable[SynonymGroup] | None = None,
    ) -> None:
        """Index passages given as lists of sentences; ``titles``, one a passage, count as part of its text.

        ``groups`` is the thesaurus; by default the program's own.
        """
        self._variants = memoize(PassageIndex._find_variants, self, _CACHED)
        self._numbers = memoize(PassageIndex._find_numbers, self, _CACHED)
        self.term_weight = memoize(PassageIndex._find_weight, self, _CACHED)
        self._correct = memoize(PassageIndex._find_correction, self, _CACHED)
        self.analyzer = get_analyzer(language) if groups is None else Analyzer(language, groups)
        self._frequencies = frequencies_of(language)
        self._free: list[NDArray[np.uint16]] = []
        titles = titles or [""] * len(passages)
        lines = [title.split("\n") for title in titles]
        units = [
            unit
            for passage, title in zip(passages, lines, strict=True)
            for unit in (*passage, *title)
        ]
        of_sentence = self._set_units(_ends(list(map(len, passages))), _ends(list(map(len, lines))))
        is_sentence = np.zeros(len(units), dtype=np.bool_)
        is_sentence[of_sentence] = True
        (numbers, self._tokens, lengths), words, first = _number_and_count(
            units, is_sentence, self.analyzer
        )
        self._set_tokens(_ends(lengths), of_sentence)
        self._passages = BM25Index.from_term_ids(numbers, self._tokens, self._count_tokens())
        self._told = np.zeros(len(units), dtype=np.uint8)
        told = bytes([classify_sentence(sentence) for passage in passages for sentence in passage])
        self._told[of_sentence] = np.frombuffer(told, dtype=np.uint8)
        in_titles = Counter(word for title in dict.fromkeys(titles) for word in tokenize(title))
        terms = {word: term for word in words | in_titles if (term := self.analyzer.term(word))}
        self._kinds = self._learn_kinds(terms, words, first)
        self._written: dict[str, str]
        self._words, self._written = _learn_words(terms, words + in_titles, words - first)
        self._spelling = SpellingCorrector(self._words, language)

    def _set_units(self, sentences: Int64Array, lines: Int64Array) -> Int64Array:
        """Keep where the units of each passage begin, given where its sentences and its title's lines do.

        Gives the numbers of the units that are sentences.
        """
        self._begins = sentences + lines
        self._sentence_ends = self._begins[:-1] + np.diff(sentences)
        return _spread(self._begins[:-1], self._sentence_ends)

    def _set_tokens(self, unit_begins: Int64Array, of_sentence: Int64Array) -> None:
        """Keep where the tokens of each unit begin; ``of_sentence`` are the units that are sentences."""
        self._unit_begins = unit_begins
        lengths = np.diff(unit_begins)[of_sentence]
        self._mean_length = max(1.0, float(lengths.mean())) if len(lengths) else 1.0

    def _count_tokens(self) -> Int64Array:
        """Count the tokens of each passage."""
        counts: Int64Array = np.diff(self._unit_begins[self._begins])
        return counts

    def count_sentences(self) -> Int64Array:
        """Count the sentences of each passage."""
        return self._sentence_ends - self._begins[:-1]

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give what is made of the passages as arrays (``_LAYOUT``), for ``unpack``."""
        sentences = self.count_sentences()
        return {
            "passage_sentences": sentences.astype(np.int32),
            "passage_lines": (np.diff(self._begins) - sentences).astype(np.int32),
            "unit_tokens": np.diff(self._unit_begins).astype(np.int32),
            "told": self._told,
            "tokens": self._tokens,
            "kinds": self._kinds,
            **pack_strings("terms", list(self._passages.vocabulary)),
            **self._passages.pack(),
            "word_counts": np.fromiter(self._words.values(), np.int64, len(self._words)),
            **pack_strings("words", list(self._words)),
            **pack_strings("bare", list(self._written)),
            **pack_strings("written", list(self._written.values())),
        }

    @classmethod
    def unpack(
        cls,
        arrays: Mapping[str, NDArray[Any]],
        language: str = "en",
        groups: Iterable[SynonymGroup] | None = None,
    ) -> "PassageIndex":
        """Make the index again of what ``pack`` gave, in the same language with the same thesaurus.

        The arrays may be read-only, and are used as they are. Raises DamagedError where ``pack`` can't have given
        them: every number that is a place, a size or a count is one that can be, and everything that can be told from
        something else fits it. Which words the tokens are, and what kinds, is believed.
        """
        check_layout(arrays, _LAYOUT)
        index = cls((), None, language, groups)
        sentences, lines = (
            unpack_sizes("passage_sentences", arrays),
            unpack_sizes("passage_lines", arrays, least=1),
        )
        index._told, index._tokens, index._kinds = arrays["told"], arrays["tokens"], arrays["kinds"]
        check(sentences[-1] + lines[-1] == len(index._told), "passages of other units")
        of_sentence = index._set_units(sentences, lines)
        index._set_tokens(unpack_sizes("unit_tokens", arrays, len(index._tokens)), of_sentence)
        in_sentences = index._told[of_sentence]
        check(
            (in_sentences <= _ALL_KINDS).all() and (index._kinds <= _ALL_KINDS).all(),
            "unknown kinds",
        )
        check(
            np.count_nonzero(in_sentences) == np.count_nonzero(index._told),
            "kinds that titles tell",
        )
        terms, words, bare, written = (
            unpack_strings(name, arrays) for name in ("terms", "words", "bare", "written")
        )
        numbers = dict(zip(terms, range(len(terms)), strict=True))
        index._words = dict(zip(words, arrays["word_counts"].tolist(), strict=True))
        index._written = dict(zip(bare, written, strict=True))
        is_once = (len(numbers), len(index._words), len(index._written)) == (
            len(terms),
            len(words),
            len(bare),
        )
        check(is_once, "a word stands there twice")
        check((arrays["word_counts"] > 0).all(), "words that stand nowhere")
        check(((index._tokens >= 0) & (index._tokens < len(numbers))).all(), "tokens of no term")
        index._passages = BM25Index.unpack(numbers, index._tokens, index._count_tokens(), arrays)
        index._spelling = SpellingCorrector(index._words, language)
        return index

    @classmethod
    def build(
        cls, texts: Sequence[str], titles: Sequence[str] | None = None, language: str = "en"
    ) -> "PassageIndex":
        """Index texts; a text's number is its place in ``texts``. Raises ValueError unless titles match."""
        if titles is not None and len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts")
        passages = [
            [text[start:end] for start, end in split_sentences(text, language)] for text in texts
        ]
        return cls(passages, titles, language)

    def _learn_kinds(
        self, terms: Mapping[str, str], words: Counter[str], first: Counter[str]
    ) -> NDArray[np.uint8]:
        """Say of each term of the collection what it is.

        A name is written large inside sentences, or is never written small and no word of ordinary language.
        """
        numbers = self._passages.vocabulary
        ordinary = self._frequencies.words
        kinds, large, inside = ([0] * len(numbers) for _ in range(3))
        strange: set[int] = set()
        for word in terms.keys() & words.keys():
            number = numbers[terms[word]]
            kinds[number] |= classify_word(word)
            count = words[word] - first[word]
            inside[number] += count
            if word[:1].isupper():
                large[number] += count
                if ordinary and fold(word) not in ordinary:
                    strange.add(number)
        for number in range(len(numbers)):
            if not kinds[number]:
                counted = inside[number]
                is_name = large[number] >= _MOSTLY * counted if counted else number in strange
                kinds[number] = _NAMES * is_name
        return np.array(kinds, dtype=np.uint8)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._begins) - 1

    def _find_correction(self, word: str) -> str | None:
        return self._spelling.correct(word)

    def _find_weight(self, term: str) -> float:
        """Weigh a term: its BM25 weight here, or among as many passages of general English, whichever is less."""
        here = self._passages.term_idf(term)
        if not self._frequencies.words:
            return here
        general = _GENERAL_PASSAGES * (
            1 - math.exp(-_GENERAL_LENGTH * self._frequencies.share(term))
        )
        holders = self._passages.document_frequency(term) + general
        return min(
            here, math.log1p((len(self) + _GENERAL_PASSAGES - holders + 0.5) / (holders + 0.5))
        )

    def parse(self, question: str, subject: str = "") -> ParsedQuery:
        """Understand a question of any length: its first and last 2,000 characters, its 32 weightiest things.

        What the ``subject`` holds beyond the question, so far as the collection knows it, counts for half.

        Of the words that stand nowhere, the first 32 are compared with ours. What only frames a question
        ("explain", "happened") counts for half, and is not missed where it stands nowhere.
        """
        shown, before = shorten(question), shorten(subject)
        words = tokenize(shown)
        corrections = self._mend(words)
        things = self._things([corrections.get(word, word) for word in words])
        as_typed = {self.analyzer.term(word) for word in words}
        typed = {self.analyzer.term(meant): word for word, meant in corrections.items()}
        frame = (
            frozenset[str]()
            if things.keys() <= self.analyzer.frame_terms
            else self.analyzer.frame_terms
        )
        concepts: list[QueryConcept] = []
        missing: list[QueryConcept] = []
        doubt = 0.0
        for term, (word, parts) in things.items():
            variants = self._variants(term, parts)
            weight = self._weight_of(term, parts, variants) * (_FRAME if term in frame else 1.0)
            if term in typed and term not in as_typed and (variants or term not in frame):
                word = typed[term]  # noqa: PLW2901 (what is shown is what was typed)
                doubt += _attainable_by(
                    max(0.0, self.term_weight(self.analyzer.term(word)) - weight) / 2
                )
                variants = {other: share * _CORRECTED for other, share in variants.items()}
            is_name = self._is_name(corrections.get(word, word), term, shown)
            # What is asked for itself does not stand for something else that is asked for.
            if len(things.keys() & variants) > (term in variants):
                variants = {
                    other: share
                    for other, share in variants.items()
                    if other == term or other not in things
                }
            concept = QueryConcept(word, term, weight, is_name, variants)
            if variants:
                concepts.append(concept)
            elif term not in frame:
                missing.append(concept)
        for term, (word, parts) in self._things(tokenize(before)).items():
            if (
                term not in things
                and term not in self.analyzer.frame_terms
                and (variants := self._variants(term, parts))
            ):
                weight = _SUBJECT * self._weight_of(term, parts, variants)
                concepts.append(
                    QueryConcept(word, term, weight, self._is_name(word, term, before), variants)
                )
        concepts = sorted(concepts, key=lambda concept: -concept.weight)[:MAX_TERMS]
        everything = [*concepts, *missing]
        return ParsedQuery(
            tuple(concepts),
            tuple(concept.word for concept in missing),
            corrections,
            classify_question(shown),
            sum(_attainable_by(concept.weight, is_name=concept.is_name) for concept in everything)
            + doubt,
            sum(concept.weight for concept in everything),
            sum(concept.weight for concept in missing if concept.is_name),
            frozenset(
                term
                for word in find_counted_words(shown)
                for part in tokenize(word)
                if (term := self.analyzer.term(part))
            ),
            self._number_terms(concepts),
        )

    def suggest_spellings(self, word: str) -> list[str]:
        """Give up to two words, as they are written here, that a missing one might have been.

        One that is found, under whatever name, or corrected might have been nothing else.
        """
        term = self.analyzer.term(word)
        if not term or self._variants(term, ()) or self._mend([word]):
            return []
        likely: dict[str, str] = {}
        for other in self._spelling.suggest(fold(word), 2 * _SUGGESTED):
            likely.setdefault(self.analyzer.term(other), self._written.get(other, other))
        return list(likely.values())[:_SUGGESTED]

    def _mend(self, words: Sequence[str]) -> dict[str, str]:
        """Give for words that stand nowhere, not even by another name, those that were meant and are understood."""
        unknown = {
            word: None
            for word in words
            if (term := self.analyzer.term(word))
            and term not in self.analyzer.frame_terms
            and not self._variants(term, ())
        }
        corrections: dict[str, str] = {}
        for word in list(unknown)[:MAX_TERMS]:
            meant = self._correct(fold(word))
            if meant is not None and self._is_understood(self.analyzer.term(meant)):
                corrections[word] = meant
        return corrections

    def _is_understood(self, term: str) -> bool:
        """Say whether a term is found, under whatever name, or only frames a question."""
        return term in self.analyzer.frame_terms or bool(self._variants(term, ()))

    def _things(self, words: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Give what is asked for: terms, each with the word as typed and, of a phrase, the terms of its parts."""
        things: dict[str, tuple[str, tuple[str, ...]]] = {}
        at = 0
        for begin, end, phrase in [
            *self.analyzer.find_phrases(words),
            (len(words), len(words), ""),
        ]:
            for word in words[at:begin]:
                if term := self.analyzer.term(word):
                    things.setdefault(term, (word, ()))
            if phrase:
                parts = tuple(
                    term for word in words[begin:end] if (term := self.analyzer.term(word))
                )
                if len(parts) == end - begin or self._variants(phrase, ()):
                    things.setdefault(
                        phrase, (" ".join(words[begin:end]), parts if len(parts) > 1 else ("",))
                    )
                else:
                    things |= {
                        part: (word, ())
                        for word in words[begin:end]
                        if (part := self.analyzer.term(word))
                    } | things
            at = end
        return things

    def _weight_of(self, term: str, parts: tuple[str, ...], variants: Mapping[str, float]) -> float:
        """Weigh a word; of a phrase, give the mean of its words and variants, or the sum where all are missing."""
        known = (
            [self.term_weight(other) for other in [*filter(None, parts), *variants]]
            if parts
            else []
        )
        return sum(known) / (len(known) if variants else 1) if known else self.term_weight(term)

    def unknown_word_weight(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``parse`` does."""
        things = self._things(tokenize(word))
        return sum(
            self._weight_of(term, parts, self._variants(term, parts))
            for term, (_, parts) in things.items()
        )

    def _find_variants(self, term: str, parts: tuple[str, ...]) -> Mapping[str, float]:
        """Give the terms of the collection that a thing is found under, and how much each counts."""
        variants = (
            {part: _PART for part in parts if part} | self.analyzer.synonyms(term) | {term: 1.0}
        )
        return {
            other: share for other, share in variants.items() if other in self._passages.vocabulary
        }

    def is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        number = self._passages.vocabulary.get(self.analyzer.term(word))
        return number is not None and bool(self._kinds.item(number) & _NAMES)

    def _is_name(self, word: str, term: str, question: str) -> bool:
        """Say whether a word is a name or a figure: written so here or by who asks, or no word of the language."""
        if classify_word(word) or self.is_name(word):
            return True
        is_shouted = word.isupper() and len(word) > _LONGEST_ABBREVIATION
        if word[:1].isupper() and not is_shouted and not question.lstrip().startswith(word):
            return True
        words = self._frequencies.words
        return (
            term not in self._passages.vocabulary
            and bool(words)
            and not any(fold(part) in words for part in word.split())
        )

    def search(self, question: str, k: int = 10) -> list[tuple[int, float]]:
        """Give (number of the text, score) of the ``k`` best texts, best first, ties by number.

        A text that shares no term with the question is never given.
        """
        return [(hit.passage, hit.score) for hit in self.retrieve(self.parse(question), k)]

    def retrieve(self, query: ParsedQuery, k: int = 10, within: range | None = None) -> list[Hit]:
        """Give what ``search`` gives, for a question that has been read already; only numbers ``within``, if given.

        At most twenty-five are found.
        """
        asked = query.encoded
        if not len(asked.term_ids):
            return []
        if within is None:
            numbers = self._passages.approximate_top_k(
                asked.term_ids, asked.term_weights, _READ_AGAIN
            )
        else:
            scores = self._passages.score_term_ids(asked.term_ids, asked.term_weights)[
                within.start : within.stop
            ]
            numbers = np.sort(top_k(scores, _READ_AGAIN)) + within.start
        return self._read_again(query, numbers, max(k, 0)) if len(numbers) else []

    def _number_terms(self, concepts: Sequence[QueryConcept]) -> EncodedQuery:
        rows: dict[int, int] = {}
        places = [
            rows.setdefault(number, len(rows) + 1) * len(concepts) + column
            for column, concept in enumerate(concepts)
            for number in self._numbers(tuple(concept.variants))
        ]
        shares = np.zeros((len(rows) + 1, len(concepts)))
        shares.put(places, [share for concept in concepts for share in concept.variants.values()])
        numbers = np.fromiter(rows, np.int64, len(rows))
        weights = np.array([concept.weight for concept in concepts])
        return EncodedQuery(
            numbers, shares[1:] @ weights / self._passages.idf_of(numbers), shares, weights
        )

    def _find_numbers(self, terms: tuple[str, ...]) -> list[int]:
        return [self._passages.vocabulary[term] for term in terms]

    def _read_again(self, query: ParsedQuery, numbers: Int64Array, k: int) -> list[Hit]:
        """Score passages, ascending, by what stands in them, in their best sentence or title line, and side by side."""
        asked = query.encoded
        begins, ends = self._begins[numbers], self._begins[numbers + 1]
        text, found = self._read_units(begins, ends, asked)
        weights = asked.concept_weights
        names = weights * [concept.is_name for concept in query.concepts]
        starts = run_starts(text.unit_of)
        units = text.unit_of[starts]
        counts, most = np.add.reduceat(np.sign(found), starts), np.maximum.reduceat(found, starts)
        shares = _saturate(counts, text.lengths[units] / self._mean_length)
        of_unit = (most * (_SENTENCE * shares * weights + _THING)).sum(axis=1)
        of_unit += _PAIR * np.minimum(
            _weigh_pairs(text, starts, asked), _MOST_PAIRS * weights.sum()
        )
        firsts = (ends - begins).cumsum() - (ends - begins)
        fitting = np.ones(len(numbers), dtype=np.bool_)
        if query.answer_type:
            counted = text.hits[:0]
            if query.counted_terms:
                columns = [concept.term in query.counted_terms for concept in query.concepts]
                counted = np.flatnonzero(found[:, columns].any(axis=1))
            fits = self._fits(query.answer_type, text, counted)
            of_unit *= 1 + _FITS * fits[units]
            fitting = np.logical_or.reduceat(fits, firsts)
        # Of every passage, at least one unit is among them.
        starts = units.searchsorted(firsts)
        counts, most = np.add.reduceat(counts, starts), np.maximum.reduceat(most, starts)
        lengths = self._passages.doc_len[numbers] / (self._passages.avgdl or 1.0)
        shares = most * _saturate(counts, lengths) + _OWN_WORD * (most >= _CORRECTED)
        named = most @ names
        scores = shares @ weights + _NAME * named + np.maximum.reduceat(of_unit, starts)
        unnamed = (names.sum() - named + query.missing_name_weight) / max(query.total_weight, 1e-9)
        things = (most > 0).sum(axis=1)
        best = (-scores).argsort(kind="stable")[:k]
        fields = (numbers, scores, things, unnamed, fitting)
        return list(map(Hit._make, zip(*(field[best].tolist() for field in fields), strict=True)))

    def _read_units(
        self, begins: Int64Array, ends: Int64Array, asked: EncodedQuery
    ) -> tuple[_Text, FloatArray]:
        """Find what is asked for in ranges of units; the second says how much of what each hit is, (hits, concepts)."""
        units = _spread(begins, ends)
        first, last = self._unit_begins[units], self._unit_begins[units + 1]
        tokens = self._tokens[_spread(first, last)]
        row_of_term = (
            self._free.pop()
            if self._free
            else np.zeros(len(self._passages.vocabulary), dtype=np.uint16)
        )
        row_of_term[asked.term_ids] = np.arange(1, len(asked.shares))
        rows = row_of_term.take(tokens)
        row_of_term[asked.term_ids] = 0
        self._free.append(row_of_term)
        hits = (rows > 0).nonzero()[0]
        lengths = last - first
        starts = lengths.cumsum() - lengths
        unit_of = starts.searchsorted(hits, side="right") - 1
        return _Text(
            tokens, rows, hits, unit_of, starts, lengths, self._told[units]
        ), asked.shares.take(rows[hits], 0)

    def _fits(self, kind: AnswerType, text: _Text, counted: Int64Array) -> BoolArray:
        """Say in which units something of a kind stands that the question did not name itself.

        A number counts only near to what is counted (``counted`` are its hits), or else to anything asked for.
        """
        fits = (text.told & int(kind)) > 0
        if int(kind) & _IN_WORDS:
            places = ((self._kinds.take(text.tokens) & int(kind) > 0) & (text.rows == 0)).nonzero()[
                0
            ]
            units = text.find_units(places)
            hits, unit_of = text.hits, text.unit_of
            if len(counted):
                hits, unit_of = hits[counted], unit_of[counted]
            if kind == AnswerType.NUMBER and len(hits):
                after = np.minimum(hits.searchsorted(places), len(hits) - 1)
                near = [
                    (np.abs(hits[at] - places) <= _NUMBER_NEAR) & (unit_of[at] == units)
                    for at in (after, np.maximum(after - 1, 0))
                ]
                units = units[near[0] | near[1]]
            fits[units] = True
        return fits

    def sentence_scores(self, number: int, query: ParsedQuery) -> FloatArray:
        """Say how much each sentence of a passage answers: float64, (sentences,).

        The weight of what is matched times its weight among the passage's own sentences (what every sentence
        repeats does not tell them apart), names counting for less, and more where the kind that is asked for stands.
        """
        return self.score_sentences([number], query)[0]

    def score_sentences(self, numbers: Sequence[int], query: ParsedQuery) -> list[FloatArray]:
        """Do what ``sentence_scores`` does for several passages, which hardly takes longer than for one."""
        places = np.array(numbers)
        begins, ends = self._begins[places], self._sentence_ends[places]
        text, found = self._read_units(begins, ends, query.encoded)
        weights = query.encoded.concept_weights
        most = np.zeros((len(text.lengths), len(weights)))
        np.maximum.at(most, text.unit_of, found)
        lengths = ends - begins
        passages = np.arange(len(places))
        passage_of = passages.repeat(lengths)
        holders = (passages[:, np.newaxis] == passage_of) @ np.sign(most)
        # Where nothing that is asked for stands, a number fits wherever it stands.
        if (
            query.answer_type == AnswerType.NUMBER
            and len(places) > 1
            and not holders.any(axis=1).all()
        ):
            return [self.sentence_scores(number, query) for number in numbers]
        names = np.array([concept.is_name for concept in query.concepts])
        telling = weights * (
            np.log1p(lengths[:, np.newaxis] / np.maximum(holders, 1)) - _NAME_KNOWN * names
        )
        fits = self._fits(query.answer_type & AnswerType.IN_WORDS, text, text.hits[:0])
        scores = (most * telling[passage_of]).sum(axis=1) + _KIND_TELLS * weights.sum() * fits
        return [scores[begin:end] for begin, end in pairwise([0, *lengths.cumsum().tolist()])]


def _attainable_by(weight: float, *, is_name: bool = False) -> float:
    """Give the most that a thing of a weight can add to a score."""
    of_sentence = (_SENTENCE * (_K1 + 1) + _MOST_PAIRS * _PAIR) * weight + _THING
    return of_sentence * (1 + _FITS) + (_K1 + 1 + _NAME * is_name + _OWN_WORD) * weight


def _ends(lengths: Sequence[int] | Int64Array) -> Int64Array:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def _learn_words(
    terms: Mapping[str, str], words: Counter[str], inside: Counter[str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Count the folded words that have a term, and learn how those are written that differ: mostly so.

    Where it stands ``inside`` sentences is where that shows, if it stands there at all.
    """
    folded: Counter[str] = Counter()
    forms: dict[str, tuple[int, int, str]] = {}
    for word in terms:
        bare = fold(word)
        count = words[word]
        folded[bare] += count
        form = word[:-2] if fold(word[:-2]) == bare else word
        forms[bare] = max((inside[word], count, form), forms.get(bare, (0, 0, "")))
    return folded, {bare: form for bare, (*_, form) in forms.items() if form != bare}


def _number_and_count(
    units: Sequence[str], is_sentence: BoolArray, terms: Analyzer
) -> tuple[EncodedTexts, Counter[str], Counter[str]]:
    """Give the terms of units as numbers, how often each word stands in sentences, and how often it begins one."""
    numbering = TermEncoder(terms)
    words_of: list[list[str]] = []
    counts, begun = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for start in range(0, len(units), TEXTS):
        pieces, lengths = numbering.add(units[start : start + TEXTS])
        words_of += map(tokenize, islice(numbering.pieces, len(words_of), None))
        counts, begun = (
            np.pad(so_far, (0, len(words_of) - len(so_far))) for so_far in (counts, begun)
        )
        is_counted = is_sentence[start : start + TEXTS]
        pieces, lengths = pieces[is_counted.repeat(lengths)], lengths[is_counted]
        counts += np.bincount(pieces, minlength=len(words_of))
        # A sentence may begin with pieces that hold no word, or consist of them.
        places = np.append(
            np.flatnonzero(np.array(list(map(bool, words_of)), dtype=np.bool_)[pieces]), len(pieces)
        )
        ends = lengths.cumsum()
        at = places[places.searchsorted(ends - lengths)]
        begun += np.bincount(pieces[at[at < ends]], minlength=len(words_of))
    words: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for number in np.flatnonzero(counts).tolist():
        for word in words_of[number]:
            words[word] += counts.item(number)
        if begun[number]:
            first[words_of[number][0]] += begun.item(number)
    return numbering.finish(), words, first


def _spread(begins: Int64Array, ends: Int64Array) -> Int64Array:
    """Give the numbers of several ranges in a row."""
    lengths = ends - begins
    ranges = lengths.cumsum()
    numbers: Int64Array = np.arange(ranges[-1] if len(ranges) else 0) + (
        begins - ranges + lengths
    ).repeat(lengths)
    return numbers


def _saturate(counts: FloatArray, lengths: FloatArray) -> FloatArray:
    """Give BM25's share of a weight for how often something stands in texts of these lengths (mean 1)."""
    return counts * (_K1 + 1) / (counts + (_K1 * (1 - _B + _B * lengths))[:, np.newaxis])


def _weigh_pairs(text: _Text, starts: Int64Array, asked: EncodedQuery) -> FloatArray:
    """Give the units whose hits begin at ``starts`` the weight of different things that stand side by side in them."""
    weights = asked.shares * asked.concept_weights
    rows = text.rows[text.hits]
    thing, weight = weights.argmax(axis=1)[rows], weights.max(axis=1)[rows]
    # Between two units is more room than there may be between what stands side by side.
    places = text.hits + (_NEAR + 1) * text.unit_of
    firsts, values = [], []
    for step in range(1, _NEAR + 1):
        near = (places[step:] - places[:-step] <= _NEAR) & (thing[step:] != thing[:-step])
        firsts.append(near.nonzero()[0])
        values.append(np.minimum(weight[firsts[-1]], weight[firsts[-1] + step]))
    unit_of = starts.searchsorted(np.concatenate(firsts), side="right") - 1
    return np.bincount(unit_of, np.concatenate(values), len(starts)).astype(np.float64, copy=False)


def shorten(question: str) -> str:
    """Give what is looked at of a question: all of it, or its first and last 2,000 characters."""
    if len(question) <= _MAX_CHARACTERS:
        return question
    half = _MAX_CHARACTERS // 2
    return f"{question[:half]} {question[-half:]}"
