"""What is read back from a card: its question, what that followed up, its texts and buttons.

The bot keeps no cards. What a press needs beyond its custom id stands on the message that was
pressed. The lines that are read back are written here as well, side by side with their readers.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import discord

from bot.chat.ui.asked import find_asked
from bot.chat.ui.escape import unescape
from bot.chat.ui.layout import MARKS, NEUTRAL, Card, Row, fit
from bot.chat.ui.source import Source
from bot.texts import cards
from bot.texts.languages import ENGLISH, speaking

# A question takes no more than this of a card.
QUESTION = 300
# What it followed up is named, not repeated.
_BEFORE = 120
# How many parts the custom ids have that hold the source and the other passages.
_MORE_PARTS = 9
_OTHERS_PARTS = 3

Component = TypeVar("Component")


def question_texts(question: str, before: str) -> list[str]:
    """Give the lines that name a question and what it followed up, where there are such."""
    texts = []
    if question:
        texts.append(cards.ASKED_PREFIX() + fit(find_asked(question, QUESTION), QUESTION))
    if before:
        followed = fit(find_asked(before, _BEFORE), _BEFORE)
        texts.append(f"{cards.FOLLOWING_PREFIX}{followed}{cards.FOLLOWING_SUFFIX}")
    return texts


def read_question(message: discord.Message | None) -> str:
    """Read back the question from a card; empty where it names none."""
    with speaking(read_language(message)):
        prefix = cards.ASKED_PREFIX()
    for text in read_texts(message):
        if text.startswith(prefix):
            return unescape(text.removeprefix(prefix))
    return ""


def read_before(message: discord.Message | None) -> str:
    """Read back what the question of a card followed up; empty where it followed up nothing."""
    with speaking(read_language(message)):
        prefix, suffix = cards.FOLLOWING_PREFIX(), cards.FOLLOWING_SUFFIX()
    for text in read_texts(message):
        if text.startswith(prefix):
            return unescape(text.removeprefix(prefix).removesuffix(suffix))
    return ""


def read_language(message: discord.Message | None) -> str:
    """Read back the language of a card."""
    ids = [container.id for container in _read(message, discord.Container)]
    return next((language for language, mark in MARKS.items() if mark in ids), ENGLISH)


def read_source(message: discord.Message | None) -> tuple[Source, tuple[str, ...]] | None:
    """Read back from an answer's card the source of its quotation, and the other passages' ids."""
    more = _read_custom_id(message, "more", _MORE_PARTS)
    if more is None:
        return None
    _, _, *source_arguments = more
    return Source.read(source_arguments), read_others(message)


def read_others(message: discord.Message | None) -> tuple[str, ...]:
    """Read back the ids of the other passages from a card that offers them."""
    others = _read_custom_id(message, "others", _OTHERS_PARTS)
    if others is None:
        return ()
    _, _, passage_ids = others
    return tuple(passage_ids.split("."))


def read_sections(message: discord.Message | None) -> list[str]:
    """Read back the ids of the sections that a card's buttons and menus open, each once."""
    opened = []
    for button in read_buttons(message):
        action, *arguments = (button.custom_id or "").split(":")
        if action == "read" and arguments:
            opened.append(arguments[0])
    for menu in read_menus(message):
        if menu.custom_id == "open":
            opened += [option.value for option in menu.options]
    return list(dict.fromkeys(opened))


def read_articles(message: discord.Message | None) -> list[str]:
    """Read back the ids of the articles that a card's menu offers."""
    menus = [menu for menu in read_menus(message) if menu.custom_id == "article"]
    return [option.value for menu in menus for option in menu.options]


def _read_custom_id(
    message: discord.Message | None, action: str, how_many: int
) -> list[str] | None:
    """Split the first custom id of an action with so many parts; None where there is none."""
    for button in read_buttons(message):
        parts = (button.custom_id or "").split(":")
        if parts[0] == action and len(parts) == how_many:
            return parts
    return None


def read_texts(message: discord.Message | None) -> list[str]:
    """Read back the texts of a card, from top to bottom."""
    return [text.content for text in _read(message, discord.TextDisplay)]


def read_buttons(message: discord.Message | None) -> list[discord.Button]:
    """Read back the buttons of a card, in order."""
    return _read(message, discord.Button)


def read_menus(message: discord.Message | None) -> list[discord.SelectMenu]:
    """Read back the menus of a card, in order."""
    return _read(message, discord.SelectMenu)


def remake_card(message: discord.Message, texts: Iterable[str], rows: Sequence[Row]) -> Card:
    """Make a card of a message's colour, with these texts and rows."""
    for container in _read(message, discord.Container):
        if container.accent_colour is not None:
            return Card(texts, rows, container.accent_colour)
    return Card(texts, rows, NEUTRAL)


def _read(message: discord.Message | None, kind: type[Component]) -> list[Component]:
    components = message.components if message else ()
    return [component for component in _walk(components) if isinstance(component, kind)]


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    """Give components and all that is inside them, depth first."""
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
        if isinstance(component, discord.SectionComponent):
            # What stands at the right of a text.
            yield from _walk([component.accessory])
