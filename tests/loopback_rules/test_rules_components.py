"""Components and windows that Discord would take are taken; others are refused, with the field that
is wrong.
"""

import json
from typing import Any

import pytest
from plain_bot import ASK, codes, scene

pytestmark = pytest.mark.asyncio

V2 = 1 << 15
Json = dict[str, Any]


def text(content: str = "words") -> Json:
    """Give a text display."""
    return {"type": 10, "content": content}


def button(**changes: Any) -> Json:
    """Give a button."""
    whole = {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **changes}
    return {key: value for key, value in whole.items() if value is not None}


def row(*parts: Json) -> Json:
    """Give an action row."""
    return {"type": 1, "components": list(parts)}


def select(count: int = 2, **changes: Any) -> Json:
    """Give a menu with so many options."""
    options = [{"label": f"label {number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options, **changes}


def container(*parts: Json, **changes: Any) -> Json:
    """Give a container."""
    return {"type": 17, "components": list(parts), **changes}


def section(*parts: Json, accessory: Json | None = None) -> Json:
    """Give a section."""
    return {"type": 9, "components": list(parts), "accessory": accessory or button()}


GOOD_V2: list[list[Json]] = [
    [text("x" * 4000)],
    [text() for _ in range(40)],
    [
        container(
            text(),
            {"type": 14, "divider": True, "spacing": 2},
            row(button()),
            accent_color=0xFFFFFF,
        )
    ],
    [section(text(), text(), text())],
    [section(text(), accessory={"type": 11, "media": {"url": "https://example.org/a.png"}})],
    [{"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}}] * 10}],
    [row(*(button(custom_id=str(number)) for number in range(5)))],
    [row(button(style=5, custom_id=None, url="https://example.org"))],
    [row(button(label=None, emoji={"name": "👍"}))],
    [row(button(label="l" * 80, custom_id="c" * 100))],
    [row(select(25, min_values=0, max_values=25, placeholder="p" * 150))],
    [row({"type": 5, "custom_id": "who"})],
]
BAD_V2: list[tuple[list[Json], str]] = [
    ([text("x" * 4001)], "BASE_TYPE_BAD_LENGTH"),
    ([text("x" * 2001), container(text("x" * 2000))], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ([text("")], "BASE_TYPE_BAD_LENGTH"),
    ([text() for _ in range(41)], "BASE_TYPE_BAD_LENGTH"),
    ([container(*(text() for _ in range(40)))], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    ([container(container(text()))], "UNION_TYPE_CHOICES"),
    ([container()], "BASE_TYPE_BAD_LENGTH"),
    ([container(text(), accent_color=1 << 24)], "NUMBER_TYPE_RANGE"),
    ([button()], "UNION_TYPE_CHOICES"),
    ([{"type": 99}], "UNION_TYPE_CHOICES"),
    ([section(text(), text(), text(), text())], "BASE_TYPE_BAD_LENGTH"),
    ([section(text(), accessory=text())], "UNION_TYPE_CHOICES"),
    ([{"type": 9, "components": [text()]}], "MODEL_TYPE_CONVERT"),
    ([row(button(label="l" * 81))], "BASE_TYPE_BAD_LENGTH"),
    ([row(button(custom_id="c" * 101))], "BASE_TYPE_BAD_LENGTH"),
    ([row(button(custom_id=""))], "BASE_TYPE_BAD_LENGTH"),
    ([row(button(custom_id=None))], "BASE_TYPE_STRING"),
    ([row(button(url="https://example.org"))], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"),
    (
        [row(button(style=5, url="https://example.org"))],
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    ([row(button(style=5, custom_id=None, url="javascript:x"))], "URL_TYPE_INVALID_SCHEME"),
    ([row(button(style=5, custom_id=None, url="https://" + "x" * 512))], "BASE_TYPE_BAD_LENGTH"),
    ([row(button(style=7))], "NUMBER_TYPE_RANGE"),
    ([row(button(label=None))], "BUTTON_COMPONENT_EMPTY"),
    ([row(button(), button())], "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ([section(text()), container(row(button()))], "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ([row(select(custom_id="go")), row(button())], "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ([row(select(), select(custom_id="other"))], "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ([{**text(), "id": 7}, {**text(), "id": 7}], "COMPONENT_ID_DUPLICATED"),
    ([row()], "BASE_TYPE_BAD_LENGTH"),
    ([row(*(button(custom_id=str(number)) for number in range(6)))], "BASE_TYPE_BAD_LENGTH"),
    ([row(select(), button())], "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ([row(select(26))], "BASE_TYPE_BAD_LENGTH"),
    ([row(select(0))], "BASE_TYPE_BAD_LENGTH"),
    ([row(select(2, max_values=3))], "SELECT_COMPONENT_MAX_VALUES"),
    ([row(select(2, min_values=2, max_values=1))], "NUMBER_TYPE_MAX"),
    ([row(select(2, placeholder="p" * 151))], "BASE_TYPE_BAD_LENGTH"),
    (
        [row({**select(), "options": [{"label": "a", "value": "1"}] * 2})],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    ([row({**select(), "options": [{"label": "l" * 101, "value": "1"}]})], "BASE_TYPE_BAD_LENGTH"),
    ([{"type": 13, "file": {"url": "https://example.org/a.txt"}}], "URL_TYPE_INVALID_SCHEME"),
    (
        [{"type": 13, "file": {"url": "attachment://missing.txt"}}],
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    ([{"type": 12, "items": []}], "BASE_TYPE_BAD_LENGTH"),
    ([{"type": 14, "spacing": 3}], "NUMBER_TYPE_RANGE"),
]


@pytest.mark.parametrize("components", GOOD_V2, ids=lambda part: json.dumps(part)[:50])
async def test_components_in_order_are_taken(components: list[Json]) -> None:
    """Everything at its limit is still good."""
    async with scene() as stage:
        status, answer = await stage.bot.send(
            stage.channel, {"flags": V2, "components": components}
        )
        assert (status, stage.discord.offences) == (200, []), answer


@pytest.mark.parametrize(("components", "code"), BAD_V2, ids=lambda part: json.dumps(part)[:50])
async def test_components_over_a_limit_are_refused(components: list[Json], code: str) -> None:
    """Each breach is named."""
    async with scene() as stage:
        answer = await stage.bot.send(stage.channel, {"flags": V2, "components": components})
        assert (answer[0], answer[1]["code"]) == (400, 50035)
        assert code in codes(answer)
        assert stage.discord.messages(stage.channel) == []


@pytest.mark.parametrize("extra", [{"content": "x"}, {"embeds": [{"title": "t"}]}])
async def test_the_second_version_has_no_content_and_no_embeds(extra: Json) -> None:
    """Whoever sets the flag says everything in components, also when a message becomes one of the
    second version.
    """
    async with scene() as stage:
        body = {"flags": V2, "components": [text()], **extra}
        legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
        assert legacy in codes(await stage.bot.send(stage.channel, body))
        plain = await stage.posted(**extra)
        path = f"/channels/{stage.channel.id}/messages/{plain.id}"
        body = {"flags": V2, "components": [text()]}
        assert legacy in codes(await stage.bot.ask("PATCH", path, body))
        assert (await stage.bot.ask("PATCH", path, {**body, "content": None, "embeds": None}))[
            0
        ] == 200
        assert plain.texts == ["words"]
        assert legacy in codes(await stage.bot.ask("PATCH", path, {"content": "back again"}))


async def test_without_the_flag_there_are_only_rows() -> None:
    """Text displays need the flag; five rows are the most."""
    async with scene() as stage:
        assert (await stage.bot.send(stage.channel, {"components": [text()]}))[0] == 400
        rows = [row(button(custom_id=str(number))) for number in range(6)]
        assert (await stage.bot.send(stage.channel, {"components": rows[:5]}))[0] == 200
        assert (await stage.bot.send(stage.channel, {"components": rows}))[0] == 400


async def test_texts_of_too_many_bytes_fail_as_on_the_real_server() -> None:
    """4,000 Japanese characters are few enough but too many bytes (discord-api-docs#8554): status
    500.
    """
    async with scene() as stage:
        answer = await stage.bot.send(
            stage.channel, {"flags": V2, "components": [text("あ" * 4000)]}
        )
        assert answer[0] == 500
        assert "8554" in stage.discord.offences[0]


async def test_a_message_is_read_from_top_to_bottom() -> None:
    """Texts, buttons and menus come in the order in which they are displayed."""
    async with scene() as stage:
        inside = container(
            text("two"),
            section(text("three"), accessory=button(label="A", custom_id="a")),
            text("four"),
        )
        last = row(button(label="B", custom_id="b", disabled=True))
        message = await stage.posted(
            flags=V2, components=[text("one"), inside, last, row(select())]
        )
        assert message.texts == ["one", "two", "three", "four"]
        assert [(one.label, one.custom_id, one.disabled) for one in message.buttons] == [
            ("A", "a", False),
            ("B", "b", True),
        ]
        assert message.selects[0].options == (("label 0", "0"), ("label 1", "1"))
        old = await stage.posted(
            content="c", embeds=[{"title": "t", "fields": [{"name": "n", "value": "v"}]}]
        )
        assert old.text == "c\nt\nn\nv"


def field(kind: int = 4, **changes: Any) -> Json:
    """Give a field of a window in its label."""
    part = {"type": kind, "custom_id": "word", **({"style": 1} if kind == 4 else {}), **changes}
    return {"type": 18, "label": "Word", "component": part}


GOOD_MODALS: list[Json] = [
    {
        "title": "t" * 45,
        "custom_id": "c" * 100,
        "components": [field(custom_id=str(number)) for number in range(5)],
    },
    {
        "title": "t",
        "custom_id": "c",
        "components": [row({"type": 4, "custom_id": "w", "label": "W", "style": 2})],
    },
    {
        "title": "t",
        "custom_id": "c",
        "components": [field(value="v" * 4000, min_length=4000, max_length=4000)],
    },
    {
        "title": "t",
        "custom_id": "c",
        "components": [{**field(custom_id="c" * 100), "label": "l" * 45}],
    },
    {"title": "t", "custom_id": "c", "components": [text(), field(19, max_values=10)]},
    {"title": "t", "custom_id": "c", "components": [field(21, options=select(2)["options"])]},
]
BAD_MODALS: list[tuple[Json, str]] = [
    ({"title": "t" * 46, "custom_id": "c", "components": [field()]}, "BASE_TYPE_BAD_LENGTH"),
    ({"title": "t", "custom_id": "c" * 101, "components": [field()]}, "BASE_TYPE_BAD_LENGTH"),
    ({"title": "t", "custom_id": "c", "components": []}, "BASE_TYPE_BAD_LENGTH"),
    ({"title": "t", "custom_id": "c", "components": [field()] * 6}, "BASE_TYPE_BAD_LENGTH"),
    (
        {"title": "t", "custom_id": "c", "components": [field(), field()]},
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        {"title": "t", "custom_id": "c", "components": [{**field(), "label": "l" * 46}]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"title": "t", "custom_id": "c", "components": [field(placeholder="p" * 101)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"title": "t", "custom_id": "c", "components": [field(max_length=4001)]}, "NUMBER_TYPE_RANGE"),
    ({"title": "t", "custom_id": "c", "components": [field(min_length=4001)]}, "NUMBER_TYPE_RANGE"),
    (
        {"title": "t", "custom_id": "c", "components": [field(value="v" * 4001)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"title": "t", "custom_id": "c", "components": [field(custom_id="c" * 101)]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"title": "", "custom_id": "c", "components": [field()]}, "BASE_TYPE_BAD_LENGTH"),
    (
        {"title": "t", "custom_id": "c", "components": [field(19, max_values=11)]},
        "NUMBER_TYPE_RANGE",
    ),
    (
        {"title": "t", "custom_id": "c", "components": [field(21, options=select(1)["options"])]},
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"title": "t", "custom_id": "c", "components": [row(button())]}, "UNION_TYPE_CHOICES"),
]


@pytest.mark.parametrize("modal", GOOD_MODALS, ids=lambda part: json.dumps(part)[:50])
async def test_a_window_in_order_is_opened(modal: Json) -> None:
    """Everything at its limit is still good."""
    async with scene() as stage:
        asked = await stage.asked()
        assert (await stage.bot.respond(asked, 9, modal))[0] == 200
        assert (await asked.modal()).title == modal["title"]
        assert stage.discord.offences == []


@pytest.mark.parametrize(("modal", "code"), BAD_MODALS, ids=lambda part: json.dumps(part)[:50])
async def test_a_window_over_a_limit_is_refused(modal: Json, code: str) -> None:
    """The interaction stays open for a better answer."""
    async with scene() as stage:
        asked = await stage.asked()
        assert code in codes(await stage.bot.respond(asked, 9, modal))
        assert (await stage.bot.respond(asked, 4, {"content": "sorry"}))[0] == 200


async def test_the_scene_is_what_the_other_tests_think() -> None:
    """The command of the scene is in order."""
    async with scene() as stage:
        assert (await stage.bot.register(ASK))[0] == 200
        assert stage.discord.offences == []
