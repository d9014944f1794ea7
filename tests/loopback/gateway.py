"""The gateway: websocket sessions that are judged as Discord judges them, and cut as networks cut
them.

Source: https://docs.discord.com/developers/events/gateway and the close codes of
https://docs.discord.com/developers/topics/opcodes-and-status-codes. Frames are JSON, plain or
zlib-stream. A session outlives its connection: what happens meanwhile is kept and replayed at
RESUME.
"""

import asyncio
import contextlib
import json
import socket
import struct
import zlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import WSMsgType, web

from loopback.payloads import guild_json, user_json
from loopback.state import Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11
INTENTS = {
    "guilds": 1 << 0,
    "members": 1 << 1,
    "presences": 1 << 8,
    "guild_messages": 1 << 9,
    "guild_reactions": 1 << 10,
    "guild_typing": 1 << 11,
    "dm_messages": 1 << 12,
    "dm_reactions": 1 << 13,
    "dm_typing": 1 << 14,
    "message_content": 1 << 15,
}
PRIVILEGED = ("members", "presences", "message_content")
KNOWN_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
FATAL = {4004: "Authentication failed.", 4013: "Invalid intent(s).", 4014: "Disallowed intent(s)."}
# So many guilds a shard may have; and so long a bucket takes no second IDENTIFY.
GUILDS_A_SHARD = 2500
BUCKET_S = 5.0
DAY_S = 86_400.0


def shard_of(guild: Guild | None, count: int) -> int:
    """Tell through which of so many shards the events of a guild come; of none: shard 0."""
    return (guild.id >> 22) % count if guild else 0


@dataclass(frozen=True)
class Identify:
    """An IDENTIFY that was counted: when, in seconds since 1970, and for which shard of how
    many.
    """

    time: float
    shard: tuple[int, int]


@dataclass(frozen=True)
class Event:
    """An event as it was sent: its number in the session, its type, its data."""

    sequence: int
    type: str
    data: Any


@dataclass(eq=False)
class Session:
    """A session of the bot: who identified once, however often it reconnects."""

    id: str
    intents: int
    shard: tuple[int, int]
    events: list[Event] = field(default_factory=list)
    connection: "Connection | None" = None
    valid: bool = True
    greeted: bool = False
    spoilers: list[tuple[str, Callable[[Any], Any]]] = field(default_factory=list)

    def takes(self, guild: Guild | None) -> bool:
        """Tell whether events of this guild, or of direct conversations, come through this
        shard.
        """
        number, count = self.shard
        return shard_of(guild, count) == number

    def wants(self, intent: str | None) -> bool:
        """Tell whether the bot asked for events of this kind."""
        return intent is None or bool(self.intents & INTENTS[intent])

    def dispatch(self, kind: str, data: Any, *, sequence: int | None = None) -> None:
        """Send an event, or keep it until the bot resumes."""
        data = json.loads(json.dumps(data))
        spoiler = next((one for one in self.spoilers if one[0] == kind), None)
        if spoiler is not None:
            self.spoilers.remove(spoiler)
            data = spoiler[1](data)
        event = Event(sequence or len(self.events) + 1, kind, data)
        if sequence is None:
            self.events.append(event)
        if self.connection is not None:
            self.connection.send_event(event)


