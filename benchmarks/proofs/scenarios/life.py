"""The life of the process: ended in order, killed, started again."""

import asyncio
import signal

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import Stage

_IN_FLIGHT = 20
_IN_FLIGHT_AT_A_KILL = 10
_WHILE_AWAY = 5
_ENDED_S = 10.0
_LATEST_S = 0.5


async def play_end(stage: Stage, size: Size) -> None:
    """Send SIGTERM at chance moments with twenty in flight, then start again."""
    slowest_s = 0.0
    for _ in range(size.times):
        await stage.start()
        for number in range(_IN_FLIGHT):
            await (stage.command() if number % 4 == 0 else stage.mention())
        await asyncio.sleep(stage.chance.uniform(0, _LATEST_S))
        # A command that has not reached the bot by now is used while no bot is there.
        stage.discord.note_kill()
        code, took_s = await stage.bot.end(signal.SIGTERM)
        slowest_s = max(slowest_s, took_s)
        stage.claim(code == 0, "it ends with code 0")
    await stage.start()
    await stage.settle()
    stage.figure("ends", size.times)
    stage.limit("ended after, s", slowest_s, _ENDED_S)
    _claim_nothing_half_said(stage)


async def play_kill(stage: Stage, size: Size) -> None:
    """Kill it with ten in flight; five more ask while it is away; then start it again."""
    for _ in range(size.times):
        await stage.start()
        await stage.ask(2)
        await stage.make_room()
        for number in range(_IN_FLIGHT_AT_A_KILL):
            await (stage.command() if number % 5 == 0 else stage.mention())
        await asyncio.sleep(stage.chance.uniform(0, _LATEST_S / 5))
        stage.discord.note_kill()
        await stage.bot.end(signal.SIGKILL)
        for _ in range(_WHILE_AWAY):
            await stage.mention()
    await stage.start()
    await stage.settle()
    stage.figure("kills", size.times)


def _claim_nothing_half_said(stage: Stage) -> None:
    """No message still says that the bot is thinking, and the log has no traceback."""
    originals = [one.original for one in stage.discord.core.interactions.values()]
    thinking = [one for one in originals if one is not None and one.loading and not one.deleted]
    stage.claim(not thinking, "nothing is left half said")
    log = "".join(stage.bot.log)
    # An error is an object in a line of the bot's log, and a traceback in that of a plain bot.
    stage.claim("Traceback" not in log and '"error":{' not in log, "no traceback")


SCENARIOS = (
    Scenario(
        "SIGTERM",
        "it is ended with twenty questions in flight, and started again",
        (12,),
        play_end,
        Size(times=2),
        Size(times=20),
    ),
    Scenario(
        "kill -9",
        "it is killed with ten questions in flight, five ask meanwhile",
        (2, 34),
        play_kill,
        Size(times=2),
        Size(times=20),
    ),
)
