"""Who asked and who sees a card, and how it gets to others or away."""

from dataclasses import dataclass

from bot.chat.ui.components import make_button
from bot.chat.ui.layout import Button
from bot.texts import cards


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asked and who sees the card, which decides what can be pressed.

    ``is_reply``: the card answers a message, so whoever replies to the card goes on.
    ``has_links``: the articles' links are live. ``is_editor``: who sees it changes the articles.
    ``sureness``: how sure an answer must be that is shown there: any, likely or sure.
    """

    asker_id: int
    is_private: bool = False
    is_reply: bool = False
    has_votes: bool = False
    can_share: bool = True
    has_humans: bool = False
    has_links: bool = False
    is_editor: bool = False
    sureness: str = "any"


def make_share_button(audience: Audience) -> Button | None:
    """Make the button that shows a private card to all; None where it may not, or they see it."""
    can_share = audience.is_private and audience.can_share
    return make_button(cards.SHARE(), "share") if can_share else None


def make_remove_button(audience: Audience) -> Button | None:
    """Make the button that removes a card; None where only the one who asked sees it."""
    if audience.is_private:
        return None
    return make_button(cards.REMOVE(), "remove", audience.asker_id)
