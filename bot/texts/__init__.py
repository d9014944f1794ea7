"""Texts that people read, apart from the code that shows them, so that they can be translated.

One module a surface: ``cards`` and ``messages`` in Discord, ``terminal``, ``problems`` of files, ``answers``. What
varies in a text has a name in braces, as in ``str.format``. What is counted has a form for one and one for others.
Nothing here is escaped: who shows a text makes what it fills in inert first.
"""

from dataclasses import dataclass


class Text(str):
    """A text; called with the values of its placeholders, it gives the text that is shown."""

    __slots__ = ()

    def __call__(self, **values: object) -> str:
        """Fill in the placeholders. Raises KeyError for one that has no value."""
        return self.format(**values)


@dataclass(frozen=True, slots=True)
class Plural:
    """A text about a number of things; ``{count}`` is the number in both forms."""

    one: str
    other: str

    def __call__(self, count: int, **values: object) -> str:
        """Give the form for ``count``, filled in. Raises KeyError for a placeholder without a value."""
        template = self.one if count == 1 else self.other
        return template.format(count=count, **values)
