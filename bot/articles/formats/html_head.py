"""What an HTML page says of itself: its title, who wrote it and when, its language and address.

In: the tree of a page. Out: the values, "" for what it does not say. The title is what the page's
own heading says. Where none does, it is the page's title without the name of the site.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.articles.addresses import split_address
from bot.articles.formats.html_boilerplate import Page
from bot.articles.formats.html_text import TextBuffer
from bot.articles.formats.html_tree import Element, Tree
from bot.articles.formats.plain_text_dates import find_date

_SEPARATOR = re.compile(r"\s+(?:[-–—|·•»:/~]|::|\|\|)\s+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2}(?![a-zA-Z])")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"]")
_WORD = re.compile(r"\w+")
# Names of metas in the order in which they are believed.
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATE = ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate")
# A heading of more characters is no title.
_LONGEST_TITLE = 300
# So many headings of the first level are looked at: a page has one or two.
_MOST_HEADINGS = 20


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself; ``heading`` is the <h1> that states its title, if one does."""

    title: str
    heading: Element | None
    author: str
    date: str
    language: str
    source: str
    keywords: list[str]


def read_head(page: Page) -> PageHead:
    """Read the metas, the title and the headings of a page."""
    metas = _read_metas(page.tree)
    headings = _find_headings(page)
    title, heading = _choose_title(page, metas, headings)
    described = (metas.get("keywords", ""), metas.get("description", ""))
    return PageHead(
        title=title,
        heading=heading,
        author=_find_author(metas),
        date=_find_date(metas),
        language=_find_language(page.tree),
        source=_find_source(page.tree, metas),
        keywords=[text for text in described if text],
    )


def _read_metas(tree: Tree) -> dict[str, str]:
    """Give the contents of all metas by name in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.elements():
        name = element.get("name") or element.get("property")
        content = " ".join(element.get("content").split())
        if element.name == "meta" and name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _find_headings(page: Page) -> list[Element]:
    """Give the headings of the first level that are shown, those of the article before others."""
    headings = [element for element in page.tree.elements() if element.name == "h1"]
    shown = [heading for heading in headings if page.words(heading)]
    inside = [heading for heading in shown if page.is_inside(heading)]
    outside = [heading for heading in shown if not page.is_inside(heading)]
    return inside + outside


def _choose_title(
    page: Page, metas: dict[str, str], headings: Sequence[Element]
) -> tuple[str, Element | None]:
    """Choose the title, and the heading that states it."""
    site = metas.get("og:site_name", "")
    stated = metas.get("og:title") or _find_page_title(page)
    parts = _SEPARATOR.split(stated)
    by_words = {_fold(part): part for part in reversed(parts)}
    # The last of several parts is mostly the site's name, which stands in a heading too.
    names_of_site = {_fold(site), _fold(parts[-1]) if len(parts) > 1 else ""}
    texts = [(heading, _read_text(page, heading)) for heading in headings[:_MOST_HEADINGS]]
    for heading, text in texts:
        words = _fold(text)
        is_stated = words in by_words or words == _fold(stated)
        if is_stated and words not in names_of_site:
            return text, heading
    for heading, text in texts:
        is_title = len(text) <= _LONGEST_TITLE and _fold(text) not in names_of_site
        if is_title and page.is_inside(heading):
            return text, heading
    without_site = _cut_site(stated, parts, _fold(site))
    if without_site:
        heading_of_page = next(
            (one for one, text in texts if _fold(text) == _fold(without_site)), None
        )
        return without_site, heading_of_page
    return (texts[0][1], texts[0][0]) if texts else ("", None)


def _cut_site(stated: str, parts: Sequence[str], site: str) -> str:
    """Take the name of the site off a page's title."""
    if len(parts) == 1:
        return stated.strip()
    without_site = [part for part in parts if _fold(part) != site]
    if len(without_site) == len(parts):
        without_site = without_site[:-1]
    # What stands between the parts that remain is kept.
    first = stated.find(without_site[0]) if without_site else 0
    last = without_site[-1] if without_site else stated
    return stated[first : stated.rfind(last) + len(last)].strip()


def _find_page_title(page: Page) -> str:
    for element in page.tree.elements():
        is_page_title = element.name == "title" and element.parent is page.tree.root
        if is_page_title and page.words(element):
            return _read_text(page, element)
    return ""


def _read_text(page: Page, element: Element) -> str:
    """Read the text of an element as it is shown."""
    buffer = TextBuffer(page.tree.source)
    index = element.first
    while index < element.last:
        event = page.tree.events[index]
        is_inner = event.kind == "open" and event.element is not element
        if is_inner and page.find_left_out(event.element):
            index = event.element.last
        elif event.kind == "text":
            buffer.add(event.start, event.end, is_raw=event.is_raw)
        elif event.element.name == "br":
            buffer.add_blank(event.start, event.end)
        index += 1
    run = buffer.take()
    return run.plain if run else ""


def _find_author(metas: dict[str, str]) -> str:
    """Give the author; an address, such as of a profile, is no name."""
    found = (metas.get(name, "") for name in _AUTHOR)
    return next((author for author in found if author and "://" not in author), "")


def _find_date(metas: dict[str, str]) -> str:
    found = (find_date(metas.get(name, "")) for name in _DATE)
    return next((date for date in found if date), "")


def _find_language(tree: Tree) -> str:
    """Give the language of a page as two letters."""
    attributes = tree.outer.get("html", {})
    written = attributes.get("lang") or attributes.get("xml:lang", "")
    found = _LANGUAGE.match(written.strip())
    return found[0].lower() if found else ""


def _find_source(tree: Tree, metas: dict[str, str]) -> str:
    """Give the address that a page says is its own, if that is safe to follow."""
    links = [
        element.get("href")
        for element in tree.elements()
        if element.name == "link" and "canonical" in element.get("rel").lower().split()
    ]
    for written in (*links, metas.get("og:url", "")):
        address = written.strip()
        parts = split_address(address)
        is_https = parts is not None and parts.scheme == "https" and bool(parts.hostname)
        if is_https and not _NOT_IN_ADDRESSES.search(address):
            return address
    return ""


def _fold(text: str) -> str:
    """Give the words of a text without case and punctuation."""
    return " ".join(_WORD.findall(text.casefold()))
