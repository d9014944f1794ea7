"""Five thousand servers, eight shards, four processes and one database, of which some fail."""

import asyncio
import os
import random
from pathlib import Path

import pytest
from loopback import Interaction, Message
from loopback.clock import PATIENCE_S
from loopback.gateway import shard_of
from loopback.ledger import Mark
from loopback.state import Channel
from postgres_server import PostgresServer, run_sql
from sharded import Community, launch_all, open_community, until

pytestmark = pytest.mark.slow

SHARDS, PROCESSES, SERVERS_A_SHARD = 8, 4, 625
# ARTICLEBOT_PROOF_QUESTIONS=20000 takes seven minutes.
QUESTIONS = int(os.environ.get("ARTICLEBOT_PROOF_QUESTIONS", "2000"))
# The process that is killed, and its shards.
KILLED, ITS_SHARDS = 1, (2, 3)
AT_ONCE = 60
VOTES = 50


class Crowd:
    """Members of all servers, who ask in messages and by /ask."""

    def __init__(self, community: Community) -> None:
        self.community = community
        self.discord = community.discord
        self.chance = random.Random(19)  # noqa: S311 (it chooses who asks)
        self.waiting: set[asyncio.Task[object]] = set()
        self.messages: list[Message] = []

    async def ask(self, count: int) -> None:
        """Ask so many questions, the next one when not too many wait for an answer."""
        for number in range(count):
            channel = self.chance.choice(self.community.channels)
            if number % 10:
                question = await self.community.ask(channel)
                self.messages.append(question)
                self._wait_for(question)
            else:
                member = self.community.world.member
                await self.discord.slash(member, channel, "ask", question="Where does it end?")
            while len(self.waiting) >= AT_ONCE:
                await asyncio.wait(self.waiting, return_when=asyncio.FIRST_COMPLETED)

    def _wait_for(self, question: Message) -> None:
        task: asyncio.Task[object] = asyncio.create_task(
            self.discord.core.until(lambda: find_answer(question), 600)
        )
        self.waiting.add(task)
        task.add_done_callback(self.waiting.discard)

    async def settle(self) -> None:
        """Wait until every message has its answer."""
        while self.waiting:
            await asyncio.wait(set(self.waiting))

    async def vote(self, count: int) -> None:
        """Press a button below so many answers; each vote is taken."""
        for question in self.chance.sample(self.messages, count):
            answer = find_answer(question)
            assert answer is not None
            pressed = await self.discord.press(self.community.world.member, answer, "Helpful")
            assert "can't keep" not in (await pressed.answer()).text


async def is_known(community: Community, channel: Channel) -> bool:
    """Tell whether the process that answers in a channel knows the new article."""
    member = community.world.member
    asked = await community.discord.slash(member, channel, "ask", question="What is Mere?")
    return "Mere is a lake" in (await asked.answer()).text


def find_answer(question: Message) -> Message | None:
    """Find the reply to a message."""
    replies = reversed(question.channel.messages)
    return next((one for one in replies if one.reply_to is question), None)


@pytest.mark.timeout(1800)
async def test_five_thousand_servers_in_four_processes(
    tmp_path: Path, own_server: PostgresServer
) -> None:
    """Each question that was delivered is answered once, though a process is killed and started
    again, and the database goes and comes back. Votes and a new article are seen by all.
    """
    url = own_server.make_database()
    async with open_community(tmp_path, SHARDS, each=SERVERS_A_SHARD) as community:
        discord, world = community.discord, community.world
        discord.limit_messages(None)
        worlds = [world, *[community.another() for _ in range(PROCESSES - 1)]]
        await launch_all(worlds, SHARDS, RECORDS_URL=url)
        crowd = Crowd(community)
        await crowd.ask(QUESTIONS // 4)

        killed = worlds[KILLED]
        assert killed.process is not None
        killed.process.kill()
        discord.note_kill(*ITS_SHARDS)
        await killed.process.wait()
        asking = asyncio.create_task(crowd.ask(QUESTIONS // 4))
        await asyncio.sleep(2)
        await killed.launch(SHARD_IDS="2-3", SHARD_COUNT=str(SHARDS), RECORDS_URL=url)
        await asking

        own_server.kill()
        await crowd.ask(QUESTIONS // 4)
        await asyncio.to_thread(own_server.start)
        await crowd.ask(QUESTIONS // 4)
        await crowd.settle()
        # The last commands may still be answered.
        await until(lambda: not discord.ledger().lost)
        ledger = discord.ledger()
        assert ledger.is_exact()
        assert len(ledger.entries) >= 4 * (QUESTIONS // 4)
        excused = ledger.marked(Mark.FAILED_BY_DISCORD)
        assert {type(one) for one in excused} <= {Interaction}
        assert {shard_of(one.channel.guild, SHARDS) for one in excused} <= {*ITS_SHARDS}

        await crowd.vote(VOTES)
        await until(lambda: run_sql(url, "SELECT count(*) FROM presses") == [(VOTES,)])

        (world.folder / "lakes.md").write_text("# Lakes\n\nMere is a lake.\n", encoding="utf-8")
        world.channel = community.channels[-1]
        await world.use("kb reload", world.owner)
        async with asyncio.timeout(PATIENCE_S):
            for channel in community.channels[:SHARDS]:
                while not await is_known(community, channel):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
        for one in worlds[1:]:
            assert await one.stop() == 0, one.log[-20:]
