"""What a handler returns: the response to a message or an interaction.

Plain values; nothing is sent here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.metrics import Refused
from bot.chat.state.answer_links import AskedQuestion
from bot.chat.ui.layout import Card
from bot.records.model import Counted

_NO_QUESTION = AskedQuestion()
# The id by which files are found in what is sent off.
_FILES_ID = "files"


@dataclass(frozen=True, slots=True)
class Reply:
    """A message with a text or a card; without both, nothing is sent.

    ``is_private``: shown to the user alone, where Discord can do that (an ephemeral message).
    ``files``: the name and content of each file that is attached, at most ten.
    ``alt_text``: what they show, where they are pictures.
    ``pings``: the id of the one role that is notified; 0 for none. ``pings_user``: of the one user.
    ``thread``: the name of the thread in which a message is answered; empty for an answer in place.
    ``asked``: the question that is answered.
    ``is_unanswered``: the articles do not answer the question.
    ``is_aside``: said to the one who pointed to a question, not to the one who asked it.
    ``once``: an id for which such a reply is sent only once; 0 for no such limit.
    ``refused``: why this is no answer to a question; empty where it is one.
    ``counted``: what is counted for the statistics once it is delivered.
    """

    text: str = ""
    card: Card | None = None
    is_private: bool = False
    files: Sequence[tuple[str, bytes]] = ()
    alt_text: str = ""
    pings: int = 0
    pings_user: int = 0
    thread: str = ""
    asked: AskedQuestion = _NO_QUESTION
    is_unanswered: bool = False
    is_aside: bool = False
    once: int = 0
    refused: Refused = ""
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A card that replaces the one whose component was used."""

    card: Card


@dataclass(frozen=True, slots=True)
class Removal:
    """The deletion of the message whose component was used."""


@dataclass(frozen=True, slots=True)
class Field:
    """A text field of a modal: its label with a description below it, and what it may hold.

    ``value`` stands in it when it opens. Where it is a ``paragraph``, it has several lines.
    """

    custom_id: str
    label: str
    description: str = ""
    placeholder: str = ""
    value: str = ""
    most: int = 4_000
    is_required: bool = False
    is_paragraph: bool = False


class TextModal(discord.ui.Modal):
    """A modal with one to five text fields.

    What is sent off comes as an interaction of its own, the texts in the order of the fields.
    """

    def __init__(self, title: str, custom_id: str, fields: Sequence[Field]) -> None:
        """Ask for texts; a title has at most 45 characters."""
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        for field in fields:
            self.add_item(_make_field(field))

    def fill(self, values: Sequence[str]) -> None:
        """Let texts stand in the fields, in their order, in place of those that did."""
        fields = [item for item in self.walk_children() if isinstance(item, discord.ui.TextInput)]
        for field, value in zip(fields, values, strict=False):
            field.default = value or None

    def is_finished(self) -> bool:
        """Keep discord.py from storing the modal to listen for what is sent off."""
        return True


def _make_field(field: Field) -> "discord.ui.Label[Any]":
    style = discord.TextStyle.paragraph if field.is_paragraph else discord.TextStyle.short
    text_input: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=field.custom_id,
        style=style,
        placeholder=field.placeholder or None,
        default=field.value or None,
        required=field.is_required,
        max_length=field.most,
    )
    description = field.description or None
    return discord.ui.Label(text=field.label, description=description, component=text_input)


class UploadModal(discord.ui.Modal):
    """A modal that takes files. They come as an interaction of its own."""

    def __init__(self, title: str, custom_id: str, label: tuple[str, str], most: int) -> None:
        """Ask for 1 to ``most`` files; a ``label`` has a description below it."""
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        upload: discord.ui.FileUpload[UploadModal] = discord.ui.FileUpload(
            custom_id=_FILES_ID, min_values=1, max_values=most
        )
        text, description = label
        self.add_item(discord.ui.Label(text=text, description=description, component=upload))

    def is_finished(self) -> bool:
        """Keep discord.py from storing the modal to listen for what is sent off."""
        return True


Response = Reply | Update | Removal | TextModal | UploadModal
