"""Which sections are about a topic: by all that a section says, not by its best passage alone.

In: an index with its passages, and a topic. Out: the sections that have something of it, best
first. A section counts for what its heading and each of its passages have of the topic: a word
itself counts as 1, a synonym as what the thesaurus says.
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from bot.answers.model import Place
from bot.answers.passage_table import PassageTable
from bot.articles.model import Article
from bot.search.analysis.tokens import TokenizedText, fold, tokenize
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery, QueryConcept

# Passages that are looked at.
_MAX_HITS = 25
# What a heading has counts as if so many passages had it: it names what its section is about.
_HEADING_PASSAGES = 2
# A synonym that counts for less is only near to the word.
_MIN_SHARE = 0.5
# What stands between the parts of a title, and how many words a full name has.
_TITLE_PARTS = re.compile(r"[,()|–—]|\s-\s")
_WORDS_OF_NAME = range(2, 5)
_ENGLISH_ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True, slots=True)
class Searched:
    """The articles of one language: their index, and its passages."""

    index: PassageIndex
    table: PassageTable


class RankedSection(NamedTuple):
    """A section, its score in nats, and whether it has the whole topic in hardly other words."""

    place: Place
    score: float
    has_topic: bool


@dataclass(slots=True)
class _Shares:
    """What a section has of each concept of a query: the sum over its passages, and the best."""

    place: Place
    sums: list[float]
    best: list[float]

    def add(self, shares: Iterable[float], passages: int = 1) -> None:
        """Add what a passage has of each concept, or a heading, as so many passages."""
        for number, share in enumerate(shares):
            self.sums[number] += share * passages
            self.best[number] = max(self.best[number], share)


def rank_sections(searched: Searched, topic: str, article: str = "") -> list[RankedSection]:
    """Give the sections that have something of every known word of a topic, best first.

    None where a word stands nowhere. ``article`` is the id of the only article to look at; empty
    for all of them.
    """
    index, table = searched.index, searched.table
    query = index.parse(topic)
    if not query.concepts or query.unknown_words:
        return []
    within = table.find_range(article) if article else None
    found: dict[int, _Shares] = {}
    for hit in index.retrieve(query, _MAX_HITS, within):
        article_of_hit, section, passage = table.passages[hit.passage]
        shares = found.get(id(section))
        if shares is None:
            zeros = [0.0] * len(query.concepts)
            shares = _Shares((article_of_hit, section), zeros, [*zeros])
            shares.add(_find_shares(index, query, section.heading), _HEADING_PASSAGES)
            found[id(section)] = shares
        text = f"{passage.context}\n{passage.plain}"
        shares.add(_find_shares(index, query, text))
    ranked = [_rank(query, shares) for shares in found.values() if all(shares.best)]
    return sorted(ranked, key=_sort_key)


def names_somebody(title: str) -> bool:
    """Say whether a title has a full name beside something else ("Mara Hollis, Solicitor")."""
    parts = _TITLE_PARTS.split(title)
    return len(parts) > 1 and any(map(_is_full_name, parts))


def find_in_title_only(
    searched: Searched, question: TokenizedText, article: str = ""
) -> Article | None:
    """Find the article whose title has the words of a question beside a full name.

    None where one of the words stands anywhere else in what is found.
    """
    index, table = searched.index, searched.table
    query = index.parse_tokenized(question)
    if not query.concepts or query.unknown_words:
        return None
    within = table.find_range(article) if article else None
    hits = index.retrieve(query, _MAX_HITS, within)
    asked = {concept.term for concept in query.concepts}
    located = [table.passages[hit.passage] for hit in hits]
    for _, section, passage in located:
        text = f"{section.heading}\n{passage.context}\n{passage.plain}"
        if not asked.isdisjoint(index.analyzer.analyze(text)):
            return None
    titled = (found for found, _, _ in located if _has_beside_name(index, found.title, asked))
    return next(titled, None)


def _has_beside_name(index: PassageIndex, title: str, asked: Set[str]) -> bool:
    """Say whether a part of a title is of these terms, and another one is a full name."""
    parts = _TITLE_PARTS.split(title)
    terms = [frozenset(index.analyzer.analyze(part)) for part in parts]
    others = [part for part, of_part in zip(parts, terms, strict=True) if of_part != asked]
    return asked in terms and any(map(_is_full_name, others))


def _is_full_name(part: str) -> bool:
    """Say whether a part of a title is of two to four words, all written large."""
    words = tokenize(part)
    has_ordinary = any(word[:1].islower() or fold(word) in _ENGLISH_ARTICLES for word in words)
    return len(words) in _WORDS_OF_NAME and not has_ordinary


def _find_shares(index: PassageIndex, query: ParsedQuery, text: str) -> list[float]:
    """Give what a text has of each concept, 0 to 1."""
    terms = frozenset(index.analyzer.analyze(text))
    return [_find_share(concept, terms) for concept in query.concepts]


def _find_share(concept: QueryConcept, terms: frozenset[str]) -> float:
    shares = (share for term, share in concept.variants.items() if term in terms)
    return max(shares, default=0.0)


def _rank(query: ParsedQuery, shares: _Shares) -> RankedSection:
    score = 0.0
    for concept, total in zip(query.concepts, shares.sums, strict=True):
        score += concept.weight * total
    has_topic = min(shares.best) >= _MIN_SHARE
    return RankedSection(shares.place, score, has_topic)


def _sort_key(ranked: RankedSection) -> float:
    return -ranked.score


def join_rankings(rankings: Iterable[Sequence[RankedSection]]) -> list[RankedSection]:
    """Join the rankings of several languages."""
    joined = [ranked for ranking in rankings for ranked in ranking]
    return sorted(joined, key=_sort_key)
