"""rank_bm25's BM25Okapi on per-term postings in NumPy arrays: the same scores, in a fraction of the time.

In: a collection of texts as lists of terms. Out: scores, and the best texts in a stable order. The model
is that of Trotman, Puurula and Burgess (2014) as rank_bm25 has it, but for the weight of a term, which is
``ln(1 + (N - n + 0.5) / (n + 0.5))``: positive for every collection, however small.

The best texts of a large collection are found without scoring all of them: term by term, the one that can add most
first, and no text is begun once the terms that are left could not lift it among the best (MaxScore, Turtle and Flood
1995). What that leaves is scored exactly, so the result is that of scoring everything.
"""

import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.array_file import Layout, check, unpack_sizes

FloatArray = NDArray[np.float64]
Int64Array = NDArray[np.int64]
Int32Array = NDArray[np.int32]
# The number of a term, and what it counts for.
_Term = tuple[int, float]

# A row of scores is emptied as a whole where more than one text in so many was scored.
_MANY = 24
_TINY = 1e-300
# A few more scores than are wanted are sorted as they are.
_FEW = 128
# Sums of float32 of so many terms differ from those of float64 by less than this share.
_MOST_TERMS, _SLACK = 1_000, 1 - 1e-4
# If more texts are wanted, nearly all have to be scored.
_MOST_FOUND = 100
# Postings are made in pieces of about this size, but at most so many: other threads go on, and memory is spared.
_PIECE, _PIECES = 1 << 20, 8


# What is packed: the lists of all terms, and how long each is. What follows from them, such as weights, is not.
POSTINGS: Layout = {
    "list_sizes": ("int32", ("terms",)),
    "texts": ("int32", ("postings",)),
    "counts": ("uint8 uint16 uint32", ("postings",)),
}


