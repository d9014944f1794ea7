"""Write warnings and errors that repeat themselves as one line.

In: records. Out: the first of a kind at once; how many others came within a minute, as one line
more. Each incident keeps its number in a line: people were told it.

Of a kind are records of the same logger and level, with the same message but for an incident's
number, and with errors of the same type from the same line of the program.
"""

import logging
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TextIO

_WINDOW_S = 60.0
# One line has room for the numbers of so many incidents.
_MOST_INCIDENTS = 100
# More kinds at a time would be no repetition.
_MOST_KINDS = 500

# Stands in the line in place of what could not be written.
_UNWRITABLE = "a record could not be written"


class _Kind(NamedTuple):
    """What records that repeat each other have in common; ``origin``: a file and a line in it.

    Nothing of a record itself is kept, which holds the frames of its error with all their values.
    """

    logger: str
    level: int
    message: str
    error: type[BaseException] | None
    origin: tuple[str, int]


@dataclass(slots=True)
class _Folded:
    """What came of one kind since its first record."""

    since_s: float
    count: int = 0
    incidents: list[str] = field(default_factory=list)


class FoldingHandler(logging.StreamHandler[TextIO]):
    """Writes to a stream, each kind of warning once a minute."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Write to ``stream``; ``clock`` gives seconds, and never goes back."""
        super().__init__(stream)
        self._clock = clock
        self._folded: dict[_Kind, _Folded] = {}
        self._timer: threading.Timer | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or count it; the handler's lock is held meanwhile."""
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        self._write_due()
        kind = _find_kind(record)
        folded = self._folded.get(kind)
        if folded is None:
            super().emit(record)
            self._begin(kind)
            return
        folded.count += 1
        incident = find_incident(record)
        if incident:
            folded.incidents.append(incident)
        if len(folded.incidents) >= _MOST_INCIDENTS:
            self._write_folded(kind, folded)
        self._start_timer()

    def close(self) -> None:
        """Write what is still folded."""
        self.acquire()
        try:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            for kind, folded in self._folded.items():
                self._write_folded(kind, folded)
            self._folded.clear()
        finally:
            self.release()
        super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging calls it so)
        """Say in a line that a record could not be written; Python would print all it holds."""
        fault = logging.LogRecord(
            record.name, logging.ERROR, record.pathname, record.lineno, _UNWRITABLE, None, None
        )
        try:
            self.stream.write(self.format(fault) + self.terminator)
            self.flush()
        except (OSError, ValueError):
            # There is nowhere left to say it.
            return

    def _begin(self, kind: _Kind) -> None:
        """Count what will come of a kind from now on."""
        if len(self._folded) >= _MOST_KINDS:
            oldest = next(iter(self._folded))
            self._write_folded(oldest, self._folded.pop(oldest))
        self._folded[kind] = _Folded(self._clock())

    def _start_timer(self) -> None:
        """See that what is folded is written in the end, even if nothing more comes."""
        if self._timer is None:
            self._timer = threading.Timer(_WINDOW_S, self._end_timer)
            self._timer.daemon = True
            self._timer.start()

    def _end_timer(self) -> None:
        self.acquire()
        try:
            self._timer = None
            self._write_due()
            if any(folded.count for folded in self._folded.values()):
                self._start_timer()
        finally:
            self.release()

    def _write_due(self) -> None:
        """Write, of the kinds whose minute is over, how many came."""
        now_s = self._clock()
        due = [kind for kind, one in self._folded.items() if now_s >= one.since_s + _WINDOW_S]
        for kind in due:
            self._write_folded(kind, self._folded.pop(kind))

    def _write_folded(self, kind: _Kind, folded: _Folded) -> None:
        """Write how many came since the last time, if any did."""
        if not folded.count:
            return
        message = f"{folded.count} more like this: {kind.message}"
        record = logging.LogRecord(kind.logger, kind.level, "", 0, message, None, None)
        fields: dict[str, object] = {"repeated": folded.count}
        if folded.incidents:
            fields["incidents"] = folded.incidents
        record.fields = fields
        folded.count = 0
        folded.incidents = []
        super().emit(record)


def find_incident(record: logging.LogRecord) -> str:
    """Return the number of the incident that a record tells of; "" where it tells of none."""
    return str(getattr(record, "incident", ""))


def _describe(record: logging.LogRecord) -> str:
    """Return what a record says, without an incident's number."""
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 (whatever it raises: to log may never fail)
        return _UNWRITABLE
    incident = find_incident(record)
    return re.sub(f"incident {incident}:? ", "", message) if incident else message


def _find_kind(record: logging.LogRecord) -> _Kind:
    """Return what a record has in common with those like it."""
    error = record.exc_info[1] if record.exc_info else None
    kind = type(error) if error is not None else None
    return _Kind(record.name, record.levelno, _describe(record), kind, _find_origin(error))


def _find_origin(error: BaseException | None) -> tuple[str, int]:
    """Return the file and line where an error was raised."""
    trace = error.__traceback__ if error is not None else None
    if trace is None:
        return "", 0
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename, trace.tb_lineno
