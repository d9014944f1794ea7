"""A bot made of plain aiohttp requests, which can be as ill-behaved as a rule's test wants.

Takes a started server; gives a small scene: a guild with a channel, ada who owns it, bob who is a
member.
"""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from loopback import Channel, Guild, Interaction, LoopbackDiscord, Message, User
from loopback.clock import PATIENCE_S

Answer = tuple[int, Any]
ASK = {
    "name": "ask",
    "description": "Ask something",
    "options": [
        {
            "type": 3,
            "name": "question",
            "description": "What",
            "required": True,
            "autocomplete": True,
        }
    ],
}


def codes(answer: Answer) -> set[str]:
    """Give the codes of all field errors in an answer."""
    found: set[str] = set()

    def look(errors: dict[str, Any]) -> None:
        for key, value in errors.items():
            if key == "_errors":
                found.update(error["code"] for error in value)
            else:
                look(value)

    look(answer[1].get("errors", {}))
    return found


class PlainBot:
    """Requests with the bot's token."""

    def __init__(self, server: LoopbackDiscord, http: aiohttp.ClientSession) -> None:
        self.server = server
        self.http = http
        self.token = server.token

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """Make a request; give status and JSON."""
        headers = {"Authorization": f"Bot {self.token}"}
        if body is not None:
            more["data"] = json.dumps(body)
            headers["Content-Type"] = "application/json"
        async with self.http.request(
            method, self.server.api_url + path, headers=headers, **more
        ) as answer:
            text = await answer.text()
            is_json = answer.headers.get("Content-Type") == "application/json"
            return answer.status, json.loads(text) if is_json else text

    async def send(self, channel: Channel, body: Any) -> Answer:
        """Send a message."""
        return await self.ask("POST", f"/channels/{channel.id}/messages", body)

    async def respond(self, asked: Interaction, kind: int, data: Any = None) -> Answer:
        """Respond to an interaction."""
        path = f"/interactions/{asked.id}/{asked.token}/callback?with_response=1"
        return await self.ask("POST", path, {"type": kind, "data": data})

    async def hook(
        self, method: str, asked: Interaction, path: str = "", body: Any = None
    ) -> Answer:
        """Follow up or change what was said to an interaction."""
        return await self.ask(
            method, f"/webhooks/{self.server.application.id}/{asked.token}{path}", body
        )

    async def register(self, *commands: dict[str, Any]) -> Answer:
        """Register commands."""
        return await self.ask(
            "PUT", f"/applications/{self.server.application.id}/commands", list(commands)
        )

    @contextlib.asynccontextmanager
    async def connect(self, query: str = "v=10&encoding=json") -> AsyncIterator["PlainGateway"]:
        """Open the gateway."""
        async with self.http.ws_connect(
            f"{self.server.gateway_url}?{query}", max_msg_size=0
        ) as websocket:
            yield PlainGateway(self, websocket)


class PlainGateway:
    """A websocket to the gateway."""

    def __init__(self, bot: PlainBot, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self.bot = bot
        self.websocket = websocket

    async def send(self, operation: int, data: Any) -> None:
        """Send a payload."""
        await self.websocket.send_str(json.dumps({"op": operation, "d": data}))

    async def identify(self, intents: int = 4609, token: str | None = None, **more: Any) -> None:
        """Start a session."""
        data = {"token": token or self.bot.token, "intents": intents, "properties": {}, **more}
        await self.send(2, data)

    async def receive(self) -> dict[str, Any]:
        """Give the next payload; a close comes as `{"close": code}`."""
        message = await self.websocket.receive(timeout=PATIENCE_S)
        if message.type is aiohttp.WSMsgType.TEXT:
            payload: dict[str, Any] = json.loads(message.data)
            return payload
        return {"close": self.websocket.close_code}

    async def until(self, kind: str) -> dict[str, Any]:
        """Skip what comes until an event of this type, and give it."""
        while True:
            payload = await self.receive()
            if payload.get("t") == kind or "close" in payload:
                return payload

    async def closed(self) -> int | None:
        """Skip what comes until the server closes; give the code."""
        while "close" not in await self.receive():
            pass
        return self.websocket.close_code


class Scene:
    """A server, a bot and some people."""

    def __init__(self, server: LoopbackDiscord, bot: PlainBot) -> None:
        self.discord = server
        self.bot = bot
        self.ada: User = server.add_user("ada")
        self.bob: User = server.add_user("bob")
        self.guild: Guild = server.add_guild("Readers", owner=self.ada)
        server.add_member(self.guild, self.bob)
        self.channel: Channel = server.add_text_channel(self.guild, "general")

    async def asked(self) -> Interaction:
        """Register /ask and let ada use it."""
        if "ask" not in self.discord.registered:
            await self.bot.register(ASK)
        return await self.discord.slash(self.ada, self.channel, "ask", question="when?")

    async def posted(self, **body: Any) -> Message:
        """Send a message that is in order."""
        status, answer = await self.bot.send(self.channel, body or {"content": "hello"})
        assert status == 200, answer
        return self.discord.world.messages[int(answer["id"])]


@contextlib.asynccontextmanager
async def scene(
    *privileged: str, heartbeat_s: float = 41.25, is_timed: bool = False
) -> AsyncIterator[Scene]:
    """Start a server with a scene and a plain bot."""
    async with (
        LoopbackDiscord(
            privileged=frozenset(privileged), heartbeat_s=heartbeat_s, is_timed=is_timed
        ) as server,
        aiohttp.ClientSession() as http,
    ):
        yield Scene(server, PlainBot(server, http))
