"""Panels of what is set for a server or a channel: what holds, whence, and menus to change it.

In: the settings that hold in a place. Out: a card. Each line says in words what holds, so that
nothing hangs on a colour. Everything fits a narrow screen: one setting a line, one menu a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.answers.names import list_names
from bot.chat.channel_settings import (
    CHOICES,
    KEYS,
    SERVER,
    SERVER_ONLY,
    Effective,
    PlaceIds,
    SettingChange,
    Source,
    Value,
)
from bot.chat.ui.components import (
    join_id,
    make_button,
    make_menu,
    make_row,
    shorten,
)
from bot.chat.ui.layout import AMBER, CARD, NEUTRAL, Card, Row, fit_name, join_that_fit
from bot.texts import cards, editing
from bot.texts import channel_settings as texts
from bot.texts.languages import LANGUAGE_NAMES

# In menus, for what is not to be set here.
UNSET = "unset"
_MINUTE_S = 60
_HOUR_S = 3_600
_PLACEHOLDER = 140
# So many names are shown in a line.
MOST_NAMES = 5
# Where changes can be told.
LOG_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.voice]


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel shows: a place with its name, what holds there, and what would without it.

    ``upper`` is what holds where nothing is set in the place itself. ``warnings`` say what has no
    effect, and why. ``saved`` is the setting that was changed just now; empty for none.
    """

    place: PlaceIds
    name: str
    is_category: bool
    held: Effective
    upper: Effective
    warnings: Sequence[str] = ()
    saved: str = ""

    @property
    def is_of_server(self) -> bool:
        """Whether it is the panel of the whole server."""
        return self.place.channel_id == SERVER

    @property
    def own_source(self) -> Source:
        """What the source of a setting is called that is set in the place itself."""
        return "server" if self.is_of_server else "channel"

    @property
    def keys(self) -> Sequence[str]:
        """What can be set there."""
        return [key for key in KEYS if self.is_of_server or key not in SERVER_ONLY]


def make_panel_card(panel: Panel) -> Card:
    """Show what holds in a place, and a menu for each setting."""
    lines = "\n".join(make_line(panel, key) for key in panel.keys)
    warnings = list_warnings(panel)
    hint = texts.SERVER_HINT() if panel.is_of_server else texts.CHANNEL_HINT()
    blocks = [make_head(panel), lines, warnings, _tell_saved(panel), hint]
    colour = AMBER if panel.warnings else NEUTRAL
    return Card(filter(None, blocks), list(_make_rows(panel)), colour)


def list_warnings(panel: Panel) -> str:
    """Say in a line each what has no effect, and why."""
    return "\n".join(texts.WARNING(what=what) for what in panel.warnings)


def make_head(panel: Panel) -> str:
    """Say of which place a panel is."""
    if panel.is_of_server:
        return texts.SERVER_HEAD()
    if panel.is_category:
        return texts.CATEGORY_HEAD(name=fit_name(panel.name))
    return texts.CHANNEL_HEAD(channel_id=panel.place.channel_id)


def make_line(panel: Panel, key: str) -> str:
    """Say what is set, and where."""
    source = panel.held.sources[key]
    is_own = source == panel.own_source
    shown = texts.SOURCES["channel" if is_own else source]
    value = describe_value(key, getattr(panel.held.values, key))
    return texts.LINE(name=texts.NAMES[key](), value=value, source=shown())


def _tell_saved(panel: Panel) -> str:
    if not panel.saved:
        return ""
    value = describe_value(panel.saved, getattr(panel.held.values, panel.saved))
    return texts.SAVED(name=texts.NAMES[panel.saved](), value=value)


def describe_value(key: str, value: Value) -> str:
    """Name a value of a setting; a role or a channel by its mention."""
    if key == "human_role":
        return texts.ROLE(id=value) if value else texts.NOBODY()
    if key == "log_channel":
        return texts.CHANNEL(id=value) if value else texts.NOWHERE()
    if isinstance(value, tuple):
        return list_names(map(fit_name, value), MOST_NAMES) or texts.ALL_ARTICLES()
    if isinstance(value, int):
        return _describe_wait(value)
    if key == "language":
        return LANGUAGE_NAMES.get(value) or texts.LANGUAGE_AUTO()
    return texts.VALUE_NAMES[key, value]()


