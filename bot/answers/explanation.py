"""Why a passage was chosen: what of the question it holds, and how near the next best came.

In: the passages of a library, the number of one of them, the question as the index understood it, and its hits.
Out: an Explanation, which says of each thing asked for how much it weighs and how the passage holds it, in the
passage's own word. The same terms are compared as when the passage was found. It weighs nothing anew and writes
no sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.answers.model import LocatedPassage
from bot.articles.model import Article, Passage, Section
from bot.search.analysis.analyzer import Analyzer, fold, tokenize
from bot.search.index import Hit, PassageIndex
from bot.search.query import ParsedQuery

# The word itself in whatever form, a word of the phrase that was typed, or another word that may stand for it; or it
# stands in the articles but not in this passage, or in none of them.
MatchKind = Literal["itself", "part", "synonym", "elsewhere", "nowhere"]


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """One thing that a question asks for, and how a passage holds it.

    ``word`` is what was typed, ``meant`` (folded) what that was taken for if it was mended; ``share`` is what it
    weighs of all that is asked for, 0 to 1. ``found`` is what stands in the passage, empty if it does not hold it,
    and ``only_in_title`` says that this stands in none of its sentences, but in its headings or the article's title.
    """

    word: str
    share: float
    match: MatchKind
    correction: str = ""
    matched: str = ""
    only_in_title: bool = False


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The next best passage of another stretch; ``score_ratio`` is its score as a share (0 to 1) of the chosen one's."""

    article: Article
    section: Section
    passage: Passage
    score_ratio: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was chosen: all that was asked for, the weightiest first; the shares sum to 1."""

    concepts: tuple[ConceptMatch, ...]
    runner_up: RunnerUp | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the words that stand nowhere in the articles, the weightiest first."""
        return tuple(thing.word for thing in self.concepts if thing.match == "nowhere")


def explain(
    index: PassageIndex,
    places: Sequence[LocatedPassage],
    number: int,
    query: ParsedQuery,
    hits: Sequence[Hit],
) -> Explanation:
    """Say why the passage ``places[number]`` was chosen for a question.

    ``places`` are the passages of ``index`` in its order, ``hits`` what was found, best first. There is no runner-up
    where the passage is not among these.
    """
    article, section, passage = places[number]
    texts = [sentence.plain for sentence in passage.sentences]
    titles = [article.title, *section.parents, section.heading]
    things = [*_find_things(index.analyzer, query, texts, titles), *_miss_things(index, query)]
    return Explanation(
        tuple(sorted(things, key=lambda thing: -thing.share)), _find_runner_up(places, number, hits)
    )


def _find_things(
    terms: Analyzer, query: ParsedQuery, texts: Sequence[str], titles: Sequence[str]
) -> Iterator[ConceptMatch]:
    """Give the things asked for that stand in the articles."""
    units = [(text, set(terms.analyze(text))) for text in (*texts, *titles)]
    for concept in query.concepts:
        typed, meant = _as_typed(query, concept.word)
        share = concept.weight / query.total_weight
        held = [
            (counts, at < len(texts), term)
            for at, (_, of_unit) in enumerate(units)
            for term, counts in concept.variants.items()
            if term in of_unit
        ]
        if not held:
            yield ConceptMatch(typed, share, "elsewhere", meant)
            continue
        _, in_text, term = max(held)
        holders = [
            text for text, of_unit in (units[: len(texts)] if in_text else units) if term in of_unit
        ]
        found = [word for text in holders for word in _find_as_written(terms, text, term)]
        same = (word for word in found if fold(word) == fold(meant or typed))
        way = _find_way(terms, concept.term, meant or typed, term)
        yield ConceptMatch(typed, share, way, meant, next(same, found[0]), not in_text)


def _miss_things(index: PassageIndex, query: ParsedQuery) -> Iterator[ConceptMatch]:
    """Give the things asked for that stand nowhere."""
    for word in query.unknown_words:
        typed, meant = _as_typed(query, word)
        yield ConceptMatch(
            typed, index.unknown_word_weight(meant or typed) / query.total_weight, "nowhere", meant
        )


def _as_typed(query: ParsedQuery, word: str) -> tuple[str, str]:
    """Give a word or phrase of ``query`` as it was typed, and what it was taken for if any of it was mended."""
    if " " not in word:
        return word, query.corrections.get(word, "")
    mended = {meant: typed for typed, meant in query.corrections.items()}
    typed = " ".join(mended.get(part, part) for part in word.split(" "))
    return typed, word if word != typed else ""


def _find_way(terms: Analyzer, asked: str, words: str, found: str) -> MatchKind:
    """Say what a term that was found is to the one that was asked for in these words."""
    if found == asked:
        return "itself"
    return "part" if found in map(terms.term, tokenize(words)) else "synonym"


def _find_as_written(terms: Analyzer, text: str, term: str) -> list[str]:
    """Give the words that are of a term which a text holds, as they stand there, or else the first such phrase."""
    words = tokenize(text)
    if single := [word for word in words if terms.term(word) == term]:
        return single
    phrase = min(_find_phrases(terms, text, words, term), key=len)
    written = re.search(r"[\W_]+".join(map(re.escape, phrase)), text)
    return [written[0] if written else " ".join(phrase)]


def _find_phrases(
    terms: Analyzer, text: str, words: Sequence[str], term: str
) -> Iterator[Sequence[str]]:
    """Give the phrases among the words of a text that have a term."""
    keys = terms.stem_keys(text)
    for at, pair in enumerate(pairwise(keys)):
        for rest, of_phrase in terms.find_phrases_of(pair):
            end = at + 2 + len(rest)
            if of_phrase == term and keys[at + 2 : end] == rest:
                yield words[at:end]


def _find_runner_up(
    places: Sequence[LocatedPassage], number: int, hits: Sequence[Hit]
) -> RunnerUp | None:
    """Find the next best after a passage; its neighbours in the section are quoted with it, so they are no rivals."""
    numbers = [hit.passage for hit in hits]
    if number not in numbers:
        return None
    own, *others = hits[numbers.index(number) :]
    section = places[number][1]
    for hit in others:
        if places[hit.passage][1] is not section or abs(hit.passage - number) > 1:
            return RunnerUp(*places[hit.passage], hit.score / own.score)
    return None
