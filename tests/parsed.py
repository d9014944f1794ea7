"""Texts of articles, parsed as files of a folder are."""

from bot.articles.files import SourceFile
from bot.articles.model import Article, Link, Problem, Sentence
from bot.articles.parser import read_article


def parse(text: str, name: str) -> tuple[Article, list[Problem]]:
    """Parse a text that can be served."""
    article, problems = read_article(SourceFile(name, text, ""))
    assert article is not None, problems
    return article, problems


def parse_markdown(text: str, name: str = "trains.md") -> tuple[Article, list[Problem]]:
    """Parse Markdown that can be served."""
    return parse(text, name)


def parse_plain_text(text: str, name: str = "a.txt") -> tuple[Article, list[Problem]]:
    """Parse plain text that can be served."""
    return parse(text, name)


def markdown_sentences(text: str) -> list[tuple[str, str]]:
    """Give each sentence of Markdown below a title, as it stands in the file and as it reads."""
    article, _ = parse_markdown("# T\n\n" + text)
    return [
        (sentence.text, sentence.plain)
        for section in article.sections
        for sentence in section.sentences
    ]


def with_links(sentence: Sentence, *links: Link) -> Sentence:
    """Give a sentence other links."""
    return Sentence(
        sentence.file,
        sentence.line,
        sentence.start,
        sentence.end,
        sentence.document,
        sentence.style.reading,
        sentence.form,
        links,
    )


def headings_of(article: Article) -> list[str]:
    """Give the heading of each section."""
    return [section.heading for section in article.sections]


def plains_of(article: Article) -> list[list[str]]:
    """Give how the sentences of each section read."""
    return [[sentence.plain for sentence in section.sentences] for section in article.sections]
