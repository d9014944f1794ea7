"""The one place where an error becomes words: a short sentence for the member, everything for the log."""

import logging
import secrets

_log = logging.getLogger(__name__)


def record(error: BaseException, doing: str) -> str:
    """Log an error under a new incident id; give the sentence that a member may read, which holds only the id."""
    incident = secrets.token_hex(3)
    _log.error("incident %s while %s", incident, doing, exc_info=error)
    return f"Something went wrong on my side. If it happens again, tell an admin this number: {incident}."
