"""Faults of the program while it reads a file: each costs that file alone, and is reported.

In: a file's name and the function that reads it. Out: what the function returns or, where it
raised, an Incident. An Incident has no text of the file, but the kind of the exception and where
it was raised. Nothing here writes to a log.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath
from traceback import walk_tb
from types import CodeType
from typing import TypeVar

from bot.articles.model import Problem
from bot.articles.problems import make_error
from bot.texts import problems as texts

Value = TypeVar("Value")

# Innermost calls that are named: enough to see which rule of a parser failed on behalf of whom.
_CALLS = 6
# Six hexadecimal digits: short enough to be told on the telephone.
_ID_BYTES = 3


@dataclass(frozen=True, slots=True)
class Incident:
    """A fault of the program while it read ``file``.

    ``id`` is six hexadecimal digits, the same for the same fault in the same file. ``kind`` is the
    exception's class. ``raised_at`` are the innermost calls, the outermost of them first, such as
    ``markdown.py:220 in _check_links``.
    """

    id: str
    file: str
    kind: str
    raised_at: tuple[str, ...]

    def __str__(self) -> str:
        """Render as one line for a log."""
        calls = " > ".join(self.raised_at)
        return f"incident {self.id} while reading {self.file}: {self.kind} at {calls}"

    @property
    def problem(self) -> Problem:
        """What the file's editor is told."""
        return make_error(texts.INCIDENT, self.file, id=self.id)


Report = Callable[[Incident], None]


def contain(file: str, read: Callable[[], Value]) -> Value | Incident:
    """Call ``read``; give what it returns, or the incident where it raises any Exception.

    Too deep a recursion and too little memory are among them: both are over when the reading has
    been given up.
    """
    try:
        return read()
    except Exception as error:  # noqa: BLE001 (what goes wrong with one file spares the others)
        kind = type(error).__name__
        raised_at = _innermost_calls(error)
    fault = repr((file, kind, raised_at))
    digest = blake2b(fault.encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES)
    return Incident(digest.hexdigest(), file, kind, raised_at)


def _innermost_calls(error: Exception) -> tuple[str, ...]:
    calls = deque(walk_tb(error.__traceback__), maxlen=_CALLS)
    return tuple(_describe_call(frame.f_code, line) for frame, line in calls)


def _describe_call(code: CodeType, line: int) -> str:
    module = PurePath(code.co_filename).name
    return f"{module}:{line} in {code.co_name}"
