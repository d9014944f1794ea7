"""Load: very many at once, one who never stops."""

import asyncio
import statistics
from functools import partial

from loopback import User

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import PATIENCE_S, Stage
from benchmarks.reload.folder import PASSAGES, Writer

_ACKNOWLEDGED_S = 2.5
_TOLD_EVERY_S = 20.0
# Together they ask for less than what is answered on one server.
_OTHERS_PAUSE_S = 1.5


async def play_burst(stage: Stage, size: Size) -> None:
    """Let very many use /ask at once, of articles that nobody has asked before."""
    writer = Writer(stage.bot.articles)
    for number in range(size.passages // PASSAGES):
        writer.write(number, "first")
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
        (13, 14),
        play_burst,
        Size(questions=200, passages=2_000),
        Size(questions=500, passages=10_000),
        people=500,
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
