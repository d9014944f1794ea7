"""What one process tells is heard by the others at once, and after a server that was away."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from opened_records import Place, eventually, open_at, opened, set_for_channel
from postgres_server import PostgresServer, run_sql

from bot.records.announcements import Announcements, PostgresAnnouncements
from bot.records.channel_settings import ChannelSetting
from bot.records.postgres_address import parse_address


class Ears:
    """One process that listens, and what it has heard."""

    def __init__(self, announcements: Announcements) -> None:
        """Hear everything."""
        self.announcements = announcements
        self.articles: list[str] = []
        self.settings: list[str] = []
        announcements.listen("articles", self.articles.append)
        announcements.listen("settings", self.settings.append)


@asynccontextmanager
async def listening(address: str, count: int) -> AsyncIterator[list[Ears]]:
    """Have some processes that hear one another."""
    made = [Ears(PostgresAnnouncements(parse_address(address))) for _ in range(count)]
    for ears in made:
        ears.announcements.start()
    try:
        # Each is told to look once it can hear.
        await eventually(lambda: all(ears.articles == [""] for ears in made))
        yield made
    finally:
        for ears in made:
            await ears.announcements.close()
            await ears.announcements.close()


@pytest.mark.slow
async def test_all_others_hear_what_one_tells(postgres_server: PostgresServer) -> None:
    """In its order, on its topic, and not the one that tells; other programs are not heard."""
    address = postgres_server.make_database()
    async with listening(address, 3) as (first, second, third):
        for payload in ("", "{", "[1, 2]", '["a", "b", "c"]', '["a", "articles", 7]', "7"):
            run_sql(address, f"NOTIFY articlebot, '{payload}'")
        first.announcements.tell("articles", "a1")
        first.announcements.tell("settings", "17")
        await eventually(lambda: third.settings == second.settings == ["", "17"])
        second.announcements.tell("articles", "b2")
        await eventually(lambda: third.articles == ["", "a1", "b2"])
        assert (first.articles, second.articles) == (["", "b2"], ["", "a1"])


@pytest.mark.slow
async def test_what_is_told_while_the_server_is_away_is_heard_later(
    own_server: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Everybody looks again when it is back, for nobody knows what was missed; that nobody is heard
    is said once.
    """
    address = own_server.make_database()
    async with listening(address, 2) as (first, second):
        own_server.kill()
        await eventually(lambda: caplog.text.count("not heard now") == 2)
        first.announcements.tell("articles", "a1")
        await asyncio.sleep(1)
        own_server.start()
        await eventually(lambda: second.articles[1:3] in (["", "a1"], ["a1"], [""]))
        await eventually(lambda: first.articles == ["", ""])
        first.announcements.tell("articles", "a2")
        await eventually(lambda: second.articles[-1] == "a2")
    assert caplog.text.count("not heard now") == 2


@pytest.mark.slow
async def test_who_tells_waits_for_no_server(postgres_server: PostgresServer) -> None:
    """One that stands still is told once it goes on: Discord waits three seconds for an answer."""
    address = postgres_server.make_database()
    async with listening(address, 2) as (first, second):
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        pids = [pid for (pid,) in run_sql(address, f"{query} AND pid <> pg_backend_pid()")]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            first.announcements.tell("articles", "a1")
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
        await eventually(lambda: second.articles == ["", "a1"])


async def test_who_is_alone_hears_nothing() -> None:
    """Nobody is told, and nothing has to be there for that."""
    alone = Ears(Announcements())
    alone.announcements.start()
    alone.announcements.tell("articles", "a1")
    await alone.announcements.close()
    assert alone.articles == []


async def test_what_is_set_for_a_channel_stays(place: Place) -> None:
    """Over a restart; set again it is another, and without a value it is gone."""
    async with opened(place) as records:
        for setting in (
            ChannelSetting(7, 0, "language", "uk"),
            ChannelSetting(7, 71, "language", "de"),
            ChannelSetting(2**63 - 1, 0, "mention", value=True),
            ChannelSetting(7, 71, "articles", ["rivers", {"a": 1}]),
            ChannelSetting(7, 71, "language", "fr"),
            ChannelSetting(7, 0, "threads", value=False),
            ChannelSetting(7, 0, "threads", None),
        ):
            await set_for_channel(records, setting)
    async with opened(place) as records:
        found = await records.channel_settings(7)
        assert [(one.channel_id, one.key, one.value) for one in found] == [
            (0, "language", "uk"),
            (71, "articles", ["rivers", {"a": 1}]),
            (71, "language", "fr"),
        ]
        assert all(one.changed_at > 1_700_000_000 for one in found)
        assert len(await records.channel_settings()) == 4
        assert await records.channel_settings(8) == []
        await records.forget_server(7)
        assert [one.guild_id for one in await records.channel_settings()] == [2**63 - 1]


@pytest.mark.slow
async def test_another_process_hears_of_a_setting(postgres_server: PostgresServer) -> None:
    """It is told of which server, and finds what is set there."""
    address = postgres_server.make_database()
    first, second = [await open_at(address) for _ in range(2)]
    heard: list[str] = []
    second.announcements.listen("settings", heard.append)
    # What is told before the other one listens is not heard.
    while "7" not in heard:
        await set_for_channel(first, ChannelSetting(7, 71, "language", "de"))
        await asyncio.sleep(0.05)
    # Two at once: none takes the place of the other.
    others = [ChannelSetting(guild_id, 0, "language", "fr") for guild_id in (8, 9)]
    await asyncio.gather(*(set_for_channel(first, one) for one in others))
    await eventually(lambda: {"7", "8", "9"} <= set(heard))
    (setting,) = await second.channel_settings(7)
    assert (setting.channel_id, setting.value) == (71, "de")
    await asyncio.gather(first.close(), second.close())
