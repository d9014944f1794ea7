"""Shards that fail one by one, processes that share them, and one that is killed."""

import asyncio
import re
from pathlib import Path

import pytest
from loopback.permissions import Permission
from postgres_server import PostgresServer
from sharded import Community, count_ready, launch_all, open_community, until

from bot.chat.service import MISCONFIGURED
from bot.texts import replies

pytestmark = pytest.mark.slow


async def ask_everywhere(community: Community, times: int = 1) -> None:
    """Ask in every channel, and see that each question is answered once."""
    asked = [await community.ask(one) for _ in range(times) for one in community.channels]
    await community.answered(asked)


@pytest.mark.parametrize(
    "how", ["invalid session", "invalid session, resumable", "close 4000", "reconnect", "dead"]
)
async def test_a_shard_fails_alone(tmp_path: Path, how: str) -> None:
    """The other answers meanwhile; what was asked on the one that failed is answered afterwards.

    A silent connection is noticed, and its session resumed.
    """
    async with open_community(tmp_path, 2, heartbeat_s=1) as community:
        discord, world = community.discord, community.world
        await world.launch()
        await until(lambda: count_ready(world) == 2)
        failing, other = community.channels
        assert await discord.cut(how, shard=0) == 1
        asked = [await community.ask(one) for one in (failing, other)]
        await until(lambda: discord.answers_to(asked[1]))
        await community.answered(asked)
        is_over = how == "invalid session"
        assert (discord.identifies, discord.resumes) == (2 + is_over, 1 - is_over)
        assert discord.core.gateway.too_fast == 0
        # What is dead sends no heartbeats.
        discord.offences[:] = [one for one in discord.offences if " 4009 " not in one]


async def test_a_shard_whose_ready_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    """The other shard goes on in its session; a bad event ends neither."""
    async with open_community(tmp_path, 2) as community:
        discord, world = community.discord, community.world
        await world.launch()
        await until(lambda: count_ready(world) == 2)
        discord.spoil("READY", lambda _: {"v": 10})
        await discord.cut("invalid session", shard=1)
        await until(lambda: count_ready(world) == 3)
        for session in discord.core.gateway.live():
            session.dispatch("MESSAGE_CREATE", {"id": "none"})
        await ask_everywhere(community)
        sessions = [one.shard[0] for one in discord.core.gateway.identifies]
        assert sorted(sessions) == [0, 1, 1, 1]
        assert any("reading from shard 1" in line for line in world.log)
        assert await discord.cut("close 4000", shard=1) == 1
        await discord.resumed(1)


async def test_what_was_left_meanwhile_is_forgotten(tmp_path: Path) -> None:
    """A shard that begins anew knows the servers that it has by then."""
    async with open_community(tmp_path, 2, each=2) as community:
        discord, world = community.discord, community.world
        await world.launch()
        await until(lambda: count_ready(world) == 2)
        left = community.channels.pop(1).guild
        assert left is not None
        await discord.cut("invalid session", shard=1)
        left.bot_role = None
        left.members.pop(discord.bot_user.id)
        await until(lambda: count_ready(world) == 3)
        world.channel = community.channels[0]
        status = await world.use("kb status", world.owner)
        assert f"in {len(discord.world.guilds) - 1} servers" in status.text


async def test_as_many_shards_begin_at_once_as_discord_takes(tmp_path: Path) -> None:
    """Forty in three rounds of five seconds; one after another they would take 200."""
    async with open_community(tmp_path, 40, max_concurrency=16) as community:
        discord, world = community.discord, community.world
        await world.launch()
        await until(lambda: count_ready(world) == 40)
        identifies = discord.core.gateway.identifies
        assert sorted(one.shard for one in identifies) == [(number, 40) for number in range(40)]
        assert discord.core.gateway.too_fast == 0
        assert identifies[-1].time - identifies[0].time < 100
        await ask_everywhere(community)


async def test_a_bot_that_grows_takes_more_shards(tmp_path: Path) -> None:
    """When Discord requires them; in settings that fix the number, nobody but a person can."""
    async with open_community(tmp_path, 1) as community:
        discord, world = community.discord, community.world
        await world.start()
        await until(lambda: count_ready(world) == 1)
        for number in range(2_500):
            discord.add_guild(f"guild {number}")
        discord.shard(3, max_concurrency=3)
        await discord.cut("invalid session")
        await until(lambda: count_ready(world) == 4)
        assert [one.shard[1] for one in discord.core.gateway.identifies[-3:]] == [3, 3, 3]
        await ask_everywhere(community)
        assert await world.stop() == 0
        await world.launch(SHARD_COUNT="1")
        assert await world.ended() == MISCONFIGURED
        assert "A shard takes at most 2,500 servers" in "".join(world.log)
        discord.offences[:] = [one for one in discord.offences if " 4011 " not in one]


