"""Many texts into term ids at once, several times as fast as analyzing one by one.

In: texts. Out: the terms that ``Analyzer.analyze`` gives, in the same order, as ids in one array. A
piece is what stands between two blanks; each distinct piece is analyzed once, however often it
occurs. Everything else is done with whole arrays, some thousand texts at a time, so that other
threads are not held up for long. Nothing here knows sentences, passages or scores.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import compress, count, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.phrase_prefixes import IS_FIRST, IS_STOP, make_codes, role_of
from bot.search.analysis.tokens import tokenize

Int64Array = NDArray[np.int64]
Int32Array = NDArray[np.int32]
UInt8Array = NDArray[np.uint8]

# How many texts are encoded at a time: the arrays stay small, and the interpreter is free in
# between.
BATCH_SIZE = 4_096


class EncodedTexts(NamedTuple):
    """The terms of texts as ids.

    Attributes:
        vocabulary: The id of each term, from 0 in the order of the ids; each occurs in some text.
        term_ids: int32, (tokens,): the term ids of all texts in a row.
        lengths: int64, (texts,): how many tokens each text has.

    """

    vocabulary: dict[str, int]
    term_ids: Int32Array
    lengths: Int64Array


def encode_texts(texts: Iterable[str], analyzer: Analyzer) -> EncodedTexts:
    """Analyze texts and give their terms as ids."""
    encoder = TermEncoder(analyzer)
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH_SIZE)):
        encoder.add(batch)
    return encoder.finish()


class TermEncoder:
    """Encodes texts in batches: ``add`` each batch, then ``finish`` once.

    Attributes:
        words: The words of each distinct piece, by piece id.
        stem_key: Gives the stem key of a word; those of all words that were met are remembered.

    """

    def __init__(self, analyzer: Analyzer) -> None:
        """Begin with no text."""
        self._analyzer = analyzer
        self._piece_ids = _make_ids({})
        self.words: list[list[str]] = []
        # "Mill", "mill," and "mill." share a word or its key.
        self.stem_key = cache(analyzer.find_stem_key)
        # The stem keys of the pieces in a row, by piece id: those of piece n end at _piece_ends[n +
        # 1].
        self._piece_keys = array("i")
        self._piece_ends = array("q", [0])
        # The ids of stem keys, stop words included, and of the terms of phrases.
        self._prefixes = analyzer.phrase_prefixes
        self._key_ids = _make_ids(self._prefixes.key_ids)
        # By key id, the bits that ``_find_roles`` gives.
        self._roles = array("B", self._prefixes.roles.tobytes())
        # By the row of a prefix: the other keys and the term of each phrase, as ids.
        self._phrases: dict[int, list[tuple[list[int], int]]] = {}
        # Of each batch: key ids without stop words, int32, (tokens,); lengths, int64, (texts,).
        self._batches: list[Int32Array] = [np.zeros(0, dtype=np.int32)]
        self._lengths: list[Int64Array] = [np.zeros(0, dtype=np.int64)]

    @property
    def pieces(self) -> Iterable[str]:
        """All distinct pieces by piece id, which is the order of their first occurrence."""
        return self._piece_ids

    def add(self, texts: Iterable[str]) -> tuple[Int32Array, Int64Array]:
        """Encode a batch of texts.

        Returns the piece ids of all texts in a row, int32, (pieces,), and how many pieces each text
        has, int64, (texts,).
        """
        id_of = self._piece_ids.__getitem__
        stream = array("i")
        counts = array("q")
        for text in texts:
            pieces = text.split()
            stream.extend(map(id_of, pieces))
            counts.append(len(pieces))
        self._analyze_new_pieces()
        piece_ids = np.frombuffer(stream, np.intc)
        lengths = np.frombuffer(counts, np.int64)
        self._add_batch(piece_ids, lengths)
        return piece_ids, lengths

    def _analyze_new_pieces(self) -> None:
        """Keep the stem keys of the pieces that have not been analyzed yet."""
        id_of = self._key_ids.__getitem__
        for piece in islice(self._piece_ids, len(self.words), None):
            words = tokenize(piece)
            self.words.append(words)
            stem_keys = map(self.stem_key, words)
            self._piece_keys.extend(map(id_of, stem_keys))
            self._piece_ends.append(len(self._piece_keys))

    def finish(self) -> EncodedTexts:
        """Give the terms of all texts that were added; none may be added after that."""
        key_ids = np.concatenate(self._batches)  # int32, (tokens,)
        self._batches.clear()
        # Keys that occur in no text, such as those of prefixes, get no term id.
        occurs = np.zeros(len(self._key_ids), dtype=np.bool_)
        occurs[key_ids] = True
        term_id_of_key = occurs.cumsum(dtype=np.int32) - 1
        terms = compress(self._key_ids, occurs.tolist())
        vocabulary = {term: term_id for term_id, term in enumerate(terms)}
        # In place: there can be tens of millions of tokens.
        term_id_of_key.take(key_ids, out=key_ids)
        lengths = np.concatenate(self._lengths)
        return EncodedTexts(vocabulary, key_ids, lengths)

    def _add_batch(self, piece_ids: Int32Array, lengths: Int64Array) -> None:
        """Keep the terms of texts, given by their piece ids and how many each text has."""
        keys, piece_bounds = self._expand_pieces(piece_ids)
        last_pieces = lengths.cumsum()
        text_ends = piece_bounds[last_pieces]  # int64, (texts,)
        phrase_ends, phrase_terms = self._find_phrases(keys, text_ends)
        # The term of a phrase comes behind the last word of the phrase.
        keys = np.insert(keys, phrase_ends, phrase_terms)
        text_ends += phrase_ends.searchsorted(text_ends, side="right")
        roles = self._find_roles(keys)
        is_term = roles & IS_STOP == 0
        self._batches.append(keys[is_term])
        terms_before = np.concatenate([[0], is_term.cumsum()])
        term_ends = terms_before[text_ends]
        self._lengths.append(np.diff(term_ends, prepend=0))

    def _expand_pieces(self, piece_ids: Int32Array) -> tuple[Int32Array, Int64Array]:
        """Give the key ids of pieces in a row, int32, (keys,), and where each piece begins.

        The latter is int64, (pieces + 1,); the last number is where the last piece ends.
        """
        bounds_by_id = np.array(self._piece_ends)  # int64, (distinct pieces + 1,)
        counts_by_id = np.diff(bounds_by_id)
        counts = counts_by_id.take(piece_ids)
        bounds = np.concatenate([[0], counts.cumsum()])
        # How far the keys of a piece stand behind, in the row of all distinct pieces.
        shifts = bounds_by_id.take(piece_ids) - bounds[:-1]
        sources = np.arange(bounds[-1])
        sources += shifts.repeat(counts)
        keys_by_id = np.array(self._piece_keys, dtype=np.int32)
        return keys_by_id.take(sources), bounds

    def _find_roles(self, keys: Int32Array) -> UInt8Array:
        """Give the bits of each key id (``IS_FIRST`` and others)."""
        known = len(self._roles)
        for key in islice(self._key_ids, known, None):
            self._roles.append(role_of(key))
        roles = np.array(self._roles)
        return roles.take(keys)

    def _find_phrases(
        self, keys: Int32Array, text_ends: Int64Array
    ) -> tuple[Int64Array, Int32Array]:
        """Find the phrases in texts, given by their key ids and the position where each text ends.

        Returns the positions where phrases end, ascending, int64, (phrases,), and the ids of their
        terms, int32, (phrases,). Of phrases with the same end, the one that begins first comes
        first.
        """
        starts, rows = self._find_prefixes(keys)
        texts = text_ends.searchsorted(starts, side="right")
        limits = text_ends[texts]
        prefixes = zip(starts.tolist(), rows.tolist(), limits.tolist(), strict=True)
        ends = array("q")
        terms = array("i")
        for start, row, limit in prefixes:
            rest_start = start + 2
            for rest, term in self._phrases.get(row) or self._find_phrases_of(row):
                end = rest_start + len(rest)
                if end > limit:
                    continue
                if not rest or keys[rest_start:end].tolist() == rest:
                    ends.append(end)
                    terms.append(term)
        order = np.argsort(ends, kind="stable")
        sorted_ends = np.array(ends)[order]
        sorted_terms = np.array(terms, dtype=np.int32)[order]
        return sorted_ends, sorted_terms

    def _find_prefixes(self, keys: Int32Array) -> tuple[Int64Array, Int64Array]:
        """Give the positions of prefixes of phrases among keys, and the rows of those prefixes."""
        # Most positions are ruled out by the roles of two keys, which is cheaper than a search.
        roles = self._find_roles(keys)
        # The bit of a second key stands beside that of a first key: moved there, it tells the same.
        next_roles = roles[1:] >> 1
        is_candidate = roles[:-1] & next_roles & IS_FIRST
        starts = np.flatnonzero(is_candidate)
        firsts = keys[starts].astype(np.int64)
        codes = make_codes(firsts, keys[starts + 1])
        rows = self._prefixes.codes.searchsorted(codes)
        found_codes = self._prefixes.codes.take(rows)
        is_prefix = found_codes == codes
        return starts[is_prefix], rows[is_prefix]

    def _find_phrases_of(self, row: int) -> list[tuple[list[int], int]]:
        """Give the phrases whose prefix is in this row, as ids, and remember them."""
        id_of = self._key_ids.__getitem__
        phrases = []
        for rest, term in self._analyzer.phrases_with_prefix(self._prefixes.prefixes[row]):
            rest_ids = list(map(id_of, rest))
            phrases.append((rest_ids, id_of(term)))
        self._phrases[row] = phrases
        return phrases


def _make_ids(known: Mapping[str, int]) -> defaultdict[str, int]:
    """Give a mapping in which a new string gets the next id, behind those of the known ones."""
    return defaultdict(count(len(known)).__next__, known)
