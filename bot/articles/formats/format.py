"""What a format of articles is.

It has the endings of its files and the function that parses their text. It says which markup is no
text, and which packages decide what comes out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.articles.blocks import Draft
from bot.articles.lines import Lines
from bot.articles.model import Decoding
from bot.texts import problems as texts
from bot.texts.problems import ProblemText


class NotExtractedError(Exception):
    """A file has no text that can be taken out; ``text`` with its values says why."""

    def __init__(self, text: ProblemText, **values: Any) -> None:  # noqa: ANN401
        """Keep what people are told."""
        super().__init__(text.what(**values))
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file that is no text, and how it was taken out.

    ``draft`` is the text parsed, where its format knows more of it than the text shows; else the
    text is parsed as its format says. ``notes`` are what people are told, with its values.
    """

    text: str
    decoding: Decoding
    draft: Draft | None = None
    author: str = ""
    notes: Sequence[tuple[ProblemText, Mapping[str, Any]]] = ()


def name_extractor(package: str) -> str:
    """Name an installed package with its version, as in "pypdf 7.1.0"."""
    # Three megabytes that hardly any folder needs.
    from importlib.metadata import version  # noqa: PLC0415

    return f"{package} {version(package)}"


# Takes the file's name, its lines and the number of the line in which the body begins.
Parse = Callable[[str, Lines, int], Draft]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of articles.

    ``suffixes`` are endings of file names in lower case, with their dot; people are told the first.
    ``parse`` reads what follows the front matter; it never raises for what a text holds.
    ``unread_markup`` names the markup that is no text of the article. ``unread_pattern`` is a
    regular expression for such markup between characters that are text; empty where there is none.
    ``packages`` are the distributions whose version decides what comes out. ``no_text`` is what
    people are told of a file that holds none. A format that is no text has ``extract``, which
    raises NotExtractedError, and ImportError where what it needs, the package's ``extra``, is not
    installed. Its files may be ``size_factor`` times as large as others.
    """

    name: str
    suffixes: tuple[str, ...]
    parse: Parse
    unread_markup: tuple[str, ...] = ()
    unread_pattern: str = ""
    packages: tuple[str, ...] = ()
    no_text: ProblemText = texts.NO_TEXT
    extract: Callable[[bytes], Extracted] | None = None
    extra: str = ""
    size_factor: int = 1
