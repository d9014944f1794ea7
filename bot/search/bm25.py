"""rank_bm25's BM25Okapi on per-term postings in NumPy arrays: the same scores, in a fraction of the time.

In: a collection of texts as lists of terms. Out: scores, and the best texts in a stable order. The model
is that of Trotman, Puurula and Burgess (2014) as rank_bm25 has it, but for the weight of a term, which is
``ln(1 + (N - n + 0.5) / (n + 0.5))``: positive for every collection, however small.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class BM25Index(BM25Okapi):  # type: ignore[misc]  # rank_bm25 is not typed
    """A BM25Okapi that scores by postings; ``doc_freqs`` stays empty, everything else is as in the parent."""

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> None:
        """Index ``corpus``, texts as lists of terms; with a ``tokenizer``, as strings. It may be empty."""
        super().__init__(corpus, tokenizer, k1, b)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> list[Sequence[str]]:
        """Split the texts in this process (the parent forks one process a core)."""
        return [self.tokenizer(text) for text in corpus]

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Build the postings; give how many texts hold each term."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        stream: list[int] = []
        lengths: list[int] = []
        for text in corpus:
            stream.extend(map(numbers.__getitem__, text))
            lengths.append(len(text))
        self.corpus_size = len(lengths)
        self.doc_len = np.array(lengths, dtype=np.int64)
        self.avgdl = float(self.doc_len.mean()) if lengths else 0.0
        self.numbers = dict(numbers)
        return self._build_postings(np.array(stream, dtype=np.int64))

    def _build_postings(self, stream: Integers) -> dict[str, int]:
        """Sort (term, text) pairs and count them: term i has ``_texts[_begins[i]:_begins[i + 1]]``, ascending."""
        size = max(self.corpus_size, 1)
        keys = stream * size + np.repeat(np.arange(self.corpus_size), self.doc_len)
        pairs, counts = np.unique(keys, return_counts=True)
        terms, self._texts = np.divmod(pairs, size)
        found_in = np.bincount(terms, minlength=len(self.numbers))
        self._begins = [0, *np.cumsum(found_in).tolist()]
        self._counts = counts
        return dict(zip(self.numbers, found_in.tolist(), strict=True))

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Weigh the terms (Lucene's form of the BM25 weight), and turn counts into shares of the score."""
        found_in = np.fromiter(nd.values(), dtype=np.float64, count=len(nd))
        weights = np.log1p((self.corpus_size - found_in + 0.5) / (found_in + 0.5))
        self.idf = dict(zip(nd, weights.tolist(), strict=True))
        lengths = self.doc_len[self._texts] / (self.avgdl or 1.0)
        saturation = self.k1 * (1 - self.b + self.b * lengths)
        shares = self._counts * (self.k1 + 1) / (self._counts + saturation)
        self._impacts: Floats = np.repeat(weights, np.diff(self._begins)) * shares
        del self._counts

    def weight(self, term: str) -> float:
        """Give a term's weight; that of a term in no text is the highest that any term can have."""
        return self.idf.get(term) or float(np.log1p((self.corpus_size + 0.5) / 0.5))

    def found_in(self, term: str) -> int:
        """Count the texts that hold a term."""
        number = self.numbers.get(term)
        return 0 if number is None else self._begins[number + 1] - self._begins[number]

    def postings(self, term: str) -> tuple[Integers, Floats]:
        """Give the texts that hold a term, ascending, and what it adds to the score of each."""
        number = self.numbers.get(term)
        if number is None:
            return self._texts[:0], self._impacts[:0]
        begin, end = self._begins[number], self._begins[number + 1]
        return self._texts[begin:end], self._impacts[begin:end]

    def get_scores(self, query: Iterable[str]) -> Floats:
        """Score every text: float64, (corpus_size,). A term that is repeated counts as often."""
        return self.get_weighted_scores(Counter(query))

    def get_weighted_scores(self, weights: Mapping[str, float]) -> Floats:
        """Score every text by terms that count for more or less than once: float64, (corpus_size,)."""
        if not weights:
            return np.zeros(self.corpus_size)
        found = [self.postings(term) for term in weights]
        texts = np.concatenate([texts for texts, _ in found])
        impacts = np.concatenate([impacts for _, impacts in found])
        impacts = impacts * np.repeat(list(weights.values()), [len(texts) for texts, _ in found])
        return np.bincount(texts, impacts, minlength=self.corpus_size).astype(np.float64, copy=False)

    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the texts of the given numbers, in that order."""
        scores: list[float] = self.get_scores(query)[np.asarray(doc_ids, dtype=np.int64)].tolist()
        return scores

    def get_top_n(self, query: Iterable[str], documents: Sequence[str], n: int = 5) -> list[str]:
        """Give the ``n`` best of ``documents``, best first, ties in their order; only those that hold a term."""
        if len(documents) != self.corpus_size:
            raise ValueError(f"{len(documents)} documents were given, {self.corpus_size} are indexed")
        return [documents[number] for number, _ in self.search(query, n)]

    def search(self, query: Iterable[str], k: int = 10) -> list[tuple[int, float]]:
        """Give (number of the text, score) of the ``k`` best texts that hold a term of ``query``.

        Best first; texts of equal score in the order of the collection.
        """
        scores = self.get_scores(query)
        return [(int(number), float(scores[number])) for number in find_best(scores, k)]


def find_best(scores: Floats, k: int) -> Integers:
    """Give the numbers of the ``k`` highest positive scores, best first, equal ones ascending."""
    found = np.flatnonzero(scores > 0)
    if k <= 0:
        return found[:0]
    if len(found) > k:
        bound = np.partition(scores[found], len(found) - k)[len(found) - k]
        found = found[scores[found] >= bound]
    return found[np.argsort(-scores[found], kind="stable")][:k]
