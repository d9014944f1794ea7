"""What every card is made of: Components V2 within Discord's limits, and texts that fit.

Nothing is cut inside a word, an emoji or markup; nothing of an article or a question is live. Nothing is sent here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import discord
from wcwidth import iter_graphemes

from bot.chat.ui.escape import begin_visible, escape

# Of the 4,000 characters that all texts of a message may have; a line may be added to a card that is shared.
_FULL, CARD = 3_950, 3_800
# Of the 2,000 characters that a plain message may have.
PLAIN = 1_900
LINE = 200
GREEN, AMBER, ORANGE, GREY = (
    discord.Colour(value) for value in (0x3F9B6C, 0xD9A441, 0xC7733D, 0x80848E)
)
_NEUTRAL = discord.Colour(0x4E8098)
_WORD = re.compile(r"\S+")

Row = discord.ui.ActionRow[Any]
# A text, or a text with a button at its right.
Block = str | tuple[str, discord.ui.Button[Any]]


class Card(discord.ui.LayoutView):
    """A message of texts in a frame, with rows of buttons or a menu below.

    It listens to nothing by itself: what is pressed comes as an event, whose custom id says all that is needed, so
    nothing of a card stays in memory and its buttons outlive a restart.
    """

    def __init__(
        self,
        blocks: Iterable[Block],
        rows: Sequence[Row] = (),
        colour: discord.Colour = _NEUTRAL,
        file: str = "",
    ) -> None:
        """Show texts up to the first that does not fit, and the attachment of the name ``file``, if there is one."""
        super().__init__(timeout=None)
        container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
        room = _FULL
        for block in blocks:
            text = block if isinstance(block, str) else block[0]
            if weigh(text) > room:
                break
            if text.strip():
                item: discord.ui.Item[Any] = discord.ui.TextDisplay(text)
                container.add_item(
                    item if isinstance(block, str) else discord.ui.Section(item, accessory=block[1])
                )
                room -= weigh(text)
        if file:
            container.add_item(discord.ui.File(f"attachment://{file}"))
        self.add_item(container)
        for row in rows:
            self.add_item(row)

    def is_finished(self) -> bool:
        """Keep discord.py from storing the view to listen for presses."""
        return True


def weigh(text: str) -> int:
    """Count as the strictest of Discord's counters does.

    A character beyond U+FFFF is two; and as a message of more than 10,170 bytes of text fails (api-docs#8554),
    2.6 bytes are one at the least.
    """
    size_bytes = len(text.encode("utf-8", "surrogatepass"))
    return max(
        len(text) + sum(character > "\uffff" for character in text), math.ceil(size_bytes / 2.6)
    )


def fit(text: str, limit: int) -> str:
    """Make a text inert and at most ``limit`` long; what is cut ends after a whole word, with an ellipsis.

    However long a text is, no more of it is looked at than could be shown, with some that can't be seen in between.
    """
    beginning, is_whole = begin_visible(text, limit + 1)
    escaped = escape(beginning)
    if is_whole and weigh(escaped) <= limit:
        return escaped
    words = [word.end() for word in _WORD.finditer(beginning)]
    # What follows is not known: the last word may go on.
    if words[-1:] == [len(beginning)]:
        words.pop()
    graphemes = list(accumulate(map(len, iter_graphemes(beginning))))
    return (
        _longest(beginning, words, limit - 1) or _longest(beginning, graphemes, limit - 1)
    ) + "…"


def fit_name(name: str) -> str:
    """Make a title or a heading fit into a line; one of which nothing can be seen is shown as an ellipsis."""
    shown = fit(name, LINE)
    return shown if shown.strip() else "…"


def _longest(text: str, ends: Sequence[int], limit: int) -> str:
    """Escape a text up to the last of ``ends`` that fits; halving, as the escaped text grows with every piece."""
    cuts = [0, *ends]
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high + 1) // 2
        if weigh(escape(text[: cuts[middle]])) <= limit:
            low = middle
        else:
            high = middle - 1
    return escape(text[: cuts[low]])


def read_texts(message: discord.Message | None) -> list[str]:
    """Read back the texts of a card, from top to bottom."""
    return [
        one.content
        for one in _walk(message.components if message else ())
        if isinstance(one, discord.TextDisplay)
    ]


def read_buttons(message: discord.Message | None) -> list[discord.Button]:
    """Read back the buttons of a card, in order."""
    return [
        one
        for one in _walk(message.components if message else ())
        if isinstance(one, discord.Button)
    ]


def remake_card(message: discord.Message, texts: Iterable[str], rows: Sequence[Row]) -> Card:
    """Make a card of a message's colour, with these texts and rows."""
    containers = (one for one in _walk(message.components) if isinstance(one, discord.Container))
    colour = next(
        (one.accent_colour for one in containers if one.accent_colour is not None), _NEUTRAL
    )
    return Card(texts, rows, colour)


def read_menus(message: discord.Message | None) -> list[discord.SelectMenu]:
    """Read back the menus of a card, in order."""
    return [
        one
        for one in _walk(message.components if message else ())
        if isinstance(one, discord.SelectMenu)
    ]


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
        # What stands at the right of a text.
        yield from _walk(
            [component.accessory] if isinstance(component, discord.SectionComponent) else ()
        )


def as_many_as_fit(lines: Iterable[str], limit: int, noun: str, total: int) -> list[str]:
    """Take lines until they do not fit; of the ``total`` the rest is counted."""
    kept: list[str] = []
    room = limit - 40
    for line in lines:
        room -= weigh(line) + 1
        if room < 0:
            break
        kept.append(line)
    rest = total - len(kept)
    return [*kept, f"-# … and {rest} more {noun}"] if rest else kept


def count(number: int, noun: str) -> str:
    """Say how many there are: ``1 article``, ``2,000 articles``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
