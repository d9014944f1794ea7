"""The parts that watch over the bot, with clocks that are handed in."""

import asyncio
import contextlib
import json
import logging
import os
import socket
import time
from pathlib import Path

import aiohttp
import pytest
from aiohttp import WSMessage, web
from aiohttp.test_utils import TestServer
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.answers.model import Policy
from bot.chat import metrics
from bot.chat.dispatcher import Dispatcher
from bot.chat.gateway import SteadyWebSocket
from bot.chat.identify_budget import BudgetSpentError, IdentifyBudget
from bot.chat.monitoring.exposition import Exposition
from bot.chat.monitoring.health_server import HealthServer
from bot.chat.monitoring.heartbeat_writer import HeartbeatWriter
from bot.chat.monitoring.monitor import Monitor
from bot.chat.monitoring.pulse import INTERVAL_S, beat_for_ever, measure_lag
from bot.chat.service_manager import ServiceManager
from bot.chat.state.gateway_state import GatewayState, GatewayStates
from bot.heartbeat import (
    EVERY_S,
    STALE_S,
    Health,
    HeartbeatError,
    read_heartbeat,
    write_heartbeat,
)
from bot.knowledge_base import KnowledgeBase
from bot.settings import Address, Settings
from bot.sharding import Sharding

FINE = Health(is_ready=True, gateway="connected", silence_s=0.5, articles=3)


class Wall:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now_s


def spend_all(budget: IdentifyBudget) -> int:
    """Begin sessions until no more may be begun; give how many."""
    count = 0
    try:
        while True:
            budget.spend()
            count += 1
    except BudgetSpentError:
        return count


def test_forty_sessions_an_hour_and_five_hundred_a_day(tmp_path: Path) -> None:
    """However often the program is started anew; and it says how long to wait."""
    wall, path = Wall(), tmp_path / "new" / "sessions.json"
    counts = []
    for _ in range(23):
        counts.append(spend_all(IdentifyBudget(path, wall)))
        wall.now_s += 3_601
    assert counts == [40] * 12 + [20] + [0] * 10
    with pytest.raises(BudgetSpentError) as caught:
        IdentifyBudget(path, wall).spend()
    wall.now_s += caught.value.wait_s + 1
    IdentifyBudget(path, wall).spend()


@pytest.mark.parametrize(
    ("total", "sharding", "an_hour", "a_day"),
    [
        (1_000, Sharding(), 40, 500),
        (1_000, Sharding(16, tuple(range(16))), 128, 500),
        (1_000, Sharding(16, (3, 4, 5, 6)), 40, 125),
        (2_000, Sharding(100, tuple(range(50))), 400, 500),
        (10, Sharding(16, (3, 4, 5, 6)), 4, 4),
    ],
)
def test_several_shards_may_begin_more_sessions(
    tmp_path: Path, total: int, sharding: Sharding, an_hour: int, a_day: int
) -> None:
    """Each eight an hour; a process as many a day as its share of half of what Discord allows."""
    wall, path, count = Wall(), tmp_path / "sessions.json", 0
    for hour in range(23):
        budget = IdentifyBudget(path, wall)
        budget.share(total, sharding)
        count += spend_all(budget)
        assert hour or count == an_hour
        assert budget.find_wait_s() > 0
        wall.now_s += 3_601
    assert count == a_day


@pytest.mark.parametrize(
    "text", ["", "{", "[1, null]", '{"a": 1}', "7", "x" * 100_000, "[" * 100_000]
)
def test_a_damaged_file_of_sessions_is_begun_anew(tmp_path: Path, text: str) -> None:
    """It keeps nobody from starting."""
    path = tmp_path / "sessions.json"
    path.write_text(text, encoding="utf-8")
    assert spend_all(IdentifyBudget(path, Wall())) == 40
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 40


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    """What lies ahead counts as now: the wait is an hour at most."""
    wall = Wall()
    budget = IdentifyBudget(None, wall)
    spend_all(budget)
    wall.now_s -= 500_000
    with pytest.raises(BudgetSpentError) as caught:
        budget.spend()
    assert caught.value.wait_s <= 3_600


