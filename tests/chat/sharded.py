"""A bot of several shards on a Discord of its own, in one process or in several."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.state import Channel, Message

# Lisk is the largest town.
WHERE = "Which is the largest town on the Orrin?"
SETTINGS = (
    "questions_per_person: 3600\nquestions_per_channel: 3600\nquestions_per_server: 3600\n"
    "heartbeat: heartbeat.json\n"
)


async def until(happened: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@dataclass(slots=True)
class Community:
    """A Discord with a server and a channel on each shard."""

    world: World
    channels: list[Channel] = field(default_factory=list)

    @property
    def discord(self) -> LoopbackDiscord:
        """The Discord."""
        return self.world.discord

    def add_servers(self, shards: int, each: int = 1) -> None:
        """Add so many servers to each shard, with a channel each."""
        for number in range(shards * each):
            guild = self.discord.add_guild(f"Readers {number}", shard=(number % shards, shards))
            self.discord.add_member(guild, self.world.member)
            self.channels.append(self.discord.add_text_channel(guild, "general"))

    def another(self) -> World:
        """Give the world to another process of the bot."""
        return replace(self.world, process=None, log=[], _reading=None)

    async def read_health(self) -> dict[str, Any]:
        """Read what the bot's heartbeat file says next."""
        path = self.world.folder.parent / "heartbeat.json"
        path.unlink(missing_ok=True)
        await until(path.exists)
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return told

    async def ask(self, channel: Channel) -> Message:
        """Mention the bot in a channel."""
        content = f"{self.discord.bot_user.mention} {WHERE}"
        return await self.discord.say(self.world.member, channel, content)

    async def answered(self, questions: Sequence[Message]) -> None:
        """Wait until each of these has an answer, and see that all questions so far have one."""
        await until(lambda: all(map(self.discord.answers_to, questions)))
        assert self.discord.ledger().is_exact()


async def launch_all(worlds: Sequence[World], shards: int, **environment: str) -> None:
    """Start a process for each world, which share the shards evenly."""
    share = shards // len(worlds)
    for number, world in enumerate(worlds):
        first = number * share
        ids = f"{first}-{first + share - 1}"
        await world.launch(SHARD_IDS=ids, SHARD_COUNT=str(shards), **environment)
    await until(lambda: all(count_ready(world) == share for world in worlds))


def count_ready(world: World) -> int:
    """Count how often a shard was ready."""
    return sum("ready as " in line for line in world.log)


@contextlib.asynccontextmanager
async def open_community(
    folder: Path,
    shards: int,
    *,
    max_concurrency: int = 0,
    each: int = 1,
    heartbeat_s: float = 41.25,
) -> AsyncIterator[Community]:
    """Give servers on so many shards, and a bot that has not been started."""
    async with LoopbackDiscord(heartbeat_s=heartbeat_s) as discord:
        discord.shard(shards, max_concurrency=max_concurrency or shards)
        community = Community(populate(discord, write_articles(folder / "articles")))
        community.world.settings = SETTINGS
        community.add_servers(shards, each)
        async with ending(community.world):
            yield community
        judge(discord)
