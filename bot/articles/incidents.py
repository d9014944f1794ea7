"""A fault of the program while it reads a file: kept to that file, told to who can mend it.

In: a file's name and what reads it. Out: what the reading gives; or, where it raised, an Incident:
no text of the file, but the kind of the exception and where it was raised. Nothing here writes to
a log.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath
from traceback import walk_tb
from typing import TypeVar

from bot.articles.model import Problem

Value = TypeVar("Value")

# Innermost calls that are named: enough to see which rule of a parser failed on behalf of whom.
_CALLS = 6


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
        what = f"can't be read because of a fault in the program (incident {self.id})"
        hint = "tell who runs the program this number: its log says more"
        return Problem(self.file, 1, 0, "error", what, hint)


Report = Callable[[Incident], None]


def contain(file: str, read: Callable[[], Value]) -> Value | Incident:
    """Call ``read``; give what it returns, or the incident where it raises any Exception.

    Too deep a recursion and too little memory are among them: both are over when the reading has
    been given up.
    """
    try:
        return read()
    except Exception as error:  # noqa: BLE001 (whatever goes wrong with one file, the others are served)
        kind = type(error).__name__
        raised_at = _innermost_calls(error)
    fault = repr((file, kind, raised_at)).encode("utf-8", "surrogatepass")
    return Incident(blake2b(fault, digest_size=3).hexdigest(), file, kind, raised_at)


def _innermost_calls(error: Exception) -> tuple[str, ...]:
    calls = deque(walk_tb(error.__traceback__), maxlen=_CALLS)
    codes = [(frame.f_code, line) for frame, line in calls]
    return tuple(
        f"{PurePath(code.co_filename).name}:{line} in {code.co_name}" for code, line in codes
    )
