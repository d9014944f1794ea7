"""The loopback Discord: what a test starts, plays with and asks.

`async with LoopbackDiscord() as discord` serves REST and gateway on one port of 127.0.0.1 in the
test's own event loop, and ends with it. Every breach of Discord's rules is in `offences`.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Self

from aiohttp import web

from loopback.callbacks import CallbackRoutes
from loopback.clock import PATIENCE_S, Clock
from loopback.core import Core, Request
from loopback.errors import NoAnswerError
from loopback.faults import Fault, How
from loopback.gateway import Event
from loopback.interactions import Interaction
from loopback.ledger import Ledger, Outage, find_answers
from loopback.people import People
from loopback.rest import API, MAX_REQUEST_BYTES, Rest
from loopback.state import Application, Guild, Message
from loopback.withheld import Waits, measure

HOST = "127.0.0.1"
LOOK_EVERY_S = 0.03
SAYS_SOMETHING = {4, 7}
MESSAGES = re.compile(r"/channels/\d+/messages(/\d+)?$")


class LoopbackDiscord(People):
    """A Discord of one's own. `privileged` names the privileged intents that the application
    has.
    """

    def __init__(
        self,
        *,
        privileged: frozenset[str] = frozenset(),
        heartbeat_s: float = 41.25,
        is_timed: bool = False,
    ) -> None:
        core = Core(privileged=privileged, heartbeat_s=heartbeat_s, is_timed=is_timed)
        super().__init__(core)
        self.callbacks = CallbackRoutes(core, self.writer)
        parts = (self.channels, self.thread_routes, self.commands, self.callbacks)
        routes = [route for part in parts for route in part.routes()]
        self.rest = Rest(core, iter(routes))
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None
        self._port = 0
        self._announced_port = 0
        self._waits = Waits()
        self._measuring: asyncio.Task[None] | None = None

    # --- starting and ending

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=MAX_REQUEST_BYTES)
        application.router.add_get("/", self.core.gateway.accept)
        application.router.add_get(r"/attachments/{number:\d+}/{filename}", self.rest.serve_file)
        application.router.add_route("*", "/{rest:.*}", self.rest.handle)
        self._runner = web.AppRunner(
            application, handle_signals=False, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await self.api_up()
        if self.clock.is_timed:
            self._measuring = asyncio.create_task(measure(self.clock, self._waits))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._measuring is not None:
            self._measuring.cancel()
        await self.api_down()
        if self._runner is not None:
            await self._runner.cleanup()

    async def api_up(self) -> None:
        """Listen (again), on the same port."""
        if self._server is None and self._runner is not None and self._runner.server is not None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(
                self._runner.server, HOST, self._port, reuse_address=True
            )
            self._port = self._server.sockets[0].getsockname()[1]
            self.core.base_url = f"http://{HOST}:{self._port}"
            self.core.gateway.url = self.gateway_url

    async def api_down(self) -> None:
        """Stop listening and break every connection off: nothing can be reached, not even the
        gateway.
        """
        if self._server is None or self._runner is None or self._runner.server is None:
            return
        self._server.close()
        self._server = None
        for connection in list(self.core.gateway.connections):
            connection.drop()
        for handler in list(self._runner.server.connections):
            if handler.transport is not None:
                handler.transport.abort()
        await asyncio.sleep(0)

    def watch(self, process_id: int) -> None:
        """Look at how long a process of the bot waits for a processor.

        It is told in the ledger where the time of the machine counts.
        """
        self._waits.watch(process_id)

    def announce(self, port: int) -> None:
        """Tell bots to connect to another port, that of a proxy; 0 means this server's own."""
        self._announced_port = port
        self.core.gateway.url = self.gateway_url

    # --- what one needs to know

    @property
    def port(self) -> int:
        """On which port this server listens."""
        return self._port

    @property
    def api_url(self) -> str:
        """Where the REST side is, for DISCORD_API_URL."""
        return f"http://{HOST}:{self._announced_port or self._port}{API}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is, for DISCORD_GATEWAY_URL."""
        return f"ws://{HOST}:{self._announced_port or self._port}/"

    @property
    def token(self) -> str:
        """The bot's token, for DISCORD_TOKEN."""
        return self.core.token

    @property
    def application(self) -> Application:
        """The application to which the bot belongs."""
        return self.core.world.application

    @property
    def offences(self) -> list[str]:
        """Every breach of Discord's rules so far."""
        return self.core.offences

    @property
    def requests(self) -> list[Request]:
        """Every request that the bot made."""
        return self.core.requests

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Everything that the bot wanted to say: the body of every message, answer and change that
        it sent.
        """
        found = []
        for request in self.requests:
            spoken = request.method in {"POST", "PATCH"} and isinstance(request.json, dict)
            if spoken and request.path.endswith("/callback"):
                found += (
                    [request.json["data"]] if request.json.get("type") in SAYS_SOMETHING else []
                )
            elif spoken and (
                request.path.startswith("/webhooks/") or MESSAGES.search(request.path)
            ):
                found.append(request.json)
        return found

    @property
    def clock(self) -> Clock:
        """The server's clock, which a test may advance."""
        return self.core.clock

    @property
    def environment(self) -> dict[str, str]:
        """What a bot's process needs to find this server instead of Discord."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def identifies(self) -> int:
        """How many sessions the bot has started."""
        return len(self.core.gateway.identifies)

    @property
    def resumes(self) -> int:
        """How many times the bot has resumed a session."""
        return self.core.gateway.resumes

    @property
    def registered(self) -> dict[str, dict[str, Any]]:
        """The commands that are registered for everywhere, by name."""
        return {command["name"]: command for command in self.commands.registered[None].values()}

    # --- waiting

    async def ready(self, within_s: float = PATIENCE_S, *, shards: int = 1) -> None:
        """Wait until the bot is connected, through so many shards, and knows its guilds."""
        gateway = self.core.gateway
        await self._gateway_until(
            lambda: len(gateway.live_shards()) >= shards, within_s, "did not connect"
        )

    async def resumed(self, times: int, within_s: float = PATIENCE_S) -> None:
        """Wait until the bot has resumed so many times in all, and is connected."""
        gateway = self.core.gateway
        what = f"did not resume {times} times"
        await self._gateway_until(
            lambda: gateway.resumes >= times and bool(gateway.live()), within_s, what
        )

    async def identified(self, times: int, within_s: float = PATIENCE_S) -> None:
        """Wait until the bot has started so many sessions in all, and is connected."""
        what = f"did not identify {times} times"
        await self._gateway_until(
            lambda: self.identifies >= times and bool(self.core.gateway.live()), within_s, what
        )

    async def offline(self, within_s: float = PATIENCE_S) -> None:
        """Wait until the bot has left."""
        await self._gateway_until(lambda: not self.core.gateway.live(), within_s, "did not leave")

    async def _gateway_until(self, happened: Any, within_s: float, what: str) -> None:
        try:
            async with asyncio.timeout(within_s):
                while not happened():
                    await self.core.gateway.wait()
        except TimeoutError:
            raise NoAnswerError(
                f"within {within_s} s the bot {what}; offences: {self.offences}"
            ) from None

    async def registered_commands(self, *names: str, within_s: float = PATIENCE_S) -> None:
        """Wait until commands of these names are registered."""

        def find() -> bool | None:
            return True if set(names) <= set(self.registered) else None

        if await self.core.until(find, within_s) is None:
            raise NoAnswerError(f"registered are {sorted(self.registered)}, not all of {names}")

    # --- faults

    def fail(
        self,
        how: How,
        *,
        method: str | None = None,
        path: str = "",
        times: int | None = 1,
        delay_s: float = 0.0,
        retry_after_s: float = 0.5,
        is_global: bool = False,
        via: bool = True,
        html: bool = False,
        probability: float = 1.0,
        seed: int = 0,
    ) -> Fault:
        """Let requests fail: with a status, by "reset" or "disconnect" before or by "lost reply"
        after it; or late.

        `times=None` means until it is stopped; `path` is searched for as a regular expression.
        """
        fault = Fault(
            how,
            method,
            path,
            times,
            delay_s,
            retry_after_s,
            is_global,
            via,
            html,
            probability,
            seed,
        )
        self.core.faults.all.append(fault)
        return fault

    def shard(self, recommended: int, *, max_concurrency: int = 1) -> None:
        """Recommend so many shards, and take one IDENTIFY in five seconds for each bucket."""
        self.core.gateway.recommended_shards = recommended
        self.core.gateway.max_concurrency = max_concurrency

    async def cut(self, how: str, shard: int | None = None) -> int:
        """Cut the gateway, or one shard of it; tell how many connections there were.

        "reset", "close 4000", "close 1001" (any code), "reconnect", "invalid session", "invalid
        session, resumable", "silence" (the connection stays, nothing comes any more), "dead" (as
        "silence", and not even a close is answered: the network has gone).
        """
        return await self.core.gateway.cut(how, shard)

    def refuse_identify(self, times: int = 1) -> None:
        """Answer the next attempts to start a session by "invalid session"."""
        self.core.gateway.refuse_identify = times

    def stop_failing(self) -> None:
        """End all faults of the REST side, and what it said to wait for."""
        self.core.faults.stop()
        self.rest.forget_waits()

    def limit_requests(self, per_s: int | None) -> None:
        """Refuse more requests a second than this, over all routes but those of interactions;
        Discord's is 50.
        """
        self.core.global_per_s = per_s

    def limit_messages(self, per_5_s: int | None) -> None:
        """Take so many messages of the bot in one channel in five seconds, as Discord takes five;
        None takes all.
        """
        self.core.messages_per_window = per_5_s

    def spoil(self, kind: str, spoil: Callable[[Any], Any], *, times: int = 1) -> None:
        """Change the data of the next events of this type before they are sent: `spoil` gives what
        is sent instead.
        """
        self.core.gateway.spoilers += [(kind, spoil)] * times

    @contextlib.contextmanager
    def at_once(self) -> Iterator[None]:
        """Send the events of all that is done meanwhile at once when it is done; time counts from
        then on.
        """
        gateway, interactions = self.core.gateway, self.core.interactions
        before = set(interactions)
        gateway.held = []
        yield
        held, gateway.held = gateway.held, None
        for number in set(interactions) - before:
            interaction = interactions.pop(number)
            interaction.id = self.clock.new_id()
            interaction.begin()
            interactions[interaction.id] = interaction
        for session, kind, make in held:
            session.dispatch(kind, make(session))

    async def send_raw(self, kind: str, data: Any) -> None:
        """Send an event of whatever content to the bot."""
        for session in self.core.gateway.live():
            session.dispatch(kind, data)

    async def send_frame(self, text: str) -> None:
        """Send a raw text frame to the bot."""
        for connection in list(self.core.gateway.connections):
            await connection.websocket.send_str(text)

    def events(self, kind: str | None = None) -> list[Event]:
        """Give the events that were sent, of all sessions."""
        sessions = self.core.gateway.sessions.values()
        return [
            event for session in sessions for event in session.events if kind in {None, event.type}
        ]

    async def repeat(
        self, what: Message | Interaction | Event, *, same_sequence: bool = False
    ) -> None:
        """Send an event once more, with a new number or with the same one."""
        event = what if isinstance(what, Event) else self._event_of(what)
        for session in self.core.gateway.live():
            session.dispatch(
                event.type, event.data, sequence=event.sequence if same_sequence else None
            )

    def _event_of(self, what: Message | Interaction) -> Event:
        kind = "MESSAGE_CREATE" if isinstance(what, Message) else "INTERACTION_CREATE"
        return next(event for event in self.events(kind) if event.data["id"] == str(what.id))

    async def outage(self, guild: Guild) -> None:
        """Make a guild unavailable."""
        data = {"id": str(guild.id), "unavailable": True}
        self.core.gateway.dispatch("GUILD_DELETE", lambda _: data, guild=guild, intent="guilds")

    # --- the ledger

    def ledger(self) -> Ledger:
        """For every question so far how many answers it got."""
        identifies = self.core.gateway.identifies
        outages = []
        for killed, shard, in_order in self.core.ends:
            back = [one.time for one in identifies if one.time > killed and one.shard == shard]
            outages.append(Outage(killed, min(back, default=float("inf")), shard, in_order))
        return Ledger(self.core.world, list(self.core.interactions.values()), outages)

    def note_kill(self, *numbers: int) -> None:
        """Note that the bot's process is gone without having been asked to end; of several
        processes, the one that had these shards.

        Commands in flight have Discord's own failure line then, and so have those that are used
        before the next session.
        """
        now = self.clock.now()
        self.core.ends += [(now, shard, False) for shard in self._shards(numbers)]

    def note_end(self, *numbers: int) -> None:
        """Note that the bot's process has ended because it was asked to; of several processes, the
        one that had these shards.

        Commands have Discord's own failure line that were used after it had left.
        """
        left, now = self.core.gateway.left, self.clock.now()
        self.core.ends += [(left.get(one, now), one, True) for one in self._shards(numbers)]

    def _shards(self, numbers: Collection[int]) -> list[tuple[int, int]]:
        """Give the shards of these numbers, or all, that the bot has had."""
        known = {session.shard for session in self.core.gateway.sessions.values()} or {(0, 1)}
        return [one for one in known if not numbers or one[0] in numbers]

    def answers_to(self, question: Message | Interaction) -> list[Message]:
        """Give what the bot has said to a question."""
        if isinstance(question, Interaction):
            return question.answers
        return find_answers(self.core.world).get(question.id, [])

    async def answered(self, count: int, within_s: float = PATIENCE_S) -> None:
        """Wait until so many questions have an answer; what is missing then shows in the ledger."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                # Not at every change: with thousands of questions the ledger takes a while.
                while sum(1 for entry in self.ledger().entries if entry.answers) < count:  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_EVERY_S)
