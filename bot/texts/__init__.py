"""Texts that people read, apart from the code that shows them, so that they can be translated.

There is one module a surface: ``cards`` in Discord, ``terminal``, ``problems`` of files and others;
``common`` has what several of them show.
What varies in a text has a name in braces, as in ``str.format``. What is counted has a form for one
and a form for others.
Nothing here is escaped: who shows a text makes what it fills in inert first.
"""

from dataclasses import dataclass

# Marks behind which no full stop stands.
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")


class Text(str):
    """A text; called with the values of its placeholders, it gives the text that is shown."""

    __slots__ = ()

    def __call__(self, **values: object) -> str:
        """Fill in the placeholders. Raises KeyError for one that has no value."""
        return self.format(**values)


def end_sentence(text: str) -> str:
    """Put a full stop behind a text that ends with a name, unless the name ends a sentence."""
    return text if text.rstrip().endswith(_SENTENCE_ENDS) else f"{text}."


@dataclass(frozen=True, slots=True)
class Plural:
    """A text about a number of things; ``{count}`` is the number in both forms."""

    one: str
    other: str

    def __call__(self, count: int, **values: object) -> str:
        """Give the form for ``count``, filled in. Raises KeyError where a value is missing."""
        template = self.one if count == 1 else self.other
        return template.format(count=count, **values)
