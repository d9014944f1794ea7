"""Read a message as a person does: its texts from top to bottom, its buttons, its menus.

Takes the JSON of content, embeds and components; knows both versions of components.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY = 1, 2, 3, 4, 9, 10
SELECTS = {3, 5, 6, 7, 8}


@dataclass(frozen=True)
class Button:
    """A button; one with a `url` opens a page instead of telling the bot."""

    label: str
    custom_id: str | None
    disabled: bool
    style: int
    url: str | None


@dataclass(frozen=True)
class Select:
    """A select menu with the labels and values of its options."""

    custom_id: str
    kind: int
    placeholder: str
    options: tuple[tuple[str, str], ...]
    least: int
    most: int
    disabled: bool


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Go through components and all that is in them, in the order in which they are displayed."""
    for component in components:
        yield component
        yield from walk(
            [part for part in component.get("components") or () if isinstance(part, dict)]
        )
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]])


def read_texts(
    content: str,
    embeds: list[dict[str, Any]],
    components: list[dict[str, Any]],
    *,
    embedded: bool = True,
) -> list[str]:
    """Give what is displayed: content, embeds, text displays; empty texts are left out."""
    texts: list[str | None] = [content]
    for embed in embeds if embedded else ():
        fields = [
            text for part in embed.get("fields") or () for text in (part["name"], part["value"])
        ]
        texts += [
            (embed.get("author") or {}).get("name"),
            embed.get("title"),
            embed.get("description"),
            *fields,
        ]
        texts.append((embed.get("footer") or {}).get("text"))
    texts += [part["content"] for part in walk(components) if part["type"] == TEXT_DISPLAY]
    return [text for text in texts if text]


def find_buttons(components: list[dict[str, Any]]) -> list[Button]:
    """Give the buttons in order."""
    return [
        Button(
            part.get("label") or (part.get("emoji") or {}).get("name") or "",
            part.get("custom_id"),
            bool(part.get("disabled")),
            part["style"],
            part.get("url"),
        )
        for part in walk(components)
        if part["type"] == BUTTON
    ]


def find_selects(components: list[dict[str, Any]]) -> list[Select]:
    """Give the select menus in order."""
    return [
        Select(
            part["custom_id"],
            part["type"],
            part.get("placeholder") or "",
            tuple((option["label"], option["value"]) for option in part.get("options") or ()),
            part.get("min_values", 1),
            part.get("max_values", 1),
            bool(part.get("disabled")),
        )
        for part in walk(components)
        if part["type"] in SELECTS
    ]
