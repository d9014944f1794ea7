"""Load: very many at once, a reload meanwhile, one who never stops."""

import asyncio
import re
import statistics
from functools import partial

import aiohttp
from loopback import User

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import PATIENCE_S, Stage
from benchmarks.reload.folder import PASSAGES, Writer

_ACKNOWLEDGED_S = 2.5
_HELD_UP_S = 0.05
_TOLD_EVERY_S = 20.0
# Together they ask for less than what is answered on one server.
_OTHERS_PAUSE_S = 1.5


async def play_burst(stage: Stage, size: Size) -> None:
    """Let very many use /ask at once, of articles that nobody has asked before."""
    writer = _write_articles(stage, size.passages, "first")
    words = [word for word in writer.draw("questions", size.questions * 8) if len(word) > 3]
    await stage.start()
    with stage.discord.at_once():
        for number in range(size.questions):
            await stage.command(text=f"what of {' '.join(words[number * 4 :][:4])}?")
    await stage.settle(PATIENCE_S)
    stage.figure("passages", f"{size.passages:,}")
    waits = stage.waits_s()
    if size.is_timed and waits:
        cuts = statistics.quantiles(waits, n=100)
        stage.figure("acknowledged, median, s", f"{cuts[49]:.2f}")
        stage.figure("acknowledged, p99, s", f"{cuts[98]:.2f}")
        stage.limit("acknowledged, slowest, s", waits[-1], _ACKNOWLEDGED_S)


def _write_articles(stage: Stage, passages: int, version: str) -> Writer:
    writer = Writer(stage.bot.articles)
    for number in range(passages // PASSAGES):
        writer.write(number, version)
    return writer


async def play_reload(stage: Stage, size: Size) -> None:
    """Let people ask without a pause while all articles change and are read again.

    The plain bot can't read them again.
    """
    stage.bot.settings["health"] = 0
    _write_articles(stage, size.passages, "first")
    await stage.start()
    await stage.ask(size.questions // 2)
    _write_articles(stage, size.passages, "second")
    if stage.is_ours:
        await stage.discord.slash(stage.owner, stage.channels[0], "kb reload")
    await stage.ask(size.questions // 2)
    await stage.settle()
    stage.figure("passages", f"{size.passages:,}")
    if stage.is_ours:
        held_up_s = await _read_lag(stage)
        stage.limit("event loop held up, s, less than", held_up_s, _HELD_UP_S)


async def _read_lag(stage: Stage) -> float:
    """Read in the bot's metrics a bound of how long its event loop was held up at most."""
    address = re.search(r"health is told at (http://[\d.:]+)", "".join(stage.bot.log))
    if address is None:
        raise OSError("the bot tells no metrics")
    async with aiohttp.ClientSession() as http, http.get(f"{address[1]}/metrics") as answer:
        text = await answer.text()
    found = re.findall(r'event_loop_lag_seconds_bucket\{le="([^"]+)"\} (\d+)', text)
    buckets = [(float(bound), int(count)) for bound, count in found]
    _, total = buckets[-1]
    return min(bound for bound, count in buckets if count == total)


async def play_flood(stage: Stage, size: Size) -> None:
    """Let one person ask without end, by mention and by command, while others ask now and then."""
    stage.bot.settings = {}
    await stage.start()
    flooder, others = stage.people[0], stage.people[1:]
    before = await stage.bot.sample()
    took_s: list[float] = []
    asking = asyncio.create_task(_ask_now_and_then(stage, others, size.times, took_s))
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    for number in range(size.questions):
        if number % 2:
            await stage.mention(flooder)
        else:
            await stage.command(flooder)
        await asyncio.sleep(size.seconds / size.questions)
    lasted_s = loop.time() - began_s
    await asking
    await stage.settle()
    after = await stage.bot.sample()
    told = [one for one in stage.replies_to(flooder) if "<t:" in one.text]
    stage.figure("the others' answers, median, s", f"{statistics.median(took_s):.2f}")
    stage.figure("the others' answers, slowest, s", f"{max(took_s):.2f}")
    stage.figure("memory, MB", f"{before.memory_kb / 1024:.0f} → {after.memory_kb / 1024:.0f}")
    stage.figure("told to wait, in the channel", f"{len(told)} times in {lasted_s:.0f} s")
    # The time that a line names is a whole second.
    most = 2 + lasted_s / (_TOLD_EVERY_S - 1)
    stage.claim(len(told) <= most, "who floods is told once in twenty seconds")


async def _ask_now_and_then(
    stage: Stage, others: list[User], count: int, took_s: list[float]
) -> None:
    """Let others ask one after the other; note how long each waits."""
    loop = asyncio.get_running_loop()
    for number in range(count):
        other = others[number % len(others)]
        began_s = loop.time()
        question = await stage.command(other)
        await stage.until(partial(stage.is_answered, question), "answered")
        took_s.append(loop.time() - began_s)
        await asyncio.sleep(_OTHERS_PAUSE_S)


SCENARIOS = (
    Scenario(
        "burst",
        "very many ask at once, of articles nobody has asked before",
        (14,),
        play_burst,
        Size(questions=200, passages=2_000),
        Size(questions=1_000, passages=10_000),
        people=1_000,
    ),
    Scenario(
        "reload under load",
        "people ask without a pause while all articles are read again",
        (13, 32),
        play_reload,
        Size(questions=200, passages=2_000),
        Size(questions=1_000, passages=10_000),
    ),
    Scenario(
        "flood",
        "one person asks without end",
        (16,),
        play_flood,
        Size(questions=200, times=7, seconds=10),
        Size(questions=10_000, times=200, seconds=300),
    ),
)