def test_a_disk_that_is_full_keeps_nobody_from_starting(tmp_path: Path) -> None:
    """Memory has to do, then."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert spend_all(IdentifyBudget(tmp_path / "file" / "sessions.json", Wall())) == 40


def test_silence_is_longer_than_a_heartbeat_s_answer_may_take() -> None:
    """With Discord's interval 48 seconds, so that a session is resumed within 55; idle connections,
    through which an answer comes every 41 seconds, are never taken for silent.
    """
    state = GatewayState()
    state.begin(41.25, 1)
    assert 47 < state.patience_s < 50
    frames = 1
    for tick in range(4 * 3_600):
        frames += tick % 165 == 164
        state.watch(frames, 0.25)
        assert not state.is_silent
    ticks = 0
    while not state.is_silent:
        state.watch(frames, 0.25)
        ticks += 1
    assert ticks * 0.25 <= 49


def test_several_connections_are_named_by_the_worst() -> None:
    """All must be alive for the bot to be ready."""
    states = GatewayStates((2, 5))
    seen = []
    for shard_id in (2, 5):
        states.by_shard[shard_id].is_connected = True
        seen.append((states.name, states.alive))
    states.by_shard[5].watch(0, 100)
    seen.append((states.name, states.alive))
    states.end_sessions()
    seen.append((states.name, states.alive))
    assert seen == [("connecting", 1), ("connected", 2), ("silent", 1), ("connecting", 0)]
    assert states.silence_s == 100


def test_a_connection_is_named_by_what_it_is() -> None:
    """Connecting, connected, silent; a new one begins anew."""
    state = GatewayState()
    names = [state.name]
    state.is_connected = True
    names.append(state.name)
    state.watch(0, 100)
    names.append(state.name)
    state.begin(41.25, 0)
    names.append(state.name)
    assert names == ["connecting", "connected", "silent", "connected"]


def test_what_holds_the_event_loop_up_is_measured(caplog: pytest.LogCaptureFixture) -> None:
    """Every lag is counted; a second and more is logged."""
    before = metrics.LOOP_LAG.total
    with caplog.at_level(logging.WARNING):
        measure_lag(-0.001)
        measure_lag(0.5)
        assert caplog.records == []
        measure_lag(1.5)
    assert metrics.LOOP_LAG.total - before == pytest.approx(2.0)
    assert [record.message for record in caplog.records] == ["the event loop was held up"]


async def test_a_connection_is_dropped_without_a_word() -> None:
    """The other side has gone: an answer to a close in good order would be waited for in vain."""
    heard: list[WSMessage] = []
    has_ended = asyncio.Event()

    async def listen(request: web.Request) -> web.WebSocketResponse:
        other_side = web.WebSocketResponse()
        await other_side.prepare(request)
        try:
            heard.append(await other_side.receive())
        finally:
            has_ended.set()
        return other_side

    application = web.Application()
    application.router.add_get("/", listen)
    async with TestServer(application) as server:
        url = str(server.make_url("/"))
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as plug:
            websocket = SteadyWebSocket(plug, loop=asyncio.get_running_loop())
            websocket.drop()
            await has_ended.wait()
    assert heard == []


async def test_a_beat_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    """It is an incident, and everything goes on; each is told how much time has passed."""
    steps: list[float] = []

    def fail(_: float) -> None:
        raise RuntimeError("no")

    task = asyncio.create_task(beat_for_ever([fail, steps.append]))
    while len(steps) < 2:  # noqa: ASYNC110 (nothing tells of it)
        await asyncio.sleep(0.01)
    task.cancel()
    assert min(steps) > INTERVAL_S / 2
    assert "incident" in caplog.text


@pytest.mark.parametrize("is_abstract", [False, True])
def test_a_service_manager_hears_what_it_asked_for(tmp_path: Path, *, is_abstract: bool) -> None:
    """On a socket with a path and on an abstract one; the watchdog twice an interval; a status only
    when it changes.
    """
    name = f"articlebot-test-{os.getpid()}" if is_abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(f"\0{name}" if is_abstract else name)
        plug.settimeout(20)
        shown = f"@{name}" if is_abstract else name
        manager = ServiceManager({"NOTIFY_SOCKET": shown, "WATCHDOG_USEC": "2000000"})
        assert manager.watchdog_s == 2
        manager.tell_ready()
        for _ in range(2):
            manager.tell_status("fine")
        for _ in range(9):
            manager.beat(0.25)
        manager.tell_stopping()
        told = [plug.recv(100).decode() for _ in range(5)]
    assert told == ["READY=1", "STATUS=fine", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_reloads_at_a_time_are_one_to_the_service_manager(tmp_path: Path) -> None:
    """The first begins it, and the last ends it, also where one fails."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as plug:
        plug.bind(str(tmp_path / "notify"))
        plug.settimeout(20)
        manager = ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        with contextlib.suppress(OSError), manager.reloading():
            with manager.reloading():
                pass
            manager.tell_status("reads")
            raise OSError
        told = [plug.recv(100).decode() for _ in range(3)]
    assert told[0].startswith("RELOADING=1\n")
    assert told[1:] == ["STATUS=reads", "READY=1"]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"NOTIFY_SOCKET": "vsock:2:1234"},
        {"NOTIFY_SOCKET": "/no/such/socket", "WATCHDOG_USEC": "soon"},
        {"NOTIFY_SOCKET": "/no/such/socket", "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"},
    ],
)
def test_without_a_service_manager_nothing_is_told(environment: dict[str, str]) -> None:
    """Nor where it is gone, nor where it watches another process; and nothing fails."""
    manager = ServiceManager(environment)
    assert manager.watchdog_s == 0
    manager.tell_ready()
    manager.beat(100)
    manager.tell_stopping()


