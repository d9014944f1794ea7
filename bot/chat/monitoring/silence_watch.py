"""Drop a connection to the gateway through which nothing comes any more.

A network may fail without telling: the connection stays, and nothing comes. Discord answers every
heartbeat, so that something comes in each of its intervals. Where nothing does for somewhat longer,
the connection is dropped; discord.py then resumes the session at once, and Discord sends what was
missed. To drop it waits for nothing: the other side may never answer.
"""

import logging
from typing import TYPE_CHECKING

from bot.chat import metrics
from bot.chat.gateway import SteadyWebSocket
from bot.chat.monitoring.pulse import INTERVAL_S
from bot.chat.state.gateway_state import GatewayState

if TYPE_CHECKING:
    from bot.chat.client import ArticleClient

_log = logging.getLogger(__name__)


class SilenceWatch:
    """Watches the connection of one client after another."""

    def __init__(self, state: GatewayState) -> None:
        """Keep ``state`` up to date."""
        self.client: ArticleClient | None = None
        self._state = state
        self._watched: SteadyWebSocket | None = None
        self._is_dropped = False

    def beat(self, step_s: float) -> None:
        """Look whether something has come in the last ``step_s`` seconds."""
        websocket = self.client.ws if self.client is not None else None
        if not isinstance(websocket, SteadyWebSocket):
            return
        state = self._state
        if websocket is not self._watched:
            self._watched = websocket
            self._is_dropped = False
            state.begin(websocket.heartbeat_interval_s, websocket.frames)
        # While the event loop was held up, what had come could not be read.
        state.watch(websocket.frames, min(step_s, 2 * INTERVAL_S))
        if state.is_silent and not self._is_dropped:
            self._drop(websocket)

    def _drop(self, websocket: SteadyWebSocket) -> None:
        self._is_dropped = True
        metrics.SILENCES.inc()
        silence = {"seconds": round(self._state.silence_s, 1)}
        _log.warning(
            "nothing comes from the gateway: the session is resumed", extra={"fields": silence}
        )
        websocket.drop()
