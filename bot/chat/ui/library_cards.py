"""The articles as cards: lists to choose from, sections to read page by page, summaries, checked quotations."""

from collections.abc import Sequence

from bot.answers.ids import article_id, section_ids
from bot.answers.pages import find_page, split_pages
from bot.answers.summary import Summary
from bot.articles.model import Article, Section
from bot.chat.ui.answer_cards import NEAREST, section_id, show_pieces, show_place
from bot.chat.ui.components import Button, make_button, make_menu, make_row
from bot.chat.ui.layout import (
    AMBER,
    CARD,
    GREEN,
    GREY,
    LINE,
    Card,
    Row,
    as_many_as_fit,
    count,
    fit,
    fit_name,
    weigh,
)
from bot.quotations.model import QuotationCheck, QuotedSpan

_PAGE = 1_400
_OPTIONS = 25
_CLAIM, _DIFFERENCES = 800, 1_800
_OPENING = "Opening"
# A card holds 40 components: so many are texts that are listed, the others what stands around them.
MOST_SUMMARIES = _PLACES = 30


def make_articles_card(articles: Sequence[Article], page: int) -> Card:
    """List articles, 25 a page, with a menu that opens one's list of sections."""
    page = _clamp(page, len(articles))
    shown = articles[page * _OPTIONS :][:_OPTIONS]
    lines = [f"**{fit_name(one.title)}**\n-# {_describe(one)}" for one in shown]
    options = [(one.title, count(_headed(one), "section"), article_id(one)) for one in shown]
    texts = [
        "\n\n".join(_fitting(lines)) or "There are no articles yet.",
        *_page_line(page, len(articles)),
    ]
    menu = [make_menu("Open an article", "article", options)] if options else []
    return Card(texts, [*menu, *_turn("articles", page, len(articles))])


def _describe(article: Article) -> str:
    facts = [
        f"by {fit(article.author, 80)}" if article.author else "",
        fit(article.date, 40),
        count(_headed(article), "section"),
    ]
    return " · ".join(fact for fact in facts if fact)


def _headed(article: Article) -> int:
    return sum(1 for section in article.sections if section.heading)


def make_sections_card(articles: Sequence[Article], page: int) -> Card:
    """List the sections of articles, 25 a page, with a menu that opens them."""
    places = [
        (name, article, section)
        for article in articles
        for name, section in zip(section_ids(article), article.sections, strict=True)
    ]
    page = _clamp(page, len(places))
    shown = places[page * _OPTIONS :][:_OPTIONS]
    is_one = len(articles) == 1
    lines: list[str] = []
    for at, (_, article, section) in enumerate(shown):
        if at == 0 or article is not shown[at - 1][1]:
            lines.append(f"**{fit_name(article.title)}**")
        lines.append(f"{'  ' * len(section.parents)}- {fit_name(section.heading or _OPENING)}")
    options = [
        (part.heading or _OPENING, _begin(part) if is_one else article.title, name)
        for name, article, part in shown
    ]
    texts = ["\n".join(_fitting(lines)) or "There are no sections.", *_page_line(page, len(places))]
    menu = [make_menu("Read a section", "open", options)] if options else []
    return Card(
        texts, [*menu, *_turn("sections", page, len(places), articles[0] if is_one else None)]
    )


