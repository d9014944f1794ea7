"""The index that answers use: a question in, the passages that may answer it out, best first.

A passage's score is its BM25 score (title and text together) and a share of its best sentence's, so that a
passage that says everything in one breath stands before one that has the words here and there; a line of
its title counts as one of its sentences. A word that stands nowhere is taken for the one that was meant, at
a lower weight.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bot.articles.sentences import split_sentences
from bot.search.bm25 import BM25Index, Floats, find_best
from bot.search.spelling import Spelling
from bot.search.terms import Terms, find_words, fold
from bot.search.titles import Titles

MAX_TERMS = 32
_MAX_CHARACTERS = 4_000
_SENTENCE_SHARE = 0.6
_CORRECTED = 0.8
_FRAME = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as the index understands it.

    ``weights`` are the terms that it is ranked by; ``missing`` are the words that stand nowhere;
    ``corrections`` what words were taken for; ``attainable`` is the score of a passage, itself one
    sentence, that repeats every term without end.
    """

    weights: dict[str, float]
    missing: tuple[str, ...]
    corrections: dict[str, str]
    attainable: float


class PassageIndex:
    """Passages, their sentences and their words, ready to be asked. It never changes once it is built."""

    def __init__(
        self, passages: Sequence[Sequence[str]], titles: Sequence[str] | None = None, language: str = "en"
    ) -> None:
        """Index passages given as lists of sentences; ``titles``, one a passage, count as part of its text."""
        self.terms = Terms(language)
        words: Counter[str] = Counter()
        sentences: list[list[str]] = []
        for sentence in (sentence for passage in passages for sentence in passage):
            found = find_words(sentence)
            words.update(found)
            sentences.append([term for word in found if (term := self.terms.term(word))])
        sizes = np.array([len(passage) for passage in passages], dtype=np.int64)
        self._begins = np.concatenate([[0], np.cumsum(sizes)])
        self._filled = np.flatnonzero(sizes)
        self._sentences = BM25Index(sentences)
        self._passages = BM25Index(self._with_titles(sentences, sizes.tolist(), titles or [""] * len(passages)))
        self._titles = Titles(titles, self.terms) if titles else None
        self._spelling = self._learn_words(words, titles or [])

    @classmethod
    def build(cls, texts: Sequence[str], titles: Sequence[str] | None = None, language: str = "en") -> "PassageIndex":
        """Index texts; a text's number is its place in ``texts``. Raises ValueError unless titles match."""
        if titles is not None and len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts")
        passages = [[text[start:end] for start, end in split_sentences(text, language)] for text in texts]
        return cls(passages, titles, language)

    def _with_titles(
        self, sentences: Sequence[list[str]], sizes: Sequence[int], titles: Sequence[str]
    ) -> Iterator[list[str]]:
        of_title: dict[str, list[str]] = {}
        rest = iter(sentences)
        for size, title in zip(sizes, titles, strict=True):
            if title not in of_title:
                of_title[title] = self.terms.split(title)
            yield [term for sentence in islice(rest, size) for term in sentence] + of_title[title]

    def _learn_words(self, words: Counter[str], titles: Sequence[str]) -> Spelling:
        for title in dict.fromkeys(titles):
            words.update(find_words(title))
        folded: Counter[str] = Counter()
        for word, count in words.items():
            if self.terms.term(word):
                folded[fold(word)] += count
        return Spelling(folded)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._begins) - 1

    def read(self, question: str) -> Wanted:
        """Understand a question of any length: its first and last 2,000 characters, its 32 rarest terms.

        Of the words that stand nowhere, the first 32 are compared with ours. What only frames a question
        ("explain", "happened") counts for half, and is not missed where it stands nowhere.
        """
        words: dict[str, str] = {}
        for word in find_words(_shortened(question)):
            if term := self.terms.term(word):
                words.setdefault(term, word)
        frame = self.terms.frame_terms if words.keys() - self.terms.frame_terms else frozenset[str]()
        weights = {term: _FRAME if term in frame else 1.0 for term in words if term in self._passages.idf}
        corrections: dict[str, str] = {}
        missing: list[str] = []
        unknown = [word for term, word in words.items() if term not in weights and term not in frame]
        for place, word in enumerate(unknown):
            if place >= MAX_TERMS or (meant := self._spelling.correct(fold(word))) is None:
                missing.append(word)
            else:
                corrections[word] = meant
                weights.setdefault(self.terms.term(meant), _CORRECTED)
        weights = {term: weights[term] for term in sorted(weights, key=self._passages.weight, reverse=True)[:MAX_TERMS]}
        attainable = sum(self._attainable(term) * (_FRAME if term in frame else 1) for term in [*weights, *missing])
        # A word that was mended may have meant something else: it is asked for halfway between ours and an unknown one.
        mended = [(word, self.terms.term(meant)) for word, meant in corrections.items()]
        attainable += sum((self._attainable(word) - self._attainable(term)) / 2 for word, term in mended)
        return Wanted(weights, tuple(missing), corrections, attainable)

    def _attainable(self, term: str) -> float:
        of_sentence = self._sentences.weight(term)
        if self._titles is not None:
            of_sentence = max(of_sentence, self._titles.weight(term))
        return float((self._passages.k1 + 1) * (self._passages.weight(term) + _SENTENCE_SHARE * of_sentence))

    def search(self, question: str, k: int = 10) -> list[tuple[int, float]]:
        """Give (number of the text, score) of the ``k`` best texts, best first, ties by number.

        A text that shares no term with the question is never given.
        """
        return self.find(self.read(question), k)

    def find(self, wanted: Wanted, k: int = 10, within: range | None = None) -> list[tuple[int, float]]:
        """Give what ``search`` gives, for a question that has been read already; only numbers ``within``, if given."""
        scores = self._passages.get_weighted_scores(wanted.weights)
        if len(self._filled):
            of_sentences = self._sentences.get_weighted_scores(wanted.weights)
            best = np.maximum.reduceat(of_sentences, self._begins[self._filled])
            if self._titles is not None:
                best = np.maximum(best, self._titles.best(wanted.weights)[self._filled])
            scores[self._filled] += _SENTENCE_SHARE * best
        if within is not None:
            scores[: within.start] = 0
            scores[within.stop :] = 0
        return [(int(number), float(scores[number])) for number in find_best(scores, k)]

    def sentence_scores(self, number: int, wanted: Wanted) -> Floats:
        """Say how much each sentence of a passage answers: float64, (sentences,).

        The weight of a matched term in the collection times its weight among the passage's own sentences:
        what every sentence repeats does not tell them apart.
        """
        begin, end = int(self._begins[number]), int(self._begins[number + 1])
        telling = np.zeros(end - begin)
        for term, weight in wanted.weights.items():
            texts, _ = self._sentences.postings(term)
            holders = texts[np.searchsorted(texts, begin) : np.searchsorted(texts, end)] - begin
            if len(holders):
                telling[holders] += weight * self._passages.weight(term) * np.log1p((end - begin) / len(holders))
        return telling


def _shortened(question: str) -> str:
    if len(question) <= _MAX_CHARACTERS:
        return question
    half = _MAX_CHARACTERS // 2
    return f"{question[:half]} {question[-half:]}"
