"""The address of a page at a sentence names that sentence and no other, read as the specification
says.

The reader of text fragments here is written after https://wicg.github.io/scroll-to-text-fragment/
and shares nothing with the bot: terms match whole words without case and accents; a prefix and a
suffix stand right beside them.
"""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.page_address import find_page_address
from bot.articles.files import SourceFile
from bot.articles.library import build
from bot.articles.model import Article, Sentence
from bot.articles.parser import read_article

PAGE = "https://example.org/guide"


def article_of(body: str, source: str = PAGE) -> Article:
    """Read an article whose page is known."""
    article, _ = read_article(
        SourceFile("a.md", f"---\ntitle: The guide\nsource: {source}\n---\n\n{body}\n", "")
    )
    assert article is not None
    return article


def sentences_of(article: Article) -> list[Sentence]:
    """Give all sentences of an article."""
    return [sentence for section in article.sections for sentence in section.sentences]


def fold(text: str) -> str:
    """Give base letters, without case, blanks as one."""
    decomposed = unicodedata.normalize("NFKD", text)
    base = "".join(one for one in decomposed if not unicodedata.combining(one))
    return " ".join(base.casefold().split())


def page_of(article: Article, wanted: Sentence) -> tuple[str, int, int]:
    """Give how a page reads, folded, its blocks on lines; and where the sentence stands, a
    row's header left out.
    """
    page = ""
    start = end = -1
    for section in article.sections:
        page += fold(section.heading) + "\n"
        for sentence in section.sentences:
            cells = sentence.plain.split(" · ") if sentence.form.kind == "row" else [sentence.plain]
            shown = len(sentence.form.shown.split(" · ")) if sentence.form.shown else len(cells)
            for number, cell in enumerate(cells):
                if sentence is wanted and number == len(cells) - shown:
                    start = len(page)
                page += fold(cell) + "\n"
            if sentence is wanted:
                end = len(page) - 1
    return page, start, end


def pattern_of(term: str) -> str:
    """Give a pattern of whole words, any blanks between them."""
    words = r"\s+".join(map(re.escape, fold(unquote(term)).split()))
    return rf"(?<!\w){words}(?!\w)" if words[-1:].isalnum() and words[:1].isalnum() else words


def read_fragment(address: str, page: str) -> list[tuple[int, int]]:
    """Give all stretches of a page that a fragment could mean."""
    terms = address.split(":~:text=")[1].split(",")
    before = pattern_of(terms.pop(0)[:-1]) if terms[0].endswith("-") else ""
    behind = pattern_of(terms.pop()[1:]) if terms[-1].startswith("-") else ""
    assert 1 <= len(terms) <= 2
    first = pattern_of(terms[0])
    whole = rf"(?=(?P<text>{first}))"
    if before:
        whole = rf"{before}\s*{whole}"
    if behind:
        whole += rf"(?={first}\s*{behind})"
    found = []
    for match in re.finditer(whole, page):
        start, end = match.span("text")
        assert before or start == match.start()
        if len(terms) == 2:
            last = re.compile(pattern_of(terms[1])).search(page, end)
            if last is None:
                continue
            end = last.end()
        found.append((start, end))
    return found


def check(article: Article, sentence: Sentence) -> bool:
    """Check that an address is the page alone, or names exactly the sentence; say which."""
    address = find_page_address(article, sentence)
    assert address.startswith(article.source)
    assert len(address) <= 400
    if address == article.source:
        return False
    page, start, end = page_of(article, sentence)
    assert read_fragment(address, page) == [(start, end)], (address, page)
    return True


WORDS = st.sampled_from(
    ["the", "gate", "opens", "Gate", "gâte", "at", "ten", "art", "start", "water-wheel", "a,b", "&", "100%", "“so”",
     "(x)", "é", "#1", "the", "ворота", "水門", "open"]
)  # fmt: skip
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words) + ".")
BLOCKS = (
    st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
    | SENTENCES.map("- {}".format)
    | SENTENCES.map("## {}".format)
    | st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=3).map(
        lambda rows: (
            "| one | two |\n|---|---|\n" + "\n".join(f"| {one} | {two} |" for one, two in rows)
        )
    )
)


