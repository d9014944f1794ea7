"""Ranking what one article says for a question about its topic that names hardly anything else.

In: the passages of an article, and what is asked of its topic. Out: hits with a key sentence each,
best first. A sentence counts by what is sought of the topic (``sought``) or the answer's type, by
whether it is about the topic, by where it stands, and by what it shares with the question.

The weights were chosen by hand, on the odd questions of ``tests/short_questions`` and
``tests/other_words``.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bot.answers.passage_table import PassageTable
from bot.answers.query_answers import make_unscored_hit
from bot.answers.sought import Sought, grade_sought
from bot.search.analysis.tokens import fold, tokenize
from bot.search.answer_type import AnswerType
from bot.search.arrays import BoolArray, FloatArray
from bot.search.index import Hit, PassageIndex
from bot.search.query import ParsedQuery

# What is sought, or something of the answer's type.
_KIND = 1.0
# Small words that the question has: "let go", ...
_SMALL_WORDS = 0.8
# ... so much more where two of them stand side by side as there.
_PAIR = 2.0
# The words of the question's own, where it has any.
_OWN_WORDS = 1.5
# The topic as the subject.
_SUBJECT = 0.8
# The lead says what matters most, ...
_LEAD = 0.4
# ... and what comes first is said before what elaborates it: so much less counts the last sentence.
_LATE = 0.3
# What became of something is told last.
_LATEST = frozenset((Sought.STATUS, Sought.OUTCOME))
# "When?" asks for a day: a year alone counts for so much.
_YEAR_SHARE = 0.5
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b")
# Nothing is divided by less.
_LEAST = 1e-9
# So many passages of an article are looked at.
_MOST_PASSAGES = 300
# So many of the best are given.
_MOST_HITS = 12


class Topic(NamedTuple):
    """What an article is about: the head of its title, as text and as terms.

    There may be no terms, where all of its words are small ones ("The Ever Given").
    """

    text: str
    terms: Set[str]


class TopicQuestion(NamedTuple):
    """What is asked of an article's topic.

    ``own`` are the words that it is asked by beside the topic; it may have no concept. ``wanted``
    is the type of the answer and ``sought`` what else tells one. ``small_words`` are folded words
    that are not looked up, as "let" and "go", in their order.
    """

    own: ParsedQuery
    wanted: AnswerType
    sought: Sought
    small_words: Sequence[str]


class TopicRanked(NamedTuple):
    """What is said of a topic, in the order in which it is quoted.

    ``hits`` have scores that are shares of the best one's, and ``keys`` are the positions of key
    sentences in their passages, by passage number. ``is_backed`` says that more than its kind
    speaks for the first one: it is about the topic, or has a word of the question.
    """

    hits: Sequence[Hit]
    keys: Mapping[int, int]
    is_backed: bool


class _Sentences(NamedTuple):
    """The sentences of an article's passages, one behind another.

    ``texts`` are theirs, ``passage_of`` gives the number of the passage of each, and ``position``
    its position there. ``in_lead`` says which stand in the first section: bool, (sentences,).
    """

    texts: Sequence[str]
    passage_of: Sequence[int]
    position: Sequence[int]
    in_lead: BoolArray


class TopicRanker:
    """Ranks the passages of single articles in one index. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable) -> None:
        """Take an index, and the passages under the same numbers."""
        self._index = index
        self._table = table

    def rank(self, question: TopicQuestion, passages: range, topic: Topic) -> TopicRanked:
        """Rank the sentences of an article's ``passages`` for a question about its topic.

        What holds neither what is sought nor anything of the question's own is left out.
        """
        passages = passages[:_MOST_PASSAGES]
        sentences = self._list_sentences(passages)
        by_kind = self._grade_kind(question, sentences, passages)
        by_words = self._score_words(question, sentences, passages)
        about = self._find_about(sentences, passages, topic)
        total = by_words + _KIND * by_kind
        total += _SUBJECT * about
        total += _score_places(question, sentences)
        is_none = (by_kind == 0) & (by_words == 0)  # bool, (sentences,)
        if question.wanted is AnswerType.REASON:
            # There are reasons for everything in an article.
            is_elsewhere = about == 0
            is_none |= is_elsewhere
        total[is_none] = 0.0
        backing = about + by_words
        return _rank_passages(sentences, total, backing)

    def _list_sentences(self, passages: range) -> _Sentences:
        texts: list[str] = []
        passage_of: list[int] = []
        position: list[int] = []
        in_lead: list[bool] = []
        _, lead, _ = self._table.passages[passages.start]
        for number in passages:
            _, section, passage = self._table.passages[number]
            count = len(passage.sentences)
            is_lead = section is lead
            texts += [sentence.plain for sentence in passage.sentences]
            passage_of += [number] * count
            position += range(count)
            in_lead += [is_lead] * count
        is_in_lead = np.array(in_lead, dtype=np.bool_)  # bool, (sentences,)
        return _Sentences(texts, passage_of, position, is_in_lead)

    def _find_about(self, sentences: _Sentences, passages: range, topic: Topic) -> FloatArray:
        """Say how much each sentence is about a topic, 0 to 1: (sentences,)."""
        if topic.terms:
            shares = self._index.share_subjects(passages, topic.terms)
            return _find_shares_of_best(shares)
        is_named = [topic.text in text for text in sentences.texts]
        return np.array(is_named, dtype=np.float64)

    def _grade_kind(
        self, question: TopicQuestion, sentences: _Sentences, passages: range
    ) -> FloatArray:
        """Say how surely sentences hold what is sought, or the answer's type: (sentences,)."""
        if question.sought is Sought.EVENTS:
            return sentences.in_lead.astype(np.float64)
        if question.sought is not Sought.NONE:
            return np.array([grade_sought(text, question.sought) for text in sentences.texts])
        if question.wanted is AnswerType.NONE:
            return np.zeros(len(sentences.texts))
        query = replace(question.own, answer_type=question.wanted)
        has_type = np.concatenate(self._index.find_answer_types(passages, query))
        grades = has_type.astype(np.float64)
        if question.wanted is AnswerType.DATE:
            has_day = [_DAY.search(text) is not None for text in sentences.texts]
            grades[has_type & ~np.array(has_day, dtype=np.bool_)] = _YEAR_SHARE
        return grades

    def _score_words(
        self, question: TopicQuestion, sentences: _Sentences, passages: range
    ) -> FloatArray:
        """Score sentences by the words of the question: float64, (sentences,)."""
        scores = _SMALL_WORDS * _score_small_words(question.small_words, sentences.texts)
        if not question.own.concepts:
            return scores
        words_alone = replace(question.own, answer_type=AnswerType.NONE)
        by_own = np.concatenate(self._index.score_sentences(passages, words_alone))
        scores += _OWN_WORDS * _find_shares_of_best(by_own)
        return scores


