"""What a whole article is about: which concepts of a query most of its passages share.

In: the number of a passage, and a query. Out: which concepts are topics of the passage's article. A
topic tells none of its passages from the others: who finds nothing else has found nothing yet.

Which passages belong to one article follows from their titles: they are successive, and have the
same first line.
"""

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from bot.search.arrays import Int64Array, concatenate_ranges
from bot.search.bm25 import BM25Index
from bot.search.query import ParsedQuery, QueryConcept
from bot.search.units import PassageUnits

# What an article is about stands in at least this share of its passages, titles included, ...
_TOPIC_SHARE = 0.5
# ... if it has so many; in a shorter one the first line of the title alone tells.
_MIN_PASSAGES = 4
# A term stands for a concept as its topic if it counts for so much of it.
_LEAST_SHARE = 0.5


class ArticleTopicFinder:
    """Finds topics in the articles of one index."""

    def __init__(self, units: PassageUnits, index: BM25Index) -> None:
        """Take the units of all passages, and the BM25 index of the same passages."""
        self._units = units
        self._index = index
        # A memoryview, in which a binary search by single numbers is fast: int64, (articles + 1,).
        self._article_begins = _find_article_begins(units).data

    def find(self, passage: int, query: ParsedQuery) -> Iterator[bool]:
        """Say for each concept of a query whether it is a topic of the article of a passage.

        A concept is looked at when it is its turn.
        """
        behind = bisect_right(self._article_begins, passage)
        begin: int = self._article_begins[behind - 1]
        end: int = self._article_begins[behind]
        title_terms = self._find_title_terms(begin)
        for concept in query.concepts:
            yield self._is_topic(concept, title_terms, range(begin, end))

    def _is_topic(
        self, concept: QueryConcept, title_terms: frozenset[int], passages: range
    ) -> bool:
        for term, share in concept.variants.items():
            if share < _LEAST_SHARE:
                continue
            term_id = self._index.vocabulary[term]
            if term_id in title_terms:
                return True
            if len(passages) < _MIN_PASSAGES:
                continue
            holders = self._index.count_between(term_id, passages.start, passages.stop)
            if holders >= _TOPIC_SHARE * len(passages):
                return True
        return False

    def _find_title_terms(self, passage: int) -> frozenset[int]:
        """Give the terms of the first line of a passage's title."""
        line = self._units.sentence_ends.item(passage)
        begin, end = self._units.unit_begins[line : line + 2].tolist()
        return frozenset(self._units.tokens[begin:end].tolist())


def _find_article_begins(units: PassageUnits) -> Int64Array:
    """Give the first passage of each article, and the end of the last: int64, (articles + 1,)."""
    lines = units.sentence_ends  # int64, (passages,)
    begins = units.unit_begins[lines]
    ends = units.unit_begins[lines + 1]
    lengths = ends - begins
    is_same = lengths[1:] == lengths[:-1]  # bool, (passages - 1,)
    before = np.flatnonzero(is_same)
    # The terms of two successive lines of the same length, side by side.
    terms = units.tokens[concatenate_ranges(begins[before], ends[before])]
    following = units.tokens[concatenate_ranges(begins[before + 1], ends[before + 1])]
    pair_of_term = before.repeat(lengths[before])
    is_same[pair_of_term[terms != following]] = False
    firsts = np.flatnonzero(~is_same) + 1
    article_begins: Int64Array = np.concatenate([[0], firsts, [len(units)]])
    return article_begins
