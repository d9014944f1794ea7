"""The articles as cards: lists to choose from, sections to read page by page, summaries.

In: articles, sections, summaries. Out: cards. A page that is no longer there is shown as the last.
"""

from collections.abc import Sequence
from typing import TypeVar

from bot.answers.ids import article_id, section_ids
from bot.answers.model import Summary
from bot.answers.pages import find_page, split_pages
from bot.articles.model import Article, Section, Sentence
from bot.chat.ui.audience import Audience, make_remove_button, make_share_button
from bot.chat.ui.components import make_button, make_menu, make_page_row, make_row
from bot.chat.ui.layout import (
    CARD,
    LINE,
    Button,
    Card,
    Row,
    clamp_page,
    count_pages,
    fit,
    fit_name,
    join_that_fit,
    weigh,
)
from bot.chat.ui.links import is_whole, put_links, read_links
from bot.chat.ui.passages import show_head, show_origin, show_pieces
from bot.chat.ui.source import section_id, section_index
from bot.texts import cards, common

# A page of a section, in characters: about a screen of a phone.
_READING_PAGE = 1_400
# A menu holds so many options, so a list has so many entries a page.
_LIST_PAGE = 25
# Room for what stands around a list.
_LIST_FOOT = 500
# Room for what stands around summaries.
_SUMMARY_FOOT = 100
# A card holds 40 components: so many are summaries, the others are what stands around them.
MOST_SUMMARIES = 30
# One sentence of a summary takes no more than this.
_SUMMARY_SENTENCE = 700
# A page of this number is shown as the last one.
_LAST_PAGE = 999

Entry = TypeVar("Entry")


def make_articles_card(articles: Sequence[Article], page: int) -> Card:
    """List articles, 25 a page, with a menu that opens the list of an article's sections."""
    pages = count_pages(len(articles), _LIST_PAGE)
    page = clamp_page(page, pages)
    lines = []
    options = []
    for article in _slice_page(articles, page):
        title = fit_name(article.title)
        lines.append(f"**{title}**\n-# {_describe(article)}")
        options.append((article.title, _count_sections(article), article_id(article)))
    listed = _join_list(lines, separator="\n\n")
    texts = [listed or common.NO_ARTICLES(), *_page_texts(page, pages)]
    rows = make_page_row("articles", page, pages)
    if options:
        rows.insert(0, make_menu(cards.OPEN_ARTICLE(), "article", options))
    return Card(texts, rows)


def _describe(article: Article) -> str:
    facts = [show_origin(article), _count_sections(article)]
    return " · ".join(filter(None, facts))


def _count_sections(article: Article) -> str:
    headings = [section.heading for section in article.sections if section.heading]
    return common.SECTIONS(len(headings))


def make_sections_card(articles: Sequence[Article], page: int) -> Card:
    """List the sections of articles, 25 a page, with a menu that opens them."""
    entries = _list_sections(articles)
    pages = count_pages(len(entries), _LIST_PAGE)
    page = clamp_page(page, pages)
    shown = _slice_page(entries, page)
    is_one_article = len(articles) == 1
    listed = _join_list(_section_lines(shown))
    texts = [listed or cards.NO_SECTIONS(), *_page_texts(page, pages)]
    only_article = article_id(articles[0]) if is_one_article else ""
    rows = make_page_row("sections", page, pages, before=[only_article])
    if shown:
        options = _section_options(shown, is_one_article=is_one_article)
        rows.insert(0, make_menu(cards.OPEN_SECTION(), "open", options))
    return Card(texts, rows)


# The id of a section, its article, and the section.
_SectionEntry = tuple[str, Article, Section]


def _list_sections(articles: Sequence[Article]) -> list[_SectionEntry]:
    entries = []
    for article in articles:
        ids = section_ids(article)
        for name, section in zip(ids, article.sections, strict=True):
            entries.append((name, article, section))
    return entries


def _section_lines(entries: Sequence[_SectionEntry]) -> list[str]:
    """Give an indented line for each section, and one for each article before its first section."""
    lines = []
    previous = None
    for _, article, section in entries:
        if article is not previous:
            title = fit_name(article.title)
            lines.append(f"**{title}**")
        indent = "  " * len(section.parents)
        heading = fit_name(section.heading or cards.OPENING())
        lines.append(f"{indent}- {heading}")
        previous = article
    return lines


