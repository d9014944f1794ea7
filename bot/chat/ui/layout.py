"""What every card is made of: Components V2 within Discord's limits, and texts that fit.

In: texts, rows of buttons, a colour. Out: a ``Card``, which is a view of discord.py. Text of an
article or of a question is made inert by ``fit``; it is cut after a whole word or grapheme, never
inside an emoji or markup. Nothing is sent here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import discord

from bot.chat.ui.escape import begin_visible, escape
from bot.texts import Plural, cards
from bot.texts.languages import ENGLISH, LANGUAGES, current_language

# All texts of a message may have 4,000 characters together.
_MOST_CHARACTERS = 3_950
# What a card is planned for: a line may be added to it when it is shared.
CARD = 3_800
# A message without components may have 2,000 characters.
PLAIN = 1_900
# A title or a heading takes no more than this.
LINE = 200
# "… and 1,234 more passages" is shorter than this; other languages may say it in more words.
_MORE_LINE = 40
# A message of more than 10,170 bytes of text fails, though it has fewer than 4,000 characters.
_BYTES_A_CHARACTER = 2.6

GREEN = discord.Colour(0x3F9B6C)
AMBER = discord.Colour(0xD9A441)
ORANGE = discord.Colour(0xC7733D)
GREY = discord.Colour(0x80848E)
NEUTRAL = discord.Colour(0x4E8098)

# By language: the id of a card's frame, by which the language is read back. English has none.
MARKS = {
    language: 9_000 + number for number, language in enumerate(LANGUAGES) if language != ENGLISH
}

_WORD = re.compile(r"\S+")

Row = discord.ui.ActionRow[Any]
Button = discord.ui.Button[Any]
# A text, or a text with a button at its right.
Block = str | tuple[str, Button]


class Card(discord.ui.LayoutView):
    """A message of texts in a frame, with rows of buttons or a menu below.

    The view listens to nothing. A press comes as an event whose custom id holds all that is
    needed. So no card stays in memory, and buttons outlive a restart.
    """

    def __init__(
        self,
        blocks: Iterable[Block],
        rows: Sequence[Row] = (),
        colour: discord.Colour = NEUTRAL,
        files: Sequence[str] = (),
        picture: tuple[str, str] | None = None,
    ) -> None:
        """Show the blocks up to the first that does not fit; ``files`` names attachments.

        ``picture`` is the name of an attachment that is shown, and what it shows.
        """
        super().__init__(timeout=None)
        mark = MARKS.get(current_language())
        container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour, id=mark)
        for item in _make_items_that_fit(blocks):
            container.add_item(item)
        if picture is not None:
            name, alt_text = picture
            gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
            gallery.add_item(media=f"attachment://{name}", description=alt_text)
            container.add_item(gallery)
        for file in files:
            container.add_item(discord.ui.File(f"attachment://{file}"))
        self.add_item(container)
        for row in rows:
            self.add_item(row)

    def is_finished(self) -> bool:
        """Keep discord.py from storing the view to listen for presses."""
        return True


def _make_items_that_fit(blocks: Iterable[Block]) -> Iterator[discord.ui.Item[Any]]:
    room = _MOST_CHARACTERS
    for block in blocks:
        text = block if isinstance(block, str) else block[0]
        weight = weigh(text)
        if weight > room:
            return
        if text.strip():
            yield _make_item(block)
            room -= weight


def _make_item(block: Block) -> discord.ui.Item[Any]:
    if isinstance(block, str):
        return discord.ui.TextDisplay(block)
    text, button = block
    return discord.ui.Section(discord.ui.TextDisplay(text), accessory=button)


def weigh(text: str) -> int:
    """Count characters as the strictest of Discord's counters does.

    A character beyond U+FFFF counts as two. Texts are limited in bytes as well (api-docs#8554), so
    2.6 bytes of UTF-8 count as one character at the least.
    """
    size_bytes = len(text.encode("utf-8", "surrogatepass"))
    beyond_bmp = sum(character > "\uffff" for character in text)
    utf16_units = len(text) + beyond_bmp
    return max(utf16_units, math.ceil(size_bytes / _BYTES_A_CHARACTER))


def fit(text: str, limit: int) -> str:
    """Make a text inert and at most ``limit`` long.

    What is cut ends after a whole word, with an ellipsis. However long the text is, no more of it
    is looked at than could be shown, with some invisible characters in between.
    """
    beginning, is_whole = begin_visible(text, limit + 1)
    escaped = escape(beginning)
    if is_whole and weigh(escaped) <= limit:
        return escaped
    room = limit - len(cards.ELLIPSIS())
    cut = _escape_longest(beginning, _find_word_ends(beginning), room)
    if not cut:
        # Its tables are large, and hardly a text has no word that fits.
        from wcwidth import iter_graphemes  # noqa: PLC0415

        graphemes = iter_graphemes(beginning)
        grapheme_ends = list(accumulate(map(len, graphemes)))
        cut = _escape_longest(beginning, grapheme_ends, room)
    return cut + cards.ELLIPSIS()


def fit_name(name: str) -> str:
    """Make a title or a heading fit into a line; an invisible one is shown as an ellipsis."""
    shown = fit(name, LINE)
    return shown if shown.strip() else cards.ELLIPSIS()


def _find_word_ends(beginning: str) -> list[int]:
    """Find where the words of the beginning of a text end, but for one that may go on."""
    ends = [word.end() for word in _WORD.finditer(beginning)]
    if ends and ends[-1] == len(beginning):
        ends.pop()
    return ends


def _escape_longest(text: str, ends: Sequence[int], limit: int) -> str:
    """Escape a text up to the last of ``ends`` where it weighs at most ``limit``.

    The escaped text grows with every end, so the last one is found by bisection.
    """
    cuts = [0, *ends]
    low = 0
    high = len(ends)
    while low < high:
        middle = (low + high + 1) // 2
        candidate = escape(text[: cuts[middle]])
        if weigh(candidate) <= limit:
            low = middle
        else:
            high = middle - 1
    return escape(text[: cuts[low]])


def join_that_fit(
    lines: Iterable[str], limit: int, total: int, more: Plural, *, separator: str = "\n"
) -> str:
    """Join the lines that fit; ``more`` counts the rest of ``total`` in a last line."""
    return separator.join(take_that_fit(lines, limit, total, more))


def take_that_fit(lines: Iterable[str], limit: int, total: int, more: Plural) -> list[str]:
    """Take lines until one does not fit; ``more`` counts the rest of ``total`` in a last line."""
    kept: list[str] = []
    room = limit - max(_MORE_LINE, weigh(more(total)) + 1)
    for line in lines:
        room -= weigh(line) + 1
        if room < 0:
            break
        kept.append(line)
    rest = total - len(kept)
    if rest:
        kept.append(more(rest))
    return kept


def count_pages(total: int, page_size: int) -> int:
    """Count the pages that ``total`` entries fill."""
    return -(-total // page_size)


def clamp_page(page: int, pages: int) -> int:
    """Give the last page in place of one that is no longer there; pages count from 0."""
    return max(0, min(page, pages - 1))