class BM25Index(BM25Okapi):  # type: ignore[misc]  # rank_bm25 is not typed
    """A BM25Okapi that scores by postings; ``doc_freqs`` stays empty, everything else is as in the parent.

    Term i stands in the texts ``_doc_ids[_begins[i]:_begins[i + 1] - 1]``, ascending; the last place of each list holds
    the number of texts, which is greater than any in it.
    """

    # A collection of so many texts is scored as a whole: that is faster there than leaving anything out.
    exhaustive_limit: ClassVar[int] = 60_000
    # Of each term a score is known that so many texts reach by it alone.
    bound_rank: ClassVar[int] = 25
    # Lists of so many texts are read rather than looked into.
    short_list: ClassVar[int] = 50_000
    # So many of the best texts so far are scored to the end, for a better bound.
    trial_size: ClassVar[int] = 40

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> None:
        """Index ``corpus``, texts as lists of terms; with a ``tokenizer``, as strings. It may be empty."""
        self._rows: list[NDArray[np.float32]] = []
        super().__init__(corpus, tokenizer, k1, b)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterable[Sequence[str]]:
        """Split the texts in this process, one at a time (the parent forks one process a core)."""
        return map(self.tokenizer, corpus)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Build the postings; give how many texts hold each term."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        number_of = numbers.__getitem__
        stream, lengths = array("i"), array("q")
        for text in corpus:
            stream.extend(map(number_of, text))
            lengths.append(len(text))
        return self._take(
            dict(numbers), np.frombuffer(stream, np.intc), np.frombuffer(lengths, np.int64)
        )

    @classmethod
    def from_term_ids(
        cls, numbers: Mapping[str, int], stream: Int32Array, lengths: Int64Array
    ) -> "BM25Index":
        """Index texts whose terms are numbered already, 0 to ``len(numbers) - 1``: the terms of all texts in a row."""
        index = cls(())
        index._calc_idf(index._take(numbers, stream, lengths))
        return index

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the postings of an index with the default parameters as arrays (``POSTINGS``), for ``unpack``."""
        sizes = np.diff(self._offsets).astype(np.int32)
        return {"list_sizes": sizes, "texts": self._doc_ids, "counts": self._term_freqs}

    @classmethod
    def unpack(
        cls,
        numbers: Mapping[str, int],
        stream: Int32Array,
        lengths: Int64Array,
        arrays: Mapping[str, NDArray[Any]],
    ) -> "BM25Index":
        """Make the index that ``from_term_ids`` makes of the same, with the postings that ``pack`` gave.

        Takes arrays in the layout ``POSTINGS``, which may be read-only. Raises DamagedError unless they are the
        postings of exactly these texts.
        """
        index = cls(())
        index._set_texts(numbers, lengths)
        index._offsets = unpack_sizes("list_sizes", arrays, len(arrays["texts"]), least=2)
        index._cuts = index._offsets.data
        index._doc_ids, index._term_freqs = arrays["texts"], arrays["counts"]
        check(index._is_in_order(), "postings out of order")
        check(index._is_made_of(stream), "postings of other passages")
        document_frequency = np.diff(index._offsets) - 1
        index._calc_idf(dict(zip(numbers, document_frequency.tolist(), strict=True)))
        return index

    def _is_in_order(self) -> bool:
        """Say whether each list holds texts in ascending order, none of them 0 times, and ends as it should."""
        firsts, lasts = self._offsets[:-1], self._offsets[1:] - 1
        follows = self._doc_ids[1:] > self._doc_ids[:-1]
        follows[lasts[:-1]] = True
        is_ascending = follows.all() and (self._doc_ids[firsts] >= 0).all()
        is_ended = (self._doc_ids[lasts] == self.corpus_size).all() and not self._term_freqs[
            lasts
        ].any()
        return bool(
            is_ascending
            and is_ended
            and np.count_nonzero(self._term_freqs) == len(self._term_freqs) - len(lasts)
        )

    def _is_made_of(self, stream: Int32Array) -> bool:
        """Say whether the postings count exactly the terms of all texts, which are given in a row.

        How often each term stands in each text is a matrix. Both of its forms are multiplied by random numbers from
        either side, modulo 2^64 (Freivalds 1977): another matrix passes once in 2^27 times at most.
        """
        of_term, of_text = _draw(len(self.vocabulary)), _draw(self.corpus_size + 1)
        begins = np.append(0, self.doc_len.cumsum())
        difference = 0
        for first, last in _cut(self.doc_len, _PIECE):
            terms = of_term.take(stream[begins[first] : begins[last]])
            difference += int((terms * of_text[first:last].repeat(self.doc_len[first:last])).sum())
        sizes = np.diff(self._offsets)
        for first, last in _cut(sizes, _PIECE):
            place = slice(self._offsets[first], self._offsets[last])
            counted = self._term_freqs[place] * of_text.take(self._doc_ids[place])
            difference -= int((counted * of_term[first:last].repeat(sizes[first:last])).sum())
        return difference % 2**64 == 0

    def _take(
        self, numbers: Mapping[str, int], stream: Int32Array, lengths: Int64Array
    ) -> dict[str, int]:
        self._set_texts(numbers, lengths)
        document_frequency = self._build_postings(stream)
        return dict(zip(numbers, document_frequency.tolist(), strict=True))

    def _set_texts(self, numbers: Mapping[str, int], lengths: Int64Array) -> None:
        self.vocabulary = numbers
        self.corpus_size = len(lengths)
        self.doc_len = lengths
        self.avgdl = float(lengths.mean()) if len(lengths) else 0.0

    def _build_postings(self, stream: Int32Array) -> Int64Array:
        """Sort the texts of each term and count them; give how many texts hold each term."""
        sizes = np.bincount(stream, minlength=len(self.vocabulary))
        text_of = np.arange(self.corpus_size, dtype=np.int32).repeat(self.doc_len)
        self._offsets = np.zeros(len(sizes) + 1, dtype=np.int64)
        # What is never written of them takes no memory.
        self._doc_ids = np.empty(len(stream) + len(sizes), dtype=np.int32)
        self._term_freqs = np.zeros(
            len(self._doc_ids), dtype=np.min_scalar_type(int(self.doc_len.max(initial=0)))
        )
        for first, last in _cut(sizes, max(_PIECE, len(stream) // _PIECES)):
            places = np.flatnonzero((stream >= first) & (stream < last))
            pairs = (stream[places] - np.int64(first)) * self.corpus_size + text_of[places]
            pairs.sort()
            starts = run_starts(pairs)
            terms, texts = np.divmod(pairs[starts], self.corpus_size)
            ends = terms.searchsorted(np.arange(last - first), side="right") + np.arange(
                1, last - first + 1
            )
            begin = self._offsets[first]
            self._offsets[first + 1 : last + 1] = begin + ends
            places = np.arange(begin, begin + len(texts)) + terms
            self._doc_ids[places] = texts
            self._term_freqs[places] = np.diff(starts, append=len(pairs))
        self._doc_ids = self._doc_ids[: self._offsets[-1]]
        self._term_freqs = self._term_freqs[: self._offsets[-1]]
        self._doc_ids[self._offsets[1:] - 1] = self.corpus_size
        self._cuts = self._offsets.data
        document_frequency: Int64Array = np.diff(self._offsets) - 1
        return document_frequency

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Weigh the terms (Lucene's form of the BM25 weight), and find what each adds to the score of each text."""
        # The parent has put an empty one there.
        self.__dict__.pop("idf", None)
        document_frequency = np.fromiter(nd.values(), dtype=np.float64, count=len(nd))
        self._idf = np.log1p(
            (self.corpus_size - document_frequency + 0.5) / (document_frequency + 0.5)
        )
        lengths = np.append(self.doc_len, 0) / (self.avgdl or 1.0)
        # Above 0, so that what stands in no text is no division of 0 by 0 either.
        self._length_norms = np.maximum(self.k1 * (1 - self.b + self.b * lengths), _TINY)
        self._is_exhaustive = self.corpus_size <= self.exhaustive_limit
        self._impacts: NDArray[np.floating] = np.zeros(
            len(self._doc_ids), dtype=np.float64 if self._is_exhaustive else np.float32
        )
        for first, last in _cut(np.diff(self._offsets), _PIECE):
            place = slice(self._offsets[first], self._offsets[last])
            weights = np.repeat(self._idf[first:last], np.diff(self._offsets[first : last + 1]))
            self._impacts[place] = self._weigh(
                weights, self._term_freqs[place], self._doc_ids[place]
            )
        self._max_impacts = (
            np.maximum.reduceat(self._impacts, self._offsets[:-1]) if nd else np.zeros(0)
        )
        self._kth_impacts = np.zeros(len(nd))
        for number in np.flatnonzero(document_frequency >= self.bound_rank).tolist():
            impacts = self._impacts[self._offsets[number] : self._offsets[number + 1] - 1]
            self._kth_impacts[number] = _find_kth(impacts, self.bound_rank)

    def _weigh(
        self,
        weights: FloatArray | float,
        counts: NDArray[np.unsignedinteger] | FloatArray,
        texts: Int32Array,
    ) -> FloatArray:
        """Say what terms of some weights add to the scores of texts where they stand so often."""
        impacts: FloatArray = weights * (
            counts * (self.k1 + 1) / (counts + self._length_norms.take(texts))
        )
        return impacts

    @cached_property
    def idf(self) -> dict[str, float]:
        """The weights of all terms."""
        return dict(zip(self.vocabulary, self._idf.tolist(), strict=True))

    def term_idf(self, term: str) -> float:
        """Give a term's weight; that of a term in no text is the highest that any term can have."""
        number = self.vocabulary.get(term)
        return (
            float(np.log1p((self.corpus_size + 0.5) / 0.5))
            if number is None
            else self._idf.item(number)
        )

    def idf_of(self, numbers: Int64Array) -> FloatArray:
        """Give the weights of terms by their numbers."""
        return self._idf[numbers]

    def document_frequency(self, term: str) -> int:
        """Count the texts that hold a term."""
        number = self.vocabulary.get(term)
        return 0 if number is None else self._cuts[number + 1] - self._cuts[number] - 1

    def postings(self, term: str) -> tuple[Int32Array, FloatArray]:
        """Give the texts that hold a term, ascending, and what it adds to the score of each."""
        number = self.vocabulary.get(term)
        if number is None:
            return self._doc_ids[:0], self._idf[:0]
        place = slice(self._cuts[number], self._cuts[number + 1] - 1)
        if self._is_exhaustive:
            return self._doc_ids[place], self._impacts[place].astype(np.float64, copy=False)
        return self._doc_ids[place], self._weigh(
            self._idf[number], self._term_freqs[place], self._doc_ids[place]
        )

    def get_scores(self, query: Iterable[str]) -> FloatArray:
        """Score every text: float64, (corpus_size,). A term that is repeated counts as often."""
        return self.get_weighted_scores(_count(query))

    def get_weighted_scores(self, weights: Mapping[str, float]) -> FloatArray:
        """Score every text by terms that count for more or less than once: float64, (corpus_size,)."""
        terms = self._number(weights)
        return self.score_term_ids(
            np.array([number for number, _ in terms], np.int64), np.array([one for _, one in terms])
        )

    def _number(self, weights: Mapping[str, float]) -> list[_Term]:
        known = self.vocabulary
        return [(known[term], weight) for term, weight in weights.items() if term in known]

    def score_term_ids(self, numbers: Int64Array, weights: FloatArray) -> FloatArray:
        """Score every text by the numbers of terms and what each counts for: float64, (corpus_size,)."""
        begins = self._offsets[numbers]
        lengths = self._offsets[numbers + 1] - 1 - begins
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            begins - ends + lengths, lengths
        )
        texts = self._doc_ids[places]
        if self._is_exhaustive:
            impacts = self._impacts[places]
        else:
            impacts = self._weigh(
                np.repeat(self._idf[numbers], lengths), self._term_freqs[places], texts
            )
        return self._add_up(texts, impacts * np.repeat(weights, lengths))

    def _add_up(self, texts: Int32Array, impacts: NDArray[np.floating]) -> FloatArray:
        return np.bincount(texts, impacts, minlength=self.corpus_size).astype(
            np.float64, copy=False
        )

    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """Score the texts of the given numbers, in that order."""
        scores: list[float] = self.get_scores(query)[np.asarray(doc_ids, dtype=np.int64)].tolist()
        return scores

    def get_top_n(self, query: Iterable[str], documents: Sequence[str], n: int = 5) -> list[str]:
        """Give the ``n`` best of ``documents``, best first, ties in their order; only those that hold a term."""
        if len(documents) != self.corpus_size:
            raise ValueError(
                f"{len(documents)} documents were given, {self.corpus_size} are indexed"
            )
        return [documents[number] for number, _ in self.search(query, n)]

    def search(self, query: Iterable[str], k: int = 10) -> list[tuple[int, float]]:
        """Give (number of the text, score) of the ``k`` best texts that hold a term of ``query``.

        Best first; texts of equal score in the order of the collection.
        """
        texts, scores = self.top_k(_count(query), k)
        return list(zip(texts.tolist(), scores.tolist(), strict=True))

    def top_k(self, weights: Mapping[str, float], k: int) -> tuple[Int64Array, FloatArray]:
        """Give the numbers and scores of the ``k`` best texts by terms of positive weights, ordered as by ``search``.

        The scores are exactly those of ``get_weighted_scores``.
        """
        terms = self._number(weights)
        if not self._is_pruned(len(terms), k):
            return (
                self._exhaustive_top_k(terms, k)
                if self._is_exhaustive and terms
                else self._sort(weights, k)
            )
        found, _ = self._find_candidates(terms, self._score_bound(terms, k), k)
        scores = self._score(terms, found)
        best = (-scores).argsort(kind="stable")[:k]
        return found[best].astype(np.int64), scores[best]

    def approximate_top_k(self, numbers: Int64Array, weights: FloatArray, k: int) -> Int64Array:
        """Give the numbers of the ``k`` best texts, ascending, by the numbers of terms and what each counts for.

        Scores that differ by less than a ten-thousandth may be taken for each other.
        """
        terms = list(zip(numbers.tolist(), weights.tolist(), strict=True))
        bound = (
            _SLACK * float((self._kth_impacts[numbers] * weights).max(initial=0.0))
            if k <= self.bound_rank
            else 0.0
        )
        if not self._is_pruned(len(terms), k):
            return np.sort(top_k(self.score_term_ids(numbers, weights), k, bound))
        found, scores = self._find_candidates(terms, bound, k)
        return np.sort(found[(-scores).argsort(kind="stable")[:k]]).astype(np.int64)

    def _is_pruned(self, terms: int, k: int) -> bool:
        return not self._is_exhaustive and 0 < k <= _MOST_FOUND and 0 < terms <= _MOST_TERMS

    def _sort(self, weights: Mapping[str, float], k: int) -> tuple[Int64Array, FloatArray]:
        scores = self.get_weighted_scores(weights)
        numbers = top_k(scores, k)
        return numbers, scores[numbers]

    def _exhaustive_top_k(self, terms: Sequence[_Term], k: int) -> tuple[Int64Array, FloatArray]:
        """Find the best texts as ``_sort`` does, of a few terms of a small collection."""
        texts, impacts = [], []
        for number, weight in terms:
            place = slice(self._cuts[number], self._cuts[number + 1] - 1)
            texts.append(self._doc_ids[place])
            impacts.append(self._impacts[place] if weight == 1 else self._impacts[place] * weight)
        scores = self._add_up(np.concatenate(texts), np.concatenate(impacts))
        numbers = top_k(scores, k, self._score_bound(terms, k))
        return numbers, scores[numbers]

    def _score_bound(self, terms: Iterable[_Term], k: int) -> float:
        """Give a score that ``k`` texts reach by one of the terms alone; 0 where none is known."""
        bound = 0.0
        for number, weight in terms if k <= self.bound_rank else ():
            bound = max(bound, self._kth_impacts.item(number) * weight)
        return _SLACK * bound

    def _find_candidates(
        self, terms: Sequence[_Term], bound: float, k: int
    ) -> tuple[Int32Array, NDArray[np.float32]]:
        """Give a few texts, ascending, that the ``k`` best are among, and nearly their scores.

        ``k`` texts are known to reach ``bound``.
        """
        order = sorted(
            [(self._max_impacts.item(number) * weight, number, weight) for number, weight in terms],
            reverse=True,
        )
        # What the terms from each on can add together. With those from ``begun`` on alone no text is among the best.
        left = [*accumulate((highest for highest, *_ in reversed(order)), initial=0.0)][::-1]
        begun = len(order)
        while begun > 1 and left[begun - 1] < bound:
            begun -= 1
        row = self._rows.pop() if self._rows else np.zeros(self.corpus_size, dtype=np.float32)
        lists: list[Int32Array] = []
        for at, (_, number, weight) in enumerate(order):
            place = slice(self._cuts[number], self._cuts[number + 1] - 1)
            if at >= begun and place.stop - place.start > self.short_list:
                break
            lists.append(self._doc_ids[place])
            impacts = self._impacts[place]
            np.add.at(row, lists[-1], impacts if weight == 1 else impacts * np.float32(weight))
        at = len(lists)
        texts = np.concatenate(lists[:begun]) if begun > 1 else lists[0]
        scores = row.take(texts, mode="clip")
        if at < len(order):
            found, partial = _distinct(texts.take(np.flatnonzero(scores >= bound)), row)
            bound = max(bound, self._bound_from_trial(found, partial, order[at:], k))
        found, partial = _distinct(texts.take(np.flatnonzero(scores >= bound - left[at])), row)
        _empty(row, lists)
        self._rows.append(row)
        for number_of_left, (_, number, weight) in enumerate(order[at:], at):
            if len(found) > k:
                bound = max(bound, _SLACK * _find_kth(partial, k))
                kept = partial >= bound - left[number_of_left]
                found, partial = found[kept], partial[kept]
            partial = partial + self._lookup_impacts(number, weight, found)
        if len(found) > k:
            kept = partial >= _SLACK * _find_kth(partial, k)
            found, partial = found[kept], partial[kept]
        return found, partial

    def _bound_from_trial(
        self,
        found: Int32Array,
        partial: NDArray[np.float32],
        terms: Sequence[tuple[float, int, float]],
        k: int,
    ) -> float:
        """Score the best texts so far to the end; give a score that ``k`` texts reach, 0 where there are too few."""
        if len(found) > self.trial_size:
            best = np.sort(partial.argpartition(-self.trial_size)[-self.trial_size :])
            found, partial = found[best], partial[best]
        for _, number, weight in terms:
            partial = partial + self._lookup_impacts(number, weight, found)
        return _SLACK * _find_kth(partial, k) if len(found) >= k else 0.0

    def _lookup_impacts(self, number: int, weight: float, found: Int32Array) -> NDArray[np.float32]:
        """Say nearly what a term adds to the scores of some texts."""
        place = slice(self._cuts[number], self._cuts[number + 1])
        texts = self._doc_ids[place]
        at = texts.searchsorted(found)
        impacts: NDArray[np.float32] = (
            self._impacts[place].take(at) * (texts.take(at) == found) * np.float32(weight)
        )
        return impacts

    def _score(self, terms: Sequence[_Term], found: Int32Array) -> FloatArray:
        """Score some texts exactly."""
        at = np.empty((len(terms), len(found)), dtype=np.int64)
        for row, (number, _) in enumerate(terms):
            begin = self._cuts[number]
            np.add(
                self._doc_ids[begin : self._cuts[number + 1]].searchsorted(found),
                begin,
                out=at[row],
            )
        counts = (self._term_freqs.take(at) * (self._doc_ids.take(at) == found)).tolist()
        saturations = self._length_norms.take(found).tolist()
        scores = [0.0] * len(found)
        # In the order, and by the very operations, by which all texts are scored: to the bit.
        for (number, weight), row in zip(terms, counts, strict=True):
            of_term = self._idf.item(number)
            for place, count in enumerate(row):
                if count:
                    impact = of_term * (count * (self.k1 + 1) / (count + saturations[place]))
                    scores[place] += impact * weight
        return np.array(scores)


