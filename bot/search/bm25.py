"""BM25 as rank_bm25 has it, on posting lists in NumPy arrays: the same scores in less time.

In: documents as lists of terms. Out: scores, and the best documents in a stable order. The model is
BM25Okapi of rank_bm25 (Trotman, Puurula and Burgess 2014), but for the weight of a term, which is
``ln(1 + (N - n + 0.5) / (n + 0.5))``: positive for every collection, however small.

Small collections are scored as a whole. In large ones pruned evaluation (``maxscore``) chooses
candidates, which are then scored exactly, so the result is that of scoring everything.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.search.arrays import (
    FloatArray,
    Int32Array,
    Int64Array,
    concatenate_ranges,
    find_kth_highest,
    split_into_blocks,
    top_k,
    top_k_ascending,
)
from bot.search.maxscore import MAX_FOUND, MAX_TERMS, SLACK, MaxScore, PruningLimits
from bot.search.postings import BLOCK_TOKENS, Postings

# A term id, and how often the term counts.
_WeightedTerm = tuple[int, float]

# The least length norm: with k1 = 0 the frequency 0 of a sentinel would be divided by 0.
_LEAST_NORM = 1e-300


class BM25Index(BM25Okapi):  # type: ignore[misc]  # rank_bm25 is not typed
    """A BM25Okapi on postings; ``doc_freqs`` stays empty, everything else is as in the parent.

    ``vocabulary`` maps each term to its id, 0 to the number of terms; ``doc_len`` is int64,
    (documents,).
    """

    # Up to so many documents all are scored: that is faster there than pruned evaluation.
    exhaustive_limit: ClassVar[int] = 60_000
    # Of each term the so many-th highest impact is kept: so many documents reach it by that term.
    bound_rank: ClassVar[int] = 25
    # Posting lists of at most this length are read rather than looked into.
    short_list: ClassVar[int] = 50_000
    # So many of the best documents so far are scored to the end, for a better bound.
    trial_size: ClassVar[int] = 40

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> None:
        """Index ``corpus``, documents as lists of terms; it may be empty.

        With a ``tokenizer``, documents are strings, which it splits.
        """
        super().__init__(corpus, tokenizer, k1, b)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterable[Sequence[str]]:
        """Split the documents in this process (the parent forks one process a core)."""
        return map(self.tokenizer, corpus)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Build the postings; give how many documents hold each term."""
        vocabulary: defaultdict[str, int] = defaultdict()
        vocabulary.default_factory = vocabulary.__len__
        id_of = vocabulary.__getitem__
        term_ids = array("i")
        lengths = array("q")
        for document in corpus:
            term_ids.extend(map(id_of, document))
            lengths.append(len(document))
        doc_lengths = np.frombuffer(lengths, np.int64)
        return self._build(dict(vocabulary), np.frombuffer(term_ids, np.intc), doc_lengths)

    @classmethod
    def from_term_ids(
        cls, vocabulary: Mapping[str, int], term_ids: Int32Array, doc_lengths: Int64Array
    ) -> "BM25Index":
        """Index documents whose terms are term ids already, 0 to ``len(vocabulary) - 1``.

        ``term_ids`` are those of all documents in a row, int32, (tokens,); ``doc_lengths`` say how
        many of them each document has, int64, (documents,).
        """
        index = cls(())
        index._calc_idf(index._build(vocabulary, term_ids, doc_lengths))
        return index

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the postings as arrays in the layout ``POSTINGS``, for ``unpack``.

        The parameters are not packed: they must be the default ones.
        """
        return self._postings.pack()

    @classmethod
    def unpack(
        cls,
        vocabulary: Mapping[str, int],
        term_ids: Int32Array,
        doc_lengths: Int64Array,
        arrays: Mapping[str, NDArray[Any]],
    ) -> "BM25Index":
        """Make what ``from_term_ids`` makes of the same, with the postings that ``pack`` gave.

        The arrays must be in the layout ``POSTINGS`` and may be read-only. Raises DamagedError
        unless they are the postings of exactly these documents.
        """
        index = cls(())
        index._set_documents(vocabulary, doc_lengths)
        index._postings = Postings.unpack(arrays, term_ids, doc_lengths)
        index._calc_idf(index._count_documents())
        return index

    def _build(
        self, vocabulary: Mapping[str, int], term_ids: Int32Array, doc_lengths: Int64Array
    ) -> dict[str, int]:
        """Build the postings; give how many documents hold each term."""
        self._set_documents(vocabulary, doc_lengths)
        self._postings = Postings.build(term_ids, doc_lengths, len(vocabulary))
        return self._count_documents()

    def _set_documents(self, vocabulary: Mapping[str, int], doc_lengths: Int64Array) -> None:
        self.vocabulary = vocabulary
        self.corpus_size = len(doc_lengths)
        self.doc_len = doc_lengths
        self.avgdl = float(doc_lengths.mean()) if len(doc_lengths) else 0.0

    def _count_documents(self) -> dict[str, int]:
        """Give how many documents hold each term."""
        frequencies = self._postings.document_frequencies().tolist()
        return dict(zip(self.vocabulary, frequencies, strict=True))

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Weigh the terms in Lucene's form of idf, and find the impact of each posting.

        ``nd`` says how many documents hold each term.
        """
        # The parent's constructor has put an empty one in the place of the property.
        self.__dict__.pop("idf", None)
        document_freqs = np.fromiter(nd.values(), dtype=np.float64, count=len(nd))  # (terms,)
        odds = (self.corpus_size - document_freqs + 0.5) / (document_freqs + 0.5)
        self._idf: FloatArray = np.log1p(odds)  # float64, (terms,)
        self._length_norms = self._compute_length_norms()
        self._is_exhaustive = self.corpus_size <= self.exhaustive_limit
        self._impacts = self._compute_impacts()
        self._kth_impacts = self._find_kth_impacts(document_freqs)
        limits = PruningLimits(self.short_list, self.trial_size)
        self._maxscore = MaxScore(self._postings, self._impacts, limits)

    def _compute_length_norms(self) -> FloatArray:
        """Give what BM25 adds to frequencies for the length of documents: (documents + 1,).

        The last one is that of the sentinels of posting lists.
        """
        lengths = np.append(self.doc_len, 0)
        relative_lengths = lengths / (self.avgdl or 1.0)
        norms = self.k1 * (1 - self.b + self.b * relative_lengths)
        least: FloatArray = np.maximum(norms, _LEAST_NORM)
        return least

    def _compute_impacts(self) -> NDArray[np.floating]:
        """Give what each posting adds to a score: (postings,), 0 for sentinels.

        They are float64 for exhaustive scoring, and float32 where they only choose candidates.
        """
        postings = self._postings
        dtype = np.float64 if self._is_exhaustive else np.float32
        impacts: NDArray[np.floating] = np.zeros(len(postings.doc_ids), dtype=dtype)
        offsets = postings.offsets
        sizes = np.diff(offsets)  # int64, (terms,)
        for first, last in split_into_blocks(sizes, BLOCK_TOKENS):
            place = slice(offsets[first], offsets[last])
            idf_of_term = self._idf[first:last]
            idf_of_posting = idf_of_term.repeat(sizes[first:last])
            impacts[place] = self._weigh(idf_of_posting, place)
        return impacts

    def _find_kth_impacts(self, document_freqs: FloatArray) -> FloatArray:
        """Give a lower bound of the ``bound_rank``-th best score by each term alone: (terms,).

        It is the ``bound_rank``-th highest impact, or 0 for a term in fewer documents.
        """
        kth_impacts = np.zeros(len(document_freqs))  # float64, (terms,)
        has_bound = document_freqs >= self.bound_rank
        for term_id in np.flatnonzero(has_bound).tolist():
            impacts = self._impacts[self._postings.find_list(term_id)]
            kth_impacts[term_id] = find_kth_highest(impacts, self.bound_rank)
        return kth_impacts

    def _weigh(self, idf: FloatArray | float, places: slice | Int64Array) -> FloatArray:
        """Give the exact impact of postings: float64, (postings,); idf is of one or of each."""
        term_freqs = self._postings.term_freqs[places]
        norms = self._length_norms.take(self._postings.doc_ids[places])
        norms += term_freqs
        impacts: FloatArray = term_freqs * (self.k1 + 1)
        impacts /= norms
        impacts *= idf
        return impacts

    @cached_property
    def idf(self) -> dict[str, float]:
        """The weights of all terms."""
        return dict(zip(self.vocabulary, self._idf.tolist(), strict=True))

    def term_idf(self, term: str) -> float:
        """Give a term's weight; an unknown term has the highest weight that a term can have."""
        term_id = self.vocabulary.get(term)
        if term_id is not None:
            return self._idf.item(term_id)
        odds = (self.corpus_size + 0.5) / 0.5
        return float(np.log1p(odds))

    def idf_of(self, term_ids: Int64Array) -> FloatArray:
        """Give the weights of terms by their ids: float64, (term_ids,)."""
        return self._idf[term_ids]

    def document_frequency(self, term: str) -> int:
        """Count the documents that hold a term."""
        term_id = self.vocabulary.get(term)
        return 0 if term_id is None else self._postings.document_frequency(term_id)

    def count_between(self, term_id: int, begin: int, end: int) -> int:
        """Count the documents from ``begin`` to before ``end`` that hold a term."""
        place = self._postings.find_list(term_id)
        # A memoryview, in which a binary search by single numbers is fast.
        doc_ids = self._postings.doc_ids.data
        first = bisect_left(doc_ids, begin, place.start, place.stop)
        return bisect_left(doc_ids, end, first, place.stop) - first

    def postings(self, term: str) -> tuple[Int32Array, FloatArray]:
        """Give the documents that hold a term, int32, ascending, and its impacts, float64.

        Raises KeyError where none holds it.
        """
        term_id = self.vocabulary[term]
        place = self._postings.find_list(term_id)
        documents = self._postings.doc_ids[place]
        if self._is_exhaustive:
            return documents, self._impacts[place].astype(np.float64, copy=False)
        return documents, self._weigh(self._idf.item(term_id), place)

    def get_scores(self, query: Iterable[str]) -> FloatArray:
        """Score every document: float64, (documents,). A term that is repeated counts as often."""
        return self.get_weighted_scores(_count_terms(query))

    def get_weighted_scores(self, weights: Mapping[str, float]) -> FloatArray:
        """Score every document by terms that count ``weights`` times: float64, (documents,)."""
        terms = self._find_known_terms(weights)
        ids = [term_id for term_id, _ in terms]
        counts = [weight for _, weight in terms]
        term_ids = np.array(ids, dtype=np.int64)  # int64, (terms,)
        term_weights = np.array(counts, dtype=np.float64)  # float64, (terms,)
        return self.score_term_ids(term_ids, term_weights)

    def _find_known_terms(self, weights: Mapping[str, float]) -> list[_WeightedTerm]:
        known = self.vocabulary
        return [(known[term], weight) for term, weight in weights.items() if term in known]

    def score_term_ids(self, term_ids: Int64Array, weights: FloatArray) -> FloatArray:
        """Score every document by term ids that count ``weights`` times: float64, (documents,)."""
        offsets = self._postings.offsets
        begins = offsets[term_ids]
        sentinels = offsets[term_ids + 1] - 1
        lengths = sentinels - begins
        places = concatenate_ranges(begins, sentinels)  # int64, (postings of all terms,)
        if self._is_exhaustive:
            impacts = self._impacts.take(places)
        else:
            idf_of_posting = self._idf[term_ids].repeat(lengths)
            impacts = self._weigh(idf_of_posting, places)
        impacts *= weights.repeat(lengths)
        return self._sum_impacts(self._postings.doc_ids.take(places), impacts)

    def _sum_impacts(self, doc_ids: Int32Array, impacts: NDArray[np.floating]) -> FloatArray:
        """Add impacts up by document: float64, (documents,)."""
        scores = np.bincount(doc_ids, impacts, minlength=self.corpus_size)
        # Without any impact these would be integers.
        return scores.astype(np.float64, copy=False)

    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the documents of the given ids, in that order."""
        chosen = np.asarray(doc_ids, dtype=np.int64)
        all_scores = self.get_scores(query)
        scores: list[float] = all_scores[chosen].tolist()
        return scores

    def get_top_n(self, query: Iterable[str], documents: Sequence[str], n: int = 5) -> list[str]:
        """Give the ``n`` best of ``documents`` that hold a term, best first, ties in their order.

        Raises ValueError unless there are as many documents as are indexed.
        """
        if len(documents) != self.corpus_size:
            given = len(documents)
            raise ValueError(f"{given} documents were given, {self.corpus_size} are indexed")
        best = self.search(query, n)
        return [documents[doc_id] for doc_id, _ in best]

    def search(self, query: Iterable[str], k: int = 10) -> list[tuple[int, float]]:
        """Give (document id, score) of the ``k`` best documents that hold a term of ``query``.

        Best first; documents of equal score in the order of the collection.
        """
        doc_ids, scores = self.top_k(_count_terms(query), k)
        return list(zip(doc_ids.tolist(), scores.tolist(), strict=True))

    def top_k(self, weights: Mapping[str, float], k: int) -> tuple[Int64Array, FloatArray]:
        """Give ids and scores of the ``k`` best documents by terms that count ``weights`` times.

        Weights are above 0. The order is that of ``search``; the scores are, to the bit, those of
        ``get_weighted_scores``.
        """
        terms = self._find_known_terms(weights)
        if self._is_pruned(len(terms), k):
            return self._pruned_top_k(terms, k)
        if self._is_exhaustive and terms:
            return self._exhaustive_top_k(terms, k)
        scores = self.get_weighted_scores(weights)
        best = top_k(scores, k)
        return best, scores[best]

    def approximate_top_k(self, term_ids: Int64Array, weights: FloatArray, k: int) -> Int64Array:
        """Give the ids of the ``k`` best documents, int64, ascending, by term ids with weights.

        Scores that differ by less than a ten-thousandth may be taken for each other.
        """
        bound = 0.0
        if k <= self.bound_rank:
            by_one_term = self._kth_impacts[term_ids] * weights  # float64, (terms,)
            bound = SLACK * float(np.maximum.reduce(by_one_term, initial=0.0))
        if self._is_pruned(len(term_ids), k):
            terms = list(zip(term_ids.tolist(), weights.tolist(), strict=True))
            candidates, scores = self._maxscore.find_candidates(terms, bound, k)
            order = (-scores).argsort(kind="stable")
            found = candidates[order[:k]].astype(np.int64)
            found.sort()
            return found
        return top_k_ascending(self.score_term_ids(term_ids, weights), k, bound)

    def _is_pruned(self, terms: int, k: int) -> bool:
        """Say whether pruned evaluation serves for so many terms and ``k``."""
        return not self._is_exhaustive and 0 < k <= MAX_FOUND and 0 < terms <= MAX_TERMS

    def _pruned_top_k(
        self, terms: Sequence[_WeightedTerm], k: int
    ) -> tuple[Int64Array, FloatArray]:
        """Do what ``top_k`` does by scoring candidates only."""
        bound = self._find_score_bound(terms, k)
        candidates, _ = self._maxscore.find_candidates(terms, bound, k)
        scores = self._score_documents(terms, candidates)
        order = (-scores).argsort(kind="stable")
        best = order[:k]
        found = candidates[best].astype(np.int64)
        return found, scores[best]

    def _exhaustive_top_k(
        self, terms: Sequence[_WeightedTerm], k: int
    ) -> tuple[Int64Array, FloatArray]:
        """Do what ``top_k`` does for terms of a small collection, one at least."""
        doc_ids = []
        impacts = []
        for term_id, weight in terms:
            place = self._postings.find_list(term_id)
            doc_ids.append(self._postings.doc_ids[place])
            of_term = self._impacts[place]
            if weight != 1:
                of_term = of_term * weight
            impacts.append(of_term)
        scores = self._sum_impacts(np.concatenate(doc_ids), np.concatenate(impacts))
        bound = self._find_score_bound(terms, k)
        best = top_k(scores, k, bound)
        return best, scores[best]

    def _find_score_bound(self, terms: Iterable[_WeightedTerm], k: int) -> float:
        """Give a score that ``k`` documents reach by one of the terms alone; 0 if none is known."""
        if k > self.bound_rank:
            return 0.0
        bound = 0.0
        for term_id, weight in terms:
            by_term = self._kth_impacts.item(term_id) * weight
            bound = max(bound, by_term)
        return SLACK * bound

    def _score_documents(self, terms: Sequence[_WeightedTerm], doc_ids: Int32Array) -> FloatArray:
        """Score some documents exactly: float64, (doc_ids,)."""
        norms = self._length_norms.take(doc_ids).tolist()
        scores = [0.0] * len(doc_ids)
        term_freqs = self._look_up_term_freqs(terms, doc_ids)
        # In the order and by the operations by which all documents are scored: the same to the bit.
        for (term_id, weight), freqs in zip(terms, term_freqs, strict=True):
            idf = self._idf.item(term_id)
            for place, freq in enumerate(freqs):
                if freq:
                    saturation = freq * (self.k1 + 1) / (freq + norms[place])
                    impact = idf * saturation
                    scores[place] += impact * weight
        return np.array(scores)

    def _look_up_term_freqs(
        self, terms: Sequence[_WeightedTerm], doc_ids: Int32Array
    ) -> list[list[int]]:
        """Count each of the terms in each of the documents."""
        postings = self._postings
        places = np.empty((len(terms), len(doc_ids)), dtype=np.int64)  # int64, (terms, doc_ids)
        for row, (term_id, _) in enumerate(terms):
            place = postings.find_list_with_sentinel(term_id)
            nearest = postings.doc_ids[place].searchsorted(doc_ids)
            np.add(nearest, place.start, out=places[row])
        found = postings.doc_ids.take(places)  # int32, (terms, doc_ids)
        term_freqs = postings.term_freqs.take(places)
        term_freqs *= found == doc_ids
        counts: list[list[int]] = term_freqs.tolist()
        return counts


def _count_terms(query: Iterable[str]) -> dict[str, float]:
    """Count how often each term stands in a query, in the order of the query."""
    counts: dict[str, float] = {}
    for term in query:
        counts[term] = counts.get(term, 0) + 1
    return counts