def test_a_heartbeat_is_read_as_it_was_written(tmp_path: Path) -> None:
    """And nothing else is left in the folder."""
    path = tmp_path / "heartbeat"
    write_heartbeat(path, FINE)
    write_heartbeat(path, FINE)
    read = read_heartbeat(path)
    assert read.health == FINE
    assert read.is_alive
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("age_s", [STALE_S + 1, -STALE_S - 1])
def test_an_old_heartbeat_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age_s: float
) -> None:
    """Nor is one from the future, after the clock was set back."""
    path, now_s = tmp_path / "heartbeat", time.time()
    write_heartbeat(path, FINE)
    monkeypatch.setattr(time, "time", lambda: now_s + age_s)
    assert not read_heartbeat(path).is_alive


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"time": 1}', b"\xff" * 10, b"1" * 9_999])
def test_what_is_no_heartbeat_is_told(tmp_path: Path, content: bytes) -> None:
    """A reader says so, and does not fail."""
    path = tmp_path / "heartbeat"
    path.write_bytes(content)
    with pytest.raises(HeartbeatError, match="it is no heartbeat"):
        read_heartbeat(path)


async def test_a_heartbeat_that_cannot_be_written_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each try, and nothing else fails."""
    writer = HeartbeatWriter(tmp_path / "no" / "heartbeat", lambda: FINE)
    with caplog.at_level(logging.WARNING):
        writer.beat(0.25)
        writer.beat(EVERY_S / 2)
        await writer.close()
    assert len(caplog.records) == 1
    assert "the heartbeat file can't be written" in caplog.text


async def test_an_address_that_is_taken_costs_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log says so; what serves members goes on."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        address = Address("127.0.0.1", plug.getsockname()[1])
        server = HealthServer(address, lambda: FINE, list)
        await server.start()
        await server.close()
    assert f"health can't be told at {address}" in caplog.text


async def test_a_folder_without_articles_is_not_ready(tmp_path: Path) -> None:
    """Connected, and nothing to answer from."""
    for count in (0, 1):
        for number in range(count):
            text = f"# Rivers {number}\n\nThe Orrin ends at Lisk.\n"
            (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
        dispatcher = Dispatcher(KnowledgeBase(tmp_path, Policy()), Settings(records=None))
        monitor = Monitor(dispatcher)
        assert not monitor.describe().is_ready
        dispatcher.gateway.by_shard[0].is_connected = True
        assert monitor.describe().is_ready == bool(count)


async def read_metrics(tmp_path: Path) -> list[Metric]:
    """Read all metrics of a bot as Prometheus does."""
    dispatcher = Dispatcher(KnowledgeBase(tmp_path, Policy()), Settings(records=None))
    monitor = Monitor(dispatcher)
    content, content_type = Exposition(monitor._look_up).render("")  # noqa: SLF001
    assert content_type.startswith("text/plain")
    return list(text_string_to_metric_families(content.decode()))


async def test_every_metric_is_explained(tmp_path: Path) -> None:
    """Its name, and the names of its labels, stand in the table for those who read them."""
    page = (Path(__file__).parents[3] / "docs" / "operating.md").read_text(encoding="utf-8")
    suffixes = {"counter": "_total", "info": "_info"}
    found = await read_metrics(tmp_path)
    ours = [one for one in found if one.name.startswith("articlebot_")]
    assert len(ours) == len(metrics.COUNTERS) + len(metrics.HISTOGRAMS) + 8
    for family in ours:
        name = family.name.removeprefix("articlebot_") + suffixes.get(family.type, "")
        labels = {key for sample in family.samples for key in sample.labels} - {"le", "version"}
        shown = f"{{{','.join(sorted(labels))}}}" if labels else ""
        assert f"`{name}{shown}`" in page


async def test_metrics_have_few_labels_and_no_others(tmp_path: Path) -> None:
    """Every label's values are known beforehand: no text, no id, no number without end."""
    found = await read_metrics(tmp_path)
    labels = {
        (sample.name, name, value)
        for family in found
        for sample in family.samples
        for name, value in sample.labels.items()
        if family.name.startswith("articlebot_")
    }
    assert {name for _, name, _ in labels} == {"source", "reason", "after", "le", "version"}
    assert len(labels) < 60
    with pytest.raises(KeyError):
        metrics.REFUSED.inc("whatever somebody wrote")


def test_a_histogram_counts_by_size() -> None:
    """Up to each bound and its own value, and what is above all of them."""
    histogram = metrics.Histogram("test_seconds", "For a test.", (0.1, 1.0))
    for value in (0.0, 0.1, 0.5, 1.0, 7.0):
        histogram.observe(value)
    assert histogram.counts == [2, 2, 1]
    assert histogram.total == pytest.approx(8.6)
