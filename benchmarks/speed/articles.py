"""Passages as a library, so that whole answers can be given from them.

They stay as they are, five to a section and fifty to an article, under headings that are some of
their own words.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import PurePath

from bot.articles.library import Library
from bot.articles.model import Article, Located, Passage, Section, Sentence
from bot.articles.sentences import split_sentences

_SECTION, _ARTICLE = 5, 50
_HEADING_WORDS = 3


def build_library(texts: Iterable[str]) -> Library:
    """Make a library of passages, each a single line."""
    passages = iter(texts)
    articles: list[Article] = []
    while lines := list(islice(passages, _ARTICLE)):
        articles.append(_make_article(f"{len(articles)}.txt", lines))
    return Library(tuple(articles))


def find_number(place: Located) -> int:
    """Give the number of the passage that a place of such a library belongs to."""
    return int(PurePath(place.file).stem) * _ARTICLE + place.line - 1


def _make_article(file: str, lines: Sequence[str]) -> Article:
    text = "\n".join(lines)
    passages: list[Passage] = []
    start = 0
    for line, passage in enumerate(lines, 1):
        sentences = tuple(
            Sentence(file, line, start + begin, start + end, text)
            for begin, end in split_sentences(passage)
        )
        passages.append(Passage(sentences))
        start += len(passage) + 1
    sections = [
        _make_section(number, passages[begin : begin + _SECTION])
        for number, begin in enumerate(range(0, len(passages), _SECTION))
    ]
    title = _find_heading(passages[-1])
    return Article(
        file,
        1,
        0,
        len(text),
        PurePath(file).stem,
        title,
        "",
        "",
        "",
        "en",
        tuple(sections),
        text,
        "",
    )


def _make_section(number: int, passages: Sequence[Passage]) -> Section:
    first, last = passages[0], passages[-1]
    heading = _find_heading(first)
    return Section(
        first.file, first.line, first.start, last.end, number, heading, (), tuple(passages)
    )


def _find_heading(passage: Passage) -> str:
    return " ".join(passage.plain.split()[:_HEADING_WORDS])
