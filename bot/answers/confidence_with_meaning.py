"""The confidence of an answer that was found by meaning, too.

In: a hit with a cosine, and its query. Out: a probability. The model is a logistic regression on
what the hit's words alone make of it (``confidence.py``) and on how near it is in meaning. So what
tells by words that an answer is none, such as a name or a number that the passage lacks, counts
here too.

The coefficients were fitted together on the collections and questions that ``python -m
benchmarks.fit meaning`` lists, each set of questions with the same weight, with all-MiniLM-L6-v2.
Cosines are measured from what unrelated texts have (``bot.search.meaning``), so they mean nearly
the same with other models.
"""

import math

from bot.answers.confidence import estimate_confidence, find_features
from bot.search.index import Hit
from bot.search.query import ParsedQuery

# The log-odds where every feature is zero.
_INTERCEPT = -0.56
# For the log-odds by words alone.
_WORD_LOG_ODDS = 0.36
# For the mean cosine, 0 to 1.
_COSINE = 5.23
# For log(1 + passages): among more passages one is near by chance.
_LOG_PASSAGES = -0.39
# Log-odds by words beyond these tell nothing more. Without a word in common, the lower one holds.
_MAX_WORD_LOG_ODDS = 8.0


def estimate_with_meaning(hit: Hit, query: ParsedQuery, passages: int) -> float:
    """Give the probability, 0 to 1, that the best ``hit`` of ``query`` answers it.

    The hit has a cosine. ``passages`` is the number of passages in the index.
    """
    word_log_odds, cosine, log_passages = find_meaning_features(hit, query, passages)
    log_odds = _INTERCEPT + _WORD_LOG_ODDS * word_log_odds + _COSINE * cosine
    log_odds += _LOG_PASSAGES * log_passages
    return 1 / (1 + math.exp(-log_odds))


def find_meaning_features(
    hit: Hit, query: ParsedQuery, passages: int
) -> tuple[float, float, float]:
    """Give what the coefficients are multiplied by, in their order, but for the intercept."""
    word_log_odds = _find_word_log_odds(hit, query, passages)
    return word_log_odds, hit.cosine or 0.0, math.log1p(passages)


def _find_word_log_odds(hit: Hit, query: ParsedQuery, passages: int) -> float:
    """Give the log-odds of the confidence by words alone, within bounds."""
    word_score = hit.score - hit.meaning_score
    if not hit.matched_concepts or word_score <= 0:
        return -_MAX_WORD_LOG_ODDS
    by_words = hit._replace(score=word_score, cosine=None, meaning_score=0.0)
    confidence = estimate_confidence(find_features(by_words, query, passages))
    odds = confidence / max(1 - confidence, math.exp(-_MAX_WORD_LOG_ODDS))
    log_odds = math.log(max(odds, math.exp(-_MAX_WORD_LOG_ODDS)))
    return min(log_odds, _MAX_WORD_LOG_ODDS)
