"""The one place where an error becomes words: a short sentence for the member, what helps for the log."""

import logging
import secrets
import traceback
from pathlib import Path

_log = logging.getLogger(__name__)

_SENTENCE = "Something went wrong on my side. If it happens again, tell an admin this number: {}."


def record(error: BaseException, doing: str) -> str:
    """Log an error under a new incident id; give the sentence that a member may read, which holds only the id."""
    incident = secrets.token_hex(3)
    _log.error("incident %s while %s", incident, doing, exc_info=error)
    return _SENTENCE.format(incident)


def record_kind(error: BaseException, doing: str) -> str:
    """Log of what kind an error is and where it came up; give the sentence that a member may read.

    For errors over what came from Discord: what they say may repeat what members wrote.
    """
    incident = secrets.token_hex(3)
    frames = traceback.extract_tb(error.__traceback__)
    where = ""
    if frames:
        last = frames[-1]
        where = f" in {last.name}, line {last.lineno} of {Path(last.filename).name}"
    _log.error("incident %s while %s: %s%s", incident, doing, type(error).__name__, where)
    return _SENTENCE.format(incident)
