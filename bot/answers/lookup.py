"""Which article or section somebody means by a name typed from memory.

The first of these that finds anything decides: the number; the very name; a part of the name; the name
nearest in spelling. What is found may be several, and then the asker has to choose.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

from bot.articles.library import Library
from bot.articles.model import Article, Section
from bot.search.analysis.analyzer import fold, tokenize

_NEAR = 80
_LEAD = ("lead", "introduction", "intro")

Place = tuple[Article, Section]
Named = TypeVar("Named")


def find_articles(library: Library, name: str) -> list[Article]:
    """Find articles by id or title; an empty name finds all."""
    if not name.strip():
        return list(library.articles)
    return _by_name(library.articles, name, lambda article: (article.id, article.title))


def name_place(article: Article, section: Section) -> str:
    """Name a section so that ``find_sections`` finds exactly it: ``id of the article#number``."""
    return f"{article.id}#{section.number}"


def find_sections(articles: Sequence[Article], name: str) -> list[Place]:
    """Find sections by place, number or heading among ``articles``; "0" or "lead" is the lead."""
    sections = [(article, section) for article in articles for section in article.sections]
    if placed := [
        (article, section) for article, section in sections if name_place(article, section) == name
    ]:
        return placed
    if re.fullmatch(r"[0-9]{1,6}", name.strip()):
        return [(article, section) for article, section in sections if section.number == int(name)]
    found = _by_name(sections, name, lambda place: (place[1].heading,))
    if not found and fold_typed(name) in _LEAD:
        return [(article, section) for article, section in sections if section.number == 0]
    return found


def choose_sections(library: Library, article: str, section: str) -> tuple[list[Place], str]:
    """Find what somebody wants to see; nothing, and a question back, where that is not clear.

    Without a section all sections are meant, without an article all articles.
    """
    articles = find_articles(library, article)
    if article.strip() and len(articles) != 1:
        return [], _which("article", article, [one.title for one in articles or library.articles])
    if not section.strip():
        return [(one, part) for one in articles for part in one.sections], ""
    found = find_sections(articles, section)
    if len(found) == 1:
        return found, ""
    if found:
        names = [f"{part.heading or 'the lead'} ({one.id})" for one, part in found]
        return [], _which("section", section, names) + " Name its article too."
    return [], _which(
        "section",
        section,
        [part.heading for one in articles for part in one.sections if part.heading],
    )


def _which(noun: str, name: str, names: Sequence[str]) -> str:
    listed = "; ".join(names[:12]) + ("; …" if len(names) > 12 else "")
    return (
        f"Which {noun} is “{name}”? There is: {listed}."
        if names
        else f"There is no {noun} “{name}”."
    )


def _by_name(
    choices: Sequence[Named], name: str, names_of: Callable[[Named], tuple[str, ...]]
) -> list[Named]:
    query = fold_typed(name)
    folded = [(choice, [fold_name(one) for one in names_of(choice)]) for choice in choices]
    for fits in (
        lambda one: one == query,
        lambda one: f" {query} " in f" {one} ",
        lambda one: query in one,
    ):
        if found := [choice for choice, names in folded if query and any(map(fits, names))]:
            return found
    near = [
        (max(fuzz.WRatio(query, one) for one in names), choice)
        for choice, names in folded
        if any(names)
    ]
    best = max((likeness for likeness, _ in near), default=0)
    return [choice for likeness, choice in near if likeness == best >= _NEAR]


def fold_typed(text: str) -> str:
    """Fold what somebody typed to its words, so that case, accents and marks do not count; it is not kept anywhere."""
    return " ".join(map(fold, tokenize(text)))


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Fold the name of an article or a section likewise, each but once."""
    return fold_typed(name)
