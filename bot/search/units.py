"""The units of passages (sentences and title lines) as tokens, and where a query matches them.

In: the term ids of all units in a row, and an encoded query. Out: which tokens of some units match
which concepts, and which of these units hold something of the answer's type. What that is worth is
decided in ``signals`` and ``sentence_scorer``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.array_file import Layout, check, unpack_sizes
from bot.search.answer_type import AnswerType
from bot.search.arrays import (
    BoolArray,
    FloatArray,
    Int32Array,
    Int64Array,
    ScratchArrays,
    UInt8Array,
    UInt16Array,
    concatenate_ranges,
)
from bot.search.query import EncodedQuery, ParsedQuery
from bot.search.topics import TOPICS, TopicMatcher, TopicMatches, Topics

# BM25's usual parameters: how soon a repeated term counts no more, and how much length counts.
K1 = 1.5
B = 0.75
# A number answers "how many" if at most so many tokens lie between it and what is counted.
_NUMBER_DISTANCE = 3
_WORD_TYPES = int(AnswerType.IN_WORDS)
_ALL_TYPES = sum(AnswerType)
# A text is long enough to say something with so many terms, about thirty words; a caption or the
# name of a link is shorter.
_ENOUGH_TERMS = 16
# In a text of more terms something like any word stands somewhere. A passage of 80 words has about
# as many; only what may not be cut is longer.
_MANY_TERMS = 40

# What is packed of units.
UNITS: Layout = {
    "passage_sentences": ("int32", ("passages",)),
    "passage_lines": ("int32", ("passages",)),
    "unit_tokens": ("int32", ("units",)),
    "told": ("uint8", ("units",)),
    "tokens": ("int32", ("tokens",)),
    "kinds": ("uint8", ("terms",)),
    **TOPICS,
}


class Matches(NamedTuple):
    """Where a query matches some units, which stand one behind another.

    ``units`` are their numbers, int64, (units,).
    ``tokens`` are the term ids of the units, int32, (tokens,), and ``rows`` the rows of the query's
    ``shares`` for them, uint16, (tokens,), 0 for a token that matches nothing. ``positions`` are
    the tokens that match, int64, (matches,), and ``matched_rows`` the rows of these. ``unit_of`` is
    the unit of each match, int64, (matches,), and ``shares`` how much it counts for each concept,
    float64, (matches, concepts).
    ``unit_begins`` and ``unit_lengths`` are in tokens, int64, (units,). ``unit_types`` are the
    answer types that a unit has by its form, uint8, (units,).
    """

    units: Int64Array
    tokens: Int32Array
    rows: UInt16Array
    positions: Int64Array
    matched_rows: UInt16Array
    unit_of: Int64Array
    shares: FloatArray
    unit_begins: Int64Array
    unit_lengths: Int64Array
    unit_types: UInt8Array


class PassageOffsets(NamedTuple):
    """Which units belong to which passage: its sentences, and behind them its title's lines.

    ``passage_begins`` is the first unit of each passage and the end of the last one, int64,
    (passages + 1,). ``sentence_ends`` is the end of the sentences of each, int64, (passages,).
    """

    passage_begins: Int64Array
    sentence_ends: Int64Array

    @classmethod
    def make(cls, sentence_offsets: Int64Array, line_offsets: Int64Array) -> "PassageOffsets":
        """Take where the sentences of each passage would begin in a row, and its title lines."""
        passage_begins = sentence_offsets + line_offsets
        sentence_counts = np.diff(sentence_offsets)
        return cls(passage_begins, passage_begins[:-1] + sentence_counts)

    def find_sentences(self) -> Int64Array:
        """Give the units that are sentences, ascending: int64, (sentences,)."""
        return concatenate_ranges(self.passage_begins[:-1], self.sentence_ends)


class AnswerTypes(NamedTuple):
    """The answer types of units by their form, uint8, (units,), and of terms, uint8, (terms,)."""

    of_units: UInt8Array
    of_terms: UInt8Array


class PassageUnits:
    """The units of all passages, ready to be matched with queries.

    ``unit_begins`` is the first token of each unit and the end of the last one, int64,
    (units + 1,). ``tokens`` are term ids, int32, (tokens,). ``unit_types`` are the answer types
    that units have by their form, uint8, (units,), and ``term_types`` those of terms, uint8,
    (terms,). ``norm_of_length`` is what ``find_length_norms`` gives of units. ``topics`` are what
    units are about, and ``is_party`` which terms stand for somebody who says or wants something,
    bool, (terms,).
    """

    def __init__(
        self,
        offsets: PassageOffsets,
        unit_begins: Int64Array,
        tokens: Int32Array,
        types: "AnswerTypes",
        topics: Topics,
    ) -> None:
        """Take the units of all passages, one behind another."""
        self.passage_begins, self.sentence_ends = offsets
        self.unit_begins = unit_begins
        self.tokens = tokens
        self.unit_types, self.term_types = types
        term_count = len(self.term_types)
        self.topics = topics
        unit_lengths = np.diff(unit_begins)  # int64, (units,)
        sentence_lengths = unit_lengths[offsets.find_sentences()]
        mean_length = float(sentence_lengths.mean()) if len(sentence_lengths) else 1.0
        # Where all sentences are empty, nothing is divided by 0.
        self.norm_of_length = find_length_norms(unit_lengths, max(1.0, mean_length))
        text_ends = unit_begins[self.sentence_ends]
        terms = text_ends - unit_begins[self.passage_begins[:-1]]
        # What it counts, by the length of its text, that a passage holds something: float64.
        self.length_shares = _find_length_shares(terms)
        self._rows = ScratchArrays(term_count, np.uint16)
        self._topic_matcher = TopicMatcher(topics, self._find_rows, term_count)
        self.is_party = self._topic_matcher.is_party

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the units as arrays in the layout ``UNITS``, for ``unpack``."""
        return {
            "passage_sentences": self.count_sentences().astype(np.int32),
            "passage_lines": self.count_title_lines().astype(np.int32),
            "unit_tokens": np.diff(self.unit_begins).astype(np.int32),
            "told": self.unit_types,
            "tokens": self.tokens,
            "kinds": self.term_types,
            **self.topics.pack(),
        }

    @classmethod
    def unpack(cls, arrays: Mapping[str, NDArray[Any]]) -> "PassageUnits":
        """Take the arrays that ``pack`` gave, in the layout ``UNITS``; they may be read-only.

        Raises DamagedError unless all sizes, term ids and types are possible and fit each other.
        Which term each token is, and which type each has, is believed.
        """
        unit_types = arrays["told"]
        tokens = arrays["tokens"]
        term_types = arrays["kinds"]
        sentence_offsets = unpack_sizes("passage_sentences", arrays)
        # A title without text has one line, which is empty.
        line_offsets = unpack_sizes("passage_lines", arrays, least=1)
        units = sentence_offsets[-1] + line_offsets[-1]
        check(units == len(unit_types), "passages of other units")
        offsets = PassageOffsets.make(sentence_offsets, line_offsets)
        unit_begins = unpack_sizes("unit_tokens", arrays, len(tokens))
        _check_types(unit_types, unit_types[offsets.find_sentences()], term_types)
        is_known = (tokens >= 0) & (tokens < len(term_types))  # bool, (tokens,)
        check(is_known.all(), "tokens of no term")
        topics = Topics.unpack(arrays, len(term_types))
        types = AnswerTypes(unit_types, term_types)
        return cls(offsets, unit_begins, tokens, types, topics)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self.passage_begins) - 1

    def count_sentences(self) -> Int64Array:
        """Count the sentences of each passage: int64, (passages,)."""
        return self.sentence_ends - self.passage_begins[:-1]

    def count_title_lines(self) -> Int64Array:
        """Count the lines of each passage's title: int64, (passages,)."""
        return self.passage_begins[1:] - self.sentence_ends

    def count_tokens(self) -> Int64Array:
        """Count the tokens of each passage, its title included: int64, (passages,)."""
        token_begins = self.unit_begins[self.passage_begins]
        counts: Int64Array = np.diff(token_begins)
        return counts

    def match(self, begins: Int64Array, ends: Int64Array, query: EncodedQuery) -> Matches:
        """Find the tokens that match a query in ranges of units."""
        units = concatenate_ranges(begins, ends)  # int64, (units,)
        token_begins = self.unit_begins[units]
        unit_lengths = self.unit_begins[units + 1] - token_begins
        # The tokens of successive units stand side by side.
        places = concatenate_ranges(self.unit_begins[begins], self.unit_begins[ends])
        tokens = self.tokens[places]
        rows = self._find_rows(tokens, query)
        positions = rows.nonzero()[0]
        unit_begins = unit_lengths.cumsum() - unit_lengths
        unit_of = _find_units(unit_begins, positions)
        matched_rows = rows[positions]
        return Matches(
            units=units,
            tokens=tokens,
            rows=rows,
            positions=positions,
            matched_rows=matched_rows,
            unit_of=unit_of,
            shares=query.shares.take(matched_rows, axis=0),
            unit_begins=unit_begins,
            unit_lengths=unit_lengths,
            unit_types=self.unit_types[units],
        )

    def match_topics(self, units: Int64Array, query: ParsedQuery) -> TopicMatches:
        """Find what units are about, of what a question is about."""
        return self._topic_matcher.match(units, query)

    def share_subjects(self, units: Int64Array, term_ids: Sequence[int]) -> FloatArray:
        """Say which share of some terms, each once, are subjects of units: float64, (units,)."""
        found, unit_of = self.topics.subjects.take(units)
        is_among = np.isin(found, term_ids)  # bool, (terms of these units,)
        counts = np.bincount(unit_of[is_among], minlength=len(units))
        shares: FloatArray = counts / max(len(term_ids), 1)
        return shares

    def _find_rows(self, tokens: Int32Array, query: EncodedQuery) -> UInt16Array:
        """Give the row of the query's shares for each token: uint16, (tokens,)."""
        row_of_term = self._rows.take()  # uint16, (terms of the collection,)
        row_of_term[query.term_ids] = np.arange(1, len(query.shares))
        rows = row_of_term.take(tokens)
        row_of_term[query.term_ids] = 0
        self._rows.give_back(row_of_term)
        return rows

    def find_word_type(self, answer_type: AnswerType, matches: Matches) -> BoolArray | None:
        """Say which units hold something of those of the types that words have: bool, (units,).

        None where there are no such. A number may stand near to any match.
        """
        word_types = answer_type.value & _WORD_TYPES
        if not word_types:
            return None
        return self.find_answer_type(AnswerType(word_types), matches, matches.positions[:0])

    def find_answer_type(
        self, answer_type: AnswerType, matches: Matches, counted: Int64Array
    ) -> BoolArray:
        """Say which units hold something of a type that the query does not name: bool, (units,).

        A number counts only near to what is counted. ``counted`` are the indices of the matches of
        that, int64; where there is none, a number counts near to any match.
        """
        types = int(answer_type)
        has_type = (matches.unit_types & types) > 0  # bool, (units,)
        if types & _WORD_TYPES:
            is_typed = (self.term_types.take(matches.tokens) & types) > 0  # bool, (tokens,)
            is_typed &= matches.rows == 0
            typed = is_typed.nonzero()[0]  # int64, (tokens of the type,)
            units = _find_units(matches.unit_begins, typed)
            if answer_type == AnswerType.NUMBER and len(matches.positions):
                units = units[_is_near_match(typed, units, matches, counted)]
            has_type[units] = True
        return has_type


