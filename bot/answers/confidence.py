"""The confidence of an answer: the probability that its first quotation answers the question.

In: named features of the best hit and of its query. Out: a probability, and how sure people are
told that the answer is. The model is a logistic regression: the logistic function of a weighted sum
of the features. A second one of the same features gives the coverage: the probability that the
articles answer at all. ``Policy.threshold`` is compared with that: where the first quotation is
wrong, the second may be right, and the right refusal needs another balance of the features.

The coefficients were fitted together, on questions with and without an answer, each source counting
by its share: questions that people had before they saw the text (short questions about six
articles, questions about three collections, CLAP NQ), the golden sets, and, with less weight,
SQuAD, whose questions were written to the passages. They were asked of one article, of all of a set
in one folder, and of that folder without the article that answers.

Where passages are found by meaning, too, a regression on the log-odds by words and the cosine gives
both probabilities. Cosines are measured from what unrelated texts have (``bot.search.meaning``), so
they mean nearly the same with other models than the one that it was fitted with.

Features that were tried and made it no better: the share of concepts matched under their own word,
the share of the query in the best sentence, whether that asks something itself, the length of the
passage, reasons, the share of names, and how much is matched besides the article's topics. How many
words a question has, and whether one is misspelt, seems to tell much; but that is how the sets were
made: nearly all of their shortest and misspelt questions have an answer.
"""

import math
from collections.abc import Mapping, Sequence
from operator import mul
from typing import NamedTuple

from bot.answers.confidence_features import TERMS, ConfidenceFeatures, compute_terms
from bot.answers.confidence_numbers import (
    CONFIDENCE,
    CONFIDENCE_WITH_MEANING,
    COVERAGE,
    COVERAGE_WITH_MEANING,
    LIKELY,
    SURE,
)
from bot.answers.model import Assurance

# Log-odds by words beyond these tell nothing more. Without a word in common, the lower one holds.
_MAX_LOG_ODDS = 8.0


class Estimate(NamedTuple):
    """Two probabilities, 0 to 1: that the first passage answers, and that the articles do.

    The second is never less than the first.
    """

    confidence: float
    coverage: float


_NOTHING_FOUND = Estimate(confidence=0.0, coverage=0.0)


def _arrange(table: Mapping[str, float]) -> Sequence[float]:
    """Give the coefficients of a table in the order of ``TERMS``."""
    return tuple(map(table.__getitem__, TERMS))


_CONFIDENCE = _arrange(CONFIDENCE)
_COVERAGE = _arrange(COVERAGE)


def estimate(features: ConfidenceFeatures | None) -> Estimate:
    """Give the probabilities that a question with a hit of these features is answered.

    Both are 0 without a hit.
    """
    if features is None:
        return _NOTHING_FOUND
    terms = _compute_terms_of_words(features)
    confidence = _sum_log_odds(_CONFIDENCE, terms)
    coverage = _sum_log_odds(_COVERAGE, terms)
    if features.cosine is not None:
        confidence = _add_meaning(CONFIDENCE_WITH_MEANING, confidence, features.cosine)
        coverage = _add_meaning(COVERAGE_WITH_MEANING, coverage, features.cosine)
    # If the first passage answers, the articles do.
    coverage = max(coverage, confidence)
    return Estimate(_find_probability(confidence), _find_probability(coverage))


def find_word_log_odds(table: Mapping[str, float], features: ConfidenceFeatures) -> float:
    """Give the log-odds of what a table tells by words alone, from -8 to 8."""
    return _sum_log_odds(_arrange(table), _compute_terms_of_words(features))


def _compute_terms_of_words(features: ConfidenceFeatures) -> Sequence[float]:
    """Give what each coefficient is multiplied by; nothing without a word in common."""
    return compute_terms(features) if features.score_ratio > 0 else ()


def _sum_log_odds(coefficients: Sequence[float], terms: Sequence[float]) -> float:
    if not terms:
        return -_MAX_LOG_ODDS
    log_odds: float = sum(map(mul, coefficients, terms))
    bounded = min(log_odds, _MAX_LOG_ODDS)
    return max(bounded, -_MAX_LOG_ODDS)


def _add_meaning(table: Mapping[str, float], word_log_odds: float, cosine: float) -> float:
    """Give the log-odds by words and by meaning.

    So what tells by words that an answer is none, such as a name or a number that the passage
    lacks, counts here too.
    """
    log_odds = table["intercept"] + table["word_log_odds"] * word_log_odds
    return log_odds + table["cosine"] * cosine


def _find_probability(log_odds: float) -> float:
    """Give the logistic function of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def find_assurance(
    confidence: float, *, is_dependent: bool = False, is_doubtful: bool = False
) -> Assurance:
    """Give how sure people are told that an answer is.

    What is ``is_doubtful`` by its features is never sure: it is about somebody else.

    An answer that is one only together with the conversation (``is_dependent``) is never sure: the
    confidence was fitted on questions that stand by themselves.
    """
    if confidence < LIKELY:
        return Assurance.FAINT
    if confidence < SURE or is_dependent or is_doubtful:
        return Assurance.LIKELY
    return Assurance.SURE
