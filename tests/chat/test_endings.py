"""What is used while the bot ends: nobody catches up on a command, so it is answered or told.

The unmodified process is ended while Discord takes no message, so that it has something to finish.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import World
from loopback.clock import PATIENCE_S
from loopback.faults import Fault
from sharded import open_community

if TYPE_CHECKING:
    from loopback.interactions import Interaction

WHERE = "where does the Orrin end?"
POSTS = r"/channels/\d+/messages$"


@contextlib.asynccontextmanager
async def held_up(world: World, folder: Path) -> AsyncIterator[Fault]:
    """Start a bot and begin its end, which waits for an answer until the fault stops.

    The service manager is told of the end when it has begun.
    """
    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(str(path))
        plug.setblocking(False)  # noqa: FBT003 (its only argument)
        await world.start(NOTIFY_SOCKET=str(path))
        await world.discord.registered_commands("ask")
        card = await world.ask(WHERE)
        fault = world.discord.fail(503, method="POST", path=POSTS, times=None)
        await world.mention(WHERE)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(PATIENCE_S):
            while not fault.hits:  # noqa: ASYNC110 (nothing tells of it)
                await asyncio.sleep(0.01)
            assert world.process is not None
            world.process.terminate()
            while await loop.sock_recv(plug, 4_096) != b"STOPPING=1":
                pass
        assert not card.deleted
        yield fault


async def test_what_is_used_while_it_ends_is_answered(world: World, tmp_path: Path) -> None:
    """A command, a button, a window and the menu of a message; who types is offered nothing."""
    async with held_up(world, tmp_path) as fault:
        discord, member, channel = world.discord, world.member, world.channel
        asked = await discord.slash(member, channel, "ask", question=WHERE)
        card = await asked.answer()
        assert "Lisk" in card.text
        opened = await discord.press(member, card, "Follow up")
        await opened.modal()
        typed = await discord.submit_modal(member, opened, text="and where does it rise?")
        assert "1,204" in (await typed.answer()).text
        assert await discord.autocomplete(member, channel, "ask", question="sourc") == []
        fault.stop()
        assert await world.ended() == 0
    world.discord.note_end()
    assert world.discord.ledger().is_exact()
    assert '"error":' not in "".join(world.log)


async def test_what_was_sent_before_it_has_left_is_answered(world: World) -> None:
    """Discord sends a command behind which it agrees to the end; what is used later is its own."""
    await world.start()
    await world.discord.registered_commands("ask")
    asked: list[Interaction] = []

    async def ask() -> None:
        asked.append(await world.discord.slash(world.member, world.channel, "ask", question=WHERE))

    world.discord.core.gateway.farewells.append(ask)
    assert await world.stop() == 0
    world.discord.note_end()
    assert "Lisk" in (await asked[0].answer()).text
    await ask()
    assert world.discord.ledger().is_exact()
    assert '"error":' not in "".join(world.log)


async def test_so_is_what_was_sent_to_any_shard(tmp_path: Path) -> None:
    """Each shard leaves in good order."""
    async with open_community(tmp_path, 2) as community:
        world, discord = community.world, community.discord
        await world.start()
        await discord.registered_commands("ask")
        await discord.ready(shards=2)
        asked: list[Interaction] = []

        async def ask() -> None:
            for channel in community.channels:
                used = await discord.slash(world.member, channel, "ask", question=WHERE)
                asked.append(used)

        discord.core.gateway.farewells.append(ask)
        assert await world.stop() == 0
        discord.note_end()
        for one in asked:
            assert "Lisk" in (await one.answer()).text
        assert discord.ledger().is_exact()


async def test_a_gateway_that_has_gone_does_not_hold_up_the_end(world: World) -> None:
    """The bot waits a moment for it to agree, and ends."""
    await world.start()
    assert await world.discord.cut("dead") == 1
    assert await world.stop() == 0
    assert '"error":' not in "".join(world.log)
