"""How long it takes until all processes know what one of them has changed.

So many bots share a folder and a PostgreSQL database, and each has a shard of the loopback Discord.
Measured is how long it takes until the last of the others serves what has changed: from the moment
in which `/kb reload` is sent to one of them, and from that in which it is answered; and from the
moment in which a channel is set in one until the last of the others would answer by that.
The exit code is 1 where others followed too long after the answer, or the setting.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import numpy as np
from following_settings import following
from loopback import LoopbackDiscord
from opened_records import opened
from postgres_server import running_server, why_missing

from benchmarks.proofs.processes import BotProcess
from benchmarks.proofs.stage import write_articles
from bot.chat.channel_settings import PlaceIds

_WAIT_S = 60.0
_LOOK_EVERY_S = 0.001
_FOLLOWED = "another process has changed the articles"
_PLACE = PlaceIds(guild_id=7, channel_id=71)
_HEAD = "| what was changed | times | median, ms | worst, ms |\n| --- | ---: | ---: | ---: |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table; give 1 where anything was seen too late."""
    options = _parser().parse_args(arguments)
    missing = why_missing()
    if missing:
        print(missing, file=sys.stderr)
        return 2
    with running_server() as server:
        sent_s, answered_s = asyncio.run(measure_reloads(server.make_database(), options))
        settings_s = asyncio.run(measure_settings(server.make_database(), options))
    print(_HEAD)
    for what, times_s in (
        ("the articles, since the command was sent", sent_s),
        ("the articles, since it was answered", answered_s),
        ("a setting", settings_s),
    ):
        median_ms, worst_ms = np.percentile(times_s, [50, 100]) * 1000
        print(f"| {what} | {len(times_s)} | {median_ms:.0f} | {worst_ms:.0f} |")
    is_late = max(answered_s + settings_s) > options.most
    verdict = "longer than" if is_late else "within"
    print(f"\nSeen by {options.processes - 1} others {verdict} {options.most:g} s.")
    return int(is_late)


async def measure_reloads(url: str, options: argparse.Namespace) -> tuple[list[float], list[float]]:
    """Change an article again and again, and have one process read it.

    Give how long the others take to serve it, since that was sent and since it was answered.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = write_articles(folder / "articles")
        async with LoopbackDiscord() as discord, AsyncExitStack() as stack:
            discord.shard(options.processes, max_concurrency=options.processes)
            guild = discord.add_guild("Readers", shard=(0, options.processes))
            channel = discord.add_text_channel(guild, "general")
            editors = discord.add_role(guild, "Editors")
            bots = [
                _make_bot(folder, number, editors.id, options)
                for number in range(options.processes)
            ]
            for bot in bots:
                stack.push_async_callback(bot.end_well)
                await bot.launch(discord.environment | {"RECORDS_URL": url})
            await _until(lambda: all(_count(bot, "ready as") for bot in bots))
            sent_s, answered_s = [], []
            for number in range(1, options.times + 1):
                # Nobody may use many commands in a short time.
                editor = discord.add_user(f"editor {number}")
                discord.add_member(guild, editor, roles=[editors])
                text = f"# Of Owls\n\nOwls of Lisk sleep {number} hours.\n"
                (articles / "owls.md").write_text(text, encoding="utf-8")
                began_s = time.perf_counter()
                used = await discord.slash(editor, channel, "kb reload", force=True)
                others = partial(_have_followed, bots[1:], number)
                answer_s, others_s = await asyncio.gather(
                    _time(used.answer()), _time(_until(others))
                )
                sent_s.append(others_s - began_s)
                # Others may be sooner: it is told before it is answered.
                answered_s.append(max(0.0, others_s - answer_s))
    return sent_s, answered_s


async def _time(work: Awaitable[object]) -> float:
    """Wait for something; give when it was there."""
    await work
    return time.perf_counter()


def _make_bot(
    folder: Path, number: int, editors_id: int, options: argparse.Namespace
) -> BotProcess:
    own = folder / f"process-{number}"
    own.mkdir()
    bot = BotProcess("ours", folder / "articles", own)
    bot.settings |= {
        "shard_count": options.processes,
        "shard_ids": f"'{number}'",
        "admin_roles": f"['{editors_id}']",
    }
    return bot


def _have_followed(bots: Sequence[BotProcess], times: int) -> bool:
    return all(_count(bot, _FOLLOWED) >= times for bot in bots)


def _count(bot: BotProcess, words: str) -> int:
    return sum(words in line for line in bot.log)


def _choose(place: str, _: object) -> str:
    """Choose whether to answer in a thread, whatever holds."""
    return place


async def measure_settings(url: str, options: argparse.Namespace) -> list[float]:
    """Set a channel otherwise again and again; give how long it takes until all others know it."""
    async with AsyncExitStack() as stack:
        processes = []
        for _ in range(options.processes):
            records = await stack.enter_async_context(opened(url))
            processes.append(await stack.enter_async_context(following(records)))
        first, *others = processes

        def is_known(place: str) -> bool:
            return all(one.find_at(_PLACE).values.place == place for one in others)

        # What is told before the others listen is not heard.
        while not is_known("thread"):
            await first.change(_PLACE, "place", partial(_choose, "thread"))
            await asyncio.sleep(_LOOK_EVERY_S)
        times_s = []
        for number in range(options.times):
            place = ("here", "thread")[number % 2]
            began_s = time.perf_counter()
            await first.change(_PLACE, "place", partial(_choose, place))
            await _until(partial(is_known, place))
            times_s.append(time.perf_counter() - began_s)
    return times_s


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(_WAIT_S):
        while not holds():  # noqa: ASYNC110 (another process makes it so)
            await asyncio.sleep(_LOOK_EVERY_S)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shards.seen", description=__doc__)
    add = parser.add_argument
    add("--processes", type=int, default=4, metavar="N", help="how many share the records")
    add("--times", type=int, default=100, metavar="N", help="how often each is changed")
    add("--most", type=float, default=2.0, metavar="SECONDS", help="what is too long")
    return parser


if __name__ == "__main__":
    sys.exit(main())