class CloseError(Exception):
    """Close the connection with this code, because of a breach."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"gateway: {code} {reason}")
        self.code = code
        self.reason = reason


class Connection:
    """One websocket of the bot."""

    def __init__(self, gateway: "Gateway", request: web.Request) -> None:
        self.gateway = gateway
        self.request = request
        # It agrees to the end when all that was to be sent before is sent.
        self.websocket = web.WebSocketResponse(max_msg_size=0, autoclose=False)
        self.session: Session | None = None
        self.silent = False
        self._without_heartbeat_s = 0.0
        self._compressor = (
            zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        )
        self._times: deque[float] = deque()
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def run(self) -> web.WebSocketResponse:
        """Talk with the bot until one of the two closes."""
        self.websocket.headers["Date"] = formatdate(self.gateway.world.clock.now(), usegmt=True)
        await self.websocket.prepare(self.request)
        helpers = [asyncio.create_task(self._watch()), asyncio.create_task(self._pump())]
        try:
            await self._talk()
        except CloseError as close:
            self.gateway.offend(str(close))
            await self._close(close.code, close.reason)
        finally:
            await self._agree()
            for helper in helpers:
                helper.cancel()
            self._leave()
        return self.websocket

    async def _agree(self) -> None:
        """Agree to the end that the bot has asked for, behind what was to be sent before."""
        if self.websocket.closed:
            return
        if self.session is not None and self.session.connection is self:
            for farewell in self.gateway.farewells:
                await farewell()
            self.gateway.farewells.clear()
        self._leave()
        with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
            await asyncio.wait_for(self._outgoing.join(), 1)
            await self.websocket.close(code=self.websocket.close_code or 1000)

    async def _talk(self) -> None:
        if (
            self.request.query.get("v") not in {"9", "10"}
            or self.request.query.get("encoding", "json") != "json"
        ):
            raise CloseError(4012, "Invalid API version.")
        self.send({"op": HELLO, "d": {"heartbeat_interval": int(self.gateway.heartbeat_s * 1000)}})
        async for message in self.websocket:
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                break
            if self.silent:
                continue
            self._count()
            self._receive(self._decode(message.data))

    def _count(self) -> None:
        now = asyncio.get_running_loop().time()
        self._times.append(now)
        while self._times[0] < now - 60:
            self._times.popleft()
        if len(self._times) > self.gateway.events_per_minute:
            raise CloseError(4008, "Rate limited.")

    def _decode(self, data: str | bytes) -> dict[str, Any]:
        if len(data) > 4096:
            raise CloseError(4002, "Error while decoding payload (over 4096 bytes).")
        try:
            payload = json.loads(data)
        except ValueError:
            raise CloseError(4002, "Error while decoding payload.") from None
        if not isinstance(payload, dict) or "op" not in payload:
            raise CloseError(4002, "Error while decoding payload.")
        return payload

    def _receive(self, payload: dict[str, Any]) -> None:
        operation, data = payload["op"], payload.get("d")
        if operation == HEARTBEAT:
            self._heartbeat(data)
        elif operation in {IDENTIFY, RESUME}:
            if self.session is not None:
                raise CloseError(4005, "Already authenticated.")
            if not isinstance(data, dict):
                raise CloseError(4002, "Error while decoding payload.")
            if operation == IDENTIFY:
                self._identify(data)
            else:
                self._resume(data)
        elif operation not in {PRESENCE, VOICE, REQUEST_MEMBERS}:
            raise CloseError(4001, "Unknown opcode.")
        elif self.session is None:
            raise CloseError(4003, "Not authenticated.")
        elif operation == PRESENCE:
            self.gateway.presences.append(data)

    def _heartbeat(self, sequence: object) -> None:
        # Before RESUME a client may still name the number that it had.
        last = len(self.session.events) if self.session else 0
        if (
            self.session
            and sequence is not None
            and not (isinstance(sequence, int) and 0 <= sequence <= last)
        ):
            self.gateway.offend(
                f"gateway: heartbeat with a sequence that was never sent: {sequence}"
            )
        self._without_heartbeat_s = 0.0
        self.send({"op": ACK})

    def _identify(self, data: dict[str, Any]) -> None:
        if not self.gateway.spend_identify(read_shard(data)):
            self._invalidate(resumable=False)
            return
        self._greet(self.gateway.open_session(data))

    def _greet(self, session: Session) -> None:
        """Greet a new session: READY, then every guild."""
        self.session, session.connection = session, self
        session.dispatch("READY", self.gateway.ready_json(session))
        if session.wants("guilds"):
            for guild in self.gateway.guilds_of(session):
                session.dispatch("GUILD_CREATE", guild_json(self.gateway.world, guild))
        session.greeted = True
        self.gateway.changed()

    def _resume(self, data: dict[str, Any]) -> None:
        session = self.gateway.sessions.get(str(data.get("session_id")))
        if data.get("token") != self.gateway.token:
            raise CloseError(4004, FATAL[4004])
        if session is None or not session.valid:
            self._invalidate(resumable=False)
            return
        sequence = data.get("seq")
        if not isinstance(sequence, int) or not 0 <= sequence <= len(session.events):
            raise CloseError(4007, "Invalid seq.")
        if session.connection is not None and session.connection is not self:
            session.connection.drop()
        self.gateway.resumes += 1
        while sequence < len(session.events):
            self.send_event(session.events[sequence])
            sequence += 1
        self.session, session.connection = session, self
        session.dispatch("RESUMED", {"_trace": []})
        self.gateway.changed()

    def _invalidate(self, *, resumable: bool) -> None:
        self.send({"op": INVALID_SESSION, "d": resumable})

    def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is over, or that it must resume."""
        if self.session is not None and not resumable:
            self.session.valid = False
        self._invalidate(resumable=resumable)
        self._leave()

    def send_event(self, event: Event) -> None:
        """Send one event of the session."""
        self.send({"op": DISPATCH, "s": event.sequence, "t": event.type, "d": event.data})

    def send(self, payload: dict[str, Any]) -> None:
        """Send a payload, after all that were sent before."""
        self._outgoing.put_nowait(payload)

    async def _pump(self) -> None:
        """Write what is to be sent, in order, unless this connection has fallen silent."""
        while True:
            payload = await self._outgoing.get()
            if not (self.silent or self.websocket.closed):
                with contextlib.suppress(ConnectionError):
                    await self._write(payload)
            self._outgoing.task_done()

    async def _write(self, payload: dict[str, Any]) -> None:
        text = json.dumps(payload, separators=(",", ":"))
        if self._compressor is None:
            await self.websocket.send_str(text)
        else:
            packed = self._compressor.compress(text.encode())
            packed += self._compressor.flush(zlib.Z_SYNC_FLUSH)
            await self.websocket.send_bytes(packed)

    async def _watch(self) -> None:
        """Close the connection of a client that has stopped sending heartbeats.

        Time in which this event loop did not come round counts as one step: what came meanwhile
        could not be read.
        """
        patience_s = self.gateway.heartbeat_s * 1.5 + 0.5
        step_s = self.gateway.heartbeat_s / 4
        while True:
            await asyncio.sleep(step_s)
            self._without_heartbeat_s += step_s
            if not self.silent and self._without_heartbeat_s > patience_s:
                self.gateway.offend("gateway: 4009 the client stopped sending heartbeats")
                await self._close(4009, "Session timed out.")
                return

    async def _close(self, code: int, reason: str) -> None:
        self._leave()
        with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
            await asyncio.wait_for(self.websocket.close(code=code, message=reason.encode()), 1)

    async def close(self, code: int) -> None:
        """Close as a gateway node does that restarts or fails."""
        await self._close(code, "")

    def drop(self) -> None:
        """Break the connection off with a TCP reset."""
        self._leave()
        reset(self.request)

    def die(self) -> None:
        """Neither read nor write any more, not even what closes a connection, and tell nobody."""
        self.silent = True
        if self.request.transport is not None:
            self.request.transport.pause_reading()

    def _leave(self) -> None:
        if self.session is not None and self.session.connection is self:
            self.session.connection = None
            self.gateway.left[self.session.shard] = self.gateway.world.clock.now()
            if self.websocket.close_code in {1000, 1001} and not self.gateway.is_ours(self):
                self.session.valid = False
        self.gateway.connections.discard(self)
        self.gateway.changed()


