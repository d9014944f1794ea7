"""Drop a connection to the gateway through which nothing comes any more.

A network may fail without telling: the connection stays, and nothing comes. Discord answers every
heartbeat, so that something comes in each of its intervals. Where nothing does for somewhat longer,
the connection is dropped; discord.py then resumes the session at once, and Discord sends what was
missed. To drop it waits for nothing: the other side may never answer.
"""

import logging
from typing import TYPE_CHECKING

from bot.chat import metrics
from bot.chat.dispatcher import Dispatcher
from bot.chat.gateway import SteadyWebSocket
from bot.chat.monitoring.pulse import INTERVAL_S

if TYPE_CHECKING:
    from bot.chat.client import ArticleClient

_log = logging.getLogger(__name__)


class SilenceWatch:
    """Watches the connections of one client after another."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Keep the states of the dispatcher's shards up to date."""
        self.client: ArticleClient | None = None
        self._dispatcher = dispatcher
        # The connection of each shard that is watched, until another one has come or it is dropped.
        self._watched: dict[int, SteadyWebSocket] = {}
        self._dropped: dict[int, SteadyWebSocket] = {}

    def beat(self, step_s: float) -> None:
        """Look through which connections something has come in the last ``step_s`` seconds."""
        if self.client is None:
            return
        for shard_id, websocket in self.client.list_connections():
            self._look_at(shard_id, websocket, step_s)

    def _look_at(self, shard_id: int, websocket: SteadyWebSocket, step_s: float) -> None:
        state = self._dispatcher.gateway.by_shard[shard_id]
        if websocket is not self._watched.get(shard_id):
            self._watched[shard_id] = websocket
            state.begin(websocket.heartbeat_interval_s, websocket.frames)
        # While the event loop was held up, what had come could not be read.
        state.watch(websocket.frames, min(step_s, 2 * INTERVAL_S))
        if state.is_silent and websocket is not self._dropped.get(shard_id):
            self._dropped[shard_id] = websocket
            _drop(shard_id, websocket, state.silence_s)


def _drop(shard_id: int, websocket: SteadyWebSocket, silence_s: float) -> None:
    metrics.SILENCES.inc()
    silence = {"seconds": round(silence_s, 1), "shard": shard_id}
    _log.warning(
        "nothing comes from the gateway: the session is resumed", extra={"fields": silence}
    )
    websocket.drop()
