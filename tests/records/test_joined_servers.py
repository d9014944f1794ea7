"""In which servers a bot is: added as they are listed, and each shard compares its own."""

import asyncio

from opened_records import Place, opened

from bot.records.joined_servers import ListedServers

# An id of each of three shards.
OF_SHARD = [(1000 + shard) << 22 for shard in range(2, 5)]
ADA, BOB = 11, 12


def of_shard(shard_id: int, *guild_ids: int, bot_id: int = ADA) -> ListedServers:
    """List servers of one of three shards."""
    return ListedServers(bot_id, guild_ids, shard_id, 3)


async def test_a_shard_finds_what_it_has_left_until_that_is_forgotten(place: Place) -> None:
    """Of other shards and other bots it says nothing."""
    first, second, third = OF_SHARD
    async with opened(place) as records:
        for shard_id, guild_id in enumerate(OF_SHARD):
            assert await records.compare_servers(of_shard(shard_id, guild_id)) == set()
        assert await records.compare_servers(of_shard(0, bot_id=BOB)) == set()
    async with opened(place) as records:
        assert await records.compare_servers(of_shard(1, second)) == set()
        for _ in range(2):
            assert await records.compare_servers(of_shard(0)) == {first}
        await records.forget_server(first)
        assert await records.compare_servers(of_shard(0)) == set()
        assert await records.compare_servers(ListedServers(ADA, [])) == {second, third}


async def test_two_processes_may_compare_at_once(place: Place) -> None:
    """Neither finds what the other is adding."""
    async with opened(place) as one, opened(place) as other:
        listed = [one.compare_servers(of_shard(0, *range(100))) for one in (one, other) * 3]
        assert await asyncio.gather(*listed) == [set()] * 6
