"""Postings: for each term, the documents that hold it and how often each does.

In: the term ids of all documents in a row. Out: the posting lists of all terms in three arrays, one
list behind another. A posting list knows neither its term's text nor what the term weighs.
"""

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.array_file import Layout, check, unpack_sizes
from bot.search.arrays import Int32Array, Int64Array, find_run_starts, split_into_blocks

# Postings are made in blocks of about this many tokens: other threads go on, and memory is spared.
BLOCK_TOKENS = 1 << 20
# There are at most so many blocks, because each one looks at all tokens.
_MAX_BLOCKS = 8
# Random numbers are integers modulo this.
_MODULUS = 2**64

# What is packed: the posting lists, and how long each is. What follows from them is not.
POSTINGS: Layout = {
    "list_sizes": ("int32", ("terms",)),
    "texts": ("int32", ("postings",)),
    "counts": ("uint8 uint16 uint32", ("postings",)),
}


class Postings:
    """The posting lists of a collection.

    Term ``i`` stands in the documents ``doc_ids[offsets[i] : offsets[i + 1] - 1]``, ascending, as
    often as ``term_freqs`` says in the same places. The last place of each list holds a sentinel:
    the number of documents, which is greater than any id, and a frequency of 0. So a binary search
    in a list always ends inside it.

    ``offsets`` is int64, (terms + 1,). ``doc_ids`` is int32, and ``term_freqs`` the smallest
    unsigned type that suffices, both (postings,). ``begins`` are the offsets as a memoryview, from
    which a single int is read several times faster than from an array.
    """

    def __init__(
        self,
        offsets: Int64Array,
        doc_ids: Int32Array,
        term_freqs: NDArray[np.unsignedinteger],
        corpus_size: int,
    ) -> None:
        """Take lists that are in order, of a collection of ``corpus_size`` documents."""
        self.offsets = offsets
        self.doc_ids = doc_ids
        self.term_freqs = term_freqs
        self.corpus_size = corpus_size
        self.begins = offsets.data

    @classmethod
    def build(
        cls, term_ids: Int32Array, doc_lengths: Int64Array, vocabulary_size: int
    ) -> "Postings":
        """Sort the documents of each term, and count the term in each.

        ``term_ids`` are those of all documents in a row, int32, (tokens,); ``doc_lengths`` say how
        many of them each document has, int64, (documents,).
        """
        corpus_size = len(doc_lengths)
        collection_freqs = np.bincount(term_ids, minlength=vocabulary_size)  # int64, (terms,)
        doc_of_token = np.arange(corpus_size, dtype=np.int32).repeat(doc_lengths)  # (tokens,)
        offsets = np.zeros(len(collection_freqs) + 1, dtype=np.int64)
        # There is at most one posting a token, and one sentinel a term. What is never written takes
        # no memory.
        size = len(term_ids) + len(collection_freqs)
        doc_ids = np.empty(size, dtype=np.int32)
        longest = int(doc_lengths.max(initial=0))
        term_freqs = np.zeros(size, dtype=np.min_scalar_type(longest))
        block_tokens = max(BLOCK_TOKENS, len(term_ids) // _MAX_BLOCKS)
        for first, last in split_into_blocks(collection_freqs, block_tokens):
            pairs = _sort_pairs(term_ids, doc_of_token, range(first, last), corpus_size)
            pair_starts = find_run_starts(pairs)
            # The term, counted from the first of the block, and the document of each posting.
            terms, documents = np.divmod(pairs[pair_starts], corpus_size)
            block_terms = np.arange(last - first)
            list_ends = terms.searchsorted(block_terms, side="right")
            sentinels = block_terms + 1
            begin = offsets[first]
            offsets[first + 1 : last + 1] = begin + list_ends + sentinels
            # Before each posting stand as many sentinels as there are terms before its own.
            places = np.arange(begin, begin + len(documents)) + terms
            doc_ids[places] = documents
            term_freqs[places] = np.diff(pair_starts, append=len(pairs))
        doc_ids = doc_ids[: offsets[-1]]
        term_freqs = term_freqs[: offsets[-1]]
        doc_ids[offsets[1:] - 1] = corpus_size
        return cls(offsets, doc_ids, term_freqs, corpus_size)

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the lists as arrays in the layout ``POSTINGS``, for ``unpack``."""
        sizes = np.diff(self.offsets).astype(np.int32)  # int32, (terms,)
        return {"list_sizes": sizes, "texts": self.doc_ids, "counts": self.term_freqs}

    @classmethod
    def unpack(
        cls, arrays: Mapping[str, NDArray[Any]], term_ids: Int32Array, doc_lengths: Int64Array
    ) -> "Postings":
        """Take the arrays that ``pack`` gave for these documents; they may be read-only.

        The arrays must be in the layout ``POSTINGS``. Raises DamagedError unless they are what
        ``build`` makes of the same ``term_ids`` and ``doc_lengths``.
        """
        doc_ids = arrays["texts"]
        # A list has one posting at least, and its sentinel.
        offsets = unpack_sizes("list_sizes", arrays, len(doc_ids), least=2)
        postings = cls(offsets, doc_ids, arrays["counts"], len(doc_lengths))
        check(postings.is_in_order(), "postings out of order")
        check(postings.is_made_of(term_ids, doc_lengths), "postings of other passages")
        return postings

    def find_list(self, term_id: int) -> slice:
        """Give the places of a term's postings, without the sentinel."""
        return slice(self.begins[term_id], self.begins[term_id + 1] - 1)

    def find_list_with_sentinel(self, term_id: int) -> slice:
        """Give the places of a term's postings and of the sentinel behind them."""
        return slice(self.begins[term_id], self.begins[term_id + 1])

    def document_frequency(self, term_id: int) -> int:
        """Count the documents that hold a term."""
        size: int = self.begins[term_id + 1] - self.begins[term_id]
        return size - 1

    def document_frequencies(self) -> Int64Array:
        """Count the documents that hold each term: int64, (terms,)."""
        sizes: Int64Array = np.diff(self.offsets)
        return sizes - 1

    def is_in_order(self) -> bool:
        """Say whether each list holds ascending documents, no frequency of 0, and its sentinel."""
        firsts = self.offsets[:-1]  # int64, (terms,)
        sentinels = self.offsets[1:] - 1  # int64, (terms,)
        is_above_last = self.doc_ids[1:] > self.doc_ids[:-1]  # bool, (postings - 1,)
        # The first of a list need not be above the sentinel of the list before.
        is_above_last[sentinels[:-1]] = True
        if not is_above_last.all() or (self.doc_ids[firsts] < 0).any():
            return False
        if (self.doc_ids[sentinels] != self.corpus_size).any():
            return False
        if self.term_freqs[sentinels].any():
            return False
        # All frequencies of 0 are those of sentinels.
        other_places = len(self.term_freqs) - len(sentinels)
        return bool(np.count_nonzero(self.term_freqs) == other_places)

    def is_made_of(self, term_ids: Int32Array, doc_lengths: Int64Array) -> bool:
        """Say whether the lists count exactly the terms of these documents.

        How often each term stands in each document is a matrix. Both of its forms, ``term_ids`` and
        the lists, are multiplied by random vectors from either side, modulo 2^64. Different
        matrices give the same product once in 2^27 times at most (Freivalds 1977).
        """
        vocabulary_size = len(self.offsets) - 1
        of_term = _draw_random(vocabulary_size)  # uint64, (terms,)
        of_document = _draw_random(self.corpus_size + 1)  # uint64, (documents + 1,)
        expected = _multiply_tokens(term_ids, doc_lengths, of_term, of_document)
        found = self._multiply_lists(of_term, of_document)
        return (expected - found) % _MODULUS == 0

    def _multiply_lists(self, of_term: NDArray[np.uint64], of_document: NDArray[np.uint64]) -> int:
        """Multiply the lists, as a matrix, by a vector from either side."""
        sizes = np.diff(self.offsets)  # int64, (terms,)
        product = 0
        for first, last in split_into_blocks(sizes, BLOCK_TOKENS):
            place = slice(self.offsets[first], self.offsets[last])
            factors = of_document.take(self.doc_ids[place])  # uint64, (postings of the block,)
            factors *= self.term_freqs[place]
            factors *= of_term[first:last].repeat(sizes[first:last])
            product += int(factors.sum())
        return product


def _sort_pairs(
    term_ids: Int32Array, doc_of_token: Int32Array, terms: range, corpus_size: int
) -> Int64Array:
    """Give term and document of all tokens of some terms, each pair as one number, ascending."""
    is_of_terms = (term_ids >= terms.start) & (term_ids < terms.stop)  # bool, (all tokens,)
    tokens = np.flatnonzero(is_of_terms)  # int64, (tokens,)
    # The product of two numbers that fit int32 does not: np.int64 makes the array int64, (tokens,).
    pairs: Int64Array = term_ids[tokens] - np.int64(terms.start)
    pairs *= corpus_size
    pairs += doc_of_token[tokens]
    pairs.sort()
    return pairs


def _multiply_tokens(
    term_ids: Int32Array,
    doc_lengths: Int64Array,
    of_term: NDArray[np.uint64],
    of_document: NDArray[np.uint64],
) -> int:
    """Multiply the matrix of term frequencies, given as tokens, by a vector from either side."""
    begins = np.append(0, doc_lengths.cumsum())  # int64, (documents + 1,)
    product = 0
    for first, last in split_into_blocks(doc_lengths, BLOCK_TOKENS):
        tokens = term_ids[begins[first] : begins[last]]
        factors = of_term.take(tokens)  # uint64, (tokens of the block,)
        factors *= of_document[first:last].repeat(doc_lengths[first:last])
        product += int(factors.sum())
    return product


def _draw_random(count: int) -> NDArray[np.uint64]:
    """Draw random numbers that nobody can foresee: uint64, (count,)."""
    return np.frombuffer(os.urandom(8 * count), np.uint64)
