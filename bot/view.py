"""What somebody is shown: articles, and what answers from these alone.

In: articles that may be read. Out: answers and checks of quotations from nothing else.
"""

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.links import Link
from bot.answers.model import Answer
from bot.articles.library import Library
from bot.articles.model import Article
from bot.search.analysis.synonyms import SynonymGroup

if TYPE_CHECKING:
    from bot.quotations.checker import QuotationChecker
    from bot.quotations.model import QuotationCheck


class LazyChecker:
    """Checks quotations of a library; the index for that is made at the first claim."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._checker: QuotationChecker | None = None

    def check(self, claim: str) -> "QuotationCheck":
        """Check a claim; the first one waits until the checker is made, as do others meanwhile."""
        if self._checker is None:
            # No other command needs it.
            from bot.quotations.checker import QuotationChecker  # noqa: PLC0415

            with self._lock:
                if self._checker is None:
                    self._checker = QuotationChecker(self._library)
        return self._checker.check(claim)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What somebody is shown: articles, and what answers from these alone."""

    library: Library
    answerer: Answerer
    checker: LazyChecker

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question, as ``KnowledgeBase.answer`` does."""
        return self.answerer.answer(question, article, before)

    def check_quotation(self, claim: str) -> "QuotationCheck":
        """Say whether a text occurs in these articles, word for word."""
        return self.checker.check(claim)

    def find_among(self, articles: Iterable[Article]) -> list[Article]:
        """List those of some articles that, as they are, are among these."""
        there = set(map(id, self.library.articles))
        return [article for article in articles if id(article) in there]

    def has(self, articles: Collection[Article]) -> bool:
        """Say whether articles, as they are, are all among these."""
        return len(self.find_among(articles)) == len(articles)

    def is_same(self, other: "View") -> bool:
        """Say whether two readers are shown the very same articles, by the same answerer."""
        return self.answerer is other.answerer


class Source(NamedTuple):
    """What views are made of: all that one folder serves now.

    ``restricted`` are the roles of each article that not everybody may read, by its file.
    """

    library: Library
    synonyms: tuple[SynonymGroup, ...]
    links: tuple[Link, ...]
    restricted: Mapping[str, tuple[int, ...]]
