"""The life of the process: ended in order, killed, started again."""

import asyncio
import signal
from collections.abc import Sequence

from loopback.interactions import Interaction

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.scenarios.replies import POSTS
from benchmarks.proofs.stage import Stage

_IN_FLIGHT = 20
_IN_FLIGHT_AT_A_KILL = 10
_WHILE_AWAY = 5
_ENDED_S = 10.0
_LATEST_S = 0.5
# So many of the messages that are in flight at an end are taken late, so that it lasts; meanwhile a
# command is used so often.
_LATE = 3
_LATE_S = 2.0
_COMMANDS_PAUSE_S = 0.1
_ENDING_LINE = "I am being restarted"


async def play_end(stage: Stage, size: Size) -> None:
    """Send SIGTERM at chance moments with twenty in flight; ask on until the end; start again."""
    slowest_s = 0.0
    last: list[Interaction] = []
    for _ in range(size.times):
        await stage.start()
        stage.discord.fail("delay", method="POST", path=POSTS, times=_LATE, delay_s=_LATE_S)
        for number in range(_IN_FLIGHT):
            await (stage.command() if number % 4 == 0 else stage.mention())
        await asyncio.sleep(stage.chance.uniform(0, _LATEST_S))
        ending = asyncio.create_task(stage.bot.end(signal.SIGTERM))
        while not ending.done():
            last.append(await stage.command())
            await asyncio.wait([ending], timeout=_COMMANDS_PAUSE_S)
        code, took_s = await ending
        # What was used after the bot had left the gateway did not reach it.
        stage.discord.note_end()
        stage.discord.stop_failing()
        slowest_s = max(slowest_s, took_s)
        stage.claim(code == 0, "it ends with code 0")
    await stage.start()
    await stage.settle()
    stage.figure("ends", size.times)
    stage.limit("ended after, s", slowest_s, _ENDED_S)
    _tell_last(stage, last)
    _claim_nothing_half_said(stage)


def _tell_last(stage: Stage, last: Sequence[Interaction]) -> None:
    """Tell what became of the commands that were used behind the signals."""
    texts = [one.answers[0].text for one in last if one.answers]
    told = sum(_ENDING_LINE in text for text in texts)
    stage.figure("commands behind the signal", len(last))
    stage.figure("of these answered", len(texts) - told)
    stage.figure("of these told to ask again", told)


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
    """No message still says that the bot is thinking, and the log has no error."""
    originals = [one.original for one in stage.discord.core.interactions.values()]
    thinking = [one for one in originals if one is not None and one.loading and not one.deleted]
    stage.claim(not thinking, "nothing is left half said")
    log = "".join(stage.bot.log)
    # An error is an object in a line of the bot's log, and a traceback in that of a plain bot.
    stage.claim("Traceback" not in log and '"error":{' not in log, "no traceback")


SCENARIOS = (
    Scenario(
        "SIGTERM",
        "it is ended with twenty questions in flight and more behind, and started again",
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
