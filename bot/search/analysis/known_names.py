"""Names that are names however they are typed: of countries, their people and capitals, of bodies.

In: a word or phrase, folded or not, and the language of a collection. Out: whether it is one or has
one. They are those of the thesaurus, which only English has.
"""

import re
from collections.abc import Iterator, Set
from functools import cache

from bot.search.analysis.synonyms import read_builtin_text
from bot.search.analysis.tokens import fold

_LANGUAGE = "en"
# An entry of one word, from one comma or line to the next.
_ENTRY = re.compile(r"(?<=, |  )[A-Z][\w-]+(?=[,\n])")
# An abbreviation, and behind it what it stands for.
_ABBREVIATION = re.compile(r"^  ([A-Z]{2,}), ([^\n]*)", re.MULTILINE)
# What bodies are called, and states: "EU, european union", but not "DVD, digital video disc".
_BODY = re.compile(
    r"\b(?:union|nations|organi[sz]ation|agency|council|bank|fund|court|kingdom|states|alliance"
    r"|association|treaty|committee|commission|federation|republic)\b"
)
# In small letters these are other words.
_ORDINARY = frozenset(
    """
    beehive chad chile china dane finn georgia jordan lao lima male mali ngo nice pole polish swede
    turkey who
    """.split()
)


@cache
def known_names(language: str) -> Set[str]:
    """Give the folded names that are known in a language."""
    if language != _LANGUAGE:
        return frozenset()
    return frozenset(map(fold, _list_names())) - _ORDINARY


def is_known_name(words: str, language: str) -> bool:
    """Say whether a word is a name, or a phrase has one: "french foreign ministry"."""
    return not known_names(language).isdisjoint(map(fold, words.split()))


def _list_names() -> Iterator[str]:
    yield from _ENTRY.findall(read_builtin_text("countries"))
    for abbreviation, meaning in _ABBREVIATION.findall(read_builtin_text("names")):
        if _BODY.search(meaning):
            yield abbreviation
