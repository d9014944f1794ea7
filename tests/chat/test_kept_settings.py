"""Settings in memory are those of the records: what is damaged is told, and counts as not set."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from following_settings import following
from opened_records import Place, eventually, opened
from postgres_server import PostgresServer

from bot.chat.channel_settings import PlaceIds
from bot.chat.kept_settings import KeptSettings, find_place
from bot.settings import Settings

GUILD, CHANNEL = 7, 71
HERE = PlaceIds(GUILD, CHANNEL)
IN_THREADS = Settings(thread_channels=(CHANNEL,))


async def test_what_is_set_is_there_after_a_restart(place: Place) -> None:
    """And goes with the server; without anything, the file of settings says what holds."""
    async with opened(place) as records, following(records, IN_THREADS) as kept:
        assert kept.find_at(HERE).values.place == "thread"
        await kept.change(GUILD, CHANNEL, "place", "here")
        await kept.change(GUILD, 0, "sureness", "sure")
        assert kept.find_at(HERE).values.place == "here"
        assert kept.find_upper(HERE).values.place == "thread"
    async with opened(place) as records, following(records, IN_THREADS) as kept:
        assert kept.find_at(HERE).values.place == "here"
        assert kept.find_at(PlaceIds(GUILD, 72)).values.sureness == "sure"
        assert kept.find_at(PlaceIds(8)).values.sureness == "any"
        assert kept.list_own(GUILD) == {0: {"sureness": "sure"}, CHANNEL: {"place": "here"}}
        await kept.change(GUILD, CHANNEL, "place", None)
        assert kept.find_at(HERE).sources["place"] == "default"
        await kept.forget(GUILD)
        assert kept.find_at(HERE).values.sureness == "any"
        assert await records.channel_settings() == []


async def test_what_is_damaged_counts_as_not_set(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in the log, without its value, and what is fine beside it holds."""
    async with opened(tmp_path) as records:
        kept = KeptSettings(records, Settings())
        await kept.change(GUILD, CHANNEL, "place", "thread")
        await kept.change(GUILD, CHANNEL, "sureness", "sure")
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
    await kept.change(GUILD, CHANNEL, "place", "thread")
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
        await here.change(GUILD, CHANNEL, "answers", "never")
        await eventually(lambda: there.find_at(HERE).values.is_silent)
        await there.forget(GUILD)
        await eventually(lambda: not here.find_at(HERE).values.is_silent)
