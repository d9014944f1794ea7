"""Short names of passages, sections and articles that outlive a restart: 12 hexadecimal digits, hashes of words.

The same in every process and for as long as what they name stays as it is; what lies elsewhere in the folder, or
is changed there, does not matter.
"""

import hashlib
from collections import Counter
from functools import lru_cache

from bot.articles.model import Article, Passage


def passage_id(article: Article, passage: Passage) -> str:
    """Name a passage by its article and its words."""
    return _name(article.id, passage.plain)


def section_ids(article: Article) -> list[str]:
    """Name each section of an article by its headings, the second and further ones of the same headings by number."""
    return list(
        _name_sections(
            article.id, tuple((*section.parents, section.heading) for section in article.sections)
        )
    )


# Keyed by the headings alone: hashing an article would take longer, and keeping it would keep a dead library.
@lru_cache(maxsize=1024)
def _name_sections(article: str, sections: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for headings in sections:
        names.append(_name(article, str(seen[headings]), *headings))
        seen[headings] += 1
    return tuple(names)


def article_id(article: Article) -> str:
    """Name an article by its own id, a path, in twelve characters."""
    return _name(article.id)


def _name(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()