def make_section_menu(article: Article) -> Row | None:
    """Make the menu that opens the first sections of an article; None where it has none."""
    entries = _list_sections([article])[:_LIST_PAGE]
    if not entries:
        return None
    return make_menu(cards.OPEN_SECTION(), "open", _section_options(entries, is_one_article=True))


def make_article_menu(articles: Sequence[Article]) -> Row:
    """Make the menu that lists the sections of one of the first articles."""
    options = [
        (article.title, _count_sections(article), article_id(article))
        for article in articles[:_LIST_PAGE]
    ]
    return make_menu(cards.OPEN_ARTICLE(), "article", options)


def _section_options(
    entries: Sequence[_SectionEntry], *, is_one_article: bool
) -> list[tuple[str, str, str]]:
    """Give the options of a menu; a section is described by its article or by how it begins."""
    options = []
    for name, article, section in entries:
        description = article.title
        if is_one_article:
            description = section.sentences[0].plain if section.sentences else ""
        options.append((section.heading or cards.OPENING(), description, name))
    return options


def _slice_page(entries: Sequence[Entry], page: int) -> Sequence[Entry]:
    return entries[page * _LIST_PAGE :][:_LIST_PAGE]


def _join_list(lines: Sequence[str], *, separator: str = "\n") -> str:
    room = CARD - _LIST_FOOT
    return join_that_fit(lines, room, len(lines), cards.MORE_LINES, separator=separator)


def _page_texts(page: int, pages: int) -> list[str]:
    return [cards.PAGE_OF(page=page + 1, pages=pages)] if pages > 1 else []


def make_reading_card(
    article: Article,
    section: Section,
    page: int | None,
    sentence: int | None,
    *,
    has_links: bool = False,
) -> Card:
    """Show one page of a section, the sentence of index ``sentence`` bold.

    Without a ``page``, it is the page where that sentence stands. With ``has_links``, the
    article's links are live.
    """
    pages = split_pages(article, section, _READING_PAGE)
    if page is None:
        page = find_page(pages, -1 if sentence is None else sentence)
    else:
        page = clamp_page(page, len(pages))
    location = show_head(article, section)
    room = CARD - weigh(location)
    shown = show_pieces(pages[page] if pages else (), sentence, room, has_links=has_links)
    if not shown.strip():
        shown = cards.EMPTY_SECTION()
    texts = [location, shown]
    texts += _page_texts(page, len(pages))
    previous = _make_previous_button(article, section, page, sentence)
    following = _make_next_button(article, section, page, len(pages), sentence)
    return Card(texts, make_row(previous, following))


def _make_previous_button(
    article: Article, section: Section, page: int, sentence: int | None
) -> Button | None:
    """Make the button to the page before, or to the section before; None at the start."""
    ids = section_ids(article)
    index = section_index(article, section)
    if page > 0:
        return _make_turn_button(cards.PREVIOUS_PAGE(), ids[index], page - 1, sentence)
    if index == 0:
        return None
    heading = article.sections[index - 1].heading or cards.OPENING()
    label = cards.PREVIOUS_SECTION(heading=heading)
    return _make_turn_button(label, ids[index - 1], _LAST_PAGE)


def _make_next_button(
    article: Article, section: Section, page: int, pages: int, sentence: int | None
) -> Button | None:
    """Make the button to the page after, or to the section after; None at the end."""
    ids = section_ids(article)
    index = section_index(article, section)
    if page + 1 < pages:
        return _make_turn_button(cards.NEXT_PAGE(), ids[index], page + 1, sentence)
    if index + 1 == len(ids):
        return None
    heading = article.sections[index + 1].heading or cards.OPENING()
    label = cards.NEXT_SECTION(heading=heading)
    return _make_turn_button(label, ids[index + 1], 0)


def _make_turn_button(label: str, name: str, page: int, sentence: int | None = None) -> Button:
    return make_button(label, "turn", name, page, "" if sentence is None else sentence)


