"""Looks up what an editor copied from articles: sentences, headings, titles, ids.

In: a library, once; then texts. Out: what has the same words, and what is nearest where nothing
has. Words are compared as the search folds them: case, accents and markup do not count. The nearest
text is that with the highest weighted ratio (rapidfuzz).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.articles.library import Library
from bot.articles.model import Article, Section, Sentence
from bot.evaluation.model import ArticleSection
from bot.search.analysis.tokens import fold, tokenize


@dataclass(frozen=True, slots=True, eq=False)
class SectionText:
    """The folded words of a section, with a blank before and behind each.

    ``starts`` are where its sentences begin in ``folded``.
    """

    article: Article
    section: Section
    folded: str
    starts: Sequence[int]

    @property
    def key(self) -> tuple[str, int]:
        """The id of the article and the number of the section."""
        return self.article.id, self.section.number

    def find(self, text: str) -> list[Sentence]:
        """Find the sentences that hold a text: a part of one sentence, or of several in a row."""
        pattern = f" {_fold_text(text)} "
        numbers: dict[int, None] = {}
        position = self.folded.find(pattern)
        while position >= 0:
            last_position = position + len(pattern) - 2
            first = self._sentence_at(position + 1)
            last = self._sentence_at(last_position)
            held = range(first, last + 1)
            numbers.update(dict.fromkeys(held))
            position = self.folded.find(pattern, position + 1)
        return [self.section.sentences[number] for number in numbers]

    def _sentence_at(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1


class ArticleLookup:
    """The articles, ready to be looked up by what an editor copied from them."""

    def __init__(self, library: Library) -> None:
        """Take a library; the text of its sections is folded when it is first looked at."""
        self.articles = library.articles
        self._library = library

    @cached_property
    def _section_texts(self) -> Sequence[SectionText]:
        return [_fold_section(article, section) for article, section in self._library.sections()]

    def find_articles(self, name: str) -> list[Article]:
        """Find articles by id, or by title where none has the id."""
        by_id = [article for article in self.articles if article.id == name]
        if by_id:
            return by_id
        folded = _fold_text(name)
        return [article for article in self.articles if _fold_text(article.title) == folded]

    def select(
        self, articles: Sequence[Article], sections: Sequence[ArticleSection]
    ) -> list[SectionText]:
        """Give the texts of ``sections``, or of all of ``articles`` where there are no sections."""
        if not sections:
            ids = {article.id for article in articles}
            return [text for text in self._section_texts if text.article.id in ids]
        keys = {(article.id, section.number) for article, section in sections}
        return [text for text in self._section_texts if text.key in keys]

    def find_first(self, text: str) -> tuple[SectionText, Sentence] | None:
        """Find the first section and sentence that hold a text."""
        for section_text in self._section_texts:
            found = section_text.find(text)
            if found:
                return section_text, found[0]
        return None


def _fold_section(article: Article, section: Section) -> SectionText:
    folded = " "
    starts: list[int] = []
    for sentence in section.sentences:
        starts.append(len(folded))
        folded += f"{_fold_text(sentence.plain)} "
    return SectionText(article, section, folded, starts)


def find_sections(articles: Sequence[Article], name: str) -> list[ArticleSection]:
    """Find sections by number, or by heading where no section has the number."""
    by_number: list[ArticleSection] = []
    by_heading: list[ArticleSection] = []
    number, folded = name.strip(), _fold_text(name)
    for article in articles:
        for section in article.sections:
            if str(section.number) == number:
                by_number.append((article, section))
            if section.heading and _fold_text(section.heading) == folded:
                by_heading.append((article, section))
    return by_number or by_heading


def nearest_name(name: str, names: Sequence[str]) -> str | None:
    """Give the name that is most like ``name``; None if there are no names."""
    if not names:
        return None
    number = _find_nearest(_fold_text(name), [_fold_text(one) for one in names])
    return names[number]


def nearest_sentence(text: str, section_texts: Sequence[SectionText]) -> Sentence | None:
    """Give the sentence of some sections that is most like a text; None if there are none."""
    sentences = [sentence for one in section_texts for sentence in one.section.sentences]
    if not sentences:
        return None
    folded = [_fold_text(sentence.plain) for sentence in sentences]
    number = _find_nearest(_fold_text(text), folded)
    return sentences[number]


def _find_nearest(text: str, texts: Sequence[str]) -> int:
    """Give the number of the text that is most like another; there is at least one."""
    # It takes 3 MB, so it is imported when something is not found.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    _, _, number = process.extractOne(text, texts, scorer=fuzz.WRatio)
    return number


def _fold_text(text: str) -> str:
    """Give the folded words of a text, or the text in small letters where it has no words."""
    words = filter(None, map(fold, tokenize(text)))
    return " ".join(words) or text.strip().casefold()
