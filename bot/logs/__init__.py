"""Logging of the running bot: pleasant lines on a terminal, one JSON object a line elsewhere.

In: the records of all loggers, and what Python itself would print (uncaught errors, warnings). Out:
lines on standard error. Whatever a library or a member's message puts into a record, no token and
no id of Discord's is logged, no line looks like another, and what repeats itself is folded.
"""

import logging
import os
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TextIO

from bot.logs.folding import FoldingHandler
from bot.logs.lines import JsonFormatter, TerminalFormatter
from bot.logs.redaction import Redaction

__all__ = ["set_up"]

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}
# What this program itself logs stands below this logger.
_OWN = "bot"

_log = logging.getLogger(__name__)


def set_up(
    secret: str, level: str = "info", form: str = "auto", other_secrets: Sequence[str] = ()
) -> None:
    """Log to standard error, with ``secret``, the bot's token, and others left out.

    ``level`` is "debug", "info" or "warning". It holds for this program; a library logs INFO at the
    lowest, because below that discord.py logs what members write. ``form`` is "text", "json", or
    "auto": text on a terminal, JSON elsewhere.
    """
    handler = FoldingHandler(sys.stderr)
    redaction = Redaction(secret, *other_secrets)
    handler.setFormatter(_make_formatter(redaction, form, sys.stderr))
    logging.basicConfig(level=max(_LEVELS[level], logging.INFO), handlers=[handler], force=True)
    logging.getLogger(_OWN).setLevel(_LEVELS[level])
    hush_readers()
    _take_over()


def hush_readers() -> None:
    """Let what reads documents say nothing: of a damaged one its editor is told as a problem."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def _make_formatter(redaction: Redaction, form: str, stream: TextIO) -> logging.Formatter:
    is_terminal = stream.isatty()
    if form == "json" or (form == "auto" and not is_terminal):
        return JsonFormatter(redaction)
    has_colours = is_terminal and "NO_COLOR" not in os.environ
    return TerminalFormatter(redaction, has_colours=has_colours)


def _take_over() -> None:
    """Log what Python would print by itself, past every filter."""
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread_error
    logging.captureWarnings(capture=True)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("an error that nothing catches", exc_info=(kind, error, trace))


def _log_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    """Log an error that came up where none can be raised, such as in a finalizer."""
    error = unraisable.exc_value
    _log.error("an error that nothing can catch", exc_info=error)


def _log_thread_error(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    if error is not None and not isinstance(error, SystemExit):
        _log.error("an error that ended a thread", exc_info=error)
