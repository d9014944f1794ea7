"""What an editor is handed: the files of what is served, packed.

In: an export. Out: a card that names its zips, and what is not in them.
"""

from bot.chat.ui.layout import CARD, Card, fit, join_that_fit
from bot.editing.export import Export
from bot.texts import cards
from bot.texts import editing as texts

_NAME = 120
# Room for what stands before the list of what is left out.
_HEAD = 600


def make_export_card(packed: Export) -> Card:
    """Hand over the zips, and say what was left out."""
    blocks: list[str] = [texts.EXPORTED(packed.count)]
    if len(packed.parts) > 1:
        blocks.append(texts.EXPORT_IN_PARTS(len(packed.parts)))
    if packed.left_out:
        count = len(packed.left_out)
        names = (fit(name, _NAME) for name in packed.left_out)
        listed = join_that_fit(names, CARD - _HEAD, count, cards.MORE_LINES, separator=", ")
        blocks.append(texts.NOT_EXPORTED(count, files=listed))
    return Card(blocks, files=[name for name, _ in packed.parts])
