"""What Discord and the network do wrong, and what nobody should notice of it."""

import asyncio
import contextlib
import re
import signal
from pathlib import Path

import pytest
from conftest import World, serving_here
from loopback.clock import PATIENCE_S
from loopback.errors import NoAnswerError

from bot.chat.client import ArticleClient
from bot.chat.gateway import CappedBackoff
from bot.chat.service import _pause_s
from bot.settings import Settings

POSTS = r"/channels/\d+/messages$"
ROOMY = "questions_per_person: 3600\nquestions_per_channel: 3600\nquestions_per_server: 3600\n"


async def answered(world: World, count: int, within_s: float = PATIENCE_S) -> None:
    """Wait until so many questions have their answer, then check that each has exactly one."""
    with contextlib.suppress(NoAnswerError):
        await world.discord.answered(count, within_s)
    await asyncio.sleep(0.3)
    ledger = world.discord.ledger()
    assert (len(ledger.lost), len(ledger.doubled)) == (0, 0), world.log[-5:]


async def test_without_a_token_it_is_told_how_to_get_one(world: World) -> None:
    """One paragraph, that `chat` works without, and an exit code that asks for no retry."""
    await world.launch(DISCORD_TOKEN="")
    assert await world.ended() == 78
    text = "".join(world.log)
    assert "Reset Token" in text
    assert "articlebot chat" in text
    assert '"error":' not in text


async def test_a_wrong_token_ends_it_with_the_cure(world: World) -> None:
    """No retry, no traceback, and the token is not in the log."""
    await world.launch(DISCORD_TOKEN="wrong.token.here")  # noqa: S106 (made up)
    assert await world.ended() == 78
    text = "".join(world.log)
    assert "does not know this token" in text
    assert '"error":' not in text
    assert "wrong.token.here" not in text
    world.discord.offences.clear()


async def test_a_token_may_come_from_a_file(world: World) -> None:
    """The file that DISCORD_TOKEN_FILE names is as good as the variable."""
    file = world.folder.parent / "token"
    file.write_text(world.discord.token + "\n", encoding="utf-8")
    await world.start(DISCORD_TOKEN="", DISCORD_TOKEN_FILE=str(file))
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text


async def test_no_privileged_intent_is_asked_for(world: World) -> None:
    """Servers, their messages and direct messages: 4609, and not one bit more."""
    await world.start()
    await world.stop()
    assert world.discord.identifies == 1
    assert [session.intents for session in world.discord.core.gateway.sessions.values()] == [4609]


async def test_a_start_without_a_network_is_tried_again(world: World) -> None:
    """The bot that was started before the network is there when the network is."""
    await world.discord.api_down()
    await world.launch()
    await asyncio.sleep(2.5)
    assert world.process is not None
    assert world.process.returncode is None
    await world.discord.api_up()
    await world.discord.ready()
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text


@pytest.mark.parametrize(
    "how",
    [
        "reset",
        "invalid session",
        *(
            pytest.param(how, marks=pytest.mark.slow)
            for how in ("close 4000", "close 1001", "reconnect")
        ),
    ],
)
async def test_a_cut_gateway_is_taken_up_again(world: World, how: str) -> None:
    """After every kind of cut the next questions are answered, each once."""
    world.settings = ROOMY
    await world.start()
    await world.ask("where does the Orrin end?")
    await world.discord.cut(how)
    if how == "invalid session":
        await world.discord.identified(2, 30)
    else:
        await world.discord.resumed(1, 30)
    await world.mention("where does the Orrin rise?")
    await world.ask("where does the Orrin rise?")
    await answered(world, 3)


async def restart_client(world: World) -> None:
    """Let the next session begin with a READY that can't be read, and wait for the one after it."""
    world.discord.spoil("READY", lambda data: {**data, "user": None})
    await world.discord.cut("invalid session")
    await world.discord.identified(3, 30)


@pytest.mark.slow
async def test_a_session_whose_beginning_cannot_be_read_is_begun_anew(world: World) -> None:
    """The process stays, the next question is answered, and identifications are spared."""
    await world.start()
    await restart_client(world)
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text
    assert world.discord.identifies == 3


