"""The settings of a server as a file: written as YAML, and read again.

In: what is set, by channel; or a text, and what the server has. Out: the text; or what it sets, and
each fault with its place. A file with faults sets nothing. Pure.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.articles.model import Problem
from bot.articles.problems import make_error
from bot.chat.channel_settings import (
    CHOICES,
    KEYS,
    MOST_ARTICLES,
    SERVER,
    SERVER_ONLY,
    Stored,
    Value,
    is_valid,
    read_value,
)
from bot.strict_yaml import Mapping as YamlMapping
from bot.strict_yaml import Node, Scalar, YamlError, read_yaml
from bot.strict_yaml import Sequence as YamlSequence
from bot.texts import channel_settings as texts
from bot.texts import common, files, problems

_SERVER, _CHANNELS = "server", "channels"
# A server with 500 channels, and all of them set.
_MOST_BYTES = 524_288


@dataclass(frozen=True, slots=True)
class GuildIds:
    """The ids of a server's channels and categories, of those for changes, and of its roles."""

    channels: Collection[int]
    log_channels: Collection[int]
    roles: Collection[int]


def write_settings(guild_id: int, stored: Mapping[int, Stored]) -> str:
    """Write what is set on a server: ``server``, then ``channels`` by their ids."""
    channels = {channel_id: one for channel_id, one in stored.items() if channel_id != SERVER}
    lines = [files.SETTINGS_HEAD(guild_id=guild_id)]
    lines.append(f"{_SERVER}:" if stored.get(SERVER) else f"{_SERVER}: {{}}")
    lines += _write_values(stored.get(SERVER, {}), indent=2)
    lines.append(f"{_CHANNELS}:" if channels else f"{_CHANNELS}: {{}}")
    for channel_id, one in channels.items():
        lines += [f'  "{channel_id}":', *_write_values(one, indent=4)]
    return "\n".join(lines) + "\n"


def _write_values(stored: Stored, indent: int) -> Iterator[str]:
    for key, value in stored.items():
        is_plain = isinstance(value, str | int)
        # A list of names as JSON, which is YAML too.
        shown = value if is_plain else json.dumps(value, ensure_ascii=False)
        yield f"{' ' * indent}{key}: {shown}"


def read_settings(
    name: str, content: bytes, ids: GuildIds
) -> tuple[Mapping[int, Mapping[str, Value]], list[Problem]]:
    """Read what a file sets; nothing, and what is wrong with it, where anything is."""
    reader = _Reader(name, ids)
    reader.read(content)
    return ({} if reader.problems else reader.stored), reader.problems


class _Reader:
    def __init__(self, name: str, ids: GuildIds) -> None:
        self._name = name
        self._ids = ids
        self.stored: dict[int, dict[str, Value]] = {}
        self.problems: list[Problem] = []

    def read(self, content: bytes) -> None:
        try:
            root = read_yaml(content.decode("utf-8-sig", "replace"), max_bytes=_MOST_BYTES)
        except YamlError as error:
            self._refuse(error, error.what, error.hint)
            return
        if not isinstance(root, YamlMapping) or root.entries.keys().isdisjoint(
            (_SERVER, _CHANNELS)
        ):
            self._refuse(root, texts.FAULT_FORM(), texts.WRITE_AS_EXPORTED())
            return
        for part, (key, value) in root.entries.items():
            if part == _SERVER:
                self._read_place(SERVER, value)
            elif part == _CHANNELS:
                for channel, (where, settings) in self._list_entries(value):
                    self._read_channel(channel, where, settings)
            else:
                self._refuse_key(key, (_SERVER, _CHANNELS))

    def _list_entries(self, node: Node) -> list[tuple[str, tuple[Scalar, Node]]]:
        """List the entries of a mapping; nothing is an empty one."""
        if isinstance(node, YamlMapping):
            return list(node.entries.items())
        if not isinstance(node, Scalar) or node.text:
            self._refuse(node, texts.FAULT_FORM(), texts.WRITE_AS_EXPORTED())
        return []

    def _read_channel(self, channel: str, where: Scalar, settings: Node) -> None:
        channel_id = int(channel) if channel.isdecimal() and channel.isascii() else 0
        if channel_id in self._ids.channels:
            self._read_place(channel_id, settings)
        else:
            self._refuse(where, texts.FAULT_CHANNEL(id=channel), texts.TAKE_IT_OUT())

    def _read_place(self, channel_id: int, node: Node) -> None:
        for key, (where, value) in self._list_entries(node):
            if key not in KEYS:
                self._refuse_key(where, KEYS)
            elif channel_id != SERVER and key in SERVER_ONLY:
                self._refuse(where, texts.FAULT_SERVER_ONLY(key=key), texts.WRITE_BELOW_SERVER())
            else:
                self._read_value(channel_id, key, value)

    def _read_value(self, channel_id: int, key: str, node: Node) -> None:
        if isinstance(node, YamlSequence):
            names = tuple(item.text if isinstance(item, Scalar) else "" for item in node.items)
            value: Value | None = names if is_valid(key, names) else None
        else:
            value = read_value(key, node.text) if isinstance(node, Scalar) else None
        if value is None:
            shown = node.text if isinstance(node, Scalar) else "…"
            self._refuse(node, texts.FAULT_VALUE(value=shown, key=key), _name_values(key))
        elif key == "human_role" and value not in self._ids.roles:
            self._refuse(node, texts.FAULT_ROLE(id=value), texts.TAKE_IT_OUT())
        elif key == "log_channel" and value not in self._ids.log_channels:
            self._refuse(node, texts.FAULT_CHANNEL(id=value), texts.TAKE_IT_OUT())
        else:
            self.stored.setdefault(channel_id, {})[key] = value

    def _refuse_key(self, where: Scalar, known: Collection[str]) -> None:
        keys = common.BETWEEN_NAMES().join(known)
        self._refuse(where, texts.FAULT_KEY(key=where.text), texts.TAKES(values=keys))

    def _refuse(self, where: Node | YamlError, what: str, hint: str) -> None:
        text = problems.UPLOAD_REFUSED
        self.problems.append(
            make_error(text, self._name, where.line, where.column, fault=what, remedy=hint)
        )


def _name_values(key: str) -> str:
    """Say which values a setting takes."""
    if key == "articles":
        return texts.TAKES_NAMES(most=MOST_ARTICLES)
    if key not in CHOICES:
        return texts.TAKES_ID()
    return texts.TAKES(values=common.BETWEEN_NAMES().join(map(str, CHOICES[key])))