def _check_types(
    unit_types: UInt8Array, sentence_types: UInt8Array, term_types: UInt8Array
) -> None:
    """Raise DamagedError unless all types are answer types, and only sentences have one."""
    check((sentence_types <= _ALL_TYPES).all(), "unknown kinds")
    check((term_types <= _ALL_TYPES).all(), "unknown kinds")
    typed_sentences = np.count_nonzero(sentence_types)
    check(typed_sentences == np.count_nonzero(unit_types), "kinds that titles tell")


def find_length_norms(lengths: Int64Array, mean: float) -> FloatArray:
    """Give what BM25 adds to frequencies for each length that texts may have, in tokens.

    ``lengths`` are those of all texts, int64, (texts,); ``mean`` is what they are compared with.
    The norm of each length stands in its place: float64, (the longest length + 1,).
    """
    relative_lengths = np.arange(lengths.max(initial=0) + 1) / mean
    norms: FloatArray = K1 * (1 - B + B * relative_lengths)
    return norms


def _find_length_shares(terms: Int64Array) -> FloatArray:
    """Give what it counts that texts of so many terms hold something: float64, (texts,), 0 to 1."""
    is_enough = np.minimum(terms / _ENOUGH_TERMS, 1.0)
    shares: FloatArray = is_enough * _MANY_TERMS / np.maximum(terms, _MANY_TERMS)
    return shares


def _find_units(unit_begins: Int64Array, positions: Int64Array) -> Int64Array:
    """Give the unit that each token position is in."""
    return unit_begins.searchsorted(positions, side="right") - 1


def _is_near_match(
    numbers: Int64Array, units: Int64Array, matches: Matches, counted: Int64Array
) -> BoolArray:
    """Say which numbers stand near to a match in their unit: bool, (numbers,).

    ``numbers`` are positions, and ``units`` their units. Only the next match before and the next
    one behind are near enough to be looked at.
    """
    positions = matches.positions
    unit_of = matches.unit_of
    if len(counted):
        positions = positions[counted]
        unit_of = unit_of[counted]
    following = positions.searchsorted(numbers)
    behind = np.minimum(following, len(positions) - 1)
    before = np.maximum(behind - 1, 0)
    is_near = np.zeros(len(numbers), dtype=np.bool_)  # bool, (numbers,)
    for match in (behind, before):
        distances = np.abs(positions[match] - numbers)
        is_near |= (distances <= _NUMBER_DISTANCE) & (unit_of[match] == units)
    return is_near
