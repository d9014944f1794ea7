"""What is set nearest holds; what is damaged counts as not set."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.channel_settings import (
    CHOICES,
    KEYS,
    SERVER,
    SERVER_ONLY,
    ChannelSettings,
    Effective,
    PlaceIds,
    find_effective,
    is_valid,
    read_value,
)

GUILD, CHANNEL, CATEGORY, OTHER = 1, 20, 30, 40
PLACE = PlaceIds(GUILD, CHANNEL, CATEGORY)
IDS = st.integers(1, (1 << 64) - 1)
JUNK = st.none() | st.booleans() | st.text(max_size=9) | st.integers() | st.lists(st.integers())


def values_of(key: str) -> st.SearchStrategy[object]:
    """Make values that a setting takes."""
    if key == "articles":
        return st.lists(st.text(min_size=1, max_size=9), max_size=25, unique=True).map(tuple)
    return st.sampled_from(CHOICES[key]) if key in CHOICES else IDS


def stored() -> st.SearchStrategy[dict[str, object]]:
    """Make what is set in one place: some of it damaged, some of it unknown."""
    known = {key: values_of(key) | JUNK for key in KEYS}
    return st.fixed_dictionaries({}, optional={**known, "of-old": JUNK})


DEFAULTS = st.builds(
    ChannelSettings, **{field.name: values_of(field.name) for field in fields(ChannelSettings)}
)


@given(
    st.dictionaries(st.sampled_from([SERVER, CHANNEL, CATEGORY, OTHER]), stored()),
    st.sampled_from([PLACE, PlaceIds(GUILD, CHANNEL), PlaceIds(GUILD)]),
    DEFAULTS,
)
def test_what_is_set_nearest_holds(
    by_channel: dict[int, dict[str, object]], place: PlaceIds, defaults: ChannelSettings
) -> None:
    """Of each setting the first valid value from the channel upwards, told with where it stands;
    whatever is set elsewhere changes nothing.
    """
    held = find_effective(by_channel, place, defaults)
    layers = {"channel": place.channel_id, "category": place.category_id, "server": SERVER}
    if not place.channel_id:
        del layers["channel"]
    if not place.category_id:
        del layers["category"]
    for key in KEYS:
        own = {"server": SERVER} if key in SERVER_ONLY else layers
        fine = [
            (source, by_channel[channel_id][key])
            for source, channel_id in own.items()
            if is_valid(key, by_channel.get(channel_id, {}).get(key))
        ]
        source, value = (fine or [("default", getattr(defaults, key))])[0]
        # A list of JSON, where the records have it.
        assert getattr(held.values, key) == (tuple(value) if isinstance(value, list) else value)
        assert held.sources[key] == source
    by_channel.pop(OTHER, None)
    assert find_effective(by_channel, place, defaults) == held


def test_nothing_set_is_as_the_file_has_it() -> None:
    """Every setting then comes from there."""
    defaults = ChannelSettings(place="thread")
    assert find_effective({}, PLACE, defaults) == Effective(
        defaults, dict.fromkeys(KEYS, "default")
    )


def test_a_value_is_of_its_setting() -> None:
    """Words, seconds and ids; what only looks like one is none."""
    assert is_valid("answers", "never")
    assert not is_valid("answers", "in a thread")
    assert is_valid("person_cooldown", 60)
    assert not is_valid("person_cooldown", False)  # noqa: FBT003 (JSON)
    assert not is_valid("person_cooldown", 60.0)
    assert not is_valid("human_role", 0)
    assert not is_valid("human_role", 1 << 64)
    assert not is_valid("of-old", "x")
    assert is_valid("articles", [])
    assert is_valid("articles", ["ships/", "rivers.md"])
    assert not is_valid("articles", ["rivers.md", "rivers.md"])
    assert not is_valid("articles", [""])
    assert not is_valid("articles", "rivers.md")
    assert not is_valid("articles", [str(number) for number in range(26)])


def test_values_are_read_from_menus() -> None:
    """As they stand there; what is none is nothing."""
    for key, values in CHOICES.items():
        assert [read_value(key, str(value)) for value in values] == list(values)
    assert read_value("log_channel", "123456789012345678") == 123456789012345678
    for text in ("", "x", "-1", "٣", "1" * 30):
        assert read_value("log_channel", text) is None
    assert read_value("answers", "0") is None
