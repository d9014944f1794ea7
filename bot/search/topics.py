"""What units are about and what they define, as term ids: beside the words that stand in them.

In: the sentences of passages with their places, and the vocabulary of their index. Out: for each
unit its subjects and the terms that it defines, ready to be matched with queries, packed and
unpacked with the units. How they are found in a text is for ``subjects`` and ``definitions``.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.array_file import Layout, check, unpack_sizes
from bot.search.arrays import (
    BoolArray,
    FloatArray,
    Int32Array,
    Int64Array,
    UInt16Array,
    concatenate_ranges,
    make_offsets,
)
from bot.search.query import EncodedQuery, ParsedQuery
from bot.search.subjects import Place, read_topics

_FindRows = Callable[[Int32Array, EncodedQuery], UInt16Array]

# What is packed of topics.
TOPICS: Layout = {
    "unit_subjects": ("int32", ("units",)),
    "subjects": ("int32", ("subjects",)),
    "unit_heads": ("int32", ("units",)),
    "heads": ("int32", ("heads",)),
    "unit_stances": ("int32", ("units",)),
    "stances": ("int32", ("stances",)),
    "unit_wishes": ("int32", ("units",)),
    "wishes": ("int32", ("wishes",)),
    "unit_definitions": ("int32", ("units",)),
    "definitions": ("int32", ("definitions",)),
}
# Who is meant counts more than what he is called: a share of 0.35 counts for 0.9.
_SHARE_EXPONENT = 0.1
# What another stance than a wish counts for where a wish is asked for.
_OTHER_STANCE_SHARE = 0.3
# Words whose terms are remembered while topics are built.
_CACHED = 65_536
_NO_TERMS: Sequence[int] = ()


class UnitTerms(NamedTuple):
    """Terms of units, those of one unit behind those of another.

    ``begins`` is the first term of each unit and the end of the last one, int64, (units + 1,).
    ``terms`` are term ids, int32, (terms of all units,).
    """

    begins: Int64Array
    terms: Int32Array

    @classmethod
    def make(cls, terms_of_units: Sequence[Sequence[int]]) -> "UnitTerms":
        """Take the term ids of each unit."""
        begins = make_offsets(list(map(len, terms_of_units)))
        terms = chain.from_iterable(terms_of_units)
        return cls(begins, np.fromiter(terms, np.int32, int(begins[-1])))

    @classmethod
    def unpack(
        cls, name: str, arrays: Mapping[str, NDArray[Any]], vocabulary_size: int
    ) -> "UnitTerms":
        """Take the arrays of a name. Raises DamagedError unless they fit each other."""
        terms = arrays[name]
        begins = unpack_sizes(f"unit_{name}", arrays, len(terms))
        is_known = (terms >= 0) & (terms < vocabulary_size)  # bool, (terms of all units,)
        check(is_known.all(), f"{name}: no terms")
        return cls(begins, terms)

    def take(self, units: Int64Array) -> tuple[Int32Array, Int64Array]:
        """Give the terms of some units, and of which of these units each is, by its place."""
        begins = self.begins[units]
        ends = self.begins[units + 1]
        unit_of = np.arange(len(units)).repeat(ends - begins)
        return self.terms[concatenate_ranges(begins, ends)], unit_of


class Topics(NamedTuple):
    """What all units are about.

    ``subjects`` are the terms of the subjects of units, ``heads`` those of them that stand before a
    preposition ("the talks between Orr and Vaal" are about talks), ``stances`` those of subjects
    that say, want or decide something there, ``wishes`` those of subjects that want something, and
    ``definitions`` those that units define.
    """

    subjects: UnitTerms
    heads: UnitTerms
    stances: UnitTerms
    wishes: UnitTerms
    definitions: UnitTerms

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the topics as arrays in the layout ``TOPICS``, for ``unpack``."""
        arrays: dict[str, NDArray[Any]] = {}
        for name, unit_terms in self._asdict().items():
            arrays[f"unit_{name}"] = np.diff(unit_terms.begins).astype(np.int32)
            arrays[name] = unit_terms.terms
        return arrays

    @classmethod
    def unpack(cls, arrays: Mapping[str, NDArray[Any]], vocabulary_size: int) -> "Topics":
        """Take the arrays that ``pack`` gave. Raises DamagedError unless they are possible."""
        return cls(*(UnitTerms.unpack(name, arrays, vocabulary_size) for name in cls._fields))


class TopicSource(NamedTuple):
    """What topics are found in: the sentences of passages, where each stands, and its units.

    ``passage_begins`` is the first unit of each passage and the end of the last one, int64,
    (passages + 1,).
    """

    passages: Sequence[Sequence[str]]
    places: Sequence[Place]
    passage_begins: Int64Array


