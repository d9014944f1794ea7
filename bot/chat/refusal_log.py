"""Log at DEBUG why a question was not answered, in numbers alone.

In: an answer. Out: a line with the coverage, the threshold and what they were estimated from. What
was asked, and what was found, is not in it.
"""

import logging

from bot.answers.confidence_features import ConfidenceFeatures
from bot.answers.model import Answer

# More digits tell nothing.
_DIGITS = 3

_log = logging.getLogger(__name__)


def log_refusal(answer: Answer, threshold: float) -> None:
    """Log why an answer is a refusal; what is none, or is not to be logged, is passed over."""
    if answer.kind != "none" or not _log.isEnabledFor(logging.DEBUG):
        return
    described: dict[str, object] = {
        "coverage": round(answer.coverage, _DIGITS),
        "threshold": threshold,
        "confidence": round(answer.confidence, _DIGITS),
        "unknown_words": len(answer.missing),
        "is_follow_up": answer.before is not None,
        "features": _list_features(answer.features),
    }
    reason = "the coverage is below the threshold"
    if answer.features is None:
        reason = "nothing was found"
    _log.debug("not answered: %s", reason, extra={"fields": described})


def _list_features(features: ConfidenceFeatures | None) -> dict[str, float]:
    """List the features that are not 0, by name."""
    listed = {}
    if features is not None:
        for name, value in features._asdict().items():
            if value:
                listed[name] = round(float(value), _DIGITS)
    return listed
