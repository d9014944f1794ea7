"""Ranking what one article says for a question about its topic that names hardly anything else.

In: the passages of an article, and what is asked of its topic. Out: hits with a key sentence each,
best first. A sentence counts by what is sought of the topic (``sought``) or the answer's type, by
whether it is about the topic, by where it stands, and by what it shares with the question.

The weights were chosen by hand, on the odd questions of ``tests/short_questions`` and
``tests/other_words``.
"""

import math
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bot.answers.context_ranking import Ranked
from bot.answers.passage_table import PassageTable
from bot.answers.query_answers import make_unscored_hit
from bot.answers.sought import Sought, grade_sought
from bot.search.analysis.tokens import fold, tokenize
from bot.search.answer_type import AnswerType
from bot.search.arrays import BoolArray, FloatArray
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery

# What is sought, or something of the answer's type.
_KIND = 1.0
# Both words of a pair that stands side by side, and less for single small words: "let go".
_SMALL_WORDS = 0.8
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
# So many passages of an article are looked at.
_MOST_PASSAGES = 300
# So many of the best are given.
_MOST_HITS = 12


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

    def rank(self, question: TopicQuestion, passages: range, topic: Set[str]) -> Ranked:
        """Rank the sentences of an article's ``passages``; ``topic`` are the terms of its title.

        What holds neither what is sought nor anything of the question's own is left out. Scores are
        shares of the best one's.
        """
        passages = passages[:_MOST_PASSAGES]
        sentences = self._list_sentences(passages)
        by_kind = self._grade_kind(question, sentences, passages)
        by_words = self._score_words(question, sentences, passages)
        total = _KIND * by_kind + by_words
        about = self._index.share_subjects(passages, topic)
        about /= max(about.max(initial=0.0), 1e-9)
        total += _SUBJECT * about
        order = np.arange(len(total)) / max(len(total), 1)
        if question.sought in _LATEST:
            total += _LATE * order
        else:
            total += _LEAD * sentences.in_lead - _LATE * order
        total[(by_kind == 0) & (by_words == 0)] = 0.0
        if question.wanted is AnswerType.REASON:
            # There are reasons for everything in an article.
            total[about == 0] = 0.0
        return _rank_passages(sentences, total)

    def _list_sentences(self, passages: range) -> _Sentences:
        texts: list[str] = []
        passage_of: list[int] = []
        position: list[int] = []
        in_lead: list[bool] = []
        lead = self._table.passages[passages.start][1]
        for number in passages:
            _, section, passage = self._table.passages[number]
            count = len(passage.sentences)
            texts += [sentence.plain for sentence in passage.sentences]
            passage_of += [number] * count
            position += range(count)
            in_lead += [section is lead] * count
        return _Sentences(texts, passage_of, position, np.array(in_lead, dtype=np.bool_))

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
        return has_type.astype(np.float64)

    def _score_words(
        self, question: TopicQuestion, sentences: _Sentences, passages: range
    ) -> FloatArray:
        """Score sentences by the words of the question: float64, (sentences,)."""
        scores = _SMALL_WORDS * _score_small_words(question.small_words, sentences.texts)
        if not question.own.concepts:
            return scores
        words_alone = replace(question.own, answer_type=AnswerType.NONE)
        by_own = np.concatenate(self._index.score_sentences(passages, words_alone))
        scores += _OWN_WORDS * by_own / max(by_own.max(initial=0.0), 1e-9)
        return scores


def _score_small_words(words: Sequence[str], texts: Sequence[str]) -> FloatArray:
    """Score sentences by words that are not looked up, as shares of the best one's."""
    scores = np.zeros(len(texts))  # float64, (sentences,)
    if not words:
        return scores
    pairs = set(zip(words, words[1:], strict=False))
    of_sentences = [list(map(fold, tokenize(text))) for text in texts]
    counts = Counter(word for tokens in of_sentences for word in set(tokens) & set(words))
    for place, tokens in enumerate(of_sentences):
        found = set(tokens) & set(words)
        scores[place] = sum(math.log(len(texts) / counts[word]) for word in found)
        if pairs & set(zip(tokens, tokens[1:], strict=False)):
            scores[place] *= 2
    return scores / max(scores.max(), 1e-9)


def _rank_passages(sentences: _Sentences, total: FloatArray) -> Ranked:
    """Give the best passages by their best sentences, and these as keys."""
    keys: dict[int, int] = {}
    hits = []
    most = max(total.max(initial=0.0), 1e-9)
    for place in (-total).argsort(kind="stable").tolist():
        number = sentences.passage_of[place]
        if total[place] <= 0 or len(hits) == _MOST_HITS:
            break
        if number not in keys:
            keys[number] = sentences.position[place]
            hits.append(make_unscored_hit(number)._replace(score=float(total[place] / most)))
    return Ranked(hits, keys)
