"""What the bot sends: errors, resets, lost replies, rate limits, pages instead of JSON, delays."""

import asyncio

from loopback.faults import How

from benchmarks.proofs.scenario import Scenario, Size
from benchmarks.proofs.stage import Stage

POSTS = r"/channels/\d+/messages$"
_CALLBACKS = r"/interactions/.*/callback$"
_FAULTS: tuple[How, ...] = (500, 502, 503, 504, 520, "reset", "disconnect", "lost reply")
# Of messages, that many fail in all. Of acknowledgements fewer: three seconds leave no room for
# more than some tries.
_SHARE = 0.3
_CALLBACK_SHARE = 0.06
_LIMITED_SHARE = 0.7
_RETRY_AFTER_S = 0.5
# One in a hundred of those that Discord allows in ten minutes, and one in twenty.
_INVALID_ALLOWED = 100
_INVALID_MOST = 500
# Discord itself waits for three seconds.
_LONGEST_DELAY_S = 2.4


def _seed(stage: Stage) -> int:
    """Draw the seed of a fault's dice."""
    return stage.chance.randrange(1 << 30)


async def play_faulty_replies(stage: Stage, size: Size) -> None:
    """Let three in ten messages and some acknowledgements fail, in eight ways."""
    await stage.start()
    for path, share in ((POSTS, _SHARE), (_CALLBACKS, _CALLBACK_SHARE)):
        for how in _FAULTS:
            stage.discord.fail(
                how, method="POST", path=path, times=None,
                probability=share / len(_FAULTS), seed=_seed(stage),
            )  # fmt: skip
    await stage.ask(size.questions, commands=0.3)
    await stage.settle()
    _count_hits(stage)


async def play_lost_replies(stage: Stage, size: Size) -> None:
    """Let Discord take three in ten messages, and its reply get lost."""
    await stage.start()
    stage.discord.fail(
        "lost reply", method="POST", path=POSTS, times=None, probability=_SHARE, seed=_seed(stage)
    )
    await stage.ask(size.questions, commands=0.0)
    await stage.settle()
    _count_hits(stage)


async def play_pages(stage: Stage, size: Size) -> None:
    """Answer some requests by a page of HTML, as a proxy before Discord does."""
    await stage.start()
    for path, share in ((POSTS, _SHARE), (_CALLBACKS, _CALLBACK_SHARE)):
        for how in (429, 502, 503):
            stage.discord.fail(
                how, method="POST", path=path, times=None, html=True, retry_after_s=0.2,
                via=how != 429, probability=share / 3, seed=_seed(stage),
            )  # fmt: skip
    await stage.ask(size.questions, commands=0.3)
    await stage.settle()
    _count_hits(stage)


async def play_rate_limits(stage: Stage, size: Size) -> None:
    """Refuse seven in ten messages for being too many, with and without ``Via``, some globally."""
    await stage.start()
    shapes = ({"via": True}, {"via": False}, {"via": True, "is_global": True})
    for shape in shapes:
        stage.discord.fail(
            429, method="POST", path=POSTS, times=None, retry_after_s=_RETRY_AFTER_S,
            probability=_LIMITED_SHARE / len(shapes), seed=_seed(stage), **shape,
        )  # fmt: skip
    asking = asyncio.create_task(stage.ask(size.questions, commands=0.0, in_flight=10))
    await asyncio.wait([asking], timeout=size.seconds)
    stage.discord.stop_failing()
    await asking
    await stage.settle()
    invalid = stage.discord.core.invalid_requests
    stage.limit("invalid requests", invalid, _INVALID_ALLOWED)
    stage.claim(invalid <= _INVALID_MOST, "invalid requests stay far below Discord's limit")


async def play_slow_acknowledgements(stage: Stage, size: Size) -> None:
    """Let Discord take longer and longer to take an acknowledgement, up to 2.4 seconds."""
    await stage.start()
    for number in range(size.questions):
        delay_s = _LONGEST_DELAY_S * number / max(1, size.questions - 1)
        stage.discord.fail("delay", method="POST", path=_CALLBACKS, delay_s=delay_s)
        await stage.command()
        await stage.make_room()
    await stage.settle()


def _count_hits(stage: Stage) -> None:
    stage.figure("faults", sum(fault.hits for fault in stage.discord.core.faults.all))


SCENARIOS = (
    Scenario(
        "faulty replies",
        "three in ten messages fail in eight ways",
        (5, 6),
        play_faulty_replies,
        Size(questions=100),
        Size(questions=1_000),
    ),
    Scenario(
        "lost replies",
        "three in ten messages arrive, and Discord's reply does not",
        (6,),
        play_lost_replies,
        Size(questions=60),
        Size(questions=1_000),
    ),
    Scenario(
        "pages for JSON",
        "some requests are answered by a page of HTML",
        (7,),
        play_pages,
        Size(questions=40),
        Size(questions=400),
    ),
    Scenario(
        "rate limits",
        "seven in ten messages are refused for a while",
        (7,),
        play_rate_limits,
        Size(questions=40, seconds=10),
        Size(questions=500, seconds=60),
    ),
    Scenario(
        "slow acknowledgements",
        "Discord takes acknowledgements late",
        (8,),
        play_slow_acknowledgements,
        Size(questions=6),
        Size(questions=50),
    ),
)
