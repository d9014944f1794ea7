"""Make a line of a record: for a terminal, or as a JSON object.

In: a record, perhaps with an error, an ``incident`` (its number) and ``fields`` (more keys and
values). Out: text without tokens, ids and control characters.

A JSON line has at most 2,000 bytes: what is too long is cut in the middle, frames of an error far
from where it was raised first.
"""

import json
import logging
import math
import time
import traceback
from pathlib import Path
from typing import Any

from bot.logs.folding import find_incident
from bot.logs.redaction import Redaction

# With its end of line, a line is never longer than 2 kB.
MOST_BYTES = 2_000
# So much is left of a message, or of what an error says, where a line is too long.
_LONG_MESSAGE = 600
_SHORT_MESSAGE = 120
# Of a longer text only both ends are looked at: far more than any line has room for.
_VERY_LONG = 4_000
# Frames of an error: the last ones say where it was raised.
_MOST_FRAMES = 12
_FEW_FRAMES = 3
_MOST_CAUSES = 3

_DIM = "\x1b[2m"
_PLAIN = "\x1b[0m"
_COLOURS = {
    logging.DEBUG: "\x1b[2m",
    logging.INFO: "\x1b[32m",
    logging.WARNING: "\x1b[33m",
    logging.ERROR: "\x1b[31m",
    logging.CRITICAL: "\x1b[1;31m",
}
_OWN = "bot."


class TerminalFormatter(logging.Formatter):
    """Makes lines that people read while they come: the time of day, the level, what happened."""

    def __init__(self, redaction: Redaction, *, has_colours: bool) -> None:
        """Colour the level where ``has_colours``."""
        super().__init__()
        self._redaction = redaction
        self._has_colours = has_colours

    def format(self, record: logging.LogRecord) -> str:
        """Make a line, and an indented one for each further line that it holds."""
        text = record.getMessage()
        if not record.name.startswith(_OWN):
            text = f"{record.name}: {text}"
        fields = getattr(record, "fields", {})
        if fields:
            shown = json.dumps(fields, default=str, ensure_ascii=False)
            text = f"{text} {shown}"
        if record.exc_info:
            error = self.formatException(record.exc_info)
            text = f"{text}\n{error}"
        text = self._redaction(text).replace("\n", "\n  ")
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        level = f"{record.levelname.lower():<8}"
        if self._has_colours:
            clock = f"{_DIM}{clock}{_PLAIN}"
            colour = _COLOURS.get(record.levelno, "")
            level = f"{colour}{level}{_PLAIN}"
        return f"{clock} {level} {text}"


class JsonFormatter(logging.Formatter):
    """Makes one line of pure ASCII of each record: a JSON object."""

    def __init__(self, redaction: Redaction) -> None:
        """Leave out of each line what ``redaction`` takes out."""
        super().__init__()
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Make a line of at most ``MOST_BYTES`` bytes."""
        described = self._describe(record)
        line = _encode(described)
        if len(line) <= MOST_BYTES:
            return line
        described = _shorten(described, _LONG_MESSAGE)
        for frames, length in (
            (_MOST_FRAMES, _LONG_MESSAGE),
            (_FEW_FRAMES, _LONG_MESSAGE),
            (_FEW_FRAMES, _SHORT_MESSAGE),
        ):
            _drop_frames(described, frames)
            line = _encode(_shorten(described, length))
            if len(line) <= MOST_BYTES:
                return line
        # What remains is no longer what anybody wrote: a name without end, or thousands of fields.
        kept = ("time", "level", "logger", "incident", "message")
        described = {key: described[key] for key in kept if key in described}
        return _encode(_shorten(described, _SHORT_MESSAGE))

    def _describe(self, record: logging.LogRecord) -> dict[str, Any]:
        described: dict[str, Any] = {
            "time": _format_time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        incident = find_incident(record)
        if incident:
            described["incident"] = incident
        described |= getattr(record, "fields", {})
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            described["error"] = _describe_error(error)
        redacted: dict[str, Any] = _map_texts(described, self._redact)
        return redacted

    def _redact(self, text: str) -> str:
        """Take out what no log may hold; of a very long text the middle goes unread.

        What stands beside that gap is cut off later, so that no half of a token remains.
        """
        if len(text) > 2 * _VERY_LONG:
            text = f"{text[:_VERY_LONG]} … {text[-_VERY_LONG:]}"
        return self._redaction(text)


def _drop_frames(described: dict[str, Any], most: int) -> None:
    """Keep the last frames of an error alone."""
    error = described.get("error")
    if error is not None:
        error["frames"] = error["frames"][-most:]


def _format_time(created_s: float) -> str:
    """Write a time as ISO 8601 to the millisecond, in the machine's own time zone."""
    local = time.localtime(created_s)
    milliseconds = int(created_s * 1000) % 1000
    date = time.strftime("%Y-%m-%dT%H:%M:%S", local)
    zone = time.strftime("%z", local)
    return f"{date}.{milliseconds:03}{zone}"


def _describe_error(error: BaseException) -> dict[str, Any]:
    """Describe an error: its type, what it says, where it was raised, and what led to it."""
    described: dict[str, Any] = {"type": type(error).__name__, "message": _describe_message(error)}
    frames = traceback.extract_tb(error.__traceback__)
    shown = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    described["frames"] = shown[-_MOST_FRAMES:]
    causes: list[str] = []
    cause = _find_cause(error)
    while cause is not None and len(causes) < _MOST_CAUSES:
        causes.append(f"{type(cause).__name__}: {_describe_message(cause)}")
        cause = _find_cause(cause)
    if causes:
        described["causes"] = causes
    return described


def _describe_message(error: BaseException) -> str:
    """Return what an error says; an error of the program may fail at that, too."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 (whatever it raises, the error itself is to be logged)
        return ""


def _find_cause(error: BaseException) -> BaseException | None:
    if error.__cause__ is not None:
        return error.__cause__
    return None if error.__suppress_context__ else error.__context__


def _map_texts(value: Any, change: Any) -> Any:  # noqa: ANN401 (whatever JSON has)
    """Change every text in a value of JSON, but no key; what JSON does not have becomes a text."""
    if isinstance(value, dict):
        return {str(key): _map_texts(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(one, change) for one in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, int):
        # A number may be an id.
        text = change(str(value))
        return value if text == str(value) else text
    return change(str(value))


def _shorten(described: dict[str, Any], length: int) -> dict[str, Any]:
    """Cut the middle out of every text that takes more than ``length`` bytes."""
    shortened: dict[str, Any] = _map_texts(described, lambda text: _cut(text, length))
    return shortened


def _cut(text: str, length: int) -> str:
    """Cut the middle out of a text, so that it takes about ``length`` bytes in a line."""
    if len(_encode(text)) <= length:
        return text
    half = length // 2
    # A character takes up to twelve bytes. More than so many are never kept.
    head, tail = text[:half], text[-half:]
    while len(_encode(head)) > half:
        head = head[: len(head) * 3 // 4]
    while len(_encode(tail)) > half:
        tail = tail[len(tail) // 4 + 1 :]
    return f"{head} … {tail}"


def _encode(value: object) -> str:
    """Write a value as JSON, as pure ASCII, in one line."""
    return json.dumps(value, separators=(",", ":"))
