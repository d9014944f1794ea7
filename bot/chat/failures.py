"""Turn an error into words: a short sentence for the member, the details for the log."""

import logging
import secrets
import traceback
from pathlib import Path

from bot.chat import metrics
from bot.chat.retry import Undelivered
from bot.records.model import RecordsError
from bot.texts import notices

# The last ones say where an error was raised.
_MOST_FRAMES = 12

_log = logging.getLogger(__name__)


def record(error: BaseException, doing: str) -> str:
    """Log an error with its traceback; return the sentence that a member may read.

    The sentence holds a new incident's id, by which the error is found in the log, and nothing
    else. For errors whose messages can't hold what members wrote.
    """
    incident = secrets.token_hex(3)
    metrics.INCIDENTS.inc()
    number = {"incident": incident}
    _log.error("incident %s while %s", incident, doing, exc_info=error, extra=number)
    return notices.FAILED(incident=incident)


def record_kind(error: BaseException, doing: str) -> str:
    """Log an error's type and where it was raised; return the sentence that a member may read.

    For errors about what came from Discord: their messages may repeat what members wrote.
    """
    incident = secrets.token_hex(3)
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    origin = _describe_origin(frames)
    metrics.INCIDENTS.inc()
    shown = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    extra = {"incident": incident, "fields": {"frames": shown[-_MOST_FRAMES:]}}
    _log.error("incident %s while %s: %s%s", incident, doing, kind, origin, extra=extra)
    return notices.FAILED(incident=incident)


def record_unacceptable(why: Undelivered) -> str:
    """Log that Discord takes nothing like a response; return the sentence that is said instead."""
    incident = secrets.token_hex(3)
    metrics.INCIDENTS.inc()
    text = "incident %s: Discord takes no such reply: status %d, code %d"
    _log.error(text, incident, why.status, why.code, extra={"incident": incident})
    return notices.FAILED(incident=incident)


def record_records_error(error: RecordsError) -> str:
    """Log that the records can't be read or written now; return the number of the incident."""
    incident = secrets.token_hex(3)
    metrics.INCIDENTS.inc()
    number = {"incident": incident}
    _log.warning("incident %s: records: %s", incident, error, extra=number)
    return incident


def _describe_origin(frames: traceback.StackSummary) -> str:
    if not frames:
        return ""
    last = frames[-1]
    file_name = Path(last.filename).name
    return f" in {last.name}, line {last.lineno} of {file_name}"
