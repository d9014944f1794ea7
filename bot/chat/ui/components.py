"""Buttons and menus, and what a press of one says.

A custom id is the name of an action and its arguments, joined by colons, at most 100 characters.
It holds all that is needed to act on a press. So a button works after a restart, and whatever was
changed meanwhile is noticed. The actions themselves are declared in ``bot.chat.handlers``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.ui.card_reader import read_buttons, read_menus
from bot.chat.ui.escape import begin_visible
from bot.chat.ui.layout import Button, Card, Row, weigh
from bot.texts import cards

_SEPARATOR = ":"
# Discord allows 80 characters, but a phone shows about so many.
_LABEL = 38
# Discord's limits of a menu.
_OPTION = 100
# Characters of a custom id.
MAX_ID = 100
_PLACEHOLDER = 140
# Many blanks of a name are shown as one: so many times its length are looked at.
_BLANKS = 4
# The interactions that a component or a modal makes.
_PRESSES = (discord.InteractionType.component, discord.InteractionType.modal_submit)
# Characters that show as nothing though they are letters or signs.
_HOLLOW = " \u2800\u3164\uffa0"


def make_button(
    label: str,
    action: str,
    *arguments: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Button:
    """Make a button; a long label is cut after a whole word."""
    shown = shorten(label, _LABEL) or cards.ELLIPSIS()
    return discord.ui.Button(label=shown, custom_id=join_id(action, *arguments), style=style)


def join_id(action: str, *arguments: object) -> str:
    """Make a custom id of the name of an action and its arguments."""
    return _SEPARATOR.join([action, *map(str, arguments)])


def split_id(custom_id: str | None) -> tuple[str, tuple[str, ...]]:
    """Split a custom id into the name of its action and its arguments."""
    action, *arguments = (custom_id or "").split(_SEPARATOR)
    return action, tuple(arguments)


def remake_buttons(message: discord.Message) -> list[Button]:
    """Make the buttons of a card again, in order, for a card that takes its place."""
    buttons = []
    for button in read_buttons(message):
        action, arguments = split_id(button.custom_id)
        buttons.append(make_button(button.label or "", action, *arguments, style=button.style))
    return buttons


def remake_menus(message: discord.Message) -> list[Row]:
    """Make the menus of a card again, each in a row, for a card that takes its place."""
    rows = []
    for menu in read_menus(message):
        options = [(one.label, one.description or "", one.value) for one in menu.options]
        rows.append(make_menu(menu.placeholder or "", menu.custom_id or "", options))
    return rows


def make_row(*buttons: Button | None) -> list[Row]:
    """Put the buttons that are not None into a row, at most five; no row where there are none."""
    present = [button for button in buttons if button is not None]
    return [discord.ui.ActionRow(*present)] if present else []


def make_line_card(text: str, asker_id: int) -> Card:
    """Say something that all can see and that the one who asked can remove."""
    remove = make_button(cards.REMOVE(), "remove", asker_id)
    return Card([text], make_row(remove))


def make_page_row(
    action: str, page: int, pages: int, *, before: Sequence[str] = (), after: Sequence[str] = ()
) -> list[Row]:
    """Make the buttons that turn to the page before and to the page after one.

    Pages count from 0. The arguments of a button are ``before``, its page, and ``after``.
    """
    previous = None
    if page > 0:
        previous = make_button(cards.PREVIOUS(), action, *before, page - 1, *after)
    following = None
    if page + 1 < pages:
        following = make_button(cards.NEXT(), action, *before, page + 1, *after)
    return make_row(previous, following)


def make_menu(placeholder: str, action: str, options: Sequence[tuple[str, str, str]]) -> Row:
    """Make a menu in a row of its own; an option is (label, description, value), at most 25."""
    shown = shorten(placeholder, _PLACEHOLDER)
    menu: discord.ui.Select[Any] = discord.ui.Select(custom_id=action, placeholder=shown)
    for label, description, value in options:
        menu.append_option(_make_option(label, description, value))
    return discord.ui.ActionRow(menu)


def _make_option(label: str, description: str, value: str) -> discord.SelectOption:
    return discord.SelectOption(
        label=shorten(label, _OPTION) or cards.ELLIPSIS(),
        description=shorten(description, _OPTION) or None,
        value=value,
    )


@dataclass(frozen=True, slots=True)
class ComponentPress:
    """A press of a button, a choice in a menu, or a modal that was submitted.

    ``values`` are what was chosen in the menu or typed into the modal.
    """

    action: str
    arguments: tuple[str, ...]
    values: tuple[str, ...] = ()

    @property
    def custom_id(self) -> str:
        """The custom id of the component or modal."""
        return join_id(self.action, *self.arguments)


def read_press(interaction: discord.Interaction) -> ComponentPress | None:
    """Read what was pressed, chosen or submitted; None for any other interaction."""
    if interaction.type not in _PRESSES:
        return None
    data: Any = interaction.data or {}
    action, arguments = split_id(str(data.get("custom_id", "")))
    values = data.get("values") or _read_modal(data)
    return ComponentPress(action, arguments, tuple(map(str, values)))


def _read_modal(data: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Read what was typed into the fields of a modal; each field stands in a label."""
    labels = data.get("components") or ()
    fields = [label["component"] for label in labels if "component" in label]
    return [str(field.get("value", "")) for field in fields]


def is_offered(
    interaction: discord.Interaction, press: ComponentPress, *, opens_modal: bool
) -> bool:
    """Say whether the message that a press comes from really has what was pressed or chosen.

    Anybody can send any custom id, but only the bot writes what stands on its own messages. A
    modal has the custom id of its button, so it counts only if that button ``opens_modal``.
    """
    message = interaction.message
    bot_user = interaction.client.user
    if message is None or bot_user is None or message.author.id != bot_user.id:
        return False
    is_modal = interaction.type is discord.InteractionType.modal_submit
    if is_modal and not opens_modal:
        return False
    if is_modal or not press.values:
        buttons = read_buttons(message)
        return any(button.custom_id == press.custom_id for button in buttons)
    return any(_is_choice_of(menu, press) for menu in read_menus(message))


def _is_choice_of(menu: discord.SelectMenu, press: ComponentPress) -> bool:
    if menu.custom_id != press.custom_id:
        return False
    if menu.type is not discord.ComponentType.select:
        # Discord itself offers the roles or the channels of the guild.
        return all(map(str.isdecimal, press.values))
    offered = {option.value for option in menu.options}
    return offered.issuperset(press.values)


def shorten(name: str, limit: int) -> str:
    """Cut a name after a whole word to what a label or a choice may show.

    Discord shows it as it is, without Markdown.
    """
    beginning, is_whole = begin_visible(name, limit * _BLANKS)
    visible = " ".join(beginning.split()).strip(_HOLLOW)
    if is_whole and weigh(visible) <= limit:
        return visible
    words = visible.split(" ")
    # What follows is not known: the last word may go on.
    if not is_whole and not beginning[-1:].isspace():
        words.pop()
    kept = ""
    for word in words:
        if weigh(f"{kept} {word}") >= limit:
            break
        kept = f"{kept} {word}".strip()
    # A single word that is too long is cut inside; half, as a character may count as two.
    cut = visible[: limit // 2 - 1]
    return (kept or cut) + cards.ELLIPSIS()