def read_shard(data: dict[str, Any]) -> tuple[int, int]:
    """Read for which shard an IDENTIFY is: its number, and how many there are."""
    shard = data.get("shard", [0, 1])
    is_pair = isinstance(shard, list) and len(shard) == 2
    if not is_pair or {type(one) for one in shard} != {int} or not 0 <= shard[0] < shard[1]:
        raise CloseError(4010, "Invalid shard.")
    return shard[0], shard[1]


def reset(request: web.Request) -> None:
    """Break the connection of a request off with a TCP reset."""
    if request.transport is not None:
        break_off(request.transport)


def break_off(transport: asyncio.WriteTransport) -> None:
    """Break a connection off with a TCP reset."""
    plug = transport.get_extra_info("socket")
    if plug is not None:
        with contextlib.suppress(OSError):
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Gateway:
    """All sessions and connections, and the events that go out to them."""

    def __init__(
        self, world: World, token: str, offend: Callable[[str], None], *, heartbeat_s: float
    ) -> None:
        self.world = world
        self.token = token
        self.offend = offend
        self.heartbeat_s = heartbeat_s
        self.events_per_minute = 120
        self.identify_limit = 1000
        self.recommended_shards = 1
        # How many buckets there are (a shard's number modulo this); 0: nobody is too fast.
        self.max_concurrency = 0
        self.too_fast = 0
        self.identifies: list[Identify] = []
        self.resumes = 0
        self.presences: list[Any] = []
        self.held: list[tuple[Session, str, Callable[[Session], dict[str, Any]]]] | None = None
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.refuse_identify = 0
        self.spoilers: list[tuple[str, Callable[[Any], Any]]] = []
        self.url = ""
        # When each shard had a connection last, and what is done before the next one ends that the
        # bot wants to end.
        self.left: dict[tuple[int, int], float] = {}
        self.farewells: list[Callable[[], Awaitable[object]]] = []
        self._closing: set[Connection] = set()
        # When each bucket took an IDENTIFY last.
        self._bucket_times: dict[int, float] = {}
        self._change = asyncio.Event()

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Take a websocket of the bot."""
        connection = Connection(self, request)
        self.connections.add(connection)
        return await connection.run()

    def changed(self) -> None:
        """Wake those who wait for a session to come or go."""
        self._change.set()
        self._change = asyncio.Event()

    async def wait(self) -> None:
        """Wait until a session comes or goes."""
        await self._change.wait()

    def is_ours(self, connection: Connection) -> bool:
        """Tell whether this server itself is closing the connection."""
        return connection in self._closing

    def limit_json(self) -> dict[str, Any]:
        """Give how many sessions may still be started today."""
        now = self.world.clock.now()
        recent = [one.time for one in self.identifies if one.time > now - DAY_S]
        reset_s = recent[0] + DAY_S - now if recent else 0.0
        return {
            "total": self.identify_limit,
            "remaining": max(0, self.identify_limit - len(recent)),
            "reset_after": int(reset_s * 1000),
            "max_concurrency": self.max_concurrency or 1,
        }

    def spend_identify(self, shard: tuple[int, int]) -> bool:
        """Count an IDENTIFY; tell whether it may go on. Over the budget the token is no longer
        good.
        """
        if not self.limit_json()["remaining"]:
            raise CloseError(
                4004, "Authentication failed (more than the allowed sessions a day: token reset)."
            )
        is_too_fast = self._is_too_fast(shard[0])
        self.identifies.append(Identify(self.world.clock.now(), shard))
        if is_too_fast:
            self.too_fast += 1
            return False
        if self.refuse_identify:
            self.refuse_identify -= 1
            return False
        self._bucket_times[self._bucket_of(shard[0])] = self.world.clock.now()
        return True

    def _bucket_of(self, number: int) -> int:
        return number % (self.max_concurrency or 1)

    def _is_too_fast(self, number: int) -> bool:
        """Tell whether the shard's bucket has taken an IDENTIFY within the last five seconds."""
        last = self._bucket_times.get(self._bucket_of(number), 0.0)
        return bool(self.max_concurrency) and self.world.clock.now() - last < BUCKET_S

    def open_session(self, data: dict[str, Any]) -> Session:
        """Judge an IDENTIFY and open a session for it."""
        if data.get("token") != self.token:
            raise CloseError(4004, FATAL[4004])
        intents = data.get("intents")
        if not isinstance(intents, int) or isinstance(intents, bool) or intents & ~KNOWN_INTENTS:
            raise CloseError(4013, FATAL[4013])
        denied = [
            name
            for name in PRIVILEGED
            if intents & INTENTS[name] and name not in self.world.application.privileged
        ]
        if denied:
            raise CloseError(4014, f"{FATAL[4014]} ({', '.join(denied)})")
        if not isinstance(data.get("properties"), dict):
            raise CloseError(4002, "Error while decoding payload (no properties).")
        session = Session(
            f"{self.world.clock.new_id():x}", intents, read_shard(data), spoilers=self.spoilers
        )
        if len(self.guilds_of(session)) > GUILDS_A_SHARD:
            raise CloseError(4011, "Sharding required.")
        self.sessions[session.id] = session
        return session

    def guilds_of(self, session: Session) -> list[Guild]:
        """Give the guilds in which the bot is, of one shard."""
        return [
            guild
            for guild in self.world.guilds.values()
            if guild.bot_role is not None and session.takes(guild)
        ]

    def ready_json(self, session: Session) -> dict[str, Any]:
        """Give the READY of a session."""
        return {
            "v": 10,
            "user": user_json(self.world.bot),
            "guilds": [
                {"id": str(guild.id), "unavailable": True} for guild in self.guilds_of(session)
            ],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.application.id), "flags": 0},
            "private_channels": [],
        }

    def live_shards(self) -> set[int]:
        """Give the numbers of the shards that are connected and greeted."""
        return {session.shard[0] for session in self.live()}

    def live(self) -> list[Session]:
        """Give the sessions that are connected and greeted."""
        return [
            session
            for session in self.sessions.values()
            if session.valid and session.greeted and session.connection
        ]

    def dispatch(
        self,
        kind: str,
        make: Callable[[Session], dict[str, Any]],
        *,
        guild: Guild | None,
        intent: str | None,
    ) -> int:
        """Send an event to every session that takes it; tell how many have it, be it for their
        RESUME.
        """
        takers = [
            one
            for one in self.sessions.values()
            if one.valid and one.takes(guild) and one.wants(intent)
        ]
        if self.held is not None:
            self.held += [(session, kind, make) for session in takers]
            return len(takers)
        for session in takers:
            session.dispatch(kind, make(session))
        return len(takers)

    async def cut(self, how: str, shard: int | None = None) -> int:
        """Break every connection, or those of one shard, in one of the ways in which gateways
        break; tell how many there were.
        """
        connections = [
            one
            for one in self.connections
            if one.session is not None and not one.silent and shard in {None, one.session.shard[0]}
        ]
        for connection in connections:
            self._closing.add(connection)
            await self._cut(connection, how)
        return len(connections)

    async def _cut(self, connection: Connection, how: str) -> None:
        if how == "reset":
            connection.drop()
        elif how == "reconnect":
            connection.send({"op": RECONNECT, "d": None})
        elif how in {"invalid session", "invalid session, resumable"}:
            connection.invalidate(resumable=how.endswith("resumable"))
        elif how == "silence":
            connection.silent = True
        elif how == "dead":
            connection.die()
        elif how.startswith("close "):
            await connection.close(int(how.removeprefix("close ")))
        else:
            raise ValueError(f"a gateway is not cut by {how!r}")
