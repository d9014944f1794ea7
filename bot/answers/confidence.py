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

Features that were tried and made it no better: the share of concepts matched under their own word,
the share of the query in the best sentence, whether that asks something itself, the length of the
passage, reasons, the share of names, and how much is matched besides the article's topics. How many
words a question has, and whether one is misspelt, seems to tell much; but that is how the sets were
made: nearly all of their shortest and misspelt questions have an answer.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from bot.answers.confidence_features import ConfidenceFeatures, list_terms
from bot.answers.confidence_numbers import CONFIDENCE, COVERAGE, LIKELY, SURE
from bot.answers.model import Assurance

# Beyond these log-odds, nothing is told any more from 0; the exponential function ends at 709.
_MAX_LOG_ODDS = 500.0


class Estimate(NamedTuple):
    """Two probabilities, 0 to 1: that the first passage answers, and that the articles do.

    The second is never less than the first.
    """

    confidence: float
    coverage: float


_NOTHING_FOUND = Estimate(confidence=0.0, coverage=0.0)


def estimate(features: ConfidenceFeatures | None) -> Estimate:
    """Give the probabilities that a question with a hit of these features is answered.

    Both are 0 without a hit.
    """
    if features is None:
        return _NOTHING_FOUND
    terms = list_terms(features)
    confidence = _find_probability(CONFIDENCE, terms)
    coverage = _find_probability(COVERAGE, terms)
    return Estimate(confidence, max(coverage, confidence))


def _find_probability(coefficients: Mapping[str, float], terms: Mapping[str, float]) -> float:
    """Give the logistic function of the weighted sum of terms."""
    log_odds = sum(coefficients[name] * value for name, value in terms.items())
    return 1 / (1 + math.exp(-max(log_odds, -_MAX_LOG_ODDS)))


def find_assurance(confidence: float, *, is_dependent: bool = False) -> Assurance:
    """Give how sure people are told that an answer is.

    An answer that is one only together with the conversation (``is_dependent``) is never sure: the
    confidence was fitted on questions that stand by themselves.
    """
    if confidence < LIKELY:
        return Assurance.FAINT
    if confidence < SURE or is_dependent:
        return Assurance.LIKELY
    return Assurance.SURE
