"""Explanations: why a passage was chosen, concept by concept, and how near the runner-up came.

In: an index and its passages, a query, its hits, and the number of one passage. Out: an
``Explanation``, which says of each concept of the query how much it weighs and as which word the
passage has it. Terms are compared as in retrieval. Nothing is scored anew, and no sentence is
written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.answers.model import LocatedPassage
from bot.answers.passage_table import list_title_lines
from bot.articles.model import Article, Passage, Section
from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.tokens import fold, tokenize
from bot.search.index import Hit, PassageIndex
from bot.search.query import ParsedQuery, QueryConcept

# How a passage matches a concept: by the word itself in whatever form, by a part of a phrase, or
# by a synonym. Or it does not: the concept occurs in other passages only, or in no article.
MatchKind = Literal["itself", "part", "synonym", "elsewhere", "nowhere"]

# What may stand between the words of a phrase: blanks, hyphens, markup.
_BETWEEN_WORDS = r"[\W_]+"


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """How a passage matches one concept of a query.

    ``word`` is the word or phrase as typed. ``share`` is its part of the query's weight, 0 to 1.
    ``correction`` is the word (folded) that it was taken for, empty if it was not corrected.
    ``matched`` is the word as the passage has it, empty if it does not match. ``only_in_title``
    says that this is in the headings or the article's title and in no sentence of the passage.
    """

    word: str
    share: float
    match: MatchKind
    correction: str = ""
    matched: str = ""
    only_in_title: bool = False


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The best passage after the chosen one; ``score_ratio`` is its score by that one's, 0 to 1."""

    article: Article
    section: Section
    passage: Passage
    score_ratio: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was chosen.

    ``concepts`` are all concepts of the query, the weightiest first; their shares sum to 1.
    ``runner_up`` is None where nothing else was retrieved after the passage. ``linked`` is the
    question like it that the editor has linked to the passage's section; empty where there is none.
    """

    concepts: tuple[ConceptMatch, ...]
    runner_up: RunnerUp | None
    linked: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that occur in no article, the weightiest first."""
        return tuple(concept.word for concept in self.concepts if concept.match == "nowhere")


def explain(
    index: PassageIndex,
    passages: Sequence[LocatedPassage],
    number: int,
    query: ParsedQuery,
    hits: Sequence[Hit],
) -> Explanation:
    """Explain why ``passages[number]`` was chosen for a query.

    ``passages`` are those of ``index``, in its order; ``hits`` are those of ``query``, best
    first. There is no runner-up where the passage is not among the hits.
    """
    article, section, passage = passages[number]
    sentences = [sentence.indexed for sentence in passage.sentences]
    titles = list_title_lines(article, section, passage)
    units = _Units(index.analyzer, sentences, titles)
    concepts = [_match_concept(units, query, concept) for concept in query.concepts]
    concepts += _match_unknown_words(index, query)
    concepts.sort(key=lambda concept: -concept.share)
    runner_up = _find_runner_up(passages, number, hits)
    return Explanation(tuple(concepts), runner_up)


class _BestVariant(NamedTuple):
    """A variant of a concept that a passage matches; a preferred one is greater."""

    weight: float
    is_in_sentence: bool
    term: str


class _Unit(NamedTuple):
    """A sentence of a passage or a line of its title, with its words and their terms."""

    text: str
    words: Sequence[str]
    terms: Set[str]

    @classmethod
    def analyze(cls, text: str, analyzer: Analyzer) -> "_Unit":
        """Tokenize and analyze a text."""
        words = tokenize(text)
        return cls(text, words, frozenset(analyzer.analyze_words(words)))


class _Units:
    """The sentences of a passage and the lines of its title, with their terms."""

    def __init__(self, analyzer: Analyzer, sentences: Sequence[str], titles: Sequence[str]) -> None:
        """Analyze all texts."""
        self.analyzer = analyzer
        self._sentences = [_Unit.analyze(text, analyzer) for text in sentences]
        self._titles = [_Unit.analyze(text, analyzer) for text in titles]

    def find_best_variant(self, variants: Mapping[str, float]) -> _BestVariant | None:
        """Give the variant of the highest weight that is in a unit, rather in a sentence."""
        found: list[_BestVariant] = []
        found += self._find_variants(variants, self._sentences, is_in_sentence=True)
        found += self._find_variants(variants, self._titles, is_in_sentence=False)
        return max(found, default=None)

    def _find_variants(
        self,
        variants: Mapping[str, float],
        units: Sequence[_Unit],
        *,
        is_in_sentence: bool,
    ) -> Iterator[_BestVariant]:
        for unit in units:
            for term, weight in variants.items():
                if term in unit.terms:
                    yield _BestVariant(weight, is_in_sentence, term)

    def find_words(self, variant: _BestVariant) -> list[str]:
        """Give the words of a variant as written: in the sentences, or else in the titles."""
        units = self._sentences if variant.is_in_sentence else self._titles
        words = []
        for unit in units:
            if variant.term in unit.terms:
                words += _find_as_written(self.analyzer, unit, variant.term)
        return words