@given(
    st.lists(BLOCKS, min_size=1, max_size=8), st.sampled_from([PAGE, f"{PAGE}#gate", f"{PAGE}?a=b"])
)
def test_a_fragment_means_one_place(blocks: list[str], source: str) -> None:
    """Of any article, with few words that come again and again: exactly the sentence, or the
    page alone.
    """
    article = article_of("\n\n".join(["Lead.", *blocks]), source)
    for sentence in sentences_of(article):
        check(article, sentence)


@pytest.mark.slow
@settings(deadline=None, max_examples=5_000)
@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_a_fragment_of_very_many_articles_means_one_place(blocks: list[str]) -> None:
    """The same for many more."""
    article = article_of("\n\n".join(["Lead.", *blocks]))
    for sentence in sentences_of(article):
        check(article, sentence)


LONG = "The gate of the lower lock is opened by two men every morning at ten, and closed again by nobody at night."


@pytest.mark.parametrize(
    ("body", "number", "fragment"),
    [
        ("The gate opens at ten. It is red.", 0, "#:~:text=The%20gate%20opens%20at%20ten."),
        (
            "It is a well-known gate, & old.",
            0,
            "#:~:text=It%20is%20a%20well%2Dknown%20gate%2C%20%26%20old.",
        ),
        (LONG, 0, "#:~:text=The%20gate%20of,nobody%20at%20night."),
        (
            "The gate of stone. " + LONG,
            1,
            "#:~:text=The%20gate%20of%20the,by%20nobody%20at%20night.",
        ),
        ("Is it red? It is.\n\nIs it old? It is.", 1, "#:~:text=red%3F-,It%20is."),
        ("It is. It is. It is not.", 0, "#:~:text=It%20is.,-It%20is."),
        ("It is. It is. It is. It is.", 1, ""),
        ("- The gate opens\n- The bar", 1, "#:~:text=The%20bar"),
        ("| Ore | Price |\n|---|---|\n| Gold | 12 |\n| Tin | 3 |", 0, "#:~:text=Gold,12"),
        ("| Ore | Price |\n|---|---|\n| Gold | 12 |\n| Tin | 3 |", 1, "#:~:text=Tin,3"),
    ],
)
def test_a_sentence_is_named(body: str, number: int, fragment: str) -> None:
    """By itself, by its ends, by what stands beside it; signs that have a meaning are encoded."""
    article = article_of(body)
    sentence = sentences_of(article)[number]
    assert find_page_address(article, sentence) == PAGE + fragment
    assert check(article, sentence) == bool(fragment)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (f"{PAGE}#lock", f"{PAGE}#lock:~:text=The%20gate%20opens."),
        (f"{PAGE}#:~:text=old", f"{PAGE}#:~:text=old"),
        ("http://example.org/guide", "http://example.org/guide"),
        ("https://example.org/" + "a" * 385, "https://example.org/" + "a" * 385),
        ("a book", ""),
        ("ftp://example.org/guide", ""),
    ],
)
def test_a_page_stays_what_it_is(source: str, address: str) -> None:
    """A fragment of its own is kept; what is no page with https, or gets too long, has no text
    fragment.
    """
    article = article_of("The gate opens.", source)
    assert find_page_address(article, sentences_of(article)[0]) == address


def test_nearly_all_sentences_of_the_shipped_articles_are_named() -> None:
    """A fragment is the rule, not the exception."""
    named = []
    for article in build(Path(__file__).parents[2] / "knowledge")[0].articles:
        with_page = replace(article, source=PAGE)
        named += [check(with_page, one) for one in sentences_of(with_page)]
    assert len(named) > 100
    assert sum(named) > 0.98 * len(named)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        # The words of its end stand in its middle too, and so do all that are named.
        ("- The gate " + "opens at ten and is shut by the guard who has the key " * 9, 0),
        # The same sentence stands at several places, with the same words before it.
        (("The gate opens at ten and is shut by the guard. " * 3 + "\n\n## Gates\n\n") * 3, 4),
        (f"## A\n\n{'The gate opens at ten and is shut ' * 4}.\n\n" * 3, 1),
    ],
)
def test_what_no_words_tell_apart_is_the_page_alone(body: str, number: int) -> None:
    """Whoever follows the address begins at the top."""
    article = article_of(body)
    assert not check(article, sentences_of(article)[number])
