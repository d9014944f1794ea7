"""The passages of a library by number, and passages and sections by id.

In: a library. Out: look-ups. A passage's number is its position in the library, from 0; it is
also its number in the index. An id outlives the library (``ids.py``), a number does not.
"""

from collections.abc import Iterable

from bot.answers.ids import passage_id, section_ids
from bot.answers.model import LocatedPassage, Place
from bot.articles.library import Library
from bot.articles.model import Article, Passage, Section
from bot.search.subjects import Place as IndexPlace


def list_title_lines(article: Article, section: Section, passage: Passage) -> list[str]:
    """Give what a passage is found under besides its own words, line by line.

    These are the names of its article, its headings, its context, and what its article says that it
    is about. There is at least one line.
    """
    lines = [article.title, *article.aliases, *section.parents, section.heading]
    lines += [passage.context, *article.keywords]
    return [line for line in lines if line] or [""]


class PassageTable:
    """The passages of one library. It never changes once it is built.

    ``passages`` are all of them with their articles and sections, ``ids`` their ids, both by
    number. ``has_several_dates`` says whether one article may be newer than another.
    """

    def __init__(self, library: Library) -> None:
        """List the passages and the sections of ``library``."""
        self.passages: list[LocatedPassage] = list(library.passages())
        self.ids = [passage_id(article, passage) for article, _, passage in self.passages]
        self._numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self._sections: dict[str, Place] = {}
        for article in library.articles:
            ids = section_ids(article)
            for id_, section in zip(ids, article.sections, strict=True):
                self._sections[id_] = article, section
        self.has_several_dates = len({article.date for article in library.articles}) > 1

    def list_places(self) -> list[IndexPlace]:
        """Give where each passage stands, by number: numbers of articles and of sections."""
        places: list[IndexPlace] = []
        article_number = section_number = -1
        article_before: Article | None = None
        section_before: Section | None = None
        for article, section, _ in self.passages:
            article_number += article is not article_before
            section_number += section is not section_before
            article_before, section_before = article, section
            places.append(IndexPlace(article_number, section_number, section.heading))
        return places

    def find_number(self, id_: str) -> int | None:
        """Give the number of the passage of an id; None where the library does not hold it."""
        return self._numbers.get(id_)

    def find_numbers(self, ids: Iterable[str]) -> list[int]:
        """Give the numbers of the passages of these ids that the library holds, in their order."""
        numbers = map(self._numbers.get, ids)
        return [number for number in numbers if number is not None]

    def find_passage(self, id_: str) -> LocatedPassage | None:
        """Give the passage of an id; None where the library does not hold it."""
        number = self.find_number(id_)
        return None if number is None else self.passages[number]

    def find_section(self, id_: str) -> Place | None:
        """Give the section of an id; None where the library does not hold it."""
        return self._sections.get(id_)

    def find_range(self, article_id: str) -> range:
        """Give the numbers of the passages of an article; none where there is no such article."""
        numbers = []
        for number, (article, _, _) in enumerate(self.passages):
            if article.id == article_id:
                numbers.append(number)
        if not numbers:
            return range(0)
        first, last = numbers[0], numbers[-1]
        return range(first, last + 1)

    def find_sentence_ids(self, number: int) -> set[int]:
        """Give the identities of a passage's sentences, by which repeated sentences differ."""
        _, _, passage = self.passages[number]
        return set(map(id, passage.sentences))
