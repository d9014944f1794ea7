"""Tell over HTTP how the bot is: /livez, /readyz, /metrics.

In: an address, and how the bot is. Out: answers to GET. Nobody is asked who they are, so nothing is
told that is anybody's: no text, no id, no name.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict

from aiohttp import web

from bot.chat.monitoring.exposition import Exposition, LookUp
from bot.heartbeat import Health
from bot.settings import Address

# What is asked has no body.
_MAX_BODY_BYTES = 1_024
# Whoever is still reading at the end need not be waited for.
_SHUTDOWN_S = 0.5

_log = logging.getLogger(__name__)


class HealthServer:
    """A small server on the event loop of the bot: that it answers shows that the loop turns."""

    def __init__(self, address: Address, describe: Callable[[], Health], look_up: LookUp) -> None:
        """Tell what ``describe`` and ``look_up`` give."""
        self._address = address
        self._describe = describe
        self._exposition = Exposition(look_up)
        application = web.Application(client_max_size=_MAX_BODY_BYTES)
        application.router.add_get("/livez", self._tell_alive)
        application.router.add_get("/readyz", self._tell_ready)
        application.router.add_get("/metrics", self._tell_metrics)
        self._runner = web.AppRunner(
            application, handle_signals=False, access_log=None, shutdown_timeout=_SHUTDOWN_S
        )

    async def start(self) -> None:
        """Listen. An address that can't be had is logged: members are served all the same."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._address.host, self._address.port)
        try:
            await site.start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            _log.error("health can't be told at %s: %s", self._address, reason)
            return
        # Where any free port was asked for, this is the one.
        port = self._runner.addresses[0][1]
        _log.info("health is told at http://%s", Address(self._address.host, port))

    async def close(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _tell_alive(self, _: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _tell_ready(self, _: web.Request) -> web.Response:
        health = self._describe()
        status = web.HTTPOk.status_code
        if not health.is_ready:
            status = web.HTTPServiceUnavailable.status_code
        return web.json_response(asdict(health), status=status)

    async def _tell_metrics(self, request: web.Request) -> web.Response:
        accepted = request.headers.get("Accept", "")
        body, content_type = self._exposition.render(accepted)
        return web.Response(body=body, headers={"Content-Type": content_type})
