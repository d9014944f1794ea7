"""The REST side: take a request, strike it with a fault if one is due, judge it, answer as Discord
answers.

Source: https://docs.discord.com/developers/reference and …/topics/rate-limits. What is served is in
`channels`, `commands` and `callbacks`.
"""

import asyncio
import json
import re
import urllib.parse
from collections import deque
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

from aiohttp import BodyPartReader, web

from loopback.core import Core, Request
from loopback.errors import Refusal, TooManyError
from loopback.faults import Fault
from loopback.filenames import stored_name
from loopback.gateway import reset
from loopback.message_rules import Upload
from loopback.payloads import application_json
from loopback.routing import Answer, Route

API = "/api/v10"
MAX_REQUEST_BYTES = 25 * 1024 * 1024
IN_FLIGHT_S = 0.1
# Discord's limit of messages in one channel: a window opens with the first and then is fixed.
CREATE_MESSAGE = re.compile(r"/channels/(\d+)/messages")
MESSAGES_WINDOW_S = 5.0
CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>cloudflare</body></html>"


class Rest:
    """All routes and the way to them."""

    def __init__(self, core: Core, routes: Iterator[Route]) -> None:
        self.core = core
        self.routes = [*self._own_routes(), *routes]
        self._waits: dict[str, tuple[float, float]] = {}
        self._times: deque[float] = deque()
        # Of each channel: when its window ends, and how many messages were sent in it.
        self._windows: dict[str, tuple[float, int]] = {}

    def _own_routes(self) -> Iterator[Route]:
        yield Route("GET", r"/gateway", self._gateway, open_to_all=True)
        yield Route("GET", r"/gateway/bot", self._gateway_bot)
        yield Route("GET", r"/oauth2/applications/@me", self._application)
        yield Route("GET", r"/applications/@me", self._application)

    async def _gateway(self, _: Request) -> Answer:
        return 200, {"url": self.core.gateway.url}

    async def _gateway_bot(self, _: Request) -> Answer:
        gateway = self.core.gateway
        return 200, {
            "url": gateway.url,
            "shards": gateway.recommended_shards,
            "session_start_limit": gateway.limit_json(),
        }

    async def _application(self, _: Request) -> Answer:
        return 200, application_json(self.core.world.application)

    async def serve_file(self, request: web.Request) -> web.StreamResponse:
        """Give a file that somebody attached."""
        attachment = self.core.world.attachments.get(int(request.match_info["number"]))
        if attachment is None:
            return web.Response(status=404)
        return web.Response(
            body=attachment.content, headers={"Content-Type": attachment.content_type}
        )

    async def handle(self, incoming: web.Request) -> web.StreamResponse:
        """Answer one request of the bot."""
        try:
            request = await self._read(incoming)
        except Refusal as refusal:
            return self._refuse(None, refusal)
        self.core.requests.append(request)
        response = await self._answer(incoming, request)
        # The date of Discord, by which a client may see how wrong its own clock is.
        response.headers["Date"] = formatdate(self.core.clock.now(), usegmt=True)
        return response

    async def _answer(self, incoming: web.Request, request: Request) -> web.StreamResponse:
        self._note_try(request)
        fault = self.core.faults.find(request.method, request.path)
        if fault is not None and fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        if fault is not None and fault.how not in {"delay", "lost reply"}:
            return self._strike(incoming, request, fault)
        response = await self._judged(request)
        response.headers["Date"] = formatdate(self.core.clock.now(), usegmt=True)
        if fault is not None and fault.how == "lost reply":
            reset(incoming)
        else:
            request.status = response.status
        return response

    def _note_try(self, request: Request) -> None:
        """Note on an interaction that the bot tries to acknowledge it, whatever comes of that."""
        found = CALLBACK.fullmatch(request.path)
        asked = self.core.interactions.get(int(found[1])) if found else None
        if asked is not None:
            asked.note_try()

    async def _judged(self, request: Request) -> web.Response:
        headers: dict[str, str] = {}
        try:
            self._judge_patience(request)
            headers |= self._count_message(request)
            status, body = await self._route(request)
        except Refusal as refusal:
            response = self._refuse(request, refusal)
        else:
            response = web.Response(status=204) if status == 204 else _json(status, body)
        response.headers.update(headers)
        return response

    def _count_message(self, request: Request) -> dict[str, str]:
        """Refuse a message in a channel where there are too many just now; give the headers that
        tell how many more there may be.
        """
        most, found = self.core.messages_per_window, CREATE_MESSAGE.fullmatch(request.path)
        if most is None or found is None or request.method != "POST":
            return {}
        now, channel = asyncio.get_running_loop().time(), found[1]
        end, count = self._windows.get(channel, (0.0, 0))
        if now >= end:
            end, count = now + MESSAGES_WINDOW_S, 0
        if count >= most:
            raise TooManyError(end - now)
        self._windows[channel] = end, count + 1
        return {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(most - count - 1),
            "X-RateLimit-Reset": f"{self.core.clock.now() + end - now:.3f}",
            "X-RateLimit-Reset-After": f"{end - now:.3f}",
            "X-RateLimit-Bucket": "messages",
        }

    async def _read(self, incoming: web.Request) -> Request:
        path = incoming.path
        if not path.startswith(f"{API}/"):
            raise Refusal(404, 0, f"404: Not Found ({incoming.method} {path})")
        length = incoming.content_length or 0
        if length > MAX_REQUEST_BYTES:
            raise Refusal(413, 40005, "Request entity too large")
        body, files = await self._read_body(incoming)
        return Request(
            incoming.method,
            path.removeprefix(API),
            dict(incoming.query),
            body,
            files,
            self.core.clock.now(),
            incoming.headers.get("Authorization"),
        )

    async def _read_body(self, incoming: web.Request) -> tuple[Any, list[Upload]]:
        if incoming.content_type == "multipart/form-data":
            return await self._read_parts(incoming)
        raw = await incoming.read()
        if not raw:
            return None, []
        if incoming.content_type != "application/json":
            said = (
                f'Expected "Content-Type" header to be application/json, not '
                f"{incoming.content_type}."
            )
            raise Refusal(400, 50035, said)
        return _parse(raw), []

    async def _read_parts(self, incoming: web.Request) -> tuple[Any, list[Upload]]:
        body: Any = {}
        files = []
        async for part in await incoming.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            content = bytes(await part.read())
            if part.name == "payload_json":
                body = _parse(content)
            elif part.filename is not None:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                filename = stored_name(urllib.parse.unquote(part.filename))
                files.append(Upload(part.name or "", filename, kind, content))
        if any(len(file.content) > self.core.most_file_bytes for file in files):
            raise Refusal(413, 40005, "Request entity too large")
        return body, files

    async def _route(self, request: Request) -> Answer:
        for route in self.routes:
            found = route.pattern.fullmatch(request.path)
            if found and route.method == request.method:
                if not route.open_to_all and request.authorization != f"Bot {self.core.token}":
                    raise Refusal(401, 0, "401: Unauthorized")
                return await route.answer(request, *found.groups())
        raise Refusal(404, 0, "404: Not Found")

    def forget_waits(self) -> None:
        """Take requests again that were told to wait."""
        self._waits.clear()

    def _judge_patience(self, request: Request) -> None:
        """Refuse a request that does not wait as long as it was told, or that comes on top of too
        many.
        """
        now = asyncio.get_running_loop().time()
        own = f"{request.method} {request.path}"
        exempt = request.path.startswith(("/interactions/", "/webhooks/"))
        for key in [own] if exempt else [own, "global"]:
            told, until = self._waits.get(key, (0.0, 0.0))
            if told + IN_FLIGHT_S < now < until - 0.05:
                raise TooManyError(until - now, is_global=key == "global", breach=True)
        if exempt or self.core.global_per_s is None:
            return
        self._times.append(now)
        while self._times[0] < now - 1:
            self._times.popleft()
        if len(self._times) > self.core.global_per_s:
            wait_s = self._times[0] + 1 - now
            self._waits["global"] = (now, now + wait_s)
            raise TooManyError(wait_s, is_global=True, breach=False)

    def _refuse(self, request: Request | None, refusal: Refusal) -> web.Response:
        where = f"{request.method} {request.path}: " if request else ""
        self.core.refusals.append(refusal)
        if refusal.breach:
            self.core.offences.append(f"{where}{refusal}")
        if refusal.status in {401, 403, 429}:
            self.core.invalid_requests += 1
        if isinstance(refusal, TooManyError):
            return _too_many(refusal.retry_after_s, is_global=refusal.is_global)
        return _json(refusal.status, refusal.body())

    def _strike(self, incoming: web.Request, request: Request, fault: Fault) -> web.StreamResponse:
        """Answer a request with a fault instead of doing what it asks."""
        if fault.how == "reset":
            reset(incoming)
            return web.Response()
        if fault.how == "disconnect":
            if incoming.transport is not None:
                incoming.transport.close()
            return web.Response()
        status = int(fault.how)
        request.status = status
        if status == 429:
            self.core.invalid_requests += 1
            return self._limit(request, fault)
        if fault.html:
            return web.Response(status=status, text=PAGE.format(status), content_type="text/html")
        return _json(status, {"message": f"{status}: Server Error", "code": 0})

    def _limit(self, request: Request, fault: Fault) -> web.Response:
        if fault.html or not fault.via:
            headers = {} if not fault.via else {"Via": "1.1 google"}
            if fault.html:
                text = PAGE.format("Error 1015")
                return web.Response(
                    status=429, text=text, content_type="text/html", headers=headers
                )
            return _json(
                429,
                {
                    "message": "You are being blocked.",
                    "retry_after": fault.retry_after_s,
                    "code": 0,
                },
            )
        now = asyncio.get_running_loop().time()
        key = "global" if fault.is_global else f"{request.method} {request.path}"
        self._waits[key] = (now, now + fault.retry_after_s)
        return _too_many(fault.retry_after_s, is_global=fault.is_global)


def _too_many(retry_after_s: float, *, is_global: bool) -> web.Response:
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(retry_after_s, 3),
        "global": is_global,
    }
    headers = {"Via": "1.1 google", "Retry-After": str(int(retry_after_s) + 1)}
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    else:
        headers |= {"X-RateLimit-Scope": "user"}
    return _json(429, body, headers)


def _json(status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
    """Make a response whose content type is exactly `application/json`; discord.py reads no
    other.
    """
    raw = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(
        status=status, body=raw, headers={**(headers or {}), "Content-Type": "application/json"}
    )


def _parse(raw: bytes) -> Any:
    """Read JSON; refuse what is none or holds half of a surrogate pair."""
    try:
        body = json.loads(raw)
        json.dumps(body, ensure_ascii=False).encode()
    except ValueError:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from None
    return body
