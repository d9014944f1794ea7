"""A TCP proxy on loopback that makes a network bad: latency, slices, resets.

It stands between a bot and the server and knows nothing of what passes. Its dice have a seed; which
chunk they fall for depends on how the operating system cuts the stream.
"""

import asyncio
import contextlib
import random
from typing import Self

from loopback.gateway import break_off

HOST = "127.0.0.1"
CHUNK_BYTES = 65_536


class Proxy:
    """Listens on a port of its own and passes on what comes to the server's port.

    `latency_s`: how long each chunk waits, up to twice as long. `slice_bytes`: into pieces of how
    many bytes at most a chunk is cut, each sent by itself. `reset_share`: with which probability a
    chunk breaks its connection off instead of arriving.
    """

    def __init__(self, port: int, *, seed: int = 0) -> None:
        self.latency_s = 0.0
        self.slice_bytes: int | None = None
        self.reset_share = 0.0
        self.resets = 0
        self.port = 0
        self._to = port
        self._dice = random.Random(seed)  # noqa: S311 (dice for a test, not a secret)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        self.reset_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def reset_all(self) -> None:
        """Break every connection off, on both sides."""
        for writer in list(self._writers):
            break_off(writer.transport)

    def heal(self) -> None:
        """Be a good network from now on."""
        self.latency_s, self.slice_bytes, self.reset_share = 0.0, None, 0.0

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            there, onward = await asyncio.open_connection(HOST, self._to)
        except OSError:
            self._writers.discard(writer)
            break_off(writer.transport)
            return
        self._writers.add(onward)
        for source, target in ((reader, onward), (there, writer)):
            task = asyncio.create_task(self._pass_on(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Pass on one direction until it ends, which ends the other one as well."""
        with contextlib.suppress(OSError):
            while chunk := await source.read(CHUNK_BYTES):
                if self._dice.random() < self.reset_share:
                    self.resets += 1
                    break_off(target.transport)
                    break
                for piece in self._cut(chunk):
                    await asyncio.sleep(self.latency_s * self._dice.uniform(1, 2))
                    target.write(piece)
                    await target.drain()
        self._writers.discard(target)
        target.close()

    def _cut(self, chunk: bytes) -> list[bytes]:
        """Cut a chunk into pieces of chance sizes, or leave it whole."""
        if self.slice_bytes is None:
            return [chunk]
        pieces = []
        while chunk:
            size = self._dice.randint(1, self.slice_bytes)
            pieces.append(chunk[:size])
            chunk = chunk[size:]
        return pieces
