"""Look-up by name: which article or section somebody means by a name typed from memory.

In: a library and a name. Out: the articles or sections that fit, several where the name is
ambiguous. The first of these rules that finds anything decides:

1. the number of a section, or its reference ``article id#number``; the reference of an article;
2. the very name;
3. whole words of the name;
4. a part of the name;
5. the name nearest in spelling (RapidFuzz's weighted ratio).
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.answers.ids import article_id
from bot.answers.model import Place
from bot.answers.names import fold_name, fold_typed, list_names, quote_name
from bot.articles.library import Library
from bot.articles.model import Article, Section
from bot.texts.answers import (
    LEAD,
    NAME_ARTICLE_TOO,
    NO_SUCH_ARTICLE,
    NO_SUCH_SECTION,
    SECTION_OF_ARTICLE,
    WHICH_ARTICLE,
    WHICH_SECTION,
)

# Of 100: below this, names that have little in common are taken for each other.
_MIN_SIMILARITY = 80.0
# The text in front of the first heading has no name of its own. Lists show it under these, ...
_SHOWN_LEAD_NAMES = ("opening", "lead", "the lead")
# ... and it goes by these where no heading has them.
_LEAD_NAMES = ("introduction", "intro", "beginning")
_SECTION_NUMBER = re.compile(r"[0-9]{1,6}")
# With the number of a section this stays within what Discord takes as a value, 100 characters.
_MAX_REFERENCE_BYTES = 80
# A question back is read at a glance.
_MAX_NAMES = 12

Named = TypeVar("Named")


def find_articles(library: Library, name: str) -> list[Article]:
    """Find articles by reference, id or title; an empty name finds all."""
    if not name.strip():
        return list(library.articles)
    referenced = [article for article in library.articles if name_article(article) == name]
    if referenced:
        return referenced
    return _find_by_name(library.articles, name, _names_of_article)


def name_article(article: Article) -> str:
    """Give the reference by which ``find_articles`` finds exactly this article, in 80 bytes."""
    is_short = len(article.id.encode()) <= _MAX_REFERENCE_BYTES
    return article.id if is_short else article_id(article)


def name_place(article: Article, section: Section) -> str:
    """Give the reference by which ``find_sections`` finds exactly this section, in 100 bytes."""
    return f"{name_article(article)}#{section.number}"


def find_sections(articles: Sequence[Article], name: str) -> list[Place]:
    """Find sections of ``articles`` by reference, number or heading; "0" or "lead" is the lead.

    So is "Opening", and whatever else lists show it under.
    """
    places = _list_places(articles)
    referenced = [place for place in places if name_place(*place) == name]
    if referenced:
        return referenced
    is_number = _SECTION_NUMBER.fullmatch(name.strip()) is not None
    if is_number:
        return _find_by_number(places, int(name))
    typed = fold_typed(name)
    if typed in _SHOWN_LEAD_NAMES:
        # A heading of that very name comes first, one that only has the word does not.
        named = [place for place in places if fold_name(place[1].heading) == typed]
        found = named or _find_leads(places)
        if found:
            return found
    found = _find_by_name(places, name, _names_of_place)
    if not found and typed in _LEAD_NAMES:
        return _find_leads(places)
    return found


def choose_sections(library: Library, article: str, section: str) -> tuple[list[Place], str]:
    """Find the sections that are meant by two names; none and a question back if that is unclear.

    An empty ``section`` means all sections, an empty ``article`` all articles.
    """
    articles = find_articles(library, article)
    if article.strip() and len(articles) != 1:
        return [], _ask_which_article(article, articles or library.articles)
    if not section.strip():
        return _list_places(articles), ""
    places = find_sections(articles, section)
    if len(places) == 1:
        return places, ""
    if places:
        return [], _ask_which_of(section, places)
    return [], _ask_which_section(section, articles)


def _list_places(articles: Sequence[Article]) -> list[Place]:
    return [(article, section) for article in articles for section in article.sections]


def _find_by_number(places: Sequence[Place], number: int) -> list[Place]:
    return [(article, section) for article, section in places if section.number == number]


def _find_leads(places: Sequence[Place]) -> list[Place]:
    return [(article, section) for article, section in places if not section.heading]


def _ask_which_article(name: str, articles: Sequence[Article]) -> str:
    titles = [article.title for article in articles]
    if not titles:
        return NO_SUCH_ARTICLE(name=name)
    names = list_names(map(quote_name, titles), _MAX_NAMES)
    return WHICH_ARTICLE(len(titles), name=name, names=names)


def _ask_which_section(name: str, articles: Sequence[Article]) -> str:
    """Ask which section is meant where the name fits none."""
    headings = []
    for article in articles:
        headings += [section.heading for section in article.sections if section.heading]
    if not headings:
        return NO_SUCH_SECTION(name=name)
    names = list_names(map(quote_name, headings), _MAX_NAMES)
    return WHICH_SECTION(len(headings), name=name, names=names)


def _ask_which_of(name: str, places: Sequence[Place]) -> str:
    """Ask which of several sections is meant."""
    names = [
        SECTION_OF_ARTICLE(heading=_name_section(section), article_id=article.id)
        for article, section in places
    ]
    question = WHICH_SECTION(len(names), name=name, names=list_names(names, _MAX_NAMES))
    return question + NAME_ARTICLE_TOO()


def _name_section(section: Section) -> str:
    return quote_name(section.heading) if section.heading else LEAD()


def _find_by_name(
    choices: Sequence[Named], name: str, names_of: Callable[[Named], tuple[str, ...]]
) -> list[Named]:
    """Find the choices that one of their names fits best."""
    typed = fold_typed(name)
    folded_names = [[fold_name(one) for one in names_of(choice)] for choice in choices]
    rules = (_is_same, _has_words, _has_part) if typed else ()
    for fits in rules:
        found = []
        for choice, names in zip(choices, folded_names, strict=True):
            if any(fits(typed, one) for one in names):
                found.append(choice)
        if found:
            return found
    return _find_nearest(choices, folded_names, typed)


def _names_of_article(article: Article) -> tuple[str, ...]:
    return article.id, article.title


def _names_of_place(place: Place) -> tuple[str, ...]:
    _, section = place
    return (section.heading,)


def _is_same(typed: str, name: str) -> bool:
    return name == typed


def _has_words(typed: str, name: str) -> bool:
    return f" {typed} " in f" {name} "


def _has_part(typed: str, name: str) -> bool:
    return typed in name


def _find_nearest(
    choices: Sequence[Named], folded_names: Sequence[Sequence[str]], typed: str
) -> list[Named]:
    """Find the choices nearest in spelling, several if equally near; none if none is near."""
    # Few names are misspelt, so rapidfuzz, which takes 3 MB, is imported when one is.
    from rapidfuzz import fuzz  # noqa: PLC0415

    nearest: list[Named] = []
    best = _MIN_SIMILARITY
    for choice, names in zip(choices, folded_names, strict=True):
        if not any(names):
            continue
        similarity = max(fuzz.WRatio(typed, name) for name in names)
        if similarity > best:
            nearest = []
            best = similarity
        if similarity == best:
            nearest.append(choice)
    return nearest
