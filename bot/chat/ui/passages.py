"""Passages as texts of a card: a quotation, pieces of a section, and where they stand.

In: quotations, pieces, articles and sections. Out: Discord Markdown in which nothing of an article
is live but its formatting as code, and its address where that is asked for.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.answers.model import Quote
from bot.answers.pages import Piece, find_omissions, lay_out_quotation
from bot.articles.model import Article, Section
from bot.chat.ui.escape import visible_text
from bot.chat.ui.layout import LINE, fit, fit_name, weigh
from bot.texts import cards

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
# A piece is not begun where there is less room than this.
_SHORTEST_PIECE = 60

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def quote_texts(quote: Quote, limit: int = QUOTE) -> list[str]:
    """Give a quotation with its key sentence bold, and where it stands.

    A line of its own says where the rest of its list is left out.
    """
    pieces = lay_out_quotation(quote)
    key = pieces[quote.sentences.index(quote.key)]
    shown = show_pieces(pieces, key.number, limit - _OMISSIONS)
    lines = ["> " + shown.replace("\n", "\n> ")]
    begins_before, goes_on = find_omissions(quote)
    if begins_before:
        lines.insert(0, cards.OMISSION)
    if goes_on:
        lines.append(cards.OMISSION)
    location = show_location(quote.article, quote.section, has_link=True)
    return ["\n".join(lines), f"-# {location}"]


def show_pieces(pieces: Sequence[Piece], key: int | None, limit: int) -> str:
    """Show as many pieces as fit, then an ellipsis.

    The sentence of number ``key`` is bold. Code is a block of code where that shows it exactly.
    """
    shown = ""
    for code, group in groupby(pieces, lambda piece: piece.code):
        run = list(group)
        if code:
            block = _make_code_block(run, is_first=not shown)
            if block and weigh(shown + block) <= limit:
                shown += block
                continue
        shown, is_cut = _add_pieces(shown, run, key, limit)
        if is_cut:
            break
    return shown


def _add_pieces(
    shown: str, pieces: Iterable[Piece], key: int | None, limit: int
) -> tuple[str, bool]:
    """Add pieces of text to what is shown; say whether they were cut off."""
    for piece in pieces:
        room = limit - weigh(shown) - _PIECE_MARKUP
        if room <= _SHORTEST_PIECE and shown:
            return f"{shown} {cards.ELLIPSIS}", True
        text = fit(piece.text, max(room, _SHORTEST_PIECE))
        if piece.number == key:
            text = bold(text)
        mark = fit(piece.mark, _MARK)
        shown += piece.gap + mark + text
    return shown, False


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


def show_location(article: Article, section: Section, *, has_link: bool = False) -> str:
    """Name a section and its article; with the article's address where it ``has_link``."""
    names = []
    if section.heading:
        names.append(bold(fit_name(section.heading)))
    names.append(fit_name(article.title))
    if has_link and _is_address(article.source):
        names.append(f"<{article.source}>")
    return " · ".join(names)


def _is_address(source: str) -> bool:
    """Say whether a text is nothing but an address, short enough and all visible."""
    if len(source) > LINE:
        return False
    if source != visible_text(source):
        return False
    return _ADDRESS.fullmatch(source) is not None
