"""The confidence of an answer: the probability that its first quotation answers the question.

In: named features of the best hit and of its query. Out: a probability. The model is a logistic
regression: the logistic function of a weighted sum of the features. It does not decide whether a
question is answered; ``Policy.threshold`` does.

The coefficients were fitted together, on questions with and without an answer:

- questions about eight articles of the SQuAD sample, in collections of 1 to 8,000 passages, once
  with the article that answers and once without it;
- 365 questions about seven other articles.

``python -m benchmarks.fit confidence`` fits them again on what the repository and its caller have.
``docs/quality.md`` has the calibration on questions that were not fitted. Features that were
tried and made it no better: the lead over the second hit, the share of concepts matched under
their own word, the share of words that occur nowhere, the score of the best sentence.
"""

import math
from dataclasses import dataclass

from bot.answers.model import Assurance
from bot.search.answer_type import AnswerType
from bot.search.index import Hit
from bot.search.query import ParsedQuery

# The log-odds where every feature is zero.
_INTERCEPT = 1.95
# For the logarithm of the score ratio: a passage that matches half as well is less likely right.
_LOG_SCORE_RATIO = 2.51
# For log(1 + matched concepts): a high ratio by one matched word proves little.
_LOG_MATCHED_CONCEPTS = 2.31
# For log(1 + passages): among more passages one matches by chance.
_LOG_PASSAGES = -0.32
# For the share of the query that is missing names: without them it is about somebody else.
_MISSING_NAME_SHARE = -5.69
# Where the question asks for a number ("how many") and the passage has none that fits.
_MISSING_NUMBER = -4.38
# Where the question asks for a date ("when") and the passage has none.
_MISSING_DATE = -3.29
# For the share of whom the question is about that the sentence is not about. This one and the next
# two were set by hand.
_MISSING_SUBJECT_SHARE = -0.5
# Where the sentence is about another party ("what does Russia want": "Ukraine wants").
_OTHER_SUBJECT = -0.7
# Where the question asks what something is and the sentence does not say it.
_MISSING_DEFINITION = -0.7


@dataclass(frozen=True, slots=True)
class ConfidenceFeatures:
    """What the confidence depends on.

    ``score_ratio`` is the score of the best passage as a share of the highest score that a
    passage can reach for the query, above 0, at most 1. ``matched_concepts`` is the number of
    query concepts that the passage matches. ``missing_name_share`` is the share, 0 to 1, of the
    query's weight that is names which the passage does not have. ``passages`` is the number of
    passages in the index. ``is_number_missing`` and ``is_date_missing``: the question asks for
    one, the passage has none. ``missing_subject_share`` is the share, 0 to 1, of whom the question
    is about that the best sentence is not about; ``is_about_other`` says that it is about another
    party. ``is_definition_missing``: nothing but a definition answers, the sentence is none.
    """

    score_ratio: float
    matched_concepts: int
    missing_name_share: float
    passages: int
    is_number_missing: bool
    is_date_missing: bool
    missing_subject_share: float = 0.0
    is_about_other: bool = False
    is_definition_missing: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether people are never told that the answer is sure."""
        return self.is_about_other or self.is_definition_missing


def find_features(hit: Hit, query: ParsedQuery, passages: int) -> ConfidenceFeatures:
    """Give the features of the best ``hit`` of ``query`` in an index of so many ``passages``."""
    missing_type = AnswerType.NONE if hit.has_answer_type else query.answer_type
    return ConfidenceFeatures(
        score_ratio=hit.score / query.max_score,
        matched_concepts=hit.matched_concepts,
        missing_name_share=hit.missing_name_share,
        passages=passages,
        is_number_missing=missing_type == AnswerType.NUMBER,
        is_date_missing=missing_type == AnswerType.DATE,
        missing_subject_share=1 - hit.subject_share,
        is_about_other=hit.is_about_other,
        is_definition_missing=query.needs_definition and not hit.has_definition,
    )


def estimate_confidence(features: ConfidenceFeatures) -> float:
    """Give the probability, 0 to 1, that a passage with these features answers the question."""
    log_odds = _INTERCEPT + _LOG_SCORE_RATIO * math.log(features.score_ratio)
    log_odds += _MISSING_NAME_SHARE * features.missing_name_share
    for_concepts = _LOG_MATCHED_CONCEPTS * math.log1p(features.matched_concepts)
    for_passages = _LOG_PASSAGES * math.log1p(features.passages)
    log_odds += for_concepts + for_passages
    if features.is_number_missing:
        log_odds += _MISSING_NUMBER
    if features.is_date_missing:
        log_odds += _MISSING_DATE
    log_odds += _MISSING_SUBJECT_SHARE * features.missing_subject_share
    if features.is_about_other:
        log_odds += _OTHER_SUBJECT
    if features.is_definition_missing:
        log_odds += _MISSING_DEFINITION
    return 1 / (1 + math.exp(-log_odds))


# From this confidence on, people are told that an answer is sure.
_SURE = 0.6
# Below this confidence, people are told that an answer is a faint match.
_LIKELY = 0.3


def find_assurance(
    confidence: float, *, is_dependent: bool = False, is_doubtful: bool = False
) -> Assurance:
    """Give how sure people are told that an answer is.

    What is ``is_doubtful`` by its features is never sure: it is about somebody else.

    An answer that is one only together with the conversation (``is_dependent``) is never sure: the
    confidence was fitted on questions that stand by themselves.
    """
    if confidence < _LIKELY:
        return Assurance.FAINT
    if confidence < _SURE or is_dependent or is_doubtful:
        return Assurance.LIKELY
    return Assurance.SURE