def make_summary_card(
    summaries: Sequence[Summary],
    sections: int,
    audience: Audience,
    asked: Sequence[str] = (),
    more: Button | None = None,
) -> Card:
    """Show as many summaries as fit; how many of the ``sections`` are left out is said.

    Each section that is shown can be read: the only one by a button, others from a menu.
    A private card can be shared, another one removed. The links of a single summary are live where
    they fit. ``asked`` are the lines that name the question, if it was one. ``more`` is a button
    behind the others.
    """
    only = summaries[0] if len(summaries) == 1 else None
    origin = _show_common_origin(summaries)
    room = CARD - _SUMMARY_FOOT - weigh(origin) - sum(map(weigh, asked))
    texts: list[str] = _summary_texts(summaries, room)
    if only is not None and audience.has_links:
        texts = _put_summary_links(only, texts)
    shown = summaries[: len(texts)]
    left_out = sections - len(texts)
    if left_out > 0:
        texts.append(cards.MORE_SECTIONS(left_out))
    read = None
    facts = [fit_name(only.article.title)] if only is not None else []
    if origin:
        facts.append(origin)
    if facts:
        texts.append("-# " + " · ".join(facts))
    if only is not None:
        name = section_id(only.article, only.section)
        read = make_button(cards.READ_SECTION(), "read", name, 0, "")
    menu = [] if only is not None else _make_summary_menu(shown)
    share = make_share_button(audience)
    remove = make_remove_button(audience)
    return Card([*asked, *texts], menu + make_row(share, read, remove, more))


def _make_summary_menu(summaries: Sequence[Summary]) -> list[Row]:
    """Make the menu that opens the first sections that are summed up; no row without any."""
    named: dict[str, _SectionEntry] = {}
    for summary in summaries:
        name = section_id(summary.article, summary.section)
        named.setdefault(name, (name, summary.article, summary.section))
    entries = list(named.values())[:_LIST_PAGE]
    if not entries:
        return []
    is_one_article = len({article.id for _, article, _ in entries}) == 1
    options = _section_options(entries, is_one_article=is_one_article)
    return [make_menu(cards.OPEN_SECTION(), "open", options)]


def _show_common_origin(summaries: Sequence[Summary]) -> str:
    """Say who wrote the only article that is summed up, and when; empty for several articles."""
    articles = {summary.article.id: summary.article for summary in summaries}
    if len(articles) != 1:
        return ""
    (article,) = articles.values()
    return show_origin(article)


def _summary_texts(summaries: Sequence[Summary], room: int) -> list[str]:
    """Give the summaries that fit; an article's title stands before its first section."""
    texts: list[str] = []
    # A single summary has the title of its article below.
    titled = summaries[0].article.id if len(summaries) == 1 else ""
    for summary in summaries[:MOST_SUMMARIES]:
        text = _summary_text(summary, has_title=summary.article.id != titled)
        room -= weigh(text)
        if room < 0:
            break
        texts.append(text)
        titled = summary.article.id
    return texts


def _put_summary_links(summary: Summary, texts: list[str]) -> list[str]:
    """Give the text of a single summary with its links if it fits, else the ``texts`` as before."""
    linked = _summary_text(summary, has_title=False, has_links=True)
    room = CARD - _SUMMARY_FOOT - LINE - weigh(show_origin(summary.article))
    return [linked] if weigh(linked) <= room else texts


def show_summary_line(sentence: Sentence, *, has_links: bool = False) -> str:
    """Show a sentence of a summary; its links are live where it ``has_links`` and is whole."""
    text = fit(sentence.plain, _SUMMARY_SENTENCE)
    if has_links and is_whole(sentence.plain, text):
        text = put_links(sentence.plain, read_links(sentence.plain, sentence.links))
    return f"- {text}"


def _summary_text(summary: Summary, *, has_title: bool, has_links: bool = False) -> str:
    title = summary.article.title
    heading = summary.section.heading
    lines = []
    if heading and has_title:
        lines.append("-# " + fit_name(title))
    shown = fit_name(heading or title)
    lines.append(f"**{shown}**")
    lines += [show_summary_line(one, has_links=has_links) for one in summary.sentences]
    if not summary.sentences:
        lines.append(cards.EMPTY_SUMMARY())
    return "\n".join(lines)