@pytest.mark.parametrize("processes", [2, 4])
async def test_processes_share_the_work(tmp_path: Path, processes: int) -> None:
    """Each question is answered once. One process is killed and started again meanwhile; what was
    asked of it is answered then. What is to be done once is done once.
    """
    async with open_community(tmp_path, processes * 2, max_concurrency=1) as community:
        discord, world = community.discord, community.world
        # The second process knows one server.
        for guild in (world.guild, community.channels.pop(3).guild):
            assert guild is not None
            discord.kick_bot(guild)
        world.channel, log_channel = community.channels[2], community.channels[0]
        assert world.channel.guild is not None
        permissions = Permission.MANAGE_GUILD
        discord.add_member(world.channel.guild, world.manager, permissions=permissions)
        world.settings += f"watch: on\nlog_channel: {log_channel.id}\n"
        worlds = [world, *[community.another() for _ in range(processes - 1)]]
        await launch_all(worlds, processes * 2)
        registrations = [one for one in discord.requests if one.method == "PUT"]
        assert len(registrations) == 1
        await ask_everywhere(community, times=5)

        killed = worlds[1]
        assert killed.process is not None
        killed.process.kill()
        discord.note_kill(2, 3)
        await killed.process.wait()
        asked = [await community.ask(one) for one in community.channels]
        elsewhere = [one for one in asked if one.channel is not world.channel]
        await until(lambda: all(map(discord.answers_to, elsewhere)))
        await killed.launch(SHARD_IDS="2-3", SHARD_COUNT=str(processes * 2))
        await community.answered(asked)

        # Who manages the only server that a process knows has no power over the articles.
        assert (await world.use("kb status", world.manager)).text == replies.NOT_ALLOWED()
        shown = (await world.use("kb status", world.owner)).text
        assert f"in 1 server of shard 2-3 (of {processes * 2})" in shown
        assert "log_channel" not in shown

        (world.folder / "lakes.md").write_text("# Lakes\n\nMere is a lake.\n", encoding="utf-8")
        served = [re.compile("the folder has changed: 3")] * processes
        await until(
            lambda: all(
                any(one.search(line) for line in process.log)
                for one, process in zip(served, worlds, strict=True)
            )
        )
        await until(lambda: [one for one in log_channel.messages if "Lakes" in one.text])
        await asyncio.sleep(1)
        told = [one for one in log_channel.messages if "Lakes" in one.text]
        assert len(told) == 1
        await ask_everywhere(community)
        for one in worlds[1:]:
            assert await one.stop() == 0, one.log


async def test_direct_messages_are_about_a_server_of_another_process(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """They come to the first; it is told by the one that knows the server, and so of the end."""
    async with open_community(tmp_path, 2) as community:
        discord, world = community.discord, community.world
        channel = community.channels[1]
        assert channel.guild is not None
        place = world.folder / "servers" / str(channel.guild.id)
        place.mkdir(parents=True)
        (place / "owls.md").write_text("# Owls\n\nThe owls of Lisk sleep in towers.\n", "utf-8")
        member = discord.add_user("nora")
        discord.add_member(channel.guild, member)
        discord.install_for(member)
        direct = discord.open_dm(member)
        second = community.another()
        await launch_all([world, second], 2, RECORDS_URL=postgres_server.make_database())

        async def is_about_it() -> bool:
            used = await discord.slash(
                member, direct, "ask", question="Where do the owls of Lisk sleep?"
            )
            return "towers" in (await used.answer()).text

        async def press_in_server(label: str) -> None:
            used = await discord.slash(member, channel, "help")
            await (await discord.press(member, await used.answer(), label)).answer()

        assert not await is_about_it()
        await press_in_server("Ask in direct messages")
        while not await is_about_it():  # noqa: ASYNC110 (it is told to another process)
            await asyncio.sleep(0.1)
        used = await discord.slash(member, channel, "forget-me")
        await used.answer()
        while await is_about_it():  # noqa: ASYNC110 (likewise)
            await asyncio.sleep(0.1)
        assert await second.stop() == 0, second.log