def _score_places(question: TopicQuestion, sentences: _Sentences) -> FloatArray:
    """Score sentences by where they stand: float64, (sentences,)."""
    count = len(sentences.texts)
    order = np.arange(count) / max(count, 1)
    if question.sought in _LATEST:
        return _LATE * order
    scores: FloatArray = _LEAD * sentences.in_lead - _LATE * order
    return scores


def _find_shares_of_best(scores: FloatArray) -> FloatArray:
    """Give scores, none below 0, as shares of the best one."""
    shares: FloatArray = scores / max(scores.max(initial=0.0), _LEAST)
    return shares


def _score_small_words(words: Sequence[str], texts: Sequence[str]) -> FloatArray:
    """Score sentences by words that are not looked up, as shares of the best one's."""
    scores = np.zeros(len(texts))  # float64, (sentences,)
    if not words:
        return scores
    asked = set(words)
    pairs = set(pairwise(words))
    of_sentences = [_list_words(text, words) for text in texts]
    counts = Counter(word for tokens in of_sentences for word in asked.intersection(tokens))
    for place, tokens in enumerate(of_sentences):
        found = asked.intersection(tokens)
        scores[place] = sum(math.log(len(texts) / counts[word]) for word in found)
        if not pairs.isdisjoint(pairwise(tokens)):
            scores[place] *= _PAIR
    return _find_shares_of_best(scores)


def _list_words(text: str, words: Sequence[str]) -> list[str]:
    """Give the folded words of a text; none of one that plainly has none of ``words``."""
    lower = text.lower()
    if lower.isascii() and not any(word in lower for word in words):
        return []
    return list(map(fold, tokenize(text)))


def _rank_passages(sentences: _Sentences, total: FloatArray, backing: FloatArray) -> TopicRanked:
    """Give the best passages by their best sentences, and these as keys."""
    order = (-total).argsort(kind="stable").tolist()
    shares = _find_shares_of_best(np.maximum(total, 0.0))
    keys: dict[int, int] = {}
    hits: list[Hit] = []
    for place in order:
        number = sentences.passage_of[place]
        is_full = len(hits) == _MOST_HITS
        if is_full or total[place] <= 0:
            break
        if number not in keys:
            keys[number] = sentences.position[place]
            hit = make_unscored_hit(number)
            hits.append(hit._replace(score=shares.item(place)))
    is_backed = bool(hits) and backing.item(order[0]) > 0
    return TopicRanked(hits, keys, is_backed)
