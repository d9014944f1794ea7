"""A section is read page by page: all of it, in order, nothing twice."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.pages import Page, find_page, split_pages
from bot.articles.files import SourceFile
from bot.articles.library import build
from bot.articles.model import Article
from bot.articles.parser import read_article

ROOT = Path(__file__).parent.parent.parent


def article_of(text: str, name: str = "a.md") -> Article:
    """Read an article."""
    article, _ = read_article(SourceFile(name, text, ""))
    assert article is not None
    return article


def shown(page: Page) -> str:
    """Give a page as it reads."""
    return "".join(piece.gap + piece.mark + piece.text for piece in page)


def words(text: str) -> list[str]:
    """Give what stands between blanks, without bullets."""
    return [word for word in text.split() if word != "•"]


@pytest.mark.parametrize("most", [200, 900, 1_400])
def test_every_section_is_read_whole(most: int) -> None:
    """Of the shipped articles: every sentence once, in order, on pages that are not too long."""
    library, _ = build(ROOT / "knowledge")
    for article, section in library.sections():
        pages = split_pages(article, section, most)
        assert all(len(shown(page)) <= most for page in pages)
        read = [word for page in pages for piece in page for word in words(piece.text)]
        assert read == [word for sentence in section.sentences for word in words(sentence.plain)]


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300), max_size=8
    )
)
def test_any_text_is_read_whole(paragraphs: list[str]) -> None:
    """Whatever the paragraphs hold, no character of a sentence but blanks is lost, and no page is
    too long.
    """
    article = article_of("# T\n\n## H\n\nText. " + "\n\n".join(paragraphs) + "\n")
    for section in article.sections:
        pages = split_pages(article, section, 120)
        assert all(len(shown(page)) <= 120 for page in pages)
        read = "".join(piece.text for page in pages for piece in page)
        whole = "".join(sentence.plain for sentence in section.sentences)
        assert re.sub(r"\s", "", read) == re.sub(r"\s", "", whole)


def test_paragraphs_and_lists_are_shown_as_such() -> None:
    """An empty line between paragraphs, a line and a mark for each item, its number where it has
    one.
    """
    text = "# T\n\n## H\n\nOne. Two.\n\nThree:\n\n- Four.\n- Five.\n\n1. Six.\n2. Seven.\n"
    article = article_of(text)
    (page,) = split_pages(article, article.sections[0], 500)
    assert shown(page) == "One. Two.\n\nThree:\n• Four.\n• Five.\n1. Six.\n2. Seven."


def test_a_page_ends_with_a_paragraph_if_it_can() -> None:
    """A paragraph that would be torn apart comes wholly on the next page, unless that leaves most
    of one empty.
    """
    text = "# T\n\n## H\n\n" + "\n\n".join("Word here. " * 6 for _ in range(3)) + "\n"
    article = article_of(text)
    pages = split_pages(article, article.sections[0], 100)
    assert [shown(page).count("Word here.") for page in pages] == [6, 6, 6]


def test_the_page_of_a_sentence_is_found() -> None:
    """By its place in the section; what is nowhere is looked for on the first page."""
    article = article_of(
        "# T\n\n## H\n\n" + "\n\n".join(f"Sentence number {n}." for n in range(20)) + "\n"
    )
    pages = split_pages(article, article.sections[0], 60)
    assert "Sentence number 13." in shown(pages[find_page(pages, 13)])
    assert find_page(pages, 99) == 0


def test_a_section_without_text_has_no_page() -> None:
    """A heading above other headings."""
    article = article_of("# T\n\n## H\n\n### I\n\nText.\n")
    assert split_pages(article, article.sections[0], 100) == []
