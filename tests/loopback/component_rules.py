"""What Discord takes as components of a message and as a modal.

Source: https://docs.discord.com/developers/components/reference; the 4,000 characters of text are
from discord-api-docs#8562, the size in bytes from #8554. Goes through the JSON and complains;
changes nothing.
"""

from collections import Counter
from typing import Any

from loopback.errors import Complaints, Refusal
from loopback.filenames import attached_name
from loopback.reading import (
    BUTTON,
    ROW,
    SECTION,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    walk,
)

THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 11, 12, 13, 14, 17
LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23
IN_CONTAINER = {ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR}
IN_LABEL = {TEXT_INPUT, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX} | SELECTS
LINK, PREMIUM = 5, 6


class ComponentRules:
    """Judge the components of one message or modal, whose uploaded files have these names."""

    def __init__(self, complaints: Complaints, filenames: set[str]) -> None:
        self.complaints = complaints
        self.filenames = filenames

    def message(self, components: object, *, v2: bool) -> None:
        """Judge all components of a message."""
        found = self.complaints.items("components", components, 0, 40 if v2 else 5)
        for number, part in enumerate(found):
            self._one(f"components.{number}", part, IN_CONTAINER | {CONTAINER} if v2 else {ROW})
        if not self.complaints.errors:
            self._together(found, v2=v2)

    def modal(self, data: dict[str, Any]) -> None:
        """Judge a modal."""
        self.complaints.text("data.title", data.get("title"), 1, 45)
        self.complaints.text("data.custom_id", data.get("custom_id"), 1, 100)
        found = self.complaints.items("data.components", data.get("components"), 1, 5)
        for number, part in enumerate(found):
            path = f"data.components.{number}"
            self._one(path, part, {ROW, LABEL, TEXT_DISPLAY}, in_row={TEXT_INPUT})
        if not self.complaints.errors:
            self._ids(found, "data.components")

    def _one(
        self, path: str, part: object, wanted: set[int], in_row: set[int] | None = None
    ) -> None:
        fields = self.complaints.record(path, part)
        kind = fields.get("type")
        if kind not in wanted:
            message = f'Value of field "type" must be one of {sorted(wanted)}.'
            self.complaints.add(f"{path}.type", "UNION_TYPE_CHOICES", message)
            return
        if fields.get("id") is not None:
            self.complaints.number(f"{path}.id", fields["id"], 0, 2**31 - 1)
        if kind == ROW:
            self._row(path, fields, in_row or {BUTTON} | SELECTS)
        elif kind == BUTTON:
            self._button(path, fields)
        elif kind in SELECTS:
            self._select(path, fields)
        else:
            judges = {
                SECTION: self._section,
                TEXT_DISPLAY: self._text_display,
                THUMBNAIL: self._thumbnail,
                GALLERY: self._gallery,
                FILE: self._file,
                SEPARATOR: self._separator,
                CONTAINER: self._container,
                LABEL: self._label,
                TEXT_INPUT: self._text_input,
                FILE_UPLOAD: self._file_upload,
                RADIO_GROUP: self._choices,
                CHECKBOX_GROUP: self._choices,
                CHECKBOX: self._custom_id,
            }
            judges[kind](path, fields)

    def _row(self, path: str, row: dict[str, Any], wanted: set[int]) -> None:
        parts = self.complaints.items(f"{path}.components", row.get("components"), 1, 5)
        for number, part in enumerate(parts):
            self._one(f"{path}.components.{number}", part, wanted)
        if len(parts) > 1 and any(
            isinstance(part, dict) and part.get("type") != BUTTON for part in parts
        ):
            message = "The specified component exceeds the maximum width"
            self.complaints.add(f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)

    def _button(self, path: str, button: dict[str, Any]) -> None:
        if not self.complaints.number(f"{path}.style", button.get("style"), 1, 6):
            return
        style, own = (
            button["style"],
            {LINK: "url", PREMIUM: "sku_id"}.get(button["style"], "custom_id"),
        )
        for key in ("custom_id", "url", "sku_id"):
            if key != own and button.get(key) is not None:
                message = f"A {key} and a style of {style} cannot both be specified"
                self.complaints.add(
                    path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message
                )
        if own == "custom_id":
            self._custom_id(path, button)
        elif own == "url" and self.complaints.text(f"{path}.url", button.get("url"), 1, 512):
            self._address(f"{path}.url", button["url"], {"http", "https", "discord"})
        if style != PREMIUM and not button.get("label") and not button.get("emoji"):
            message = "A label or emoji must be specified on a button"
            self.complaints.add(path, "BUTTON_COMPONENT_EMPTY", message)
        self.complaints.optional_text(f"{path}.label", button.get("label"), 80)

    def _select(self, path: str, select: dict[str, Any]) -> None:
        self._custom_id(path, select)
        self.complaints.optional_text(f"{path}.placeholder", select.get("placeholder"), 150)
        least, most = self._range(path, select, 25)
        if select["type"] == STRING_SELECT:
            options = self._options(path, select, 1, 25)
            if most > len(options) or least > len(options):
                message = "max_values is larger than the number of options"
                self.complaints.add(f"{path}.max_values", "SELECT_COMPONENT_MAX_VALUES", message)
        if select.get("default_values"):
            self.complaints.items(f"{path}.default_values", select["default_values"], least, most)

    def _range(self, path: str, fields: dict[str, Any], most: int) -> tuple[int, int]:
        low, high = fields.get("min_values"), fields.get("max_values")
        low, high = 1 if low is None else low, 1 if high is None else high
        fine = self.complaints.number(f"{path}.min_values", low, 0, most)
        fine = self.complaints.number(f"{path}.max_values", high, 1, most) and fine
        if fine and low > high:
            self.complaints.add(
                f"{path}.min_values", "NUMBER_TYPE_MAX", "min_values is larger than max_values"
            )
        return (low, high) if fine else (0, 0)

    def _options(self, path: str, fields: dict[str, Any], least: int, most: int) -> list[Any]:
        options = self.complaints.items(f"{path}.options", fields.get("options"), least, most)
        values: Counter[object] = Counter()
        for number, option in enumerate(options):
            here = f"{path}.options.{number}"
            parts = self.complaints.record(here, option)
            self.complaints.text(f"{here}.label", parts.get("label"), 1, 100)
            self.complaints.text(f"{here}.value", parts.get("value"), 1, 100)
            self.complaints.optional_text(f"{here}.description", parts.get("description"), 100)
            values[str(parts.get("value"))] += 1
        for value in (value for value, count in values.items() if count > 1):
            message = f"The specified option value is already used: {value}"
            self.complaints.add(
                f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message
            )
        return options

    def _section(self, path: str, section: dict[str, Any]) -> None:
        for number, part in enumerate(
            self.complaints.items(f"{path}.components", section.get("components"), 1, 3)
        ):
            self._one(f"{path}.components.{number}", part, {TEXT_DISPLAY})
        self._one(f"{path}.accessory", section.get("accessory"), {BUTTON, THUMBNAIL})

    def _text_display(self, path: str, display: dict[str, Any]) -> None:
        if isinstance(display.get("content"), str) and not display["content"].strip():
            self.complaints.add(f"{path}.content", "BASE_TYPE_REQUIRED", "This field is required")
        self.complaints.text(f"{path}.content", display.get("content"), 1, 4000)

    def _thumbnail(self, path: str, thumbnail: dict[str, Any]) -> None:
        self._media(f"{path}.media", thumbnail.get("media"))
        self.complaints.optional_text(f"{path}.description", thumbnail.get("description"), 1024)

    def _gallery(self, path: str, gallery: dict[str, Any]) -> None:
        for number, item in enumerate(
            self.complaints.items(f"{path}.items", gallery.get("items"), 1, 10)
        ):
            here = f"{path}.items.{number}"
            self._thumbnail(here, self.complaints.record(here, item))

    def _file(self, path: str, fields: dict[str, Any]) -> None:
        address = self._media(f"{path}.file", fields.get("file"))
        if address and not address.startswith("attachment://"):
            self.complaints.add(
                f"{path}.file.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be attachment."
            )

    def _separator(self, path: str, separator: dict[str, Any]) -> None:
        if separator.get("spacing") is not None:
            self.complaints.number(f"{path}.spacing", separator["spacing"], 1, 2)

    def _container(self, path: str, container: dict[str, Any]) -> None:
        if container.get("accent_color") is not None:
            self.complaints.number(f"{path}.accent_color", container["accent_color"], 0, 0xFFFFFF)
        for number, part in enumerate(
            self.complaints.items(f"{path}.components", container.get("components"), 1, 40)
        ):
            self._one(f"{path}.components.{number}", part, IN_CONTAINER)

    def _label(self, path: str, label: dict[str, Any]) -> None:
        self.complaints.text(f"{path}.label", label.get("label"), 1, 45)
        self.complaints.optional_text(f"{path}.description", label.get("description"), 100)
        self._one(f"{path}.component", label.get("component"), IN_LABEL)

    def _text_input(self, path: str, field: dict[str, Any]) -> None:
        self._custom_id(path, field)
        self.complaints.number(f"{path}.style", field.get("style"), 1, 2)
        if not path.endswith(".component"):
            self.complaints.text(f"{path}.label", field.get("label"), 1, 45)
        self.complaints.optional_text(f"{path}.placeholder", field.get("placeholder"), 100)
        self.complaints.optional_text(f"{path}.value", field.get("value"), 4000)
        for key, least in (("min_length", 0), ("max_length", 1)):
            if field.get(key) is not None:
                self.complaints.number(f"{path}.{key}", field[key], least, 4000)

    def _file_upload(self, path: str, field: dict[str, Any]) -> None:
        self._custom_id(path, field)
        self._range(path, field, 10)

    def _choices(self, path: str, group: dict[str, Any]) -> None:
        self._custom_id(path, group)
        self._options(path, group, 2 if group["type"] == RADIO_GROUP else 1, 10)

    def _custom_id(self, path: str, fields: dict[str, Any]) -> None:
        self.complaints.text(f"{path}.custom_id", fields.get("custom_id"), 1, 100)

    def _media(self, path: str, media: object) -> str:
        address = self.complaints.record(path, media).get("url")
        if self.complaints.text(f"{path}.url", address, 1, 2048):
            self._address(f"{path}.url", str(address), {"http", "https", "attachment"})
        return str(address or "")

    def _address(self, path: str, address: str, schemes: set[str]) -> None:
        scheme, _, rest = address.partition("://")
        if scheme not in schemes or not rest:
            message = (
                f'Scheme "{scheme}" is not supported. Scheme must be one of {sorted(schemes)}.'
            )
            self.complaints.add(path, "URL_TYPE_INVALID_SCHEME", message)
        elif scheme == "attachment" and attached_name(address) not in self.filenames:
            message = f'The referenced attachment ("{address}") was not found'
            self.complaints.add(
                path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message
            )

    def _together(self, components: list[dict[str, Any]], *, v2: bool) -> None:
        """Judge what only shows over the whole message: how many, how long, which ids come
        twice.
        """
        parts = list(walk(components))
        if v2 and len(parts) > 40:
            message = "The maximum number of components in a message is 40"
            self.complaints.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
        texts = [part["content"] for part in parts if part["type"] == TEXT_DISPLAY]
        if sum(map(len, texts)) > 4000:
            message = "Components displayable text size exceeds maximum size of 4000"
            self.complaints.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
        elif sum(len(text.encode("utf-8", "replace")) + 12 for text in texts) > 10_170:
            # discord-api-docs#8554 (open, 2026-08): the real server fails here instead of refusing
            raise Refusal(
                500,
                0,
                "500: Internal Server Error (text displays over 10,170 bytes, api-docs#8554)",
            )
        self._ids(components, "components")

    def _ids(self, components: list[dict[str, Any]], path: str) -> None:
        parts = list(walk(components))
        for key, code in (
            ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
            ("id", "COMPONENT_ID_DUPLICATED"),
        ):
            counts = Counter(part[key] for part in parts if part.get(key))
            for value in (value for value, count in counts.items() if count > 1):
                self.complaints.add(path, code, f"Component {key} cannot be duplicated: {value}")
