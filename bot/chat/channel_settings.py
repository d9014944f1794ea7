"""What those who manage a server set for it and for its channels: the values, and which hold where.

In: what is set, by channel; a place. Out: the settings that hold there, each with where it is set.
What is set nearest holds: for the channel, its category, the server, else the file of settings.
A value that no longer exists, or is damaged, counts as not set. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

from bot.texts.languages import LANGUAGES

# A word of ``CHOICES``, a number of seconds, an id of Discord, or names of files and folders.
Value = str | int | tuple[str, ...]
# What is set for one channel, category or server, by key; as it was read, so perhaps damaged.
Stored = Mapping[str, object]
Source = Literal["channel", "category", "server", "default"]

# The channel id under which stands what holds for the whole server.
SERVER = 0
_MOST_ID = 1 << 64
# So many files and folders can be chosen, with names of at most so many characters.
MOST_ARTICLES = 25
_MOST_NAME = 1_000
_COOLDOWNS_S = (0, 30, 60, 300, 900, 3_600, 21_600)
# The language of the server, else that of the question.
AUTO = "auto"
# The values of each setting that has a few; ``ChannelSettings`` says what they mean.
CHOICES: Mapping[str, tuple[str | int, ...]] = {
    "answers": ("mentions", "questions", "never"),
    "place": ("here", "thread"),
    "own_threads": ("on", "off"),
    "sureness": ("any", "likely", "sure"),
    "language": (AUTO, *LANGUAGES),
    "person_cooldown": _COOLDOWNS_S,
    "channel_cooldown": _COOLDOWNS_S,
}


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What holds in one place.

    ``answers``: whether messages are answered that mention the bot, all that ask, or none.
    ``place``: whether they are answered where they stand, or in a thread. ``own_threads``: whether
    the bot need not be mentioned in threads that it began. ``sureness``: how sure an answer must be
    at the least. ``language``: what messages are answered in. ``person_cooldown`` and
    ``channel_cooldown``: how many seconds lie between two answers to messages of one person, and of
    all in a channel. ``human_role`` is asked where the articles do not answer, ``log_channel`` is
    told of changes; 0: none is set. ``articles`` are the files and folders of which the articles
    alone are shown there; none: all that somebody may read.
    """

    answers: str = "mentions"
    place: str = "here"
    own_threads: str = "on"
    sureness: str = "any"
    language: str = AUTO
    person_cooldown: int = 0
    channel_cooldown: int = 0
    human_role: int = 0
    log_channel: int = 0
    articles: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said there that all can see."""
        return self.answers == "never"


KEYS = tuple(field.name for field in fields(ChannelSettings))
# What is set for a whole server alone.
SERVER_ONLY = ("log_channel",)


@dataclass(frozen=True, slots=True)
class PlaceIds:
    """A channel of a guild and its category; 0 for none, or where the whole guild is meant."""

    guild_id: int
    channel_id: int = SERVER
    category_id: int = 0


@dataclass(frozen=True, slots=True)
class Effective:
    """The settings that hold in a place, and where each of them is set."""

    values: ChannelSettings
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting of a channel, or of the server (0), that is set otherwise, or no more (None).

    ``before`` and ``after`` hold there before and after that.
    """

    channel_id: int
    key: str
    value: Value | None
    before: Value
    after: Value


def find_effective(
    stored: Mapping[int, Stored], place: PlaceIds, defaults: ChannelSettings
) -> Effective:
    """Find what holds in a place of a guild; ``stored`` is what is set there, by channel."""
    layers = _list_layers(place)
    found: dict[str, Any] = {}
    sources: dict[str, Source] = dict.fromkeys(KEYS, "default")
    for key in KEYS:
        for source, channel_id in layers:
            value = read_stored(key, stored.get(channel_id, {}).get(key))
            if value is not None and (source == "server" or key not in SERVER_ONLY):
                found[key] = value
                sources[key] = source
                break
    return Effective(replace(defaults, **found), sources)


def _list_layers(place: PlaceIds) -> Sequence[tuple[Source, int]]:
    """List where settings may be set that hold in a place, the nearest first."""
    layers: list[tuple[Source, int]] = []
    if place.channel_id != SERVER:
        layers.append(("channel", place.channel_id))
    if place.category_id:
        layers.append(("category", place.category_id))
    layers.append(("server", SERVER))
    return layers


def is_valid(key: str, value: object) -> bool:
    """Say whether a setting of this name takes a value."""
    if key not in KEYS or isinstance(value, bool):
        return False
    if key in CHOICES:
        return isinstance(value, str | int) and value in CHOICES[key]
    if key == "articles":
        return _are_names(value)
    return isinstance(value, int) and 0 < value < _MOST_ID


def read_stored(key: str, value: object) -> Value | None:
    """Read a value as the records have it, which is JSON; None for what is none."""
    if not is_valid(key, value):
        return None
    return tuple(map(str, value)) if isinstance(value, list | tuple) else cast("Value", value)


def _are_names(value: object) -> bool:
    """Say whether a value is a few names, each of them once."""
    if not isinstance(value, list | tuple) or len(value) > MOST_ARTICLES:
        return False
    are_texts = all(isinstance(name, str) and 0 < len(name) <= _MOST_NAME for name in value)
    return are_texts and len(set(value)) == len(value)


def read_value(key: str, text: str) -> Value | None:
    """Read a value as it stands in a menu; None for what is none."""
    value: Value = int(text) if text.isdecimal() and text.isascii() else text
    return value if is_valid(key, value) else None
