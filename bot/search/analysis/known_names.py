"""Names that are names however they are typed: of countries, their people, capitals and bodies.

In: the language of an analyzer. Out: the terms of what the thesaurus writes with a capital letter:
the countries, and abbreviations that are no words ("EU"). Only English has a thesaurus.
"""

import re
from collections.abc import Iterator, Set
from functools import cache

from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.synonyms import read_builtin_text
from bot.search.analysis.tokens import fold
from bot.search.analysis.word_frequencies import frequencies_of

_LANGUAGE = "en"
# An entry of one word, from one comma or line to the next.
_ENTRY = re.compile(r"(?<=, |  )[A-Z][\w-]+(?=[,\n])")


@cache
def known_names(language: str) -> Set[str]:
    """Give the terms of the names that are known in a language."""
    if language != _LANGUAGE:
        return frozenset()
    terms = map(get_analyzer(language).term, _list_names())
    return frozenset(filter(None, terms))


def is_known_name(term: str, language: str) -> bool:
    """Say whether a term is a name, or a phrase with one: "french foreign ministry"."""
    return not known_names(language).isdisjoint(term.split(" "))


def _list_names() -> Iterator[str]:
    yield from _ENTRY.findall(read_builtin_text("countries"))
    ordinary_words = frequencies_of(_LANGUAGE).words
    for name in _ENTRY.findall(read_builtin_text("names")):
        if fold(name) not in ordinary_words:
            yield name
