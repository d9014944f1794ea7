"""Answering a first question that leaves unsaid what everybody means: the topic of the article.

In: a question without another before it, the only article that it can be about, and its answer by
its own words. Out: that answer, or a better one from what the article says of its topic. "When was
this?" and "is it still going?" hold no word that could be looked up, and in "did the treaty work?"
the topic is the only one.

Such an answer is told as likely at most, and as faint where nothing but its kind speaks for it.
"""

import re
from collections.abc import Set
from dataclasses import replace

from bot.answers.follow_up_forms import FollowUp, find_other_words, find_wanted_type
from bot.answers.model import Answer, Assurance
from bot.answers.query_answers import QueryAnswerer, keep_good_hits
from bot.answers.sought import NOTHING_SOUGHT, Sought, find_sought
from bot.answers.substitution import keep_words
from bot.answers.suggestions import find_other_passages
from bot.answers.topic_ranking import TopicQuestion, TopicRanker
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType
from bot.search.query import ParsedQuery, QueryConcept

_ENGLISH = "en"
# "The Ever Given in the Suez Canal", "Zelenskyy and Putin: the question of a meeting".
_ADDITION = re.compile(r"[:;,–—(?]|\b(?:in|on|at|of|for|from|to|with|by|under|after)\b")
# A variant that counts for so much of its concept stands for it.
_LEAST_SHARE = 0.5
_CONFIDENCE = 0.3
# A second quotation has at least this share of the best score.
_MIN_SCORE_RATIO = 0.6
# What only the topic's kind of words ask for: a match of other words proves nothing.
_UNWORDED = (Sought.STATUS, Sought.OUTCOME, Sought.LIKELIHOOD)
_BARE_TYPES = (AnswerType.DATE, AnswerType.REASON)
# Who says these talks of himself or to the bot.
_SPEAKERS = frozenset("i im i'm me my we us our you u your youre you're yours ur yourself".split())
# Words that only hold a question together.
_FUNCTION_WORDS = frozenset(
    """
    a an the is are was were be been being am do does did has have had will would can could may
    might must shall should s of and or but so to in on at by for with what when where which who
    whom whose why how not no it its this that they them their he him his she her there these those
    one ones whats wheres whens whos hows ok okay hey hi pls please then now just even really if
    any some isnt arent wasnt werent didnt doesnt dont still ever than as
    """.split()
)


class TopicAnswerer:
    """Answers questions about the topics of articles. It never changes once it is built."""

    def __init__(self, answerer: QueryAnswerer) -> None:
        """Take what answers queries."""
        self._answerer = answerer
        self._index = answerer.index
        self._table = answerer.table
        self._ranker = TopicRanker(answerer.index, answerer.table)

    def answer(self, question: TokenizedText, article: str, form: FollowUp, alone: Answer) -> Answer:
        """Answer a first question of a certain form; ``alone`` is its answer by its own words.

        ``article`` is the id of the article that it is about; empty where that is not known.
        """
        if not article or self._index.analyzer.language != _ENGLISH:
            return alone
        if not _SPEAKERS.isdisjoint(question.folded):
            return alone
        passages = self._table.find_range(article)
        if not passages:
            return alone
        title = self._table.passages[passages.start][0].title
        topic = frozenset(self._index.analyzer.analyze(title))
        asked = self._read(question, form, topic, alone)
        if asked is None:
            return alone
        ranked = self._ranker.rank(asked, passages, self._find_head(title) or topic)
        if not ranked.hits:
            return alone
        quotes = self._answerer.quoter.quote(
            asked.own, keep_good_hits(ranked.hits, _MIN_SCORE_RATIO), keys=ranked.keys
        )
        others = find_other_passages(self._table, ranked.hits, quotes)
        return Answer(
            question.text,
            "answer",
            confidence=_CONFIDENCE,
            quotes=quotes,
            others=others,
            assurance=Assurance.FAINT,
        )

    def _find_head(self, title: str) -> Set[str]:
        """Give the terms of the words of a title before the first that only adds to them."""
        head = _ADDITION.split(title)[0]
        return frozenset(self._index.analyzer.analyze(head))

    def _read(
        self, question: TokenizedText, form: FollowUp, topic: Set[str], alone: Answer
    ) -> TopicQuestion | None:
        """Understand a question about a topic; None where it asks for something of its own."""
        sought_form = find_sought(question.text)
        own_words = _leave_out(question, sought_form.begin, sought_form.end)
        own = self._index.parse_tokenized(own_words)
        if own.unknown_words or any(not _is_topic(one, topic) for one in own.concepts):
            return None
        sought = sought_form.sought
        is_unsaid = form in (FollowUp.BARE, FollowUp.ANAPHORIC) or alone.kind == "smalltalk"
        if not is_unsaid and not (own.concepts and sought in _UNWORDED):
            return None
        wanted = find_wanted_type(question.text) if sought is Sought.NONE else AnswerType.NONE
        if wanted not in _BARE_TYPES:
            wanted = AnswerType.NONE
        small = tuple(
            word
            for word in own_words.folded
            if word not in _FUNCTION_WORDS and not self._index.analyzer.term(word)
        )
        if sought is Sought.NONE and not wanted and not small:
            return None
        nothing = self._index.parse("")
        return TopicQuestion(nothing, wanted, sought, small)


def _leave_out(question: TokenizedText, begin: int, end: int) -> TokenizedText:
    """Leave out a part of a question, and the words that stand for others."""
    text = f"{question.text[:begin]} {question.text[end:]}"
    rest = TokenizedText.tokenize(text)
    return keep_words(rest, find_other_words(rest))


def _is_topic(concept: QueryConcept, topic: Set[str]) -> bool:
    """Say whether a concept is among the terms of a title."""
    return any(
        term in topic for term, share in concept.variants.items() if share >= _LEAST_SHARE
    )
