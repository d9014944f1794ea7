"""The languages that texts are shown in, and which one the reader of this moment reads.

In: a locale of Discord's. Out: one of ``LANGUAGES``, in English where it is none of them. The
language is a context variable: whatever is begun while an event is served, in threads too if they
are handed the context, speaks the language of who is served.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "uk", "ru", "de", "fr", "es", "pl", "tr")
# What each is called by those who speak it.
LANGUAGE_NAMES: Final = {
    ENGLISH: "English",
    "uk": "Українська",
    "ru": "Русский",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pl": "Polski",
    "tr": "Türkçe",
}

_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


def current_language() -> str:
    """Give the language that texts are shown in now (ISO 639-1)."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Show texts in a language, one of ``LANGUAGES``, until the end of the ``with``."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def find_language(*locales: str | None) -> str:
    """Give the language of the first of these locales, such as "es-419", that is one of ours."""
    for locale in locales:
        language = (locale or "").partition("-")[0]
        if language in LANGUAGES:
            return language
    return ENGLISH
