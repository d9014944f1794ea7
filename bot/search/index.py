"""The index that answers use: a question in, the passages that may answer it out, best first.

In: passages as lists of sentences, each with a title. Out: hits, scores of sentences, and how a
question was understood. BM25 retrieves 25 candidates (``bm25``); a second pass reranks them by how
many concepts of the query stand in one sentence, by names, and by whether something of the answer's
type is there (``reranker``). Whether that is an answer, and what is quoted, is decided elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
from bot.search.analysis.analyzer import Analyzer, get_analyzer, tokenize
from bot.search.analysis.spelling import SpellingCorrector
from bot.search.analysis.synonyms import SynonymGroup
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import AnswerType, classify_sentence
from bot.search.arrays import BoolArray, FloatArray, Int64Array, UInt8Array, make_offsets, top_k
from bot.search.bm25 import BM25Index
from bot.search.postings import POSTINGS
from bot.search.query import ParsedQuery
from bot.search.query_parser import MAX_TERMS, Collection, QueryParser, shorten
from bot.search.reranker import Hit, Reranker
from bot.search.sentence_scorer import SentenceScorer
from bot.search.term_types import find_term_types
from bot.search.units import PassageUnits
from bot.search.words import encode_and_count, learn_written_forms

__all__ = ["MAX_TERMS", "Hit", "PassageIndex", "shorten"]

# So many of the best passages by BM25 are reranked; the right one is seldom behind them.
_CANDIDATES = 25
_ALL_TYPES = sum(AnswerType)
# What is said of a vocabulary or a list of words that has one twice.
_TWICE = "a word stands there twice"

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


class _Words(NamedTuple):
    """How often each folded word stands in the collection, and how those are written that differ."""

    counts: Mapping[str, int]
    written_forms: Mapping[str, str]


class PassageIndex:
    """Passages, their sentences and their words. It never changes once it is built."""

    analyzer: Analyzer

    def __init__(
        self,
        passages: Sequence[Sequence[str]],
        titles: Sequence[str] | None = None,
        language: str = "en",
        groups: Iterable[SynonymGroup] | None = None,
    ) -> None:
        """Index passages given as lists of sentences; ``titles``, one a passage, count as text.

        A title has one line or several. ``groups`` is the thesaurus; by default the program's own.
        """
        analyzer = _make_analyzer(language, groups)
        titles = titles or [""] * len(passages)
        title_lines = [title.split("\n") for title in titles]
        texts: list[str] = []
        for passage, lines in zip(passages, title_lines, strict=True):
            texts += passage
            texts += lines
        units = _make_units(
            make_offsets(list(map(len, passages))), make_offsets(list(map(len, title_lines)))
        )
        is_sentence = np.zeros(len(texts), dtype=np.bool_)  # bool, (units,)
        is_sentence[units.sentences] = True
        encoded, words, sentence_starts = encode_and_count(texts, is_sentence, analyzer)
        vocabulary, term_ids, unit_lengths = encoded
        unit_types = _classify_units(passages, units.sentences, len(texts))
        units.set_tokens(make_offsets(unit_lengths), term_ids, unit_types)
        index = BM25Index.from_term_ids(vocabulary, term_ids, units.count_tokens())
        title_words = _count_title_words(titles)
        terms = _find_terms(words | title_words, analyzer)
        ordinary_words = frequencies_of(language).words
        units.set_term_types(
            find_term_types(vocabulary, terms, words, sentence_starts, ordinary_words)
        )
        counts_and_forms = learn_written_forms(terms, words + title_words, words - sentence_starts)
        self._assemble(analyzer, units, index, _Words(*counts_and_forms))

    @classmethod
    def build(
        cls, texts: Sequence[str], titles: Sequence[str] | None = None, language: str = "en"
    ) -> "PassageIndex":
        """Index texts; a text's number is its place in ``texts``.

        Raises ValueError unless there are as many titles as texts, if there are any.
        """
        if titles is not None and len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts")
        passages: list[list[str]] = []
        for text in texts:
            spans = split_sentences(text, language)
            passages.append([text[start:end] for start, end in spans])
        return cls(passages, titles, language)

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give what is made of the passages as arrays (``_LAYOUT``), for ``unpack``."""
        units = self._units
        counts, written_forms = self._words
        return {
            "passage_sentences": units.count_sentences().astype(np.int32),
            "passage_lines": units.count_title_lines().astype(np.int32),
            "unit_tokens": np.diff(units.unit_begins).astype(np.int32),
            "told": units.unit_types,
            "tokens": units.tokens,
            "kinds": units.term_types,
            **pack_strings("terms", list(self._passages.vocabulary)),
            **self._passages.pack(),
            "word_counts": np.fromiter(counts.values(), dtype=np.int64, count=len(counts)),
            **pack_strings("words", list(counts)),
            **pack_strings("bare", list(written_forms)),
            **pack_strings("written", list(written_forms.values())),
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
        cannot have given them. Every number that is a place, a size or a count is checked, and so
        is everything that follows from something else. Which words the tokens are, and of which
        types, is believed.
        """
        check_layout(arrays, _LAYOUT)
        units = _unpack_units(arrays)
        words = _unpack_words(arrays)
        vocabulary = _unpack_vocabulary(arrays)
        is_known = (units.tokens >= 0) & (units.tokens < len(vocabulary))  # bool, (tokens,)
        check(is_known.all(), "tokens of no term")
        units.set_term_types(arrays["kinds"])
        doc_lengths = units.count_tokens()
        passages = BM25Index.unpack(vocabulary, units.tokens, doc_lengths, arrays)
        index = cls.__new__(cls)
        index._assemble(_make_analyzer(language, groups), units, passages, words)
        return index

    def _assemble(
        self, analyzer: Analyzer, units: PassageUnits, passages: BM25Index, words: _Words
    ) -> None:
        """Put together what questions are asked of."""
        self.analyzer = analyzer
        self._units = units
        self._passages = passages
        self._words = words
        spelling = SpellingCorrector(words.counts, analyzer.language)
        collection = Collection(passages, units.term_types, words.written_forms, spelling)
        self._parser = QueryParser(analyzer, collection)
        self._reranker = Reranker(units, passages)
        self._sentence_scorer = SentenceScorer(units)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._units)

    def count_sentences(self) -> Int64Array:
        """Count the sentences of each passage: int64, (passages,)."""
        return self._units.count_sentences()

    def parse(self, question: str, subject: str = "") -> ParsedQuery:
        """Parse a question, and the question before as its ``subject``: ``QueryParser.parse``."""
        return self._parser.parse(question, subject)

    def suggest_spellings(self, word: str) -> list[str]:
        """Give up to two words that an unknown one might have been."""
        return self._parser.suggest_spellings(word)

    def unknown_word_weight(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``parse`` does: in nats."""
        return self._parser.unknown_word_weight(word)

    def is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        return self._parser.is_name(word)

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
        if not len(query.encoded.term_ids):
            return []
        candidates = self._find_candidates(query, within)
        if not len(candidates):
            return []
        return self._reranker.rerank(query, candidates, max(k, 0))

    def _find_candidates(self, query: ParsedQuery, within: range | None) -> Int64Array:
        """Give the best passages by BM25, ascending: int64, (candidates,)."""
        term_ids = query.encoded.term_ids
        weights = query.encoded.term_weights
        if within is None:
            return self._passages.approximate_top_k(term_ids, weights, _CANDIDATES)
        scores = self._passages.score_term_ids(term_ids, weights)  # float64, (passages,)
        best = top_k(scores[within.start : within.stop], _CANDIDATES)
        best.sort()
        return best + within.start

    def sentence_scores(self, number: int, query: ParsedQuery) -> FloatArray:
        """Say how well each sentence of a passage answers: float64, (sentences,)."""
        return self.score_sentences([number], query)[0]

    def score_sentences(self, numbers: Sequence[int], query: ParsedQuery) -> list[FloatArray]:
        """Do what ``sentence_scores`` does for several passages, which hardly takes longer."""
        return self._sentence_scorer.score(numbers, query)


def _make_analyzer(language: str, groups: Iterable[SynonymGroup] | None) -> Analyzer:
    """Give the shared analyzer of a language, or one with a thesaurus of its own."""
    return get_analyzer(language) if groups is None else Analyzer(language, groups)


def _make_units(sentence_begins: Int64Array, line_begins: Int64Array) -> PassageUnits:
    """Number the units of passages, given where the sentences and title lines of each begin."""
    passage_begins = sentence_begins + line_begins  # int64, (passages + 1,)
    sentence_ends = passage_begins[:-1] + np.diff(sentence_begins)  # int64, (passages,)
    return PassageUnits(passage_begins, sentence_ends)


def _classify_units(
    passages: Sequence[Sequence[str]], sentences: Int64Array, units: int
) -> UInt8Array:
    """Give the answer types that units have by their form: uint8, (units,); title lines have none."""
    unit_types = np.zeros(units, dtype=np.uint8)
    of_sentences = bytes(
        [classify_sentence(sentence) for passage in passages for sentence in passage]
    )
    unit_types[sentences] = np.frombuffer(of_sentences, dtype=np.uint8)
    return unit_types


def _count_title_words(titles: Sequence[str]) -> Counter[str]:
    """Count the words of titles; those of several passages with the same title count once."""
    words: Counter[str] = Counter()
    for title in dict.fromkeys(titles):
        words.update(tokenize(title))
    return words


def _find_terms(words: Iterable[str], analyzer: Analyzer) -> dict[str, str]:
    """Give the terms of words; stop words have none."""
    terms: dict[str, str] = {}
    for word in words:
        term = analyzer.term(word)
        if term:
            terms[word] = term
    return terms


def _unpack_units(arrays: Mapping[str, NDArray[Any]]) -> PassageUnits:
    """Take the units of an index, but for the types of their terms."""
    unit_types = arrays["told"]
    tokens = arrays["tokens"]
    sentence_begins = unpack_sizes("passage_sentences", arrays)
    # A title without text has one line, which is empty.
    line_begins = unpack_sizes("passage_lines", arrays, least=1)
    is_complete = sentence_begins[-1] + line_begins[-1] == len(unit_types)
    check(is_complete, "passages of other units")
    units = _make_units(sentence_begins, line_begins)
    units.set_tokens(unpack_sizes("unit_tokens", arrays, len(tokens)), tokens, unit_types)
    _check_types(unit_types[units.sentences], unit_types, arrays["kinds"])
    return units


def _check_types(
    sentence_types: UInt8Array, unit_types: UInt8Array, term_types: UInt8Array
) -> None:
    """Raise DamagedError unless all types are answer types, and only sentences have types."""
    are_sentence_types: BoolArray = sentence_types <= _ALL_TYPES
    are_term_types: BoolArray = term_types <= _ALL_TYPES
    check(are_sentence_types.all() and are_term_types.all(), "unknown kinds")
    typed_sentences = np.count_nonzero(sentence_types)
    check(typed_sentences == np.count_nonzero(unit_types), "kinds that titles tell")


def _unpack_vocabulary(arrays: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """Take the terms of an index, by their ids."""
    terms = unpack_strings("terms", arrays)
    vocabulary = dict(zip(terms, range(len(terms)), strict=True))
    check(len(vocabulary) == len(terms), _TWICE)
    return vocabulary


def _unpack_words(arrays: Mapping[str, NDArray[Any]]) -> _Words:
    """Take the counts and written forms of words."""
    words = unpack_strings("words", arrays)
    counts = dict(zip(words, arrays["word_counts"].tolist(), strict=True))
    check(len(counts) == len(words), _TWICE)
    check((arrays["word_counts"] > 0).all(), "words that stand nowhere")
    folded = unpack_strings("bare", arrays)
    written_forms = dict(zip(folded, unpack_strings("written", arrays), strict=True))
    check(len(written_forms) == len(folded), _TWICE)
    return _Words(counts, written_forms)
