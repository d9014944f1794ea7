"""What changed between two readings of a folder: articles and their sections.

In: the library before and after. Out: ids of articles and headings of sections. Articles are the
same by id, sections by the path of their headings; a section changed if its text did. An article
whose file is the same to the byte under another id was renamed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.articles.library import Library
from bot.articles.model import Article

# The id of an article, and a heading in it.
SectionName = tuple[str, str]
# Headings from the outermost to the section's own, and how many equal paths came before it.
_Path = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that changed: its title, and its first words."""

    title: str
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles, and (id of the article, heading) of sections; "" is the heading of a lead.

    The sections of an article that was added or removed as a whole are not named one by one.
    ``articles`` says more of each article that was added, changed, removed or renamed, by its id;
    ``articles_renamed`` has the ids before and after.
    """

    articles_added: tuple[str, ...]
    articles_changed: tuple[str, ...]
    articles_removed: tuple[str, ...]
    sections_added: tuple[SectionName, ...]
    sections_changed: tuple[SectionName, ...]
    sections_removed: tuple[SectionName, ...]
    articles: Mapping[str, ArticleChange] = field(default_factory=dict)
    articles_renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        one_by_one = self.articles_added or self.articles_changed or self.articles_removed
        return bool(one_by_one or self.articles_renamed)


class _SectionChanges(NamedTuple):
    added: list[SectionName]
    changed: list[SectionName]
    removed: list[SectionName]


def compare(old: Library, new: Library) -> Changes:
    """Compare two libraries.

    What was added or changed comes in the new library's order, what was removed in the old one's.
    """
    old_articles = {article.id: article for article in old.articles}
    new_articles = {article.id: article for article in new.articles}
    in_both = [name for name in new_articles if name in old_articles]
    added = [name for name in new_articles if name not in old_articles]
    changed = [name for name in in_both if old_articles[name].sha256 != new_articles[name].sha256]
    removed = [name for name in old_articles if name not in new_articles]
    sections = _SectionChanges([], [], [])
    for name in changed:
        _compare_sections(old_articles[name], new_articles[name], sections)
    of_articles = {
        name: _describe_change(new_articles.get(name) or old_articles[name])
        for name in (*added, *changed, *removed)
    }
    renamed = _find_renamed(
        [old_articles[name] for name in removed], [new_articles[name] for name in added]
    )
    for old_name, new_name in renamed:
        removed.remove(old_name)
        added.remove(new_name)
    return Changes(
        articles_added=tuple(added),
        articles_changed=tuple(changed),
        articles_removed=tuple(removed),
        sections_added=tuple(sections.added),
        sections_changed=tuple(sections.changed),
        sections_removed=tuple(sections.removed),
        articles=of_articles,
        articles_renamed=tuple(renamed),
    )


def _compare_sections(old: Article, new: Article, found: _SectionChanges) -> None:
    """Compare two versions of an article, and add what is found."""
    old_texts = _section_texts(old)
    new_texts = _section_texts(new)
    in_both = [path for path in new_texts if path in old_texts]
    added = [path for path in new_texts if path not in old_texts]
    changed = [path for path in in_both if new_texts[path] != old_texts[path]]
    removed = [path for path in old_texts if path not in new_texts]
    found.added.extend(_name_sections(new.id, added))
    found.changed.extend(_name_sections(new.id, changed))
    found.removed.extend(_name_sections(new.id, removed))


def _find_renamed(removed: list[Article], added: list[Article]) -> list[tuple[str, str]]:
    """Give the ids before and after of articles that are gone and there again, each once."""
    gone = {article.sha256: article.id for article in removed}
    renamed = []
    for article in added:
        old_id = gone.pop(article.sha256, None)
        if old_id is not None:
            renamed.append((old_id, article.id))
    return renamed


def _describe_change(article: Article) -> ArticleChange:
    passages = (passage.plain for section in article.sections for passage in section.passages)
    return ArticleChange(article.title, next(passages, ""))


def _name_sections(article_id: str, paths: list[_Path]) -> list[SectionName]:
    return [(article_id, headings[-1]) for headings, _ in paths]


def _section_texts(article: Article) -> dict[_Path, str]:
    """Give the text of each section by its path."""
    occurrences: Counter[tuple[str, ...]] = Counter()
    texts: dict[_Path, str] = {}
    for section in article.sections:
        headings = (*section.parents, section.heading)
        path = (headings, occurrences[headings])
        sentences = [sentence.text for sentence in section.sentences]
        texts[path] = "\n".join(sentences)
        occurrences[headings] += 1
    return texts
