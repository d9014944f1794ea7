"""What is kept of a server goes with it, also where the bot or the records are away just then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
from conftest import World, populate, serving_here
from loopback.state import Guild
from opened_records import eventually, opened, query, set_for_channel

from bot.chat import left_servers
from bot.records.channel_settings import ChannelSetting
from bot.records.store import Records
from bot.settings import Settings

LISTING = "/users/@me/guilds"


@dataclass(frozen=True, slots=True)
class Kept:
    """A bot, and what it keeps of its servers."""

    world: World
    folder: Path
    records: Records
    # A new session is begun when this is set.
    may_return: asyncio.Event

    async def fill(self, *guilds: Guild) -> None:
        """Set something, and ask something in vain, in each of some servers."""
        for guild in guilds:
            await set_for_channel(self.records, ChannelSetting(guild.id, 0, "sureness", "sure"))
            await self.records.add_unanswered("Where is the ferry?", guild.id)

    def list_kept(self) -> set[int]:
        """List the servers of which something is kept."""
        tables = ("channel_settings", "unanswered", "joined_servers")
        found = [query(self.folder, f"SELECT guild_id FROM {table}") for table in tables]  # noqa: S608
        return {guild_id for rows in found for (guild_id,) in rows}

    def is_noted(self, *guilds: Guild) -> Callable[[], bool]:
        """Say whether the records know that the bot is in some servers."""
        noted = "SELECT guild_id FROM joined_servers"
        return lambda: {(guild.id,) for guild in guilds} <= set(query(self.folder, noted))


@pytest.fixture
async def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Kept]:
    """Give a bot in one server, which comes back only when it may and tries again at once."""
    monkeypatch.setattr(left_servers, "_AGAIN_S", 0.05)
    may_return = asyncio.Event()
    may_return.set()

    async def wait(*_: object, **__: object) -> None:
        await may_return.wait()

    monkeypatch.setattr(discord.Client, "before_identify_hook", wait)
    folder = tmp_path / "records"
    async with (
        opened(folder) as records,
        serving_here(tmp_path, monkeypatch, Settings(records=folder), records) as (world, _),
    ):
        yield Kept(world, folder, records, may_return)


async def test_what_was_left_while_the_records_are_away_goes_later(kept: Kept) -> None:
    """When they are there again."""
    other = populate(kept.world.discord, kept.world.folder).guild
    await eventually(kept.is_noted(kept.world.guild, other))
    await kept.fill(kept.world.guild, other)
    database = kept.folder / "records.sqlite3"
    away = database.rename(kept.folder / "away")
    kept.world.discord.kick_bot(other)
    # Whatever the bot is told after that, it was told that first.
    assert "Orrin" in (await kept.world.use("ask", question="where is the Orrin?")).text
    away.rename(database)
    await eventually(lambda: kept.list_kept() == {kept.world.guild.id})


async def test_what_was_left_while_the_bot_was_away_goes_with_the_next_session(kept: Kept) -> None:
    """A server that is not available is not left, nor one of another bot with the same records."""
    discord_here, home = kept.world.discord, kept.world.guild
    left, down = [populate(discord_here, kept.world.folder).guild for _ in range(2)]
    await eventually(kept.is_noted(home, left, down))
    await kept.fill(home, left, down)
    query(kept.folder, "INSERT INTO joined_servers VALUES (7, 77)")
    kept.may_return.clear()
    await discord_here.cut("invalid session")
    discord_here.kick_bot(left)
    await discord_here.outage(down)
    kept.may_return.set()
    await eventually(lambda: kept.list_kept() == {home.id, down.id, 77})
    # A server that the records name and Discord does not list is asked for.
    asked = [one for one in discord_here.requests if one.path.endswith(LISTING)]
    assert [one.query["after"] for one in asked] == [str(left.id - 1)]


async def test_nothing_goes_before_discord_says_so(kept: Kept) -> None:
    """Where it can't be asked for a server that it does not list, that is asked for again."""
    discord_here, home = kept.world.discord, kept.world.guild
    left = populate(discord_here, kept.world.folder).guild
    await eventually(kept.is_noted(home, left))
    await kept.fill(home, left)
    kept.may_return.clear()
    await discord_here.cut("invalid session")
    discord_here.kick_bot(left)
    fault = discord_here.fail(400, method="GET", path=f"{LISTING}$", times=None)
    kept.may_return.set()
    await eventually(lambda: fault.hits > 1)
    assert kept.list_kept() == {home.id, left.id}
    fault.stop()
    await eventually(lambda: kept.list_kept() == {home.id})
