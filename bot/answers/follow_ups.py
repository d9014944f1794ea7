"""Answering what follows up: a question together with what was asked and quoted before it.

In: a question of a certain form (``follow_up_forms``), the turn before it, and its answer as a
question of its own. Out: the better one of two answers, that or the one in the conversation. What
the question means there is found by ``follow_up_reading``, and which passage answers it by
``context_ranking``.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.confidence import estimate, find_assurance
from bot.answers.context_ranking import Context, ContextRanker, FollowUpQuery
from bot.answers.conversation import Meaning, Past, QuotedKey
from bot.answers.follow_up_forms import FollowUp
from bot.answers.follow_up_reading import Conversation, FollowUpReader, Reading
from bot.answers.model import Answer, Assurance
from bot.answers.query_answers import (
    MIN_SCORE_RATIO,
    QueryAnswerer,
    keep_good_hits,
    make_unscored_hit,
)
from bot.answers.sought import Sought
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType
from bot.texts.answers import NO_MORE

# What a follow-up asks without an unknown word of its own is about what was just quoted, so that
# the articles answer it likelier than its words tell: this share of the threshold is enough.
_THRESHOLD_SHARE = 0.5


class FollowUpAnswerer:
    """Answers follow-ups from one index. It never changes once it is built."""

    def __init__(self, answerer: QueryAnswerer) -> None:
        """Take what answers queries."""
        self._answerer = answerer
        self._lenient = answerer.with_threshold_share(_THRESHOLD_SHARE)
        self._index = answerer.index
        self._table = answerer.table
        self._ranker = ContextRanker(answerer.index, answerer.table)
        self._reader = FollowUpReader(answerer.index, answerer.table)

    def answer(
        self, question: TokenizedText, article: str, past: Past, form: FollowUp, alone: Answer
    ) -> Answer:
        """Answer a follow-up of a certain form; ``alone`` is its answer as a question of its own.

        ``article`` is the id of the only article to answer from; empty for all of them.
        """
        if form is FollowUp.MORE:
            return self._quote_more(question.text, past)
        if form is FollowUp.AGAIN:
            return self._quote_again(question.text, past) or alone
        context = self._find_context(past)
        asked_before = past.turn.asked or past.subject.text
        conversation = Conversation(past.subject, asked_before, context)
        reading = self._reader.read(question, form, conversation)
        in_context = self._answer_in_context(question.text, article, reading, context)
        in_context = replace(in_context, before=past.turn)
        if form is FollowUp.NONE and not self._is_near(in_context, context):
            return alone
        answer = self._choose_answer(question, form, alone, in_context)
        is_by_itself = answer is alone or not reading.other_party
        if reading.other_party is not None and is_by_itself:
            # Nobody was found who "the other side" may be, or nothing about them.
            return replace(answer, assurance=Assurance.FAINT)
        if reading.is_full and answer is alone and answer.kind == "answer":
            # The articles name them, and do not tell what is asked for.
            return replace(answer, assurance=Assurance.FAINT)
        return answer

    def is_named(self, question: TokenizedText, answer: Answer) -> bool:
        """Say whether the question is the heading or the title of what is quoted first."""
        own_terms = self._reader.find_own_terms(question)
        if not own_terms or not answer.quotes:
            return False
        first = answer.quotes[0]
        names = (first.section.heading, first.article.title)
        analyze = self._index.analyzer.analyze
        return any(own_terms == frozenset(analyze(name)) for name in names)

    def _answer_in_context(
        self, question: str, article: str, reading: Reading, context: Context
    ) -> Answer:
        """Answer a follow-up together with the conversation."""
        parsed = self._index.parse_tokenized(reading.asked, reading.subject)
        whole = replace(parsed, answer_type=reading.wanted)
        hits = self._answerer.retrieve(whole, article)
        own = self._index.parse_tokenized(reading.own)
        own_hits = self._answerer.retrieve(own, article)
        has_words = bool(self._index.parse_tokenized(reading.asked).concepts)
        query = FollowUpQuery(
            whole,
            hits,
            own,
            own_hits,
            reading.points_back,
            reading.sought,
            has_words=has_words,
            is_full=reading.is_full,
        )
        stale = context.stale
        ranked = self._ranker.rank(query, context)
        # "When was that?" asks about what was quoted, unless the text goes on with a date of it.
        is_pointed_at = reading.points_back and AnswerType.DATE in whole.answer_type
        is_elsewhere = is_pointed_at and not ranked.goes_on
        if context.detail is not None and (is_elsewhere or not ranked.has_answer_type):
            stale = context.detail
            ranked = self._ranker.rank(query, replace(context, stale=stale))
        was_quoted = self._answerer.was_quoted(whole, hits, stale)
        is_about_quoted = not own.unknown_words and not was_quoted
        answerer = self._lenient if is_about_quoted else self._answerer
        answer = answerer.answer(question, whole, ranked.hits, ranked.keys, stale=stale)
        answer = replace(answer, meaning=reading.meaning)
        is_refused = answer.kind == "none" and not answer.missing
        if is_refused and was_quoted:
            answer = replace(answer, message=NO_MORE())
        lacks_type = bool(ranked.hits) and not ranked.hits[0].has_answer_type
        is_in_no_article = bool(own.unknown_words) and reading.sought is Sought.NONE
        if query.is_bare and (lacks_type or is_in_no_article):
            # What it asks for is in no article: what was found is only near what was quoted. Or
            # nothing there is of the type that it asks for, and it asks for no more.
            return replace(answer, assurance=Assurance.FAINT)
        return answer

    def _find_context(self, past: Past) -> Context:
        """Give what came first before; of a turn that is not known so well, what would."""
        key = past.turn.key or self._find_key(past)
        focus = None if key is None else self._table.find_number(key.passage)
        return Context(focus, key, past.stale, past.detail)

    def _find_key(self, past: Past) -> QuotedKey | None:
        """Find the key sentence of the passage that was quoted last, for the words of a subject."""
        numbers = self._table.find_numbers(past.turn.passages[-1:])
        hits = list(map(make_unscored_hit, numbers))
        query = self._index.parse_tokenized(past.subject)
        quotes = self._answerer.quoter.quote(query, hits)
        return QuotedKey(quotes[0].id, quotes[0].key.start) if quotes else None

    def _is_near(self, answer: Answer, context: Context) -> bool:
        """Say whether an answer is from the section that was quoted last."""
        if context.focus is None or not answer.quotes:
            return False
        _, section, _ = self._table.passages[context.focus]
        return answer.quotes[0].section is section

    def _choose_answer(
        self, question: TokenizedText, form: FollowUp, alone: Answer, in_context: Answer
    ) -> Answer:
        """Choose between the answers to a follow-up by itself and in its conversation."""
        is_sure = in_context.assurance is Assurance.SURE
        if _quote_the_same(in_context, alone):
            # A whole question that was asked before, or beside it, is one of its own.
            if form is FollowUp.NONE:
                return alone
            # What is sure without the conversation stays sure.
            if is_sure and alone.kind == "answer":
                return replace(in_context, assurance=alone.assurance)
            return in_context
        if form is not FollowUp.BARE and self.is_named(question, alone):
            return alone
        if form is FollowUp.ANAPHORIC and self._is_surely_answered(question, alone):
            return alone
        if is_sure:
            in_context = replace(in_context, assurance=Assurance.LIKELY)
        is_better = in_context.kind == "answer" or alone.kind == "smalltalk"
        is_covered = in_context.coverage >= self._answerer.threshold
        if alone.kind == "answer" and not is_covered:
            return alone
        return in_context if is_better else alone

    def _is_surely_answered(self, question: TokenizedText, answer: Answer) -> bool:
        """Say whether an answer is sure by more than one word ("did they agree?" has but one)."""
        is_sure = answer.assurance is Assurance.SURE
        return is_sure and len(self._reader.find_own_terms(question)) > 1

    def _quote_more(self, question: str, past: Past) -> Answer:
        """Quote what is new: further passages for the subject, then what follows those quoted."""
        before = past.turn
        query = self._index.parse_tokenized(past.subject)
        quoted = self._table.find_numbers(before.passages)
        hits = self._answerer.retrieve(query)
        new_hits = [hit for hit in hits if hit.passage not in quoted]
        good_hits = keep_good_hits(new_hits, MIN_SCORE_RATIO)
        following = [make_unscored_hit(number) for number in self._find_following(quoted)]
        quoted_sentences: set[int] = set()
        for number in quoted:
            quoted_sentences |= self._table.find_sentence_ids(number)
        quotes = self._answerer.quoter.quote(
            query, good_hits + following, quoted_sentences, stale=past.stale
        )
        if not quotes:
            return Answer(question, "none", message=NO_MORE(), before=before)
        features = self._answerer.find_features(query, good_hits)
        confidence, coverage = estimate(features)
        # Who asks for more gets what there is: likely is all that can be told of it.
        return Answer(
            question,
            "answer",
            confidence=confidence,
            quotes=quotes,
            before=before,
            assurance=Assurance.LIKELY,
            features=features,
            coverage=coverage,
        )

    def _quote_again(self, question: str, past: Past) -> Answer | None:
        """Quote once more what came first last; None where nothing did."""
        context = self._find_context(past)
        if context.focus is None:
            return None
        _, _, passage = self._table.passages[context.focus]
        starts = [sentence.start for sentence in passage.sentences]
        is_there = context.start in starts
        positions = {context.focus: starts.index(context.start)} if is_there else {}
        query = self._index.parse_tokenized(past.subject)
        quotes = self._answerer.quoter.quote(
            query, [make_unscored_hit(context.focus)], keys=positions
        )
        features = self._answerer.find_features(query, self._answerer.retrieve(query))
        confidence, coverage = estimate(features)
        return Answer(
            question,
            "answer",
            confidence=confidence,
            quotes=quotes,
            before=past.turn,
            meaning=Meaning(past.turn.asked or past.subject.text, past.subject.text),
            assurance=find_assurance(confidence, is_dependent=True),
            features=features,
            coverage=coverage,
        )

    def _find_following(self, quoted: Sequence[int]) -> list[int]:
        """Give the passages that directly follow quoted ones in the same section, if not quoted."""
        passages = self._table.passages
        following = []
        for number in quoted:
            behind = number + 1
            if behind in quoted or behind == len(passages):
                continue
            _, section, _ = passages[number]
            _, section_behind, _ = passages[behind]
            if section_behind is section:
                following.append(behind)
        return following


def _quote_the_same(answer: Answer, other: Answer) -> bool:
    """Say whether two answers quote the same key sentence first, or both none."""
    keys = [(quote.id, quote.key.start) for quote in answer.quotes[:1]]
    return keys == [(quote.id, quote.key.start) for quote in other.quotes[:1]]
