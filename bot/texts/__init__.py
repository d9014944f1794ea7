"""Texts that people read, apart from the code that shows them, in the language of the reader.

There is one module a surface: ``cards`` in Discord, ``terminal``, ``problems`` of files and others;
``common`` has what several of them show. They stand here in English; ``translations`` holds the
other languages. A text is translated when it is filled in, into the language of ``languages``.

What varies in a text has a name in braces, as in ``str.format``. What is counted has a form for one
and a form for others.
Nothing here is escaped: who shows a text makes what it fills in inert first.
"""

from bot.texts.catalogues import find_plural, find_text
from bot.texts.filling import fill
from bot.texts.languages import LANGUAGES, speaking

# Marks behind which no full stop stands.
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")


class Text:
    """A text that is read at once; called with the values of its placeholders, it is shown.

    It is no ``str``, so that none is shown without having been translated.
    """

    __slots__ = ("context", "english")

    def __init__(self, english: str, context: str = "") -> None:
        """Say it in English. ``context`` tells it from another text of the same words."""
        self.english = english
        self.context = context

    def __call__(self, **values: object) -> str:
        """Fill in the placeholders. Raises KeyError for one that has no value."""
        return fill(self.template, values)

    def __str__(self) -> str:
        return self()

    @property
    def template(self) -> str:
        """The text with its placeholders, in the language of this moment."""
        return find_text(self.english, self.context)

    def in_all_languages(self) -> frozenset[str]:
        """Give a text without placeholders in each language: for what is to be recognised."""
        shown = set()
        for language in LANGUAGES:
            with speaking(language):
                shown.add(self())
        return frozenset(shown)


class EnglishText(str):
    """A text that is logged, kept or printed: in English, whoever is being served meanwhile.

    What is shown in Discord all the same is translated there, by ``retelling``.
    """

    __slots__ = ()

    def __call__(self, **values: object) -> str:
        """Fill in the placeholders. Raises KeyError for one that has no value."""
        return self.format(**values)


def end_sentence(text: str) -> str:
    """Put a full stop behind a text that ends with a name, unless the name ends a sentence."""
    return text if text.rstrip().endswith(_SENTENCE_ENDS) else f"{text}."


class Plural:
    """A text about a number of things; ``{count}`` is the number in all forms."""

    __slots__ = ("context", "one", "other")

    def __init__(self, one: str, other: str, context: str = "") -> None:
        """Say it in English, of one and of others; ``context`` is as in ``Text``."""
        self.one = one
        self.other = other
        self.context = context

    def __call__(self, count: int, **values: object) -> str:
        """Give the form for ``count``, filled in. Raises KeyError where a value is missing."""
        template = find_plural(self.one, self.other, count, self.context)
        return fill(template, {"count": count, **values})


class EnglishPlural(Plural):
    """As ``EnglishText``, about a number of things."""

    __slots__ = ()

    def __call__(self, count: int, **values: object) -> str:
        """Give the form for ``count``, filled in. Raises KeyError where a value is missing."""
        template = self.one if count == 1 else self.other
        return template.format(count=count, **values)
