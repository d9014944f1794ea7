"""Passages as texts of a card: a quotation, pieces of a section, and where they stand.

In: quotations, pieces, articles and sections. Out: Discord Markdown in which nothing of an article
is live but its formatting as code, and its address and its links where these are asked for.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.answers.model import Quote
from bot.answers.page_address import FRAGMENT, find_page_address
from bot.answers.pages import Piece, find_omissions, lay_out_quotation
from bot.articles.model import Article, Section
from bot.chat.ui.escape import visible_text
from bot.chat.ui.layout import LINE, fit, fit_name, weigh
from bot.chat.ui.links import is_whole, mask, put_links, read_address, read_links
from bot.texts import cards
from bot.texts.filling import tell_date

# A quotation takes no more than this of a card.
QUOTE = 2_600
# A block of code takes no more than this.
_CODE_BLOCK = 1_800
# What stands before an item as deep in lists as any parser goes.
_MARK = 60
# Room for the two lines that say that something is left out, and for the marks of a quotation.
_OMISSIONS = 50
# Room for the marks around a piece.
_PIECE_MARKUP = 10
# What stands before each line of a quotation: "> ".
_QUOTE_MARK = 2
# What names a place takes no more than this, if its link leads to a sentence.
_LINKED_LOCATION = 730
# Who wrote an article, and when, take no more than this.
_AUTHOR = 80
_DATE = 40
# A piece is not begun where there is less room than this.
_SHORTEST_PIECE = 60

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class _Part(NamedTuple):
    """A part of what is shown; ``piece`` is None where that is no piece as a whole."""

    shown: str
    piece: Piece | None = None


def quote_texts(quote: Quote, limit: int = QUOTE, *, has_links: bool = False) -> list[str]:
    """Give a quotation with its key sentence bold, and where it stands.

    With ``has_links``, its links are live, and that of its place leads to the key sentence.
    """
    text = quote_text(quote, limit, has_links=has_links)
    location = show_quote_location(quote, has_links=has_links)
    return [text, f"-# {location}"]


def quote_text(quote: Quote, limit: int, *, has_links: bool) -> str:
    """Give a quotation with its key sentence bold.

    A line of its own says where the rest of its list is left out.
    """
    pieces = lay_out_quotation(quote)
    key = pieces[quote.sentences.index(quote.key)]
    shown = show_pieces(pieces, key.number, limit - _OMISSIONS, has_links=has_links)
    lines = ["> " + shown.replace("\n", "\n> ")]
    begins_before, goes_on = find_omissions(quote)
    if begins_before:
        lines.insert(0, cards.OMISSION())
    if goes_on:
        lines.append(cards.OMISSION())
    return "\n".join(lines)


def show_pieces(
    pieces: Sequence[Piece], key: int | None, limit: int, *, has_links: bool = False
) -> str:
    """Show as many pieces as fit, then an ellipsis.

    The sentence of number ``key`` is bold. Code is a block of code where that shows it exactly.
    With ``has_links``, links are live: the first ones that fit beside all the words.
    """
    parts = _make_parts(pieces, key, limit)
    if has_links:
        parts = _put_links(parts, key, limit)
    return _join(parts)


def _join(parts: Iterable[_Part]) -> str:
    return "".join(part.shown for part in parts)


def _make_parts(pieces: Sequence[Piece], key: int | None, limit: int) -> list[_Part]:
    """Give the parts of as many pieces as fit, without links."""
    parts: list[_Part] = []
    for code, group in groupby(pieces, lambda piece: piece.code):
        run = list(group)
        if code:
            shown = _join(parts)
            block = _make_code_block(run, is_first=not shown)
            if block and weigh(shown + block) <= limit:
                parts.append(_Part(block))
                continue
        if _add_pieces(parts, run, key, limit):
            break
    return parts


def _add_pieces(parts: list[_Part], pieces: Iterable[Piece], key: int | None, limit: int) -> bool:
    """Add pieces of text to what is shown; say whether they were cut off."""
    for piece in pieces:
        before = _join(parts)
        room = limit - weigh(before) - _PIECE_MARKUP
        if room <= _SHORTEST_PIECE and before:
            parts.append(_Part(f" {cards.ELLIPSIS}"))
            return True
        text = fit(piece.text, max(room, _SHORTEST_PIECE))
        shown = _show_piece(piece, text, key)
        parts.append(_Part(shown, piece if is_whole(piece.text, text) else None))
    return False


def _show_piece(piece: Piece, text: str, key: int | None) -> str:
    """Show a piece whose text is inert but for links; that of the key sentence is bold."""
    mark = fit(piece.mark, _MARK)
    shown = bold(text) if piece.number == key else text
    return piece.gap + mark + shown


def _put_links(parts: Sequence[_Part], key: int | None, limit: int) -> list[_Part]:
    """Make links live in as many parts, and in each as many, as fit."""
    linked = list(parts)
    for number, (_, piece) in enumerate(parts):
        if piece is None or not piece.links:
            continue
        links = read_links(piece.text, piece.links)
        for count in range(1, len(links) + 1):
            text = put_links(piece.text, links[:count])
            before = linked[number]
            linked[number] = _Part(_show_piece(piece, text, key), piece)
            shown = _join(linked)
            if weigh(shown) + _count_quote_marks(shown) > limit:
                linked[number] = before
                return linked
    return linked


def _count_quote_marks(shown: str) -> int:
    """Count the characters of the marks that each further line of a quotation has."""
    return _QUOTE_MARK * shown.count("\n")


def _make_code_block(lines: Iterable[Piece], *, is_first: bool) -> str:
    """Make a block of code; empty where a block would not show the lines exactly."""
    code = "".join(line.gap + line.text for line in lines).strip("\n")
    if not is_shown_exactly(code):
        return ""
    block = f"\n```\n{code}\n```"
    return block.removeprefix("\n") if is_first else block


def is_shown_exactly(text: str) -> bool:
    """Say whether a block of code shows a text exactly.

    It does where every character is visible, nothing ends the block, and something is not blank: of
    blanks alone Discord makes no block.
    """
    if len(text) > _CODE_BLOCK or not text.strip():
        return False
    if "`" in text or "\t" in text:
        return False
    return text == visible_text(text) and weigh(text) <= _CODE_BLOCK


def bold(text: str) -> str:
    """Make a text bold; none stays none."""
    return f"**{text}**" if text else ""


def show_location(article: Article, section: Section) -> str:
    """Name a section and its article."""
    return " · ".join(_name_place(article, section))


def show_source(article: Article, section: Section) -> str:
    """Name a section and its article, who wrote that and when, and the article's address."""
    return " · ".join([*_name_place(article, section), *_list_facts(article)])


