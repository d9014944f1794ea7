"""The formats of articles: each module parses one, from text to blocks.

A further format is one module with its ``Format``, and one line in FORMATS. The endings of the
files that are read, the hints that name them and the fingerprint of saved libraries follow from
it.
"""

from collections.abc import Sequence

from bot.articles.formats.captions import CAPTIONS
from bot.articles.formats.format import Format
from bot.articles.formats.html_page import HTML
from bot.articles.formats.markdown import MARKDOWN
from bot.articles.formats.pdf import PDF
from bot.articles.formats.plain_text import PLAIN_TEXT
from bot.articles.formats.word import WORD
from bot.texts import problems as texts

__all__ = [
    "ARTICLE_SUFFIXES",
    "FORMATS",
    "FORMAT_PACKAGES",
    "UNREAD_PATTERNS",
    "Format",
    "describe_suffixes",
    "find_format",
]

FORMATS: tuple[Format, ...] = (
    MARKDOWN,
    PLAIN_TEXT,
    HTML,
    CAPTIONS,
    PDF,
    WORD,
)
ARTICLE_SUFFIXES = tuple(suffix for known in FORMATS for suffix in known.suffixes)
FORMAT_PACKAGES = tuple(package for known in FORMATS for package in known.packages)
UNREAD_PATTERNS = tuple(known.unread_pattern for known in FORMATS if known.unread_pattern)


def find_format(name: str) -> Format:
    """Give the format of a file by its name's ending, in capitals or not.

    Raises ValueError for an ending that is not among ARTICLE_SUFFIXES.
    """
    folded_name = name.lower()
    for known in FORMATS:
        if folded_name.endswith(known.suffixes):
            return known
    raise ValueError(f"{name} has none of the endings {ARTICLE_SUFFIXES}")


def describe_suffixes(formats: Sequence[Format] = FORMATS) -> str:
    """Name one ending of each format, as in ".md or .txt"; there is at least one format."""
    first_suffixes = [known.suffixes[0] for known in formats]
    *others, last = first_suffixes
    if not others:
        return last
    joined = texts.SEPARATOR.join(others)
    return texts.ALTERNATIVES(others=joined, last=last)