def _describe_wait(wait_s: int) -> str:
    if wait_s == 0:
        return texts.NO_COOLDOWN()
    if wait_s < _MINUTE_S:
        return texts.SECONDS(wait_s)
    if wait_s < _HOUR_S:
        return texts.MINUTES(wait_s // _MINUTE_S)
    return texts.HOURS(wait_s // _HOUR_S)


def _make_rows(panel: Panel) -> Iterator[Row]:
    for key in panel.keys:
        if key != "articles":
            yield _make_menu(panel, key)
    choose = make_button(texts.CHOOSE_ARTICLES(), "articles_from", panel.place.channel_id, 0)
    # A menu of roles or channels has nothing to choose for none.
    clearing = [
        make_button(texts.CLEAR(name=texts.NAMES[key]()), "unset", panel.place.channel_id, key)
        for key in panel.keys
        if key not in CHOICES and panel.held.sources[key] == panel.own_source
    ]
    yield from make_row(choose, *clearing)
    if panel.is_of_server:
        export = make_button(texts.EXPORT(), "settings_yaml")
        yield from make_row(export, make_button(texts.IMPORT(), "settings_import"))


def _make_menu(panel: Panel, key: str) -> Row:
    custom_id = join_id("set", panel.place.channel_id, key)
    name = texts.NAMES[key]()
    if key == "human_role":
        return _make_row(discord.ui.RoleSelect(custom_id=custom_id, placeholder=name))
    if key == "log_channel":
        select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id=custom_id, placeholder=name, channel_types=LOG_CHANNELS
        )
        return _make_row(select)
    value = describe_value(key, getattr(panel.held.values, key))
    placeholder = shorten(texts.PLACEHOLDER(name=name, value=value), _PLACEHOLDER)
    return make_menu(placeholder, custom_id, list(_make_options(panel, key)))


def _make_row(select: "discord.ui.RoleSelect[Any] | discord.ui.ChannelSelect[Any]") -> Row:
    return discord.ui.ActionRow(select)


def _describe_effect(key: str, value: str | int) -> str:
    """Say what a value means, where its name does not."""
    if isinstance(value, int):
        return texts.COOLDOWN_HINT()
    return texts.LANGUAGE_HINT() if key == "language" else texts.VALUE_HINTS[key, value]()


def _make_options(panel: Panel, key: str) -> Iterator[tuple[str, str, str]]:
    """Make the options of a menu: each a label, a description and a value."""
    for value in CHOICES[key]:
        yield describe_value(key, value), _describe_effect(key, value), str(value)
    if panel.held.sources[key] == panel.own_source:
        source = texts.UPPER_SOURCES[panel.upper.sources[key]]
        value = describe_value(key, getattr(panel.upper.values, key))
        yield source(), texts.INHERIT_HINT(value=value), UNSET


def make_import_card(changes: Sequence[SettingChange], key: str) -> Card:
    """Show what a file of settings would change, and a button that does so."""
    lines = (
        texts.CHANGE_LINE(
            place=describe_place(one.channel_id),
            name=texts.NAMES[one.key](),
            before=describe_value(one.key, one.before),
            after=describe_value(one.key, one.after),
        )
        for one in changes
    )
    listed = join_that_fit(lines, CARD, len(changes), cards.MORE_LINES)
    apply = make_button(texts.APPLY(), "settings_apply", key, style=discord.ButtonStyle.primary)
    discard = make_button(editing.DISCARD(), "discard", key)
    return Card([texts.IMPORT_HEAD(), listed], make_row(apply, discard))


def describe_place(channel_id: int) -> str:
    """Name the settings of a channel, or with the id 0 of the server."""
    if channel_id == SERVER:
        return texts.AUDIT_SERVER()
    return texts.AUDIT_CHANNEL(channel_id=channel_id)
