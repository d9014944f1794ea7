"""The connection: cuts, invalid sessions, silence, no network, a bad network."""

import asyncio
from collections.abc import Sequence

from loopback.proxy import Proxy

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import PATIENCE_S, Stage

_CUTS = ("reset", "close 4000", "close 1001", "reconnect")
# A silent gateway is noticed by heartbeats, which come every 41 seconds.
_RESUMED_S = 55.0
_BACK_S = 60.0
_PAUSE_BETWEEN_STARTS_S = 2.0
_LATENCY_S = 0.02
_SLICE_BYTES = 200
_RESET_SHARE = 0.05


async def come_back(stage: Stage, sessions: int, resumes: int) -> float:
    """Wait until the bot has identified and resumed so often and is connected; revive a dead one.

    Gives how many seconds it took.
    """
    discord = stage.discord
    loop = asyncio.get_running_loop()
    began_s = loop.time()

    def is_back() -> bool:
        counts = discord.identifies >= sessions and discord.resumes >= resumes
        return (counts and bool(discord.core.gateway.live())) or not stage.bot.is_running

    await stage.until(is_back, "connected again", PATIENCE_S)
    await stage.revive()
    return loop.time() - began_s


async def _interrupt(
    stage: Stage, ways: Sequence[str], questions: int, *, keeps_session: bool
) -> list[float]:
    """Take the connection away in these ways, one after another, and let it come back each time.

    So many questions are asked before each, and one by mention while there is no connection.
    ``keeps_session``: the bot resumes its session then; else it identifies anew. Gives how many
    seconds that took each time.
    """
    await stage.start()
    took_s = []
    for number, how in enumerate(ways, 1):
        await stage.ask(questions)
        await stage.make_room()
        await stage.discord.cut(how)
        await stage.mention()
        # One that died does not resume.
        resumes = number - stage.deaths if keeps_session else 0
        sessions = 1 if keeps_session else 1 + number
        took_s.append(await come_back(stage, sessions, resumes))
    await stage.settle()
    return took_s


async def play_cuts(stage: Stage, size: Size) -> None:
    """Cut the gateway in four ways in turn; ask before, and by mention while it is cut."""
    ways = _CUTS * size.times
    questions = max(1, size.questions // len(ways) - 1)
    await _interrupt(stage, ways, questions, keeps_session=True)
    stage.figure("cuts", len(ways))
    stage.figure("sessions", stage.discord.identifies)
    stage.claim(stage.discord.identifies == 1, "one session through all cuts")


async def play_invalid_sessions(stage: Stage, size: Size) -> None:
    """End the session for good; ask by mention while there is none."""
    await _interrupt(stage, ["invalid session"] * size.times, 1, keeps_session=False)
    stage.figure("sessions that ended", size.times)
    stage.claim(stage.discord.identifies <= 1 + size.times, "one new session for each that ended")


async def play_silence(stage: Stage, size: Size) -> None:
    """Let the gateway fall silent without a word; ask by mention meanwhile."""
    took_s = await _interrupt(stage, ["silence"] * size.times, 2, keeps_session=True)
    stage.limit("resumed after, s", max(took_s), _RESUMED_S)
    stage.claim(stage.discord.identifies == 1, "one session through all silences")


async def play_outage_at_start(stage: Stage, size: Size) -> None:
    """Start while nothing can be reached; later everything can."""
    await stage.discord.api_down()
    await stage.bot.launch(stage.discord.environment)
    returning = asyncio.create_task(_return_after(stage, size.seconds))
    while not returning.done():
        if not stage.bot.is_running:
            stage.deaths += 1
            await stage.bot.launch(stage.discord.environment)
        await asyncio.wait([returning], timeout=_PAUSE_BETWEEN_STARTS_S)
    await returning
    await stage.ask(size.questions)
    await stage.settle()


async def _return_after(stage: Stage, seconds: float) -> None:
    """Bring the network back, and wait until the bot is there."""
    await asyncio.sleep(seconds)
    await stage.discord.api_up()
    await stage.wait_until_up()


async def play_dead_network(stage: Stage, size: Size) -> None:
    """Take the network away from a running bot; ask by mention meanwhile."""
    await stage.start()
    await stage.ask(size.questions // 2)
    await stage.make_room()
    await stage.discord.api_down()
    for _ in range(size.questions // 2):
        await stage.mention()
    await asyncio.sleep(size.seconds)
    await stage.discord.api_up()
    took_s = await come_back(stage, 1, 0)
    await stage.settle()
    stage.figure("the network was away for, s", f"{size.seconds:.0f}")
    stage.limit("connected after its return, s", took_s, _BACK_S)


async def play_bad_network(stage: Stage, size: Size) -> None:
    """Put a proxy between: latency and slices for everything, then resets for mentions too."""
    async with Proxy(stage.discord.port, seed=stage.outcome.seed) as proxy:
        stage.discord.announce(proxy.port)
        proxy.latency_s, proxy.slice_bytes = _LATENCY_S / 10, _SLICE_BYTES * 10
        await stage.start()
        await stage.ask(size.questions // 2, in_flight=5)
        await stage.make_room()
        proxy.reset_share = _RESET_SHARE
        await stage.ask(size.questions // 2, commands=0.0, in_flight=5)
        proxy.heal()
        await stage.settle()
        stage.figure("resets", proxy.resets)
        await stage.bot.end_well()


SCENARIOS = (
    Scenario(
        "cuts",
        "the gateway is cut in four ways",
        (1,),
        play_cuts,
        Size(times=2, questions=40),
        Size(times=50, questions=600),
    ),
    Scenario(
        "invalid sessions",
        "the session is ended; a mention comes while there is none",
        (2, 9),
        play_invalid_sessions,
        Size(times=3),
        Size(times=20),
    ),
    Scenario(
        "silence",
        "the gateway falls silent",
        (3,),
        play_silence,
        Size(times=1),
        Size(times=10),
    ),
    Scenario(
        "no network at start",
        "nothing can be reached when the bot starts",
        (10,),
        play_outage_at_start,
        Size(seconds=4, questions=5),
        Size(seconds=20, questions=10),
    ),
    Scenario(
        "dead network",
        "nothing can be reached for a while",
        (11,),
        play_dead_network,
        Size(seconds=8, questions=10),
        Size(seconds=600, questions=20),
    ),
    Scenario(
        "bad network",
        "a proxy delays, slices and resets connections",
        (1, 5),
        play_bad_network,
        Size(questions=40),
        Size(questions=400),
    ),
)
