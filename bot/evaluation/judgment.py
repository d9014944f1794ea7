"""An answer compared with what is expected of it.

In: a question of a question set, and the Answer to it. Out: a JudgedAnswer. A quotation holds an
expected sentence if they overlap by offsets in the same file. Where only a section is expected, a
quotation must be from it. A summary must be of what is expected, and a fact the one that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.model import Answer, Quote
from bot.evaluation.model import ExpectedRequest, Judgment, Question

# What hit@3 looks at; later quotations are not looked at.
_MAX_RANK = 3


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """A question, the answer that it got, and the judgment of it."""

    question: Question
    answer: Answer
    judgment: Judgment


def judge(question: Question, answer: Answer) -> JudgedAnswer:
    """Compare an answer with what is expected; of its quotations the first three.

    A summary, or a fact about the articles, is no refusal; where nothing is expected, it is not
    wrong either, as only quotations answer a question.
    """
    is_answered = answer.is_answered if question.is_covered else answer.kind == "answer"
    if question.request is not None:
        judgment = _judge_request(question, question.request, answer)
    elif question.is_covered:
        judgment = _judge_quotes(question, answer.quotes[:_MAX_RANK], is_answered=is_answered)
    else:
        judgment = Judgment(question.text, is_covered=False, is_answered=is_answered)
    return JudgedAnswer(question, answer, judgment)


def _judge_request(question: Question, request: ExpectedRequest, answer: Answer) -> Judgment:
    is_served = serves_request(answer, request)
    return Judgment(
        question.text,
        is_covered=True,
        is_answered=answer.is_answered,
        rank=1 if is_served else None,
        request=request.aspect,
    )


def serves_request(answer: Answer, request: ExpectedRequest) -> bool:
    """Say whether an answer is the summary, or tells the fact, that is expected."""
    ids = {article.id for article in request.articles}
    if answer.about is not None and answer.about.asked == request.aspect:
        return ids.issuperset(article.id for article in answer.about.articles)
    summaries = answer.summaries
    if request.aspect != "summary" or not summaries:
        return False
    if request.sections:
        expected = {(article.id, section.number) for article, section in request.sections}
        summed_up = {(one.article.id, one.section.number) for one in summaries}
        return summed_up <= expected
    return answer.is_of_whole_article and ids.issuperset(one.article.id for one in summaries)


def _judge_quotes(question: Question, quotes: Sequence[Quote], *, is_answered: bool) -> Judgment:
    first = quotes[0] if quotes else None
    return Judgment(
        question.text,
        is_covered=True,
        is_answered=is_answered,
        rank=_find_rank(question, quotes),
        key_is_right=_has_expected_key(first, question),
        section_is_right=first is not None and _is_from_expected(first, question),
    )


def _find_rank(question: Question, quotes: Sequence[Quote]) -> int | None:
    """Give the number of the first quotation that holds what is expected."""
    for rank, quote in enumerate(quotes, start=1):
        if holds_expected(quote, question):
            return rank
    return None


def holds_expected(quote: Quote, question: Question) -> bool:
    """Say whether a quotation holds an expected sentence, or is from an expected section."""
    if not question.expected_sentences:
        return _is_from_expected(quote, question)
    return _overlaps_expected(quote, range(quote.start, quote.end), question)


def _has_expected_key(first: Quote | None, question: Question) -> bool | None:
    """Say whether the first quotation's key sentence is expected; None where no sentence is."""
    if not question.expected_sentences:
        return None
    if first is None:
        return False
    key = range(first.key.start, first.key.end)
    return _overlaps_expected(first, key, question)


def _overlaps_expected(quote: Quote, offsets: range, question: Question) -> bool:
    """Say whether some offsets in a quote's file overlap an expected sentence."""
    for sentence in question.expected_sentences:
        is_same_file = sentence.file == quote.article.file
        overlaps = sentence.start < offsets.stop and offsets.start < sentence.end
        if is_same_file and overlaps:
            return True
    return False


def _is_from_expected(quote: Quote, question: Question) -> bool:
    quoted = (quote.article.id, quote.section.number)
    for article, section in question.expected_sections:
        if quoted == (article.id, section.number):
            return True
    return False
