"""A bot of several shards: in one process, and in one of two."""

from pathlib import Path

from sharded import count_ready, open_community, until


async def test_one_process_has_the_shards_that_discord_recommends(tmp_path: Path) -> None:
    """What comes through each is answered. One is resumed while the other goes on."""
    async with open_community(tmp_path, 2) as community:
        discord, world = community.discord, community.world
        await world.start()
        await until(lambda: count_ready(world) == 2)
        assert {one.shard for one in discord.core.gateway.identifies} == {(0, 2), (1, 2)}
        direct = await discord.say(world.member, discord.open_dm(world.member), "Where is Lisk?")
        await community.answered(
            [direct, *[await community.ask(one) for one in community.channels]]
        )
        assert await discord.cut("reset", shard=1) == 1
        await community.answered([await community.ask(one) for one in community.channels])
        await discord.resumed(1)
        told = await community.read_health()
        assert (told["is_ready"], told["shards"], told["shards_alive"]) == (True, 2, 2)
        world.channel = community.channels[0]
        status_card = await world.use("kb status", world.owner)
        assert "of shard 0-1 (of 2)" in status_card.text
        assert discord.identifies == 2
        assert discord.core.gateway.too_fast == 0
        assert await world.stop() == 0
        assert not discord.core.gateway.connections


async def test_one_of_two_processes_has_its_own_shards(tmp_path: Path) -> None:
    """It answers on these, registers no commands, and keeps its own file of sessions."""
    async with open_community(tmp_path, 2) as community:
        discord, world = community.discord, community.world
        await world.start(SHARD_IDS="1", SHARD_COUNT="2")
        await until(lambda: count_ready(world) == 1)
        elsewhere, here = [await community.ask(one) for one in community.channels]
        await until(lambda: discord.answers_to(here))
        assert not discord.answers_to(elsewhere)
        assert [one.shard for one in discord.core.gateway.identifies] == [(1, 2)]
        assert not discord.registered
        assert (tmp_path / "records" / "shards-1-of-2" / "sessions.json").exists()
        assert not (tmp_path / "records" / "sessions.json").exists()
