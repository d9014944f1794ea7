"""The words of a collection: how often each stands in sentences, and how it is written.

In: the units of passages as text. Out: their term ids, counts of words, and the written forms by
which a folded word is shown to people.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.array_file import Layout, check, pack_strings, strings_layout, unpack_strings
from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.encoder import BATCH_SIZE, EncodedTexts, TermEncoder
from bot.search.analysis.tokens import fold
from bot.search.arrays import BoolArray, Int32Array, Int64Array, UInt8Array
from bot.search.sentence_signs import SentenceSigns

# What is packed of words.
WORDS: Layout = {
    "word_counts": ("int64", ("words",)),
    **strings_layout("words", "words"),
    **strings_layout("bare", "forms"),
    **strings_layout("written", "forms"),
}


class CollectionWords(NamedTuple):
    """The folded words of a collection that have a term.

    ``counts`` say how often each stands in sentences and titles. ``written_forms`` map those that
    are mostly written otherwise (with capital letters, accents) to how they are written.
    """

    counts: Mapping[str, int]
    written_forms: Mapping[str, str]

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the words as arrays in the layout ``WORDS``, for ``unpack``."""
        counts, written_forms = self
        return {
            "word_counts": np.fromiter(counts.values(), dtype=np.int64, count=len(counts)),
            **pack_strings("words", list(counts)),
            **pack_strings("bare", list(written_forms)),
            **pack_strings("written", list(written_forms.values())),
        }

    @classmethod
    def unpack(cls, arrays: Mapping[str, NDArray[Any]]) -> "CollectionWords":
        """Take the arrays that ``pack`` gave, in the layout ``WORDS``.

        Raises DamagedError unless each word is there once and counts something.
        """
        counts = arrays["word_counts"]
        check((counts > 0).all(), "words that stand nowhere")
        words = unpack_strings("words", arrays)
        folded = unpack_strings("bare", arrays)
        written = unpack_strings("written", arrays)
        check_distinct(words)
        check_distinct(folded)
        count_of_word = dict(zip(words, counts.tolist(), strict=True))
        written_forms = dict(zip(folded, written, strict=True))
        return cls(count_of_word, written_forms)


def check_distinct(words: Sequence[str]) -> None:
    """Raise DamagedError if one of some unpacked words is there twice."""
    check(len(set(words)) == len(words), "a word stands there twice")


class CountedTexts(NamedTuple):
    """Units as term ids, the words of those that are sentences, and the words that begin one.

    ``possible_types`` are those that units may have by their form, uint8, (units,). ``stem_key``
    gives the stem keys of words, and knows those of all units already.
    """

    encoded: EncodedTexts
    words: Counter[str]
    sentence_starts: Counter[str]
    possible_types: UInt8Array
    stem_key: Callable[[str], str]


class _PieceCounts:
    """How often each piece stands in sentences; a piece is what stands between two blanks."""

    def __init__(self, words_of: Sequence[list[str]]) -> None:
        """Take the words of all pieces by piece id: a list that may still grow."""
        self._words_of = words_of
        no_counts: Int64Array = np.zeros(0, dtype=np.int64)  # int64, (pieces,), here and below
        self.counts = no_counts
        # How often the first word of a sentence is that of the piece.
        self.start_counts = no_counts
        self._has_word: BoolArray = np.zeros(0, dtype=np.bool_)  # (pieces,)

    def add(self, pieces: Int32Array, lengths: Int64Array) -> None:
        """Count the pieces of sentences, given in a row, and how many each sentence has."""
        size = len(self._words_of)
        new = size - len(self.counts)
        self.counts = np.pad(self.counts, (0, new))
        self.counts += np.bincount(pieces, minlength=size)
        starts = self._find_first_words(pieces, lengths)
        first_pieces = pieces[starts]
        self.start_counts = np.pad(self.start_counts, (0, new))
        self.start_counts += np.bincount(first_pieces, minlength=size)

    def _find_first_words(self, pieces: Int32Array, lengths: Int64Array) -> Int64Array:
        """Give the place of the first piece of each sentence that holds a word.

        A sentence may begin with pieces that hold none, or consist of them.
        """
        new_words = self._words_of[len(self._has_word) :]
        new_have_word = np.fromiter(map(bool, new_words), np.bool_, len(new_words))
        self._has_word = np.append(self._has_word, new_have_word)
        places = np.flatnonzero(self._has_word[pieces])
        # Behind the last piece stands one more place, for sentences that have no word at the end.
        places = np.append(places, len(pieces))
        ends = lengths.cumsum()  # int64, (sentences,)
        begins = ends - lengths
        nearest = places.searchsorted(begins)
        starts = places[nearest]
        return starts[starts < ends]

    def count_words(self) -> tuple[Counter[str], Counter[str]]:
        """Count the words of the pieces, and those that begin a sentence."""
        words: Counter[str] = Counter()
        sentence_starts: Counter[str] = Counter()
        for piece in np.flatnonzero(self.counts).tolist():
            words_of_piece = self._words_of[piece]
            count = self.counts.item(piece)
            for word in words_of_piece:
                words[word] += count
            if self.start_counts[piece]:
                sentence_starts[words_of_piece[0]] += self.start_counts.item(piece)
        return words, sentence_starts


def encode_and_count(
    units: Sequence[str], is_sentence: BoolArray, analyzer: Analyzer
) -> CountedTexts:
    """Encode units as term ids, and count the words of sentences: ``is_sentence``, (units,)."""
    encoder = TermEncoder(analyzer)
    counts = _PieceCounts(encoder.words)
    signs = SentenceSigns()
    possible_types: list[UInt8Array] = [np.zeros(0, dtype=np.uint8)]
    for start in range(0, len(units), BATCH_SIZE):
        block = slice(start, start + BATCH_SIZE)
        known = len(encoder.words)
        pieces, lengths = encoder.add(units[block])
        new_pieces = islice(encoder.pieces, known, None)
        possible_types.append(signs.find(new_pieces, pieces, lengths))
        is_counted = is_sentence[block]
        is_counted_piece = is_counted.repeat(lengths)  # bool, (pieces,)
        counts.add(pieces[is_counted_piece], lengths[is_counted])
    words, sentence_starts = counts.count_words()
    return CountedTexts(
        encoder.finish(),
        words,
        sentence_starts,
        np.concatenate(possible_types),
        encoder.stem_key,
    )


def learn_words(
    terms: Mapping[str, str], words: Counter[str], inside: Counter[str]
) -> CollectionWords:
    """Count the folded words that have a term, and learn how those are written that differ.

    ``terms`` maps words to their terms; ``words`` counts them everywhere, and ``inside`` behind the
    first word of a sentence. The form that stands most often inside sentences is chosen, because
    there capital letters mean something; then the one that is most frequent.
    """
    counts: Counter[str] = Counter()
    best_forms: dict[str, tuple[int, int, str]] = {}
    for word in terms:
        folded = fold(word)
        count = words[word]
        counts[folded] += count
        without_possessive = word[:-2]
        form = without_possessive if fold(without_possessive) == folded else word
        ranked = (inside[word], count, form)
        best_forms[folded] = max(ranked, best_forms.get(folded, (0, 0, "")))
    written: dict[str, str] = {}
    for folded, (_, _, form) in best_forms.items():
        if form != folded:
            written[folded] = form
    return CollectionWords(counts, written)
