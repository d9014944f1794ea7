"""The translations of the texts: one file of gettext a language, read when it is first needed.

In: an English text. Out: its translation into the language of this moment, or the English where
there is none. Translators edit the .po files; ``scripts/translations.py`` compiles them to the .mo
files that are read here, which takes a twentieth of the time. Looking up and choosing the form of a
number are those of the standard library's ``gettext``.
"""

import gettext
from functools import cache
from importlib import resources

from bot.texts.languages import ENGLISH, current_language

FOLDER = "translations"


@cache
def load(language: str) -> gettext.NullTranslations:
    """Load the translations into a language other than English."""
    file = resources.files(__package__) / FOLDER / f"{language}.mo"
    with file.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def forget_translations() -> None:
    """Let go of all that was loaded; what is needed is loaded again."""
    load.cache_clear()


def find_text(english: str, context: str = "") -> str:
    """Give the translation of a text into the language of this moment."""
    language = current_language()
    if language == ENGLISH or not english:
        return english
    catalogue = load(language)
    return catalogue.pgettext(context, english) if context else catalogue.gettext(english)


def find_plural(one: str, other: str, count: int, context: str) -> str:
    """Give the form for ``count`` things, in the language of this moment."""
    language = current_language()
    if language == ENGLISH:
        return one if count == 1 else other
    catalogue = load(language)
    if context:
        return catalogue.npgettext(context, one, other, count)
    return catalogue.ngettext(one, other, count)
