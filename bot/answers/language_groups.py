"""The articles of a library by language, and the names of the arrays that each index is packed in.

In: a library. Out: a library for each of its languages, that of the main one first.
"""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from bot.articles.languages import DEFAULT_LANGUAGE, MIN_WORDS
from bot.articles.library import Library
from bot.articles.model import Article

Arrays = Mapping[str, NDArray[Any]]

# Between a language and the name of an array.
_SEPARATOR = "/"


def group_by_language(library: Library) -> list[tuple[str, Library]]:
    """Give each language (ISO 639-1) with its articles, in the order of the library.

    The main language, that of most articles, comes first, the others by name. An article too short
    to tell its language goes with the main one. An empty library is English.
    """
    languages = {article.language for article in library.articles}
    if len(languages) <= 1:
        return [(languages.pop() if languages else DEFAULT_LANGUAGE, library)]
    told = [article.language for article in library.articles if not _is_untold(article)]
    main = max(sorted(set(told)), key=told.count, default=DEFAULT_LANGUAGE)
    groups: dict[str, list[Article]] = {main: []}
    for article in library.articles:
        language = main if _is_untold(article) else article.language
        groups.setdefault(language, []).append(article)
    others = sorted(groups.keys() - {main})
    return [(language, Library(tuple(groups[language]), {})) for language in (main, *others)]


def name_arrays(arrays: Arrays, language: str) -> dict[str, NDArray[Any]]:
    """Give arrays under names that tell their language."""
    return {f"{language}{_SEPARATOR}{name}": array for name, array in arrays.items()}


def choose_arrays(arrays: Arrays, language: str) -> dict[str, NDArray[Any]]:
    """Give the arrays that ``name_arrays`` named; with an empty language, those it did not name."""
    chosen = {}
    for full_name, array in arrays.items():
        prefix, _, name = full_name.rpartition(_SEPARATOR)
        if prefix == language:
            chosen[name] = array
    return chosen


def _is_untold(article: Article) -> bool:
    """Say whether the language of an article may be a default: it has few words."""
    if article.language != DEFAULT_LANGUAGE:
        return False
    words = 0
    for section in article.sections:
        for sentence in section.sentences:
            words += len(sentence.plain.split())
            if words >= MIN_WORDS:
                return False
    return True
