"""Files that are handed to the evaluation: their text, and what is wrong with them.

In: a path. Out: its text, or an InputError that says what is wrong, where, and how to mend it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.texts import common
from bot.texts import evaluation as texts
from bot.visible import keep_visible


@dataclass(frozen=True, slots=True)
class InputFault:
    """What is wrong with a file, and how to mend it.

    Line and column are 1-based; both are 0 where the whole file is meant. The texts are cut to what
    people read.
    """

    file: str
    line: int
    column: int
    what: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Keep of each text what can be seen, and not more than people read."""
        object.__setattr__(self, "file", keep_visible(self.file, keep_end=True))
        object.__setattr__(self, "what", keep_visible(self.what))
        object.__setattr__(self, "hint", keep_visible(self.hint))

    def __str__(self) -> str:
        """Render as ``file:line:column: what (hint)``, which editors make clickable."""
        text = self.file
        if self.line:
            text += f":{self.line}:{self.column}"
        text += f": {self.what}"
        if self.hint:
            text += f" ({self.hint})"
        return text


class InputError(Exception):
    """All that is wrong with the files that were handed in: ``faults``."""

    def __init__(self, faults: Sequence[InputFault]) -> None:
        """Keep the faults; the message has one a line."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def read_text(path: Path, max_bytes: int) -> str:
    """Read a UTF-8 file of at most ``max_bytes``; raises InputError with its one fault."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise _file_error(path, common.UNREADABLE(reason=error.strerror)) from None
    if len(content) > max_bytes:
        what = texts.FILE_TOO_LARGE(size=max_bytes)
        raise _file_error(path, what, texts.FILE_TOO_LARGE_HINT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _file_error(path, texts.FILE_NOT_UTF8, texts.FILE_NOT_UTF8_HINT) from None


def _file_error(path: Path, what: str, hint: str = "") -> InputError:
    return InputError([InputFault(printable_name(path), 0, 0, what, hint)])


def printable_name(path: Path) -> str:
    """Give a path as text; bytes of it that are no UTF-8 become question marks."""
    return str(path).encode("utf-8", "replace").decode()
