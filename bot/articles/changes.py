"""What changed between two readings of a folder, in the words of its editor: articles and sections."""

from collections import Counter
from dataclasses import dataclass

from bot.articles.library import Library
from bot.articles.model import Article

SectionName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles, and (id of the article, heading) of sections; the heading of a lead is empty.

    The sections of an article that was added or removed as a whole are not named one by one.
    """

    articles_added: tuple[str, ...]
    articles_changed: tuple[str, ...]
    articles_removed: tuple[str, ...]
    sections_added: tuple[SectionName, ...]
    sections_changed: tuple[SectionName, ...]
    sections_removed: tuple[SectionName, ...]

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.articles_added or self.articles_changed or self.articles_removed)


def compare(old: Library, new: Library) -> Changes:
    """Compare two libraries; articles are the same by id, sections by their headings."""
    before = {article.id: article for article in old.articles}
    after = {article.id: article for article in new.articles}
    changed = [
        name for name in after if name in before and after[name].sha256 != before[name].sha256
    ]
    added: list[SectionName] = []
    altered: list[SectionName] = []
    removed: list[SectionName] = []
    for name in changed:
        was, now = _sections(before[name]), _sections(after[name])
        added += [(name, path[-2]) for path in now if path not in was]
        altered += [(name, path[-2]) for path in now if path in was and now[path] != was[path]]
        removed += [(name, path[-2]) for path in was if path not in now]
    return Changes(
        articles_added=tuple(name for name in after if name not in before),
        articles_changed=tuple(changed),
        articles_removed=tuple(name for name in before if name not in after),
        sections_added=tuple(added),
        sections_changed=tuple(altered),
        sections_removed=tuple(removed),
    )


def _sections(article: Article) -> dict[tuple[str, ...], str]:
    """Give the text of each section by its path of headings; the path ends with a number that tells doubles apart."""
    seen: Counter[tuple[str, ...]] = Counter()
    texts: dict[tuple[str, ...], str] = {}
    for section in article.sections:
        path = (*section.parents, section.heading)
        texts[(*path, str(seen[path]))] = "\n".join(sentence.text for sentence in section.sentences)
        seen[path] += 1
    return texts
