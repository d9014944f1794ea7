"""What servers cost: memory and time of a bot in so many, and what follows for more.

A bot in a process of its own is in so many servers of the loopback Discord, with a shard for each
thousand. Measured are its memory, and its processor time: to start, for each ordinary message that
somebody writes, and for each question. From a straight line through the measurements follows what
more servers would cost, and how many processes they need.
"""

import argparse
import asyncio
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from loopback import Channel, LoopbackDiscord, Message

from benchmarks.proofs.processes import BotProcess
from benchmarks.proofs.stage import QUESTIONS, write_articles

# Discord recommends a shard for so many servers.
_SERVERS_A_SHARD = 1_000
# Discord's five seconds between two sessions, and what the bot adds.
_SESSION_S = 5.5
# A process is given so much of a core, so that bursts have room.
_SHARE_OF_CORE = 0.5
_WAIT_S = 600.0
_SETTLE_S = 3.0
_HEAD = """\
| servers | shards | memory, MB | start, s | message, ms | question, ms | waited, ms: 50 % | 99 % |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
_HEAD_OF_MORE = """\
| servers | shards | cores | processes | memory of each, MB | sessions begun within, min |
| ---: | ---: | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bot in so many servers took: megabytes, and seconds of the processor."""

    servers: int
    shards: int
    memory_mb: float
    start_s: float
    message_s: float
    question_s: float
    answered_ms: tuple[float, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    options = _parser().parse_args(arguments)
    print(_HEAD, flush=True)
    measured = []
    for servers in options.servers:
        figures = asyncio.run(_measure(servers, options))
        measured.append(figures)
        print(_render(figures), flush=True)
    print(f"\n{_HEAD_OF_MORE}")
    for servers in (1_000, 10_000, 100_000):
        print(_extrapolate(measured, servers, options))
    print(
        f"\n{options.channels} channels and {options.roles} roles a server; "
        f"{options.messages_a_minute} messages and {options.questions_an_hour} questions a server, "
        "by the minute and the hour. Times are the processor's, but for how long a question "
        "waited. A process is given half a core."
    )
    return 0


async def _measure(servers: int, options: argparse.Namespace) -> Figures:
    """Start a bot in so many servers, and let people write and ask."""
    shards = math.ceil(servers / _SERVERS_A_SHARD)
    chance = random.Random(servers)
    with tempfile.TemporaryDirectory() as name:
        async with LoopbackDiscord() as discord:
            discord.shard(shards, max_concurrency=shards)
            discord.limit_messages(None)
            channels = _populate(discord, servers, options)
            folder = Path(name)
            bot = BotProcess("ours", write_articles(folder / "articles"), folder)
            bot.settings["shard_count"] = shards
            await bot.launch(discord.environment)
            try:
                await discord.ready(_WAIT_S, shards=shards)
                await _wait_until_known(bot, shards)
                start_s = _read_processor_s(bot)
                memory_mb = (await bot.sample()).memory_kb / 1024
                message_s = await _write(discord, bot, channels, options.messages, chance)
                before_s = _read_processor_s(bot)
                waits_ms = await _ask(discord, channels, options.questions, chance)
                question_s = (_read_processor_s(bot) - before_s) / options.questions
            finally:
                await bot.end_well()
    middle, late = np.percentile(waits_ms, [50, 99])
    return Figures(
        servers, shards, memory_mb, start_s, message_s, question_s, (float(middle), float(late))
    )


def _populate(discord: LoopbackDiscord, servers: int, options: argparse.Namespace) -> list[Channel]:
    """Add servers of the same size; give a channel of each."""
    member = discord.add_user("ada")
    channels = []
    for number in range(servers):
        guild = discord.add_guild(f"server {number}")
        discord.add_member(guild, member)
        for role in range(options.roles):
            discord.add_role(guild, f"role {role}")
        added = [
            discord.add_text_channel(guild, f"channel {one}") for one in range(options.channels)
        ]
        channels.append(added[0])
    return channels


async def _wait_until_known(bot: BotProcess, shards: int) -> None:
    """Wait until the bot knows all servers, and has come to rest."""
    async with asyncio.timeout(_WAIT_S):
        while sum("ready as " in line for line in bot.log) < shards:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await asyncio.sleep(_SETTLE_S)


async def _write(
    discord: LoopbackDiscord,
    bot: BotProcess,
    channels: Sequence[Channel],
    count: int,
    chance: random.Random,
) -> float:
    """Let people write to one another; give the seconds of the processor for each message."""
    (author,) = [user for user in discord.world.users.values() if user.name == "ada"]
    before_s = _read_processor_s(bot)
    for _ in range(count):
        await discord.say(author, chance.choice(channels), "See you on Monday, then.")
    # What each shard gets next is read behind all of that.
    await _ask(discord, channels, 20, chance)
    return (_read_processor_s(bot) - before_s) / count


async def _ask(
    discord: LoopbackDiscord, channels: Sequence[Channel], count: int, chance: random.Random
) -> list[float]:
    """Ask questions, each by somebody else, a few at a time; give how long each waited, in ms."""
    slots = asyncio.Semaphore(4)

    async def ask(number: int) -> float:
        async with slots:
            channel = chance.choice(channels)
            person = discord.add_user(f"person {number}")
            if channel.guild is not None:
                discord.add_member(channel.guild, person)
            content = f"{discord.bot_user.mention} {chance.choice(QUESTIONS)}"
            began_s = time.perf_counter()
            question = await discord.say(person, channel, content)
            await discord.core.until(lambda: _find_answer(question), _WAIT_S)
            return (time.perf_counter() - began_s) * 1000

    return list(await asyncio.gather(*map(ask, range(count))))


def _find_answer(question: Message) -> Message | None:
    for message in reversed(question.channel.messages):
        if message.reply_to is question:
            return message
    return None


def _read_processor_s(bot: BotProcess) -> float:
    """Read how many seconds of the processor a bot has had (Linux alone tells it)."""
    if bot.process is None:
        return 0.0
    text = Path("/proc", str(bot.process.pid), "stat").read_text(encoding="utf-8")
    values = text.rpartition(")")[2].split()
    ticks = int(values[11]) + int(values[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _render(figures: Figures) -> str:
    middle, late = figures.answered_ms
    return (
        f"| {figures.servers:,} | {figures.shards} | {figures.memory_mb:.0f} | "
        f"{figures.start_s:.1f} | {figures.message_s * 1000:.2f} | "
        f"{figures.question_s * 1000:.1f} | {middle:.0f} | {late:.0f} |"
    )


def _extrapolate(measured: Sequence[Figures], servers: int, options: argparse.Namespace) -> str:
    """Say what so many servers would take, by a straight line through what was measured."""
    sizes = [one.servers for one in measured]
    a_server_mb, base_mb = np.polyfit(sizes, [one.memory_mb for one in measured], 1)
    largest = measured[-1]
    messages_s = servers * options.messages_a_minute / 60 * largest.message_s
    questions_s = servers * options.questions_an_hour / 3_600 * largest.question_s
    cores = messages_s + questions_s
    shards = math.ceil(servers / _SERVERS_A_SHARD)
    processes = min(max(1, math.ceil(cores / _SHARE_OF_CORE)), shards)
    memory_mb = base_mb + a_server_mb * servers / processes
    minutes = (shards - 1) * _SESSION_S / 60
    return (
        f"| {servers:,} | {shards} | {cores:.2f} | {processes} | {memory_mb:.0f} | {minutes:.1f} |"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shards", description=__doc__)
    add = parser.add_argument
    sizes = [1, 1_000, 2_500, 5_000]
    add("--servers", type=int, nargs="+", default=sizes, metavar="N", help="in how many servers")
    add("--channels", type=int, default=20, metavar="N", help="channels a server")
    add("--roles", type=int, default=15, metavar="N", help="roles a server")
    add("--messages", type=int, default=5_000, metavar="N", help="ordinary messages to measure")
    add("--questions", type=int, default=300, metavar="N", help="questions to measure")
    add(
        "--messages-a-minute", type=float, default=2.0, metavar="N", help="a server, to extrapolate"
    )
    add("--questions-an-hour", type=float, default=1.0, metavar="N", help="a server, likewise")
    return parser


if __name__ == "__main__":
    sys.exit(main())
