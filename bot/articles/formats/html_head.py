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
from bot.articles.formats.html_tree import HEADINGS, Element, Tree
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
    """Give the headings of the first level that are shown, those of the article before others.

    Where a page with a title has none, the only one of another level is, if nothing stands above.
    """
    shown = [element for element in page.tree.elements() if _is_shown_heading(page, element)]
    first_level = [heading for heading in shown if heading.name == "h1"]
    if not first_level and shown and _find_page_title(page):
        is_only = [heading.name for heading in shown].count(shown[0].name) == 1
        first_level = shown[:1] if is_only and page.stands_at_top(shown[0]) else []
    inside = [heading for heading in first_level if page.is_inside(heading)]
    outside = [heading for heading in first_level if not page.is_inside(heading)]
    return (inside + outside)[:_MOST_HEADINGS]


def _is_shown_heading(page: Page, element: Element) -> bool:
    return element.name in HEADINGS and page.words(element) > 0


def _choose_title(
    page: Page, metas: dict[str, str], headings: Sequence[Element]
) -> tuple[str, Element | None]:
    """Choose the title, and the heading that states it."""
    site = _fold(metas.get("og:site_name", ""))
    stated = metas.get("og:title") or _find_page_title(page)
    parts = _SEPARATOR.split(stated)
    known = {_fold(part) for part in parts} | {_fold(stated)}
    candidates = [
        (text, heading)
        for heading in headings
        for text in [_read_text(page, heading)]
        if _fold(text) != site and not _is_logo(page, heading, text, parts)
    ]
    for text, heading in candidates:
        if _fold(text) in known:
            return text, heading
    for text, heading in candidates:
        if len(text) <= _LONGEST_TITLE and page.is_inside(heading):
            return text, heading
    without_site = _cut_site(page, stated, parts, site)
    if without_site or not candidates:
        return without_site, None
    return candidates[0]


def _is_logo(page: Page, heading: Element, text: str, parts: Sequence[str]) -> bool:
    """Say whether a heading is the name of the site: the last part of the page's title, a link."""
    if len(parts) == 1 or _fold(text) != _fold(parts[-1]):
        return False
    inner = (page.tree.events[index].element for index in range(heading.first, heading.last))
    is_link = any(element.name == "a" and element.get("href")[:1] != "#" for element in inner)
    other_headings = page.count_headings_like(parts[:-1])
    return is_link or other_headings > 0


def _cut_site(page: Page, stated: str, parts: Sequence[str], site: str) -> str:
    """Take the name of the site off a page's title: the outer part that the text speaks less of."""
    if len(parts) == 1:
        return stated.strip()
    kept = [part for part in parts if _fold(part) != site]
    if len(kept) == len(parts):
        is_first_likelier = page.share_of_words(parts[0]) < page.share_of_words(parts[-1])
        kept = kept[1:] if is_first_likelier else kept[:-1]
    if not kept:
        return stated.strip()
    # What stands between the parts that remain is kept.
    start = stated.find(kept[0])
    return stated[start : stated.rfind(kept[-1]) + len(kept[-1])].strip()


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
