"""Questions that the editor has linked to sections, and questions like these.

In: links, and a parsed query. Out: the passages of the sections that answer it. A question is like
a linked one if it has the same terms, in whatever order and form, and wants no other type of
answer: "when" is not like "who".
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.answers.passage_table import PassageTable
from bot.search.answer_type import AnswerType
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery


class Link(NamedTuple):
    """A question as the editor wrote it, and the section that answers it.

    ``article`` is an id, ``section`` a number.
    """

    question: str
    article: str
    section: int


class LinkedPassages(NamedTuple):
    """The passages of a section to which a question is linked, by their numbers."""

    link: Link
    passages: range


class _Linked(NamedTuple):
    answer_type: AnswerType
    passages: LinkedPassages


class LinkIndex:
    """Links by the terms of their questions. It never changes once it is built."""

    def __init__(
        self, index: PassageIndex, table: PassageTable, links: Sequence[Link] = ()
    ) -> None:
        """Take those links whose sections are in ``table``."""
        self._index = index
        self._linked: defaultdict[frozenset[str], list[_Linked]] = defaultdict(list)
        ranges = dict(_list_ranges(table)) if links else {}
        for link in links:
            passages = ranges.get((link.article, link.section))
            query = index.parse(link.question)
            terms = frozenset(weigh_terms(index, query))
            if passages and terms:
                linked_passages = LinkedPassages(link, passages)
                linked = _Linked(query.answer_type, linked_passages)
                self._linked[terms].append(linked)

    def find(self, query: ParsedQuery, article: str = "") -> list[LinkedPassages]:
        """Give the passages that a question is linked to, in the order of the links.

        ``article`` is the id of the only article to look at; empty for all of them.
        """
        if not self._linked:
            return []
        found = []
        terms = frozenset(weigh_terms(self._index, query))
        for answer_type, linked in self._linked.get(terms, ()):
            is_like = query.answer_type in (AnswerType.NONE, answer_type)
            if is_like and article in ("", linked.link.article):
                found.append(linked)
        return found


def weigh_terms(index: PassageIndex, query: ParsedQuery) -> dict[str, float]:
    """Give the terms that a question asks for with their weights, known to the articles or not."""
    weights = {one.term: one.weight for one in query.concepts if one.is_asked}
    for word in query.unknown_words:
        terms = index.analyzer.analyze(word)
        for term in terms:
            weights.setdefault(term, index.unknown_word_weight(word) / len(terms))
    return weights


def _list_ranges(table: PassageTable) -> Iterator[tuple[tuple[str, int], range]]:
    """Give the passages of each section, which follow one another."""
    begin = 0
    for number, (article, section, _) in enumerate(table.passages):
        _, begun, _ = table.passages[begin]
        if section is not begun:
            begin = number
        yield (article.id, section.number), range(begin, number + 1)
