"""The ledger's marks: which questions need no answer of their own; and what a bot needs to find out
what it missed.
"""

import asyncio
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.ledger import Mark
from loopback.withheld import Waits
from plain_bot import ASK, Scene, scene

if TYPE_CHECKING:
    from loopback.interactions import Interaction


async def told_to_wait(stage: Scene, seconds: int) -> None:
    """Let ada ask, and the bot tell her to wait for so long."""
    mention = stage.discord.bot_user.mention
    first = await stage.discord.say(stage.ada, stage.channel, f"{mention} when?")
    until = int(stage.discord.clock.now()) + seconds
    reply = {
        "content": f"Try again <t:{until}:R>.",
        "message_reference": {"message_id": str(first.id)},
    }
    await stage.bot.send(stage.channel, reply)


async def test_one_line_covers_what_is_asked_until_the_time_that_it_names() -> None:
    """What the same person asks until then, and nothing of others, and nothing that comes later."""
    async with scene() as stage:
        discord, mention = stage.discord, stage.discord.bot_user.mention
        await told_to_wait(stage, 20)
        covered = await discord.say(stage.ada, stage.channel, f"{mention} where?")
        other = await discord.say(stage.bob, stage.channel, f"{mention} where?")
        discord.clock.advance(22)
        late = await discord.say(stage.ada, stage.channel, f"{mention} who?")
        ledger = discord.ledger()
        assert ledger.lost == [other, late]
        assert ledger.marked(Mark.TOLD_TO_WAIT) == [covered]
        assert [entry.cell for entry in ledger.entries] == [1, 1, 0, 0]


async def test_an_answer_to_what_is_covered_is_counted_like_any_other() -> None:
    """One is one; two are one too many."""
    async with scene() as stage:
        discord, mention = stage.discord, stage.discord.bot_user.mention
        await told_to_wait(stage, 20)
        asked = await discord.say(stage.ada, stage.channel, f"{mention} where?")
        reply = {"content": "here", "message_reference": {"message_id": str(asked.id)}}
        await stage.bot.send(stage.channel, reply)
        assert discord.ledger().is_exact()
        await stage.bot.send(stage.channel, reply)
        assert discord.ledger().doubled == [asked]


async def test_who_ends_in_good_order_has_answered_what_came_before() -> None:
    """A command that came before the bot left is lost; what is used afterwards is Discord's."""
    async with scene() as stage:
        discord = stage.discord
        await stage.bot.register(ASK)
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            await gateway.until("READY")
            before = await stage.asked()
            at_the_end: list[Interaction] = []

            async def ask() -> None:
                at_the_end.append(await stage.asked())

            discord.core.gateway.farewells.append(ask)
            await gateway.websocket.send_frame((1000).to_bytes(2, "big"), aiohttp.WSMsgType.CLOSE)
            # It agrees to the end behind all that was sent before it.
            told = [await gateway.until("INTERACTION_CREATE") for _ in range(2)]
            asked = [before, *at_the_end]
            assert [one["d"]["id"] for one in told] == [str(one.id) for one in asked]
            assert await gateway.closed() == 1000
        discord.clock.advance(1)
        after = await stage.asked()
        discord.note_end()
        ledger = discord.ledger()
        assert ledger.lost == asked
        assert ledger.marked(Mark.FAILED_BY_DISCORD) == [after]


async def test_what_a_kill_leaves_of_commands_is_told_by_discord() -> None:
    """In flight or used before the next session: marked. Longer ago, or afterwards: lost.

    A message is never excused.
    """
    async with scene() as stage:
        discord = stage.discord
        before = await stage.asked()
        discord.clock.advance(4)
        in_flight, thinking = await stage.asked(), await stage.asked()
        await stage.bot.respond(thinking, 5)
        discord.note_kill()
        mentioned = await discord.say(stage.ada, stage.channel, f"{discord.bot_user.mention} when?")
        meanwhile = await stage.asked()
        assert discord.ledger().lost == [before, mentioned]
        async with stage.bot.connect() as gateway:
            await gateway.identify()
            await gateway.until("READY")
            afterwards = await stage.asked()
            ledger = discord.ledger()
        assert ledger.lost == [before, afterwards, mentioned]
        assert ledger.marked(Mark.FAILED_BY_DISCORD) == [in_flight, thinking, meanwhile]


