"""Ids of passages, sentences, sections and articles that outlive a restart: 12 hexadecimal digits.

In: values of the library. Out: BLAKE2b hashes of their words or names, 48 bits. An id is the same
in every process as long as what it names stays as it is; what else is in the folder does not
matter.
"""

import hashlib
from collections import Counter
from functools import lru_cache

from bot.articles.model import Article, Passage

# Bytes of a hash. Among a million ids two are the same with a probability of 0.2 %.
_DIGEST_SIZE = 6
# Articles whose section ids are remembered.
_MAX_REMEMBERED = 1024


def passage_id(article: Article, passage: Passage) -> str:
    """Give the id of a passage: of its article's id and its words."""
    return _hash(article.id, passage.plain)


def sentence_id(text: str) -> str:
    """Give the id of a sentence, of its text as a reader sees it: one of a passage."""
    return _hash(text)


def section_ids(article: Article) -> list[str]:
    """Give the ids of all sections of an article, in order.

    An id is made of the headings above the section and its own; sections of the same headings are
    counted.
    """
    headings = tuple((*section.parents, section.heading) for section in article.sections)
    return list(_hash_headings(article.id, headings))


# Keyed by the headings alone: to hash an article takes longer, and to keep one keeps its library.
@lru_cache(maxsize=_MAX_REMEMBERED)
def _hash_headings(article_id: str, sections: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for headings in sections:
        times_before = str(seen[headings])
        ids.append(_hash(article_id, times_before, *headings))
        seen[headings] += 1
    return tuple(ids)


def article_id(article: Article) -> str:
    """Give the id of an article in twelve characters; its own id is a path of any length."""
    return _hash(article.id)


def _hash(*parts: str) -> str:
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_SIZE).hexdigest()
