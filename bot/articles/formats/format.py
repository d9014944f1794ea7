"""What a format of articles is.

It has the endings of its files and the function that parses their text. It says which markup is no
text, and which packages decide what comes out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.articles.blocks import Draft
from bot.articles.lines import Lines

# Takes the file's name, its lines and the number of the line in which the body begins.
Parse = Callable[[str, Lines, int], Draft]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of articles.

    ``suffixes`` are endings of file names in lower case, with their dot; people are told the first.
    ``parse`` reads what follows the front matter; it never raises for what a text holds.
    ``unread_markup`` names the markup that is no text of the article. ``unread_pattern`` is a
    regular expression for such markup between characters that are text; empty where there is none.
    ``packages`` are the distributions whose version decides what comes out.
    """

    name: str
    suffixes: tuple[str, ...]
    parse: Parse
    unread_markup: tuple[str, ...] = ()
    unread_pattern: str = ""
    packages: tuple[str, ...] = ()
