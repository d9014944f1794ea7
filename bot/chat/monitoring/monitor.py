"""Put together what watches over the running bot, and what tells others how it is."""

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Self

from bot.chat.client import ArticleClient
from bot.chat.dispatcher import Dispatcher
from bot.chat.monitoring.heartbeat_writer import HeartbeatWriter
from bot.chat.monitoring.pulse import Beat, beat_for_ever
from bot.chat.monitoring.silence_watch import SilenceWatch
from bot.heartbeat import Health
from bot.texts import service as texts

if TYPE_CHECKING:
    from bot.chat.monitoring.exposition import Gauge
    from bot.chat.monitoring.health_server import HealthServer


class Monitor:
    """Watches over the bot from ``async with`` on, until its end."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Tell others what the dispatcher's settings say, and the service manager."""
        self._dispatcher = dispatcher
        self._manager = dispatcher.service_manager
        self._silence_watch = SilenceWatch(dispatcher)
        self._beats: list[Beat] = [self._silence_watch.beat, self._tell_manager]
        settings = dispatcher.settings
        self._heartbeat: HeartbeatWriter | None = None
        if settings.heartbeat is not None:
            self._heartbeat = HeartbeatWriter(settings.heartbeat, self.describe)
            self._beats.append(self._heartbeat.beat)
        self._server = self._make_server()
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin; the service manager is told that the start is done."""
        if self._server is not None:
            await self._server.start()
        self._beating = asyncio.create_task(beat_for_ever(self._beats))
        self._manager.tell_ready()
        self._tell_manager(0.0)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating
        if self._heartbeat is not None:
            await self._heartbeat.close()
        if self._server is not None:
            await self._server.close()

    def watch(self, client: ArticleClient) -> None:
        """Watch the connection of a client from now on."""
        self._dispatcher.gateway.end_sessions()
        self._silence_watch.client = client

    def stop(self) -> None:
        """Tell the service manager that the end has begun."""
        self._manager.tell_stopping()

    def describe(self) -> Health:
        """Say how the bot is now."""
        gateway = self._dispatcher.gateway
        articles = len(self._dispatcher.common.library.articles)
        name = gateway.name
        return Health(
            is_ready=name == "connected" and articles > 0,
            gateway=name,
            silence_s=round(gateway.silence_s, 1),
            articles=articles,
            shards=len(gateway.by_shard),
            shards_alive=gateway.alive,
        )

    def _tell_manager(self, step_s: float) -> None:
        self._manager.beat(step_s)
        health = self.describe()
        status: str = texts.CONNECTING
        if health.gateway != "connecting":
            status = texts.ANSWERING(articles=health.articles)
        self._manager.tell_status(status)

    def _make_server(self) -> "HealthServer | None":
        address = self._dispatcher.settings.health
        if address is None:
            return None
        # It takes two megabytes, which nobody else needs.
        from bot.chat.monitoring import health_server  # noqa: PLC0415

        return health_server.HealthServer(address, self.describe, self._look_up)

    def _look_up(self) -> "list[Gauge]":
        """Look up the metrics that nobody counts."""
        from bot.chat.monitoring.exposition import Gauge  # noqa: PLC0415 (as above)

        health = self.describe()
        is_connected = health.gateway != "connecting"
        served_age_s = time.monotonic() - self._dispatcher.common.served_at_s
        in_flight = self._dispatcher.in_flight.count
        return [
            Gauge("gateway_connected", texts.CONNECTED_METRIC, is_connected),
            Gauge("gateway_silence_seconds", texts.SILENCE_METRIC, health.silence_s),
            Gauge("shards", texts.SHARDS_METRIC, health.shards),
            Gauge("shards_alive", texts.SHARDS_ALIVE_METRIC, health.shards_alive),
            Gauge("articles", texts.ARTICLES_METRIC, health.articles),
            Gauge("served_age_seconds", texts.SERVED_AGE_METRIC, round(served_age_s, 1)),
            Gauge("in_flight", texts.IN_FLIGHT_METRIC, in_flight),
        ]
