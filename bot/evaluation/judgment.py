"""An answer compared with what is expected of it.

In: a question of a question set, and the Answer to it. Out: a JudgedAnswer. A quotation holds an
expected sentence if they overlap by offsets in the same file. Where only a section is expected, a
quotation must be from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answer, Quote
from bot.articles.model import Sentence
from bot.evaluation.model import Judgment, Question

# What hit@3 looks at; later quotations are not looked at.
_MAX_RANK = 3


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """A question, the answer that it got, and the judgment of it."""

    question: Question
    answer: Answer
    judgment: Judgment


def judge(question: Question, answer: Answer) -> JudgedAnswer:
    """Compare an answer with what is expected; of its quotations the first three."""
    is_answered = answer.kind == "answer"
    if question.is_covered:
        judgment = _judge_quotes(question, answer.quotes[:_MAX_RANK], is_answered=is_answered)
    else:
        judgment = Judgment(question.text, is_covered=False, is_answered=is_answered)
    return JudgedAnswer(question, answer, judgment)


def _judge_quotes(question: Question, quotes: Sequence[Quote], *, is_answered: bool) -> Judgment:
    key_is_right: bool | None = None
    if question.expected_sentences:
        key_is_right = any(_has_expected_key(quote, question) for quote in quotes[:1])
    return Judgment(
        question.text,
        is_covered=True,
        is_answered=is_answered,
        rank=_find_rank(question, quotes),
        key_is_right=key_is_right,
        section_is_right=any(_is_from_expected(quote, question) for quote in quotes[:1]),
    )


def _find_rank(question: Question, quotes: Sequence[Quote]) -> int | None:
    """Give the number of the first quotation that holds what is expected."""
    for rank, quote in enumerate(quotes, start=1):
        if _holds_expected(quote, question):
            return rank
    return None


def _holds_expected(quote: Quote, question: Question) -> bool:
    if not question.expected_sentences:
        return _is_from_expected(quote, question)
    return any(
        _overlaps(sentence, quote, quote.start, quote.end)
        for sentence in question.expected_sentences
    )


def _has_expected_key(quote: Quote, question: Question) -> bool:
    return any(
        _overlaps(sentence, quote, quote.key.start, quote.key.end)
        for sentence in question.expected_sentences
    )


def _overlaps(sentence: Sentence, quote: Quote, start: int, end: int) -> bool:
    """Say whether a sentence overlaps the characters from ``start`` to ``end`` of a quote's file."""
    is_same_file = sentence.file == quote.article.file
    return is_same_file and sentence.start < end and start < sentence.end


def _is_from_expected(quote: Quote, question: Question) -> bool:
    quoted = (quote.article.id, quote.section.number)
    expected = [(article.id, section.number) for article, section in question.expected_sections]
    return quoted in expected
