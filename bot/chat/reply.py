"""What a handler gives back: what is said, or done, to a message or an interaction. Plain values; nothing is sent."""

from dataclasses import dataclass

import discord

from bot.chat.state.answer_links import AskedQuestion
from bot.chat.ui.layout import Card

_NOTHING = AskedQuestion()


@dataclass(frozen=True, slots=True)
class Reply:
    """A text or a card is said.

    ``is_private``: to the asker alone, where Discord can do that. ``file`` is a name and its bytes;
    ``pings`` the id of the one role that is notified; ``thread`` the name of the thread in which a
    message is answered, where it is not answered in place. ``asked`` is the question; ``is_unanswered``
    says that the articles do not answer it. Without a text and a card nothing is said. ``once`` is an
    id of which nothing is said again once it was.
    """

    text: str = ""
    card: Card | None = None
    is_private: bool = False
    file: tuple[str, bytes] | None = None
    pings: int = 0
    thread: str = ""
    asked: AskedQuestion = _NOTHING
    is_unanswered: bool = False
    once: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """The card on which something was pressed becomes this one."""

    card: Card


@dataclass(frozen=True, slots=True)
class Removal:
    """The message on which something was pressed goes away."""


class TextModal(discord.ui.Modal):
    """A window with one field opens. What is sent off comes as an event, like a press."""

    def __init__(self, title: str, custom_id: str, label: str, placeholder: str, most: int) -> None:
        """Ask for a text of 1 to ``most`` characters."""
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        self.add_item(
            discord.ui.Label(
                text=label,
                component=discord.ui.TextInput(
                    custom_id="text",
                    style=discord.TextStyle.paragraph,
                    placeholder=placeholder,
                    max_length=most,
                ),
            )
        )

    def is_finished(self) -> bool:
        """Keep discord.py from storing the window to listen for what is sent off."""
        return True


Response = Reply | Update | Removal | TextModal
