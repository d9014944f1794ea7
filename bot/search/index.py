"""The index that answers use: a question in, the passages that may answer it out, best first.

In: passages as lists of sentences, each with a title. Out: hits, scores of sentences, and how a
question was understood. BM25 retrieves 25 candidates (``bm25``); a second pass reranks them by how
many concepts of the query stand in one sentence, by names, and by whether something of the answer's
type is there (``reranker``). Whether that is an answer, and what is quoted, is decided elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.array_file import Layout, check_layout, pack_strings, strings_layout, unpack_strings
from bot.articles.sentences import split_sentences
from bot.embeddings.encoder import Encoder
from bot.search.analysis.analyzer import Analyzer, get_analyzer
from bot.search.analysis.spelling import SpellingCorrector
from bot.search.analysis.stop_words import is_stop
from bot.search.analysis.synonyms import SynonymGroup
from bot.search.analysis.tokens import TokenizedText, tokenize
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import AnswerType, classify_sentence
from bot.search.arrays import (
    BoolArray,
    FloatArray,
    Int64Array,
    UInt8Array,
    concatenate_ranges,
    make_offsets,
    top_k_ascending,
)
from bot.search.article_topics import ArticleTopicFinder
from bot.search.bm25 import BM25Index
from bot.search.known_words import Collection, KnownWords
from bot.search.meaning import MeaningIndex, TextRows, UnitRanges
from bot.search.postings import POSTINGS
from bot.search.query import ParsedQuery
from bot.search.query_parser import QueryParser
from bot.search.question_reader import NO_SUBJECT, read_question
from bot.search.reranker import Hit, Reranker
from bot.search.sentence_scorer import Portrayal, SentenceScorer
from bot.search.signals import find_max_score_with_meaning
from bot.search.subjects import Place
from bot.search.term_types import find_term_types
from bot.search.topics import Topics, TopicSource, build_topics
from bot.search.units import UNITS, AnswerTypes, PassageOffsets, PassageUnits
from bot.search.words import (
    WORDS,
    CollectionWords,
    check_distinct,
    encode_and_count,
    learn_words,
)

__all__ = ["Hit", "PassageIndex", "Portrayal"]

# So many of the best passages by BM25 are reranked; the right one is seldom behind them.
_CANDIDATES = 25

# What is packed.
_LAYOUT: Layout = {**UNITS, **strings_layout("terms", "terms"), **POSTINGS, **WORDS}


class PassageIndex:
    """Passages, their sentences and their words. It never changes once it is built."""

    analyzer: Analyzer
    # Where passages are found by their meaning too.
    _meaning: MeaningIndex | None = None

    def __init__(
        self,
        passages: Sequence[Sequence[str]],
        titles: Sequence[str] | None = None,
        language: str = "en",
        groups: Iterable[SynonymGroup] | None = None,
        places: Sequence[Place] | None = None,
    ) -> None:
        """Index passages given as lists of sentences; ``titles``, one a passage, count as text.

        A title has one line or several. ``groups`` is the thesaurus; by default the program's own.
        ``places`` say which passages stand in one section; by default each is one by itself.
        """
        analyzer = _make_analyzer(language, groups)
        titles = titles or [""] * len(passages)
        texts, offsets = _list_units(passages, titles)
        sentences = offsets.find_sentences()
        is_sentence = np.zeros(len(texts), dtype=np.bool_)  # bool, (units,)
        is_sentence[sentences] = True
        counted = encode_and_count(texts, is_sentence, analyzer)
        vocabulary, term_ids, unit_lengths = counted.encoded
        words, sentence_starts = counted.words, counted.sentence_starts
        title_words = _count_title_words(titles)
        terms = _find_terms(words | title_words, counted.stem_key)
        term_types = find_term_types(vocabulary, terms, words, sentence_starts, language)
        possible_types = counted.possible_types * is_sentence  # uint8, (units,)
        if places is None:
            places = [Place(number, number, "") for number in range(len(passages))]
        source = TopicSource(passages, places, offsets.passage_begins)
        units = PassageUnits(
            offsets=offsets,
            unit_begins=make_offsets(unit_lengths),
            tokens=term_ids,
            types=AnswerTypes(_classify_units(texts, possible_types), term_types),
            topics=_build_topics(source, (vocabulary, term_types), analyzer, counted.stem_key),
        )
        bm25 = BM25Index.from_term_ids(vocabulary, term_ids, units.count_tokens())
        inside = words - sentence_starts
        learnt = learn_words(terms, words + title_words, inside)
        self._assemble(analyzer, units, bm25, learnt)

    @classmethod
    def build(
        cls, texts: Sequence[str], titles: Sequence[str] | None = None, language: str = "en"
    ) -> "PassageIndex":
        """Index texts; a text's number is its place in ``texts``.

        Raises ValueError unless there are as many titles as texts, if there are any.
        """
        if titles is not None and len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts")
        passages = [_split_sentences(text, language) for text in texts]
        return cls(passages, titles, language)

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give what is made of the passages as arrays (``_LAYOUT``), for ``unpack``."""
        return {
            **self._units.pack(),
            **pack_strings("terms", list(self._passages.vocabulary)),
            **self._passages.pack(),
            **self._words.pack(),
        }

    @classmethod
    def unpack(
        cls,
        arrays: Mapping[str, NDArray[Any]],
        language: str = "en",
        groups: Iterable[SynonymGroup] | None = None,
    ) -> "PassageIndex":
        """Make the index again that ``pack`` was called of, in the same language and thesaurus.

        The arrays may be read-only, and are used as they are. Raises DamagedError where ``pack``
        cannot have given them: every number that is a place, a size or a count is checked, and so
        is everything that follows from something else.
        """
        check_layout(arrays, _LAYOUT)
        units = PassageUnits.unpack(arrays)
        words = CollectionWords.unpack(arrays)
        terms = unpack_strings("terms", arrays)
        check_distinct(terms)
        vocabulary = dict(zip(terms, range(len(terms)), strict=True))
        passages = BM25Index.unpack(vocabulary, units.tokens, units.count_tokens(), arrays)
        index = cls.__new__(cls)
        index._assemble(_make_analyzer(language, groups), units, passages, words)  # noqa: SLF001
        return index

    def _assemble(
        self, analyzer: Analyzer, units: PassageUnits, passages: BM25Index, words: CollectionWords
    ) -> None:
        """Put together what questions are asked of."""
        self.analyzer = analyzer
        self._units = units
        self._passages = passages
        self._words = words
        spelling = SpellingCorrector(words.counts, analyzer.language)
        collection = Collection(
            index=passages,
            term_types=units.term_types,
            is_party=units.is_party,
            written_forms=words.written_forms,
            spelling=spelling,
        )
        self._known_words = KnownWords(analyzer, collection)
        self._parser = QueryParser(self._known_words)
        self._reranker = Reranker(units, passages)
        self._sentence_scorer = SentenceScorer(units)
        self._topic_finder = ArticleTopicFinder(units, passages)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._units)

    def count_sentences(self) -> Int64Array:
        """Count the sentences of each passage: int64, (passages,)."""
        return self._units.count_sentences()

    def parse(self, question: str, subject: str = "") -> ParsedQuery:
        """Parse a question of any length, and the question before as its ``subject``."""
        return self._parser.parse(read_question(question), read_question(subject))

    def parse_tokenized(
        self, question: TokenizedText, subject: TokenizedText = NO_SUBJECT
    ) -> ParsedQuery:
        """Do what ``parse`` does for what ``read_question`` gives."""
        return self._parser.parse(question, subject)

    def parse_term(self, words: Sequence[str]) -> ParsedQuery:
        """Parse a question that asks the meaning of some words."""
        return self._parser.parse(read_question(" ".join(words)), term=words)

    def suggest_spellings(self, word: str) -> list[str]:
        """Give up to two words that an unknown one might have been."""
        return self._known_words.suggest_spellings(word)

    def unknown_word_weight(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``parse`` does: in nats."""
        return self._parser.unknown_word_weight(word)

    def is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        return self._known_words.is_name(word)

    def find_term_id(self, word: str) -> int:
        """Give the id of the term of a word; -1 where the index does not hold it."""
        return self._passages.vocabulary.get(self.analyzer.term(word), -1)

    def is_known(self, word: str) -> bool:
        """Say whether a folded word stands in the collection, or is an ordinary one of English."""
        return word in self._words.counts or word in frequencies_of(self.analyzer.language).words

    def with_meaning(self, encoder: Encoder, baseline: float, rows: TextRows) -> "PassageIndex":
        """Give this index with passages found by their meaning too; this one stays as it is.

        ``rows`` are the vectors of its passages, sentences and title lines. ``baseline`` is that of
        the encoder's cosines.
        """
        units = self._units
        ranges = UnitRanges(
            units.passage_begins[:-1], units.sentence_ends, units.passage_begins[1:]
        )
        meaning = MeaningIndex(encoder, baseline, rows, ranges)
        index = copy(self)
        index._meaning = meaning  # noqa: SLF001
        index._sentence_scorer = SentenceScorer(units, meaning)  # noqa: SLF001
        return index

    @property
    def has_meaning(self) -> bool:
        """Whether passages are found by their meaning too."""
        return self._meaning is not None

    def find_max_score(self, query: ParsedQuery) -> float:
        """Give an upper bound of the scores that ``retrieve`` gives."""
        return find_max_score_with_meaning(query) if self.has_meaning else query.max_score

    def search(self, question: str, k: int = 10) -> list[tuple[int, float]]:
        """Give (number, score) of the ``k`` best passages, best first, ties by number.

        A passage that shares no term with the question is never given; 25 are at most.
        """
        hits = self.retrieve(self.parse(question), k)
        return [(hit.passage, hit.score) for hit in hits]

    def retrieve(self, query: ParsedQuery, k: int = 10, within: range | None = None) -> list[Hit]:
        """Give what ``search`` gives, as hits, for a question that is parsed already.

        With ``within``, only passages with these numbers are found.
        """
        candidates = self._find_candidates(query, within)
        if self._meaning is None:
            cosines = None
        else:
            nearest = self._meaning.find_nearest(query.text, within)
            candidates = np.union1d(candidates, nearest)
            cosines = self._meaning.compare(query.text, candidates)
        if not len(candidates):
            return []
        return self._reranker.rerank(query, candidates, max(k, 0), cosines)

    def find_article_topics(self, passage: int, query: ParsedQuery) -> Iterator[bool]:
        """Say for each concept of a query whether the whole article of a passage is about it."""
        return self._topic_finder.find(passage, query)

    def _find_candidates(self, query: ParsedQuery, within: range | None) -> Int64Array:
        """Give the best passages by BM25, ascending: int64, (candidates,)."""
        if not len(query.encoded.term_ids):
            return np.zeros(0, dtype=np.int64)
        term_ids = query.encoded.term_ids
        weights = query.encoded.term_weights
        if within is None:
            return self._passages.approximate_top_k(term_ids, weights, _CANDIDATES)
        scores = self._passages.score_term_ids(term_ids, weights)  # float64, (passages,)
        best = top_k_ascending(scores[within.start : within.stop], _CANDIDATES)
        return best + within.start

    def sentence_scores(self, number: int, query: ParsedQuery) -> FloatArray:
        """Say how well each sentence of a passage answers: float64, (sentences,)."""
        return self.score_sentences([number], query)[0]

    def score_sentences(self, numbers: Sequence[int], query: ParsedQuery) -> list[FloatArray]:
        """Do what ``sentence_scores`` does for several passages, which hardly takes longer."""
        return self._sentence_scorer.score(numbers, query)

    def find_answer_types(self, numbers: Sequence[int], query: ParsedQuery) -> list[BoolArray]:
        """Say which sentences of passages hold something of the answer's type: (sentences,)."""
        return self._sentence_scorer.find_answer_types(numbers, query)

    def find_portrayal(self, number: int, sentence: int, query: ParsedQuery) -> Portrayal:
        """Say what a sentence of a passage tells of what a query asks the meaning of."""
        return self._sentence_scorer.find_portrayal(number, sentence, query)

    def share_subjects(self, passages: range, terms: Iterable[str]) -> FloatArray:
        """Say which share of some terms are subjects of the sentences of successive passages.

        Gives float64, (sentences of all of them,). Terms that the collection does not hold count
        for nothing.
        """
        vocabulary = self._passages.vocabulary
        term_ids = [vocabulary[term] for term in set(terms) if term in vocabulary]
        numbers = np.array(passages, dtype=np.int64)
        begins = self._units.passage_begins[numbers]
        sentences = concatenate_ranges(begins, self._units.sentence_ends[numbers])
        return self._units.share_subjects(sentences, term_ids)


def _split_sentences(text: str, language: str) -> list[str]:
    """Give the sentences of a text."""
    return [text[start:end] for start, end in split_sentences(text, language)]


def _make_analyzer(language: str, groups: Iterable[SynonymGroup] | None) -> Analyzer:
    """Give the shared analyzer of a language, or one with a thesaurus of its own."""
    return get_analyzer(language) if groups is None else Analyzer(language, groups)


def _list_units(
    passages: Sequence[Sequence[str]], titles: Sequence[str]
) -> tuple[list[str], PassageOffsets]:
    """Give all units as text, and which of them belong to which passage."""
    units: list[str] = []
    sentence_counts: list[int] = []
    line_counts: list[int] = []
    for passage, title in zip(passages, titles, strict=True):
        lines = title.split("\n")
        units += passage
        units += lines
        sentence_counts.append(len(passage))
        line_counts.append(len(lines))
    sentence_offsets = make_offsets(sentence_counts)
    line_offsets = make_offsets(line_counts)
    return units, PassageOffsets.make(sentence_offsets, line_offsets)


def _classify_units(units: Sequence[str], possible_types: UInt8Array) -> UInt8Array:
    """Give the answer types that units have by their form: uint8, (units,).

    ``possible_types`` are those that each may have, uint8, (units,); lines of titles have none.
    """
    types = np.zeros(len(units), dtype=np.uint8)
    for unit in possible_types.nonzero()[0].tolist():
        types[unit] = classify_sentence(units[unit], possible_types.item(unit))
    return types


def _build_topics(
    source: TopicSource,
    terms: tuple[Mapping[str, int], UInt8Array],
    analyzer: Analyzer,
    stem_key: Callable[[str], str],
) -> Topics:
    """Find what units are about. ``terms`` are the vocabulary and the types of its terms."""
    vocabulary, term_types = terms

    @cache
    def is_name(word: str) -> bool:
        # No term is the key of a stop word.
        term_id = vocabulary.get(stem_key(word))
        return term_id is not None and bool(term_types.item(term_id) & AnswerType.NAME)

    def find_terms(text: str) -> Sequence[str]:
        # Most texts are single words, whose keys are known.
        if tokenize(text) == [text]:
            return (stem_key(text),)
        return analyzer.analyze(text)

    return build_topics(source, vocabulary, find_terms, is_name, analyzer.language)


def _count_title_words(titles: Sequence[str]) -> Counter[str]:
    """Count the words of titles; those of several passages with the same title count once."""
    words: Counter[str] = Counter()
    for title in dict.fromkeys(titles):
        words.update(tokenize(title))
    return words


def _find_terms(words: Iterable[str], stem_key: Callable[[str], str]) -> dict[str, str]:
    """Give the terms of words; stop words have none."""
    terms: dict[str, str] = {}
    for word in words:
        key = stem_key(word)
        if not is_stop(key):
            terms[word] = key
    return terms
