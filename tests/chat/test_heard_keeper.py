"""What was heard last is on the disk soon, and at the end of the program."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from loopback.clock import PATIENCE_S

from bot.chat.heard_keeper import HeardKeeper
from bot.chat.state.ids import id_at
from bot.chat.state.last_heard import HeardByShard
from bot.records.heard import FILE, HeardFile
from bot.sharding import Sharding

NOON = 1_790_000_000


@asynccontextmanager
async def kept(heard: HeardByShard, folder: Path) -> AsyncIterator[None]:
    """Keep what is heard meanwhile."""
    keeping = asyncio.create_task(HeardKeeper(heard, HeardFile(folder, "token")).keep())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


async def written(folder: Path) -> tuple[float, list[int]]:
    """Wait until there is a file, and read it."""
    async with asyncio.timeout(PATIENCE_S):
        while not (folder / FILE).exists():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return HeardFile(folder, "token").read()


async def test_a_new_direct_conversation_is_written_at_once(tmp_path: Path) -> None:
    """A kill may come at any time, and no list of Discord names it; older ones go."""
    by_shard = HeardByShard(Sharding())
    heard = by_shard.direct
    heard.hear(1, id_at(NOON - 601), direct_with=101)
    heard.has_new_direct.clear()
    async with kept(by_shard, tmp_path):
        heard.hear(2, id_at(NOON), direct_with=102)
        assert await written(tmp_path) == (NOON, [2])


async def test_the_newest_event_is_written_at_the_end(tmp_path: Path) -> None:
    """Whatever came since the last time; and the next run takes it over."""
    by_shard = HeardByShard(Sharding())
    async with kept(by_shard, tmp_path):
        by_shard.direct.hear_event(id_at(NOON))
    assert HeardFile(tmp_path, "token").read() == (NOON, [])
    later = HeardByShard(Sharding())
    await HeardKeeper(later, HeardFile(tmp_path, "token")).restore()
    assert later.complete_to == id_at(NOON)


async def test_a_file_that_cannot_be_written_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot goes on without it."""
    by_shard = HeardByShard(Sharding())
    heard = by_shard.direct
    with caplog.at_level(logging.WARNING):
        async with kept(by_shard, tmp_path / "gone"):
            for number in range(3):
                heard.hear(number, id_at(NOON + number), direct_with=100 + number)
                async with asyncio.timeout(PATIENCE_S):
                    while heard.has_new_direct.is_set():  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
    assert [one.message for one in caplog.records] == [
        "what was heard last can't be kept: No such file or directory"
    ]


async def test_the_slowest_shard_says_how_far_is_looked_back(tmp_path: Path) -> None:
    """What it heard last, or all shards an earlier run; a new conversation is written all the same."""
    by_shard = HeardByShard(Sharding(2, (0, 1)))
    async with kept(by_shard, tmp_path):
        by_shard.of_shard(1).hear_event(id_at(NOON))
        by_shard.direct.hear_event(id_at(NOON + 300))
    assert HeardFile(tmp_path, "token").read() == (NOON, [])
    later = HeardByShard(Sharding(2, (0, 1)))
    async with kept(later, tmp_path):
        await HeardKeeper(later, HeardFile(tmp_path, "token")).restore()
        later.direct.hear(2, id_at(NOON + 400), direct_with=102)
    assert HeardFile(tmp_path, "token").read() == (NOON, [2])