def build_topics(
    source: TopicSource,
    vocabulary: Mapping[str, int],
    find_terms: Callable[[str], Sequence[str]],
    is_name: Callable[[str], bool],
    language: str,
) -> Topics:
    """Find what all units are about; the lines of a title are about whom the heading names.

    ``find_terms`` gives the terms of a text, and others that the vocabulary does not have.
    """
    passages, places, passage_begins = source
    read = read_topics(passages, places, is_name, language)

    @lru_cache(maxsize=_CACHED)
    def ids_of(text: str) -> list[int]:
        """Give the ids of the terms of a text that the vocabulary has."""
        return [vocabulary[term] for term in find_terms(text) if term in vocabulary]

    def join(words: Sequence[str]) -> Sequence[int]:
        """Give the ids of the terms of several texts, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(map(ids_of, words))))

    begins = passage_begins.tolist()
    columns: list[UnitTerms] = []
    for words_of_sentences, words_of_titles in zip(read.sentences, read.titles, strict=True):
        remaining = iter(words_of_sentences)
        terms_of_units: list[Sequence[int]] = []
        for number, passage in enumerate(passages):
            words_of_passage = islice(remaining, len(passage))
            terms_of_units += [join(words) if words else _NO_TERMS for words in words_of_passage]
            lines = begins[number + 1] - len(terms_of_units)
            terms_of_units += [join(words_of_titles[number])] * lines
        columns.append(UnitTerms.make(terms_of_units))
    return Topics(*columns)


class TopicMatches(NamedTuple):
    """What some units are about, of what a question is about; None where it asks nothing such.

    ``subject_shares``, ``stance_shares`` and ``definition_shares`` are the shares of the question's
    concepts (``ConceptShare``) that each unit is about, tells the stance of or defines, float64,
    (units,). ``head_shares`` are those of what is to be defined that it is about by the head of a
    subject, and ``whole_shares`` by the whole subject whose head has a part of it ("the Council of
    State"). ``held`` says by which share each unit is about each concept whose stance is asked
    for, float64, (units, concepts). ``is_about_other`` says which units are about other parties
    alone, bool, (units,).
    """

    subject_shares: FloatArray | None
    stance_shares: FloatArray | None
    definition_shares: FloatArray | None
    head_shares: FloatArray | None
    whole_shares: FloatArray | None
    held: FloatArray | None
    is_about_other: BoolArray

    def take(self, units: Int64Array) -> "TopicMatches":
        """Give the same of some of the units, given by their places."""
        taken = [None if values is None else values.take(units, axis=0) for values in self]
        return TopicMatches._make(taken)


class TopicMatcher:
    """Matches queries with topics."""

    def __init__(self, topics: Topics, find_rows: _FindRows, vocabulary_size: int) -> None:
        """Take topics; ``find_rows`` gives the rows of a query's ``shares`` for term ids."""
        self._topics = topics
        self._find_rows = find_rows
        # Which terms stand for somebody who says or wants something: bool, (terms,).
        self.is_party = np.zeros(vocabulary_size, dtype=np.bool_)
        self.is_party[topics.stances.terms] = True

    def match(self, units: Int64Array, query: ParsedQuery) -> TopicMatches:
        """Find what units are about, of what a question is about."""
        encoded = query.encoded
        of_subject = encoded.subject_shares
        of_stance = encoded.stance_shares
        of_definition = encoded.definition_shares
        subjects = stances = definitions = heads = wholes = held = None
        is_about_other = np.zeros(len(units), dtype=np.bool_)
        if of_subject is not None:
            shares, is_about_other = self._match_subjects(units, encoded)
            held = None if of_stance is None else shares * (of_stance > 0)
            subjects = shares @ of_subject
            is_about_other &= subjects == 0
        if of_stance is not None:
            stances = self._match_stances(units, query) @ of_stance
        if of_definition is not None:
            definitions = self._match(self._topics.definitions, units, encoded) @ of_definition
            # One word of a name is less than the name: "the United Arab Emirates".
            heads = self._match(self._topics.heads, units, encoded, exponent=1) @ of_definition
            wholes = self._match(self._topics.subjects, units, encoded, exponent=1) @ of_definition
            wholes *= heads > 0
        return TopicMatches(subjects, stances, definitions, heads, wholes, held, is_about_other)

    def _match_subjects(
        self, units: Int64Array, query: EncodedQuery
    ) -> tuple[FloatArray, BoolArray]:
        """Give the shares of concepts that are subjects, and which units have other parties."""
        found, unit_of = self._topics.subjects.take(units)
        rows = self._find_rows(found, query)
        has_other = np.zeros(len(units), dtype=np.bool_)
        is_other = (rows == 0) & self.is_party[found]  # bool, (terms,)
        has_other[unit_of[is_other]] = True
        return _find_shares(rows, unit_of, len(units), query), has_other

    def _match_stances(self, units: Int64Array, query: ParsedQuery) -> FloatArray:
        """Say by which share units tell the stance of concepts: float64, (units, concepts).

        Where it is asked what somebody wants, what they say counts for less.
        """
        stances = self._match(self._topics.stances, units, query.encoded)
        if not query.asks_wish:
            return stances
        wishes = self._match(self._topics.wishes, units, query.encoded)
        shares: FloatArray = np.maximum(_OTHER_STANCE_SHARE * stances, wishes)
        return shares

    def _match(
        self,
        terms: UnitTerms,
        units: Int64Array,
        query: EncodedQuery,
        exponent: float = _SHARE_EXPONENT,
    ) -> FloatArray:
        """Say by which share units have concepts among some terms: float64, (units, concepts)."""
        found, unit_of = terms.take(units)
        rows = self._find_rows(found, query)
        return _find_shares(rows, unit_of, len(units), query, exponent)


def _find_shares(
    rows: UInt16Array,
    unit_of: Int64Array,
    units: int,
    query: EncodedQuery,
    exponent: float = _SHARE_EXPONENT,
) -> FloatArray:
    """Give the highest share of each concept in each unit: float64, (units, concepts)."""
    shares = np.zeros((units, query.shares.shape[1]))  # float64, (units, concepts)
    # Hardly any term is one of the query.
    matched = rows.nonzero()[0]
    if len(matched):
        shares_of_terms = query.shares.take(rows[matched], axis=0) ** exponent
        np.maximum.at(shares, unit_of[matched], shares_of_terms)
    return shares