async def test_a_kill_leaves_the_commands_of_other_shards_alone() -> None:
    """What was in flight there was in the hands of another process."""
    async with scene() as stage, stage.bot.connect() as first, stage.bot.connect() as second:
        discord = stage.discord
        await first.identify(shard=[0, 2])
        await second.identify(shard=[1, 2])
        await discord.ready(shards=2)
        asked = await stage.asked()
        own = (stage.guild.id >> 22) % 2
        discord.note_kill(1 - own)
        assert discord.ledger().lost == [asked]
        discord.note_kill(own)
        assert discord.ledger().marked(Mark.FAILED_BY_DISCORD) == [asked]


async def test_what_the_machine_kept_from_being_in_time_is_told_by_discord() -> None:
    """Acknowledged too late, and in time but for what the machine withheld: marked. What would have
    been late anyway, or was acknowledged by nobody, is lost.
    """
    async with scene() as stage:
        discord = stage.discord
        silent = await stage.asked()
        for withheld_s in (0.5, 1.5):
            asked = await stage.asked()
            discord.clock.advance(4)
            discord.clock.withhold(withheld_s)
            assert (await stage.bot.respond(asked, 5))[0] == 404
            is_marked = discord.ledger().marked(Mark.FAILED_BY_DISCORD) == [asked]
            assert is_marked is (withheld_s > 1)
            assert asked.error is not None
        answered = await stage.asked()
        await stage.bot.respond(answered, 4, {"content": "here"})
        assert len(discord.ledger().lost) == 2
        assert silent in discord.ledger().lost


def test_what_waits_for_a_processor_is_read_from_the_system(tmp_path: Path) -> None:
    """Of all threads that one counts which has waited longest since it was read last."""
    waits = Waits(tmp_path)
    assert waits.take() == 0.0
    for thread, nanoseconds in (("7", 1_000_000_000), ("8", 5_000_000_000)):
        file = tmp_path / "7" / "task" / thread / "schedstat"
        file.parent.mkdir(parents=True)
        file.write_text(f"123 {nanoseconds} 9\n", "ascii")
    waits.watch(7)
    assert waits.take() == 0.0
    (tmp_path / "7" / "task" / "7" / "schedstat").write_text("123 3500000000 9\n", "ascii")
    (tmp_path / "7" / "task" / "8" / "schedstat").write_text("123 6000000000 9\n", "ascii")
    assert waits.take() == 2.5
    (tmp_path / "7" / "task" / "7" / "schedstat").write_text("", "ascii")
    assert waits.take() == 0.0


async def test_where_time_counts_a_server_that_wakes_up_late_has_lost_some() -> None:
    """Elsewhere nothing is measured."""
    async with LoopbackDiscord(is_timed=True) as timed, LoopbackDiscord() as other:
        async with asyncio.timeout(PATIENCE_S):
            while timed.clock.withheld_s < 0.2:
                await asyncio.sleep(0)
                # Nothing else runs meanwhile, as on a machine that gives no time.
                time.sleep(0.2)  # noqa: ASYNC251
        assert other.clock.withheld_s == 0.0


async def test_a_message_mentions_members_in_events_and_users_in_histories() -> None:
    """Only an event says what somebody who is mentioned is in the guild."""
    async with scene() as stage, stage.bot.connect() as gateway:
        await gateway.identify()
        await gateway.until("GUILD_CREATE")
        await stage.discord.say(stage.ada, stage.channel, f"{stage.discord.bot_user.mention} when?")
        event = await gateway.until("MESSAGE_CREATE")
        _, (found,) = await stage.bot.ask("GET", f"/channels/{stage.channel.id}/messages")
        assert "member" in event["d"]["mentions"][0]
        assert "member" not in found["mentions"][0]


async def test_the_last_message_of_a_channel_is_one_that_was_there_for_all() -> None:
    """It may be gone since; what one person alone saw is none."""
    async with scene() as stage:
        said = await stage.discord.say(stage.ada, stage.channel, "hello")
        asked = await stage.asked()
        await stage.bot.respond(asked, 4, {"content": "for you alone", "flags": 64})
        await stage.discord.delete(said)
        _, channel = await stage.bot.ask("GET", f"/channels/{stage.channel.id}")
        assert channel["last_message_id"] == str(said.id)


@pytest.mark.parametrize("ahead_s", [0, 3600])
async def test_every_answer_names_discords_time(ahead_s: int) -> None:
    """To the second, in the header ``Date``, whatever the machine's clock says."""
    async with scene() as stage:
        stage.discord.clock.advance(ahead_s)
        before = int(stage.discord.clock.now())
        path = f"{stage.discord.api_url}/gateway"
        async with stage.bot.http.get(path) as answer:
            named = parsedate_to_datetime(answer.headers["Date"]).timestamp()
        assert before <= named <= stage.discord.clock.now()
