"""Settings in memory are those of the records: what is damaged is told, and counts as not set."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from following_settings import following
from opened_records import Place, eventually, opened
from postgres_server import PostgresServer

from bot.chat.channel_settings import PlaceIds, SettingChange, Value
from bot.chat.kept_settings import Choose, KeptSettings, find_place
from bot.settings import Settings

GUILD, CHANNEL = 7, 71
HERE = PlaceIds(GUILD, CHANNEL)
IN_THREADS = Settings(thread_channels=(CHANNEL,))


def always(value: Value | None) -> Choose:
    """Choose a value, whatever holds."""
    return lambda _: value


def adding(name: str) -> Choose:
    """Choose a file besides those that are chosen."""
    return lambda held: (*held, name) if isinstance(held, tuple) else (name,)


async def test_what_is_set_is_there_after_a_restart(place: Place) -> None:
    """And goes with the server; without anything, the file of settings says what holds."""
    async with opened(place) as records, following(records, IN_THREADS) as kept:
        assert kept.find_at(HERE).values.place == "thread"
        await kept.change(HERE, "place", always("here"))
        await kept.change(PlaceIds(GUILD), "sureness", always("sure"))
        assert kept.find_at(HERE).values.place == "here"
        assert kept.find_upper(HERE).values.place == "thread"
    async with opened(place) as records, following(records, IN_THREADS) as kept:
        assert kept.find_at(HERE).values.place == "here"
        assert kept.find_at(PlaceIds(GUILD, 72)).values.sureness == "sure"
        assert kept.find_at(PlaceIds(8)).values.sureness == "any"
        assert kept.list_own(GUILD) == {0: {"sureness": "sure"}, CHANNEL: {"place": "here"}}
        await kept.change(HERE, "place", always(None))
        assert kept.find_at(HERE).sources["place"] == "default"
        await kept.forget(GUILD)
        assert kept.find_at(HERE).values.sureness == "any"
        assert await records.channel_settings() == []


async def test_nothing_is_lost_of_what_is_chosen_at_once(place: Place) -> None:
    """By two processes with the same records; each change is told as it was made."""
    async with (
        opened(place) as first,
        opened(place) as second,
        following(first) as here,
        following(second) as there,
    ):
        names = [f"{number}.md" for number in range(6)]
        chosen = [
            kept.change(HERE, "articles", adding(name))
            for kept, name in zip((here, there) * 3, names, strict=True)
        ]
        made = [one for one in await asyncio.gather(*chosen) if one is not None]
        assert {str(one.before) for one in made} == {
            str(one.after) for one in made if len(str(one.after)) < len(str(tuple(names)))
        } | {"()"}
        for kept in (here, there):
            await kept.load()
            assert set(kept.find_at(HERE).values.articles) == set(names)


async def test_what_a_setting_does_not_take_changes_nothing(tmp_path: Path) -> None:
    """And a file of settings is not applied to others than it was compared with."""
    async with opened(tmp_path) as records, following(records) as kept:
        assert await kept.change(HERE, "place", always("thread")) is not None
        before = kept.list_own(GUILD)
        assert await kept.change(HERE, "place", always("nowhere")) is None
        assert kept.list_own(GUILD) == before
        imported = [SettingChange(CHANNEL, "sureness", "sure", "any", "sure")]
        (is_set, changed) = await asyncio.gather(
            kept.change_all(GUILD, {}, imported), kept.change(HERE, "place", always(None))
        )
        assert (is_set, changed is not None) == (False, True)
        assert await kept.change_all(GUILD, {}, imported)
        assert kept.list_own(GUILD) == {CHANNEL: {"sureness": "sure"}}


async def test_what_is_damaged_counts_as_not_set(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in the log, without its value, and what is fine beside it holds."""
    async with opened(tmp_path) as records:
        kept = KeptSettings(records, Settings())
        await kept.change(HERE, "place", always("thread"))
        await kept.change(HERE, "sureness", always("sure"))
        with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as database, database:
            database.execute("""UPDATE channel_settings SET value = '["x"]' WHERE key = 'place'""")
        await kept.load()
        held = kept.find_at(HERE)
        assert (held.values.place, held.values.sureness) == ("here", "sure")
        assert "'place' is damaged" in caplog.text
        assert kept.list_own(GUILD) == {CHANNEL: {"sureness": "sure"}}


async def test_without_records_nothing_is_set() -> None:
    """Nothing fails either."""
    kept = KeptSettings(None, Settings())
    await kept.load()
    await kept.follow()
    await kept.change(HERE, "place", always("thread"))
    await kept.forget(GUILD)
    assert kept.find(object()).values.place == "here"
    assert find_place(object()) is None


@pytest.mark.slow
async def test_other_processes_learn_of_it(postgres_server: PostgresServer) -> None:
    """What one process sets, another knows within moments."""
    url = postgres_server.make_database()
    async with (
        opened(url) as first,
        opened(url) as second,
        following(first) as here,
        following(second) as there,
    ):
        await here.change(HERE, "answers", always("never"))
        await eventually(lambda: there.find_at(HERE).values.is_silent)
        await there.forget(GUILD)
        await eventually(lambda: not here.find_at(HERE).values.is_silent)
