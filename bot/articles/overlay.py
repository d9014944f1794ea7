"""Files that are read as though they lay in a folder: a change that is tried before it is made.

In: contents by name. Out: the names that the folder would hold with them. Nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.articles.formats import ARTICLE_SUFFIXES


@dataclass(frozen=True, slots=True)
class Overlay:
    """What some files of a folder would be, by name; None for a file that would be gone.

    A name is a posix path relative to the folder.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Say whether any file would be another one."""
        return bool(self.files)

    def list_articles(self, names: Iterable[str]) -> list[str]:
        """Give the names of the articles that there would be, where there are ``names`` now."""
        added = [
            name
            for name, content in self.files.items()
            if content is not None and name.lower().endswith(ARTICLE_SUFFIXES)
        ]
        kept = [name for name in names if name not in self.files]
        return sorted([*kept, *added])
