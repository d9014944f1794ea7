"""What can be pressed, and what a press says: the custom id holds the verb and all that is needed to do it.

So a button works after a restart, and whatever was changed meanwhile is noticed. A custom id is a verb and its
arguments, between colons, at most 100 characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.ui.escape import begin_visible
from bot.chat.ui.layout import Row, read_buttons, read_menus, weigh

_LABEL = 38
_OPTION = 100
# A name is looked at so many times as far as it may be shown, for what are many blanks in it is one when it is shown.
_BLANKS = 4
# What has no visible name; and characters that show as nothing though they are letters or signs.
_BLANK = "…"
_HOLLOW = " \u2800\u3164\uffa0"

# What opens a window when it is pressed.
_WITH_WINDOW = ("follow",)

Button = discord.ui.Button[Any]


def make_button(
    label: str,
    verb: str,
    *arguments: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Button:
    """Make a button; a long label is cut after a whole word."""
    custom_id = ":".join([verb, *map(str, arguments)])
    return discord.ui.Button(
        label=shorten(label, _LABEL) or _BLANK, custom_id=custom_id, style=style
    )


def make_row(*buttons: Button | None) -> list[Row]:
    """Put the buttons that there are into a row, at most five; no row without any."""
    there = [button for button in buttons if button is not None]
    return [discord.ui.ActionRow(*there)] if there else []


def make_menu(placeholder: str, verb: str, options: Sequence[tuple[str, str, str]]) -> Row:
    """Make a menu of at most 25 options (label, what it means, value) in a row of its own."""
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=verb,
        placeholder=shorten(placeholder, 140),
        options=[
            discord.SelectOption(
                label=shorten(label, _OPTION) or _BLANK,
                description=shorten(about, _OPTION) or None,
                value=value,
            )
            for label, about, value in options
        ],
    )
    return discord.ui.ActionRow(menu)


@dataclass(frozen=True, slots=True)
class ComponentPress:
    """What was pressed, chosen or filled in. ``values`` are what was chosen in a menu or typed into a window."""

    action: str
    arguments: tuple[str, ...]
    values: tuple[str, ...] = ()


def read_press(interaction: discord.Interaction) -> ComponentPress | None:
    """Read a press of a button, a choice or a window that was sent off; None for any other interaction."""
    if interaction.type not in (
        discord.InteractionType.component,
        discord.InteractionType.modal_submit,
    ):
        return None
    data: Any = interaction.data or {}
    verb, *arguments = str(data.get("custom_id", "")).split(":")
    values = data.get("values") or [
        str(label["component"].get("value", ""))
        for label in data.get("components") or ()
        if "component" in label
    ]
    return ComponentPress(verb, tuple(arguments), tuple(map(str, values)))


def is_offered(interaction: discord.Interaction, press: ComponentPress) -> bool:
    """Say whether what was pressed, chosen or sent off can be on the message that it comes from, as that stands.

    What a press says of itself anybody can make up; what stands on a message of the bot's own only the bot wrote. A
    window has the custom id of the button that opened it.
    """
    message, user = interaction.message, interaction.client.user
    if message is None or user is None or message.author.id != user.id:
        return False
    custom_id = ":".join((press.action, *press.arguments))
    is_window = interaction.type is discord.InteractionType.modal_submit
    if is_window or not press.values:
        may_be_window = press.action in _WITH_WINDOW
        stands = any(one.custom_id == custom_id for one in read_buttons(message))
        return stands and may_be_window >= is_window
    menu = next((one for one in read_menus(message) if one.custom_id == custom_id), None)
    return menu is not None and set(press.values) <= {option.value for option in menu.options}


def shorten(name: str, most: int) -> str:
    """Cut a name after a whole word to what a label or a choice may show; it is shown as it is, without Markdown."""
    beginning, is_whole = begin_visible(name, most * _BLANKS)
    visible = " ".join(beginning.split()).strip(_HOLLOW)
    if is_whole and weigh(visible) <= most:
        return visible
    words = visible.split(" ")
    # What follows is not known: the last word may go on.
    if not is_whole and not beginning[-1:].isspace():
        words.pop()
    kept = ""
    for word in words:
        if weigh(f"{kept} {word}") >= most:
            break
        kept = f"{kept} {word}".strip()
    return (kept or visible[: most // 2 - 1]) + "…"