def test_the_first_pauses_are_short_and_the_later_ones_grow_to_a_minute() -> None:
    """Who asks during a pause waits; but too many identifications cost the token."""
    assert all(_pause_s(times) <= 1 for times in (1, 2, 3))
    assert all(_pause_s(times + 2) > _pause_s(times) for times in range(4, 9))
    assert all(30 < _pause_s(times) <= 55 for times in (12, 100, 10_000))


def test_who_was_cut_off_for_long_is_back_within_a_minute() -> None:
    """However often discord.py has tried to connect again in vain: it sleeps for less than a
    minute.
    """
    backoff = CappedBackoff()
    assert max(backoff.delay() for _ in range(2_000)) <= 50


@pytest.mark.parametrize("how", [500, 502, 503, 520, "reset", "disconnect", "lost reply"])
async def test_a_reply_that_fails_is_sent_again_and_stands_once(
    own_guild: World, how: int | str
) -> None:
    """Whatever happens to the first try, the question is answered once."""
    own_guild.discord.fail(how, method="POST", path=POSTS)  # type: ignore[arg-type]
    asked = await own_guild.mention("where does the Orrin end?")
    await own_guild.discord.reply_to(asked)
    await asyncio.sleep(0.6)
    assert len(own_guild.discord.answers_to(asked)) == 1


@pytest.mark.parametrize("how", [503, "reset", "lost reply"])
async def test_an_interaction_that_fails_is_answered_once(own_guild: World, how: int | str) -> None:
    """The three seconds leave room for another try, and one that had arrived is not repeated."""
    own_guild.discord.fail(how, method="POST", path=r"/callback")  # type: ignore[arg-type]
    asked = await own_guild.discord.slash(
        own_guild.member, own_guild.channel, "ask", question="where does the Orrin end?"
    )
    assert "Lisk" in (await asked.answer()).text
    await asyncio.sleep(0.6)
    assert len(asked.answers) == 1


async def test_a_rate_limit_is_waited_for(world: World) -> None:
    """A 429 delays the answer; it is not lost and not doubled."""
    await world.start()
    world.discord.fail(429, method="POST", path=POSTS, retry_after_s=0.4)
    await world.mention("where does the Orrin end?")
    await answered(world, 1)


async def test_a_rate_limit_of_a_proxy_is_waited_for(world: World) -> None:
    """A 429 that does not come from Discord itself is a passing fault, too."""
    await world.start()
    world.discord.fail(429, method="POST", path=POSTS, retry_after_s=0.2, via=False)
    world.discord.fail(429, method="POST", path=r"/callback", retry_after_s=0.2, html=True)
    await world.mention("where does the Orrin end?")
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text
    await answered(world, 2)


@pytest.mark.slow
async def test_a_reply_under_way_survives_a_restart_of_the_client(world: World) -> None:
    """A session that can't begin ends the client, not the answers that were being sent."""
    await world.start()
    world.discord.fail(503, method="POST", path=POSTS, times=3)
    await world.mention("where does the Orrin end?")
    await asyncio.sleep(0.1)
    await restart_client(world)
    await answered(world, 1)


@pytest.mark.slow
async def test_a_reply_that_takes_long_survives_a_restart_of_the_client(world: World) -> None:
    """Also where it takes longer than the program would wait for it at its end."""
    await world.start()
    fault = world.discord.fail(503, method="POST", path=POSTS, times=None)
    await world.mention("where does the Orrin end?")
    await restart_client(world)
    await asyncio.sleep(12)
    fault.stop()
    await answered(world, 1)


async def test_a_request_that_is_never_answered_is_sent_again(world: World) -> None:
    """A callback that hangs leaves time for another within the three seconds."""
    await world.start()
    world.discord.fail("delay", method="POST", path=r"/callback", delay_s=20)
    assert "Lisk" in (await world.ask("where does the Orrin end?")).text