def _clamp(page: int, total: int) -> int:
    """Give the last page instead of one that there is no more."""
    return max(0, min(page, -(-total // _OPTIONS) - 1))


def _begin(section: Section) -> str:
    return section.sentences[0].plain if section.sentences else ""


def _fitting(lines: Sequence[str]) -> list[str]:
    return as_many_as_fit(lines, CARD - 500, "lines", len(lines))


def _page_line(page: int, total: int) -> list[str]:
    pages = -(-total // _OPTIONS)
    return [f"-# Page {page + 1} of {pages}"] if pages > 1 else []


def _turn(verb: str, page: int, total: int, article: Article | None = None) -> list[Row]:
    named = [article_id(article) if article else ""] if verb == "sections" else []
    pages = -(-total // _OPTIONS)
    return make_row(
        *(
            make_button(label, verb, *named, to) if 0 <= to < pages else None
            for label, to in (("Previous", page - 1), ("Next", page + 1))
        )
    )


def make_reading_card(
    article: Article, section: Section, page: int | None, sentence: int | None
) -> Card:
    """Show one page of a section, a ``sentence`` of it bold; without a page, the one where that sentence stands."""
    pages = split_pages(article, section, _PAGE)
    at = (
        find_page(pages, -1 if sentence is None else sentence)
        if page is None
        else max(0, min(page, len(pages) - 1))
    )
    texts = [show_place(article, section, link=True)]
    shown = show_pieces(pages[at] if pages else (), sentence, CARD)
    texts.append(shown if shown.strip() else "-# (This section has no text of its own.)")
    if len(pages) > 1:
        texts.append(f"-# Page {at + 1} of {len(pages)}")
    return Card(
        texts, _reading_row(article, section, at, len(pages), "" if sentence is None else sentence)
    )


def _reading_row(
    article: Article, section: Section, at: int, pages: int, sentence: int | str
) -> list[Row]:
    names, number = section_ids(article), section.number - article.sections[0].number
    back = forward = None
    if at > 0:
        back = make_button("Previous page", "turn", names[number], at - 1, sentence)
    elif number > 0:
        back = make_button(f"← {_name(article, number - 1)}", "turn", names[number - 1], 999, "")
    if at + 1 < pages:
        forward = make_button("Next page", "turn", names[number], at + 1, sentence)
    elif number + 1 < len(names):
        forward = make_button(f"→ {_name(article, number + 1)}", "turn", names[number + 1], 0, "")
    return make_row(back, forward)


def _name(article: Article, number: int) -> str:
    return article.sections[number].heading or _OPENING


def make_summary_card(summaries: Sequence[Summary], sections: int, asker: int = 0) -> Card:
    """Show summaries, as many as fit; how many of the ``sections`` are left out is said."""
    texts: list[str] = []
    room = CARD - 100
    titled = summaries[0].article.id if len(summaries) == 1 else ""
    for summary in summaries:
        lines = [f"**{fit_name(summary.section.heading or summary.article.title)}**"]
        if summary.section.heading and summary.article.id != titled:
            lines.insert(0, "-# " + fit_name(summary.article.title))
        titled = summary.article.id
        lines += [f"- {fit(sentence.plain, 700)}" for sentence in summary.sentences] or [
            "-# (no text of its own)"
        ]
        text = "\n".join(lines)
        if weigh(text) > room or len(texts) == MOST_SUMMARIES:
            break
        texts.append(text)
        room -= weigh(text)
    if len(texts) < sections:
        texts.append(f"-# … and {sections - len(texts)} more sections: name one.")
    if len(summaries) == 1:
        texts.append("-# " + fit_name(summaries[0].article.title))
    one = summaries[0] if len(summaries) == 1 else None
    read = (
        make_button("Read the section", "read", section_id(one.article, one.section), 0, "")
        if one
        else None
    )
    return Card(
        texts,
        make_row(read, make_button("Remove", "remove", asker) if asker else None),
    )


def make_quotation_card(
    check: QuotationCheck, nearest: Sequence[tuple[Article, Section]], *, can_share: bool = True
) -> Card:
    """Say whether a claimed text stands in the articles, where, what is different about it, or what is nearest."""
    claimed = "> " + fit(" ".join(check.claim.split()), _CLAIM)
    head, colour = {
        "found": ("**This stands in the articles, word for word.**", GREEN),
        "with omissions": (
            "**This stands in the articles, with something left out where the claim says so.**",
            GREEN,
        ),
        "altered": ("**This does not stand in the articles like that: it was altered.**", AMBER),
        "not found": ("**This does not stand in the articles.**", GREY),
        "too short": ("That is too short to tell: give at least three words in a row.", GREY),
    }[check.kind]
    texts = [claimed, head]
    if check.kind in ("found", "with omissions") and not check.is_exact:
        texts.append("-# The words are the same; marks between them differ.")
    if check.kind == "altered":
        texts += [
            f"> {_show_differences(check)}",
            "-# ~~struck out~~: claimed, but not there · **bold**: there instead",
        ]
    places = [f"-# {_show_stretch(one)}" for one in check.spans[:_PLACES]]
    texts += as_many_as_fit(places, CARD - sum(map(weigh, texts)), "places", len(check.spans))
    if check.kind == "not found" and nearest:
        texts.append(NEAREST)
    reads = {section_id(one.article, one.section): _open_stretch(one) for one in check.spans}
    if check.kind == "not found":
        reads = {section_id(*place): _open_at(*place, 0) for place in nearest}
    share = make_button("Share here", "share") if can_share and check.kind != "too short" else None
    opening = list(reads.values())[:3]
    if len(opening) == 1:
        opening[0].label = "Read the section"
    return Card(texts, make_row(share, *opening), colour)


def _show_stretch(stretch: QuotedSpan) -> str:
    """Say where a claim stands; in a heading, where nobody would look for it, or from there on, it is said so."""
    where = ""
    if stretch.is_from_heading:
        where = "From the heading on: " if stretch.sentences else "In the heading: "
    place = show_place(stretch.article, stretch.section)
    return f"{where}{place} · {fit(stretch.article.file, LINE)}:{stretch.line}"


def _open_stretch(stretch: QuotedSpan) -> Button:
    """Make the button that opens a section where a claim stands in its text, or at the beginning if in the heading."""
    if not stretch.sentences:
        return make_button(
            stretch.section.heading, "read", section_id(stretch.article, stretch.section), 0, ""
        )
    sentences = stretch.section.sentences
    number = next(at for at, sentence in enumerate(sentences) if sentence is stretch.sentences[0])
    return _open_at(stretch.article, stretch.section, number)


def _open_at(article: Article, section: Section, sentence: int) -> Button:
    return make_button(
        section.heading or article.title, "read", section_id(article, section), "", sentence
    )


def _show_differences(check: QuotationCheck) -> str:
    """Go through a claim and what stands there, as much as fits: what is claimed alone struck out, the other bold."""
    shown: list[str] = []
    room = _DIFFERENCES
    for one in check.differences:
        claimed, stands = fit(one.claimed, _CLAIM), fit(one.article, _CLAIM)
        if one.kind == "same":
            part = stands
        elif one.kind == "left out" and claimed:
            part = claimed
        else:
            part = " ".join(
                [*([f"~~{claimed}~~"] if claimed else []), *([f"**{stands}**"] if stands else [])]
            )
        room -= weigh(part) + 1
        if room < 0:
            return " ".join([*shown, "…"])
        shown.append(part)
    return " ".join(shown)
