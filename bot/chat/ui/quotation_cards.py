"""A claimed quotation as a card: whether and where it stands, what was altered, what is nearest.

In: a check of the claim. Out: a card whose buttons open the sections where it stands.
"""

from collections.abc import Sequence

import discord

from bot.articles.model import Article, Section
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.layout import (
    AMBER,
    CARD,
    GREEN,
    GREY,
    LINE,
    Button,
    Card,
    fit,
    take_that_fit,
    weigh,
)
from bot.chat.ui.passages import bold, show_location
from bot.chat.ui.source import section_id, sentence_index
from bot.quotations.model import CheckKind, Difference, QuotationCheck, QuotedSpan
from bot.texts import Text, cards

# What a claim, and what its differences take of a card.
_CLAIM = 800
_DIFFERENCES = 1_800
# A card holds 40 components: so many are places, the others are what stands around them.
_MOST_PLACES = 30
# A row holds five buttons: one shares the card, so many open a section.
_MOST_READ_BUTTONS = 3

# What is said of a claim, by the kind of the check.
_VERDICTS: dict[CheckKind, tuple[Text, discord.Colour]] = {
    "found": (cards.QUOTATION_FOUND, GREEN),
    "with omissions": (cards.QUOTATION_WITH_OMISSIONS, GREEN),
    "altered": (cards.QUOTATION_ALTERED, AMBER),
    "not found": (cards.QUOTATION_NOT_FOUND, GREY),
    "too short": (cards.QUOTATION_TOO_SHORT, GREY),
}


def make_quotation_card(
    check: QuotationCheck, nearest: Sequence[tuple[Article, Section]], *, can_share: bool = True
) -> Card:
    """Say whether and where a claim stands in the articles; else what was altered or is nearest."""
    one_line = " ".join(check.claim.split())
    verdict, colour = _VERDICTS[check.kind]
    texts = ["> " + fit(one_line, _CLAIM), verdict()]
    is_found = check.kind in ("found", "with omissions")
    if is_found and not check.is_exact:
        texts.append(cards.PUNCTUATION_DIFFERS())
    if check.kind == "altered":
        texts.append("> " + _show_differences(check.differences))
        texts.append(cards.DIFFERENCES_LEGEND())
    texts += _place_texts(check, CARD - sum(map(weigh, texts)))
    if check.kind == "not found" and nearest:
        texts.append(cards.NEAREST())
    share = None
    if can_share and check.kind != "too short":
        share = make_button(cards.SHARE(), "share")
    return Card(texts, make_row(share, *_make_read_buttons(check, nearest)), colour)


def _place_texts(check: QuotationCheck, room: int) -> list[str]:
    """Say in a line each where a claim stands; those that do not fit are counted.

    What stands twice in a line of the file, or in parts, stands in one place.
    """
    places: dict[tuple[str, int, bool], QuotedSpan] = {}
    for span in check.spans:
        places.setdefault((span.article.file, span.line, span.is_from_heading), span)
    spans = list(places.values())
    lines = [f"-# {_show_place(span)}" for span in spans[:_MOST_PLACES]]
    return take_that_fit(lines, room, len(spans), cards.MORE_PLACES)


def _show_place(span: QuotedSpan) -> str:
    """Name the section, file and line; the heading as well, where nobody would look for a claim."""
    part = ""
    if span.is_from_heading:
        part = cards.FROM_HEADING_ON() if span.sentences else cards.ONLY_IN_HEADING()
    location = show_location(span.article, span.section)
    file = fit(span.article.file, LINE)
    article = span.article
    if article.decoding.kind == "line":
        return f"{part}{location} · {file}:{span.line}"
    place = cards.PLACES[article.decoding.kind](number=article.place_number(span))
    return f"{part}{location} · {file}, {place}"


def _make_read_buttons(
    check: QuotationCheck, nearest: Sequence[tuple[Article, Section]]
) -> list[Button]:
    """Make a button for each of the first sections where a claim stands, or that are nearest."""
    # By section id: a section that holds a claim twice is opened where it stands last.
    buttons: dict[str, Button] = {}
    if check.kind == "not found":
        for article, section in nearest:
            name = section_id(article, section)
            buttons[name] = _make_read_button(article, section, 0)
    else:
        for span in check.spans:
            name = section_id(span.article, span.section)
            buttons[name] = _make_span_button(span)
    first = list(buttons.values())[:_MOST_READ_BUTTONS]
    if len(first) == 1:
        first[0].label = cards.READ_SECTION()
    return first


def _make_span_button(span: QuotedSpan) -> Button:
    """Make the button that opens a section where a claim stands in its text.

    Where the claim stands in the heading alone, the section opens at its beginning.
    """
    if not span.sentences:
        name = section_id(span.article, span.section)
        return make_button(span.section.heading, "read", name, 0, "")
    index = sentence_index(span.section, span.sentences[0])
    return _make_read_button(span.article, span.section, index)


def _make_read_button(article: Article, section: Section, sentence: int) -> Button:
    label = section.heading or article.title
    return make_button(label, "read", section_id(article, section), "", sentence)


def _show_differences(differences: Sequence[Difference]) -> str:
    """Show a claim and what stands there side by side, as much as fits."""
    shown: list[str] = []
    room = _DIFFERENCES
    for difference in differences:
        part = _show_difference(difference)
        room -= weigh(part) + 1
        if room < 0:
            shown.append(cards.ELLIPSIS())
            break
        shown.append(part)
    return " ".join(shown)


def _show_difference(difference: Difference) -> str:
    """Strike out what is claimed alone; what stands there instead is bold."""
    claimed = fit(difference.claimed, _CLAIM)
    in_article = fit(difference.article, _CLAIM)
    if difference.kind == "same":
        return in_article
    if difference.kind == "left out" and claimed:
        return claimed
    struck_out = f"~~{claimed}~~" if claimed else ""
    return " ".join(filter(None, [struck_out, bold(in_article)]))