def top_k(scores: FloatArray, k: int, bound: float = 0.0) -> Int64Array:
    """Give the numbers of the ``k`` highest positive scores, best first, equal ones ascending.

    ``k`` scores are known to be at least ``bound``.
    """
    found = np.flatnonzero(scores >= bound if bound > 0 else scores > 0)
    if k <= 0:
        return found[:0]
    best = scores[found]
    if len(found) > max(k, _FEW):
        kept = best >= _find_kth(best, k)
        found, best = found[kept], best[kept]
    return found[(-best).argsort(kind="stable")[:k]]


def _draw(count: int) -> NDArray[np.uint64]:
    """Draw so many random numbers that nobody can foresee."""
    return np.frombuffer(os.urandom(8 * count), np.uint64)


def _count(query: Iterable[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in query:
        weights[term] = weights.get(term, 0) + 1
    return weights


def _cut(sizes: Int64Array, piece: int) -> Iterator[tuple[int, int]]:
    """Cut a row of things of these sizes into ranges of about ``piece`` each."""
    ends = sizes.cumsum()
    cuts = ends.searchsorted(np.arange(piece, ends[-1] if len(ends) else 0, piece), side="right")
    return pairwise(sorted({0, *cuts.tolist(), len(sizes)}))


def _find_kth(values: NDArray[np.floating], k: int) -> float:
    """Give the k-th highest of at least ``k`` values."""
    return float(np.partition(values, len(values) - k)[len(values) - k])


def run_starts(values: NDArray[np.integer]) -> Int64Array:
    """Say where each value of a sorted row begins."""
    is_first = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def _distinct(
    texts: Int32Array, row: NDArray[np.float32]
) -> tuple[Int32Array, NDArray[np.float32]]:
    """Sort texts, each once, and give their scores in a row; ``texts`` is sorted in place."""
    texts.sort()
    texts = texts.take(run_starts(texts))
    return texts, row.take(texts)


def _empty(row: NDArray[np.float32], lists: Sequence[Int32Array]) -> None:
    """Set a row to 0 again at the texts of ``lists``."""
    if sum(map(len, lists)) * _MANY > len(row):
        row.fill(0)
    else:
        for texts in lists:
            row[texts] = 0
