"""How the running bot is seen from outside: the unmodified process, asked over HTTP, by its files,
by its log and by a service manager's socket.
"""

import asyncio
import contextlib
import json
import re
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.errors import NoAnswerError
from program import run_program
from prometheus_client.parser import text_string_to_metric_families

WHERE = "where does the Orrin end?"
RISE = "where does the Orrin rise?"
NOT_THERE = "xylophone zeppelin quartz delta"
POSTS = r"/channels/\d+/messages$"
HEALTH = "health: 0\n"


async def until(happened: Callable[[], Any]) -> Any:
    """Wait until something is so; give what it is."""
    async with asyncio.timeout(PATIENCE_S):
        while not (found := happened()):  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.02)
    return found


async def find_address(world: World) -> str:
    """Find in the log where health is told."""

    def find() -> re.Match[str] | None:
        return re.search(r"health is told at (http://[\d.:]+)", "".join(world.log))

    found = await until(find)
    return str(found[1])


async def get(address: str, path: str) -> tuple[int, str]:
    """Ask over HTTP; give the status and the text."""
    async with aiohttp.ClientSession() as session, session.get(address + path) as response:
        return response.status, await response.text()


async def metrics_of(address: str) -> dict[tuple[str, str], float]:
    """Read the metrics: values by name and the value of the label."""
    status, text = await get(address, "/metrics")
    assert status == 200
    return {
        (sample.name.removeprefix("articlebot_"), "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[World]:
    """Give a Discord with a heartbeat every second, and a bot that has not been started."""
    async with LoopbackDiscord(heartbeat_s=1) as discord:
        async with ending(populate(discord, write_articles(tmp_path / "articles"))) as made:
            yield made
        # What is dead sends no heartbeats.
        discord.offences[:] = [one for one in discord.offences if " 4009 " not in one]
        judge(discord)


async def test_health_and_metrics_are_told_over_http(world: World) -> None:
    """Alive before there is a network, ready once the gateway is up; questions, answers, refusals,
    retries and resumes are counted; no text and no id is told.
    """
    world.settings = HEALTH
    await world.discord.api_down()
    await world.launch()
    address = await find_address(world)
    assert address.startswith("http://127.0.0.1:")
    assert await get(address, "/livez") == (200, "alive\n")
    status, text = await get(address, "/readyz")
    told = {"is_ready": False, "gateway": "connecting", "silence_s": 0.0, "articles": 2}
    assert (status, json.loads(text)) == (503, {**told, "shards": 1, "shards_alive": 0})
    await world.discord.api_up()
    await world.discord.ready()
    assert "Lisk" in (await world.ask(WHERE)).text
    status, text = await get(address, "/readyz")
    assert (status, json.loads(text)["gateway"]) == (200, "connected")
    await world.ask(NOT_THERE)
    world.discord.fail(503, method="POST", path=POSTS)
    await world.discord.reply_to(await world.mention(WHERE))
    await world.discord.cut("reset")
    await world.discord.resumed(1)
    assert "Lisk" in (await world.ask(WHERE)).text
    found = await metrics_of(address)
    assert found["questions_total", "interaction"] == 3
    assert found["questions_total", "message"] == 1
    assert found["answered_total", ""] == 3
    assert found["refused_total", "not_in_articles"] == 1
    assert found["answer_seconds_count", ""] == 4
    assert found["retries_total", "status"] == 1
    assert found["resumes_total", ""] == 1
    assert found["identifies_total", ""] == 1
    assert found["gateway_connected", ""] == 1
    assert found["articles", ""] == 2
    assert found["event_loop_lag_seconds_count", ""] > 0
    assert 0 < found["served_age_seconds", ""] < PATIENCE_S
    _, text = await get(address, "/metrics")
    for word in ("Orrin", "xylophone", "Readers", "general", "rivers"):
        assert word not in text
    assert not re.search(r"\d{17}", re.sub(r"\d\.\d+(e\+\d+)?", "", text))
    assert (await get(address, "/"))[0] == 404
    # What is begun is kept, for the next start.
    begun = world.folder.parent / "records" / "sessions.json"
    assert len(json.loads(begun.read_text(encoding="utf-8"))) == 1


@pytest.mark.slow
async def test_a_network_that_is_gone_is_noticed_and_the_session_resumed(quick: World) -> None:
    """When nothing comes any more, and nobody answers even the end of the connection, the session
    is resumed, and what was asked meanwhile answered.
    """
    quick.settings = HEALTH
    await quick.start()
    address = await find_address(quick)
    assert "Lisk" in (await quick.ask(WHERE)).text
    assert await quick.discord.cut("dead") == 1
    asked = await quick.mention(WHERE)
    await quick.discord.resumed(1)
    assert "Lisk" in (await quick.discord.reply_to(asked)).text
    assert quick.discord.ledger().is_exact()
    assert quick.discord.identifies == 1
    found = await metrics_of(address)
    assert found["gateway_silences_total", ""] >= 1
    assert any("nothing comes from the gateway" in line for line in quick.log)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_idleness_at_discord_s_own_pace_resumes_nothing(world: World) -> None:
    """For two minutes only the answers to heartbeats come, one every 41 seconds."""
    await world.start()
    await asyncio.sleep(130)
    assert (world.discord.resumes, world.discord.identifies) == (0, 1)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("how", ["silence", "dead"])
async def test_silence_at_discord_s_own_pace_is_ended_within_55_s(world: World, how: str) -> None:
    """The session is resumed after so many seconds in which the bot could have heard something."""
    await world.start()
    await world.discord.cut(how)
    asked = await world.mention(WHERE)
    await world.discord.resumed(1)
    assert "Lisk" in (await world.discord.reply_to(asked)).text
    told = [json.loads(line) for line in world.log if "nothing comes from the gateway" in line]
    assert [48 < line["seconds"] <= 55 for line in told] == [True]
    assert world.discord.ledger().is_exact()


async def test_a_service_manager_is_told(world: World, tmp_path: Path) -> None:
    """Ready after the start, how it is, that it is alive, and when the end begins."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(str(path))
        plug.setblocking(False)  # noqa: FBT003 (its only argument)
        await world.start(NOTIFY_SOCKET=str(path), WATCHDOG_USEC="400000")
        loop = asyncio.get_running_loop()
        told: list[str] = []
        async with asyncio.timeout(PATIENCE_S):
            while "STATUS=Answering from 2 articles" not in told or told.count("WATCHDOG=1") < 3:
                told.append((await loop.sock_recv(plug, 4_096)).decode())
            assert await world.stop() == 0
            while "STOPPING=1" not in told:
                told.append((await loop.sock_recv(plug, 4_096)).decode())
    assert told[0] == "READY=1"
    assert "STATUS=Connecting to Discord" in told


async def test_a_service_manager_is_told_of_a_reload(world: World, tmp_path: Path) -> None:
    """That it has begun, when that was, and that the bot is ready again; also where it is refused
    or there is nothing to do.
    """
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(str(path))
        plug.setblocking(False)  # noqa: FBT003 (its only argument)
        await world.start(NOTIFY_SOCKET=str(path))
        loop = asyncio.get_running_loop()

        async def hear(most: int) -> list[str]:
            told: list[str] = []
            async with asyncio.timeout(PATIENCE_S):
                while len(told) < most:
                    line = (await loop.sock_recv(plug, 4_096)).decode()
                    if not line.startswith("STATUS="):
                        told.append(line)
            return told

        assert await hear(1) == ["READY=1"]
        (world.folder / "lakes.md").write_text("# Lakes\n\nLake Ulm is deep.\n", "utf-8")
        for _ in range(2):
            await world.use("kb reload", world.manager)
            begun, done = await hear(2)
            name, begun_us = begun.removeprefix("RELOADING=1\n").split("=")
            assert name == "MONOTONIC_USEC"
            assert 0 < int(begun_us) <= time.monotonic_ns() // 1_000
            assert done == "READY=1"


async def test_a_heartbeat_file_says_how_it_is(world: World, tmp_path: Path) -> None:
    """`articlebot health` reads it: alive, ready, and nothing of it is left after the end."""
    path = tmp_path / "heartbeat"
    variable = {"ARTICLEBOT_HEARTBEAT": str(path)}
    assert run_program(("health",), variable).returncode == 1
    await world.start(**variable)
    assert await until(path.exists)

    async def says(*arguments: str) -> Any:
        return await asyncio.to_thread(run_program, ("health", *arguments), variable)

    assert (await says()).returncode == 0
    async with asyncio.timeout(PATIENCE_S):
        while (told := await says("--ready")).returncode:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.1)
    assert told.stdout == "ready: connected, answering from 2 articles\n"
    assert await world.stop() == 0
    assert not path.exists()
    assert (await says()).returncode == 1


async def test_the_log_at_debug_says_why_and_not_what(world: World) -> None:
    """Each line is an object. A refusal has its numbers; no question, no token of the bot, of an
    interaction or of a webhook, and no id is anywhere, whatever fails.
    """
    world.settings = "log_level: debug\n"
    await world.start()
    world.discord.fail(503, method="POST", path=r"/callback")
    await world.ask(f"{NOT_THERE} zwiebelfisch")
    world.discord.fail(403, method="POST", path=r"/callback")
    with pytest.raises(NoAnswerError):
        await (
            await world.discord.slash(world.member, world.channel, "ask", question="zwiebelfisch")
        ).answer(1)
    world.discord.fail("reset", method="POST", path=POSTS, times=2)
    await world.discord.reply_to(await world.mention("zwiebelfisch, where does the Orrin end?"))
    await world.discord.send_raw("INTERACTION_CREATE", {"id": "zwiebelfisch", "token": "k" * 30})
    await world.discord.send_raw("MESSAGE_CREATE", {"content": "zwiebelfisch"})
    await world.discord.cut("reset")
    await world.discord.resumed(1)
    assert "1,204" in (await world.ask(RISE)).text
    assert await world.stop() == 0
    lines = [json.loads(line) for line in world.log]
    (refused, *_) = [line for line in lines if line["message"].startswith("not answered")]
    assert refused["coverage"] < refused["threshold"]
    assert "features" in refused
    text = "".join(world.log)
    assert world.discord.token not in text
    assert world.discord.token not in json.dumps(world.discord.bodies)
    assert "zwiebelfisch" not in text
    # On the disk is nothing that was answered, and nobody's id.
    for file in world.folder.parent.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert RISE.encode() not in content
        assert str(world.member.id).encode() not in content
    assert "k" * 30 not in text
    for interaction in world.discord.core.interactions.values():
        assert interaction.token not in text
    assert not re.search(r"(?<!client_id=)\b\d{17,20}\b", text)
    told = [line for line in lines if line["level"] == "error"]
    assert told
    assert all(re.fullmatch("[0-9a-f]{6}", line["incident"]) for line in told)


async def test_a_second_signal_ends_it_no_worse(world: World) -> None:
    """Who presses Ctrl-C twice gets a clean end, too."""
    world.is_forked = False
    await world.start()
    assert world.process is not None
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        # It may have ended by then.
        with contextlib.suppress(ProcessLookupError):
            world.process.send_signal(number)
        await asyncio.sleep(0.01)
    assert await world.ended() == 0
    assert not any('"error"' in line for line in world.log)


async def test_no_session_is_begun_where_too_many_were(world: World) -> None:
    """Whoever started it again and again: what was begun in the last hour is kept in a file."""
    records = world.folder.parent / "records"
    records.mkdir(mode=0o700)
    file = records / "sessions.json"
    file.write_text(json.dumps([round(time.time()) - 60] * 40), encoding="utf-8")
    await world.launch()
    await until(lambda: any("sessions were begun too often" in line for line in world.log))
    assert world.discord.identifies == 0


async def test_who_waits_for_a_session_is_ended_as_well(world: World, tmp_path: Path) -> None:
    """At once, and the service manager is told."""
    (tmp_path / "records").mkdir(mode=0o700)
    begun = json.dumps([round(time.time()) - 60] * 40)
    (tmp_path / "records" / "sessions.json").write_text(begun, encoding="utf-8")
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(str(path))
        plug.setblocking(False)  # noqa: FBT003 (its only argument)
        await world.launch(NOTIFY_SOCKET=str(path))
        await until(lambda: any("sessions were begun too often" in line for line in world.log))
        assert await world.stop() == 0
        told = []
        with contextlib.suppress(BlockingIOError):
            while True:
                told.append(plug.recv(4_096))
    assert b"STOPPING=1" in told