def show_head(article: Article, section: Section) -> str:
    """Name a section and its article; who wrote that and when, and its address, stand below."""
    head = show_location(article, section)
    facts = _list_facts(article)
    return f"{head}\n-# {' · '.join(facts)}" if facts else head


def _list_facts(article: Article) -> list[str]:
    """Give who wrote an article and when, and its address, as far as it says so."""
    origin = show_origin(article)
    facts = [origin] if origin else []
    return [*facts, f"<{article.source}>"] if _is_address(article.source) else facts


def show_origin(article: Article) -> str:
    """Say who wrote an article and when, as far as it says so; empty where it does not."""
    author, date = (" ".join(fact.split()) for fact in (article.author, article.date))
    shown = fit(author, _AUTHOR)
    if shown.strip():
        shown = cards.BY_AUTHOR(author=shown)
    facts = filter(str.strip, (shown, fit(tell_date(date), _DATE)))
    return cards.BETWEEN_FACTS().join(facts)


def show_quote_location(quote: Quote, *, has_links: bool = False) -> str:
    """Name where a quotation stands, who wrote it and when, with the article's address.

    With ``has_links``, the address leads to the key sentence, where the page's text is known well
    enough and there is room.
    """
    article, section = quote.article, quote.section
    shown = show_source(article, section)
    if not has_links or not _is_address(article.source):
        return shown
    address = read_address(find_page_address(article, quote.key))
    if address is None or FRAGMENT not in address.text:
        return shown
    page, _, _ = address.text.partition(FRAGMENT)
    _, _, words = page.removesuffix("#").partition("://")
    link = mask(words, address)
    origin = filter(None, [show_origin(article)])
    linked = " · ".join([*_name_place(article, section), *origin, link])
    is_pressable = link and "://" not in words
    return linked if is_pressable and weigh(linked) <= _LINKED_LOCATION else shown


def _name_place(article: Article, section: Section) -> list[str]:
    heading = [bold(fit_name(section.heading))] if section.heading else []
    return [*heading, fit_name(article.title)]


def _is_address(source: str) -> bool:
    """Say whether a text is nothing but an address, short enough and all visible."""
    if len(source) > LINE:
        return False
    if source != visible_text(source):
        return False
    return _ADDRESS.fullmatch(source) is not None
