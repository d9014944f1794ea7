"""Which article or section somebody means by a name typed from memory.

The first of these that finds anything decides: the number; the very name; a part of the name; the name
nearest in spelling. What is found may be several, and then the asker has to choose.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from bot.articles.library import Library
from bot.articles.model import Article, Section
from bot.search.terms import find_words, fold

_NEAR = 80
_LEAD = ("lead", "introduction", "intro")

Named = TypeVar("Named")


def find_articles(library: Library, name: str) -> list[Article]:
    """Find articles by id or title; an empty name finds all."""
    if not name.strip():
        return list(library.articles)
    return _by_name(library.articles, name, lambda article: (article.id, article.title))


def find_sections(articles: Sequence[Article], name: str) -> list[tuple[Article, Section]]:
    """Find sections by number or heading among ``articles``; "0" or "lead" is the lead."""
    sections = [(article, section) for article in articles for section in article.sections]
    if name.strip().isdecimal():
        return [(article, section) for article, section in sections if section.number == int(name)]
    found = _by_name(sections, name, lambda place: (place[1].heading,))
    if not found and _folded(name) in _LEAD:
        return [(article, section) for article, section in sections if section.number == 0]
    return found


def _by_name(choices: Sequence[Named], name: str, names_of: Callable[[Named], tuple[str, ...]]) -> list[Named]:
    wanted = _folded(name)
    folded = [(choice, [_folded(one) for one in names_of(choice)]) for choice in choices]
    for fits in (
        lambda one: one == wanted,
        lambda one: f" {wanted} " in f" {one} ",
        lambda one: wanted in one,
    ):
        if found := [choice for choice, names in folded if wanted and any(map(fits, names))]:
            return found
    near = [(max(fuzz.WRatio(wanted, one) for one in names), choice) for choice, names in folded if any(names)]
    best = max((likeness for likeness, _ in near), default=0)
    return [choice for likeness, choice in near if likeness == best >= _NEAR]


def _folded(text: str) -> str:
    return " ".join(map(fold, find_words(text)))
