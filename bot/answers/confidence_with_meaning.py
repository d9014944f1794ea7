"""The confidence of an answer that was found by meaning, too.

In: the confidence by words alone (``confidence.py``), and how near the passage is to the question
in meaning. Out: a probability. The model is a logistic regression on both. So what tells by words
that an answer is none, such as a name or a number that the passage lacks, counts here too.

The coefficients were fitted together, with all-MiniLM-L6-v2, on questions with and without an
answer: each set of them has the same weight. ``python -m benchmarks.fit meaning --model PATH``
finds them again, and names the sets. Cosines are measured from what unrelated texts have
(``bot.search.meaning``), so they mean nearly the same with other models.
"""

import math

# The log-odds where every feature is zero.
_INTERCEPT = -1.88
# For the log-odds by words alone.
_WORD_LOG_ODDS = 0.35
# For the mean cosine, 0 to 1.
_COSINE = 4.2
# Log-odds by words beyond these tell nothing more. Without a word in common, the lower one holds.
_MAX_WORD_LOG_ODDS = 8.0


def estimate_with_meaning(confidence: float, cosine: float) -> float:
    """Give the probability, 0 to 1, that a passage answers a question.

    ``confidence`` is that by words alone, 0 where it has no word of the question. ``cosine`` is
    that of the hit.
    """
    log_odds = _INTERCEPT + _WORD_LOG_ODDS * find_log_odds(confidence) + _COSINE * cosine
    return 1 / (1 + math.exp(-log_odds))


def find_log_odds(probability: float) -> float:
    """Give the log-odds of a probability, within bounds."""
    least = math.exp(-_MAX_WORD_LOG_ODDS)
    against = max(1 - probability, least)
    log_odds = math.log(max(probability, least) / against)
    return max(-_MAX_WORD_LOG_ODDS, min(log_odds, _MAX_WORD_LOG_ODDS))