async def fault_run(world: World, questions: int) -> None:
    """Ask by mention while a third of all replies fail in every way; a cut of the gateway in the
    middle.
    """
    world.settings = ROOMY
    world.discord.limit_messages(None)
    await world.start()
    for seed, how in enumerate((503, 502, "reset", "disconnect", "lost reply", "lost reply")):
        world.discord.fail(how, method="POST", path=POSTS, times=None, probability=0.06, seed=seed)  # type: ignore[arg-type]
    for number in range(questions):
        await world.mention(f"where does the Orrin end, question {number}?")
        if number == questions // 2:
            await world.discord.cut("reset")
            await world.discord.resumed(1, 30)
    await answered(world, questions)


@pytest.mark.slow
async def test_none_of_forty_is_lost_or_doubled(world: World) -> None:
    """A third of the replies fails; every question has one answer."""
    await fault_run(world, 40)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_none_of_two_hundred_is_lost_or_doubled(world: World) -> None:
    """The same with two hundred."""
    await fault_run(world, 200)


@pytest.mark.parametrize(
    "delay_s", [0.05, *(pytest.param(delay_s, marks=pytest.mark.slow) for delay_s in (0.0, 0.3))]
)
async def test_what_is_under_way_is_finished_before_the_end(world: World, delay_s: float) -> None:
    """SIGTERM stops the intake; what was begun is answered; the exit is clean and quick."""
    world.settings = ROOMY
    world.discord.limit_messages(None)
    await world.start()
    world.discord.fail(503, method="POST", path=POSTS, times=5)
    for number in range(20):
        await world.mention(f"where does the Orrin end, question {number}?")
    await asyncio.sleep(delay_s)
    assert await world.stop() == 0
    assert '"error":' not in "".join(world.log)
    assert not world.discord.ledger().doubled
    begun = {
        request.json.get("nonce")
        for request in world.discord.requests
        if request.method == "POST" and re.search(POSTS, request.path)
    }
    assert len(begun) == sum(world.discord.ledger().counts.values())


async def test_neither_the_token_nor_a_question_is_logged(world: World) -> None:
    """After answers, faults and a restart of the client, the log holds no secret and nothing that
    was asked.
    """
    await world.start()
    world.discord.fail(503, method="POST", path=POSTS)
    await world.mention("where does the Orrin zwiebelfisch?")
    await world.ask("where does the Orrin zwiebelfisch?")
    await world.discord.send_raw("INTERACTION_CREATE", {"id": "zwiebelfisch", "type": 2})
    await restart_client(world)
    await world.stop()
    log = "".join(world.log)
    assert world.discord.token not in log
    assert "zwiebelfisch" not in log


async def test_a_refused_intent_ends_it_with_the_cure(world: World) -> None:
    """When Discord refuses an intent, another start would not help."""
    await world.start()
    await world.discord.cut("close 4014")
    assert await world.ended() == 78
    text = "".join(world.log)
    assert "refuses an intent" in text
    assert '"error":' not in text


async def test_sigint_ends_it_like_sigterm(world: World) -> None:
    """Ctrl-C is a clean end, too."""
    world.is_forked = False
    await world.start()
    assert world.process is not None
    world.process.send_signal(signal.SIGINT)
    assert await world.ended() == 0
    assert '"error":' not in "".join(world.log)


async def test_nothing_is_served_after_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """discord.py waits for the last servers beyond the end, and then says that all are there."""
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, served):
        client = ArticleClient(served)
        await client.login(world.discord.token)
        await client.close()
        client.dispatch("ready")


async def test_identifications_are_spared_when_few_are_left(world: World) -> None:
    """With few identifications left, the bot waits instead of losing its token."""
    world.discord.core.gateway.identify_limit = 20
    await world.launch()
    for _ in range(600):
        await asyncio.sleep(0.1)
        if "waiting for new ones" in "".join(world.log):
            break
    assert "identifications are left; waiting for new ones" in "".join(world.log)
    assert world.discord.identifies == 0
    assert await world.stop() == 0
