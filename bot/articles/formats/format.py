"""What a format of articles is.

It has the endings of its files and the function that parses their text. It says which markup is no
text, and which packages decide what comes out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.articles.blocks import Draft
from bot.articles.lines import Lines
from bot.texts import problems as texts
from bot.texts.problems import ProblemText

# Takes the file's name, its lines and the number of the line in which the body begins.
Parse = Callable[[str, Lines, int], Draft]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of articles.

    ``suffixes`` are endings of file names in lower case, with their dot; people are told the first.
    ``parse`` reads what follows the front matter; it never raises for what a text holds.
    ``unread_markup`` names the markup that is no text of the article. ``packages`` are the
    distributions whose version decides what comes out. ``no_text`` is what people are told of a
    file that holds none.
    """

    name: str
    suffixes: tuple[str, ...]
    parse: Parse
    unread_markup: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    no_text: ProblemText = texts.NO_TEXT
