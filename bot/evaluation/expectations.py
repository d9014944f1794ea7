"""What a question set expects, located in the articles.

In: names of articles and sections, and sentences, as an editor wrote them into a file. Out: the
articles, sections and sentences that are meant. What is not there, or is ambiguous, is reported as
a fault with the nearest that is there, so that a set that no longer fits the articles is not
mistaken for bad answers.
"""

from collections.abc import Callable, Sequence

from bot.articles.model import Article, Sentence
from bot.evaluation.article_lookup import (
    ArticleLookup,
    SectionText,
    find_sections,
    nearest_name,
    nearest_sentence,
)
from bot.evaluation.model import ArticleSection
from bot.evaluation.wording import name_section, shorten
from bot.strict_yaml import Node, Scalar
from bot.texts import EnglishText, common
from bot.texts import evaluation as texts

# Takes the place, what is wrong there, and how to mend it.
FaultReport = Callable[[Node, str, str], None]
FoundSentence = tuple[SectionText, Sentence]

# A sentence is told by its beginning.
_MAX_SHOWN = 160
# Ids of articles that are told; the first tells what an id looks like.
_MAX_IDS = 5


class ExpectationLocator:
    """Locates what is expected, and reports what it can't locate."""

    def __init__(self, lookup: ArticleLookup, report: FaultReport) -> None:
        """Keep the articles, and the function that takes each fault."""
        self._lookup = lookup
        self._report = report

    def locate_articles(self, names: Sequence[Scalar]) -> Sequence[Article]:
        """Give the articles that are named; all of them where none is named, or none is found."""
        articles: list[Article] = []
        for name in names:
            found = self._lookup.find_articles(name.text)
            if not found:
                titles = [article.title for article in self._lookup.articles]
                what = texts.NO_ARTICLE(name=name.text)
                self._report(name, what, _hint_nearest(name.text, titles))
            elif len(found) > 1:
                ids = common.OR().join(article.id for article in found)
                hint = texts.SEVERAL_ARTICLES_HINT(ids=ids)
                self._report(name, texts.SEVERAL_ARTICLES(name=name.text), hint)
            articles += found
        return articles or self._lookup.articles

    def locate_sections(
        self, names: Sequence[Scalar], articles: Sequence[Article], *, is_article_named: bool
    ) -> list[ArticleSection]:
        """Give the sections of some articles that are named by number or heading."""
        sections: list[ArticleSection] = []
        for name in names:
            found = find_sections(articles, name.text)
            if not found:
                what = texts.NO_SECTION(name=name.text)
                self._report(name, what, _hint_nearest(name.text, _headings(articles)))
            elif not is_article_named:
                holders = [article for article, _ in found]
                self._require_one_article(name, holders, texts.SEVERAL_SECTIONS_HOLD)
            sections += [one for one in found if one not in sections]
        return sections

    def locate_sentences(
        self,
        sentences: Sequence[Scalar],
        articles: Sequence[Article],
        sections: Sequence[ArticleSection],
        *,
        is_article_named: bool,
    ) -> list[FoundSentence]:
        """Give the sentences of some sections, or else of some articles, that hold the texts."""
        section_texts = self._lookup.select(articles, sections)
        located: list[FoundSentence] = []
        for text in sentences:
            found = _find_in(section_texts, text.text)
            if not found:
                is_named = is_article_named or bool(sections)
                self._report_missing_sentence(text, section_texts, is_named=is_named)
            elif not is_article_named:
                holders = [section_text.article for section_text, _ in found]
                self._require_one_article(text, holders, texts.SEVERAL_SENTENCES_HOLD)
            located += found
        return located

    def _require_one_article(
        self, name: Scalar, holders: Sequence[Article], template: EnglishText
    ) -> None:
        """Report what stands in several articles where none of them is named."""
        ids = list(dict.fromkeys(article.id for article in holders))
        if len(ids) == 1:
            return
        listed = ", ".join(ids[:_MAX_IDS])
        if len(ids) > _MAX_IDS:
            listed += ", …"
        shown = shorten(name.text, _MAX_SHOWN)
        hint = texts.SEVERAL_HOLD_HINT(id=ids[0])
        self._report(name, template(name=shown, ids=listed), hint)

    def _report_missing_sentence(
        self, text: Scalar, section_texts: Sequence[SectionText], *, is_named: bool
    ) -> None:
        template = texts.NO_SENTENCE_IN_NAMED if is_named else texts.NO_SENTENCE_IN_ARTICLES
        shown = shorten(text.text, _MAX_SHOWN)
        hint = self._hint_sentence(text.text, section_texts)
        self._report(text, template(text=shown), hint)

    def _hint_sentence(self, text: str, section_texts: Sequence[SectionText]) -> str:
        """Say where a missing sentence stands instead, or which one of some sections is nearest."""
        elsewhere = self._lookup.find_first(text)
        if elsewhere is not None:
            holder, sentence = elsewhere
            section = name_section(holder.article, holder.section)
            return texts.STANDS_ELSEWHERE(section=section, file=sentence.file, line=sentence.line)
        nearest = nearest_sentence(text, section_texts)
        if nearest is None:
            return texts.NOTHING_READ
        shown = shorten(nearest.plain, _MAX_SHOWN)
        return texts.NEAREST_SENTENCE(sentence=shown, file=nearest.file, line=nearest.line)


def _find_in(section_texts: Sequence[SectionText], text: str) -> list[FoundSentence]:
    return [(one, sentence) for one in section_texts for sentence in one.find(text)]


def _headings(articles: Sequence[Article]) -> list[str]:
    sections = [section for article in articles for section in article.sections]
    return [section.heading for section in sections if section.heading]


def _hint_nearest(name: str, names: Sequence[str]) -> str:
    nearest = nearest_name(name, names)
    return texts.NOTHING_READ if nearest is None else texts.NEAREST_NAME(name=nearest)
