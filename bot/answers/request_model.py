"""The values of requests: what is asked for, and the words by which a language asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# A summary, or a fact about the articles: whether they mention something is "mentions", and what
# only the title of one says is "title".
Aspect = Literal[
    "summary",
    "author",
    "date",
    "source",
    "length",
    "articles",
    "sections",
    "language",
    "mentions",
    "title",
]


@dataclass(frozen=True, slots=True)
class RequestWords:
    """The words of one language, as lines of templates (``request_templates``).

    ``polite_first`` and ``polite_last`` may stand around every request, ``giving_first`` in front
    of one for something that is given ("give me"). ``asker`` are the words by which people speak of
    themselves: what stands beside a request with one of them is an excuse. ``numbers`` are those
    from one to ten, each in one word.
    """

    macros: Mapping[str, str]
    templates: Mapping[Aspect, str]
    polite_first: str
    polite_last: str
    giving_first: str
    asker: str
    numbers: str = ""
    has_blanks: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """What a text asks for by its form alone.

    ``topic`` is what it is asked for of, or what is to be mentioned; ``name`` what must be the name
    of an article or a section; ``subject`` what the article must be about; ``rest`` what may narrow
    it down. Each is empty where nothing is said. ``noun`` is a word for an article that may mean
    something else ("the report"), ``is_weak`` where it mostly does. ``is_part`` says that the
    topic is expressly of a part. ``has_pronoun``: "it" is all that names the article;
    ``is_loose``: and the article is meant only where it was spoken of before. ``sentences`` is how
    many a summary shall have, 0 where that is left open.
    """

    aspect: Aspect
    topic: str = ""
    name: str = ""
    subject: str = ""
    rest: str = ""
    noun: str = ""
    is_weak: bool = False
    is_part: bool = False
    has_pronoun: bool = False
    is_loose: bool = False
    sentences: int = 0