def _match_concept(units: _Units, query: ParsedQuery, concept: QueryConcept) -> ConceptMatch:
    """Say how a passage matches a concept that occurs in the articles."""
    typed, correction = _find_typed(query, concept.word)
    share = concept.weight / query.total_weight
    variant = units.find_best_variant(concept.variants)
    if variant is None:
        return ConceptMatch(typed, share, "elsewhere", correction)
    corrected = correction or typed
    match = _find_match_kind(units.analyzer, concept.term, corrected, variant.term)
    words = units.find_words(variant)
    # The form that was typed is shown if the passage has it; else the first form.
    same_form = (word for word in words if fold(word) == fold(corrected))
    matched = next(same_form, words[0])
    only_in_title = not variant.is_in_sentence
    return ConceptMatch(typed, share, match, correction, matched, only_in_title)


def _match_unknown_words(index: PassageIndex, query: ParsedQuery) -> Iterator[ConceptMatch]:
    """Give the words of a query that occur in no article."""
    for word in query.unknown_words:
        typed, correction = _find_typed(query, word)
        weight = index.unknown_word_weight(correction or typed)
        share = weight / query.total_weight
        yield ConceptMatch(typed, share, "nowhere", correction)


def _find_typed(query: ParsedQuery, word: str) -> tuple[str, str]:
    """Give a word or phrase of a query as typed, and its correction, empty if there is none."""
    is_phrase = " " in word
    if not is_phrase:
        correction = query.corrections.get(word, "")
        return word, correction
    # The words of a phrase are corrected already.
    typed_of = {correction: typed for typed, correction in query.corrections.items()}
    typed_parts = [typed_of.get(part, part) for part in word.split(" ")]
    typed = " ".join(typed_parts)
    correction = word if word != typed else ""
    return typed, correction


def _find_match_kind(
    analyzer: Analyzer, query_term: str, typed: str, matched_term: str
) -> MatchKind:
    """Say what a matched term is to the term of the query, which was typed so."""
    if matched_term == query_term:
        return "itself"
    parts = map(analyzer.term, tokenize(typed))
    return "part" if matched_term in parts else "synonym"


def _find_as_written(analyzer: Analyzer, unit: _Unit, term: str) -> list[str]:
    """Give all words of a unit that have a term, as written, or the shortest phrase that has it."""
    single_words = [word for word in unit.words if analyzer.term(word) == term]
    if single_words:
        return single_words
    phrase = min(_find_phrases(analyzer, unit.words, term), key=len)
    pattern = _BETWEEN_WORDS.join(map(re.escape, phrase))
    written = re.search(pattern, unit.text)
    if written is None:
        return [" ".join(phrase)]
    return [written[0]]


def _find_phrases(analyzer: Analyzer, words: Sequence[str], term: str) -> Iterator[Sequence[str]]:
    """Give the phrases among the words of a text that have a term."""
    keys = tuple(map(analyzer.stem_key, words))
    # The phrases of the thesaurus are looked up by their first two words.
    for start, pair in enumerate(pairwise(keys)):
        start_of_rest = start + 2
        for rest, phrase_term in analyzer.phrases_with_prefix(pair):
            end = start_of_rest + len(rest)
            if phrase_term == term and keys[start_of_rest:end] == rest:
                yield words[start:end]


def _find_runner_up(
    passages: Sequence[LocatedPassage], number: int, hits: Sequence[Hit]
) -> RunnerUp | None:
    """Give the best hit behind a passage that is not its neighbour in the section.

    Neighbours are quoted together, so they are no rivals.
    """
    numbers = [hit.passage for hit in hits]
    if number not in numbers:
        return None
    rank = numbers.index(number)
    own, *lower = hits[rank:]
    _, own_section, _ = passages[number]
    for hit in lower:
        article, section, passage = passages[hit.passage]
        distance = abs(hit.passage - number)
        is_neighbour = section is own_section and distance <= 1
        if not is_neighbour:
            score_ratio = hit.score / own.score
            return RunnerUp(article, section, passage, score_ratio)
    return None
